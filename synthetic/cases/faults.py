"""What is seeded: every rule broken, every link without its target, lines damaged, and the stories
of versions.
"""

import math

from lots.grammar.column import Rule
from lots.grammar.schema import Record, columns_of
from lots.records import records
from synthetic.cases import after_packing as ward_cases
from synthetic.cases import before_packing as cases
from synthetic.cases import breaches, breaches_wards, specimens_making, specimens_reference, stories
from synthetic.cases.seeded import LOT, Damage, Reached, Seeded, Values
from synthetic.cases.seeder import Seeder
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


def seeded(plan: Plan, ledger: Ledger) -> dict[tuple[str, str], list[Seeded]]:
    """Seeded lines by sender and record; the more donations, the more often each kind."""
    seeder = Seeder(plan, ledger)
    for one in anchored(plan):
        seeder.sound(one)
    for times in range(rounds(plan.donations)):
        for name in MAKERS:
            if name not in FEW or name in MANY:
                _every_rule(seeder, records()[name])
            elif not times:
                _rules_together(seeder, records()[name])
            _every_link(seeder, records()[name])
        for name in DAMAGED:
            for damage in Damage:
                if damage:
                    seeder.refused(seeder.next(name), {}, damage)
        stories.all_of(seeder, times)
        cases.all_of(seeder, times)
        ward_cases.all_of(seeder, times)
    ward_times.state(seeder)
    return dict(seeder.lines)


def rounds(donations: int) -> int:
    """How often each kind of fault is seeded: three times at 20,000 donations, more with the root
    of their number.
    """
    return max(1, round(3 * math.sqrt(donations / 20_000)))


def _every_rule(seeder: Seeder, record: Record) -> None:
    for rule in record.rules:
        specimen = seeder.next(record.name)
        changed = breaches.changes(record, rule, specimen.number)
        if breaches.refuses(record, rule):
            seeder.refused(specimen, changed)
        else:
            found = (rule.id, *breaches.also(record, rule))
            parked, reached = breaches_wards.follows(rule.id, specimen.reached)
            seeder.faulty(specimen, changed, findings=found, parked=parked, reached=reached)


def _rules_together(seeder: Seeder, record: Record) -> None:
    """Refusals one by one; other rules share rows as long as they speak of different columns."""
    specimens: list[tuple[Specimen, dict[str, str], list[Rule], set[str]]] = []
    for rule in record.rules:
        if breaches.refuses(record, rule):
            specimen = seeder.next(record.name)
            seeder.refused(specimen, breaches.changes(record, rule, specimen.number))
            continue
        touched = {*columns_of(rule.constraint), *breaches.changes(record, rule, 0)}
        free = next((s for s in specimens if not s[3] & touched), None)
        if free is None:
            free = (seeder.next(record.name), {}, [], set())
            specimens.append(free)
        free[1].update(breaches.changes(record, rule, free[0].number + len(free[2])))
        free[2].append(rule)
        free[3].update(touched)
    for specimen, changed, rules, _ in specimens:
        found = [name for rule in rules for name in (rule.id, *breaches.also(record, rule))]
        seeder.faulty(specimen, changed, findings=found)


def _every_link(seeder: Seeder, record: Record) -> None:
    for link in record.waiting:
        specimen = seeder.next(record.name)
        changed = breaches.unknown(record, link, specimen.number)
        reached = breaches_wards.unlinked(link.name, specimen.reached)
        seeder.faulty(specimen, changed, parked=(link.name,), reached=reached)
        if link.name == "from_pool":
            child = (specimen.values["manufacturer"], specimen.values["lot_number"], making.BULK)
            seeder.ledger.descendants(PLANT, changed["from_number"], [child])
        if (record.name, link.name) == ("pool_unit", "pool"):  # naming a pool makes it a node
            seeder.ledger.descendants(specimen.values["plant"], changed["pool_number"], [])
    if record.name in breaches_wards.VIALS:
        _unknown_vials(seeder, record.name)


def _unknown_vials(seeder: Seeder, record: str) -> None:
    for changed, parked, by_lot in breaches_wards.UNKNOWN_VIALS:
        specimen = seeder.next(record)
        way = specimen.reached[0]
        ways = (Reached(way.lot, LOT, way.state, way.patient),) if by_lot else ()
        seeder.faulty(specimen, filled(changed, specimen.number), parked=parked, reached=ways)


def filled(changed: Values, number: int) -> Values:
    """The changes with the specimen's number where they name it."""
    return {name: value.format(n=number) for name, value in changed.items()}
