"""What is printed with --json, held against the schema of its verb in docs/schemas/."""

import json
import re
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from lots.settings import ROOT

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


FORMATS = FormatChecker(["date"])


@FORMATS.checks("date-time")  # type: ignore[untyped-decorator]
def _is_instant(value: object) -> bool:
    """As every answer has instants: in UTC, which a browser and a spreadsheet read as well."""
    return not isinstance(value, str) or bool(INSTANT.fullmatch(value))


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """What takes answers of a schema, and nothing else."""
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FORMATS)


@cache
def _validator(verb: str) -> Draft202012Validator:
    return validator(json.loads((ROOT / "docs" / "schemas" / f"{verb}.json").read_text("utf-8")))


def answer_of(verb: str, printed: str) -> Any:
    """The answer that a verb printed as JSON; it is as its schema says."""
    answer = json.loads(printed)
    wrong = [f"{e.json_path}: {e.message}" for e in _validator(verb).iter_errors(answer)]
    assert wrong == [], verb
    return answer
