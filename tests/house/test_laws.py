"""Laws of the house that a reader would forget: names, exceptions, fixed questions, what every record must have."""

import ast
import re
from pathlib import Path

import pytest

from lots import plant
from lots.across import rules
from lots.records import records
from lots.settings import ROOT

HOUSES = ("lots", "validations", "dags", "benchmarks", "tests", "bootstrap", "sql")
MODULES = [path for house in HOUSES for path in sorted((ROOT / house).rglob("*.py"))]
QUESTIONS = sorted(path for folder in ("queries", "scopes", "facts", "rules", "doubts")
                   for path in (ROOT / "sql" / folder).glob("*.sql"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "processor"}
EVERYTHING = {"Exception", "BaseException"}
STARS = {  # questions that pass on every column of a subquery of their own
    "heard": "said", "link_vials": "source"}


def name(path: Path) -> str:
    """A file's place in the project."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_name_says_nothing(path: Path) -> None:
    assert not {word for part in path.relative_to(ROOT).with_suffix("").parts for word in part.split("_")} & FORBIDDEN


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_handler_takes_everything(path: Path) -> None:
    assert takes_everything(path.read_text()) == []


def takes_everything(code: str) -> list[int]:
    """Lines of handlers that take any exception."""
    handlers = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ExceptHandler)]
    return [h.lineno for h in handlers if h.type is None or EVERYTHING & {n.id for n in ast.walk(h.type)
                                                                         if isinstance(n, ast.Name)}]


def test_a_handler_that_takes_everything_is_seen() -> None:
    assert takes_everything("try:\n    f()\nexcept (OSError, Exception):\n    pass\n") == [3]
    assert takes_everything("try:\n    f()\nexcept:\n    pass\n") == [3]
    assert takes_everything("try:\n    f()\nexcept OSError:\n    pass\n") == []


@pytest.mark.parametrize("path", [p for p in MODULES if p.parts[-2] != "tests" and p.name != "visible.py"], ids=name)
def test_only_one_place_escapes_what_people_see(path: Path) -> None:
    assert not re.search(r"(from|import) (html|rich\.markup)\b", path.read_text("utf-8"))


# --- the fixed questions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", QUESTIONS, ids=name)
def test_a_question_says_first_what_it_answers(path: Path) -> None:
    assert re.match(r"-- \S.{10,}", path.read_text())


@pytest.mark.parametrize("path", QUESTIONS, ids=name)
def test_a_question_is_one_statement(path: Path) -> None:
    assert ";" not in bare(path.read_text()).rstrip().removesuffix(";")


@pytest.mark.parametrize("path", QUESTIONS, ids=name)
def test_a_question_lists_its_columns(path: Path) -> None:
    stars = re.findall(r"(?i)(?:(\w+)\.|\bSELECT\s+(?:DISTINCT\s+)?|,\s*)\*", bare(path.read_text()))
    assert set(stars) <= {STARS.get(path.stem)}


@pytest.mark.parametrize("path", QUESTIONS, ids=name)
def test_a_question_is_asked(path: Path) -> None:
    assert path.stem in asked()


def asked() -> set[str]:
    """Names of questions as code writes them: whole, or as a beginning and an end that are put together."""
    code = "\n".join(path.read_text() for path in MODULES if "tests" not in path.parts)
    words = set(re.findall(r'"(\w+)"', code)) | {rule.question for rule in rules().values()}
    return words | {beginning + word for beginning in re.findall(r'f"(\w+_)\{\w+\}"', code) for word in words}


def bare(sql: str) -> str:
    """The statement without its comments and texts."""
    return re.sub(r"--[^\n]*|'[^']*'", "", sql)


# --- records ---------------------------------------------------------------------------------------------------------


def test_the_plant_sends_every_record(tmp_path: Path) -> None:
    truth = plant.write(400, 1, tmp_path)
    assert {record for record, rows in truth.accepted.items() if rows} == set(records())


@pytest.mark.parametrize("record", records())
def test_a_migration_makes_every_record_a_table(record: str) -> None:
    made = "".join(path.read_text() for path in (ROOT / "sql" / "migrations" / "versions").glob("*.sql"))
    assert f"CREATE TABLE accepted.{record} " in made


@pytest.mark.parametrize("record", records())
def test_some_test_names_every_record(record: str) -> None:
    own = Path(__file__)
    tests = "".join(path.read_text() for path in (ROOT / "tests").rglob("*.py") if path != own)
    assert re.search(rf"\b{record}\b", tests)
