"""Refused rows of the way up that a trace goes: what went into its pools and lots
(docs/certificate.md).
"""

from collections import defaultdict

from lots.answers import Reason
from lots.answers.certificate import Group, Sort
from lots.pipeline import wording
from lots.pipeline.certify import SHOWN
from lots.questions.question import Question
from lots.store.answers import refused_rows
from lots.store.answers.open_ends import End
from lots.store.answers.paths import crossed
from lots.store.answers.refused_rows import Refused
from lots.store.answers.statements import Nodes
from lots.store.engine import Connection


def refused_above(connection: Connection, question: Question, nodes: Nodes) -> list[Reason]:
    """Those of records that are on the way up alone: each may tell what went into a pool or lot that
    is shown, unless it names another.
    """
    down = {step.record for step in crossed(question.path)}
    above = {step.record for step in crossed(question.above)} - down
    found: dict[str, list[Refused]] = defaultdict(list)
    for alike in refused_rows.refused(connection, above) if above else ():
        # One of no known record is said as one of the way down.
        if alike.record and (alike.node is None or alike.node in nodes):
            found[alike.record].append(alike)
    return [_reason(record, rows) for record, rows in sorted(found.items())]


def _reason(record: str, rows: list[Refused]) -> Reason:
    end = End(record, (), "", Sort.REFUSED)
    many = sum(alike.many for alike in rows)
    places = sorted(place for alike in rows for place in alike.places)
    return Reason(
        Group.MIGHT,
        Sort.REFUSED,
        record,
        "",
        many,
        wording.sentence(end, many),
        0,  # whatever went into a lot, its vials are counted
        0,
        tuple(dict.fromkeys(place.sender for place in places)),
        tuple(f"{p.receipt}:{p.line} ({p.file_name})" for p in places[:SHOWN]),
        wording.settled_by(end),
        (),
    )
