"""Columns and rules that several records declare in the same words."""

from dataclasses import replace
from decimal import Decimal

from lots.grammar.column import Column, Rule
from lots.grammar.schema import (
    AnyOf,
    CheckCharacter,
    Differ,
    Holds,
    Kind,
    Limits,
    Names,
    Ordered,
    Outcome,
    Present,
    Severity,
    Tells,
)

YES_NO = ("yes", "no")
# What can be at all, generously: what is odd and yet may be is for the rules of its record.
NOT_NEGATIVE = Limits(Decimal(0))
PERCENT = Limits(Decimal(0), Decimal(100))
PH = Limits(Decimal(0), Decimal(14))
# The coldest condenser; below it are probes that are not plugged in.
CELSIUS = Limits(Decimal(-120), Decimal(100))
# mTorr: a zero that drifted; twice the air's pressure.
GAUGE = Limits(Decimal(-100), Decimal(2_000_000))
LOGS = Limits(Decimal(0), Decimal(20))
DRAWN = Limits(Decimal(0), Decimal(2000))  # mL of one donation
WEIGHT = Limits(Decimal(1), Decimal(400))  # kg of one person
IN_BLOOD = Limits(Decimal(0), Decimal(30))  # g/dL of haemoglobin, of protein
IN_A_VIAL = Limits(Decimal(0), Decimal(100))  # g
IN_A_DAY = Limits(Decimal(0), Decimal(1000))  # g for one patient
DEGREES = Limits(high=Decimal(3))
# Counts have no sign, so that only their upper end is asked for. These are the house's own guesses,
# each a multiple of what is usual, and none is from a source (G): they catch the digit too many,
# not what is merely unlikely.
# Vials, or packs: the largest lines fill some 100,000 vials of a lot.
OF_A_BATCH = Limits(high=Decimal(1_000_000))
# Packs: a pallet of the smallest folding boxes holds some 20,000.
OF_A_PACKAGE = Limits(high=Decimal(100_000))
OF_A_SAMPLE = Limits(high=Decimal(10_000))  # vials: reserve and all tests take some hundred
# Vials prepared or given at once: IN_A_DAY in vials of 1 g.
OF_A_PATIENT = Limits(high=Decimal(1_000))
# Vials handed out at once: what a large ward takes for some weeks.
OF_A_WARD = Limits(high=Decimal(10_000))
IN_A_PACK = Limits(high=Decimal(1_000))  # a vial's position: no pack holds more (P06.vials)
DONORS = Limits(high=Decimal(1_000_000))  # of one lot: the largest pools have some 60,000
PROBES = Limits(high=Decimal(100))  # in one chamber: usual are 4 to 16, and a log has room for 8
DAYS = Limits(high=Decimal(36_525))  # of a term or an interval: a hundred years
MONTHS = Limits(high=Decimal(1_200))  # the same
COURSES = Limits(high=Decimal(1_000))  # of one order: weekly for twenty years
GIVINGS = Limits(high=Decimal(100))  # donations of one person in a week
ROWS = Limits(high=Decimal(100_000_000))  # of one file: more than fits into what is taken in
# Each is numbered by the record that takes it (numbered).
DATED = (
    Column(0, "valid_from", Kind.DAY, "the first day on which it holds"),
    Column(0, "valid_to", Kind.DAY, "the last day on which it holds; empty while it holds"),
    Column(0, "citation", Kind.TEXT, "where it is from", required=True),
    Column(
        0,
        "prepared_by",
        Kind.CODE,
        "who put it in",
        required=True,
        names=Names.PERSON,
        tells=Tells.STAFF,
    ),
    Column(
        0,
        "approved_by",
        Kind.CODE,
        "who, being another person, approved it",
        required=True,
        names=Names.PERSON,
        tells=Tells.STAFF,
    ),
)
NAMED = (
    Column(0, "gtin", Kind.GTIN, "GTIN-14", tells=Tells.PRODUCT),
    Column(0, "serial", Kind.CODE, "the pack's serial; empty where only the lot is known"),
    Column(0, "lot_number", Kind.CODE, "the lot on the label"),
)
HANDLED = tuple(  # as somebody who counts or packs a pack names it
    replace(column, names=Names.PACK) if column.name == "serial" else column for column in NAMED
)
# As a ward or a pharmacy reads a label.
LABELLED = tuple(replace(column, names=Names.LABEL) for column in NAMED)


def numbered(first: int, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Columns that several records declare, by a record's own numbers from `first` on."""
    return tuple(replace(column, number=n) for n, column in enumerate(columns, first))


def vials(number: int, limits: Limits = OF_A_BATCH, *, completable: bool = False) -> Column:
    """How many vials a line stands for."""
    meaning = "vials that this line stands for"
    return Column(
        number,
        "vials",
        Kind.COUNT,
        meaning,
        "vials",
        required=True,
        limits=limits,
        completable=completable,
    )


def yes_no(number: int, name: str, meaning: str, *, required: bool = False) -> Column:
    """A column that says yes or no; empty where nobody said."""
    return Column(number, name, Kind.CHOICE, meaning, required=required, choices=YES_NO)


def amount(
    number: int,
    name: str,
    meaning: str,
    unit: str,
    digits: tuple[int, int] = (9, 3),
    *,
    required: bool = False,
    limits: Limits | None = None,
    completable: bool = False,
) -> Column:
    """A decimal amount in a unit."""
    return Column(
        number,
        name,
        Kind.AMOUNT,
        meaning,
        unit,
        required,
        digits=digits,
        limits=limits,
        completable=completable,
    )


def gtin_is_right(
    rule: str,
    column: str = "gtin",
    *,
    outcome: Outcome = Outcome.FINDING,
    holds: Holds = Holds.NOTHING,
) -> Rule:
    """A GTIN's last digit is the computed one; where it is not, the GTIN names nothing."""
    what = column.removesuffix("gtin").replace("_", " ")
    return Rule(
        rule,
        CheckCharacter(column, "gs1"),
        f"The {what}GTIN's check digit is the computed one.",
        "GS1 General Specifications, check digit (S)",
        outcome,
        holds,
        Severity.CRITICAL,
    )


def two_people(record: str) -> tuple[Rule, ...]:
    """What is referred to takes two people: one who puts it in and another who approves it."""
    return (
        Rule(
            f"{record}.two_people",
            Differ("prepared_by", "approved_by"),
            "Another person approved it than put it in.",
            "21 CFR 11.200(a)(3) (S)",
            Outcome.REFUSE,
            severity=Severity.CRITICAL,
        ),
        Rule(
            f"{record}.prepared",
            Present("prepared_by"),
            "Somebody put it in.",
            "21 CFR 11.50 (S)",
            Outcome.REFUSE,
            severity=Severity.CRITICAL,
        ),
        Rule(
            f"{record}.approved",
            Present("approved_by"),
            "Somebody approved it.",
            "21 CFR 11.50 (S)",
            Outcome.REFUSE,
            severity=Severity.CRITICAL,
        ),
        Rule(
            f"{record}.validity",
            Ordered("valid_from", "valid_to"),
            "It ends after it begins.",
            "the house: rules are dated, versioned data",
            Outcome.REFUSE,
            severity=Severity.HIGH,
        ),
    )


def label_rules(record: str) -> tuple[Rule, ...]:
    """A line that names a vial does so by a GTIN that is right, and by serial or by lot."""
    return (
        Rule(
            f"R01.{record}.gtin",
            CheckCharacter("gtin", "gs1"),
            "The GTIN's check digit is the computed one.",
            "GS1 General Specifications, check digit (S)",
            severity=Severity.CRITICAL,
        ),
        Rule(
            f"R01.{record}.named",
            AnyOf(("serial", "lot_number")),
            "It is named by serial or by lot.",
            "21 CFR 600.12(a) (S)",
            severity=Severity.CRITICAL,
        ),
    )
