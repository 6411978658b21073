"""Who may do what, as the database keeps it: accounts, sessions, keys, attempts, signatures, looks.

All of it is written through `door.asking`, by a login that sees these tables alone.
"""
