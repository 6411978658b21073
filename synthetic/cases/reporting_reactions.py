"""Cases of the clock that runs from a serious reaction (K01.reaction)."""

from synthetic.cases.seeder import Seeder
from synthetic.truth.due import due
from synthetic.world import clock
from synthetic.world.reference import CLOCKS


def all_of(seeder: Seeder) -> None:
    """Not serious; serious and told on the last day of the term, a day later, and not yet."""
    term = CLOCKS["serious_reaction"]
    seeder.sound(seeder.next("adverse_reaction"))
    for days, answer in ((term, "pass"), (term + 1, "finding"), (None, "pending")):
        one = seeder.next("adverse_reaction")
        told = "" if days is None else clock.instant((258 + days) * clock.DAY + 40_000)
        until = f":{due(one.values['aware_at'], 'serious_reaction')}" if days is None else ""
        serious = {"serious": "yes", "seriousness": "hospitalisation", "reported_at": told}
        seeder.sound(one.saying(serious).answering(f"K01.reaction={answer}{until}"))
