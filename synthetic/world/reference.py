"""What rules refer to (reference.toml): approvals, donation schemes, required markers, validated
processes, recipes, limits, terms, products and how they are prepared.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from synthetic import data
from synthetic.world import making
from synthetic.world.parties import PLANT, gs1
from synthetic.world.plan import Plan
from synthetic.writing.columns import by_column
from synthetic.writing.landing import Landing, Sending

TOLD = data.table("world/reference")
USUAL, ENDED, USUALLY = (TOLD.pop(name) for name in ("usual", "ended", "usually"))
FIVE, OLD, SIX, THREE = (gs1(f"04099991{n:05d}") for n in (101, 102, 104, 105))
PRODUCTS = {
    "SINGLE": making.SINGLE,
    "SINGLE_US": making.SINGLE_US,
    "TWELVE": making.TWELVE,
    "FIVE": FIVE,
    "OLD": OLD,
    "SIX": SIX,
    "THREE": THREE,
}
MANY = 20_000  # donations from which a plant's lots have the donors that a licence wants
DONORS_MIN, DONORS_FEW = 1_000, 10  # WHO TRS 840 (G); a small plant's own
Row = dict[str, str]


def donors_min(plan: Plan) -> int:
    """How many donors a lot of the plant must have at least."""
    return DONORS_MIN if plan.donations >= MANY else DONORS_FEW


def send(plan: Plan, landing: Landing) -> None:
    """Each record in one file, from the plant."""
    for record in TOLD:
        columns = by_column(rows(record, donors_min(plan)))
        landing.put(Sending(PLANT, record, (0, 1)), columns)


def rows(record: str, donors: int = DONORS_MIN) -> list[Row]:
    """All rows of a record; a lot of a product must have so many donors."""
    words = {**PRODUCTS, "donors_min": str(donors)}
    return [row for told in TOLD[record] for row in _rows(record, told, words)]


def _rows(record: str, told: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[Row]:
    usual = {**USUAL, **USUALLY.get(record, {})}
    before = told.get("before")
    choices = (_choices(name, value) for name, value in told.items() if name != "before")
    for parts in product(*choices):
        row = {**usual, **{name: text for part in parts for name, text in part.items()}}
        row = {name: text.format_map({**row, **words}) for name, text in row.items()}
        # What ended stands before what came after it, as a plant would have sent it.
        if before is not None:
            yield {**row, **ENDED, **before}
        yield row


def _choices(name: str, value: Any) -> list[Row]:
    """What a column may say, or a part of a row."""
    values = value if isinstance(value, list) else [value]
    return [one if isinstance(one, dict) else {name: one} for one in values]


CLOCKS = {row["event"]: int(row["days"]) for row in rows("reporting_clock")}
LOT_TESTS = {row["test"]: row for row in rows("lot_test_specification")}
