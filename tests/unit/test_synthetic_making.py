"""What the plant's own rows tell from the donor to the tested lot: they fit each other, and what
rules ask for.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import synthetic as plant
from lots.records import records
from synthetic.cases.seeded import Node
from synthetic.truth import nodes
from synthetic.world import (
    donations,
    filling,
    inactivating,
    making,
    minipools,
    parties,
    people,
    pooling,
    qualifying,
    reference,
    screening,
)
from synthetic.world import testing as tested
from synthetic.world.making import BULK, DRIED, FILLED, PACKED
from synthetic.world.plan import PACK_OF_TWELVE, in_twelves, packs_of, plan
from tests.seeded import Rows, without_seeded

COUNT = 3_000
SIZES = plan(COUNT, 4)
STEPS = ("pool", "paste", BULK, FILLED, DRIED, PACKED)
LOADED = ("viral_inactivation_load", "virus_removal_load", "filling_load", "lyophilisation_load")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The rows of plain files by record, but for those that were seeded."""
    folder = tmp_path_factory.mktemp("plant")
    plant.write(COUNT, 4, folder)
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for path in sorted((folder / "landing").glob("*/*.csv")):
        record = path.name.split("-")[0]
        if record in records() and path.parent.name != parties.GERMAN:
            found[record] += read(path)
    return without_seeded(found, SIZES, tmp_path_factory.mktemp("seeded"))


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a file but for damaged lines."""
    # A seeded fault is one field longer than the csv module takes by itself.
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        lines = list(csv.reader(line.replace("\0", "") for line in file))
    return [
        dict(zip(lines[0], line, strict=True)) for line in lines[1:] if len(line) == len(lines[0])
    ]


# --- donors ---------------------------------------------------------------------------------------


def test_every_donor_of_source_plasma_is_examined_once_and_sampled_three_times(rows: Rows) -> None:
    one = {row["other_key"]: row["one_key"] for row in rows["same_person"]}
    kinds = Counter(
        (one.get(row["donor_key"], row["donor_key"]), row["kind"]) for row in rows["donor_exam"]
    )
    source = qualifying.gives_source(SIZES, np.arange(SIZES.donors)).sum()
    assert len(kinds) == 2 * source
    assert {kind: count for (_, kind), count in kinds.items()} == {
        "physical": 1,
        "four_month_sample": 3,
    }


def test_samples_stand_under_the_second_key_where_there_is_one(rows: Rows) -> None:
    second = {row["other_key"] for row in rows["same_person"]}
    exams = rows["donor_exam"]
    assert second
    assert second == {row["donor_key"] for row in exams if row["kind"] == "four_month_sample"} - {
        row["donor_key"] for row in exams if row["kind"] == "physical"
    }


def test_nobody_is_deferred_while_giving(rows: Rows) -> None:
    for row in rows["deferral"]:
        until = row["deferred_until"]
        assert (until and until < "2025-01-01") or row["deferred_from"] > "2025-07-01"
        assert row["cause"] != "reactive_result"


def test_what_is_learned_is_reviewed_within_three_days(rows: Rows) -> None:
    told = rows["post_donation_information"]
    for row in told:
        if row["kind"] != "cjd":
            learned, reviewed = (
                datetime.fromisoformat(row[name]) for name in ("learned_at", "reviewed_at")
            )
            assert (
                0
                <= (reviewed.date() - learned.date()).days
                <= reference.CLOCKS["donor_information"]
            )
    assert {row["kind"] for row in told} >= {"travel", "health_criteria"}


# --- samples --------------------------------------------------------------------------------------


def test_every_donation_is_in_one_minipool_and_that_in_a_larger_one(rows: Rows) -> None:
    mixed = rows["minipool_member"]
    smaller = {row["member"]: row["minipool"] for row in mixed if row["member_kind"] == "donation"}
    larger = {row["member"]: row["minipool"] for row in mixed if row["member_kind"] == "minipool"}
    assert set(donations.numbers(SIZES, np.arange(COUNT)).to_pylist()) == set(smaller)
    assert set(smaller.values()) == set(larger)
    assert max(Counter(larger.values()).values()) == minipools.MINIPOOLS


def test_every_larger_minipool_is_tested_after_it_was_mixed(rows: Rows) -> None:
    mixed = {
        row["minipool"]: row["mixed_at"]
        for row in rows["minipool_member"]
        if row["member_kind"] == "minipool"
    }
    results = [row for row in rows["test_result"] if row["tested"] == "minipool"]
    assert {(row["tested_id"], row["marker"]) for row in results} == {
        (number, marker) for number in mixed for marker in screening.MINIPOOL_MARKERS
    }
    assert all(
        datetime.fromisoformat(row["tested_at"]) > datetime.fromisoformat(mixed[row["tested_id"]])
        for row in results
    )


@pytest.mark.parametrize("count", [200, 1_000, 65_000])
def test_minipools_of_every_block_are_complete(count: int) -> None:
    sizes = plan(count, 1)
    for size in (minipools.SAMPLES, minipools.TESTED):
        found = [
            minipools.complete(sizes, donation, size) for donation, _ in donations.blocks(sizes)
        ]
        assert np.concatenate(found).tolist() == list(range(-(-count // size)))


def asked(level: str) -> set[str]:
    """The markers that are asked for."""
    rows = reference.rows("screening_requirement")
    return {row["marker"] for row in rows if row["level"] == level}


def test_all_markers_that_are_asked_for_are_looked_for() -> None:
    assert {*screening.MARKERS, *screening.MINIPOOL_MARKERS} == asked("donation")
    assert asked("pool") <= set(screening.POOL_MARKERS)


def test_held_units_are_let_go_before_they_are_pooled(rows: Rows) -> None:
    events: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows["unit_event"]:
        events[row["unit"]].append((row["at"], row["kind"]))
    assert events
    assert all([kind for _, kind in sorted(some)] == ["held", "let_go"] for some in events.values())
    latest = max(datetime.fromisoformat(at) for some in events.values() for at, _ in some)
    assert (latest.date() - date(2025, 1, 1)).days < 180 + pooling.HOLD_DAYS


# --- lots -----------------------------------------------------------------------------------------


def test_every_step_is_made_of_the_one_before(rows: Rows) -> None:
    steps = defaultdict(set)
    for record in (*LOADED, "lot_input"):
        for row in rows[record]:
            named = [node for node in nodes.named(record, row) if node[2] in STEPS]
            if len(named) == 2:
                one, other = sorted(named, key=lambda node: STEPS.index(node[2]))
                steps[one[2]].add(other[2])
    reworked = {DRIED, PACKED}
    assert {step: out for step, out in steps.items() if step not in reworked} == {
        "pool": {"paste"},
        "paste": {BULK},
        BULK: {BULK, FILLED},
        FILLED: {DRIED},
    }
    assert PACKED in steps[DRIED]


def test_batches_have_what_they_are_asked_for(rows: Rows) -> None:
    for row in rows["viral_inactivation"]:
        started, ended = (datetime.fromisoformat(row[name]) for name in ("started_at", "ended_at"))
        assert (ended - started).total_seconds() >= 3_600 * float(
            reference.rows("process_version")[1]["hold_h"]
        )
        for name, wanted in (("solvent", "0.3"), ("detergent", "1.0")):
            for at in ("start", "end"):
                assert abs(Decimal(row[f"{name}_{at}_pct"]) / Decimal(wanted) - 1) <= Decimal("0.1")
        assert 24 <= float(row["temperature_min_c"]) <= float(row["temperature_max_c"]) <= 28


@pytest.mark.parametrize("number", range(SIZES.pools))
def test_treatments_come_between_paste_and_bulk(number: int) -> None:
    times = [
        making.made(SIZES, number, making.PASTE),
        inactivating.started(SIZES, number, "viral_inactivation"),
        inactivating.started(SIZES, number, "virus_removal"),
        making.made(SIZES, number, BULK),
    ]
    assert all(a < b for a, b in pairwise(times))


def test_a_treatment_that_was_told_again_is_the_same(rows: Rows) -> None:
    told = rows["viral_inactivation"]
    assert sorted(map(str, told[: SIZES.pools])) == sorted(map(str, told[SIZES.pools :]))
    assert [row["batch"] for row in told[: SIZES.pools]] != [
        row["batch"] for row in told[SIZES.pools :]
    ]


def test_runs_fill_what_their_loads_tell() -> None:
    sizes = plan(60_000, 1)
    loads = Counter(number for number, _ in filling.filled(sizes))
    runs = list(filling._runs(sizes))
    assert {row["batch"]: int(row["vials_filled"]) for row in runs} == {
        number: count * sizes.vials for number, count in loads.items()
    }
    assert set(loads.values()) == {1, 2}


def test_every_vial_is_accounted_for(rows: Rows) -> None:
    """Filled = rejected + sampled + packed, and what is packed is in packs."""
    gone: Counter[str] = Counter()
    for row in rows["inspection"]:
        gone[row["lot_number"]] += int(row["rejects_major"]) + int(row["rejects_minor"])
    for row in rows["sample"]:
        gone[row["lot_number"]] += int(row["vials"])
    into: Counter[str] = Counter()
    for edge in making.edges(SIZES):
        if edge.parent[2] == DRIED:
            gone[edge.parent[1]] += edge.amount // 1_000
            into[edge.child[1]] += edge.amount // 1_000
    each = np.where(in_twelves(np.arange(SIZES.lots)), PACK_OF_TWELVE, 1)
    assert gone == {making.final(lot, DRIED)[1]: SIZES.vials for lot in range(SIZES.lots)}
    assert into == {
        making.final(lot, PACKED)[1]: int(vials) for lot, vials in enumerate(packs_of(SIZES) * each)
    }


def within(value: str, limits: Sequence[str]) -> bool:
    """Whether a value is within limits, of which each may be empty."""
    low, high = limits
    return (not low or Decimal(value) >= Decimal(low)) and (
        not high or Decimal(value) <= Decimal(high)
    )


def test_every_lot_passes_every_test_within_its_limits(rows: Rows) -> None:
    found = defaultdict(set)
    for row in rows["lot_test"]:
        low, high, unit = (
            reference.LOT_TESTS[row["test"]].get(name, "") for name in ("low", "high", "value_unit")
        )
        assert row["value_unit"] == unit
        assert row["conclusion"] == "passed"
        assert bool(row["value"]) == (row["test"] in tested.MEASURED)
        assert not row["value"] or within(row["value"], (low, high))
        found[row["lot_number"]].add(row["test"])
    assert len(found) == SIZES.lots
    assert all(tests == set(reference.LOT_TESTS) for tests in found.values())


def test_deviations_of_lots_are_reported_in_time(rows: Rows) -> None:
    for row in rows["deviation"]:
        assert bool(row["lot_number"]) == bool(row["reported_at"])
        if row["reported_at"]:
            opened, told = (
                datetime.fromisoformat(row[name]) for name in ("opened_at", "reported_at")
            )
            assert (told - opened).days < reference.CLOCKS["deviation"]


# --- reference ------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", reference.TOLD)
def test_reference_rows_are_whole_and_of_two_people(record: str) -> None:
    declared = records()[record]
    keys = [tuple(row[name] for name in declared.key) for row in reference.rows(record)]
    assert len(set(keys)) == len(keys)
    for row in reference.rows(record):
        assert set(row) <= {column.name for column in declared.columns}
        assert all(row[name] for name in declared.required)
        assert row["prepared_by"] != row["approved_by"]
        assert "," not in "".join(row.values())  # which would want a quote


def test_what_ended_is_followed_by_what_is_in_force() -> None:
    for record in reference.TOLD:
        rows = reference.rows(record)
        # One product is no more, and nothing came after it.
        ended = [row for row in rows if row["valid_to"] and row.get("gtin") != reference.OLD]
        for row in ended:
            scope = [name for name in records()[record].key if name != "valid_from"]
            assert any(
                all(row[n] == other[n] for n in scope) and other["valid_from"] > row["valid_to"]
                for other in rows
            ), record


def test_of_lawless_parties_nobody_says_the_law() -> None:
    laws = {one["party_id"]: one["jurisdiction"] for one in parties.parties()}
    assert {party for party, law in laws.items() if not law} == set(parties.LAWLESS)
    assert {laws[centre] for centre in parties.CENTRES} == {
        row["jurisdiction"] for row in reference.rows("screening_scheme")
    }


def test_weights_of_donors_are_those_of_their_donations() -> None:
    donor = np.arange(50)
    assert people.weights(SIZES, donor).to_pylist() == [
        f"{w / 10:.1f}" for w in people.weight(SIZES, donor)
    ]


@pytest.mark.parametrize(
    ("record", "row", "named"),
    [
        ("pool", {"plant": "P", "pool_number": "1"}, [("P", "1", "pool")]),
        ("external_lot", {"supplier": "S", "lot_number": "1"}, [("S", "1", "external")]),
        (
            "filling_load",
            {"plant": "P", "from_lot_number": "1", "lot_number": "2"},
            [("P", "1", "bulk"), ("P", "2", "filled")],
        ),
        ("pack", {"manufacturer": "", "lot_number": "1"}, []),
        ("sample", {"lot_number": "1"}, []),
    ],
)
def test_which_nodes_a_row_names(record: str, row: dict[str, str], named: list[Node]) -> None:
    assert list(nodes.named(record, row)) == named
