"""How each rule is broken: what is written instead, and what else follows from it."""

from collections.abc import Mapping

from lots.plant import pooling
from lots.plant.planted import Values
from lots.schema import Column, Kind, Present, Readable, Record, Rule

WRONG_GTIN = "04099991000109"  # its check digit is another one
UNREADABLE: Mapping[Kind, tuple[str, ...]] = {
    Kind.CODE: ("Müller-7", " A7"),
    Kind.CHOICE: ("maybe", "GIVEN"),
    Kind.AMOUNT: ("1e400", "6,4", "1.2.3", "12345678901234"),
    Kind.COUNT: ("12.5", "-1", "a dozen"),
    Kind.DAY: ("2026-02-31", "31/02/2026"),
    Kind.INSTANT: ("2026-03-01T10:00:00", "2026-02-31T10:00:00+01:00", "2026-03-01T25:00:00Z"),
}
BREACHES: Mapping[str, Values] = {
    "party.gln.check": {"gln": "4099999000019"},
    "T01": {"period_from": "2026-12-01T00:00:00+01:00", "period_to": "2026-01-01T00:00:00+01:00"},
    "D06.exam": {"examined_on": "2026-12-24"},
    "D06.sample": {"four_month_sample_on": "2026-12-24"},
    "D01.shape": {"donation_number": "0X00126{n:06d}", "check_character": ""},
    "D01.check": {"check_character": "-"},
    "D03": {"collected_ml": "700", "donor_weight_kg": "60.0"},
    "D04": {"total_protein_g_dl": "5.8"},
    "D05.weight": {"donor_weight_kg": "48.5"},
    "D05.haemoglobin": {"haemoglobin_g_dl": "11.9"},
    "D08.storage": {"storage_max_c": "-15.5"},
    "D08.shipping": {"shipping_max_c": "-2.0"},
    "P04.unit": {"volume_ml": "1300"},
    "D07": {"interpretation": "reactive"},
    "P03": {"marker": "HCV-NAT", "tested": "pool", "tested_id": pooling.number(0), "interpretation": "reactive"},
    "D12.kit_lot": {"kit_lot": ""},
    "D12.expiry": {"kit_expires_on": "2026-01-02"},
    "D12.order": {"taken_at": "2026-12-01T09:00:00+01:00"},
    "P02.volume": {"volume_l": "20000.001"},
    "P04.draw": {"volume_ml": "1250"},
    "R01.lot.gtin": {"gtin": WRONG_GTIN},
    "R01.lot.named": {"gtin": ""},
    "R02.expiry": {"expires_on": ""},
    "R02.order": {"expires_on": "2026-01-01"},
    "P06.amount": {"step": "bulk", "gtin": "", "amount": ""},
    "P06.input": {"amount": "0"},
    "L01.moisture": {"moisture_max_pct": "2.4"},
    "L01.positions": {"moisture_n": "3"},
    "L05.primary": {"primary_started_at": "2026-01-01T00:00:00+01:00"},
    "L05.secondary": {"secondary_started_at": "2026-01-01T00:00:00+01:00"},
    "L05.unload": {"unloaded_at": "2026-01-01T00:00:00+01:00"},
    "L06.vials": {"vials": "0"},
    "L02.shelf": {"shelf_c": "999.9"},
    **{f"L02.product_{n}": {f"product_{n}_c": "999.9"} for n in range(1, 9)},
    "R01.gtin": {"gtin": WRONG_GTIN},
    "R02.label": {"label_expires_on": "2026-01-01"},
    "P06.vials": {"vials": "0"},
    "R01.shipment.gtin": {"gtin": WRONG_GTIN},
    "R01.shipment.named": {"serial": "", "lot_number": ""},
    "R01.dispensing.gtin": {"gtin": WRONG_GTIN},
    "R01.dispensing.named": {"serial": "", "lot_number": ""},
    "R07.dispensing.vials": {"vials": "0"},
    "R05.order": {"ended_at": "2026-01-01T00:00:00+01:00"},
    "C01.day": {"day_of_course": "6"},
    "R01.vial.gtin": {"gtin": WRONG_GTIN},
    "R01.vial.named": {"serial": "", "lot_number": ""},
    "R07.given": {"given_g": "1500"},
    "R07.vials": {"vials": "0"},
}
ALSO: Mapping[str, tuple[str, ...]] = {"test_result.interpretation.readable": ("D07",)}  # no word is 'nonreactive'


def changes(record: Record, rule: Rule, number: int) -> Values:
    """What a row says instead, so that it breaks the rule (and what ALSO tells)."""
    if rule.id in BREACHES:
        return {name: value.format(n=number) for name, value in BREACHES[rule.id].items()}
    match rule.constraint:
        case Present(name):
            return {name: ""}
        case Readable(name):
            return {name: unreadable(record.column(name), number)}
        case _:
            raise KeyError(rule.id)


def unreadable(column: Column, number: int) -> str:
    """A text that is not of the column's kind."""
    texts = UNREADABLE[column.kind]
    return texts[number % len(texts)]
