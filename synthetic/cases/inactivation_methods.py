"""Cases of the rule on the virus steps that a packed lot went through."""

from collections.abc import Sequence

from synthetic.cases import inactivation as cases_inactivation
from synthetic.cases import law as cases_law
from synthetic.cases.release import became, lot, packed
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING
from synthetic.cases.world import Cases
from synthetic.world.making import BULK, PASTE
from synthetic.world.parties import (
    PLANT,
)


def viruses(cases: Cases) -> None:
    """Two methods; one twice; one that is weak, was not shown, or was not done as it must; none at
    all.
    """
    sd, sd_lax, unshown = (cases_law.SD, cases_law.SD_LAX, cases_law.SD_UNSHOWN)
    fine, weak, untold = cases_law.FILTER, cases_law.FILTER_WEAK, cases_law.FILTER_UNTOLD
    for outcome, treatments, removals in (
        (PASS, (sd,), (fine,)),
        (PASS, (sd_lax,), (fine,)),
        (FINDING, (sd,), ()),
        (FINDING, (sd, sd_lax), ()),
        (FINDING, (sd,), (weak,)),
        (PENDING, (), (fine,)),
        (PENDING, (unshown,), (fine,)),
        (PASS, (sd, unshown), (fine,)),
        (PENDING, (sd,), (untold,)),
    ):
        treated = [
            _treated(cases_inactivation.treatment(cases, process=name)) for name in treatments
        ]
        removed = [_removed(cases_inactivation.removal(cases, process=name)) for name in removals]
        _made(cases, outcome, [*treated, *removed])
    off = cases_inactivation.treatment(cases, {"V01": FINDING}, solvent_start_pct="0.2")
    _made(cases, FINDING, [_treated(off), _removed(cases_inactivation.removal(cases))])
    leak = cases_inactivation.removal(cases, FINDING, integrity_after="fail")
    _made(cases, FINDING, [_treated(cases_inactivation.treatment(cases)), _removed(leak)])
    unknown = _treated(f"SDZ-{cases.new()}")
    _made(cases, PENDING, [unknown, _removed(cases_inactivation.removal(cases))], parked=("batch",))
    acid = cases_inactivation.removal(cases, NOT_APPLICABLE, method="low_ph")
    _made(cases, PASS, [_treated(cases_inactivation.treatment(cases)), _removed(acid)])


def _treated(batch: str) -> tuple[str, str]:
    return batch, "viral_inactivation"


def _removed(batch: str) -> tuple[str, str]:
    return batch, "virus_removal"


def _made(
    cases: Cases, outcome: str, steps: Sequence[tuple[str, str]], parked: Sequence[str] = ()
) -> None:
    """A packed lot from paste that went through these batches, of which the first may be known by
    its load alone.
    """
    last = lot(cases, PASTE)
    for batch, record in steps:
        before, last = last, lot(cases, BULK)
        cases.put(
            f"{record}_load",
            {
                "plant": PLANT,
                "batch": batch,
                "from_lot_number": before[1],
                "from_step": before[2],
                "lot_number": last[1],
                "step": BULK,
                "amount_kg": "1",
            },
            parked=parked if batch == steps[0][0] else (),
        )
    became(cases, last, packed(cases, {"V06": outcome}))
