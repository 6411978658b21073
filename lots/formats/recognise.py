"""Which record type a file holds, and in which form: found from its header and its name, or refused
whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from lots.errors import FileRefused
from lots.formats import dryer, jsonlines, parquet, surroundings
from lots.formats.batch import EXTRA, Layout
from lots.formats.fitting import fitting_record, no_name_twice
from lots.formats.limits import check_width
from lots.formats.profile import Profile, check_columns, check_units
from lots.formats.source import BYTE_ORDER_MARK, Counted, unpacked
from lots.formats.versions import layout_as_of
from lots.grammar.schema import Record

HEAD_LINES = 40
HEADER_MOST = 64 << 10
DELIMITERS = (",", ";", "\t", "|")
READING = "lyophilisation_reading"
STARTED = b"Run started"


@dataclass(frozen=True, slots=True)
class Opened:
    """A recognised file: its layout, its stream standing after the header,
    and the header's bytes.
    """

    layout: Layout
    stream: Counted
    raw: BinaryIO
    header: bytes


def open_batch(
    stream: BinaryIO, size: int, name: str, records: Mapping[str, Record], profile: Profile
) -> Opened:
    """Recognise a file. Raises FileRefused with what was expected and what was got; CallError for a
    bad profile.
    """
    check_units(profile, records)
    check_columns(profile, records)
    if not size:
        raise FileRefused("The file is empty; expected a header line and records.")
    body = unpacked(stream, size)
    head = body.peek(4)[:4] if hasattr(body, "peek") else _peek(body)
    if head == parquet.MAGIC:
        return _parquet(body, name, records, profile)
    surroundings.check_container(head)
    counted = Counted(body)
    lines = _head(counted)
    if lines and lines[0].lstrip()[:1] == b"{":
        stream.seek(0)
        return _json(unpacked(stream, size), lines, name, records, profile)
    return _delimited(counted, lines, name, records, profile)


def _peek(stream: BinaryIO) -> bytes:
    head = stream.read(4)
    stream.seek(0)
    return head


def _head(stream: Counted) -> list[bytes]:
    """Lines up to and with the header: blank lines, comments and a controller's own lines may stand
    before it.
    """
    lines: list[bytes] = []
    for _ in range(HEAD_LINES):
        line = stream.readline(HEADER_MOST)
        if not line:
            break
        lines.append(line)
        surroundings.check_line_ends(line, len(lines))
        if b"\0" in line:
            raise FileRefused(
                f"Line {len(lines)} has a NUL byte; expected text as UTF-8 (or as the sender's"
                " profile says), one record a line."
            )
        if line.lstrip()[:1] == b"{" or _is_header(line, lines):
            return lines
    raise FileRefused(
        f"No header was found in the first {len(lines)} lines; expected a line of column names."
    )


def _is_header(line: bytes, lines: list[bytes]) -> bool:
    text = line.removeprefix(BYTE_ORDER_MARK).strip()
    if not text or text.startswith(b"#") or (len(lines) == 1 and _separator(lines)):
        return False
    controller = lines[0].removeprefix(BYTE_ORDER_MARK).startswith(STARTED)
    if controller:  # before its header it tells of its run, as "Product Name: A, B"
        return b"CycleTime" in text or (b"," in text and b":" not in text.split(b",")[0])
    return True


def _delimited(
    stream: Counted, lines: list[bytes], name: str, records: Mapping[str, Record], profile: Profile
) -> Opened:
    try:
        layout = layout_as_of(
            profile, name, lambda version: _text_layout(lines, name, records, version)
        )
    except FileRefused as refusal:
        # Only when all is lost: whether a table's header stands further down, so that the sentence
        # says what to delete.
        below = [stream.readline(HEADER_MOST) for _ in range(HEAD_LINES)]
        said = surroundings.header_below(
            [line for line in below if line], len(lines), DELIMITERS, records
        )
        raise FileRefused(said or str(refusal)) from refusal
    return Opened(layout, stream, stream, lines[-1].removeprefix(BYTE_ORDER_MARK))  # type: ignore[arg-type]


def _text_layout(
    lines: list[bytes], name: str, records: Mapping[str, Record], profile: Profile
) -> Layout:
    raw = lines[-1].removeprefix(BYTE_ORDER_MARK)
    try:
        text = raw.decode(profile.encoding).strip("\r\n")
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"The header is not {profile.encoding.upper()}: byte {error.start + 1} is "
            f"0x{raw[error.start]:02x}."
        ) from error
    delimiter = _delimiter(lines, text, profile)
    sent = text.split(delimiter)
    names = tuple(n.strip().strip('"') for n in sent)
    form = _dryer_form(lines, names, profile)
    # A log's names are its controller's own; of all else blanks and empty names are a
    # spreadsheet's.
    if not form:
        surroundings.check_names(names, sent, trim=profile.trim)
    if form:
        return _dryer(form, names, delimiter, lines, records, profile)
    return _layout("csv", names, name, records, profile, delimiter, len(lines))


def _separator(lines: list[bytes]) -> str:
    return surroundings.separator(lines[0].removeprefix(BYTE_ORDER_MARK))


def _delimiter(lines: list[bytes], header: str, profile: Profile) -> str:
    """As the profile has it, else as a first line 'sep=;' tells, else the most frequent one of the
    header.
    """
    told = _separator(lines)
    if told and profile.delimiter and told != profile.delimiter:
        raise FileRefused(
            f"Line 1 tells '{told}' as the delimiter, and the profile of {profile.sender} "
            f"'{profile.delimiter}'; expected both to say the same."
        )
    return profile.delimiter or told or max(DELIMITERS, key=header.count)


def _dryer_form(lines: list[bytes], names: tuple[str, ...], profile: Profile) -> str:
    if "CycleTime" in names:
        return "controller"
    ours = {profile.columns.get(n, n) for n in names}
    if lines[0].lstrip().startswith(b"#") and any(
        profile.columns.get(n, "").endswith(("_c", "_mtorr")) for n in names
    ):
        return "historian"
    if (
        "elapsed_s" in profile.columns.values()
        and "elapsed_s" in ours
        and not {"plant", "cycle"} <= ours
    ):
        return "historian"
    return ""


def _dryer(
    form: str,
    names: tuple[str, ...],
    delimiter: str,
    lines: list[bytes],
    records: Mapping[str, Record],
    profile: Profile,
) -> Layout:
    check_width(len(names))
    record = records[READING]
    known = frozenset(c.name for c in record.columns)
    no_name_twice(names)
    targets = dryer.layout_of(names, profile.columns, known)
    no_name_twice(tuple(ours or theirs for ours, theirs in zip(targets, names, strict=True)))
    return Layout(
        record, form, names, targets, delimiter, len(lines), started=_started(lines[0], profile)
    )


def _started(line: bytes, profile: Profile) -> str:
    """When a controller says that its run began, as it says it."""
    return (
        line.removeprefix(STARTED).decode(profile.encoding, "replace")
        if line.startswith(STARTED)
        else ""
    )


def _json(
    body: BinaryIO, lines: list[bytes], name: str, records: Mapping[str, Record], profile: Profile
) -> Opened:
    try:
        names = jsonlines.names_in(lines[-1])
    except ValueError as error:
        raise FileRefused(f"The first line is no record: {error}") from error
    layout = layout_as_of(
        profile, name, lambda version: _json_layout(names, name, records, version)
    )
    return Opened(layout, Counted(body), body, b"")


def _json_layout(
    names: tuple[str, ...], name: str, records: Mapping[str, Record], profile: Profile
) -> Layout:
    layout = _layout("jsonl", names, name, records, profile, ",", 0)
    # A later line may tell any declared column; line 1 is no header.
    missing = [c.name for c in layout.record.columns if c.name not in layout.columns]
    names, targets = (*layout.names, *missing, EXTRA), (*layout.targets, *missing, None)
    return Layout(layout.record, "jsonl", names, targets, header_line=0)


def _parquet(body: BinaryIO, name: str, records: Mapping[str, Record], profile: Profile) -> Opened:
    # Parquet is read from its end, and gzip cannot go back.
    if not body.seekable():
        raise FileRefused(
            "The file is Parquet inside gzip; expected Parquet as it is: it is packed already."
        )
    names = tuple(parquet.open_parquet(body).schema_arrow.names)
    body.seek(0)
    layout = layout_as_of(
        profile, name, lambda version: _layout("parquet", names, name, records, version, ",", 0)
    )
    return Opened(layout, Counted(body), body, b"")


def _layout(
    form: str,
    names: tuple[str, ...],
    file_name: str,
    records: Mapping[str, Record],
    profile: Profile,
    delimiter: str,
    header_line: int,
) -> Layout:
    check_width(len(names))
    no_name_twice(names)
    ours = tuple(profile.columns.get(n, n) for n in names)
    # Two of their columns under one of our names: one of the values would be lost.
    no_name_twice(ours)
    record = fitting_record(ours, file_name, records)
    known = {c.name for c in record.columns}
    targets = tuple(n if n in known else None for n in ours)
    return Layout(record, form, names, targets, delimiter, header_line)
