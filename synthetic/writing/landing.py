"""The landing folder: each sender's files, numbered without a gap, and its transmittal."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from lots.grammar.links import SAYS_WHO_HAD_PACKS
from lots.records import records
from synthetic import data
from synthetic.cases.seeded import Damage, Seeded, legible
from synthetic.truth.nodes import NAMED_BEFORE, NAMES
from synthetic.truth.truth import Ledger
from synthetic.world import clock, parties
from synthetic.writing import files, german
from synthetic.writing.columns import Texts

SHOWN = 4  # digits of a file's number
TOGETHER = 5_000  # rows from which a sending is a file of its own
TRANSMITTAL = "transmittal"
LATE_DAYS = 30
# A bare local time in the hour that a clock change repeats names no instant.
AFTER_THE_CLOCKS = 3 * clock.HOUR
USUAL: Mapping[str, Mapping[str, str]] = data.table("world/usual")
Said = Callable[[str, list[dict[str, str]]], tuple[list[dict[str, str]], Sequence[Seeded]]]


# Who had packs, by which column of a record: whoever is told to should be heard.
HOLDERS = {
    record.name: link.columns[0]
    for record in records().values()
    for link in record.links
    if link.aside == SAYS_WHO_HAD_PACKS
}


@dataclass(frozen=True, slots=True)
class Sending:
    """One file: who sends which record, in which form, and its days (from, until before)."""

    sender: str
    record: str
    days: tuple[int, int]
    form: str = "csv"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """What a transmittal says of one file."""

    file_name: str
    record: str
    rows: int
    days: tuple[int, int]


class Landing:
    """Writes files, seeds lines among their rows, and tells the ledger what must come of them."""

    def __init__(
        self, folder: Path, ledger: Ledger, seeded: Mapping[tuple[str, str], Sequence[Seeded]]
    ) -> None:
        self._folder, self.ledger = folder, ledger
        self._waiting = dict(seeded)
        self._announced: defaultdict[str, list[Announced | None]] = defaultdict(list)
        self._lost: defaultdict[str, list[str]] = defaultdict(list)
        self._miscounted: defaultdict[str, list[str]] = defaultdict(list)
        self._holders: set[str] = set()
        self._held: dict[tuple[str, str, str], tuple[Sending, pa.Table]] = {}

    def put(self, sending: Sending, columns: Mapping[str, Texts]) -> None:
        """Send rows, a few together with the sender's next ones of that record."""
        table = (
            whole(sending.record, columns)
            if sending.form in ("csv", "csv.gz")
            else pa.table(dict(columns))
        )
        at = (sending.sender, sending.record, sending.form)
        # A small plant would send a file of a few rows for each course and site.
        held = self._held.pop(at, None)
        if held is not None:
            before, rows = held
            days = (min(before.days[0], sending.days[0]), max(before.days[1], sending.days[1]))
            sending, table = replace(sending, days=days), pa.concat_tables([rows, table])
        if sending.name or table.num_rows >= TOGETHER:
            self._put(sending, table)
        elif table.num_rows:
            self._held[at] = (sending, table)

    def _flush(self) -> None:
        """Send all that was to go together with more."""
        for sending, table in self._held.values():
            self._put(sending, table)
        self._held.clear()

    def _put(self, sending: Sending, table: pa.Table) -> None:
        """Send rows as one file; the first CSV of a record takes the sender's seeded lines."""
        seeded: Sequence[Seeded] = ()
        if sending.form in ("csv", "csv.gz"):
            seeded = self._take_early(sending)
        self._send(sending, table, seeded)
        # Rows that are many name only nodes that others name too.
        if sending.record in NAMES and sending.record not in NAMED_BEFORE:
            for row in table.to_pylist():
                self.ledger.named(sending.record, row)

    def again(self, sending: Sending, columns: Mapping[str, Texts]) -> None:
        """Send rows once more under a number of their own, in another order: all are known."""
        table = whole(sending.record, columns)
        table = table.take(pa.array(range(table.num_rows - 1, -1, -1)))
        # Sending counts them as accepted once more, which they are not.
        self.ledger.accepted(sending.record, -table.num_rows)
        self.ledger.known(sending.record, table.num_rows)
        self._send(sending, table, ())

    def skip(self, sender: str) -> None:
        """A number that the sender never used."""
        self._flush()
        self._announced[sender].append(None)

    def lose(self, sending: Sending, rows: int) -> None:
        """A file that is announced and never comes."""
        self._flush()
        name = self._path(sending).name
        self._announced[sending.sender].append(Announced(name, sending.record, rows, sending.days))
        self._lost[sending.sender].append(name)

    def miscount(self, sender: str) -> None:
        """The sender says of its last file that it has a row more than it has."""
        self._flush()
        last = self._announced[sender][-1]
        if last is not None:
            self._announced[sender][-1] = replace(last, rows=last.rows + 1)
            self._miscounted[sender].append(last.file_name)

    def put_bytes(self, sending: Sending, data: bytes, rows: int) -> None:
        """Send a log that has no header of ours."""
        path = self._path(sending)
        path.write_bytes(data)
        self._sent(sending, path, rows, rows)

    def _take_early(self, sending: Sending) -> list[Seeded]:
        at = (sending.sender, sending.record)
        waiting = self._waiting.pop(at, ())
        self._waiting[at] = [p for p in waiting if p.late]
        return [p for p in waiting if not p.late]

    def _send(self, sending: Sending, table: pa.Table, seeded: Sequence[Seeded]) -> None:
        path = self._path(sending)
        self._write(path, sending, table, seeded)
        if holder := HOLDERS.get(sending.record):
            self._holders.update(
                str(party) for party in table[holder].unique().drop_null().to_pylist()
            )
            told = (
                legible(records()[sending.record], p.values)[holder]
                for p in seeded
                if not p.refused
            )
            self._holders.update(filter(None, told))
        # The header again is no row, whoever counts.
        again = sum(p.damage is Damage.HEADER for p in seeded)
        self._sent(sending, path, table.num_rows, table.num_rows + len(seeded) - again)

    def _write(
        self, path: Path, sending: Sending, table: pa.Table, seeded: Sequence[Seeded]
    ) -> None:
        where = f"{sending.sender}/{path.name}"
        match sending.form:
            case "parquet":
                files.parquet(path, table, sending.record)
            case "jsonl":
                files.jsonlines(path, table, sending.record)
            case "quoted":
                files.quoted(path, table)
            case "german" | "german_new":
                files.quoted(
                    path, german.table(table, sending.days[0]), german.DELIMITER, german.ENCODING
                )
            case _:
                files.plain(
                    path, table, seeded, lambda line, one: self.ledger.seeded(where, line, one)
                )

    def _path(self, sending: Sending) -> Path:
        number = f"{len(self._announced[sending.sender]) + 1:0{SHOWN}d}"
        form = sending.form if sending.form in ("csv.gz", "parquet", "jsonl") else "csv"
        name = (
            german.file_name(sending.record, number, sending.days[0])
            if sending.sender == parties.GERMAN
            else ""
        )
        path = (
            self._folder
            / sending.sender
            / (sending.name or name or f"{sending.record}-{number}.{form}")
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _sent(self, sending: Sending, path: Path, rows: int, told: int) -> None:
        self.ledger.accepted(sending.record, rows)
        self.ledger.sent()
        self._announced[sending.sender].append(
            Announced(path.name, sending.record, told, sending.days)
        )

    def close(self, said: Said) -> None:
        """Send what waits, then transmittals; `said` gives what one says, and said at first."""
        self._flush()
        for (sender, record), seeded in self._waiting.items():
            number = len(self._announced[sender]) + 1
            name = f"{record}-{number:0{SHOWN}d}-late.csv"
            if seeded:
                late = Sending(sender, record, (clock.END - LATE_DAYS, clock.END), name=name)
                self._send(late, whole(record, {}), seeded)
        for sender, announced in self._announced.items():
            rows = [
                self._row(sender, n, a, len(announced))
                for n, a in enumerate(announced, 1)
                if a is not None
            ]
            self._announce(sender, *said(sender, rows))
            self.ledger.heard(
                sender,
                len(announced),
                len(rows),
                lost=self._lost[sender],
                miscounted=self._miscounted[sender],
            )
        for sender in sorted(self._holders - self._announced.keys()):
            self.ledger.heard(sender, None, 0)

    def _announce(self, sender: str, rows: list[dict[str, str]], seeded: Sequence[Seeded]) -> None:
        path = self._folder / sender / f"{TRANSMITTAL}-{1:0{SHOWN}d}.csv"
        table = whole(TRANSMITTAL, {n: pa.array([r[n] for r in rows]) for n in rows[0]})
        form = "german" if sender == parties.GERMAN else "csv"
        self._write(path, Sending(sender, TRANSMITTAL, (0, clock.END), form), table, seeded)
        self.ledger.accepted(TRANSMITTAL, len(rows))
        self.ledger.sent()

    @staticmethod
    def _row(sender: str, number: int, announced: Announced, last: int) -> dict[str, str]:
        """A sender's first file says that all is told since the plant began, its last one that all is."""
        start, end = announced.days
        since = 0 if number == 1 else start
        zone, bare = parties.zone_of(sender), sender == parties.GERMAN
        later = AFTER_THE_CLOCKS if bare else 0
        until = clock.END * clock.DAY if number == last else end * clock.DAY + later
        return {
            "sender": sender,
            "sequence": str(number),
            "file_name": announced.file_name,
            "record": announced.record,
            "row_count": str(announced.rows),
            "period_from": clock.instant(since * clock.DAY + later, zone, bare=bare),
            "period_to": clock.instant(until, zone, bare=bare),
        }


def whole(record: str, columns: Mapping[str, Texts]) -> pa.Table:
    """A table with all the record's columns: those not given are as usual, or empty."""
    rows = len(next(iter(columns.values()))) if columns else 0
    # What all rows of a record say alike no stage tells, so that stages tell what differs.
    usual = USUAL.get(record, {})
    return pa.table(
        {
            column.name: columns[column.name]
            if column.name in columns
            else pa.repeat(pa.scalar(usual.get(column.name), pa.string()), rows)
            for column in records()[record].columns
        }
    )
