"""Rules across records: what is in scope, what is known of it, and what they answer."""
