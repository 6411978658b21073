"""Cases in which several versions of a row stand, and the worst counts; or in which one of them
stands no more.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from synthetic.cases import inactivation as cases_inactivation
from synthetic.cases import law as cases_law
from synthetic.cases.drying import SILENT
from synthetic.cases.release import lot, packed
from synthetic.cases.seeded import FINDING, PASS, PENDING
from synthetic.cases.specimens import SENDERS
from synthetic.cases.stories import CORRECTED
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import PLANT

TOO_SOON = {"D02.interval": FINDING}


def all_of(cases: Cases) -> None:
    """Every case in both orders of arrival."""
    for turned in (False, True):
        for tell in (haemoglobin, examined, volumes, result, moisture, reported):
            tell(cases, partial(contest, cases, turned))
        corrected(cases, turned)
        made_final(cases, turned)
        withdrawn(cases, turned)


Contest = Callable[..., None]


def second(
    cases: Cases, turned: bool, record: str, findings: Sequence[str] = (), **changed: str
) -> None:
    """Another version of the row that was seeded last; turned: it arrives before that one."""
    lines = cases.seeder.lines[SENDERS[record], record]
    first = lines[-1]
    lines[-1] = replace(first, late=turned)
    cases.put(record, {**first.values, **changed}, findings=findings, late=not turned)


def contest(
    cases: Cases, turned: bool, record: str, findings: Sequence[str] = (), **changed: str
) -> None:
    """A version that contradicts the row that was seeded last."""
    second(cases, turned, record, findings, **changed)
    cases.seeder.ledger.contested(record, cases.seeder.lines[SENDERS[record], record][-1].values)


def haemoglobin(cases: Cases, contradict: Contest) -> None:
    """Enough by one version of the donation, and too little by the other."""
    cases.donation(cases.donor(sex="M"), told={"D05.sex": FINDING})
    contradict("donation", haemoglobin_g_dl="12.7")


def examined(cases: Cases, contradict: Contest) -> None:
    """Examined lately by one version: the latest of all that stand is what is asked for."""
    donor = cases.donor(exam=DAY - 30, sample=None)
    contradict("donor_exam", examined_on=clock.day(DAY - 400), reviewed_on=clock.day(DAY - 399))
    cases.exam(donor, 60, kind="four_month_sample")
    cases.donation(donor)


def volumes(cases: Cases, contradict: Contest) -> None:
    """Of a unit and of a pool, one version of which does not fit."""
    unit = cases.unit(cases.donation(cases.donor()), {**POOLED_UNIT, "P04.draw": FINDING})
    contradict("plasma_unit", volume_ml="900")
    cases.pool({unit: {}}, {"P04.pool": FINDING})
    contradict("pool", volume_l="2.000")


def result(cases: Cases, contradict: Contest) -> None:
    """Reactive by one version of the result."""
    number = cases.donation(cases.donor(), told={"D07": FINDING}, markers=("HBsAg",))
    cases.result(number, "HBsAg")
    contradict("test_result", findings=("D07.result",), interpretation="reactive")


def moisture(cases: Cases, contradict: Contest) -> None:
    """Too wet by one version of the run, by a recipe that asks for dryness."""
    cases.put(
        "lyophilisation",
        {
            "plant": PLANT,
            "cycle": f"CYZ-{cases.new()}",
            "dryer": "DRY-01",
            "recipe": cases_law.RECIPE,
            "loaded_at": noon(POOLED),
            "moisture_max_pct": "1.2",
            "moisture_n": "9",
        },
        {**SILENT, "L01": FINDING},
    )
    contradict("lyophilisation", moisture_max_pct="2.2")


def reported(cases: Cases, contradict: Contest) -> None:
    """Of no lot by one version of the deviation, and of the plant's own, whose clock runs, by the
    other.
    """
    out = lot(cases, "dried")
    opened = POOLED + 2
    cases.put(
        "deviation",
        {
            "plant": PLANT,
            "deviation": f"DVZ-{cases.new()}",
            "kind": "label",
            "opened_at": noon(opened),
        },
        {"K01.deviation": f"{PENDING} {clock.day(opened + 45)}"},
    )
    contradict("deviation", lot_number=out[1], step=out[2])


def corrected(cases: Cases, turned: bool) -> None:
    """A treatment that was told wrong, then right; a donation of another donor, who had given the
    day before.
    """
    cases_inactivation.treatment(cases, {"V01": PASS}, solvent_start_pct="0.2")
    second(cases, turned, "viral_inactivation", **CORRECTED, solvent_start_pct="0.3")
    _superseded(cases, "viral_inactivation")
    donor = cases.donor()
    cases.donation(donor, DAY - 1)
    cases.donation(cases.donor(), told=TOO_SOON)
    second(cases, turned, "donation", **CORRECTED, donor_key=donor)
    _superseded(cases, "donation")


def made_final(cases: Cases, turned: bool) -> None:
    """A test that failed before it was final."""
    out = packed(cases, {"S02": PASS})
    for test, row in (("ph", {"value": "6.9", "value_unit": "pH"}), ("sterility", {})):
        cases.put(
            "lot_test",
            {
                "manufacturer": out[0],
                "lot_number": out[1],
                "step": out[2],
                "test": test,
                "run": "1",
                "conclusion": "passed",
                "tested_at": noon(POOLED + 20),
                "status": "final",
                **row,
            },
        )
    second(
        cases, turned, "lot_test", ("S01.conclusion",), conclusion="failed", status="preliminary"
    )
    _superseded(cases, "lot_test")


def withdrawn(cases: Cases, turned: bool) -> None:
    """Two donors who were stated to be one person, which was withdrawn under the same number."""
    one, other = cases.donor(), cases.donor()
    cases.same(one, other)
    second(cases, turned, "same_person", status="withdrawn")
    _superseded(cases, "same_person")
    cases.donation(one)
    cases.donation(other, DAY + 1)


def _superseded(cases: Cases, record: str) -> None:
    cases.seeder.ledger.superseded(
        record, cases.seeder.lines[SENDERS[record], record][-1].values, 1
    )
