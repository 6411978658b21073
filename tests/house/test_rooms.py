"""Who may import whom: one table. A new room needs a line here, and a new line is a decision."""

import ast
import subprocess
import sys
from collections.abc import Iterator

import pytest

from lots.settings import ROOT

# Each room and what it may import beside the standard library: other rooms, and outside libraries.
GROUND = {"lots.errors", "lots.grammar", "lots.jsonb", "lots.zones"}
LIBRARY = {
    *GROUND,
    "lots.answers",
    "lots.decisions",
    "lots.encrypted",
    "lots.evidence",
    "lots.formats",
    "lots.identifiers",
    "lots.identifiers.scans",
    "lots.loaded",
    "lots.private",
    "lots.questions",
    "lots.records",
    "lots.rules",
    "lots.settings",
    "lots.store",
    "lots.visible",
}
MAY_IMPORT: dict[str, set[str]] = {
    "lots": set(),
    "lots.errors": set(),
    "lots.answers": set(),
    "lots.decisions": set(),
    "lots.encrypted": {"lots.errors"},
    "lots.evidence": {"cryptography"},
    "lots.identifiers": set(),
    # What a scanner sends: the one door to biip.
    "lots.identifiers.scans": {"lots.identifiers", "biip"},
    "lots.jsonb": set(),
    "lots.loaded": set(),
    "lots.settings": {"lots.errors"},
    "lots.grammar": {"lots.errors"},
    "lots.private": {"lots.errors", "lots.settings"},
    "lots.visible": {"rich"},
    "lots.zones": {"lots.errors"},
    "lots.records": {"lots.errors", "lots.grammar"},
    "lots.rules": {"lots.errors", "lots.grammar"},
    "lots.questions": {"lots.errors", "lots.grammar"},
    "lots.formats": {*GROUND, "numpy", "pyarrow"},
    "lots.postgres": {"lots.errors", "lots.private", "psutil"},
    # Of the embedded server it asks for nothing but its address.
    "lots.store": {*LIBRARY, "lots.postgres", "alembic", "psycopg", "sqlalchemy"},
    "lots.pipeline": {*LIBRARY, "validations", "fsspec", "pyarrow"},
    "lots.papers": {
        "lots.answers",
        "lots.decisions",
        "lots.grammar",
        "lots.questions",
        "lots.records",
        "lots.rules",
    },
    "lots.web": {"lots.answers", "lots.visible", "jinja2", "markupsafe", "vl_convert"},
    # FastAPI is made of the two after it: forms of requests and answers are theirs.
    "lots.service": {
        *LIBRARY,
        "lots.pipeline",
        "lots.web",
        "argon2",
        "fastapi",
        "pydantic",
        "starlette",
    },
    # What starts the plant, Airflow or the server is imported where its verb runs.
    "lots.command": {
        *LIBRARY,
        "lots.local",
        "lots.papers",
        "lots.pipeline",
        "lots.postgres",
        "argcomplete",
        "rich",
        "synthetic",
    },
    "lots.local": {
        *LIBRARY - {"lots.store"},
        "lots.command",
        "lots.pipeline",
        "lots.postgres",
        "psutil",
        "rich",
        "synthetic",
    },
    "synthetic": {*GROUND, "lots.records", "numpy", "pyarrow"},
    "validations": {
        *GROUND,
        "lots.records",
        "lots.rules",
        "great_expectations",
        "numpy",
        "pandas",
        "pyarrow",
    },
    "dags": {"lots.errors", "lots.records", "lots.pipeline", "airflow"},
    "dags.run": {
        "airflow",
        "dags.at_once",
        "dags.follow",
        "lots.command",
        "lots.errors",
        "lots.local",
        "lots.private",
        "lots.visible",
    },
    # No DAGs: how the demo runs them all from one process.
    "dags.at_once": {"lots.command", "lots.errors"},
    "dags.follow": {"airflow", "httpx", "lots.errors", "lots.loaded", "validations"},
    "sql": {"lots.store", "alembic"},
    # The last six are the plain way, to compare with, and what measures.
    "benchmarks": {
        *LIBRARY,
        "lots.local",
        "lots.pipeline",
        "lots.postgres",
        "lots.service",
        "validations",
        "fastapi",
        "great_expectations",
        "pandas",
        "psutil",
        "sqlalchemy",
        "starlette",
    },
}
HEAVY = (
    "airflow",
    "alembic",
    "argcomplete",
    "argon2",
    "biip",
    "cryptography",
    "fastapi",
    "great_expectations",
    "jinja2",
    "numpy",
    "pandas",
    "psycopg",
    "pyarrow",
    "pyspark",
    "rich",
    "sqlalchemy",
)
HOUSES = ("lots", "synthetic", "validations", "dags", "sql", "benchmarks")
MODULES = {
    ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
    for house in HOUSES
    for p in (ROOT / house).rglob("*.py")
}


def test_every_module_imports_only_what_its_room_may() -> None:
    assert {module: found for module in MODULES if (found := forbidden(module))} == {}


def forbidden(module: str) -> set[str]:
    """What a module imports that its room may not."""
    own = room(module)
    # What is taken from these two is seen by its own name.
    names = imported(MODULES[module].read_text("utf-8")) - {"lots", "dags"}
    return {room(name) for name in names} - {own} - sys.stdlib_module_names - MAY_IMPORT[own]


def test_no_dag_imports_another() -> None:
    # Which makes those of the stages.
    dags = {m for m in MODULES if m.startswith("dags.")} - {"dags.stages"}
    for dag in dags - {"dags.run"}:
        assert not dags & imported(MODULES[dag].read_text()), dag


def test_every_room_of_the_table_is_there() -> None:
    assert {room(module) for module in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize(
    "module", ["lots", "lots.command.cli", "lots.command.verbs", "lots.records"]
)
def test_importing_loads_nothing_heavy(module: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert not set(HEAVY) & {name.split(".")[0] for name in told.stdout.split()}


def test_a_room_is_found_by_its_longest_name() -> None:
    assert room("lots.store.engine") == "lots.store"
    assert room("lots.storeroom") == "lots"
    assert room("dags.run") == "dags.run"
    assert room("pyarrow.compute") == "pyarrow"


def test_every_way_of_importing_is_seen() -> None:
    code = (
        "import a.b, c\nfrom d import e\ndef f():\n    from lots.store import engine\n    from lots"
        " import store\n"
    )
    assert imported(code) == {"a.b", "c", "d", "d.e", "lots.store", "lots.store.engine", "lots"}


def room(name: str) -> str:
    """The room that a module is in; of an outside library its name."""
    within = [r for r in MAY_IMPORT if name == r or name.startswith(f"{r}.")]
    return max(within, key=len) if within else name.split(".")[0]


def imported(code: str) -> set[str]:
    """Every name that the code imports, wherever it stands."""
    return set(_imported(ast.parse(code)))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, "relative imports are not of this house"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
