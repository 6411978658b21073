"""What people and the norm decide: pure; nothing here reads a database or a clock."""
