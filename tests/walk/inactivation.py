"""The walk's rules on virus treatments: each batch by itself, and whether a lot had two that count."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from tests.walk.linking import Key, Node
from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    PASS,
    PENDING,
    Judged,
    Outcomes,
    Verdict,
    World,
    hours,
    one_of_each,
    or_none,
)

RULES = (
    "V01",
    "V02",
    "V03",
    "V04",
    "V05",
    "V06",
)


LEAST_LOG10 = 4


# That a batch which counts must not break.
MUST_HOLD = {
    "viral_inactivation": ("V01", "V02"),
    "virus_removal": ("V05",),
}


def judged(world: World, so_far: Outcomes) -> Judged:
    """Every verdict on every batch, and then on every packed lot."""
    judges = {"V01": _reagents, "V02": _hold, "V03": _prefilter, "V04": _residuals}
    for key, batch in world.rows("viral_inactivation"):
        for process in _processes(world, batch):
            for rule, judge in judges.items():
                yield rule, key, judge(batch, process) if process else PENDING
    for key, batch in world.rows("virus_removal"):
        yield "V05", key, _integrity(batch)
    for key, lot in world.rows("lot"):
        if lot["step"] == "packed":
            node = (lot["manufacturer"], lot["lot_number"], "packed")
            yield from (("V06", key, verdict) for verdict in _two_methods(world, node, so_far))


def _processes(world: World, batch: Typed) -> list[Typed | None]:
    """The process of a batch, by each version of the plant and of the process."""
    return [
        process
        for day in world.days(batch["started_at"], batch["plant"])
        for process in or_none(
            world.in_force("process_version", day, process_version=batch["process_version"])
        )
    ]


def _verdict(broken: bool, missing: bool) -> Verdict:
    """A finding comes before what is missing."""
    return FINDING if broken else PENDING if missing else PASS


def _reagents(batch: Typed, process: Typed) -> Verdict:
    wanted = {name: process[f"{name}_pct"] for name in ("solvent", "detergent")}
    if process["tolerance_pct"] is None or (
        wanted["solvent"] is None and wanted["detergent"] is None
    ):
        return NOT_APPLICABLE
    assays = [
        (batch[f"{name}_{when}_pct"], pct)
        for name, pct in wanted.items()
        for when in ("start", "end")
    ]
    other = [
        name for name in wanted if batch[name] and process[name] and batch[name] != process[name]
    ]
    off = any(_off(assay, pct, process["tolerance_pct"]) for assay, pct in assays)
    return _verdict(
        off or bool(other),
        None in [assay for assay, _ in assays] or None in [batch[n] for n in wanted],
    )


def _off(assay: Decimal | None, wanted: Decimal | None, tolerance_pct: Decimal) -> bool:
    if assay is None or wanted is None:
        return False
    return abs(assay - wanted) * 100 > tolerance_pct * wanted


def _hold(batch: Typed, process: Typed) -> Verdict:
    if process["hold_h"] is None:
        return NOT_APPLICABLE
    coldest, warmest = batch["temperature_min_c"], batch["temperature_max_c"]
    low, high = process["temperature_min_c"], process["temperature_max_c"]
    started, ended = batch["started_at"], batch["ended_at"]
    short = ended is not None and ended - started < hours(process["hold_h"])
    cold = coldest is not None and low is not None and coldest < low
    warm = warmest is not None and high is not None and warmest > high
    return _verdict(short or cold or warm, None in (ended, coldest, warmest))


def _prefilter(batch: Typed, process: Typed) -> Verdict:
    limit, pore, at = process["prefilter_max_um"], batch["prefilter_um"], batch["prefiltered_at"]
    if limit is None:
        return NOT_APPLICABLE
    wider, late = pore is not None and pore > limit, at is not None and at > batch["started_at"]
    return _verdict(wider or late, None in (pore, at))


def _residuals(batch: Typed, process: Typed) -> Verdict:
    limits = {name: process[f"residual_{name}_max_ug_ml"] for name in ("solvent", "detergent")}
    left = [
        (batch[f"residual_{name}_ug_ml"], limit)
        for name, limit in limits.items()
        if limit is not None
    ]
    if not left:
        return NOT_APPLICABLE
    over = any(residual is not None and residual > limit for residual, limit in left)
    return _verdict(over, None in [residual for residual, _ in left])


def _integrity(batch: Typed) -> Verdict:
    if batch["method"] not in ("nanofiltration", None):
        return NOT_APPLICABLE
    tests = (batch["integrity_before"], batch["integrity_after"])
    return _verdict("fail" in tests, None in (*tests, batch["method"]))


def _two_methods(world: World, lot: Node, so_far: Outcomes) -> Iterator[Verdict]:
    """V06 of a packed lot, for every choice of one version of each batch above."""
    above = world.lots_above(lot)
    batches = [(record, batch) for record in MUST_HOLD for batch in _batches(world, record, above)]
    choices = [list(_methods(world, record, batch, so_far)) for record, batch in batches]
    inactivated = any(record == "viral_inactivation" for record, _ in batches)
    for chosen in product(*choices):
        methods = {method for method, _ in chosen if method}
        untested = any(not tested for _, tested in chosen)
        yield PASS if len(methods) > 1 else PENDING if untested or not inactivated else FINDING


def _batches(world: World, record: str, above: set[Node]) -> list[Key]:
    """The batches whose load came out as one of some lots."""
    return sorted(
        {
            (plant, load["batch"])
            for plant, number, step in above
            for load in world.find(f"{record}_load", plant=plant, lot_number=number, step=step)
        }
    )


def _methods(
    world: World, record: str, key: Key, so_far: Outcomes
) -> Iterator[tuple[str | None, bool]]:
    """The method of a batch where it counts, and whether its clearance is known, by each of its
    versions.
    """
    broken = any(so_far[rule].get(key, PENDING) == FINDING for rule in MUST_HOLD[record])
    for batch in or_none(world.find(record, plant=key[0], batch=key[1])):
        for day in world.days(batch["started_at"], batch["plant"]) if batch else []:
            method = (
                "solvent_detergent"
                if record == "viral_inactivation"
                else batch["method"]
                if batch
                else None
            )
            holding = (
                world.in_force("clearance", day, process_version=batch["process_version"])
                if batch
                else []
            )
            for choice in one_of_each("clearance", holding):
                taken = [
                    row["log10"]
                    for row in choice
                    if row["enveloped"] == "yes" and row["tested"] == "yes"
                ]
                known = bool(taken) and None not in taken
                counts = known and min(taken) >= LEAST_LOG10 and not broken
                yield method if counts else None, known
        if batch is None:
            yield None, False
