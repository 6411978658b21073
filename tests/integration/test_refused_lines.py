"""Refused lines of vials (docs/certificate.md): by what can be read of their labels they are lines of an
answer at most, or left out of it.
"""

from pathlib import Path

import sqlalchemy as sa

from lots.answers import Between
from lots.settings import Settings
from lots.store.engine import Connection
from tests.integration.losses import ask, world
from tests.integration.small_world import GTIN, OTHER, Told, at

LOT = "M1/L1/packed"
LEFT_OUT, A_LINE, OPEN = Between(1, 1), Between(1, 2), Between(1, 50)
LABELS: dict[str, tuple[dict[str, str], Between]] = {
    "its lot": ({"lot_number": "L1"}, A_LINE),
    "a pack of its lot": ({"gtin": GTIN, "serial": "S2"}, A_LINE),
    "a pack that one of its lot was relabelled to": ({"gtin": GTIN, "serial": "S7"}, A_LINE),
    "a pack of which a version is of its lot": ({"gtin": GTIN, "serial": "SC"}, A_LINE),
    "a pack that nobody knows": ({"gtin": GTIN, "serial": "ZQ-99817"}, A_LINE),
    "a serial alone": ({"serial": "ZQ-99817"}, A_LINE),
    "a lot that nobody knows": ({"lot_number": "ZZ-77"}, A_LINE),
    "a lot of another step": ({"lot_number": "BULK9"}, A_LINE),
    "a known lot of another number": ({"lot_number": "L2"}, LEFT_OUT),
    "a pack of another lot": ({"gtin": GTIN, "serial": "S5"}, LEFT_OUT),
    "another lot, and a pack of its own": (
        {"gtin": GTIN, "serial": "S2", "lot_number": "L2"},
        A_LINE,
    ),
    "a known lot whose number looks like its own": ({"lot_number": "L-1"}, A_LINE),
    "another product": ({"gtin": OTHER, "serial": "ZQ-99817"}, LEFT_OUT),
    "another product, and a lot that nobody knows": (
        {"gtin": OTHER, "lot_number": "ZZ-77"},
        LEFT_OUT,
    ),
    "another product, and a serial of its own": ({"gtin": OTHER, "serial": "S1"}, A_LINE),
    "another product, and its own number in other letters": (
        {"gtin": OTHER, "lot_number": "l 1"},
        A_LINE,
    ),
    "a GTIN whose check digit is wrong": (
        {"gtin": OTHER[:-1] + "0", "serial": "ZQ-99817"},
        A_LINE,
    ),
    "a product alone": ({"gtin": OTHER}, OPEN),
    "nothing": ({}, OPEN),
}


def beside(told: Told) -> None:
    """Two more packed lots of the product and what is known of their packs, and a bulk lot."""
    lots, packs = told.rows("lot"), told.rows("pack")
    inputs = told.rows("lot_input")
    lots[-1]["amount"] = "50"
    for number, serial in (("L2", "S5"), ("L-1", "S6")):
        lots += [{**row, "lot_number": number} for row in lots[1:3]]
        inputs.append({**inputs[1], "lot_number": number, "from_number": number})
        inputs.append({**inputs[0], "lot_number": number, "step": "dried"})
        packs.append({**packs[0], "serial": serial, "lot_number": number})
    lots.append({**lots[0], "lot_number": "BULK9", "step": "bulk"})
    inputs.append({**inputs[0], "lot_number": "BULK9", "step": "bulk"})
    packs += [{**packs[0], "serial": "SC", "lot_number": number} for number in ("L1", "L2")]
    packs.append({**packs[0], "serial": "S7"})
    new = {"new_gtin": GTIN, "new_serial": "S7", "party": "M1", "relabelled_at": at(6)}
    told.senders["M1"]["relabelling"] = [{"gtin": GTIN, "serial": "S2", **new}]


def refused(told: Told, record: str, **label: str) -> None:
    """One row more that tells no number of its own, and so is refused."""
    rows = told.rows(record)
    blank = dict.fromkeys(("gtin", "serial", "lot_number"), "")
    number = "dispensing" if record == "dispensing" else "item"
    rows.append({**rows[0], **blank, number: "", **label})


def alone(connection: Connection, nth: int) -> None:
    """Of all that was refused one row is left."""
    others = "DELETE FROM receiving.refused WHERE (receipt, line) NOT IN (SELECT receipt, line FROM"
    one = f" receiving.refused ORDER BY receipt, line OFFSET {nth} LIMIT 1)"
    connection.execute(sa.text(others + one))


def test_a_refused_line_is_of_the_lots_that_its_label_may_tell(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    beside(told)
    for label, _ in LABELS.values():
        refused(told, "administration_vial", **label)
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        for nth, (what, (_, given)) in enumerate(LABELS.items()):
            save = connection.begin_nested()
            alone(connection, nth)
            found = ask(connection, "lot", LOT)
            save.rollback()
            assert found.bounds["given"] == given, what
            said = found.certificate
            reasons = [(r.rows, r.vials) for r in said.reasons if r.sort == "refused"]
            left_out = [one.why for one in said.left_out if one.sort == "refused"]
            why = "product" if "product" in what else "lot"
            out = given == LEFT_OUT
            assert left_out == ([why] if out else []), what
            assert reasons == ([] if out else [(1, None if given == OPEN else 1)]), what
