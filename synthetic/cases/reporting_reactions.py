"""Cases of the clock that runs from a serious reaction (K01.reaction)."""

from dataclasses import replace

from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING, Found
from synthetic.cases.seeder import Seeder
from synthetic.truth.ward_judges import due
from synthetic.world import clock
from synthetic.world.reference import CLOCKS

POSSIBLE = {"K01.reaction": (NOT_APPLICABLE, PASS, PENDING, FINDING)}


def all_of(seeder: Seeder) -> None:
    """Not serious; serious and told on the last day of the term, a day later, and not yet."""
    term = CLOCKS["serious_reaction"]
    seeder.sound(seeder.next("adverse_reaction"))
    for days, outcome in ((term, PASS), (term + 1, FINDING), (None, PENDING)):
        one = seeder.next("adverse_reaction")
        told = "" if days is None else clock.instant((258 + days) * clock.DAY + 40_000)
        until = due(one.values["aware_at"], "serious_reaction") if outcome == PENDING else ""
        row = replace(
            one,
            values={
                **one.values,
                "serious": "yes",
                "seriousness": "hospitalisation",
                "reported_at": told,
            },
        )
        seeder.judged("adverse_reaction", row.values, [Found("K01.reaction", outcome, until)])
        seeder.sound(row)
