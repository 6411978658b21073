"""The plant's parts: numbers with right check characters, a calendar, donors' habits, lots,
courses, drying.
"""

from itertools import pairwise

import numpy as np
import pytest

from synthetic.world import (
    clock,
    courses,
    curve,
    donations,
    drying,
    filling,
    inactivating,
    making,
    packing,
    parties,
    people,
    pooling,
    sublimation,
)
from synthetic.world.draws import Draws
from synthetic.world.plan import (
    HABITS,
    RECOVERED,
    Plan,
    day_of,
    donor_of,
    in_twelves,
    packs_of,
    plan,
    pool_of,
    pool_starts,
)
from synthetic.writing import columns, logs

MIDDLE = plan(20_000, 7)
ALL = np.arange(MIDDLE.donations)


# --- chance ---------------------------------------------------------------------------------------


def test_distinct_indices_give_distinct_words() -> None:
    assert len(np.unique(Draws(1).words("serial", np.arange(100_000)))) == 100_000


def test_a_part_is_drawn_as_in_the_whole() -> None:
    whole = Draws(1).below("volume", np.arange(1_000), 12)
    assert (Draws(1).below("volume", np.arange(400, 500), 12) == whole[400:500]).all()


def test_names_and_seeds_give_other_numbers() -> None:
    index = np.arange(100)
    first = Draws(1).below("volume", index, 1_000)
    assert (first != Draws(1).below("weight", index, 1_000)).mean() > 0.9
    assert (first != Draws(2).below("volume", index, 1_000)).mean() > 0.9


# --- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "decimals", "text"),
    [
        (825, 0, "825"),
        (71, 1, "7.1"),
        (-5, 1, "-0.5"),
        (-600, 1, "-60.0"),
        (20_000_001, 3, "20000.001"),
        (0, 2, "0.00"),
    ],
)
def test_amounts_as_texts(units: int, decimals: int, text: str) -> None:
    assert columns.amount(units, decimals) == text
    assert columns.amounts(np.array([units]), decimals).to_pylist() == [text]


def test_a_decimal_comma() -> None:
    assert columns.amounts(np.array([100, 45]), 1, ",").to_pylist() == ["10,0", "4,5"]


def test_amounts_far_apart() -> None:
    assert columns.amounts(np.array([3, 9_000_000, 3]), 1).to_pylist() == ["0.3", "900000.0", "0.3"]


def test_texts_side_by_side() -> None:
    assert columns.joined(b"POOL-", columns.digits(np.array([7, 42]), 3)).to_pylist() == [
        "POOL-007",
        "POOL-042",
    ]


def test_a_text_where_the_mask_holds() -> None:
    assert columns.chosen(np.array([True, False]), "a", None).to_pylist() == ["a", None]


# --- calendar -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "zone", "text"),
    [
        (0, "Europe/Berlin", "2025-01-01T01:00:00+01:00"),
        (0, "America/Chicago", "2024-12-31T18:00:00-06:00"),
        (88 * 86_400 + 3_599, "Europe/Berlin", "2025-03-30T01:59:59+01:00"),
        (88 * 86_400 + 3_600, "Europe/Berlin", "2025-03-30T03:00:00+02:00"),
        (298 * 86_400 + 3_600, "Europe/Berlin", "2025-10-26T02:00:00+01:00"),
    ],
)
def test_instants_with_the_offset_of_their_hour(second: int, zone: str, text: str) -> None:
    assert clock.instant(second, zone) == text
    assert clock.instant(second, zone, bare=True) == text[:19]


def test_days() -> None:
    assert clock.days(np.array([-1, 0, 58])).to_pylist() == [
        "2024-12-31",
        "2025-01-01",
        "2025-02-28",
    ]
    assert clock.day(365) == "2026-01-01"


# --- identifiers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "character"), [("G123498654321", "H"), ("A999921123456", "3")])
def test_check_characters_of_donation_numbers(number: str, character: str) -> None:
    assert donations.check_character(number) == character


@pytest.mark.parametrize("key", ["00309442700067", "0061414112345" + "2"])
def test_check_digits_of_gs1_keys(key: str) -> None:
    assert parties.gs1(key[:-1]) == key


def test_every_donation_has_its_own_number() -> None:
    assert len(set(donations.numbers(MIDDLE, ALL).to_pylist())) == MIDDLE.donations


def test_every_pack_has_its_own_serial() -> None:
    lot, position = packing.packs_in(MIDDLE, np.arange(MIDDLE.lots))
    assert (
        len(set(packing.serials(MIDDLE, lot, position).to_pylist()))
        == len(lot)
        == packs_of(MIDDLE).sum()
    )


# --- donors and donations -------------------------------------------------------------------------


def test_no_donor_gives_more_often_than_allowed() -> None:
    donor, _ = donor_of(MIDDLE, ALL)
    day = day_of(MIDDLE, ALL)
    order = np.lexsort((day, donor))
    same = donor[order][1:] == donor[order][:-1]
    assert (
        np.diff(day[order])[same].min() == 4
    )  # at least two days apart, at most twice in seven days


def test_some_give_often_and_some_rarely() -> None:
    often = np.bincount(donor_of(MIDDLE, ALL)[0], minlength=MIDDLE.donors)
    assert often.max() > 40
    assert (often <= 2).mean() > 0.2


def test_a_tenth_is_recovered_plasma() -> None:
    assert 0.07 < (donor_of(MIDDLE, ALL)[1] == RECOVERED).mean() < 0.13


def test_donors_keep_their_habit() -> None:
    donor, habit = donor_of(MIDDLE, ALL)
    ends = np.array(MIDDLE.first_donors)
    assert (np.searchsorted(ends, donor, side="right") - 1 == habit).all()
    assert MIDDLE.donors == sum(
        days * each for (days, _), each in zip(HABITS, MIDDLE.each, strict=True)
    )


@pytest.mark.parametrize("count", [200, 600, 4_999, 20_000])
def test_every_day_has_its_donations(count: int) -> None:
    sizes = plan(count, 1)
    assert sum(sizes.each) == sizes.per_day
    assert day_of(sizes, np.array([count - 1]))[0] < 181


def test_units_hold_the_plasma_of_their_donation() -> None:
    donation = np.arange(5_000)
    of, place, volume = donations.units(MIDDLE, donation)
    assert (np.bincount(of, volume) == donations.volumes(MIDDLE, donation)[1]).all()
    assert set(np.bincount(of)) == {1, 2}
    assert (np.bincount(of)[of[place == 2]] == 2).all()


def test_blocks_cover_all_donations_once() -> None:
    assert (np.concatenate([block for block, _ in donations.blocks(MIDDLE)]) == ALL).all()


def test_weights_and_volumes_follow_the_nomogram() -> None:
    donor, habit = donor_of(MIDDLE, ALL)
    weight, (volume, _) = people.weight(MIDDLE, donor), donations.volumes(MIDDLE, ALL)
    limit = np.select([weight >= 793.8, weight >= 680.4], [880, 825], 690)
    assert (volume <= limit)[habit != RECOVERED].all()
    assert weight.min() >= 500


# --- pools and lots -------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "pools"), [(200, 2), (600, 2), (20_000, 4), (200_000, 43)])
def test_pools_of_about_4667_donations(count: int, pools: int) -> None:
    sizes = plan(count, 1)
    assert sizes.pools == pools
    assert (np.diff(pool_starts(sizes)) > 0).all()
    assert pool_of(sizes, np.array([0, count - 1])).tolist() == [0, pools - 1]


def test_pooling_waits_for_sixty_days() -> None:
    pool = np.arange(MIDDLE.pools)
    last = day_of(MIDDLE, pool_starts(MIDDLE)[1:] - 1)
    assert (pooling.pooled_day(MIDDLE, pool) - last >= 60).all()


def test_pools_and_lots_are_many_to_many() -> None:
    edges = [(e.child, e.parent) for e in every_edge(MIDDLE)]
    pastes = {parent[1][:-1] for child, parent in edges if child == making.inactivated(1)}
    assert len(pastes) == 2
    assert (
        len({child for child, parent in edges if parent[:2] == ("PLANT-01", pooling.number(0))})
        == 2
    )
    assert any(parent[2] == "external" for _, parent in edges)
    assert len(set(edges)) == len(edges)


def every_edge(sizes: Plan) -> list[making.Edge]:
    """What went into lots by lot_input, virus treatments and filling."""
    loads = (inactivating.treated(sizes), inactivating.filtered(sizes), filling.filled(sizes))
    return [*making.edges(sizes), *(edge for some in loads for _, edge in some)]


def walked(sizes: Plan, pool: int) -> set[tuple[str, str, str]]:
    """Descendants of a pool, walked over the edges one by one."""
    edges = [(e.parent, e.child) for e in every_edge(sizes)]
    edges += [(making.final(n, "filled"), making.final(n, "dried")) for n in range(sizes.lots)]
    seen: set[tuple[str, str, str]] = set()
    waiting = [("PLANT-01", pooling.number(pool), "pool")]
    while waiting:
        node = waiting.pop()
        found = {child for parent, child in edges if parent == node} - seen
        seen |= found
        waiting += found
    return seen


@pytest.mark.parametrize("pool", range(4))
def test_descendants_are_what_a_walk_finds(pool: int) -> None:
    assert set(making.descendants(MIDDLE, pool)) == walked(MIDDLE, pool)


def test_steps_follow_each_other() -> None:
    for bulk in range(MIDDLE.pools):
        steps = [
            making.made(MIDDLE, bulk, step)
            for step in ("paste", "bulk", "filled", "dried", "packed")
        ]
        assert all(a < b for a, b in pairwise(steps))
        for lot in (2 * bulk, 2 * bulk + 1):
            assert steps[2] < drying.loaded(MIDDLE, lot) < steps[3] - curve.MINUTES * 60


def test_packs_of_one_and_of_twelve() -> None:
    twelve = in_twelves(np.arange(MIDDLE.lots))
    assert 0 < twelve.sum() < MIDDLE.lots / 2
    assert {making.gtin_of(MIDDLE, int(lot)) for lot in np.flatnonzero(twelve)} == {making.TWELVE}
    assert packing.gtins(MIDDLE, np.arange(MIDDLE.lots)).to_pylist() == [
        making.gtin_of(MIDDLE, lot) for lot in range(MIDDLE.lots)
    ]


# --- courses --------------------------------------------------------------------------------------

INFUSIONS = np.arange(MIDDLE.infusions)


def test_every_infusion_is_at_one_site() -> None:
    sites = range(len(parties.SITES))
    at = [
        courses.at_site(MIDDLE, site, course) for course in range(MIDDLE.rounds) for site in sites
    ]
    assert sorted(np.concatenate(at).tolist()) == INFUSIONS.tolist()


def test_courses_come_every_21_to_28_days_and_last_two() -> None:
    patient, day = courses.patient_of(MIDDLE, INFUSIONS), courses.day_of(MIDDLE, INFUSIONS)
    for one in range(MIDDLE.patients):
        days = day[patient == one]
        assert (np.diff(days)[::2] == 1).all()
        assert set(np.diff(days[::2])) <= set(range(21, 29))


def test_no_vial_is_given_twice() -> None:
    places = courses.places(MIDDLE, INFUSIONS)
    vials = places.lot * MIDDLE.vials + places.position
    assert len(np.unique(vials)) == len(vials)


def test_a_vial_in_stock_knows_its_patient() -> None:
    places = courses.places(MIDDLE, INFUSIONS[courses.planned(MIDDLE, INFUSIONS)])
    meant = courses.patient_of_vial(MIDDLE, places.lot, places.position)
    assert (meant == courses.patient_of(MIDDLE, places.infusion)).all()
    assert courses.patient_of_vial(MIDDLE, np.array([0]), np.array([MIDDLE.slots])).tolist() == [-1]


def test_some_courses_span_two_lots() -> None:
    places = courses.places(MIDDLE, INFUSIONS)
    course = places.infusion // 2
    spans = [len(np.unique(places.lot[course == one])) > 1 for one in range(MIDDLE.infusions // 2)]
    assert 0.08 < np.mean(spans) < 0.2


def test_every_vial_was_delivered_before_it_is_given() -> None:
    places = courses.places(MIDDLE, INFUSIONS)
    packed_day = packing.packed(MIDDLE, places.lot) // clock.DAY
    assert (courses.day_of(MIDDLE, places.infusion) - packed_day).min() >= 7


def test_patients_of_a_small_plant_have_a_home_or_a_clinic() -> None:
    sizes = plan(600, 1)
    sites = courses.site_of(sizes, np.arange(sizes.patients))
    assert sorted(set(sites.tolist())) == list(range(len(parties.SITES)))


# --- drying ---------------------------------------------------------------------------------------


def test_the_pirani_gauge_falls_to_the_manometer() -> None:
    run = curve.readings(MIDDLE, np.array([3]))
    ratio = run.pirani / run.manometer
    assert ratio[400:600].mean() == pytest.approx(1.69, abs=0.02)
    assert ratio[1_000:].mean() == pytest.approx(1.04, abs=0.02)
    assert (np.diff(run.phase) >= 0).all()


def test_the_published_example_of_sublimation() -> None:
    """LyoPRONTO's reference: 6.66 h, and -14.77 °C at most
    (test_data/reference_primary_drying.csv).
    """
    shelf = np.minimum(-35 + 60 * np.arange(800) / 100, 20.0)
    bottom, gone = sublimation.primary(sublimation.Vial(), shelf, 0.15, 1 / 100)
    end = int(np.argmax(gone >= 1))
    assert end / 100 == pytest.approx(6.66, abs=0.01)
    assert bottom[:end].max() == pytest.approx(-14.77, abs=0.02)


@pytest.mark.parametrize("kind", range(curve.KINDS))
def test_a_load_is_dry_long_before_secondary_drying(kind: int) -> None:
    load = curve.drying(kind)
    assert (load.ratio[1_020 - 30 : 1_020] <= 110).all()
    assert load.dry < 1_020 - 60


@pytest.mark.parametrize("kind", range(curve.KINDS))
def test_the_product_freezes_is_annealed_and_stays_cold_while_ice_is_left(kind: int) -> None:
    product = curve.drying(kind).products[1]
    assert curve.FREEZES in product[:60]
    assert product[170:180].max() < -39 < -16 < product[260:270].max() < -14
    assert product[curve.VACUUM + 1 : curve.drying(kind).dry].max() < -27
    assert product[curve.VACUUM : 1_020].max() < -5.5  # the recipe's collapse, less its margin


def test_the_edge_of_a_shelf_is_dry_first() -> None:
    ends = [
        int(
            np.argmax(
                sublimation.primary(curve.vial(0, warmer), np.full(700, -10.0), 0.1, 1 / 60)[1] >= 1
            )
        )
        for warmer in curve.PROBES.values()
    ]
    assert ends == sorted(ends, reverse=True)
    assert ends[0] > ends[-1]


def test_readings_stay_within_what_probes_can_read() -> None:
    run = curve.readings(MIDDLE, np.arange(4))
    for column in (run.shelf, run.condenser, *run.products.values()):
        assert -900 < column.min() < column.max() < 900


def test_a_controllers_log_passes_midnight() -> None:
    run = curve.readings(MIDDLE, np.array([1]))
    lines = logs.controller(run, drying.loaded(MIDDLE, 1)).decode().splitlines()
    assert lines[0].startswith("Run started")
    assert lines[6].startswith("Phase,Step,CycleTime,")
    clocks = [line.split(",")[2] for line in lines[7:]]
    assert len(clocks) == curve.MINUTES
    assert sum(b < a for a, b in pairwise(clocks)) == 1
    assert all(line.count("999.9") == 5 for line in lines[7:])


def test_a_historians_export_has_comments_and_timestamps() -> None:
    run = curve.readings(MIDDLE, np.array([2]))
    lines = logs.historian(run, drying.loaded(MIDDLE, 2)).decode().splitlines()
    assert [line[0] for line in lines[:3]] == ["#", "#", "#"]
    assert lines[3].split(",") == ["Timestamp", *logs.TAGS]
    assert lines[4].split(",")[0].endswith("+02:00") or lines[4].split(",")[0].endswith("+01:00")
