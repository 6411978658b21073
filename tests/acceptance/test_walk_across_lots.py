"""The walk's rules on units, pools, batches, drying runs, lots and packs, against outcomes worked
out by hand.
"""

import pytest

from tests.acceptance.small_worlds import outcome

PLANT = "party party_id=P zone=Europe/Vienna jurisdiction=AT"
CENTRE = "party party_id=C zone=Europe/Vienna jurisdiction=AT"
LAW = (
    "screening_scheme jurisdiction=AT plasma_kind=source valid_from=2020-01-01 hold_days=60"
    " storage_max_c=-20 thaw_max_c=-5 thaw_h=72"
)
GIVEN = """
donation donation_number=D donor_key=K centre=C plasma_kind=source collected_at=2026-01-01T12:00+01:00
plasma_unit unit=U donation_number=D volume_ml=800
pool plant=P pool_number=1 pooled_at=2026-03-01T23:30Z volume_l=1.6
pool_unit plant=P pool_number=1 unit=U volume_ml=800
"""


def pooled(rule: str, subject: str, *tables: str) -> str:
    """What a rule says where unit U of donation D is in pool 1."""
    return outcome(rule, subject, PLANT, CENTRE, LAW, GIVEN, *tables)


@pytest.mark.parametrize(
    ("said", "outcome_"),
    [
        ("storage_max_c=-20", "pass"),
        ("storage_max_c=-19.9 above_limit_h=72", "notice"),
        ("storage_max_c=-19.9 above_limit_h=72.01", "finding"),
        ("storage_max_c=-4.9 above_limit_h=1", "finding"),
        ("", "pending"),
    ],
)
def test_storage(said: str, outcome_: str) -> None:
    assert pooled("D08", "U2", f"plasma_unit unit=U2 donation_number=D {said}") == outcome_


def test_a_relabelled_unit_was_seen() -> None:
    warm = (
        "plasma_unit unit=U2 donation_number=D storage_max_c=-4\nunit_event unit=U2 event=1"
        " kind=relabelled"
    )
    assert pooled("D08", "U2", warm) == "notice"


@pytest.mark.parametrize(
    ("more", "drawn", "once"),
    [
        ("", "pass", "pass"),
        ("pool_unit plant=P pool_number=2 unit=U volume_ml=0.001", "finding", "finding"),
        ("pool_unit plant=P pool_number=2 unit=U", "pending", "finding"),
        (
            (
                "pool_unit plant=P pool_number=2 unit=U\npool_unit plant=P pool_number=3 unit=U"
                " volume_ml=1"
            ),
            "finding",
            "finding",
        ),  # what is missing does not hide what is known
        (
            "pool_unit plant=P pool_number=1 unit=U volume_ml=801",
            "finding",
            "pass",
        ),  # contested: not drawn twice
        ("pool_unit plant=P pool_number=1 unit=U volume_ml=1", "pass", "pass"),
    ],
)
def test_what_was_drawn_from_a_unit(more: str, drawn: str, once: str) -> None:
    assert (pooled("P04.draw", "U", more), pooled("P05", "U", more)) == (drawn, once)


@pytest.mark.parametrize(
    ("ml", "said"), [("832", "pass"), ("832.001", "finding"), ("768", "pass"), ("767", "finding")]
)
def test_a_pool_is_its_units_within_two_per_cent(ml: str, said: str) -> None:
    assert (
        pooled("P04.pool", "P 1", f"pool_unit plant=P pool_number=1 unit=U2 volume_ml={ml}") == said
    )


@pytest.mark.parametrize(
    ("at", "said"), [("2026-02-28T23:30Z", "finding"), ("2026-03-01T23:30Z", "pass")]
)
def test_hold_by_the_plants_day(at: str, said: str) -> None:
    """1 January and 60 days are 2 March, which begins at 23:00 UTC in Vienna."""
    pool = f"pool plant=P pool_number=2 pooled_at={at}\npool_unit plant=P pool_number=2 unit=U"
    assert pooled("D09", "P 2 U", pool) == said


@pytest.mark.parametrize(
    ("donors", "said"),
    [
        ("donor donor_key=K as_of=2026-03-03 status=qualified", "pending"),
        ("donor donor_key=K as_of=2026-03-02 status=qualified", "pass"),
        (
            (
                "donor donor_key=K as_of=2026-01-01 status=qualified\ndonor donor_key=K"
                " as_of=2026-01-02 status=deferred"
            ),
            "finding",
        ),
        (
            (
                "donor donor_key=K as_of=2026-01-01 status=qualified\ndonor donor_key=K2"
                " as_of=2026-01-01 status=applicant\nsame_person party=C statement=1 kind=donor"
                " one_key=K2 other_key=K status=stated"
            ),
            "finding",
        ),
    ],
)
def test_the_donors_standing_when_pooled(donors: str, said: str) -> None:
    assert pooled("D10", "P 1 U", donors) == said


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ({"held": "2026-01-05", "let_go": "2026-01-06"}, "pass"),
        ({"held": "2026-01-06", "let_go": "2026-01-05"}, "finding"),
        (
            {"held": "2026-01-06", "let_go": "2026-01-06"},
            "finding",
        ),  # at one moment: the worse counts
        ({"destroyed": "2026-03-02"}, "pass"),
        ({"destroyed": "2026-03-01"}, "finding"),
    ],
)
def test_a_unit_at_hand(events: dict[str, str], said: str) -> None:
    told = [
        f"unit_event unit=U event={kind} kind={kind} at={day}T12:00Z"
        for kind, day in events.items()
    ]
    assert pooled("U01", "P 1 U", *told) == said


ASKED = (
    "screening_requirement jurisdiction=AT plasma_kind=source level=donation marker=HBsAg"
    " valid_from=2020-01-01 term_days=30"
)


@pytest.mark.parametrize(
    ("word", "said"), [("nonreactive", "pass"), ("reactive", "finding"), ("invalid", "pending")]
)
def test_a_unit_is_pooled_as_its_donation_was_screened(word: str, said: str) -> None:
    result = (
        f"test_result sample=1 marker=HBsAg run=1 tested=donation tested_id=D interpretation={word}"
    )
    assert pooled("D07.pooled", "P 1 U", ASKED, result) == said
    assert pooled("D07.pooled", "P 1 U9", "pool_unit plant=P pool_number=1 unit=U9") == "pending"


BATCH = (
    "viral_inactivation plant=P batch=B process_version=SD started_at=2026-01-01T12:00Z"
    " solvent=TnBP detergent=Triton solvent_start_pct=0.33 solvent_end_pct=0.27"
    " detergent_start_pct=1 detergent_end_pct=1 ended_at=2026-01-01T18:00Z temperature_min_c=24"
    " temperature_max_c=26"
)
PROCESS = (
    "process_version process_version=SD valid_from=2020-01-01 solvent=TnBP solvent_pct=0.3"
    " detergent=Triton detergent_pct=1 tolerance_pct=10 hold_h=6 temperature_min_c=24"
)


@pytest.mark.parametrize(
    ("old", "new", "reagents", "hold"),
    [
        ("", "", "pass", "pass"),
        ("=0.33", "=0.3301", "finding", "pass"),
        ("=Triton ", "=Tween ", "finding", "pass"),
        ("T18:00Z", "T17:59Z", "pass", "finding"),
        ("min_c=24", "min_c=23.99", "pass", "finding"),
        ("solvent=TnBP ", "", "pending", "pass"),
        ("ended_at=2026-01-01T18:00Z ", "", "pass", "pending"),
        ("=0.33 solvent_end_pct=0.27", "=0.5", "finding", "pass"),
        ("=SD", "=SD2", "pending", "pending"),
    ],
)
def test_a_treatment_against_its_process(old: str, new: str, reagents: str, hold: str) -> None:
    batch = BATCH.replace(old, new)
    assert outcome("V01", "P B", PLANT, PROCESS, batch) == reagents
    assert outcome("V02", "P B", PLANT, PROCESS, batch) == hold


CLEARED = "".join(
    f"clearance process_version={name} virus=X valid_from=2020-01-01 enveloped=yes tested=yes "
    f"log10={log}\n"
    for name, log in (("SD", 4), ("NF", 4), ("PH", "3.99"))
)
TREATED = f"""
{PROCESS}
{CLEARED}
{BATCH}
viral_inactivation_load plant=P batch=B from_lot_number=1 from_step=bulk lot_number=2 step=bulk
virus_removal plant=P batch=N process_version=NF method=nanofiltration started_at=2026-01-02T12:00Z \
integrity_before=pass integrity_after=pass
virus_removal_load plant=P batch=N from_lot_number=2 from_step=bulk lot_number=3 step=bulk
filling_load plant=P batch=F from_lot_number=3 lot_number=L
lyophilisation_load plant=P cycle=Y from_lot_number=L lot_number=L
lot_input manufacturer=P lot_number=L step=packed from_manufacturer=P from_number=L from_step=dried
lot_input manufacturer=P lot_number=1 step=bulk from_manufacturer=P from_number=1 from_step=pool
lot manufacturer=P lot_number=L step=packed gtin=96385074 made_at=2026-03-01T12:00Z
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", "pass"),
        ("integrity_after=pass", "integrity_after=fail", "finding"),
        ("integrity_after=pass", "", "pass"),
        ("=NF method", "=PH method", "finding"),
        ("=NF method", "=ZZ method", "pending"),
        ("T18:00Z", "T17:00Z", "finding"),
        ("batch=N from", "batch=N9 from", "pending"),
        (
            "viral_inactivation_load plant=P batch=B from_lot_number=1",
            "lot_input manufacturer=P from_manufacturer=P from_number=1",
            "pending",
        ),
    ],
)
def test_two_methods_against_enveloped_viruses(old: str, new: str, said: str) -> None:
    assert outcome("V06", "P L packed", PLANT, TREATED.replace(old, new)) == said


@pytest.mark.parametrize(
    ("minimum", "more", "said"),
    [
        (1, "", "pass"),
        (2, "", "finding"),
        (2, "pool_unit plant=P pool_number=1 unit=U9", "pending"),
        (
            2,
            (
                "plasma_unit unit=U9 donation_number=D9\npool_unit plant=P pool_number=1 unit=U9\n"
                "donation donation_number=D9 donor_key=K9"
            ),
            "pass",
        ),
        (
            2,
            (
                "plasma_unit unit=U9 donation_number=D9\npool_unit plant=P pool_number=1 unit=U9\n"
                "donation donation_number=D9 donor_key=K9\ndonation donation_number=D9 donor_key=K"
            ),
            "finding",
        ),  # contested
        (
            2,
            (
                "plasma_unit unit=U9 donation_number=D9\npool_unit plant=P pool_number=1 unit=U9\n"
                "donation donation_number=D9 donor_key=K9\n"
                "same_person party=C statement=1 kind=donor one_key=K9 other_key=K status=stated"
            ),
            "finding",
        ),
    ],
)
def test_a_lot_has_plasma_of_enough_persons(minimum: int, more: str, said: str) -> None:
    product = f"product gtin=96385074 valid_from=2020-01-01 donors_min={minimum}"
    assert pooled("P01", "P L packed", TREATED, product, more) == said


def test_a_lot_that_was_bought_has_its_donors_elsewhere() -> None:
    bought = (
        "lot manufacturer=P lot_number=X step=packed\nlot_input manufacturer=P lot_number=X"
        " step=packed from_manufacturer=Q from_number=1 from_step=external"
    )
    assert outcome("P01", "P X packed", bought) == "not_applicable"
    assert outcome("X02", "Q 1 external", bought) == "pass"


SPECIFIED = (
    "lot_test_specification gtin=96385074 test=pH valid_from=2020-01-01 low=4 high=5 value_unit=pH"
)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("", "pending"),
        ("step=dried conclusion=passed value=5 value_unit=pH", "pass"),
        ("step=packed conclusion=passed value=5.1 value_unit=pH", "finding"),
        ("step=packed conclusion=passed value=5.1 value_unit=mol", "pending"),
        ("step=packed conclusion=passed", "pending"),
        ("step=packed conclusion=passed value=5.1 value_unit=[pH]", "finding"),
        ("step=packed conclusion=passed value=5 value_unit=ph", "pass"),
        ("step=packed conclusion=passed value=5", "pending"),
        ("step=packed conclusion=passed value=<5 value_unit=pH", "pending"),
        ("step=packed conclusion=failed", "finding"),
        ("step=packed conclusion=invalid value=9 value_unit=pH", "pending"),
        ("step=filled conclusion=failed", "pending"),
        (
            (
                "step=packed conclusion=passed value=5 value_unit=pH\n"
                "lot_test manufacturer=P lot_number=L test=pH run=1 step=packed conclusion=invalid"
            ),
            "pending",
        ),
    ],
)
def test_lot_tests(result: str, said: str) -> None:
    tested = f"lot_test manufacturer=P lot_number=L test=pH run=1 {result}" if result else ""
    assert outcome("S02", "P L packed", PLANT, TREATED, SPECIFIED, tested) == said


def test_a_round_of_lots_is_found_and_a_lot_from_itself_is_not() -> None:
    rounds = "".join(
        f"lot_input manufacturer=P lot_number={to} step=bulk from_manufacturer=P from_number={of} "
        "from_step=bulk\n"
        for of, to in ("AB", "BC", "CA", "AA", "CD", "EE")
    )
    said = {number: outcome("X02", f"P {number} bulk", rounds) for number in "ABCDE"}
    assert said == {"A": "finding", "B": "finding", "C": "finding", "D": "pass", "E": "pass"}
