"""Small worlds drawn by Hypothesis, so that what fails shrinks: versions that complete, contradict,
correct and retract each other; the database and the walk say the same of versions, of links, and of figures.
"""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lots.pipeline.implicate import Subject, implicate
from lots.records import record as record_of
from lots.settings import Settings
from tests import builders
from tests.acceptance import open_ends
from tests.acceptance.accounts import alike, differences, of_database, of_walk
from tests.acceptance.usual import KEYS
from tests.builders import NOW, table, take, write
from tests.walk import walk as walking
from tests.walk.counts import figures

DECLARED = ("corrected_by", "correction_reason")
OTHER = {  # what a version says otherwise; empty: it does not say
    "lot": {"product": ["IG2"], "amount": ["", "5"]},
    "pack": {"vials": ["", "1"], "lot_number": ["", "2"], "content_g": ["5"]},
    "relabelling": {"party": ["", "M2"]},
    "dispensing": {"patient_key": ["", "P3", "unknown"], "vials": ["", "2"], "serial": ["", "2"]},
    "administration": {"patient_key": ["", "P3"], "status": ["not_given", ""]},
    "administration_vial": {"vials": ["", "2"], "lot_number": ["", "1"], "given_g": ["5"]},
}
NUMBERED = ("lot_number", "serial", "new_serial", "dispensing", "administration", "patient_key")
PREFIX = count(1)
World = list[tuple[str, str, dict[str, str]]]  # record, sender, row


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Rows of a few keys, each told once to three times, by one sender or two."""
    found: World = []
    for record, keys in KEYS.items():
        for usual in keys:
            for _ in range(draw(st.integers(1, 3 if record != "lot" else 2))):
                found.append(
                    (record, draw(st.sampled_from("AAB")), {**usual, **draw(said(record))})
                )
    return found


def said(record: str) -> st.SearchStrategy[dict[str, str]]:
    """What a version says otherwise, and whether it is a correction or a retraction."""
    other = {name: st.sampled_from(values) for name, values in OTHER[record].items()}
    plain = st.fixed_dictionaries({}, optional=other)
    declared = st.sampled_from(
        [
            {},
            {},
            {},
            {"correction": "1"},
            {"correction": "2"},
            {"correction": "1", "retracted": "never_happened"},
        ]
    )
    return st.builds(_declared, plain, declared)


def _declared(row: Mapping[str, str], declared: Mapping[str, str]) -> dict[str, str]:
    return {**row, **declared, **(dict.fromkeys(DECLARED, "QA") if declared else {})}


def files(world: World, folder: Path, number: int, order: int) -> list[str]:
    """The world's files under names of its own, a sender's rows of a record in each."""
    told: dict[tuple[str, str], list[dict[str, str]]] = {}
    for record, sender, row in world:
        own = {
            name: f"{value}-{number}"
            if name in NUMBERED and value not in ("", "unknown")
            else value
            for name, value in row.items()
        }
        told.setdefault((record, sender), []).append(own)
    return [
        write(
            folder / sender,
            f"{record}-{number}.csv",
            table(dict.fromkeys(record_of(record).required, ""), rows),
        )
        for (record, sender), rows in sorted(told.items(), reverse=bool(order))
    ]


def test_the_database_and_the_walk_say_the_same_of_every_world(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    site = fresh()

    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(world=worlds(), order=st.integers(0, 1))
    def every(world: World, order: int) -> None:
        number = next(PREFIX)
        places = files(world, tmp_path / "landing", number, order)
        for place in places:
            (taken,) = take(site, place, sender="")
            assert taken.status == "accepted", taken
        walked = walking.walk(tmp_path / "landing", tmp_path / "profiles", NOW)
        assert differences(*(alike(told) for told in (of_walk(walked), of_database(site)))) == {}
        assert open_ends.of_walk(walked.accepted) ^ open_ends.of_database(site) == set()
        possible = {
            (record, key)
            for record, keys in walked.accepted.versions.items()
            for key in keys
            if walked.accepted.possible(record, key)
        }
        stored = builders.rows(site, "SELECT record, key FROM judged.contested WHERE possible")
        assert {(record, tuple(key)) for record, key in stored} == possible  # type: ignore[arg-type]
        for lot in "12":
            name = f"{lot}-{number}"
            answer = implicate(site, [Subject("lot", f"M1/{name}/packed")], through=NOW)
            counted = figures(walked.accepted, {("M1", name, "packed")})
            between = {n: getattr(answer.vials, n) for n in counted}
            assert {n: (b.least, b.most) for n, b in between.items()} == counted

    every()
