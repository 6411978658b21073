"""Make .venv from requirements.lock, once for all who ask at the same time; needs the standard
library only.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LIBRARIES = VENV / "libraries.stamp"  # each is written last: a half-made environment has none
PROJECT = VENV / "project.stamp"


def main(arguments: list[str]) -> int:
    """Make the environment; with `check` or `libraries` say by exit code 0 that there is nothing to
    make.
    """
    if arguments:
        return 0 if _has_libraries() and (arguments == ["libraries"] or _has_project()) else 1
    try:
        with _alone():
            _make()
    except PermissionError as exc:
        return _say(
            f"{exc.filename}: environment: expected one that this user may write to, got:"
            f" {exc.strerror}."
        )
    except subprocess.CalledProcessError as exc:
        return _say(
            ".venv: environment: expected pip to fill it (see above), got exit code"
            f" {exc.returncode}."
        )
    return 0


def _make() -> None:
    if not _may_stay():
        _install_libraries()
        LIBRARIES.write_text(_libraries(), encoding="utf-8")
    if not _has_project():
        _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        PROJECT.write_text(_project(), encoding="utf-8")


def _install_libraries() -> None:
    lock = ROOT / "requirements.lock"
    packages = sum(line[:1].isalnum() for line in lock.read_text(encoding="utf-8").splitlines())
    _say(
        f"Making .venv with Python {sys.version.split()[0]}: {packages} packages, a minute or two,"
        " this once."
    )
    # First of all: a crash from here on leaves an environment that counts as none.
    LIBRARIES.unlink(missing_ok=True)
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(VENV)
    # Not compiled by pip, which does it on one processor.
    _pip("--no-compile", "--no-deps", "--require-hashes", "--requirement", str(lock))
    # Compiled by all cores, also where PYTHONDONTWRITEBYTECODE is set (-I): it saves seconds on
    # every start. A few packages carry files that are not meant to compile.
    subprocess.run([PYTHON, "-I", "-m", "compileall", "-qq", "-j", "0", VENV / "lib"], check=False)


def _pip(*arguments: str) -> None:
    # A user's own mirrors hold; where to install is ours to say.
    elsewhere = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIREMENT", "PIP_CONSTRAINT"}
    env = {name: value for name, value in os.environ.items() if name not in elsewhere} | {
        "PIP_USER": "0"
    }
    quiet = ("-qq", "--no-input", "--disable-pip-version-check", "--no-warn-script-location")
    subprocess.run([PYTHON, "-I", "-m", "pip", "install", *quiet, *arguments], check=True, env=env)


def _may_stay() -> bool:
    """Whether the environment's own interpreter still runs and finds the stamp right, and is the
    one asked for.
    """
    if os.environ.get("PYTHON"):
        return _has_libraries()
    return (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-I", __file__, "libraries"], check=False).returncode == 0
    )


def _has_libraries() -> bool:
    return LIBRARIES.exists() and LIBRARIES.read_text(encoding="utf-8") == _libraries()


def _has_project() -> bool:
    return PROJECT.exists() and PROJECT.read_text(encoding="utf-8") == _project()


def _libraries() -> str:
    return (
        f"{_digest('requirements.lock')} {sys.implementation.cache_tag} {sysconfig.get_platform()}"
        f" {VENV}\n"
    )


def _project() -> str:
    return f"{_digest('pyproject.toml')} {LIBRARIES.read_text(encoding='utf-8')}"


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    path = ROOT / ".venv.lock"
    # Opened to read where it is there: another user's lock may not be writable.
    with open(path, "r" if path.exists() else "a", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Another make is making .venv; waiting for it.")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
