"""What is drawn of packs that become other ones: under a new serial of their lot, or of another lot and
GTIN, at their maker or where they were sent; that lot may be their own's child, another, or unrecorded,
and one pack may become two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

from tests.integration.small_world import at
from tests.worlds.lives import Node, Vial
from tests.worlds.upstream import Chain, a_lot, into

OWN, OTHER, CHILD, UNRECORDED = "own", "other", "child", "unrecorded"
SELDOM = (
    0.7  # of lots, and of what a place has of a maker and a product: nothing becomes another pack
)
OPEN = 0.08  # of packs become one of a lot of which no record comes: many answers are not complete then


@dataclass(frozen=True, slots=True)
class Label:
    """What a pack becomes."""

    lot: Node
    gtin: str
    serial: str


def by_pack(vials: Sequence[Vial]) -> list[list[Vial]]:
    """Vials pack by pack."""
    ordered = sorted(vials, key=lambda v: (v.gtin, v.serial))
    return [[*of] for _, of in groupby(ordered, key=lambda v: (v.gtin, v.serial))]


def told_pack(chain: Chain, sender: str, label: Label, size: int) -> None:
    """The record of a pack."""
    (maker, number, step) = label.lot
    chain.world.tell(
        sender,
        "pack",
        gtin=label.gtin,
        serial=label.serial,
        manufacturer=maker,
        lot_number=number,
        step=step,
        vials=str(size),
        packed_at=at(5),
    )


def relabelled(
    chain: Chain, vials: Sequence[Vial], lots: Mapping[Node, Chain], sender: str
) -> None:
    """Perhaps give one pack of these, of one lot, a new name. lots: each packed lot, and whose it is."""
    draw = chain.draw
    if not vials or draw.random() < SELDOM:
        return
    whole = draw.choice(by_pack(vials))
    old, kind = whole[0], _kind(draw)
    lot = _lot(chain, old.lot, kind, [*lots])
    gtin = old.gtin if draw.random() < 0.5 or lot == old.lot else chain.other_gtin
    if (of := lots.get(lot, chain)) is not chain:
        gtin = of.gtin if draw.random() < 0.7 else of.other_gtin
    known = {name for vial in chain.world.vials for name in vial.names}
    counted = kind == CHILD or (kind == OTHER and draw.random() < 0.5)
    for mine, mark in zip(_parts(draw, whole), "RQ", strict=False):
        serial = f"{old.serial}{mark}"
        while f"{gtin}/{serial}" in known:
            serial = f"{serial}{mark}"
        _named(chain, mine, Label(lot, gtin, serial), sender)
        if counted:
            _counted(chain, lot, mine[0], len(mine), draw)


def _kind(draw: Random) -> str:
    return UNRECORDED if draw.random() < OPEN else draw.choice([OWN, OTHER, OTHER, CHILD])


def _parts(draw: Random, pack: Sequence[Vial]) -> list[Sequence[Vial]]:
    """A pack as one, or perhaps as two."""
    two = len(pack) > 1 and draw.random() < 0.3
    cut = draw.randint(1, len(pack) - 1) if two else len(pack)
    return [part for part in (pack[:cut], pack[cut:]) if part]


def _named(chain: Chain, mine: Sequence[Vial], label: Label, sender: str) -> None:
    """Give some vials of a pack a new name, as one pack."""
    old = mine[0]
    told_pack(chain, sender, label, len(mine))
    chain.world.tell(
        sender,
        "relabelling",
        gtin=old.gtin,
        serial=old.serial,
        new_gtin=label.gtin,
        new_serial=label.serial,
        party=sender,
        relabelled_at=_when(chain, mine, label, made=sender == chain.maker),
    )
    for vial in mine:
        vial.earlier.append((vial.gtin, vial.serial, vial.lot[1]))
        vial.gtin, vial.serial, vial.lot = label.gtin, label.serial, label.lot
        vial.lots.add(label.lot)
        vial.names.add(f"{label.gtin}/{label.serial}")


def _when(chain: Chain, vials: Sequence[Vial], label: Label, *, made: bool) -> str:
    """When they become that. made: whether at their maker, before they are shipped."""
    if chain.world.any_late(vials) or label.lot in chain.world.late:
        return at(7, 12) if made else at(7, 19)
    return at(5) if made else at(6, 25)


def _lot(chain: Chain, lot: Node, kind: str, lots: Sequence[Node]) -> Node:
    others = [one for one in lots if one != lot]
    if kind == OWN or (kind == OTHER and not others):
        return lot
    if kind == OTHER:
        return chain.draw.choice(others)
    found = (lot[0], f"{lot[1]}{'CH' if kind == CHILD else 'UR'}", "packed")
    if kind == UNRECORDED:
        chain.world.touch("lot", "/".join(found), found)
    elif found not in chain.world.made[lot]:
        into(chain, lot, a_lot(chain, "packed", found[1], late=lot in chain.world.late))
    return found


def _counted(chain: Chain, lot: Node, label: Vial, vials: int, draw: Random) -> None:
    """The lot's record counts the pack as one of its own."""
    row = chain.lot_row(lot)
    if not row.get("amount"):
        unit = draw.choice(["vials", "packs"])
        row.update(gtin=label.gtin, amount="0", amount_unit=unit)
    more = vials if row["amount_unit"] == "vials" else 1
    row["amount"] = str(int(row["amount"]) + more)
