"""Accept a judged file: one transaction, one ledger entry."""

from collections.abc import Mapping
from datetime import datetime

from lots.errors import GateClosed
from lots.formats.legible import Legible
from lots.grammar.schema import Record
from lots.pipeline.stage import Staged
from lots.store.engine import Connection
from lots.store.intake import accepting, opening, putting_aside, receipts, staging
from lots.store.intake.receipts import Receipt
from lots.store.ledger.appending import append
from lots.store.lineage import linking
from lots.store.redaction import again
from lots.store.standing import refused, versions
from lots.store.standing.versions import Keys

COUNTED = (
    "lines",
    "other",
    "blank",
    "rows",
    "broken",
    "headers_again",
    "accepted",
    "known",
    "refused",
    "findings",
)
OF_LINES = ("lines", "other", "blank", "broken", "headers_again")
NOTHING = dict.fromkeys(COUNTED, 0)


def take(
    connection: Connection, receipt: Receipt, staged: Staged, by: str, now: datetime
) -> dict[str, int]:
    """Accept it, under their aliases whoever was redacted. Raises GateClosed."""
    # Before anything is compared: taken as it came, the key would be a second person
    # (docs/decisions/ledger.md).
    again.under_alias(connection, staged.record, receipt.receipt)
    return accept(connection, receipt, staged, by, now)


def accept(
    connection: Connection, receipt: Receipt, staged: Staged, by: str, now: datetime
) -> dict[str, int]:
    """Take the usable rows, put the others aside, open findings, conclude the receipt. Raises
    GateClosed.
    """
    number, record = receipt.receipt, staged.record
    new, further, known, refused = _rows(connection, number, staged)
    findings = (
        opening.open_findings(connection, record, number, now, known=known)
        if _any_failed(staged.tallies)
        else 0
    )
    retractions = "retracted" in staged.columns
    findings += _derive(
        connection, receipt, record, now, own=further > 0 or retractions, known=known > 0
    )
    counts = {name: staged.tiles[name] for name in OF_LINES} | {
        "rows": new + further + known + refused,
        "accepted": new + further,
        "known": known,
        "refused": refused,
        "findings": findings,
    }
    _conclude(connection, receipt, staged, counts, by, now)
    return counts


def _rows(connection: Connection, number: int, staged: Staged) -> tuple[int, int, int, int]:
    """Take the rows: how many by new keys, how many as further versions, how many were known, and
    how many are refused. Raises GateClosed.
    """
    record, usable = staged.record, staged.usable
    given = staged.tiles["rows"] + staged.tiles["broken"]
    new = accepting.insert_new(connection, record, number)
    further, known = (
        # Only where some keys were there already: else there is nothing to compare contents with.
        accepting.insert_versions(connection, record, number) if new < usable else (0, 0)
    )
    # Most files have none.
    refused = putting_aside.put_refused_aside(connection, record, number) if usable < given else 0
    # Every record is one of the three, or nothing is taken: the law that no row is lost. What is
    # usable was counted apart from what is inserted, so that the sum can fail.
    if new + further + known != usable or usable + refused != given:
        raise GateClosed(
            f"Of {given:,} records {new + further:,} would be accepted, "
            f"{known:,} known and {refused:,} refused, which does not add up; nothing is accepted."
        )
    return new, further, known, refused


def _derive(
    connection: Connection,
    receipt: Receipt,
    record: Record,
    now: datetime,
    *,
    own: bool,
    known: bool,
) -> int:
    """Derive which versions stand where that may have changed; how many keys became contested.

    own: by rows of the receipt itself; known: by who else said what others had said.
    """
    number, opened = receipt.receipt, 0
    if own:
        versions.derive(connection, record, versions.brought(record, number))
        opened += opening.open_contested(connection, record, number, now)
        versions.done(connection)
    if known:
        opened += _told_again(connection, record, number, versions.told_again(record, number), now)
    return opened


def came_again(connection: Connection, receipt: Receipt, record: Record, now: datetime) -> None:
    """Derive what stands of an accepted file's rows once more:
    another sender sent the same bytes.
    """
    keys = versions.of_receipt(record, receipt.receipt)
    _told_again(connection, record, receipt.receipt, keys, now)


def _told_again(
    connection: Connection, record: Record, number: int, keys: Keys, now: datetime
) -> int:
    changed = versions.derive(connection, record, keys)
    opened = opening.open_contested(connection, record, number, now)
    if changed:
        # They are no new rows of this receipt: linking would not look at them.
        linking.reopen(connection, versions.receipts_of_versions(connection))
    versions.done(connection)
    return opened


def _any_failed(tallies: Mapping[str, tuple[int, int]]) -> bool:
    return any(failed for _, failed in tallies.values())


def _conclude(
    connection: Connection,
    receipt: Receipt,
    staged: Staged,
    counts: dict[str, int],
    by: str,
    now: datetime,
) -> None:
    number, layout = receipt.receipt, staged.layout
    nothing = counts["refused"] > 0 and counts["refused"] == counts["rows"]
    receipts.notice(connection, number, staged.notices)
    receipts.progress(
        connection,
        number,
        receipts.ALL_REFUSED if nothing else "accepted",
        counts=counts,
        concluded_at=now,
        sentence=None,
        record=staged.record.name,
        stage=staged.record.stage,
        tallies={r: list(t) for r, t in staged.tallies.items()},
        layout={"form": layout.form, "names": layout.names, "targets": layout.targets},
    )
    # Over the rows as they stand in the table by now, not over what was staged.
    enter(connection, number, by, now, accepted=None if nothing else (staged.record, number))
    staging.drop(connection, number)


def enter(
    connection: Connection,
    number: int,
    by: str,
    now: datetime,
    *,
    accepted: tuple[Record, int] | None = None,
) -> None:
    """The ledger's entry of a receipt that was concluded."""
    status, record = receipts.conclude(connection, number)
    reference = {"receipt": str(number), "record": record}
    append(connection, status, reference, by, now, accepted=accepted)


def refuse(
    connection: Connection,
    receipt: Receipt,
    sentence: str,
    by: str,
    now: datetime,
    *,
    legible: Legible | None,
) -> None:
    """Conclude a receipt whose file cannot be received as a whole. legible: the keys of all its
    rows, where each can be read.
    """
    # The rows are refused with their file; but of what is known of their keys it can be told
    # whether they came since.
    if legible:
        refused.keep_legible(connection, receipt.receipt, *legible)
    staging.drop(connection, receipt.receipt)
    receipts.progress(
        connection, receipt.receipt, "refused", sentence=sentence, counts=NOTHING, concluded_at=now
    )
    enter(connection, receipt.receipt, by, now)
