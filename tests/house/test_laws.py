"""Laws of the house that a reader would forget: names, exceptions, fixed questions, what every
record must have.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import synthetic as plant
from lots.questions.path import tell_of_lines, tell_of_packs
from lots.records import records
from lots.rules import rules
from lots.settings import ROOT
from lots.store.lineage.declared import DERIVED_FROM, VIAL_SOURCES
from lots.store.queries import query

HOUSES = ("lots", "synthetic", "validations", "dags", "benchmarks", "tests", "bootstrap", "sql")
MODULES = [path for house in HOUSES for path in sorted((ROOT / house).rglob("*.py"))]
QUESTIONS = sorted(
    path
    for folder in ("queries", "scopes", "facts", "rules", "questions", "standing")
    for path in (ROOT / "sql" / folder).rglob("*.sql")
)
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "processor"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40  # lines, as the formatter leaves them
EVERYTHING = {"Exception", "BaseException"}
STARS = {  # questions that pass on every column of a subquery of their own
    "heard": "said",
    "link_vials": "source",
}


def name(path: Path) -> str:
    """A file's place in the project."""
    return str(path.relative_to(ROOT))


def test_no_name_says_nothing() -> None:
    assert [name(path) for path in MODULES if FORBIDDEN & set(re.split(r"\W|_", name(path)))] == []


def test_no_file_and_no_function_is_too_long_to_be_read_at_once() -> None:
    own = {name(p): p.read_text("utf-8") for p in MODULES if not name(p).startswith("tests/")}
    files = {n: len(code.splitlines()) for n, code in own.items()}
    assert {n: lines for n, lines in files.items() if lines > LONGEST_FILE} == {}
    assert {n: told for n, code in own.items() if (told := long_functions(code))} == {}


def long_functions(code: str) -> list[str]:
    """The functions of more than LONGEST_FUNCTION lines."""
    functions = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef))
    return [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST_FUNCTION]


def test_a_function_that_is_too_long_is_seen() -> None:
    code = "def short():\n    pass\n\n\ndef long():\n" + "    pass\n" * LONGEST_FUNCTION
    assert long_functions(code) == ["long"]


def test_no_handler_takes_everything() -> None:
    found = {name(path): takes_everything(path.read_text("utf-8")) for path in MODULES}
    assert {path: lines for path, lines in found.items() if lines} == {}


def takes_everything(code: str) -> list[int]:
    """Lines of handlers that take any exception."""
    handlers = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ExceptHandler)]
    return [
        h.lineno
        for h in handlers
        if h.type is None
        or EVERYTHING & {n.id for n in ast.walk(h.type) if isinstance(n, ast.Name)}
    ]


def test_a_handler_that_takes_everything_is_seen() -> None:
    assert takes_everything("try:\n    f()\nexcept (OSError, Exception):\n    pass\n") == [3]
    assert takes_everything("try:\n    f()\nexcept:\n    pass\n") == [3]
    assert takes_everything("try:\n    f()\nexcept OSError:\n    pass\n") == []


def test_only_one_place_escapes_what_people_see() -> None:
    escape = re.compile(r"(from|import) (html|rich\.markup)\b")
    others = [p for p in MODULES if p.parts[-2] != "tests" and p.name != "visible.py"]
    assert [name(path) for path in others if escape.search(path.read_text("utf-8"))] == []


# --- the fixed questions --------------------------------------------------------------------------


def test_every_question_says_first_what_it_answers() -> None:
    assert [
        name(path) for path in QUESTIONS if not re.match(r"-- \S.{10,}", path.read_text("utf-8"))
    ] == []


def test_every_question_is_one_statement() -> None:
    assert [name(path) for path in QUESTIONS if ";" in whole(path).rstrip().removesuffix(";")] == []


def test_every_question_lists_its_columns() -> None:
    star = re.compile(r"(?i)(?:(\w+)\.|\bSELECT\s+(?:DISTINCT\s+)?|,\s*)\*")
    assert [
        name(path) for path in QUESTIONS if set(star.findall(whole(path))) - {STARS.get(path.stem)}
    ] == []


def test_every_question_is_asked() -> None:
    assert [name(path) for path in QUESTIONS if path.stem not in asked()] == []


@cache
def asked() -> set[str]:
    """Names of questions as code writes them: whole, or as a beginning and an end that are put
    together.
    """
    code = "\n".join(path.read_text() for path in MODULES if "tests" not in path.parts)
    words = set(re.findall(r'"(\w+)"', code)) | {rule.question for rule in rules().values()}
    words |= {name for source in VIAL_SOURCES for name in source}
    words |= {statement for _, statement in DERIVED_FROM.values()}
    return words | {
        beginning + word for beginning in re.findall(r'f"(\w+_)\{\w+\}"', code) for word in words
    }


def whole(path: Path) -> str:
    """A file's statement without its comments and texts."""
    return bare(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("question", "asked_for"),
    [
        ("gaps_contested_lines", tell_of_lines(records())),
        ("gaps_contested_packs", tell_of_packs(records())),
    ],
)
def test_contests_are_asked_of_all_records_that_the_question_reads(
    question: str, asked_for: frozenset[str]
) -> None:
    """One that the statement reads and the declarations lack would be missing in a certificate."""
    told = re.findall(r"\bc\.record (?:=|IN) (\(.*?\)|'\w+')", query(question).text)
    assert {word for of in told for word in re.findall(r"'(\w+)'", of)} == asked_for


def bare(sql: str) -> str:
    """The statement without its comments and texts."""
    return re.sub(r"--[^\n]*|'[^']*'", "", sql)


# --- records --------------------------------------------------------------------------------------


def test_the_plant_sends_every_record(tmp_path: Path) -> None:
    truth = plant.write(400, 1, tmp_path)
    assert {record for record, rows in truth.accepted.items() if rows} == set(records())


def test_a_migration_makes_every_record_a_table() -> None:
    versions = (ROOT / "sql" / "migrations" / "versions").glob("*.sql")
    made = "".join(path.read_text("utf-8") for path in versions)
    assert [record for record in records() if f"CREATE TABLE accepted.{record} " not in made] == []


def test_some_test_names_every_record() -> None:
    others = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
    words = set(re.findall(r"\w+", "".join(path.read_text("utf-8") for path in others)))
    assert set(records()) - words == set()
