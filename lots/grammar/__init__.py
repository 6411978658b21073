"""The grammar: what a record, a column, a link, a constraint and an outcome are. Pure values."""
