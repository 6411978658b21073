"""What must be told, from the records' declarations: by a row which links, and of what things which
rows (docs/certificate.md). Where it is not, a path has an open end.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lots.grammar.column import Link, Makes, Sought, When
from lots.grammar.schema import Record
from lots.questions.path import Records

NODES = ("pool", "lot", "external_lot")  # are walked by their names, whatever came of them
UNCOUNTED = "vials"  # of a line: how many it stands for, which each must tell
UNSAID = ("administration", "status")  # of an infusion: whether it was given, which each must tell
Group = tuple[Link, ...]  # links of which one is enough


@dataclass(frozen=True, slots=True)
class Naming:
    """Rows that name a thing: by a link, or as its own rows, and then by their key."""

    record: Record
    link: Link | None = None

    def __str__(self) -> str:
        return f"{self.record.name}.{self.link.name}" if self.link else self.record.name


@dataclass(frozen=True, slots=True)
class Demand:
    """That one of these rows tells of each such thing, but for those that are spared. missing: how
    it is called where none does.
    """

    missing: str
    told: tuple[Naming, ...]
    unless: When | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing of which something must be told. key: what its name is made of. named: what
    makes it known.
    """

    name: str
    key: tuple[str, ...]
    named: tuple[Naming, ...]
    demands: tuple[Demand, ...]

    @property
    def touched(self) -> tuple[Naming, ...]:
        """All rows that may begin or end it that something of such a thing is not told."""
        told = [naming for demand in self.demands for naming in demand.told]
        return tuple(dict.fromkeys((*self.named, *told)))


def must_tell(record: Record) -> tuple[Group, ...]:
    """The links that a row must tell: each alone, or several of which one is enough."""
    several = tuple(tuple(record.link(name) for name in group) for group in record.enough)
    grouped = {link.name for group in several for link in group}
    # Whatever is neither aside nor excused must be told: a new link is demanded until somebody says
    # why not.
    alone = (k for k in record.links if not (k.aside or k.optional or k.name in grouped))
    return (*several, *((link,) for link in alone))


def may_be_empty(record: Record) -> tuple[Group, ...]:
    """Those of them that a row can fail to tell: what its key tells is never empty. Of what a
    vial's label tells linking finds out by itself.
    """
    return tuple(
        group
        for group in must_tell(record)
        if not (record.line and any(link.sought is Sought.LABEL for link in group))
        and not (len(group) == 1 and {*group[0].columns} <= {*record.key})
    )


def things(records: Records) -> tuple[Thing, ...]:
    """All kinds of things of which something must be told."""
    links = [Naming(r, k) for r in records.values() for k in r.links if not k.aside]
    told: dict[str, dict[str, list[Naming]]] = {}
    for naming in links:
        if naming.link and (each := naming.link.each):
            told.setdefault(each.of, {}).setdefault(each.how, []).append(naming)
    return tuple(_thing(name, rows, links, records) for name, rows in told.items())


def _thing(
    name: str, told: Mapping[str, list[Naming]], links: list[Naming], records: Records
) -> Thing:
    record = records.get(name)
    own = (Naming(record),) if record else ()
    named = tuple(n for n in links if n.link and _makes_known(n.link, name, record))
    demands = [_demand(rows) for rows in told.values()]
    if record and record.expected:
        demands.append(Demand(name, own))
    return Thing(name, record.key if record else ("name",), (*own, *named), tuple(demands))


def _demand(told: list[Naming]) -> Demand:
    # One for all links of a thing: they are declared once (lots/grammar/links.py).
    unless = next((n.link.each.unless for n in told if n.link and n.link.each), None)
    return Demand(str(told[0]), tuple(told), unless)


def _makes_known(link: Link, name: str, record: Record | None) -> bool:
    """Whether a row that names such a thing by this link is enough for it to be one: else the link
    waits, parked, until a row of its own has come.
    """
    # Named by a part of its key it may be one of several: which of them is not known by that row.
    if link.record != name or not _by_its_key(link, record):
        return False
    waits = link.sought is Sought.KEY and link.makes is Makes.NOTHING
    return not waits or bool(record and record.expected)


def _by_its_key(link: Link, record: Record | None) -> bool:
    named = {*link.on, *(column for column, _ in link.fixed)}
    return record is None or not named or named == {*record.key}
