"""How tables become files in a landing folder."""
