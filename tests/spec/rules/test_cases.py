"""Every drawn case, put to the plain walk and to PostgreSQL: both must say what its table says.

For whoever changes what a rule means: the table first, then each reading. All worlds of all
families are received together, once; each world's names are its own (scoped.py).
"""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from lots.rules import CrossRecordRule, families, rules
from lots.settings import Settings
from tests.spec.rules import engines
from tests.spec.rules.drawn import NONE, Case, Row, Table, tables
from tests.spec.rules.engines import STORED, Said
from tests.spec.rules.scoped import Own

NUMBERS = count(1)
WORLDS: list[tuple[str, Table, Case, Own]] = [
    (family, table, case, Own(next(NUMBERS)))
    for family in families()
    for table in tables(family)
    for case in table.cases
]
APART = (1, 3)  # how far two cases of one table stand apart that are put together
MIXED: list[tuple[str, Table, list[Row], Own]] = [
    (family, table, table.together(case, other), Own(next(NUMBERS)))
    for family in families()
    for table in tables(family)
    for apart in APART
    for case, other in zip(table.cases, table.cases[apart:], strict=False)
]
EVERY_TABLE = [pytest.param(t, id=f"{f}: {t.title}") for f in families() for t in tables(f)]


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_the_walk_says_what_the_table_says(table: Table) -> None:
    said = [engines.of_walk(table, table.rows(case)) for case in table.cases]
    assert [both for both in zip(table.cases, said, strict=True) if both[0].said != both[1]] == []


@pytest.fixture(scope="module")
def received(
    fresh_site: Callable[[Path], Settings], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Said, Said, Said]:
    """What the rules' statements answer of all worlds in one database, what was kept of it, and for
    what that waits.
    """
    folder = tmp_path_factory.mktemp("drawn")
    settings = fresh_site(folder / "profiles")
    drawn = [row for _, table, case, own in WORLDS for row in own.rows(table.rows(case))]
    mixed = [row for _, _, rows, own in MIXED for row in own.rows(rows)]
    engines.receive(settings, folder, [*drawn, *mixed])
    return engines.of_database(settings), *engines.stored(settings)


@pytest.mark.parametrize("family", families())
def test_postgresql_says_what_the_table_says(
    received: tuple[Said, Said, Said], family: str
) -> None:
    answers, kept, _ = received
    assert differing(family, answers, lambda said: said) == []
    assert differing(family, kept, lambda said: said if said.split()[0] in STORED else NONE) == []


@pytest.mark.parametrize("family", families())
def test_of_versions_that_contradict_each_other_both_say_the_same(
    received: tuple[Said, Said, Said], family: str
) -> None:
    """The rows of two cases of one table in one world: nobody drew what must come of them."""
    answers, _, _ = received
    assert [
        f"{table.title}: {name}: the walk says {said}, the database {got}: {rows}"
        for of, table, rows, own in MIXED
        if of == family
        for (name, key), said in zip(table.asks, engines.of_walk(table, rows), strict=True)
        if (got := answers.get((name, own.subject(name, key)), NONE)) != said
    ] == []


def differing(family: str, found: Said, wanted: Callable[[str], str]) -> list[str]:
    """A line for each case of a family of which something else was found than its table says."""
    return [
        f"{table.title}: {name} of {' '.join(key)}: expected {said}, got {got}: {case}"
        for of, table, case, own in WORLDS
        for (name, key), said in zip(table.asks, case.said, strict=True)
        if of == family and (got := found.get((name, own.subject(name, key)), NONE)) != wanted(said)
    ]


@pytest.mark.parametrize(
    ("rule", "changed", "for_what"),
    [
        ("P03", "value=20 value_unit=cp/mL", "a titre that cannot be compared with its limit"),
        ("P03", "interpretation=invalid value=10001", "a result of a marker"),
        ("P03", "jurisdiction=AT", "the day of pooling, or what the law asks for"),
        ("S02", "value_unit=mol", "a value that cannot be compared with its limit"),
        ("S02", "conclusion=invalid value=9", "a test"),
        ("S02", "gtin=73513537", "the lot's day or product, or its specification"),
    ],
)
def test_what_is_pending_says_for_what_it_waits(
    received: tuple[Said, Said, Said], rule: str, changed: str, for_what: str
) -> None:
    wanted = dict(value.split("=", 1) for value in changed.split())
    found = {
        received[2].get((rule, own.subject(rule, table.asks[0][1])))
        for _, table, case, own in WORLDS
        if table.asks[0][0] == rule
        and any(wanted.items() <= row.items() for change in case.changes for _, row in change.rows)
    }
    assert found == {for_what}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.id)
def test_every_outcome_of_every_rule_is_drawn(rule: CrossRecordRule) -> None:
    drawn = {
        said.split()[0]
        for table in tables(rule.family)
        for case in table.cases
        for (name, _), said in zip(table.asks, case.said, strict=True)
        if name == rule.id and said != NONE
    }
    assert drawn == set(rule.outcomes)


@pytest.mark.parametrize("family", families())
def test_a_family_draws_its_own_rules(family: str) -> None:
    own = {rule.id for rule in families()[family]}
    assert {name for table in tables(family) for name, _ in table.asks} == own
