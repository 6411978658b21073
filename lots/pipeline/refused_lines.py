"""Refused lines of vials of which a label can be read: each a line of an answer at most, or left
out where it tells of others (docs/certificate.md).
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from lots.pipeline.belonging import Answer, alike, look_alike, names_of, of_label
from lots.pipeline.belongs import AtMost, Belonging
from lots.pipeline.roles import Role
from lots.questions.path import Step, lines
from lots.records import records
from lots.store.answers import refused_rows
from lots.store.answers.open_ends import Astray, End
from lots.store.answers.refused_rows import Labelled
from lots.store.engine import Connection

# What became of its vials. Of which infusion it was need not be readable, so that nobody knows
# whether that one was given.
STATES = {
    "dispensing": "dispensed",
    "reconstitution_vial": "prepared",
    "administration_vial": "given",
}


def belonging(
    connection: Connection,
    path: tuple[Step, ...],
    refused: Sequence[Belonging],
    answer: Answer,
    most: AtMost,
) -> list[Belonging]:
    """The refused rows that could belong: lines by their labels, all others as they are."""
    labels = _labels(connection, path, refused)
    out = _left_out(labels, answer, most.nodes)
    most.left_out.update((why, end) for end, why in out.items())
    return [_as_line(r, labels, answer) for r in refused if r.end not in out]


def _labels(
    connection: Connection, path: tuple[Step, ...], refused: Sequence[Belonging]
) -> dict[End, Labelled]:
    """What can be read of their labels; nothing where the path goes by no label."""
    if not refused or not any((s.record, s.link) == ("administration_vial", "pack") for s in path):
        return {}
    found = refused_rows.labelled(connection, (r.name for r in lines(records())))
    rows = {one.end: (row.receipt, row.line) for one in refused for row in one.rows}
    return {end: found[row] for end, row in rows.items() if row in found}


def _left_out(labels: Mapping[End, Labelled], answer: Answer, nodes: Set[int]) -> dict[End, str]:
    """Why those of others are left out: their pack or lot is known and none that is walked, or
    another product's; and no name of theirs is one of the answer's, or nearly.
    """
    whys = {}
    for end, label in labels.items():
        if label.lots:
            if not label.lots & nodes:
                whys[end] = "lot"
        elif why := of_label(label.gtin, None, answer):
            whys[end] = why
    names = {end: names_of(_astray(end, labels[end])) for end in whys}
    for end in look_alike(names, answer):
        del whys[end]
    return whys


def _as_line(one: Belonging, labels: Mapping[End, Labelled], answer: Answer) -> Belonging:
    """A line by its label; where that does not say how many vials, nobody knows how many."""
    if one.end not in labels or labels[one.end].vials is None:
        return one
    versions = _astray(one.end, labels[one.end])
    looks = alike(versions, answer)
    return replace(one, role=Role.LINE, astray=versions, opens="", alike=looks)


def _astray(end: End, label: Labelled) -> tuple[Astray, ...]:
    state = STATES[end.record]
    whose = "/".join(("refused", *end.key))
    told = (label.gtin, label.serial, label.lot_number, None)
    return (Astray(state, state != "given", label.vials or 1, 0, False, whose, *told),)
