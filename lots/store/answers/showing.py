"""All that is known of one key, or of one finding, gathered."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lots.answers.lists import Held, KeyParts
from lots.answers.shown import (
    FindingOn,
    Said,
    Shown,
    ShownFinding,
    ShownRefused,
    Value,
    WaitsFor,
)
from lots.grammar.column import Rule
from lots.grammar.constraints import columns_of
from lots.grammar.figures import in_figures
from lots.grammar.schema import Record
from lots.records import records
from lots.rules import rules as across
from lots.store.answers import holds, links_told
from lots.store.answers import versions_told as told
from lots.store.answers.versions_told import Row
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.queries import query
from lots.store.schema.record_tables import accepted

NODES = {"lot": None, "pool": "pool", "external_lot": "external"}


def shown(
    connection: sa.Connection, record: Record, key: Sequence[str], *, disclosed: bool
) -> Shown | None:
    """All that is known of a key; None where no row of it was ever accepted."""
    rows = told.rows_of(connection, record, key, disclosed=disclosed)
    if not rows:
        return None
    findings = _findings(connection, record, key, disclosed=disclosed)
    return Shown(
        record.name,
        tuple(key),
        tuple(told.version(record, row) for row in rows),
        next((f.finding for f in findings if _is_contest(f)), None),
        findings,
        _waits(connection, record.name, tuple(key)),
        links_told.names(connection, record, tuple(key), rows),
        links_told.hanging(connection, record, rows, disclosed=disclosed),
        _held_by(connection, record, tuple(key), rows),
    )


def _is_contest(finding: FindingOn) -> bool:
    return finding.rule == CONTESTED_RULE and finding.state == "open"


def _findings(
    connection: sa.Connection, record: Record, key: Sequence[str], *, disclosed: bool
) -> tuple[FindingOn, ...]:
    # Whoever only reads looks by the part of the key that is shown, and may not look by the rest.
    statement = "findings_of_person" if disclosed else "findings_on"
    asked = {"record": record.name, "key": json.dumps(list(key))}
    return tuple(
        FindingOn(r.finding, r.rule, r.state, r.holds, r.opened, holds.sentence_of(r.rule))
        for r in connection.execute(query(statement), asked)
    )


def _waits(connection: sa.Connection, subject: str, key: KeyParts) -> tuple[WaitsFor, ...]:
    names = [rule.id for rule in across().values() if rule.subject == subject]
    asked = {"rules": names, "key": json.dumps(key)}
    return tuple(
        WaitsFor(r.rule, r.outcome, r.due, r.waits_for, holds.sentence_of(r.rule))
        for r in connection.execute(query("waits_on"), asked)
    )


def _held_by(
    connection: sa.Connection, record: Record, key: KeyParts, rows: Sequence[Row]
) -> tuple[Held, ...]:
    """What holds the thing: itself, or as a pool or lot all that it was made of."""
    # Itself, and as a pool or lot all above it: a hold on a pool is told there alone.
    things = {(record.name, key)}
    names = [_node(record, row) for row in rows]
    asked = {"names": json.dumps([n for n in names if n])}
    above = connection.execute(query("names_above"), asked)
    things |= {holds.of_node((r.maker, r.number, r.step)) for r in above}
    return holds.holding(holds.held(connection), things)


def _node(record: Record, row: Row) -> KeyParts | None:
    """The pool or lot that a row is, or that a pack is of."""
    if record.name == "pack":
        found = (row["manufacturer"], row["lot_number"], "packed")
        return None if None in found else found
    if record.name not in NODES:
        return None
    parts = [row[c] for c in record.key]
    step = NODES[record.name]
    return (*parts[:2], step or parts[2])


def key_of_row(
    connection: sa.Connection, record: Record, row: tuple[int, int]
) -> tuple[str, ...] | None:
    """The key of an accepted row; None where it was not accepted."""
    table = accepted(record)
    key = [sa.cast(table.c[c], sa.Text) for c in record.key]
    mine = sa.select(*key).where(table.c.receipt == row[0], table.c.line == row[1])
    found = connection.execute(mine).one_or_none()
    return None if found is None else tuple(found)


def refused(
    connection: sa.Connection, row: tuple[int, int], *, disclosed: bool
) -> ShownRefused | None:
    """A refused row; None where there is none."""
    place = {"receipt": row[0], "line": row[1]}
    found = connection.execute(query("refused_row"), place).one_or_none()
    if found is None:
        return None
    raw, possible = (None, None)
    # By another statement, as the reader's login has no right to these columns at all.
    if disclosed:
        raw, possible = connection.execute(query("refused_as_sent"), place).one()
    return ShownRefused(
        f"{row[0]}:{row[1]}",
        found.file_name,
        found.sender,
        found.received,
        found.record,
        tuple(found.reasons),
        disclosed,
        None if raw is None else bytes(raw).decode("utf-8", "backslashreplace").rstrip("\r\n"),
        tuple((name, tuple(told)) for name, told in (possible or {}).items()),
    )


# --- a finding ------------------------------------------------------------------------------------


def finding(connection: sa.Connection, number: int, *, disclosed: bool) -> ShownFinding | None:
    """A finding with its rule in words, the values that it judged, and the thing that it is on."""
    row = connection.execute(query("finding_shown"), {"finding": number}).one_or_none()
    if row is None:
        return None
    key = tuple(_key(connection, number) if disclosed else row.key)
    record = records().get(row.record)
    rule = _own_rule(record, row.rule)
    on = shown(connection, record, key, disclosed=disclosed) if _may(record, key) else None  # type: ignore[arg-type]
    said = connection.execute(query("said_of_finding"), {"finding": number})
    return ShownFinding(
        row.finding,
        row.rule,
        row.rule_version,
        holds.sentence_of(row.rule),
        "" if rule is None else in_figures(rule.constraint).replace("`", ""),
        _citation(row.rule, rule),
        row.outcome,
        row.severity,
        row.state,
        row.opened,
        row.told_by,
        _values(rule, row, on),
        across()[row.rule].reads if row.rule in across() else (),
        tuple(Said(*s) for s in said),
        row.holds,
        holds.held(connection, number),
        on or Shown(row.record, key, (), None, (), _waits(connection, row.record, key), (), (), ()),
    )


def _may(record: Record | None, key: KeyParts) -> bool:
    """Whether its rows may be looked up: the key is whole, and a record's."""
    return record is not None and None not in key


def _key(connection: sa.Connection, number: int) -> list[str]:
    found: list[str] = connection.execute(query("finding_of"), {"finding": number}).one().key
    return found


def _own_rule(record: Record | None, name: str) -> Rule | None:
    return next((r for r in record.rules if r.id == name), None) if record else None


def _citation(name: str, rule: Rule | None) -> str:
    if rule is not None:
        return rule.citation
    return across()[name].citation if name in across() else ""


def _values(rule: Rule | None, row: Any, on: Shown | None) -> tuple[Value, ...]:
    """What the rule judged of the version that opened the finding."""
    if rule is None or on is None:
        return ()
    # The scope's column too: without it nobody sees why the rule speaks of this row.
    judged = {*columns_of(rule.constraint), *([rule.when.column] if rule.when else [])}
    opened = f"{row.receipt}:{row.line}"
    # Of the version that opened it: what stands now may say something else.
    version = next((v for v in on.versions if v.row == opened), None)
    told_of = {v.column: v for v in version.values} if version else {}
    return tuple(
        told_of.get(c, Value(c, "", None, None, shown=True)) for c in dict.fromkeys(sorted(judged))
    )
