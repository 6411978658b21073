"""Link what was accepted since the last time: lots' closure, vials, parked rows; then put the rules
across records.

Pulls its work from tables.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from lots.pipeline.evaluate import evaluate, evaluate_all, evaluate_receipts
from lots.records import records
from lots.rules import rules
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.lineage import linking

# Of these a row may link vial lines, or change to which lots a line is linked.
VIAL_RECORDS = {
    "dispensing",
    "administration",
    "administration_vial",
    "pack",
    "lot",
    "relabelling",
    "reconstitution",
    "reconstitution_vial",
    "treatment_order",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """What one linking took: how many ledger entries, of which record types."""

    entries: int
    records: tuple[str, ...]


def link(settings: Settings, *, now: datetime) -> Linked:
    """One transaction on one snapshot, and one for the rules; running it again with nothing new
    does nothing.
    """
    linked = link_entries(settings, now=now)
    # A transaction of its own, pulled from its own list: a crash in between is taken up by the next
    # call.
    evaluate(settings, now=now)
    return linked


def link_entries(settings: Settings, *, now: datetime) -> Linked:
    """Linking alone, without the rules."""
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        return _link(connection, now)


def rebuild(settings: Settings, *, now: datetime) -> Linked:
    """Make lineage anew from what was accepted, then every outcome: a transaction each, so none is
    seen half-made.
    """
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        linking.forget(connection)
        linked = _link(connection, now)
    evaluate_all(settings, tuple(rules().values()), now=now)
    return linked


def link_receipts(settings: Settings, name: str, receipts: list[int], *, now: datetime) -> None:
    """Link and judge these receipts of a record anew: a person decided which version of a row
    stands.
    """
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        _link_entries(connection, {name: receipts})
    evaluate_receipts(settings, name, receipts, now=now)


def _link(connection: Connection, now: datetime) -> Linked:
    work = linking.unlinked(connection)
    receipts: dict[str, list[int]] = defaultdict(list)
    for _, receipt, name in work:
        receipts[name].append(receipt)
    receipts.pop("", None)
    if receipts:
        _link_entries(connection, receipts)
    # Also for entries without rows, such as a refused file: else they would be looked at for ever.
    if work:
        linking.done(connection, [entry for entry, _, _ in work], now)
    return Linked(len(work), tuple(sorted(receipts)))


def _link_entries(connection: Connection, receipts: dict[str, list[int]]) -> None:
    every = sorted(n for numbers in receipts.values() for n in numbers)
    # Places first and vials last: days hang on parties' zones, and lines on packs and lots.
    linking.link_parties(connection, set(receipts))
    linking.link_lots(connection, every, set(receipts))
    for name, numbers in receipts.items():
        # All that can now be linked leaves before anything is parked anew: two files may wait for
        # each other.
        linking.unpark(connection, records()[name], numbers)
    for name, numbers in receipts.items():
        linking.park(connection, records()[name], numbers)
    if VIAL_RECORDS & receipts.keys():
        linking.link_vials(connection, every)
