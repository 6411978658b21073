"""Cases in which several versions of a row stand, and the worst counts; or one stands no more."""

from synthetic.cases import law
from synthetic.cases.drying import SILENT
from synthetic.cases.inactivation import treatment
from synthetic.cases.release import lot, packed, test
from synthetic.cases.stories import CORRECTED
from synthetic.cases.world import DAY, POOLED, POOLED_UNIT, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import PLANT


def all_of(cases: Cases) -> None:
    """Every case in both orders of arrival."""
    for turned in (False, True):
        for tell in (haemoglobin, examined, volumes, result, moisture, reported):
            tell(cases, turned)
        corrected(cases, turned)
        made_final(cases, turned)
        withdrawn(cases, turned)


def haemoglobin(cases: Cases, turned: bool) -> None:
    """Enough by one version of the donation, and too little by the other."""
    cases.donation(cases.donor(sex="M"), DAY, "D05.sex=finding")
    cases.seeder.second("donation", "haemoglobin_g_dl=12.7", turned=turned)


def examined(cases: Cases, turned: bool) -> None:
    """Examined lately by one version, and too long ago by the other: the worse counts."""
    donor = cases.donor(exam=DAY - 30, sample=None)
    before = f"examined_on={clock.day(DAY - 400)} reviewed_on={clock.day(DAY - 399)}"
    cases.seeder.second("donor_exam", before, turned=turned)
    cases.exam(donor, 60, "kind=four_month_sample")
    cases.donation(donor, DAY, "D06.exam=finding")


def volumes(cases: Cases, turned: bool) -> None:
    """Of a unit and of a pool, one version of which does not fit."""
    unit = cases.unit(cases.donation(cases.donor()), f"{POOLED_UNIT} P04.draw=finding")
    cases.seeder.second("plasma_unit", "volume_ml=900", turned=turned)
    cases.pool({unit: ""}, "P04.pool=finding")
    cases.seeder.second("pool", "volume_l=2.000", turned=turned)


def result(cases: Cases, turned: bool) -> None:
    """Reactive by one version of the result."""
    number = cases.donation(cases.donor(), DAY, "D07=finding", without=("HBsAg",))
    cases.result(number, "HBsAg")
    reactive = "interpretation=reactive found=D07.result"
    cases.seeder.second("test_result", reactive, turned=turned)


def moisture(cases: Cases, turned: bool) -> None:
    """Too wet by one version of the run, by a recipe that asks for dryness."""
    cases.put(
        "lyophilisation",
        f"""plant={PLANT} cycle=CYZ-{cases.new()} dryer=DRY-01 recipe={law.RECIPE}
        loaded_at={noon(POOLED)} moisture_max_pct=1.2 moisture_n=9""",
        f"{SILENT} L01=finding",
    )
    cases.seeder.second("lyophilisation", "moisture_max_pct=2.2", turned=turned)


def reported(cases: Cases, turned: bool) -> None:
    """A deviation of no lot by one version; by the other of one, so that its clock runs."""
    out, opened = lot(cases, "dried"), POOLED + 2
    row = f"plant={PLANT} deviation=DVZ-{cases.new()} kind=label opened_at={noon(opened)}"
    cases.put("deviation", row, f"K01.deviation=pending:{clock.day(opened + 45)}")
    of_lot = f"lot_number={out[1]} step={out[2]}"
    cases.seeder.second("deviation", of_lot, turned=turned)


def corrected(cases: Cases, turned: bool) -> None:
    """A treatment told wrong, then right; a donation of one who had given the day before."""
    treatment(cases, "V01=pass", "solvent_start_pct=0.2")
    right = f"{CORRECTED} solvent_start_pct=0.3"
    cases.seeder.second("viral_inactivation", right, turned=turned, corrects=True)
    donor = cases.donor()
    cases.donation(donor, DAY - 1)
    cases.donation(cases.donor(), DAY, "D02.interval=finding")
    right = f"{CORRECTED} donor_key={donor}"
    cases.seeder.second("donation", right, turned=turned, corrects=True)


def made_final(cases: Cases, turned: bool) -> None:
    """A test that failed before it was final."""
    out, at = packed(cases, "S02=pass"), f"laboratory= tested_at={noon(POOLED + 20)}"
    test(cases, out, f"ph value=6.9 value_unit=pH {at}")
    test(cases, out, f"sterility {at}")
    cases.seeder.second(
        "lot_test",
        "conclusion=failed status=preliminary found=S01.conclusion",
        turned=turned,
        superseded=True,
    )


def withdrawn(cases: Cases, turned: bool) -> None:
    """Two donors who were stated to be one person, which was withdrawn under the same number."""
    one, other = cases.donor(), cases.donor()
    cases.same(one, other)
    cases.seeder.second("same_person", "status=withdrawn", turned=turned, corrects=True)
    cases.donation(one)
    cases.donation(other, DAY + 1)
