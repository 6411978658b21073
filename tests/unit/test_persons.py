"""Where a key, or what a link names, has a person's key in it: told by the columns alone."""

import pytest

from lots.grammar.column import When
from lots.records import record, records


@pytest.mark.parametrize(
    ("name", "places"),
    [("donor", (0,)), ("course_review", (1,)), ("donation", ()), ("same_person", ())],
)
def test_a_record_that_is_known_by_a_person_says_so(name: str, places: tuple[int, ...]) -> None:
    assert record(name).persons(record(name).key) == places


@pytest.mark.parametrize(
    ("name", "link", "places"),
    [
        ("deferral", "donor", (0,)),
        ("deferral", "centre", ()),
        ("same_person", "one", (0,)),
        ("test_result", "donor", (0,)),
        # The same column, in rows that tell of a thing.
        ("test_result", "donation", ()),
        ("test_result", "pool", ()),
    ],
)
def test_a_link_that_names_a_person_says_so(name: str, link: str, places: tuple[int, ...]) -> None:
    named = record(name).link(link)
    assert record(name).persons(named.columns, named.when) == places


def test_a_scope_of_another_column_leaves_nothing_out() -> None:
    """Only the scope that the column itself declares says in which rows it names persons."""
    assert record("test_result").persons(("tested_id",), When("marker", ("HBsAg",))) == (0,)
    assert record("test_result").persons(("tested_id", "marker")) == (0,)


def test_every_link_to_a_person_is_among_them() -> None:
    for told in records().values():
        for link in told.links:
            if link.record in ("donor", "patient", "person"):
                assert told.persons(link.columns, link.when), f"{told.name}.{link.name}"
