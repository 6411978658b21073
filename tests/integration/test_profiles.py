"""What becomes of files whose sender's profile has versions or units, through the whole pipeline."""

from pathlib import Path

from lots.settings import Settings
from tests.builders import admit, donations, rows, write
from tests.profiles import put

VERSIONS = (
    '[columns]\nNr = "donation_number"\n[[version]]\nfrom = 2026-07-01\nunits = { plasma_ml ='
    ' "dL" }\n'
)
OLD = donations({"plasma_ml": "690.5"}).replace(b"donation_number", b"Nr")
NEW = donations(
    {"donation_number": "D2", "plasma_ml": "6.905"}, {"donation_number": "D3", "plasma_ml": "much"}
)


def profile(settings: Settings, text: str) -> None:
    """The profile of C1."""
    put(settings, "C1", text)


def test_an_old_file_that_arrives_late_is_read_as_of_its_time(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, VERSIONS)
    new = admit(lots_settings, write(tmp_path, "donation-20260702.csv", NEW))[0]
    old = admit(lots_settings, write(tmp_path, "donation-20260630.csv", OLD))[0]
    assert new.notices == (
        "Read by the version from 2026-07-01 of the profile of C1.",
        "Turned into the template's units: plasma_ml from dL.",
    )
    assert old.notices == ("Read by the first version of the profile of C1.",)
    assert rows(
        lots_settings,
        "SELECT donation_number, plasma_ml::text, unread ->> 'plasma_ml', line "
        "FROM accepted.donation ORDER BY 1",
    ) == [("D1", "690.500", None, 2), ("D2", "690.500", None, 2), ("D3", None, "much", 3)]


def test_a_file_that_two_versions_would_read_differently_is_refused_and_taken_up_under_a_name_with_its_day(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, VERSIONS)
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", OLD))[0]
    assert (got.status, got.sentence) == (
        "refused",
        (
            "The first version and the version from 2026-07-01 of the profile of C1 fit the header,"
            " and would read plasma_ml differently; expected the file's day in its name, as"
            " YYYY-MM-DD."
        ),
    )
    assert (
        admit(lots_settings, write(tmp_path, "donation-1-2026-06-30.csv", OLD))[0].status
        == "accepted"
    )


def test_a_unit_that_is_none_takes_no_file_and_is_mended_in_the_profile(
    lots_settings: Settings, tmp_path: Path
) -> None:
    profile(lots_settings, 'units = { plasma_ml = "pint" }\n')
    place = write(tmp_path, "donation-1.csv", donations({"plasma_ml": "0.6905"}))
    got = admit(lots_settings, place)[0]
    assert (got.status, got.sentence) == (
        "not taken",
        (
            "Profile of C1: the unit of plasma_ml is 'pint'; expected one of uL, mL, cL, dL, L."
            " Receipt 1 waits: `lots receive` without a path tries it again, `lots abandon 1` gives"
            " it up."
        ),
    )
    profile(lots_settings, 'units = { plasma_ml = "L" }\n')
    assert admit(lots_settings, place)[0].counts["accepted"] == 1
    assert rows(lots_settings, "SELECT plasma_ml::text FROM accepted.donation") == [("690.500",)]
