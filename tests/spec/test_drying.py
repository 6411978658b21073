"""Rules on freeze-drying where product probes fail: drawn by hand, and the same by the plain walk
and in PostgreSQL.

For whoever changes what a probe must tell. The other rules on freeze-drying are in
tests/acceptance.
"""

from pathlib import Path

import pytest

from lots.settings import Settings
from tests.acceptance.small_worlds import outcome
from tests.builders import rows, table, take, write

PROBE = {  # what the one probe of a reading says
    "+": "-33",
    "-": "",
    "c": "-90.001",
    "C": "-90",
    "h": "90.001",
    "H": "90",
}
DRAWN = (  # a reading a minute, its phase and what its probe says; then L02.probes, L02.gap and L04
    ("4+4+4+6+6+7-", "pass", "pass", "pass"),
    ("4+4-4+6-6+7-", "pass", "pass", "pass"),  # one reading is missed: twice the interval
    ("4+4-4-4+6+6+", "pass", "finding", "pending"),
    ("4+4c4c4+6+6+", "pass", "finding", "pending"),
    ("4+4C4C4+6+6+", "pass", "pass", "pass"),  # -90 °C is the coldest that a product can have
    ("4-4+4+6+6+6-", "pass", "pass", "pass"),  # at an edge likewise
    ("4-4-4-4+6+6+", "pass", "finding", "pending"),
    ("4+4+4+6+6-6-6-", "pass", "finding", "pass"),
    ("4-4-4-4-6+6+", "notice", "finding", "pending"),
    ("4c4c4c4c6+6+", "notice", "finding", "pending"),
    ("4+4+4+6-6-6-", "notice", "finding", "pass"),
    ("4-6+6+", "notice", "pass", "pending"),
    ("4+4+6-7+", "notice", "pass", "pass"),
    ("4+4+4-4-6+6+", "pass", "finding", "pass"),
    ("4+4-7-4-4+6+", "pass", "pass", "pending"),  # two stretches; in phase 4 all the same
    ("4+4h4+6+6+", "pass", "pass", "finding"),
    ("4+4H4+6+6+", "pass", "pass", "finding"),
    ("4h4h4h4h6+6+", "notice", "finding", "finding"),
    ("4-9-9-4-6+6+", "notice", "finding", "pending"),
    ("4+4+4+7+", "pending", "pending", "pass"),
    ("1+3+6+6+", "pending", "pending", "pending"),
    ("4+4-4-4-7+", "pending", "finding", "pending"),
    ("", "pending", "pending", "pending"),
)
CONTESTED = (  # the same with another version of the reading of that minute
    ("4+4-4+4+6+6+", 2, "4-", "pass", "finding", "pending"),
    ("4+4-4+4+6+6+", 2, "7-", "pass", "pass", "pass"),
    ("4+4+4+6-6+6+", 2, "6-", "pass", "finding", "pass"),
    ("4+4+4+6+6+6+", 4, "6h", "pass", "pass", "pass"),
)
RULES = ("L02.probes", "L02.gap", "L04")
RECIPE = {
    "plant": "P",
    "recipe": "R",
    "valid_from": "2020-01-01",
    "citation": "drawn",
    "prepared_by": "QA-1",
    "approved_by": "QA-2",
    "interval_s": "60",
    "pirani": "no",
    "probes": "1",
    "collapse_c": "-30",
    "margin_c": "2",
}
BLIND = "4-4-4-4-6-6-6-6-"
Row = dict[str, str]


def readings(cycle: str, log: str) -> list[Row]:
    """The readings of a log."""
    return [reading(cycle, n // 2, log[n : n + 2]) for n in range(0, len(log), 2)]


def reading(cycle: str, minute: int, said: str) -> Row:
    """One reading."""
    return {
        "plant": "P",
        "cycle": cycle,
        "elapsed_s": str(60 * minute),
        "phase": said[0],
        "product_1_c": PROBE[said[1]],
    }


def worlds() -> dict[str, tuple[list[Row], str, tuple[str, ...]]]:
    """Each run's readings, its recipe, and what its rules say."""
    found = {
        f"Y{n}": (readings(f"Y{n}", log), "R", tuple(said)) for n, (log, *said) in enumerate(DRAWN)
    }
    for n, (log, minute, other, *said) in enumerate(CONTESTED):
        found[f"Z{n}"] = (
            [*readings(f"Z{n}", log), reading(f"Z{n}", minute, other)],
            "R",
            tuple(said),
        )
    found["N"] = (readings("N", BLIND), "NONE", ("not_applicable", "pass", "not_applicable"))
    return found


def run(cycle: str, recipe: str) -> Row:
    """The run of a log."""
    return {
        "plant": "P",
        "cycle": cycle,
        "dryer": "D1",
        "recipe": recipe,
        "loaded_at": "2026-01-01T12:00Z",
    }


RECIPES = [RECIPE, {**RECIPE, "recipe": "NONE", "probes": "0"}]


@pytest.mark.parametrize("cycle", worlds())
def test_the_walk_never_passes_a_phase_without_a_product_temperature(cycle: str) -> None:
    log, recipe, said = worlds()[cycle]
    recipes = [{**row, "citation": ""} for row in RECIPES]
    told = [
        told_in("dryer_recipe", recipes),
        told_in("lyophilisation", [run(cycle, recipe)]),
        told_in("lyophilisation_reading", log),
    ]
    assert tuple(outcome(rule, f"P {cycle}", *told) for rule in RULES) == said


def told_in(record: str, some: list[Row]) -> str:
    """Rows as a small world has them."""
    return "\n".join(
        " ".join([record, *(f"{name}={value}" for name, value in row.items())]) for row in some
    )


def test_the_database_says_the_same(lots_settings: Settings, tmp_path: Path) -> None:
    drawn = worlds()
    for name, some in (
        ("dryer_recipe", RECIPES),
        ("lyophilisation", [run(c, recipe) for c, (_, recipe, _) in drawn.items()]),
        ("lyophilisation_reading", [row for log, *_ in drawn.values() for row in log]),
    ):
        got = take(lots_settings, write(tmp_path, f"{name}-1.csv", table({}, some)), sender="P")[0]
        assert (got.status, got.counts["refused"], got.counts["known"]) == ("accepted", 0, 0)
    found = {
        (rule, cycle): said
        for rule, cycle, said in rows(
            lots_settings, "SELECT rule, subject ->> 1, outcome FROM judged.outcome"
        )
    }
    kept = {cycle: tuple(found.get((rule, cycle), "pass") for rule in RULES) for cycle in drawn}
    assert kept == {
        cycle: tuple("pass" if word == "not_applicable" else word for word in said)
        for cycle, (_, _, said) in drawn.items()
    }
