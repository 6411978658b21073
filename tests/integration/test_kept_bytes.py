"""Kept bytes that were altered, cut off or have rotted are never accepted under the hash they came
with.
"""

import gzip
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.answers import Received
from lots.errors import FileRefused, GateClosed
from lots.pipeline import keep
from lots.pipeline.receive import HEALED, receive
from lots.pipeline.rehash import Proven
from lots.settings import Settings
from tests.builders import DONATION, NOW, admit, donations, rows, write

Change = Callable[[bytes], bytes]
ACCEPTED = "SELECT count(*) FROM accepted.donation"
LINES = donations(
    {}, {"donation_number": "D2", "donor_key": "P2"}, {"donation_number": "D3", "centre": "C2"}
)


def parquet() -> bytes:
    """Two donations as Parquet, with a column that nobody declared."""
    out = io.BytesIO()
    pq.write_table(
        pa.table(
            {n: [v] * 2 for n, v in DONATION.items()}
            | {"donation_number": ["D1", "D2"], "seal": ["S" * 9, "S" * 9]}
        ),
        out,
        compression="none",
        use_dictionary=False,
    )
    return out.getvalue()


FILES = {
    "donation-1.csv": LINES,
    "donation-1.csv.gz": gzip.compress(LINES),
    "donation-1.parquet": parquet(),
    "donation-1.jsonl": (
        "\n".join(json.dumps({**DONATION, "donation_number": f"D{n}"}) for n in (1, 2, 3)).encode()
    ),
}
CHANGES: dict[str, Change] = {
    "another value": lambda data: data.replace(b"C1", b"C9", 1),
    "another key": lambda data: data.replace(b"D2", b"D7", 1),
    "a bit of the middle": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "cut off": lambda data: data[:-9],
    "cut off after its first line": lambda data: (
        data[: data.index(b"\n") + 1] if b"\n" in data else data[:40]
    ),
    "a line more": lambda data: data + b"\n",
    "more behind its end": lambda data: data + b"\0" * 70_000,
    "empty": lambda data: b"",
    "another file": lambda data: donations({"donation_number": "D8"}),
}


def kept(settings: Settings, data: bytes) -> Path:
    """Where these bytes are kept."""
    return Path(settings.raw_url) / keep.name_of(sha256(data).digest())


def receive_changed(
    settings: Settings, place: str, data: bytes, change: Change, at: str
) -> Received:
    """Receive a file whose kept bytes are changed before a step."""

    def step(name: str) -> None:
        if name == at:
            kept(settings, data).write_bytes(change(data))

    return receive(place, settings, by="tester", now=NOW, sender="C1", step=step)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changed_bytes_are_not_accepted_and_the_file_is_when_it_comes_again(
    lots_settings: Settings, tmp_path: Path, name: str, change: Change
) -> None:
    data = FILES[name]
    if change(data) == data:
        pytest.skip("changes nothing in this form")
    place = write(tmp_path / "C1", name, data)
    with pytest.raises(
        GateClosed, match=f"^The kept bytes .*{sha256(data).hexdigest()} are not those that were"
    ):
        receive_changed(lots_settings, place, data, change, "book")
    assert rows(lots_settings, ACCEPTED) == [(0,)]
    again = admit(lots_settings, place)[0]
    assert (again.status, again.counts["accepted"], again.notices[0]) == (
        "accepted",
        again.counts["rows"],
        HEALED,
    )
    assert kept(lots_settings, data).read_bytes() == data


@pytest.mark.parametrize("name", ["donation-1.csv", "donation-1.jsonl"])
def test_the_lines_of_refused_rows_are_not_taken_from_changed_bytes(
    lots_settings: Settings, tmp_path: Path, name: str
) -> None:
    data = FILES[name].replace(b"D3", b" D3")
    place = write(tmp_path / "C1", name, data)
    with pytest.raises(GateClosed, match="are not those that were received"):
        receive_changed(
            lots_settings,
            place,
            data,
            lambda d: d.replace(b"P2", b"P8").replace(b"P1", b"P8"),
            "judge",
        )
    assert rows(
        lots_settings,
        "SELECT (SELECT count(*) FROM receiving.refused) + count(*) FROM accepted.donation",
    ) == [(0,)]


def test_bytes_that_are_gone_are_missed_in_a_sentence(
    lots_settings: Settings, tmp_path: Path
) -> None:
    place = write(tmp_path / "C1", "donation-1.csv", LINES)

    def step(name: str) -> None:
        if name == "book":
            kept(lots_settings, LINES).unlink()

    with pytest.raises(
        GateClosed,
        match=r"^The kept bytes .* are gone; nothing is accepted\. Receive the file again",
    ):
        receive(place, lots_settings, by="tester", now=NOW, sender="C1", step=step)
    assert admit(lots_settings, place)[0].status == "accepted"


def test_bytes_that_rotted_after_they_were_accepted_are_put_back_when_they_come_again(
    lots_settings: Settings, tmp_path: Path
) -> None:
    place = write(tmp_path / "C1", "donation-1.csv", LINES)
    admit(lots_settings, place)
    kept(lots_settings, LINES).write_bytes(b"rotten")
    again = admit(lots_settings, place)[0]
    assert (again.again, again.notices) == (True, (HEALED,))
    assert kept(lots_settings, LINES).read_bytes() == LINES
    assert admit(lots_settings, place)[0].notices == (HEALED,)  # said once


@pytest.mark.parametrize(
    "read",
    [
        lambda s: s.read(),
        lambda s: s.read(3),
        lambda s: None,
        lambda s: (s.seek(-4, 2), s.read(), s.seek(0), s.read(5)),
        lambda s: (s.read(9), s.seek(2), s.read(3)),
        lambda s: (s.peek(4), s.readline(), s.seek(0), list(s)),
        lambda s: (s.seek(100_000), s.read(10), s.seek(50), s.read(200_000)),
    ],
)
def test_all_bytes_are_hashed_however_they_are_read(
    read: Callable[[io.BufferedReader], object],
) -> None:
    data = bytes(range(256)) * 9_000
    with Proven(io.BytesIO(data), sha256(data).digest(), "x") as stream:
        read(stream)  # type: ignore[arg-type]
    for changed in (data[:-1] + b"\0", b"\1" + data[1:], data[:-1], data + b"\0"):
        with (
            pytest.raises(GateClosed),
            Proven(io.BytesIO(changed), sha256(data).digest(), "x") as stream,
        ):
            read(stream)  # type: ignore[arg-type]


def test_a_file_is_not_refused_for_what_rot_has_done() -> None:
    with pytest.raises(GateClosed), Proven(io.BytesIO(b"rot"), sha256(b"sound").digest(), "x"):
        raise FileRefused("The file is damaged.")
    with pytest.raises(FileRefused), Proven(io.BytesIO(b"odd"), sha256(b"odd").digest(), "x"):
        raise FileRefused("The file is damaged.")
