"""Columns, and what is declared beside them: rules, links, what is measured with which unit."""

from dataclasses import dataclass
from datetime import date

from lots.grammar.constraints import AnyOf as AnyOf
from lots.grammar.constraints import AtMostByBand as AtMostByBand
from lots.grammar.constraints import Between as Between
from lots.grammar.constraints import CheckCharacter as CheckCharacter
from lots.grammar.constraints import Constraint as Constraint
from lots.grammar.constraints import Differ as Differ
from lots.grammar.constraints import Happened as Happened
from lots.grammar.constraints import Known as Known
from lots.grammar.constraints import Limits as Limits
from lots.grammar.constraints import OneOf as OneOf
from lots.grammar.constraints import Ordered as Ordered
from lots.grammar.constraints import Present as Present
from lots.grammar.constraints import Readable as Readable
from lots.grammar.constraints import Shaped as Shaped
from lots.grammar.constraints import columns_of as columns_of
from lots.grammar.constraints import within as within
from lots.grammar.kinds import PERSONS as PERSONS
from lots.grammar.kinds import Holds as Holds
from lots.grammar.kinds import Kind as Kind
from lots.grammar.kinds import Makes as Makes
from lots.grammar.kinds import Outcome as Outcome
from lots.grammar.kinds import Severity as Severity
from lots.grammar.kinds import Sought as Sought
from lots.grammar.kinds import Tells as Tells
from lots.grammar.unknown import Names as Names


@dataclass(frozen=True, slots=True)
class When:
    """A rule's scope: it applies only to rows whose column is one of the values; elsewhere it is
    not applicable.
    """

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name carries its unit, if any (collected_ml). digits = (whole, fraction) of
    an amount.

    number: by what it is known in what is hashed of a row; a record's own, from 1 on, and no other
    column's ever again, also when this one goes (docs/column_numbers.txt).

    tells: what it tells of. names: by which words it tells that nobody knows: these count as empty.
    What is told of a person, or outside the key of a place, does so by the words for those. Both
    hold in the rows that named_when speaks of.

    happened: it tells the day of what has happened, in the rows that happened_when speaks of: never
    one to come. completable: a fuller version of the same sender may fill it in where it was empty,
    and then stands in the emptier one's place (docs/versions.md).
    """

    # First, as it is what must never change; the name may.
    number: int
    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    # As PostgreSQL keeps a numeric: what has more digits is not readable, never rounded.
    digits: tuple[int, int] = (9, 6)
    tells: Tells | None = None
    names: Names | None = None
    named_when: When | None = None
    limits: Limits | None = None
    happened: bool = False
    happened_when: When | None = None
    completable: bool = False

    def __post_init__(self) -> None:
        if self.of_person and self.names is None:
            # So that no column of persons can be declared in which "unknown" is somebody.
            object.__setattr__(self, "names", Names.PERSON)

    @property
    def of_person(self) -> bool:
        """Whether a key of a person stands in it, in all rows or in some."""
        return self.tells in PERSONS

    def names_person(self, when: When | None = None) -> bool:
        """Whether a key of a person may stand in it, in rows of this scope."""
        # A column may name persons in some rows only; what is not of those rows is told by scope
        # alone.
        if when and self.named_when and when.column == self.named_when.column:
            return self.of_person and not {*when.values}.isdisjoint(self.named_when.values)
        return self.of_person


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule on one row: what must hold, and what follows if it does not. Valid from `since`
    until before `until`.

    lasting: no newer version explains a breach; only a person closes it.
    """

    id: str
    constraint: Constraint
    sentence: str
    citation: str
    outcome: Outcome = Outcome.FINDING
    holds: Holds = Holds.NOTHING
    severity: Severity = Severity.WARNING
    unit: str = ""
    when: When | None = None
    # Every verdict keeps it: what an older version found stays told by that one.
    version: int = 1
    since: date | None = None
    until: date | None = None
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """What the process demands: of each such thing a row tells, by the link that says so.

    of: the record or thing. unless: of it, those of which nothing need be told; a column of its
    key, or of its own row. how: how it must be told of, where it must in several ways: by one link of
    each.
    """

    of: str
    unless: When | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A row names another record: its columns, in the order of the target's columns (the target's
    key by default); or a thing that no record describes, where it is not sought.

    fixed: columns of the target that have one value for every row, such as the step of a lot.
    aside: why no question goes through it, as what follows "it"; empty where one does. Any other
    must be told: an answer that goes through it may lack what a row that does not tell it is of.
    unless: the rows that have nothing to tell by it; one of which nobody knows whether it is one of
    them must tell it. optional: why no row must, as what follows "it". each: of what there is a row
    that names it by this link. needs: further columns without which nobody knows what it joins.
    """

    name: str
    columns: tuple[str, ...]
    record: str
    on: tuple[str, ...] = ()
    when: When | None = None
    # In the target and not in the row: the row has no column for what is always the same.
    fixed: tuple[tuple[str, str], ...] = ()
    sought: Sought = Sought.KEY
    makes: Makes = Makes.NOTHING
    aside: str = ""
    unless: When | None = None
    optional: str = ""
    each: Each | None = None
    needs: tuple[str, ...] = ()

    @property
    def described(self) -> bool:
        """Whether rows of some record describe what it names."""
        return self.sought in (Sought.KEY, Sought.LABEL)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Columns by which rows are looked up beside their key and their links; of a name, where only
    the rows of a scope are. nearly: by what is left of the one column's name (docs/near.md).
    """

    columns: tuple[str, ...]
    when: When | None = None
    name: str = ""
    nearly: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What a row measured in a unit of its own: the columns of the unit, of the value and of how it
    is to be read.
    """

    unit: str
    value: str = ""
    operator: str = ""
