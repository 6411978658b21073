"""Cases as text: a table that does not fit its head, or uses a word that nobody told, is no table."""

import pytest

from lots.records import records
from lots.settings import ROOT
from synthetic import data
from synthetic.cases.told import parsed
from synthetic.world.reference import LOT_TESTS

TABLE = """
[words] word | text
FINE | value=6.8  # as told
[tests] outcome | test | more
pass | ph $FINE
     | sterility | run=\\
2
[days] outcome | day...
pass | 1 | 2 | 3
"""


def test_rows_stand_under_their_head() -> None:
    assert parsed(TABLE) == {
        "words": [("FINE", "value=6.8")],
        "tests": [("pass", "ph value=6.8", ""), ("", "sterility", "run=2")],
        "days": [("pass", "1", "2", "3")],
    }


def test_a_row_that_is_wider_than_its_head_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a \| b \| c: expected 2 cells, got 3$"):
        parsed("[tests] outcome | test\na | b | c")


def test_a_word_that_nobody_told_is_refused() -> None:
    with pytest.raises(KeyError, match="LATER"):
        parsed("[tests] outcome | test\npass | at=$LATER", FINE="")


def test_every_table_of_cases_is_read() -> None:
    files = {path.stem for path in (ROOT / "synthetic" / "cases").glob("*.cases")}
    code = "".join(
        path.read_text("utf-8") for path in (ROOT / "synthetic" / "cases").glob("*.py")
    ).replace("\n    ", "")
    assert {file for file in files if f'tables("{file}"' not in code} == set()


@pytest.mark.parametrize("file", ["world/usual", "world/measured"])
def test_what_is_told_of_records_names_their_columns(file: str) -> None:
    """A name that no record has would be left out of the files in silence."""
    columns = {n: {column.name for column in r.columns} for n, r in records().items()}
    tests = {"lot_test": set(LOT_TESTS)} if file == "world/measured" else {}
    for record, told in data.table(file).items():
        assert set(told) <= tests.get(record, columns[record]), record
