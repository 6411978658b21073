"""The walk's rules across records: docs/judging.md once more, in loops over dicts. One outcome a
subject and rule.
"""

from tests.walk import courses, drying, packs, units
from tests.walk import dispensing as vials
from tests.walk import donors as donations
from tests.walk import inactivation as virus
from tests.walk import infusion as doses
from tests.walk import preparation as preparations
from tests.walk import release as lots
from tests.walk import reporting as clocks
from tests.walk import screening as tests
from tests.walk.linking import Key
from tests.walk.world import Judged, Outcomes, Verdict, World, worst

RULES = (
    "D02.interval",
    "D02.week",
    "D05.sex",
    "D06.exam",
    "D06.sample",
    "D07",
    "D07.earlier",
    "D11",
    "PDI.donation",
    "D08",
    "P04.draw",
    "P05",
    "D07.pooled",
    "D09",
    "D10",
    "U01",
    "P03",
    "P04.pool",
    "V01",
    "V02",
    "V03",
    "V04",
    "V05",
    "L01",
    "L02.probes",
    "L02.gap",
    "L03",
    "L04",
    "L05.phases",
    "P01",
    "P02",
    "S02",
    "V06",
    "X02",
    "R02",
    "E02",
    "E03.vials",
    "E03.end",
    "R03.dispensed",
    "R03.given",
    "R04",
    "R05",
    "R06",
    "R07",
    "R07.daily",
    "R08",
    "R09",
    "C05",
    "C01",
    "C03",
    "C04",
    "K01.reaction",
    "K01.deviation",
    "K01.information",
)


def outcomes(world: World) -> Outcomes:
    """The outcome of every rule by subject, and where it is pending, the day on which it is due."""
    found: Outcomes = {rule: {} for rule in RULES}
    for family in (
        donations,
        tests,
        virus,
        drying,
        packs,
        vials,
        preparations,
        doses,
        courses,
        clocks,
    ):
        _take(found, family.judged(world))
    for later in (units, lots):  # these look at what was concluded of donations and of batches
        _take(found, later.judged(world, found))
    return found


def _take(found: Outcomes, judged: Judged) -> None:
    """Of all verdicts on a subject, the worst."""
    verdicts: dict[tuple[str, Key], list[Verdict]] = {}
    for rule, subject, verdict in judged:
        verdicts.setdefault((rule, subject), []).append(verdict)
    for (rule, subject), several in verdicts.items():
        found[rule][subject] = worst(several)
