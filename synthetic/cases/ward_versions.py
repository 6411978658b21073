"""Cases in which two versions of a row stand, and the worse counts; or in which one of them stands
no more.
"""

from dataclasses import replace

from synthetic.cases import dispensing as cases_dispensing
from synthetic.cases import ward_infusion as cases
from synthetic.cases.dispensing import AFTER, BEFORE, Lot
from synthetic.cases.preparation import dissolved
from synthetic.cases.seeded import FINDING, NOTICE, PASS, PENDING, Found, Values
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimens import SENDERS
from synthetic.cases.stories import CORRECTED
from synthetic.truth import ward_judges
from synthetic.world import clock

LATE = clock.instant(280 * clock.DAY)  # more than fifteen days after a seeded reaction was known


def all_of(seeder: Seeder) -> None:
    """Every case in both orders of arrival."""
    for turned in (False, True):
        _orders(seeder, turned)
        _infusions(seeder, turned)
        _releases(seeder, turned)
        _reactions(seeder, turned)
        _corrected(seeder, turned)


def _second(seeder: Seeder, turned: bool, record: str, changed: Values) -> None:
    """Another version of the row that was seeded last; turned: it arrives before that one."""
    lines = seeder.lines[SENDERS[record], record]
    first = lines[-1]
    lines[-1] = replace(first, late=turned)
    lines.append(replace(first, values={**first.values, **changed}, late=not turned, reached=()))


def _contest(seeder: Seeder, turned: bool, record: str, **changed: str) -> None:
    """A version that contradicts the row that was seeded last."""
    _second(seeder, turned, record, changed)
    seeder.ledger.contested(record, seeder.lines[SENDERS[record], record][-1].values)


def _orders(seeder: Seeder, turned: bool) -> None:
    """A lighter patient by one version; another disease; another patient, for whom the vial was
    prepared as well.
    """
    cases.seed(seeder, {"R06": FINDING}, rate={"rate_ml_h": "280"})
    _contest(seeder, turned, "treatment_order", weight_kg="60.0")
    cases.seed(seeder, {"C05": NOTICE}, infusion={"supervised_by": ""})
    _contest(seeder, turned, "treatment_order", indication="PID")
    one = cases.seed(seeder, {})
    _contest(seeder, turned, "treatment_order", patient_key=f"{one.order.values['patient_key']}B")
    vials = seeder.lines[SENDERS["reconstitution_vial"], "reconstitution_vial"]
    (way,) = vials[-1].reached
    vials[-1] = replace(vials[-1], reached=(way, replace(way, patient=f"{way.patient}B")))


def _infusions(seeder: Seeder, turned: bool) -> None:
    """Dissolved too early by one version; run too fast; and less given than the vial held."""
    cases.seed(seeder, {"R05": FINDING})
    _contest(seeder, turned, "reconstitution", **dissolved(2.1))
    cases.seed(seeder, {"R06": FINDING})
    _contest(seeder, turned, "infusion_rate", rate_ml_h="300")
    cases.seed(seeder, {"R07": FINDING})
    _contest(seeder, turned, "administration_vial", given_g="8")


def _releases(seeder: Seeder, turned: bool) -> None:
    """Of two times of one release the later one counts; and of two expiries the earlier."""
    cases_dispensing.dispensed(seeder, Lot((BEFORE,), "2027-08-20", FINDING))
    _contest(seeder, turned, "official_release", released_at=AFTER)
    cases_dispensing.dispensed(seeder, Lot((BEFORE,), "2027-08-20", FINDING))
    _contest(seeder, turned, "lot", expires_on=cases_dispensing.TOO_SOON)


def _reactions(seeder: Seeder, turned: bool) -> None:
    """Reported in time by one version, late or not at all by the other."""
    for told, outcome in ((LATE, FINDING), ("", PENDING)):
        one = seeder.next("adverse_reaction")
        row = replace(
            one, values={**one.values, "serious": "yes", "reported_at": one.values["aware_at"]}
        )
        due = (
            ward_judges.due(one.values["aware_at"], "serious_reaction")
            if outcome == PENDING
            else ""
        )
        seeder.judged("adverse_reaction", row.values, [Found("K01.reaction", outcome, due)])
        seeder.sound(row)
        _contest(seeder, turned, "adverse_reaction", reported_at=told)


def _corrected(seeder: Seeder, turned: bool) -> None:
    """A rate that was mistyped stands no more."""
    one = cases.seed(seeder, {"R06": PASS}, rate={"rate_ml_h": "700"})
    _second(seeder, turned, "infusion_rate", {**CORRECTED, "rate_ml_h": "70.0"})
    seeder.ledger.superseded("infusion_rate", one.rate.values, 1)
