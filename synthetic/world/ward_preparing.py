"""Powder mixed with water for each infusion: of one lot or two, at the bench or in laminar flow."""

import numpy as np

from synthetic.cases.seeded import PREPARED
from synthetic.world import courses, fate_relabelled, packing, ward_people
from synthetic.world.courses import Places
from synthetic.world.draws import Ints
from synthetic.world.parties import HOMES
from synthetic.world.plan import Plan
from synthetic.world.ward_visits import Visits, orders, preparations
from synthetic.writing.columns import Mask, Texts, chosen, counts, picked, same
from synthetic.writing.landing import Landing

STRENGTHS, ML = (5, 10), (192, 96)  # per cent, and mL of water for a vial
TEN_PER_CENT = 3  # one patient in so many who is not at risk is given ten per cent
LAMINAR = 4  # one infusion in so many, not in homes, is prepared in laminar flow, hours before
DISSOLVES = 20 * 60  # seconds
DILUENT_LOTS = ("W25-01", "W25-02", "W25-03")


def strength(patient: Ints) -> Ints:
    """The strength that each patient is given, as a place in STRENGTHS."""
    return np.where((patient % TEN_PER_CENT == 0) & (ward_people.risk(patient) < 0), 1, 0)


def volume(plan: Plan, patient: Ints) -> Ints:
    """Water for each patient's vials of a day, in mL."""
    return np.asarray(courses.dose_of(plan, patient) * np.array(ML)[strength(patient)])


def _in_laminar_flow(visits: Visits) -> Mask:
    return np.asarray((visits.infusion // 2 % LAMINAR == 1) & (visits.site not in HOMES))


def completed(visits: Visits) -> Ints:
    """When each was dissolved: within two hours of its infusion, in laminar flow eighteen."""
    before = np.where(
        _in_laminar_flow(visits),
        7_200 + 60 * visits.plan.draws.below("stored", visits.infusion, 900),
        600 + 60 * visits.plan.draws.below("waited", visits.infusion, 90),
    )
    return courses.started(visits.plan, visits.infusion) - before


def send(visits: Visits, landing: Landing, places: Places) -> None:
    """The preparations of infusions, and their vials: those of `places`."""
    visits.send(landing, "reconstitution", _preparations(visits))
    visits.send(landing, "reconstitution_vial", _vials(visits, places))
    of, state = preparations(places.infusion), same(PREPARED, len(places.infusion))
    landing.ledger.vials(visits.links("reconstitution_vial", of, state, places))


def _preparations(visits: Visits) -> dict[str, Texts]:
    patient, done, laminar = visits.patient, completed(visits), _in_laminar_flow(visits)
    # Within what a licence lets pass.
    rows, off = len(patient), visits.plan.draws.below("water", visits.infusion, 7) - 3  # per cent
    ml = volume(visits.plan, patient) * (100 + off)
    return {
        "site": visits.here(),
        "preparation": preparations(visits.infusion),
        "treatment_order": orders(patient),
        "diluent": same("SWFI", rows),
        "diluent_lot": picked(DILUENT_LOTS, visits.infusion % len(DILUENT_LOTS)),
        "volume_ml": visits.amounts(ml, 2),
        "concentration_pct": counts(np.array(STRENGTHS)[strength(patient)]),
        "started_at": visits.times(done - DISSOLVES),
        "completed_at": visits.times(done),
        "place": chosen(laminar, "laminar_flow", "bench"),
        "stored_c": chosen(laminar, visits.amounts(40 + off, 1), None),
        "clear": same("yes", rows),
    }


def _vials(visits: Visits, places: Places) -> dict[str, Texts]:
    return {
        "site": same(visits.site, len(places.infusion)),
        "preparation": preparations(places.infusion),
        **named(visits.plan, places),
    }


def named(plan: Plan, places: Places) -> dict[str, Texts]:
    """How each line names its vial, or its vials by lot and count."""
    counted = places.by_count
    return {
        "item": counts(places.place + 1),
        "gtin": chosen(counted & ~places.has_gtin, None, packing.gtins(plan, places.lot)),
        "serial": chosen(counted, None, fate_relabelled.serials(plan, places.lot, places.pack)),
        "position": chosen(places.twelve & ~counted, places.within(), None),
        "lot_number": packing.lot_numbers(places.lot),
        "vials": counts(np.where(counted, places.dose, 1)),
    }
