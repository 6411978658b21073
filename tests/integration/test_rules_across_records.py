"""What rules across records keep, and what only a person ends. Their outcomes are in
tests/acceptance.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lots.errors import CallError, GateClosed, NotFound
from lots.pipeline import resolve
from lots.pipeline.evaluate_anew import evaluate_anew
from lots.pipeline.watch import watch
from lots.rules import rules
from lots.settings import Settings
from lots.store.rules import evaluation
from tests.builders import NOW, donations, results, rows, table, take, write
from validations.stored import judge_stored

TWO = {"citation": "for the test", "prepared_by": "QA-1", "approved_by": "QA-2"}
CENTRE = {
    "party_id": "C1",
    "kind": "centre",
    "name": "Centre",
    "zone": "Europe/Berlin",
    "jurisdiction": "DE",
}
ASKED = {
    **TWO,
    "jurisdiction": "DE",
    "plasma_kind": "source",
    "level": "donation",
    "marker": "HBsAg",
    "valid_from": "2020-01-01",
    "term_days": "30",
}
WORD = resolve.Word("QA-9", "the sample was mixed up")


def d07(settings: Settings) -> list[tuple[Any, ...]]:
    """What D07 keeps."""
    return rows(settings, "SELECT outcome, due_on::text FROM judged.outcome WHERE rule = 'D07'")


def states(settings: Settings, rule: str) -> list[str]:
    """What a rule's findings are now."""
    found = rows(
        settings, f"SELECT state FROM judged.finding_now WHERE rule = '{rule}' ORDER BY finding"
    )
    return [str(state) for (state,) in found]


def number_of(settings: Settings, rule: str) -> int:
    """The number of a rule's one finding."""
    ((number,),) = rows(settings, f"SELECT finding FROM judged.finding WHERE rule = '{rule}'")
    assert isinstance(number, int)
    return number


def world(settings: Settings, folder: Path, **more: bytes) -> None:
    """A centre, one marker that is asked for, and a donation."""
    files = {
        "party": table(CENTRE, [{}]),
        "screening_requirement": table(ASKED, [{}]),
        "donation": donations({}),
    }
    take(settings, *(write(folder, f"{name}-1.csv", data) for name, data in (files | more).items()))


@pytest.mark.parametrize("order", [("reactive", "nonreactive"), ("nonreactive", "reactive")])
def test_a_contested_result_is_reactive_until_a_person_decides(
    lots_settings: Settings, tmp_path: Path, order: Sequence[str]
) -> None:
    world(lots_settings, tmp_path)
    for n, interpretation in enumerate(order):
        take(
            lots_settings,
            write(tmp_path, f"test_result-{n}.csv", results({"interpretation": interpretation})),
        )
    assert d07(lots_settings) == [("finding", None)]
    number = number_of(lots_settings, "contested")
    versions = resolve.versions(lots_settings, number).rows
    assert [v.says for v in versions] == [(f"interpretation is {said}",) for said in order]
    with pytest.raises(CallError, match="expected `lots resolve contested`"):
        resolve.close(lots_settings, number, WORD, now=NOW)
    keep = versions[order.index("nonreactive")].keep
    resolve.decide(lots_settings, number, keep, WORD, now=NOW)
    assert d07(lots_settings) == []
    assert states(lots_settings, "contested") == ["explained"]
    assert (
        states(lots_settings, "D07.result") == states(lots_settings, "D07") == ["open"]
    )  # no data explain these
    resolve.close(lots_settings, number_of(lots_settings, "D07.result"), WORD, now=NOW)
    assert states(lots_settings, "D07.result") == ["closed"]
    with pytest.raises(CallError, match="is closed already"):
        resolve.close(lots_settings, number_of(lots_settings, "D07.result"), WORD, now=NOW)


@pytest.mark.parametrize("closed", [False, True])
def test_a_key_that_is_contested_once_more_is_open_whatever_was_said_before(
    lots_settings: Settings, tmp_path: Path, *, closed: bool
) -> None:
    def told(key: str) -> None:
        take(lots_settings, write(tmp_path, f"donation-{key}.csv", donations({"donor_key": key})))

    told("A")
    told("B")
    number = number_of(lots_settings, "contested")
    resolve.decide(lots_settings, number, "1:2", WORD, now=NOW)
    if closed:
        resolve.close(lots_settings, number, WORD, now=NOW)
    assert states(lots_settings, "contested") == ["closed" if closed else "explained"]
    told("C")
    assert states(lots_settings, "contested") == ["open"]
    assert len(resolve.versions(lots_settings, number).rows) == 2


def test_a_word_needs_somebody_who_says_it_and_why(lots_settings: Settings) -> None:
    with pytest.raises(CallError, match="expected both --by and --reason"):
        resolve.close(lots_settings, 1, resolve.Word("", "because"), now=NOW)
    with pytest.raises(NotFound, match="No finding 1 was ever opened"):
        resolve.close(lots_settings, 1, WORD, now=NOW)


def test_a_finding_is_explained_by_what_comes_and_opened_again(
    lots_settings: Settings, tmp_path: Path
) -> None:
    event = {"unit": "U1", "event": "1", "kind": "held", "at": "2026-01-01T10:00Z"}
    pool = {"plant": "M1", "pool_number": "P1"}
    world(
        lots_settings,
        tmp_path,
        pool=table({**pool, "pooled_at": "2026-05-01T10:00Z"}, [{}]),
        pool_unit=table({**pool, "unit": "U1"}, [{}]),
        unit_event=table(event, [{}]),
    )
    assert states(lots_settings, "U01") == ["open"]
    let_go = {"event": "2", "kind": "let_go", "at": "2026-02-01T10:00Z"}
    take(lots_settings, write(tmp_path, "unit_event-2.csv", table(event, [let_go])))
    assert states(lots_settings, "U01") == ["explained"]
    again = {"event": "3", "at": "2026-03-01T10:00Z"}
    take(lots_settings, write(tmp_path, "unit_event-3.csv", table(event, [again])))
    assert states(lots_settings, "U01") == ["open"]


def test_reference_that_reaches_back_waits_for_a_person(
    lots_settings: Settings, tmp_path: Path
) -> None:
    world(lots_settings, tmp_path, test_result=results({}))
    assert d07(lots_settings) == []
    stricter = table(
        ASKED, [{"marker": "anti-HCV"}, {"valid_from": "2026-01-01", "term_days": "5"}]
    )
    take(lots_settings, write(tmp_path, "screening_requirement-2.csv", stricter))
    assert d07(lots_settings) == [("pending", "2026-02-04")]  # the first that asks for anti-HCV
    take(
        lots_settings,
        write(tmp_path, "test_result-2.csv", results({"marker": "anti-HCV", "interpretation": ""})),
    )
    waiting = rows(
        lots_settings,
        "SELECT count(*) FROM judged.effective WHERE record = 'screening_requirement'",
    )
    assert waiting == [(2,)]
    with pytest.raises(CallError, match="expected both --by and --reason, or neither"):
        evaluate_anew(lots_settings, ["D07"], now=NOW, by="QA-1")
    assert evaluate_anew(lots_settings, ["D07"], now=NOW).rows == ()
    told = evaluate_anew(lots_settings, [], now=NOW, by="QA-1", reason="the authority asks for it")
    assert "1 reference rows made effective" in told.title


def test_what_is_overdue_becomes_a_finding_that_the_record_explains(
    lots_settings: Settings, tmp_path: Path
) -> None:
    said = {
        "sender": "C1",
        "sequence": "1",
        "file_name": "donation-1.csv",
        "record": "donation",
        "row_count": "1",
        "period_from": "2026-01-01T00:00Z",
        "period_to": "2026-01-08T00:00Z",
    }
    second = {
        "sequence": "2",
        "file_name": "test_result-2.csv",
        "record": "test_result",
        "period_to": "2026-01-15T00:00Z",
    }
    world(lots_settings, tmp_path, transmittal=table(said, [{}, second]))
    assert d07(lots_settings) == [("pending", "2026-02-04")]
    early = watch(lots_settings, now=datetime(2026, 1, 20, tzinfo=UTC))
    assert (early.opened, early.sentences) == (0, ())
    late = watch(lots_settings, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert late.opened == 1
    assert late.pending == (
        "D07: 1 record is overdue, the first since 2026-02-04: Every marker asked for was looked"
        " for, and not found.",
    )
    assert late.senders == (
        "C1 was heard until 2026-01-15 00:00 UTC; it usually sends every 7 days.",
    )
    assert states(lots_settings, "D07") == ["open"]
    assert watch(lots_settings, now=datetime(2026, 5, 1, tzinfo=UTC)).opened == 0
    assert d07(lots_settings) == [("pending", "2026-02-04")]  # linking never looks at the clock


def test_nothing_is_kept_where_the_stored_breaches_are_others(
    lots_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        evaluation,
        "stored",
        lambda _, rules, **__: {rule.id: ["finding"] for rule in rules},
    )
    with pytest.raises(GateClosed, match="but 1 are stored"):
        world(lots_settings, tmp_path)
    assert rows(lots_settings, "SELECT count(*) FROM judged.evaluation") == [(0,)]
    monkeypatch.undo()
    take(lots_settings, write(tmp_path, "donation-2.csv", donations({"donation_number": "D2"})))
    assert len(d07(lots_settings)) == 2


def test_great_expectations_counts_the_breaches_too() -> None:
    rule = rules()["D07"]
    told = {"D07": {"pending": 1, "notice": 0, "finding": 1}}
    judge_stored({rule: ["pending", "finding"]}, told)
    with pytest.raises(GateClosed, match="told 1 findings, but Great Expectations counts 2"):
        judge_stored({rule: ["finding", "finding"]}, told)


def test_breaches_of_two_rules_do_not_cancel_out() -> None:
    one, other = rules()["D07"], rules()["P01"]
    told = {name: {"pending": 1, "notice": 0, "finding": 1} for name in ("D07", "P01")}
    judge_stored({one: ["pending", "finding"], other: ["finding", "pending"]}, told)
    with pytest.raises(GateClosed, match="Rule D07 told 1 findings, but 2 are stored"):
        judge_stored({one: ["finding", "finding"], other: ["pending", "pending"]}, told)


def kept(settings: Settings, rule: str) -> set[tuple[str, str]]:
    """What a rule keeps: (subject, outcome)."""
    found = rows(
        settings, f"SELECT subject::text, outcome FROM judged.outcome WHERE rule = '{rule}'"
    )
    return {(str(subject), str(outcome)) for subject, outcome in found}


def test_a_result_that_is_corrected_to_another_donation_leaves_the_first_without_one(
    lots_settings: Settings, tmp_path: Path
) -> None:
    world(
        lots_settings,
        tmp_path,
        donation=donations({}, {"donation_number": "D2"}),
        test_result=results({}),
    )
    assert kept(lots_settings, "D07") == {('["D2"]', "pending")}
    moved = results({"tested_id": "D2", "status": "corrected"})
    take(lots_settings, write(tmp_path, "test_result-2.csv", moved))
    assert kept(lots_settings, "D07") == {('["D1"]', "pending")}


def test_a_donor_that_is_corrected_leaves_nothing_with_the_first(
    lots_settings: Settings, tmp_path: Path
) -> None:
    scheme = {
        **TWO,
        "jurisdiction": "DE",
        "plasma_kind": "source",
        "valid_from": "2020-01-01",
        "interval_days": "2",
    }
    world(
        lots_settings,
        tmp_path,
        donation=donations({}, {"donation_number": "D2"}),
        screening_scheme=table(scheme, [{}]),
    )
    assert kept(lots_settings, "D02.interval") == {('["D1"]', "finding"), ('["D2"]', "finding")}
    other = {
        "donation_number": "D2",
        "donor_key": "P2",
        "correction": "1",
        "corrected_by": "QA-1",
        "correction_reason": "mixed up",
    }
    take(lots_settings, write(tmp_path, "donation-2.csv", donations(other)))
    assert kept(lots_settings, "D02.interval") == set()


def test_a_reactive_donation_that_arrives_late_is_found_in_the_pools_of_later_ones(
    lots_settings: Settings, tmp_path: Path
) -> None:
    pooled = {"plant": "M1", "pool_number": "P1", "unit": "U1"}
    world(
        lots_settings,
        tmp_path,
        plasma_unit=table({"unit": "U1", "donation_number": "D1"}, [{}]),
        pool_unit=table(pooled, [{}]),
        test_result=results({}, {"sample": "S0", "tested_id": "D0", "interpretation": "reactive"}),
    )
    assert kept(lots_settings, "D07.pooled") == set()
    earlier = {"donation_number": "D0", "collected_at": "2025-12-01T10:00:00+01:00"}
    take(lots_settings, write(tmp_path, "donation-2.csv", donations(earlier)))
    assert kept(lots_settings, "D07.earlier") == {('["D1"]', "finding")}
    assert kept(lots_settings, "D07.pooled") == {('["M1", "P1", "U1"]', "finding")}


def test_a_deferral_under_another_key_of_the_donor_is_seen_when_a_unit_is_pooled(
    lots_settings: Settings, tmp_path: Path
) -> None:
    scheme = {
        **TWO,
        "jurisdiction": "DE",
        "plasma_kind": "source",
        "valid_from": "2020-01-01",
        "lookback_months": "12",
    }
    same = {
        "party": "C1",
        "statement": "1",
        "kind": "donor",
        "one_key": "P1",
        "other_key": "P2",
        "stated_at": "2026-01-01T10:00Z",
        "status": "stated",
    }
    deferral = {
        "centre": "C1",
        "deferral": "1",
        "donor_key": "P2",
        "deferred_from": "2026-03-01",
        "cause": "reactive_result",
    }
    world(
        lots_settings,
        tmp_path,
        screening_scheme=table(scheme, [{}]),
        same_person=table(same, [{}]),
        deferral=table(deferral, [{}]),
        plasma_unit=table({"unit": "U1", "donation_number": "D1"}, [{}]),
    )
    assert kept(lots_settings, "D11") == {('["D1"]', "finding")}
    pooled = table({"plant": "M1", "pool_number": "P1", "unit": "U1"}, [{}])
    take(lots_settings, write(tmp_path, "pool_unit-2.csv", pooled))
    assert kept(lots_settings, "D11") == {('["D1"]', "notice")}
