"""A recognised file as batches of staged lines, whichever its form."""

from collections.abc import Iterator

from lots.errors import FileRefused
from lots.forms import delimited, dryer, jsonlines, parquet, versions
from lots.forms.batch import Batch
from lots.forms.profile import Profile
from lots.forms.recognise import Opened


def staged_columns(opened: Opened) -> tuple[str, ...]:
    """The columns of the batches' text after the line number."""
    own = ("plant", "cycle") if opened.layout.log else ()
    return (*own, *opened.layout.staged)


def batches(opened: Opened, profile: Profile, file_name: str) -> Iterator[Batch]:
    """All batches of the file, in its order; the lines before the records come first, as lines of another kind."""
    layout, version = opened.layout, profile.from_day(opened.layout.version)
    told = tuple(versions.told(version, layout, several=bool(profile.versions)))
    if layout.header_line or told:
        yield Batch(b"", 0, layout.header_line, other=layout.header_line, notices=told)
    match layout.form:
        case "csv":
            yield from delimited.read(opened.stream, layout, version, opened.header)  # type: ignore[arg-type]
        case "jsonl":
            yield from jsonlines.read(opened.stream, layout, version)
        case "parquet":
            yield from parquet.read(opened.raw, layout, version)
        case _:
            yield from dryer.read(opened.stream, layout, version, run_of(version, file_name))


def run_of(profile: Profile, file_name: str) -> tuple[str, str]:
    """Whose dryer run a log is: the sender's plant, and the file's name up to its first point."""
    if not (profile.plant or profile.sender):
        raise FileRefused("A dryer log does not say whose it is; expected its sender ('--sender PARTY', or a folder "
                          "of that name).")
    return profile.plant or profile.sender, file_name.split(".")[0]
