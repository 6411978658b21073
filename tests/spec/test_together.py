"""What each of several small files is told when they are judged by one validation: what it is told
alone, or nothing.
"""

from copy import copy
from dataclasses import replace

import pyarrow as pa
import pytest

from lots.errors import GateClosed
from lots.formats.batch import EXTRA, SENT
from lots.grammar.schema import CheckCharacter
from tests.spec.test_two_readings import CASES, NAMES, RECEIVED_AT, RECORD
from validations.checksums import Checksums
from validations.judge import Judge, Tally
from validations.together import LINE, Part, Told, expect_sum, together

ROWS = 7  # of a file: short ones, so that many rules are broken in some files alone
LACKING = 3  # columns; each file lacks others


def parts() -> list[Part]:
    """Every case of the two readings, a few in each file; no two files have the same columns."""
    rows = [{"line_key": f"K{n}", **case} for n, case in enumerate(CASES)]
    found = []
    for n, first in enumerate(range(0, len(rows), ROWS)):
        lacked = {NAMES[(n + k) % len(NAMES)] for k in range(LACKING)} - {"line_key"}
        columns = (*(c for c in NAMES if c not in lacked), SENT, *([EXTRA] if n % 2 else []))
        some = rows[first : first + ROWS]
        told = {c: [row.get(c) or None for row in some] for c in columns}
        told |= {c: ["{}"] * len(some) for c in (SENT, EXTRA) if c in columns and n % 3 == 0}
        lines = pa.array(range(n + 2, n + 2 + len(some)), pa.int64())
        texts = {c: pa.array(values, pa.string()) for c, values in told.items()}
        found.append(Part(pa.table({LINE: lines, **texts}), columns))
    return found


def alone(part: Part) -> Told:
    """What a file is told that is judged by itself."""
    own = tuple(c for c in part.columns if c not in (EXTRA, SENT))
    judge = Judge(RECORD, own, RECEIVED_AT)
    sums = Checksums(tuple(RECORD.column(c) for c in own), extra=EXTRA in part.columns)
    sums.add(judge.add(part.table.drop_columns([LINE])), part.table.column(LINE).to_numpy())
    return Told(judge.rows, judge.tallies, sums.sums)


def test_each_file_is_told_what_it_is_told_alone() -> None:
    several = parts()
    told = together(RECORD, several, RECEIVED_AT)
    assert told == [alone(part) for part in several]
    # Else nothing would have to be told apart.
    broken = {frozenset(r for r, t in of_file.tallies.items() if t.failed) for of_file in told}
    assert len(broken) > 1


def test_a_rule_that_errs_is_told_of_no_file() -> None:
    erring = replace(RECORD.rules[-1], id="erring", constraint=CheckCharacter("code", "nobody's"))
    record = copy(RECORD)
    object.__setattr__(record, "rules", (erring,))
    with pytest.raises(GateClosed, match=r"Rule erring could not be judged"):
        together(record, parts(), RECEIVED_AT)


@pytest.mark.parametrize("by_file", [[(3, 1), (3, 0)], [(3, 1), (4, 1)], [(2, 1), (3, 1)]])
def test_what_does_not_add_up_is_believed_of_no_file(by_file: list[tuple[int, int]]) -> None:
    expect_sum("probe.x", Tally(6, 2), [(3, 1), (3, 1)])
    with pytest.raises(GateClosed, match=r"Rule probe\.x is told by file as"):
        expect_sum("probe.x", Tally(6, 2), by_file)
