"""Drawn worlds of which things are changed one by one, and what two readings say of each otherwise."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from random import Random

import sqlalchemy as sa

from lots.settings import Settings
from lots.store.engine import Connection
from tests.builders import NOW
from tests.integration.losses import lost, world
from tests.worlds.broken import kept_aside
from tests.worlds.changes import PROPOSED, TAKEN_BACK, changes
from tests.worlds.lives import World
from tests.worlds.run import told as receive

SAID = (PROPOSED, TAKEN_BACK)
Asked = Sequence[tuple[str, str]]
Differences = Callable[[Connection, Asked, datetime | None], Iterator[str]]


def differing(
    settings: Settings,
    seed: int,
    numbers: tuple[int, int],
    of: Callable[[World], Asked],
    differences: Differences,
) -> list[str]:
    """What differs in a drawn world as it is, and after each change, whatever day is asked for. numbers:
    of changes, and of questions asked after each.
    """
    many, few = numbers
    drawn, draw, wrong = receive(settings, seed, 1 + seed % 2), Random(seed), list[str]()
    kept_aside(settings, drawn, seed)
    asked = of(drawn)
    with world(settings) as connection:
        # What persons said the walk is not told of (told_rows.py).
        rows = [loss for loss in changes(connection) if loss.how not in SAID]
        for loss in [None, *draw.sample(rows, many)]:
            through = draw.choice([None, None, NOW])
            try:
                with lost(connection, loss) if loss else nullcontext():
                    some = draw.sample(asked, min(few, len(asked)))
                    alike = differences(connection, some, through)
                    wrong += [f"world {seed}: {loss and loss.name}: {one}" for one in alike]
            except sa.exc.IntegrityError:
                continue  # another row has this key: nobody could send it
    return wrong
