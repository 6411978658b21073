"""Receive one file: keep its bytes, stage, judge, accept. Any crash leaves the receipt to be taken
up again, once.
"""

import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePosixPath

from lots.answers import Received
from lots.errors import (
    CallError,
    DatabaseRefused,
    FileRefused,
    GateClosed,
    LotsError,
    NotConcluded,
)
from lots.formats import legible
from lots.formats.profile import Profile
from lots.formats.recognise import open_batch
from lots.pipeline import accept, keep, kept_anew, profiles, report
from lots.pipeline.concurrent_reading import ConcurrentReading, ReadAhead
from lots.pipeline.judge import judge
from lots.pipeline.senders import refuse_other, sender_of
from lots.pipeline.stage import Staged, stage
from lots.records import records
from lots.settings import Settings
from lots.store import refusals
from lots.store.engine import Connection, engine
from lots.store.intake import receipts
from lots.store.intake.receipts import Receipt
from lots.store.ledger.appending import append
from lots.visible import visible

Step = Callable[[str], None]  # told before each step of a receipt; STEPS has their names
HEALED = (
    "Its kept bytes had been altered or damaged since they came; those that came now took their"
    " place."
)
# Of one file.
FAULTS = (
    ArithmeticError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
# The order is the promise: bytes first, then the receipt, then rows; a crash between two is taken
# up.
STEPS = ("keep", "book", "stage", "judge", "accept", "commit", "done")


def receive(
    location: str,
    settings: Settings,
    *,
    by: str,
    now: datetime,
    sender: str = "",
    folders: Sequence[str] = (),
    person: bool = True,
    step: Step = lambda name: None,
    ahead: ReadAhead | None = None,
) -> Received:
    """Receive the file at a path or URL. The sender is by default the folder that it lies in;
    raises CallError, FileRefused, FileChanging, DatabaseLost, GateClosed. folders: nothing outside
    of these is read by a link in them. person: whether somebody asks, who may have back what was
    given up. ahead: what was read of it before, together with others.
    """
    step("keep")
    told_sender, sender = sender, sender_of(location, sender)
    # First: a crash from here on leaves bytes too many, never a receipt without its bytes.
    kept = kept_anew.known_as(keep.keep(location, settings, folders), settings)
    # By the bytes and not by the name: two who receive the same at once take turns.
    with (
        engine(settings=settings).connect() as connection,
        receipts.alone(connection, kept.sha256, kept.size),
    ):
        step("book")
        with connection.begin():
            receipt = _booked(connection, settings, kept, sender, by, now)
            # Within the transaction that noted the arrival: that it came is true, whoever it is of.
            refuse_other(receipt, kept.file_name, told_sender)
        if receipt.status == "accepted" or (receipt.status == receipts.ABANDONED and not person):
            return _answer(connection, receipt.receipt, again=True, sender=sender)
        # Its name, its sender or that one's profile may be mended.
        if receipt.concluded or receipt.sender != sender:
            receipt = _again(connection, receipt, kept.file_name, sender, by, now)
        with _unconcluded(receipt):
            _take_up(connection, receipt, settings, by, now, step, ahead)
        report.write_or_say(connection, receipt.receipt, settings, by, now)
        return _answer(connection, receipt.receipt)


def _booked(
    connection: Connection,
    settings: Settings,
    kept: keep.Kept,
    sender: str,
    by: str,
    now: datetime,
) -> Receipt:
    """The receipt of kept bytes, and their arrival noted."""
    name = kept.file_name
    receipt = receipts.book(connection, kept.sha256, kept.size, name, sender, by, now)
    # Not of what is concluded: it comes again to put its bytes back.
    if not receipt.concluded:
        keep.expect_place(settings, receipts.kept_before(connection, receipt.receipt))
    # Also of bytes that are known: the sender has been heard, and the landing folder need not offer
    # them again.
    receipts.arrived(connection, receipt, kept.location, sender, name, kept.mark, now)
    receipts.notice(connection, receipt.receipt, [HEALED] if kept.healed else [])
    if receipt.status == "accepted" and receipt.sender != sender and receipt.record:
        # Who says a thing decides what completes it (docs/versions.md).
        accept.came_again(connection, receipt, records()[receipt.record], now)
    append(connection, "arrival", {"receipt": str(receipt.receipt)}, by, now)
    return receipt


def _again(
    connection: Connection, receipt: Receipt, file_name: str, sender: str, by: str, now: datetime
) -> Receipt:
    """A receipt of which nothing was accepted, as it came this time."""
    with connection.begin():
        taken = receipts.try_again(connection, receipt, file_name, sender)
        append(connection, "taken_up_again", {"receipt": str(taken.receipt)}, by, now)
    return taken


@contextmanager
def _unconcluded(receipt: Receipt) -> Iterator[None]:
    """Say of a receipt that cannot be concluded now what becomes of it. Raises NotConcluded."""
    try:
        with refusals.in_words():
            yield
    except (CallError, FileRefused, GateClosed, DatabaseRefused, *FAULTS) as error:
        number = receipt.receipt
        raise NotConcluded(
            f"{sentence_of(error, receipt.file_name)} Receipt {number} waits: `lots receive` without a"
            f" path tries it again, `lots abandon {number}` gives it up."
        ) from error


def sentence_of(error: Exception, name: str) -> str:
    """An error's sentence; of one that nobody foresaw its kind and where it was, for its words may
    hold a value.
    """
    if isinstance(error, LotsError):
        return str(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"{visible(name)} cannot be taken: {type(error).__name__} in"
        f" {PurePosixPath(where.filename).name}, line {where.lineno}; nothing of it was accepted."
    )


def resume(
    settings: Settings,
    *,
    by: str,
    now: datetime,
    step: Step = lambda name: None,
    wait: bool = True,
) -> list[Received]:
    """Take up again every receipt that a crash or a closed gate left; wait: also those that
    somebody else is at work on, once that is done.
    """
    with engine(settings=settings).connect() as connection:
        left = receipts.unfinished(connection)
    # One after the other, each in transactions of its own.
    taken: list[Received] = []
    for receipt in left:
        try:
            taken += _resume_one(receipt, settings, by, now, step, wait)
        except NotConcluded as error:  # one that cannot be taken up never stops the others
            said = str(error)
            taken.append(
                Received(
                    receipt.receipt, receipt.file_name, receipt.sender, None, "not taken", {}, said
                )
            )
    return taken


def _resume_one(
    receipt: Receipt, settings: Settings, by: str, now: datetime, step: Step, wait: bool
) -> Iterator[Received]:
    with (
        engine(settings=settings).connect() as connection,
        receipts.alone(connection, receipt.sha256, receipt.bytes, wait=wait) as held,
    ):
        if not held:
            return
        # Another may have concluded it while we waited for the lock.
        again = receipts.by_number(connection, receipt.receipt)
        # Reading began a transaction, and each step below is one of its own.
        connection.rollback()
        if not again.concluded:
            with _unconcluded(again):
                _take_up(connection, again, settings, by, now, step)
        report.write_or_say(connection, receipt.receipt, settings, by, now)
        yield _answer(connection, receipt.receipt)


def _take_up(
    connection: Connection,
    receipt: Receipt,
    settings: Settings,
    by: str,
    now: datetime,
    step: Step,
    ahead: ReadAhead | None = None,
) -> None:
    # Once for all that is read of it: it may be replaced meanwhile.
    profile = profiles.of_sender(connection, receipt.sender)
    connection.rollback()
    # Begun before staging, so that both read at once; it ends with the block, whatever happens.
    with ConcurrentReading(receipt, profile, settings, records(), ahead) as python:
        try:
            step("stage")
            staged = _stage(connection, receipt, profile, settings)
        # A verdict about the file, told and kept; whatever else goes wrong leaves the receipt to be
        # tried again.
        except FileRefused as refusal:
            found = _legible(receipt, profile, settings)
            with connection.begin():
                _progress(connection, receipt, receipt.status, profile)
                accept.refuse(connection, receipt, str(refusal), by, now, legible=found)
            return
        step("judge")
        with connection.begin():
            judge(connection, receipt, staged, python, settings)
            # Committed before rows are taken: the verdict's table is large, and acceptance may have
            # to be tried again after a lost race.
            receipts.progress(connection, receipt.receipt, "judged")
    step("accept")

    def take() -> None:
        accept.take(connection, receipt, staged, by, now)
        step("commit")

    # The last of the crash points: before its commit nothing of the file stands, after it all does.
    refusals.accepted(connection, take)
    step("done")


def _progress(connection: Connection, receipt: Receipt, status: str, profile: Profile) -> None:
    # Kept with what became of it: whoever asks later why it was read so, is told by what.
    receipts.progress(connection, receipt.receipt, status, profile=profile.sha256 or None)


def _stage(
    connection: Connection, receipt: Receipt, profile: Profile, settings: Settings
) -> Staged:
    with connection.begin():
        with keep.open_kept(receipt.sha256, settings) as stream:
            found = open_batch(stream, receipt.bytes, receipt.file_name, records(), profile)
            staged = stage(connection, receipt, found, profile)
        _progress(connection, receipt, "staged", profile)
    return staged


def _legible(receipt: Receipt, profile: Profile, settings: Settings) -> legible.Legible | None:
    with keep.open_kept(receipt.sha256, settings) as stream:
        return legible.keys(stream, receipt.bytes, receipt.file_name, records(), profile)


def _answer(
    connection: Connection, number: int, *, again: bool = False, sender: str = ""
) -> Received:
    receipt = receipts.by_number(connection, number)
    if not receipt.concluded:
        raise GateClosed(f"{receipt.file_name} is not concluded: its status is {receipt.status}.")
    whose = (
        ""
        if sender in ("", receipt.sender)
        else (
            f", not of {visible(sender)}; what can be done is told with --sender {visible(sender)}"
        )
    )
    sentence = receipt.sentence or (
        f"It is receipt {number} of {visible(receipt.sender)}{whose}." if again else ""
    )
    return Received(
        number,
        receipt.file_name,
        receipt.sender,
        receipt.record,
        receipt.status,
        receipt.counts or {},
        sentence,
        again,
        tuple(receipts.notices(connection, number)),
    )
