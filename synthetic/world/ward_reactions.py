"""What some patients suffered during or after an infusion, and when it was reported."""

import numpy as np

from synthetic.world import clock, courses, packing, ward_people, ward_visits
from synthetic.world.draws import Ints
from synthetic.world.ward_visits import Visits
from synthetic.writing.columns import Mask, Texts, chosen, counts, digits, joined, picked
from synthetic.writing.landing import Landing

SUFFER = 33  # one infusion in so many: 3 % (Achiron 1998)
SERIOUS = 8  # one reaction in so many
KINDS = ("headache", "fatigue", "chills", "backache", "fever", "flushing", "nausea", "urticaria")
SERIOUS_KINDS = ("aseptic_meningitis", "thrombosis", "haemolysis", "anaphylaxis")


def send(visits: Visits, landing: Landing) -> None:
    """The reactions to infusions that ran."""
    ill = visits.only(reacted(visits))
    if len(ill.infusion):
        ill.send(landing, "adverse_reaction", _rows(ill))


def reacted(visits: Visits) -> Mask:
    """Whether the patient suffered a reaction; after one infusion that was stopped in two."""
    chance = visits.plan.draws.below("reaction", visits.infusion, SUFFER)
    # Hardly anybody stops an infusion without a reason.
    stopped = (visits.status == 1) & (visits.infusion % 2 == 0)
    return np.asarray((visits.status < 2) & ((chance == 0) | stopped))


def serious(visits: Visits) -> Mask:
    """Whether such a reaction was serious."""
    return np.asarray(visits.plan.draws.below("serious", visits.infusion, SERIOUS) == 0)


def numbers(infusion: Ints) -> Texts:
    """The numbers of infusions' reactions."""
    return joined(b"AE-", digits(infusion + 1, 8))


def _rows(visits: Visits) -> dict[str, Texts]:
    plan, infusion, grave = visits.plan, visits.infusion, serious(visits)
    onset = courses.started(plan, infusion) + 60 * plan.draws.below("onset", infusion, 300)
    aware = onset + clock.HOUR * (1 + plan.draws.below("aware", infusion, 12))
    places = courses.places(plan, infusion)
    first = places.only(places.place == 0)
    return {
        "reporter": visits.here(),
        "reaction": numbers(infusion),
        "site": visits.here(),
        "administration": ward_visits.numbers(infusion),
        "patient_key": ward_people.keys(plan, visits.patient),
        "gtin": packing.gtins(plan, first.lot),
        "lot_number": packing.lot_numbers(first.lot),
        "expires_on_reported": clock.days(packing.expires(plan, first.lot)),
        "onset_at": visits.times(onset),
        "kind": chosen(
            grave,
            picked(SERIOUS_KINDS, infusion % len(SERIOUS_KINDS)),
            picked(KINDS, infusion % len(KINDS)),
        ),
        "serious": chosen(grave, "yes", "no"),
        "seriousness": chosen(grave, "hospitalisation", None),
        "outcome": picked(("recovered", "recovering", "recovered"), infusion % 3),
        "imputability": counts(infusion % 4),
        "aware_at": visits.times(aware),
        "reported_at": visits.times(aware + clock.DAY * (1 + infusion % 3)),
    }
