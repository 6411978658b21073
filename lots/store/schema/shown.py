"""Keys, and what links name, without their parts that are a person's key: as whoever only reads may
see them. In the place of such a part stands null, so that every other part keeps its own. Which
parts these are is told by the declarations alone (Record.persons).
"""

from collections.abc import Iterable, Iterator

from lots.records import records
from lots.rules import SUBJECTS, rules
from lots.store.intake.opening import CONTESTED_RULE

CONTESTED, PARKED = "judged.contested_shown", "lineage.parked_shown"
OUTCOME = "judged.outcome_shown"
VIEWS = (CONTESTED, PARKED, OUTCOME)


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
    # Only of records that wait: where none of them has a person in its key, the view shows the
    # column itself, and what is looked up by it is found by its index.
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
        f"WHEN {where} THEN {_emptied(f'{row}.{column}', places)}"
        for where, at in parts
        if (places := [*at])
    ]
    # Without a person anywhere the column itself: an expression would be found by no index.
    return f"CASE {' '.join(cases)} ELSE {row}.{column} END" if cases else f"{row}.{column}"


def _emptied(value: str, places: Iterable[int]) -> str:
    for place in places:
        # Emptied and not taken out: every other part keeps its place.
        value = f"jsonb_set({value}, '{{{place}}}', 'null')"
    return value


def _subject(row: str) -> str:
    """What a rule across records was put to."""
    persons = {c.name for r in records().values() for c in r.columns if c.of_person}
    return _without(
        row,
        "subject",
        (
            (f"{row}.rule = '{rule.id}'", [n for n, part in enumerate(rule.key) if part in persons])
            for rule in rules().values()
        ),
    )


def views() -> Iterator[str]:
    """Contested keys, parked links and outcomes, every row of them: so no row's values can be told
    by an error of a condition that is put to it, and the views need not be barriers.
    """
    yield f"""CREATE VIEW {CONTESTED} AS
SELECT c.record, {key("c")} AS key, c.versions, c.possible, (
    SELECT f.finding FROM judged.finding AS f
    WHERE f.rule = '{CONTESTED_RULE}' AND f.record = c.record AND f.key = c.key
) AS finding
FROM judged.contested AS c"""
    yield f"""CREATE VIEW {PARKED} AS
SELECT p.record, {_waiting_key("p")} AS key, p.link, p.target, {_waiting_names("p")} AS names
FROM lineage.parked AS p"""
    yield f"""CREATE VIEW {OUTCOME} AS
SELECT o.rule, {_subject("o")} AS subject, o.outcome, o.due_on, o.waits_for
FROM judged.outcome AS o"""
