"""Amounts as their senders write them, through the whole pipeline: marks, units, operators, and
what is kept.
"""

from pathlib import Path

import pytest

from lots.settings import Settings
from tests.builders import admit, results, rows, write
from tests.profiles import put

POOLS = """plant;pool_number;pooled_at;volume_l
PLANT-02;PK1;2026-03-20T08:00:00+01:00;3250,5
PLANT-02;PK2;2026-03-20T08:00:00+01:00;3.250
PLANT-02;PK3;2026-03-20T08:00:00+01:00;12.500
PLANT-02;PK4;2026-03-20T08:00:00+01:00;1.000
PLANT-02;PK5;2026-03-20T08:00:00+01:00;3.250,5
"""
LOG = """Run started: 24.10.2026 10:00:00

CycleTime;Phase;Step;VacSetPT;VacPirani;VacCPM;ShelfSetPT;ShelfInlet;Condenser;TP1
10:00:00;4;1;80;80,5;78,1;-20;-20,1;-70;-35,2
10:10:00;4;1;80;1.234;78,1;-20;-20,1;-70;-35,2
10:20:00;4;1;80;999,9;78,1;-20;-20,1;-70;999,9
"""
GAUGE = (
    "SELECT pirani_mtorr::text, product_1_c::text, unread FROM accepted.lyophilisation_reading"
    " ORDER BY elapsed_s"
)
GERMAN = 'delimiter = ";"\ndecimal_comma = true\n'
WHY = (
    'a point where the decimal mark is a comma; grouping = "." in the profile says where it groups'
    " thousands."
)
VOLUMES = "SELECT pool_number, volume_l::text, unread ->> 'volume_l' FROM accepted.pool ORDER BY 1"
WEIGHTS = """donation_number,scheme,donor_key,centre,plasma_kind,collected_at,collected_ml,donor_weight_kg
DLB0,own,DK0,CENTRE-01,source,2026-02-05T10:00:00-05:00,880,105
DLB1,own,DK1,CENTRE-01,source,2026-02-05T10:00:00-05:00,880,110
DLB2,own,DK2,CENTRE-01,source,2026-02-05T10:00:00-05:00,880,154.5
DLB3,own,DK3,CENTRE-01,source,2026-02-05T10:00:00-05:00,880,200
DLB4,own,DK4,CENTRE-01,source,2026-02-05T10:00:00-05:00,880,stone
"""


def profile(settings: Settings, text: str) -> None:
    """The profile of C1."""
    put(settings, "C1", text)


def test_a_point_beside_a_decimal_comma_is_not_read_and_says_so(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, GERMAN)
    got = admit(lots_settings, write(tmp_path, "pool.csv", POOLS.encode()))[0]
    assert got.notices == (f"volume_l: 4 values are kept as sent and not read: {WHY}",)
    assert rows(lots_settings, VOLUMES) == [
        ("PK1", "3250.500", None),
        ("PK2", None, "3.250"),
        ("PK3", None, "12.500"),
        ("PK4", None, "1.000"),
        ("PK5", None, "3.250,5"),
    ]
    assert rows(lots_settings, "SELECT rule, count(*) FROM judged.finding GROUP BY 1") == [
        ("pool.volume_l.readable", 4)
    ]


def test_a_point_that_the_profile_says_groups_thousands_is_read(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, GERMAN + 'grouping = "."\n')
    admit(lots_settings, write(tmp_path, "pool.csv", POOLS.encode()))
    assert [volume for _, volume, _ in rows(lots_settings, VOLUMES)] == [
        "3250.500",
        "3250.000",
        "12500.000",
        "1000.000",
        "3250.500",
    ]


@pytest.mark.parametrize(
    ("more", "gauge", "kept"),
    [("", None, {"pirani_mtorr": "1.234"}), ('grouping = "."\n', "1234.000", None)],
)
def test_a_dryers_log_is_read_by_the_same_marks(
    lots_settings: Settings, tmp_path: Path, more: str, gauge: str | None, kept: object
) -> None:
    profile(lots_settings, GERMAN + more)
    got = admit(lots_settings, write(tmp_path, "C-1001.csv", LOG.encode()))[0]
    assert (f"pirani_mtorr: 1 values are kept as sent and not read: {WHY}" in got.notices) is (
        not more
    )
    assert rows(lots_settings, GAUGE) == [
        ("80.500", "-35.200", None),
        (gauge, "-35.200", kept),
        ("999.900", None, None),
    ]


def test_pounds_are_turned_and_judged(lots_settings: Settings, tmp_path: Path) -> None:
    profile(lots_settings, 'units = { donor_weight_kg = "lb" }\n')
    admit(lots_settings, write(tmp_path, "donation.csv", WEIGHTS.encode()))
    assert rows(
        lots_settings,
        "SELECT donor_weight_kg::text, sent, unread FROM accepted.donation ORDER BY line",
    ) == [
        *(
            (
                kg,
                {
                    "donor_weight_kg": {
                        "text": lb,
                        "unit": "lb",
                        "factor": "0.45359237",
                        "rounded": True,
                    }
                },
                None,
            )
            for lb, kg in (
                ("105", "47.627"),
                ("110", "49.895"),
                ("154.5", "70.080"),
                ("200", "90.718"),
            )
        ),
        (None, None, {"donor_weight_kg": "stone"}),
    ]
    found = rows(lots_settings, "SELECT rule, key ->> 0 FROM judged.finding ORDER BY 1, 2")
    assert found == [
        ("D03", "DLB0"),
        ("D03", "DLB1"),
        ("D03", "DLB2"),
        ("D05.weight", "DLB0"),
        ("D05.weight", "DLB1"),
        ("donation.donor_weight_kg.readable", "DLB4"),
    ]


def test_what_was_sent_is_no_part_of_the_content(lots_settings: Settings, tmp_path: Path) -> None:
    admit(
        lots_settings,
        write(tmp_path, "donation-1.csv", WEIGHTS.replace("154.5", "70.080").encode()),
    )
    profile(lots_settings, 'units = { donor_weight_kg = "[lb_av]" }\n')
    again = (
        WEIGHTS.replace("DLB0", "DLBX")
        .replace("DLB1", "DLBY")
        .replace("DLB3", "DLBZ")
        .replace("DLB4", "DLBU")
    )
    got = admit(lots_settings, write(tmp_path, "donation-2.csv", again.encode()))[0]
    assert (got.counts["accepted"], got.counts["known"]) == (4, 1)


def test_a_value_that_does_not_fit_its_column_when_turned_is_kept_as_sent(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, GERMAN + 'units = { donor_weight_kg = "kg", collected_ml = "L" }\n')
    text = WEIGHTS.replace(",", ";").replace(";880;", ";8800,5;")
    admit(lots_settings, write(tmp_path, "donation.csv", text.encode()))
    kept = rows(lots_settings, "SELECT DISTINCT unread ->> 'collected_ml' FROM accepted.donation")
    assert kept == [("8800,5",)]


TITRES = results(
    *(
        {"sample": f"S{n}", "operator": operator, "value": value, "value_unit": unit}
        for n, (operator, value, unit) in enumerate(
            [
                ("", "<20", "IU/mL"),
                ("", ">100000", "[IU]/mL"),
                ("<", "20", "iu/ml"),
                ("<", "<20", "IU/mL"),
                (">", "<20", "IU/mL"),
                ("≥", "20", "IU/mL"),
                ("", "≤ 20.5", "IU/mL"),
                ("", "5E4", "IU/mL"),
                ("", "1:160", ""),
                ("", "0.21", "S/CO"),
                ("", "1,5", "µg/mL"),
            ]
        )
    )
)
TOLD = (
    "SELECT operator, value::text, value_unit, sent, unread FROM accepted.test_result ORDER BY line"
)
READ = [
    ("<", "20.000000", "IU/mL", {"value": {"text": "<20", "operator": "<"}}, None),
    (">", "100000.000000", "[IU]/mL", {"value": {"text": ">100000", "operator": ">"}}, None),
    ("<", "20.000000", "iu/ml", None, None),
    ("<", "20.000000", "IU/mL", {"value": {"text": "<20", "operator": "<"}}, None),
    (
        ">",
        None,
        "IU/mL",
        {"value": {"text": "<20", "why": "the operator before it is not the one beside it"}},
        {"value": "<20"},
    ),
    (">=", "20.000000", "IU/mL", None, None),
    ("<=", "20.500000", "IU/mL", {"value": {"text": "≤ 20.5", "operator": "<="}}, None),
    (None, None, "IU/mL", None, {"value": "5E4"}),
    (None, None, None, None, {"value": "1:160"}),
    (None, "0.210000", "S/CO", None, None),
]


def test_an_operator_before_a_value_stands_in_its_own_column(
    lots_settings: Settings, tmp_path: Path
) -> None:
    text = TITRES.decode().replace("1,5", '"1,5"')
    got = admit(lots_settings, write(tmp_path, "test_result.csv", text.encode()))[0]
    assert rows(lots_settings, TOLD) == [
        *READ,
        (None, None, "ug/mL", {"value_unit": {"text": "µg/mL"}}, {"value": "1,5"}),
    ]
    assert got.notices == (
        (
            "value: 1 values are kept as sent and not read: the operator before it is not the one"
            " beside it."
        ),
    )


def test_a_file_without_the_column_of_operators_gets_one(
    lots_settings: Settings, tmp_path: Path
) -> None:
    plain = results({"sample": "P1", "value": "20", "value_unit": "IU/mL"})
    many = results(
        *(
            {"sample": f"S{n}", "value": v, "value_unit": "IU/mL"}
            for n, v in enumerate(["<20", "20"])
        )
    )
    admit(
        lots_settings,
        write(tmp_path, "test_result-1.csv", plain),
        write(tmp_path, "test_result-2.csv", many),
    )
    assert rows(
        lots_settings, "SELECT sample, operator, value::text FROM accepted.test_result ORDER BY 1"
    ) == [("P1", None, "20.000000"), ("S0", "<", "20.000000"), ("S1", None, "20.000000")]
