"""What lots, pools and packs that nobody has sent look like among known ones (docs/near.md). Shown,
and never linked by it.
"""

from collections.abc import Iterator, Sequence

from lots.answers import Node
from lots.pipeline.near import SAME, as_typed, known_of, same
from lots.store.answers import near, parked
from lots.store.answers.near import NearName, told_by
from lots.store.answers.parked import Alike, Missing
from lots.store.engine import Connection

COMPARED = 500  # names that a list compares: some tenths of a second for every hundred
FIRST = 3  # known things that are told of one; `lots resolve parked` tells all of a line
PACKED = "packed"
BESIDE_GTIN = 2  # names of a link by what stands on a label: a GTIN, and a lot's number or a serial
STEPS = {"pool": "pool", "external_lot": "external"}  # of what has its step in no name


def looks_like(connection: Connection) -> tuple[dict[Missing, Alike], int]:
    """The first known things of its kind that something missing looks like; of what looks like one
    for a strong reason, those alone. What looks like nothing is left out. And of how many names
    nothing is said, since there are too many: lots and pools come before packs.
    """
    missing = parked.nameable(connection)
    told = {one: told_by(one.target, one.names) for one in missing[:COMPARED]}
    found = near.near_known(connection, {name for name in told.values() if name})
    known = known_of(connection, found)
    alike = {
        one: _alike([*_said(one, found[name], known)])
        for one, name in told.items()
        if name and name in found
    }
    return {one: of for one, of in alike.items() if of.words}, len(missing) - len(told)


def _alike(said: Sequence[tuple[bool, str]]) -> Alike:
    strong = any(is_strong for is_strong, _ in said)
    return Alike(strong, tuple(words for is_strong, words in said if is_strong == strong)[:FIRST])


def _said(
    missing: Missing, found: Sequence[NearName], known: dict[int, Node]
) -> Iterator[tuple[bool, str]]:
    """What it looks like and why, and whether for a strong reason."""
    kinds = _kinds(missing)
    for name in (n for n in found if n.kind in kinds):
        if name.told.name != name.known:
            yield name.alike.strong, f"{as_typed(name, known)} {name.alike.words}"
        # By its whole name a lot is walked, whether a record of it came or not: it is near to
        # itself.
        elif name.kind in SAME and len(missing.names) == BESIDE_GTIN:
            yield True, f"{as_typed(name, known)}, {same(name, missing.names[0])}"


def _kinds(missing: Missing) -> set[str]:
    """What is compared with it: a lot or pool with those of its step, what stands on a label with
    packed lots and with packs, since a serial may stand where a lot should.
    """
    if missing.target in STEPS:
        return {STEPS[missing.target]}
    if missing.target == near.LOT and len(missing.names) > BESIDE_GTIN:
        return {missing.names[2] or PACKED}
    return {PACKED, near.PACK}
