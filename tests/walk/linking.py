"""The walk's linking: which versions stand, what is parked, which nodes there are, and what they
became.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from tests.walk.links import LINKS
from tests.walk.meant import Meant, is_settled
from tests.walk.standing import SILENT, Standing, Words, retracts, standing
from tests.walk.values import Typed

Node = tuple[str, str, str]  # whose number it is, the number, the step
Key = tuple[str, ...]
T = TypeVar("T")
Ways = dict[Node, set[Node]]
VIALS = ("dispensing", "administration_vial", "reconstitution_vial")

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
    words: dict[tuple[str, Key], Words] = field(default_factory=dict)
    meant: dict[tuple[str, Key], list[Meant]] = field(default_factory=dict)

    def all(self, record: str) -> Iterator[Typed]:
        """Every version, whether it stands or not."""
        for versions in self.versions.get(record, {}).values():
            yield from versions

    def standing(self, record: str) -> Iterator[tuple[Key, Typed]]:
        """Every version that stands."""
        for key in self.versions.get(record, {}):
            for row in self.of(record, key):
                yield key, row

    def of(self, record: str, key: Key) -> list[Typed]:
        """The standing versions of one key."""
        versions = self.versions.get(record, {}).get(key, [])
        if (
            len(versions) < 2
            and (record, key) not in self.words
            and not any(retracts(row) for row in versions)
        ):
            return versions  # as most keys have one
        return [versions[place] for place in self.status(record, key).stands]

    def status(self, record: str, key: Key) -> Standing:
        """What is said of the versions of one key."""
        return standing(record, self.versions[record][key], self.words.get((record, key), SILENT))

    def possible(self, record: str, key: Key) -> bool:
        """Whether perhaps nothing of a key stands."""
        versions = self.versions.get(record, {}).get(key, [])
        doubted = (record, key) in self.words or any(retracts(row) for row in versions)
        return doubted and self.status(record, key).possible

    def gone(self, record: str) -> set[Key]:
        """The keys of a record of which nothing stands."""
        return {key for key in self.versions.get(record, {}) if not self.of(record, key)}


def parked(accepted: Accepted) -> Iterator[tuple[str, Key, str]]:
    """Every declared link that is open and leads nowhere."""
    for record, name, columns, target, on, step, scope in LINKS:
        known = {
            tuple(row[c] for c in on)
            for key in accepted.versions.get(target, {}).keys() - accepted.gone(target)
            for row in accepted.versions[target][key]
            if not step or row["step"] == step
        }
        for key, row in accepted.standing(record):
            wanted = tuple(row[c] for c in columns)
            if scope and row[scope[0]] not in scope[1]:
                continue
            if name == "preparation" and is_settled(accepted.meant.get((record, key), ()), row):
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
    """Every pool and lot that a record names, in any version."""
    named = [
        _node(row, columns)
        for record, told in (NAMES | EDGES).items()
        for columns in ([told] if isinstance(told, str) else told)
        for row in accepted.all(record)
    ]
    return {node for node in named if None not in node}


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
