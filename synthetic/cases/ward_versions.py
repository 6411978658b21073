"""Cases in which two versions of a row stand, and the worse counts; or in which one of them stands
no more.
"""

from dataclasses import replace

from synthetic.cases import dispensing as cases_dispensing
from synthetic.cases import ward_infusion as cases
from synthetic.cases.dispensing import AFTER, BEFORE, Lot
from synthetic.cases.planted import FINDING, NOTICE, PASS, PENDING, Found, Values
from synthetic.cases.planter import Planter
from synthetic.cases.preparation import dissolved
from synthetic.cases.specimens import SENDERS
from synthetic.cases.stories import CORRECTED
from synthetic.truth import ward_judges
from synthetic.world import clock

LATE = clock.instant(280 * clock.DAY)  # more than fifteen days after a planted reaction was known


def all_of(planter: Planter) -> None:
    """Every case in both orders of arrival."""
    for turned in (False, True):
        _orders(planter, turned)
        _infusions(planter, turned)
        _releases(planter, turned)
        _reactions(planter, turned)
        _corrected(planter, turned)


def _second(planter: Planter, turned: bool, record: str, changed: Values) -> None:
    """Another version of the row that was planted last; turned: it arrives before that one."""
    lines = planter.lines[SENDERS[record], record]
    first = lines[-1]
    lines[-1] = replace(first, late=turned)
    lines.append(replace(first, values={**first.values, **changed}, late=not turned, reached=()))


def _contest(planter: Planter, turned: bool, record: str, **changed: str) -> None:
    """A version that contradicts the row that was planted last."""
    _second(planter, turned, record, changed)
    planter.ledger.contested(record, planter.lines[SENDERS[record], record][-1].values)


def _orders(planter: Planter, turned: bool) -> None:
    """A lighter patient by one version; another disease; another patient, for whom the vial was
    prepared as well.
    """
    cases.plant(planter, {"R06": FINDING}, rate={"rate_ml_h": "280"})
    _contest(planter, turned, "treatment_order", weight_kg="60.0")
    cases.plant(planter, {"C05": NOTICE}, infusion={"supervised_by": ""})
    _contest(planter, turned, "treatment_order", indication="PID")
    one = cases.plant(planter, {})
    _contest(planter, turned, "treatment_order", patient_key=f"{one.order.values['patient_key']}B")
    vials = planter.lines[SENDERS["reconstitution_vial"], "reconstitution_vial"]
    (way,) = vials[-1].reached
    vials[-1] = replace(vials[-1], reached=(way, replace(way, patient=f"{way.patient}B")))


def _infusions(planter: Planter, turned: bool) -> None:
    """Dissolved too early by one version; run too fast; and less given than the vial held."""
    cases.plant(planter, {"R05": FINDING})
    _contest(planter, turned, "reconstitution", **dissolved(2.1))
    cases.plant(planter, {"R06": FINDING})
    _contest(planter, turned, "infusion_rate", rate_ml_h="300")
    cases.plant(planter, {"R07": FINDING})
    _contest(planter, turned, "administration_vial", given_g="8")


def _releases(planter: Planter, turned: bool) -> None:
    """Of two times of one release the later one counts; and of two expiries the earlier."""
    cases_dispensing.dispensed(planter, Lot((BEFORE,), "2027-08-20", FINDING))
    _contest(planter, turned, "official_release", released_at=AFTER)
    cases_dispensing.dispensed(planter, Lot((BEFORE,), "2027-08-20", FINDING))
    _contest(planter, turned, "lot", expires_on=cases_dispensing.TOO_SOON)


def _reactions(planter: Planter, turned: bool) -> None:
    """Reported in time by one version, late or not at all by the other."""
    for told, outcome in ((LATE, FINDING), ("", PENDING)):
        one = planter.next("adverse_reaction")
        row = replace(
            one, values={**one.values, "serious": "yes", "reported_at": one.values["aware_at"]}
        )
        due = (
            ward_judges.due(one.values["aware_at"], "serious_reaction")
            if outcome == PENDING
            else ""
        )
        planter.judged("adverse_reaction", row.values, [Found("K01.reaction", outcome, due)])
        planter.sound(row)
        _contest(planter, turned, "adverse_reaction", reported_at=told)


def _corrected(planter: Planter, turned: bool) -> None:
    """A rate that was mistyped stands no more."""
    one = cases.plant(planter, {"R06": PASS}, rate={"rate_ml_h": "700"})
    _second(planter, turned, "infusion_rate", {**CORRECTED, "rate_ml_h": "70.0"})
    planter.ledger.superseded("infusion_rate", one.rate.values, 1)
