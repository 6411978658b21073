"""Receive one file: keep its bytes, stage, judge, accept. Any crash leaves the receipt to be taken up again, once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from lots.errors import CallError, FileRefused, GateClosed
from lots.forms import profile as profiles
from lots.forms.recognise import opened
from lots.pipeline import accept, keep, report
from lots.pipeline.judge import judge
from lots.pipeline.python_reading import Beside
from lots.pipeline.stage import Staged, stage
from lots.records import records
from lots.settings import Settings
from lots.store import receipts
from lots.store.engine import Connection, engine
from lots.store.receipts import Receipt

Step = Callable[[str], None]  # told before each step of a receipt; STEPS has their names
HEALED = "Its kept bytes had been altered or damaged since they came; those that came now took their place."
STEPS = ("keep", "book", "stage", "judge", "accept", "commit", "done")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file: accepted, refused whole, or already received before."""

    receipt: int
    file_name: str
    sender: str
    record: str | None
    status: str
    counts: Mapping[str, int]
    sentence: str = ""
    again: bool = False
    notices: tuple[str, ...] = ()


def receive(place: str, settings: Settings, *, by: str, now: datetime, sender: str = "",
            step: Step = lambda name: None) -> Received:
    """Receive the file at a path or URL. The sender is by default the folder that it lies in, where that has a profile
    or is a party's; raises CallError, FileChanging, DatabaseLost, GateClosed.
    """
    step("keep")
    kept = keep.keep(place, settings)
    sender = sender or PurePosixPath(place).parent.name
    with engine(settings=settings).connect() as connection, receipts.alone(connection, kept.sha256):
        step("book")
        with connection.begin():
            receipt = receipts.book(connection, kept.sha256, kept.size, kept.file_name, sender, by, now)
            receipts.arrived(connection, receipt, kept.place, sender, kept.file_name, kept.mark, now)
            receipts.notice(connection, receipt.receipt, [HEALED] if kept.healed else [])
        if receipt.status == "accepted":
            return _answer(connection, receipt.receipt, again=True)
        if receipt.status == "refused":  # by its name, its sender or that sender's profile, which may be mended now
            with connection.begin():
                receipt = receipts.try_again(connection, receipt, kept.file_name, sender)
        _take_up(connection, receipt, settings, by, now, step)
        report.write(connection, receipt.receipt, settings)
        return _answer(connection, receipt.receipt)


def resume(settings: Settings, *, by: str, now: datetime, step: Step = lambda name: None) -> list[Received]:
    """Take up again every receipt that a crash or a closed gate left."""
    with engine(settings=settings).connect() as connection:
        left = receipts.unfinished(connection)
    taken = []
    for receipt in left:
        try:
            taken.append(_resume_one(receipt, settings, by, now, step))
        except (CallError, FileRefused, GateClosed) as error:  # one that cannot be taken up never stops the others
            said = str(error)
            taken.append(Received(receipt.receipt, receipt.file_name, receipt.sender, None, "not taken", {}, said))
    return taken


def _resume_one(receipt: Receipt, settings: Settings, by: str, now: datetime, step: Step) -> Received:
    with engine(settings=settings).connect() as connection, receipts.alone(connection, receipt.sha256):
        again = receipts.by_number(connection, receipt.receipt)
        connection.rollback()
        if not again.concluded:
            _take_up(connection, again, settings, by, now, step)
        report.write(connection, receipt.receipt, settings)
        return _answer(connection, receipt.receipt)


def _take_up(connection: Connection, receipt: Receipt, settings: Settings, by: str, now: datetime,
             step: Step) -> None:
    profile = profiles.load(settings.profiles, receipt.sender)
    with Beside(receipt, profile, settings, records()) as python:
        try:
            step("stage")
            with connection.begin():
                staged = _stage(connection, receipt, profile, settings)
                receipts.progress(connection, receipt.receipt, "staged")
        except FileRefused as refusal:
            with connection.begin():
                accept.refuse(connection, receipt, str(refusal), by, now)
            return
        step("judge")
        with connection.begin():
            judge(connection, receipt, staged, python, settings)
            receipts.progress(connection, receipt.receipt, "judged")
    step("accept")
    with connection.begin():
        accept.accept(connection, receipt, staged, by, now)
        step("commit")
    step("done")


def _stage(connection: Connection, receipt: Receipt, profile: profiles.Profile, settings: Settings) -> Staged:
    with keep.opened(receipt.sha256, settings) as stream:
        found = opened(stream, receipt.bytes, receipt.file_name, records(), profile)
        return stage(connection, receipt, found, profile)


def _answer(connection: Connection, number: int, *, again: bool = False) -> Received:
    receipt = receipts.by_number(connection, number)
    if not receipt.concluded:
        raise GateClosed(f"{receipt.file_name} is not concluded: its status is {receipt.status}.")
    return Received(number, receipt.file_name, receipt.sender, receipt.record, receipt.status, receipt.counts or {},
                    receipt.sentence or "", again, tuple(receipts.notices(connection, number)))
