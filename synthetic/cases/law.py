"""The reference under which cases stand: a law with every limit, a law with none, processes,
recipes and products.
"""

from collections.abc import Mapping

from synthetic.cases.seeder import Seeder
from synthetic.world import reference
from synthetic.world.parties import FULL_LAW, LAX_LAW, PLANT, gs1

TERMS = {"HBsAg": 30, "HIV-NAT": 40}  # days after which a missing result of a donation is a finding
POOL_TERMS = {"HBsAg": 10, "B19V-NAT": 20}
POOL_LIMITS = {"HBsAg": "", "B19V-NAT": "10000"}
CLOCKS = {"donor_information": 3, "deviation": 45}
# The last one has no tolerance.
SD, SD_LAX, SD_UNSHOWN, SD_LOOSE = (
    "SDZ-1",
    "SDZ-2",
    "SDZ-3",
    "SDZ-4",
)
FILTER, FILTER_WEAK, FILTER_UNTOLD = "NFZ-1", "NFZ-2", "NFZ-3"
RECIPE, LAX_RECIPE = "REZ-1", "REZ-2"
INTERVAL_S, END_MIN, PROBES = 60, 5, 2
# The last one has no specification.
GTIN, LAX_GTIN, BARE_GTIN = (gs1(f"04097776{n:05d}") for n in (1, 2, 3))
DONORS_MIN, DONORS_MAX = 2, 3
TESTS: Mapping[str, tuple[str, str, str]] = {"ph": ("6.4", "7.2", "pH"), "sterility": ("", "", "")}
PROCESS_LIMITS = (
    "solvent",
    "solvent_pct",
    "detergent",
    "detergent_pct",
    "hold_h",
    "temperature_min_c",
    "temperature_max_c",
    "prefilter_max_um",
    "residual_solvent_max_ug_ml",
    "residual_detergent_max_ug_ml",
)


def seed(seeder: Seeder) -> None:
    """Seed all of it; each scope once, and with the plant's own reference rows."""
    _laws(seeder)
    _processes(seeder)
    _recipes(seeder)
    _products(seeder)


def _put(seeder: Seeder, record: str, row: Mapping[str, str]) -> None:
    seeder.row(record, reference.cited(row, "made up for a case"), {})


def _laws(seeder: Seeder) -> None:
    _put(seeder, "screening_scheme", reference.scheme(FULL_LAW, "source"))
    _put(
        seeder,
        "screening_scheme",
        {"jurisdiction": FULL_LAW, "plasma_kind": "recovered", "week_max": "1"},
    )
    _put(seeder, "screening_scheme", {"jurisdiction": LAX_LAW, "plasma_kind": "source"})
    for level, terms, limits in (("donation", TERMS, {}), ("pool", POOL_TERMS, POOL_LIMITS)):
        for marker, days in terms.items():
            row = reference.requirement(
                FULL_LAW, "source", level, marker, limit=limits.get(marker, "")
            )
            _put(seeder, "screening_requirement", {**row, "term_days": str(days)})
    for event, term in CLOCKS.items():
        _put(
            seeder,
            "reporting_clock",
            {"jurisdiction": FULL_LAW, "event": event, "days": str(term)},
        )


def _processes(seeder: Seeder) -> None:
    full = {**reference.PROCESS, "method": "solvent_detergent"}
    lax = {name: value for name, value in full.items() if name not in PROCESS_LIMITS}
    for name, row in (
        (SD, full),
        (SD_UNSHOWN, full),
        (SD_LAX, lax),
        (SD_LOOSE, {**full, "tolerance_pct": ""}),
    ):
        _put(seeder, "process_version", {"process_version": name, **row})
    for name in (FILTER, FILTER_WEAK, FILTER_UNTOLD):
        _put(seeder, "process_version", {"process_version": name, "method": "nanofiltration"})
    for name, log10 in (
        (SD, "4.0"),
        (SD_LAX, "5.2"),
        (FILTER, "4.5"),
        (FILTER_WEAK, "3.9"),
        (FILTER_UNTOLD, ""),
    ):
        _clearance(seeder, name, "BVDV", log10)
        _clearance(seeder, name, "HIV-1", "6.1")
    _put(
        seeder,
        "clearance",
        {"process_version": SD_UNSHOWN, "virus": "BVDV", "enveloped": "yes", "tested": "no"},
    )
    _put(
        seeder,
        "clearance",
        {"process_version": SD, "virus": "HAV", "enveloped": "no", "tested": "yes", "log10": "0"},
    )


def _clearance(seeder: Seeder, process: str, virus: str, log10: str) -> None:
    _put(
        seeder,
        "clearance",
        {
            "process_version": process,
            "virus": virus,
            "enveloped": "yes",
            "tested": "yes",
            "log10": log10,
        },
    )


def _recipes(seeder: Seeder) -> None:
    full = {
        **reference.DRYING,
        "interval_s": str(INTERVAL_S),
        "probes": str(PROBES),
        "end_min": str(END_MIN),
    }
    lax = {"interval_s": str(INTERVAL_S), "pirani": "no", "probes": "0"}
    for name, row in ((RECIPE, full), (LAX_RECIPE, lax)):
        _put(seeder, "dryer_recipe", {"plant": PLANT, "recipe": name, **row})


def _products(seeder: Seeder) -> None:
    for gtin, most in ((GTIN, str(DONORS_MAX)), (LAX_GTIN, ""), (BARE_GTIN, str(DONORS_MAX))):
        _put(
            seeder,
            "product",
            {
                "gtin": gtin,
                "name": "IVIG of a case",
                "content_g": "10",
                "low_iga": "yes",
                "bench_h": "2",
                "donors_min": str(DONORS_MIN),
                "donors_max": most,
            },
        )
    for gtin in (GTIN, LAX_GTIN):
        for test, (low, high, unit) in TESTS.items():
            _put(
                seeder,
                "lot_test_specification",
                {"gtin": gtin, "test": test, "low": low, "high": high, "value_unit": unit},
            )
