"""Cases of the rules on virus treatments: reagents, time and warmth, pre-filter, what is left, a
filter's integrity.
"""

from collections.abc import Mapping

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING
from synthetic.cases.world import POOLED, Cases, Told, noon
from synthetic.world import clock, reference
from synthetic.world.parties import PLANT

STARTED = POOLED + 5
TREATED: Told = dict.fromkeys(("V01", "V02", "V03", "V04"), PASS)
LAX: Told = dict.fromkeys(TREATED, NOT_APPLICABLE)
UNKNOWN: Told = dict.fromkeys(TREATED, PENDING)


def all_of(cases: Cases) -> None:
    """Every case once."""
    treatment(cases, process=cases_law.SD_LAX)
    treatment(cases, process="SDZ-9")
    treatment(cases, {"V01": NOT_APPLICABLE}, process=cases_law.SD_LOOSE, solvent_start_pct="0.1")
    for rule, stories in STORIES.items():
        for changed, outcome, found in stories:
            treatment(cases, {rule: outcome}, findings=found, **changed)
    for changed, outcome in FILTERS:
        removal(cases, outcome, **changed)


def treatment(
    cases: Cases,
    told: Told | None = None,
    *,
    process: str = cases_law.SD,
    findings: tuple[str, ...] = (),
    **changed: str,
) -> str:
    """One solvent/detergent treatment, sound but for what changed; answers its batch."""
    batch = f"SDZ-{cases.new()}"
    usual = {cases_law.SD_LAX: LAX, "SDZ-9": UNKNOWN}.get(process, TREATED)
    cases.put(
        "viral_inactivation",
        {
            "plant": PLANT,
            "batch": batch,
            "process_version": process,
            "prefilter_um": "0.45",
            "prefiltered_at": noon(STARTED - 1),
            "solvent": reference.SOLVENT,
            "solvent_start_pct": "0.3",
            "solvent_end_pct": "0.29",
            "detergent": reference.DETERGENT,
            "detergent_start_pct": "1.0",
            "detergent_end_pct": "0.98",
            "started_at": noon(STARTED),
            "ended_at": _hours(6),
            "temperature_min_c": "24.5",
            "temperature_max_c": "26.5",
            "residual_solvent_ug_ml": "0.5",
            "residual_detergent_ug_ml": "50",
            **changed,
        },
        {**usual, **(told or {})},
        findings=findings,
    )
    return batch


def _hours(hours: float) -> str:
    return clock.instant(STARTED * clock.DAY + 10 * clock.HOUR + int(hours * clock.HOUR))


Stories = tuple[tuple[Mapping[str, str], str, tuple[str, ...]], ...]
STORIES: Mapping[str, Stories] = {
    "V01": (
        ({"solvent_start_pct": "0.33"}, PASS, ()),
        ({"solvent_end_pct": "0.27"}, PASS, ()),
        ({"solvent_end_pct": "0.2699"}, FINDING, ()),
        ({"detergent_start_pct": "1.11"}, FINDING, ()),
        ({"detergent": "TX100"}, FINDING, ()),
        ({"detergent_end_pct": ""}, PENDING, ()),
        ({"solvent": ""}, PENDING, ()),
        ({"solvent_start_pct": "0.4", "detergent_end_pct": ""}, FINDING, ()),
    ),
    "V02": (
        ({"ended_at": _hours(5.99)}, FINDING, ()),
        ({"temperature_min_c": "23.9"}, FINDING, ()),
        ({"temperature_max_c": "28.1"}, FINDING, ()),
        ({"temperature_min_c": "24", "temperature_max_c": "28"}, PASS, ()),
        ({"ended_at": ""}, PENDING, ()),
        ({"temperature_max_c": ""}, PENDING, ()),
        ({"ended_at": "", "temperature_min_c": "20"}, FINDING, ()),
    ),
    "V03": (
        ({"prefilter_um": "1"}, PASS, ()),
        ({"prefilter_um": "1.2"}, FINDING, ()),
        ({"prefiltered_at": _hours(1)}, FINDING, ("V03.order",)),
        ({"prefilter_um": ""}, PENDING, ()),
        ({"prefiltered_at": ""}, PENDING, ()),
        ({"prefilter_um": "1.2", "prefiltered_at": ""}, FINDING, ()),
    ),
    "V04": (
        ({"residual_solvent_ug_ml": "1"}, PASS, ()),
        ({"residual_solvent_ug_ml": "1.01"}, FINDING, ()),
        ({"residual_detergent_ug_ml": "100.5"}, FINDING, ()),
        ({"residual_solvent_ug_ml": ""}, PENDING, ()),
        ({"residual_solvent_ug_ml": "2", "residual_detergent_ug_ml": ""}, FINDING, ()),
    ),
}
FILTERS: tuple[tuple[Mapping[str, str], str], ...] = (
    ({}, PASS),
    ({"integrity_before": "fail"}, FINDING),
    ({"integrity_after": "fail"}, FINDING),
    ({"integrity_after": ""}, PENDING),
    ({"integrity_before": "", "integrity_after": "fail"}, FINDING),
    ({"method": "low_ph", "integrity_after": ""}, NOT_APPLICABLE),
)


def removal(
    cases: Cases, outcome: str = PASS, *, process: str = cases_law.FILTER, **changed: str
) -> str:
    """One filtration, or another removal; answers its batch."""
    batch = f"NFZ-{cases.new()}"
    cases.put(
        "virus_removal",
        {
            "plant": PLANT,
            "batch": batch,
            "process_version": process,
            "method": "nanofiltration",
            "filter_nm": "35",
            "integrity_before": "pass",
            "integrity_after": "pass",
            "started_at": noon(STARTED + 1),
            "ended_at": noon(STARTED + 2),
            **changed,
        },
        {"V05": outcome},
    )
    return batch
