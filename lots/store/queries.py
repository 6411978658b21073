"""The fixed statements: one a file under sql/, named like the file, parameters by name."""

from functools import cache

import sqlalchemy as sa

from lots.settings import RESOURCES
from lots.store.asked import ASKED


def surely(name: str) -> str:
    """What the function of a question is called that asks for what is sure."""
    return f"{name}_surely"


def over_sure(text: str) -> str:
    """A statement over what is sure, in place of all that stands (lots/store/schema/sure.py)."""
    for all_that_stands, sure in SURE.items():
        text = text.replace(all_that_stands, sure)
    return text


# All that a question may read of what stands. What is not listed here reads the same in both.
SURE = {
    "standing.": "sure.",
    "lineage.person": "sure.person",
    "lineage.place": "sure.place",
    "lineage.within(": "sure.within(",
    "lineage.overlaps(": "sure.overlaps(",
}


@cache
def sure_query(name: str, folder: str = "queries") -> sa.TextClause:
    """The statement of that name, over what is sure."""
    asked = ASKED.get(name)
    if asked and folder == asked.folder:
        return sa.text(asked.call(surely(name)))
    return sa.text(over_sure(text_of(name, folder)))


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
    """What stands in sql/<folder>/<name>.sql; in that of several questions this one's own
    column.
    """
    asked = ASKED.get(name)
    if asked and asked.file and folder == asked.folder:
        # A literal from our own declarations, since a column cannot be a parameter.
        return text_of(asked.file, folder).replace(":column", f"'{asked.column}'")
    return (RESOURCES / "sql" / folder / f"{name}.sql").read_text(encoding="utf-8")
