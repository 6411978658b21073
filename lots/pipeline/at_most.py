"""The answer at most: what a question reaches when each open end of its path that could belong is
taken too, and what is left out, and why (docs/certificate.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain

from lots.answers.certificate import Sort
from lots.pipeline import (
    at_most_lines,
    at_most_lots,
    at_most_packs,
    at_most_persons,
    in_preparations,
    refused_lines,
)
from lots.pipeline.belonging import (
    LookedUp,
)
from lots.pipeline.belongs import AtMost, Belonging, Reached
from lots.pipeline.elsewhere import elsewhere, nowhere
from lots.pipeline.roles import SAMPLES, Role, role_of
from lots.questions.ends import UNCOUNTED, UNSAID
from lots.questions.path import Step, lines
from lots.questions.question import Question
from lots.records import records
from lots.store.answers import counting, open_ends, read_once, refused_rows, subjects, told
from lots.store.answers.counting import Line
from lots.store.answers.open_ends import Alike, End
from lots.store.answers.paths import crossed
from lots.store.answers.refused_rows import Place, Refused
from lots.store.answers.told import Row
from lots.store.engine import Connection

NODES = ("pool", "lot")
Hanging = Mapping[End, tuple[set[str], set[int]]]


def at_most(
    connection: Connection,
    question: Question,
    reached: Reached,
    lines_alone: Set[Line] | None = None,
) -> AtMost:
    """Take every open end of a question's path that could belong to what it reaches. lines_alone: the
    lines of vials that it is about; None: all of its lots.
    """
    path = crossed(question.path)
    by_role, unfilled = _by_role(connection, question, path, reached)
    most, looked_up = AtMost(set(reached.nodes)), LookedUp(connection)
    refused, unread = _refused(connection, path)
    touching = at_most_persons.touching(connection, question, by_role[Role.ATTACHES], reached)
    at_most_lots.above_packs(
        looked_up, path, by_role[Role.ATTACHES], refused, reached, most, touching=touching
    )
    untold = _untold_packs(connection, by_role)
    answer = at_most_lots.answer_of(looked_up, most.nodes, most.donations, untold=untold)
    most.began = answer.began
    alone = lines_alone or set()
    of_packs = at_most_packs.told_of(connection, question, by_role[Role.HELD], reached, alone)
    labelled = at_most_packs.by_labels(path)
    answer = at_most_packs.under_every_name(connection, of_packs, reached, answer)
    at_most_lines.of_vials(connection, path, by_role[Role.LINE], alone, answer, most)
    at_most_lines.of_any_pack(connection, lines_alone, reached.lines or set(), most)
    at_most_lines.of_preparations(connection, most)
    at_most_packs.held(question, of_packs, answer, most, labelled=labelled)
    if labelled:
        at_most_packs.under_other_lots(connection, reached, answer, most)
    most.belongs += _leading_on(connection, question, by_role[Role.LEADS_ON], reached)
    most.belongs += nowhere(connection, question, reached.names)
    most.belongs += _unpooled(connection, most.donations - reached.donations)
    most.belongs += _unfilled(by_role[Role.UNFILLED], unfilled)
    most.belongs += refused_lines.belonging(connection, path, unread, answer, most)
    # Last: whose vials were matters of those that the answer has at most.
    most.belongs += at_most_lines.persons(connection, by_role, lines_alone, most)
    in_preparations.missing(connection, by_role, unread, reached, most)
    most.belongs += _uncounted(connection, most, lines_alone)
    return most


def _untold_packs(
    connection: Connection, by_role: Mapping[Role, list[End]]
) -> tuple[refused_rows.Pack, ...]:
    """Packs of which a row was refused or does not tell the lot, or what replaces it has not come."""
    ends = chain(*by_role.values())
    awaited = {e.key[0] for e in ends if (e.record, e.sort) == ("pack", Sort.AWAITED)}
    coming = (refused_rows.Pack(None, None, gtin) for gtin in sorted(awaited))
    return (*refused_rows.packs(connection), *coming)


def _by_role(
    connection: Connection, question: Question, path: tuple[Step, ...], reached: Reached
) -> tuple[dict[Role, list[End]], Sequence[Alike]]:
    """The open ends of the path by what they may bring, and those that bring vials of which nobody
    tells, whatever is asked.
    """
    by_persons = at_most_persons.goes_by_donors(connection, question, reached)
    found = defaultdict[Role, list[End]](list)
    parties = reached.names if question.name == "party" else ()
    ends, unfilled = open_ends.on(connection, path, reached.donations, parties)
    if question.name == "diluent_lot":  # what was prepared with another one lacks nothing here
        unfilled = [one for one in unfilled if one.first[0].record != "reconstitution"]
        ends = [*ends, *open_ends.unfilled_with(connection, reached.names)]
    others = at_most_persons.of_others(connection, question, ends, reached)
    others |= elsewhere(connection, question, reached.names, ends)
    # Hundreds of ends are of a few kinds, and those of a kind play one role.
    roles = dict[tuple[str, str, Sort], Role | None]()
    for end in ends:
        kind = end.record, end.link, end.sort
        if kind not in roles:
            roles[kind] = role_of(end, path)
        role = roles[kind]
        if (
            role
            and end not in others
            and (by_persons or (end.record, end.link) not in at_most_persons.OF_DONORS)
        ):
            found[role].append(end)
    return found, unfilled


def _unfilled(ends: Iterable[End], alike: Iterable[Alike]) -> Iterator[Belonging]:
    """What was given, or prepared, without a vial."""
    for end in ends:
        yield Belonging(end, Role.UNFILLED, opens="vials")
    for one in alike:
        first, *others = one.first
        yield Belonging(first, Role.UNFILLED, opens="vials", many=one.many, others=tuple(others))


def _uncounted(
    connection: Connection, most: AtMost, lines_alone: Set[Line] | None
) -> Iterator[Belonging]:
    """Lines of it that do not say how many vials they stand for; and their infusions that do not say
    whether they were given.
    """
    record, link = UNSAID
    for key in counting.unsaid(connection, most.nodes, lines_alone, most.astray):
        yield Belonging(End(record, key, link, Sort.EMPTY), Role.HELD)
    for line in counting.uncounted(connection, most.nodes, lines_alone, most.astray):
        yield Belonging(End(*line, UNCOUNTED, Sort.EMPTY), Role.UNFILLED, opens="vials")


# --- what was refused --------------------------------------------------------------------------------


def _refused(
    connection: Connection, path: tuple[Step, ...]
) -> tuple[list[Belonging], list[Belonging]]:
    """Refused rows of the path: by what they lead to, else by what they leave open; and the latter."""
    making, of_lines = open_ends.making(path), {r.name for r in lines(records())}
    # Under which other label lines may be of a pack of the answer nobody knows.
    of_lines |= {"relabelling"} if at_most_packs.by_labels(path) else set()
    found = []
    names = sorted({s.record for s in path})
    told_of = read_once.once(
        connection, ("refused, as ends", *names), lambda: _as_ends(connection, names)
    )
    for one, end, rows in told_of:
        above = not one.record or one.record in making
        # Of a row that nobody can read, or whose record is not known, the worse: it may tell of any
        # lot.
        opens = "lots" if above else "vials" if one.record in of_lines else ""
        if one.node is not None:
            found.append(Belonging(end, Role.ATTACHES, rows, frozenset({one.node})))
            continue
        role = Role.ATTACHES if above else Role.UNFILLED if opens else Role.HELD
        found.append(Belonging(end, role, rows, opens=opens, many=one.many))
    return found, [one for one in found if not one.nodes]


def _as_ends(connection: Connection, names: Iterable[str]) -> list[tuple[Refused, End, list[Row]]]:
    found = []
    for one in refused_rows.refused(connection, names):
        rows = [_refused_row(one.record, place) for place in one.places]
        found.append((one, End(one.record, rows[0].key, "", Sort.REFUSED), rows))
    return found


def _refused_row(record: str, place: Place) -> Row:
    """What is known of a row that could not be read: where it stands."""
    file_name, line, receipt, sender = place
    key = (file_name, str(line), str(receipt))
    return Row(record, key, file_name, sender, receipt, line, {}, (None,), None)


# --- what was reached, and leads nowhere --------------------------------------------------------------


def _leading_on(
    connection: Connection, question: Question, ends: list[End], reached: Reached
) -> list[Belonging]:
    found = [
        Belonging(e, Role.LEADS_ON)
        for e in ends
        if e.record == "donation" and e.key[0] in reached.donations
    ]
    found += [
        Belonging(e, Role.LEADS_ON, opens="lots")
        for e in ends
        if e.sort is Sort.AWAITED
        or (e.record == "pack" and "/".join(e.key) in reached.names | reached.before)
    ]
    if any(s.record in SAMPLES for s in crossed(question.first)):
        for name in reached.names:
            found += [
                Belonging(e, Role.LEADS_ON, opens="lots")
                for e in open_ends.results_astray(connection, question.name, name)
            ]
    reads = {read.record for read in question.reads} - {"donation"}
    runs = sorted((e for e in ends if e.record in reads), key=lambda e: e.record)
    return found + [
        Belonging(e, Role.LEADS_ON, opens="lots") for e in _naming(connection, runs, reached.names)
    ]


def _unpooled(connection: Connection, donations: Set[str]) -> Iterator[Belonging]:
    """Those of these donations of which no plasma unit is known."""
    for number in subjects.without_units(connection, donations):
        end = End("donation", (number,), "plasma_unit.donation", Sort.WITHOUT)
        yield Belonging(end, Role.LEADS_ON)


def _naming(connection: Connection, runs: list[End], names: frozenset[str]) -> Iterator[End]:
    """Open ends of runs that were asked about: by their key, or by what a version of them names."""
    values = {(e.record, e.key): {*e.key} for e in runs}
    for row in told.rows(connection, values):
        values[row.record, row.key].update(v for named in row.names.values() for v in named)
    return (e for e in runs if values[e.record, e.key] & names)
