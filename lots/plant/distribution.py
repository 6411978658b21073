"""From the plant to the wholesaler and on to the pharmacies: what is shipped, what arrives; by serial or by lot."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from lots.plant import clock, courses, packing
from lots.plant.columns import Mask, Texts, chosen, counts, digits, joined, picked, same
from lots.plant.draws import Ints
from lots.plant.landing import Landing, Sending
from lots.plant.parties import PHARMACIES, PLANT, WHOLESALER, zone_of
from lots.plant.plan import PACK_OF_TWELVE, Plan, in_twelves

SHIPPED_AFTER, ON_AFTER = 2 * clock.DAY, 5 * clock.DAY  # after packing
ON_THE_WAY = 20 * clock.HOUR
PACKS = 100  # in one shipment from the plant
RECEIVERS = (*PHARMACIES, WHOLESALER)
BY_COUNT = 6  # one shipment in so many tells lot and count only
LOTS_BY_COUNT = 7  # of one lot in so many the wholesaler does so


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

    def only(self, mask: Mask) -> "Lines":
        """Those for which the mask holds."""
        return Lines(self.number.filter(pa.array(mask)), self.item[mask], self.lot[mask], self.position[mask],
                     self.packs[mask], self.by_count[mask], self.at[mask], self.to[mask])


def send(plan: Plan, landing: Landing) -> None:
    """Both ways, with what each receiver says arrived."""
    for lots in packing.lot_blocks(plan):
        lot, position = packing.packs_in(plan, lots)
        first = _from_plant(plan, lot, position)
        _ship(plan, landing, PLANT, first)
        _deliver(landing, PLANT, WHOLESALER, first)
        patient = courses.patient_of_vial(plan, lot, np.where(in_twelves(lot), PACK_OF_TWELVE, 1) * position)
        pharmacy = np.where(patient < 0, -1, courses.pharmacy_of(courses.site_of(plan, patient)))
        order = np.lexsort((position, lot, pharmacy))[(pharmacy < 0).sum():]
        on = _to_pharmacies(plan, pharmacy[order], lot[order], position[order])
        _ship(plan, landing, WHOLESALER, on)
        for number, name in enumerate(PHARMACIES):
            _deliver(landing, WHOLESALER, name, on.only(on.to == number))


def _from_plant(plan: Plan, lot: Ints, position: Ints) -> Lines:
    box, item = position // PACKS, position % PACKS
    by_count = (lot + box) % BY_COUNT == 1
    packs = np.where(by_count, _sizes(lot * plan.vials + box), 1)
    number = joined(b"S", digits(lot + 1, 6), b"-", digits(box + 1, 3))
    at = packing.packed(plan, lot) + SHIPPED_AFTER + 600 * box
    to = np.full(len(lot), len(PHARMACIES))
    return Lines(number, item + 1, lot, position, packs, by_count, at, to).only(~by_count | (item == 0))


def _to_pharmacies(plan: Plan, pharmacy: Ints, lot: Ints, position: Ints) -> Lines:
    group = pharmacy * plan.lots + lot
    item = np.arange(len(lot)) - np.searchsorted(group, group, side="left")
    by_count = lot % LOTS_BY_COUNT == 2
    packs = np.where(by_count, _sizes(group), 1)
    number = joined(b"W", digits(lot + 1, 6), b"-", digits(pharmacy + 1, 1))
    at = packing.packed(plan, lot) + ON_AFTER + clock.HOUR * pharmacy
    return Lines(number, item + 1, lot, position, packs, by_count, at, pharmacy).only(~by_count | (item == 0))


def _sizes(groups: Ints) -> Ints:
    """How many rows each row's group has; groups stand side by side."""
    _, index, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    return sizes[index]


def _ship(plan: Plan, landing: Landing, sender: str, lines: Lines) -> None:
    if not len(lines.item):
        return
    rows = len(lines.item)
    landing.put(_sending(sender, "shipment", lines), {
        **_keys(sender, lines), "kind": same("sale", rows), "to_party": picked(RECEIVERS, lines.to),
        "shipped_at": clock.instants(lines.at, zone_of(sender)), "gtin": packing.gtins(plan, lines.lot),
        "serial": chosen(lines.by_count, None, packing.serials(plan, lines.lot, lines.position)),
        "lot_number": packing.lot_numbers(lines.lot), "packs": counts(lines.packs)})


def _deliver(landing: Landing, sender: str, to: str, lines: Lines) -> None:
    if not len(lines.item):
        return
    late = replace(lines, at=lines.at + ON_THE_WAY)
    landing.put(_sending(to, "delivery", late), {
        **_keys(sender, late), "to_party": same(to, len(late.item)),
        "delivered_at": clock.instants(late.at, zone_of(to)), "packs": counts(late.packs)})


def _keys(sender: str, lines: Lines) -> dict[str, Texts]:
    return {"from_party": same(sender, len(lines.item)), "shipment": lines.number, "item": counts(lines.item)}


def _sending(sender: str, record: str, lines: Lines) -> Sending:
    return Sending(sender, record, (int(lines.at.min()) // clock.DAY, int(lines.at.max()) // clock.DAY + 1))
