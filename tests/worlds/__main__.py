"""Change many things of drawn worlds, one by one: `make worlds N=2000 [SEED=7] [QUESTIONS=60] [PAGE=1]`."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from shutil import rmtree

from lots.postgres import cluster as embedded
from lots.settings import Settings
from lots.store import engine as connections
from lots.store.schema.migrate import upgrade
from tests.conftest import FASTER, clone, own_folder, remove_clusters, site
from tests.worlds.judged import Tally
from tests.worlds.page import PAGE, page
from tests.worlds.run import notices, run, said


def main() -> int:
    """Exit 1 where an answer was wrong."""
    asked = argparse.ArgumentParser(prog="make worlds")
    asked.add_argument("number", type=int, nargs="?", default=300, help="how many changes")
    asked.add_argument("--seed", type=int, default=1, help="the first world's seed")
    asked.add_argument("--questions", type=int, default=1, help="how many are asked after each")
    asked.add_argument("--page", action="store_true", help=f"write docs/{PAGE.name}")
    told = asked.parse_args()
    tally = Tally()
    with databases() as make:
        run(make, count(told.seed), told.number, questions=told.questions, tally=tally)
        if told.page:
            notices(make, count(told.seed), told.number // 20, tally)
    print(said(tally))
    print("\n".join(tally.wrong))
    if told.page:
        seeds = f"from {told.seed} on"
        PAGE.write_text(page(tally, seeds, datetime.now(UTC).date()), encoding="utf-8")
    return 1 if tally.wrong else 0


@contextmanager
def databases() -> Iterator[Callable[[], Settings]]:
    """A maker of fresh databases, in a cluster that is taken away in the end."""
    home, numbers = own_folder("worlds"), count(1)
    try:
        cluster = embedded.up(home)
        embedded.psql(cluster, FASTER)
        embedded.create_database(cluster, "empty")
        empty = site(home / "empty", embedded.url(cluster, "", "empty"))
        upgrade(empty)
        connections.close(empty)

        def make() -> Settings:
            name = f"world_{next(numbers)}"
            clone(cluster, name, "empty")
            return site(home / name, embedded.url(cluster, "", name))

        yield make
    finally:
        remove_clusters(home)
        rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
