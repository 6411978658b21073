"""Products and how they are prepared: what their licences say. Nobody's licence: figures as in
public labels (S, G).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from synthetic.world.making import SINGLE, SINGLE_US, TWELVE
from synthetic.world.parties import PLANT, gs1
from synthetic.world.plan import Plan
from synthetic.writing.columns import by_column
from synthetic.writing.landing import Landing, Sending

FIVE, OLD, SIX, THREE = (gs1(f"04099991{n:05d}") for n in range(101, 106) if n != 103)
SINCE, BEFORE, UNTIL = "2019-01-01", "2012-01-01", "2018-12-31"
SIGNED = {"prepared_by": "RA-1", "approved_by": "QA-2"}
MANY = (
    20_000  # donations from which a plant's lots have the donors that its products' licence wants
)
# WHO TRS 840 (G); a small plant's own; PPTA (G).
DONORS_MIN, DONORS_FEW, DONORS_MAX = (
    1_000,
    10,
    60_000,
)
SD = "Gammagard S/D label: DailyMed ac8b6376 (S) and label text (G)"
SUCROSE = "Carimune NF label: DailyMed 610b905a and ca-pharmacytech (S) and label text (G)"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to prepare a vial: strength, diluent, its volume for one vial, and the fastest rates
    in mL/kg/h.
    """

    percent: int
    diluent: str
    ml: str
    fastest: str
    at_risk: str


SD_TEN = (Way(5, "SWFI", "192", "4", "4"), Way(10, "SWFI", "96", "8", "2"))
SD_FIVE = (Way(5, "SWFI", "96", "4", "4"), Way(10, "SWFI", "48", "8", "2"))
SUCROSE_SIX = tuple(
    Way(percent, diluent, ml, fastest, at_risk)
    for percent, ml, fastest, at_risk in (
        (3, "200", "6", "4"),
        (6, "100", "3", "2"),
        (9, "66", "2", "1.3"),
        (12, "50", "1.5", "1"),
    )
    for diluent in ("SWFI", "NaCl", "D5W")
)


def send(plan: Plan, landing: Landing) -> None:
    """The products, and how each is prepared."""
    landing.put(Sending(PLANT, "product", (0, 1)), by_column(_products(plan)))
    landing.put(Sending(PLANT, "product_preparation", (0, 1)), by_column(_preparations()))


def donors_min(plan: Plan) -> int:
    """How many donors a lot of the plant must have at least."""
    return DONORS_MIN if plan.donations >= MANY else DONORS_FEW


SD_LABEL = {
    "low_iga": "yes",
    "iga_ug_ml": "1",
    "stabiliser": "glycine; glucose; PEG",
    "human_excipient": "albumin",
    "storage_max_c": "25",
    "shelf_life_months": "24",
    "bench_h": "2",
    "laminar_h": "24",
}
SUCROSE_LABEL = {
    "low_iga": "no",
    "iga_ug_ml": "2000",
    "stabiliser": "sucrose",
    "human_excipient": "",
    "storage_max_c": "30",
    "shelf_life_months": "36",
}


def _products(plan: Plan) -> Iterator[dict[str, str]]:
    sd = {**SD_LABEL, "donors_min": str(donors_min(plan)), "donors_max": str(DONORS_MAX)}
    now, sucrose = _dated(SINCE, "", SD), _dated(SINCE, "", SUCROSE)
    former = _dated(BEFORE, UNTIL, SD)
    for gtin, name, grams in (
        (SINGLE, "IVIG-SD 10 g", "10"),
        (SINGLE_US, "IVIG-SD 10 g (US)", "10"),
        (TWELVE, "IVIG-SD 12 x 10 g", "10"),
        (FIVE, "IVIG-SD 5 g", "5"),
    ):
        yield {"gtin": gtin, **now, "name": name, "content_g": grams, **sd}
    for gtin, name, grams in ((SIX, "IVIG-SU 6 g", "6"), (THREE, "IVIG-SU 3 g", "3")):
        yield {"gtin": gtin, **sucrose, "name": name, "content_g": grams, **sd, **SUCROSE_LABEL}
    changed = {"iga_ug_ml": "2.2", "laminar_h": ""}
    yield {"gtin": SINGLE, **former, "name": "IVIG-SD 10 g", "content_g": "10", **sd, **changed}
    yield {"gtin": OLD, **former, "name": "IVIG-SD 2.5 g", "content_g": "2.5", **sd}


def _preparations() -> Iterator[dict[str, str]]:
    for gtins, ways, cited in (
        ((SINGLE, SINGLE_US, TWELVE), SD_TEN, SD),
        ((FIVE,), SD_FIVE, SD),
        ((SIX,), SUCROSE_SIX, SUCROSE),
    ):
        for gtin in gtins:
            yield from (_preparation(gtin, way, _dated(SINCE, "", cited)) for way in ways)
    yield _preparation(OLD, Way(5, "SWFI", "50", "4", "4"), _dated(BEFORE, UNTIL, SD))


def _preparation(gtin: str, way: Way, dated: dict[str, str]) -> dict[str, str]:
    return {
        "gtin": gtin,
        "concentration_pct": str(way.percent),
        "diluent": way.diluent,
        **dated,
        "diluent_ml": way.ml,
        "tolerance_pct": "8",
        "rate_max_ml_kg_h": way.fastest,
        "rate_risk_ml_kg_h": way.at_risk,
    }


def _dated(since: str, until: str, cited: str) -> dict[str, str]:
    return {"valid_from": since, "valid_to": until, "citation": cited, **SIGNED}
