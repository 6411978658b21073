"""Units of what was measured, for rules that hold a value against a limit: spellings of one unit
are one unit.
"""

from fractions import Fraction
from functools import cache
from math import lcm

import sqlalchemy as sa

from lots.formats import units
from lots.store.intake.staging import run

TABLE = "fact_measure"


def gather(connection: sa.Connection) -> None:
    """Make the table of every spelling of a unit, without blanks: the unit that it is measured by,
    and its size.
    """
    run(connection, _statement())
    run(connection, f"ANALYZE {TABLE}")


@cache
def _statement() -> str:
    measures = units.measures()
    by = {
        # 101,325/760 has no end as a decimal: sizes are multiplied until all have one.
        base: lcm(*(_endless(size) for _, other, size in measures if other == base))
        for _, base, _ in measures
    }
    rows = ", ".join(
        f"('{spelling}', '{base}', {units.written(size * by[base])})"
        for spelling, base, size in measures
    )
    # Values within the statement: a few hundred spellings that never change need no table that
    # stays.
    return (
        f"CREATE TEMP TABLE {TABLE} ON COMMIT DROP AS\n"
        f"SELECT spelling, base, size FROM (VALUES {rows}) AS known (spelling, base, size)"
    )


def _endless(size: Fraction) -> int:
    """What a size must be multiplied by so that its decimals end; sizes count only beside each
    other.
    """
    rest = size.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest
