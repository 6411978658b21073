"""The fixed statements: one a file under sql/, named like the file, parameters by name."""

from functools import cache

import sqlalchemy as sa

from lots.settings import RESOURCES
from lots.store.asked import ASKED


@cache
def query(name: str, folder: str = "queries") -> sa.TextClause:
    """The statement in sql/<folder>/<name>.sql; one that looks at a person's key is put by its
    function.
    """
    asked = ASKED.get(name)
    # A scope may be called like a question.
    if asked and folder == (asked.folder or "queries"):
        return sa.text(asked.call(name))
    return sa.text(text_of(name, folder))


def text_of(name: str, folder: str) -> str:
    """What stands in sql/<folder>/<name>.sql; in that of several questions this one's own column."""
    asked = ASKED.get(name)
    if asked and asked.file and folder == asked.folder:
        return text_of(asked.file, folder).replace(":column", f"'{asked.column}'")
    return (RESOURCES / "sql" / folder / f"{name}.sql").read_text(encoding="utf-8")
