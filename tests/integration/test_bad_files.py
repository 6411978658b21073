"""Every bad input gets a sentence, loses nothing, and leaves the next run able to go on. On a real
PostgreSQL.
"""

import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.answers import Received
from lots.settings import Settings
from tests.builders import DONATION, NOW, admit, donations, rows, table, write

HEADER = donations().rstrip(b"\n")
GOOD = b"D9,own,P1,C1,source,2026-01-05T10:00:00+01:00"


def refused(settings: Settings) -> list[tuple[object, ...]]:
    """(line, lines, bytes as kept, reasons) of every refused row."""
    found = rows(
        settings,
        "SELECT line, lines, raw, array_to_string(reasons, ' ') FROM receiving.refused "
        "ORDER BY line",
    )
    return [(line, lines, bytes(raw), reasons) for line, lines, raw, reasons in found]  # type: ignore[call-overload]


def one(settings: Settings, folder: Path, data: bytes, name: str = "donation-1.csv") -> Received:
    """What becomes of a file of these bytes."""
    return admit(settings, write(folder, name, data))[0]


def lines(*body: bytes, end: bytes = b"\n") -> bytes:
    """A file with the usual header."""
    return end.join([HEADER, *body]) + end


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("donation-1.csv", b"", "The file is empty; expected a header line and records."),
        (
            "donation-1.csv",
            b"a,b,c\n1,2,3\n",
            (
                "The header fits no record type: for donation it lacks donation_number, scheme,"
                " donor_key, centre, plasma_kind, collected_at; got 3 columns of another name."
                " 'lots template donation' shows what is expected."
            ),
        ),
        (
            "x.csv",
            b"a,b\n1,2\n",
            (
                "The header fits no record type; got 2 columns of another name. 'lots template"
                " RECORD' shows what is expected."
            ),
        ),
        (
            "donation-1.csv",
            lines(GOOD).replace(b"scheme", b"donor_key", 1),
            "The header names one column twice (columns 2 and 3); expected each once.",
        ),
        (
            "pool-1.csv",
            lines(GOOD),
            (
                "The file is named as pool but its header is that of donation; expected both to say"
                " the same."
            ),
        ),
        (
            "donation-1.csv",
            b"\x00\x01\x02\n",
            (
                "Line 1 has a NUL byte; expected text as UTF-8 (or as the sender's profile "
                "says), one record a line."
            ),
        ),
        ("donation-1.csv", b"\xff\xfa,\n", "The header is not UTF-8: byte 1 is 0xff."),
        (
            "donation-1.csv",
            b"\n\n",
            "No header was found in the first 2 lines; expected a line of column names.",
        ),
        (
            "donation-1.jsonl",
            b"{\n",
            (
                "The first line is no record: The line is not JSON: Expecting property name"
                " enclosed in double quotes at character 3."
            ),
        ),
    ],
)
def test_a_file_that_fits_nothing_is_refused_whole(
    lots_settings: Settings, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    got = one(lots_settings, tmp_path, data, name)
    assert (got.status, got.sentence) == ("refused", sentence)
    assert rows(lots_settings, "SELECT status, sentence FROM receiving.receipt") == [
        ("refused", sentence)
    ]
    assert one(lots_settings, tmp_path / "next", lines(GOOD)).counts["accepted"] == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"D1,own", "The line has 2 fields; expected 6."),
        (GOOD + b",x", "The line has 7 fields; expected 6."),
        (
            b"D1,own,P\xe9,C1,source,2026-01-05T10:00:00Z",
            "Byte 9 of the line is 0xe9, which is not UTF-8.",
        ),
        (b"D1,own,P1,C1,source,\x00", "The line has a NUL byte."),
        (
            b'D1,own,"P1,C1,source,2026',
            "A quote is not closed before the next line, which is a row of its own.",
        ),
        (
            b'D1,own,"P1"x,C1,source,2026',
            (
                "A quote stands inside a field; expected it at a field's beginning, and "
                "closed at its end."
            ),
        ),
        (HEADER, "The header again."),
        (b"D1,own,P1\r,C1,source,2026", "The line has a carriage return inside."),
        (
            b",own,P1,C1,source,2026-01-05T10:00:00Z",
            "donation.donation_number.present is not met: donation_number is not empty.",
        ),
        (
            b" D1,own,P1,C1,source,2026-01-05T10:00:00Z",
            (
                "donation.donation_number.readable is not met: donation_number is printable ASCII"
                " of at most 64 characters without a blank at either end. Got a text of 3"
                " characters."
            ),
        ),
    ],
)
def test_a_bad_line_is_refused_with_its_bytes_and_costs_no_other(
    lots_settings: Settings, tmp_path: Path, bad: bytes, reason: str
) -> None:
    got = one(lots_settings, tmp_path, lines(GOOD.replace(b"D9", b"D7"), bad, GOOD))
    assert (got.counts["rows"], got.counts["accepted"], got.counts["refused"]) == (3, 2, 1)
    assert refused(lots_settings) == [(3, 1, bad + b"\n", reason)]


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ("31/02/2026", "collected_at"),
        ("2026-01-05T10:00:00", "collected_at"),
        ("6,4", "total_protein_g_dl"),
        ("1e400", "total_protein_g_dl"),
        ("NaN", "collected_ml"),
        ("SOURCE", "plasma_kind"),
        ("é", "donor_key"),
    ],
)
def test_a_bad_value_is_kept_as_it_came_and_opens_a_finding(
    lots_settings: Settings, tmp_path: Path, value: str, column: str
) -> None:
    data = donations({column: f'"{value}"'})
    assert one(lots_settings, tmp_path, data).counts["accepted"] == 1
    assert rows(
        lots_settings, f"SELECT {column}, unread ->> '{column}' FROM accepted.donation"
    ) == [(None, value)]
    opened = rows(lots_settings, "SELECT rule FROM judged.finding WHERE rule LIKE '%.readable'")
    assert opened == [(f"donation.{column}.readable",)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(
    lots_settings: Settings, tmp_path: Path, end: bytes
) -> None:
    data = b"\xef\xbb\xbf" + lines(GOOD, GOOD.replace(b"D9", b"D8"), end=end)
    assert one(lots_settings, tmp_path, data).counts["accepted"] == 2


def test_mixed_line_ends_and_blank_lines_keep_their_line_numbers(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = one(lots_settings, tmp_path, HEADER + b"\r\n\n" + GOOD + b"\r\n\r\nbad\n")
    assert (got.counts["accepted"], got.counts["blank"], got.counts["lines"]) == (1, 2, 5)
    assert [line for line, *_ in refused(lots_settings)] == [5]


def test_a_quoted_field_may_span_lines(lots_settings: Settings, tmp_path: Path) -> None:
    data = lines(GOOD + b',"one\ntwo ""2""\nthree"', GOOD.replace(b"D9", b"D8") + b",x").replace(
        b"collected_at\n", b"collected_at,correction_reason\n", 1
    )
    assert one(lots_settings, tmp_path, data).counts["accepted"] == 2
    found = rows(
        lots_settings, "SELECT line, correction_reason FROM accepted.donation ORDER BY line"
    )
    assert found == [(2, 'one\ntwo "2"\nthree'), (5, "x")]


def test_a_quote_that_never_closes_is_given_up_after_a_thousand_lines(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = one(lots_settings, tmp_path, lines(b'D1,"', *([b"x"] * 1_500), GOOD))
    assert (got.counts["accepted"], got.counts["refused"]) == (1, 1_501)
    assert refused(lots_settings)[0][3] == "A quote is not closed within 1,000 lines."


def test_a_field_of_ten_megabytes_is_refused_and_reading_goes_on(
    lots_settings: Settings, tmp_path: Path
) -> None:
    big = b"D1,own," + b"x" * 10_000_000 + b",C1,source,2026"
    got = one(lots_settings, tmp_path, lines(GOOD, big, GOOD.replace(b"D9", b"D8")))
    assert (got.counts["accepted"], got.counts["refused"]) == (2, 1)
    found = rows(
        lots_settings, "SELECT byte_offset, byte_length, length(raw) FROM receiving.refused"
    )
    assert found == [(len(HEADER) + len(GOOD) + 2, len(big) + 1, 65_536)]


def test_a_file_cut_off_in_a_line_says_so(lots_settings: Settings, tmp_path: Path) -> None:
    got = one(lots_settings, tmp_path, lines(GOOD, b"D1,own,P")[:-1])
    assert (got.counts["accepted"], got.counts["refused"]) == (1, 1)
    assert got.notices == ("The last line has no line end: the file may have been cut off.",)


def test_a_header_without_rows_is_received_as_nothing(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = one(lots_settings, tmp_path, HEADER + b"\n")
    assert (got.status, got.counts["rows"], got.counts["lines"]) == ("accepted", 0, 1)


@pytest.mark.parametrize("keep", [0.5, 0.98])
def test_a_gzip_that_is_cut_off_is_refused_whole(
    lots_settings: Settings, tmp_path: Path, keep: float
) -> None:
    whole = gzip.compress(lines(*(GOOD.replace(b"D9", b"D%d" % n) for n in range(5_000))))
    got = one(lots_settings, tmp_path, whole[: int(len(whole) * keep)], "donation-1.csv.gz")
    assert got.status == "refused"
    assert got.sentence.startswith("The gzip file is damaged or cut off after ")
    assert rows(lots_settings, "SELECT count(*) FROM accepted.donation") == [(0,)]
    assert (
        one(lots_settings, tmp_path / "next", whole, "donation-1.csv.gz").counts["accepted"]
        == 5_000
    )


def test_a_gzip_bomb_is_stopped(lots_settings: Settings, tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with gzip.open(bomb, "wb") as packed:
        packed.write(HEADER + b"\n")
        for _ in range(80):
            packed.write(b"x" * 999_999 + b"\n")
    got = one(lots_settings, tmp_path, bomb.getvalue(), "donation-1.csv.gz")
    assert (got.status, "unpacks to more than 67,108,864 bytes" in got.sentence) == (
        "refused",
        True,
    )


def test_parquet_and_json_lines_are_received_like_text(
    lots_settings: Settings, tmp_path: Path
) -> None:
    out = io.BytesIO()
    pq.write_table(
        pa.table(
            {
                **{n: [v] for n, v in DONATION.items()},
                "collected_at": pa.array([NOW]),
                "total_protein_g_dl": [6.5],
            }
        ),
        out,
    )
    assert (
        one(lots_settings, tmp_path, out.getvalue(), "donation-1.parquet").counts["accepted"] == 1
    )
    json = (
        b'{"donation_number":"D2","scheme":"own","donor_key":"P1","centre":"C1","plasma_kind":"source",'
        b'"collected_at":"2026-01-05T10:00Z","total_protein_g_dl":6.50}\n{"donation_number":7}\n[1]\n'
    )
    got = one(lots_settings, tmp_path, json, "donation-2.jsonl")
    assert (got.counts["accepted"], got.counts["refused"]) == (2, 1)
    protein = rows(
        lots_settings,
        "SELECT total_protein_g_dl::text FROM accepted.donation ORDER BY donation_number",
    )
    assert protein == [(None,), ("6.500",), ("6.500",)]


def test_an_escaped_quote_in_json_joins_no_lines(lots_settings: Settings, tmp_path: Path) -> None:
    row = (
        b'{"donation_number":"%s","scheme":"own","donor_key":"P1","centre":"C1","plasma_kind":"source","collected_at":"2026-01-05T10:00Z","correction_reason":"5\\"'
        b' tube"}\n'
    )
    got = one(lots_settings, tmp_path, row % b"" + row % b"D2" + row % b"", "donation-1.jsonl")
    assert (got.counts["accepted"], got.counts["refused"]) == (1, 2)
    assert [(line, raw) for line, _, raw, _ in refused(lots_settings)] == [
        (1, row % b""),
        (3, row % b""),
    ]


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_parquet_file_that_is_cut_off_is_refused_whole(
    lots_settings: Settings, tmp_path: Path, keep: float
) -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({n: [v] * 1000 for n, v in DONATION.items()}), out)
    got = one(
        lots_settings, tmp_path, out.getvalue()[: int(out.tell() * keep)], "donation-1.parquet"
    )
    assert got.status == "refused"
    assert got.sentence.startswith("The Parquet file is damaged or cut off: ")


def test_formulas_in_text_are_data(lots_settings: Settings, tmp_path: Path) -> None:
    party = {
        "party_id": "=cmd|'/c calc'!A1",
        "kind": "clinic",
        "name": "=1+1",
        "address": "<script>x</script>",
    }
    got = one(lots_settings, tmp_path, table(party, [{}]), "party-1.csv")
    assert got.counts["accepted"] == 1
    assert rows(lots_settings, "SELECT name, address FROM accepted.party") == [
        ("=1+1", "<script>x</script>")
    ]


def test_two_files_with_one_name_are_two_files(lots_settings: Settings, tmp_path: Path) -> None:
    first = one(lots_settings, tmp_path / "a", lines(GOOD))
    second = one(lots_settings, tmp_path / "b", lines(GOOD.replace(b"D9", b"D8")))
    assert (first.counts["accepted"], second.counts["accepted"], second.again) == (1, 1, False)


def test_the_same_bytes_again_are_already_received(lots_settings: Settings, tmp_path: Path) -> None:
    one(lots_settings, tmp_path / "a", lines(GOOD))
    again = one(lots_settings, tmp_path / "b", lines(GOOD), "donation-other-name.csv")
    assert (again.again, again.counts["accepted"]) == (True, 1)
    assert rows(lots_settings, "SELECT count(*) FROM receiving.arrival") == [(2,)]


def test_an_unknown_column_is_kept_and_told(lots_settings: Settings, tmp_path: Path) -> None:
    got = one(lots_settings, tmp_path, donations({"mood": "good"}))
    assert got.notices == ("1 columns are not declared; they are kept as sent: mood.",)
    assert rows(lots_settings, "SELECT undeclared FROM accepted.donation") == [({"mood": "good"},)]


def test_a_million_bytes_of_refused_rows_are_each_kept(
    lots_settings: Settings, tmp_path: Path
) -> None:
    got = one(lots_settings, tmp_path, lines(*([b"x,y"] * 100_000), GOOD))
    assert (got.counts["accepted"], got.counts["refused"], got.counts["lines"]) == (
        1,
        100_000,
        100_002,
    )
