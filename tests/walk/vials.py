"""The walk's vial lines: which lots each dispensing, infusion and preparation is of, and what is
parked of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.walk.linking import Accepted, Key, Node, reached
from tests.walk.meant import CONFIRMED, DISPUTED, Meant, of_row
from tests.walk.values import Typed, key_of

Pack = tuple[str, str]  # GTIN and serial
Line = tuple[str, Key, Node | None, str, str, str | None]  # record, key, lot, basis, state, patient
SURER = ("disagreement", "hand", "lot", "preparation", "pack", "vial")  # the last is of none
Use = set[tuple[str, str | None]]  # state and patient


@dataclass(frozen=True)
class Stock:
    """Where a line's lots are looked up."""

    packs: dict[Pack, set[Node]]  # the packed lots of each pack that was accepted
    before: dict[Pack, set[Pack]]  # from which packs a pack was relabelled
    packed: dict[str, list[Typed]]  # packed lots by number
    prepared: dict[Key, set[Node]]  # the lots of each preparation's vials
    surely: dict[Key, set[Node]]  # of those of which one version stands
    meant: dict[tuple[str, Key], list[Meant]]  # persons' words on lines


def vials(accepted: Accepted, record: str) -> Iterator[tuple[Line, int]]:
    """(record, key, lot, basis, state, patient) and vials of each line; without a lot, the basis is
    what is parked.
    """
    found = stock(accepted)
    ways = [(key, row, lots(record, row, found)) for key, row in accepted.standing(record)]
    best: dict[tuple[Key, Node | None], str] = {}
    for key, _, reached_lots in ways:
        for node, basis in reached_lots:
            best[key, node] = max(basis, best.get((key, node), basis), key=SURER.index)
    for key, row, reached_lots in ways:
        for node, basis in reached_lots:
            for state, patient in use(accepted, record, key, row):
                yield (
                    (record, key, node, best[key, node] if node else basis, state, patient),
                    vials_of(row),
                )


def says(row: Typed) -> int | None:
    """How many vials a line stands for, or a pack holds; None where it does not say, or says none."""
    return int(row["vials"]) if row["vials"] else None


def vials_of(row: Typed) -> int:
    """How many vials a line stands for; one at least where it does not say."""
    return says(row) or 1


def may_be_more(accepted: Accepted, row: Typed) -> bool:
    """Whether a line does not say how many vials it stands for, and they may be several."""
    if says(row):
        return False
    pack = row["gtin"], row["serial"]
    known = [] if None in pack else accepted.of("pack", pack)
    one = bool(known) and all(p["vials"] == 1 for p in known)
    return not one or accepted.possible("pack", pack)


def stock(accepted: Accepted) -> Stock:
    """Where the lots of all lines are looked up."""
    found = Stock({}, {}, {}, {}, {}, accepted.meant)
    for _, pack in accepted.standing("pack"):
        if pack["manufacturer"] and pack["lot_number"]:
            lot = (str(pack["manufacturer"]), str(pack["lot_number"]), "packed")
            found.packs.setdefault((pack["gtin"], pack["serial"]), set()).add(lot)
    for _, row in accepted.standing("relabelling"):
        found.before.setdefault((row["new_gtin"], row["new_serial"]), set()).add(
            (row["gtin"], row["serial"])
        )
    for _, row in accepted.standing("lot"):
        if row["step"] == "packed":
            found.packed.setdefault(row["lot_number"], []).append(row)
    for key, row in accepted.standing("reconstitution_vial"):
        of_it = {lot for lot, _ in lots("reconstitution_vial", row, found) if lot}
        found.prepared.setdefault(key[:2], set()).update(of_it)
        several = len(accepted.of("reconstitution_vial", key)) > 1
        if not several and not accepted.possible("reconstitution_vial", key):
            found.surely.setdefault(key[:2], set()).update(of_it)
    return found


def lots(record: str, row: Typed, stock: Stock) -> set[tuple[Node | None, str]]:
    """The lots of one line, each with its basis; a lot that is reached by its pack is not counted
    again.
    """
    found = set(_ways(record, row, stock))
    by_pack = {lot for lot, basis in found if basis == "pack"}
    found = {
        (lot, basis) for lot, basis in found if lot is None or basis == "pack" or lot not in by_pack
    }
    said = dict(of_row(stock.meant.get((record, key_of(record, row) or ()), ()), row))
    if CONFIRMED in said.values():
        found = {way for way in found if way[0]}
    found |= {(lot, "hand") for lot in said.keys() - {lot for lot, _ in found}}
    reached_so = {lot for lot, _ in found}
    return found | {
        (lot, "disagreement") for lot in _of_another_bag(row, stock, found) - reached_so
    }


def _of_another_bag(row: Typed, stock: Stock, found: set[tuple[Node | None, str]]) -> set[Node]:
    """The lots of a line's preparation, where the line tells a label that is of none of them."""
    labelled = {lot for lot, basis in found if lot and basis in ("pack", "lot")}
    if "administration" not in row or not labelled:
        return set()
    bag = str(row["site"]), str(row["preparation"])
    return set() if labelled & stock.surely.get(bag, set()) else stock.prepared.get(bag, set())


def of_several_makers(accepted: Accepted, records: Iterable[str]) -> set[tuple[str, Key]]:
    """Lines that tell a number which packed lots of several makers have, or were given by a preparation
    alone that has such a line.
    """
    ways: dict[tuple[str, Key], set[tuple[Node, str]]] = {}
    for record in records:
        for (_, key, node, basis, _, _), _ in vials(accepted, record):
            if node:
                ways.setdefault((record, key), set()).add((node, basis))
    found = {
        line
        for line, lots_of_it in ways.items()
        for node, basis in lots_of_it
        for other, by in lots_of_it
        if basis == "lot" and by in ("lot", "pack") and node != other and node[1] == other[1]
    }
    bags = {key[:2] for record, key in found if record == "reconstitution_vial"}
    return found | {
        (record, key)
        for (record, key), lots_of_it in ways.items()
        if "preparation" in {basis for _, basis in lots_of_it}
        for row in accepted.of(record, key)
        if (str(row["site"]), str(row["preparation"])) in bags
    }


def disagreeing(accepted: Accepted) -> set[tuple[str, Key]]:
    """The lines that tell another lot than what was in their preparation."""
    found = stock(accepted)
    return {
        ("administration_vial", key)
        for key, row in accepted.standing("administration_vial")
        if any(basis == "disagreement" for _, basis in lots("administration_vial", row, found))
    }


def _ways(record: str, row: Typed, stock: Stock) -> Iterator[tuple[Node | None, str]]:
    """The lots of one line by every way; None with the link's name where a way leads nowhere."""
    if row["serial"] is None and row["lot_number"] is None:
        preparation = row["preparation"] if record == "administration_vial" else None
        if preparation is None:
            yield None, "vial"
        else:
            yield from _each(stock.prepared.get((row["site"], preparation)), "preparation")
    if row["serial"] is not None:
        named = reached([(row["gtin"], row["serial"])], stock.before) if row["gtin"] else set()
        yield from _each({lot for pack in named for lot in stock.packs.get(pack, ())}, "pack")
    if row["lot_number"] is not None:
        fits = [
            lot
            for lot in stock.packed.get(row["lot_number"], ())
            if not lot["gtin"] or not row["gtin"] or lot["gtin"] == row["gtin"]
        ]
        yield from _each(
            {(lot["manufacturer"], lot["lot_number"], "packed") for lot in fits}, "lot"
        )


def _each(lots: set[Node] | None, basis: str) -> Iterator[tuple[Node | None, str]]:
    """Each lot that a way reached; None where it reached none."""
    if not lots:
        yield None, basis
    for lot in lots or ():
        yield lot, basis


def use(accepted: Accepted, record: str, key: Key, row: Typed) -> Use:
    """What became of the vials of a line, and the patient's key: one for each that a standing
    version names.
    """
    if record == "dispensing":
        return {("dispensed", row["patient_key"])}
    if record == "reconstitution_vial":
        return {("prepared", patient) for patient in _ordered_for(accepted, key[:2])}
    infusions = or_none(accepted, "administration", key[:2])
    withheld = all(i is not None and i["status"] == "not_given" for i in infusions)
    state = "not_given" if withheld else "given"
    return {(state, i["patient_key"] if i else None) for i in infusions}


def or_none(accepted: Accepted, record: str, key: Key) -> list[Typed | None]:
    """The standing versions of a key; none beside them where it is possible, or where none stands."""
    found: list[Typed | None] = [*accepted.of(record, key)]
    return found if found and not accepted.possible(record, key) else [*found, None]


def _ordered_for(accepted: Accepted, preparation: Key) -> Iterator[str | None]:
    """The patients of a preparation's orders; None where it names no order, or none that is known."""
    for row in or_none(accepted, "reconstitution", preparation):
        named = (row["site"], str(row["treatment_order"])) if row else ("", "")
        for order in or_none(accepted, "treatment_order", named):
            yield order["patient_key"] if order else None


def perhaps_meant(accepted: Accepted, record: str, key: Key, row: Typed) -> bool:
    """Whether persons dispute which lot a line means, or a vial of its preparation; or the lot that
    it means may be taken back.
    """
    said = [*of_row(accepted.meant.get((record, key), ()), row)]
    if any(now == DISPUTED or accepted.possible("lot", lot) for lot, now in said):
        return True
    if record != "administration_vial" or row["serial"] or row["lot_number"]:
        return False
    return any(
        now == DISPUTED
        for other, vial in accepted.standing("reconstitution_vial")
        if other[:2] == (key[0], row["preparation"])
        for _, now in of_row(accepted.meant.get(("reconstitution_vial", other), ()), vial)
    )
