"""Where packs are, in drawn worlds: what docs/counting.md asks for, the plain walk of it, and the
database.
"""

from collections import defaultdict
from pathlib import Path

from lots.pipeline.implicate import Subject, implicate
from lots.settings import Settings
from tests.builders import NOW, table, take, write
from tests.walk import walk as walking
from tests.walk.linking import Accepted, Node
from tests.walk.whereabouts import by_serial
from tests.walk.whereabouts_counted import Counted

Row = tuple[str, dict[str, str]]
Placed = dict[tuple[str, str], int]
Told = set[tuple[str, str, int, int]]
GTIN = "09506000134352"
# Names that each world has to itself.
OWN = (
    "serial",
    "new_serial",
    "lot_number",
    "shipment",
    "stocktake",
    "fate",
    "dispensing",
    "administration",
    "sscc",
    "child_sscc",
)
DAY = "2026-{}T10:00:00Z".format


def lot(amount: str, unit: str = "packs") -> Row:
    """The packed lot, of so much."""
    return "lot", {
        "manufacturer": "M1",
        "lot_number": "L",
        "step": "packed",
        "product": "IG",
        "gtin": GTIN,
        "made_at": DAY("03-01"),
        "amount": amount,
        "amount_unit": unit,
        "expires_on": "2028-01-01",
    }


def pack(serial: str, vials: str = "1") -> Row:
    """One of its packs."""
    return "pack", {
        "gtin": GTIN,
        "serial": serial,
        "manufacturer": "M1",
        "lot_number": "L",
        "step": "packed",
        "vials": vials,
    }


def sent(
    serial: str = "", day: str = "04-01", to: str = "H1", packs: str = "1", **more: str
) -> Row:
    """A shipment, by serial or by count."""
    return "shipment", {
        "from_party": "M1",
        "shipment": f"V{serial}",
        "item": "1",
        "kind": "sale",
        "to_party": to,
        "gtin": GTIN,
        "serial": serial,
        "lot_number": "L",
        "packs": packs,
        "shipped_at": DAY(day),
        **more,
    }


def came(
    serial: str = "", day: str = "04-02", to: str = "H1", packs: str = "1", **more: str
) -> Row:
    """The delivery of a shipment."""
    return "delivery", {
        "from_party": "M1",
        "shipment": f"V{serial}",
        "item": "1",
        "to_party": to,
        "packs": packs,
        "delivered_at": DAY(day),
        **more,
    }


def counted(
    serial: str = "", day: str = "05-01", party: str = "H1", packs: str = "1", **more: str
) -> Row:
    """A line of a count of stock."""
    return "stock_count", {
        "party": party,
        "stocktake": day,
        "item": serial.strip("S") or "9",
        "gtin": GTIN,
        "serial": serial,
        "lot_number": "L",
        "packs": packs,
        "counted_at": DAY(day),
        **more,
    }


def ended(kind: str, serial: str = "", day: str = "06-01", vials: str = "1", **more: str) -> Row:
    """What became of vials, by serial or by count."""
    return "vial_fate", {
        "party": "H1",
        "fate": f"{kind}{serial}{day}",
        "kind": kind,
        "gtin": GTIN,
        "serial": serial,
        "lot_number": "L",
        "vials": vials,
        "fit": "",
        "at": DAY(day),
        **more,
    }


def dispensed(serial: str = "", day: str = "04-20", vials: str = "1") -> Row:
    """Vials that were dispensed to a ward."""
    return "dispensing", {
        "pharmacy": "H1",
        "dispensing": f"D{serial}{day}",
        "to_kind": "ward",
        "gtin": GTIN,
        "serial": serial,
        "lot_number": "L",
        "vials": vials,
        "dispensed_at": DAY(day),
    }


def given(serial: str, status: str = "given") -> tuple[Row, Row]:
    """A vial on an infusion's line."""
    infusion = {"site": "W1", "administration": f"A{serial}"}
    return (
        (
            "administration",
            {**infusion, "patient_key": "P1", "status": status, "started_at": DAY("05-20")},
        ),
        (
            "administration_vial",
            {
                **infusion,
                "item": "1",
                "gtin": GTIN,
                "serial": serial,
                "lot_number": "",
                "vials": "1",
            },
        ),
    )


def otherwise(given_to: tuple[Row, Row], **more: str) -> Row:
    """Another version of an infusion's line."""
    return "administration_vial", {**given_to[1][1], **more}


def boxed(serial: str, box: str = "B", **more: str) -> Row:
    """A pack, or a smaller package, in a package."""
    return "package_content", {
        "sscc": box,
        "item": "1",
        "gtin": GTIN if serial else "",
        "serial": serial,
        "packed_at": DAY("03-10"),
        "child_sscc": "",
        "unpacked_at": "",
        **more,
    }


def renamed(serial: str, new: str, party: str = "H1") -> Row:
    """A pack under a new serial."""
    return "relabelling", {
        "gtin": GTIN,
        "serial": serial,
        "new_gtin": GTIN,
        "new_serial": new,
        "party": party,
        "relabelled_at": DAY("04-15"),
    }


S1, ONE = pack("S1"), lot("1")
BOX = sent("", sscc="B", lot_number="", gtin="")
FOUR = sent("", packs="4")
TWICE = ("shipped by count", "M1", 4, 0)
WORLDS: list[tuple[tuple[Row, ...], Placed, Told]] = [
    ((S1, ONE), {("never shipped", "M1"): 1}, set()),
    ((S1, ONE, sent("S1")), {("in transit", "H1"): 1}, set()),
    ((S1, ONE, sent("S1"), came("S1")), {("delivered", "H1"): 1}, set()),
    ((S1, ONE, sent("S1"), came("S1", packs="0")), {("not delivered", "H1"): 1}, set()),
    (
        (S1, pack("S2"), lot("2"), sent("S1"), came("S1"), sent("S2")),
        {("delivered", "H1"): 1, ("in transit", "H1"): 1},
        set(),
    ),
    ((S1, ONE, sent("S1"), ended("returned", "S1", fit="yes")), {("returned", "H1"): 1}, set()),
    (
        (S1, ONE, ended("returned", "S1", fit="no"), sent("S1", "06-02", "H2")),
        {("in transit", "H2"): 1},
        set(),
    ),
    (
        (S1, ONE, ended("returned", "S1", fit="yes"), dispensed("S1", "06-03")),
        {("dispensed", "H1"): 1},
        set(),
    ),
    ((S1, ONE, sent("S1"), counted("S1", party="H2")), {("in stock", "H2"): 1}, set()),
    ((S1, ONE, sent("S1"), counted("S1", packs="0")), {("not found at a count", "H1"): 1}, set()),
    ((S1, ONE, sent("S1", "05-01"), counted("S1", party="H2")), {("in transit", "H1"): 1}, set()),
    ((S1, ONE, boxed("S1"), BOX), {("in transit", "H1"): 1}, set()),
    (
        (
            S1,
            ONE,
            boxed("S1"),
            boxed("", "C", child_sscc="B"),
            sent("", sscc="C", lot_number="", gtin=""),
        ),
        {("in transit", "H1"): 1},
        set(),
    ),
    ((S1, ONE, boxed("S1", unpacked_at=DAY("03-20")), BOX), {("never shipped", "M1"): 1}, set()),
    ((S1, ONE, renamed("S1", "S9")), {("relabelled", "H1"): 1}, set()),
    (
        (S1, pack("S9"), ONE, renamed("S1", "S9"), sent("S9")),
        {("relabelled", "H1"): 1, ("in transit", "H1"): 1},
        set(),
    ),
    # Who gave it its label has it until something is told of it, whatever was told of it before.
    (
        (S1, pack("S9"), ONE, renamed("S1", "S9")),
        {("relabelled", "H1"): 1, ("in stock", "H1"): 1},
        set(),
    ),
    (
        # Nobody's label is S1 any more when H3 counts it: that may be S9.
        (S1, pack("S9"), ONE, sent("S1"), counted("S1", party="H3"), renamed("S1", "S9")),
        {("relabelled", "H1"): 1, ("in stock", "H1"): 1, ("in stock", "H3"): 1},
        {("in all", "M1", 2, 1), ("in several places", "M1", 3, 2)},
    ),
    (
        (S1, pack("S9"), ONE, renamed("S1", "S9"), renamed("S1", "S9", party="H2")),
        {
            ("relabelled", "H1"): 1,
            ("relabelled", "H2"): 1,
            ("in stock", "H1"): 1,
            ("in stock", "H2"): 1,
        },
        {("in several places", "M1", 4, 2), ("in all", "M1", 2, 1)},
    ),
    (
        (S1, pack("S9"), ONE, renamed("S1", "S9", party="")),
        {("relabelled", "?"): 1, ("in stock", "?"): 1},
        set(),
    ),
    (
        (S1, pack("S9"), lot("1"), renamed("S1", "S9"), FOUR, counted("", packs="4")),
        {("relabelled", "H1"): 1, ("in stock", "H1"): 1, ("in stock by count", "H1"): 4},
        {TWICE, ("in stock twice", "H1", 4, 1), ("in all", "M1", 5, 1)},
    ),
    (
        (S1, pack("S9"), ONE, renamed("S1", "S9"), dispensed("S9")),
        {("relabelled", "H1"): 1, ("dispensed", "H1"): 1},
        set(),
    ),
    (
        (S1, ONE, sent("S1"), sent("S1", to="H2")),
        {("in transit", "H1"): 1, ("in transit", "H2"): 1},
        {("in several places", "M1", 2, 1), ("in all", "M1", 2, 1)},
    ),
    ((S1, ONE, sent("S1"), sent("S1", shipment="V9")), {("in transit", "H1"): 1}, set()),
    ((S1, ONE, sent("S1"), sent("S1", to="H2"), *given("S1")), {("given", "W1"): 1}, set()),
    (
        (pack("S1", "2"), ONE, sent("S1"), sent("S1", to="H2"), *given("S1")),
        {("partly given", "W1"): 1},
        set(),
    ),
    (
        (S1, ONE, sent("S1"), sent("S1", to="H2"), ended("destroyed", "S1")),
        {("destroyed", "H1"): 1},
        set(),
    ),
    (
        (S1, ONE, sent("S1"), sent("S1", to="H2"), counted("S1", party="H3")),
        {("in stock", "H3"): 1},
        set(),
    ),
    (
        (S1, ONE, sent("S1"), ended("destroyed", "S1"), sent("S1", "06-02", "H2", shipment="V9")),
        {("destroyed", "H1"): 1, ("in transit", "H2"): 1},
        {("in all", "M1", 2, 1), ("in several places", "M1", 2, 1)},
    ),
    (
        (pack("S1", "2"), ONE, sent("S1"), ended("destroyed", "S1")),
        {("in transit", "H1"): 1},
        set(),
    ),
    # Of two words on how it ended, at one instant, one may be of before what was shipped later.
    (
        (S1, ONE, ended("destroyed", "S1"), ended("lost", "S1")),
        {("destroyed", "H1"): 1, ("lost", "H1"): 1},
        {("in several places", "M1", 2, 1), ("in all", "M1", 2, 1)},
    ),
    (
        (
            S1,
            ONE,
            ended("destroyed", "S1"),
            ended("returned", "S1", fit="no"),
            sent("S1", "06-02", "H2"),
        ),
        {("destroyed", "H1"): 1, ("in transit", "H2"): 1},
        {("in several places", "M1", 2, 1), ("in all", "M1", 2, 1)},
    ),
    ((S1, ONE, dispensed("S1")), {("dispensed", "H1"): 1}, set()),
    ((pack("S1", "2"), ONE, dispensed("S1")), {("partly dispensed", "H1"): 1}, set()),
    ((S1, ONE, dispensed("S1"), *given("S1")), {("given", "W1"): 1}, set()),
    ((pack("S1", "2"), ONE, *given("S1")), {("partly given", "W1"): 1}, set()),
    ((S1, ONE, *given("S1", "not_given")), {("prepared, not given", "W1"): 1}, set()),
    (
        (
            S1,
            pack("S2"),
            lot("2"),
            sent("S1"),
            sent("S2"),
            *given("S1"),
            otherwise(given("S1"), serial="S2"),
        ),
        {("given", "W1"): 2, ("in transit", "H1"): 2},
        {("in several places", "M1", 4, 2), ("in all", "M1", 4, 2)},
    ),
    (
        (S1, pack("S2"), lot("2"), *given("S1"), *given("S2"), otherwise(given("S2"), serial="S1")),
        {("given", "W1"): 2, ("never shipped", "M1"): 1},
        {("in several places", "M1", 3, 2), ("in all", "M1", 3, 2)},
    ),
    (
        (S1, ONE, *given("S1"), otherwise(given("S1"), serial="", lot_number="L")),
        {("given", "W1"): 1, ("never shipped", "M1"): 1},
        {("in several places", "M1", 2, 1), ("in all", "M1", 2, 1)},
    ),
    ((S1, ONE, *given("S1"), otherwise(given("S1"), vials="2")), {("given", "W1"): 1}, set()),
    ((S1, ONE, sent("S1"), came("S1"), came("S1", "04-03")), {("delivered", "H1"): 1}, set()),
    ((S1, ONE, sent("S1", to="UNKNOWN")), {("in transit", "?"): 1}, set()),
    (
        (S1, ONE, sent("S1"), came("S1", to="N/A")),
        {("delivered", "H1"): 1, ("delivered", "?"): 1},
        {("in several places", "M1", 2, 1), ("in all", "M1", 2, 1)},
    ),
    ((S1, ONE, sent("S1", to="?"), came("S1", to="N/A")), {("delivered", "?"): 1}, set()),
    (
        (S1, lot("2"), sent("", packs="1", to="tbd")),
        {("never shipped", "M1"): 1, ("shipped by count", "?"): 1},
        {("shipped by count", "M1", 1, 0)},
    ),
    (
        (lot("4"), sent("", packs="4", to="H3"), came("", packs="3", to="unbekannt")),
        {("delivered by count", "H3"): 3, ("delivered by count", "?"): 3},
        {
            TWICE,
            ("delivered by count", "H3", 3, 4),
            ("delivered by count", "?", 3, 4),
            ("in all", "M1", 6, 4),
        },
    ),
    ((pack("S1", "0"), ONE, sent("S1")), {("in transit", "H1"): 1}, set()),
    ((lot("4"), FOUR), {("shipped by count", "H1"): 4}, {TWICE}),
    (
        (S1, lot("4"), FOUR),
        {("never shipped", "M1"): 1, ("shipped by count", "H1"): 4},
        {TWICE, ("in all", "M1", 5, 4)},
    ),
    (
        (pack("S1", "2"), lot("9", "vials"), FOUR),
        {("never shipped", "M1"): 1, ("shipped by count", "H1"): 4},
        {TWICE, ("in all", "M1", 5, 4)},
    ),
    ((lot("", ""), FOUR), {("shipped by count", "H1"): 4}, {TWICE, ("in all", "M1", 4, 0)}),
    (
        (lot("4"), FOUR, came("", packs="3")),
        {("delivered by count", "H1"): 3},
        {TWICE, ("delivered by count", "H1", 3, 4)},
    ),
    ((lot("4"), FOUR, counted("", packs="4")), {("in stock by count", "H1"): 4}, {TWICE}),
    (
        (lot("4"), FOUR, counted("", packs="3")),
        {("in stock by count", "H1"): 3},
        {TWICE, ("in stock by count", "H1", 3, 4)},
    ),
    (
        (lot("4"), FOUR, counted("", packs="0")),
        {("not found by count", "H1"): 0},
        {TWICE, ("in stock by count", "H1", 0, 4)},
    ),
    (
        (lot("4"), FOUR, counted("", "03-31", packs="2")),
        {("in stock by count", "H1"): 2, ("shipped by count", "H1"): 4},
        {TWICE, ("in stock by count", "H1", 2, 0), ("in all", "M1", 6, 4)},
    ),
    (
        (
            lot("4"),
            FOUR,
            counted("", "05-01", packs="4"),
            counted("", "05-02", packs="3"),
            dispensed(),
        ),
        {("in stock by count", "H1"): 3},
        {TWICE},
    ),
    (
        (lot("4"), FOUR, counted("", packs="3"), ended("returned", day="04-20", fit="yes")),
        {("in stock by count", "H1"): 3, ("returned by count", "H1"): 1},
        {TWICE},
    ),
    (
        (
            lot("4"),
            FOUR,
            counted("", packs="4"),
            dispensed(),
            ended("returned", day="04-21", fit="no"),
        ),
        {("in stock by count", "H1"): 4, ("returned by count", "H1"): 1},
        {TWICE, ("in stock by count", "H1", 4, 3)},
    ),
    (
        (lot("4"), FOUR, ended("destroyed", vials="5")),
        {("shipped by count", "H1"): 4, ("destroyed by count", "H1"): 5},
        {TWICE, ("ended by count", "H1", 5, 4)},
    ),
    (
        (S1, ONE, sent("S1"), counted("", packs="1")),
        {("in transit", "H1"): 1, ("in stock by count", "H1"): 1},
        {("in stock twice", "H1", 1, 1), ("in all", "M1", 2, 1)},
    ),
    (
        (lot("4"), FOUR, sent("", packs="3", to="H2")),
        {("shipped by count", "H1"): 4, ("shipped by count", "H2"): 3},
        {TWICE, ("in all", "M1", 7, 4)},
    ),
    (
        (lot("4"), FOUR, counted("", party="M1", packs="1", day="04-03")),
        {("shipped by count", "H1"): 4, ("in stock by count", "M1"): 1},
        {TWICE, ("in stock by count", "M1", 1, 0), ("in all", "M1", 5, 4)},
    ),
]


def test_every_world_is_as_its_page_the_walk_and_the_database_say(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told: dict[str, list[dict[str, str]]] = defaultdict(list)
    for n, (rows, _, _) in enumerate(WORLDS):
        for record, row in rows:
            told[record].append({c: f"{v}-{n}" if v and c in OWN else v for c, v in row.items()})
    places = [
        write(tmp_path / "landing" / "H1", f"{record}-1.csv", table({}, rows))
        for record, rows in told.items()
    ]
    assert {(r.status, r.counts["refused"]) for r in take(lots_settings, *places, sender="H1")} == {
        ("accepted", 0)
    }
    accepted = walking.walk(tmp_path / "landing", tmp_path / "profiles", NOW).accepted
    drawn = [(placed, differ) for _, placed, differ in WORLDS]
    walked = [of_walk(accepted, ("M1", f"L-{n}", "packed")) for n in range(len(WORLDS))]
    assert differing(drawn, walked) == []
    assert (
        differing(drawn, [of_answer(lots_settings, f"M1/L-{n}/packed") for n in range(len(WORLDS))])
        == []
    )


def of_walk(accepted: Accepted, node: Node) -> tuple[Placed, Told]:
    """Where the walk says that a lot's packs are, and what differs."""
    counts = Counted(accepted, node)
    return {**by_serial(accepted, node), **counts.places()}, counts.differences()


def of_answer(settings: Settings, name: str) -> tuple[Placed, Told]:
    """The same of the database."""
    answer = implicate(settings, [Subject("lot", name)], through=NOW)
    return (
        {
            (w.whereabouts, w.holder): w.packs or (0 if w.serials else w.vials)
            for w in answer.whereabouts
        },
        {(d.what, d.party, d.packs, d.expected) for d in answer.differences},
    )


def differing(drawn: list[tuple[Placed, Told]], got: list[tuple[Placed, Told]]) -> list[object]:
    """The worlds that are said otherwise than drawn: number, drawn, got."""
    return [(n, *both) for n, both in enumerate(zip(drawn, got, strict=True)) if both[0] != both[1]]
