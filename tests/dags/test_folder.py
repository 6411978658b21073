"""Laws of the DAG folder: wiring only, read fast, one file for each stage, and nothing lost in a
green run.
"""

import ast
from pathlib import Path
from typing import Any

import pytest

from dags.run import ORDER
from lots.records import STAGES
from lots.settings import ROOT

FILES = sorted((ROOT / "dags").glob("*.py"))
# No DAGs: Airflow is told to leave them alone.
OTHERS = {"run.py", "at_once.py", "follow.py", "stages.py"}
DAGS = [file for file in FILES if file.name not in OTHERS]
MAY_IMPORT = {
    "airflow.sdk",
    "airflow.sdk.exceptions",
    "dags.stages",
    "datetime",
    "lots.errors",
    "lots.records",
    "lots.pipeline",
}


def imported(file: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def named(file: Path) -> str:
    """For parametrised tests."""
    return file.stem


def test_every_stage_and_linking_has_one_file() -> None:
    assert {file.stem for file in DAGS} == {*STAGES, "linking", "watch"}


def test_the_demo_runs_every_stage_once() -> None:
    assert sorted(ORDER) == sorted(STAGES)


def test_airflow_leaves_alone_what_is_no_dag() -> None:
    ignored = (ROOT / "dags" / ".airflowignore").read_text().split()
    assert {pattern.replace("\\", "") for pattern in ignored} == OTHERS


@pytest.mark.parametrize("file", DAGS, ids=named)
def test_a_file_is_short(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= 60


@pytest.mark.parametrize("file", DAGS, ids=named)
def test_a_file_imports_only_airflow_and_the_verbs(file: Path) -> None:
    assert {name for name in imported(file) if not name.startswith("lots.pipeline.")} <= MAY_IMPORT


def test_the_files_of_the_stages_differ_only_in_their_names() -> None:
    bodies = {
        (ROOT / "dags" / f"{stage}.py").read_text().split("\n", 1)[1].replace(f'"{stage}"', "")
        for stage in STAGES
    }
    assert len(bodies) == 1


def test_every_file_is_read_without_an_error(folder: Any) -> None:
    assert folder["import_errors"] == {}
    assert {name: dag["file"] for name, dag in folder["dags"].items()} == {
        f.stem: f.name for f in DAGS
    }


def test_reading_the_files_loads_nothing_slow_and_opens_nothing(folder: Any) -> None:
    assert folder["loaded"] == []


@pytest.mark.parametrize("stage", STAGES)
def test_each_file_is_a_task_of_its_own_and_a_leaf_looks_at_all(folder: Any, stage: str) -> None:
    tasks = folder["dags"][stage]["tasks"]
    assert {name for name, task in tasks.items() if task["mapped"]} == {"receive"}
    assert tasks["receive"]["below"] == ["all_received", "wake_linking"]
    assert (tasks["all_received"]["below"], tasks["all_received"]["trigger"]) == ([], "all_done")


@pytest.mark.parametrize("name", [*STAGES, "linking"])
def test_only_a_lost_database_is_tried_again(folder: Any, name: str) -> None:
    for task in folder["dags"][name]["tasks"].values():
        assert (task["retries"], task["retried"]) == (3, ["DatabaseLost", "AirflowRuntimeError"])
        # A lost worker was waited for already; a database needs its time.
        assert task["delays"] == [2, 20, 20]


@pytest.mark.parametrize("name", [*STAGES, "linking"])
def test_runs_of_a_dag_never_overlap_nor_pile_up(folder: Any, name: str) -> None:
    assert (folder["dags"][name]["runs"], folder["dags"][name]["catchup"]) == (1, False)


def test_every_stage_wakes_linking(folder: Any) -> None:
    wakes = [
        outlet
        for stage in STAGES
        for t in folder["dags"][stage]["tasks"].values()
        for outlet in t["outlets"]
    ]
    assert sorted(wakes) == folder["dags"]["linking"]["woken_by"]
    assert len(wakes) == len(STAGES)
