"""Link what was accepted since the last time: lots' closure, vials, parked rows; then put the rules
across records.

Pulls its work from tables.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from lots.pipeline import kept_anew
from lots.pipeline.evaluate import evaluate, evaluate_all
from lots.records import records
from lots.rules import rules
from lots.settings import Settings
from lots.store.difference import Changed
from lots.store.engine import Connection, engine
from lots.store.lineage import custody, lacking, linking, lots, of_records, parking, untold
from lots.store.lineage.touched import touched as rows_touched
from lots.store.standing import refused, versions

# Of these a row may link vial lines, or change to which lots a line is linked.
# Linking vials costs most: where none of these came, no line can have changed its lots.
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


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild linked first, and how many derived rows it found to be others."""

    entries: int
    changed: Changed


def link(settings: Settings, *, now: datetime) -> Linked:
    """One transaction on one snapshot, and one for the rules; running it again with nothing new
    does nothing.
    """
    # What a later file told of somebody who was redacted stands in its kept bytes until now.
    kept_anew.finish(settings, now=now)
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


def rebuild(settings: Settings, *, now: datetime) -> Rebuilt:
    """Derive all that is derived once more from what was accepted and said, and write what differs:
    of a sound database nothing.
    """
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        linked = _link(connection, now)
        changed = link_everything(connection)
    # After its commit: rules see what was derived, whole.
    evaluated = evaluate_all(settings, tuple(rules().values()), now=now)
    return Rebuilt(linked.entries, changed + evaluated.changed)


def link_again(connection: Connection, receipts: dict[str, list[int]]) -> None:
    """Link these receipts, by record, anew in the transaction in which a person's word was taken;
    the rules are put to them by whoever evaluates next.
    """
    # again: what stands of their keys may have changed, though no further version came.
    _link_entries(connection, receipts, again=True)
    linking.judge_again(connection, [n for numbers in receipts.values() for n in numbers])


def _link(connection: Connection, now: datetime) -> Linked:
    work = linking.unlinked(connection)
    receipts: dict[str, list[int]] = defaultdict(list)
    for _, receipt, name in work:
        receipts[name].append(receipt)
    whole = receipts.pop("", [])
    if receipts:
        _link_entries(connection, receipts)
    refused.derive(connection, {*receipts, *refused.records_of(connection, whole)})
    # Also for entries without rows, such as a refused file: else they would be looked at for ever.
    if work:
        linking.done(connection, [entry for entry, _, _ in work], now)
    return Linked(len(work), tuple(sorted(receipts)))


def _link_entries(
    connection: Connection, receipts: dict[str, list[int]], *, again: bool = False
) -> None:
    every = sorted(n for numbers in receipts.values() for n in numbers)
    # Places first and vials last: days hang on parties' zones, and lines on packs and lots.
    linking.link_parties(connection, receipts.keys())
    lots.link_lots(connection, every, receipts.keys(), again=again)
    # All that can now be linked leaves before anything is parked anew: two files may wait for each
    # other.
    parking.unpark(connection, receipts)
    touched = rows_touched(connection, receipts, again=again)
    parking.park(connection, touched)
    untold.link_untold(connection, touched)
    lacking.link_lacking(connection, touched)
    touched.done(connection)
    # After packs and lots: a line finds its lot among what these have made.
    if lines := bool(VIAL_RECORDS & receipts.keys()):
        linking.link_vials(connection, every, whole=False)
    # Last: where a pack is hangs on what became of its vials.
    custody.link_custody(connection, every, receipts.keys(), lines_linked=lines)
    if lines:
        linking.vials_linked(connection)


def link_everything(connection: Connection) -> Changed:
    """Derive everything anew from what was accepted, and write what differs."""
    every = linking.accepted_receipts(connection)
    changed = Changed()
    # Of the others nothing follows, and to ask that of each takes longer than a small site's
    # answer.
    mine = of_records.there(connection, records().values())
    for record in mine:
        # In the order of linking itself: each reads what those before it derived.
        changed += versions.derive_all(connection, record)
    changed += linking.link_parties(connection, records())
    changed += lots.link_all_lots(connection, every)
    changed += parking.park_all(connection, mine)
    changed += untold.link_all_untold(connection, mine)
    changed += refused.derive(connection, [record.name for record in mine])
    changed += lacking.link_all_lacking(connection)
    changed += linking.link_vials(connection, every, whole=True)
    linking.vials_linked(connection)
    return changed + custody.link_all_custody(connection)
