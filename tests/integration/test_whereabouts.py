"""Where packs are: shipments, deliveries, counts of stock and returns each have their say. On a
real PostgreSQL.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from lots.answers import Implicated
from lots.pipeline.implicate import Subject, implicate
from lots.settings import Settings
from tests.builders import table, take, write

GTIN, OTHER = "09506000134352", "09506000134369"
LOT = {
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "gtin": GTIN,
    "made_at": "2026-03-01T00:00Z",
    "product": "IG",
    "amount": "5",
    "amount_unit": "packs",
    "expires_on": "2028-01-01",
}
PACK = {
    "gtin": GTIN,
    "serial": "S1",
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "vials": "1",
}
SENT = {
    "from_party": "M1",
    "shipment": "V1",
    "item": "1",
    "kind": "sale",
    "to_party": "H1",
    "gtin": GTIN,
    "serial": "S1",
    "lot_number": "L1",
    "packs": "1",
    "shipped_at": "2026-04-01T00:00Z",
}
CAME = {
    "from_party": "M1",
    "shipment": "V1",
    "item": "1",
    "to_party": "H1",
    "packs": "1",
    "delivered_at": "2026-04-02T00:00Z",
}
FOUND = {
    "party": "H2",
    "stocktake": "1",
    "item": "1",
    "gtin": GTIN,
    "serial": "S1",
    "lot_number": "L1",
    "packs": "1",
    "counted_at": "2026-05-01T00:00Z",
}
BACK = {
    "party": "H3",
    "fate": "1",
    "kind": "returned",
    "gtin": GTIN,
    "serial": "S1",
    "lot_number": "L1",
    "vials": "1",
    "fit": "yes",
    "at": "2026-06-01T00:00Z",
}
BY_COUNT = {**SENT, "shipment": "V9", "serial": "", "packs": "100"}
Rows = Mapping[str, list[dict[str, str]]]


# Worlds that stand in one database, each with numbers of its own: what is told beside a lot and its
# one pack, and what must be answered.
LATEST: list[tuple[Rows, str, str]] = [
    ({"shipment": [SENT]}, "in transit", "H1"),
    ({"shipment": [SENT], "delivery": [CAME]}, "delivered", "H1"),
    ({"shipment": [SENT], "delivery": [{**CAME, "packs": "0"}]}, "not delivered", "H1"),
    ({"shipment": [SENT], "delivery": [CAME], "stock_count": [FOUND]}, "in stock", "H2"),
    ({"stock_count": [FOUND]}, "in stock", "H2"),
    (
        {"shipment": [{**SENT, "shipped_at": "2026-05-02T00:00Z"}], "stock_count": [FOUND]},
        "in transit",
        "H1",
    ),
    (
        {
            "shipment": [SENT],
            "delivery": [{**CAME, "delivered_at": "2026-05-02T00:00Z"}],
            "stock_count": [FOUND],
        },
        "delivered",
        "H1",
    ),
    (
        {"shipment": [SENT], "delivery": [CAME], "stock_count": [{**FOUND, "packs": "0"}]},
        "not found at a count",
        "H2",
    ),
    ({"shipment": [SENT], "delivery": [CAME], "vial_fate": [BACK]}, "returned", "H3"),
    (
        {"shipment": [{**SENT, "shipped_at": "2026-06-02T00:00Z"}], "vial_fate": [BACK]},
        "in transit",
        "H1",
    ),
    (
        {"stock_count": [{**FOUND, "counted_at": "2026-06-02T00:00Z"}], "vial_fate": [BACK]},
        "in stock",
        "H2",
    ),
    (
        {
            "stock_count": [{**FOUND, "packs": "0", "counted_at": "2026-06-02T00:00Z"}],
            "vial_fate": [{**BACK, "kind": "destroyed"}],
        },
        "destroyed",
        "H3",
    ),
    ({"pack": [PACK, {**PACK, "vials": "2"}]}, "never shipped", "M1"),
    (
        {
            "pack": [{**PACK, "vials": "2"}],
            "vial_fate": [
                {**BACK, "kind": "destroyed", "reason": "a"},
                {**BACK, "kind": "destroyed", "reason": "b"},
            ],
        },
        "never shipped",
        "M1",
    ),
    (
        {
            "vial_fate": [
                {**BACK, "kind": "destroyed"},
                {**BACK, "kind": "destroyed", "serial": "S2"},
            ]
        },
        "never shipped",
        "M1",
    ),
]


COUNT = {**FOUND, "party": "H1", "serial": ""}  # of stock, by lot and count
ENDED = {**BACK, "party": "H1", "serial": ""}
TWICE = ("shipped by count", "M1", 100, 0)
COUNTED: list[tuple[Rows, set[tuple[str, str, int]], set[tuple[str, str, int, int]]]] = [
    (
        {"shipment": [BY_COUNT]},
        {("shipped by count", "H1", 100)},
        {TWICE, ("in all", "M1", 101, 5)},
    ),
    (
        {"shipment": [BY_COUNT], "lot": [{**LOT, "amount": "200"}]},
        {("shipped by count", "H1", 100)},
        {TWICE},
    ),
    (
        {"shipment": [BY_COUNT], "lot": [{**LOT, "amount_unit": "vials"}]},
        {("shipped by count", "H1", 100)},
        {TWICE, ("in all", "M1", 101, 5)},
    ),
    (
        {"shipment": [BY_COUNT], "lot": [{**LOT, "amount": "", "amount_unit": ""}]},
        {("shipped by count", "H1", 100)},
        {TWICE, ("in all", "M1", 101, 1)},
    ),
    (
        {"shipment": [BY_COUNT], "delivery": [{**CAME, "shipment": "V9", "packs": "98"}]},
        {("delivered by count", "H1", 98)},
        {TWICE, ("delivered by count", "H1", 98, 100), ("in all", "M1", 99, 5)},
    ),
    (
        {"shipment": [BY_COUNT], "delivery": [{**CAME, "shipment": "V9", "packs": "100"}]},
        {("delivered by count", "H1", 100)},
        {TWICE, ("in all", "M1", 101, 5)},
    ),
    (
        {"shipment": [{**BY_COUNT, "packs": "4"}], "stock_count": [{**COUNT, "packs": "4"}]},
        {("in stock by count", "H1", 4)},
        {("shipped by count", "M1", 4, 0)},
    ),
    (
        {"shipment": [{**BY_COUNT, "packs": "4"}], "stock_count": [{**COUNT, "packs": "3"}]},
        {("in stock by count", "H1", 3)},
        {("shipped by count", "M1", 4, 0), ("in stock by count", "H1", 3, 4)},
    ),
    (
        {"shipment": [{**BY_COUNT, "packs": "4"}], "stock_count": [{**COUNT, "packs": "0"}]},
        {("not found by count", "H1", 0)},
        {("shipped by count", "M1", 4, 0), ("in stock by count", "H1", 0, 4)},
    ),
    (
        {
            "shipment": [{**BY_COUNT, "packs": "4", "shipped_at": "2026-05-02T00:00Z"}],
            "stock_count": [{**COUNT, "packs": "0"}],
        },
        {("not found by count", "H1", 0), ("shipped by count", "H1", 4)},
        {("shipped by count", "M1", 4, 0)},
    ),
    (
        {"shipment": [SENT], "stock_count": [COUNT]},
        {("in stock by count", "H1", 1)},
        {("in stock twice", "H1", 1, 1)},
    ),
    (
        {"shipment": [{**BY_COUNT, "packs": "4"}], "vial_fate": [{**ENDED, "vials": "5"}]},
        {("shipped by count", "H1", 4), ("returned by count", "H1", 0)},
        {("shipped by count", "M1", 4, 0), ("ended by count", "H1", 5, 4)},
    ),
    (
        {
            "shipment": [{**BY_COUNT, "packs": "4"}],
            "stock_count": [{**COUNT, "packs": "3"}],
            "vial_fate": [{**ENDED, "vials": "2", "kind": "destroyed", "at": "2026-04-20T00:00Z"}],
        },
        {("in stock by count", "H1", 3), ("destroyed by count", "H1", 0)},
        {("shipped by count", "M1", 4, 0), ("in stock by count", "H1", 3, 2)},
    ),
    (
        {"shipment": [SENT, {**SENT, "to_party": "H2"}]},
        set(),
        {("in several places", "M1", 2, 1)},
    ),
    (
        {"shipment": [BY_COUNT, {**BY_COUNT, "packs": "90"}]},
        {("shipped by count", "H1", 100)},
        {TWICE, ("in all", "M1", 101, 5)},
    ),
    (
        {
            "shipment": [BY_COUNT],
            "delivery": [
                {**CAME, "shipment": "V9", "packs": "100", "to_party": to} for to in ("H1", "H2")
            ],
        },
        {("delivered by count", "H1", 100), ("delivered by count", "H2", 100)},
        {TWICE, ("in all", "M1", 201, 5)},
    ),
    (
        {
            "shipment": [{**BY_COUNT, "gtin": OTHER}],
            "lot": [LOT, {**LOT, "manufacturer": "M2", "gtin": OTHER}],
        },
        set(),
        set(),
    ),
    (
        {"shipment": [{**BY_COUNT, "gtin": OTHER}]},
        {("shipped by count", "H1", 100)},
        {TWICE, ("in all", "M1", 101, 5)},
    ),
]
EMPTY: Rows = {"pack": [{**PACK, "vials": "0"}], "shipment": [SENT]}
WORLDS = [*(files for files, *_ in LATEST), *(files for files, *_ in COUNTED), EMPTY]
OWN = (
    "manufacturer",
    "lot_number",
    "serial",
    "shipment",
    "stocktake",
    "fate",
    "party",
    "from_party",
    "to_party",
)


def apart(row: Mapping[str, str], number: int) -> dict[str, str]:
    """A row with the numbers and parties of its world alone."""
    return {n: f"{told}-{number}" if n in OWN and told else told for n, told in row.items()}


@pytest.fixture(scope="module")
def answers(
    shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> list[Implicated]:
    """What a question about the lot of each world is answered with."""
    folder = tmp_path_factory.mktemp("worlds")
    files: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for number, world in enumerate(WORLDS):
        for record, told in {"lot": [LOT], "pack": [PACK], **world}.items():
            files[record] += (apart(row, number) for row in told)
    take(
        shared_settings,
        *(write(folder, f"{n}-1.csv", table({}, rows)) for n, rows in files.items()),
    )
    through = datetime(2026, 12, 1, tzinfo=UTC)
    return [
        implicate(shared_settings, [Subject("lot", f"M1-{n}/L1-{n}")], through=through)
        for n in range(len(WORLDS))
    ]


@pytest.mark.parametrize("number", range(len(LATEST)))
def test_the_latest_word_says_where_a_pack_is(answers: list[Implicated], number: int) -> None:
    _, where, holder = LATEST[number]
    found = [(w.whereabouts, w.holder, w.packs) for w in answers[number].whereabouts]
    assert found == [(where, f"{holder}-{number}", 1)]


@pytest.mark.parametrize("number", range(len(COUNTED)))
def test_what_is_told_by_count_is_said_to_stand_at_both_ends(
    answers: list[Implicated], number: int
) -> None:
    _, placed, differences = COUNTED[number]
    at = len(LATEST) + number
    answer = answers[at]
    assert {(w.whereabouts, w.holder, w.packs) for w in answer.whereabouts if not w.serials} == {
        (what, f"{party}-{at}", packs) for what, party, packs in placed
    }
    assert {(d.what, d.party, d.packs, d.expected) for d in answer.differences} == {
        (what, f"{party}-{at}", *counts) for what, party, *counts in differences
    }


def test_a_pack_that_is_said_to_hold_nothing_is_where_it_was_last_told(
    answers: list[Implicated],
) -> None:
    at = len(WORLDS) - 1
    found = [(w.whereabouts, w.holder, w.packs) for w in answers[at].whereabouts]
    assert found == [("in transit", f"H1-{at}", 1)]
