"""A sender's template changes: each file is read by the version that it is of, or refused whole,
never guessed.
"""

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.errors import CallError, FileRefused
from lots.formats.batch import EXTRA, SENT, Batch
from lots.formats.profile import Profile, parsed
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import open_batch
from lots.records import records

FIRST = """
delimiter = ";"
decimal_comma = true
[columns]
Ort = "site"
Infusion = "administration"
Nr = "item"
Menge_g = "given_g"
"""
RENAMED = """
[[version]]
from = 2026-07-01
units = { given_g = "mg" }
[version.columns]
Ort = "site"
Infusion = "administration"
Nr = "item"
Menge_mg = "given_g"
Charge = "lot_number"
"""
SAME_NAMES = '[[version]]\nfrom = 2026-07-01\nunits = { given_g = "mg" }\n'
ZONES = 'zone = "Europe/Berlin"\n[[version]]\nfrom = 2026-07-01\nzone = "America/Chicago"\n'
OLD = "Ort;Infusion;Nr;vials;Menge_g\nC1;I1;1;1;6,4\n"
NEW = "Ort;Infusion;Nr;vials;Menge_mg;Charge\nC1;I1;1;1;6400,5;L1\n"
ROW = {"line": "2", "site": "C1", "administration": "I1", "item": "1", "vials": "1"}
AMBIGUOUS = (
    "The first version and the version from 2026-07-01 of the profile of G1 fit the header, and"
    " would read given_g differently; expected the file's day in its name, as YYYY-MM-DD."
)


def read(
    profile: Profile, data: str | bytes, name: str = "administration_vial-0001.csv"
) -> list[dict[str, str]]:
    """The rows of a file by column, led by their line; an empty value is left out."""
    raw = data.encode() if isinstance(data, str) else data
    found = open_batch(io.BytesIO(raw), len(raw), name, records(), profile)
    return [
        row
        for batch in batches(found, profile, name)
        for row in rows_of(batch, staged_columns(found))
    ]


def rows_of(batch: Batch, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """A batch's rows by column, without what was sent in place of turned values."""
    names = ("line", *batch.named(columns))
    return [
        {n: v for n, v in zip(names, row, strict=True) if v and n != SENT}
        for row in csv.reader(io.StringIO(batch.numbered().decode()))
    ]


def refusal(profile: Profile, data: str, name: str = "administration_vial-0001.csv") -> str:
    """Why a file is refused whole."""
    with pytest.raises(FileRefused) as told:
        read(profile, data, name)
    return str(told.value)


def notices(profile: Profile, data: str, name: str = "administration_vial-0001.csv") -> list[str]:
    """What is told of a file that was read."""
    raw = data.encode()
    found = open_batch(io.BytesIO(raw), len(raw), name, records(), profile)
    return [notice for batch in batches(found, profile, name) for notice in batch.notices]


@pytest.mark.parametrize(
    "name",
    [
        "administration_vial-0001.csv",
        "administration_vial-2026-06-30.csv",
        "administration_vial-20260630-0007.csv",
    ],
)
def test_an_old_file_is_read_by_the_first_version_whenever_it_arrives(name: str) -> None:
    read_as = read(parsed("G1", FIRST + RENAMED), OLD, name)
    assert read_as == [{**ROW, "given_g": "6.4"}]


@pytest.mark.parametrize(
    "name", ["administration_vial-0001.csv", "administration_vial-2026-07-01.csv"]
)
def test_a_renamed_column_a_new_one_and_a_changed_unit(name: str) -> None:
    read_as = read(parsed("G1", FIRST + RENAMED), NEW, name)
    assert read_as == [{**ROW, "given_g": "6.401", "lot_number": "L1"}]


def test_a_new_column_alone_leaves_old_files_readable() -> None:
    new = (
        FIRST
        + "[[version]]\nfrom = 2026-07-01\n"
        + FIRST.split("true\n")[1].replace("[columns]", "[version.columns]")
    )
    profile = parsed("G1", new + 'Charge = "lot_number"\n')
    assert [row["given_g"] for row in read(profile, OLD)] == ["6.4"]
    with_it = OLD.replace("_g\n", "_g;Charge\n").replace("6,4\n", "6,4;L1\n")
    assert [row["lot_number"] for row in read(profile, with_it)] == ["L1"]


def test_what_a_version_does_not_say_stays_and_a_table_that_it_says_replaces_the_one_before() -> (
    None
):
    profile = parsed(
        "G1", FIRST + RENAMED + '[[version]]\nfrom = 2026-08-01\nunits = {}\ndelimiter = ","\n'
    )
    first, second, third = profile.every
    assert [v.delimiter for v in profile.every] == [";", ";", ","]
    assert [v.decimal_comma for v in profile.every] == [True, True, True]
    assert (first.units, second.units, third.units) == ({}, {"given_g": "mg"}, {})
    assert "Menge_g" not in second.columns
    assert second.columns == third.columns


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("administration_vial-2026-06-30.csv", "6.4"),
        ("administration_vial-2026-07-01.csv", "0.006"),
        ("administration_vial-20270101.csv", "0.006"),
        ("administration_vial_2026-06-01_2026-06-30.csv", "6.4"),
        ("administration_vial-0001-20260630T1200.csv", "6.4"),
    ],
)
def test_where_both_fit_the_day_in_the_name_decides(name: str, given: str) -> None:
    assert [row["given_g"] for row in read(parsed("G1", FIRST + SAME_NAMES), OLD, name)] == [given]


@pytest.mark.parametrize(
    "name",
    [
        "administration_vial-0001.csv",
        "administration_vial-20261399.csv",
        "administration_vial-120260630.csv",
        "administration_vial-2026-0630.csv",
        "administration_vial-2026-06-15_2026-07-14.csv",
    ],
)
def test_where_both_fit_and_no_one_day_stands_in_the_name_nothing_is_guessed(name: str) -> None:
    assert refusal(parsed("G1", FIRST + SAME_NAMES), OLD, name) == AMBIGUOUS


def test_both_may_fit_where_they_read_the_same() -> None:
    profile = parsed("G1", FIRST + SAME_NAMES)
    without = "Ort;Infusion;Nr;vials\nC1;I1;1;1\n"
    assert read(profile, without) == [ROW]
    assert notices(profile, without) == [
        "Read by the version from 2026-07-01 of the profile of G1."
    ]


def test_a_zone_decides_only_where_there_is_a_time() -> None:
    profile = parsed("G1", ZONES)
    party = "party_id,kind,name\nP1,clinic,N\n"
    assert read(profile, party, "party-1.csv") == [
        {"line": "2", "party_id": "P1", "kind": "clinic", "name": "N"}
    ]
    told = refusal(
        profile,
        "site,administration,patient_key,status,started_at\nC1,I1,P,given,2026-07-01T10:00\n",
        "administration-1.csv",
    )
    assert "would read started_at differently;" in told


def test_a_file_that_no_version_fits_is_refused_with_what_each_expected() -> None:
    told = refusal(parsed("G1", FIRST + RENAMED.replace("Nr", "Lfd")), OLD.replace("Nr", "Zeile"))
    each = (
        "The header fits no record type: for administration_vial it lacks item; got {}. 'lots"
        " template administration_vial' shows what is expected."
    )
    assert told == (
        "None of the 2 versions of the profile of G1 fits the file. By the first version: "
        + each.format("site, administration, vials, given_g, 1 columns of another name")
        + " By the version from 2026-07-01: "
        + each.format("site, administration, vials, 2 columns of another name")
    )


def test_what_every_version_misses_is_told_once() -> None:
    told = refusal(parsed("G1", FIRST + RENAMED), "Ort;Ort;Nr\nC1;I1;1\n")
    assert told == "The header names one column twice (columns 1 and 2); expected each once."


@pytest.mark.parametrize(
    ("data", "name", "of", "header"),
    [
        (
            OLD,
            "administration_vial-2026-07-01.csv",
            "the version from 2026-07-01",
            "the first version",
        ),
        (
            NEW,
            "administration_vial-2026-06-30.csv",
            "the first version",
            "the version from 2026-07-01",
        ),
    ],
)
def test_a_name_and_a_header_that_contradict_each_other_are_refused(
    data: str, name: str, of: str, header: str
) -> None:
    assert (
        refusal(parsed("G1", FIRST + RENAMED), data, name)
        == f"The day in the file's name is one of {of} of the profile of G1, but its header is that"
        f" of {header}; expected both to say the same."
    )


def test_an_undeclared_column_is_kept_by_whichever_version() -> None:
    profile = parsed("G1", FIRST + RENAMED)
    rows = read(profile, OLD.replace("_g\n", "_g;Bemerkung\n").replace("6,4\n", "6,4;gut\n"))
    assert [(row["given_g"], row[EXTRA]) for row in rows] == [("6.4", '{"Bemerkung": "gut"}')]


def test_it_is_told_by_which_version_a_file_was_read_and_what_was_turned() -> None:
    profile = parsed("G1", FIRST + RENAMED)
    assert notices(profile, OLD) == ["Read by the first version of the profile of G1."]
    assert notices(profile, NEW) == [
        "Read by the version from 2026-07-01 of the profile of G1.",
        "Turned into the template's units: given_g from mg.",
    ]


def test_an_encoding_and_a_delimiter_belong_to_a_version() -> None:
    profile = parsed(
        "G1",
        'encoding = "latin-1"\ndelimiter = ";"\n[columns]\n"Straße" = "address"\n'
        '[[version]]\nfrom = 2026-07-01\nencoding = "utf-8"\ndelimiter = "|"\n',
    )
    old, new = (
        "party_id;kind;name;Straße\nP1;clinic;N;Köln\n",
        "party_id|kind|name|Straße\nP1|clinic|N|Köln\n",
    )
    for data in (old.encode("latin-1"), new.encode()):
        assert [row["address"] for row in read(profile, data, "party-1.csv")] == ["Köln"]


def test_versions_that_differ_in_the_encoding_alone_are_told_by_the_name() -> None:
    profile = parsed(
        "G1", 'encoding = "latin-1"\n[[version]]\nfrom = 2026-07-01\nencoding = "utf-8"\n'
    )
    assert "would read its encoding differently;" in refusal(
        profile, "party_id,kind,name\n", "party-1.csv"
    )
    data = "party_id,kind,name\nP1,clinic,Köln\n".encode("latin-1")
    assert [row["name"] for row in read(profile, data, "party-20260630.csv")] == ["Köln"]


def test_line_numbers_stay_those_of_the_file() -> None:
    data = NEW.replace("C1;", "\nC1;") + 'C1;I2;1;1;"7\n";L1\nC1;I3;1;1;x;L1\nC1;I4;1;1;500;L1\n'
    rows = read(parsed("G1", FIRST + RENAMED), data)
    assert [(row["line"], row["given_g"]) for row in rows] == [
        ("3", "6.401"),
        ("4", "7\n"),
        ("6", "x"),
        ("7", "0.5"),
    ]


def test_json_lines_and_parquet_are_read_by_their_version_too() -> None:
    profile = parsed("G1", (FIRST + RENAMED).replace("decimal_comma = true", ""))
    row = {"Ort": "C1", "Infusion": "I1", "Nr": "1", "vials": "1", "Menge_mg": "6400.50"}
    out = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in row.items()}), out)
    assert [
        r["given_g"] for r in read(profile, out.getvalue(), "administration_vial-1.parquet")
    ] == ["6.401"]
    line = '{"Ort": "C1", "Infusion": "I1", "Nr": 1, "vials": 1, "Menge_mg": 6400.50}\n'
    assert [r["given_g"] for r in read(profile, line, "administration_vial-1.jsonl")] == ["6.401"]


def test_a_historian_s_tags_and_their_units_have_versions() -> None:
    profile = parsed(
        "G1",
        '[columns]\nTI = "product_1_c"\nPI = "pirani_mtorr"\n[[version]]\nfrom = 2026-07-01\n'
        'delimiter = ";"\ndecimal_comma = true\n'
        'units = { product_1_c = "K", pirani_mtorr = "Torr" }\n'
        '[version.columns]\nTK = "product_1_c"\nPT = "pirani_mtorr"\n',
    )
    old = read(profile, "# export\nTime,TI,PI\n2026-01-05T23:59:00,-40,999\n", "CY1.csv")
    new = read(
        profile,
        "# export\nTime;TK;PT\n2026-07-05T23:59:00;233,15;0,0755\n2026-07-06T00:00:00;999,9;0,1\n",
        "CY2.csv",
    )
    assert [(r["product_1_c"], r["pirani_mtorr"]) for r in old] == [("-40", "999")]
    assert [(r.get("product_1_c"), r["pirani_mtorr"]) for r in new] == [
        ("-40", "75.5"),
        (None, "100"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[[version]]\n",
            (
                "a version is from None; expected a day such as 2026-07-01, later than that of the"
                " version before it."
            ),
        ),
        (
            '[[version]]\nfrom = "2026-07-01"\n[[version]]\n',
            (
                "a version is from 2026-07-01; expected a day such as 2026-07-01, later than that"
                " of the version before it."
            ),
        ),
        (
            "[[version]]\nfrom = 2026-07-01\n[[version]]\nfrom = 2026-07-01\n",
            (
                "a version is from 2026-07-01; expected a day such as 2026-07-01, later than that"
                " of the version before it."
            ),
        ),
        (
            "[[version]]\nfrom = 2026-07-01\nzone = 'Mars'\n",
            "zone 'Mars' does not exist; expected an IANA name such as Europe/Berlin.",
        ),
        ("[columns]\nNr = 5\n", "columns is {'Nr': 5}; expected a table of texts."),
    ],
)
def test_a_bad_version_is_told(text: str, told: str) -> None:
    with pytest.raises(CallError) as error:
        parsed("G1", text)
    assert str(error.value) == f"Profile of G1: {told}"


@pytest.mark.parametrize(
    "text",
    [
        "version = 3",
        "[version]\nfrom = 2026-07-01",
        "[[version]]\ncolour = 'red'",
        "[[version]]\nfrom = 2026-07-01\nsince = 3",
        "since = 2026-07-01",
    ],
)
def test_what_is_no_setting_is_told(text: str) -> None:
    with pytest.raises(
        CallError, match=r"^(The profile of G1 cannot be read: .+|Profile of G1: .+)\.$"
    ):
        parsed("G1", text)
