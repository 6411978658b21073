"""What has happened has no day to come, by the moment of the receipt alone; and a count has an end."""

from datetime import timedelta
from pathlib import Path

import pytest

from lots.answers import Between
from lots.errors import NotConcluded
from lots.pipeline.evaluate_anew import evaluate_anew
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.link import rebuild
from lots.pipeline.receive import receive, resume
from lots.pipeline.receive_all import receive_all
from lots.pipeline.watch import watch
from lots.settings import Settings
from lots.store.answers import statements
from tests.builders import NOW, donations, results, rows, table, take, write

LATER = NOW + timedelta(days=3650)
# by donation: when it was given, as sent; NOW is noon of 22 November in UTC, and furthest east the
# 23rd
DAYS = {
    "D1": "2026-11-22T10:00:00+01:00",
    "D2": "2026-11-23T01:59:00+14:00",
    "D3": "2026-11-23T23:59:59Z",
    "D4": "2026-11-24T00:00:00+14:00",
    "D5": "2062-03-01T10:00:00+01:00",
    "D6": "2026-11-23T23:59:59-12:00",
}
TO_COME = [("donation.collected_at.happened", "D4"), ("donation.collected_at.happened", "D5")]
FOUND = "SELECT rule, key ->> 0 FROM judged.finding WHERE rule LIKE '%.happened' ORDER BY 1, 2"
PLANNED = {
    "deferral": {
        "centre": "C1",
        "deferral": "1",
        "donor_key": "P1",
        "deferred_from": "2026-11-01",
        "deferred_until": "2031-01-01",
        "cause": "other",
    },
    "lot": {
        "manufacturer": "M1",
        "lot_number": "L1",
        "step": "bulk",
        "product": "IVIG",
        "amount": "5",
        "made_at": "2026-11-01T10:00:00Z",
        "expires_on": "2029-01-01",
    },
    "approval": {
        "party": "C1",
        "activity": "collect",
        "market": "DE",
        "valid_from": "2031-01-01",
        "valid_to": "2035-01-01",
        "citation": "x",
        "prepared_by": "A",
        "approved_by": "B",
    },
    "administration": {
        "site": "W1",
        "administration": "1",
        "patient_key": "P1",
        "status": "not_given",
        "started_at": "2027-01-01T10:00:00Z",
    },
}
COUNTED = {
    "delivery": {
        "from_party": "M1",
        "shipment": "S",
        "item": "1",
        "to_party": "H1",
        "packs": "1000000",
        "delivered_at": "2026-03-01T10:00:00Z",
    },
    "dispensing": {
        "pharmacy": "H1",
        "dispensing": "1",
        "patient_key": "P1",
        "to_kind": "ward",
        "lot_number": "L1",
        "vials": "10000",
        "dispensed_at": "2026-03-01T10:00:00Z",
    },
    "filling_load": {
        "plant": "M1",
        "batch": "B",
        "from_lot_number": "L0",
        "lot_number": "L1",
        "vials": "1000000",
    },
    "package_content": {
        "sscc": "106141412345678908",
        "item": "1",
        "lot_number": "L1",
        "packs": "100000",
        "packed_at": "2026-03-01T10:00:00Z",
    },
    "stock_count": {
        "party": "H1",
        "stocktake": "1",
        "item": "1",
        "lot_number": "L1",
        "packs": "1000000",
        "counted_at": "2026-03-01T10:00:00Z",
    },
}


def given(folder: Path) -> str:
    """A file of donations, one for each of the days."""
    told = [{"donation_number": number, "collected_at": day} for number, day in DAYS.items()]
    return write(folder, "donation-1.csv", donations(*told))


def test_a_donation_of_a_day_to_come_stays_and_is_a_finding_whenever_it_is_judged(
    lots_settings: Settings, tmp_path: Path
) -> None:
    place = given(tmp_path)
    assert take(lots_settings, place)[0].counts["accepted"] == len(DAYS)
    assert rows(lots_settings, FOUND) == TO_COME
    evaluate_anew(lots_settings, [], now=LATER, by="QA-1", reason="years have passed")
    rebuild(lots_settings, now=LATER)
    receive_all([place], lots_settings, by="tester", now=lambda: LATER, sender="C1")
    assert rows(lots_settings, FOUND) == TO_COME


def test_it_is_the_receipt_that_counts_though_it_is_judged_years_after(
    lots_settings: Settings, tmp_path: Path
) -> None:
    def failing(step: str) -> None:
        if step == "judge":
            raise OSError("the disk is full")

    with pytest.raises(NotConcluded):
        receive(given(tmp_path), lots_settings, by="tester", now=NOW, sender="C1", step=failing)
    resume(lots_settings, by="tester", now=LATER)
    assert rows(lots_settings, FOUND) == TO_COME


def test_the_same_row_in_a_file_of_a_later_day_is_known(
    lots_settings: Settings, tmp_path: Path
) -> None:
    take(lots_settings, given(tmp_path))
    alone = write(
        tmp_path, "donation-2.csv", donations({"donation_number": "D5", "collected_at": DAYS["D5"]})
    )
    (again,) = receive_all(
        [alone], lots_settings, by="tester", now=lambda: LATER + 4 * timedelta(3650), sender="C1"
    )
    assert (again.counts["accepted"], again.counts["known"]) == (0, 1)
    assert rows(lots_settings, FOUND) == TO_COME


@pytest.mark.parametrize("record", PLANNED)
def test_what_is_planned_may_lie_in_the_future(
    lots_settings: Settings, tmp_path: Path, record: str
) -> None:
    got = take(lots_settings, write(tmp_path, f"{record}-1.csv", table(PLANNED[record], [{}])))
    assert got[0].counts["accepted"] == 1
    assert rows(lots_settings, FOUND) == []


@pytest.mark.parametrize("record", COUNTED)
def test_a_count_with_a_digit_too_many_or_a_sign_is_a_finding(
    lots_settings: Settings, tmp_path: Path, record: str
) -> None:
    usual = COUNTED[record]
    name, most = next((name, int(usual[name])) for name in ("packs", "vials") if name in usual)
    key = "item" if "item" in usual else "batch" if "batch" in usual else "dispensing"
    said = [
        {key: str(n), name: told}
        for n, told in enumerate((str(most), str(most + 1), "-1", "-0", ""), 1)
    ]
    take(lots_settings, write(tmp_path, f"{record}-1.csv", table(usual, said)))
    found = rows(
        lots_settings,
        f"SELECT rule, count(*) FROM judged.finding WHERE rule LIKE '{record}.{name}.%' "
        "AND rule NOT LIKE '%.present' GROUP BY rule ORDER BY rule",
    )
    assert found == [(f"{record}.{name}.limits", 1), (f"{record}.{name}.readable", 2)]
    assert rows(lots_settings, f"SELECT {name} FROM accepted.{record} WHERE {name} < 0") == []


SENDING = {
    "sender": "C1",
    "sequence": "1",
    "file_name": "donation-1.csv",
    "record": "donation",
    "row_count": "6",
    "period_from": "2026-11-01T00:00:00Z",
    "period_to": "2026-11-08T00:00:00Z",
}


def test_nobody_has_told_what_came_after_the_telling(
    lots_settings: Settings, tmp_path: Path
) -> None:
    said = [
        {},
        {"sequence": "2", "period_to": "2026-11-15T00:00:00Z"},
        {"sequence": "3", "period_to": "2062-11-22T00:00:00Z"},
        {"sender": "C2", "period_to": "22.11.2026"},
    ]
    take(lots_settings, write(tmp_path, "transmittal-1.csv", table(SENDING, said)))
    with statements.snapshot(lots_settings) as connection:
        assert {h.sender: h.heard_to for h in statements.heard(connection)} == {
            "C1": NOW,
            "C2": None,
        }
    silent = watch(lots_settings, now=NOW + timedelta(days=60)).senders
    assert silent == ("C1 was heard until 2026-11-22 12:00 UTC; it usually sends every 7.2 days.",)


PARTY = {
    "party_id": "C1",
    "kind": "centre",
    "name": "x",
    "zone": "Europe/Berlin",
    "jurisdiction": "DE",
}
SCHEME = {
    "jurisdiction": "DE",
    "plasma_kind": "source",
    "valid_from": "2020-01-01",
    "citation": "x",
    "prepared_by": "A",
    "approved_by": "B",
}
TERMS = (
    "interval_days",
    "hold_days",
    "exam_days",
    "sample_months",
    "sample_late_months",
    "lookback_months",
)


def test_a_term_with_digits_too_many_stops_no_linking(
    lots_settings: Settings, tmp_path: Path
) -> None:
    files = {
        "party": table(PARTY, [{}]),
        "screening_scheme": table(SCHEME, [dict.fromkeys(TERMS, "999999999")]),
        "donation": donations(
            {}, {"donation_number": "D2", "collected_at": "2026-02-05T10:00:00+01:00"}
        ),
        "donor_exam": table(
            {
                "centre": "C1",
                "exam": "1",
                "donor_key": "P1",
                "kind": "four_month_sample",
                "examined_on": "2026-01-01",
                "conclusion": "suitable",
            },
            [{}],
        ),
        "test_result": results(
            {}, {"sample": "S2", "tested_id": "D2", "interpretation": "reactive"}
        ),
        "deferral": table(
            {
                "centre": "C1",
                "deferral": "1",
                "donor_key": "P1",
                "deferred_from": "2026-03-01",
                "cause": "reactive_result",
            },
            [{}],
        ),
    }
    take(
        lots_settings, *(write(tmp_path, f"{record}-1.csv", data) for record, data in files.items())
    )
    told = rows(
        lots_settings,
        "SELECT rule, subject ->> 0, outcome FROM judged.outcome "
        "WHERE rule IN ('D02.interval', 'D06.sample', 'D11') ORDER BY 1, 2",
    )
    assert told == [
        ("D02.interval", "D2", "finding"),
        ("D11", "D1", "finding"),
        ("D11", "D2", "finding"),
    ]
    late = donations({"donation_number": "D3", "collected_at": "2026-02-06T10:00:00+01:00"})
    take(lots_settings, write(tmp_path, "donation-2.csv", late))
    told = rows(
        lots_settings,
        "SELECT outcome FROM judged.outcome WHERE rule = 'D02.interval' AND subject ->> 0 = 'D3'",
    )
    assert told == [("finding",)]


RECIPE = {
    "plant": "F1",
    "recipe": "R1",
    "valid_from": "2020-01-01",
    "citation": "x",
    "prepared_by": "A",
    "approved_by": "B",
    "interval_s": "999999999",
    "pirani": "yes",
    "probes": "999999999",
    "end_ratio": "1.1",
    "end_min": "999999999",
}
READING = {
    "plant": "F1",
    "cycle": "Y1",
    "elapsed_s": "0",
    "phase": "4",
    "pirani_mtorr": "80",
    "cm_mtorr": "40",
}


def test_an_end_with_digits_too_many_stops_no_linking(
    lots_settings: Settings, tmp_path: Path
) -> None:
    files = {
        "dryer_recipe": table(RECIPE, [{}]),
        "lyophilisation": table(
            {
                "plant": "F1",
                "cycle": "Y1",
                "dryer": "D1",
                "recipe": "R1",
                "loaded_at": "2026-03-01T10:00:00Z",
            },
            [{}],
        ),
        "lyophilisation_reading": table(READING, [{}, {"elapsed_s": "999999999", "phase": "6"}]),
    }
    take(
        lots_settings, *(write(tmp_path, f"{record}-1.csv", data) for record, data in files.items())
    )
    assert rows(lots_settings, "SELECT outcome FROM judged.outcome WHERE rule = 'L03'") == [
        ("finding",)
    ]


def test_vials_with_digits_too_many_are_counted(lots_settings: Settings, tmp_path: Path) -> None:
    usual = {**COUNTED["dispensing"], "vials": "999999999"}
    take(
        lots_settings,
        write(
            tmp_path, "dispensing-1.csv", table(usual, [{"dispensing": str(n)} for n in range(5)])
        ),
        write(tmp_path, "lot-1.csv", table({**PLANNED["lot"], "step": "packed"}, [{}])),
    )
    answer = implicate(lots_settings, [Subject("lot", "L1")], through=NOW)
    assert answer.vials.dispensed == Between(5 * 999_999_999, 5 * 999_999_999)
