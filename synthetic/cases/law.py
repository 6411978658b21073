"""The reference under which cases stand: a law with every limit, a law with none, processes,
recipes and products.
"""

from collections.abc import Mapping

from synthetic.cases.seeder import Seeder
from synthetic.cases.told import pairs, rows
from synthetic.world import reference
from synthetic.world.parties import FULL_LAW, LAX_LAW, PLANT, gs1

TERMS = {"HBsAg": 30, "HIV-NAT": 40}  # days after which a missing result of a donation is a finding
POOL_TERMS = {"HBsAg": 10, "B19V-NAT": 20}
POOL_LIMITS = {"HBsAg": "", "B19V-NAT": "10000"}
CLOCKS = {"donor_information": 3, "deviation": 45}
SD, SD_LAX, SD_UNSHOWN = "SDZ-1", "SDZ-2", "SDZ-3"
SD_LOOSE = "SDZ-4"  # without a tolerance
FILTER, FILTER_WEAK, FILTER_UNTOLD = "NFZ-1", "NFZ-2", "NFZ-3"
RECIPE, LAX_RECIPE = "REZ-1", "REZ-2"
INTERVAL_S, END_MIN, PROBES = 60, 5, 2
GTIN, LAX_GTIN, BARE_GTIN = (gs1(f"04097776{n:05d}") for n in (1, 2, 3))  # the last has no limits
DONORS_MIN, DONORS_MAX = 2, 3
TESTS: Mapping[str, tuple[str, str, str]] = {"ph": ("6.4", "7.2", "pH"), "sterility": ("", "", "")}
LIMITS = {name for name in reference.PROCESS if name not in ("method", "tolerance_pct")}
CLEARANCES = f"""
{SD}             | BVDV  | enveloped=yes tested=yes log10=4.0
{SD}             | HIV-1 | enveloped=yes tested=yes log10=6.1
{SD_LAX}         | BVDV  | enveloped=yes tested=yes log10=5.2
{SD_LAX}         | HIV-1 | enveloped=yes tested=yes log10=6.1
{FILTER}         | BVDV  | enveloped=yes tested=yes log10=4.5
{FILTER}         | HIV-1 | enveloped=yes tested=yes log10=6.1
{FILTER_WEAK}    | BVDV  | enveloped=yes tested=yes log10=3.9
{FILTER_WEAK}    | HIV-1 | enveloped=yes tested=yes log10=6.1
{FILTER_UNTOLD}  | BVDV  | enveloped=yes tested=yes log10=
{FILTER_UNTOLD}  | HIV-1 | enveloped=yes tested=yes log10=6.1
{SD_UNSHOWN}     | BVDV  | enveloped=yes tested=no
{SD}             | HAV   | enveloped=no tested=yes log10=0
"""


def seed(seeder: Seeder) -> None:
    """Seed all of it; each scope once, and with the plant's own reference rows."""
    _laws(seeder)
    _processes(seeder)
    _recipes(seeder)
    _products(seeder)


def _put(seeder: Seeder, record: str, row: str | Mapping[str, str]) -> None:
    told = pairs(row) if isinstance(row, str) else row
    seeder.row(record, reference.cited(told, "made up for a case"), {})


def _laws(seeder: Seeder) -> None:
    _put(seeder, "screening_scheme", reference.scheme(FULL_LAW, "source"))
    _put(seeder, "screening_scheme", f"jurisdiction={FULL_LAW} plasma_kind=recovered week_max=1")
    _put(seeder, "screening_scheme", f"jurisdiction={LAX_LAW} plasma_kind=source")
    for level, terms, limits in (("donation", TERMS, {}), ("pool", POOL_TERMS, POOL_LIMITS)):
        for marker, days in terms.items():
            limit = limits.get(marker, "")
            row = reference.requirement(FULL_LAW, "source", level, marker, limit=limit)
            _put(seeder, "screening_requirement", {**row, "term_days": str(days)})
    for event, term in CLOCKS.items():
        _put(seeder, "reporting_clock", f"jurisdiction={FULL_LAW} event={event} days={term}")


def _processes(seeder: Seeder) -> None:
    full = reference.PROCESS
    lax = {name: value for name, value in full.items() if name not in LIMITS}
    loose = {**full, "tolerance_pct": ""}
    for name, row in ((SD, full), (SD_UNSHOWN, full), (SD_LAX, lax), (SD_LOOSE, loose)):
        _put(seeder, "process_version", {"process_version": name, **row})
    for name in (FILTER, FILTER_WEAK, FILTER_UNTOLD):
        _put(seeder, "process_version", f"process_version={name} method=nanofiltration")
    for process, virus, told in rows(CLEARANCES):
        _put(seeder, "clearance", f"process_version={process} virus={virus} {told}")


def _recipes(seeder: Seeder) -> None:
    few = {"interval_s": str(INTERVAL_S), "probes": str(PROBES), "end_min": str(END_MIN)}
    of = {"plant": PLANT, "recipe": RECIPE}
    _put(seeder, "dryer_recipe", {**of, **reference.DRYING, **few})
    lax = f"plant={PLANT} recipe={LAX_RECIPE} interval_s={INTERVAL_S} pirani=no probes=0"
    _put(seeder, "dryer_recipe", lax)


def _products(seeder: Seeder) -> None:
    for gtin, most in ((GTIN, str(DONORS_MAX)), (LAX_GTIN, ""), (BARE_GTIN, str(DONORS_MAX))):
        few = f"donors_min={DONORS_MIN} donors_max={most}"
        told = f"gtin={gtin} name='IVIG of a case' content_g=10 low_iga=yes bench_h=2 {few}"
        _put(seeder, "product", told)
    for gtin in (GTIN, LAX_GTIN):
        for test, (low, high, unit) in TESTS.items():
            limits = f"low={low} high={high} value_unit={unit}"
            _put(seeder, "lot_test_specification", f"gtin={gtin} test={test} {limits}")
