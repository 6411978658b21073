"""Which version of a row stands, as docs/versions.md says: the drawn cases on both engines."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lots.records import record as record_of
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.standing import resolving, retracting
from lots.store.standing.resolving import Word
from tests.builders import NOW, rows, take, write
from tests.spec.versions.cases import CASES, OWN, RETRACT, STATED, Case, row_of
from tests.walk.standing import Standing, Words, standing
from tests.walk.values import Row, content, values
from tests.walk.words import Retraction, words

Answers = dict[str, tuple[list[str], bool, bool, bool]]
ORDERS = ("as drawn", "backwards")
NUMBERS = {case.name: n for n, case in enumerate(CASES)}
EXPECTED: Answers = {
    case.name: ([*case.why], case.contested, case.possible, case.awaited) for case in CASES
}


def test_every_case_has_a_name_of_its_own() -> None:
    assert len(NUMBERS) == len(CASES)


# --- the walk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_walk_says_what_the_page_says(case: Case) -> None:
    versions = drawn(case)
    said = standing(case.record, versions, words_of(case))
    assert answer_of(said, len(versions)) == EXPECTED[case.name]


def drawn(case: Case) -> list[Row]:
    """The versions of a case, each with all who sent it."""
    found: dict[str, Row] = {}
    for place in range(len(case.rows)):
        sender, text = row_of(case, place, 1)
        row = values(case.record, text)
        first = found.setdefault(content(case.record, text, row), row)
        first.senders |= {sender}
    return list(found.values())


def answer_of(said: Standing, many: int) -> tuple[list[str], bool, bool, bool]:
    """What the walk says of a case, as the case is told."""
    return [said.why.get(v, "") for v in range(many)], said.contested, said.possible, said.awaited


def words_of(case: Case) -> Words:
    """What persons' words come to, by the page: a second reading of what the database derives."""
    versions, said = drawn(case), list[Retraction]()
    kept: list[int] = []
    for act, *more in case.words:
        if act == "keep":
            kept.append(int(more[0]))
        elif act == "unkeep":
            kept.pop()
        elif act in (RETRACT, STATED):
            place, kind, by = more
            said.append(Retraction(int(place), kind or STATED, by))
        else:
            said[-1] = replace(said[-1], since=(*said[-1].since, (act, more[0])))
    last = (kept[-1], {*range(len(versions))} - {kept[-1]}) if kept else None
    return words(case.record, versions, said, last)


# --- PostgreSQL -----------------------------------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS)
def test_the_database_says_what_the_page_says(
    lots_settings: Settings, tmp_path: Path, order: str
) -> None:
    told = received(lots_settings, tmp_path, backwards=order == "backwards")
    with engine(settings=lots_settings).begin() as connection:
        for case in CASES:
            said(connection, case, [told[case.name, p] for p in range(len(case.rows))])
    found = {case.name: stored(lots_settings, case, told) for case in CASES}
    assert {n: a for n, a in found.items() if a != EXPECTED[n]} == {}
    known = "SELECT count(*) FROM accepted.known"
    assert rows(lots_settings, known) == [(sum(case.known for case in CASES),)]


def received(
    settings: Settings, folder: Path, *, backwards: bool
) -> dict[tuple[str, int], tuple[int, int]]:
    """Receive all cases, a file for each sender and round; where each version was told."""
    files: dict[tuple[int, str, str], list[tuple[str, int, dict[str, str]]]] = defaultdict(list)
    for case in CASES:
        for place in range(len(case.rows)):
            sender, row = row_of(case, place, NUMBERS[case.name])
            files[place, case.record, sender].append((case.name, place, row))
    told = {}
    for (place, record, sender), lines in sorted(files.items(), reverse=backwards):
        path = write(folder / sender, f"{record}-{place}.csv", table([row for *_, row in lines]))
        (answer,) = take(settings, path, sender=sender)
        for n, (name, at, _) in enumerate(lines):
            told[name, at] = (answer.receipt, n + 2)
    return told


def table(lines: list[dict[str, str]]) -> bytes:
    """A CSV of rows that do not all have the same columns."""
    names = list(dict.fromkeys(name for row in lines for name in row))
    cells = [",".join(_cell(row.get(name, "")) for name in names) for row in lines]
    return ("\n".join([",".join(names), *cells]) + "\n").encode()


def _cell(text: str) -> str:
    return f'"{text}"' if "," in text else text


def said(connection: Connection, case: Case, told: list[tuple[int, int]]) -> None:
    """Say what persons say of a case, and derive after each word."""
    record, number = record_of(case.record), 0
    for act, *more in case.words:
        if act == "keep":
            resolving.decide(
                connection, record, key_of(case), told[int(more[0])], Word("P. One", "seen", NOW)
            )
            continue
        if act == "unkeep":
            resolving.take_back(connection, record, key_of(case), Word("P. Two", "no", NOW))
            continue
        if act in (RETRACT, STATED):
            place, kind, by = more
            row = told[int(place)]
            number = retracting.retract(
                connection, record, row, kind or STATED, Word(by, "slip", NOW)
            )
        else:
            retracting.say(connection, number, act, Word(more[0], "seen", NOW))
        resolving.derive_again(connection, record, [row], NOW)


def key_of(case: Case) -> tuple[str, ...]:
    """The key of a case in the database."""
    _, row = row_of(case, 0, NUMBERS[case.name])
    return tuple(row[name] for name in record_of(case.record).key)


def stored(
    settings: Settings, case: Case, told: dict[tuple[str, int], tuple[int, int]]
) -> tuple[list[str], bool, bool, bool]:
    """What the database holds of a case, its versions in the order in which they are drawn."""
    with engine("lots_reader", settings).connect() as connection:
        places = [retracting.row_of(connection, told[case.name, p]) for p in range(len(case.rows))]
    versions = list(dict.fromkeys(p[1] for p in places if p))
    why = {
        (r, n): w for r, n, w in rows(settings, "SELECT receipt, line, why FROM judged.superseded")
    }
    own = (
        f"record = '{case.record}' AND key ->> {record_of(case.record).key.index(OWN[case.record])}"
    )
    mine = f"{own} = 'K{NUMBERS[case.name]}'"
    possible = rows(settings, f"SELECT possible FROM judged.contested WHERE {mine}")
    due = rows(settings, f"SELECT due FROM judged.retracted WHERE {mine}")
    return (
        [str(why.get(v, "")) for v in versions],
        bool(possible),
        possible == [(True,)],
        due == [(True,)],
    )


def test_any_order_ends_in_one_state(fresh: Callable[[], Settings], tmp_path: Path) -> None:
    """Without persons' words, which are said of what is there."""
    from lots.pipeline.digest import parts

    seen = []
    for backwards in (False, True):
        settings = fresh()
        received(settings, tmp_path / str(backwards), backwards=backwards)
        seen.append(parts(settings))
    assert [part for part in seen[0] if seen[0][part] != seen[1][part]] == []


def test_the_same_bytes_of_another_sender_are_told_by_both(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    """Whoever comes first: what only one of them filled in completes nothing of the other's."""
    _, usual = row_of(CASES[0], 0, 1)
    emptier = table([{**usual, "serial": ""}])
    for order in ("ABY", "BAY", "AYB", "BYA"):
        settings = fresh()
        for who in order:
            folder = tmp_path / order / ("A" if who == "Y" else who)
            data = table([usual]) if who == "Y" else emptier
            path = write(folder, f"dispensing-{'2' if who == 'Y' else '1'}.csv", data)
            take(settings, path, sender="")
        found = rows(settings, "SELECT record, versions FROM judged.contested")
        assert (order, found) == (order, [("dispensing", 2)])
