"""The walk's rules across records on packs, against outcomes worked out by hand."""

import pytest

from tests.acceptance.small_worlds import outcome

GTIN = "09506000134352"
PACK = (
    "pack gtin=09506000134352 serial=S manufacturer=P lot_number=L vials=1"
    " label_expires_on=2027-01-01 packed_at=2026-01-01T12:00Z"
)
TWELVE = PACK.replace("vials=1", "vials=12")
SOLD = "shipment from_party=P shipment=1 item=1 kind=sale gtin=09506000134352 serial=S shipped_at="
HANDED = (
    "dispensing pharmacy=Q dispensing=1 gtin=09506000134352 serial=S vials=1"
    " dispensed_at=2026-02-01T12:00Z"
)
MIXED = (
    "reconstitution site=H preparation=1 started_at=2026-02-02T09:00Z\n"
    "reconstitution_vial site=H preparation=1 item=1 gtin=09506000134352 serial=S vials=1"
)
GIVEN = (
    "administration site=H administration=1 status=given started_at=2026-02-02T12:00Z\n"
    "administration_vial site=H administration=1 item=1 gtin=09506000134352 serial=S vials=1"
)
BARE = GIVEN.replace("gtin=09506000134352 serial=S vials=1", "preparation=1 vials=1")
OFF = GIVEN.replace("status=given", "status=not_given")
GONE = (
    "vial_fate party=Q fate=1 gtin=09506000134352 serial=S vials=1 kind=destroyed"
    " at=2026-02-01T18:00Z"
)
BACK = GONE.replace("destroyed", "returned")
FIT = BACK + " fit=yes"
RELABELLED = f"relabelling gtin={GTIN} serial=S new_gtin={GTIN} new_serial=T\n" + PACK.replace(
    "serial=S", "serial=T"
)


def again(line: str, key: str, **changed: str) -> str:
    """A row once more under another number, with other values."""
    record, *values = line.splitlines()[-1].split()
    row = dict(value.split("=", 1) for value in values) | {key: "9"} | changed
    return " ".join([record, *(f"{name}={value}" for name, value in row.items())])


@pytest.mark.parametrize(
    ("expires", "said"),
    [("expires_on=2027-01-01", "pass"), ("expires_on=2027-01-02", "finding"), ("", "pending")],
)
def test_a_label_says_what_the_lot_says(expires: str, said: str) -> None:
    lot = f"lot manufacturer=P lot_number=L step=packed {expires}"
    assert outcome("R02", f"{GTIN} S", PACK, lot) == said
    assert outcome("R02", f"{GTIN} S", PACK, lot.replace("step=packed", "step=dried")) == "pending"


MOVED: list[tuple[tuple[str, ...], str]] = [
    ((), "not_applicable"),
    ((SOLD + "2026-01-02T12:00Z",), "pass"),
    ((SOLD + "2026-01-01T11:59Z",), "finding"),
    ((SOLD + "2026-02-01T12:01Z",), "pass"),
    ((HANDED, SOLD + "2026-02-01T12:01Z"), "finding"),
    ((HANDED, (SOLD + "2026-02-01T12:01Z").replace("sale", "return")), "pass"),
    ((HANDED, SOLD + "2026-02-01T12:01Z", PACK.replace("vials=1", "vials=2")), "finding"),
    ((SOLD + "2026-02-01T12:01Z", PACK.replace(" packed_at=2026-01-01T12:00Z", "")), "pending"),
    (
        (HANDED, SOLD + "2026-02-01T12:01Z", PACK.replace(" packed_at=2026-01-01T12:00Z", "")),
        "finding",
    ),
    ((GIVEN,), "pass"),
    ((GIVEN.replace("2026-02-02", "2025-12-31"),), "finding"),
    ((OFF.replace("2026-02-02", "2025-12-31"),), "not_applicable"),
    ((MIXED.replace("2026-02-02", "2025-12-31"),), "finding"),
    ((MIXED, BARE.replace("2026-02-02", "2025-12-31")), "finding"),
    ((GIVEN.replace("=S", "=T").replace("2026-02-02", "2025-12-31"), RELABELLED), "finding"),
    ((GONE.replace("2026-02-01", "2025-12-31"),), "not_applicable"),
]


@pytest.mark.parametrize(("moves", "said"), MOVED)
def test_a_pack_moves_in_order(moves: tuple[str, ...], said: str) -> None:
    assert outcome("E02", f"{GTIN} S", PACK, *moves) == said


COUNTED: list[tuple[tuple[str, ...], str]] = [
    ((PACK,), "not_applicable"),
    ((PACK, SOLD + "2026-01-02T12:00Z"), "not_applicable"),
    ((PACK, OFF), "not_applicable"),
    ((PACK, HANDED, MIXED, GIVEN), "pass"),  # one vial, three lines
    ((PACK, GIVEN, again(GIVEN, "item")), "finding"),
    (
        (PACK, GIVEN, again(GIVEN, "administration")),
        "finding",
    ),  # of an infusion that nobody knows: given
    ((PACK, GIVEN, again(GIVEN, "site")), "finding"),
    ((PACK, again(GIVEN, "item", vials="5")), "finding"),
    ((TWELVE, again(GIVEN, "item", vials="12")), "pass"),
    ((TWELVE, GIVEN, again(GIVEN, "item", vials="12")), "finding"),
    (
        (TWELVE, GIVEN, GIVEN.replace("vials=1", "vials=12")),
        "pass",
    ),  # contested: one version counts
    ((PACK, GIVEN, GIVEN.replace("vials=1", "vials=2")), "finding"),
    ((PACK, GIVEN, GIVEN.replace("serial=S", "serial=U")), "pass"),
    ((PACK, MIXED, again(MIXED, "preparation")), "finding"),
    ((PACK, MIXED, again(GIVEN, "site")), "finding"),
    ((PACK, MIXED, BARE), "pass"),
    ((PACK, MIXED, BARE, GONE), "finding"),
    ((PACK, MIXED, GONE), "pass"),
    ((PACK, HANDED, again(HANDED, "dispensing")), "finding"),
    ((PACK, HANDED, FIT, again(HANDED, "dispensing")), "pass"),
    ((PACK, HANDED, BACK, again(HANDED, "dispensing")), "finding"),
    ((PACK, HANDED, FIT, BACK, again(HANDED, "dispensing")), "finding"),  # perhaps not fit
    (
        (PACK, HANDED, FIT, FIT.replace("serial=S", "serial=U"), again(HANDED, "dispensing")),
        "finding",
    ),
    ((PACK, HANDED, FIT, FIT + " reason=late", again(HANDED, "dispensing")), "pass"),
    ((PACK, GIVEN, GONE), "finding"),
    ((PACK, BACK, GONE), "pass"),
    ((PACK, GONE, again(GONE, "fate")), "finding"),
    ((PACK, BACK.replace("vials=1", "vials=2")), "finding"),
    ((PACK, GIVEN.replace("=S vials", "=T vials"), RELABELLED), "pass"),
    ((PACK, GIVEN, again(GIVEN, "item", serial="T"), RELABELLED), "finding"),
    ((PACK.replace(" vials=1", ""), HANDED), "pending"),
    ((PACK, HANDED.replace(" vials=1", "")), "pending"),
    (
        (PACK, GIVEN, again(GIVEN, "item").replace(" vials=1", "")),
        "finding",
    ),  # stands for one at least
    ((PACK, PACK.replace(" vials=1", ""), GIVEN), "pending"),
    ((PACK, TWELVE, GIVEN, GONE), "finding"),
    ((PACK, GONE.replace(" kind=destroyed", "")), "pending"),
]


@pytest.mark.parametrize(("lines", "said"), COUNTED)
def test_no_more_vials_than_a_pack_holds(lines: tuple[str, ...], said: str) -> None:
    assert outcome("E03.vials", f"{GTIN} S", *lines) == said


def test_each_name_of_a_pack_is_counted_by_itself_too() -> None:
    twice = GIVEN, again(GIVEN, "item", serial="T"), RELABELLED
    assert outcome("E03.vials", f"{GTIN} T", PACK, *twice) == "pass"
    assert (
        outcome("E03.vials", f"{GTIN} T", PACK, *twice, again(GIVEN, "site", serial="T"))
        == "finding"
    )


ENDED: list[tuple[tuple[str, ...], str]] = [
    ((PACK, GIVEN), "not_applicable"),
    ((PACK, FIT, GIVEN), "not_applicable"),
    ((PACK, GONE), "pass"),
    ((PACK, GONE, GIVEN), "finding"),
    ((PACK, BACK, GIVEN), "finding"),
    ((PACK, BACK + " fit=no", GIVEN), "finding"),
    ((PACK, FIT, BACK, GIVEN), "finding"),
    ((PACK, GONE, OFF), "pass"),
    ((PACK, GONE, HANDED), "pass"),
    ((PACK, GONE, HANDED.replace("12:00", "18:00")), "pass"),
    ((PACK, GONE, HANDED.replace("12:00", "18:01")), "finding"),
    ((PACK, GONE, MIXED), "finding"),
    ((PACK, GONE, MIXED.replace("2026-02-02", "2026-02-01"), BARE), "finding"),
    ((PACK, GONE, SOLD + "2026-02-02T12:00Z"), "finding"),
    ((PACK, GONE, (SOLD + "2026-02-02T12:00Z").replace("sale", "return")), "pass"),
    ((TWELVE, GONE, GIVEN), "pass"),
    ((TWELVE, GONE.replace("vials=1", "vials=12"), GIVEN), "finding"),
    (
        (TWELVE, BACK.replace("vials=1", "vials=6"), again(GONE, "fate", vials="6"), GIVEN),
        "pass",
    ),  # the same six
    (
        (
            TWELVE,
            GONE.replace("vials=1", "vials=6"),
            again(GONE, "fate", vials="6", kind="lost"),
            GIVEN,
        ),
        "finding",
    ),
    ((TWELVE, GONE + " position=3", GIVEN + " position=3"), "finding"),
    ((TWELVE, GONE + " position=3", GIVEN + " position=4"), "pass"),
    ((PACK, GONE, GIVEN.replace("=S", "=T"), RELABELLED), "finding"),
    ((PACK, GONE.replace(" at=2026-02-01T18:00Z", ""), GIVEN), "pending"),
    ((PACK, GONE, GIVEN.replace(" started_at=2026-02-02T12:00Z", "")), "pending"),
    ((PACK.replace(" vials=1", ""), GONE, GIVEN), "pending"),
    ((PACK, GONE.replace(" kind=destroyed", "")), "pending"),
    ((TWELVE, GONE.replace(" vials=1", ""), GIVEN), "pending"),
    ((PACK, GONE.replace(" vials=1", ""), GIVEN), "finding"),
]


@pytest.mark.parametrize(("lines", "said"), ENDED)
def test_nothing_is_told_of_a_vial_after_its_end(lines: tuple[str, ...], said: str) -> None:
    assert outcome("E03.end", f"{GTIN} S", *lines) == said
