"""What an answer says about itself: what it may lack, of whom, and how much that can be at most
(docs/certificate.md).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Between:
    """A number of vials or patients: at least, at most; most None: nothing known ends it."""

    least: int
    most: int | None

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.least:,} or more"
        return f"{self.least:,}" if self.least == self.most else f"{self.least:,} to {self.most:,}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Each figure of vials and of patients from what is sure to what it is at most."""

    given: Between  # of vials, as those below until the patients
    not_given: Between
    prepared: Between
    dispensed: Between
    prepared_only: Between
    dispensed_only: Between
    without_key: Between
    patients_given: Between  # keys of patients, each once
    patients_dispensed_only: Between
    patients_not_given: Between


class Group(StrEnum):
    """What an open end does to an answer."""

    CHANGES = "changes the answer"
    MIGHT = "might change it"


class Sort(StrEnum):
    """How a link leads nowhere, or elsewhere."""

    PARKED = "parked"
    EMPTY = "empty"
    WITHOUT = "without"
    CONTESTED = "contested"
    AWAITED = "awaited"
    REFUSED = "refused"
    UNDATED = "undated"  # in the answer, though nobody knows whether it was in the period
    DISAGREES = "disagrees"  # two links of a row lead to different lots
    SEVERAL = "several"  # a number that it tells is that of several things
    UNRECORDED = "unrecorded"  # named in the answer, and no record of it has come


@dataclass(frozen=True, slots=True)
class Reason:
    """Open ends of one sort and link that could belong to an answer. vials, patients: that they may
    add at most, None where nothing known ends it. senders: of the rows; where: the first of them,
    RECEIPT:LINE and file, or the things of which no row tells. settled_by: what would end it.
    alike: names among them that look like one of the answer, and why.
    """

    group: Group
    sort: Sort
    record: str
    link: str
    rows: int
    sentence: str
    vials: int | None
    patients: int | None
    senders: tuple[str, ...]
    where: tuple[str, ...]
    settled_by: str
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotHeard:
    """A sender in scope who has not been heard whole: why, and how many packs of the lots walked
    are there at most.
    """

    sender: str
    reasons: tuple[str, ...]
    packs: int  # that stand there or are on their way, by what was told
    vials: int | None  # None where nobody knows how many these packs hold


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Open ends that cannot matter to an answer, and why."""

    why: str
    record: str
    link: str
    sort: Sort
    rows: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Whether an answer is complete, as of which ledger entry, since and through which instant, what
    was walked, and all that it may lack. since: from when on all have told all who were heard whole;
    None where there is none.

    checkpoint: the newest signed one of the ledger, to be kept by whoever was answered; empty where
    none was written yet. through_asked: whether the instant was asked for; else all in scope were
    heard until then.
    unlinked: ledger entries that are accepted but not linked yet. open_ends: rows of the reasons.
    by_name: what was asked about of which no record tells, as "kit lot": a row that writes its name
    otherwise is not found.
    """

    complete: bool
    since: datetime | None
    through: datetime  # until when all in scope must have told all, in UTC
    through_asked: bool
    entry: int
    checkpoint: str
    unlinked: int  # while there are any, the answer is not complete
    nodes: int  # pools and lots that were walked
    edges: int  # between these
    vial_lines: int  # keys, not vials
    open_ends: int
    reasons: tuple[Reason, ...]
    not_heard: tuple[NotHeard, ...]
    left_out: tuple[LeftOut, ...]
    by_name: tuple[str, ...] = ()
