"""What rules refer to: approvals, donation schemes, required markers, validated processes, recipes,
limits, terms.
"""

from collections.abc import Iterable, Mapping
from itertools import product

from synthetic.world import making
from synthetic.world.parties import CENTRES, LABORATORY, PLANT, WHOLESALER
from synthetic.world.plan import Plan
from synthetic.writing.columns import by_column
from synthetic.writing.landing import Landing, Sending

ON, UNTIL = "2024-07-01", "2024-06-30"  # what is in force came after something that ended
DATED = {"valid_from": ON, "valid_to": "", "prepared_by": "QA-2", "approved_by": "QA-1"}
BEFORE = {**DATED, "valid_from": "2019-01-01", "valid_to": UNTIL}
LAWS = ("DE", "US", "AT")  # of the three centres
KINDS = ("source", "recovered")
TERM_DAYS = 30
DONATION_MARKERS = ("HBsAg", "anti-HCV", "anti-HIV-1/2", "HIV-NAT", "HCV-NAT", "HBV-NAT")
POOL_LIMITS = {"HBsAg": "", "anti-HIV-1/2": "", "HCV-NAT": "", "B19V-NAT": "10000"}  # IU/mL
SD, FILTER = "SD-3", "NF-35-2"  # process versions
SOLVENT, DETERGENT = "TNBP", "PS80"
RECIPE = "IVIG-10G-3"
INTERVAL_S, PROBES, MOISTURE_MAX = 60, 3, "2.0"
CLOCKS = {
    "serious_reaction": 15,
    "deviation": 45,
    "donor_information": 3,
    "course_review": 200,
    "unlinked_vial": 30,
}
CLOCK_LAWS = ("DE", "US", "AT", "CH")
# of a packed lot: lowest, highest, in which unit; a test without limits is passed or failed
LOT_TESTS: Mapping[str, tuple[str, str, str]] = {
    "sterility": ("", "", ""),
    "identity": ("", "", ""),
    "endotoxin": ("", "0.5", "IU/mL"),
    "ph": ("6.4", "7.2", "pH"),
    "potency": ("90", "110", "%"),
    "purity": ("90", "", "%"),
    "moisture": ("", "2.0", "%"),
    "iga": ("", "2.2", "ug/mL"),
    "procoagulant": ("", "0.06", "U/mL"),
    "closure": ("", "", ""),
}
# virus, whether it has an envelope, log10 by S/D and by the filter; '' where it was not tested
# (carimune, gammagard)
VIRUSES = (
    ("HIV-1", "yes", "4.1", "4.9"),
    ("BVDV", "yes", "4.5", "4.5"),
    ("PRV", "yes", "4.3", "4.4"),
    ("SIN", "yes", "5.1", "7.5"),
    ("VSV", "yes", "6.0", ""),
    ("HAV", "no", "0", "2.1"),
    ("PPV", "no", "", "1.2"),
)
# Of source plasma alone.
SCHEME = {
    "hold_days": "60",
    "interval_days": "2",
    "week_max": "2",
    "exam_days": "365",
    "sample_months": "4",
    "sample_late_months": "6",
}
BOTH = {
    "lookback_months": "6",
    "haemoglobin_f_g_dl": "12.5",
    "haemoglobin_m_g_dl": "13.0",
    "thaw_h": "72",
    "storage_max_c": "-20",
    "thaw_max_c": "-5",
}
# What ended.
STRICTER = {
    "interval_days": "7",
    "week_max": "1",
    "hold_days": "90",
    "exam_days": "30",
}
PROCESS = {
    "method": "solvent_detergent",
    "solvent": SOLVENT,
    "solvent_pct": "0.3",
    "detergent": DETERGENT,
    "detergent_pct": "1.0",
    "tolerance_pct": "10",
    "hold_h": "6",
    "temperature_min_c": "24",
    "temperature_max_c": "28",
    "prefilter_max_um": "1",
    "residual_solvent_max_ug_ml": "1",
    "residual_detergent_max_ug_ml": "100",
}
DRYING = {
    "interval_s": str(INTERVAL_S),
    "pirani": "yes",
    "probes": str(PROBES),
    "collapse_c": "-3.5",
    "margin_c": "2",
    "end_ratio": "1.1",
    "end_min": "30",
    "moisture_max_pct": MOISTURE_MAX,
}
Rows = Iterable[Mapping[str, str]]


def send(_plan: Plan, landing: Landing) -> None:
    """All reference records but the products, each in one file, from the plant."""
    for record, rows in ALL.items():
        landing.put(Sending(PLANT, record, (0, 1)), by_column(rows))


def cited(
    row: Mapping[str, str], citation: str, dated: Mapping[str, str] = DATED
) -> dict[str, str]:
    """A reference row with its validity, who put it in and where it is from (no comma, which would
    want a quote).
    """
    return {**row, **dated, "citation": citation}


def scheme(law: str, kind: str) -> dict[str, str]:
    """What a jurisdiction asks of one kind of plasma; recovered plasma has no interval, hold or
    examination here.
    """
    return {
        "jurisdiction": law,
        "plasma_kind": kind,
        **(SCHEME if kind == "source" else {}),
        **BOTH,
    }


def _schemes() -> Rows:
    for law, kind in product(LAWS, KINDS):
        row = {**dict.fromkeys(SCHEME, ""), **scheme(law, kind)}
        yield cited(row | STRICTER, "21 CFR 640.63", BEFORE)
        yield cited(row, "21 CFR 630.15")


def requirement(law: str, kind: str, level: str, marker: str, *, limit: str = "") -> dict[str, str]:
    """One marker that is asked for."""
    return {
        "jurisdiction": law,
        "plasma_kind": kind,
        "level": level,
        "marker": marker,
        "limit_iu_ml": limit,
        "term_days": str(TERM_DAYS),
    }


def _requirements() -> Rows:
    for law, kind, marker in product(LAWS, KINDS, DONATION_MARKERS):
        yield cited(requirement(law, kind, "donation", marker), "21 CFR 610.40(a)")
    for marker, limit in POOL_LIMITS.items():
        yield cited(
            requirement("DE", "source", "pool", marker, limit=limit),
            "CPMP/BWP/390/97; Ph. Eur. 0853",
        )


def _processes() -> Rows:
    sd = {"process_version": SD, **PROCESS}
    yield cited({**sd, "detergent_pct": "0.3", "hold_h": "4"}, "WHO TRS 924 Annex 4", BEFORE)
    yield cited(sd, "WHO TRS 924 Annex 4")
    yield cited(
        {**dict.fromkeys(sd, ""), "process_version": FILTER, "method": "nanofiltration"},
        "jjtc 45/3",
    )


def _clearances() -> Rows:
    for virus, enveloped, *by_process in VIRUSES:
        for process, log10 in zip((SD, FILTER), by_process, strict=True):
            yield cited(
                {
                    "process_version": process,
                    "virus": virus,
                    "enveloped": enveloped,
                    "tested": "yes" if log10 else "no",
                    "log10": log10,
                },
                "product labels; ICH Q5A(R2)",
            )


def _specifications() -> Rows:
    for gtin, (test, (low, high, unit)) in product(making.GTINS, LOT_TESTS.items()):
        yield cited(
            {"gtin": gtin, "test": test, "low": low, "high": high, "value_unit": unit}, "21 CFR 610"
        )


def _recipes() -> Rows:
    yield cited({"plant": PLANT, "recipe": RECIPE, **DRYING}, "validation report FD-3")


def _clocks() -> Rows:
    for law, (event, days) in product(CLOCK_LAWS, CLOCKS.items()):
        yield cited(
            {"jurisdiction": law, "event": event, "days": str(days)},
            "21 CFR 600.14; 606.171; 610.46",
        )


def _approvals() -> Rows:
    for party, activity in (
        *((c, "collect") for c in CENTRES),
        (LABORATORY, "test"),
        (PLANT, "make"),
        (WHOLESALER, "distribute"),
    ):
        for market in ("DE", "US"):
            yield cited(
                {
                    "party": party,
                    "activity": activity,
                    "market": market,
                    "authority": f"Authority {market}",
                    "licence": f"L-{market}-{party}",
                },
                "marketing authorisation",
            )


ALL: Mapping[str, list[Mapping[str, str]]] = {
    "approval": list(_approvals()),
    "screening_scheme": list(_schemes()),
    "screening_requirement": list(_requirements()),
    "process_version": list(_processes()),
    "clearance": list(_clearances()),
    "lot_test_specification": list(_specifications()),
    "dryer_recipe": list(_recipes()),
    "reporting_clock": list(_clocks()),
}
