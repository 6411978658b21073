"""Many changes of many drawn worlds, each taken back, and a line of progress for each world."""

import time
from collections.abc import Callable, Iterator
from random import Random

from lots.pipeline.link import link_entries
from lots.settings import Settings
from tests.builders import NOW, admit
from tests.integration.losses import Loss, world
from tests.worlds.broken import kept_aside
from tests.worlds.changes import changes, unseen
from tests.worlds.drawn import drawn
from tests.worlds.judged import Judge, Tally
from tests.worlds.lives import World
from tests.worlds.noticed import notice

# So that what was made and taken back is not looked through for ever.
TOGETHER = 60


def told(settings: Settings, seed: int, chains: int) -> World:
    """A drawn world, received and linked; its rules are not asked."""
    drawn_world, folder = drawn(seed, chains), settings.home / "sent"
    drawn_world.told.send(settings, folder, take=admit)
    link_entries(settings, now=NOW)
    return drawn_world


def run(
    make: Callable[[], Settings],
    seeds: Iterator[int],
    number: int,
    *,
    each: int = 700,
    chains: int = 2,
    questions: int = 1,
    seconds: float = float("inf"),
    say: Callable[[str], None] = print,
    tally: Tally | None = None,
) -> Tally:
    """Make so many changes, in worlds of these seeds, `each` in a world at most. questions: asked after
    each change, of the chain that it is in.
    """
    tally, began = tally or Tally(), time.monotonic()
    while sum(tally.changes.values()) < number and time.monotonic() - began < seconds:
        seed, before, known = next(seeds), time.monotonic(), len(tally.wrong)
        settings = make()
        drawn_world = told(settings, seed, chains)
        kept_aside(settings, drawn_world, seed)
        judge = Judge(drawn_world.questions(), tally, questions)
        with world(settings) as connection:
            judge.begin(connection, seed)
        left = min(each, number - sum(tally.changes.values()))
        for part in _parts(settings, seed, left):
            if time.monotonic() - began >= seconds:
                break
            _change(settings, judge, seed, part)
        took = time.monotonic() - before
        say("\n".join([f"world {seed}: {said(tally)}; {took:.0f} s", *tally.wrong[known:]]))
    return tally


def _parts(settings: Settings, seed: int, left: int) -> Iterator[list[Loss]]:
    with world(settings) as connection:
        every = [*changes(connection), *_few(seed, [*unseen(connection)])]
    mine = Random(seed).sample(every, min(left, len(every)))
    yield from (mine[n : n + TOGETHER] for n in range(0, len(mine), TOGETHER))


def _few(seed: int, found: list[Loss]) -> list[Loss]:
    """Of values that may be another row's there are very many."""
    return Random(seed).sample(found, min(len(found), 150))


def _change(settings: Settings, judge: Judge, seed: int, part: list[Loss]) -> None:
    draw = Random(f"{seed} {part[0].name}")
    with world(settings) as connection:
        for losses in judge.together(connection, part):
            judge.change(connection, seed, losses, draw)


def said(tally: Tally) -> str:
    """What was done so far, in a line."""
    silent = sum(n for (_, _, how), n in tally.answers.items() if how == "told")
    answers = sum(tally.answers.values())
    return (
        f"{sum(tally.changes.values()):,} changes, {answers:,} answers, {silent:,} of them not"
        f" called complete, {len(tally.wrong):,} wrong"
    )


def notices(make: Callable[[], Settings], seeds: Iterator[int], number: int, tally: Tally) -> None:
    """Put values of other rows in place of others, in two worlds, and see what notices them."""
    for _ in range(2):
        seed, settings = next(seeds), make()
        judge = Judge(told(settings, seed, 2).questions(), tally)
        with world(settings) as connection:
            judge.begin(connection, seed)
        notice(settings, judge, seed, number // 2)
