"""Pages from answers: what stands on them, and that nothing of a file is ever markup there."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lots.answers import (
    Between,
    Bounds,
    Certificate,
    Heard,
    Implicated,
    LotName,
    Node,
    NotHeard,
    Patients,
    Pooled,
    Reason,
    Trace,
    Use,
    Vials,
    Whereabouts,
)
from lots.answers.balance import Balance
from lots.answers.certificate import Group, LeftOut, Sort
from lots.answers.decided import LotStatus
from lots.answers.lists import Held, Listed, Refused
from lots.answers.scanned import CheckTold, GroundTold, ReadAs, Scanned
from lots.answers.today import FindingsByAge, LotsOfStep, Today, TodayBelow
from lots.errors import DatabaseLost
from lots.service.inputs import Chosen
from lots.web import Frame, render, stream, texts
from lots.web.drawing import MOST, drawing
from lots.web.render import HERE, address, held_address
from lots.web.views import view

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
POOL, LOT = LotName("M1", "P1", "pool"), LotName("M1", "L1", "packed")
NONE, SOME, OPEN = Between(0, 0), Between(2, 5), Between(1, None)
EVIL = '<script>alert("x")</script>\x1b[31m\u202e'
FRAME = Frame("synthetic", "/question", "Some One", "regulator", "", (("question", "/question"),))
CHOSEN = Chosen("give")
SCAN = {"purposes": ("give",), "chosen": CHOSEN, "booked": None, "not_booked": ""}
SCAN |= {"fresh": lambda: "a number of its own"}
FORM = {"view": "implicate", "since": "", "until": "", "through": ""}
REASON = Reason(
    Group.MIGHT, Sort.PARKED, "pack", "lot", 1, EVIL, None, None, ("C1",), (EVIL,), EVIL, (EVIL,)
)
HEARD = NotHeard(EVIL, (EVIL,), 3, 12)
NOTE = "plasma-lots/here\n7\nC52g5uBIazup5Jv5mSSH2KSAJWYGXd66I80b3ACigRc=\n\n\u2014 plasma-lots/here c2lnbmVk\n"
WHOLE = Certificate(True, AT, AT, False, 7, NOTE, 0, 2, 1, 1, 0, (), (), ())
LACKING = replace(
    WHOLE,
    complete=False,
    open_ends=1,
    unlinked=1,
    reasons=(REASON,),
    not_heard=(HEARD,),
    left_out=(LeftOut("its maker differs", "pack", "lot", Sort.PARKED, 4),),
)
BOUNDS = Bounds(OPEN, NONE, NONE, NONE, NONE, NONE, NONE, OPEN, NONE, NONE)
ANSWER = Implicated(
    "lot L1 of M1",
    (),
    (POOL,),
    (Node("M1", "P1", "pool", True), Node("M1", "L1", "packed", False)),
    (
        Whereabouts(LOT, "in stock", EVIL, 3, 12),
        Whereabouts(LOT, "destroyed", "W1", 0, 2, serials=False),
    ),
    Vials(SOME, NONE, NONE, NONE, NONE, NONE, NONE, 1),
    Patients(2, 0, 0),
    BOUNDS,
    LACKING,
    (("donations", 3),),
)
TRACE = Trace(
    "pack X",
    (LOT,),
    ANSWER.nodes,
    ((POOL, LOT), (LOT, POOL)),
    (Pooled(POOL, 1, 0, 1, 0, 1),),
    (Use(LOT, "administration_vial", ("W1", EVIL, "1"), "given", "pack", 1, "W1", None),),
    ANSWER.whereabouts,
    ANSWER.vials,
    ANSWER.patients,
    BOUNDS,
    (),
    WHOLE,
)


def question(answer: Implicated | Trace, frame: Frame = FRAME) -> str:
    """The page of a question."""
    told = {"asked": [("lot", EVIL)], "form": FORM, "kinds": [("lot", "a lot")], "kept": False}
    shown = view(answer, whole=False)
    return render(
        "question", frame, view=shown, whole=False, other="/question?all=1", sentence="",
        sees_persons=True, settles=False, **told,
    )  # fmt: skip


@pytest.mark.parametrize("answer", [ANSWER, TRACE], ids=["lists", "tree"])
def test_nothing_of_a_file_is_markup_or_moves_text(answer: Implicated | Trace) -> None:
    page = question(answer)
    assert "<script>alert" not in page
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", page)
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("nature", ["synthetic", "real"])
def test_synthetic_stands_on_every_page(nature: str) -> None:
    frame = replace(FRAME, nature=nature)
    pages = [
        question(ANSWER, frame),
        render("sign_in", frame, sentence="", then="/"),
        render("welcome", frame, sentence="", first=True),
        render("error", frame, sentence="No."),
        scan_page(frame),
    ]
    said = texts()["frame"]["synthetic"]
    assert {said in page for page in pages} == {nature == "synthetic"}


def scan_page(
    frame: Frame, word: str = "NO VERDICT", by: tuple[str, ...] = (), nowhere: str = ""
) -> str:
    """The page of a scan that was answered."""
    told = Scanned(
        7,
        "give",
        "W1",
        AT,
        word,
        bool(by),
        by,
        (GroundTold("not released", EVIL, word, by, ""),),
        (CheckTold("released", "whether it is released", False),),
        "product",
        9,
        (ReadAs("09506000134352", EVIL, "L1", date(2027, 1, 1), ()),),
        (),
        1,
        nowhere,
    )
    return render("scan", frame, verdict=told, away=False, **SCAN)


@pytest.mark.parametrize("word", ["GO", "ASK", "QUARANTINE", "NO VERDICT", "STOP"])
def test_a_verdict_fills_the_screen_with_its_word_and_says_every_check(word: str) -> None:
    page = scan_page(FRAME, word, ("pharmacist",) if word == "ASK" else ())
    assert f'<p class="word">{word}</p>' in page
    assert f"v-{word.lower().replace(' ', '-')}" in page, "each has a frame of its own too"
    assert (texts()["scan"]["nobody"] in page) == (word == "STOP")
    assert "whether it is released: NOT made" in page
    assert "<script>alert" not in page


def test_a_scan_at_a_place_that_nobody_knows_says_so() -> None:
    said = "No party record tells of W-1; near it are W1."
    assert f'<p class="why">{said}</p>' in scan_page(FRAME, nowhere=said)


def test_a_scan_that_could_not_be_checked_says_so_on_the_same_screen() -> None:
    page = render("scan", FRAME, verdict=None, away=True, **SCAN)
    assert "NO VERDICT" in page
    assert texts()["scan"]["away_note"] in page
    style = (HERE / "static" / "style.css").read_text("utf-8")
    for word in ("go", "ask", "quarantine", "no-verdict", "stop"):
        assert re.search(rf"\.v-{word} {{[^}}]*border-style|\.v-{word} {{[^}}]*border-color", style)


def test_the_two_lines_stand_at_the_head_and_the_four_groups_below() -> None:
    page = question(ANSWER)
    told = [
        "1 open end could belong",
        "1 ledger entry not linked yet",
        "3 packs at most there",
        texts()["figures"]["title"],
        texts()["reasons"]["changes"],
        texts()["reasons"]["might"],
        texts()["reasons"]["heard"],
        texts()["reasons"]["left_out"],
    ]
    places = [page.index(said) for said in told]
    assert places == sorted(places)
    assert "no end known" in page, "a figure that nothing ends says so"
    whole = question(replace(ANSWER, certificate=WHOLE))
    assert "nobody in scope" in whole


def test_a_tree_draws_each_node_once_though_it_goes_round() -> None:
    shown = view(TRACE, whole=True)
    assert [(b.name, b.again) for b in shown.branches] == [(POOL, False)]
    page = question(TRACE)
    assert page.count(texts()["tree"]["drawn"]) == 1
    assert "<svg" in page


def test_a_drawing_has_a_box_for_each_node_and_none_where_nobody_would_see_anything() -> None:
    found = drawing([POOL, LOT], [(POOL, LOT)], [LOT])
    assert found
    assert [(b.name, b.asked) for b in found.boxes] == [(POOL, False), (LOT, True)]
    assert len(found.lines) == 1
    many = [LotName("M", str(n), "packed") for n in range(MOST + 1)]
    assert drawing(many, [], []) is None
    assert drawing([LOT], [], [LOT]) is None


def test_today_shows_what_is_held_refused_open_and_silent() -> None:
    held = Held(
        "lot", "lot", ("M1", None, "packed"), "open", AT, ("R: why.",), (1,), 2, ("a test",)
    )
    refused = Refused("3:7", AT, "C1", EVIL, "donation", ("no key",))
    today = Today(
        AT,
        (),
        Listed("", Refused, (refused,), "none", 4),
        (FindingsByAge("lot", 1, 2, 3, 4, AT),),
        (Heard("C9", 7, 2, 3, None, None, 1, ("donation-0004.csv",), ()),),
        (LotsOfStep("packed", 77),),
        (),
        (
            LotStatus(
                "M1",
                EVIL,
                None,
                "quarantined",
                ("recalled",),
                1,
                ("bulk M1/B1: held by decision 7",),
            ),
        ),
    )
    account = Balance(LOT, Between(-3, 12), NONE, None, 2)
    below = TodayBelow(
        Listed("", Held, (held,), "none"), Listed("", Balance, (account,), "none", 7)
    )
    told = {"asked": lambda: (today, []), "below": lambda: below}
    page = "".join(stream("today", FRAME, **told))
    for said in (
        "R: why.",
        "a test",
        "no key",
        "(a person&#39;s key)",
        "All: what is refused",
        "-3 to 12",
        "not known",
        "/balance?name=%5B%22M1%22%2C+%22L1%22%2C+%22packed%22%5D",
        "bulk M1/B1: held by decision 7",
        "2 (first 3)",
        "quarantined",
        "in part: recalled",
        "77",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("template", "title"), [("today", "Today"), ("today_list", "Lots not explained to the vial")]
)
def test_a_page_begins_before_all_of_it_was_asked_for_and_says_what_failed_then(
    template: str, title: str
) -> None:
    def asked() -> None:
        raise DatabaseLost("gone")

    told = {"which": "unexplained", "nth": 1, "size": 50}
    pieces = stream(template, FRAME, asked=asked, below=asked, **told)
    first = next(pieces)
    assert f"<h1>{title}</h1>" in first
    assert "SYNTHETIC" in first
    with pytest.raises(DatabaseLost):
        next(pieces)
    end = render("cut_short", FRAME, sentence="gone <b>")
    assert "gone &lt;b&gt;" in end


@pytest.mark.parametrize(
    ("record", "key", "address"),
    [
        ("donation", ("D 1",), "/question?view=trace&kind=donation&name=D+1"),
        ("pool", ("M1", "P1"), address(POOL)),
        ("lot", ("M1", "L1", "packed"), address(LOT)),
        ("lot", ("M1", None, "packed"), ""),
        ("adverse_reaction", ("W1", "R1"), ""),
    ],
)
def test_what_is_held_leads_to_its_tree(
    record: str, key: tuple[str | None, ...], address: str
) -> None:
    assert held_address(Held("lot", record, key, "open", AT, (), (), None, ())) == address


def test_no_template_has_a_word_of_its_own() -> None:
    """All English stands in one file: what is left without tags and expressions has no letter."""
    left = {
        path.name: words
        for path in sorted((HERE / "templates").glob("*.html"))
        if (words := own_words(path.read_text("utf-8")))
    }
    assert left == {}


def own_words(template: str) -> list[str]:
    """The words of a template that are neither tags nor expressions."""
    without = re.sub(
        r"{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", " ", re.sub(r"{{.*?}}|{%.*?%}", "", template)
    )
    return re.findall(r"[A-Za-z]{2,}", without)


def test_a_word_in_a_template_is_seen() -> None:
    assert own_words('<p class="x">{{ t.a }} Hello {% if b %}</p>') == ["Hello"]
    assert own_words('<p aria-label="{{ t.a }}">{{ t.b }}</p>') == []


def test_no_page_has_script_or_style_of_its_own() -> None:
    for path in (HERE / "templates").glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! type=\"module\" src=)", text), (
            path
        )
