"""Small worlds drawn by Hypothesis: lines of lots that nobody knows, what persons say that they mean, and
rows that come before and after; the database and the walk say the same, and a rebuild finds nothing.
"""

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lots.errors import LotsError
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.link import rebuild
from lots.pipeline.meant import mean, take_back
from lots.pipeline.resolve import Word
from lots.records import record as record_of
from lots.settings import Settings
from tests import builders
from tests.acceptance.accounts import alike, differences, of_database, of_walk
from tests.builders import NOW, table, take, write
from tests.walk import walk as walking
from tests.walk.counts import figures
from tests.walk.linking import Key
from tests.walk.meant import Meant

GTIN = "04099991000102"
NUMBER = count(1)
LOT = {"manufacturer": "M1", "step": "packed", "product": "IG", "gtin": GTIN}
PREPARED = {"site": "H1", "preparation": "B1", "item": "1"}
LINES: dict[str, list[dict[str, str]]] = {
    "dispensing": [{"pharmacy": "PH1", "dispensing": n, "to_kind": "patient"} for n in "12"],
    "reconstitution_vial": [PREPARED],
    "administration_vial": [
        {"site": "H1", "administration": "1", "item": "1", "preparation": "B1"},
        {"site": "H1", "administration": "1", "item": "2"},
    ],
}
NAMES = st.sampled_from(
    [
        {},
        {"lot_number": "X"},
        {"lot_number": "X", "vials": "3"},
        {"lot_number": "1"},
        {"gtin": GTIN, "serial": "S9"},
        {"gtin": GTIN, "serial": "S9", "lot_number": "2"},
    ]
)
DECLARED = {"correction": "1", "corrected_by": "QA", "correction_reason": "typing"}
KNOWN = [("M1", n, "packed") for n in "12"]
ROWS = """SELECT receipt, line FROM standing.{} ORDER BY 1, 2"""
WORDS = """SELECT m.record, m.key, m.names, m.maker, m.number, m.by, array(
    SELECT ARRAY[w.by, w.said] FROM judged.meant_word AS w WHERE w.meant = m.meant ORDER BY w.word
) FROM judged.meant AS m ORDER BY m.meant"""
World = list[tuple[str, dict[str, str]]]
Said = list[tuple[str, str, str, bool]]  # record, lot, who, whether it is taken back


@st.composite
def rows_of(draw: st.DrawFn, most: int) -> World:
    """Up to so many versions of each line."""
    return [
        (record, usual | draw(NAMES) | draw(st.sampled_from([{}, {}, DECLARED])))
        for record, keys in LINES.items()
        for usual in keys
        for _ in range(draw(st.integers(most - 1, most)))
    ]


SAID = st.lists(
    st.tuples(
        st.sampled_from([*LINES]),
        st.sampled_from("12"),
        st.sampled_from(["A", "B", " a "]),
        st.sampled_from([False, False, True]),
    ),
    max_size=3,
)


def bring(site: Settings, landing: Path, rows: World) -> None:
    """Receive these rows, a file for each record."""
    for record in {record for record, _ in rows}:
        told = [row for name, row in rows if name == record]
        place = write(
            landing / "A",
            f"{record}-{next(NUMBER)}.csv",
            table(dict.fromkeys(record_of(record).required, ""), told),
        )
        (taken,) = take(site, place, sender="")
        assert taken.status == "accepted", taken


def say(site: Settings, said: Said) -> None:
    """Say it of every standing row of the record; what cannot be said is left."""
    for record, lot, who, back in said:
        for row in builders.rows(site, ROWS.format(record)):
            with suppress(LotsError):
                (take_back if back else mean)(site, [row], lot, Word(who, "seen"), now=NOW)  # type: ignore[list-item]


def words(site: Settings) -> dict[tuple[str, Key], list[Meant]]:
    """What persons said, as it was kept."""
    found: dict[tuple[str, Key], list[Meant]] = {}
    for record, key, names, maker, number, by, since in builders.rows(site, WORDS):
        said = [(who, what != "confirmed") for who, what in since]  # type: ignore[attr-defined]
        word = Meant(tuple(names), (str(maker), str(number), "packed"), str(by), said)  # type: ignore[arg-type]
        found.setdefault((str(record), tuple(key)), []).append(word)  # type: ignore[arg-type]
    return found


def test_the_database_and_the_walk_say_the_same_of_what_lines_mean(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    @settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(first=rows_of(1), said=SAID, then=rows_of(1), later=SAID)
    def every(first: World, said: Said, then: World, later: Said) -> None:
        site, folder = fresh(), tmp_path / f"{next(NUMBER)}"
        bring(site, folder, [("lot", LOT | {"lot_number": n}) for n in "12"])
        bring(site, folder, first)
        say(site, said)
        bring(site, folder, then)
        say(site, later)
        walked = walking.walk(folder, tmp_path / "profiles", NOW, words(site))
        assert differences(*(alike(told) for told in (of_walk(walked), of_database(site)))) == {}
        for lot in KNOWN:
            answer = implicate(site, [Subject("lot", "/".join(lot))], through=NOW)
            counted = figures(walked.accepted, {lot})
            between = {n: getattr(answer.vials, n) for n in counted}
            assert {n: (b.least, b.most) for n, b in between.items()} == counted
        assert not rebuild(site, now=NOW).changed

    every()
