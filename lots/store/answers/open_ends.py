"""Open ends of the links that a question crosses, and what hangs below them (docs/certificate.md)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from lots.answers.certificate import Sort
from lots.questions.ends import things
from lots.questions.path import Step, lines, tell_of_lines, tell_of_packs
from lots.records import records
from lots.store.answers import arrays, read_once
from lots.store.answers.lot_facts import Facts
from lots.store.answers.refused_rows import FIRST
from lots.store.queries import query

Key = tuple[str, ...]


class End(NamedTuple):
    """A link of a row that leads nowhere, or what nothing tells of a thing."""

    record: str
    key: Key
    link: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Astray:
    """A version of a line of vials that reaches no lot. sure: whether its infusion is said to have been
    given by all versions. patient: its number, or 0; named: whether one is named; whose: else what
    should tell it. unsaid: whether it does not say how many vials.
    """

    state: str
    sure: bool
    vials: int
    patient: int
    named: bool
    whose: str
    gtin: str | None
    serial: str | None
    lot_number: str | None
    at: datetime | None
    unsaid: bool = False


UNITS_OF_POOL = "pool_unit.pool"
UNITS = ("plasma_unit", "donation")
DEMANDS = tuple((t.name, demand.missing) for t in things(records()) for demand in t.demands)
# Of these what each lot tells is asked for all at once.
WITHOUT_INPUTS = ("lot", "lot_input.lot")
# What was given, or prepared, without a vial: any of them may be of any answer.
UNFILLED = {(t, d) for t, d in DEMANDS if t in ("administration", "reconstitution")}
PREPARATION = ("reconstitution", "reconstitution_vial.preparation")
SORTS = {str(sort): sort for sort in Sort}
OF_PACKS, OF_LINES = tell_of_packs(records()), tell_of_lines(records())


@dataclass(frozen=True, slots=True)
class Alike:
    """Open ends that mean the same of any answer: the first of them, and how many there are."""

    first: tuple[End, ...]
    many: int


def on(
    connection: sa.Connection,
    steps: Iterable[Step],
    donations: Collection[str] = (),
    sites: Collection[str] = (),
) -> tuple[Sequence[End], Sequence[Alike]]:
    """Every open end of these steps that linking keeps, and every key of their records that is
    awaited; those that mean the same of any answer by their kinds. donations: those of which it is
    asked whether any unit is told. sites: at which an infusion or a preparation was, none: at any.
    """
    crossed = {(s.record, s.link) for s in steps}
    # A line that names neither pack nor lot is parked under its vial.
    crossed |= {(r.name, "vial") for r in lines(records()) if (r.name, "pack") in crossed}
    of, at = frozenset(crossed), tuple(sorted(sites))
    ends, alike = read_once.once(connection, ("ends", of, at), lambda: _on(connection, of, at))
    if donations and UNITS in crossed and (more := _of_donations(connection, donations)):
        return sorted([*ends, *more]), alike
    return ends, alike


def _of_donations(connection: sa.Connection, donations: Collection[str]) -> list[End]:
    """Those of these donations of which no unit is told."""
    # Most donations that came last: nobody has told yet what became of them, and few are asked about.
    asked = {"donations": arrays.of_names(donations)}
    rows = connection.execute(query("ends_of_donations"), asked)
    return [End("donation", (r.donation_number,), ".".join(UNITS), Sort.WITHOUT) for r in rows]


def _on(
    connection: sa.Connection, crossed: Set[tuple[str, str]], sites: Collection[str]
) -> tuple[list[End], list[Alike]]:
    rows = connection.execute(
        query("ends"),
        {
            **_kept(crossed),
            "records": arrays.of_records(record for record, _ in sorted(crossed)),
            "links": arrays.of_records(link for _, link in sorted(crossed)),
            "sites": arrays.of_names(sites),
        },
    ).all()  # at once: row by row the driver takes longer than the server
    alike: dict[tuple[str, str], list[Any]] = defaultdict(list)
    ends = []
    for row in rows:
        if (row.record, row.link) in UNFILLED:
            alike[row.record, row.link].append(row)
        else:
            ends.append(_end(row))
    return ends, [Alike(tuple(map(_end, of)), of[0].many) for of in alike.values()]


def _end(row: Any) -> End:
    return End(row.record, tuple(row.key), row.link, SORTS[row.sort])


def lots_without_inputs(connection: sa.Connection, steps: Iterable[Step]) -> list[int]:
    """The lots of which nothing tells what they were made of, where these steps ask for it."""
    if WITHOUT_INPUTS[1] not in {f"{s.record}.{s.link}" for s in steps}:
        return []
    return read_once.once(
        connection,
        "lots_without_inputs",
        lambda: list(connection.execute(query("lots_without_inputs")).scalar_one()),
    )


def without_inputs(alike: Facts) -> list[End]:
    """The first of these lots without inputs, each as an open end."""
    record, link = WITHOUT_INPUTS
    keys = ((alike.maker, number, alike.step) for number in alike.numbers[:FIRST])
    return [End(record, key, link, Sort.WITHOUT) for key in keys]


def _kept(crossed: Set[tuple[str, str]]) -> dict[str, str]:
    """The kinds of ends that linking keeps: links of rows, and what nothing tells of a thing as these
    links would.
    """
    empty = {(record, link, Sort.EMPTY) for record, link in crossed}
    # An infusion's vial that tells no preparation is an end only where it is asked what was prepared with
    # something.
    if ("reconstitution", "diluent") not in crossed:
        empty.discard(("administration_vial", "preparation", Sort.EMPTY))
    demands = {f"{record}.{link}" for record, link in crossed} | {record for record, _ in crossed}
    # Whose number of a pool was written wrong made a pool of which nothing else is known.
    demands.add(UNITS_OF_POOL)
    # Units of donations are asked by donation.
    without = {
        (t, d, Sort.WITHOUT)
        for t, d in DEMANDS
        if d in demands and d != ".".join(UNITS) and (t, d) != WITHOUT_INPUTS
    }
    whole = sorted((t, d) for t, d, _ in without if (t, d) in UNFILLED)
    kinds = sorted(empty | {kind for kind in without if kind[:2] not in UNFILLED})
    return {
        "whole_records": arrays.of_records(record for record, _ in whole),
        "whole_links": arrays.of_records(link for _, link in whole),
        "kept_records": arrays.of_records(record for record, _, _ in kinds),
        "kept_links": arrays.of_records(link for _, link, _ in kinds),
        "kept_sorts": arrays.of_records(sort for _, _, sort in kinds),
    }


def unfilled_with(connection: sa.Connection, diluents: Collection[str]) -> list[End]:
    """The preparations of which nobody tells what was in them, with one of these lots of diluent, or with
    one that nobody tells.
    """
    rows = connection.execute(query("preparations_unfilled"), {"lots": arrays.of_names(diluents)})
    record, link = PREPARATION
    return [End(record, tuple(row.key), link, Sort.WITHOUT) for row in rows]


def below(connection: sa.Connection, ends: Sequence[End]) -> dict[End, tuple[set[str], set[int]]]:
    """The donations and the pools and lots that hang at once below each of these ends."""
    return read_once.once(connection, ("below", *ends), lambda: _below(connection, ends))


def _below(connection: sa.Connection, ends: Sequence[End]) -> dict[End, tuple[set[str], set[int]]]:
    found: dict[End, tuple[set[str], set[int]]] = {end: (set(), set()) for end in ends}
    for row in _rows(connection, "ends_below", ends):
        donations, nodes = found[ends[row.nth - 1]]
        if row.donation_number is not None:
            donations.add(row.donation_number)
        if row.node is not None:
            nodes.add(row.node)
    return found


def astray(connection: sa.Connection, ends: Sequence[End]) -> dict[End, list[Astray]]:
    """What the versions of lines tell that reach no lot."""
    found: dict[End, list[Astray]] = defaultdict(list)
    for row in _rows(connection, "lines_astray", ends):
        found[ends[row.nth - 1]].append(Astray(*row[1:]))
    return found


def unlinked(connection: sa.Connection, lines_alone: Iterable[tuple[str, Key]]) -> list[End]:
    """Those of these vial lines that reach no lot, as open ends."""
    every = sorted(lines_alone)
    asked = _keys([End(record, key, "lot", Sort.PARKED) for record, key in every])
    rows = connection.execute(query("lines_unlinked"), asked) if every else ()
    return [End(r.record, tuple(r.key), r.link, Sort.PARKED) for r in rows]


def given_alone(connection: sa.Connection, ends: Sequence[End]) -> list[End]:
    """Those of these lines whose preparation was given, with what else was in it, by its name alone."""
    return [ends[row.nth - 1] for row in _rows(connection, "given_alone", ends)]


def named_by_no_infusion(connection: sa.Connection, ends: Sequence[End]) -> list[End]:
    """Those of these lines of prepared vials whose preparation no line of an infusion names."""
    return [ends[row.nth - 1] for row in _rows(connection, "named_by_no_infusion", ends)]


def of_preparations(connection: sa.Connection, ends: Sequence[End]) -> list[End]:
    """What was prepared in these preparations, and given by them, line by line."""
    asked = {"keys": arrays.of_keys(end.key for end in ends)}
    rows = connection.execute(query("lines_of_preparations"), asked) if ends else ()
    return [End(r.record, tuple(r.key), "preparation", Sort.EMPTY) for r in rows]


def unplaced(connection: sa.Connection, nodes: Iterable[int]) -> dict[End, int]:
    """Lines of vials of these lots that name a pack that nobody knows: how many vials of each."""
    rows = connection.execute(query("lines_unplaced"), {"nodes": arrays.of_numbers(nodes)})
    return {End(r.record, tuple(r.key), r.link, Sort.PARKED): int(r.vials) for r in rows}


def unprepared(connection: sa.Connection, ends: Sequence[End]) -> set[End]:
    """Those of these vials of infusions of whose preparation no vial is known either."""
    return {ends[row.nth - 1] for row in _rows(connection, "lines_unprepared", ends)}


def results_astray(connection: sa.Connection, kind: str, name: str) -> list[End]:
    """Samples that are reached from a kit's lot, laboratory, analyser or minipool, and lead nowhere."""
    rows = connection.execute(query("results_astray"), {"kind": kind, "name": name})
    return [End(r.record, tuple(r.key), r.link, Sort(r.sort)) for r in rows]


def persons_missing(
    connection: sa.Connection,
    ends: Sequence[End],
    nodes: Iterable[int],
    lines_alone: Iterable[tuple[str, Key]] | None,
    floating: Iterable[tuple[str, Key]],
) -> list[End]:
    """Those of these ends that leave untold whose vials of these lots, or of these lines, were.
    floating: lines that reach no lot.
    """
    if not ends:
        return []
    alone = sorted({*(lines_alone or ()), *floating})
    asked = {
        **_keys(ends),
        "nodes": arrays.of_numbers(nodes),
        "single": lines_alone is not None,
        "line_records": arrays.of_records(record for record, _ in alone),
        "line_keys": arrays.of_keys(key for _, key in alone),
    }
    return [ends[row.nth - 1] for row in connection.execute(query("persons_missing"), asked).all()]


def making(steps: Iterable[Step]) -> frozenset[str]:
    """Records of these steps that stand above packs: what they tell decides which lots there are."""
    return frozenset(s.record for s in steps) - OF_PACKS - OF_LINES


def _rows(connection: sa.Connection, name: str, ends: Sequence[End]) -> Sequence[Any]:
    """What a statement answers of these ends; where there is none it is not asked."""
    return connection.execute(query(name), _keys(ends)).all() if ends else ()


def _keys(ends: Sequence[End]) -> dict[str, object]:
    return {
        "records": arrays.of_records(end.record for end in ends),
        "keys": arrays.of_keys(end.key for end in ends),
    }
