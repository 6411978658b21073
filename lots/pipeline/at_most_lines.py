"""Lines of vials that could belong to an answer: those that reach no lot, that tell no pack, and
that were prepared in nobody knows what (docs/certificate.md).
"""

from collections.abc import Iterable, Mapping, Set

from lots.answers.certificate import Sort
from lots.pipeline.belonging import Answer, alike, look_alike, names_of, of_line
from lots.pipeline.belongs import AtMost, Belonging
from lots.pipeline.roles import Role
from lots.questions.path import Step
from lots.store.answers import counting, open_ends, read_once
from lots.store.answers.counting import Line
from lots.store.answers.open_ends import Astray, End
from lots.store.engine import Connection


def of_vials(
    connection: Connection,
    path: tuple[Step, ...],
    ends: list[End],
    lines_alone: Iterable[Line],
    answer: Answer,
    most: AtMost,
) -> None:
    """Lines that reach no lot; and those that do, with a pack that nobody knows."""
    # Its own lines: whatever they say of a lot, they are of what is asked about.
    own = open_ends.astray(connection, open_ends.unlinked(connection, lines_alone))
    most.belongs += [Belonging(e, Role.LINE, astray=tuple(v)) for e, v in own.items()]
    mine = {(end.record, end.key) for end in own}
    # Backwards, so that of several ends of one line the first one stays.
    others = {(e.record, e.key): e for e in reversed(ends) if (e.record, e.key) not in mine}
    labelled = any((s.record, s.link) == ("administration_vial", "pack") for s in path)
    if labelled:
        _by_label(_nowhere(connection, others), answer, most)
    else:
        # One diluent, and one person, has to do with any product.
        told_of = open_ends.astray(connection, [*others.values()])
        counted = {*lines_alone}  # these reach a lot by another version
        most.belongs += [
            Belonging(e, Role.LINE, astray=() if (e.record, e.key) in counted else tuple(v))
            for e, v in told_of.items()
        ]
    # Of single lines no other line of their lots is asked about.
    alone = {*lines_alone}
    for end, vials in open_ends.unplaced(connection, most.nodes).items():
        if not labelled and (end.record, end.key) not in alone:
            continue
        most.unplaced += vials
        most.belongs.append(Belonging(end, Role.HELD))


def _nowhere(connection: Connection, others: Mapping[Line, End]) -> Mapping[End, list[Astray]]:
    """What those of these lines tell that reach no lot."""

    def read() -> dict[End, list[Astray]]:
        nowhere = {(e.record, e.key) for e in open_ends.unlinked(connection, others)}
        ends = [e for line, e in others.items() if e.link != "preparation" or line in nowhere]
        return open_ends.astray(connection, ends)

    return read_once.once(connection, ("astray", *others.values()), read)


def of_any_pack(
    connection: Connection, lines_alone: Set[Line] | None, own: Set[Line], most: AtMost
) -> None:
    """Lines of the lot of a pack that may be of it, or of one beside it; and any that may be of either
    of two lots. own: those that the answer has itself.
    """
    doubted = counting.in_doubt(connection, most.nodes, lines_alone)
    disagree = [line for line, sort in doubted if sort is Sort.DISAGREES]
    astray = {line: End(*line, "preparation", Sort.DISAGREES) for line in disagree}
    may = (lines_alone or set()) - own
    most.belongs += [Belonging(e, Role.HELD) for line, e in astray.items() if line not in may]
    # Which pack such a line names, and nobody knows, is said of it already.
    said = {(one.end.record, one.end.key) for one in most.belongs}
    ends = [astray.get(line) or End(*line, "pack", Sort.EMPTY) for line in sorted(may - said)]
    for end, versions in open_ends.astray(connection, ends).items():
        most.unplaced += max(version.vials for version in versions)
        # What a preparation alone tells is said of what was prepared in it.
        if end.record != "administration_vial" or any(v.lot_number or v.serial for v in versions):
            most.belongs.append(Belonging(end, Role.OF_ANY_PACK, astray=tuple(versions)))
    several = [End(*line, "lot", sort) for line, sort in doubted if sort is Sort.SEVERAL]
    most.belongs += [Belonging(end, Role.HELD) for end in several]


def of_preparations(connection: Connection, most: AtMost) -> None:
    """All lines of preparations that could be what is asked about: of a diluent that they do not
    tell.
    """
    ends = [b.end for b in most.belongs if b.end.record == "reconstitution"]
    found = open_ends.astray(connection, open_ends.of_preparations(connection, ends))
    most.prepared = {(e.record, e.key): tuple(versions) for e, versions in found.items()}


def unprepared(connection: Connection, missing: Iterable[End], most: AtMost) -> int:
    """The vials that were put into preparations that nobody knows: any infusion that names a
    preparation alone may have given them, to whomever. And those that could belong, of a
    preparation that reaches lots by what else was in it.
    """
    ends = [e for e in missing if (e.record, e.link) == ("reconstitution_vial", "preparation")]
    alone = [b for b in most.belongs if b.role is Role.LINE]
    # A refused line has no key by which its preparation could be found: it may be any.
    refused = [b for b in alone if b.end.sort is Sort.REFUSED]
    floating = [b.end for b in alone if b.end.sort is not Sort.REFUSED]
    ends = [e for e in ends if e.sort is Sort.PARKED] + open_ends.given_alone(connection, floating)
    # One line may be both; each is added once.
    found = open_ends.astray(connection, [*{(e.record, e.key): e for e in ends}.values()])
    told = [*found.values(), *(b.astray for b in refused if b.end.record == "reconstitution_vial")]
    return sum(max(version.vials for version in versions) for versions in told)


def persons(
    connection: Connection,
    by_role: Mapping[Role, list[End]],
    lines_alone: Set[Line] | None,
    most: AtMost,
) -> list[Belonging]:
    """Whose vials were, and how an infusion's vial was prepared that tells its lot all the same."""
    persons = by_role[Role.PERSON]
    lines = {end for end in by_role[Role.LINE] if end.link == "preparation"}
    floating = [one for one in most.belongs if one.end in lines]
    prepared = sorted(lines - {one.end for one in floating})
    missing = open_ends.persons_missing(
        connection, [*persons, *prepared], most.nodes, lines_alone, most.astray
    )
    named = [*(one.end for one in floating), *(end for end in missing if end in lines)]
    opens = dict.fromkeys(open_ends.unprepared(connection, named), "prepared")
    for one in floating:
        # A line that is itself what could belong: its preparation may hold vials that nobody tells
        # of.
        one.opens = opens.get(one.end, "")
    # Whoever reads sees no key of what is awaited: it may be of any of these vials.
    missing += [end for end in persons if end.sort is Sort.AWAITED]
    most.unprepared = unprepared(connection, missing, most)
    return [Belonging(end, Role.PERSON, opens=opens.get(end, "")) for end in missing]


def _by_label(ends: Mapping[End, list[Astray]], answer: Answer, most: AtMost) -> None:
    whys = {end: why for end, versions in ends.items() if (why := of_line(versions, answer))}
    alike_to = look_alike({end: names_of(ends[end]) for end in whys}, answer)
    for end, versions in ends.items():
        if end in whys and end not in alike_to:
            most.left_out[whys[end], end] += 1
        else:
            looks = alike(versions, answer)
            most.belongs.append(Belonging(end, Role.LINE, astray=tuple(versions), alike=looks))
