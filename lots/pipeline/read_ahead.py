"""Python's reading of many small files before they are received, those of a record type judged
together: one validation costs as much as one small file's.

Nothing is kept or noted by it. What was read is used for a file whose bytes, name, profile and day
are still the same when it is received; whatever could not be read, judged or told by file here is
read alone then, and says itself what is wrong with it.
"""

import hashlib
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from lots.errors import CallError, FileChanging, FileRefused, GateClosed
from lots.formats.profile import Profile, parsed
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import open_batch
from lots.grammar.constraints import latest_day
from lots.grammar.schema import Record
from lots.pipeline import incoming, profiles
from lots.pipeline.concurrent_reading import ReadAhead, reading_of, table_of
from lots.pipeline.receive import FAULTS
from lots.pipeline.senders import sender_of
from lots.records import records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import receipts
from lots.visible import storable

if TYPE_CHECKING:  # it loads Great Expectations
    from validations.together import Part

SMALL = 256 << 10  # bytes: of a larger file the rows cost more than the validation
TEXT_MOST = 4 * SMALL  # of what a packed file holds, or one whose values are turned
FILES_MOST, BYTES_MOST = 200, 8 << 20  # what is looked at before the first is received
SINGLE = (CallError, FileChanging, FileRefused, GateClosed, *FAULTS)  # of which a file says itself


@dataclass(frozen=True, slots=True)
class Small:
    """A small file as it lies there: its bytes and their hash,
    its name and its sender's profile.
    """

    location: str
    data: bytes
    sha256: bytes
    file_name: str
    profile: Profile


Ahead = Mapping[str, ReadAhead]  # by location


def in_windows(
    locations: Sequence[str], settings: Settings, sender: str, folders: Sequence[str]
) -> Iterator[tuple[list[str], list[Small]]]:
    """The locations in their order, some at a time, and the small files among them."""
    window: list[str] = []
    found: list[Small] = []
    # Asked once: whoever receives a file asks again, and takes no reading by another profile.
    texts = profiles.texts(settings) if locations else {}
    for location in locations:
        window.append(location)
        with suppress(*SINGLE):
            found += _small(location, texts, sender, folders)
        if len(window) == FILES_MOST or sum(len(one.data) for one in found) > BYTES_MOST:
            yield window, found
            window, found = [], []
    if window:
        yield window, found


def _small(
    location: str, texts: Mapping[str, str], sender: str, folders: Sequence[str]
) -> Iterator[Small]:
    """The file, where it is a small one."""
    with incoming.open_incoming(location, incoming.inside(location, folders)) as source:
        # One byte more tells that it is larger, without a size that a source may not know.
        data = source.stream.read(SMALL + 1)
    if len(data) <= SMALL:
        whose = sender_of(location, sender)
        profile = parsed(whose, texts.get(whose))
        name = storable(incoming.name_of(location))
        yield Small(location, data, hashlib.sha256(data).digest(), name, profile)


def unknown(found: Sequence[Small], settings: Settings) -> list[Small]:
    """Those whose bytes were not accepted yet, of equal ones the first."""
    # Backwards, so that of equal ones the first stays.
    first = {one.sha256: one for one in reversed(found)}
    with engine(settings=settings).connect() as connection:
        known = receipts.accepted(connection, list(first))
    return [one for one in found if one is first[one.sha256] and one.sha256 not in known]


def read_ahead(
    found: Sequence[Small], now: datetime, declared: Mapping[str, Record] | None = None
) -> Ahead:
    """The readings of small files, of each record type of which there are several."""
    parts: defaultdict[str, list[tuple[Small, Part]]] = defaultdict(list)
    known = records() if declared is None else declared
    for one in found:
        with suppress(*SINGLE):
            record, part = _part(one, known)
            parts[record.name].append((one, part))
    ahead: dict[str, ReadAhead] = {}
    for name, several in parts.items():
        # Alone it is read when it is received: here nothing would be saved.
        if len(several) > 1:
            with suppress(*SINGLE):
                ahead |= _judged(known[name], several, now)
    return ahead


def _part(one: Small, known: Mapping[str, Record]) -> tuple[Record, "Part"]:
    """A file's rows. Raises FileRefused, also where there is none, or too many to be judged with
    others.
    """
    import pyarrow as pa

    from validations.together import Part

    opened = open_batch(io.BytesIO(one.data), len(one.data), one.file_name, known, one.profile)
    columns, tables, size = staged_columns(opened), [], 0
    for batch in batches(opened, one.profile, one.file_name):
        size += len(batch.text)
        # A packed file of some kilobytes may hold some hundred times as much.
        if size > TEXT_MOST:
            raise FileRefused("It is too large to be read with others.")
        tables += [table_of(batch, columns)] if batch.rows else []
    if not tables:
        raise FileRefused("It has no row to be judged.")
    whole = pa.concat_tables(tables, promote_options="default")
    return opened.layout.record, Part(whole, columns)


def _judged(record: Record, several: Sequence[tuple[Small, "Part"]], now: datetime) -> Ahead:
    from validations.together import together

    told = together(record, [part for _, part in several], now)
    return {
        one.location: ReadAhead(
            one.sha256,
            one.file_name,
            one.profile,
            latest_day(now),
            reading_of(of_file.rows, of_file.tallies, of_file.checksums),
        )
        for (one, _), of_file in zip(several, told, strict=True)
    }
