"""Every question reaches what it must, alone and together. On a real PostgreSQL."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from lots.answers import Between, Implicated
from lots.errors import CallError, NotFound
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.period import Period
from lots.questions import implicating
from lots.records import records
from lots.settings import Settings
from tests.builders import NOW, donations, sentences, table, take, write

AT = "2026-03-01T12:00:00Z"
GTIN = "09506000134352"
RESULT = {
    "sample": "T1",
    "marker": "HBsAg",
    "run": "1",
    "tested": "donation",
    "tested_id": "D1",
    "kit_lot": "K1",
    "laboratory": "LAB",
    "analyser": "AN1",
    "tested_at": AT,
    "interpretation": "nonreactive",
}
LOAD = {
    "plant": "M1",
    "batch": "SD1",
    "from_lot_number": "B1",
    "from_step": "bulk",
    "lot_number": "B2",
    "step": "bulk",
}
FILES: dict[str, tuple[dict[str, str], list[dict[str, str]]]] = {
    "plasma_unit": (
        {"unit": "U1", "donation_number": "D1", "volume_ml": "700"},
        [{}, {"unit": "U2", "donation_number": "D2"}],
    ),
    "minipool_member": (
        {"minipool": "MP1", "member_kind": "donation", "member": "D1"},
        [{}, {"minipool": "MP2", "member_kind": "minipool", "member": "MP1"}],
    ),
    "test_result": (
        RESULT,
        [
            {},
            {
                "sample": "T2",
                "tested": "minipool",
                "tested_id": "MP2",
                "kit_lot": "K2",
                "analyser": "AN2",
            },
        ],
    ),
    "pool_unit": (
        {"plant": "M1", "pool_number": "P1", "unit": "U1", "volume_ml": "700"},
        [{}, {"pool_number": "P2", "unit": "U2"}],
    ),
    "lot_input": (
        {
            "manufacturer": "M1",
            "lot_number": "B1",
            "step": "bulk",
            "from_manufacturer": "M1",
            "from_number": "P1",
            "from_step": "pool",
        },
        [
            {},
            {"lot_number": "B9", "from_number": "P2"},
            {"lot_number": "L1", "step": "packed", "from_number": "L1", "from_step": "dried"},
            {"lot_number": "L2", "step": "packed", "from_number": "L2", "from_step": "dried"},
        ],
    ),
    "viral_inactivation": (
        {
            "plant": "M1",
            "batch": "SD1",
            "process_version": "V1",
            "solvent_lot": "TNBP1",
            "detergent_lot": "TX1",
            "prefilter_lot": "PF1",
            "started_at": AT,
            "ended_at": AT,
        },
        [{}],
    ),
    "viral_inactivation_load": (LOAD, [{}]),
    "virus_removal": (
        {
            "plant": "M1",
            "batch": "NF1",
            "process_version": "V2",
            "method": "nanofiltration",
            "filter_lot": "NFL1",
            "started_at": AT,
            "ended_at": AT,
        },
        [{}],
    ),
    "virus_removal_load": (
        {**LOAD, "batch": "NF1", "from_lot_number": "B2", "lot_number": "B3"},
        [{}],
    ),
    "filling": (
        {
            "plant": "M1",
            "batch": "F1",
            "fill_line": "LINE1",
            "filter_lot": "SF1",
            "started_at": AT,
            "ended_at": AT,
            "vials_filled": "10",
        },
        [{}, {"batch": "F2", "fill_line": "LINE2", "filter_lot": "SF2"}],
    ),
    "filling_load": (
        {"plant": "M1", "batch": "F1", "from_lot_number": "B3", "lot_number": "L1"},
        [{}, {"batch": "F2", "lot_number": "L2"}],
    ),
    "lyophilisation": (
        {"plant": "M1", "cycle": "C1", "dryer": "DRY1", "loaded_at": AT, "unloaded_at": AT},
        [{}, {"cycle": "C2"}],
    ),
    "lyophilisation_load": (
        {"plant": "M1", "cycle": "C1", "from_lot_number": "L1", "lot_number": "L1"},
        [{}, {"cycle": "C2", "from_lot_number": "L2", "lot_number": "L2"}],
    ),
    "pack": (
        {
            "gtin": GTIN,
            "serial": "S1",
            "manufacturer": "M1",
            "lot_number": "L1",
            "step": "packed",
            "vials": "1",
        },
        [{}, {"serial": "S2", "lot_number": "L2"}],
    ),
    "treatment_order": (
        {
            "site": "W1",
            "treatment_order": "O1",
            "patient_key": "PAT1",
            "ordered_at": AT,
            "indication": "PID",
        },
        [{}],
    ),
    "reconstitution": (
        {
            "site": "W1",
            "preparation": "R1",
            "treatment_order": "O1",
            "diluent": "SWFI",
            "diluent_lot": "DIL1",
            "started_at": AT,
            "completed_at": AT,
        },
        [{}],
    ),
    "reconstitution_vial": (
        {
            "site": "W1",
            "preparation": "R1",
            "item": "1",
            "gtin": GTIN,
            "serial": "S1",
            "vials": "1",
        },
        [{}, {"item": "2", "serial": "S2"}],
    ),
    "administration": (
        {
            "site": "W1",
            "administration": "A1",
            "patient_key": "PAT1",
            "status": "given",
            "started_at": AT,
        },
        [{}],
    ),
    "administration_vial": (
        {"site": "W1", "administration": "A1", "item": "1", "preparation": "R1", "vials": "2"},
        [{}],
    ),
}
BOTH = {"L1", "L2"}
PERIODS = {name: q.period for name, q in implicating().items() if q.period}
PERSONS = {name for name, q in implicating().items() if q.of_person(records())}
REACHED = {  # a subject of each kind, and the packed lots that it reaches
    "donor": ("N1", BOTH),
    "donation": ("D1", BOTH),
    "minipool": ("MP2", BOTH),
    "pool": ("P1", BOTH),
    "lot": ("M1/L1/filled", {"L1"}),
    "pack": (f"{GTIN}/S2", {"L2"}),
    "kit_lot": ("K2", BOTH),
    "laboratory": ("LAB", BOTH),
    "analyser": ("AN1", BOTH),
    "centre": ("C1", BOTH),
    "sd_batch": ("NF1", BOTH),
    "reagent_lot": ("TX1", BOTH),
    "filter_lot": ("SF2", {"L2"}),
    "dryer": ("DRY1", BOTH),
    "fill_line": ("LINE1", {"L1"}),
    "diluent_lot": ("DIL1", BOTH),
}

DAY, GIVEN_ON = date(2026, 3, 2), date(2026, 1, 5)  # in the zones of the parties below
# a row of a thing asked about without a date, and the reason that it gives in a question about a
# period
UNDATED = {
    "kit_lot": (
        "test_result",
        {"sample": "T9", "kit_lot": "K2", "tested_at": ""},
        "Some rows of test_result (1) do not say when they were tested; they are counted.",
    ),
    "dryer": (
        "lyophilisation",
        {"unloaded_at": "", "cycle": "C3"},
        "Some rows of lyophilisation (1) do not say when they began or ended; they are counted.",
    ),
}
# a row that does not say what it is of: its record, what is different, and the reason that it gives
UNSAID = {
    "kit_lot": (
        "test_result",
        {"sample": "T9", "kit_lot": ""},
        "1 row of test_result does not say which kit lot.",
    ),
    "diluent_lot": (
        "reconstitution",
        {"preparation": "R9", "diluent_lot": ""},
        "1 row of reconstitution does not say which diluent lot.",
    ),
    "dryer": (
        "lyophilisation_load",
        {"cycle": "C9"},
        "1 row of lyophilisation_load names a run that nobody knows.",
    ),
}


def told(settings: Settings, folder: Path) -> None:
    """One pool that became two lots by one treatment, each filled on a line of its own and dried in
    one dryer.
    """
    first = donations({"donor_key": "N1"}, {"donation_number": "D2", "donor_key": "N2"})
    party = {"kind": "plant", "name": "x", "zone": "Pacific/Kiritimati"}
    far = table(party, [{"party_id": name} for name in ("M1", "LAB", "W1")])
    take(
        settings,
        write(folder, "donation-1.csv", first),
        write(folder, "party-1.csv", far),
        *(
            write(folder, f"{name}-1.csv", table(row, changes))
            for name, (row, changes) in FILES.items()
        ),
    )


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases in which that chain has been told."""
    return told_once(told)


@pytest.fixture
def chain(copy: Callable[[], Settings]) -> Settings:
    """One of them."""
    return copy()


def asked(
    settings: Settings,
    *subjects: tuple[str, str],
    since: date | None = None,
    until: date | None = None,
) -> Implicated:
    """What subjects concern."""
    return implicate(
        settings,
        [Subject(*subject) for subject in subjects],
        through=NOW,
        period=Period(since, until),
    )


def packed(answer: Implicated) -> set[str]:
    """The packed lots of an answer."""
    return {n.number for n in answer.nodes if n.step == "packed"}


def test_every_kind_reaches_its_lots_and_its_patient(chain: Settings) -> None:
    found = {kind: asked(chain, (kind, name)) for kind, (name, _) in REACHED.items()}
    assert found.keys() == set(implicating())
    assert {kind: packed(answer) for kind, answer in found.items()} == {
        k: lots for k, (_, lots) in REACHED.items()
    }
    assert {kind: answer.patients.given for kind, answer in found.items()} == dict.fromkeys(
        implicating(), 1
    )
    _joined_and_intersected(chain)
    _never_received(chain)


def _joined_and_intersected(chain: Settings) -> None:
    assert packed(asked(chain, ("pool", "P1"), ("fill_line", "LINE2"))) == {"L2"}
    assert packed(asked(chain, ("fill_line", "LINE1"), ("fill_line", "LINE2"))) == BOTH
    assert packed(asked(chain, ("pool", "P2"), ("dryer", "DRY1"))) == set()
    both = asked(chain, ("diluent_lot", "DIL1"), ("fill_line", "LINE2"))
    assert both.question == "fill line LINE2 and diluent lot DIL1"
    counted = (both.vials.given, both.vials.prepared, both.vials.without_key)
    assert counted == (Between(1, 1), Between(1, 1), Between(0, 0))


def _never_received(chain: Settings) -> None:
    """For every kind: exit code 2, with the nearest names; of persons none."""
    for kind, (name, _) in REACHED.items():
        unknown = f"{GTIN}/NONE" if kind == "pack" else "NONE"
        with pytest.raises(NotFound) as told:
            asked(chain, (kind, unknown))
        assert told.value.code == 2
        assert " was ever received" in str(told.value)
        near = {"pack": f"{GTIN}/s2", "lot": "M1/l1/filled"}.get(kind, name.lower())
        with pytest.raises(NotFound) as told:
            asked(chain, (kind, near))
        number = {"pack": "S2", "lot": "L1"}.get(kind, name)
        assert (number in str(told.value)) == (kind not in PERSONS)
        assert not (kind in PERSONS and near in str(told.value)), "no key of a person is repeated"
    with pytest.raises(CallError, match="Nothing is asked about"):
        asked(chain)


def test_a_period_counts_both_its_ends_in_the_days_of_the_place(chain: Settings) -> None:
    """At UTC+14 the noon of a day is the next day's; each kind says to what the period was applied."""
    before, after = timedelta(days=-1), timedelta(days=1)
    for kind, applied in PERIODS.items():
        name, lots = REACHED[kind]
        day = GIVEN_ON if kind in ("donor", "centre") else DAY
        of_day = asked(chain, (kind, name), since=day, until=day)
        assert packed(of_day) == lots, kind
        assert applied in of_day.question
        assert of_day.asked[0].period == f"{applied}, from {day} to {day}"
        assert (
            packed(asked(chain, (kind, name), until=day))
            == packed(asked(chain, (kind, name), since=day))
            == lots
        )
        for wrong in (
            asked(chain, (kind, name), until=day + before),
            asked(chain, (kind, name), since=day + after),
        ):
            assert packed(wrong) == set(), kind
            assert sentences(wrong.certificate)[0].startswith("Received rows name "), kind
    assert packed(asked(chain, ("pool", "P1"), ("dryer", "DRY1"), since=DAY)) == BOTH
    for kind in {*implicating()} - {*PERIODS}:
        with pytest.raises(CallError, match="is asked about whole"):
            asked(chain, (kind, REACHED[kind][0]), since=DAY)


def test_what_has_no_date_is_counted_in_every_period_and_told(
    chain: Settings, tmp_path: Path
) -> None:
    load = table(FILES["lyophilisation_load"][0], [{"cycle": "C3", "lot_number": "L3"}])
    take(
        chain,
        write(tmp_path, "lyophilisation_load-3.csv", load),
        *(
            write(tmp_path, f"{record}-3.csv", table(FILES[record][0], [row]))
            for record, row, _ in UNDATED.values()
        ),
    )
    for kind, (_, _, reason) in UNDATED.items():
        answer = asked(chain, (kind, REACHED[kind][0]), since=date(2027, 1, 1))
        assert reason in sentences(answer.certificate)
        assert answer.nodes, kind
        assert reason not in sentences(asked(chain, (kind, REACHED[kind][0])).certificate)


def test_what_does_not_say_its_kind_is_named(chain: Settings, tmp_path: Path) -> None:
    before = [sentences(asked(chain, (kind, REACHED[kind][0])).certificate) for kind in UNSAID]
    take(
        chain,
        *(
            write(tmp_path, f"{record}-2.csv", table(FILES[record][0], [change]))
            for record, change, _ in UNSAID.values()
        ),
    )
    after = [sentences(asked(chain, (kind, REACHED[kind][0])).certificate) for kind in UNSAID]
    for (_, _, reason), was, now in zip(UNSAID.values(), before, after, strict=True):
        assert reason not in was
        assert reason in now
    early = {"preparation": "R8", "item": "1"}  # of a preparation that has not arrived
    apart = table(FILES["reconstitution_vial"][0], [{"item": "9", "serial": "S9"}, early])
    take(chain, write(tmp_path, "reconstitution_vial-2.csv", apart))
    told = sentences(asked(chain, ("diluent_lot", "DIL1")).certificate)
    assert "1 row of reconstitution_vial names a preparation that nobody knows." in told
    assert "1 row of reconstitution_vial names a pack that nobody knows." in told
