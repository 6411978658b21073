"""The grammar: what a record, a column, a link and a rule are. Pure values; everything else is
derived from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lots.grammar.column import Column, Link, Lookup, Measured, Rule, When
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
from lots.grammar.kinds import Holds as Holds
from lots.grammar.kinds import Kind as Kind
from lots.grammar.kinds import Line as Line
from lots.grammar.kinds import Outcome as Outcome
from lots.grammar.kinds import Severity as Severity
from lots.grammar.kinds import Sought
from lots.grammar.kinds import Tells as Tells
from lots.grammar.unknown import Names as Names


@dataclass(frozen=True, slots=True)
class Record:
    """One type of record, declared once. `at` names the column that dates a row, for rules with a
    validity.

    rank: choices of a status column from weakest to strongest; a stronger one supersedes a weaker.
    reference: rules across records judge by it; valid_from ends its key, and it has a valid_to.
    line: it is a line of vials, and tells this of them. derives: the table of lineage that is made
    of it. enough: links of which a row must tell one. expected: whatever names one by its key
    expects its row.
    """

    name: str
    stage: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    links: tuple[Link, ...] = ()
    rules: tuple[Rule, ...] = ()
    at: str = ""
    holds: Holds = Holds.NOTHING
    rank: tuple[str, tuple[str, ...]] | None = None
    reference: bool = False
    measured: Measured | None = None
    line: Line | None = None
    looked_up: tuple[Lookup, ...] = ()
    derives: str = ""
    enough: tuple[tuple[str, ...], ...] = ()
    expected: bool = False
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # In each record, at its end, with the same numbers: hashed alike everywhere.
        own = (_named(column, self.key) for column in self.columns)
        object.__setattr__(self, "columns", (*own, *CORRECTION))
        object.__setattr__(self, "_by_name", {c.name: c for c in self.columns})
        object.__setattr__(self, "rules", (*own_rules(self), *self.rules))
        check(self)

    def __hash__(self) -> int:
        # What is found once for a record is kept by it: to hash all of its columns each time took
        # longer than to find some of that anew.
        return hash(self.name)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        return self._by_name[name]

    def link(self, name: str) -> Link:
        """The link of that name; KeyError where there is none."""
        return {link.name: link for link in self.links}[name]

    def persons(self, columns: Sequence[str], when: When | None = None) -> tuple[int, ...]:
        """At which places among these columns a key of a person may stand, in rows of a scope: of
        the record's key, or of what a link names. Whoever shows such a list leaves them out.
        """
        return tuple(n for n, c in enumerate(columns) if self.column(c).names_person(when))

    @property
    def waiting(self) -> tuple[Link, ...]:
        """The links for which a row waits until what they name arrives."""
        return tuple(link for link in self.links if link.sought is Sought.KEY)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a file cannot be received: the key, and what is declared as
        required.
        """
        return tuple(c.name for c in self.columns if c.required or c.name in self.key)


OWN_NUMBERS = range(1, 900)  # of a record's own columns; those of every record come after


def _named(column: Column, key: tuple[str, ...]) -> Column:
    """A place that is not known names nobody; but in a key it stays as it was sent, since a row
    without it would be refused, with the patient or the consignee that it tells of.
    """
    if column.tells is Tells.PLACE and column.names is None and column.name not in key:
        return replace(column, names=Names.PLACE)
    return column


CORRECTION = (
    Column(
        901,
        "correction",
        Kind.COUNT,
        "number of this declared correction; empty for the first version",
    ),
    Column(
        902,
        "corrected_by",
        Kind.CODE,
        "who declared the correction, as stated by the sender",
        names=Names.PERSON,
        tells=Tells.STAFF,
    ),
    Column(903, "correction_reason", Kind.TEXT, "why it was corrected"),
    Column(
        904,
        "retracted",
        Kind.CHOICE,
        "that this key was entered in error; the row then says nothing else of it",
        choices=("never_happened", "replacement_due"),
    ),
)

HOUSE = "the house: a bad record is not a bad product"


def own_rules(record: Record) -> tuple[Rule, ...]:
    """The rules that follow from the columns alone: what is required is there, readable, possible
    and known.
    """
    return tuple(rule for column in record.columns for rule in _column_rules(record, column))


def _column_rules(record: Record, column: Column) -> list[Rule]:
    name, limits = column.name, column.limits
    told: dict[str, tuple[Constraint, str] | None] = {
        "present": (Present(name), "not empty") if column.required or name in record.key else None,
        "readable": (Readable(name), expected(column)) if column.kind is not Kind.TEXT else None,
        "limits": (Between(name, limits.low, limits.high), within(limits)) if limits else None,
        "happened": (Happened(name), "not after the day of receipt") if column.happened else None,
        "known": (Known(name), "no word for not known") if column.names else None,
    }
    return [_own_rule(record, column, suffix, of) for suffix, of in told.items() if of]


def _own_rule(record: Record, column: Column, suffix: str, of: tuple[Constraint, str]) -> Rule:
    constraint, sentence = of
    # A row whose key cannot be read is no row of anything.
    in_key = column.name in record.key
    # A key that cannot be read names nothing; one that tells too much or too late still does.
    refuses = in_key and suffix not in ("limits", "happened")
    return Rule(
        f"{record.name}.{column.name}.{suffix}",
        constraint,
        f"{column.name} is {sentence}.",
        HOUSE,
        outcome=Outcome.REFUSE if refuses else Outcome.FINDING,
        # Of a row whose key fails nobody knows what it would hold.
        holds=Holds.NOTHING if in_key else record.holds,
        severity=Severity.CRITICAL if refuses else Severity.WARNING,
        unit=column.unit if suffix in ("readable", "limits") else "",
        when={"happened": column.happened_when, "known": column.named_when}.get(suffix),
    )


def expected(column: Column) -> str:
    """What a readable value of the column looks like, for sentences and templates."""
    whole, fraction = column.digits
    return {
        Kind.CODE: "printable ASCII of at most 64 characters without a blank at either end",
        Kind.GTIN: "a GTIN of 8, 12, 13 or 14 digits",
        Kind.CHOICE: "one of " + ", ".join(column.choices),
        Kind.TEXT: "text",
        Kind.AMOUNT: (
            f"a decimal number with a point, at most {whole} digits before it and {fraction}"
            " after it"
        ),
        Kind.COUNT: "a whole number of at most 9 digits",
        Kind.DAY: "a calendar day as YYYY-MM-DD",
        Kind.INSTANT: "an instant as YYYY-MM-DDThh:mm:ss with Z or an offset such as +01:00",
    }[column.kind]


MOST_RULES = 62  # a row's breaches are one bigint


# No column is named by a reserved word of PostgreSQL: SQL that people read quotes nothing.
RESERVED = (
    "all analyse analyze and any array as asc asymmetric both case cast check collate column"
    " constraint create current_date current_time current_timestamp current_user default"
    " deferrable desc distinct do else end except false fetch for foreign from grant group having"
    " in initially intersect into lateral leading limit localtime localtimestamp not null offset"
    " on only or order placing primary references returning select session_user some symmetric"
    " table then to trailing true union unique user using variadic when where window with"
)


def check(record: Record) -> None:
    """Raise ValueError where a declaration contradicts itself, or names a column as no SQL can."""
    names = [c.name for c in record.columns]
    if reserved := set(RESERVED.split()).intersection(names):
        raise ValueError(
            f"{record.name}: column {', '.join(sorted(reserved))}: expected a name that is no"
            " reserved word of SQL"
        )
    if len(set(names)) != len(names):
        raise ValueError(f"{record.name}: a column is declared twice")
    if len(record.rules) > MOST_RULES:
        raise ValueError(f"{record.name}: {len(record.rules)} rules, expected at most {MOST_RULES}")
    if len({r.id for r in record.rules}) != len(record.rules):
        raise ValueError(f"{record.name}: two rules have one id")
    named = {
        *record.key,
        *(c for link in record.links for c in link.columns),
        *(c for rule in record.rules for c in columns_of(rule.constraint)),
        *(rule.when.column for rule in record.rules if rule.when),
        *(link.when.column for link in record.links if link.when),
        *(link.unless.column for link in record.links if link.unless),
    }
    if missing := named - set(names):
        raise ValueError(f"{record.name}: no column {', '.join(sorted(missing))}")
    _check_numbers(record)
    _check_gtins(record)
    _check_limits(record)
    _check_happened(record)


def _check_numbers(record: Record) -> None:
    """Raise ValueError where a column has no number of its own."""
    own = [c for c in record.columns if c not in CORRECTION]
    if wrong := [c.name for c in own if c.number not in OWN_NUMBERS]:
        raise ValueError(
            f"{record.name}: number of {', '.join(wrong)}: expected one of 1 to {OWN_NUMBERS[-1]}"
        )
    if len({c.number for c in own}) != len(own):
        raise ValueError(f"{record.name}: two columns have one number")


def _check_gtins(record: Record) -> None:
    """Raise ValueError where a wrong check digit of a GTIN would go unsaid, or be part of a key."""
    told = {
        (r.constraint.column, r.outcome)
        for r in record.rules
        if isinstance(r.constraint, CheckCharacter)
    }
    for column in (c.name for c in record.columns if c.kind is Kind.GTIN):
        outcomes = {outcome for name, outcome in told if name == column}
        if not outcomes or (column in record.key and outcomes != {Outcome.REFUSE}):
            raise ValueError(
                f"{record.name}: no rule on the check digit of {column}, or none that refuses a key"
            )


def _check_limits(record: Record) -> None:
    """Raise ValueError where limits are no limits, or those of something that is no number."""
    for column in record.columns:
        if column.limits is None:
            continue
        low, high = column.limits.low, column.limits.high
        if column.kind not in (Kind.AMOUNT, Kind.COUNT):
            raise ValueError(f"{record.name}: limits of {column.name}, which is no number")
        if (low is None and high is None) or (low is not None and high is not None and low > high):
            raise ValueError(
                f"{record.name}: the limits of {column.name} leave nothing out, or everything"
            )


def _check_happened(record: Record) -> None:
    """Raise ValueError where something has happened on what is no day."""
    for column in record.columns:
        if (column.happened or column.happened_when) and column.kind not in (
            Kind.DAY,
            Kind.INSTANT,
        ):
            raise ValueError(f"{record.name}: {column.name} has happened, but is no day")
        if column.happened_when and not column.happened:
            raise ValueError(
                f"{record.name}: {column.name} says when it has happened, but never has"
            )
