"""What went into what: linking."""
