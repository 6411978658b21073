"""Views for charts and for whoever brings tools of their own: each a file under sql/views, seen by
a login that sees nothing else (docs/views.md).

A name ends in its version. What a view shows is promised: another column, or another meaning, is a
new version beside it.
"""

from collections.abc import Iterator

from lots.settings import RESOURCES
from lots.store.queries import text_of

SCHEMA = "views"
ROLE = "lots_views"
FOLDER = RESOURCES / "sql" / "views"


def names() -> list[str]:
    """What they are called."""
    return [f"{SCHEMA}.{path.stem}" for path in sorted(FOLDER.glob("*.sql"))]


def views() -> Iterator[str]:
    """Each view, and what its file says of it, for whoever looks it up in the database."""
    for name in names():
        text = text_of(name.removeprefix(f"{SCHEMA}."), "views")
        # The head of its file, so that what is promised is written once.
        said = " ".join(line.removeprefix("-- ") for line in _head(text)).replace("'", "''")
        yield f"CREATE VIEW {name} AS\n{text.rstrip()}"
        yield f"COMMENT ON VIEW {name} IS '{said}'"


def _head(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("-- "):
            return
        yield line


def grants(reader: str) -> Iterator[str]:
    """To their own login and to whoever reads all but persons. Views ask as their owner: the login
    needs no right to what is below them.
    """
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {ROLE}"
    yield f"GRANT SELECT ON {', '.join(names())} TO {ROLE}, {reader}"
