"""What was announced has come, or is missing: names are used again, and a file that was sent once
more stands for no other.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from lots.pipeline import lists, settle
from lots.pipeline.named_rows import Place
from lots.pipeline.resolve import Word
from lots.settings import Settings
from lots.store.answers import statements
from tests.builders import NOW, admit, donations, table, write

NAME = "donation-1.csv"
FIRST, MENDED, SECOND = (
    donations({}, {"donation_number": "D2"}),
    donations({}, {"donation_number": "D2"}, {"donation_number": "D3"}),
    donations({"donation_number": "D4"}, {"donation_number": "D5"}),
)
SAID = {
    "sender": "C1",
    "record": "donation",
    "row_count": "2",
    "file_name": NAME,
    "period_from": "2026-01-01T00:00:00Z",
    "period_to": "2026-02-01T00:00:00Z",
}


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("digests", "came", "not_arrived", "counts_differ"),
    [
        ((), (FIRST,), (), ()),
        (("",), (FIRST,), (), ()),
        (("", ""), (FIRST,), (NAME, NAME), ()),
        (("", ""), (FIRST, SECOND), (), ()),
        # The first one once more, mended, is not the second, whose rows nobody has seen.
        (("", ""), (FIRST, MENDED), (), (NAME, NAME)),
        ((digest(FIRST), digest(SECOND)), (FIRST, SECOND), (), ()),
        ((digest(FIRST), digest(SECOND).upper()), (FIRST, SECOND), (), ()),
        ((digest(FIRST), digest(SECOND)), (FIRST, MENDED), (NAME,), ()),
        # Nor does what one announcement tells by its digest stand for another that tells a name.
        ((digest(FIRST), ""), (FIRST,), (NAME,), ()),
        ((digest(FIRST), ""), (FIRST, SECOND), (), ()),
        ((digest(MENDED),), (MENDED,), (), (NAME,)),
        (("no digest",), (FIRST,), (NAME,), ()),
    ],
)
def test_a_file_is_missing_until_it_came_itself(
    lots_settings: Settings,
    tmp_path: Path,
    digests: Sequence[str],
    came: Sequence[bytes],
    not_arrived: tuple[str, ...],
    counts_differ: tuple[str, ...],
) -> None:
    said = [{"sequence": str(n), "sha256": told} for n, told in enumerate(digests, 1)]
    places = [write(tmp_path / str(n), NAME, data) for n, data in enumerate(came)]
    admit(lots_settings, *places, write(tmp_path, "transmittal-1.csv", table(SAID, said)))
    with statements.snapshot(lots_settings) as connection:
        (found,) = (h for h in statements.heard(connection) if h.sender == "C1")
    assert (found.not_arrived, found.counts_differ) == (not_arrived, counts_differ)


def test_a_file_that_was_refused_has_come_once_nobody_need_wait_for_it(
    lots_settings: Settings, tmp_path: Path
) -> None:
    bad = b"donation_number,Abnahme\nD1,x\n"
    said = table(SAID, [{"sequence": "1", "sha256": digest(bad)}])
    places = write(tmp_path, NAME, bad), write(tmp_path, "transmittal-1.csv", said)
    (refused, _) = admit(lots_settings, *places)
    for missing in ((NAME,), ()):
        with statements.snapshot(lots_settings) as connection:
            (found,) = (h for h in statements.heard(connection) if h.sender == "C1")
        assert (found.not_arrived, found.counts_differ) == (missing, ())
        if missing:
            word = Word("QA One", "sent again")
            settle.settle(lots_settings, Place(refused.receipt, None), word, now=NOW)


def test_a_file_that_a_digest_tells_has_come_under_whatever_name(
    lots_settings: Settings, tmp_path: Path
) -> None:
    said = table(SAID, [{"sequence": "1", "sha256": digest(FIRST)}])
    places = write(tmp_path, "donation-2.csv", FIRST), write(tmp_path, "transmittal-1.csv", said)
    admit(lots_settings, *places)
    with statements.snapshot(lots_settings) as connection:
        (found,) = (h for h in statements.heard(connection) if h.sender == "C1")
    assert (found.not_arrived, found.announced) == ((), 1)


@pytest.mark.parametrize(
    ("starts", "heard_from"),
    [
        ((("1", "2026-01-05"), ("2", "2026-02-01")), 5),
        # Told late, and of an earlier time.
        ((("1", "2026-02-01"), ("2", "2026-01-05")), 5),
        ((("1", "2026-01-05"), ("1", "2026-01-07")), 7),
        ((("1", "2026-01-05"), ("1", "")), None),
        ((("1", ""), ("2", "2026-01-08")), 8),
    ],
)
def test_a_sender_is_heard_from_its_first_period_on(
    lots_settings: Settings,
    tmp_path: Path,
    starts: Sequence[tuple[str, str]],
    heard_from: int | None,
) -> None:
    said = [
        {
            "sequence": number,
            "file_name": f"donation-{n}.csv",
            "period_from": f"{day}T00:00:00Z" if day else "",
        }
        for n, (number, day) in enumerate(starts)
    ]
    admit(lots_settings, write(tmp_path, "transmittal-1.csv", table(SAID, said)))
    with statements.snapshot(lots_settings) as connection:
        (found,) = (h for h in statements.heard(connection) if h.sender == "C1")
    assert found.heard_from == (heard_from and datetime(2026, 1, heard_from, tzinfo=UTC))


def test_whoever_is_missed_is_listed_first(lots_settings: Settings, tmp_path: Path) -> None:
    """Who lacks a file; who never said until when it told all; who told least; who told most."""
    said = [
        {"sender": "A1", "period_to": "2026-03-01T00:00:00Z"},
        {"sender": "B1"},
        {"sender": "Z1", "file_name": "never-came.csv", "period_to": "2026-03-01T00:00:00Z"},
    ]
    files = [
        write(tmp_path / "A1", NAME, FIRST),
        write(tmp_path / "B1", NAME, SECOND),
        write(tmp_path / "M1", "donation-2.csv", MENDED),
    ]
    for file, sender in zip(files, ("A1", "B1", "M1"), strict=True):
        admit(lots_settings, file, sender=sender)
    for row in said:
        sent = table(SAID, [{"sequence": "1", **row}])
        admit(
            lots_settings,
            write(tmp_path / row["sender"], "transmittal-1.csv", sent),
            sender=row["sender"],
        )
    found = [h.sender for h in lists.listed(lots_settings, "heard").rows]
    assert found == ["Z1", "M1", "B1", "A1"]
