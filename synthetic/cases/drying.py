"""Cases of the rules on freeze-drying, with logs of a few minutes."""

from collections.abc import Collection, Mapping

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING
from synthetic.cases.world import POOLED, Cases, Told, noon
from synthetic.world import clock
from synthetic.world.parties import PLANT

LOADED = POOLED + 8
PHASES = "113" + "4" * 10 + "66667"  # of each minute
LAST = 12  # the last minute of primary drying
DRIED: Told = dict.fromkeys(("L01", "L02.probes", "L02.gap", "L03", "L04", "L05.phases"), PASS)
SILENT: Told = {**dict.fromkeys(DRIED, PENDING), "L01": PASS}
UNKNOWN: Told = {**dict.fromkeys(DRIED, PENDING), "L05.phases": PASS}
LAX: Told = {**DRIED, **dict.fromkeys(("L01", "L02.probes", "L03", "L04"), NOT_APPLICABLE)}
# Nobody saw the product for longer than two intervals.
BLIND: Told = {
    "L02.gap": FINDING,
    "L04": PENDING,
}
UNPLUGGED = {"product_1_c": "", "product_2_c": ""}
Minutes = Mapping[int, Mapping[str, str]]  # what some minutes say instead


def all_of(cases: Cases) -> None:
    """Every case once."""
    log(cases, _run(cases))
    log(cases, _run(cases, LAX, recipe=cases_law.LAX_RECIPE))
    log(cases, _run(cases, UNKNOWN, recipe="REZ-9"))
    _run(cases, {**SILENT, "L01": PENDING}, moisture_max_pct="")
    _run(cases, {**SILENT, "L01": FINDING}, moisture_max_pct="2.01")
    _run(cases, SILENT, moisture_max_pct="2")
    for told, minutes, left_out in STORIES:
        log(cases, _run(cases, told), minutes, left_out)
    _came_back(cases)


def _run(
    cases: Cases, told: Told = DRIED, *, recipe: str = cases_law.RECIPE, **changed: str
) -> str:
    cycle = f"CYZ-{cases.new()}"
    cases.put(
        "lyophilisation",
        {
            "plant": PLANT,
            "cycle": cycle,
            "dryer": "DRY-01",
            "recipe": recipe,
            "loaded_at": noon(LOADED),
            "moisture_mean_pct": "0.6",
            "moisture_max_pct": "0.9",
            "moisture_n": "12",
            **changed,
        },
        {**DRIED, **told},
    )
    return cycle


def log(
    cases: Cases, cycle: str, minutes: Minutes | None = None, left_out: Collection[int] = ()
) -> None:
    """The log of a run, but for these minutes."""
    for minute, phase in enumerate(PHASES):
        if minute not in left_out:
            cases.put(
                "lyophilisation_reading",
                {
                    "plant": PLANT,
                    "cycle": cycle,
                    "elapsed_s": str(60 * minute),
                    "phase": phase,
                    "phase_step": "1",
                    "pirani_mtorr": "105",
                    "cm_mtorr": "100",
                    "shelf_set_c": "-10",
                    "shelf_c": "-10",
                    "product_1_c": "-20",
                    "product_2_c": "-21",
                    **(minutes or {}).get(minute, {}),
                },
            )


def _all(phase: str, **changed: str) -> Minutes:
    return {minute: changed for minute, told in enumerate(PHASES) if told == phase}


STORIES: tuple[tuple[Told, Minutes, Collection[int]], ...] = (
    ({"L02.probes": NOTICE}, _all("4", product_2_c=""), ()),
    ({"L02.probes": NOTICE, **BLIND}, _all("4", **UNPLUGGED), ()),
    ({"L02.probes": NOTICE}, _all("6", product_2_c=""), ()),
    ({"L02.probes": NOTICE, "L02.gap": FINDING}, _all("6", **UNPLUGGED), ()),
    ({}, {5: UNPLUGGED}, ()),
    (BLIND, {5: UNPLUGGED, 6: UNPLUGGED}, ()),
    ({}, {3: UNPLUGGED, LAST: UNPLUGGED}, ()),
    (BLIND, {3: UNPLUGGED, 4: UNPLUGGED, 5: UNPLUGGED}, ()),
    ({}, {}, (5,)),
    (BLIND, {}, (5, 6)),
    ({"L02.gap": FINDING}, {}, (LAST + 1, LAST + 2)),
    ({}, {}, (1, 2)),
    ({"L03": FINDING}, {LAST - 2: {"pirani_mtorr": "111"}}, ()),
    ({"L03": FINDING}, {LAST: {"cm_mtorr": "0"}}, ()),
    ({"L03": FINDING}, {LAST - 1: {"pirani_mtorr": ""}}, ()),
    ({}, {LAST - 6: {"pirani_mtorr": "169"}}, ()),
    ({}, {LAST: {"pirani_mtorr": "110"}}, ()),
    ({"L04": FINDING}, {6: {"product_2_c": "-5.4"}}, ()),
    ({}, {6: {"product_2_c": "-5.5"}, LAST + 1: {"product_2_c": "20"}}, ()),
    ({}, {6: {"phase": "5"}}, ()),
)


def _came_back(cases: Cases) -> None:
    """A phase came back: a deviation names the run, or another one."""
    back = {7: {"phase": "3"}}
    log(cases, _run(cases, {"L05.phases": FINDING}), back)
    cycle = _run(cases, {"L05.phases": NOTICE})
    log(cases, cycle, back)
    cases.put(
        "deviation",
        {
            "plant": PLANT,
            "deviation": f"DVZ-{cases.new()}",
            "kind": "vacuum",
            "batch": cycle,
            "opened_at": noon(LOADED),
            "closed_at": clock.instant((LOADED + 9) * clock.DAY),
        },
        {"K01.deviation": NOT_APPLICABLE},
    )
