"""Answers on a terminal: what has to be read off them, and plain text in a pipe."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from rich.console import Console

from lots.answers import (
    Asked,
    Between,
    Bounds,
    Certificate,
    Difference,
    Implicated,
    Listed,
    LotName,
    Node,
    NotHeard,
    Patients,
    Pooled,
    Reason,
    Received,
    Trace,
    Use,
    Vials,
    Whereabouts,
)
from lots.answers.certificate import Group, Sort
from lots.answers.lists import ParkedLinks
from lots.answers.pack import PackHistory
from lots.answers.wording import DIFFERENCES, PATIENTS, VIALS
from lots.command import terminal
from lots.settings import ROOT

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
POOL = Node("M1", "P-1", "pool", known=True)
PASTE = Node("M1", "F-[1]", "paste", known=False)
PACKED = Node("M1", "L-1", "packed", known=True)
NOTE = "plasma-lots.test\n42\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n— plasma-lots.test AA==\n"
COMPLETE = Certificate(True, None, NOON, True, 42, NOTE, 0, 3, 2, 1, 0, (), (), ())
REASON = Reason(
    Group.MIGHT,
    Sort.PARKED,
    "administration_vial",
    "lot",
    3,
    "3 rows of administration_vial name a lot that nobody knows.",
    3,
    2,
    ("W1",),
    ("7:4 (a.csv)",),
    "an amendment of its sender",
)
SILENT = NotHeard("C1", ("it has been heard until noon only",), 12, 12)
WANTING = replace(COMPLETE, complete=False, open_ends=3, reasons=(REASON,), not_heard=(SILENT,))
USE = Use(PACKED.name, "administration_vial", ("S1", "A-7", "1"), "given", "pack", 2, "S1", NOON)
NONE = Between(0, 0)
COUNTED = Vials(
    Between(1_500, 1_500), NONE, NONE, Between(3, 1_203), NONE, Between(0, 3), NONE, 2_703
)
BOUNDS = Bounds(
    Between(1_400, None),
    NONE,
    NONE,
    Between(3, 1_203),
    NONE,
    Between(0, 5),
    NONE,
    Between(8, 11),
    Between(2, 2),
    Between(1, 1),
)
TRACE = Trace(
    "lot L-1",
    (PACKED.name,),
    (PACKED, PASTE, POOL),
    ((POOL.name, PASTE.name), (PASTE.name, PACKED.name)),
    (Pooled(POOL.name, 4000, 0, 3500, 0, 1200),),
    (USE,),
    (
        Whereabouts(PACKED.name, "delivered", "H1", 1200, 2400),
        Whereabouts(PACKED.name, "shipped", "H2", 5, 0, serials=False),
    ),
    COUNTED,
    Patients(9, 2, 1),
    BOUNDS,
    (("expiry", "2028-01-01"),),
    COMPLETE,
)
IMPLICATED = Implicated(
    "donation D1",
    (Asked("donation", "donation D1", ""),),
    (POOL.name,),
    (POOL, PASTE, PACKED),
    (Whereabouts(LotName("M1", "L-2", "packed"), "delivered", "H1", 3, 6), *TRACE.whereabouts),
    COUNTED,
    Patients(9, 2, 1),
    BOUNDS,
    WANTING,
)


def shown(answer: object, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines that an answer is printed as in a pipe, without what draws the tree."""
    terminal.show(answer)
    return [line.strip(" │├└─") for line in capsys.readouterr().out.splitlines()]


def test_a_round_that_nothing_leads_into_is_drawn_beside_what_has_a_beginning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one, other = (Node("M1", f"R-{n}", "bulk", known=True) for n in (4, 5))
    rework = ((one, other), (other, one), (other, PACKED))
    edges = (*TRACE.edges, *((above.name, below.name) for above, below in rework))
    lines = shown(replace(TRACE, nodes=(*TRACE.nodes, one, other), edges=edges), capsys)
    assert [line for line in lines if "M1/R-" in line] == [
        "bulk M1/R-4",
        "bulk M1/R-5",
        "bulk M1/R-4 (drawn above)",
    ]


def test_no_figure_says_a_thing_twice() -> None:
    for said in (*VIALS.values(), *PATIENTS.values()):
        words = said.replace(",", "").split()
        pairs = [*pairwise(words)]
        assert len({*pairs}) == len(pairs), said


def test_a_trace_shows_the_chain_from_the_pool_down(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(TRACE, capsys)
    assert lines[:20] == [
        "lot L-1",
        "expiry: 2028-01-01",
        "pool M1/P-1",
        "4,000 units of 3,500 donations of 1,200 donor keys",
        "paste M1/F-[1] (no record of it has arrived)",
        "packed M1/L-1 <- traced",
        "1,200 packs delivered, H1 (2,400 vials)",
        "5 packs shipped, H2 (by lot and count)",
        "given 2026-11-22 12:00 UTC at S1: administration_vial S1/A-7/1, 2 vials, linked by pack",
        "vials",
        "1,500 given, surely 1,400, nobody can tell how many at most",
        "3 to 1,203 dispensed",
        "0 to 3 dispensed, and on no later line of this answer, at most 5",
        "patients, by distinct keys",
        "9 given, surely 8, at most 11",
        "2 dispensed, and on no later line of this answer",
        "1 prepared, and not given",
        "certificate as of ledger entry 42, through 2026-11-22 12:00 UTC",
        "of what arrived: whole",
        "not heard: nobody in scope",
    ]


def test_a_trace_draws_a_node_once_and_a_ring_without_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = shown(
        replace(TRACE, edges=(*TRACE.edges, (POOL.name, PACKED.name), (PACKED.name, POOL.name))),
        capsys,
    )
    assert lines.count("packed M1/L-1 <- traced") == 1
    assert any(line.endswith("(drawn above)") for line in lines)


def test_many_uses_are_counted_and_a_use_without_a_time_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    few = tuple(replace(USE, key=("S1", f"A-{n}", "1"), at=None) for n in range(5))
    lines = shown(replace(TRACE, uses=few), capsys)
    assert sum("given at a time that is not known at S1" in line for line in lines) == 5
    places = [f"S{n}" for n in range(5)]
    later = tuple(replace(USE, state="prepared", place=p, at=NOON) for p in places)
    lines = shown(replace(TRACE, uses=few + later), capsys)
    assert (
        "10 lines of vials: 5 given, 5 prepared; at S0, S1, S2 and 2 more places;"
        " 2026-11-22 to 2026-11-22 (all with --json)"
    ) in lines
    # Of a pack each of its vials is looked for.
    lines = shown(replace(TRACE, uses=few + later, pack=PackHistory((), (), ())), capsys)
    assert sum("given at a time that is not known at S1" in line for line in lines) == 5
    assert "and 5 more (all with --json)" in lines


def test_holders_of_packs_at_one_stage_share_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    places = [Whereabouts(PACKED.name, "given", f"H{n}", n, 2 * n) for n in range(1, 11)]
    by_count = [replace(p, vials=0, serials=False, whereabouts="delivered") for p in places[:2]]
    lines = shown(replace(IMPLICATED, whereabouts=(*places, *by_count)), capsys)
    assert {
        "55 packs given (110 vials): 10 H10; 9 H9; 8 H8; 7 H7; 6 H6; 5 H5; 4 H4; 3 H3 and 2 more"
        " holders (all with --json)",
        "3 packs delivered (by lot and count): 2 H2; 1 H1",
    } <= set(lines)


def test_a_tree_of_many_beginnings_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    tops = [Node("M1", f"T-{n:02}", "packed", known=True) for n in range(20)]
    answer = replace(TRACE, nodes=tuple(tops), edges=(), uses=(), start=(tops[0].name,))
    lines = shown(answer, capsys)
    assert sum(line.startswith("packed M1/T-") for line in lines) == 6
    assert "and 14 more lots and pools (all with --json)" in lines


def test_what_is_implicated_is_summed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(IMPLICATED, capsys)
    assert lines[0] == "implicated by donation D1"
    assert {
        "1 pool: M1/P-1",
        "1 paste lot: M1/F-[1]",
        "1 packed lot: M1/L-1",
        "1,203 packs delivered, H1 (2,406 vials)",
        "3 to 1,203 dispensed",
        "0 to 3 dispensed, and on no later line of this answer, at most 5",
        "1 prepared, and not given",
    } <= set(lines)


def test_what_differs_is_said_lot_by_lot_together_more_and_fewer_apart(
    capsys: pytest.CaptureFixture[str],
) -> None:
    differ = tuple(
        Difference(LotName("M1", lot, "packed"), "in stock by count", "H[1]", packs, 5)
        for lot, packs in (("L-1", 4), ("L-2", 3), ("L-3", 9))
    )
    ended = Whereabouts(PACKED.name, "destroyed by count", "H1", 0, 1, serials=False)
    lines = shown(replace(IMPLICATED, whereabouts=(ended,), differences=differ), capsys)
    assert {
        "7 packs found in stock by lot and count, H[1], but 10 were expected",
        "9 packs found in stock by lot and count, H[1], but 5 were expected",
        "1 vial destroyed by count, H1 (by lot and count, among the packs)",
    } <= set(lines)


def test_every_difference_of_the_page_has_its_sentence() -> None:
    page = (ROOT / "docs" / "counting.md").read_text(encoding="utf-8").split("**What differs**")[1]
    told = [
        line.split("|")[1].strip()
        for line in page.split("*Packed*")[0].splitlines()
        if line.startswith("| ")
    ]
    assert told[1:] == list(DIFFERENCES)


def test_an_incomplete_certificate_gives_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(IMPLICATED, capsys)
    assert "of what arrived: 3 open ends could belong" in lines
    assert "not heard: C1 (at most 12 packs there)" in lines
    assert f"{REASON.sentence} At most 3 vials, 2 patients." in lines
    assert "7:4 (a.csv) of W1" in lines
    assert lines[-2:] == ["was not heard", "C1: it has been heard until noon only"]
    many = replace(WANTING, reasons=(REASON,) * 20, not_heard=())
    lines = shown(replace(IMPLICATED, certificate=many), capsys)
    assert lines[-1] == "and 12 more reasons (all with --json)"


def test_a_figure_says_what_it_surely_is_and_at_most(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(IMPLICATED, capsys)
    assert "1,500 given, surely 1,400, nobody can tell how many at most" in lines
    assert "3 to 1,203 dispensed" in lines
    assert "9 given, surely 8, at most 11" in lines
    assert "2 dispensed, and on no later line of this answer" in lines


def test_a_list_is_a_table_and_an_empty_one_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    found = Listed(
        "Parked links",
        ParkedLinks,
        (ParkedLinks("pack", "lot", "lot", 1_000), ParkedLinks("lot [x]", "plant", "party", 7)),
        "Nothing is parked.",
    )
    assert [line.split() for line in shown(found, capsys)] == [
        ["Parked", "links"],
        ["record", "link", "target", "rows"],
        ["pack", "lot", "lot", "1000"],
        ["lot", "[x]", "plant", "party", "7"],
    ]
    assert shown(replace(found, rows=()), capsys) == ["Nothing is parked."]


def test_received_files_stand_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    counts = {"rows": 1000, "accepted": 990, "known": 3, "refused": 7, "findings": 12}
    taken = [
        Received(1, "d.csv", "C1", "donation", "accepted", counts),
        Received(2, "x.csv", "C1", None, "refused", {}, "No header was found."),
        Received(1, "d.csv", "C1", "donation", "accepted", counts, again=True),
    ]
    head, accepted, refused, again = shown(taken, capsys)
    assert head.split() == [
        "file",
        "sender",
        "record",
        "status",
        "rows",
        "accepted",
        "known",
        "refused",
        "findings",
    ]
    assert accepted.split() == [
        "d.csv",
        "C1",
        "donation",
        "accepted",
        "1,000",
        "990",
        "3",
        "7",
        "12",
    ]
    assert refused.split()[2:3] == ["refused"]
    assert refused.endswith("No header was found.")
    assert "already received" in again
    assert shown([], capsys) == ["Nothing was left to take up."]


@pytest.mark.parametrize("width", [80, 120, 140])
def test_of_received_files_no_word_is_broken(width: int) -> None:
    name = "reconstitution_vial-0006-late.csv"
    taken = [
        Received(1, name, "WHOLESALE-01", "reconstitution_vial", "accepted", {"rows": 1000}),
        Received(2, "x.csv", "C1", None, "refused", {}, "The header fits no record type."),
    ]
    screen = Console(width=width, highlight=False, color_system=None)
    with screen.capture() as said:
        for part in terminal.received(taken, width):
            screen.print(part)
    lines = said.get().splitlines()
    assert max(map(len, lines)) <= width
    assert {name, "WHOLESALE-01", "reconstitution_vial", "accepted", "1,000", "type."} <= {
        word for line in lines for word in line.split()
    }


@pytest.mark.parametrize("answer", [TRACE, IMPLICATED], ids=["trace", "implicated"])
def test_a_pipe_gets_plain_text(answer: object, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show(answer)
    assert "\x1b" not in capsys.readouterr().out


def test_a_sentence_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show("Linked [bold]3[/] entries.")
    assert capsys.readouterr().out == "Linked [bold]3[/] entries.\n"


def test_a_terminal_gets_colours() -> None:
    screen = Console(force_terminal=True, color_system="standard", width=140)
    with screen.capture() as taken:
        for part in terminal.parts(TRACE):
            screen.print(part)
    assert "\x1b[32mwhole" in taken.get()


def test_no_answer_shows_a_patient_s_or_donor_s_key() -> None:
    fields = {
        name for kind in (Trace, Implicated, Use, Pooled, Patients) for name in kind.__slots__
    }
    assert not {name for name in fields if name in {"patient_key", "donor_key", "patient", "donor"}}
