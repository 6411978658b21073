"""Prepared lines that may be missing in a preparation, so that another vial of it was given
(docs/certificate.md).
"""

from collections.abc import Mapping, Sequence

from lots.answers.certificate import Sort
from lots.pipeline.belongs import AtMost, Belonging, Reached
from lots.pipeline.roles import Role
from lots.store.answers import counting, open_ends, refused_rows
from lots.store.answers.open_ends import End
from lots.store.engine import Connection

PREPARED = "reconstitution_vial"


def missing(
    connection: Connection,
    by_role: Mapping[Role, list[End]],
    refused: Sequence[Belonging],
    reached: Reached,
    most: AtMost,
) -> None:
    """Say what may be missing, and how many vials, where an answer has lines that are of their
    preparation alone: whatever it is of, since a preparation may hold vials of several products.
    """
    roles = (Role.LINE, Role.PERSON, Role.UNFILLED)
    prepared = [e for role in roles for e in by_role[role] if e.record == PREPARED]
    parked = [e for e in prepared if e.link == "preparation" and e.sort is Sort.PARKED]
    # An infusion that names the same preparation does not write it wrong as well.
    floating = open_ends.named_by_no_infusion(connection, parked)
    unread = [r for r in refused if r.end.record in ("", PREPARED)]
    awaited = any(e.sort is Sort.AWAITED for e in prepared)
    if not (floating or unread or awaited):
        return
    # Asked before anything is counted: most answers have no such line.
    if counting.by_preparation(connection, sorted(reached.nodes), reached.lines) is None:
        return
    told = _told(connection, floating)
    most.in_preparations = None if awaited else _sum([*told.values(), *_read(connection, unread)])
    # Asked about a diluent, what is missing may itself be what was given by a preparation of it.
    alone = {one.end for one in most.belongs if one.role is Role.LINE}
    most.unprepared += sum(vials or 0 for end, vials in told.items() if end in alone)
    said = {one.end for one in most.belongs}
    found = [*(Belonging(end, Role.IN_PREPARATION) for end in floating), *map(_as_missing, unread)]
    most.belongs += [one for one in found if one.end not in said]
    of_it = {one.end for one in found}
    for why, end in [kept for kept in most.left_out if kept[1] in of_it]:
        # What may be missing in a preparation is of any product: it is not left out by its own.
        del most.left_out[why, end]


def _as_missing(refused: Belonging) -> Belonging:
    return Belonging(refused.end, Role.IN_PREPARATION, refused.rows, many=refused.many)


def _told(connection: Connection, floating: Sequence[End]) -> dict[End, int | None]:
    """How many vials each of these lines is, by the most that a version tells; None where one does
    not say.
    """
    return {
        end: None if any(v.unsaid for v in versions) else max(v.vials for v in versions)
        for end, versions in open_ends.astray(connection, floating).items()
    }


def _read(connection: Connection, unread: Sequence[Belonging]) -> list[int | None]:
    """How many vials each of these refused rows is; None where it does not say."""
    labels = refused_rows.labelled(connection, [PREPARED]) if unread else {}
    read = [labels.get((row.receipt, row.line)) for one in unread for row in one.rows]
    return [None if label is None else label.vials for label in read]


def _sum(vials: Sequence[int | None]) -> int | None:
    return None if None in vials else sum(n for n in vials if n is not None)
