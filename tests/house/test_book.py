"""The generated pages say all that is declared, and say it as it is declared now."""

import json
from functools import cache
from pathlib import Path

import pytest

from lots import papers as book
from lots.command import schemas, verbs
from lots.grammar.column import Rule
from lots.grammar.figures import in_figures
from lots.grammar.schema import CORRECTION, Record, own_rules
from lots.papers.rules import NOT_VERIFIED, verified
from lots.records import records
from lots.rules import CrossRecordRule
from lots.rules import rules as across
from lots.settings import ROOT

SCHEMAS = schemas.pages(verbs)
pages = cache(book.pages)  # all are made at once, and hundreds of tests look at them
EVERY = pytest.mark.parametrize("record", records().values(), ids=lambda r: r.name)


@pytest.mark.parametrize("name", pages())
def test_the_pages_are_those_of_the_declarations(name: str) -> None:
    page = ROOT / "docs" / name
    assert page.is_file(), f"docs/{name} is not there: run `lots docs`."
    assert page.read_text(encoding="utf-8") == pages()[name], (
        f"docs/{name} is stale: run `lots docs`."
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_those_of_the_verbs_answers(name: str) -> None:
    page = ROOT / "docs" / name
    assert page.is_file(), f"docs/{name} is not there: run `lots docs`."
    assert page.read_text("utf-8") == SCHEMAS[name], f"docs/{name} is stale: run `lots docs`."


def test_no_answer_tells_a_number_of_ours_that_nobody_can_ask_by() -> None:
    numbers = {
        name
        for page in SCHEMAS.values()
        for kind in json.loads(page).get("$defs", {}).values()
        for name, told in kind.get("properties", {}).items()
        if told.get("type") == "integer" and name in ("node", "lot", "pool", "start")
    }
    assert numbers == set()


def test_there_is_a_schema_for_each_verb_and_no_other() -> None:
    there = {f"schemas/{path.name}" for path in (ROOT / "docs" / "schemas").iterdir()}
    assert there == set(SCHEMAS)


def test_the_verb_writes_all_pages(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    written = [path.relative_to(docs).as_posix() for path in book.write(docs)]
    assert written == [
        "dictionary.md",
        "norm/moves.md",
        "norm/verdicts.md",
        "questions.md",
        "rules.md",
        book.NUMBERS,
    ]
    assert {name: (docs / name).read_text(encoding="utf-8") for name in written} == {
        **pages(),
        book.NUMBERS: book.numbers(tmp_path),
    }


def test_numbers_that_were_given_stay_and_new_ones_follow(tmp_path: Path) -> None:
    given = "gone 1 one\ndonation 1 another\n"
    (tmp_path / book.NUMBERS).write_text(given)
    book.write(tmp_path)
    told = (tmp_path / book.NUMBERS).read_text()
    assert told.startswith(given)
    new = told.removeprefix(given).splitlines()
    assert "donation 2 scheme" in new
    assert [line for line in new if line.startswith("donation 1 ")] == []
    assert book.numbers(tmp_path) == told


@EVERY
def test_every_column_stands_in_the_dictionary(record: Record) -> None:
    section = section_of("dictionary.md", record)
    for column in (c for c in record.columns if c not in CORRECTION):
        line = the_line(section, f"| {column.number} | `{column.name}` |")
        assert column.meaning in line
        assert f"| {column.unit} |" in line
        assert all(f"`{choice}`" in line for choice in column.choices)


def test_the_columns_of_every_record_stand_there_once() -> None:
    for column in CORRECTION:
        assert pages()["dictionary.md"].count(f"| `{column.name}` |") == 1


@EVERY
def test_every_link_stands_in_the_dictionary(record: Record) -> None:
    section = section_of("dictionary.md", record)
    for link in record.links:
        line = the_line(section, f"- *{link.name}*: ")
        known = link.record in records()
        assert (f"[{link.record}](#{link.record})" if known else f" {link.record}") in line
        assert all(f"`{column}`" in line for column in link.columns)


@EVERY
def test_every_rule_stands_in_the_rule_book(record: Record) -> None:
    section = section_of("rules.md", record)
    for rule in record.rules[len(own_rules(record)) :]:
        line = the_line(section, f"| `{rule.id}` v{rule.version} |")
        expected = (rule.sentence, in_figures(rule.constraint), rule.outcome, rule.severity)
        assert all(part in line for part in expected)
        assert rule.holds == "nothing" or f"holds the {rule.holds}" in line
        assert all(part in line for part in rule.citation.split("; "))


@EVERY
def test_every_rule_of_a_column_is_summarised(record: Record) -> None:
    lines = [line for line in section_of("rules.md", record).splitlines() if line.startswith("- ")]
    for rule in own_rules(record):
        _, column, asked = rule.id.split(".")
        telling = [
            line
            for line in lines
            if asked in line.partition(", else ")[0] and f"`{column}`" in line
        ]
        assert len(telling) == 1, rule.id
        assert f", else {rule.outcome} ({rule.severity})" in telling[0]


def test_every_source_that_nobody_has_checked_is_marked() -> None:
    page, ending = pages()["rules.md"].split("## Not verified")
    every: list[Rule | CrossRecordRule] = [
        *(rule for record in records().values() for rule in record.rules),
        *across().values(),
    ]
    doubted = [rule for rule in every if not verified(rule)]
    assert doubted
    for rule in doubted:
        assert NOT_VERIFIED in the_line(page, f"| `{rule.id}` v"), rule.id
        assert f"`{rule.id}`" in ending
    assert page.count(f"{NOT_VERIFIED} |") + page.count(f"{NOT_VERIFIED};") == len(doubted)


def test_no_two_rules_have_one_name() -> None:
    assert not {rule.id for record in records().values() for rule in record.rules} & set(across())


@pytest.mark.parametrize("rule", across().values(), ids=lambda r: r.id)
def test_every_rule_across_records_stands_in_the_rule_book(rule: CrossRecordRule) -> None:
    section = pages()["rules.md"].partition("## Rules across records")[2]
    line = the_line(section, f"| `{rule.id}` v{rule.version} |")
    assert rule.sentence in line
    assert f"[{rule.family}](judging/{rule.family}.md)" in line
    assert all(outcome.replace("_", " ") in line for outcome in rule.outcomes)
    assert all(f"`{reference}`" in line for reference in rule.reads)
    assert all(part in line for part in rule.citation.split("; "))


def section_of(name: str, record: Record) -> str:
    """What a page says of a record."""
    after = pages()[name].split(f"\n### {record.name}\n")[1]
    return after.split("\n## ")[0].split("\n### ")[0]


def the_line(text: str, beginning: str) -> str:
    """The one line that begins so."""
    (line,) = (line for line in text.splitlines() if line.startswith(beginning))
    return line
