"""The walk's rules on donations and screening, on worlds of a few rows, against outcomes worked out
by hand.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.acceptance.small_worlds import accepted, outcome
from tests.spec.titres import TITRES, WAITS
from tests.walk.rules import RULES, outcomes
from tests.walk.world import World, add_months

JUDGING = Path(__file__).parents[2] / "docs" / "judging"
CENTRE = "party party_id=C zone=America/New_York jurisdiction=US"
SCHEME = """
screening_scheme jurisdiction=US plasma_kind=source valid_from=2020-01-01 interval_days=2 week_max=2 exam_days=365 \
sample_months=4 sample_late_months=6 lookback_months=6 haemoglobin_f_g_dl=12.5 haemoglobin_m_g_dl=13.0
"""
ONE = "same_person party=C statement=1 kind=donor one_key=K other_key=K2 status=stated"
WITHDRAWN = ONE.replace("=stated", "=withdrawn")


def gave(number: str, at: str, more: str = "", donor: str = "K") -> str:
    """A donation of source plasma at the centre."""
    return (
        f"donation donation_number={number} donor_key={donor} centre=C plasma_kind=source"
        f" collected_at={at} {more}"
    )


def of_d(rule: str, *tables: str) -> str:
    """What a rule says of donation D, with the centre and its scheme known."""
    return outcome(rule, "D", CENTRE, SCHEME, *tables)


def test_the_walk_knows_every_rule_across_records() -> None:
    pages = "".join(page.read_text("utf-8") for page in sorted(JUDGING.glob("*.md")))
    lines = [line for line in pages.splitlines() if line.startswith("| ")]
    named = [re.match(r"[A-Z]+[0-9]*(\.[a-z]+)?$", line[2:].split(" ")[0]) for line in lines]
    assert {match.group() for match in named if match} == set(RULES)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2025-10-31", 4, "2026-02-28"),
        ("2023-10-31", 4, "2024-02-29"),
        ("2025-12-31", 1, "2026-01-31"),
        ("2026-08-31", -6, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2025-11-30", 1, "2025-12-30"),
    ],
)
def test_months_end_where_a_month_ends(day: str, months: int, then: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == then


DAY = gave("D", "2026-03-02T04:30Z")  # the evening of the first in New York


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (gave("E", "2026-03-01T07:00-05:00"), "finding"),  # the same day there, though not in UTC
        (gave("E", "2026-02-28T23:00-05:00"), "finding"),  # the day before
        (gave("E", "2026-02-27T23:00-05:00"), "pass"),
        (
            gave("E", "2026-03-02T12:00-05:00"),
            "pass",
        ),  # the day after is that donation's own matter
        (gave("E", "2026-03-01T07:00-05:00").replace("source", "recovered"), "pass"),
        (gave("E", "2026-03-01T07:00-05:00", donor="K2"), "pass"),
        (gave("E", "2026-03-01T07:00-05:00", donor="K2") + "\n" + ONE, "finding"),
        (gave("E", "2026-03-01T07:00-05:00", donor="K2") + "\n" + ONE + "\n" + WITHDRAWN, "pass"),
        (
            gave("D", "2026-02-28T12:00-05:00"),
            "pass",
        ),  # another version of itself is no other donation
    ],
)
def test_interval(other: str, said: str) -> None:
    assert of_d("D02.interval", DAY, other) == said


def test_interval_needs_a_scheme() -> None:
    assert outcome("D02.interval", "D", DAY, SCHEME) == "pending"
    assert outcome("D02.interval", "D", DAY, CENTRE) == "pending"
    assert (
        outcome("D02.interval", "D", DAY, CENTRE, SCHEME.replace("interval_days=2 ", ""))
        == "not_applicable"
    )


@pytest.mark.parametrize(("first", "said"), [("2026-02-23", "finding"), ("2026-02-22", "pass")])
def test_week(first: str, said: str) -> None:
    others = gave("E", f"{first}T12:00-05:00"), gave("F", "2026-02-25T12:00-05:00")
    assert of_d("D02.week", DAY, *others) == said


@pytest.mark.parametrize(
    ("donors", "said"),
    [
        ("donor donor_key=K as_of=2026-01-01 sex=F", "pass"),
        ("donor donor_key=K2 as_of=2026-01-01 sex=M\n" + ONE, "finding"),
        ("donor donor_key=K as_of=2026-01-01", "pending"),
    ],
)
def test_haemoglobin(donors: str, said: str) -> None:
    assert of_d("D05.sex", gave("D", "2026-03-02T12:00Z", "haemoglobin_g_dl=12.7"), donors) == said


def test_of_two_contested_donations_the_worse_counts() -> None:
    low = gave("D", "2026-03-02T12:00Z", "haemoglobin_g_dl=12.4")
    donor = "donor donor_key=K as_of=2026-01-01 sex=F"
    assert (
        of_d("D05.sex", gave("D", "2026-03-02T12:00Z", "haemoglobin_g_dl=12.7"), low, donor)
        == "finding"
    )
    corrected = low + " correction=1 corrected_by=QA correction_reason=typing"
    assert (
        of_d("D05.sex", gave("D", "2026-03-02T12:00Z", "haemoglobin_g_dl=12.7"), corrected, donor)
        == "finding"
    )
    assert of_d("D05.sex", low, corrected.replace("12.4", "12.7"), donor) == "pass"


@pytest.mark.parametrize(
    ("on", "at", "reviewed", "said"),
    [
        ("2025-10-31", "2026-02-28", "", "pass"),
        ("2025-10-31", "2026-03-01", "", "finding"),
        ("2025-10-31", "2026-03-01", "reviewed_by=DR", "notice"),
        ("2025-10-31", "2026-04-30", "reviewed_by=DR", "notice"),
        ("2025-10-31", "2026-05-01", "reviewed_by=DR", "finding"),
        ("2026-03-02", "2026-03-01", "", "pending"),
    ],
)
def test_four_month_sample(on: str, at: str, reviewed: str, said: str) -> None:
    sample = (
        f"donor_exam centre=C exam=1 donor_key=K kind=four_month_sample examined_on={on} {reviewed}"
    )
    assert of_d("D06.sample", gave("D", f"{at}T12:00-05:00"), sample) == said


@pytest.mark.parametrize(
    ("at", "more", "said"),
    [
        ("2020-01-01", "", "finding"),
        ("2026-08-31", "", "finding"),  # no reactive result is known: all earlier ones
        ("2026-08-31", "requalified_on=2026-08-31", "pass"),
        ("2026-08-31", "deferred_until=2026-08-31", "finding"),
        ("2026-09-01", "deferred_until=2026-08-31", "pass"),
    ],
)
def test_deferral(at: str, more: str, said: str) -> None:
    deferred = (
        "deferral centre=C deferral=1 donor_key=K cause=reactive_result deferred_from=2026-08-31"
        f" {more}"
    )
    assert of_d("D11", gave("D", f"{at}T12:00-05:00"), deferred) == said


def nat(tested: str, number: str, said: str, run: int = 1) -> str:
    """A HCV-NAT result."""
    return (
        f"test_result sample={number} marker=HCV-NAT run={run} tested={tested} tested_id={number} "
        f"interpretation={said}"
    )


DEFERRED = "deferral centre=C deferral=1 donor_key=K cause=reactive_result deferred_from=2026-08-31"
BAD = (
    gave("E", "2026-08-20T12:00-04:00")
    + "\n"
    + nat("donation", "E", "reactive").replace("sample=E", "sample=8")
)
GOOD = (
    gave("F", "2026-07-15T12:00-04:00")
    + "\n"
    + nat("donation", "F", "nonreactive").replace("sample=F", "sample=9")
)
MINIPOOL = GOOD.replace("tested=donation tested_id=F", "tested=minipool tested_id=M")


WINDOWS: list[tuple[str, tuple[str, ...], str]] = [
    ("2026-01-15", (BAD, GOOD), "finding"),
    ("2026-01-14", (BAD, GOOD), "pass"),  # six months before the good one
    ("2020-01-01", (BAD,), "finding"),  # no good one is known
    ("2026-08-25", (BAD, GOOD), "finding"),
    ("2026-01-14", (BAD, GOOD.replace("HCV-NAT", "anti-HCV")), "pass"),
    ("2020-01-01", (BAD, GOOD.replace("HCV-NAT", "HIV-NAT")), "finding"),  # of another agent
    ("2020-01-01", (BAD.replace("HCV-NAT", "syphilis"), GOOD), "pass"),
    ("2020-01-01", (BAD.replace("HCV-NAT", "B19V-NAT"),), "pass"),
    ("2020-01-01", (BAD, BAD.replace("HCV-NAT", "syphilis").replace("=8", "=7"), GOOD), "pass"),
    (
        "2020-01-01",
        (BAD, BAD.replace("HCV-NAT", "HBsAg").replace("=8", "=7"), GOOD),
        "finding",
    ),  # two agents
    (
        "2020-01-01",
        (BAD.replace("=reactive", "=invalid"), GOOD),
        "finding",
    ),  # nothing reactive is known
    (
        "2020-01-01",
        (BAD.replace("2026-08-20", "2026-09-01"), GOOD),
        "finding",
    ),  # nor before the deferral
    ("2020-01-01", (BAD.replace("collected_at=2026-08-20T12:00-04:00", ""), GOOD), "finding"),
    ("2020-01-01", (BAD, GOOD.replace("2026-07-15", "2026-08-20")), "finding"),  # on the same day
    (
        "2020-01-01",
        (BAD, GOOD, GOOD.splitlines()[1].replace("nonreactive", "reactive")),
        "finding",
    ),  # contested
    (
        "2020-01-01",
        (BAD, GOOD, gave("F", "2026-07-15T12:00-04:00", donor="Q")),
        "finding",
    ),  # perhaps another's
    (
        "2025-08-15",
        (BAD, GOOD, gave("F", "2026-02-15T12:00-04:00")),
        "finding",
    ),  # of contested days the earliest
    ("2025-08-14", (BAD, GOOD, gave("F", "2026-02-15T12:00-04:00")), "pass"),
    (
        "2020-01-01",
        (BAD, GOOD, gave("F", "2026-08-20T12:00-04:00")),
        "finding",
    ),  # perhaps not before
    (
        "2026-01-14",
        (BAD, MINIPOOL, "minipool_member minipool=M member_kind=donation member=F"),
        "pass",
    ),
    ("2020-01-01", (BAD, MINIPOOL), "finding"),
    (
        "2026-01-14",
        (
            BAD,
            (
                "test_result sample=9 marker=anti-HCV run=1 tested=donor tested_id=K2 "
                "interpretation=nonreactive tested_at=2026-07-15T12:00-04:00"
            ),
            ONE,
        ),
        "pass",
    ),
    ("2020-01-01", (BAD, GOOD.replace("donor_key=K", "donor_key=K2")), "finding"),
    ("2026-01-14", (BAD, GOOD.replace("donor_key=K", "donor_key=K2"), ONE), "pass"),
    (
        "2026-01-14",
        (
            BAD,
            GOOD,
            BAD.replace("=E", "=G").replace("2026-08-20", "2025-12-20").replace("=8", "=7"),
            DEFERRED.replace("=1", "=2")
            .replace("2026-08-31", "2025-12-24")
            .replace("reactive_result", "other")
            + " deferred_until=2025-12-31 requalified_on=2026-06-01",
        ),
        "pass",
    ),  # requalified since
    (
        "2020-01-01",
        (
            BAD,
            GOOD,
            BAD.replace("=E", "=G").replace("2026-08-20", "2025-12-20").replace("=8", "=7"),
        ),
        "finding",
    ),
]


@pytest.mark.parametrize(("at", "tables", "said"), WINDOWS)
def test_the_window_is_counted_from_the_last_good_result_of_the_agent(
    at: str, tables: tuple[str, ...], said: str
) -> None:
    assert of_d("D11", gave("D", f"{at}T12:00-05:00"), DEFERRED, *tables) == said


def test_a_donation_before_a_deferral_is_no_longer_to_be_stopped_once_it_is_pooled() -> None:
    deferred = (
        "deferral centre=C deferral=1 donor_key=K cause=reactive_result deferred_from=2026-08-31"
    )
    pooled = "plasma_unit unit=U donation_number=D\npool_unit plant=P pool_number=1 unit=U"
    day = gave("D", "2026-08-01T12:00-05:00")
    assert of_d("D11", day, deferred, pooled) == "notice"
    assert of_d("D11", day, deferred, pooled, "plasma_unit unit=U2 donation_number=D") == "finding"


def test_a_donation_given_while_deferred_needs_no_scheme() -> None:
    deferred = "deferral centre=C deferral=1 donor_key=K cause=history deferred_from=2026-08-01"
    assert outcome("D11", "D", CENTRE, gave("D", "2026-08-01T12:00-05:00"), deferred) == "finding"
    assert outcome("D11", "D", CENTRE, gave("D", "2026-07-31T12:00-05:00"), deferred) == "pending"


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("donation_number=D effective_on=2030-01-01", "notice"),
        ("donor_key=K", "notice"),
        ("donor_key=K effective_on=2026-03-02", "pass"),
        ("donor_key=K effective_on=2026-03-01", "notice"),
    ],
)
def test_later_knowledge(about: str, said: str) -> None:
    assert (
        of_d("PDI.donation", DAY, f"post_donation_information centre=C information=1 {about}")
        == said
    )


OF_US = (
    "screening_requirement jurisdiction=US plasma_kind=source level=donation valid_from=2020-01-01"
)
REQUIRED = f"{OF_US} marker=HBsAg term_days=30\n{OF_US} marker=HCV-NAT term_days=45"
MIXED = """
minipool_member minipool=M1 member_kind=donation member=D
minipool_member minipool=M2 member_kind=minipool member=M1
minipool_member minipool=M1 member_kind=minipool member=M2
test_result sample=1 marker=HBsAg run=1 tested=donation tested_id=D interpretation=nonreactive
"""


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ("", "pending 2026-04-15"),
        (nat("minipool", "M2", "nonreactive"), "pass"),
        (nat("minipool", "M2", "reactive"), "finding"),
        (nat("minipool", "M2", "invalid"), "pending 2026-04-15"),
        (nat("minipool", "M3", "reactive"), "pending 2026-04-15"),
        (nat("minipool", "M2", "reactive") + "\n" + nat("donation", "D", "nonreactive"), "pass"),
        (
            nat("minipool", "M2", "nonreactive") + "\n" + nat("donation", "D", "indeterminate"),
            "finding",
        ),
        (
            nat("donation", "D", "nonreactive") + "\n" + nat("donation", "D", "reactive"),
            "finding",
        ),  # contested
        (
            nat("donation", "D", "nonreactive") + "\n" + nat("donation", "D", "invalid"),
            "pending 2026-04-15",
        ),
        (
            nat("donation", "D", "nonreactive")
            + "\n"
            + nat("donation", "D", "invalid")
            + "\n"
            + nat("minipool", "M2", "reactive"),
            "finding",
        ),  # the donation's own result perhaps does not count
    ],
)
def test_screening_by_minipools_of_minipools(results: str, said: str) -> None:
    assert of_d("D07", DAY, REQUIRED, MIXED, results) == said


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("2026-03-01", "pending 2026-03-08"),
        ("2026-03-02", "pending 2026-04-15"),
        ("2020-01-01", "pending 2026-03-08"),
    ],
)  # contested: the earliest due day counts
def test_the_requirement_in_force_on_the_day_counts(since: str, said: str) -> None:
    newer = REQUIRED.splitlines()[1].replace("2020-01-01", since).replace("=45", "=7")
    assert of_d("D07", DAY, REQUIRED, newer, MIXED) == said


EARLIER = gave("E", "2026-01-10T12:00-05:00", donor="K2"), nat("donation", "E", "reactive"), ONE
ONCE = "deferral centre=C deferral=1 donor_key=K cause=other deferred_from=2026-01-11"
AGAIN = ONCE.replace("=1 ", "=2 ")
REQUALIFIED: list[tuple[tuple[str, ...], str]] = [
    ((), "finding"),
    ((f"{ONCE} requalified_on=2026-02-01",), "pass"),
    ((f"{ONCE} requalified_on=2026-03-01",), "pass"),  # on the donation's own day
    ((f"{ONCE} requalified_on=2026-03-02",), "finding"),
    ((f"{ONCE} requalified_on=2026-01-10",), "finding"),
    ((f"{ONCE} requalified_on=2026-01-11",), "pass"),
    ((f"{ONCE} requalified_on=2026-02-01", ONCE), "finding"),  # contested: perhaps not requalified
    (
        (f"{ONCE} requalified_on=2026-02-01", f"{ONCE} requalified_on=2026-01-10"),
        "finding",
    ),  # perhaps before
    (
        (f"{ONCE} requalified_on=2026-02-01", f"{ONCE} requalified_on=2026-03-02"),
        "finding",
    ),  # perhaps after
    (
        (f"{ONCE} requalified_on=2026-02-01", f"{ONCE} requalified_on=2026-02-08"),
        "pass",
    ),  # by either day
    (
        (f"{ONCE} requalified_on=2026-02-01", ONCE, f"{AGAIN} requalified_on=2026-02-01"),
        "pass",
    ),  # by the other one
    ((f"{ONCE} requalified_on=2026-01-10", f"{AGAIN} requalified_on=2026-02-01"), "pass"),
    (
        (
            f"{ONCE} requalified_on=2026-01-20",
            f"{ONCE} requalified_on=2026-01-30",
            f"{AGAIN} requalified_on=2026-01-10",
            f"{AGAIN} requalified_on=2026-02-20",
        ),
        "pass",
    ),  # the one that ends later begins too early
    ((f"{ONCE} requalified_on=2026-02-01", f"{AGAIN} requalified_on=2026-03-02"), "pass"),
    (
        (
            f"{ONCE} requalified_on=2026-02-01",
            f"{ONCE} requalified_on=2026-02-01".replace("=K ", "=Q "),
        ),
        "finding",
    ),  # perhaps another person's
    (
        (
            f"{ONCE} requalified_on=2026-02-01",
            f"{ONCE} requalified_on=2026-02-01".replace("=K ", "=K2 "),
        ),
        "pass",
    ),  # one person
    (
        (
            f"{ONCE} requalified_on=2026-02-01",
            gave("F", "2026-02-02T12:00-05:00"),
            nat("donation", "F", "reactive", 2),
        ),
        "finding",
    ),  # reactive once more
    (
        (f"{ONCE} requalified_on=2026-02-01", gave("D", "2026-01-20T12:00-05:00")),
        "finding",
    ),  # perhaps given before
]


@pytest.mark.parametrize(("more", "said"), REQUALIFIED)
def test_an_earlier_reactive_result_counts_unless_requalified(
    more: tuple[str, ...], said: str
) -> None:
    assert of_d("D07.earlier", DAY, *EARLIER, *more) == said
    assert outcome("D07.earlier", "E", CENTRE, DAY, *EARLIER, *more) == "pass"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "pending 2026-06-30"),
        ("interpretation=reactive value=10000 value_unit=IU/mL operator==", "pass"),
        ("interpretation=reactive value=10000 value_unit=IU/mL operator=>", "finding"),
        ("interpretation=nonreactive value=10001 value_unit=IU/mL", "finding"),
        ("interpretation=invalid value=10001 value_unit=IU/mL", "pending 2026-06-30"),
        ("interpretation=reactive value=5 value_unit=cp/mL", "finding"),
        *((f"interpretation=nonreactive {said}", outcome) for said, outcome in TITRES.items()),
        ("interpretation=reactive value=20 value_unit=IU/mL operator=<", "pass"),
        ("interpretation=reactive value=20 value_unit=IU/mL operator=>", "finding"),
        ("value=20 value_unit=IU/mL", WAITS),
        ("value=10001 value_unit=IU/mL", "finding"),
        (
            (
                "interpretation=nonreactive value=20 value_unit=IU/mL\ntest_result sample=2"
                " marker=B19V-NAT run=1 tested=pool tested_id=1 interpretation=nonreactive value=4"
            ),
            WAITS,
        ),
    ],
)
def test_a_pool_is_held_against_the_lowest_limit(more: str, said: str) -> None:
    wanted = "".join(
        f"screening_requirement jurisdiction=US plasma_kind={kind} level=pool marker=B19V-NAT "
        f"valid_from=2020-01-01 term_days=30 limit_iu_ml={limit}\n"
        for kind, limit in (("source", 10000), ("recovered", 20000))
    )
    pool = "pool plant=C pool_number=1 pooled_at=2026-05-31T12:00-04:00"
    tested = f"test_result sample=1 marker=B19V-NAT run=1 tested=pool tested_id=1 {more}"
    assert outcome("P03", "C 1", CENTRE, wanted, pool, tested) == said


def test_every_rule_has_its_subjects() -> None:
    found = outcomes(World(accepted(CENTRE, SCHEME, DAY)))
    assert tuple(found) == RULES
    assert {rule for rule, subjects in found.items() if subjects} == {
        "D02.interval",
        "D02.week",
        "D05.sex",
        "D06.exam",
        "D06.sample",
        "D07",
        "D07.earlier",
        "D11",
        "PDI.donation",
    }
