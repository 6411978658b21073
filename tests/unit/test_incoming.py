"""What may be opened for receiving: a file, whose bytes lie where they were found."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from lots.errors import CallError, FileChanging, FileRefused
from lots.pipeline import incoming, landing


def link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def door(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o20600, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (link, "a link"),
        (pipe, "a pipe"),
        (door, "a socket"),
        (device, "a device"),
        (Path.mkdir, "a folder"),
    ],
)
def test_what_is_no_file_is_not_opened(
    tmp_path: Path, make: Callable[[Path], None], kind: str
) -> None:
    make(tmp_path / "x.csv")
    for folder in ("", str(tmp_path)):
        with (
            pytest.raises(FileRefused) as refused,
            incoming.open_incoming(str(tmp_path / "x.csv"), folder),
        ):
            pass
        assert (
            str(refused.value) == f"x.csv is {kind}; expected a file, and nothing of it was taken."
        )


def test_a_folder_that_is_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.csv").write_text("x")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "C1").symlink_to(tmp_path / "outside")
    assert landing.listed(str(tmp_path / "in")) == [str(tmp_path / "in" / "C1")]
    with (
        pytest.raises(FileRefused, match="cannot be read or kept: Not a directory"),
        incoming.open_incoming(str(tmp_path / "in" / "C1" / "secret.csv"), str(tmp_path / "in")),
    ):
        pass


def test_a_second_name_of_a_file_elsewhere_is_not_taken_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "in").mkdir()
    os.link(tmp_path / "secret", tmp_path / "in" / "x.csv")
    with (
        pytest.raises(FileRefused, match=r"x\.csv has 2 names, of which others may lie elsewhere"),
        incoming.open_incoming(str(tmp_path / "in" / "x.csv"), str(tmp_path / "in")),
    ):
        pass


@pytest.mark.parametrize("place", ["/etc/hostname", "in/../secret", "in", "into/x", "in/"])
def test_what_is_elsewhere_is_not_inside(place: str) -> None:
    assert incoming.inside(place, ["in"]) == ""


@pytest.mark.parametrize(
    "place",
    ["s3://b/in/../secret.csv", "s3://b/in/./x.csv", "s3://b/in//x.csv", "s3://b/into/x.csv"],
)
def test_a_name_in_a_store_that_leads_upwards_is_not_inside(place: str) -> None:
    assert incoming.inside(place, ["s3://b/in"]) == ""
    assert incoming.inside("s3://b/in/C1/x.csv", ["s3://b/in"]) == "s3://b/in"


@pytest.mark.parametrize("place", ["in/x", "in/C1/x", "./in/x", "in/a::b.csv"])
def test_what_is_there_is_inside(place: str) -> None:
    assert incoming.inside(place, ["in/"]) == "in/"


def test_a_file_that_is_exchanged_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("one")
    reading = incoming.open_incoming(str(path))
    reading.__enter__()
    path.rename(tmp_path / "old")
    path.write_text("two")
    with pytest.raises(FileChanging, match=r"x\.csv is still being written"):
        reading.__exit__(None, None, None)


def test_a_file_that_was_exchanged_for_one_of_its_size_and_time_has_another_mark(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("one")
    before, at = incoming.mark(str(path)), path.stat().st_mtime_ns
    path.write_text("two")
    os.utime(path, ns=(at, at))
    assert path.stat().st_mtime_ns == at
    assert incoming.mark(str(path)) != before


def test_a_hidden_folder_above_hides_nothing_and_one_below_does(tmp_path: Path) -> None:
    place = tmp_path / ".hidden" / "landing"
    for name in ("C1/a.csv", "C1/.b.csv", ".tmp/c.csv"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("x")
    assert landing.files(str(place)) == [str(place / "C1" / "a.csv")]


def test_a_place_without_a_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(
        CallError, match="holds no file; expected a file, or a folder with files in it"
    ):
        landing.files(str(tmp_path))
    with pytest.raises(CallError, match="is not there; expected a file or a folder"):
        landing.files(str(tmp_path / "nothing"))


def test_names_that_mean_something_elsewhere_are_names(tmp_path: Path) -> None:
    names = [
        "a::b.csv",
        "two\nlines.csv",
        "\x1b[31m.csv",
        os.fsdecode(b"\xe9.csv"),
        "% [x].csv",
        "*.csv",
    ]
    for name in names:
        (tmp_path / name).write_text(name, "utf-8", "surrogateescape")
    for place in landing.files(str(tmp_path)):
        with incoming.open_incoming(place, str(tmp_path)) as file:
            assert file.stream.read() == os.fsencode(place.rsplit("/", 1)[1])
