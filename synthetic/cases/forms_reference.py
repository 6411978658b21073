"""Sound rows beside the plant's own: parties, and reference rows whose scope nobody else has."""

from collections.abc import Mapping
from functools import partial

from synthetic.cases.specimen import Form, Forms
from synthetic.cases.told import pairs
from synthetic.world import parties, reference
from synthetic.world.parties import PLANT, gs1

OF_PARTY = parties.Party.__slots__
LAW = "X{n:05d}"  # that binds nobody


def gtin(n: int) -> str:
    """The GTIN of a product that nobody makes."""
    return gs1(f"04097777{n:05d}")


def _party(name: str, n: int) -> str:
    row = parties.party(10_000 + n, f"CLINIC-X{n:04d}", "clinic")
    return str(getattr(row, name)).replace("\n", " ").replace('"', "")


def _dated(record: str, row: str | Mapping[str, str], *, of_product: bool = False) -> Form:
    told = pairs(row) if isinstance(row, str) else row
    computed = {"gtin": gtin} if of_product else {}
    return Form(record, PLANT, reference.cited(told, "made up"), computed=computed)


FORMS: Forms = {
    "party": Form("party", PLANT, {}, computed={n: partial(_party, n) for n in OF_PARTY}),
    "approval": _dated(
        "approval",
        "party={CENTRE} activity=collect market=X{n:05d} authority='Authority X' licence=L-X{n:05d}",
    ),
    "clearance": _dated(
        "clearance", "process_version=PVX-{n:05d} virus=BVDV enveloped=yes tested=yes log10=4.2"
    ),
    "dryer_recipe": _dated(
        "dryer_recipe", {"plant": PLANT, "recipe": "RX-{n:05d}", **reference.DRYING}
    ),
    "lot_test_specification": _dated(
        "lot_test_specification", "test=ph low=6.4 high=7.2 value_unit=pH", of_product=True
    ),
    "process_version": _dated(
        "process_version", {"process_version": "PVX-{n:05d}", **reference.PROCESS}
    ),
    "product": _dated(
        "product",
        """name='IVIG X' content_g=5 low_iga=no iga_ug_ml=70 stabiliser=glycine
        human_excipient=albumin storage_max_c=25 shelf_life_months=24 bench_h=2 laminar_h=24
        donors_min=1000 donors_max=60000""",
        of_product=True,
    ),
    "product_preparation": _dated(
        "product_preparation",
        """concentration_pct=5 diluent=SWFI diluent_ml=96 tolerance_pct=5 rate_max_ml_kg_h=4
        rate_risk_ml_kg_h=2""",
        of_product=True,
    ),
    "reporting_clock": _dated("reporting_clock", f"jurisdiction={LAW} event=deviation days=45"),
    "screening_requirement": _dated(
        "screening_requirement",
        reference.requirement(LAW, "source", "pool", "B19V-NAT", limit="10000"),
    ),
    "screening_scheme": _dated("screening_scheme", reference.scheme(LAW, "source")),
}
