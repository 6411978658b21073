"""What spreadsheets and archives put around a table is named with its line, or read where nothing
is guessed.
"""

import io
import zipfile
from pathlib import Path

import pytest

from lots.answers import Received
from lots.formats.surroundings import a_sum
from lots.settings import Settings
from tests.builders import admit, rows, write
from tests.walk import reading as walk_read

TABLE = b"party_id,kind,name,zone\nX1,clinic,Klinik,Europe/Berlin\n"


def party(settings: Settings, folder: Path, data: bytes, name: str = "party-1.csv") -> Received:
    """What becomes of a file about parties."""
    return admit(settings, write(folder, name, data))[0]


def zipped() -> bytes:
    """An archive with the table in it, as a workbook is one too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("party.csv", TABLE)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            b"Parties 2026-11-25\n\n" + TABLE,
            (
                "A title stands above the table: its header is on line 3, and lines 1 to 2 are"
                " none; expected the header first: delete what stands above line 3."
            ),
        ),
        (
            b"party_id,kind,name,zone,,\nX3,clinic,Klinik,Europe/Berlin,,\n",
            (
                "The header has no name for column 5, 6 of 6, as a spreadsheet leaves empty columns"
                " behind; expected a name for each: delete the empty columns."
            ),
        ),
        (
            TABLE.replace(b"\n", b"\r"),
            (
                "Line 1 has carriage returns inside: lines end as on an old Macintosh (CR alone);"
                " expected each to end with a line feed (LF or CR LF): save it anew as CSV (UTF-8)."
            ),
        ),
        (
            TABLE.decode().encode("utf-16"),
            (
                "The file is UTF-16 (a spreadsheet's 'Unicode text'); expected UTF-8: save it as"
                " CSV (UTF-8)."
            ),
        ),
        (
            TABLE.decode().encode("utf-16-be"),
            (
                "The file is UTF-16 (a spreadsheet's 'Unicode text'); expected UTF-8: save it as"
                " CSV (UTF-8)."
            ),
        ),
        (
            zipped(),
            (
                "The file is a workbook (XLSX, ODS) or a ZIP archive; expected its table as text:"
                " save each sheet as CSV (UTF-8), unpack an archive and send what is in it."
            ),
        ),
        (
            TABLE.upper(),
            (
                "The header's names are those of party in capitals (PARTY_ID for party_id);"
                " expected them as `lots template party` prints them, or told in the sender's"
                " profile under [columns]."
            ),
        ),
        (
            TABLE.replace(b",", b", "),
            (
                "The header has blanks around the name of column 2, and so may all values below it;"
                " expected none beside a delimiter, or trim = true in the sender's profile."
            ),
        ),
        (
            b",".join(b"c%d" % n for n in range(2_000)) + b"\n",
            "The header has 2,000 columns; expected at most 1,000.",
        ),
    ],
)
def test_it_is_refused_with_what_stands_there(
    lots_settings: Settings, tmp_path: Path, data: bytes, sentence: str
) -> None:
    got = party(lots_settings, tmp_path, data)
    assert (got.status, got.sentence) == ("refused", sentence)
    assert rows(lots_settings, "SELECT count(*) FROM accepted.party") == [(0,)]


@pytest.mark.parametrize(
    "foot",
    [
        b"Total,,1,\n",
        b"TOTAL:,,1,\n",
        b",Summe,1,\n",
        b'"Grand total",,1,\n',
        b"sum,,,\n",
        b'Totals,-3,"1,204.50",12 %\n',
    ],
)
def test_a_sum_is_no_record(lots_settings: Settings, tmp_path: Path, foot: bytes) -> None:
    got = party(
        lots_settings, tmp_path, TABLE + foot + TABLE.splitlines()[1].replace(b"X1", b"X2") + b"\n"
    )
    assert (got.status, got.counts["accepted"], got.counts["refused"]) == ("accepted", 2, 1)
    ((reason,),) = rows(lots_settings, "SELECT reasons[1] FROM receiving.refused")
    assert "is a sum at a table's foot" in str(reason)


def test_names_that_only_hold_such_a_word_are_names(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = party(
        lots_settings, tmp_path, TABLE.replace(b"X1", b"TOTAL-1").replace(b"Klinik", b"Total")
    )
    assert (got.status, got.counts["accepted"]) == ("accepted", 1)


@pytest.mark.parametrize(
    ("last", "is_row"),
    [
        ("Total,,1,", False),
        ("SUMME:,,12,", False),
        ("Totals,-3,12 %,", False),
        ("total général,,,", False),
        ("Total,clinic,,", True),
        ("TOTAL-1,,1,", True),
        ("Sum,,IU,", True),
    ],
)
def test_the_walk_reads_it_likewise(tmp_path: Path, last: str, is_row: bool) -> None:
    path = write(tmp_path, "party-1.csv", TABLE + last.encode() + b"\n")
    (_, first), (_, second) = walk_read.read(Path(path), {})[1]
    told = a_sum(last.split(","))
    assert (first is not None, second is not None, told == "") == (True, is_row, is_row)


@pytest.mark.parametrize("name", [b"SUM", b"Total", b'"total"', b"Gesamt"])
def test_a_record_that_is_called_so_is_a_record(
    lots_settings: Settings, tmp_path: Path, name: bytes
) -> None:
    got = party(lots_settings, tmp_path, TABLE.replace(b"X1", name))
    assert (got.status, got.counts["accepted"]) == ("accepted", 1)


def test_a_first_line_that_tells_the_delimiter_is_believed(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = party(lots_settings, tmp_path, b"sep=;\n" + TABLE.replace(b",", b";"))
    assert (got.status, got.counts["accepted"], got.counts["lines"], got.counts["other"]) == (
        "accepted",
        1,
        3,
        2,
    )
    other = party(
        lots_settings,
        tmp_path / "next",
        b"sep=|\r\n" + TABLE.replace(b",", b"|").replace(b"X1", b"X2"),
    )
    assert other.counts["accepted"] == 1


def test_json_lines_tell_of_fields_that_are_there(lots_settings: Settings, tmp_path: Path) -> None:
    line = b'{"party_id":"X1","kind":"clinic","name":"K","zone":"Europe/Berlin"}\n'
    assert party(lots_settings, tmp_path, line, "party-1.jsonl").notices == ()
    more = line.replace(b"X1", b"X2") + line.replace(b'"X1"', b'"X3","mood":"good"')
    got = party(lots_settings, tmp_path, more, "party-2.jsonl")
    assert got.notices == (
        "1 fields that line 1 does not have are not declared; they are kept as sent: mood.",
    )
