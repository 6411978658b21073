"""A declaration that contradicts itself is refused; the rules of its columns follow by themselves."""

import re
from decimal import Decimal

import pytest

from lots.grammar.column import Column, Link, Rule, Sought, When
from lots.grammar.links import check_links
from lots.grammar.schema import (
    MOST_RULES,
    AnyOf,
    AtMostByBand,
    Between,
    CheckCharacter,
    Constraint,
    Happened,
    Holds,
    Kind,
    Limits,
    Ordered,
    Outcome,
    Present,
    Record,
    Severity,
    columns_of,
    expected,
)
from lots.records import records

KEY = Column(1, "unit", Kind.CODE, "the unit")
VOLUME = Column(2, "volume_ml", Kind.AMOUNT, "its volume", "mL", required=True, digits=(5, 3))
LENGTH = Column(
    3, "length_mm", Kind.AMOUNT, "its length", "mm", limits=Limits(Decimal(0), Decimal(300))
)
NOTE = Column(4, "note", Kind.TEXT, "what else")
OF_NOWHERE = When("nowhere", ("x",))


def declared(
    *columns: Column,
    key: tuple[str, ...] = ("unit",),
    links: tuple[Link, ...] = (),
    rules: tuple[Rule, ...] = (),
) -> Record:
    """A record of a few columns that holds a unit."""
    return Record("thing", "intake", "A thing.", key, columns, links, rules, holds=Holds.UNIT)


def rule(constraint: Constraint, id: str = "X01", when: When | None = None) -> Rule:
    """A rule with the least that one needs."""
    return Rule(id, constraint, "It holds.", "nobody", when=when)


def refusal(
    *columns: Column,
    key: tuple[str, ...] = ("unit",),
    links: tuple[Link, ...] = (),
    rules: tuple[Rule, ...] = (),
) -> str:
    """The sentence with which a declaration is refused."""
    with pytest.raises(ValueError, match=r"^thing: ") as told:
        declared(*columns, key=key, links=links, rules=rules)
    return str(told.value)


def test_a_column_declared_twice_is_refused() -> None:
    assert refusal(KEY, KEY) == "thing: a column is declared twice"


def test_a_column_named_by_a_reserved_word_of_sql_is_refused() -> None:
    assert refusal(KEY, Column(2, "check", Kind.CODE, "the check")) == (
        "thing: column check: expected a name that is no reserved word of SQL"
    )


def test_a_column_of_every_record_cannot_be_declared_again() -> None:
    assert (
        refusal(KEY, Column(9, "corrected_by", Kind.CODE, "who"))
        == "thing: a column is declared twice"
    )


def test_two_rules_of_one_id_are_refused() -> None:
    assert (
        refusal(KEY, NOTE, rules=(rule(Present("note")), rule(Present("unit"))))
        == "thing: two rules have one id"
    )


def test_more_rules_than_a_row_has_bits_are_refused() -> None:
    rules = tuple(rule(Present("note"), f"X{n:02}") for n in range(MOST_RULES))
    own = len(declared(KEY, NOTE).rules)
    assert (
        refusal(KEY, NOTE, rules=rules)
        == f"thing: {MOST_RULES + own} rules, expected at most {MOST_RULES}"
    )
    assert len(declared(KEY, NOTE, rules=rules[own:]).rules) == MOST_RULES
    assert 1 << MOST_RULES < 1 << 63  # the bits of a row's breaches are one signed bigint


@pytest.mark.parametrize(
    "constraint",
    [
        Present("nowhere"),
        Between("nowhere", Decimal(1)),
        Ordered("unit", "nowhere"),
        AnyOf(("unit", "nowhere")),
        CheckCharacter("unit", "mod37-2", "nowhere"),
        AtMostByBand("unit", "nowhere", ()),
    ],
)
def test_a_rule_on_no_column_is_refused(constraint: Constraint) -> None:
    assert refusal(KEY, rules=(rule(constraint),)) == "thing: no column nowhere"


def test_a_key_a_link_or_a_scope_on_no_column_is_refused() -> None:
    assert refusal(KEY, key=("unit", "nowhere")) == "thing: no column nowhere"
    assert refusal(KEY, links=(Link("to", ("nowhere",), "party"),)) == "thing: no column nowhere"
    assert (
        refusal(KEY, links=(Link("to", ("unit",), "party", when=OF_NOWHERE),))
        == "thing: no column nowhere"
    )
    assert (
        refusal(KEY, rules=(rule(Present("unit"), when=OF_NOWHERE),)) == "thing: no column nowhere"
    )


def test_the_rules_of_the_columns_come_first() -> None:
    found = declared(KEY, VOLUME, NOTE, rules=(rule(Present("note")),))
    assert [r.id for r in found.rules] == [
        "thing.unit.present",
        "thing.unit.readable",
        "thing.volume_ml.present",
        "thing.volume_ml.readable",
        "thing.correction.readable",
        "thing.corrected_by.readable",
        "thing.corrected_by.known",
        "thing.retracted.readable",
        "X01",
    ]


def test_limits_are_a_rule_of_their_column() -> None:
    (found,) = (r for r in declared(KEY, LENGTH).rules if r.id == "thing.length_mm.limits")
    assert found.constraint == Between("length_mm", Decimal(0), Decimal(300))
    assert found.sentence == "length_mm is between 0 and 300."
    assert (found.outcome, found.holds, found.severity, found.unit) == (
        Outcome.FINDING,
        Holds.UNIT,
        Severity.WARNING,
        "mm",
    )


@pytest.mark.parametrize(
    ("kind", "limits", "said"),
    [
        (Kind.DAY, Limits(Decimal(0)), "limits of x, which is no number"),
        (Kind.AMOUNT, Limits(), "the limits of x leave nothing out, or everything"),
        (
            Kind.COUNT,
            Limits(Decimal(2), Decimal(1)),
            "the limits of x leave nothing out, or everything",
        ),
    ],
)
def test_limits_that_are_none_are_refused(kind: Kind, limits: Limits, said: str) -> None:
    assert refusal(KEY, Column(9, "x", kind, "what", limits=limits)) == f"thing: {said}"


def test_what_has_happened_is_a_rule_of_its_column() -> None:
    told = Column(9, "done_on", Kind.DAY, "when", happened=True, happened_when=When("note", ("x",)))
    (found,) = (r for r in declared(KEY, NOTE, told).rules if r.id == "thing.done_on.happened")
    assert (found.constraint, found.when) == (Happened("done_on"), When("note", ("x",)))
    assert found.sentence == "done_on is not after the day of receipt."
    assert (found.outcome, found.holds, found.severity) == (
        Outcome.FINDING,
        Holds.UNIT,
        Severity.WARNING,
    )


@pytest.mark.parametrize(
    ("kind", "happened", "said"),
    [
        (Kind.COUNT, True, "x has happened, but is no day"),
        (Kind.INSTANT, False, "x says when it has happened, but never has"),
    ],
)
def test_what_cannot_have_happened_is_refused(kind: Kind, happened: bool, said: str) -> None:
    column = Column(9, "x", kind, "what", happened=happened, happened_when=When("unit", ("x",)))
    assert refusal(KEY, column) == f"thing: {said}"


def test_only_a_key_refuses_and_only_other_columns_hold() -> None:
    by_id = {r.id: (r.outcome, r.holds, r.severity) for r in declared(KEY, VOLUME).rules}
    assert by_id["thing.unit.readable"] == (Outcome.REFUSE, Holds.NOTHING, Severity.CRITICAL)
    assert by_id["thing.volume_ml.present"] == (Outcome.FINDING, Holds.UNIT, Severity.WARNING)


def test_a_file_must_have_the_key_and_what_is_required() -> None:
    assert declared(KEY, NOTE, VOLUME).required == ("unit", "volume_ml")


def test_a_column_is_found_by_its_name() -> None:
    assert declared(KEY, VOLUME).column("volume_ml") is VOLUME
    with pytest.raises(KeyError):
        declared(KEY).column("volume_ml")


def test_columns_are_told_in_the_constraint_s_own_order() -> None:
    assert columns_of(Ordered("b", "a")) == ("b", "a")
    assert columns_of(CheckCharacter("a", "gs1")) == ("a",)
    assert columns_of(CheckCharacter("a", "mod37-2", "b")) == ("a", "b")
    assert columns_of(AtMostByBand("b", "a", ())) == ("b", "a")


def test_what_is_expected_of_an_amount_names_its_digits() -> None:
    assert (
        expected(VOLUME)
        == "a decimal number with a point, at most 5 digits before it and 3 after it"
    )
    assert expected(Column(9, "c", Kind.CHOICE, "", choices=("a", "b"))) == "one of a, b"


def test_no_limit_is_put_to_an_amount_that_a_float_may_round() -> None:
    limited = [
        (record, name)
        for record in records().values()
        for rule in record.rules
        if isinstance(rule.constraint, Between | AtMostByBand)
        for name in columns_of(rule.constraint)
    ]
    assert len(limited) > 10
    assert [
        (record.name, name)
        for record, name in limited
        if record.column(name).kind is Kind.AMOUNT and sum(record.column(name).digits) > 15
    ] == []


@pytest.mark.parametrize("number", [0, 900, 902])
def test_a_number_that_is_no_records_own_is_refused(number: int) -> None:
    said = refusal(KEY, Column(number, "x", Kind.CODE, "what"))
    assert said == "thing: number of x: expected one of 1 to 899"


def test_a_number_for_two_columns_is_refused() -> None:
    assert refusal(KEY, Column(1, "x", Kind.CODE, "what")) == "thing: two columns have one number"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            Link("lot", ("unit",), "lot", fixed=(("step", "packed"),)),
            "thing.lot: unit for manufacturer, lot_number, step of lot; expected as many columns as"
            " the target's key has, or `on` with those that are meant",
        ),
        (
            Link("lot", ("unit",), "lot", on=("manufacturer", "lot_number")),
            "thing.lot: unit for manufacturer, lot_number of lot; expected as many columns as the"
            " target's key has, or `on` with those that are meant",
        ),
        (Link("lot", ("unit",), "lott"), "thing.lot: no record lott"),
        (Link("lot", ("unit",), "lot", on=("number",)), "thing.lot: no column number in lot"),
    ],
)
def test_a_link_that_does_not_fit_its_target_is_refused(link: Link, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        check_links(declared(KEY, links=(link,)), records())


def test_a_link_to_what_no_record_describes_needs_no_target() -> None:
    check_links(declared(KEY, links=(Link("kit", ("unit",), "kit", sought=Sought.NOT),)), records())
