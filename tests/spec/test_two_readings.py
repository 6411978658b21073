"""What each kind of constraint says of edge values: drawn by hand, and the same in Python and in
PostgreSQL.

For whoever adds a constraint kind or changes a reading. Not for rules of one record: those have
seeded breaches.
"""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pyarrow as pa
import pytest

from lots.formats.batch import Batch, text_of
from lots.grammar.column import Column, Rule, When
from lots.grammar.columns import numbered
from lots.grammar.schema import (
    AnyOf,
    AtMostByBand,
    Between,
    CheckCharacter,
    Differ,
    Kind,
    Limits,
    Names,
    OneOf,
    Ordered,
    Present,
    Readable,
    Record,
    Shaped,
)
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import row_verdict, staging, verdict_table
from validations.judge import Judge

READS = {  # kind: (texts that can be read, texts that cannot)
    "code": (
        ["A", "a b", "a  b", "=cmd", "0", "!~", "x" * 64, "NaN"],
        [
            " ",
            " A",
            "A ",
            "A\n",
            "\tA",
            "A\x7f",
            "é",
            "١٢",
            "x" * 65,
            "x" * 63 + "é",
            "A\u00a0",
            "\u200b",
        ],
    ),
    "gtin": (  # by its shape alone; whether its check digit is right is another rule's
        [
            "09506000134352",
            "9506000134352",
            "614141123452",
            "96385074",
            "9506000134353",
            "00000000",
            "00000000000000",
        ],
        [
            " 9506000134352",
            "9506000134352 ",
            "950600013435\n2",
            "95060001343",
            "950600013435²",
            "9506000134352.0",
            "9.51E+12",
            "-9506000134352",
            "095060001343522",
            "9638507",
            "095-06000-13435-2",
            "٩٦٣٨٥٠٧٤",
            "N/A",
        ],
    ),
    "choice": (["yes", "no"], ["Yes", "yes ", "yes\n", "y", " ", "ＹＥＳ"]),
    "amount": (
        ["0", "-1", "007", "1.5", "999.25", "-0.5"],
        [
            "",
            " 12 ",
            "NaN",
            "nan",
            "Infinity",
            "1e2",
            "1e400",
            "1_000",
            "0x1F",
            "1,5",
            "1.",
            ".5",
            "+1",
            "1.234",
            "1000",
            "١",
            "１",
            "1.5\n",
            "--1",
            "1.5.5",
            "today",
        ],
    ),
    "count": (
        ["0", "7", "000000007", "999999999"],
        ["-1", "1.0", "1e3", "1_0", "0x1", "1000000000", " 1", "1\n", "१", "²"],
    ),
    "day": (
        ["2026-01-31", "2024-02-29", "0001-01-01", "9999-12-31"],
        [
            "2026-02-31",
            "2026-13-01",
            "2025-02-29",
            "0000-01-01",
            "31/02/2026",
            "2026-1-31",
            "20260131",
            "today",
            "now",
            "2026-01-31 ",
            "2026-01-31\n",
            "٢٠٢٦-٠١-٣١",
            "10000-01-01",
            "epoch",
            "infinity",
            "2026-01-31T00:00Z",
        ],
    ),
    "instant": (
        [
            "2026-01-31T10:15Z",
            "2026-01-31 10:15:59+01:00",
            "2026-01-31T23:59:59.123456-14:00",
            "2026-01-31T10:15:00.5Z",
            "2024-02-29T00:00:00-00:00",
        ],
        [
            "2026-01-31T10:15",
            "2026-01-31T10:15:00",
            "2026-02-31T10:15Z",
            "2026-01-31T24:00Z",
            "2026-01-31T23:59:60Z",
            "2026-01-31T10:60Z",
            "2026-01-31T10:15:00+15:00",
            "2026-01-31T10:15:00+01:60",
            "2026-01-31T10:15:00+0100",
            "2026-01-31T10:15:00.1234567Z",
            "2026-01-31t10:15:00z",
            "now",
            "2026-01-31T10:15Z\n",
            " 2026-01-31T10:15Z",
            "2026-01-31T1٠:15Z",
            "2026-01-31T10:15:00 UTC",
            "2026-01-31T10:15:00.Z",
            "2026-01-31",
            "0000-01-01T00:00Z",
        ],
    ),
}
AMOUNT = {"digits": (3, 2)}
# 9:59 in UTC, 23:59 furthest east.
RECEIVED_AT = datetime(2026, 2, 1, 5, 59, tzinfo=timezone(timedelta(hours=-4)))


def _column(name: str, kind: Kind, **more: object) -> Column:
    return Column(0, name, kind, "for the test", **more)  # type: ignore[arg-type]


def _rule(name: str, constraint: object, **more: object) -> Rule:
    return Rule(name, constraint, "for the test", "none", **more)  # type: ignore[arg-type]


RECORD = Record(
    "probe",
    "intake",
    "A record that has every kind of column and of constraint.",
    key=("line_key",),
    columns=numbered(
        1,
        (
            _column("line_key", Kind.CODE),
            _column("code", Kind.CODE),
            _column("gtin", Kind.GTIN),
            _column("choice", Kind.CHOICE, choices=("yes", "no")),
            _column("amount", Kind.AMOUNT, **AMOUNT),
            _column("count", Kind.COUNT),
            _column("day", Kind.DAY),
            _column("person", Kind.CODE, names=Names.PERSON),
            _column("label", Kind.GTIN, names=Names.LABEL),
            _column(
                "number",
                Kind.CODE,
                names=Names.NUMBER,
                named_when=When("choice", ("yes",)),
                required=True,
            ),
            _column("instant", Kind.INSTANT),
            _column("free", Kind.TEXT),
            _column("other_day", Kind.DAY),
            _column("other_instant", Kind.INSTANT),
            _column("character", Kind.CODE),
            _column("weight", Kind.AMOUNT, **AMOUNT),
            _column("percent", Kind.AMOUNT, limits=Limits(Decimal(0), Decimal(100)), **AMOUNT),
            _column("degree", Kind.COUNT, limits=Limits(high=Decimal(3))),
            _column("done_on", Kind.DAY, happened=True),
            _column("done_at", Kind.INSTANT, happened=True),
            _column(
                "given_at", Kind.INSTANT, happened=True, happened_when=When("choice", ("yes",))
            ),
        ),
    ),
    rules=(
        _rule("present", Present("free")),
        _rule("present_in_scope", Present("free"), when=When("choice", ("yes",))),
        _rule("between", Between("amount", Decimal("1.5"), Decimal(10))),
        _rule("at_least", Between("count", Decimal(5))),
        _rule(
            "between_in_scope",
            Between("amount", high=Decimal(1)),
            when=When("choice", ("yes", "no")),
        ),
        _rule("one_of", OneOf("code", ("A", "a b"))),
        _rule("shaped", Shaped("code", "[A-Z]{1,3}|x{64}")),
        _rule("gs1", CheckCharacter("code", "gs1")),
        _rule("gtin", CheckCharacter("gtin", "gs1")),
        _rule("gtin_in_scope", CheckCharacter("gtin", "gs1"), when=When("choice", ("yes",))),
        _rule("sscc", CheckCharacter("code", "sscc")),
        _rule("differ", Differ("code", "character")),
        _rule("differ_in_scope", Differ("code", "free"), when=When("choice", ("yes",))),
        _rule("mod37", CheckCharacter("code", "mod37-2", "character")),
        _rule("label", CheckCharacter("label", "gs1")),
        _rule("person", AnyOf(("person", "number"))),
        _rule("person_in_scope", Present("person"), when=When("choice", ("yes",))),
        _rule("persons", Differ("person", "number")),
        _rule("one_person", OneOf("person", ("A", "NULL"))),
        _rule("shaped_person", Shaped("person", "[A-Z]{1,3}")),
        _rule("days", Ordered("day", "other_day")),
        _rule("instants", Ordered("instant", "other_instant")),
        _rule("instant_then_day", Ordered("instant", "day")),
        _rule("day_then_instant", Ordered("day", "instant")),
        _rule("any_of", AnyOf(("amount", "count"))),
        _rule("any_in_scope", AnyOf(("amount", "count")), when=When("choice", ("no",))),
        _rule(
            "band",
            AtMostByBand(
                "amount", "weight", ((Decimal(50), Decimal(7)), (Decimal(70), Decimal(9)))
            ),
        ),
        _rule(
            "dated", Between("amount", Decimal(5)), since=date(2026, 1, 1), until=date(2026, 2, 1)
        ),
    ),
    at="instant",
)
NAMES = tuple(c.name for c in RECORD.columns)
EVERY_TEXT = sorted({t for ok, bad in READS.values() for t in (*ok, *bad)})
CASES: list[dict[str, str]] = [
    *({n: t for n in NAMES if n != "line_key"} for t in EVERY_TEXT if t),
    {},
    *(
        {"amount": a, "weight": w}
        for a in ("6.99", "7", "7.01", "9", "9.01")
        for w in ("49.99", "50", "69.99", "70", "")
    ),
    *(
        {"amount": a, "choice": c}
        for a in ("0", "1", "1.01", "1.5", "1.49", "10", "10.01")
        for c in ("yes", "no", "")
    ),
    *(
        {"day": a, "other_day": b}
        for a in ("2026-01-31", "")
        for b in ("2026-01-30", "2026-01-31", "2026-02-01", "x", "")
    ),
    *(
        {"instant": a, "other_instant": b}
        for a in ("2026-01-31T10:00:00+01:00",)
        for b in (
            "2026-01-31T09:00:00Z",
            "2026-01-31T08:59:59.999999Z",
            "2026-01-31T09:00:00.000001Z",
        )
    ),
    *(
        {"instant": a, "day": "2026-01-31"}
        for a in (
            "2026-01-31T23:59:00-05:00",
            "2026-02-01T00:00:00+05:00",
            "2026-01-31T00:00:00+14:00",
            "2026-01-30T23:59:59Z",
        )
    ),
    *(
        {"instant": a, "amount": "4"}
        for a in (
            "2025-12-31T23:59Z",
            "2026-01-01T00:00+14:00",
            "2026-01-31T23:59-14:00",
            "2026-02-01T00:00Z",
            "",
        )
    ),
    *(
        {"code": c}
        for c in (
            "09506000134352",
            "09506000134353",
            "00614141123452",
            "614141123452",
            "96385074",
            "96385075",
            "1234",
            "9506000134352",
            "09506000134352 ",
            "0950600013435²",
        )
    ),
    *(
        {"gtin": g, "choice": c}
        for g in ("9506000134352", "9506000134353", "950600013435", "")
        for c in ("yes", "no")
    ),
    *(
        {"code": c, "character": k}
        for c in ("G123498654321", "A999921123456", "G12349865432")
        for k in ("H", "3", "*", "")
    ),
    *(
        {"code": c}
        for c in (
            "006141411234567890",
            "006141411234567891",
            "106141412345678908",
            "00614141123456789",
        )
    ),
    *(
        {"code": c, "character": k, "free": k, "choice": w}
        for c in ("A", "a b", "")
        for k in ("A", "a b", "")
        for w in ("yes", "no")
    ),
    *(
        {"person": w, "label": w, "number": w, "choice": c}
        for c in ("yes", "no", "")
        for w in (
            "UNKNOWN",
            " unknown ",
            "n/a",
            "-",
            "?",
            "0",
            "00",
            "XX",
            "X",
            "NULL",
            "A",
            "null\t",
            "N N",
            "\u2013",
            "96385074",
            "96385075",
            "00000000",
            "UNKNOWN1",
            "ÜNKNOWN",
            "unknown\u0131",
            "nıl",
            "NoNe",
            "\u00a0",
            "",
        )
    ),
    *({"free": f, "choice": c} for f in ("x", " ", "") for c in ("yes", "no", "")),
    *(
        {"percent": p, "degree": d}
        for p, d in (
            ("-0.01", "4"),
            ("-0", "03"),
            ("0", "3"),
            ("100", "0"),
            ("100.01", "999999999"),
            ("-127", "-1"),
        )
    ),
    *(
        {"done_on": t[:10], "done_at": t, "given_at": t, "choice": c}
        for c in ("yes", "no", "")
        for t in (
            "2026-02-01T23:59:59.999999+14:00",
            "2026-02-01T23:59:59-14:00",
            "2026-02-02T00:00:00-14:00",
            "2026-02-02T00:00:00+14:00",
            "2026-02-01T10:00Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
        )
    ),
]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Every case as a whole row, empty where it says nothing."""
    return [
        {n: case.get(n, "") for n in NAMES} | {"line_key": f"K{i}"}
        for i, case in enumerate(CASES, 1)
    ]


def by_python(rows: list[dict[str, str]]) -> dict[str, int]:
    """How many of the rows break each rule, as Great Expectations judges them."""
    judge = Judge(RECORD, NAMES, RECEIVED_AT)
    judge.add(pa.table({n: pa.array([row[n] or None for row in rows], pa.string()) for n in NAMES}))
    return {rule: tally.failed for rule, tally in judge.tallies.items()}


def differing(
    rows: list[dict[str, str]], sql: list[set[str]]
) -> list[tuple[dict[str, str], list[str]]]:
    """Rows on which the readings differ, with the rules: halves that agree in every count are not
    looked into.
    """
    python = by_python(rows)
    rules = [
        rule for rule, failed in python.items() if failed != sum(rule in broken for broken in sql)
    ]
    if not rules or len(rows) == 1:
        return [(rows[0], rules)] if rules else []
    half = len(rows) // 2
    return differing(rows[:half], sql[:half]) + differing(rows[half:], sql[half:])


def by_sql(settings: Settings, rows: list[dict[str, str]]) -> list[set[str]]:
    """The rules that each row breaks, as PostgreSQL judges it."""
    with engine(settings=settings).begin() as connection:
        staging.create(connection, 0, RECORD)
        text = text_of((n, [row[c] for c in NAMES]) for n, row in enumerate(rows, 1))
        staging.fill(connection, 0, NAMES, Batch(text, len(rows), len(rows)))
        row_verdict.create(connection, RECORD, 0, RECEIVED_AT, NAMES)
        table = verdict_table.verdicts(RECORD, 0)
        bits = [
            b
            for (b,) in connection.execute(
                table.select().with_only_columns(table.c.bits).order_by(table.c.line)
            )
        ]
    return [{r.id for n, r in enumerate(RECORD.rules) if b >> n & 1} for b in bits]


def test_every_constraint_reads_every_edge_value_the_same_in_both(
    lots_settings: Settings, rows: list[dict[str, str]]
) -> None:
    sql = by_sql(lots_settings, rows)
    parts = range(0, len(rows), 10)
    assert [d for n in parts for d in differing(rows[n : n + 10], sql[n : n + 10])] == []


def test_every_text_is_readable_as_drawn(lots_settings: Settings) -> None:
    drawn = [
        (kind, t, good)
        for kind, (ok, bad) in READS.items()
        for texts, good in ((ok, True), (bad, False))
        for t in texts
        if t
    ]
    rows = [{n: t if n == kind else "" for n in NAMES} | {"line_key": "K"} for kind, t, _ in drawn]
    found = [
        f"probe.{kind}.readable" not in broken
        for (kind, _, _), broken in zip(drawn, by_sql(lots_settings, rows), strict=True)
    ]
    assert [(k, t) for (k, t, good), got in zip(drawn, found, strict=True) if good != got] == []


def test_every_rule_of_the_probe_is_broken_by_some_case_and_met_by_another(
    lots_settings: Settings, rows: list[dict[str, str]]
) -> None:
    sql = by_sql(lots_settings, rows)
    never_broken = {r.id for r in RECORD.rules} - set().union(*sql)
    always_broken = set.intersection(*sql)
    exempt = {
        r.id
        for r in RECORD.rules
        if isinstance(r.constraint, Present | Readable)
        and r.constraint.column in ("line_key", "correction", "corrected_by", "correction_reason")
    }
    assert never_broken - exempt == set()
    assert always_broken == set()
