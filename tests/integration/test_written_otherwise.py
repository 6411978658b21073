"""A name that alone tells what is asked about, and another that looks like it: the answer says so, is not
called complete, and at most has what goes by the other as well.
"""

import pytest

from lots.settings import Settings
from tests.integration.losses import Answered, ask, world
from tests.integration.small_world import Told
from tests.integration.test_one_slip import of_two_donations, received


def of_two_results(**said: str) -> Told:
    """Two donations, each of a minipool; the second's result tells something else."""
    told = of_two_donations()
    members, results = told.rows("minipool_member"), told.rows("test_result")
    members.append({**members[0], "minipool": "MP2", "member": "D9"})
    results.append({**results[0], "sample": "S9", "tested_id": "MP2", **said})
    return told


def asked(settings: Settings, told: Told, kind: str, name: str) -> Answered:
    with world(received(settings, told)) as connection:
        return ask(connection, kind, name)


@pytest.mark.parametrize(
    ("kind", "name", "other", "words"),
    [
        ("kit_lot", "K1", "K-1", "but for hyphens, dots or other marks"),
        ("kit_lot", "K1", "k1", "but for capitals or small letters"),
        ("kit_lot", "K1", "KI", "but for characters that look alike, such as O and 0"),
        ("analyser", "AN1", "AN 1", "but for blanks"),
    ],
)
def test_a_name_that_looks_alike_may_be_what_is_asked_about(
    lots_settings: Settings, kind: str, name: str, other: str, words: str
) -> None:
    found = asked(lots_settings, of_two_results(**{kind: other}), kind, name)
    (reason,) = found.certificate.reasons
    thing = kind.replace("_", " ")
    assert (
        reason.sentence
        == f"1 row of test_result names {thing} {other}, which may be {name}: {words}."
    )
    assert (found.bounds["given"].least, found.bounds["given"].most) == (1, 2)
    assert not found.certificate.complete


@pytest.mark.parametrize("other", ["K2", "K11", "XK1"])
def test_the_next_of_a_series_is_another(lots_settings: Settings, other: str) -> None:
    found = asked(lots_settings, of_two_results(kit_lot=other), "kit_lot", "K1")
    assert found.certificate.complete
    assert (found.bounds["given"].least, found.bounds["given"].most) == (1, 1)


def test_the_key_of_a_patient_is_compared_with_none(lots_settings: Settings) -> None:
    told = of_two_donations()
    told.rows("administration")[-1]["patient_key"] = "PAT-1"
    assert asked(lots_settings, told, "trace patient", "PAT1").certificate.complete


@pytest.mark.parametrize("lines", [True, False])
def test_so_may_a_diluent_of_which_nobody_tells_a_vial(
    lots_settings: Settings, *, lines: bool
) -> None:
    """lines: whether of the preparation with what is asked about a vial is told."""
    told = Told()
    bags, vials = told.rows("reconstitution"), told.rows("reconstitution_vial")
    bags.append({**bags[0], "preparation": "B9", "treatment_order": "", "diluent_lot": "DL-1"})
    vials.append({**vials[0], "preparation": "B9", "serial": "S2"})
    if not lines:
        vials.pop(0)
    found = asked(lots_settings, told, "diluent_lot", "DL1")
    assert not found.certificate.complete
    prepared = found.bounds["prepared"]
    assert prepared.most is None or prepared.most >= 2
    assert prepared.least == int(lines)


def test_a_dryer_that_is_written_otherwise_is_said(lots_settings: Settings) -> None:
    """Another run, of which a load came, tells it with a blank."""
    told = Told()
    run, load = told.rows("lyophilisation")[0], told.rows("lyophilisation_load")[0]
    told.rows("lyophilisation").append({**run, "cycle": "CY9", "dryer": "DR 1"})
    told.rows("lyophilisation_load").append({**load, "cycle": "CY9"})
    found = asked(lots_settings, told, "dryer", "DR1")
    assert [one.record for one in found.certificate.reasons] == ["lyophilisation"]
