"""What the pages of a Parquet file say of themselves, told before any is unpacked: its footer may
say otherwise.

A page unpacks to as many bytes as its header says, or Arrow refuses it; what the footer says of
sizes and rows binds nobody. Headers are in Thrift's compact protocol.
"""

from typing import Any, BinaryIO

from lots.errors import FileRefused

# Bytes that are read for a page's header, and the most that one may have.
# Statistics in it may hold whole values, so one can be long.
HEADER, HEADER_MOST = (
    1 << 14,
    16 << 20,
)
DEEPEST = 8
# Fields of a header; the last two tell their values and encoding first.
UNPACKED, PACKED, DATA, DATA_2 = (
    2,
    3,
    5,
    8,
)
Fields = dict[int, Any]


class _Short(Exception):
    """A header goes on beyond the bytes that were read of it."""


def unpacked(stream: BinaryIO, file: Any, names: set[str]) -> int:
    """How many bytes the pages of some columns unpack to. Raises FileRefused where they are others
    than was said.
    """
    total, metadata = 0, file.metadata
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        for chunk in (group.column(at) for at in range(group.num_columns)):
            if chunk.path_in_schema in names:
                total += _unpacked(stream, chunk, group.num_rows)
    return total


def _unpacked(stream: BinaryIO, chunk: Any, rows: int) -> int:
    """The same of one column in one group of rows."""
    start, total, values, pages = _start(chunk), 0, 0, 0
    end = start + chunk.total_compressed_size
    # Counted by values and by bytes: the footer's word on either alone would let pages go unseen.
    while (
        values < rows or start < end
    ) and pages <= rows + 1:  # a page has a row, but for that of a dictionary
        header, length = _header(stream, start)
        values += sum(header[kind].get(1, 0) for kind in (DATA, DATA_2) if kind in header)
        total, pages, start = total + header[UNPACKED], pages + 1, start + length + header[PACKED]
    if values != rows or chunk.num_values != rows:
        raise FileRefused(
            f"The Parquet file says that a group has {rows:,} rows, but a column of it has another "
            "number of values; expected as many: it is damaged, send it again whole."
        )
    return total


def _start(chunk: Any) -> int:
    # 0 for a page that is not there.
    offsets = (
        chunk.data_page_offset,
        chunk.dictionary_page_offset,
    )
    return min((int(at) for at in offsets if at), default=0)


def _header(stream: BinaryIO, start: int) -> tuple[Fields, int]:
    """A page's header, and its length. Raises FileRefused."""
    size = HEADER
    while start >= 0 and size <= HEADER_MOST:  # a footer may name an offset before the file
        stream.seek(start)
        data = stream.read(size)
        try:
            found, at = _fields(data, 0, 0)
        except _Short:
            # The file ends: more bytes would not help.
            if len(data) < size:
                break
            size *= 4
            continue
        if not _is_header(found):
            break
        return found, at
    raise FileRefused(
        f"The Parquet file has no page at byte {start:,}; expected one: it is damaged, send it"
        " again whole."
    )


def _is_header(found: Fields) -> bool:
    sizes = (found.get(UNPACKED), found.get(PACKED))
    values = [
        found[kind].get(1, 0) if isinstance(found[kind], dict) else None
        for kind in (DATA, DATA_2)
        if kind in found
    ]
    return all(type(number) is int and number >= 0 for number in (*sizes, *values))


def _fields(data: bytes, at: int, depth: int) -> tuple[Fields, int]:
    """A structure's fields by their numbers, and where it ends."""
    found: Fields = {}
    number = 0
    while True:
        byte, at = _byte(data, at)
        if not byte:
            return found, at
        # Fields are numbered by the difference to the one before; 0 says that the number follows.
        number += byte >> 4
        if not byte >> 4:
            number, at = _whole(data, at)
        found[number], at = _value(data, at, byte & 15, depth)


def _value(data: bytes, at: int, kind: int, depth: int) -> tuple[Any, int]:
    """One value; texts are passed over, and lists told by their length."""
    if depth > DEEPEST:
        raise _Short
    match kind:
        # A truth value is in its kind; in a list it has a byte.
        case 1 | 2:
            return kind == 1, at
        case 3:
            return _byte(data, at)
        case 4 | 5 | 6:
            return _whole(data, at)
        case 7:
            return None, _within(data, at + 8)
        case 8:
            length, at = _varint(data, at)
            return None, _within(data, at + length)
        case 9 | 10:
            return _list(data, at, depth)
        case 12:
            return _fields(data, at, depth + 1)
        case _:
            raise _Short


def _list(data: bytes, at: int, depth: int) -> tuple[int, int]:
    byte, at = _byte(data, at)
    count, kind = byte >> 4, byte & 15
    if count == 15:
        count, at = _varint(data, at)
    for _ in range(count):
        _, at = _byte(data, at) if kind in (1, 2) else _value(data, at, kind, depth + 1)
    return count, at


def _within(data: bytes, at: int) -> int:
    """A place that is passed over to: a list may claim more values than there are bytes."""
    if at > len(data):
        raise _Short
    return at


def _byte(data: bytes, at: int) -> tuple[int, int]:
    if at >= len(data):
        raise _Short
    return data[at], at + 1


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while shift < 64:
        byte, at = _byte(data, at)
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    raise _Short


def _whole(data: bytes, at: int) -> tuple[int, int]:
    """A whole number with a sign, in zigzag."""
    value, at = _varint(data, at)
    return (value >> 1) ^ -(value & 1), at
