"""What must come of all that was written."""
