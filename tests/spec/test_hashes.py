"""Python hashes texts and whole numbers as PostgreSQL does: else no value of one could be held
against the other.
"""

import random

import numpy as np
import pyarrow as pa
import sqlalchemy as sa

from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake.checksums import PROBE, PROBED
from validations import hashes

LETTERS = "aZ09 -/ßéµ血\U0001fa78\x1e\\'\""
NUMBERS = [
    0,
    1,
    -1,
    2**31 - 1,
    2**31,
    -(2**31),
    2**32,
    2**40 + 5,
    -(2**50) - 7,
    2**63 - 1,
    -(2**63),
    946_684_800_000_000,
]


def texts() -> list[str]:
    """Texts of every length up to some blocks, and a long one."""
    chosen = random.Random(1)
    return (
        ["x" * n for n in range(40)]
        + ["y" * 5000]
        + ["".join(chosen.choices(LETTERS, k=chosen.randrange(50))) for _ in range(300)]
    )


def by_postgres(settings: Settings, function: str, kind: str, values: list[object]) -> list[int]:
    """The low bits of PostgreSQL's hash of each value."""
    select = sa.text(
        f"SELECT {function}(x, 0) & 2147483647 FROM unnest(CAST(:values AS {kind}[])) WITH"
        " ORDINALITY AS given (x, n) ORDER BY n"
    )
    with engine("lots_reader", settings).connect() as connection:
        return list(connection.execute(select, {"values": values}).scalars())


def test_texts_have_one_hash(lots_settings: Settings) -> None:
    found = hashes.of_texts(pa.array(texts())).tolist()
    assert found == by_postgres(lots_settings, "hashtextextended", "text", list(texts()))


def test_a_slice_of_texts_is_hashed_as_it_stands() -> None:
    whole = pa.array(texts())
    assert hashes.of_texts(whole[17:90]).tolist() == hashes.of_texts(whole).tolist()[17:90]
    assert hashes.of_texts(pa.array([], pa.string())).tolist() == []
    assert (
        hashes.of_texts(pa.array([None, "a", None], pa.string()))[1]
        == hashes.of_texts(pa.array(["a"]))[0]
    )


def test_whole_numbers_have_one_hash(lots_settings: Settings) -> None:
    found = hashes.of_numbers(np.array(NUMBERS, np.int64)).tolist()
    assert found == by_postgres(lots_settings, "hashint8extended", "bigint", list(NUMBERS))


def test_the_probe_is_what_it_is() -> None:
    assert hashes.of_texts(pa.array([PROBE])).tolist() == [PROBED]
