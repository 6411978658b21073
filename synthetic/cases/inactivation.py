"""Cases of the rules on virus treatments: reagents, time and warmth, pre-filter, what is left, a
filter's integrity.
"""

from typing import Unpack

from synthetic.cases import law
from synthetic.cases.seeded import Comes
from synthetic.cases.told import pairs, rows
from synthetic.cases.world import POOLED, Cases, noon
from synthetic.world import clock, reference
from synthetic.world.parties import PLANT

STARTED = POOLED + 5
TREATED = "V01=pass V02=pass V03=pass V04=pass"
USUAL = {  # of a process without limits, and of one that nobody validated
    law.SD_LAX: TREATED.replace("pass", "not_applicable"),
    "SDZ-9": TREATED.replace("pass", "pending"),
}


def _hours(hours: float) -> str:
    return clock.instant(STARTED * clock.DAY + 10 * clock.HOUR + int(hours * clock.HOUR))


TREATMENTS = f"""
                   | process_version={law.SD_LAX}
                   | process_version=SDZ-9
V01=not_applicable | process_version={law.SD_LOOSE} solvent_start_pct=0.1
V01=pass     | solvent_start_pct=0.33
V01=pass     | solvent_end_pct=0.27
V01=finding  | solvent_end_pct=0.2699
V01=finding  | detergent_start_pct=1.11
V01=finding  | detergent=TX100
V01=pending  | detergent_end_pct=
V01=pending  | solvent=
V01=finding  | solvent_start_pct=0.4 detergent_end_pct=
V02=finding  | ended_at={_hours(5.99)}
V02=finding  | temperature_min_c=23.9
V02=finding  | temperature_max_c=28.1
V02=pass     | temperature_min_c=24 temperature_max_c=28
V02=pending  | ended_at=
V02=pending  | temperature_max_c=
V02=finding  | ended_at= temperature_min_c=20
V03=pass     | prefilter_um=1
V03=finding  | prefilter_um=1.2
V03=finding  | prefiltered_at={_hours(1)} | V03.order
V03=pending  | prefilter_um=
V03=pending  | prefiltered_at=
V03=finding  | prefilter_um=1.2 prefiltered_at=
V04=pass     | residual_solvent_ug_ml=1
V04=finding  | residual_solvent_ug_ml=1.01
V04=finding  | residual_detergent_ug_ml=100.5
V04=pending  | residual_solvent_ug_ml=
V04=finding  | residual_solvent_ug_ml=2 residual_detergent_ug_ml=
"""
FILTERS = """
pass            |
finding         | integrity_before=fail
finding         | integrity_after=fail
pending         | integrity_after=
finding         | integrity_before= integrity_after=fail
not_applicable  | method=low_ph integrity_after=
"""


def all_of(cases: Cases) -> None:
    """Every case once."""
    for answers, told, *found in rows(TREATMENTS):
        treatment(cases, answers, told, findings=tuple(found))
    for outcome, told in rows(FILTERS):
        removal(cases, outcome, told)


def treatment(cases: Cases, answers: str = "", told: str = "", **comes: Unpack[Comes]) -> str:
    """One solvent/detergent treatment, sound but for what is told; answers its batch."""
    batch = f"SDZ-{cases.new()}"
    row = pairs(
        f"""plant={PLANT} batch={batch} process_version={law.SD} prefilter_um=0.45
        prefiltered_at={noon(STARTED - 1)} solvent={reference.SOLVENT} solvent_start_pct=0.3
        solvent_end_pct=0.29 detergent={reference.DETERGENT} detergent_start_pct=1.0
        detergent_end_pct=0.98 started_at={noon(STARTED)} ended_at={_hours(6)}
        temperature_min_c=24.5 temperature_max_c=26.5 residual_solvent_ug_ml=0.5
        residual_detergent_ug_ml=50""",
        told,
    )
    usual = USUAL.get(row["process_version"], TREATED)
    cases.seeder.row("viral_inactivation", row, pairs(usual, answers), **comes)
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
