"""A certificate names what an answer may lack. On a real PostgreSQL; whole plants are in
tests/acceptance.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lots.answers import Between, Implicated
from lots.answers.certificate import Sort
from lots.answers.shown import ShownRefused
from lots.errors import NotFound
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.show import show
from lots.pipeline.trace import trace
from lots.settings import Settings
from tests.builders import NOW, donations, sentences, table, take, write

UNIT = {"unit": "U1", "donation_number": "D1", "volume_ml": "700"}
IN_POOL = {"plant": "M1", "pool_number": "P1", "unit": "U1", "volume_ml": "690"}
INPUT = {
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "from_manufacturer": "M1",
    "from_number": "P1",
    "from_step": "pool",
}
PACK = {
    "gtin": "09506000134352",
    "serial": "S1",
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "vials": "1",
}
GIVEN = {
    "site": "W1",
    "administration": "A1",
    "item": "1",
    "gtin": PACK["gtin"],
    "serial": "S1",
    "lot_number": "L1",
    "vials": "1",
}


def received(settings: Settings, folder: Path, **files: bytes) -> None:
    """Receive each file under its record's name."""
    take(
        settings,
        *(write(folder, f"{name}-{n}.csv", data) for n, (name, data) in enumerate(files.items())),
    )


def chain(settings: Settings, folder: Path, **more: bytes) -> None:
    """A donation, its unit, a pool, a packed lot, a pack and a vial that was given."""
    received(
        settings,
        folder,
        donation=donations({}),
        plasma_unit=table(UNIT, [{}]),
        pool_unit=table(IN_POOL, [{}]),
        lot_input=table(INPUT, [{}]),
        pack=table(PACK, [{}]),
        administration_vial=table(GIVEN, [{}]),
    )
    if more:
        received(settings, folder / "more", **more)


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases in which the chain has been told."""
    return told_once(chain)


@pytest.fixture
def chained(copy: Callable[[], Settings]) -> Settings:
    """One of them."""
    return copy()


def implicated(settings: Settings, through: datetime = NOW, **asked: str) -> Implicated:
    """What a question about one thing concerns."""
    return implicate(
        settings, [Subject(kind, name) for kind, name in asked.items()], through=through
    )


def reasons(settings: Settings, **asked: str) -> list[str]:
    """Why an answer may lack something."""
    return sentences(implicated(settings, NOW, **asked).certificate)


def test_a_vial_is_traced_to_its_donation_and_back(chained: Settings) -> None:
    down = implicated(chained, donation="D1")
    assert [(n.step, n.number) for n in down.nodes] == [("packed", "L1"), ("pool", "P1")]
    assert down.vials.given == Between(0, 1), (
        "the infusion has not arrived: perhaps it was not given"
    )
    up = trace(chained, "pack", f"{PACK['gtin']}/S1", through=NOW)
    assert [(p.units, p.donations, p.donors) for p in up.pooled] == [(1, 1, 1)]
    assert [(u.record, u.key, u.state) for u in up.uses] == [
        ("administration_vial", ("W1", "A1", "1"), "given")
    ]


@pytest.mark.parametrize(
    ("record", "row", "reason"),
    [
        (
            "plasma_unit",
            {**UNIT, "unit": "U2", "donation_number": "é"},
            "1 row of plasma_unit does not say which donation.",
        ),
        (
            "plasma_unit",
            {**UNIT, "unit": ""},
            "1 row of plasma_unit was refused, and could belong.",
        ),
        (
            "pool_unit",
            {**IN_POOL, "pool_number": ""},
            "1 row of pool_unit was refused, and could belong.",
        ),
        (
            "pack",
            {**PACK, "serial": "S2", "lot_number": ""},
            "1 row of pack does not say which lot.",
        ),
        (
            "administration_vial",
            {**GIVEN, "item": "2", "serial": "S9", "lot_number": ""},
            "1 row of administration_vial names a pack that nobody knows.",
        ),
        (
            "administration_vial",
            {**GIVEN, "item": "2", "serial": "", "lot_number": ""},
            "1 row of administration_vial names neither pack nor lot.",
        ),
        (
            "plasma_unit",
            {**UNIT, "volume_ml": "1"},
            "1 key of plasma_unit is contested; all its versions are walked.",
        ),
    ],
)
def test_a_row_that_may_belong_to_the_answer_is_named(
    chained: Settings, tmp_path: Path, record: str, row: dict[str, str], reason: str
) -> None:
    before = reasons(chained, donation="D1")
    assert reason not in before
    received(chained, tmp_path / "late", **{record: table(row, [{}])})
    assert reason in reasons(chained, donation="D1")


def test_a_reason_tells_where_its_rows_stand_or_of_what_nothing_is_told(
    chained: Settings, tmp_path: Path
) -> None:
    infusion = {"site": "W1", "patient_key": "PAT3", "status": "given", "started_at": f"{NOW}"}
    received(
        chained,
        tmp_path,
        plasma_unit=table({**UNIT, "unit": ""}, [{}]),
        administration=table(infusion, [{"administration": a} for a in ("A3", "A4")]),
    )
    answer = implicate(chained, [Subject("donation", "D1")], through=NOW)
    where = {(r.record, r.sort): r.where for r in answer.certificate.reasons}
    (place,) = where["plasma_unit", Sort.REFUSED]
    row, _, file = place.partition(" ")
    assert file.startswith("(plasma_unit-")
    assert isinstance(show(chained, "row", row, disclosed=False), ShownRefused)
    assert where["administration", Sort.WITHOUT] == (
        "administration W1/A3",
        "administration W1/A4",
    )


def test_a_contested_vial_keeps_both_its_packs(chained: Settings, tmp_path: Path) -> None:
    received(
        chained,
        tmp_path,
        pack=table(PACK, [{"serial": "S2"}]),
        administration_vial=table(GIVEN, [{"serial": "S2"}]),
    )
    for serial in ("S1", "S2"):
        assert len(trace(chained, "pack", f"{PACK['gtin']}/{serial}", through=NOW).uses) == 1
    contested = "1 key of administration_vial is contested; all its versions are walked."
    assert contested in reasons(chained, donation="D1")


def test_a_pack_is_traced_as_it_is_implicated(chained: Settings, tmp_path: Path) -> None:
    """Given by its preparation, under a later serial; another pack of its lot was given to another
    patient.
    """
    gtin, at = PACK["gtin"], "2026-09-01T00:00Z"
    infusion = {
        "site": "W1",
        "administration": "A1",
        "patient_key": "PAT1",
        "status": "given",
        "started_at": at,
    }
    by_bag = {**GIVEN, "serial": "", "gtin": "", "lot_number": "", "preparation": "R1"}
    received(
        chained,
        tmp_path,
        pack=table(PACK, [{"serial": "S2"}]),
        relabelling=table(
            {
                "gtin": gtin,
                "serial": "S1",
                "new_gtin": gtin,
                "new_serial": "S/9",
                "relabelled_at": at,
            },
            [{}],
        ),
        reconstitution=table(
            {"site": "W1", "preparation": "R1", "diluent": "SWFI", "started_at": at}, [{}]
        ),
        reconstitution_vial=table(
            {
                "site": "W1",
                "preparation": "R1",
                "item": "1",
                "gtin": gtin,
                "serial": "S/9",
                "vials": "1",
            },
            [{}],
        ),
        administration=table(
            infusion,
            [
                {},
                {"administration": "A2", "patient_key": "PAT2"},
                {"administration": "A3", "patient_key": "PAT3"},
            ],
        ),
        administration_vial=table(
            by_bag,
            [
                {"administration": "A2"},
                {**GIVEN, "administration": "A3", "serial": "S2", "preparation": ""},
            ],
        ),
    )
    for name in ("S1", "S/9"):
        traced = trace(chained, "pack", f"{gtin}/{name}", through=NOW)
        concerned = implicated(chained, pack=f"{gtin}/{name}")
        assert (traced.patients, traced.vials) == (concerned.patients, concerned.vials)
        keys = {u.key for u in traced.uses}
        assert keys == {
            ("W1", "R1", "1"),
            ("W1", "A2", "1"),
            *([("W1", "A1", "1")] if name == "S1" else []),
        }
        assert traced.patients.given == len(keys) - 1
        told = (
            f"1 other vial line is of the pack {gtin}/S1, from which this one was relabelled: it, or"
            " one beside it, may be what was meant."
        )
        assert (told in sentences(traced.certificate)) == (name == "S/9")


def test_what_is_not_pooled_is_told(lots_settings: Settings, tmp_path: Path) -> None:
    received(
        lots_settings,
        tmp_path,
        donation=donations({}),
        plasma_unit=table(UNIT, [{}, {"unit": "U2"}]),
    )
    assert implicated(lots_settings, donation="D1").details == (
        ("units", 2),
        ("not pooled", "U1, U2"),
    )
    asked = [Subject("donation", "D1"), Subject("centre", "C1")]
    assert implicate(lots_settings, asked).details == (
        ("donation D1, units", 2),
        ("donation D1, not pooled", "U1, U2"),
        ("centre C1, donations", 1),
        ("centre C1, units", 2),
        ("centre C1, not pooled", "U1, U2"),
    )


def test_a_donation_without_a_unit_has_an_answer_that_says_so(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(lots_settings, tmp_path, donation=donations({}))
    told = "Of 1 donation no plasma unit is known: nobody can tell where it went."
    assert told in reasons(lots_settings, donation="D1")
    with pytest.raises(NotFound, match="No donation 'D2' was ever received"):
        implicated(lots_settings, donation="D2")


def test_a_sender_is_heard_by_its_numbered_sendings(chained: Settings, tmp_path: Path) -> None:
    said = {
        "sender": "C1",
        "sequence": "1",
        "file_name": "donation-0.csv",
        "record": "donation",
        "row_count": "1",
        "period_from": "2026-01-01T00:00Z",
        "period_to": "2026-11-01T00:00Z",
    }
    more = {"sequence": "3", "file_name": "donation-9.csv", "period_to": "2026-12-01T00:00Z"}
    received(chained, tmp_path, transmittal=table(said, [{}, more]))
    told = reasons(chained, centre="C1")
    assert "C1: number 2 of its 3 sendings has not arrived" in told
    assert "C1: donation-9.csv was announced and has not been accepted" in told
    later = implicated(chained, NOW + timedelta(days=30), centre="C1").certificate
    assert "C1: it has been heard until 2026-11-22 12:00 UTC only" in sentences(
        later
    )  # it cannot know what is to come


def test_a_lot_whose_inputs_never_arrived_is_named(chained: Settings, tmp_path: Path) -> None:
    received(chained, tmp_path, pack=table(PACK, [{"serial": "S5", "lot_number": "L5"}]))
    orphan = "Of 1 lot nobody knows what it was made of."
    assert orphan in reasons(chained, donation="D1")


def test_what_only_a_ward_names_is_not_denied(lots_settings: Settings, tmp_path: Path) -> None:
    received(lots_settings, tmp_path, administration_vial=table(GIVEN, [{"lot_number": "L9"}]))
    for asked in ("lot", "pack"):
        name = "L9" if asked == "lot" else f"{PACK['gtin']}/S1"
        told = trace(lots_settings, asked, name, through=NOW).certificate
        assert (
            told.reasons[0].sentence
            == f"No record that links this {asked} has arrived, but received rows name it."
        )


def test_a_pack_of_several_vials_is_partly_given(chained: Settings, tmp_path: Path) -> None:
    received(
        chained,
        tmp_path,
        pack=table(PACK, [{"serial": "S12", "vials": "12"}]),
        administration_vial=table(GIVEN, [{"item": "2", "serial": "S12"}]),
    )
    found = {(w.whereabouts, w.packs, w.vials) for w in implicated(chained, lot="L1").whereabouts}
    assert found == {("given", 1, 1), ("partly given", 1, 12)}


def test_packs_are_found_in_packages_under_new_names_and_at_their_end(
    chained: Settings, tmp_path: Path
) -> None:
    gtin, at = PACK["gtin"], "2026-09-01T00:00Z"
    box = {"sscc": "006141411234567890", "item": "1", "gtin": gtin, "serial": "S2", "packed_at": at}
    pallet = {"sscc": "106141412345678908", "gtin": "", "serial": "", "child_sscc": box["sscc"]}
    sent = {
        "from_party": "M1",
        "shipment": "V1",
        "item": "1",
        "kind": "sale",
        "to_party": "H1",
        "shipped_at": at,
        "packs": "1",
        "sscc": pallet["sscc"],
    }
    lost = {
        "party": "H2",
        "fate": "1",
        "kind": "lost",
        "gtin": gtin,
        "serial": "S3",
        "vials": "1",
        "at": at,
    }
    renamed = {
        "gtin": gtin,
        "serial": "S4",
        "new_gtin": gtin,
        "new_serial": "S5",
        "party": "H3",
        "relabelled_at": at,
    }
    received(
        chained,
        tmp_path,
        pack=table(PACK, [{"serial": f"S{n}"} for n in (2, 3, 4)]),
        package_content=table(box, [{}, pallet]),
        shipment=table(sent, [{}]),
        vial_fate=table(lost, [{}]),
        relabelling=table(renamed, [{}]),
        administration_vial=table(GIVEN, [{"item": "2", "serial": "S5"}]),
    )
    answer = implicated(chained, lot="L1")
    assert {(w.whereabouts, w.holder, w.packs) for w in answer.whereabouts} == {
        ("given", "W1", 1),
        ("in transit", "H1", 1),
        ("lost", "H2", 1),
        ("relabelled", "H3", 1),
    }
    assert answer.vials.given == Between(0, 2)
    assert not any(" of shipment " in reason.sentence for reason in answer.certificate.reasons)


def test_a_name_that_is_announced_twice_must_arrive_twice(
    chained: Settings, tmp_path: Path
) -> None:
    said = {
        "sender": "C1",
        "sequence": "1",
        "file_name": "donation-0.csv",
        "record": "donation",
        "row_count": "1",
        "period_from": "2026-01-01T00:00Z",
        "period_to": "2026-12-01T00:00Z",
    }
    received(chained, tmp_path, transmittal=table(said, [{}, {"sequence": "2"}]))
    assert "C1: donation-0.csv was announced and has not been accepted" in reasons(
        chained, centre="C1"
    )


def test_a_shipment_that_names_no_pack_still_names_its_holder(
    chained: Settings, tmp_path: Path
) -> None:
    sent = {
        "from_party": "M1",
        "shipment": "V1",
        "item": "1",
        "kind": "sale",
        "to_party": "H9",
        "shipped_at": "2026-09-01T00:00Z",
        "gtin": "",
        "serial": "S77",
        "lot_number": "L1",
        "packs": "",
    }
    received(chained, tmp_path, shipment=table(sent, [{}, {"item": "2", "lot_number": ""}]))
    answer = implicated(chained, lot="L1")
    assert [
        (w.holder, w.packs) for w in answer.whereabouts if w.whereabouts == "shipped by count"
    ] == [("H9", 1)]
    assert {
        "1 row of shipment does not say which pack.",
        "H9: it has numbered no sending: nobody can tell whether all has arrived",
    } <= set(sentences(answer.certificate))
