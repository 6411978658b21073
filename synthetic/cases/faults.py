"""What is seeded: every rule broken, every link without its target, lines damaged, stories."""

import math

from lots.grammar.column import Rule
from lots.grammar.schema import Record, columns_of
from lots.records import records
from synthetic.cases import after_packing as ward_cases
from synthetic.cases import before_packing as cases
from synthetic.cases import breaches, stories
from synthetic.cases.breaches import VIALS
from synthetic.cases.forms import FORMS, OF_GROUP, anchored
from synthetic.cases.seeded import Damage, Seeded
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import Specimen
from synthetic.truth.truth import Ledger
from synthetic.world import making
from synthetic.world.parties import PLANT
from synthetic.world.plan import Plan

# Records of which many breaches share a row, as a plant sends few rows of them.
FEW = {name for group in ("parties", "reference", "making") for name in OF_GROUP[group]}
MANY = ("pool_unit", "lyophilisation_reading", "lot_test")  # but of these
DAMAGED = ("donation", "plasma_unit", "test_result", "pack", "shipment", "delivery", *VIALS)


def seeded(plan: Plan, ledger: Ledger) -> dict[tuple[str, str], list[Seeded]]:
    """Seeded lines by sender and record; the more donations, the more often each kind."""
    seeder = Seeder(plan, ledger)
    for one in anchored(plan):
        seeder.sound(one)
    for times in range(rounds(plan.donations)):
        for name in FORMS:
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
    return dict(seeder.lines)


def rounds(donations: int) -> int:
    """How often each kind of fault is seeded: thrice at 20,000 donations, else as their root."""
    return max(1, round(3 * math.sqrt(donations / 20_000)))


def _retraction(seeder: Seeder, record: Record, rule: Rule) -> None:
    """A retraction whose word cannot be read, of what was never told: it says nothing else."""
    one = seeder.next(record.name)
    values = one.saying(breaches.changes(record, rule, one.number)).values
    seeder.row(record.name, values, {}, findings=(rule.id,), superseded=True)
    if record.name in ("pool", "pool_unit"):  # naming a pool makes it a node, also in error
        seeder.ledger.descendants(values["plant"], values["pool_number"], [])


def _every_rule(seeder: Seeder, record: Record) -> None:
    for rule in record.rules:
        if columns_of(rule.constraint) == ("retracted",):
            _retraction(seeder, record, rule)
            continue
        one = seeder.next(record.name)
        changed = breaches.changes(record, rule, one.number)
        if breaches.refuses(record, rule):
            seeder.refused(one, changed)
            continue
        follows = breaches.follows(rule.id)
        seeder.sound(
            one.saying(changed).answering(follows.answers),
            findings=(rule.id, *breaches.also(record, rule)),
            parked=follows.parked,
            reached=follows.reached(one.reached),
        )


def _rules_together(seeder: Seeder, record: Record) -> None:
    """Refusals one by one; other rules share rows as long as they speak of different columns."""
    shared: list[tuple[Specimen, dict[str, str], list[Rule], set[str]]] = []
    for rule in record.rules:
        if columns_of(rule.constraint) == ("retracted",):
            _retraction(seeder, record, rule)
            continue
        if breaches.refuses(record, rule):
            one = seeder.next(record.name)
            seeder.refused(one, breaches.changes(record, rule, one.number))
            continue
        touched = {*columns_of(rule.constraint), *breaches.changes(record, rule, 0)}
        # A breach must not hide another: no two of a row change or ask for one column.
        free = next((s for s in shared if not s[3] & touched), None)
        if free is None:
            free = (seeder.next(record.name), {}, [], set())
            shared.append(free)
        # Counted on, so that unreadable columns of one row are not unreadable in one way.
        free[1].update(breaches.changes(record, rule, free[0].number + len(free[2])))
        free[2].append(rule)
        free[3].update(touched)
    for one, changed, rules, _ in shared:
        found = tuple(name for rule in rules for name in (rule.id, *breaches.also(record, rule)))
        answers = (breaches.follows(rule.id).answers for rule in rules)
        seeder.sound(one.saying(changed).answering(*answers), findings=found)


def _every_link(seeder: Seeder, record: Record) -> None:
    for link in record.waiting:
        one = seeder.next(record.name)
        changed = breaches.unknown(record, link, one.number)
        follows = breaches.follows(f"{record.name}/{link.name}")
        seeder.sound(
            one.saying(changed).answering(follows.answers),
            parked=(link.name,),
            reached=follows.reached(one.reached),
        )
        # A pool that nobody told is a node all the same, and what became of it is asked.
        if link.name == "from_pool":
            child = (one.values["manufacturer"], one.values["lot_number"], making.BULK)
            seeder.ledger.descendants(PLANT, changed["from_number"], [child])
        if (record.name, link.name) == ("pool_unit", "pool"):  # naming a pool makes it a node
            seeder.ledger.descendants(one.values["plant"], changed["pool_number"], [])
    if record.name in VIALS:
        _unknown_vials(seeder, record.name)


def _unknown_vials(seeder: Seeder, record: str) -> None:
    """Vials of packs that nobody packed; their lots may be known all the same."""
    for changed, parked, way, answers in breaches.TABLES["unknown_vials"]:
        one = seeder.next(record)
        follows = breaches.Follows(way=way)
        seeder.sound(
            one.saying(breaches.filled(changed, one.number)).answering(answers),
            parked=tuple(parked.split(",")),
            reached=follows.reached(one.reached),
        )
