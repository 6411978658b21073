"""Keys, and what links name, without their parts that are a person's key: as whoever only reads may
see them. Which parts these are is told by the declarations alone (Record.persons).
"""

from collections.abc import Iterable, Iterator

from lots.records import records
from lots.rules import SUBJECTS

CONTESTED, PARKED = "judged.contested_shown", "lineage.parked_shown"
VIEWS = (CONTESTED, PARKED)


def key(row: str) -> str:
    """What a key says of a thing, of a record or of what rules across records judge."""
    named = {record.name: record.key for record in records().values()} | SUBJECTS
    persons = {c.name for r in records().values() for c in r.columns if c.of_person}
    # By name: a subject is told by columns of several records.
    return _without(
        row,
        "key",
        (
            (f"{row}.record = '{name}'", [n for n, part in enumerate(parts) if part in persons])
            for name, parts in named.items()
        ),
    )


def _waiting_key(row: str) -> str:
    # Only of records that wait: where none of them has a person in its key, the view shows the column
    # itself, and what is looked up by it is found by its index.
    return _without(
        row,
        "key",
        ((f"{row}.record = '{r.name}'", r.persons(r.key)) for r in records().values() if r.waiting),
    )


def _waiting_names(row: str) -> str:
    """What a parked link names."""
    return _without(
        row,
        "names",
        (
            (
                f"{row}.record = '{record.name}' AND {row}.link = '{link.name}'",
                record.persons(link.columns, link.when),
            )
            for record in records().values()
            for link in record.waiting
        ),
    )


def _without(row: str, column: str, parts: Iterable[tuple[str, Iterable[int]]]) -> str:
    """A list of texts without the parts at these places, where a row is of these."""
    cases = [
        # From the end: what is taken away moves what comes after it.
        f"WHEN {where} THEN {row}.{column}{''.join(f' - {n}' for n in sorted(places, reverse=True))}"
        for where, places in parts
        if places
    ]
    return f"CASE {' '.join(cases)} ELSE {row}.{column} END" if cases else f"{row}.{column}"


def views() -> Iterator[str]:
    """Contested keys and parked links, every row of them: so no row's values can be told by an error
    of a condition that is put to it, and the views need not be barriers.
    """
    yield f"""CREATE VIEW {CONTESTED} AS
SELECT c.record, {key("c")} AS key, c.versions, c.possible
FROM judged.contested AS c"""
    yield f"""CREATE VIEW {PARKED} AS
SELECT p.record, {_waiting_key("p")} AS key, p.link, p.target, {_waiting_names("p")} AS names
FROM lineage.parked AS p"""
