"""docs/canonical.md: PostgreSQL and the walk give one hash, whatever the session; and the hashes that
were once given stay.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.grammar.column import Column
from lots.grammar.columns import gtin_is_right
from lots.grammar.schema import Kind, Record
from lots.records import records
from lots.settings import Settings
from lots.store.canonical import content_of
from lots.store.engine import engine
from lots.store.intake.verdict_table import typed_columns
from lots.store.schema.record_tables import offset_column
from lots.store.schema.tables import UNDECLARED, UNREAD
from tests.walk import canonical
from tests.walk.values import values

GOLDEN = Path(__file__).with_name("canonical") / "golden.jsonl"
PAGE = Path(__file__).parents[2] / "docs" / "canonical.md"
MARK = "\x1e"
COLUMNS = (
    Column(1, "code", Kind.CODE, "for the test"),
    Column(2, "gtin", Kind.GTIN, "for the test"),
    Column(3, "choice", Kind.CHOICE, "for the test", choices=("yes", "no")),
    Column(4, "free", Kind.TEXT, "for the test"),
    Column(5, "amount", Kind.AMOUNT, "for the test", digits=(9, 6)),
    Column(6, "number", Kind.COUNT, "for the test"),
    Column(7, "day", Kind.DAY, "for the test"),
    Column(8, "instant", Kind.INSTANT, "for the test"),
    Column(10, "late", Kind.TEXT, "for the test"),
)
RULES = (gtin_is_right("probe.gtin"),)
PROBE = Record("probe", "intake", "Every kind.", ("code",), COLUMNS, rules=RULES)
NUMBERS = {c.name: c.number for c in PROBE.columns}


def east(text: str, **offset: int) -> datetime:
    """An instant at an offset."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone(timedelta(**offset)))


TEXTS = [
    "x",
    " x ",
    MARK,
    MARK * 2,
    f"{MARK}10=x",
    f"a{MARK}",
    f"{MARK}@",
    "ß€血🩸",
    "'\\'",
    "\\x1e",
]
VALUES: Mapping[str, list[Any]] = {
    "code": ["D1", "a b", "~", "'", "\\", "%s", "x" * 64],
    "gtin": ["04012345678901", "00000000000000"],
    "choice": ["yes", "no"],
    "free": [*TEXTS, "\n", "é", "e\u0301", "\ufeff", "x" * 3000],
    "amount": [
        *map(Decimal, ["0", "0.000000", "-0.5", "1", "10", "700.100", "0.000001", "100.000000"]),
        *map(Decimal, ["999999999.999999", "-999999999.999999"]),
    ],
    "number": [0, 1, 10, 999_999_999],
    "day": [date(2000, 1, 1), date(1999, 12, 31), date.min, date.max, date(2026, 1, 31)],
    "instant": [
        east("2000-01-01T00:00:00", hours=0),
        east("1999-12-31T23:59:59.999999", hours=0),
        east("2026-01-31T10:00:00.000001", hours=14),
        east("2026-01-31T10:00:00", hours=-5, minutes=-30),
        east("0001-01-01T00:00:00", hours=14),
        east("9999-12-31T23:59:59.999999", hours=-14),
    ],
}
CONTRARY = {
    "TimeZone": "Asia/Kolkata",
    "DateStyle": "SQL, DMY",
    "IntervalStyle": "iso_8601",
    "client_encoding": "LATIN1",
    "extra_float_digits": "-5",
    "lc_numeric": "C.UTF-8",
    "bytea_output": "escape",
    "standard_conforming_strings": "off",
    "quote_all_identifiers": "on",
    "transform_null_equals": "on",
}

Told = dict[str, Any]  # a row's values by column, and what was sent beside them


def rows() -> list[Told]:
    """Each edge of each kind alone, all columns empty, all filled, and texts that are no values."""
    alone = [{"code": "k", name: value} for name, edges in VALUES.items() for value in edges]
    filled = {name: edges[0] for name, edges in VALUES.items()}
    names = ["mood", "ß", "Z", "a", MARK, f"x{MARK}=y", "🩸", "\uffee"]
    return [
        {},
        filled,
        {**filled, "late": "x", "correction": 2, "corrected_by": "NN", "correction_reason": MARK},
        *alone,
        *({"code": "k", UNREAD: {"late": text, "day": text}} for text in TEXTS),
        *(
            {"code": "k", UNDECLARED: {"mood": text, name: text}}
            for text in TEXTS
            for name in names
        ),
        {"code": "k", UNREAD: {"instant": "x"}, UNDECLARED: dict.fromkeys(names, "x")},
        {"code": "k", UNDECLARED: {"8?": "x"}},
    ]


def by_the_walk(record: str, numbers: Mapping[str, int], row: Told) -> str:
    """The hash that the walk computes, in hexadecimal digits."""
    own = {name: value for name, value in row.items() if name not in (UNREAD, UNDECLARED)}
    told = canonical.form(record, numbers, own, row.get(UNREAD, {}), row.get(UNDECLARED, {}))
    return sha256(b"\x00" + told.encode()).hexdigest()


def table_of(record: Record) -> sa.Table:
    """A temporary table with the record's typed columns."""
    beside = [sa.Column(name, pg.JSONB(none_as_null=True)) for name in (UNREAD, UNDECLARED)]
    own = [sa.Column(name, kind) for name, kind in typed_columns(record).items()]
    line = sa.Column("line", sa.Integer, primary_key=True)
    return sa.Table("probe", sa.MetaData(), line, *own, *beside, prefixes=["TEMPORARY"])


def hashes(connection: sa.Connection, record: Record, told: list[Told]) -> sa.Select[Any]:
    """Put rows into a temporary table; the question for their hashes."""
    table = table_of(record)
    table.drop(connection, checkfirst=True)
    table.create(connection)
    names = [c.name for c in table.columns]
    for line, row in enumerate(told):
        offsets = {
            offset_column(name): (value.utcoffset() or timedelta()) // timedelta(minutes=1)
            for name, value in row.items()
            if isinstance(value, datetime)
        }
        whole = {**dict.fromkeys(names), **row, **offsets, "line": line}
        connection.execute(sa.insert(table), whole)
    content = content_of(record, {c.name: c for c in table.columns})
    return sa.select(sa.func.encode(content, "hex")).order_by(table.c.line)


@pytest.fixture
def connection(lots_settings: Settings) -> Iterator[sa.Connection]:
    """A session that may make temporary tables."""
    with engine(settings=lots_settings).connect() as made:
        yield made
        made.invalidate()  # its settings are not for others


def test_postgresql_and_the_walk_hash_alike(connection: sa.Connection) -> None:
    told = rows()
    walked = [by_the_walk("probe", NUMBERS, row) for row in told]
    found = connection.execute(hashes(connection, PROBE, told)).scalars().all()
    assert [row for row, a, b in zip(told, found, walked, strict=True) if a != b] == []


def test_rows_that_differ_have_other_hashes() -> None:
    different: list[Told] = []
    for row in rows():  # 0 and 0.000000 are one amount
        if row not in different:
            different.append(row)
    assert len({by_the_walk("probe", NUMBERS, row) for row in different}) == len(different)


@pytest.mark.parametrize("name", CONTRARY)
def test_no_setting_of_the_session_has_a_say(connection: sa.Connection, name: str) -> None:
    question = hashes(connection, PROBE, rows())
    before = connection.execute(question).scalars().all()
    connection.execute(sa.select(sa.func.set_config(name, CONTRARY[name], False)))
    assert connection.exec_driver_sql(f"SHOW {name}").scalar_one() == CONTRARY[name]
    assert connection.execute(question).scalars().all() == before


def test_an_older_and_a_newer_declaration_give_one_hash(connection: sa.Connection) -> None:
    """A column added in the middle, one taken away, and the rest in another order."""
    told = [{name: edges[0] for name, edges in VALUES.items()}, {"code": "k"}]
    new = Column(11, "mood", Kind.CHOICE, "for the test", choices=("good",))
    declared = (*reversed(COLUMNS[:4]), new, *COLUMNS[4:-1])
    newer = replace(PROBE, columns=declared, rules=RULES)
    old = connection.execute(hashes(connection, PROBE, told)).scalars().all()
    assert connection.execute(hashes(connection, newer, told)).scalars().all() == old
    with_mood = [{**row, "mood": "good"} for row in told]
    found = set(connection.execute(hashes(connection, newer, with_mood)).scalars())
    assert found.isdisjoint(old)


def golden() -> list[dict[str, Any]]:
    """Rows as they would be sent, with their forms and hashes. Lines are only ever added."""
    return [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def told_of(line: Mapping[str, Any]) -> Told:
    """A golden row's values, and what was sent beside them."""
    read = {k: v for k, v in values(line["record"], line["row"]).items() if v is not None}
    assert read.keys() == line["row"].keys(), "every value can be read"
    return {**read, **{k: line[k] for k in (UNREAD, UNDECLARED) if line[k]}}


def test_the_walk_gives_the_golden_forms_and_hashes() -> None:
    for line in golden():
        row = told_of(line)
        own = {name: value for name, value in row.items() if name not in (UNREAD, UNDECLARED)}
        numbers = canonical.numbers()[line["record"]]
        form = canonical.form(line["record"], numbers, own, line[UNREAD], line[UNDECLARED])
        assert form == line["form"]
        assert by_the_walk(line["record"], numbers, row) == line["sha256"]
        assert sha256(b"\x00" + line["form"].encode()).hexdigest() == line["sha256"]


def test_postgresql_gives_the_golden_hashes(connection: sa.Connection) -> None:
    for name, record in records().items():
        lines = [line for line in golden() if line["record"] == name]
        found = connection.execute(hashes(connection, record, [told_of(x) for x in lines]))
        assert found.scalars().all() == [line["sha256"] for line in lines], name


def test_every_record_and_kind_has_a_golden_row() -> None:
    there = {(line["record"], name) for line in golden() for name in line["row"]}
    assert {record for record, _ in there} == records().keys()
    kinds = {records()[record].column(name).kind for record, name in there}
    assert kinds == set(Kind)
    assert any(line[UNREAD] for line in golden())
    assert any(line[UNDECLARED] for line in golden())


def test_the_page_shows_a_golden_row() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert any(
        line["sha256"] in page and line["form"].replace(MARK, "␞") in page for line in golden()
    )
