"""Which versions of a row stand, and what persons say of it (docs/versions.md)."""
