"""Stage a kept file: its lines into PostgreSQL as texts, and the tiles of the file counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lots.errors import GateClosed
from lots.formats.batch import EXTRA, HEADER_AGAIN, Batch, Layout
from lots.formats.profile import Profile
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import Opened
from lots.grammar.schema import Record
from lots.store.engine import Connection
from lots.store.intake import staging
from lots.store.intake.receipts import Receipt


@dataclass(slots=True)
class Staged:
    """What was staged: the columns, the tiles of the file in lines, and what a person should know
    of it.

    tallies: each rule's (judged, failed) in Python's reading, and usable: how many rows no rule
    refuses in PostgreSQL's, once they are known.
    """

    record: Record
    layout: Layout
    columns: tuple[str, ...]
    tiles: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    tallies: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    usable: int = 0


def stage(connection: Connection, receipt: Receipt, opened: Opened, profile: Profile) -> Staged:
    """Fill the staging table. Raises FileRefused for a damaged file."""
    record = opened.layout.record
    staged = Staged(record, opened.layout, staged_columns(opened))
    staging.create(connection, receipt.receipt, record)
    counted = staging.BELOW_HEADER
    for batch in batches(opened, profile, receipt.file_name):
        counted = staging.fill(connection, receipt.receipt, staged.columns, batch, counted)
        _tile(staged, batch)
    # What later lines bring: told by their reader.
    always = EXTRA if opened.layout.form == "jsonl" else ""
    extras = [name for name in opened.layout.extras if name != always]
    if extras:
        staged.notices.append(
            f"{len(extras)} columns are not declared; they are kept as sent: "
            + ", ".join(n[:40] for n in extras)
            + "."
        )
    return staged


def _tile(staged: Staged, batch: Batch) -> None:
    broken = sum(b.lines for b in batch.broken)
    more = {
        "lines": batch.lines,
        "rows": batch.rows,
        "broken": len(batch.broken),
        "broken_lines": broken,
        "blank": batch.blank,
        "other": batch.other,
        "headers_again": sum(b.reason == HEADER_AGAIN for b in batch.broken),
    }
    # A Counter adds: a file comes in many batches.
    staged.tiles.update(more)
    staged.notices.extend(batch.notices)


def check_tiles(tiles: Mapping[str, int], staged_rows: int, broken_rows: int) -> None:
    """Raise GateClosed unless all that was read is in the staging tables and fits into the file's
    lines.
    """
    if staged_rows != tiles["rows"] or broken_rows != tiles["broken"]:
        raise GateClosed(
            f"Read {tiles['rows']:,} rows and {tiles['broken']:,} broken lines, but {staged_rows:,}"
            f" and {broken_rows:,} stand in staging; nothing is accepted."
        )
    # Not equal, since a quoted row has several lines; never more, or a line was counted twice.
    if tiles["rows"] + tiles["broken_lines"] + tiles["blank"] + tiles["other"] > tiles["lines"]:
        raise GateClosed(
            f"The parts of the file do not fit into its {tiles['lines']:,} lines; nothing is"
            " accepted."
        )
