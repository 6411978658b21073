"""Small worlds drawn by Hypothesis, several at once in one database: versions that complete, contradict,
correct and retract each other, and what persons say of them in between; the database and the walk say the
same of versions, links, open ends and figures.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.link import rebuild
from lots.settings import Settings
from lots.store.difference import Changed
from tests.acceptance import open_ends
from tests.acceptance.accounts import differences, of_database, of_walk
from tests.acceptance.spoken import (
    DECLARED,
    KEEP,
    At,
    Version,
    Word,
    World,
    of_keys,
    of_keys_walked,
    of_one,
    of_worlds,
    said_of,
    tell,
)
from tests.acceptance.usual import KEYS, OTHER
from tests.builders import NOW
from tests.walk import walk as walking
from tests.walk.counts import figures

PREFIX = count(1)
WORLDS, ROUNDS = 8, 2
OPEN = [(kind, "A", ()) for kind in ("never_happened", "replacement_due")]
SCRIPTS = [  # what persons say of a version that says something
    *OPEN,
    *((kind, by, (("confirmed", "B"),)) for kind, by, _ in OPEN),
    *((kind, by, (("confirmed", "B"), ("taken_back", "C"))) for kind, by, _ in OPEN),
    ("never_happened", "A", (("confirmed", " a "),)),
    ("replacement_due", "A", (("taken_back", "A"),)),
    ("never_happened", "A", (("confirmed", "B"), ("taken_back", "C"), ("let_stand", "A"))),
    ("never_happened", "A", (("confirmed", "B"), ("taken_back", "C"), ("let_stand", "c"))),
]
STATED = [("as_stated", "A", ()), ("as_stated", "qa ", ())]  # of a retraction by its sender


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Rows of a few keys, each told once to three times, by one sender or two, in two rounds; and what
    persons say of some.
    """
    found: list[Version] = []
    for record, keys in KEYS.items():
        for usual in keys:
            for _ in range(draw(st.integers(1, 3 if record != "lot" else 2))):
                row = {**usual, **draw(said(record))}
                sender, turn = draw(st.sampled_from("AAB")), draw(st.integers(0, ROUNDS - 1))
                found.append(Version(record, sender, row, turn))
    return World(tuple(found), tuple(draw(spoken(found))))


@st.composite
def spoken(draw: st.DrawFn, versions: Sequence[Version]) -> list[Word]:
    """A word on a few of them: on one content at most one, and of a key at most one is kept."""
    found: list[Word] = []
    heard, kept = set[str](), set[At]()
    for place in draw(st.sets(st.integers(0, len(versions) - 1), max_size=5)):
        version = versions[place]
        content = f"{version.record} {sorted((k, v) for k, v in version.row.items() if v)}"
        if content in heard:
            continue
        heard.add(content)
        gone = "retracted" in version.row
        if not gone and version.at not in kept and draw(st.integers(0, 3)) == 0:
            kept.add(version.at)
            found.append(Word(place, KEEP))
            continue
        kind, by, since = draw(st.sampled_from(STATED if gone else SCRIPTS))
        turn = draw(st.integers(version.round, ROUNDS - 1))
        found.append(Word(place, kind, by, since, turn))
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
            {"correction": "1", "retracted": "replacement_due"},
        ]
    )
    return st.builds(_declared, plain, declared)


def _declared(row: Mapping[str, str], declared: Mapping[str, str]) -> dict[str, str]:
    return {**row, **declared, **(DECLARED if declared else {})}


def test_the_database_and_the_walk_say_the_same_of_what_persons_say(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    site = fresh()

    @settings(
        max_examples=3,  # the first of them is the simplest
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=st.lists(worlds(), min_size=WORLDS - 2, max_size=WORLDS))
    def every(drawn: list[World]) -> None:
        # A folder and numbers of their own: what failed before is not walked again.
        own = {n: world.numbered(n) for world, n in zip(drawn, PREFIX, strict=False)}
        landing = tmp_path / f"landing-{min(own)}"
        tell(site, landing, [*own.values()], ROUNDS)
        walked = walking.walk(landing, tmp_path / "profiles", NOW, said=said_of(own.values()))
        accounts = (of_worlds(told, own) for told in (of_walk(walked), of_database(site)))
        assert differences(*accounts) == {}
        found = open_ends.of_walk(walked.accepted) ^ open_ends.of_database(site)
        assert {end for end in found if of_one(end.key, own)} == set()
        assert of_keys(site, own) == of_keys_walked(walked)
        for lot in {f"{lot}-{number}" for lot in "12" for number in own}:
            answer = implicate(site, [Subject("lot", f"M1/{lot}/packed")], through=NOW)
            counted = figures(walked.accepted, {("M1", lot, "packed")})
            between = {n: getattr(answer.vials, n) for n in counted}
            assert {n: (b.least, b.most) for n, b in between.items()} == counted

    every()
    # What was derived on the way, word by word, is what follows from all that there is.
    assert rebuild(site, now=NOW).changed == Changed()
