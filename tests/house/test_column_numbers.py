"""A column's number is its own for ever: what was hashed under it is never read as another's."""

from pathlib import Path

from lots.records import records

GIVEN = Path(__file__).parents[2] / "docs" / "column_numbers.txt"


def given() -> dict[tuple[str, int], str]:
    """Each number that was ever given in a record, with its column. Lines are only ever added."""
    lines = [line.split() for line in GIVEN.read_text(encoding="utf-8").splitlines()]
    found = {(record, int(number)): name for record, number, name in lines}
    assert len(found) == len(lines), "a number stands twice in the list"
    return found


def test_a_number_is_never_changed_nor_given_again() -> None:
    listed = given()
    declared = {(r.name, c.number): c.name for r in records().values() for c in r.columns}
    taken = {
        of: (name, listed[of]) for of, name in declared.items() if listed.get(of, name) != name
    }
    assert taken == {}, "a number that is, or was, another column's: take the next one"
    new = "\n".join(f"{r} {n} {name}" for (r, n), name in declared.items() if (r, n) not in listed)
    assert new == "", f"docs/{GIVEN.name} lacks, until `lots docs` was run:\n{new}"


def test_a_column_has_one_number() -> None:
    """A column that comes back, or that only moved, keeps the number that it had."""
    columns = [(record, name) for (record, _), name in given().items()]
    assert len(set(columns)) == len(columns)
