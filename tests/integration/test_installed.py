"""The built wheel, installed into an empty environment where no checkout can be imported: the same
command, the same answers, and nothing is written beside the code.
"""

import ast
import csv
import json
import os
import pwd
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from lots.records import STAGES
from lots.settings import ROOT
from tests.answers import answer_of
from tests.conftest import remove_clusters

DONATIONS = "200"
HOUSES = {"lots", "synthetic", "validations"}
WHERE = f"""
import importlib.util, json, sys
found = {{name: importlib.util.find_spec(name) for name in {sorted(HOUSES)}}}
others = [n for n in ("benchmarks", "dags", "sql", "tests") if importlib.util.find_spec(n)]
print(json.dumps([{{n: f.origin for n, f in found.items()}}, others, sys.path]))
"""
HOME = """
import json
from lots.settings import settings
print(json.dumps(str(settings().home)))
"""
ENVIRONMENT = """
import json
from lots.local.environment import environment
from lots.settings import settings
print(json.dumps(environment(settings())))
"""
DAGS = """
import json
from airflow.dag_processing.dagbag import DagBag
bag = DagBag()
print(json.dumps([bag.import_errors, sorted(bag.dags), [d.fileloc for d in bag.dags.values()]]))
"""
Tree = dict[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Installed:
    """An environment outside the checkout: its folder, its site-packages, somebody's own folder."""

    folder: Path
    packages: Path
    owner: Path

    def run(
        self, program: str, *arguments: str, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment from the owner's folder, knowing nothing of ours."""
        given = {"PATH": os.environ["PATH"], "HOME": str(self.owner), **environ}
        command = [str(self.folder / "bin" / program), *arguments]
        return subprocess.run(
            command, cwd=self.owner, env=given, capture_output=True, text=True, check=False
        )

    def lots(self, *arguments: str, code: int = 0, **environ: str) -> str:
        """What the command prints, when it ends with this code."""
        done = self.run("lots", *arguments, **environ)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
        return done.stdout

    def python(self, code: str, **environ: str) -> Any:
        """What a few lines of Python print as JSON."""
        done = self.run("python", "-W", "ignore", "-c", code, **environ)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    def tree(self) -> Tree:
        """Every file and folder that was installed, and when each was last written."""
        found = {p: p.lstat() for p in (self.packages, *self.packages.rglob("*"))}
        return {str(p): (s.st_mode, s.st_size, s.st_mtime_ns) for p, s in found.items()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as whoever publishes it would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The wheel in an environment of its own, which nobody may write to. The libraries are those of
    this one, on the path by name alone: the line there that names the checkout is not followed.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.EnvBuilder(with_pip=False, symlinks=True).create(folder / "env")
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "env")}))
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "libraries.pth").write_text("\n".join(sorted(libraries)), encoding="utf-8")
    pip = [sys.executable, "-I", "-m", "pip", "--python", str(folder / "env" / "bin" / "python")]
    quiet = ["-qq", "--no-input", "--disable-pip-version-check", "--no-deps", "--no-index"]
    subprocess.run([*pip, "install", *quiet, str(wheel)], check=True, capture_output=True)
    written = [packages, *packages.rglob("*")]
    for path in written:
        path.chmod(path.stat().st_mode & ~0o222)
    (folder / "owner").mkdir()
    yield Installed(folder / "env", packages, folder / "owner")
    for path in written:
        path.chmod(path.stat().st_mode | 0o200)
    remove_clusters(folder)


def test_the_wheel_holds_three_houses_and_what_they_read(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == HOUSES
    for house, kind in (("sql", "*.sql"), ("dags", "*.py"), ("sql", "*.py")):
        ours = {str(p.relative_to(ROOT)) for p in (ROOT / house).rglob(kind)}
        there = {n.removeprefix("lots/shipped/") for n in names if n.startswith("lots/shipped/")}
        demo = {"dags/run.py", "dags/at_once.py", "dags/follow.py"}
        assert ours - there <= demo, "the demo is the checkout's"


def test_what_the_wheel_imports_is_in_it_or_declared(wheel: Path) -> None:
    with ZipFile(wheel) as held:
        codes = {name: held.read(name) for name in held.namelist() if name.endswith(".py")}
    there = {name.removeprefix("lots/shipped/") for name in codes}
    houses = {name.split("/")[0] for name in there}
    checkout = {str(p.relative_to(ROOT)) for house in houses for p in (ROOT / house).rglob("*.py")}
    left = {name.removesuffix(".py").replace("/", ".") for name in checkout - there}
    names = {name for code in codes.values() for name in imported(code)}
    assert names & left == set()
    tops = {name.split(".")[0] for name in names}
    assert tops - houses - sys.stdlib_module_names - declared() == set()


def imported(code: bytes) -> Iterator[str]:
    """Every name that a module imports, wherever it stands."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (str(node.module), *(f"{node.module}.{a.name}" for a in node.names))


def declared() -> set[str]:
    """The libraries that come with the package, as they are imported."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = (re.split(r"[^a-z0-9-]", wanted)[0] for wanted in project["dependencies"])
    alike = (name.removeprefix("apache-").removesuffix("-cffi") for name in named)
    return {name.removesuffix("-python").replace("-", "_") for name in alike}


def test_no_checkout_is_in_reach(installed: Installed) -> None:
    origins, others, path = installed.python(WHERE)
    assert {Path(o).parent.parent for o in origins.values()} == {installed.packages}
    assert others == []
    assert str(ROOT) not in path


def test_the_installed_command_answers_and_writes_nothing_beside_the_code(
    installed: Installed,
) -> None:
    before = installed.tree()
    home = installed.owner / ".local" / "share" / "plasma-lots"  # LOTS_HOME is not set
    assert installed.lots("up").startswith("PostgreSQL is up")
    installed.lots("synthetic", "--donations", DONATIONS, "--out", "plant")
    centre = installed.owner / "plant" / "landing" / "CENTRE-01"
    files = [str(centre / name) for name in ("donation-0002.csv", "plasma_unit-0003.csv")]
    received = answer_of("receive", installed.lots("receive", *files, "--json", code=1))
    assert [r["status"] for r in received] == ["accepted", "accepted"]
    with open(files[0], encoding="utf-8") as lines:
        number = next(csv.DictReader(lines))["donation_number"]
    told = answer_of("trace", installed.lots("trace", "donation", number, "--json", code=1))
    assert (told["question"], told["details"][0]) == (f"donation {number}", ["units", 2])
    assert installed.lots("down") == "PostgreSQL is stopped.\n"
    assert {p.name for p in home.iterdir()} >= {"landing", "pg", "raw", "reports"}
    assert sorted(p.name for p in installed.owner.iterdir()) == [".local", "plant"]
    assert installed.tree() == before


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "{owner}/.local/share/plasma-lots"),
        ({"HOME": "/else"}, "/else/.local/share/plasma-lots"),
        ({"HOME": ""}, f"{pwd.getpwuid(os.geteuid()).pw_dir}/.local/share/plasma-lots"),
        ({"XDG_DATA_HOME": "/data"}, "/data/plasma-lots"),
        ({"XDG_DATA_HOME": "data"}, "{owner}/.local/share/plasma-lots"),
        ({"LOTS_HOME": ""}, "{owner}/.local/share/plasma-lots"),
        ({"LOTS_HOME": "/site", "XDG_DATA_HOME": "/data"}, "/site"),
        ({"LOTS_HOME": "here"}, "{owner}/here"),
    ],
    ids=str,
)
def test_the_home_is_never_beside_the_code(
    installed: Installed, environ: dict[str, str], expected: str
) -> None:
    assert installed.python(HOME, **environ) == expected.format(owner=installed.owner)


def test_a_home_that_is_named_is_the_one_written_to(installed: Installed) -> None:
    home = installed.folder.parent / "site"
    before = installed.tree(), sorted(installed.owner.rglob("*"))
    assert installed.lots("up", LOTS_HOME=str(home)).startswith("PostgreSQL is up")
    assert installed.lots("down", LOTS_HOME=str(home)) == "PostgreSQL is stopped.\n"
    assert (home / "pg").exists()
    assert (installed.tree(), sorted(installed.owner.rglob("*"))) == before


def test_airflow_reads_the_dags_of_the_package(installed: Installed) -> None:
    before = installed.tree()
    home, elsewhere = (
        str(installed.folder.parent / "airflow"),
        "postgresql://nobody@nowhere/none?sslmode=require",
    )
    given = {"LOTS_HOME": home, "LOTS_AIRFLOW_DATABASE_URL": elsewhere}
    environ = installed.python(ENVIRONMENT, **given)
    wrong, names, files = installed.python(DAGS, **environ)
    assert wrong == {}
    assert names == sorted([*STAGES, "linking", "watch"])
    assert all(Path(f).is_relative_to(installed.packages) for f in files)
    assert installed.tree() == before


def test_pages_are_written_in_a_checkout_only(installed: Installed) -> None:
    done = installed.run("lots", "docs")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "lots: docs: folder of the generated pages: expected a checkout, got an installed package;"
        " read them where the code comes from.\n"
    )
