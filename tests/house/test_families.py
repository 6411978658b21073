"""One name for one family of rules: what is decided of a rule stands in the places of its family and
in no other's.
"""

import ast
import re
from collections.abc import Callable

import pytest

from lots.rules import families, rules
from lots.settings import ROOT
from tests.spec.rules import pages
from tests.walk.rules import FAMILIES as WALKED

EVERY = pytest.mark.parametrize("family", families())
ROW = re.compile(r"^\| ([A-Z]+[0-9]*(?:\.[a-z]+)?)(?: \(\w+\))? \|", re.MULTILINE)
AT = re.compile(r"^-- ([A-Z]+[0-9]*(?:\.[a-z]+)?): ")
NAMED = re.compile(r"[A-Z]+[0-9]*(?:\.[a-z]+)?")


def declared(family: str) -> set[str]:
    """The rules that a module under lots/rules writes out."""
    tree = ast.parse((ROOT / "lots" / "rules" / f"{family}.py").read_text("utf-8"))
    return texts(tree) & set(rules())


def texts(tree: ast.AST) -> set[str]:
    """The texts that a module writes out."""
    words = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
    return {word for word in words if isinstance(word, str)}


def asked(family: str) -> set[str]:
    """The rules that the statements of a folder under sql/rules say first that they answer."""
    statements = sorted((ROOT / "sql" / "rules" / family).glob("*.sql"))
    said = [(path.stem, AT.match(path.read_text("utf-8"))) for path in statements]
    return {found[1] if found and named(found[1]) == stem else stem for stem, found in said}


def named(rule: str) -> str:
    """The name of a rule's file."""
    return rule.lower().replace(".", "_")


def told(family: str) -> set[str]:
    """The rules that have a row in a page's tables."""
    return set(ROW.findall((ROOT / "docs" / "judging" / f"{family}.md").read_text("utf-8")))


def walked(family: str) -> set[str]:
    """The rules of a module of the plain walk."""
    return set(WALKED[family].RULES)


@EVERY
@pytest.mark.parametrize("place", [declared, asked, told, walked], ids=lambda place: place.__name__)
def test_a_rule_stands_in_every_place_of_its_family(
    place: Callable[[str], set[str]], family: str
) -> None:
    assert place(family) == {rule.id for rule in families()[family]}


def test_no_place_has_a_family_of_its_own() -> None:
    assert {
        "sql": {path.name for path in (ROOT / "sql" / "rules").iterdir()},
        "pages": {path.stem for path in (ROOT / "docs" / "judging").iterdir()},
        "tables": {path.stem for path in (ROOT / "tests" / "spec" / "rules").glob("*.cases")},
        "cases": {path.stem for path in (ROOT / "docs" / "cases").iterdir()},
        "walk": set(WALKED),
    } == {place: set(families()) for place in ("sql", "pages", "tables", "cases", "walk")}


@EVERY
def test_the_cases_of_a_family_are_shown_as_they_are_drawn(family: str) -> None:
    shown = (ROOT / "docs" / "cases" / f"{family}.md").read_text("utf-8")
    assert shown == pages.pages()[f"{family}.md"], "run `python -m tests.spec.rules.pages`."
    page = (ROOT / "docs" / "judging" / f"{family}.md").read_text("utf-8")
    assert f"(../cases/{family}.md)" in page


@EVERY
def test_the_synthetic_world_has_cases_of_every_family(family: str) -> None:
    assert list((ROOT / "synthetic" / "cases").glob(f"{family}*.py"))


@EVERY
def test_a_module_of_the_walk_names_no_rule_of_another_family(family: str) -> None:
    code = (ROOT / "tests" / "walk" / f"{family}.py").read_text("utf-8")
    assert texts(ast.parse(code)) & set(rules()) <= walked(family)


def test_the_index_lists_every_family_with_its_rules() -> None:
    index = (ROOT / "docs" / "judging.md").read_text("utf-8")
    lines = re.findall(r"^- \[(\w+)\]\(judging/\1\.md\): .*\((.*)\)$", index, re.MULTILINE)
    assert {family: tuple(said.split(", ")) for family, said in lines} == {
        family: tuple(rule.id for rule in of) for family, of in families().items()
    }
