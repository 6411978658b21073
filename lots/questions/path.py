"""The path of a question: the links of records that it crosses, from what is asked about down to
vials and patients. Whatever an answer may lack is an end of one of these links.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lots.grammar.column import Link, Makes, Sought
from lots.grammar.schema import Line, Record

Records = Mapping[str, Record]


@dataclass(frozen=True, slots=True)
class Step:
    """A link that is crossed: up, from a row to what it names, or down,
    to the rows that name it.
    """

    record: str
    link: str
    up: bool

    def __str__(self) -> str:
        return f"{self.record}.{self.link}"


class Every(StrEnum):
    """Steps that are not told by name: they follow from what the records declare."""

    MADE = "made"  # from what went into a lot to that lot, any number of times
    INTO = "into"  # the other way
    LINE = "line"  # from packs and lots to the lines of vials
    HELD = "held"  # from packs and lots to what tells where packs are
    PATIENT = "patient"  # from lines of vials to what says whose they were


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of a path: what it reaches, and by which steps."""

    reaches: str
    steps: tuple[Step, ...] = ()
    every: Every | None = None


Path = tuple[Leg, ...]


def naming(*links: str) -> tuple[Step, ...]:
    """Down to the rows that name it, by these links, each as RECORD.LINK."""
    return tuple(Step(*_parts(name), up=False) for name in links)


def named_by(*links: str) -> tuple[Step, ...]:
    """Up to what rows name, by these links, each as RECORD.LINK."""
    return tuple(Step(*_parts(name), up=True) for name in links)


def _parts(name: str) -> tuple[str, str]:
    record, _, link = name.partition(".")
    return record, link


# --- what most paths end in -----------------------------------------------------------------------

# Named once: a path that another question shares is the same object.
UNITS = Leg("its plasma units", naming("plasma_unit.donation"))
POOLS = Leg("the pools that they went into", naming("pool_unit.unit") + named_by("pool_unit.pool"))
MADE = Leg("all lots that were made of it", every=Every.MADE)
PACKS = Leg(
    "their packs, under every name",
    naming("pack.lot", "relabelling.pack") + named_by("relabelling.new_pack"),
)
BEFORE = Leg(
    "what their packs are, and were before",
    named_by("pack.lot") + naming("relabelling.new_pack") + named_by("relabelling.pack"),
)
LINES = Leg("lines of vials, by pack, by lot or by preparation", every=Every.LINE)
HELD = Leg("where their packs are", every=Every.HELD)
PATIENTS = Leg("patients", every=Every.PATIENT)
FROM_LINES: Path = (PATIENTS,)
FROM_LOTS: Path = (MADE, PACKS, LINES, HELD, *FROM_LINES)
FROM_DONATIONS: Path = (UNITS, POOLS, *FROM_LOTS)
# The other way, where a question asks what went into something.
# No person is at its end: donors are counted where pools are shown.
ABOVE: Path = (
    Leg("all that went into it", every=Every.INTO),
    Leg("the units of pools", naming("pool_unit.pool") + named_by("pool_unit.unit")),
    Leg("their donations and donors", named_by("plasma_unit.donation", "donation.donor")),
)


# --- what follows from the records' declarations
# ---------------------------------------------------


def steps(path: Iterable[Leg], records: Records) -> tuple[Step, ...]:
    """Every step of a path, each once."""
    return tuple(dict.fromkeys(step for leg in path for step in steps_of(leg, records)))


def steps_of(leg: Leg, records: Records) -> tuple[Step, ...]:
    """The steps of one leg."""
    match leg.every:
        case None:
            return leg.steps
        case Every.MADE:
            return _edges(records)
        case Every.INTO:
            return tuple(Step(s.record, s.link, not s.up) for s in reversed(_edges(records)))
        case Every.LINE:
            return _lines(records)
        case Every.HELD:
            return _held(records)
        case Every.PATIENT:
            return _to_patients(records)


def tell_of_packs(records: Records) -> frozenset[str]:
    """Names of the records that tell of packs: by a link to one, or to a record that does."""
    # Until nothing is added: a delivery names a shipment, and that one names packs.
    found, before = {"pack"}, set[str]()
    while found != before:
        before = set(found)
        found |= {r.name for r in records.values() if any(k.record in before for k in _crossed(r))}
    return frozenset(found)


def tell_of_lines(records: Records) -> frozenset[str]:
    """Names of the lines of vials, and of the records that say whose they were."""
    return frozenset(step.record for step in _to_patients(records))


def edge_records(records: Records) -> tuple[str, ...]:
    """Names of the records of which a row makes an edge."""
    return tuple(dict.fromkeys(step.record for step in _edges(records)))


def node_records(records: Records) -> frozenset[str]:
    """Names of the records of which a row makes a pool or lot: they are one, or name one so."""
    naming_them = {(r, k) for r in records.values() for k in r.links if k.makes != Makes.NOTHING}
    return frozenset({r.name for r, _ in naming_them} | {k.record for _, k in naming_them})


def lines(records: Records) -> list[Record]:
    """The lines of vials, in the order in which they happen to a vial."""
    found = [r for r in records.values() if r.line]
    # Prepared before given: what is given may be of a preparation that was linked before it.
    return sorted(found, key=lambda r: [*Line].index(r.line or Line.GIVEN))


def _crossed(record: Record) -> list[Link]:
    return [link for link in record.links if not link.aside]


def _edges(records: Records) -> tuple[Step, ...]:
    return tuple(
        Step(record.name, link.name, up=end is Makes.OUTPUT)
        for record in records.values()
        for end in (Makes.INPUT, Makes.OUTPUT)
        for link in record.links
        if link.makes is end
    )


def _lines(records: Records) -> tuple[Step, ...]:
    """By its label; and where several kinds of lines name one record, such as a preparation, from
    the earlier ones to those that come of them.
    """
    ordered = lines(records)
    found = [
        Step(r.name, k.name, up=False) for r in ordered for k in r.links if k.sought is Sought.LABEL
    ]
    seen: dict[str, Step] = {}
    for record in ordered:
        for link in (k for k in _crossed(record) if k.sought is Sought.KEY):
            if link.record in seen:
                found += [seen[link.record], Step(record.name, link.name, up=False)]
            # The earliest line that names it makes it known to those after.
            seen.setdefault(link.record, Step(record.name, link.name, up=True))
    return tuple(found)


def _held(records: Records) -> tuple[Step, ...]:
    """Neither the packs themselves, nor what becomes of their vials."""
    names = tell_of_packs(records) - {"pack"}
    telling = [r for r in records.values() if r.name in names and not r.line]
    return tuple(Step(r.name, k.name, up=False) for r in telling for k in _crossed(r))


def _to_patients(records: Records) -> tuple[Step, ...]:
    """Links that end in a patient, of the lines and of what they name."""
    found: dict[Step, None] = {}
    waiting = [r for r in records.values() if r.line]
    while waiting:
        record = waiting.pop(0)
        for link in _crossed(record):
            if _ends_in_patients(link, records):
                found[Step(record.name, link.name, up=True)] = None
                waiting += [records[link.record]] if link.record in records else []
    return tuple(found)


def _ends_in_patients(link: Link, records: Records) -> bool:
    # A patient is no record: the way ends at whatever names one.
    if link.sought is not Sought.KEY:
        return link.record == "patient"
    return any(_ends_in_patients(k, records) for k in _crossed(records[link.record]))
