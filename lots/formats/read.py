"""A recognised file as batches of staged lines, whichever its form."""

import re
from collections.abc import Iterator

from lots.errors import FileRefused
from lots.formats import delimited, dryer, jsonlines, parquet, versions
from lots.formats.batch import Batch, Layout
from lots.formats.profile import Profile
from lots.formats.recognise import Opened
from lots.grammar.schema import expected

CODE = re.compile("[!-~]([ -~]{0,62}[!-~])?")


def staged_columns(opened: Opened) -> tuple[str, ...]:
    """The columns of the batches' text after the line number."""
    own = dryer.told_runs(opened.layout) if opened.layout.log else ()
    return (*own, *opened.layout.staged)


def batches(opened: Opened, profile: Profile, file_name: str) -> Iterator[Batch]:
    """All batches of the file, in its order; the lines before the records come first, as lines of
    another kind.
    """
    layout, version = opened.layout, profile.from_day(opened.layout.version)
    told = tuple(versions.reading_notices(version, layout, several=bool(profile.versions)))
    # The header's lines are counted too: the tiles must cover the file.
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
            yield from dryer.read(
                opened.stream, layout, version, run_of(version, layout, file_name)
            )


def run_of(profile: Profile, layout: Layout, file_name: str) -> tuple[str, ...]:
    """Whose dryer run a log is, as far as its own columns do not say it: the sender's plant, and
    what the file's name says. Raises FileRefused.
    """
    found = {name: _PARTS[name](profile, layout, file_name) for name in dryer.told_runs(layout)}
    return tuple(found.values())


def _plant(profile: Profile, _layout: Layout, _name: str) -> str:
    if not (profile.plant or profile.sender):
        raise FileRefused(
            "A dryer log does not say whose it is; expected its sender ('--sender PARTY', or a"
            " folder of that name)."
        )
    return profile.plant or profile.sender


def _cycle(profile: Profile, layout: Layout, file_name: str) -> str:
    """What the profile finds in the file's name; else the name up to its first point."""
    # To the first point, not the last: .csv.gz, and what a mailer puts behind.
    cycle, where = file_name.split(".")[0], "up to its first point"
    if profile.run:
        found, where = (
            re.search(profile.run, file_name),
            f"by {profile.run}, as its sender's profile says",
        )
        cycle = (found[found.re.groups] or "") if found else ""
    if not CODE.fullmatch(cycle):
        code = expected(layout.record.column("cycle"))
        raise FileRefused(
            f"The log's name tells no run {where}; expected {code}. In the sender's profile, run ="
            " 'Cycle ([0-9]+)' would find it in a name, and [columns] in a column that is named as"
            " cycle."
        )
    return cycle


_PARTS = {"plant": _plant, "cycle": _cycle}
