"""A column tells what it tells of: whose keys are shown to nobody, and what sets rows apart."""

from lots.grammar.column import Column
from lots.grammar.kinds import PERSONS, Kind, Tells
from lots.questions import questions
from lots.records import records

# How a column is named that tells of such a thing, in whatever record.
NAMED = {
    Tells.DONOR: ("donor_key", "tested_id"),
    Tells.PATIENT: ("patient_key",),
    Tells.PERSON: ("one_key", "other_key"),
    Tells.STAFF: ("_by", "operator_id", "signature"),
    Tells.PLACE: (
        *("site", "centre", "laboratory", "pharmacy", "clinic", "ward", "carrier"),
        *("party", "party_id", "_holder", "reporter", "sender"),
    ),
    Tells.MAKER: ("manufacturer", "maker", "plant", "supplier"),
    Tells.PRODUCT: ("gtin", "product"),
}
# What is called so and tells of none: record and column.
NOT: set[tuple[str, str]] = set()


def columns() -> dict[tuple[str, str], Column]:
    """Every declared column, by record and name."""
    return {(r.name, c.name): c for r in records().values() for c in r.columns}


def called(name: str) -> set[Tells]:
    """What a column of such a name must tell of."""
    found = {tells for tells, ends in NAMED.items() if name.endswith(ends)}
    # Whoever adds another kind of key says whose it is.
    return found or (set(PERSONS) if name.endswith("_key") else set())


def test_a_column_tells_what_its_name_says() -> None:
    silent = {
        of
        for of, column in columns().items()
        if (wanted := called(column.name)) and column.tells not in wanted and of not in NOT
    }
    assert silent == set()


def test_no_column_tells_what_its_name_does_not_say() -> None:
    assert {of for of, c in columns().items() if c.tells and c.tells not in called(c.name)} == set()


def test_a_gtin_is_of_its_own_kind_wherever_it_stands() -> None:
    gtins = {of for of, c in columns().items() if c.kind is Kind.GTIN}
    assert gtins == {of for of in columns() if of[1].endswith("gtin")}
    assert {columns()[of].tells for of in gtins} == {Tells.PRODUCT}


def test_only_codes_name_anybody_or_anything() -> None:
    kinds = {c.kind for c in columns().values() if c.tells}
    assert kinds == {Kind.CODE, Kind.GTIN}


def test_a_key_of_a_person_is_read_by_the_words_for_persons() -> None:
    assert {str(c.names) for c in columns().values() if c.of_person} == {"person"}


def test_the_columns_of_a_question_all_tell_of_persons_or_none_does() -> None:
    for question in questions().values():
        told = {c.of_person for (_, name), c in columns().items() if name in question.called}
        assert told <= {question.of_person(records())}, question.name
    persons = [q.name for q in questions().values() if q.of_person(records())]
    assert persons == ["donor", "patient"]
