"""How each rule is broken and each link loses its target, and all that must come of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from lots.grammar.column import Column, Link, Rule
from lots.grammar.schema import (
    Between,
    Differ,
    Happened,
    Kind,
    Known,
    Names,
    Ordered,
    Outcome,
    Present,
    Readable,
    Record,
)
from lots.records import records
from synthetic.cases.seeded import LOT, NOT_KNOWN, PACKS, TO_COME, UNREADABLE, Reached, Values
from synthetic.cases.told import Rows, names, pairs, tables
from synthetic.truth.due import due
from synthetic.world import clock

VIALS = ("dispensing", "reconstitution_vial", "administration_vial")
TABLES = tables(
    "breaches",
    # The day on which a vial of a seeded infusion should be linked.
    UNLINKED=f"pending:{due(clock.day(256), 'unlinked_vial')}",
)
NUMBER = "lot_number"  # of a target's columns, the one that is not known; else the last
# Before anything that a specimen tells, so that the order is wrong whatever it is compared with.
EARLY: Mapping[Kind, str] = {
    Kind.DAY: "2019-01-01",
    Kind.INSTANT: "2019-01-01T00:00:00+01:00",
    Kind.AMOUNT: "-80",
}


def _by_breach(table: Rows) -> Mapping[str, str]:
    found: defaultdict[str, str] = defaultdict(str)
    for breaches, told in table:
        for breach in names(breaches):
            # A breach may stand in several lines: what follows from each adds up.
            found[breach] += f" {told}"
    return found


INSTEAD, UNKNOWN = _by_breach(TABLES["instead"]), _by_breach(TABLES["unknown"])
FOLLOWS = {breach: pairs(told) for breach, told in _by_breach(TABLES["follows"]).items()}


def changes(record: Record, rule: Rule, number: int) -> Values:
    """What a row says instead, so that it breaks the rule (and what ALSO tells)."""
    if rule.id in INSTEAD:
        return filled(INSTEAD[rule.id], number)
    match rule.constraint:
        case Present(name):
            return {name: ""}
        case Readable(name):
            return {name: unreadable(record.column(name), number)}
        case Known(name):
            when = record.column(name).named_when
            scope = {when.column: when.values[0]} if when else {}
            words = PACKS if record.column(name).names is Names.PACK else NOT_KNOWN
            # By turns, so that each word for not known stands in some file.
            return {**scope, name: words[number % len(words)]}
        case Differ(first, second):
            return {first: "SAME", second: "SAME"}
        case Happened(name):
            return {
                later: TO_COME[record.column(later).kind] for later in (name, *_after(record, name))
            }
        case Between(name, low, high):
            return {name: beyond(record.column(name), low, high)}
        case Ordered(_, later) if record.column(later).kind in EARLY:
            return {later: EARLY[record.column(later).kind]}
        case _:
            raise KeyError(
                f"{rule.id}: its constraint does not tell how it is broken; expected a line of it"
                " under [instead] in synthetic/cases/breaches.cases"
            )


def unknown(record: Record, link: Link, number: int) -> Values:
    """What a row says instead, so that the link's target is not there."""
    if f"{record.name}/{link.name}" in UNKNOWN:
        return filled(UNKNOWN[f"{record.name}/{link.name}"], number)
    on = link.on or records()[link.record].key
    # Of a lot the number is another: another step would not be unknown but unreadable.
    named = dict(zip(on, link.columns, strict=False)).get(NUMBER, link.columns[-1])
    return {named: f"{record.name}.{link.name}-99-{number:06d}"}


def filled(changed: str, number: int) -> Values:
    """The changes with the specimen's number where they name it."""
    return {name: value.format(n=number) for name, value in pairs(changed).items()}


@dataclass(frozen=True, slots=True)
class Follows:
    """What else comes of a breach, besides its own finding or link: which rules it breaks too,
    what is parked, by which way lots are still reached ('' as before), which answers are others.
    """

    found: tuple[str, ...] = ()
    parked: tuple[str, ...] = ()
    way: str = ""
    answers: str = ""

    def reached(self, ways: tuple[Reached, ...]) -> tuple[Reached, ...]:
        """The lots that a row still reaches."""
        match self.way:
            case "none":
                return ()
            case "lot":
                return tuple(replace(way, basis=LOT) for way in ways)
            case "nobody":
                return tuple(replace(way, patient="") for way in ways)
            case _:
                return ways


def follows(breach: str) -> Follows:
    """What follows from a breach: the id of a rule, or a record and a link."""
    said = FOLLOWS.get(breach, {})
    answers = " ".join(
        f"{rule}={said[rule]}" for rule in said if rule not in ("found", "parked", "way")
    )
    found, parked = (
        tuple(said[name].split(",")) if name in said else () for name in ("found", "parked")
    )
    return Follows(found, parked, said.get("way", ""), answers)


def refuses(record: Record, rule: Rule) -> bool:
    """Whether a row that breaks the rule is refused, by it or by another on the same column."""
    asked = {r.constraint for r in record.rules if r.outcome is Outcome.REFUSE}
    # What is not known counts as empty: who asks for the column refuses it then.
    empty = (
        Present(rule.constraint.column) if isinstance(rule.constraint, Known) else rule.constraint
    )
    return rule.outcome is Outcome.REFUSE or empty in asked


def also(record: Record, rule: Rule) -> tuple[str, ...]:
    """Other rules that a breach breaks: what is not known is empty, what comes later is to come."""
    if isinstance(rule.constraint, Happened):
        # What tells of later moves along, or its order would be broken besides.
        later = _after(record, rule.constraint.column)
        return tuple(
            r.id
            for r in record.rules
            if isinstance(r.constraint, Happened) and r.constraint.column in later
        )
    if isinstance(rule.constraint, Known):
        empty = Present(rule.constraint.column)
        return tuple(r.id for r in record.rules if r.constraint == empty and r.when is None)
    return follows(rule.id).found


def _after(record: Record, name: str) -> list[str]:
    """The columns that tell of something later than a column does, directly or through others."""
    pairs = [r.constraint for r in record.rules if isinstance(r.constraint, Ordered)]
    found = [pair.later for pair in pairs if pair.earlier == name]
    return found + [later for each in found for later in _after(record, each)]


def beyond(column: Column, low: Decimal | None, high: Decimal | None) -> str:
    """A number out of these limits; below them, where the column's kind can be negative."""
    # A count cannot be below nothing, so that it is too high.
    if high is not None and (low is None or column.kind is Kind.COUNT):
        return str(high + 1)
    return str((low or 0) - 1)


def unreadable(column: Column, number: int) -> str:
    """A text that is not of the column's kind."""
    texts = UNREADABLE[column.kind]
    return texts[number % len(texts)]
