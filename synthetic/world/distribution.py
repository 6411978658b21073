"""From the plant to the wholesaler and on to the pharmacies: what is shipped, what arrives."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from synthetic.world import clock, courses, fate_packages, fate_relabelled, packing
from synthetic.world.draws import Ints
from synthetic.world.parties import PHARMACIES, PLANT, WHOLESALER, zone_of
from synthetic.world.plan import PACK_OF_TWELVE, Plan, in_twelves
from synthetic.writing.columns import Mask, Texts, chosen, counts, digits, joined, picked, same
from synthetic.writing.landing import Landing, Sending

SHIPPED_AFTER, ON_AFTER = 2 * clock.DAY, 5 * clock.DAY  # after packing
ON_THE_WAY = 20 * clock.HOUR
RECEIVERS = (*PHARMACIES, WHOLESALER)
LOTS_BY_COUNT = 7  # of one lot in so many the wholesaler tells lot and count only
TRANSFERRED = 4  # one lot in so many goes to the next pharmacy first, which hands it over
TRANSFER_AFTER = 2 * clock.DAY


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of shipments: packs by serial, or a number of packs of a lot."""

    number: Texts
    item: Ints
    lot: Ints
    position: Ints
    packs: Ints
    by_count: Mask
    at: Ints
    to: Ints  # the number of the receiver
    kind: str = "sale"

    def only(self, mask: Mask) -> "Lines":
        """Those for which the mask holds."""
        kept = {name: getattr(self, name)[mask] for name in self.__slots__[1:-1]}
        return replace(self, number=self.number.filter(pa.array(mask)), **kept)


def send(plan: Plan, landing: Landing) -> None:
    """Both ways, with what each receiver says arrived."""
    for lots in packing.lot_blocks(plan):
        lot, position = packing.packs_in(plan, lots)
        first = _from_plant(plan, lot, position)
        ship(plan, landing, PLANT, first)
        deliver(landing, PLANT, WHOLESALER, first)
        pharmacy = pharmacy_of_pack(plan, lot, position)
        # Those that stay in stock are numbered below the pharmacies, sort first and are left out.
        order = np.lexsort((position, lot, pharmacy))[(pharmacy < 0).sum() :]
        on = _to_pharmacies(plan, pharmacy[order], lot[order], position[order])
        by_way = is_transferred(on.lot)
        _on(plan, landing, replace(on, to=np.where(by_way, _next(on.to), on.to)))
        _transfer(plan, landing, on.only(by_way))


def pharmacy_of_pack(plan: Plan, lot: Ints, position: Ints) -> Ints:
    """The number of the pharmacy for whose patient a pack is meant; -1 where it stays in stock."""
    patient = courses.patient_of_vial(
        plan, lot, np.where(in_twelves(lot), PACK_OF_TWELVE, 1) * position
    )
    return np.where(patient < 0, -1, courses.pharmacy_of(courses.site_of(plan, patient)))


def is_transferred(lot: Ints) -> Mask:
    """Whether the packs of a lot went to another pharmacy first."""
    return np.asarray(lot % TRANSFERRED == 1)


def on_by_count(lot: Ints) -> Mask:
    """Whether the wholesaler tells lot and count only."""
    return np.asarray(lot % LOTS_BY_COUNT == 2)


def _next(pharmacy: Ints) -> Ints:
    return (pharmacy + 1) % len(PHARMACIES)


def _from_plant(plan: Plan, lot: Ints, position: Ints) -> Lines:
    box, item = position // fate_packages.CASE_OF, position % fate_packages.CASE_OF
    by_count = fate_packages.by_count(lot, box)
    packs = np.where(by_count, fate_packages.sizes(lot * plan.vials + box), 1)
    number = joined(b"S", digits(lot + 1, 6), b"-", digits(box + 1, 3))
    at = packing.packed(plan, lot) + SHIPPED_AFTER + 600 * box
    to = np.full(len(lot), len(PHARMACIES))
    return Lines(number, item + 1, lot, position, packs, by_count, at, to).only(
        ~by_count | (item == 0)
    )


def _to_pharmacies(plan: Plan, pharmacy: Ints, lot: Ints, position: Ints) -> Lines:
    group = pharmacy * plan.lots + lot  # one number for both
    # The place of each line among those of its lot and pharmacy, which stand together.
    item = np.arange(len(lot)) - np.searchsorted(group, group, side="left")
    by_count = on_by_count(lot)
    packs = np.where(by_count, fate_packages.sizes(group), 1)
    number = joined(b"W", digits(lot + 1, 6), b"-", digits(pharmacy + 1, 1))
    at = packing.packed(plan, lot) + ON_AFTER + clock.HOUR * pharmacy
    return Lines(number, item + 1, lot, position, packs, by_count, at, pharmacy).only(
        ~by_count | (item == 0)
    )


def _on(plan: Plan, landing: Landing, lines: Lines) -> None:
    ship(plan, landing, WHOLESALER, lines)
    for number, name in enumerate(PHARMACIES):
        deliver(landing, WHOLESALER, name, lines.only(lines.to == number))


def _transfer(plan: Plan, landing: Landing, lines: Lines) -> None:
    """From the pharmacy that had them first to the one whose patients need them."""
    number = joined(b"T", digits(lines.lot + 1, 6), b"-", digits(lines.to + 1, 1))
    again = replace(lines, number=number, at=lines.at + TRANSFER_AFTER, kind="transfer")
    for at, name in enumerate(PHARMACIES):
        own = again.only(_next(again.to) == at)
        ship(plan, landing, name, own)
        for to, receiver in enumerate(PHARMACIES):
            deliver(landing, name, receiver, own.only(own.to == to))


def ship(plan: Plan, landing: Landing, sender: str, lines: Lines) -> None:
    if not len(lines.item):
        return
    from_plant = sender == PLANT
    serials = (packing if from_plant else fate_relabelled).serials(plan, lines.lot, lines.position)
    whole = fate_packages.ssccs(lines.lot, lines.position // fate_packages.CASE_OF)
    landing.put(
        _sending(sender, "shipment", lines),
        {
            **_keys(sender, lines),
            "kind": same(lines.kind, len(lines.item)),
            "to_party": picked(RECEIVERS, lines.to),
            "shipped_at": clock.instants(lines.at, zone_of(sender)),
            "gtin": packing.gtins(plan, lines.lot),
            "serial": chosen(lines.by_count, None, serials),
            "lot_number": packing.lot_numbers(lines.lot),
            "packs": counts(lines.packs),
            **({"sscc": whole} if from_plant else {}),
        },
    )


def deliver(landing: Landing, sender: str, to: str, lines: Lines) -> None:
    """What arrived of these lines at one receiver."""
    if not len(lines.item):
        return
    late = replace(lines, at=lines.at + ON_THE_WAY)
    landing.put(
        _sending(to, "delivery", late),
        {
            **_keys(sender, late),
            "to_party": same(to, len(late.item)),
            "delivered_at": clock.instants(late.at, zone_of(to)),
            "packs": counts(late.packs),
        },
    )


def _keys(sender: str, lines: Lines) -> dict[str, Texts]:
    return {
        "from_party": same(sender, len(lines.item)),
        "shipment": lines.number,
        "item": counts(lines.item),
    }


def _sending(sender: str, record: str, lines: Lines) -> Sending:
    return Sending(sender, record, clock.period(lines.at))
