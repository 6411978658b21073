"""Check characters: our two readings against each other, and both against libraries that others
wrote.
"""

import random
from collections.abc import Iterable

import pandas as pd
import sqlalchemy as sa
from biip import ParseError
from biip.gln import Gln
from biip.gtin import Gtin
from stdnum import ean
from stdnum.iso7064 import mod_37_2

from lots.records import record
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake.breaches import breach
from lots.store.intake.values import text
from lots.store.intake.verdict_table import sql
from validations.values import CHECKS, MOD37_2

RANDOM = random.Random(20261122)
DIGITS, SIGNS = MOD37_2[:10], MOD37_2[:36]
EVERY_LENGTH = (*range(1, 16), 18)
KEYS = ["".join(RANDOM.choices(DIGITS, k=n)) for n in EVERY_LENGTH for _ in range(40)]
RIGHT_KEYS = [
    body + ean.calc_check_digit(body)
    for n in (7, 11, 12, 13)
    for body in ("".join(RANDOM.choices(DIGITS, k=n)) for _ in range(40))
]
NUMBERS = ["".join(RANDOM.choices(SIGNS, k=13)) for _ in range(60)]
GTINS = {
    "00614141123452": True,
    "00614141123453": False,
    "00309442700067": True,
    "00309442700076": False,
    "614141123452": True,
    "96385074": True,
    "9506000134352": True,
    "6141411234520": False,
    "0061414112345２": False,
    "00614141123452 ": False,
    "-0614141123452": False,
}
DONATIONS = {
    ("G123498654321", "H"): True,
    ("A999921123456", "3"): True,
    ("G123498654321", "I"): False,
    ("G123498654312", "H"): False,
    ("A99992112345", "3"): False,
    ("G123498654321", "h"): False,
    ("G123498654321", "HH"): False,
}


def test_gs1_keys_of_the_literature(lots_settings: Settings) -> None:
    assert dict(zip(GTINS, python("gs1", list(GTINS)), strict=True)) == GTINS
    assert dict(zip(GTINS, database_gs1(lots_settings, list(GTINS)), strict=True)) == GTINS


def test_gs1_keys_as_two_libraries_read_them(lots_settings: Settings) -> None:
    keys = [*KEYS, *RIGHT_KEYS, *map(with_another_end, RIGHT_KEYS)]
    expected = [
        len(key) in (8, 12, 13, 14) and ean.calc_check_digit(key[:-1]) == key[-1] for key in keys
    ]
    assert {True, False} == set(expected)
    of_a_length = [
        (by_biip(key), right)
        for key, right in zip(keys, expected, strict=True)
        if len(key) in (8, 12, 13, 14)
    ]
    assert all(biip == right for biip, right in of_a_length)
    assert python("gs1", keys) == expected
    assert database_gs1(lots_settings, keys) == expected


def test_donation_numbers_of_the_literature(lots_settings: Settings) -> None:
    assert (
        dict(zip(DONATIONS, python("mod37-2", list(map("\n".join, DONATIONS))), strict=True))
        == DONATIONS
    )
    assert dict(zip(DONATIONS, database_mod37(lots_settings, DONATIONS), strict=True)) == DONATIONS


def test_donation_numbers_as_a_library_reads_them(lots_settings: Settings) -> None:
    pairs = [(number, character) for number in NUMBERS for character in MOD37_2]
    expected = [
        mod_37_2.calc_check_digit(number, MOD37_2) == character for number, character in pairs
    ]
    assert sum(expected) == len(NUMBERS)
    assert python("mod37-2", ["\n".join(pair) for pair in pairs]) == expected
    assert database_mod37(lots_settings, pairs) == expected


def with_another_end(key: str) -> str:
    """The key with a last digit that is wrong."""
    return key[:-1] + str((int(key[-1]) + RANDOM.randint(1, 9)) % 10)


def by_biip(key: str) -> bool:
    """Whether biip takes the key as a GTIN, or as a GLN."""
    return any(taken(kind, key) for kind in (Gtin, Gln))


def taken(kind: type[Gtin] | type[Gln], key: str) -> bool:
    """Whether biip takes the key as one of that kind."""
    try:
        kind.parse(key)
    except ParseError:
        return False
    return True


def python(scheme: str, values: list[str]) -> list[bool]:
    """Python's reading."""
    return [bool(right) for right in CHECKS[scheme](pd.Series(values, dtype="str"))]


def database_gs1(settings: Settings, keys: list[str]) -> list[bool]:
    """PostgreSQL's reading of GS1 keys."""
    return database(settings, "party", "party.gln.check", ("gln",), [(key,) for key in keys])


def database_mod37(settings: Settings, pairs: Iterable[tuple[str, str]]) -> list[bool]:
    """PostgreSQL's reading of donation numbers, each with its character."""
    return database(
        settings,
        "donation",
        "D01.check",
        ("donation_number", "check_character", "scheme"),
        [(*pair, "ISBT128") for pair in pairs],
    )


def database(
    settings: Settings, name: str, rule: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]
) -> list[bool]:
    """For each row whether it keeps the rule, by PostgreSQL."""
    found = {r.id: r for r in record(name).rules}[rule]
    raws = {c: sa.literal_column(c, sa.Text) for c in columns}
    broken = sa.func.coalesce(breach(record(name), found, raws, {}, raws), sa.false())
    values = ", ".join(
        f"({n}, {', '.join(sql(text(v)) for v in row)})" for n, row in enumerate(rows)
    )
    statement = (
        f"SELECT NOT {sql(broken)} FROM (VALUES {values}) AS given (n, {', '.join(columns)}) ORDER"
        " BY n"
    )
    with engine("lots_reader", settings).connect() as connection:
        return list(connection.exec_driver_sql(statement.replace("%", "%%")).scalars())
