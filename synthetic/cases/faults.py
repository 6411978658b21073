"""What is planted: every rule broken, every link without its target, lines damaged, and the stories
of versions.
"""

import math

from lots.grammar.column import Rule
from lots.grammar.schema import Record, columns_of
from lots.records import records
from synthetic.cases import after_packing as ward_cases
from synthetic.cases import before_packing as cases
from synthetic.cases import breaches, breaches_wards, specimens_making, specimens_reference, stories
from synthetic.cases.planted import LOT, Damage, Planted, Reached, Values
from synthetic.cases.planter import Planter
from synthetic.cases.specimen import Specimen
from synthetic.cases.specimens import MAKERS, anchored
from synthetic.truth import ward_times
from synthetic.truth.truth import Ledger
from synthetic.world import making
from synthetic.world.parties import PLANT
from synthetic.world.plan import Plan

# Many breaches share a row.
FEW = (
    *specimens_reference.MAKERS,
    *specimens_making.MAKERS,
    *breaches_wards.FEW,
)
MANY = ("pool_unit", "lyophilisation_reading", "lot_test")  # but of these
DAMAGED = ("donation", "plasma_unit", "test_result", *breaches_wards.DAMAGED)


def planted(plan: Plan, ledger: Ledger) -> dict[tuple[str, str], list[Planted]]:
    """Planted lines by sender and record; the more donations, the more often each kind."""
    planter = Planter(plan, ledger)
    for one in anchored(plan):
        planter.sound(one)
    for times in range(rounds(plan.donations)):
        for name in MAKERS:
            if name not in FEW or name in MANY:
                _every_rule(planter, records()[name])
            elif not times:
                _rules_together(planter, records()[name])
            _every_link(planter, records()[name])
        for name in DAMAGED:
            for damage in Damage:
                if damage:
                    planter.refused(planter.next(name), {}, damage)
        stories.all_of(planter, times)
        cases.all_of(planter, times)
        ward_cases.all_of(planter, times)
    ward_times.state(planter)
    return dict(planter.lines)


def rounds(donations: int) -> int:
    """How often each kind of fault is planted: three times at 20,000 donations, more with the root
    of their number.
    """
    return max(1, round(3 * math.sqrt(donations / 20_000)))


def _every_rule(planter: Planter, record: Record) -> None:
    for rule in record.rules:
        specimen = planter.next(record.name)
        changed = breaches.changes(record, rule, specimen.number)
        if breaches.refuses(record, rule):
            planter.refused(specimen, changed)
        else:
            found = (rule.id, *breaches.also(record, rule))
            parked, reached = breaches_wards.follows(rule.id, specimen.reached)
            planter.faulty(specimen, changed, findings=found, parked=parked, reached=reached)


def _rules_together(planter: Planter, record: Record) -> None:
    """Refusals one by one; other rules share rows as long as they speak of different columns."""
    specimens: list[tuple[Specimen, dict[str, str], list[Rule], set[str]]] = []
    for rule in record.rules:
        if breaches.refuses(record, rule):
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
        found = [name for rule in rules for name in (rule.id, *breaches.also(record, rule))]
        planter.faulty(specimen, changed, findings=found)


def _every_link(planter: Planter, record: Record) -> None:
    for link in record.links:
        specimen = planter.next(record.name)
        changed = breaches.unknown(record, link, specimen.number)
        reached = breaches_wards.unlinked(link.name, specimen.reached)
        planter.faulty(specimen, changed, parked=(link.name,), reached=reached)
        if link.name == "from_pool":
            child = (specimen.values["manufacturer"], specimen.values["lot_number"], making.BULK)
            planter.ledger.descendants(PLANT, changed["from_number"], [child])
        if (record.name, link.name) == ("pool_unit", "pool"):  # naming a pool makes it a node
            planter.ledger.descendants(specimen.values["plant"], changed["pool_number"], [])
    if record.name in breaches_wards.VIALS:
        _unknown_vials(planter, record.name)


def _unknown_vials(planter: Planter, record: str) -> None:
    for changed, parked, by_lot in breaches_wards.UNKNOWN_VIALS:
        specimen = planter.next(record)
        way = specimen.reached[0]
        ways = (Reached(way.lot, LOT, way.state, way.patient),) if by_lot else ()
        planter.faulty(specimen, filled(changed, specimen.number), parked=parked, reached=ways)


def filled(changed: Values, number: int) -> Values:
    """The changes with the specimen's number where they name it."""
    return {name: value.format(n=number) for name, value in changed.items()}
