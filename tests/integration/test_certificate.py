"""What an answer says about itself (docs/certificate.md), in a small world of which every answer is
complete until something is lost.
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from lots.answers import Between, Implicated
from lots.errors import NotFound
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.trace import trace
from lots.records import records
from lots.settings import Settings
from lots.store.schema.record_tables import accepted
from tests.builders import admit, rows, sentences
from tests.integration.losses import Answered, ask, held_back, losses, lost, world
from tests.integration.small_world import GTIN, OTHER, QUESTIONS, Told, at

# What some test changes before it is sent; all other files are received once for all of them.
CHANGED = {
    *("donation", "plasma_unit", "pool", "pool_unit", "lot_input", "pack", "shipment"),
    *("dispensing", "reconstitution", "reconstitution_vial"),
    *("administration", "administration_vial"),
}
LOSSES = int(os.environ.get("LOSSES", "25"))  # `make worlds N=…` for more


def begin(settings: Settings, folder: Path) -> None:
    """Receive what most tests leave as it is."""
    told = Told()
    for sender, world_of in told.senders.items():
        for record in {*world_of} & CHANGED:
            world_of[record].clear()
        admit(settings, *told.files(folder, sender), sender=sender)


@pytest.fixture(scope="module")
def begun(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases that have received it already; nothing is linked."""
    return told_once(begin)


@pytest.fixture
def lots_settings(begun: Callable[[], Settings]) -> Settings:
    """Such a database."""
    return begun()


def send(told: Told, settings: Settings, folder: Path) -> None:
    """Send a world; nothing else may have been received than it says."""
    told.send(settings, folder)
    sent = {path.name for path in folder.rglob("*.csv")}
    received = [str(name) for (name,) in rows(settings, "SELECT file_name FROM receiving.receipt")]
    assert sorted({*received}) == sorted(sent), "a test that changes more begins with nothing"
    files = [some for world_of in told.senders.values() for some in world_of.values() if some]
    assert len(received) == len(files) + len(told.senders), "and one list of each sender"


def answers(settings: Settings) -> dict[str, Implicated]:
    """The answer to each question."""
    return {kind: implicate(settings, [Subject(kind, name)]) for kind, name in QUESTIONS.items()}


def test_every_answer_of_a_whole_world_is_complete(lots_settings: Settings, tmp_path: Path) -> None:
    send(Told(), lots_settings, tmp_path)
    for kind, answer in answers(lots_settings).items():
        told = answer.certificate
        assert told.complete, (kind, [r.sentence for r in told.reasons], told.not_heard)
        assert answer.vials.given == Between(1, 1), kind
        assert answer.bounds.given == answer.bounds.patients_given == Between(1, 1), kind


def test_what_is_known_by_its_name_alone_is_said(lots_settings: Settings, tmp_path: Path) -> None:
    send(Told(), lots_settings, tmp_path)
    said = {kind: one.certificate.by_name for kind, one in answers(lots_settings).items()}
    alone = {"kit_lot", "analyser", "dryer", "diluent_lot"}
    assert {kind for kind, of in said.items() if of} == alone
    assert said["kit_lot"] == ("kit lot",)
    assert trace(lots_settings, "patient", "PAT1").certificate.by_name == ("patient",)


def test_what_is_lost_is_told_or_changes_nothing(lots_settings: Settings, tmp_path: Path) -> None:
    """The truth lies within the bounds of each answer, whatever was lost; and none is called complete
    that is not true.
    """
    send(Told(), lots_settings, tmp_path)
    wrong = []
    with world(lots_settings) as connection:
        truth = {kind: ask(connection, kind, name).bounds for kind, name in QUESTIONS.items()}
        assert all(b.least == b.most for bounds in truth.values() for b in bounds.values())
        every = [one for one in losses(connection) if os.environ.get("LOSS", "") in one.name]
        for loss in Random(1).sample(every, min(LOSSES, len(every))):
            with lost(connection, loss):
                for kind, name in QUESTIONS.items():
                    try:
                        found = ask(connection, kind, name)
                    except NotFound:
                        continue
                    wrong += [f"{loss.name}: {kind}: {w}" for w in untrue(truth[kind], found)]
    assert not wrong, "\n".join([f"{len(wrong)} answers are wrong", *wrong[:60]])


def untrue(truth: dict[str, Between], found: Answered) -> list[str]:
    """What an answer says that is not so."""
    outside = [
        f"{figure} is {true.least}, said {found.bounds[figure]}"
        for figure, true in truth.items()
        if not found.bounds[figure].least <= true.least
        or not _at_most(found.bounds[figure], true.least)
    ]
    # What is told by lot and count is no loss: other figures may be wider, and the truth in them.
    given = ("given", "patients_given")
    differs = any(found.bounds[figure] != truth[figure] for figure in given)
    said = found.certificate.complete and differs and not outside
    return outside + (["it is called complete"] if said else [])


def _at_most(said: Between, true: int) -> bool:
    return said.most is None or true <= said.most


SPELLED = {"2.20E+02": "as a spreadsheet writes it", "22E121S1": "", "22e1": "in another case"}


def test_vials_of_lots_that_nobody_knows_are_told_with_what_they_look_like(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    told = Told()
    for world_of in told.senders.values():
        for several in world_of.values():
            for row in several:
                row.update({name: "22E1" for name, value in row.items() if value == "L1"})
    infusion, vial = told.rows("administration"), told.rows("administration_vial")
    for n, lot in enumerate(SPELLED, 2):
        infusion.append({**infusion[0], "administration": f"A{n}", "patient_key": f"PAT{n}"})
        own = {"serial": "", "gtin": "", "lot_number": lot, "preparation": ""}
        vial.append({**vial[0], "administration": f"A{n}", **own})
    settings = fresh()
    send(told, settings, tmp_path)
    answer = implicate(settings, [Subject("lot", "M1/22E1/packed")])
    assert not answer.certificate.complete
    assert (answer.bounds.given, answer.bounds.patients_given) == (Between(1, 2), Between(1, 4))
    (reason,) = [r for r in answer.certificate.reasons if r.link == "lot"]
    assert (reason.rows, reason.vials, reason.patients) == (3, 3, 3)
    assert {said.split(" may be ")[0] for said in reason.alike} == {*SPELLED}


def test_what_is_left_out_is_judged_by_all_that_could_belong(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """An earlier donation that could be the donor's, a refused row of another maker's pool, a serial
    that a pack of the answer has: none of them may be left out.
    """
    told = Told()
    early = {"donation_number": "D0", "donor_key": "", "collected_at": "2025-12-01T10:00:00Z"}
    told.rows("donation").append({**told.rows("donation")[0], **early})
    told.rows("plasma_unit").append({"unit": "U0", "donation_number": "", "volume_ml": "700"})
    told.rows("pool").append(
        {"plant": "M1", "pool_number": "PO0", "pooled_at": "2025-12-20T10:00:00Z"}
    )
    told.rows("pool_unit").extend(
        {"plant": plant, "pool_number": pool, "unit": unit, "volume_ml": "690"}
        for plant, pool, unit in (("M1", "PO0", "U0"), ("M2", "PX", ""))
    )
    own = {"manufacturer": "M2", "lot_number": "LX", "from_manufacturer": "M2", "from_number": "PX"}
    told.rows("lot_input").append({**told.rows("lot_input")[0], **own})
    another(told, gtin=OTHER, serial="S1")
    send(told, lots_settings, tmp_path)
    for kind, name in {"donor": "P1", "donation": "D1", "lot": "M1/L1/packed"}.items():
        said = implicate(lots_settings, [Subject(kind, name)]).certificate
        # Whatever was pooled before this donation was given cannot hold it.
        early_pool = [("time", "plasma_unit")] if kind == "donation" else []
        assert [(one.why, one.record) for one in said.left_out] == early_pool, kind
        sorts = {(reason.record, reason.sort) for reason in said.reasons}
        assert ("administration_vial", "parked") in sorts, kind
        assert ("pool_unit", "refused") in sorts or kind == "lot"


def test_a_loss_in_another_product_leaves_every_answer_complete(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    another(told, gtin=OTHER, serial="ZQ-99817")
    send(told, lots_settings, tmp_path)
    for kind, answer in answers(lots_settings).items():
        # In what it was prepared nobody says, whatever it was: so it may be this diluent lot.
        assert answer.certificate.complete == (kind != "diluent_lot"), kind
        if answer.certificate.complete:
            assert answer.bounds.given == Between(1, 1), kind
            left_out = {(one.why, one.record) for one in answer.certificate.left_out}
            assert left_out == {("product", "administration_vial")}, kind


def test_a_line_that_tells_the_lot_alone_may_be_of_the_pack_that_is_asked_about(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """What was dispensed by its serial was prepared and given by its lot: nobody says of which pack."""
    told = Told()
    for record in ("reconstitution_vial", "administration_vial"):
        told.rows(record)[0].update(serial="", lot_number="L1")
    send(told, lots_settings, tmp_path)
    answer = implicate(lots_settings, [Subject("pack", f"{GTIN}/S1")])
    assert {(r.record, r.link, r.vials) for r in answer.certificate.reasons} == {
        ("reconstitution_vial", "pack", 1),
        ("administration_vial", "pack", 1),
    }
    assert (answer.bounds.given, answer.bounds.dispensed_only) == (Between(0, 1), Between(0, 1))
    assert answer.bounds.patients_given == Between(0, 1)


def test_what_was_prepared_nobody_knows_in_what_may_be_given_by_any_preparation(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Two vials were prepared in one bag and given by it alone; of one the bag is not known."""
    told = Told()
    prepared, given = told.rows("reconstitution_vial"), told.rows("administration_vial")[0]
    prepared.append({**prepared[0], "serial": "S2", "item": "2", "preparation": "B-LOST"})
    given.update(gtin="", serial="", vials="2")
    send(told, lots_settings, tmp_path)
    answer = implicate(lots_settings, [Subject("lot", "M1/L1/packed")])
    assert not answer.certificate.complete
    # What is missing in that bag may be of any lot, and be what was given.
    assert (answer.bounds.given, answer.bounds.prepared_only) == (Between(0, 2), Between(0, 1))
    assert answer.bounds.patients_given == Between(0, 2)


def test_of_a_pack_whose_lot_no_record_tells_every_vial_may_be_on_a_line_of_another_lot(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Its maker is written wrong; what was given of it is told by the number of its lot alone."""
    told = Told()
    told.rows("pack")[0].update(manufacturer="M-WRONG")
    for record in ("dispensing", "reconstitution_vial", "administration_vial"):
        told.rows(record)[0].update(serial="", lot_number="L1")
    send(told, lots_settings, tmp_path)
    answer = implicate(lots_settings, [Subject("pack", f"{GTIN}/S1")])
    assert not answer.certificate.complete
    assert (answer.bounds.given, answer.bounds.patients_given) == (Between(0, 1), Between(0, 1))


def test_what_is_on_no_later_line_may_be_on_one_of_a_lot_that_could_belong(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """What was prepared by its lot was given by its serial, of a pack whose maker is written wrong."""
    told = Told()
    told.rows("pack")[0].update(manufacturer="M-WRONG")
    told.rows("reconstitution_vial")[0].update(serial="", lot_number="L1")
    send(told, lots_settings, tmp_path)
    answer = implicate(lots_settings, [Subject("lot", "M1/L1/packed")])
    assert not answer.certificate.complete
    assert (answer.bounds.given, answer.bounds.prepared_only) == (Between(0, 1), Between(0, 1))


def test_a_preparation_that_does_not_tell_its_diluent_may_be_of_the_one_that_is_asked_about(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    for record in ("reconstitution", "reconstitution_vial"):
        lost = {"preparation": "B2", "diluent_lot": "", "item": "1", "serial": "S2"}
        row = told.rows(record)[0]
        told.rows(record).append({**row, **{c: v for c, v in lost.items() if c in row}})
    send(told, lots_settings, tmp_path)
    answer = implicate(lots_settings, [Subject("diluent_lot", "DL1")])
    assert not answer.certificate.complete
    assert (answer.bounds.given, answer.bounds.prepared) == (Between(1, 1), Between(1, 2))


def test_a_lot_that_no_record_tells_and_that_leads_nowhere_may_be_any_other(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Of a lot of two pools one is told as an input of another number: the lot lacks nothing itself."""
    told = Told()
    for name in ("donation", "plasma_unit", "pool", "pool_unit", "lot_input"):
        row = told.rows(name)[0]
        second = {"unit": "U2", "donation_number": "D2", "pool_number": "PO2", "from_number": "PO2"}
        told.rows(name).append({**row, **{c: v for c, v in second.items() if c in row}})
    told.rows("lot_input")[-1].update(lot_number="WRONG")
    send(told, lots_settings, tmp_path)
    for kind, name in (("pool", "M1/PO2"), ("donation", "D2")):
        answer = implicate(lots_settings, [Subject(kind, name)])
        assert not answer.certificate.complete
        assert answer.bounds.given == Between(0, None), kind
    assert implicate(lots_settings, [Subject("pool", "M1/PO1")]).certificate.complete


def test_patients_for_whom_vials_were_prepared_stay_when_where_packs_are_was_not_heard(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """A wholesaler, who tells of no vial, announced a delivery that did not come."""
    told = Told()
    told.rows("administration").clear()
    told.rows("administration_vial").clear()
    delivery = {"from_party": "M1", "shipment": "SH1", "item": "1", "to_party": "H1", "packs": "1"}
    told.senders["W1"] = {"delivery": [{**delivery, "delivered_at": at(6)}]}
    send(told, lots_settings, tmp_path)
    with world(lots_settings) as connection:
        row = connection.execute(sa.select(accepted(records()["delivery"]))).mappings().one()
        with lost(connection, held_back(records()["delivery"], row)):
            found = ask(connection, "lot", "M1/L1/packed")
    assert [one.sender for one in found.certificate.not_heard] == ["W1"]
    assert found.bounds["patients_not_given"] == Between(0, 1)


def test_a_relabelling_of_a_pack_that_nobody_knows_may_be_of_the_one_that_is_asked_about(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    new = {"new_gtin": GTIN, "new_serial": "S2", "party": "M1", "relabelled_at": at(6)}
    maker = told.senders["M1"]
    maker["relabelling"] = [{"gtin": OTHER, "serial": "S1", **new}]
    for record in ("dispensing", "reconstitution_vial", "administration_vial"):
        told.rows(record)[0].update(serial="S2")
    send(told, lots_settings, tmp_path)
    answer = implicate(lots_settings, [Subject("pack", f"{GTIN}/S1")])
    assert not answer.certificate.complete
    assert (answer.bounds.given, answer.bounds.patients_given) == (Between(0, 1), Between(0, 1))


def test_a_pack_may_have_any_other_label_where_nothing_names_the_one_that_it_got(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """The new label has a record of its own, and was written wrong where the pack was relabelled."""
    told = Told()
    maker = told.senders["M1"]
    new = {"new_gtin": GTIN, "new_serial": "WRONG", "party": "M1", "relabelled_at": at(6)}
    maker["relabelling"] = [{"gtin": GTIN, "serial": "S1", **new}]
    maker["pack"].append({**maker["pack"][0], "serial": "S2"})
    for record in ("dispensing", "reconstitution_vial", "administration_vial"):
        told.rows(record)[0].update(serial="S2")
    send(told, lots_settings, tmp_path)
    answer = implicate(lots_settings, [Subject("pack", f"{GTIN}/S1")])
    assert "1 row of relabelling names a pack that nobody knows." in sentences(answer.certificate)
    assert (answer.bounds.given, answer.bounds.patients_given) == (Between(0, 1), Between(0, 1))
    of_lot = implicate(lots_settings, [Subject("lot", "M1/L1/packed")])
    assert not of_lot.certificate.complete  # it may go on under another lot
    assert of_lot.bounds.given == Between(1, 2)


def stated(kind: str, one: str, other: str) -> dict[str, str]:
    """A statement that two keys are one person's."""
    keys = {"one_key": one, "other_key": other, "stated_at": at(1), "status": "stated"}
    return {"party": "C1", "statement": f"{one}-{other}", "kind": kind, **keys}


SAID = "1 row of same_person names a person that nobody knows."


def test_a_statement_of_keys_that_are_known_lacks_nothing(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.rows("donor").append({**told.rows("donor")[0], "donor_key": "P2"})
    told.senders["M1"]["same_person"] = [stated("donor", "P1", "P2")]
    told.send(lots_settings, tmp_path)
    for kind, answer in answers(lots_settings).items():
        assert answer.certificate.complete, kind
    assert SAID not in sentences(trace(lots_settings, "patient", "PAT1").certificate)


def test_a_person_may_have_any_other_key_where_nothing_tells_the_one_that_was_stated(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.rows("donor").append({**told.rows("donor")[0], "donor_key": "P2"})
    told.senders["M1"]["same_person"] = [stated("donor", "P1", "NOBODY-7")]
    told.send(lots_settings, tmp_path)
    for name in ("P1", "P2"):  # each may be the one that was meant
        answer = implicate(lots_settings, [Subject("donor", name)])
        assert SAID in sentences(answer.certificate), name
        assert answer.bounds.given.most != 0, name
    assert implicate(lots_settings, [Subject("donation", "D1")]).certificate.complete
    assert SAID not in sentences(trace(lots_settings, "patient", "PAT1").certificate)


def test_a_patient_may_have_any_other_key_where_nothing_tells_the_one_that_was_stated(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.senders["M1"]["same_person"] = [stated("patient", "PAT1", "NOBODY-7")]
    told.send(lots_settings, tmp_path)
    assert SAID in sentences(trace(lots_settings, "patient", "PAT1").certificate)
    for kind, answer in answers(lots_settings).items():
        assert answer.certificate.complete, kind


@pytest.mark.parametrize("status", ["given", "not_given"])
def test_what_was_given_by_a_preparation_with_a_line_that_could_belong_is_all_counted_at_most(
    lots_settings: Settings, tmp_path: Path, status: str
) -> None:
    """Two vials were prepared in one bag and given by it alone; of one nobody knows the label."""
    told = Told()
    prepared, given = told.rows("reconstitution_vial"), told.rows("administration_vial")[0]
    prepared.append({**prepared[0], "serial": "", "item": "2"})
    told.rows("administration")[0].update(status=status)
    given.update(gtin="", serial="", vials="2")
    send(told, lots_settings, tmp_path)
    bounds = implicate(lots_settings, [Subject("lot", "M1/L1/packed")]).bounds
    assert getattr(bounds, status) == Between(1, 2)
    assert bounds.prepared == Between(1, 2)


def test_a_party_is_told_that_a_shipment_may_have_come_to_it(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.rows("shipment")[1].update(serial="NOBODY-KNOWS-7")
    send(told, lots_settings, tmp_path)
    said = trace(lots_settings, "party", "H1").certificate
    assert "1 row of shipment names a pack that nobody knows." in sentences(said)


def test_what_was_prepared_nobody_knows_how_may_have_been_prepared_with_any_diluent(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Of two vials of one preparation the second tells another, which nobody knows."""
    told = Told()
    vials = told.rows("reconstitution_vial")
    vials.append({**vials[0], "item": "2", "serial": "S2", "preparation": "B9"})
    told.send(lots_settings, tmp_path)
    bounds = implicate(lots_settings, [Subject("diluent_lot", "DL1")]).bounds
    assert (bounds.prepared, bounds.given) == (Between(1, 2), Between(1, 1))


def another(told: Told, **label: str) -> None:
    """One infusion more, of a vial with this label alone."""
    infusion, vial = told.rows("administration"), told.rows("administration_vial")
    infusion.append({**infusion[0], "administration": "A9", "patient_key": "PAT9"})
    blank = dict.fromkeys(("gtin", "serial", "lot_number", "preparation"), "")
    vial.append({**vial[0], "administration": "A9", **blank, **label})
