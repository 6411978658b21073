"""Prepared lines that may be missing in a preparation, so that another vial of it was given
(docs/certificate.md).
"""

from collections.abc import Iterable, Sequence

from lots.answers.certificate import Sort
from lots.pipeline.belongs import AtMost, Belonging, Reached
from lots.pipeline.roles import Role
from lots.store.answers import counting, open_ends
from lots.store.answers.open_ends import End
from lots.store.engine import Connection

PREPARED = "reconstitution_vial"


def missing(
    connection: Connection,
    ends: Iterable[End],
    refused: Sequence[Belonging],
    reached: Reached,
    most: AtMost,
) -> None:
    """Say what may be missing, and how many vials, where an answer has lines that are of their
    preparation alone: whatever it is of, since a preparation may hold vials of several products.
    """
    prepared = [e for e in ends if e.record == PREPARED]
    parked = [e for e in prepared if e.link == "preparation" and e.sort is Sort.PARKED]
    # An infusion that names the same preparation does not write it wrong as well.
    floating = open_ends.named_by_no_infusion(connection, parked)
    unread = [r for r in refused if r.end.record in ("", PREPARED)]
    awaited = any(e.sort is Sort.AWAITED for e in prepared)
    if not (floating or unread or awaited):
        return
    if counting.by_preparation(connection, sorted(reached.nodes), reached.lines) is None:
        return
    most.in_preparations = None if awaited else _vials(connection, floating, unread)
    said = {one.end for one in most.belongs}
    found = [*(Belonging(end, Role.IN_PREPARATION) for end in floating), *map(_as_missing, unread)]
    most.belongs += [one for one in found if one.end not in said]
    of_it = {one.end for one in found}
    for why, end in [kept for kept in most.left_out if kept[1] in of_it]:
        del most.left_out[why, end]


def _as_missing(refused: Belonging) -> Belonging:
    return Belonging(refused.end, Role.IN_PREPARATION, refused.rows)


def _vials(
    connection: Connection, floating: Sequence[End], unread: Sequence[Belonging]
) -> int | None:
    """How many vials these lines are; None where one does not say."""
    told = open_ends.astray(connection, floating)
    labels = open_ends.labelled(connection, [PREPARED]) if unread else {}
    read = [labels.get((row.receipt, row.line)) for one in unread for row in one.rows]
    vials = [None if label is None else label.vials for label in read]
    vials += [max(version.vials for version in versions) for versions in told.values()]
    return None if None in vials else sum(n for n in vials if n is not None)
