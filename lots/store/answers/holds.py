"""What findings hold, each thing once with all that holds it: docs/held.md."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from lots.answers.lists import Held, KeyParts
from lots.records import records
from lots.rules import rules
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.queries import query

NODE = "node"
CONTESTS = "Two records contradict each other, and nobody has decided."


def held(connection: sa.Connection, of_finding: int | None = None) -> tuple[Held, ...]:
    """Every thing that findings hold, or one finding does: what is open first, newest first."""
    return some(connection, of_finding=of_finding)[0]


def some(
    connection: sa.Connection,
    *,
    of_finding: int | None = None,
    what: str = "",
    most: int | None = None,
    beginning: int = 0,
) -> tuple[tuple[Held, ...], int]:
    """The same, at most so many from a place on, and how many there are. what: units, lots or cases alone."""
    asked = {"of_finding": of_finding, "what": what or None, "most": most, "beginning": beginning}
    rows = connection.execute(query("held_told"), asked).all()
    # Asked once for all of them: a plant has thousands of things that are held.
    packed = _packed(connection, [tuple(row.key) for row in rows if row.record == NODE])
    return tuple(_held(row, packed) for row in rows), rows[0].whole if rows else 0


def _packed(connection: sa.Connection, names: Sequence[KeyParts]) -> Mapping[KeyParts, int]:
    told = connection.execute(query("packed_below"), {"names": json.dumps(names)})
    return {(r.maker, r.number, r.step): r.packed for r in told}


def _held(row: Any, packed: Mapping[KeyParts, int]) -> Held:
    key: KeyParts = tuple(row.key)
    ends = zip(row.rules, row.findings, row.states, strict=True)
    record, told = of_node(key) if row.record == NODE else (row.record, key)
    return Held(
        row.holds,
        record,
        told,
        "open" if row.open else "explained",
        row.since,
        tuple(_unmet(rule) for rule in dict.fromkeys(row.rules)),
        tuple(row.findings),
        packed.get(key, 0) if row.record == NODE else None,
        tuple(ended_by(*one) for one in ends),
    )


def of_node(name: KeyParts) -> tuple[str, KeyParts]:
    """The record of a pool or lot, and its key there, which `lots show` and `lots trace` take."""
    records_of = {"pool": "pool", "external": "external_lot"}
    return (records_of[name[2]], name[:2]) if name[2] in records_of else ("lot", name)


def sentence_of(rule: str) -> str:
    """What a rule says, in words."""
    if rule == CONTESTED_RULE:
        return CONTESTS
    if rule in rules():
        return rules()[rule].sentence
    # A finding outlives its rule: it keeps the rule's name, and the words may be gone.
    own = {r.id: r.sentence for record in records().values() for r in record.rules}
    return own.get(rule, "The rule is declared no more.")


def _unmet(rule: str) -> str:
    # A rule's sentence is what should be: alone, as a reason, it reads as if all were well.
    return f"{rule}{': ' if rule == CONTESTED_RULE else ' is not met: '}{sentence_of(rule)}"


def ended_by(rule: str, finding: int, state: str) -> str:
    """The call by which a person ends what a finding holds."""
    # One that newer records explain has no versions left to choose from: it is closed as any other.
    what = "contested" if rule == CONTESTED_RULE and state == "open" else "finding"
    return f"lots resolve {what} {finding}"


def holding(found: Iterable[Held], things: set[tuple[str, KeyParts]]) -> tuple[Held, ...]:
    """Those of what is held that are one of these things, each a record and a key."""
    return tuple(h for h in found if (h.record, h.key) in things)
