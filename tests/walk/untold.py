"""The walk's account of who may have packs of an answer's lots that are counted nowhere:
docs/certificate.md, "Who has been heard".
"""

from tests.walk.ends import AWAITED, EMPTY, PARKED, REFUSED, WITHOUT
from tests.walk.linking import Accepted, Key, Node
from tests.walk.values import Typed, values
from tests.walk.way import PLACES, Answer, Told

NOBODY = "?"


def untold_at(told: Told, found: Answer) -> set[str]:
    """Who got what an open end tells of, or a package with what tells these lots by number alone."""
    accepted = told.accepted
    numbers = {lot[1] for lot in _packed(found)}
    content = [row for _, row in accepted.standing("package_content")]
    met = {end for end in found.met if end.sort in (EMPTY, PARKED)}
    # A pack of nobody knows which lot.
    loose = {end.key for end in met if end.record == "pack"}
    boxes: set[tuple[str, str | None]] = {
        (row["sscc"], row["lot_number"])
        for row in content
        if _by_count(row) and row["lot_number"] in numbers
    }
    boxes |= {(row["sscc"], None) for row in content if (row["gtin"], row["serial"]) in loose}
    boxes |= {(end.key[0], None) for end in met if end.record == "package_content"}
    boxes |= {(e.key[0], None) for e in found.met if (e.record, e.sort) == ("package", WITHOUT)}
    while (
        more := {
            (row["sscc"], number)
            for row in content
            for box, number in boxes
            if row["child_sscc"] == box
        }
        - boxes
    ):
        boxes |= more
    sent = {
        key
        for key, row in accepted.standing("shipment")
        for box, number in boxes
        if row["sscc"] == box
        and not row["serial"]
        and (not row["lot_number"] or row["lot_number"] != number)
    }
    sent |= {
        key for key, row in accepted.standing("shipment") if (row["gtin"], row["serial"]) in loose
    }
    sent |= {end.key for end in met if end.record in ("shipment", "delivery")}
    parties = {party for key in sent for party in _went_to(accepted, key)}
    parties |= {end.key[0] for end in met if end.record in ("stock_count", "vial_fate")}
    parties |= {
        str(row["party"])
        for _, row in accepted.standing("stock_count")
        if (row["gtin"], row["serial"]) in loose and row["packs"] != 0
    }
    return parties | {
        str(row["party"])
        for _, row in accepted.standing("stock_count")
        if _by_count(row) and row["lot_number"] in numbers and row["counted_at"] is None
    }


def _went_to(accepted: Accepted, key: Key) -> set[str]:
    """To whom a line of a shipment went, or where it arrived; nobody where a version names neither."""
    came = {row["to_party"] for row in accepted.of("delivery", key)}
    sent = {row["to_party"] for row in accepted.of("shipment", key)}
    if came - {None}:
        return {str(party) for party in (came | sent) - {None}}
    return {str(party or NOBODY) for party in sent or came}


def _by_count(row: Typed) -> bool:
    return bool(row["lot_number"]) and not (row["serial"] and row["gtin"])


def _packed(found: Answer) -> list[Node]:
    return [node for node in found.nodes if node[2] == "packed"]


def _of_product(accepted: Accepted, lots: list[Node], gtin: object) -> bool:
    """Whether a product may be that of one of some lots."""
    return any(
        gtin is None or not (known := _gtins(accepted, lot)) or gtin in known for lot in lots
    )


def _gtins(accepted: Accepted, lot: Node) -> set[object]:
    packs = [row for _, row in accepted.standing("pack")]
    of_it = [row for row in packs if (row["manufacturer"], row["lot_number"]) == lot[:2]]
    return {row["gtin"] for row in [*accepted.of("lot", lot), *of_it]} - {None}


def refused_to(told: Told, found: Answer) -> set[str]:
    """To whom packs of these lots may have gone by rows that were refused, or are awaited."""
    lots, parties = _packed(found), set[str]()
    for row in told.refused:
        if row.record not in PLACES or (row.record, REFUSED) not in _met(found):
            continue
        text: Typed = values(row.record, row.text) if row.text else {}
        gtin, serial = text.get("gtin"), text.get("serial")
        pack = (str(gtin), str(serial)) if gtin and serial else None
        known = told.accepted.of("pack", pack) if pack else []
        mine = any((p["manufacturer"], p["lot_number"], "packed") in lots for p in known)
        if mine if known else _of_product(told.accepted, lots, gtin if pack else None):
            column = "to_party" if row.record in ("shipment", "delivery") else "party"
            parties.add(str(text.get(column) or NOBODY))
    awaited = any((record, AWAITED) in _met(found) for record in PLACES)
    return parties | ({NOBODY} if awaited else set())


def _met(found: Answer) -> set[tuple[str, str]]:
    return {(end.record, end.sort) for end in found.met}
