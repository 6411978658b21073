"""Sound rows beside the plant's own: parties, and reference rows whose scope nobody else has."""

from collections.abc import Mapping

from synthetic.cases.specimen import Makers, Specimen
from synthetic.world import parties, reference
from synthetic.world.parties import CENTRES, PLANT, gs1
from synthetic.world.plan import Plan


def party(_: Plan, n: int) -> Specimen:
    """A clinic that gives nothing."""
    row = parties.party(10_000 + n, f"CLINIC-X{n:04d}")
    return Specimen(
        "party",
        n,
        {name: getattr(row, name).replace("\n", " ").replace('"', "") for name in row.__slots__},
    )


def _dated(record: str, n: int, row: Mapping[str, str]) -> Specimen:
    return Specimen(record, n, reference.cited(row, "made up"))


def gtin(n: int) -> str:
    """The GTIN of a product that nobody makes."""
    return gs1(f"04097777{n:05d}")


def approval(_: Plan, n: int) -> Specimen:
    """A centre's approval for a market of its own."""
    return _dated(
        "approval",
        n,
        {
            "party": CENTRES[0],
            "activity": "collect",
            "market": f"X{n:05d}",
            "authority": "Authority X",
            "licence": f"L-X{n:05d}",
        },
    )


def clearance(_: Plan, n: int) -> Specimen:
    """What a process that nobody uses takes of a virus."""
    return _dated(
        "clearance",
        n,
        {
            "process_version": f"PVX-{n:05d}",
            "virus": "BVDV",
            "enveloped": "yes",
            "tested": "yes",
            "log10": "4.2",
        },
    )


def dryer_recipe(_: Plan, n: int) -> Specimen:
    """A recipe by which nothing is dried."""
    return _dated("dryer_recipe", n, {"plant": PLANT, "recipe": f"RX-{n:05d}", **reference.DRYING})


def lot_test_specification(_: Plan, n: int) -> Specimen:
    """A limit of a product that nobody makes."""
    return _dated(
        "lot_test_specification",
        n,
        {"gtin": gtin(n), "test": "ph", "low": "6.4", "high": "7.2", "value_unit": "pH"},
    )


def process_version(_: Plan, n: int) -> Specimen:
    """A process that nobody uses."""
    return _dated("process_version", n, {"process_version": f"PVX-{n:05d}", **reference.PROCESS})


def product(_: Plan, n: int) -> Specimen:
    """A product that nobody makes."""
    return _dated(
        "product",
        n,
        {
            "gtin": gtin(n),
            "name": "IVIG X",
            "content_g": "5",
            "low_iga": "no",
            "iga_ug_ml": "70",
            "stabiliser": "glycine",
            "human_excipient": "albumin",
            "storage_max_c": "25",
            "shelf_life_months": "24",
            "bench_h": "2",
            "laminar_h": "24",
            "donors_min": "1000",
            "donors_max": "60000",
        },
    )


def product_preparation(_: Plan, n: int) -> Specimen:
    """How such a product is prepared."""
    return _dated(
        "product_preparation",
        n,
        {
            "gtin": gtin(n),
            "concentration_pct": "5",
            "diluent": "SWFI",
            "diluent_ml": "96",
            "tolerance_pct": "5",
            "rate_max_ml_kg_h": "4",
            "rate_risk_ml_kg_h": "2",
        },
    )


def reporting_clock(_: Plan, n: int) -> Specimen:
    """A term of a law that binds nobody."""
    return _dated(
        "reporting_clock", n, {"jurisdiction": f"X{n:05d}", "event": "deviation", "days": "45"}
    )


def screening_requirement(_: Plan, n: int) -> Specimen:
    """A marker that such a law asks for."""
    row = reference.requirement(f"X{n:05d}", "source", "pool", "B19V-NAT", limit="10000")
    return _dated("screening_requirement", n, row)


def screening_scheme(_: Plan, n: int) -> Specimen:
    """What such a law asks of donations."""
    return _dated("screening_scheme", n, reference.scheme(f"X{n:05d}", "source"))


MAKERS: Makers = {
    maker.__name__: maker
    for maker in (
        party,
        approval,
        clearance,
        dryer_recipe,
        lot_test_specification,
        process_version,
        product,
        product_preparation,
        reporting_clock,
        screening_requirement,
        screening_scheme,
    )
}
SENDERS: Mapping[str, str] = dict.fromkeys(MAKERS, PLANT)
