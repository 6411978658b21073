"""docs/versions.md as tables: each case is put to the walk and to PostgreSQL, in two orders."""
