"""The walk's rules across records on freeze-drying: a run's readings against its recipe."""

from itertools import pairwise

from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOT_APPLICABLE,
    NOTICE,
    PASS,
    PENDING,
    Judged,
    Outcomes,
    Verdict,
    World,
    or_none,
)

RULES = (
    "L01",
    "L02.probes",
    "L02.gap",
    "L03",
    "L04",
    "L05.phases",
)
PHASES = ("1", "3", "4", "6", "7")  # freezing, evacuation, primary and secondary drying, unloading
PRIMARY, SECONDARY = "4", "6"
PROBES = [f"product_{n}_c" for n in range(1, 9)]


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every run."""
    for key, run in world.rows("lyophilisation"):
        readings = [
            row
            for row in world.find("lyophilisation_reading", plant=run["plant"], cycle=run["cycle"])
            if row["phase"] in PHASES
        ]
        primary = [row for row in readings if row["phase"] == PRIMARY]
        yield "L05.phases", key, _phases(world, run, readings)
        for recipe in _recipes(world, run):
            yield "L01", key, _moisture(run, recipe) if recipe else PENDING
            yield "L02.probes", key, _probes(readings, recipe) if recipe else PENDING
            yield "L02.gap", key, _gap(readings, recipe) if recipe else PENDING
            yield "L03", key, _end(primary, recipe) if recipe else PENDING
            yield "L04", key, _collapse(primary, recipe) if recipe else PENDING


def _recipes(world: World, run: Typed) -> list[Typed | None]:
    """The recipe of a run, by each version of the plant and of the recipe."""
    return [
        recipe
        for day in world.days(run["loaded_at"], run["plant"])
        for recipe in or_none(
            world.in_force("dryer_recipe", day, plant=run["plant"], recipe=run["recipe"])
        )
    ]


def _moisture(run: Typed, recipe: Typed) -> Verdict:
    if recipe["moisture_max_pct"] is None:
        return NOT_APPLICABLE
    if run["moisture_max_pct"] is None:
        return PENDING
    return FINDING if run["moisture_max_pct"] > recipe["moisture_max_pct"] else PASS


def _probes(readings: list[Typed], recipe: Typed) -> Verdict:
    if not recipe["probes"]:
        return NOT_APPLICABLE
    phases = [[row for row in readings if row["phase"] == phase] for phase in (PRIMARY, SECONDARY)]
    if not all(phases):
        return PENDING
    fewest = min(len({probe for row in rows for probe in _read(row)}) for rows in phases)
    return NOTICE if fewest < recipe["probes"] else PASS


def _read(row: Typed) -> list[str]:
    """The product probes of a reading that tell a temperature which a product can have."""
    return [probe for probe in PROBES if row[probe] is not None and -90 <= row[probe] <= 90]


def _unwatched(readings: list[Typed], recipe: Typed) -> bool:
    """Whether no product temperature is told for longer than two intervals."""
    if recipe["interval_s"] is None:
        return False
    seconds = sorted({row["elapsed_s"] for row in readings})
    blind = {row["elapsed_s"] for row in readings if not _read(row)}
    told = [
        second for second in seconds if second not in blind or second in (seconds[0], seconds[-1])
    ]
    return any(later - earlier > 2 * recipe["interval_s"] for earlier, later in pairwise(told))


def _by_second(readings: list[Typed]) -> list[tuple[int, set[str]]]:
    """The seconds of which there is a reading, in order, each with its phases: several where it is
    contested.
    """
    found: dict[int, set[str]] = {}
    for row in readings:
        found.setdefault(row["elapsed_s"], set()).add(row["phase"])
    return sorted(found.items())


def _gap(readings: list[Typed], recipe: Typed) -> Verdict:
    if recipe["interval_s"] is None:
        return NOT_APPLICABLE
    for stretch in _stretches(readings):
        seconds = sorted({row["elapsed_s"] for row in stretch})
        if any(later - earlier > 2 * recipe["interval_s"] for earlier, later in pairwise(seconds)):
            return FINDING
        if recipe["probes"] and _unwatched(stretch, recipe):
            return FINDING
    return PASS if {PRIMARY, SECONDARY} <= {row["phase"] for row in readings} else PENDING


def _stretches(readings: list[Typed]) -> list[list[Typed]]:
    """The readings of primary and secondary drying, apart wherever a reading of another phase
    stands between.
    """
    found: list[list[Typed]] = [[]]
    for second, _ in _by_second(readings):
        drying = [
            row
            for row in readings
            if row["elapsed_s"] == second and row["phase"] in (PRIMARY, SECONDARY)
        ]
        found[-1] += drying
        if not drying:
            found.append([])
    return found


def _end(primary: list[Typed], recipe: Typed) -> Verdict:
    ratio, minutes = recipe["end_ratio"], recipe["end_min"]
    if recipe["pirani"] == "no":
        return NOT_APPLICABLE
    if not primary or minutes is None:
        return PENDING
    last = max(row["elapsed_s"] for row in primary)
    if any(_open_end(row, ratio) for row in primary if row["elapsed_s"] >= last - 60 * minutes):
        return FINDING
    return PENDING if ratio is None else PASS


def _open_end(row: Typed, ratio: Typed | None) -> bool:
    """Whether a reading does not show that primary drying has ended."""
    pirani, manometer = row["pirani_mtorr"], row["cm_mtorr"]
    if pirani is None or not manometer:
        return True
    return ratio is not None and pirani / manometer > ratio


def _collapse(primary: list[Typed], recipe: Typed) -> Verdict:
    if recipe["collapse_c"] is None or recipe["margin_c"] is None or recipe["probes"] == 0:
        return NOT_APPLICABLE
    told = [row[probe] for row in primary for probe in PROBES if row[probe] is not None]
    if any(value > recipe["collapse_c"] - recipe["margin_c"] for value in told):
        return FINDING
    blind = {row["elapsed_s"] for row in primary if not _read(row)}
    if {row["elapsed_s"] for row in primary} <= blind or _unwatched(primary, recipe):
        return PENDING
    return PASS


def _phases(world: World, run: Typed, readings: list[Typed]) -> Verdict:
    back = _runs_back(readings)
    told = world.certain("deviation", plant=run["plant"], batch=run["cycle"])
    if back and not told:
        return FINDING
    if not {PRIMARY, SECONDARY} <= {row["phase"] for row in readings}:
        return PENDING
    return NOTICE if back else PASS


def _runs_back(readings: list[Typed]) -> bool:
    """Whether a phase comes after a higher one."""
    highest = 0
    for _, phases in _by_second(readings):
        if min(map(int, phases)) < highest:
            return True
        highest = max(highest, *map(int, phases))
    return False
