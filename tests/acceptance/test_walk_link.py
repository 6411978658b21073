"""The walk's linking on worlds of a few rows, against answers worked out by hand."""

from datetime import date

import pytest

from tests.builders import NOW
from tests.walk.linking import below, edges, nodes, parked
from tests.walk.rows import findings, refused
from tests.walk.tables import accepted
from tests.walk.values import sscc_broken
from tests.walk.vials import vials
from tests.walk.world import add_months

CHAIN = """
external_lot supplier=X lot_number=E
lot_input manufacturer=P lot_number=B step=bulk from_manufacturer=X from_number=E from_step=external
viral_inactivation_load plant=P batch=V from_lot_number=B from_step=bulk lot_number=B2 step=bulk
virus_removal_load plant=P batch=N from_lot_number=B2 from_step=bulk lot_number=B3 step=bulk
filling_load plant=P batch=F from_lot_number=B3 lot_number=L
lyophilisation_load plant=P cycle=C from_lot_number=L lot_number=L
lot_input manufacturer=P lot_number=L step=packed from_manufacturer=P from_number=L from_step=dried
"""
PACKS = """
lot manufacturer=P lot_number=L step=packed
pack gtin=96385074 serial=A manufacturer=P lot_number=L step=packed
relabelling gtin=96385074 serial=A new_gtin=96385074 new_serial=B
relabelling gtin=96385074 serial=B new_gtin=96385074 new_serial=C
relabelling gtin=96385074 serial=C new_gtin=96385074 new_serial=B
"""
L = ("P", "L", "packed")


def links(record: str, *tables: str) -> set[tuple[object, ...]]:
    """The lot, basis, state and patient of each link of a record."""
    return {line[2:] for line, _ in vials(accepted(*tables), record)}


def test_a_lot_is_reached_through_every_kind_of_load() -> None:
    ways = edges(accepted(CHAIN))
    assert below(("X", "E", "external"), ways) == {
        ("P", "B", "bulk"),
        ("P", "B2", "bulk"),
        ("P", "B3", "bulk"),
        ("P", "L", "filled"),
        ("P", "L", "dried"),
        L,
    }


def test_nodes_are_named_by_records_and_edges() -> None:
    named = (
        "pool_unit plant=P pool_number=1 unit=U\nlot manufacturer=P lot_number=L9 step=paste\n"
        "deviation plant=P deviation=D lot_number=L8 step=paste\n"
        "sample manufacturer=P sample=1 lot_number=L8 step=packed"
    )
    assert nodes(accepted(CHAIN, named)) - {("P", "L", "filled"), ("P", "L", "dried"), L} == {
        ("X", "E", "external"),
        ("P", "B", "bulk"),
        ("P", "B2", "bulk"),
        ("P", "B3", "bulk"),
        ("P", "1", "pool"),
        ("P", "L9", "paste"),
    }


def test_an_external_input_asks_for_an_external_lot() -> None:
    unknown = (
        "lot_input manufacturer=P lot_number=B step=bulk from_manufacturer=X from_number=E2"
        " from_step=external"
    )
    key = ("P", "B", "bulk", "X", "E2", "external")
    assert ("lot_input", key, "from_external") in set(parked(accepted(CHAIN, unknown)))
    assert {name for _, _, name in parked(accepted(CHAIN))} & {
        "from_external",
        "from_pool",
    } == set()


def test_a_withdrawn_statement_outranks_a_stated_one() -> None:
    both = (
        "same_person party=C statement=1 status=stated\nsame_person party=C statement=1"
        " status=withdrawn"
    )
    assert [row["status"] for _, row in accepted(both).standing("same_person")] == ["withdrawn"]


@pytest.mark.parametrize("serial", ["A", "B", "C"])
def test_a_pack_is_of_the_lot_that_it_was_relabelled_from(serial: str) -> None:
    handed = f"dispensing pharmacy=Q dispensing=1 gtin=96385074 serial={serial} patient_key=T"
    assert links("dispensing", PACKS, handed) == {(L, "pack", "dispensed", "T")}


def test_a_pack_that_comes_from_no_known_one_is_parked() -> None:
    handed = (
        "dispensing pharmacy=Q dispensing=1 gtin=96385074 serial=D\n"
        "dispensing pharmacy=Q dispensing=2 gtin=614141123452 serial=B"
    )
    assert links("dispensing", PACKS, handed) == {(None, "pack", "dispensed", None)}


PREPARED = """
reconstitution site=S preparation=R treatment_order=O
reconstitution_vial site=S preparation=R item=1 gtin=96385074 serial=A
reconstitution_vial site=S preparation=R item=2 lot_number=OTHER
"""
ORDERED = "treatment_order site=S treatment_order=O patient_key=T"


@pytest.mark.parametrize(("ordered", "patient"), [("", None), (ORDERED, "T")])
def test_a_preparation_is_for_the_patient_of_its_order(ordered: str, patient: str | None) -> None:
    assert links("reconstitution_vial", PACKS, PREPARED, ordered) == {
        (L, "pack", "prepared", patient),
        (None, "lot", "prepared", patient),
    }


def test_an_infusion_reaches_the_lots_of_its_preparation() -> None:
    given = "administration_vial site=S administration=I item=1 preparation=R"
    assert links("administration_vial", PACKS, PREPARED, given) == {
        (L, "preparation", "given", None)
    }


@pytest.mark.parametrize(
    ("named", "way"),
    [("preparation=R9", "preparation"), ("", "vial"), ("preparation=R lot_number=L9", "lot")],
)
def test_an_infusion_of_nothing_known_is_parked(named: str, way: str) -> None:
    given = f"administration_vial site=S administration=I item=1 {named}"
    assert links("administration_vial", PACKS, PREPARED, given) == {(None, way, "given", None)}


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        (None, False),
        ("106141412345678908", False),
        ("106141412345678907", True),
        ("00614141234561", True),
    ],
)
def test_a_package_number_has_18_digits_and_a_check_digit(code: str | None, broken: bool) -> None:
    assert sscc_broken(code) is broken


@pytest.mark.parametrize(
    ("prepared", "approved", "out"),
    [("A", "B", False), ("A", "A", True), ("", "B", True), ("A", "", True)],
)
def test_reference_needs_two_people(prepared: str, approved: str, out: bool) -> None:
    said = {"valid_from": None, "valid_to": None}
    assert refused("clearance", {"prepared_by": prepared, "approved_by": approved}, said) is out


def test_two_keys_of_one_person_are_different_ones() -> None:
    same = dict.fromkeys(("one_key", "other_key"), "K")
    row = accepted("same_person party=C statement=1 one_key=K other_key=K").versions["same_person"][
        "C", "1"
    ][0]
    assert "same_person.two" in findings("same_person", same, row, NOW)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2025-10-31", 4, "2026-02-28"),
        ("2023-10-31", 4, "2024-02-29"),
        ("2025-12-31", 1, "2026-01-31"),
        ("2026-08-31", -6, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2025-11-30", 1, "2025-12-30"),
    ],
)
def test_months_end_where_a_month_ends(day: str, months: int, then: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == then
