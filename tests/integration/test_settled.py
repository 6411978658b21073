"""What was refused is waited for until each key that can be read in it came, or a person says so; and
persons' words on contested keys and findings are taken back.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lots.errors import CallError, LotsError, NotFound
from lots.pipeline import resolve, resolve_many, settle, taking_back
from lots.pipeline.digest import digest
from lots.pipeline.link import rebuild
from lots.pipeline.named_rows import place
from lots.pipeline.resolve import Word
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.difference import Changed
from tests.builders import DONATION, NOW, donations, rows, table, take, write

ONE = Word("QA One", "an empty export")
BY = ["--by", "QA One", "--reason", "an empty export"]
HEADER = b"donation_number,donor_key,Abnahme\n"  # fits nothing: columns that are required lack
LIMIT = {
    **dict.fromkeys(record_of("product").required, ""),
    "gtin": "09506000134352",
    "valid_from": "2026-01-01",
    "citation": "label",
    "prepared_by": "A",
    "approved_by": "A",
}


def settled(settings: Settings) -> list[tuple[object, ...]]:
    """What need not be waited for, as whoever only reads sees it."""
    said = "SELECT receipt, line, why, by FROM judged.refused_settled ORDER BY 1, 2 NULLS FIRST"
    return rows(settings, said, "lots_reader")


def test_a_file_refused_whole_is_settled_once_all_its_keys_came_since(
    lots_settings: Settings, tmp_path: Path
) -> None:
    before = donations({"donation_number": "D1"}, {"donation_number": "D2"})
    bad = HEADER + b"D1,P1,x\nD2,P1,x\n"
    take(lots_settings, write(tmp_path, "donation-1.csv", before))
    (refused,) = take(lots_settings, write(tmp_path, "donation-2.csv", bad))
    assert refused.status == "refused"
    # What came before may be what it was to set right.
    assert settled(lots_settings) == []
    one = donations({"donation_number": "D1", "plasma_ml": "700"})
    take(lots_settings, write(tmp_path, "donation-3.csv", one))
    assert settled(lots_settings) == []
    # Known already, and told once more.
    take(lots_settings, write(tmp_path, "donation-4.csv", before + b"\n"))
    assert settled(lots_settings) == [(refused.receipt, None, "came", "")]
    assert rebuild(lots_settings, now=NOW).changed == Changed()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("donation-2.csv", HEADER + b"D1,P1,x\n,P1,x\n"),  # a row whose key cannot be read
        ("donation-2.csv", HEADER + b"D1,P1,x\nD1,P1\n"),  # nor where it is broken
        ("donation-2.csv", HEADER.replace(b"number", b"nr") + b"D1,P1,x\n"),
        ("plasma_unit-2.csv", HEADER + b"D1,P1,x\n"),  # named as another record
        ("donation-2.csv", b"PK\x03\x04 a workbook"),
        ("donation-2.csv", HEADER),
    ],
)
def test_a_file_of_which_not_all_can_be_read_waits_for_a_person(
    lots_settings: Settings, tmp_path: Path, name: str, data: bytes
) -> None:
    (refused,) = take(lots_settings, write(tmp_path, name, data))
    assert refused.status == "refused"
    take(lots_settings, write(tmp_path, "donation-3.csv", donations({})))
    assert settled(lots_settings) == []
    settle.settle(lots_settings, place("1"), ONE, now=NOW)
    assert settled(lots_settings) == [(1, None, "said", "QA One")]


def test_a_refused_row_is_settled_by_its_key_and_by_a_person_s_word(
    lots_settings: Settings, tmp_path: Path
) -> None:
    alone = table(LIMIT, [{}, {"valid_from": "2026-02-01", "approved_by": "B"}])
    (taken,) = take(lots_settings, write(tmp_path, "product-1.csv", alone))
    assert taken.counts["refused"] == 1
    broken = donations({"donation_number": ""}, {})
    take(lots_settings, write(tmp_path, "donation-1.csv", broken))
    assert settled(lots_settings) == []
    take(lots_settings, write(tmp_path, "product-2.csv", table(LIMIT, [{"approved_by": "B"}])))
    came = (1, 2, "came", "")
    assert settled(lots_settings) == [came]
    state = digest(lots_settings)
    settle.settle(lots_settings, place("2:2"), ONE, now=NOW)
    assert settled(lots_settings) == [came, (2, 2, "said", "QA One")]
    settle.take_back(lots_settings, place("2:2"), ONE, now=NOW)
    assert settled(lots_settings) == [came]
    assert digest(lots_settings) == state
    assert rebuild(lots_settings, now=NOW).changed == Changed()


def test_a_file_of_which_each_row_is_refused_is_settled_by_its_rows(
    lots_settings: Settings, tmp_path: Path
) -> None:
    nothing = donations({"donation_number": ""}, {"donation_number": ""})
    (taken,) = take(lots_settings, write(tmp_path, "donation-1.csv", nothing))
    assert taken.status == "all_refused"
    settle.settle(lots_settings, place("1:2"), ONE, now=NOW)
    assert settled(lots_settings) == [(1, 2, "said", "QA One")]
    settle.settle(lots_settings, place("1:3"), ONE, now=NOW)
    assert settled(lots_settings)[0] == (1, None, "came", "")


WRONG: tuple[tuple[str, type[LotsError], str], ...] = (
    ("9", NotFound, "No receipt 9 was ever made."),
    ("1:3", NotFound, "Line 3 of receipt 1 was not refused."),
    (
        "1",
        CallError,
        "Receipt 1 is accepted; expected a file that was refused whole or given up, or a line such"
        " as 1:2.",
    ),
)


def test_what_was_not_refused_is_told_in_a_sentence(
    lots_settings: Settings, tmp_path: Path
) -> None:
    take(lots_settings, write(tmp_path, "donation-1.csv", donations({"donation_number": ""}, {})))
    for name, kind, sentence in WRONG:
        with pytest.raises(kind) as error:
            settle.settle(lots_settings, place(name), ONE, now=NOW)
        assert str(error.value) == sentence
    with pytest.raises(CallError, match="Line 2 of receipt 1 is waited for: there is nothing"):
        settle.take_back(lots_settings, place("1:2"), ONE, now=NOW)
    settle.settle(lots_settings, place("1:2"), ONE, now=NOW)
    with pytest.raises(CallError, match="Line 2 of receipt 1 is not waited for already"):
        settle.settle(lots_settings, place("1:2"), ONE, now=NOW)


def test_a_decision_and_a_closing_are_taken_back(lots_settings: Settings, tmp_path: Path) -> None:
    told = [{}, {"plasma_ml": "700"}, {"plasma_ml": "800"}]
    places = [
        write(tmp_path, f"donation-{n}.csv", table(DONATION, [t])) for n, t in enumerate(told)
    ]
    take(lots_settings, *places)
    state = digest(lots_settings)
    contested = "SELECT finding FROM judged.finding_now WHERE rule = 'contested' AND state = 'open'"
    ((number,),) = rows(lots_settings, contested)
    assert isinstance(number, int)
    with pytest.raises(CallError, match="Nobody decided on the contested donation of finding"):
        taking_back.decision(lots_settings, number, ONE, now=NOW)
    resolve.decide(lots_settings, number, "2:2", ONE, now=NOW)
    assert rows(lots_settings, contested) == []
    back = taking_back.decision(lots_settings, number, ONE, now=NOW)
    assert back == "The decision is taken back: 2 versions stand."
    assert rows(lots_settings, contested) == [(number,)]
    assert digest(lots_settings) == state
    with pytest.raises(CallError, match="expected one that was closed"):
        taking_back.closing(lots_settings, number, ONE, now=NOW)
    resolve.decide(lots_settings, number, "2:2", ONE, now=NOW)
    resolve.close(lots_settings, number, ONE, now=NOW)
    taking_back.decision(lots_settings, number, ONE, now=NOW)
    assert rows(lots_settings, contested) == [(number,)]


def test_findings_are_closed_in_bulk_where_that_is_safe(
    lots_settings: Settings, tmp_path: Path
) -> None:
    bad = {"collected_ml": "2000", "donor_weight_kg": "60", "total_protein_g_dl": "3"}
    told = [{"donation_number": f"D{n}", **bad} for n in range(3)]
    take(lots_settings, write(tmp_path, "donation-1.csv", donations(*told)))
    opened = "SELECT holds, state, count(*) FROM judged.finding_now WHERE rule = '{}' GROUP BY 1, 2"
    safe, holding = "D03", ("D04",)
    assert rows(lots_settings, opened.format(safe)) == [("nothing", "open", 3)]
    for wrong in (None, 2):
        with pytest.raises(
            CallError, match=r"This concerns 3 findings of .* expected --count 3, got"
        ):
            resolve_many.close_all(lots_settings, safe, ONE, now=NOW, count=wrong)
    said = resolve_many.close_all(lots_settings, safe, ONE, now=NOW, count=3)
    assert said == f"3 findings of {safe} are closed."
    assert rows(lots_settings, opened.format(safe)) == [("nothing", "closed", 3)]
    assert rows(lots_settings, "SELECT count(*) FROM judged.event WHERE kind = 'closed'") == [(3,)]
    for rule in holding:
        with pytest.raises(CallError, match=r"This concerns 0 findings .* more hold something"):
            resolve_many.close_all(lots_settings, rule, ONE, now=NOW, count=None)


def test_the_command_settles_and_takes_back(
    lots_settings: Settings,
    tmp_path: Path,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    (refused,) = take(lots_settings, write(tmp_path, "donation-1.csv", HEADER))
    named = ["resolve", "refused", str(refused.receipt), *BY]
    for arguments, code, says in (
        (named, 0, "is not waited for any more"),
        ([*named, "--take-back"], 0, "is waited for again"),
        (["resolve", "refused", "x", *BY], 2, "'x' is no row"),
        (["resolve", "finding", "x", *BY], 2, "'x' is not a rule"),
        (["resolve", "finding", "1x", *BY], 2, "'1x' is no finding"),
        (["resolve", "finding", "contested", *BY], 2, "are decided one by one"),
        (["resolve", "finding", "1", "--take-back", *BY], 2, "No finding 1 was ever opened."),
    ):
        assert lots(lots_settings, arguments) == code
        said = capsys.readouterr()
        assert says in said.out + said.err
