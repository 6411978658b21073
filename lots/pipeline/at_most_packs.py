"""Packs that could belong to an answer, where they are told of, and what they became
(docs/certificate.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from lots.answers.certificate import Sort
from lots.pipeline.belonging import Answer, look_alike, names_of_rows, of_label
from lots.pipeline.belongs import AtMost, Belonging, Reached
from lots.pipeline.roles import Role
from lots.questions.path import Step
from lots.questions.question import Question
from lots.records import records
from lots.store.answers import came, open_ends, read_once, renamed, told
from lots.store.answers.counting import Line
from lots.store.answers.open_ends import End
from lots.store.answers.told import Row
from lots.store.engine import Connection

# Of a relabelling that is awaited no link is told.
NAMES = {("relabelling", link) for link in ("pack", "new_pack", "")}
Rows = Mapping[tuple[str, tuple[str, ...]], list[Row]]
OfPacks = tuple[list[End], Rows]  # open ends, and the rows that they are of


def by_labels(path: Iterable[Step]) -> bool:
    """Whether lines are asked for by their labels: not what was prepared with a diluent, nor a person's."""
    return any((s.record, s.link) == ("administration_vial", "pack") for s in path)


def told_of(
    connection: Connection, question: Question, ends: list[End], reached: Reached, lines: Set[Line]
) -> OfPacks:
    """What tells where packs are, or which packs there are, and leads nowhere, with its rows. lines:
    those that are asked about alone.
    """
    if reached.lines is not None:  # not of whole lots
        if not reached.packs:
            mine = _named(connection, question, reached, lines)
            ends = [end for end in ends if not _of_others(end, mine)]
        # A label that is written wrong may be that of a pack that is asked about, or that a line is
        # of: lines under its earlier name, or of its earlier lot, may then be of it, and what it was
        # before is told by nothing.
        ends = [*ends, *renamed.labels_untold(connection)]
    return _with_rows(connection, ends)


def _named(
    connection: Connection, question: Question, reached: Reached, lines: Set[Line]
) -> set[came.Key]:
    """The packs of single lines, or of what came to a party, and the rows that tell what they were."""
    parties = reached.names if question.name == "party" else ()
    found = (came.to_party(connection, party) for party in parties)
    return came.packs_of_lines(connection, lines).union(*found)


def _of_others(end: End, mine: set[came.Key]) -> bool:
    """Whether it tells what a pack is, or was before, that is none of these."""
    told = end.record in ("pack", "relabelling") and end.sort in (Sort.PARKED, Sort.EMPTY)
    return told and (end.record, end.key) not in mine


def under_every_name(
    connection: Connection, told: OfPacks, reached: Reached, answer: Answer
) -> Answer:
    """The answer with what its packs were and became, and those that could belong."""
    nodes = answer.looked_up.nodes
    found = replace(answer, renamed=renamed.names_of_packs(connection, reached.packs, nodes))
    ends, rows = told
    packs = [end for end in ends if end.record == "pack"]
    known = set[str]()
    while True:
        whys = _whys(packs, rows, found)
        let_in = {"/".join(end.key) for end in packs if end not in whys} - known
        more = renamed.names_of_packs(connection, let_in, ()) if let_in else frozenset()
        # What a pack became may be the product of another that could belong, and became one more.
        if more <= found.renamed:
            return found
        found, known = replace(found, renamed=found.renamed | more), known | let_in


def held(
    question: Question, told: OfPacks, answer: Answer, most: AtMost, *, labelled: bool
) -> None:
    """What tells where packs are, or which packs there are, and could belong. labelled: whether lines
    are asked for by their labels; else it adds no vial.
    """
    ends, rows = told
    # Of single lines all else is of their own packs; to a party packs of any product came.
    others = ends if labelled else [end for end in ends if end.link == "new_pack"]
    whys = {} if question.name == "party" else _whys(others, rows, answer)
    for end in ends:
        if end in whys:
            most.left_out[whys[end], end] += 1
        else:
            # Under which other name lines may be of a pack of the answer nobody knows.
            opens = "vials" if labelled and (end.record, end.link) in NAMES else ""
            of_it = rows.get((end.record, end.key), [])
            most.belongs.append(Belonging(end, Role.HELD, of_it, opens=opens))


def under_other_lots(
    connection: Connection, reached: Reached, answer: Answer, most: AtMost
) -> None:
    """The lines of packs that could belong; and packs that go under another lot, so that lines that
    tell its number alone may be of them; and lines that tell an earlier label.
    """
    let_in = ["/".join(b.end.key) for b in most.belongs if _is_pack(b)]
    alone = bool(reached.packs)
    if let_in and not alone:
        lines = renamed.lines_of_packs(connection, let_in, most.nodes)
        found = open_ends.astray(connection, lines)
        most.of_packs = {(e.record, e.key): tuple(versions) for e, versions in found.items()}
    packs = reached.packs if alone else let_in
    others = renamed.packs_renamed(connection, packs, most.nodes, alone=alone)
    if not alone:
        labels = _labels_untold(connection, answer)
        others += renamed.lines_of_earlier_labels(connection, let_in, labels, most.nodes)
    known = {*others}
    most.belongs = [b for b in most.belongs if b.end not in known]
    most.belongs += [Belonging(end, Role.HELD, opens="vials") for end in others]
    for why, end in [kept for kept in most.left_out if kept[1] in known]:
        del most.left_out[why, end]


def _labels_untold(connection: Connection, answer: Answer) -> list[str]:
    """Labels of which no pack record came, and what these were before, as GTIN/SERIAL: of those that
    may be written wrong and be of a pack of the answer.
    """
    ends, rows = _with_rows(connection, renamed.labels_untold(connection))
    whys = _whys(ends, rows, answer)
    let_in = [end.key for end in ends if end not in whys]
    return ["/".join(name) for key in let_in for name in (key[:2], key[2:])]


def _is_pack(one: Belonging) -> bool:
    return one.role is Role.HELD and (one.end.record, one.end.link) == ("pack", "lot")


def _with_rows(connection: Connection, ends: list[End]) -> OfPacks:
    return ends, read_once.once(connection, ("held", *ends), lambda: _rows(connection, ends))


def _rows(connection: Connection, ends: Iterable[End]) -> Rows:
    # A package is no record: it has no row that could tell a product.
    keys = [(end.record, end.key) for end in ends if end.record in records()]
    rows = defaultdict[tuple[str, tuple[str, ...]], list[Row]](list)
    for row in told.rows(connection, keys):
        rows[row.record, row.key].append(row)
    return dict(rows)


def _of_untold_product(end: End, answer: Answer) -> bool:
    if end.link != "new_pack":
        return False
    return end.key in renamed.of_untold_products(answer.looked_up.connection)


def _whys(ends: Sequence[End], rows: Rows, answer: Answer) -> dict[End, str]:
    whys = {}
    for end in ends:
        # Relabelled, a pack may be of the product that it was, and of the one that it became. When it was
        # packed or shipped says nothing: a lot is made when the last of it is packed.
        of_it = rows.get((end.record, end.key), [])
        found = {of_label(gtin, None, answer) for r in of_it for gtin in r.gtins}
        if found and "" not in found and not _of_untold_product(end, answer):
            whys[end] = found.pop()
    names = {end: names_of_rows(rows[end.record, end.key]) for end in whys}
    for end in look_alike(names, answer):
        del whys[end]
    return whys
