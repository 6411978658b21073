"""The drawn tables as pages for whoever must know what a rule says: docs/cases.

`python -m tests.spec.rules.pages` writes them; a test of the house holds that they are as drawn.
"""

from collections.abc import Iterable, Iterator

from lots.papers.page import page, table
from lots.records import records
from lots.rules import families, rule
from lots.settings import ROOT
from tests.spec.rules.drawn import Case, Change, Row, Table, tables

FOLDER = ROOT / "docs" / "cases"
HEAD = """# Cases: {family}

Worked cases of [{family}](../judging/{family}.md): what a small world has, and what must come of it. Each is put to the
plain walk and to PostgreSQL by the tests. Written by `python -m tests.spec.rules.pages` from
tests/spec/rules/{family}.cases: change those, not this page."""
SIGNS = {"+": "", "-": "without ", "~": "but "}


def pages() -> dict[str, str]:
    """Each family's page by its file's name."""
    return {f"{family}.md": _page(family) for family in families()}


def _page(family: str) -> str:
    return page(HEAD.format(family=family), *(p for t in tables(family) for p in _section(t)))


def _section(drawn: Table) -> Iterator[str]:
    asked = {name: None for name, _ in drawn.asks}
    yield f"## {drawn.title}"
    yield "\n".join(f"- {name}: {rule(name).sentence}" for name in asked)
    if drawn.world:
        yield table(("the world has", ""), _named(drawn.world))
    asks = [f"{name} of {rule(name).subject} {' '.join(key)}" for name, key in drawn.asks]
    head = ("", "what it has besides" if drawn.world else "what it has", *asks, "because")
    yield table(head, (_cells(n, case) for n, case in enumerate(drawn.cases, 1)))


def _cells(number: int, case: Case) -> tuple[str, ...]:
    changes = "<br>".join(map(_changed, case.changes)) or "nothing"
    said = (outcome.replace("_", " ") for outcome in case.said)
    return str(number), changes, *said, case.remark


def _changed(change: Change) -> str:
    return SIGNS[change.sign] + "; ".join(f"{record} {of}" for record, of in _named(change.rows))


def _named(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Each row's record, and its key with its values; rows that differ in the last part of their
    key alone are told together.
    """
    told: dict[tuple[str, str, str], list[str]] = {}
    for record, values in rows:
        *first, last = (values[part] for part in records()[record].key)
        own = {n: v for n, v in values.items() if n not in records()[record].key}
        said = ", ".join(
            f"{name} {value}" if value else f"no {name}" for name, value in own.items()
        )
        told.setdefault((record, " ".join(first), said), []).append(last)
    for (record, parts, values_told), lasts in told.items():
        key = f"{parts} {', '.join(lasts)}".strip()
        yield record, f"**{key}**" + (f": {values_told}" if values_told else "")


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
