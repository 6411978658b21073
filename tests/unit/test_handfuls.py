"""Which waiting files one task takes."""

from lots.pipeline.handfuls import BYTES_MOST, FILES_MOST, handfuls
from lots.pipeline.landing import Waiting
from lots.pipeline.read_ahead import SMALL


def waits(
    name: str, record: str = "donation", size: int = 1_000, *, begun: bool = False
) -> Waiting:
    """A file that waits."""
    return Waiting(name, "donor_screening", record, size, begun)


def named(files: list[Waiting]) -> list[list[str]]:
    """The names of the files of each task."""
    return [[file.location for file in handful] for handful in handfuls(files)]


def test_small_files_of_a_record_type_are_beside_each_other() -> None:
    files = [waits("d1"), waits("r1", "test_result"), waits("x", ""), waits("d2")]
    assert named(files) == [["x", "d1", "d2", "r1"]]
    assert named([]) == []


def test_a_large_file_is_alone_and_so_is_what_was_begun_before() -> None:
    files = [waits("begun", begun=True), waits("d1"), waits("large", size=SMALL + 1), waits("d2")]
    assert named(files) == [["d1", "d2"], ["large"], ["begun"]]


def test_a_handful_ends_with_its_files_and_its_bytes() -> None:
    many = [waits(f"d{n}") for n in range(FILES_MOST + 1)]
    assert [len(files) for files in named(many)] == [FILES_MOST, 1]
    heavy = [waits(f"d{n}", size=SMALL) for n in range(BYTES_MOST // SMALL + 1)]
    assert [len(files) for files in named(heavy)] == [BYTES_MOST // SMALL, 1]
