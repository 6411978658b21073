"""Cases of virus treatments: reagents, time and warmth, pre-filter, residues, integrity."""

from synthetic.cases import law
from synthetic.cases.told import pairs, tables, words_of
from synthetic.cases.world import POOLED, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import PLANT

STARTED = POOLED + 5
TREATED = "V01=pass V02=pass V03=pass V04=pass"
USUAL = {  # of a process without limits, and of one that nobody validated
    law.SD_LAX: TREATED.replace("pass", "not_applicable"),
    "SDZ-9": TREATED.replace("pass", "pending"),
}


def _hours(hours: float) -> str:
    return clock.instant(STARTED * clock.DAY + 10 * clock.HOUR + int(hours * clock.HOUR))


TABLES = tables(
    "inactivation", **words_of(law), NOT_SIX_HOURS=_hours(5.99), AFTER_AN_HOUR=_hours(1)
)


def all_of(cases: Cases) -> None:
    """Every case once."""
    for answers, told in TABLES["treatments"]:
        treatment(cases, answers, told)
    for outcome, told in TABLES["filters"]:
        removal(cases, outcome, told)


def treatment(cases: Cases, answers: str = "", told: str = "") -> str:
    """One solvent/detergent treatment, sound but for what is told; answers its batch."""
    batch = f"SDZ-{cases.new()}"
    row = pairs(
        f"""plant={PLANT} batch={batch} process_version={law.SD} prefilter_um=0.45
        prefiltered_at={noon(STARTED - 1)} solvent=TNBP solvent_start_pct=0.3
        solvent_end_pct=0.29 detergent=PS80 detergent_start_pct=1.0
        detergent_end_pct=0.98 started_at={noon(STARTED)} ended_at={_hours(6)}
        temperature_min_c=24.5 temperature_max_c=26.5 residual_solvent_ug_ml=0.5
        residual_detergent_ug_ml=50""",
        told,
    )
    usual = USUAL.get(row["process_version"], TREATED)
    cases.seeder.row("viral_inactivation", row, pairs(usual, answers))
    return batch


def removal(cases: Cases, outcome: str = "pass", told: str = "") -> str:
    """One filtration, or another removal; answers its batch."""
    batch = f"NFZ-{cases.new()}"
    cases.put(
        "virus_removal",
        f"""plant={PLANT} batch={batch} process_version={law.FILTER} method=nanofiltration
        filter_nm=35 integrity_before=pass integrity_after=pass started_at={noon(STARTED + 1)}
        ended_at={noon(STARTED + 2)} {told}""",
        f"V05={outcome}",
    )
    return batch
