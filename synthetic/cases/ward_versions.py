"""Cases in which two versions of a row stand, and the worse counts; or one stands no more."""

from dataclasses import replace

from synthetic.cases.dispensing import AFTER, BEFORE, FINE, TOO_SOON, dispensed
from synthetic.cases.preparation import dissolved
from synthetic.cases.seeder import Seeder
from synthetic.cases.stories import CORRECTED
from synthetic.cases.told import tables
from synthetic.cases.ward_infusion import seed
from synthetic.truth.due import due
from synthetic.world import clock

CONTESTED = tables("ward_versions", TOO_EARLY=dissolved(2.1))["contested"]
LATE = clock.instant(280 * clock.DAY)  # more than fifteen days after a seeded reaction was known


def all_of(seeder: Seeder) -> None:
    """Every case in both orders of arrival."""
    for turned in (False, True):
        orders(seeder, turned)
        for answers, record, told in CONTESTED:
            seed(seeder, answers)
            seeder.second(record, told, turned=turned)
        releases(seeder, turned)
        reactions(seeder, turned)
        seed(seeder, "", rate="rate_ml_h=700")  # mistyped, so that it stands no more
        right = f"{CORRECTED} rate_ml_h=70.0"
        seeder.second("infusion_rate", right, turned=turned, corrects=True)


def orders(seeder: Seeder, turned: bool) -> None:
    """A lighter patient by one version; another disease; another patient, by both prepared for."""
    seed(seeder, "R06=finding", rate="rate_ml_h=280")
    seeder.second("treatment_order", "weight_kg=60.0", turned=turned)
    seed(seeder, "C05=notice", infusion="supervised_by=")
    seeder.second("treatment_order", "indication=PID", turned=turned)
    patient = seed(seeder, "").order.values["patient_key"]
    seeder.second("treatment_order", f"patient_key={patient}B", turned=turned)
    # Both versions of the order stand, so that the vial may have been for either.
    vials = seeder.of("reconstitution_vial")
    (way,) = vials[-1].reached
    vials[-1] = replace(vials[-1], reached=(way, replace(way, patient=f"{patient}B")))


def releases(seeder: Seeder, turned: bool) -> None:
    """Of two times of one release the later one counts; and of two expiries the earlier."""
    dispensed(seeder, BEFORE, f"expires_on={FINE}", "finding")
    seeder.second("official_release", f"released_at={AFTER}", turned=turned)
    dispensed(seeder, BEFORE, f"expires_on={FINE}", "finding")
    seeder.second("lot", f"expires_on={TOO_SOON}", turned=turned)


def reactions(seeder: Seeder, turned: bool) -> None:
    """Reported in time by one version, late or not at all by the other."""
    for told in (LATE, ""):
        one = seeder.next("adverse_reaction")
        aware = one.values["aware_at"]
        answer = "finding" if told else f"pending:{due(aware, 'serious_reaction')}"
        row = one.saying({"serious": "yes", "reported_at": aware})
        seeder.sound(row.answering(f"K01.reaction={answer}"))
        seeder.second("adverse_reaction", f"reported_at={told}", turned=turned)
