"""What is planted: every rule broken, every link without its target, lines damaged, and the stories of versions."""

import math
from collections.abc import Mapping

from lots.plant import breaches, making, stories
from lots.plant.parties import PLANT
from lots.plant.plan import Plan
from lots.plant.planted import LOT, Damage, Planted, Reached, Values
from lots.plant.planter import Planter
from lots.plant.specimens import MAKERS, Specimen
from lots.plant.truth import Ledger
from lots.records import records
from lots.schema import Outcome, Record, Rule, columns_of

FEW = ("party", "pool", "lot", "lot_input", "lyophilisation", "lyophilisation_load")  # many breaches share a row
VIALS = ("dispensing", "administration_vial")
DAMAGED = ("donation", "plasma_unit", "test_result", "pack", "shipment", "delivery", *VIALS)
UNKNOWN: Mapping[tuple[str, str], Values] = {
    ("donor", "centre"): {"centre": "CENTRE-99"},
    ("donation", "donor"): {"donor_key": "D-UNKNOWN{n}"},
    ("donation", "centre"): {"centre": "CENTRE-99"},
    ("plasma_unit", "donation"): {"donation_number": "P999926{n:06d}"},
    ("test_result", "donation"): {"tested_id": "P999926{n:06d}"},
    ("test_result", "donor"): {"tested": "donor", "tested_id": "D-UNKNOWN{n}"},
    ("test_result", "pool"): {"tested": "pool", "tested_id": "POOL-99-{n:06d}"},
    ("test_result", "lot"): {"tested": "lot", "tested_id": "A99-{n:06d}"},
    ("test_result", "laboratory"): {"laboratory": "LAB-99"},
    ("pool", "plant"): {"plant": "PLANT-99"},
    ("pool_unit", "pool"): {"pool_number": "POOL-99-{n:06d}"},
    ("pool_unit", "unit"): {"unit": "P999926{n:06d}-1"},
    ("lot", "manufacturer"): {"manufacturer": "PLANT-99"},
    ("lot_input", "lot"): {"lot_number": "B99-{n:06d}"},
    ("lot_input", "from_pool"): {"from_number": "POOL-99-{n:06d}", "from_step": "pool"},
    ("lot_input", "from_lot"): {"from_number": "P99-{n:06d}A"},
    ("lyophilisation", "plant"): {"plant": "PLANT-99"},
    ("lyophilisation_load", "cycle"): {"cycle": "CY99-{n:06d}"},
    ("lyophilisation_load", "from_lot"): {"from_lot_number": "A99-{n:06d}"},
    ("lyophilisation_load", "lot"): {"lot_number": "A99-{n:06d}"},
    ("lyophilisation_reading", "cycle"): {"cycle": "CY99-{n:06d}"},
    ("pack", "lot"): {"lot_number": "A99-{n:06d}"},
    ("shipment", "pack"): {"serial": "UNKNOWN{n}"},
    ("shipment", "from"): {"from_party": "PLANT-99"},
    ("shipment", "to"): {"to_party": "CLINIC-99"},
    ("delivery", "shipment"): {"shipment": "S99-{n:06d}"},
    ("delivery", "to"): {"to_party": "CLINIC-99"},
    ("dispensing", "pharmacy"): {"pharmacy": "PHARMACY-99"},
    ("administration", "site"): {"site": "CLINIC-99"},
    ("administration_vial", "administration"): {"administration": "INF99-{n:06d}"},
}
# what a vial's row says instead, under which it is parked, and whether its lot number still leads to the lot
UNKNOWN_VIALS: tuple[tuple[Values, tuple[str, ...], bool], ...] = (
    ({"serial": "UNKNOWN{n}"}, ("pack",), True),
    ({"serial": "UNKNOWN{n}", "lot_number": ""}, ("pack",), False),
    ({"gtin": ""}, ("pack",), True),
    ({"gtin": "", "serial": "", "lot_number": "A99-{n:06d}"}, ("lot",), False),
    ({"serial": "UNKNOWN{n}", "lot_number": "A99-{n:06d}"}, ("pack", "lot"), False),
)


def planted(plan: Plan, ledger: Ledger) -> dict[tuple[str, str], list[Planted]]:
    """Planted lines by sender and record; the more donations, the more often each kind."""
    planter = Planter(plan, ledger)
    for times in range(rounds(plan.donations)):
        for name in MAKERS:
            if name not in FEW:
                _every_rule(planter, records()[name])
            elif not times:
                _rules_together(planter, records()[name])
            _every_link(planter, records()[name])
        for name in DAMAGED:
            for damage in Damage:
                if damage:
                    planter.refused(planter.next(name), {}, damage)
        stories.all_of(planter, times)
    return dict(planter.lines)


def rounds(donations: int) -> int:
    """How often each kind of fault is planted: three times at 20,000 donations, more with the root of their number."""
    return max(1, round(3 * math.sqrt(donations / 20_000)))


def _every_rule(planter: Planter, record: Record) -> None:
    for rule in record.rules:
        specimen = planter.next(record.name)
        changed = breaches.changes(record, rule, specimen.number)
        if rule.outcome is Outcome.REFUSE:
            planter.refused(specimen, changed)
        else:
            found = (rule.id, *breaches.ALSO.get(rule.id, ()))
            parked: tuple[str, ...] = ()
            reached = specimen.reached
            if record.name in VIALS:
                parked, reached = of_vial(rule.id, specimen.reached[0])
            elif rule.id == "R01.shipment.gtin":
                parked = ("pack",)
            planter.faulty(specimen, changed, findings=found, parked=parked, reached=reached)


def of_vial(rule: str, way: Reached) -> tuple[tuple[str, ...], tuple[Reached, ...]]:
    """What is parked of a vial's row that breaks the rule, and which lots it still reaches."""
    by_lot = Reached(way.lot, LOT, way.state, way.patient)
    match rule.split(".", 1)[1]:
        case "dispensing.gtin" | "vial.gtin":
            return ("pack", "lot"), ()
        case "dispensing.named" | "vial.named":
            return ("vial",), ()
        case "gtin.readable":
            return ("pack",), (by_lot,)
        case "serial.readable":
            return (), (by_lot,)
        case "patient_key.readable":
            return (), (Reached(way.lot, way.basis, way.state, ""),)
        case _:
            return (), (way,)


def _rules_together(planter: Planter, record: Record) -> None:
    """Refusals one by one; other rules share rows as long as they speak of different columns."""
    specimens: list[tuple[Specimen, dict[str, str], list[Rule], set[str]]] = []
    for rule in record.rules:
        if rule.outcome is Outcome.REFUSE:
            specimen = planter.next(record.name)
            planter.refused(specimen, breaches.changes(record, rule, specimen.number))
            continue
        touched = {*columns_of(rule.constraint), *breaches.changes(record, rule, 0)}
        free = next((s for s in specimens if not s[3] & touched), None)
        if free is None:
            free = (planter.next(record.name), {}, [], set())
            specimens.append(free)
        free[1].update(breaches.changes(record, rule, free[0].number + len(free[2])))
        free[2].append(rule)
        free[3].update(touched)
    for specimen, changed, rules, _ in specimens:
        planter.faulty(specimen, changed, findings=[r.id for r in rules])


def _every_link(planter: Planter, record: Record) -> None:
    for link in record.links:
        specimen = planter.next(record.name)
        changed = filled(UNKNOWN[record.name, link.name], specimen.number)
        reached = specimen.reached
        if link.name == "administration":
            reached = tuple(Reached(w.lot, w.basis, w.state, "") for w in reached)
        planter.faulty(specimen, changed, parked=(link.name,), reached=reached)
        if link.name == "from_pool":
            child = (specimen.values["manufacturer"], specimen.values["lot_number"], making.BULK)
            planter.ledger.descendants(PLANT, changed["from_number"], [child])
        if (record.name, link.name) == ("pool_unit", "pool"):  # naming a pool makes it a node
            planter.ledger.descendants(PLANT, changed["pool_number"], [])
    if record.name in VIALS:
        _unknown_vials(planter, record.name)


def _unknown_vials(planter: Planter, record: str) -> None:
    for changed, parked, by_lot in UNKNOWN_VIALS:
        specimen = planter.next(record)
        way = specimen.reached[0]
        ways = (Reached(way.lot, LOT, way.state, way.patient),) if by_lot else ()
        planter.faulty(specimen, filled(changed, specimen.number), parked=parked, reached=ways)


def filled(changed: Values, number: int) -> Values:
    """The changes with the specimen's number where they name it."""
    return {name: value.format(n=number) for name, value in changed.items()}
