"""Cases of the rules on freeze-drying, with logs of a few minutes."""

from collections.abc import Mapping

from synthetic.cases import law
from synthetic.cases.told import tables
from synthetic.cases.world import POOLED, Cases, noon
from synthetic.world import clock
from synthetic.world.parties import PLANT

LOADED = POOLED + 8
# Freezing, evacuation, ten minutes of primary drying, then secondary: as short as a case can be.
PHASES = "113" + "4" * 10 + "66667"  # of each minute
DRIED = "L01=pass L02.probes=pass L02.gap=pass L03=pass L04=pass L05.phases=pass"
UNKNOWN = f"{DRIED.replace('pass', 'pending')} L05.phases=pass"
SILENT = f"{DRIED.replace('pass', 'pending')} L01=pass"
LAX = "L01=not_applicable L02.probes=not_applicable L03=not_applicable L04=not_applicable"
STORIES = tables("drying")["stories"]


def all_of(cases: Cases) -> None:
    """Every case once."""
    log(cases, run(cases))
    log(cases, run(cases, LAX, f"recipe={law.LAX_RECIPE}"))
    log(cases, run(cases, UNKNOWN, "recipe=REZ-9"))
    run(cases, f"{SILENT} L01=pending", "moisture_max_pct=")
    run(cases, f"{SILENT} L01=finding", "moisture_max_pct=2.01")
    run(cases, SILENT, "moisture_max_pct=2")
    for answers, *told in STORIES:
        log(cases, run(cases, answers), _by_minute(told))
    _came_back(cases)


def run(cases: Cases, answers: str = "", told: str = "") -> str:
    """One run of a dryer; answers its number."""
    cycle = f"CYZ-{cases.new()}"
    cases.put(
        "lyophilisation",
        f"""plant={PLANT} cycle={cycle} dryer=DRY-01 recipe={law.RECIPE} loaded_at={noon(LOADED)}
        moisture_mean_pct=0.6 moisture_max_pct=0.9 moisture_n=12 {told}""",
        f"{DRIED} {answers}",
    )
    return cycle


def log(cases: Cases, cycle: str, minutes: Mapping[int, str | None] | None = None) -> None:
    """The log of a run, with what some minutes say instead; of one with None there is no line."""
    # A reading a minute, as the recipes of cases ask for.
    for minute, phase in enumerate(PHASES):
        told = (minutes or {}).get(minute, "")
        if told is not None:
            cases.put(
                "lyophilisation_reading",
                f"""plant={PLANT} cycle={cycle} elapsed_s={60 * minute} phase={phase} phase_step=1
                pirani_mtorr=105 cm_mtorr=100 shelf_set_c=-10 shelf_c=-10 product_1_c=-20
                product_2_c=-21 {told}""",
            )


def _by_minute(cells: list[str]) -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    for cell in cells:
        when, _, told = cell.partition(" ")
        if when == "but":
            found.update(dict.fromkeys(map(int, told.removeprefix("for ").split())))
        elif when[0] == "p":
            found.update({at: told for at, phase in enumerate(PHASES) if phase == when[1]})
        else:
            found[int(when)] = told
    return found


def _came_back(cases: Cases) -> None:
    """A phase came back: a deviation names the run, or another one."""
    back = {7: "phase=3"}
    log(cases, run(cases, "L05.phases=finding"), back)
    cycle = run(cases, "L05.phases=notice")
    log(cases, cycle, back)
    closed = clock.instant((LOADED + 9) * clock.DAY)
    cases.put(
        "deviation",
        f"""plant={PLANT} deviation=DVZ-{cases.new()} kind=vacuum batch={cycle}
        opened_at={noon(LOADED)} closed_at={closed}""",
        "K01.deviation=not_applicable",
    )
