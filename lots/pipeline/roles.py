"""What an open end may bring to an answer, by what its record is on the question's path
(docs/certificate.md).
"""

from enum import StrEnum

from lots.answers.certificate import Sort
from lots.questions.path import Step
from lots.records import records
from lots.store.answers import open_ends
from lots.store.answers.open_ends import End

LABELLED = ("pack", "lot", "vial")  # links of lines to what they are of
SAMPLES = ("test_result", "minipool_member")


class Role(StrEnum):
    """What an open end may bring."""

    ATTACHES = "attaches"  # pools and lots, by what hangs below it
    LINE = "line"  # itself, a line of a vial
    OF_ANY_PACK = "of any pack"  # a line of a vial, that its lot has already
    LEADS_ON = "leads on"  # what it was reached for, and nobody knows where
    UNFILLED = "unfilled"  # vials that nobody tells of
    PERSON = "person"  # whose vials were
    HELD = "held"  # where packs are
    IN_PREPARATION = "in preparation"  # nothing, and may be what was given in place of another vial


def role_of(end: End, path: tuple[Step, ...]) -> Role | None:
    """What an open end may bring to an answer of this path; nothing where its row makes no link."""
    down = {(s.record, s.link) for s in path if not s.up}
    if end.sort is Sort.AWAITED:
        return _awaited(end, path)
    if end.sort is Sort.WITHOUT:
        return _without(end, {record for record, _ in down})
    record = records()[end.record]
    # What was given may tell of a preparation alone; what was prepared is of its label all the
    # same.
    alone = (end.record, end.link) == ("administration_vial", "preparation")
    # Asked what was prepared with something: what was prepared nobody knows how is of it, too.
    prepared = end.link == "preparation" and (end.record, end.link) in down
    if record.line and (end.link in LABELLED or alone or prepared):
        return Role.LINE
    if end.record in open_ends.OF_PACKS and not record.line:
        # Asked about one pack, nobody asks which others there are; of single lines, and of what came
        # somewhere, each is.
        by_names = ("relabelling", "pack") in down
        alone = end.record == "pack" and (end.record, end.link) not in down and by_names
        return Role.LEADS_ON if alone else Role.HELD
    if end.record in open_ends.OF_LINES and (end.record, end.link) not in down:
        return Role.PERSON
    # Where samples lead is asked of those that are reached alone.
    return None if (end.record, end.link) not in down else Role.ATTACHES


def _without(end: End, read: set[str]) -> Role | None:
    match end.record:
        case "pool" | "lot":
            return Role.ATTACHES
        case "donation" if end.link == "donation":
            return Role.ATTACHES if "donation" in read else None
        case "minipool" if end.link == "minipool_member.smaller":
            return Role.ATTACHES
        case "minipool":
            return None
        case "package":
            return Role.HELD
        case "administration" | "reconstitution":
            return Role.UNFILLED
        case _:
            return Role.LEADS_ON


def _awaited(end: End, path: tuple[Step, ...]) -> Role:
    if end.record in open_ends.making(path):
        return Role.LEADS_ON
    if records()[end.record].line:
        return Role.UNFILLED
    return Role.PERSON if end.record in open_ends.OF_LINES else Role.HELD
