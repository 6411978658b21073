"""Run the benchmarks: python -m benchmarks [start] [receive] [small] [memory] [ledger] [scans]
[questions] [pages] [served] [whole] [demo] [hosts] [against --before CHECKOUT] [--rows N] [--rounds N].

`questions`, `pages` and `whole` make a whole plant of N donations (1,000,000: up to 25 minutes), and
`demo` runs `make run`; run only where named. `questions --keep FOLDER` keeps the plant in that folder, and
asks the one that is kept there; so does `pages`. `served` asks for scans over HTTP, among N packs, and
receives a file of N rows meanwhile. `hosts` times who runs tasks (`make bench HOSTS=1 WHICH=hosts`).
`against` asks an earlier version's questions too, and links the same files, in turn, each on a plant of its
own, which --keep keeps.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

WHICH = ("start", "receive", "small", "memory", "ledger", "scans")
NAMED_ONLY = ("questions", "pages", "served", "whole", "demo", "hosts", "against")
KEEPING = ("questions", "pages", "against")


def main() -> int:
    """Run what was asked for, all by default."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("which", nargs="*", choices=[*WHICH, *NAMED_ONLY, []], default=[])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="keep the plant of `questions`, `pages` and `against` here, for later",
    )
    parser.add_argument(
        "--before", type=Path, metavar="CHECKOUT", help="the earlier version of `against`"
    )
    options = parser.parse_args()
    if ("against" in options.which) != (options.before is not None):
        parser.error("against and --before go together")
    print(
        f"{os.cpu_count()} processors, load {_load()} at the start.\n"
        f"Medians of {options.rounds} rounds, the ways taken in turn; CPU is of all processes.",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="lots-bench-") as temporary:
        for name in options.which or WHICH:
            module = __import__(f"benchmarks.{name}", fromlist=["run"])
            kept = options.keep if name in KEEPING else None
            more = {"before": options.before.resolve()} if name == "against" else {}
            module.run(kept or Path(temporary), rows=options.rows, rounds=options.rounds, **more)
            print(f"  load {_load()} after {name}", flush=True)
    return 0


def _load() -> str:
    """The processes that ran or waited to, over the last minute and the last five."""
    return " and ".join(f"{load:.1f}" for load in os.getloadavg()[:2])


if __name__ == "__main__":
    sys.exit(main())
