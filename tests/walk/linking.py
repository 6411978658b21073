"""The walk's linking: which versions stand, what is parked, which nodes there are, and what they
became.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from tests.walk.links import LINKS
from tests.walk.values import Typed

Node = tuple[str, str, str]  # whose number it is, the number, the step
Key = tuple[str, ...]
T = TypeVar("T")
Ways = dict[Node, set[Node]]
VIALS = ("dispensing", "administration_vial", "reconstitution_vial")
RESULT = {"preliminary": 0, "final": 1, "corrected": 2}  # none counts as the lowest
STATUSES = {"test_result": RESULT, "lot_test": RESULT, "same_person": {"stated": 0, "withdrawn": 1}}

# From which node to which the rows of a record lead: the columns of maker, number and step, or
# after = the step.
EDGES = {
    "lot_input": ("from_manufacturer from_number from_step", "manufacturer lot_number step"),
    "viral_inactivation_load": ("plant from_lot_number from_step", "plant lot_number step"),
    "virus_removal_load": ("plant from_lot_number from_step", "plant lot_number step"),
    "filling_load": ("plant from_lot_number =bulk", "plant lot_number =filled"),
    "lyophilisation_load": ("plant from_lot_number =filled", "plant lot_number =dried"),
}
# Which node the rows of other records name; no other record names one.
NAMES = {
    "pool": "plant pool_number =pool",
    "pool_unit": "plant pool_number =pool",
    "external_lot": "supplier lot_number =external",
    "lot": "manufacturer lot_number step",
    "pack": "manufacturer lot_number =packed",
}


@dataclass
class Accepted:
    """Every accepted version by record and key."""

    versions: dict[str, dict[Key, list[Typed]]] = field(default_factory=dict)

    def all(self, record: str) -> Iterator[Typed]:
        """Every version, superseded ones too."""
        for versions in self.versions.get(record, {}).values():
            yield from versions

    def standing(self, record: str) -> Iterator[tuple[Key, Typed]]:
        """Every version that is not superseded."""
        for key in self.versions.get(record, {}):
            for row in self.of(record, key):
                yield key, row

    def of(self, record: str, key: Key) -> list[Typed]:
        """The standing versions of one key."""
        versions = self.versions.get(record, {}).get(key, [])
        if len(versions) < 2:
            return versions
        best = max(rank(record, row) for row in versions)
        return [row for row in versions if rank(record, row) == best]


def rank(record: str, row: Typed) -> tuple[int, int]:
    """A declared correction's number, then a record's own status."""
    declared = row["correction"] if row["corrected_by"] and row["correction_reason"] else None
    return int(str(declared or 0)), (
        STATUSES[record].get(str(row["status"]), 0) if record in STATUSES else 0
    )


def parked(accepted: Accepted) -> Iterator[tuple[str, Key, str]]:
    """Every declared link that is open and leads nowhere."""
    for record, name, columns, target, on, step, scope in LINKS:
        known = {
            tuple(row[c] for c in on)
            for row in accepted.all(target)
            if not step or row["step"] == step
        }
        for key, row in accepted.standing(record):
            wanted = tuple(row[c] for c in columns)
            if scope and row[scope[0]] not in scope[1]:
                continue
            if None not in wanted and wanted not in known:
                yield record, key, name


def edges(accepted: Accepted) -> Ways:
    """From each node to what it went into."""
    found: Ways = {}
    for record, (source, target) in EDGES.items():
        for _, row in accepted.standing(record):
            found.setdefault(_node(row, source), set()).add(_node(row, target))
    return found


def _node(row: Typed, columns: str) -> Node:
    maker, number, step = (c[1:] if c.startswith("=") else row[c] for c in columns.split())
    return maker, number, step


def nodes(accepted: Accepted) -> set[Node]:
    """Every pool and lot that an edge or a record names."""
    named = [
        _node(row, columns)
        for record, columns in NAMES.items()
        for _, row in accepted.standing(record)
    ]
    ways = edges(accepted)
    return {
        node
        for node in {*named, *ways, *(target for found in ways.values() for target in found)}
        if None not in node
    }


def turned(ways: Ways) -> Ways:
    """From each node to what went into it."""
    found: Ways = {}
    for source, targets in ways.items():
        for target in targets:
            found.setdefault(target, set()).add(source)
    return found


def below(start: Node, ways: Ways) -> set[Node]:
    """Everything that a node went into, through any number of edges."""
    return reached([start], ways) - {start}


def reached(starts: Iterable[T], ways: dict[T, set[T]]) -> set[T]:
    """The starts and everything that is reached from them; a cycle ends where it began."""
    seen: set[T] = set()
    ahead = list(starts)
    while ahead:
        at = ahead.pop()
        if at not in seen:
            seen.add(at)
            ahead += ways.get(at, ())
    return seen
