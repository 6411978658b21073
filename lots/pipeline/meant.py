"""A person's word that a parked line means a lot: said by one, confirmed by two, taken back the
same way; the line is linked and judged again (docs/linking.md).
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from lots.answers import Listed
from lots.answers.lists import MeantLine
from lots.errors import CallError, NotFound
from lots.pipeline.evaluate import evaluate
from lots.pipeline.link import link_again
from lots.pipeline.naming import readings
from lots.pipeline.pack import pack_name
from lots.pipeline.resolve import Word, check_said
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.answers import naming, statements
from lots.store.answers.naming import Reading
from lots.store.engine import Connection, engine
from lots.store.ledger.appending import append
from lots.store.lineage import linking
from lots.store.lineage.declared import VIAL_SOURCES
from lots.store.standing import meaning, resolving, retracting
from lots.store.standing.meaning import Lot, ParkedLine
from lots.store.standing.resolving import Row

LINES = tuple(record for *_, record in VIAL_SOURCES)
PACKED = "packed"
TITLE = "Lines that mean {}"


def mean(
    settings: Settings, rows: Sequence[Row], lot: str, word: Word, *, now: datetime
) -> Listed[MeantLine]:
    """Say that these parked rows mean a lot, or confirm it as another person. Raises NotFound,
    CallError.
    """
    return _each(settings, rows, lot, word, now, back=False)


def take_back(
    settings: Settings, rows: Sequence[Row], lot: str, word: Word, *, now: datetime
) -> Listed[MeantLine]:
    """Take it back, or confirm as another person that it was taken back. Raises NotFound,
    CallError.
    """
    return _each(settings, rows, lot, word, now, back=True)


def _each(
    settings: Settings, rows: Sequence[Row], lot: str, word: Word, now: datetime, *, back: bool
) -> Listed[MeantLine]:
    check_said(word)
    said = resolving.Word(word.by, word.reason, now)
    told: list[MeantLine] = []
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        meant = packed_lot(connection, lot)
        receipts: dict[str, set[int]] = {}
        for line in [line_of(connection, row) for row in rows]:
            take = _taken_back if back else _meant
            state = take(connection, line, meant, said)
            told.append(MeantLine(written(line.row), line.record, state))
            receipts.setdefault(line.record, set()).add(line.row[0])
        append(connection, "meaning", {"rows": str(len(rows))}, word.by, now)
        link_again(connection, {name: sorted(numbers) for name, numbers in receipts.items()})
    evaluate(settings, now=now)
    return Listed(TITLE.format(f"{meant.maker}/{meant.number}"), MeantLine, tuple(told), "None.")


def packed_lot(connection: Connection, name: str) -> Lot:
    """The one packed lot that is called so; of a pack, GTIN/SERIAL, its lot. Raises NotFound,
    CallError.
    """
    ways = [Reading(w.maker, w.number, PACKED) for w in readings(name) if w.step in ("", PACKED)]
    found = {node.node for node in naming.nodes(connection, ways)}
    # A name with a slash may be a pack's as well as a lot's.
    with suppress(CallError):
        found |= {*statements.of_pack(connection, *pack_name(name))}
    lots = [Lot(n.maker, n.number) for n in statements.known_nodes(connection, [*found]).values()]
    if not lots:
        raise NotFound(f"No packed lot '{name}', nor a pack of that name, is known.")
    if len(lots) > 1:
        each = "; ".join(json.dumps([n.maker, n.number], ensure_ascii=False) for n in lots)
        raise CallError(f"'{name}' can be one of several packed lots; expected one of {each}.")
    return lots[0]


def line_of(connection: Connection, row: Row) -> ParkedLine:
    """The line that a receipt's line tells of. Raises NotFound, CallError where it is none."""
    found = retracting.row_of(connection, row)
    if found is None:
        raise NotFound(f"No row of receipt {row[0]}, line {row[1]} was ever accepted.")
    if found[0] not in LINES:
        raise CallError(f"Row {written(row)} is a {found[0]}; expected one of {', '.join(LINES)}.")
    line = meaning.line_of(connection, record_of(found[0]), found[1])
    if line is None:
        raise CallError(f"Row {written(row)} does not stand; expected one that does.")
    return line


def parked_line(connection: Connection, row: Row) -> ParkedLine:
    """The line of a row that is parked. Raises NotFound, CallError."""
    line = line_of(connection, row)
    _expect_parked(line)
    return line


def _expect_parked(line: ParkedLine) -> None:
    if not line.parked:
        raise CallError(f"Row {written(line.row)} is not parked; expected one that is.")


def written(row: Row) -> str:
    """A row as lists tell it, and as one types it."""
    return f"{row[0]}:{row[1]}"


def _meant(connection: Connection, line: ParkedLine, lot: Lot, word: resolving.Word) -> str:
    words = [w for w in meaning.words(connection, line, lot) if w.state != "disputed"]
    if words and words[0].state == "confirmed":
        raise CallError(f"Row {written(line.row)}: two persons have said so already.")
    if words:
        return _said(connection, line, words[0].meant, "confirmed", word)
    _expect_parked(line)
    return meaning.state(connection, meaning.mean(connection, line, lot, word))


def _taken_back(connection: Connection, line: ParkedLine, lot: Lot, word: resolving.Word) -> str:
    words = meaning.words(connection, line, lot)
    if not words:
        raise CallError(f"Row {written(line.row)}: nobody said that it means this lot.")
    said = "let_stand" if words[0].state == "disputed" else "taken_back"
    return _said(connection, line, words[0].meant, said, word)


def _said(
    connection: Connection, line: ParkedLine, meant: int, said: str, word: resolving.Word
) -> str:
    before = meaning.state(connection, meant)
    meaning.say(connection, meant, said, word)
    after = meaning.state(connection, meant)
    # Only the database knows who is another person: where nothing changed, it was the same one.
    if before == after:
        raise CallError(
            f"Row {written(line.row)}: '{word.by}' said so before; expected another person."
        )
    return after
