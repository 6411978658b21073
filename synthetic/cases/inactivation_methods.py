"""Cases of the rule on the virus steps of a packed lot: how many, and by which methods."""

from collections.abc import Sequence

from synthetic.cases import law
from synthetic.cases.inactivation import removal, treatment
from synthetic.cases.release import became, lot, packed
from synthetic.cases.told import tables, words_of
from synthetic.cases.world import Cases
from synthetic.world.making import BULK, PASTE
from synthetic.world.parties import PLANT

METHODS = tables("inactivation_methods", **words_of(law))["methods"]


def viruses(cases: Cases) -> None:
    """Two methods or not; one that was not done as it must; one that nobody told; and by low pH."""
    for outcome, treatments, removals in METHODS:
        by = "process_version="
        treated = [treatment(cases, told=by + name) for name in treatments.split()]
        removed = [removal(cases, told=by + name) for name in removals.split()]
        _made(cases, outcome, treated, removed)
    off = treatment(cases, "V01=finding", "solvent_start_pct=0.2")
    _made(cases, "finding", [off], [removal(cases)])
    leak = removal(cases, "finding", "integrity_after=fail")
    _made(cases, "finding", [treatment(cases)], [leak])
    unknown = f"SDZ-{cases.new()}"
    _made(cases, "pending", [unknown], [removal(cases)], parked=("batch",))
    acid = removal(cases, "not_applicable", "method=low_ph")
    _made(cases, "pass", [treatment(cases)], [acid])


def _made(
    cases: Cases,
    outcome: str,
    treated: Sequence[str],
    removed: Sequence[str],
    parked: tuple[str, ...] = (),
) -> None:
    """A packed lot from paste that went through these batches; the first may be parked."""
    last = lot(cases, PASTE)
    steps = [
        *((b, "viral_inactivation") for b in treated),
        *((b, "virus_removal") for b in removed),
    ]
    for batch, record in steps:
        before, last = last, lot(cases, BULK)
        cases.put(
            f"{record}_load",
            f"""plant={PLANT} batch={batch} from_lot_number={before[1]} from_step={before[2]}
            lot_number={last[1]} step={BULK} amount_kg=1""",
            parked=parked if batch == steps[0][0] else (),
        )
    became(cases, last, packed(cases, f"V06={outcome}"))
