"""What waits for a person, thing by thing: newest first, cut to a screen with the count of the rest,
without a person's key. On a real PostgreSQL.
"""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from lots.answers import lists as kinds
from lots.pipeline import lists
from lots.settings import Settings
from tests.answers import answer_of
from tests.builders import donations, full, table, take, write
from tests.integration.test_answers import GIVEN, INPUT, PACK, chain, received

SECRET = "KEY-OF-SOMEBODY"
REVIEW = full("course_review", site="W1", patient_key=SECRET, reviewed_on="2026-01-01")
COUNTED = [
    [name, "--by", by]
    for name in ("refused", "findings", "pending", "parked", "contested")
    for by in lists.BY
]
THINGS = [["refused"], ["findings"], ["pending"], ["parked"], ["contested"], ["held"]]
LOW = 60  # donations with too little protein: more than a screen shows
Lots = Callable[[Settings, Sequence[str]], int]


@pytest.fixture(scope="module")
def settings(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A chain with something of everything that can wait."""
    folder = tmp_path_factory.mktemp("waiting")
    low = [{"donation_number": f"E{n}", "total_protein_g_dl": "5"} for n in range(LOW)]
    contests = [{"donation_number": "D1", "donor_key": SECRET}, {"donation_number": " D3"}]
    chain(shared_settings, folder)
    received(
        shared_settings,
        folder / "more",
        donation=donations(*low, *contests, {"donation_number": "D4", "donor_key": SECRET}),
        course_review=table(REVIEW, [{"decision": d} for d in ("continue", "stop")]),
        donor=table(full("donor", donor_key=SECRET, as_of="2026-01-01"), [{"status": "x"}]),
        administration_vial=table(GIVEN, [{"item": "2", "serial": "S9", "lot_number": "L9"}]),
        lot_input=table(INPUT, [{"lot_number": "L7", "from_number": "P9"}]),
        pack=table(PACK, [{"serial": ""}]),
    )
    take(shared_settings, write(folder, "nothing-1.csv", b"a,b\n1,2\n"), sender="C2")
    return shared_settings


def told(settings: Settings, name: str) -> tuple[Any, ...]:
    """The rows of a list."""
    return lists.waiting(settings, name).rows


def test_findings_stand_newest_first_and_are_cut_to_a_screen(
    settings: Settings, lots: Lots, capsys: pytest.CaptureFixture[str]
) -> None:
    found = lists.waiting(settings, "findings", most=5)
    whole = lists.waiting(settings, "findings")
    assert (len(found.rows), found.more) == (5, len(whole.rows) - 5)
    assert whole.more == 0
    opened = [(f.state != "open", -f.opened.timestamp(), -f.finding) for f in whole.rows]
    assert opened == sorted(opened)
    assert lots(settings, ["findings"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) < 40
    assert re.fullmatch(r"and \d+ more \(--all, or --limit N\)", shown[-1])
    assert lots(settings, ["findings", "--json"]) == 0
    assert len(answer_of("findings", capsys.readouterr().out)["rows"]) == len(whole.rows)


def test_findings_of_a_rule_are_told_alone(settings: Settings) -> None:
    found = lists.waiting(settings, "findings", rule="d04")
    assert {(f.rule, f.record) for f in found.rows} == {("D04", "donation")}
    assert {f.key for f in found.rows} == {(f"E{n}",) for n in range(LOW)}
    assert found.title == "Findings of D04"


def test_a_file_that_was_refused_whole_stands_before_single_rows(settings: Settings) -> None:
    whole, *others = told(settings, "refused")
    assert isinstance(whole, kinds.Refused)
    assert (whole.file_name, whole.sender) == ("nothing-1.csv", "C2")
    # Of the packs' file every row was refused: it stands before its row.
    assert [":" in r.refused for r in others] == [False, True, True]


def test_what_is_waited_for_stands_once_with_how_many_rows_name_it(settings: Settings) -> None:
    found = {(p.record, p.link): p for p in told(settings, "parked")}
    pool = found["lot_input", "from_pool"]
    assert (pool.waits_for, pool.named, pool.rows) == ("pool", ("M1", "P9"), 1)
    assert (pool.sender, pool.key[1]) == ("C1", "L7")
    donor = found["donation", "donor"]
    assert (donor.waits_for, donor.named) == ("donor", (None,))


def test_a_contested_key_has_the_number_that_resolve_takes(settings: Settings) -> None:
    found = {c.record: c for c in told(settings, "contested")}
    assert found["donation"].key == ("D1",)
    assert found["course_review"].key == ("W1", None, "2026-01-01")
    assert all(c.finding and c.versions == 2 for c in found.values())


@pytest.mark.parametrize("asked", COUNTED, ids=" ".join)
def test_things_are_counted_each_once(
    settings: Settings, lots: Lots, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    assert lots(settings, [*asked, "--json"]) == 0
    rows = answer_of(asked[0], capsys.readouterr().out)["rows"]
    if asked[-1] == "rule":
        return
    things = told(settings, asked[0])
    rows_of_files = sum(getattr(t, "rows", 1) for t in things)
    assert sum(row["count"] for row in rows) == rows_of_files
    assert SECRET not in json.dumps(rows)


def test_senders_and_lots_are_named(settings: Settings) -> None:
    by_sender = {r.of: r.count for r in lists.counted(settings, "refused", "sender").rows}
    assert by_sender == {"C1": 3, "C2": 1}
    assert {r.of for r in lists.counted(settings, "parked", "lot").rows} >= {"L7", "L9"}


def test_what_is_counted_is_cut_as_well(
    settings: Settings, lots: Lots, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = lists.counted(settings, "findings", "rule").rows
    assert lots(settings, ["findings", "--by", "rule", "--limit", "1"]) == 0
    assert f"and {len(whole) - 1} more" in capsys.readouterr().out


def test_a_list_of_one_sender_has_its_things_alone(
    settings: Settings, lots: Lots, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("refused", "findings", "parked", "contested"):
        every = told(settings, name)
        mine = lists.waiting(settings, name, sender="C1").rows
        assert mine
        assert not lists.waiting(settings, name, sender="NOBODY").rows
        if name in ("refused", "parked", "contested"):
            assert mine == tuple(one for one in every if one.sender == "C1")
    assert lots(settings, ["refused", "--sender", "C2"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Refused, of C2"
    assert lots(settings, ["refused", "--sender", "C2", "--by", "lot"]) == 2
    assert "expected one of the two, got both" in capsys.readouterr().err


def test_what_is_held_is_asked_for_by_what_it_is(settings: Settings) -> None:
    every = lists.held(settings).rows
    lots_held = lists.held(settings, holds_what="lot").rows
    assert lots_held == tuple(h for h in every if h.holds == "lot")
    assert 0 < len(lots_held) < len(every)


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("asked", [*THINGS, *COUNTED], ids=" ".join)
def test_no_list_shows_a_person_nor_breaks_a_word(
    settings: Settings,
    lots: Lots,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    asked: list[str],
    width: str,
) -> None:
    monkeypatch.setattr("lots.command.terminal.PLAIN_WIDTH", int(width))
    extra = [] if "--by" in asked else ["--all"]
    assert lots(settings, [*asked, *extra]) == 0
    shown = capsys.readouterr().out
    assert SECRET not in shown
    assert max(map(len, shown.splitlines())) <= int(width)
    assert lots(settings, [*asked, *extra, "--json"]) == 0
    printed = set(shown.split())
    for row in answer_of(asked[0], capsys.readouterr().out)["rows"]:
        for text in filter(None, (row.get("of"), row.get("rule"), row.get("sender"))):
            assert {*text.split()} <= printed, text


def test_a_list_is_counted_or_of_one_rule(
    settings: Settings, lots: Lots, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lots(settings, ["findings", "D04", "--by", "lot"]) == 2
    assert "expected one of the two, got both" in capsys.readouterr().err


def test_a_file_of_which_every_row_was_refused_is_told_as_such(
    lots_settings: Settings, tmp_path: Path
) -> None:
    take(lots_settings, write(tmp_path, "donation-1.csv", donations({"donation_number": ""})))
    whole, single = told(lots_settings, "refused")
    assert whole.reasons == ("Every row of it is refused: 1.",)
    assert single.refused.endswith(":2")
