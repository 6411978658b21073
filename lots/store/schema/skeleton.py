"""What is left of a name (docs/near.md), as PostgreSQL reads it: of names in ASCII, as makers give
them (GS1 AI 10 and 21, character set 82). Whatever else a name that nobody knows may hold is read
by the library.
"""

import sqlalchemy as sa

from lots.identifiers.skeleton import LOOKS_LIKE, MARKS

_ASCII_MARKS = "".join(mark for mark in "".join(MARKS) if mark.isascii()) + " "
_FROM, _TO = ("".join(found) for found in (LOOKS_LIKE, LOOKS_LIKE.values()))
EXPRESSION = """ltrim(translate(upper({} COLLATE "C"), '{}', '{}'), '0')"""
FUNCTION = "lineage.skeleton"


def expression(column: str) -> str:
    """The skeleton of a column. Of built-in functions alone: an index of it outlives ours, which
    each upgrade makes anew. In the order of characters' numbers, so that a span is read as one.
    """
    dropped = (_FROM + _ASCII_MARKS).replace("'", "''")
    return EXPRESSION.format(column, dropped, _TO)


def index(name: str, column: str) -> sa.Index:
    """An index of the skeletons of a column."""
    return sa.Index(name, sa.text(expression(column)))


FUNCTIONS = (
    # Its text takes the place of each call, so that what is compared COLLATE "C" is found by index.
    f"CREATE FUNCTION {FUNCTION}(name text) RETURNS text\nLANGUAGE sql IMMUTABLE PARALLEL SAFE\n"
    f"RETURN {expression('name')}",
    f"COMMENT ON FUNCTION {FUNCTION} IS 'what is left of a name in ASCII, by which near ones are found'",
)
