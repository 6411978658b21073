"""The fixed questions: one statement a file under sql/queries, named like the file, parameters by name."""

from functools import cache

import sqlalchemy as sa

from lots.settings import ROOT


@cache
def query(name: str) -> sa.TextClause:
    """The statement in sql/queries/<name>.sql."""
    return sa.text((ROOT / "sql" / "queries" / f"{name}.sql").read_text())
