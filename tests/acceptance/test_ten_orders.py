"""Rows that are completed, retracted, replaced and decided on, each way once, with the lines and packs
that hang on them: in ten orders, with persons' words in between, they end in one state.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.link import rebuild
from lots.settings import Settings
from lots.store.difference import Changed
from tests.acceptance.accounts import differences, of_database, of_walk
from tests.acceptance.spoken import (
    DECLARED,
    KEEP,
    At,
    OfKey,
    Version,
    Word,
    World,
    of_keys,
    of_keys_walked,
    of_worlds,
    said_of,
    tell,
)
from tests.acceptance.usual import KEYS
from tests.builders import NOW
from tests.walk import walk as walking
from tests.walk.counts import figures
from tests.walk.values import content, values

ORDERS, ROUNDS = 10, 4
NEVER, DUE, STATED = "never_happened", "replacement_due", "as_stated"
FIRST, SECOND = {"correction": "1", **DECLARED}, {"correction": "2", **DECLARED}
BY_TWO = (("confirmed", "B"),)
BACK_BY_ONE = (*BY_TWO, ("taken_back", "C"))
BACK_BY_TWO = (*BACK_BY_ONE, ("let_stand", "D"))
# What a row says otherwise, why it does not stand, and the word on it.
Told = tuple[dict[str, str], str, tuple[Any, ...]]
POSSIBLE, AWAITED = "possible", "awaited"
# By record, which of its usual keys, and what is said of the key: its rows.
ROWS: dict[tuple[str, int], tuple[str, list[Told]]] = {
    ("lot", 0): ("", [({}, "", ())]),
    ("lot", 1): ("", [({"amount": ""}, "completed", ()), ({"amount": "5"}, "", ())]),
    # Completed: with what it says of its lot. A pack that never happened: its lines wait again.
    ("pack", 0): ("", [({"lot_number": ""}, "completed", ()), ({}, "", ())]),
    ("pack", 1): ("", [({}, "retracted", (NEVER, "A", BY_TWO))]),
    # A replacement was due, and came.
    ("relabelling", 0): (
        "",
        [({"party": "M2"}, "retracted", (DUE, "A", BY_TWO)), ({"new_serial": "3"}, "", ())],
    ),
    # By its sender: confirmed, and replaced by a greater number; then one that nobody confirmed.
    ("dispensing", 0): (
        "",
        [
            ({}, "outranked", ()),
            ({**FIRST, "retracted": DUE}, "retraction", (STATED, "A", ())),
            ({**SECOND, "vials": "2"}, "", ()),
        ],
    ),
    ("dispensing", 1): (
        AWAITED,
        [({}, "retracted", ()), ({**FIRST, "retracted": DUE}, "retraction", (STATED, "A", ()))],
    ),
    ("dispensing", 2): (
        POSSIBLE,
        [({}, "", ()), ({**FIRST, "retracted": NEVER}, "retraction", ())],
    ),
    # By persons: taken back by two, by one, and not yet confirmed.
    ("administration", 0): (
        "",
        [({"patient_key": ""}, "completed", ()), ({}, "", (NEVER, "A", BACK_BY_TWO))],
    ),
    ("administration_vial", 0): (POSSIBLE, [({}, "", (NEVER, "A", BACK_BY_ONE))]),
    ("administration_vial", 1): (POSSIBLE, [({}, "", (DUE, "A", ()))]),
    # Decided: the others do not stand, whatever came first.
    ("dispensing", 3): (
        "",
        [
            ({"vials": "2"}, "decided", ()),
            ({}, "", (KEEP, "A", ())),
            ({"vials": ""}, "decided", ()),
        ],
    ),
}


def world() -> World:
    """All of these rows by one sender, and the words on them."""
    versions: list[Version] = []
    spoken: list[Word] = []
    for (record, n), (_, rows) in ROWS.items():
        usual = KEYS[record][n % len(KEYS[record])]
        own = {"dispensing": str(n + 1)} if record == "dispensing" else {}
        for more, _, word in rows:
            if word:
                spoken.append(Word(len(versions), *word))
            versions.append(Version(record, "A", {**usual, **own, **more}))
    return World(tuple(versions), tuple(spoken))


def in_order(told: World, seed: int) -> World:
    """The same in other rounds: each word after its row, else whenever."""
    draw = random.Random(seed)
    versions = tuple(replace(v, round=draw.randrange(ROUNDS)) for v in told.versions)
    words = (replace(w, round=draw.randrange(versions[w.place].round, ROUNDS)) for w in told.words)
    return World(versions, tuple(words))


def worlds() -> dict[int, World]:
    """Ten copies, each with numbers of its own."""
    return {n: in_order(world(), n).numbered(n) for n in range(1, ORDERS + 1)}


def of_page(told: World) -> dict[At, OfKey]:
    """What the page says of each key of a copy."""
    reasons = [(said, why) for said, rows in ROWS.values() for _, why, _ in rows]
    found: dict[At, OfKey] = {}
    for version, (said, why) in zip(told.versions, reasons, strict=True):
        row = dict(version.row)
        of_key = found.setdefault(version.at, OfKey({}, said == POSSIBLE, said == AWAITED))
        of_key.why[content(version.record, row, values(version.record, row))] = why
    return found


def without_number(value: Any, number: int) -> Any:
    """A value of a copy as every copy has it."""
    if isinstance(value, str):
        return value.removesuffix(f"-{number}")
    if isinstance(value, tuple):
        return tuple(without_number(part, number) for part in value)
    return value


def test_ten_orders_end_in_what_the_page_and_the_walk_say(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    site, told = fresh(), worlds()
    tell(site, tmp_path / "landing", [*told.values()], ROUNDS)
    walked = walking.walk(
        tmp_path / "landing", tmp_path / "profiles", NOW, said=said_of(told.values())
    )
    stored, read, ends = of_database(site), of_walk(walked), set[object]()
    for number, copy in told.items():
        assert of_keys(site, [number]) == of_page(copy), number
        mine = of_worlds(stored, [number])
        assert differences(of_worlds(read, [number]), mine) == {}, number
        answers = tuple(answer(site, walked, f"{lot}-{number}") for lot in "12")
        derived = without_number((*mine.links, *mine.parked), number)
        ends.add((frozenset(derived), answers))
    assert len(ends) == 1
    assert of_keys_walked(walked) == of_keys(site, told)
    # Word by word the same was derived as follows from all that there is.
    assert rebuild(site, now=NOW).changed == Changed()


def answer(site: Settings, walked: walking.Walk, lot: str) -> tuple[object, ...]:
    """The figures of a lot, as the walk has them too."""
    found = implicate(site, [Subject("lot", f"M1/{lot}/packed")], through=NOW)
    counted = figures(walked.accepted, {("M1", lot, "packed")})
    between = {name: getattr(found.vials, name) for name in counted}
    assert {name: (b.least, b.most) for name, b in between.items()} == counted, lot
    return (*sorted(counted.items()), found.patients)
