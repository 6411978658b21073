"""What is read and written hangs on no locale: every text file and every pipe of ours names its
encoding.
"""

import ast
import re
from pathlib import Path

import pytest

from lots.settings import ROOT

HOUSES = ("lots", "synthetic", "validations", "dags", "benchmarks", "bootstrap", "sql")
MODULES = [path for house in HOUSES for path in sorted((ROOT / house).rglob("*.py"))]
# Of the encoding among what is given without a name.
POSITION = {
    "read_text": 0,
    "write_text": 1,
    "TextIOWrapper": 1,
}
OPENERS = ("open", "fdopen", "NamedTemporaryFile", "TemporaryFile")
# Whose calls of that name are of bytes, where no mode says otherwise.
BINARY_UNLESS_SAID = (
    "gzip",
    "os",
    "tempfile",
)
FOLDS = re.compile(
    r"(?i)\b(ilike|func\.(upper|lower|initcap))\b|~\*|(?<![.\w])(upper|lower|initcap)\((?!\))"
)
PIPES = ("run", "Popen", "check_output", "check_call")


def name(path: Path) -> str:
    """A file's place in the project."""
    return str(path.relative_to(ROOT))


def test_every_text_names_its_encoding() -> None:
    found = {name(path): without_encoding(path.read_text(encoding="utf-8")) for path in MODULES}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_nothing_is_guarded_by_what_an_optimised_python_leaves_out() -> None:
    found = {
        name(path): asserted(path)
        for path in MODULES
        if path.relative_to(ROOT).parts[0] != "benchmarks"
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_statement_folds_case_by_a_database_s_locale() -> None:
    """In Turkish the capital of i is no I: a column is folded by the collation "C", which knows
    ASCII alone.
    """
    statements = [
        path
        for folder in ("sql", "lots/store")
        for end in ("*.sql", "*.py")
        for path in sorted((ROOT / folder).rglob(end))
    ]
    found = [
        f"{name(path)}: {line.strip()}"
        for path in statements
        for line in path.read_text(encoding="utf-8").splitlines()
        if FOLDS.search(line) and '"C"' not in line
    ]
    assert found == []


def asserted(path: Path) -> list[int]:
    """Lines of a module that an optimised Python leaves out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def without_encoding(code: str) -> list[int]:
    """Lines of calls that would read or write text in the locale's encoding."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    return sorted(call.lineno for call in calls if _of_text(call) and not _named(call))


def _of_text(call: ast.Call) -> bool:
    called, of = _called(call)
    if called in POSITION:
        return True
    if called in PIPES:
        return any(k.arg in ("text", "universal_newlines") for k in call.keywords)
    if called not in OPENERS:
        return False
    modes = [m for m in _texts(call) if m and set(m) <= set("rwaxbt+") and len(m) <= 4]
    if called == "open" and of == "os":
        return False
    return not any("b" in mode for mode in modes) if modes else of not in BINARY_UNLESS_SAID


def _named(call: ast.Call) -> bool:
    position = POSITION.get(_called(call)[0])
    return any(k.arg in ("encoding", None) for k in call.keywords) or (
        position is not None and len(call.args) > position
    )


def _called(call: ast.Call) -> tuple[str, str]:
    match call.func:
        case ast.Name(called):
            return called, ""
        case ast.Attribute(ast.Name(of), called):
            return called, of
        case ast.Attribute(_, called):
            return called, ""
        case _:
            return "", ""


def _texts(call: ast.Call) -> list[str]:
    given = [*call.args, *(k.value for k in call.keywords if k.arg == "mode")]
    return [
        node.value
        for node in given
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.parametrize(
    "code",
    [
        "path.read_text()",
        "path.write_text(x)",
        "open(p)",
        "open(p, 'w')",
        "path.open()",
        "path.open('a')",
        "subprocess.run(c, text=True)",
        "Popen(c, universal_newlines=True)",
        "os.fdopen(f, 'w')",
        "gzip.open(p, 'rt')",
        "io.TextIOWrapper(b)",
        "NamedTemporaryFile('w')",
        "(a / b).read_text()",
    ],
)
def test_a_call_without_an_encoding_is_seen(code: str) -> None:
    assert without_encoding(code) == [1]


@pytest.mark.parametrize(
    "code",
    [
        "path.read_text('utf-8')",
        "path.read_text(encoding='utf-8')",
        "path.write_text(x, 'utf-8')",
        "open(p, 'rb')",
        "open(p, 'w', encoding='utf-8')",
        "path.open('wb')",
        "system.open(path, 'rb')",
        "subprocess.run(c)",
        "subprocess.run(c, text=True, encoding='utf-8')",
        "os.open(p, os.O_RDONLY)",
        "gzip.open(p)",
        "TemporaryFile('w+b')",
        "path.read_bytes()",
        "io.TextIOWrapper(b, 'utf-8')",
    ],
)
def test_a_call_of_bytes_or_with_an_encoding_is_not(code: str) -> None:
    assert without_encoding(code) == []
