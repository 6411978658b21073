"""How many vials and patients some lots concern, or some vial lines of them (docs/counting.md)."""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from lots.answers import Between, Patients, Vials
from lots.answers.certificate import Sort
from lots.store.answers import arrays
from lots.store.answers.open_ends import Astray
from lots.store.queries import query

Line = tuple[str, tuple[str, ...]]  # a vial line: its record and its key
FIGURES = (
    "given",
    "not_given",
    "prepared",
    "dispensed",
    "prepared_only",
    "dispensed_only",
    "without_key",
)


def vials(
    connection: sa.Connection,
    nodes: list[int],
    lines: Set[Line] | None = None,
    perhaps: Set[Line] = frozenset(),
    *,
    of_person: bool = False,
) -> Vials:
    """Vials of these lots, or of these lines of them alone, each figure between two numbers.

    perhaps: lines of which a version tells of something that is not asked about. of_person: whether
    they are a person's, of whom nothing that was prepared need be.
    """
    # In the order of the keys beside it: the two lists are read side by side.
    asked = _asked(nodes, lines) | {"perhaps": [line in perhaps for line in sorted(lines or ())]}
    asked["of_person"] = of_person
    row = connection.execute(query("vial_figures"), asked).mappings().one()
    found = {f: Between(int(row[f"{f}_least"]), int(row[f"{f}_most"])) for f in FIGURES}
    return Vials(**found, lines=int(row["lines"]))


def doubts(
    connection: sa.Connection, nodes: list[int], lines: Set[Line] | None = None
) -> tuple[int, int]:
    """Of these lots, or of these lines of them alone, the vials of all lines of which a version
    names no patient; and of those that were given, but not by every version of their infusion.
    """
    row = connection.execute(query("vial_doubts"), _asked(nodes, lines)).one()
    return int(row.keyless), int(row.doubted)


@dataclass(frozen=True, slots=True)
class ByPreparation:
    """Vials that were given, or not given, by their preparation alone."""

    given: int
    not_given: int


def by_preparation(
    connection: sa.Connection, nodes: list[int], lines: Set[Line] | None = None
) -> ByPreparation | None:
    """Those of these lots, or of these lines of them alone; None where there are none."""
    row = connection.execute(query("given_by_preparation"), _asked(nodes, lines)).one()
    found = ByPreparation(int(row.given), int(row.not_given))
    # None, so that an answer without such vials says nothing of preparations.
    return found if found.given or found.not_given else None


def patients(
    connection: sa.Connection, nodes: list[int], lines: Set[Line] | None = None
) -> Patients:
    """Patients of these lots, or of these lines of them alone, each counted once."""
    row = connection.execute(query("patients"), _asked(nodes, lines)).one()
    return Patients(row.given, row.dispensed_only, row.not_given)


def patients_bounds(
    connection: sa.Connection,
    nodes: list[int],
    sure: Set[int],
    lines: Set[Line] | None = None,
    perhaps: Set[Line] = frozenset(),
    astray: Iterable[Astray] = (),
    *,
    bags: bool = True,
) -> dict[str, Between]:
    """The same from what is sure to what it is at most, with lines that reach no lot. sure: lots
    that are surely reached. bags: whether that a preparation was given says surely that its vials
    were.
    """
    beside = [*astray]
    nameless = [line for line in beside if line.whose]
    asked = {
        **_asked(nodes, lines),
        "perhaps": [line in perhaps for line in sorted(lines or ())],
        "sure": arrays.of_numbers(sure),
        "bags": bags,
        "patients": arrays.of_values(line.patient for line in beside),
        "states": arrays.of_records(line.state for line in beside),
        "doubted": arrays.of_values(line.state == "given" and not line.sure for line in beside),
        "whose": [line.whose for line in nameless],
        "whose_states": [line.state for line in nameless],
        "whose_doubted": [line.state == "given" and not line.sure for line in nameless],
    }
    row = connection.execute(query("patients_bounds"), asked).mappings().one()
    names = [f.name for f in fields(Patients)]
    return {name: Between(row[f"{name}_least"], row[f"{name}_most"]) for name in names}


def weights(
    connection: sa.Connection, kinds: Sequence[Collection[int]], walked: Collection[int]
) -> list[tuple[int, int]]:
    """How many vials and patients hang at most below pools and lots of each kind, and below none of
    what is walked. All kinds at once: for each by itself it took longer than to count.
    """
    pairs = [(kind, node) for kind, nodes in enumerate(kinds) for node in sorted(nodes)]
    asked = {
        "kinds": arrays.of_values(kind for kind, _ in pairs),
        "nodes": arrays.of_values(node for _, node in pairs),
        "walked": arrays.of_numbers(walked),
    }
    rows = connection.execute(query("weights"), asked).all() if pairs else ()
    found = {row.kind: (_weight(connection, row), int(row.patients)) for row in rows}
    return [found.get(kind, (0, 0)) for kind, _ in enumerate(kinds)]


def _weight(connection: sa.Connection, row: Any) -> int:
    # What is in no sum is counted by its rows, as in any answer.
    if not row.bound:
        return int(row.vials)
    told = vials(connection, sorted(row.bound))
    most = (told.given.most, told.prepared_only.most, told.dispensed_only.most)
    return sum(n or 0 for n in most)


def packed(connection: sa.Connection, nodes: Collection[int]) -> tuple[int | None, bool]:
    """How many vials of these lots were packed at most, None where none is packed or a record does not
    say; and whether others are among them, of which more may have been packed that nobody told of.
    """
    rows = connection.execute(query("packed_vials"), {"nodes": arrays.of_numbers(nodes)}).all()
    vials = [None if row.vials is None else int(row.vials) for row in rows]
    # One that does not say leaves the most of all of them open: a sum without it would be too
    # small.
    known = bool(vials) and None not in vials
    return sum(v or 0 for v in vials) if known else None, len(rows) < len(nodes)


def uncounted(
    connection: sa.Connection,
    nodes: Collection[int],
    lines: Set[Line] | None,
    floating: Iterable[Line],
) -> list[Line]:
    """Those lines of these lots, or of these lines of them alone, that do not say how many vials they
    stand for. floating: lines that reach no lot.
    """
    asked = {
        "nodes": arrays.of_numbers(nodes),
        "single": lines is not None,
        **keys_of({*(lines or ()), *floating}),
    }
    rows = connection.execute(query("lines_uncounted"), asked)
    return [(r.record, tuple(r.key)) for r in rows]


def unsaid(
    connection: sa.Connection,
    nodes: Collection[int],
    lines: Set[Line] | None,
    floating: Iterable[Line],
) -> list[tuple[str, ...]]:
    """The infusions of lines of these lots, or of these lines of them alone, a version of which does
    not say whether it was given. floating: lines that reach no lot.
    """
    asked = {
        "nodes": arrays.of_numbers(nodes),
        "single": lines is not None,
        **keys_of({*(lines or ()), *floating}),
    }
    return [tuple(r.key) for r in connection.execute(query("infusions_unsaid"), asked)]


def in_doubt(
    connection: sa.Connection, nodes: Iterable[int], lines: Set[Line] | None
) -> list[tuple[Line, Sort]]:
    """Lines of these lots, or these lines alone, that tell another lot than what was in their
    preparation, or a number that packed lots of several makers have; and how.
    """
    rows = connection.execute(query("lines_in_doubt"), _asked(sorted(nodes), lines))
    return [((r.record, tuple(r.key)), Sort(r.sort)) for r in rows]


def keys_of(lines: Iterable[Line]) -> dict[str, object]:
    """Vial lines as a statement takes them."""
    every = sorted(lines)
    return {
        "records": arrays.of_records(record for record, _ in every),
        "keys": arrays.of_keys(key for _, key in every),
    }


def _asked(nodes: list[int], lines: Set[Line] | None) -> dict[str, object]:
    return {"single": lines is not None, "nodes": arrays.of_numbers(nodes), **keys_of(lines or ())}
