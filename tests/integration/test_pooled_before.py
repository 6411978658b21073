"""Plasma that was pooled before an answer's donations were given, and minipools that nobody tested: the truth
lies within the bounds, and an answer that it may change is not called complete.
"""

from collections.abc import Callable
from functools import partial

import pytest

from lots.settings import Settings
from tests.integration.losses import ask, world
from tests.integration.small_world import Told, at
from tests.integration.test_one_slip import (
    Asked,
    Slip,
    holds_the_truth,
    is_known_for_sure,
    received,
)
from tests.integration.test_written_otherwise import of_two_results

Telling = Callable[[], Told]


def one_after_the_other(record: str = "", **said: str) -> Told:
    """Two donations of a donor, of two minipools; the first was pooled before the second was given."""
    told = of_two_results()
    told.rows("donation")[1]["collected_at"] = at(4)
    told.rows("pool")[0]["pooled_at"], told.rows("pool")[1]["pooled_at"] = at(3), at(4)
    if record:
        told.rows(record)[0] |= said
    return told


def of_one_minipool(**said: str) -> Told:
    """Both donations in one minipool, of which one result came."""
    told = one_after_the_other()
    told.rows("test_result").pop(0)
    told.rows("minipool_member")[0] |= {"minipool": "MP2"} | said
    return told


def of_a_larger(**said: str) -> Told:
    """Both minipools in a larger one, of which one result came."""
    told = one_after_the_other()
    told.rows("test_result").pop(0)
    told.rows("test_result")[0]["tested_id"] = "ML1"
    members = told.rows("minipool_member")
    inside = [{**members[0], "minipool": "ML1", "member_kind": "minipool"} for _ in range(2)]
    inside[0]["member"], inside[1]["member"] = "MP1", "MP2"
    inside[0] |= said
    members += inside
    return told


def untested(*, pooled: bool) -> Told:
    """A donation more, in a minipool of which no result came yet."""
    told = one_after_the_other()
    told.rows("donation").append({**told.rows("donation")[0], "donation_number": "D8"})
    unit = {"unit": "U8", "donation_number": "D8"}
    told.rows("plasma_unit").append({**told.rows("plasma_unit")[0], **unit})
    members = told.rows("minipool_member")
    members.append({**members[0], "minipool": "MP8", "member": "D8"})
    if pooled:
        told.rows("pool_unit").append({**told.rows("pool_unit")[0], "unit": "U8"})
    return told


OF_RESULTS: dict[Asked, int] = {
    ("kit_lot", "K1"): 2,
    ("laboratory", "LAB1"): 2,
    ("analyser", "AN1"): 2,
}
LOST, OF_LARGER_LOST = (
    partial(of_one_minipool, minipool="MP7"),
    partial(of_a_larger, minipool="ML7"),
)
OF_MINIPOOLS: tuple[tuple[str, Telling, Telling, dict[Asked, int]], ...] = (
    ("of a result", LOST, of_one_minipool, OF_RESULTS),
    ("asked about", LOST, of_one_minipool, {("minipool", "MP2"): 2}),
    ("that is larger", OF_LARGER_LOST, of_a_larger, OF_RESULTS),
    ("and is asked about", OF_LARGER_LOST, of_a_larger, {("minipool", "ML1"): 2}),
)
SLIPS = (
    Slip(
        "no donor",
        partial(one_after_the_other, "donation", donor_key=""),
        {("donor", "P1"): 2},
        one_after_the_other,
    ),
    Slip(
        "no centre",
        partial(one_after_the_other, "donation", centre=""),
        {("centre", "C1"): 2},
        one_after_the_other,
    ),
    Slip(
        "no kit",
        partial(one_after_the_other, "test_result", kit_lot=""),
        {("kit_lot", "K1"): 2},
        one_after_the_other,
    ),
    *(
        Slip(f"in a minipool that nobody knows, {name}", slipped, of, whole)
        for name, slipped, whole, of in OF_MINIPOOLS
    ),
)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_the_truth_is_within_and_what_may_change_it_is_said(
    lots_settings: Settings, slip: Slip
) -> None:
    holds_the_truth(lots_settings, slip)


@pytest.mark.parametrize("whole", [one_after_the_other, of_one_minipool, of_a_larger])
def test_without_the_slip_the_truth_is_told(lots_settings: Settings, whole: Telling) -> None:
    of = {asked: n for slip in SLIPS if slip.whole is whole for asked, n in slip.given.items()}
    is_known_for_sure(lots_settings, Slip("whole", whole, of, whole))


@pytest.mark.parametrize("kind", ["kit_lot", "laboratory", "minipool"])
@pytest.mark.parametrize("pooled", [True, False])
def test_what_is_not_tested_yet_matters_once_it_is_pooled(
    lots_settings: Settings, kind: str, *, pooled: bool
) -> None:
    name = {"kit_lot": "K1", "laboratory": "LAB1", "minipool": "MP1"}[kind]
    with world(received(lots_settings, untested(pooled=pooled))) as connection:
        assert ask(connection, kind, name).certificate.complete is not pooled


def test_a_minipool_that_is_asked_about_lacks_nothing_without_a_result(
    lots_settings: Settings,
) -> None:
    with world(received(lots_settings, untested(pooled=True))) as connection:
        assert ask(connection, "minipool", "MP8").certificate.complete
