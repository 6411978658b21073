"""The norm of verdicts: every cell as the page has it, every ground from the facts that make it, and
no go where a check could not be made.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, replace

import pytest

from lots.decisions.checks import CHECKS, Asked
from lots.decisions.facts import Facts
from lots.decisions.norm import Purpose, Worst, cell, norm
from lots.decisions.verdict import Candidate, Verdict, of_readings, unread, verdict, weighed
from lots.settings import ROOT

SOUND = Facts(
    product_known=True,
    lot_known=True,
    serial_known=True,
    list_complete=None,
    lot_unlike=False,
    relabelled=False,
    expired=False,
    expiry_unlike=False,
    released=True,
    statuses=("released",),
    stopped_elsewhere=False,
    pack_statuses=(),
    unfit=False,
    returned=False,
    excursion=False,
    lost=False,
    holds=1,
    dispensed=0,
    to_patient=False,
    to_others=False,
    to_another=None,
    in_bag=0,
    prepared=0,
    given=0,
    ended=0,
    consigned=True,
    delivered=True,
)
UNKNOWN = {"serial_known": False, "list_complete": False, "lot_unlike": None, "holds": None}


def page() -> Mapping[str, list[str]]:
    """The table of the page, read as a person would: each ground's code with its five cells."""
    lines = (ROOT / "docs/norm/verdicts.md").read_text("utf-8").splitlines()
    rows = [
        [part.strip() for part in line.strip("|").split("|")] for line in lines if line[:3] == "| `"
    ]
    return {row[0].strip("`"): row[2:] for row in rows}


WORDS = {"G": 0, "A": 1, "Q": 2, "N": 3, "S": 4, "X": 5}


@pytest.mark.parametrize("code", [*norm().grounds])
def test_each_cell_is_as_the_page_has_it(code: str) -> None:
    for purpose, told in zip(Purpose, page()[code], strict=True):
        found = weighed([code], purpose, ())
        if told == "-":
            assert (found.worst, found.grounds) == (Worst.GO, ())
            continue
        letter, roles, note = re.fullmatch(r"(.)(?:\[(.*)\])?(?:; (.*))?", told).groups()  # type: ignore[union-attr]
        (ground,) = found.grounds
        assert (int(found.worst), ground.note) == (WORDS[letter], note or "")
        assert len(ground.by) == len(roles.split("+") if roles else ())


def test_the_page_has_every_ground_and_no_other() -> None:
    assert [*page()] == [*norm().grounds]


@pytest.mark.parametrize("purpose", [*Purpose])
def test_what_is_sound_goes(purpose: Purpose) -> None:
    found = verdict(SOUND, Asked(purpose, newest=True))
    assert (found.worst, found.grounds) == (Worst.GO, ())
    assert all(check.ran for check in found.checks)
    assert len(found.checks) == len(CHECKS)


@pytest.mark.parametrize("purpose", [*Purpose])
@pytest.mark.parametrize("name", [f.name for f in fields(Facts)])
def test_no_check_that_was_not_made_goes(name: str, purpose: Purpose) -> None:
    # How many vials there are is one at least; whether the list is whole is asked of unknown serials.
    # Whose patient it is is asked of what went to one.
    if name in ("holds", "list_complete", "to_another"):
        return
    found = verdict(replace(SOUND, **{name: None}), Asked(purpose, newest=True))
    assert found.worst != Worst.GO
    assert "not checked" in [g.code for g in found.grounds]
    assert not all(check.ran for check in found.checks)


def test_an_unknown_serial_goes_nowhere_where_nobody_knows_whether_the_list_is_whole() -> None:
    found = verdict(replace(SOUND, serial_known=False), Asked(Purpose.GIVE, newest=True))
    assert [g.code for g in found.grounds] == ["not checked"]


@pytest.mark.parametrize(
    ("change", "asked", "codes"),
    [
        ({"product_known": False, "lot_known": False}, {}, ["other product"]),
        ({"lot_known": False}, {}, ["lot unknown"]),
        (UNKNOWN, {}, ["by lot"]),
        (UNKNOWN, {"mended": True}, ["unreadable"]),
        ({**UNKNOWN, "list_complete": True}, {}, ["serial unknown"]),
        ({"lot_unlike": True}, {}, ["lot unlike"]),
        ({"relabelled": True}, {}, ["relabelled"]),
        ({"expired": True}, {}, ["expired"]),
        ({"expiry_unlike": True}, {}, ["expiry unlike"]),
        ({"released": False, "statuses": ()}, {}, ["not released"]),
        ({"released": False, "statuses": ("import",)}, {}, ["import"]),
        ({"released": False, "statuses": ("quarantined",)}, {}, ["not released", "quarantined"]),
        ({"statuses": ("released", "recalled")}, {}, ["recalled"]),
        ({"statuses": ("released", "recalled above")}, {}, ["recalled above"]),
        ({"statuses": ("released", "exempted")}, {}, ["exempted"]),
        ({"statuses": ("released", "correction")}, {}, ["correction"]),
        ({"statuses": ("released", "correction read")}, {}, ["correction read"]),
        ({"stopped_elsewhere": True}, {}, ["stopped elsewhere"]),
        ({"unfit": True}, {}, ["unfit"]),
        ({"returned": True}, {}, ["unfit"]),
        ({"returned": True, "pack_statuses": ("readmitted",)}, {}, []),
        ({"pack_statuses": ("stopped",)}, {}, ["unfit"]),
        ({"excursion": True}, {}, ["excursion"]),
        ({"lost": True}, {}, ["lost"]),
        ({"ended": 1}, {}, ["ended", "too many"]),
        ({"given": 1, "prepared": 1}, {}, ["ended", "prepared", "too many"]),
        ({"dispensed": 1, "to_patient": True}, {}, ["dispensed to another", "too many"]),
        ({"dispensed": 1, "to_others": True}, {}, ["dispensed to ward", "too many"]),
        ({"dispensed": 1, "to_others": True, "holds": 12}, {}, []),
        ({"dispensed": 1, "to_others": True}, {"purpose": Purpose.GIVE}, ["dispensed to ward"]),
        ({"dispensed": 1, "to_patient": True}, {"purpose": Purpose.GIVE}, ["not checked"]),
        ({"prepared": 1}, {"purpose": Purpose.PREPARE}, ["prepared", "too many"]),
        ({"prepared": 1}, {"purpose": Purpose.GIVE}, ["not checked"]),
        ({"ended": 1}, {"purpose": Purpose.RECEIVE}, ["ended", "too many"]),
        ({"holds": 12}, {"vials": 12}, []),
        ({"holds": 12}, {"vials": 13}, ["too many"]),
        ({"holds": 12, "dispensed": 6, "to_others": True}, {"vials": 7}, ["too many"]),
        ({"delivered": False}, {}, ["consigned"]),
        ({"delivered": False, "consigned": False}, {}, ["not delivered"]),
        (
            {"delivered": False, "dispensed": 1, "to_others": True},
            {"purpose": Purpose.PREPARE},
            ["dispensed to ward"],
        ),
    ],
)
def test_a_ground_comes_of_its_facts(
    change: Mapping[str, object], asked: Mapping[str, object], codes: list[str]
) -> None:
    asks = replace(Asked(Purpose.DISPENSE, newest=True), **asked)  # type: ignore[arg-type]
    found = verdict(replace(SOUND, **change), asks)  # type: ignore[arg-type]
    assert sorted(g.code for g in found.grounds) == sorted(codes)


def test_all_grounds_are_told_and_the_worst_decides() -> None:
    facts = replace(SOUND, statuses=("released", "quarantined"), excursion=True, delivered=False)
    found = verdict(facts, Asked(Purpose.DISPENSE, newest=True))
    assert [(g.code, g.worst) for g in found.grounds] == [
        ("quarantined", Worst.STOP_FOR_ALL),
        ("excursion", Worst.STOP),
        ("consigned", Worst.ASK),
    ]
    assert (found.worst, found.by) == (Worst.STOP_FOR_ALL, ())


def test_all_who_must_answer_are_named() -> None:
    found = weighed(["exempted", "lost"], Purpose.DISPENSE, ())
    assert found.by == ("pharmacist and a second person", "pharmacist", "prescriber")


def test_a_stop_stands_though_a_check_could_not_be_made() -> None:
    found = verdict(replace(SOUND, expired=True, lost=None), Asked(Purpose.GIVE, newest=True))
    assert found.worst == Worst.STOP_FOR_ALL


@pytest.mark.parametrize("text", ["", "Y", "S[", "S[p2] note", "S[p3]", "GO"])
def test_a_cell_that_says_nothing_is_no_cell(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        cell(text)


def told(*changes: Mapping[str, object]) -> Verdict:
    """What a string with a reading for each of these facts is told."""
    asked = Asked(Purpose.DISPENSE, newest=True)
    facts = [replace(SOUND, **change) for change in changes]  # type: ignore[arg-type]
    return of_readings([Candidate(f, verdict(f, asked)) for f in facts], asked.purpose)


NO_PACK = {**UNKNOWN, "list_complete": True}


def test_of_several_readings_one_wins_where_the_others_are_no_packs() -> None:
    assert told({}, NO_PACK).worst == Worst.GO
    assert told({}, {}).worst == Worst.STOP_FOR_ALL
    assert told({}, UNKNOWN).worst == Worst.STOP_FOR_ALL
    assert told(NO_PACK, NO_PACK).worst == Worst.STOP_FOR_ALL


def test_if_any_reading_is_stopped_it_is_stopped() -> None:
    found = told({}, {**NO_PACK, "statuses": ("released", "recalled")})
    assert found.worst == Worst.STOP_FOR_ALL
    assert {"recalled", "unreadable"} <= {g.code for g in found.grounds}


def test_what_is_no_code_is_never_looked_up() -> None:
    found = unread(Purpose.GIVE)
    assert ([g.code for g in found.grounds], found.worst) == (["unreadable"], Worst.STOP_FOR_ALL)
    assert not any(check.ran for check in found.checks)
