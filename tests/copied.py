"""A copy of the checkout, in which a test declares what this one does not, and runs its commands."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import ROOT

COMMANDS = """
import contextlib, io, json, sys
from lots.command.cli import main

def told(command):
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main(command)
    out.flush()
    return code, out.buffer.getvalue().decode()

print(json.dumps([told(command) for command in json.loads(sys.argv[1])]))
"""
HOUSES = ("docs", "lots", "sql", "synthetic", "validations")


@dataclass(frozen=True)
class Tree:
    """A copied checkout; its commands use a database of the tests' cluster."""

    folder: Path
    cluster: Cluster
    database: str

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy."""
        ours = {
            "PYTHONPATH": str(self.folder),
            # That of the cluster, for what makes databases of its own there.
            "LOTS_HOME": str(self.cluster.passfile.parent),
            "LOTS_DATABASE_URL": embedded.url(self.cluster, "", self.database),
            "LOTS_RAW_URL": str(self.folder / "raw"),
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**os.environ, **ours},
            capture_output=True,
            text=True,
            check=False,
        )

    def lots(self, *commands: str) -> list[tuple[int, str]]:
        """What each command ends with and prints, one after the other in one process."""
        done = self.python("-c", COMMANDS, json.dumps([command.split() for command in commands]))
        assert done.returncode == 0, done.stderr
        return [(code, told) for code, told in json.loads(done.stdout)]

    def draft(self, message: str) -> str:
        """The SQL of a revision that is drafted in the copy, or why there is none."""
        done = self.python("-m", "lots.store.schema.draft", message)
        if done.returncode:
            return done.stderr
        return Path(done.stdout.strip()).read_text(encoding="utf-8")


def copied(folder: Path, cluster: Cluster, database: str) -> Tree:
    """A copy of this checkout, as it is."""
    for house in HOUSES:
        copytree(ROOT / house, folder / house)
    return Tree(folder, cluster, database)
