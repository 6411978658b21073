"""One run of the pipeline over a plant's files: in a seeded order, everything twice, one file late."""

import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lots.answers import Between, Heard, Implicated, LotName
from lots.pipeline import landing
from lots.pipeline.balance import account
from lots.pipeline.digest import parts
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.link import rebuild
from lots.pipeline.receive_all import receive_all
from lots.settings import Settings
from lots.store.answers import statements
from lots.store.answers.balances import parts as told_of_lots
from lots.store.engine import close
from tests.acceptance import open_ends, verdicts
from tests.acceptance.accounts import Account, held_of_database, of_database
from tests.walk.balance import Account as Balanced
from tests.walk.ends import End
from tests.walk.held import Holding, Thing
from tests.walk.world import Outcomes

THROUGH = datetime(2025, 12, 1, tzinfo=UTC)  # until then a plant is told
START = datetime(2027, 1, 1, tzinfo=UTC)  # files are received from here on, or some days later


@dataclass(frozen=True)
class Run:
    """What one run ended in; `again` holds what the second delivery of every file was answered
    with.
    """

    account: Account
    state: dict[str, str]
    rebuilt: dict[str, str]
    statuses: set[str]
    again: set[bool]
    answers: dict[str, Implicated]
    outcomes: Outcomes
    tallies: verdicts.Tallies
    heard: set[Heard]
    held: tuple[frozenset[Holding], frozenset[Thing]] = (frozenset(), frozenset())
    ends: set[End] = field(default_factory=set)
    balances: dict[LotName, Balanced] = field(default_factory=dict)


def delivered(out: Path, to: Path) -> list[str]:
    """A plant's files in two places: as they were written, and once more under the same names a
    level deeper.
    """
    shutil.copytree(out / "landing", to)
    shutil.copytree(out / "landing", to / "once" / "more")
    return landing.files(str(to))


def clock(start: datetime) -> Callable[[], datetime]:
    """A clock of one's own: every look at it is a second later."""
    seen = iter(range(10**9))
    return lambda: start + timedelta(seconds=next(seen))


def run(settings: Settings, places: list[str], seed: int, donations: Iterable[str] = ()) -> Run:
    """Receive in the order of a seed: all but one file, which has no copy yet, then that one, then
    everything again.
    """
    order = random.Random(seed)
    order.shuffle(places := list(places))
    late = order.choice(places).rsplit("/", 2)[1:]
    at_first = [place for place in places if place.rsplit("/", 2)[1:] != late]
    now = clock(START + timedelta(seed % 28))
    first = receive_all(at_first, settings, by="QA-1", now=now)
    first += receive_all(
        [p for p in places if p not in set(at_first)], settings, by="QA-1", now=now
    )
    second = receive_all(places, settings, by="QA-2", now=now)
    state = parts(settings)
    account, ends = of_database(settings), open_ends.of_database(settings)
    outcomes, heard = verdicts.of_database(settings), set(_heard(settings))
    held, balances = held_of_database(settings), balances_of_database(settings)
    answers = {
        number: implicate(settings, [Subject("donation", number)], through=THROUGH)
        for number in donations
    }
    rebuild(settings, now=now())
    done = Run(
        account,
        state,
        parts(settings),
        {r.status for r in first + second},
        {r.again for r in second},
        answers,
        outcomes,
        verdicts.tallies_of_database(settings),
        heard,
        held,
        ends,
        balances,
    )
    close(settings)
    return done


def balances_of_database(settings: Settings) -> dict[LotName, Balanced]:
    """The account of every lot of which anything is told, by its name."""
    with statements.snapshot(settings) as connection:
        parts = told_of_lots(connection, None)
        nodes = statements.known_nodes(connection, [*parts])
    found = [account(nodes[node], of) for node, of in parts.items()]
    return {
        one.lot: (_ends(one.unexplained), _ends(one.came_in), _ends(one.went_on), one.unsaid)
        for one in found
    }


def _ends(figure: Between | None) -> tuple[int, int | None] | None:
    return None if figure is None else (figure.least, figure.most)


def _heard(settings: Settings) -> tuple[Heard, ...]:
    with statements.snapshot(settings) as connection:
        return statements.heard(connection)


def run_in_pieces(settings: Settings, places: list[str], seed: int, most: int = 1) -> Run:
    """Receive in the order of a seed, and link after every piece: of one file, or of up to so many."""
    order = random.Random(seed)
    order.shuffle(places := list(places))
    now = clock(START + timedelta(seed % 28))
    received = []
    while places:
        size = order.randint(1, most)
        piece, places = places[:size], places[size:]
        received += receive_all(piece, settings, by="QA-1", now=now)
    state, account = parts(settings), of_database(settings)
    rebuild(settings, now=now())
    done = Run(
        account, state, parts(settings), {r.status for r in received}, set(), {}, {}, {}, set()
    )
    close(settings)
    return done


def parts_that_differ(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The parts of two states that are not the same."""
    return sorted(part for part in one.keys() | other.keys() if one.get(part) != other.get(part))
