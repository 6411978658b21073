"""The walk's rules on vial lines, preparations, doses, courses and clocks, against outcomes worked
out by hand.
"""

import pytest

from tests.acceptance.small_worlds import accepted, outcome
from tests.walk.rules import outcomes
from tests.walk.world import World

SITE = "party party_id=S zone=Europe/Vienna jurisdiction=AT"
LOT = (
    "lot manufacturer=P lot_number=L step=packed gtin=96385074 expires_on=2026-06-01\n"
    "official_release manufacturer=P lot_number=L market=AT released_at=2026-01-01T12:00Z"
)
PRODUCT = (
    "product gtin=96385074 valid_from=2020-01-01 content_g=10 low_iga=no bench_h=2 laminar_h=24"
)
READY = (
    "product_preparation gtin=96385074 concentration_pct=5 diluent=SWFI valid_from=2020-01-01"
    " diluent_ml=200 tolerance_pct=5 rate_max_ml_kg_h=4 rate_risk_ml_kg_h=2"
)
ORDER = (
    "treatment_order site=S treatment_order=O patient_key=T indication=MS weight_kg=50"
    " iga_deficiency=yes"
)
MADE = (
    "reconstitution site=S preparation=R treatment_order=O diluent=SWFI concentration_pct=5"
    " volume_ml=400 started_at=2026-05-31T20:00Z completed_at=2026-05-31T20:30Z place=bench"
)
MADE_OF = "reconstitution_vial site=S preparation=R item=1 gtin=96385074 lot_number=L vials=2"
INFUSION = (
    "administration site=S administration=I patient_key=T course=1 status=given first_dose=yes "
    "started_at=2026-05-31T22:30Z treatment_order=O"
)
LINE = (
    "administration_vial site=S administration=I item=1 gtin=96385074 lot_number=L vials=2"
    " given_g=19 wasted_g=0 preparation=R"
)
RATE = "infusion_rate site=S administration=I minute=0 rate_ml_h=200"
ALL = (SITE, LOT, PRODUCT, READY, ORDER, MADE, MADE_OF, INFUSION, LINE, RATE)
SUBJECTS = {"R04": "S R", "R03.given": "S I 1", "R07": "S I 1", "R09": "S I 1"}


def changed(rule: str, old: str, new: str, *more: str) -> str:
    """What a rule says where one thing in the world is another."""
    return outcome(
        rule, SUBJECTS.get(rule, "S I"), *[table.replace(old, new) for table in ALL], *more
    )


@pytest.mark.parametrize(
    ("rule", "old", "new", "said"),
    [
        ("R03.given", "", "", "pass"),
        (
            "R03.given",
            "expires_on=2026-06-01",
            "expires_on=2026-05-30",
            "finding",
        ),  # the day as sent is 31 May
        ("R03.given", "expires_on=2026-06-01", "expires_on=2026-05-31", "pass"),
        ("R03.given", "released_at=2026-01-01T12:00Z", "released_at=2026-06-01T12:00Z", "finding"),
        (
            "R03.given",
            "official_release manufacturer=P",
            "official_release manufacturer=Q",
            "pending",
        ),
        ("R03.given", "status=given", "status=not_given", "not_applicable"),
        ("R03.given", "administration=I patient", "administration=I9 patient", "pending"),
        ("R04", "", "", "pass"),
        ("R04", "volume_ml=400", "volume_ml=420", "pass"),
        ("R04", "volume_ml=400", "volume_ml=420.01", "finding"),
        ("R04", "diluent=SWFI concentration_pct=5", "diluent=SWFI concentration_pct=10", "finding"),
        ("R04", "diluent=SWFI concentration_pct=5", "diluent=SWFI", "pending"),
        (
            "R04",
            "product_preparation gtin=96385074",
            "product_preparation gtin=73513537",
            "pending",
        ),
        ("R04", "valid_from=2020-01-01 diluent_ml", "valid_from=2026-06-01 diluent_ml", "finding"),
        ("R05", "", "", "pass"),
        ("R05", "completed_at=2026-05-31T20:30Z", "completed_at=2026-05-31T20:29Z", "finding"),
        ("R05", "T20:30Z place=bench", "T20:29Z place=laminar_flow stored_c=8", "pass"),
        ("R05", "T20:30Z place=bench", "T20:29Z place=laminar_flow stored_c=8.1", "finding"),
        ("R05", "completed_at=2026-05-31T20:30Z", "completed_at=2026-05-31T22:31Z", "finding"),
        ("R05", "wasted_g=0 preparation=R", "wasted_g=0", "pending"),
        ("R06", "", "", "pass"),
        ("R06", "rate_ml_h=200", "rate_ml_h=200.01", "finding"),
        ("R06", "weight_kg=50", "weight_kg=50 kidney=yes", "finding"),
        ("R06", "weight_kg=50", "weight_kg=50 allergy=yes", "pass"),
        ("R06", "weight_kg=50", "", "pending"),
        ("R07", "", "", "pass"),
        ("R07", "given_g=19", "given_g=18.999", "finding"),
        ("R07", "given_g=19", "", "pending"),
        (
            "R07",
            "gtin=96385074 lot_number=L vials=2 given",
            "lot_number=L vials=2 given",
            "pending",
        ),
        ("R07.daily", "", "", "pass"),
        ("R07.daily", "weight_kg=50", "weight_kg=18.999", "notice"),
        ("R07.daily", "indication=MS", "indication=PID", "not_applicable"),
        ("R07.daily", "given_g=19", "", "pending"),
        ("R08", "", "", "finding"),
        ("R08", "low_iga=no", "low_iga=yes", "pass"),
        ("R08", "iga_deficiency=yes", "", "not_applicable"),
        ("R08", "product gtin=96385074", "product gtin=73513537", "pending"),
        ("C05", "", "", "notice"),
        ("C05", "first_dose=yes", "first_dose=yes supervised_by=DR", "pass"),
        ("C05", "first_dose=yes", "", "not_applicable"),
    ],
)
def test_an_infusion(rule: str, old: str, new: str, said: str) -> None:
    assert changed(rule, old, new) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("R05", "pass"),
        ("R06", "pass"),
        ("R08", "finding"),
        ("R07", "pending"),
        ("R03.given", "pass"),
    ],
)
def test_a_line_without_a_product_has_those_of_its_preparation(rule: str, said: str) -> None:
    assert (
        changed(rule, "item=1 gtin=96385074 lot_number=L vials=2 given", "item=1 vials=2 given")
        == said
    )
    other = "reconstitution_vial site=S preparation=R item=2 gtin=73513537 vials=1"
    without = "pending" if rule in ("R05", "R06") else said
    assert (
        changed(
            rule, "item=1 gtin=96385074 lot_number=L vials=2 given", "item=1 vials=2 given", other
        )
        == without
    )


@pytest.mark.parametrize("rule", ["R05", "R06"])
def test_a_line_that_names_no_preparation_is_left_out(rule: str) -> None:
    assert (
        changed(rule, "", "", "administration_vial site=S administration=I item=2 lot_number=L9")
        == "pass"
    )


@pytest.mark.parametrize(
    ("rule", "old"), [("R04", "lot_number=L vials=2"), ("R07", "lot_number=L vials=2 given")]
)
def test_how_many_vials_must_be_known(rule: str, old: str) -> None:
    assert changed(rule, old, old.replace(" vials=2", "")) == "pending"


@pytest.mark.parametrize(("status", "said"), [("not_given", "pass"), ("stopped", "pass")])
def test_one_of_two_contested_versions_was_given(status: str, said: str) -> None:
    assert changed("R05", "", "", INFUSION.replace("=given", f"={status}")) == said


@pytest.mark.parametrize(
    ("started", "key", "said"),
    [
        ("2026-05-31T22:00Z", "T", "notice"),  # 1 June in Vienna, as the other infusion
        ("2026-05-31T21:59Z", "T", "pass"),
        ("2026-05-31T22:00Z", "T2", "notice"),
        ("2026-05-31T22:00Z", "T3", "pass"),
    ],
)
def test_the_dose_of_a_day_is_the_persons(started: str, key: str, said: str) -> None:
    other = (
        f"administration site=S administration=J patient_key={key} status=given"
        f" started_at={started}\nadministration_vial site=S administration=J item=1"
        " given_g=31.001\nsame_person party=S statement=1 kind=patient one_key=T other_key=T2"
        " status=stated\nsame_person party=S statement=2 kind=donor one_key=T other_key=T3"
        " status=stated"
    )
    assert changed("R07.daily", "", "", other) == said


CLOCK = "reporting_clock jurisdiction=AT event=unlinked_vial valid_from=2026-06-01 days=14"
POOLED = (
    "lot_input manufacturer=P lot_number=L step=packed from_manufacturer=P from_number=1"
    " from_step=pool"
)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "pending"),
        ((CLOCK,), "pending 2026-06-15"),
        ((POOLED,), "pass"),
        (("lot manufacturer=Q lot_number=L step=packed gtin=96385074",), "finding"),
    ],
)
def test_a_vial_is_of_one_lot_whose_plasma_is_known(more: tuple[str, ...], said: str) -> None:
    assert changed("R09", "", "", *more) == said


def day(course: int, on: str, patient: str = "T") -> str:
    """An infusion of a course."""
    return (
        f"administration site=S administration={patient}{on} patient_key={patient} course={course}"
        f" status=given started_at={on}T12:00Z treatment_order=O"
    )


@pytest.mark.parametrize(
    ("days", "first", "second"),
    [
        (
            [(1, "2026-01-01"), (1, "2026-01-02"), (2, "2026-01-29")],
            ("pass", "not_applicable"),
            ("pending", "pass"),
        ),
        (
            [(1, "2026-01-01"), (2, "2026-01-30")],
            ("pending", "not_applicable"),
            ("pending", "notice"),
        ),
        (
            [(1, "2026-01-01"), (2, "2026-01-22"), (2, "2026-01-23"), (2, "2026-01-24")],
            ("pending", "not_applicable"),
            ("notice", "pass"),
        ),
        (
            [(1, "2026-01-01"), (2, "2026-01-21")],
            ("pending", "not_applicable"),
            ("pending", "notice"),
        ),
        (
            [(1, "2026-01-01"), (2, "2026-01-02")],
            ("pending", "not_applicable"),
            ("pending", "notice"),
        ),
    ],
)
def test_courses(
    days: list[tuple[int, str]], first: tuple[str, str], second: tuple[str, str]
) -> None:
    world = [SITE, ORDER, *(day(course, on) for course, on in days)]
    assert tuple(outcome(rule, "S T 1", *world) for rule in ("C01", "C03")) == first
    assert tuple(outcome(rule, "S T 2", *world) for rule in ("C01", "C03")) == second


def test_of_a_contested_day_of_infusion_one_counts() -> None:
    other = day(1, "2026-01-02").replace("=T2026-01-02", "=T2026-01-01")
    assert outcome("C01", "S T 1", SITE, ORDER, day(1, "2026-01-01"), other) == "pending"


def test_an_infusion_without_a_day_belongs_to_no_course() -> None:
    found = outcomes(
        World(
            accepted(SITE, ORDER, day(1, "2026-01-01").replace("started_at=2026-01-01T12:00Z", ""))
        )
    )
    assert (found["C01"], found["C03"], found["C04"]) == ({}, {}, {})


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        ([], "pending 2026-07-01"),
        (["2026-07-01"], "pass"),
        (["2026-07-02"], "notice"),
        (["2025-12-31"], "pending 2026-07-01"),
        (["2025-12-31", "2026-07-02", "2026-02-01"], "pass"),
    ],
)
def test_a_course_is_reviewed(reviews: list[str], said: str) -> None:
    clock = "reporting_clock jurisdiction=AT event=course_review valid_from=2020-01-01 days=181"
    held = [f"course_review site=S patient_key=T reviewed_on={on}" for on in reviews]
    assert outcome("C04", "S T 1", SITE, ORDER, clock, day(1, "2026-01-01"), *held) == said
    assert outcome("C04", "S T 1", SITE, ORDER, day(1, "2026-01-01"), *held) == "pending"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "pending 2026-03-17"),
        ("reported_at=2026-03-17T22:59Z", "pass"),
        ("reported_at=2026-03-17T23:00Z", "finding"),
        ("serious=no", "not_applicable"),
    ],
)
def test_a_serious_reaction_is_reported_in_time(more: str, said: str) -> None:
    """It was known on 1 March at 23:00 UTC, which is 2 March in Vienna."""
    reaction = (
        f"adverse_reaction reporter=S reaction=1 serious=yes aware_at=2026-03-01T23:00Z {more}"
    )
    clock = "reporting_clock jurisdiction=AT event=serious_reaction valid_from=2026-03-02 days=15"
    assert outcome("K01.reaction", "S 1", SITE, clock, reaction) == said
    assert outcome("K01.reaction", "S 1", clock, reaction) in ("pending", "not_applicable")
