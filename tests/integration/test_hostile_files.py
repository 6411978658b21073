"""One file never stops the others, whatever its name and whatever is in it; what cannot be
concluded is given up.
"""

import gzip
import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.answers import Received
from lots.command import terminal
from lots.errors import CallError, NotConcluded, NotFound
from lots.pipeline import keep, landing
from lots.pipeline.abandon import abandon
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.receive import receive
from lots.pipeline.receive_all import one, receive_all
from lots.pipeline.resolve import Word
from lots.settings import Settings
from lots.store.engine import engine
from tests.builders import DONATION, NOW, admit, donations, rows, sentences, take, write
from tests.profiles import put

ESC = "\x1b[31m"
NAMES = [
    "donation-a::b.csv",
    "donation-two\nlines.csv",
    f"donation-{ESC}.csv",
    "donation-\u202egpj.csv",
    os.fsdecode(b"donation-caf\xe9.csv"),
    "donation-[bold]x[red].csv",
    "donation-%s %(x)s {0}.csv",
]


def folder(settings: Settings, place: Path) -> list[Received]:
    """Receive all that lies in a folder."""
    return receive_all(
        landing.files(str(place)), settings, by="tester", now=lambda: NOW, folders=[str(place)]
    )


def test_any_name_of_a_file_will_do_and_shows_as_text(
    lots_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for n, name in enumerate(NAMES):
        write(
            tmp_path / "in" / ESC,
            name,
            donations({"donation_number": f"D{n}"}, {"donation_number": f"{ESC}{n}"}),
        )
    got = folder(lots_settings, tmp_path / "in")
    assert [r.counts.get("accepted") for r in got] == [1] * len(NAMES)
    terminal.show(got)
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    for part in ("\\x1b", "caf\\xe9.csv", "[bold]x[red]", "\\x0a", "a::b"):
        assert part in shown
    pages = "".join(
        path.read_text("utf-8")
        for path in lots_settings.reports.iterdir()
        if path.suffix == ".html"
    )
    assert "\x1b" not in pages
    assert "\u202e" not in pages


def test_what_is_no_file_is_told_and_stops_nothing(lots_settings: Settings, tmp_path: Path) -> None:
    place = tmp_path / "in"
    write(place, "donation-1.csv", donations({}))
    os.mkfifo(place / "a.csv")
    (place / "b.csv").symlink_to("/etc/hostname")
    got = {r.file_name: (r.status, r.sentence) for r in folder(lots_settings, place)}
    assert got["donation-1.csv"][0] == "accepted"
    assert got["a.csv"] == (
        "not taken",
        "a.csv is a pipe; expected a file, and nothing of it was taken.",
    )
    assert got["b.csv"] == (
        "not taken",
        "b.csv is a link; expected a file, and nothing of it was taken.",
    )


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data)


def parquet(**columns: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd")
    return out.getvalue()


def many_rows() -> bytes:
    """A million and a half rows in some kilobytes."""
    count = 1_500_000
    return parquet(
        **{
            n: pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([v]))
            for n, v in DONATION.items()
        }
    )


def long_texts() -> bytes:
    """A text of a million characters, a hundred times."""
    usual = {n: [v] * 100 for n, v in DONATION.items()}
    return parquet(**usual, correction_reason=["x" * 1_000_000] * 100)


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("donation-1.parquet", many_rows, "The Parquet file unpacks to more than 67,108,864 bytes"),
        (
            "donation-1.parquet",
            long_texts,
            "The Parquet file unpacks to more than 67,108,864 bytes",
        ),
        ("donation-1.csv.gz", lambda: gzipped(b"x" * 99_000_000), "fits no record type"),
        (
            "donation-1.jsonl",
            lambda: b'{"a":' * 100_000,
            "The first line is no record: The line is",
        ),
        (
            "donation-1.csv",
            lambda: b",".join(b"c%d" % n for n in range(1_500)) + b"\n",
            "has 1,500 columns;",
        ),
    ],
)
def test_a_bomb_is_refused_and_kept(
    lots_settings: Settings, tmp_path: Path, name: str, make: Callable[[], bytes], sentence: str
) -> None:
    data = make()
    write(tmp_path / "in", "donation-2.csv", donations({}))
    write(tmp_path / "in", name, data)
    got = {r.file_name: r for r in folder(lots_settings, tmp_path / "in")}
    assert got["donation-2.csv"].status == "accepted"
    assert got[name].status == "refused"
    assert sentence in got[name].sentence
    kept = rows(lots_settings, "SELECT sha256 FROM receiving.receipt WHERE status = 'refused'")[0][
        0
    ]
    with keep.open_kept(bytes(kept), lots_settings) as stream:  # type: ignore[call-overload]
        assert stream.read() == data


def test_deep_and_wide_json_lines_are_refused_rows(lots_settings: Settings, tmp_path: Path) -> None:
    good = json.dumps(DONATION).encode()
    deep, wide = b"[" * 200_000, json.dumps({f"f{n}": 1 for n in range(1_500)}).encode()
    got = admit(
        lots_settings, write(tmp_path, "donation-1.jsonl", b"\n".join((good, deep, wide, b"")))
    )[0]
    assert (got.counts["accepted"], got.counts["refused"]) == (1, 2)


def test_a_key_of_a_million_characters_is_a_refused_row(
    lots_settings: Settings, tmp_path: Path
) -> None:
    data = donations(
        {},
        {"donation_number": "D" * 900_000},
        {"donation_number": "D3", "donor_key": "P" * 900_000},
    )
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", data))[0]
    assert (got.counts["accepted"], got.counts["refused"]) == (2, 1)


def test_quotes_that_never_close_are_given_up_in_time(
    lots_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lots.formats.limits.SECONDS_FREE", 0.05)
    monkeypatch.setattr("lots.formats.limits.BYTES_A_SECOND", 10**12)
    data = donations({}) + b'D,"x,\n' * 30_000
    got = admit(lots_settings, write(tmp_path, "donation-1.csv", data))[0]
    assert got.status == "refused"
    assert got.sentence.startswith("Reading was given up at line ")


def waiting(settings: Settings, tmp_path: Path) -> tuple[int, str]:
    """A receipt that cannot be concluded while its sender's profile is wrong: its number, and its
    file.
    """
    put(settings, "C1", '[units]\nplasma_ml = "Pa"\n')
    place = write(tmp_path, "donation-9.csv", donations({}))
    got = admit(settings, place)[0]
    assert got.status == "not taken"
    return int(got.sentence.split("Receipt ")[1].split()[0]), place


def test_a_receipt_that_cannot_be_concluded_is_given_up_by_a_person(
    lots_settings: Settings, tmp_path: Path
) -> None:
    number, place = waiting(lots_settings, tmp_path)
    with pytest.raises(CallError, match="expected both --by and --reason"):
        abandon(lots_settings, number, Word("", "x"), now=NOW)
    with pytest.raises(NotFound, match="No receipt 99 was ever made"):
        abandon(lots_settings, 99, Word("QA", "x"), now=NOW)
    assert [r.status for r in receive_all([], lots_settings, by="tester", now=lambda: NOW)] == [
        "not taken"
    ]
    said = abandon(lots_settings, number, Word("QA", "sent by mistake"), now=NOW)
    assert said.startswith(f"Receipt {number} is given up;")
    assert receive_all([], lots_settings, by="tester", now=lambda: NOW) == []
    assert rows(lots_settings, "SELECT sentence FROM receiving.notice") == [
        ("Given up by QA: sent by mistake",)
    ]
    assert rows(lots_settings, "SELECT by FROM ledger.entry WHERE kind = 'abandoned'") == [("QA",)]
    other = write(tmp_path / "other", "donation-8.csv", donations({"donation_number": "D8"}))
    take(lots_settings, other, sender="C2")
    told = implicate(lots_settings, [Subject("donation", "D8")]).certificate
    assert "C1: donation-9.csv was given up, and missing" in sentences(told)
    with pytest.raises(
        CallError, match=f"Receipt {number} is abandoned; expected one that is not concluded"
    ):
        abandon(lots_settings, number, Word("QA", "again"), now=NOW)
    by_itself = one(place, lots_settings, by="airflow", now=lambda: NOW, person=False)
    assert (by_itself.status, by_itself.again) == ("abandoned", True)
    put(lots_settings, "C1", None)
    assert admit(lots_settings, place)[0].status == "accepted"


@pytest.mark.parametrize(
    "fault",
    [
        MemoryError(),
        UnicodeDecodeError("utf-8", b"P1", 0, 1, "P1"),
        OSError(5, "P1"),
        KeyError("P1"),
        RecursionError("P1"),
    ],
)
def test_a_fault_that_nobody_foresaw_is_told_without_a_value(
    lots_settings: Settings, tmp_path: Path, fault: Exception
) -> None:
    def failing(step: str) -> None:
        if step == "judge":
            raise fault

    place = write(tmp_path, "donation-0.csv", donations({}))
    with pytest.raises(NotConcluded, match="Receipt 1 waits") as told:
        receive(place, lots_settings, by="tester", now=NOW, step=failing)
    assert str(told.value).startswith(f"donation-0.csv cannot be taken: {type(fault).__name__} in ")
    assert "P1" not in str(told.value)
    assert admit(lots_settings, place)[0].status == "accepted"


def test_a_database_that_refuses_names_no_key(lots_settings: Settings, tmp_path: Path) -> None:
    with engine("lots_owner", lots_settings).begin() as connection:
        connection.exec_driver_sql(
            "ALTER TABLE accepted.donation ADD CHECK (donor_key <> 'P-SECRET')"
        )
    got = admit(
        lots_settings, write(tmp_path, "donation-1.csv", donations({"donor_key": "P-SECRET"}))
    )[0]
    assert got.status == "not taken"
    assert got.sentence.startswith(
        "PostgreSQL: statement: expected it to run, got CheckViolation (23514)."
    )
    assert "SECRET" not in got.sentence
    assert replace(got, sentence="") == Received(0, "donation-1.csv", "C1", None, "not taken", {})
