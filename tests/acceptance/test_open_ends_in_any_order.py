"""Drawn worlds that are received in two orders, each with rows that persons retract and take back, and
lines of which persons say what they mean, and take it back: the same open ends stay, those that the walk
finds and a rebuild would.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

from lots.errors import LotsError
from lots.pipeline.link import rebuild
from lots.pipeline.meant import mean, take_back
from lots.pipeline.resolve import Word as Spoken
from lots.settings import Settings
from lots.store.difference import Changed
from tests.acceptance import open_ends
from tests.acceptance.apart import of_world, rows_of
from tests.acceptance.spoken import Version, Word, World, said_of, tell
from tests.acceptance.test_drawn_words import SCRIPTS
from tests.builders import NOW, rows
from tests.unit.test_walk_attached import drawn
from tests.walk import walk as walking
from tests.walk.ends import End

SEEDS = range(6)
ROUNDS, ORDERS, WORDS = 3, 2, 4
PARKED_LINES = """
SELECT DISTINCT v.receipt, v.line
FROM lineage.parked AS p
JOIN standing.administration_vial AS v ON p.record = 'administration_vial'
    AND p.key = jsonb_build_array(v.site, v.administration, v.item::text)
"""


def told(seed: int) -> World:
    """A world of some rows, of which some links lead nowhere, and words on a few of them."""
    draw = Random(seed)
    versions = [Version(record, "A", row) for record, row in rows_of(drawn(draw))]
    seen: set[tuple[object, ...]] = set()
    words = []
    for place in draw.sample(range(len(versions)), WORDS):
        if versions[place].at not in seen:  # of one key one word: what is said twice is refused
            seen.add(versions[place].at)
            words.append(Word(place, *draw.choice(SCRIPTS)))
    return World(tuple(versions), tuple(words))


def in_order(world: World, draw: Random) -> World:
    """The same in other rounds: each word after its row, else whenever."""
    versions = tuple(replace(v, round=draw.randrange(ROUNDS)) for v in world.versions)
    words = (replace(w, round=draw.randrange(versions[w.place].round, ROUNDS)) for w in world.words)
    return World(versions, tuple(words))


def numbered(world: World, number: int) -> World:
    """It with names of its own."""
    found = (replace(v, row=of_world(v.record, v.row, number)) for v in world.versions)
    return World(tuple(found), world.words)


def mean_and_take_back(site: Settings) -> None:
    """Say of every parked vial of an infusion which lot it means, and take it back: as before."""
    lots = rows(
        site, "SELECT manufacturer || '/' || lot_number FROM standing.lot WHERE step = 'packed'"
    )
    for receipt, line in rows(site, PARKED_LINES):
        place = int(str(receipt)), int(str(line))
        for (lot,) in lots[:1]:
            with suppress(LotsError):
                mean(site, [place], str(lot), Spoken("A", "seen"), now=NOW)
                take_back(site, [place], str(lot), Spoken("A", "a slip"), now=NOW)


def of_copy(ends: set[End], number: int) -> set[End]:
    """The ends of one world, as every copy has them."""
    own = f"-{number}"
    return {
        end._replace(key=tuple(part.removesuffix(own) for part in end.key))
        for end in ends
        if any(part.endswith(own) for part in end.key)
    }


def test_the_same_open_ends_stay_whatever_the_order(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    site, landing = fresh(), tmp_path / "landing"
    # All of them in the same files: what takes its time is a file and a linking, not a row.
    copies = {
        seed * ORDERS + order: in_order(told(seed), Random(f"{seed} {order}"))
        for seed in SEEDS
        for order in range(ORDERS)
    }
    own = {number: numbered(world, number) for number, world in copies.items()}
    tell(site, landing, [*own.values()], ROUNDS)
    mean_and_take_back(site)
    walked = walking.walk(landing, tmp_path / "profiles", NOW, said=said_of(own.values()))
    kept, found = open_ends.of_database(site), open_ends.of_walk(walked.accepted)
    numbers = [*own]
    for first, second in zip(numbers[::ORDERS], numbers[1::ORDERS], strict=True):
        assert of_copy(kept, first) ^ of_copy(kept, second) == set()
        assert of_copy(kept, first) ^ of_copy(found, first) == set()
        assert of_copy(kept, first)
    # What was kept on the way is what follows from all that there is.
    assert rebuild(site, now=NOW).changed == Changed()
