"""The embedded PostgreSQL: made, started, found, stopped, and cleared away."""
