"""The walk is independent, and it restates every declaration but columns and types: a new link,
limit or rule is missed here.
"""

import ast
import re
import sys
from collections import defaultdict
from dataclasses import fields
from typing import Any

from lots.grammar.column import Column, When
from lots.grammar.schema import Outcome, Record, own_rules
from lots.grammar.unknown import WORDS
from lots.records import records
from lots.settings import ROOT
from tests.walk.checks import CHECKS
from tests.walk.columns import COLUMNS
from tests.walk.happened import HAPPENED, PERHAPS_NOT
from tests.walk.limits import WITHIN
from tests.walk.links import LINKS
from tests.walk.rows import refusals
from tests.walk.standing import STATUSES
from tests.walk.unknown import ALL_WORDS, named

WALK = ROOT / "tests" / "walk"
MAY_READ = {"name", "kind", "choices", "digits", "required"}
EMPTY: dict[str, Any] = defaultdict(lambda: None)


def test_the_walk_takes_nothing_of_the_library_but_columns_and_types() -> None:
    trees = {path.name: ast.parse(path.read_text("utf-8")) for path in WALK.glob("*.py")}
    assert {name for name, tree in trees.items() if ours(tree)} == {"columns.py"}
    assert ours(trees["columns.py"]) == {"lots.grammar.kinds", "lots.records"}
    read = {n.attr for n in ast.walk(trees["columns.py"]) if isinstance(n, ast.Attribute)}
    assert read & {field.name for field in fields(Record)} == {"name", "columns", "key"}
    assert read & {field.name for field in fields(Column)} == MAY_READ


def ours(tree: ast.AST) -> set[str]:
    """The modules of the project that code imports, but for those of the walk itself."""
    froms = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return {
        name
        for name in froms | names
        if name.split(".")[0] not in sys.stdlib_module_names | {"pyarrow"}
        and not re.match(r"tests\.walk(\.|$)", name)
    }


def test_what_the_walk_must_not_take_is_seen() -> None:
    assert ours(ast.parse("import lots.rules\nfrom tests.builders import rows")) == {
        "lots.rules",
        "tests.builders",
    }


def test_the_walk_knows_every_column_that_names_something() -> None:
    declared = {
        r.name: {c.name: str(c.names) for c in r.columns if c.names} for r in records().values()
    }
    assert declared == {name: named(name) for name in COLUMNS}
    whens = [
        (r.name, c.name, c.named_when)
        for r in records().values()
        for c in r.columns
        if c.named_when
    ]
    assert whens == [("test_result", "tested_id", When("tested", ("donor",)))]


def test_the_walk_knows_every_limit() -> None:
    declared = {
        r.name: {c.name: (c.limits.low, c.limits.high) for c in r.columns if c.limits}
        for r in records().values()
    }
    assert {name: limits for name, limits in declared.items() if limits} == WITHIN


def test_the_walk_knows_every_day_of_what_has_happened() -> None:
    declared = {r.name: [c.name for c in r.columns if c.happened] for r in records().values()}
    assert {name: columns for name, columns in declared.items() if columns} == HAPPENED
    whens = {
        (r.name, c.name): c.happened_when
        for r in records().values()
        for c in r.columns
        if c.happened_when
    }
    assert whens == dict.fromkeys(PERHAPS_NOT, When("status", ("given", "stopped")))


def test_the_walk_knows_every_word_for_not_known() -> None:
    assert {str(names): set(words) for names, words in WORDS.items()} == ALL_WORDS


def test_the_walk_knows_every_link() -> None:
    declared = [
        (
            record.name,
            link.name,
            link.columns,
            link.record,
            link.on or records()[link.record].key,
            dict(link.fixed).get("step", ""),
            link.when and (link.when.column, link.when.values),
        )
        for record in records().values()
        for link in record.waiting
    ]
    assert sorted(declared, key=repr) == sorted(LINKS, key=repr)


def test_the_walk_knows_every_rank() -> None:
    declared = {
        r.name: dict(zip(r.rank[1], range(9), strict=False)) for r in records().values() if r.rank
    }
    assert declared == STATUSES
    assert {r.rank[0] for r in records().values() if r.rank} == {"status"}


def test_the_walk_knows_every_rule() -> None:
    assert _declared() - _declared(Outcome.REFUSE) == {
        (record, rule) for record, check in CHECKS.items() for rule, _ in check({}, EMPTY)
    }
    assert _declared(Outcome.REFUSE) == {
        (record, rule) for record in COLUMNS for rule, _ in refusals(record, {}, EMPTY)
    }


def _declared(outcome: Outcome | None = None) -> set[tuple[str, str]]:
    return {
        (r.name, rule.id)
        for r in records().values()
        for rule in r.rules
        if rule not in own_rules(r) and outcome in (None, rule.outcome)
    }
