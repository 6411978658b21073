"""JSON lines: one object a line; numbers keep their text, so that nothing is rounded."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lots.formats.batch import RAW_KEPT, Batch, Broken, Layout, text_of
from lots.formats.convert import Turning, conversions
from lots.formats.delimited_blocks import LINE_MOST
from lots.formats.kept import Typed
from lots.formats.limits import COLUMNS_MOST
from lots.formats.profile import Profile
from lots.formats.source import Counted

# A line's object is ten times its bytes: of more lines at once these are most of the memory.
LINES_A_BATCH = 5_000
LATER_NAMED = 20


def parsed(line: bytes) -> dict[str, str]:
    """The line's object with every value as text ('' for null). Raises ValueError with a
    sentence.
    """
    if b"\0" in line:
        raise ValueError("The line has a NUL byte.")
    try:
        value = json.loads(
            line.decode(),
            # As texts: a float would round what its column has more digits for.
            parse_float=Typed,
            parse_int=Typed,
            parse_constant=Typed,
            # json keeps the last of two fields of one name, and says nothing.
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError as error:
        raise ValueError(
            f"Byte {error.start + 1} of the line is 0x{line[error.start]:02x}, which is not UTF-8."
        ) from error
    except json.JSONDecodeError as error:
        raise ValueError(
            f"The line is not JSON: {error.msg} at character {error.pos + 1}."
        ) from error
    except RecursionError as error:
        raise ValueError("The line is nested too deeply; expected one flat object.") from error
    if not isinstance(value, dict):
        raise ValueError(f"The line is a JSON {type(value).__name__}; expected an object.")
    if len(value) > COLUMNS_MOST:
        raise ValueError(f"The line has {len(value):,} fields; expected at most {COLUMNS_MOST:,}.")
    if not all(map(_is_text, value)):
        raise ValueError("The name of a field has a character that is no text.")
    return {name: _text(name, v) for name, v in value.items()}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("The line names one field twice.")
    return found


def _is_text(told: str) -> bool:
    """Neither a NUL nor half of a surrogate pair can be stored: JSON can write both as escapes."""
    return "\0" not in told and not any(0xD800 <= ord(c) <= 0xDFFF for c in told)


def _text(name: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return Typed("true" if value else "false")
        case str() if _is_text(value):
            return value
        case str():
            raise ValueError(f"Field '{name}' has a character that is no text.")
        case _:
            raise ValueError(
                f"Field '{name}' holds a {type(value).__name__}; expected a text, a number or null."
            )


def names_in(line: bytes) -> tuple[str, ...]:
    """The field names of a file's first line, for recognising it."""
    return tuple(parsed(line))


def read(stream: Counted, layout: Layout, profile: Profile) -> Iterator[Batch]:
    """Batches of an open stream that stands at its first line."""
    turning = Turning(layout, conversions(profile, layout.record, layout.targets))
    number, more, other = 0, True, other_names(layout, profile)
    later: dict[str, None] = {}
    while more:
        rows: list[tuple[int, list[str]]] = []
        broken: list[Broken] = []
        blank, start = 0, number
        while number - start < LINES_A_BATCH:
            offset = stream.tell()
            line = stream.readline(LINE_MOST)
            if not line:
                more = False
                break
            number += 1
            length = len(line) + _skip(stream, line)
            if not line.strip():
                blank += 1
                continue
            got = _row(line, length, layout, other)
            if isinstance(got, str):
                broken.append(Broken(number, 1, offset, length, line[:RAW_KEPT], got))
            else:
                # A field that only later lines have is in no header, so nobody else would tell of
                # it.
                later.update(dict.fromkeys(name for name, value in got[1].items() if value))
                rows.append((number, turning.row(*got)))
        yield Batch(
            text_of(rows),
            len(rows),
            number - start,
            tuple(broken),
            blank,
            notices=() if more else turning.notices(),
        )
    if later:
        yield Batch(b"", 0, 0, notices=(_told_later(list(later)),))


def _told_later(names: list[str]) -> str:
    named = ", ".join(name[:40] for name in names[:LATER_NAMED])
    return (
        f"{len(names)} fields that line 1 does not have are not declared; they are kept as"
        f" sent: {named}."
    )


def _skip(stream: Counted, line: bytes) -> int:
    """Bytes of the rest of a line that is too long."""
    skipped = 0
    while line and not line.endswith(b"\n"):
        line = stream.readline(LINE_MOST)
        skipped += len(line)
    return skipped


def other_names(layout: Layout, profile: Profile) -> dict[str, int]:
    """Names under which a later line may tell a declared column, where line 1 has it under another;
    each's place.
    """
    places = {target: at for at, target in enumerate(layout.targets) if target}
    names = {**{target: target for target in places}, **profile.columns}
    return {
        name: places[ours]
        for name, ours in names.items()
        if ours in places and name not in layout.names
    }


def _row(
    line: bytes, length: int, layout: Layout, other: Mapping[str, int]
) -> tuple[list[str], dict[str, str]] | str:
    """The values in the layout's order and the fields that the first line did not have, or why
    there is no row.
    """
    if length > LINE_MOST:
        return f"The line has {length:,} bytes; at most {LINE_MOST:,}."
    try:
        found = parsed(line)
    except ValueError as error:
        return str(error)
    # What is left in `found` is what line 1 did not name.
    values = [found.pop(name, "") for name in layout.names]
    for name in [name for name in found if name in other]:
        value, at = found.pop(name), other[name]
        if value and values[at]:
            return f"The line tells {layout.targets[at]} twice, under two names."
        values[at] = values[at] or value
    return values, found
