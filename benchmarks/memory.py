"""Peak memory of receiving a file in each form and one five times its size, each in a process of its
own, Great Expectations included.
"""

import subprocess
import sys
from pathlib import Path

from benchmarks import ground
from benchmarks.forms import FORMS, LOG, LOG_SHARE, Writer
from benchmarks.timing import ratio
from lots.postgres.cluster import Cluster

TIMES, MOST_MB = 5, 400
CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from lots.pipeline.receive import receive
from lots.settings import Settings
home, url, path = sys.argv[1:]
s = Settings(Path(home), url, home + '/raw', home + '/landing')
got = receive(path, s, by='bench', now=datetime.now(UTC), sender='LAB-01')
peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))  # ru_maxrss would be the parent's
print(got.counts.get('accepted', got.sentence), int(peak.split()[1]) // 1024)
"""


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print the peaks of each form; `rounds` does not matter here: memory is not noisy."""
    print(f"Peak memory of receiving {rows // TIMES:,} and {rows:,} rows:", flush=True)
    most = 0
    with ground.server(folder) as made:
        for form, write in FORMS.items():
            size = rows // LOG_SHARE if form == LOG else rows
            few, many = (_peak(made, folder, write, n) for n in (size // TIMES, size))
            flat = many / few
            ratio(f"{form}: {few} and {many} MB", flat, "at most 1.1", held=flat <= 1.1)
            most = max(most, few, many)
    ratio("most [MB]", most, f"under {MOST_MB}", held=most < MOST_MB)


def _peak(made: Cluster, folder: Path, write: Writer, rows: int) -> int:
    """The megabytes at most of a process that receives so many rows of a form."""
    path = write(folder, rows)
    with ground.database(made, folder) as settings:
        arguments = [str(settings.home), settings.database_url or "", str(path)]
        ran = subprocess.run(
            [sys.executable, "-c", CHILD, *arguments],
            text=True,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
    path.unlink()
    assert not ran.returncode, ran.stderr[-2000:]
    accepted, peak = ran.stdout.rsplit(maxsplit=1)
    assert accepted == str(rows), accepted
    return int(peak)
