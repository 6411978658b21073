"""Make .venv/hosts: all that .venv has, what several hosts need besides, and what the benchmarks put
beside us. Run as a script.

Apart, for the library of S3 takes a python-dateutil that is older than the lock's, and would put it back
for everybody.
"""

import subprocess
import sys
import sysconfig
import venv

from lots.settings import ROOT

FOLDER = ROOT / ".venv" / "hosts"
NEEDED = (
    "apache-airflow-providers-edge3",
    "apache-airflow-providers-celery",
    "celery<5.7",
    "s3fs",
    "moto[s3]",
    "flask",
    "flask-cors",
    "duckdb",
    "networkx",
)
APART = "python-dateutil=="


def main() -> int:
    """Make it where it is absent or half-made."""
    done = FOLDER / "done.stamp"
    if done.is_file() and done.read_text(encoding="utf-8") == " ".join(NEEDED):
        return 0
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(FOLDER)
    python = FOLDER / "bin" / "python"
    libraries = next((FOLDER / "lib").iterdir()) / "site-packages"
    # As a folder of packages, whose own lines of that kind are heeded: ours is installed by one.
    under = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n"
    (libraries / "under.pth").write_text(under, encoding="utf-8")
    pins = FOLDER / "pins.txt"
    pins.write_text("\n".join(_frozen()), encoding="utf-8")
    install = ("-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", pins)
    subprocess.run([python, *install, *NEEDED], check=True)
    done.write_text(" ".join(NEEDED), encoding="utf-8")
    return 0


def _frozen() -> list[str]:
    """The packages of this environment with their versions, but for the one that may differ."""
    freeze = (sys.executable, "-m", "pip", "freeze", "--exclude-editable")
    told = subprocess.run(freeze, check=True, capture_output=True, text=True).stdout.splitlines()
    return [line for line in told if "==" in line and not line.startswith(APART)]


if __name__ == "__main__":
    sys.exit(main())
