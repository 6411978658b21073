"""`lots retract`: proposed by one, in force by two, taken back the same way, and nothing written by a
look at what hangs on it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from lots.answers import Between
from lots.answers.retractions import Effect
from lots.errors import CallError, LotsError, NotFound
from lots.pipeline.digest import digest
from lots.pipeline.link import rebuild
from lots.pipeline.named_rows import HELD, PATIENTS, TOLD, place
from lots.pipeline.resolve import Word
from lots.pipeline.retract import confirm, proposed, retract, standing, take_back
from lots.pipeline.retract_check import check
from lots.settings import Settings
from lots.store.difference import Changed
from tests.answers import answer_of
from tests.builders import NOW, donations, rows, table, take, write
from tests.integration.test_answers import INPUT, PACK, chain, implicated, received
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive

ONE, OTHER = Word("QA One", "never packed"), Word("QA Two", "looked at the batch record")
INFUSION = {
    "site": "W1",
    "administration": "A1",
    "patient_key": "P9",
    "status": "given",
    "started_at": "2026-06-01T10:00:00Z",
}
ALL = "SELECT count(*) FROM judged.retraction"
Lots = Callable[[Settings, Sequence[str]], int]


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases in which a donation is told, and all that became of it."""
    return told_once(chain)


@pytest.fixture
def chained(copy: Callable[[], Settings]) -> Settings:
    """One of them."""
    return copy()


def row_of(settings: Settings, record: str, line: int = 2) -> str:
    """A row of the first file of a record, as one names it."""
    found = rows(settings, f"SELECT min(receipt) FROM receiving.receipt WHERE record = '{record}'")
    return f"{found[0][0]}:{line}"


def given(settings: Settings) -> tuple[Between, int]:
    """How many vials of the donation were given, and to how many patients at most."""
    answer = implicated(settings, donation="D1")
    return answer.vials.given, answer.patients.given


@pytest.mark.parametrize("record", ["pack", "lot_input", "administration_vial"])
def test_it_is_possible_until_another_person_confirms_and_as_before_once_it_is_taken_back(
    chained: Settings, tmp_path: Path, record: str
) -> None:
    received(chained, tmp_path, administration=table(INFUSION, [{}]))
    before, named = digest(chained), [place(row_of(chained, record))]
    assert given(chained) == (Between(1, 1), 1)
    said = retract(chained, named, "never_happened", ONE, now=NOW)
    assert [r.state for r in said.rows] == ["proposed"]
    assert said.waiting == 1
    # Walked all the same, and nothing of it is sure.
    assert (given(chained)[0].most, given(chained)[1]) == (1, 1)
    assert given(chained)[0].least == 0 or record == "lot_input"
    assert not implicated(chained, donation="D1").certificate.complete
    confirm(chained, named, OTHER, now=NOW)
    assert given(chained) == (Between(0, 0), 0)
    assert rebuild(chained, now=NOW).changed == Changed()
    back = take_back(chained, named, OTHER, now=NOW)
    assert [r.state for r in back.rows] == ["proposed to be taken back"]
    assert digest(chained) != before
    assert [r.state for r in confirm(chained, named, ONE, now=NOW).rows] == ["not retracted"]
    assert digest(chained) == before
    assert given(chained) == (Between(1, 1), 1)
    assert rebuild(chained, now=NOW).changed == Changed()


def test_a_look_at_what_hangs_on_a_row_says_what_then_happens_and_writes_nothing(
    chained: Settings,
) -> None:
    before, named = digest(chained), [place(row_of(chained, "lot_input"))]
    found = check(chained, named, "never_happened", now=NOW)
    gone = Effect("link between lots", "pool M1/P1 to packed M1/L1", "gone", 1)
    told = [e for e in found.effects if e.what in ("key", "link between lots")]
    assert told == [Effect("key", "lot_input", "new", 1), gone]
    assert (found.second_person, [r.state for r in found.rows]) == (1, ["not retracted"])
    assert rows(chained, ALL) == [(0,)]
    assert digest(chained) == before
    pack = check(chained, [place(row_of(chained, "pack"))], "never_happened", now=NOW)
    assert {
        Effect("link of a row", "administration_vial to its pack", "new", 1),
        Effect("vial line", "administration_vial of M1/L1", "gone", 1),
    } <= {*pack.effects}
    retract(chained, named, "never_happened", ONE, now=NOW)
    again = check(chained, named, "never_happened", now=NOW)
    assert [e for e in again.effects if e.what == "link between lots"] == [gone]
    confirm(chained, named, OTHER, now=NOW)
    back = check(chained, named, "never_happened", now=NOW)
    assert [e.becomes for e in back.effects if e.what == "link between lots"] == ["new"]


def test_a_finding_stays_whatever_becomes_of_its_row(chained: Settings, tmp_path: Path) -> None:
    received(
        chained,
        tmp_path,
        plasma_unit=table({"unit": "U9", "donation_number": "D1"}, [{"volume_ml": "x"}]),
    )
    opened = rows(chained, "SELECT finding, state FROM judged.finding_now ORDER BY finding")
    (bad,) = rows(chained, "SELECT receipt, line FROM accepted.plasma_unit WHERE unit = 'U9'")
    named = [place(f"{bad[0]}:{bad[1]}")]
    assert check(chained, named, "never_happened", now=NOW).findings
    retract(chained, named, "never_happened", ONE, now=NOW)
    confirm(chained, named, OTHER, now=NOW)
    now = rows(chained, "SELECT finding, state FROM judged.finding_now ORDER BY finding")
    assert now[: len(opened)] == opened


LIMITED = """
product 96385074 2020-01-01: donors_min=3
lot P L packed: gtin=96385074 made_at=2026-03-01T12:00Z
lot_input P L packed P 1 pool
pool P 1: pooled_at=2026-03-01T12:00Z volume_l=800
pool_unit P 1 U: volume_ml=100
plasma_unit U: donation_number=D
donation D: donor_key=K
"""


def test_a_limit_that_two_people_retracted_decides_nothing_until_that_is_taken_back(
    lots_settings: Settings, tmp_path: Path
) -> None:
    lines = [row for line in LIMITED.split("\n") if line for row in rows_of(line)]
    receive(lots_settings, tmp_path, lines)
    asked = "SELECT outcome FROM judged.outcome WHERE rule = 'P01'"
    opened = "SELECT finding, state FROM judged.finding_now WHERE rule = 'P01'"
    assert rows(lots_settings, asked) == [("finding",)]
    (finding,) = rows(lots_settings, opened)
    named = [place(row_of(lots_settings, "product"))]
    said: tuple[tuple[Callable[..., object], Word, str], ...] = (
        (partial(retract, kind="replacement_due"), ONE, "finding"),
        (confirm, OTHER, "pending"),
        # Proposed again, and what is proposed stands.
        (take_back, OTHER, "finding"),
        (confirm, ONE, "finding"),
    )
    for verb, word, outcome in said:
        verb(lots_settings, named, word=word, now=NOW)
        assert rows(lots_settings, asked) == [(outcome,)]
        # Nobody's data close it, and neither does this.
        assert rows(lots_settings, opened) == [finding]
        assert rebuild(lots_settings, now=NOW).changed == Changed()


def wrong(settings: Settings, names: Sequence[str], how: str, by: str, count: int | None) -> None:
    """Say something, as a person would."""
    places, word = [place(name) for name in names], Word(by, "slip")
    if how == "retract":
        retract(settings, places, "never_happened", word, now=NOW, count=count)
    else:
        verb = {"confirm": confirm, "take back": take_back}[how]
        verb(settings, places, word, now=NOW, count=count)


WRONG: tuple[tuple[str, str, str, type[LotsError], str], ...] = (
    (
        "12-3",
        "retract",
        "B",
        CallError,
        "'12-3' is no row; expected RECEIPT:LINE such as 12:3, or a RECEIPT.",
    ),
    ("99:2", "retract", "B", NotFound, "No receipt 99 was ever made."),
    (
        "1:9",
        "retract",
        "B",
        NotFound,
        "Line 9 of receipt 1 is no row; expected one of its 2 lines.",
    ),
    (
        "1:2",
        "retract",
        "",
        CallError,
        "A person decides, for a reason; expected both --by and --reason.",
    ),
    (
        "1:2",
        "confirm",
        "B",
        CallError,
        "Nothing is proposed of row 1:2: there is nothing to confirm.",
    ),
    (
        "1:2",
        "take back",
        "B",
        CallError,
        "Row 1:2 is not retracted: there is nothing to take back.",
    ),
    (
        "2:2",
        "retract",
        "B",
        CallError,
        "Row 2:2 is retracted already (proposed, by QA One); expected a row of which nobody said it.",
    ),
    (
        "2:2",
        "confirm",
        " qa one ",
        CallError,
        "Row 2:2 was proposed by QA One; expected another person to confirm it, got  qa one .",
    ),
    (
        "3",
        "retract",
        "B",
        CallError,
        "This concerns 2 rows (--check shows them); expected --count 2 for a whole receipt, none was said.",
    ),
    (
        "7:3",
        "retract",
        "B",
        NotFound,
        "Line 3 of receipt 7 was refused, so that nothing of it counts; `lots resolve refused 7:3`"
        " says that nobody need wait for it.",
    ),
    ("8:2", "retract", "B", NotFound, "Receipt 8 is refused: no row of it was ever accepted."),
)


def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_kept(
    chained: Settings, tmp_path: Path
) -> None:
    received(
        chained,
        tmp_path,
        donation=donations({"donation_number": "D8"}, {"donation_number": ""}),
        nothing=b"neither,header\nnor,row\n",
    )
    retract(chained, [place("2:2")], "never_happened", ONE, now=NOW)
    said = rows(chained, ALL)
    for name, how, by, kind, sentence in WRONG:
        with pytest.raises(kind) as error:
            wrong(chained, ["6:2", name] if how == "retract" else [name], how, by, None)
        assert str(error.value) == sentence
    assert rows(chained, ALL) == said


def test_a_whole_receipt_leaves_out_what_is_named_one_by_one(
    chained: Settings, tmp_path: Path
) -> None:
    again = table(PACK, [{}, {"serial": "S5"}, {"serial": "S6"}])
    take(chained, write(tmp_path, "pack-again.csv", again))
    first, second = place("5"), place("7")
    told = check(chained, [first], "never_happened", now=NOW)
    assert [(each.why, each.rows, each.first) for each in told.left_out] == [(TOLD, 1, ("5:2",))]
    vials = check(chained, [place("6")], "never_happened", now=NOW)
    assert [each.why for each in vials.left_out] == [PATIENTS]
    done = retract(chained, [second], "never_happened", ONE, now=NOW, count=2)
    assert [(r.row, r.state) for r in done.rows] == [("7:3", "proposed"), ("7:4", "proposed")]
    # One entry each.
    assert rows(chained, ALL) == [(2,)]
    retract(chained, [place("5:2")], "never_happened", ONE, now=NOW)
    nothing = check(chained, [second], "never_happened", now=NOW)
    assert (nothing.rows, nothing.effects) == ((), ())
    waiting = check(chained, [second], "never_happened", now=NOW, concerned=proposed)
    assert [r.row for r in waiting.rows] == ["7:3", "7:4"]
    done = confirm(chained, [second], OTHER, now=NOW, count=2)
    assert [r.state for r in done.rows] == ["in force"] * 2
    done = take_back(chained, [second], OTHER, now=NOW, count=2)
    assert [r.state for r in done.rows] == ["proposed to be taken back"] * 2


def test_a_row_with_a_finding_that_holds_is_named_by_itself(
    lots_settings: Settings, tmp_path: Path
) -> None:
    protein = {"donation_number": "D2", "total_protein_g_dl": "3"}
    take(lots_settings, write(tmp_path, "donation-1.csv", donations({}, protein)))
    found = check(lots_settings, [place("1")], "never_happened", now=NOW)
    assert [r.row for r in found.rows] == ["1:2"]
    assert [(each.why, each.rows, each.first) for each in found.left_out] == [(HELD, 1, ("1:3",))]
    with pytest.raises(CallError, match="expected --count 1 for a whole receipt, got 2"):
        retract(lots_settings, [place("1")], "never_happened", ONE, now=NOW, count=2)
    retract(lots_settings, [place("1:3")], "never_happened", ONE, now=NOW)


def test_one_person_is_enough_where_nothing_hangs_on_a_row(
    lots_settings: Settings, tmp_path: Path
) -> None:
    said = {"sender": "C1", "sequence": "1", "file_name": "x", "record": "pack", "row_count": "1"}
    ends = {"period_from": "2026-01-01T00:00:00Z", "period_to": "2026-01-02T00:00:00Z"}
    take(lots_settings, write(tmp_path, "transmittal-1.csv", table({**said, **ends}, [{}])))
    named = [place("1:2")]
    done = retract(lots_settings, named, "replacement_due", ONE, now=NOW)
    assert ([r.state for r in done.rows], done.waiting) == (["in force"], 0)
    assert [r.state for r in take_back(lots_settings, named, ONE, now=NOW).rows] == [
        "not retracted"
    ]


def test_a_sender_s_retraction_is_confirmed_by_another_person_and_listed_until_then(
    chained: Settings, tmp_path: Path
) -> None:
    gone = {"retracted": "never_happened", "correction": "1", "corrected_by": "Dr Sender"}
    told = table(INPUT, [{**gone, "correction_reason": "wrong pool"}])
    (taken,) = take(chained, write(tmp_path, "lot_input-2.csv", told))
    row = f"{taken.receipt}:2"
    listed = standing(chained).rows
    assert [(r.row, r.state, r.by, r.waits_for) for r in listed] == [
        (row, "proposed", f"its sender {taken.sender}", "another person")
    ]
    with pytest.raises(CallError, match="was proposed by Dr Sender; expected another person"):
        confirm(chained, [place(row)], Word("dr sender", "slip"), now=NOW)
    done = confirm(chained, [place(row)], OTHER, now=NOW)
    assert [r.state for r in done.rows] == ["in force, as its sender says"]
    assert rows(chained, "SELECT count(*) FROM lineage.edge") == [(0,)]
    assert [r.state for r in standing(chained).rows] == ["in force"]
    take_back(chained, [place(row)], ONE, now=NOW)
    assert rows(chained, "SELECT count(*) FROM lineage.edge") == [(1,)]


def test_the_command_says_who_must_say_what_next(
    chained: Settings, lots: Lots, capsys: pytest.CaptureFixture[str]
) -> None:
    by = ["--by", "QA One", "--reason", "never packed"]
    for arguments, code, says in (
        (["5:2"], 2, "What is said of these rows?"),
        ([], 2, "No row is named"),
        (["5:2", "--check"], 0, "nothing was written"),
        (["6", "--check"], 1, "1 left out"),
        (["5:2", "--never-happened", *by], 0, "lots retract 5:2 --confirm --by ANOTHER"),
        (["5:2", "--confirm", *by], 2, "expected another person to confirm it"),
        (["--list"], 0, "another person than QA One"),
        (["5:2", "--confirm", "--by", "QA Two", "--reason", "so it is"], 0, "in force"),
    ):
        assert lots(chained, ["retract", *arguments]) == code, arguments
        said = capsys.readouterr()
        assert says in said.out + said.err, arguments
    for asked in (["5:2", "--check"], ["--list"], ["5:2", "--take-back", *by]):
        assert lots(chained, ["retract", *asked, "--json"]) == 0
        assert answer_of("retract", capsys.readouterr().out)
