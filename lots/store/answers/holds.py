"""What findings hold, each thing once with all that holds it: docs/held.md."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from lots.answers.lists import Held, KeyParts
from lots.records import records
from lots.rules import rules
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.queries import query

Thing = tuple[str, str, KeyParts]  # what it is held as, its record, its key
NODE = "node"
CONTESTS = "Two records contradict each other, and nobody has decided."


def held(connection: sa.Connection, of_finding: int | None = None) -> tuple[Held, ...]:
    """Every thing that findings hold, or one finding does: what is open first, newest first."""
    told = {
        r.finding: r for r in connection.execute(query("findings_told"), {"of_finding": of_finding})
    }
    of: dict[Thing, list[Any]] = defaultdict(list)
    for row in connection.execute(query("held"), {"of_finding": of_finding}):
        # One that somebody closed between the two statements holds no more.
        if row.finding in told:
            of[row.holds, row.record, tuple(row.key)].append(told[row.finding])
    # Asked once for all of them: a plant has thousands of things that are held.
    packed = _packed(connection, [key for _, record, key in of if record == NODE])
    found = [_held(thing, findings, packed) for thing, findings in of.items()]
    return tuple(sorted(found, key=lambda h: (h.state != "open", -h.since.timestamp(), h.findings)))


def _packed(connection: sa.Connection, names: Sequence[KeyParts]) -> Mapping[KeyParts, int]:
    told = connection.execute(query("packed_below"), {"names": json.dumps(names)})
    return {(r.maker, r.number, r.step): r.packed for r in told}


def _held(thing: Thing, findings: Sequence[Any], packed: Mapping[KeyParts, int]) -> Held:
    kind, record, key = thing
    by_age = sorted({f.finding: f for f in findings}.values(), key=lambda f: (f.opened, f.finding))
    return Held(
        kind,
        *(of_node(key) if record == NODE else (record, key)),
        "open" if any(f.state == "open" for f in by_age) else "explained",
        by_age[0].opened,
        tuple(_unmet(rule) for rule in dict.fromkeys(f.rule for f in by_age)),
        tuple(f.finding for f in by_age),
        packed.get(key, 0) if record == NODE else None,
        tuple(ended_by(f.rule, f.finding, f.state) for f in by_age),
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
