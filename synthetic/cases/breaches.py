"""How each rule is broken: what is written instead, and what else follows from it."""

from collections.abc import Mapping
from decimal import Decimal

from lots.grammar.column import Column, Link, Rule
from lots.grammar.schema import (
    Between,
    Differ,
    Happened,
    Kind,
    Known,
    Names,
    Ordered,
    Outcome,
    Present,
    Readable,
    Record,
)
from lots.records import records
from synthetic.cases import breaches_wards
from synthetic.cases.breaches_wards import WRONG_GTIN
from synthetic.cases.seeded import NOT_KNOWN, PACKS, TO_COME, UNREADABLE, Values

BREACHES: Mapping[str, Values] = {
    "party.gln.check": {"gln": "4099999000019"},
    "T01": {"period_from": "2025-12-01T00:00:00+01:00", "period_to": "2025-01-01T00:00:00+01:00"},
    "D06.examined": {"examined_on": "2025-12-24"},
    "D06.sampled": {"four_month_sample_on": "2025-12-24"},
    "D01.shape": {"donation_number": "0X00125{n:06d}", "check_character": ""},
    "D01.check": {"check_character": "-"},
    "D03": {"collected_ml": "700", "donor_weight_kg": "60.0"},
    "D04": {"total_protein_g_dl": "5.8"},
    "D05.weight": {"donor_weight_kg": "48.5"},
    "D05.haemoglobin": {"haemoglobin_g_dl": "11.9"},
    "D08.shipping": {"shipping_max_c": "-2.0"},
    "P04.unit": {"volume_ml": "1300"},
    "D07.result": {"interpretation": "reactive"},
    "D12.kit_lot": {"kit_lot": ""},
    "D12.expiry": {"kit_expires_on": "2025-01-02"},
    "D12.order": {"taken_at": "2025-12-01T09:00:00+01:00"},
    "P02.volume": {"volume_l": "20000.001"},
    "P04.drawn": {"volume_ml": "1250"},
    "R01.lot.gtin": {"gtin": WRONG_GTIN},
    "R01.lot.named": {"gtin": ""},
    "R02.expiry": {"expires_on": ""},
    "P06.amount": {"step": "bulk", "gtin": "", "amount": ""},
    "P06.input": {"amount": "0"},
    "L01.positions": {"moisture_n": "3"},
    "L06.vials": {"vials": "0"},
    "L06.critical": {"rejects_critical": "1"},
    "P06.filled": {"vials_filled": "0"},
    "S01.conclusion": {"conclusion": "failed"},
    "D06.suitable": {"conclusion": "unsuitable"},
    "PDI.about": {"donor_key": "", "donation_number": ""},
    "L02.shelf": {"shelf_c": "999.9"},
    **{f"L02.product_{n}": {f"product_{n}_c": "999.9"} for n in range(1, 9)},
    **{
        f"{record}.{column}.limits": {column: "150.5"}
        for record, column in (
            ("viral_inactivation", "temperature_max_c"),
            ("excursion", "warmest_c"),
            ("donation", "haemoglobin_g_dl"),
        )
    },
    "donation.donor_weight_kg.limits": {"donor_weight_kg": "645.0"},
    **breaches_wards.BREACHES,
}
ALSO: Mapping[str, tuple[str, ...]] = {
    "test_result.interpretation.readable": ("D07.result",),  # no word is 'nonreactive'
    "donor_exam.conclusion.readable": ("D06.suitable",),
    "lot_test.conclusion.readable": ("S01.conclusion",),
    "donation.total_protein_g_dl.limits": ("D04",),
    "inspection.rejects_critical.limits": ("L06.critical",),
    **breaches_wards.ALSO,
}
UNKNOWN: Mapping[tuple[str, str], Values] = {  # where more changes than the name of the target
    ("test_result", "donor"): {"tested": "donor", "tested_id": "D-UNKNOWN{n}"},
    ("test_result", "pool"): {"tested": "pool", "tested_id": "POOL-99-{n:06d}"},
    ("test_result", "lot"): {"tested": "lot", "tested_id": "A99-{n:06d}"},
    ("pool_unit", "pool"): {"pool_number": "POOL-99-{n:06d}"},
    ("lot_input", "from_pool"): {"from_number": "POOL-99-{n:06d}", "from_step": "pool"},
    ("lot_input", "from_external"): {"from_number": "ALB99-{n:06d}", "from_step": "external"},
    ("deviation", "lot"): {"lot_number": "A99-{n:06d}", "step": "dried"},
    **breaches_wards.UNKNOWN,
}
NUMBER = "lot_number"  # of a target's columns, the one that is not known; else the last
EARLY: Mapping[Kind, str] = {
    Kind.DAY: "2019-01-01",
    Kind.INSTANT: "2019-01-01T00:00:00+01:00",
    Kind.AMOUNT: "-80",
}


def changes(record: Record, rule: Rule, number: int) -> Values:
    """What a row says instead, so that it breaks the rule (and what ALSO tells)."""
    if rule.id in BREACHES:
        return {name: value.format(n=number) for name, value in BREACHES[rule.id].items()}
    match rule.constraint:
        case Present(name):
            return {name: ""}
        case Readable(name):
            return {name: unreadable(record.column(name), number)}
        case Known(name):
            when = record.column(name).named_when
            scope = {when.column: when.values[0]} if when else {}
            words = PACKS if record.column(name).names is Names.PACK else NOT_KNOWN
            return {**scope, name: words[number % len(words)]}
        case Differ(first, second):
            return {first: "SAME", second: "SAME"}
        case Happened(name):
            return {
                later: TO_COME[record.column(later).kind] for later in (name, *_after(record, name))
            }
        case Between(name, low, high):
            return {name: beyond(record.column(name), low, high)}
        case Ordered(_, later):
            return {later: EARLY[record.column(later).kind]}
        case _:
            raise KeyError(rule.id)


def unknown(record: Record, link: Link, number: int) -> Values:
    """What a row says instead, so that the link's target is not there."""
    if (record.name, link.name) in UNKNOWN:
        changed = UNKNOWN[record.name, link.name]
        return {name: value.format(n=number) for name, value in changed.items()}
    on = link.on or records()[link.record].key
    named = dict(zip(on, link.columns, strict=False)).get(NUMBER, link.columns[-1])
    return {named: f"{record.name}.{link.name}-99-{number:06d}"}


def refuses(record: Record, rule: Rule) -> bool:
    """Whether a row that breaks the rule is refused: by it, or by another that asks for the same
    column.
    """
    asked = {r.constraint for r in record.rules if r.outcome is Outcome.REFUSE}
    empty = (
        Present(rule.constraint.column) if isinstance(rule.constraint, Known) else rule.constraint
    )
    return rule.outcome is Outcome.REFUSE or empty in asked


def also(record: Record, rule: Rule) -> tuple[str, ...]:
    """Other rules that the breach of one breaks: what is not known counts as empty, what comes
    later is to come.
    """
    if isinstance(rule.constraint, Happened):
        later = _after(record, rule.constraint.column)
        return tuple(
            r.id
            for r in record.rules
            if isinstance(r.constraint, Happened) and r.constraint.column in later
        )
    if isinstance(rule.constraint, Known):
        empty = Present(rule.constraint.column)
        return tuple(r.id for r in record.rules if r.constraint == empty and r.when is None)
    return ALSO.get(rule.id, ())


def _after(record: Record, name: str) -> list[str]:
    """The columns that tell of something later than a column does, directly or through others."""
    pairs = [r.constraint for r in record.rules if isinstance(r.constraint, Ordered)]
    found = [pair.later for pair in pairs if pair.earlier == name]
    return found + [later for each in found for later in _after(record, each)]


def beyond(column: Column, low: Decimal | None, high: Decimal | None) -> str:
    """A number out of these limits; below them, where a number of the column's kind can be
    negative.
    """
    if high is not None and (low is None or column.kind is Kind.COUNT):
        return str(high + 1)
    return str((low or 0) - 1)


def unreadable(column: Column, number: int) -> str:
    """A text that is not of the column's kind."""
    texts = UNREADABLE[column.kind]
    return texts[number % len(texts)]
