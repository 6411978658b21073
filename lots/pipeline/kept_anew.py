"""Keep files anew without the lines that tell of a person who is redacted."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import BinaryIO

from lots.errors import FileRefused
from lots.formats import blanking
from lots.pipeline import keep
from lots.pipeline.keep import Kept
from lots.pipeline.publish import publish
from lots.settings import Settings
from lots.store.engine import Connection, engine, owner_engine
from lots.store.ledger.appending import append
from lots.store.redaction import again, asked, files, taking
from lots.store.redaction.files import File
from lots.store.redaction.persons import Person

Step = Callable[[str], None]  # told before each step of a redaction
BY = "lots"
MINUTES = timedelta(minutes=15)  # what is younger may be on its way to its receipt


def named(
    connection: Connection, settings: Settings, person: Person
) -> tuple[dict[int, set[int]], list[int]]:
    """By receipt the lines that tell of a person: of rows that were changed, and of all of which no
    row was taken; and the receipts whose bytes nobody can search.
    """
    lines, unread = files.named_lines(connection), []
    told = re.compile(person.pattern.encode())
    for file in files.every(connection):
        try:
            with keep.open_kept(file.sha256, settings) as stream:
                found = blanking.lines_with(stream, file.bytes, told)
        except FileRefused:
            unread.append(file.receipt)
            continue
        # A row that was taken says by its columns whether it is the person's.
        if found := found - files.other_lines(connection, file):
            lines.setdefault(file.receipt, set()).update(found)
    return lines, unread


def blank(connection: Connection, settings: Settings, lines: Mapping[int, set[int]]) -> int:
    """Keep files anew without these lines, by receipt; how many. The old bytes go once that
    stands.
    """
    mine = [file for file in files.every(connection) if file.receipt in lines]
    for file in mine:
        sha256, size = _kept_anew(settings, file, lines[file.receipt])
        # The same where its lines were blanked before: then nothing is left to be swapped.
        if sha256 != file.sha256:
            files.swap(connection, file, sha256, size)
    return len(mine)


def _kept_anew(settings: Settings, file: File, lines: set[int]) -> tuple[bytes, int]:
    with keep.open_kept(file.sha256, settings) as stream:
        # By its receipt: else two files that differ in this line alone would be one.
        fill = f"# {file.receipt} ".encode()
        write = blanking.blank(stream, file.bytes, lines, fill, quoted=file.form == "csv")
        return keep.keep_anew(settings, write)


def sweep(connection: Connection, settings: Settings, person: Person, now: datetime) -> list[str]:
    """Delete what a kill left half written, where it tells of the person or cannot be searched; the
    names of whole bytes of no receipt that do: another database that shares the store may have
    accepted them.
    """
    whole = []
    told, known = re.compile(person.pattern.encode()), {f.sha256 for f in files.every(connection)}
    for left in keep.of_no_receipt(settings, known, now - MINUTES):
        with left.reading() as stream:
            found = _tells(stream, left.size, told)
        if found and left.partial:
            left.remove()
        elif found:
            whole.append(left.name)
    return whole


def _tells(stream: BinaryIO, size: int, told: "re.Pattern[bytes]") -> bool:
    try:
        return bool(blanking.lines_with(stream, size, told))
    except FileRefused:
        # What cannot be searched may tell of the person.
        return True


def known_as(kept: Kept, settings: Settings) -> Kept:
    """A file that came, under the hash by which it is kept since lines of it were blanked; as it
    came it is kept no more.
    """
    with engine(settings=settings).connect() as connection:
        instead = again.kept_instead(connection, kept.sha256)
    if instead is None:
        return kept
    keep.forget(kept.sha256, settings)
    return replace(kept, sha256=instead, healed=False)


def finish(settings: Settings, *, now: datetime, step: Step = lambda name: None) -> None:
    """Blank the lines of later files that tell of somebody who was redacted, and delete kept bytes
    of which others are kept instead, once that stands outside.
    """
    with engine(settings=settings).connect() as connection:
        if not asked.any_left(connection):
            return
    with owner_engine(settings).begin() as connection:
        asked.lock(connection)
        if due := files.due(connection):
            taking.begin(connection)
            blank(connection, settings, due)
            taking.finish(connection)
            files.done(connection, due)
            append(connection, "blanked", {"files": str(len(due))}, BY, now)
    # Between the two: the old bytes are deleted only when the entry that tells of it stands
    # outside.
    publish(settings, now=now)
    step("left")
    with owner_engine(settings).begin() as connection:
        for sha256 in files.left(connection):
            keep.forget(sha256, settings)
            files.deleted(connection, sha256)
    step("done")
