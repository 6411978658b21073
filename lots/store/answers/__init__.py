"""What is read to answer a question."""
