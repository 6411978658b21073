"""What a trace says of itself (docs/certificate.md), where only a trace goes: up to what went into a lot,
and to a patient's vials and a party's packs.
"""

from pathlib import Path

from lots.answers import Between, Trace
from lots.pipeline.trace import trace
from lots.settings import Settings
from tests.builders import NOW
from tests.integration.small_world import GTIN, OTHER, Told, at

ABOVE = ("donation", "plasma_unit", "pool_unit", "lot_input", "lyophilisation_load")
TRACED = {"lot": "M1/L1/packed", "pack": f"{GTIN}/S1", "patient": "PAT1", "party": "H1"}
Reasons = set[tuple[str, str, str]]


def traced(settings: Settings, kind: str, name: str) -> Trace:
    """A trace, of which all in scope were heard."""
    return trace(settings, kind, name, through=NOW)


def reasons(found: Trace) -> Reasons:
    """Why it is not complete: record, link and sort of each."""
    return {(r.record, r.link, str(r.sort)) for r in found.certificate.reasons}


def test_a_trace_of_which_nothing_is_missing_is_complete(
    lots_settings: Settings, tmp_path: Path
) -> None:
    Told().send(lots_settings, tmp_path)
    for kind, name in TRACED.items():
        found = traced(lots_settings, kind, name)
        assert (found.certificate.complete, reasons(found)) == (True, set()), kind
        assert found.bounds.given == Between(1, 1), kind


def test_a_vial_that_was_given_without_a_preparation_lacks_none(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.rows("administration_vial")[0]["preparation"] = ""
    told.send(lots_settings, tmp_path)
    for kind, name in TRACED.items():
        found = traced(lots_settings, kind, name)
        assert (found.certificate.complete, reasons(found)) == (True, set()), kind


def test_a_refused_row_of_the_way_up_is_said(lots_settings: Settings, tmp_path: Path) -> None:
    told = Told()
    for record in ABOVE:
        rows = told.rows(record)
        number = {"donation": "donation_number", "lot_input": "from_number"}.get(record, "unit")
        number = "from_lot_number" if "load" in record else number
        rows.append({**rows[0], number: ""})
    told.send(lots_settings, tmp_path)
    for kind, name in TRACED.items():
        found = traced(lots_settings, kind, name)
        assert {r for r, _, sort in reasons(found) if sort == "refused"} == {*ABOVE}, kind
        assert not found.certificate.complete


def test_what_was_prepared_for_a_patient_and_given_to_another_was_given(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.rows("administration")[0]["patient_key"] = "PAT2"
    told.send(lots_settings, tmp_path)
    found = traced(lots_settings, "patient", "PAT1")
    assert {use.record for use in found.uses} == {"reconstitution_vial", "administration_vial"}
    assert (found.bounds.given, found.bounds.prepared_only) == (Between(1, 1), Between(0, 0))


def test_what_contradicts_itself_is_named_and_not_sure(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    for record, row, other in (
        ("administration", 0, {"patient_key": "PAT2"}),
        ("shipment", 1, {"to_party": "M1"}),
        ("pack", 0, {"vials": "2"}),
    ):
        rows = told.rows(record)
        rows.append({**rows[row], **other})
    told.send(lots_settings, tmp_path)
    of_patients = {("administration", "", "contested"), ("pack", "", "contested")}
    # It was prepared for the one, whoever it was given to.
    for patient, least in (("PAT1", 1), ("PAT2", 0)):
        found = traced(lots_settings, "patient", patient)
        assert found.bounds.given == Between(least, 1), patient
        assert reasons(found) == of_patients, patient
    came = ("shipment", "", "contested")
    assert reasons(traced(lots_settings, "party", "H1")) == {came} | of_patients
    assert reasons(traced(lots_settings, "party", "M1")) == {came}


def test_what_came_to_a_party_and_nobody_knows_is_said_of_that_party_alone(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    shipment = told.rows("shipment")[0]
    sent = {"from_party": "M1", "shipment": "SH9", "item": "1", "to_party": "H1", "packs": "1"}
    told.senders["M1"]["delivery"] = [{**sent, "delivered_at": at(7)}]
    # Of whatever product: nothing says which of them a party has.
    unknown = {"shipment": "SH8", "to_party": "LAB1", "gtin": OTHER, "serial": "NEVER-TOLD"}
    told.rows("shipment").append({**shipment, **unknown})
    counted = {"party": "C1", "stocktake": "ST1", "item": "1", "packs": "1", "counted_at": at(7)}
    told.senders["M1"]["stock_count"] = [{**counted, "lot_number": "NEVER-TOLD"}]
    told.rows("shipment").append({**shipment, "shipment": "SH7", "to_party": "C1"})
    told.send(lots_settings, tmp_path)
    assert reasons(traced(lots_settings, "party", "H1")) == {("delivery", "shipment", "parked")}
    assert ("shipment", "pack", "parked") in reasons(traced(lots_settings, "party", "LAB1"))
    assert reasons(traced(lots_settings, "party", "C1")) == {("stock_count", "lot", "parked")}


def test_a_package_that_came_to_a_party_and_of_which_nobody_tells_the_content_is_said(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    shipment = told.rows("shipment")[0]
    box = {"shipment": "SH9", "gtin": "", "serial": "", "sscc": "BOX9"}
    told.rows("shipment").append({**shipment, **box})
    told.send(lots_settings, tmp_path)
    found = reasons(traced(lots_settings, "party", "H1"))
    assert found == {("package", "package_content.package", "without")}
