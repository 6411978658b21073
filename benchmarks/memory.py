"""Peak memory of receiving a file and one five times its size, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

from benchmarks import ground
from benchmarks.files import write_results
from benchmarks.timing import ratio

TIMES = 5
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
print(got.counts['accepted'], int(peak.split()[1]) // 1024)
"""


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print both peaks; `rounds` does not matter here: memory is not noisy."""
    print(f"Peak memory of receiving {rows:,} and {TIMES * rows:,} test results:", flush=True)
    peaks = []
    with ground.server(folder) as made:
        for n, size in enumerate((rows, TIMES * rows)):
            path = write_results(folder / f"test_result-m{n}.csv", size)
            with ground.database(made, folder) as settings:
                arguments = [str(settings.home), settings.database_url or "", str(path)]
                ran = subprocess.run(
                    [sys.executable, "-c", CHILD, *arguments],
                    text=True,
                    capture_output=True,
                    check=True,
                    encoding="utf-8",
                )
            path.unlink()
            accepted, peak = map(int, ran.stdout.split())
            assert accepted == size
            peaks.append(peak)
            print(f"  {size:>10,} rows: {peak} MB", flush=True)
    ratio(
        "five times the rows / the rows",
        peaks[1] / peaks[0],
        "within 10 %",
        held=0.9 <= peaks[1] / peaks[0] <= 1.1,
    )
    ratio("most [MB]", max(peaks), "under 600", held=max(peaks) < 600)
