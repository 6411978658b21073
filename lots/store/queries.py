"""The fixed statements: one a file under sql/, named like the file, parameters by name."""

from functools import cache

import sqlalchemy as sa

from lots.settings import RESOURCES


@cache
def query(name: str, folder: str = "queries") -> sa.TextClause:
    """The statement in sql/<folder>/<name>.sql."""
    return sa.text((RESOURCES / "sql" / folder / f"{name}.sql").read_text(encoding="utf-8"))
