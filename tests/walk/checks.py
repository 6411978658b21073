"""The walk's rules of single rows, by record, beside those that follow from its columns."""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.walk.values import (
    Text,
    Typed,
    gs1_broken,
    gtin_broken,
    sscc_broken,
)

Checks = list[tuple[str, bool]]  # each rule beside whether the row breaks it
Check = Callable[[Text, Typed], Checks]
BANDS = (
    (Decimal(50), Decimal(690)),
    (Decimal("68.039"), Decimal(825)),
    (Decimal("79.379"), Decimal(880)),
)


def same(first: str | None, second: str | None) -> bool:
    """Whether both are there and equal as text."""
    return bool(first) and first == second


def outside(value: Any, low: Any = None, high: Any = None) -> bool:
    if value is None:
        return False
    return (low is not None and Decimal(value) < Decimal(low)) or (
        high is not None and Decimal(value) > Decimal(high)
    )


def late(earlier: Any, later: Any) -> bool:
    """Whether earlier > later; beside a day, an instant counts as the local day on which it was
    sent.
    """
    if earlier is None or later is None:
        return False
    if isinstance(earlier, datetime) != isinstance(later, datetime):
        earlier, later = (v.date() if isinstance(v, datetime) else v for v in (earlier, later))
    return bool(earlier > later)


def _over_band(collected: Any, weight: Any) -> bool:
    if collected is None or weight is None:
        return False
    limits = [limit for start, limit in BANDS if weight >= start]
    return bool(collected > (limits[-1] if limits else BANDS[0][1]))


def _nothing(text: Text, *columns: str) -> bool:
    return not any(text.get(column) for column in columns)


def _other(text: Text, column: str, *words: str) -> bool:
    """Whether something else is said; an unreadable word is not one of these either."""
    return bool(text.get(column)) and text[column] not in words


def _named(name: str) -> Check:
    """The rules of a line that names a pack or a lot."""
    return lambda text, row: [
        (f"R01.{name}.gtin", gtin_broken(text.get("gtin"))),
        (f"R01.{name}.named", _nothing(text, "serial", "lot_number")),
    ]


def _donation(_: Text, row: Typed) -> Checks:
    source = row["plasma_kind"] == "source"
    shape = re.fullmatch("[A-NP-Z1-9][A-Z0-9]{4}[0-9]{8}", str(row["donation_number"]))
    return [
        ("D01.shape", row["scheme"] == "ISBT128" and not shape),
        ("D03", source and _over_band(row["collected_ml"], row["donor_weight_kg"])),
        ("D04", source and outside(row["total_protein_g_dl"], 6, 9)),
        ("D05.weight", source and outside(row["donor_weight_kg"], 50)),
        ("D05.haemoglobin", source and outside(row["haemoglobin_g_dl"], "12.5")),
    ]


def _test(text: Text, row: Typed) -> Checks:
    of_a_donation = row["tested"] in ("donation", "donor", "minipool")
    return [
        ("D07.result", of_a_donation and _other(text, "interpretation", "nonreactive")),
        ("D12.kit_lot", _nothing(text, "kit_lot")),
        ("D12.expiry", late(row["tested_at"], row["kit_expires_on"])),
        ("D12.order", late(row["taken_at"], row["tested_at"])),
    ]


def _lot(text: Text, row: Typed) -> Checks:
    packed = row["step"] == "packed"
    return [
        ("R01.lot.gtin", gtin_broken(text.get("gtin"))),
        ("R01.lot.named", packed and _nothing(text, "gtin")),
        ("R02.expiry", packed and _nothing(text, "expires_on")),
        ("R02.order", late(row["made_at"], row["expires_on"])),
        ("P06.amount", _nothing(text, "amount", "gtin")),
    ]


def _inactivation(_: Text, row: Typed) -> Checks:
    return [
        ("V02.order", late(row["started_at"], row["ended_at"])),
        ("V03.order", late(row["prefiltered_at"], row["started_at"])),
        ("V02.temperature", late(row["temperature_min_c"], row["temperature_max_c"])),
    ]


def _cycle(_: Text, row: Typed) -> Checks:
    return [
        ("L01.positions", outside(row["moisture_n"], 5)),
        ("L05.primary", late(row["loaded_at"], row["primary_started_at"])),
        ("L05.secondary", late(row["primary_started_at"], row["secondary_started_at"])),
        ("L05.unload", late(row["secondary_started_at"], row["unloaded_at"])),
    ]


def _reading(_: Text, row: Typed) -> Checks:
    probes = [(f"L02.product_{n}", row[f"product_{n}_c"]) for n in range(1, 9)]
    return [
        (rule, outside(value, -90, 90)) for rule, value in [("L02.shelf", row["shelf_c"]), *probes]
    ]


def _package(text: Text, row: Typed) -> Checks:
    return [
        ("R01.package.sscc", sscc_broken(row["sscc"])),
        ("R01.package.gtin", gtin_broken(text.get("gtin"))),
        ("R01.package.named", _nothing(text, "child_sscc", "serial", "lot_number")),
        ("R01.package.order", late(row["packed_at"], row["unpacked_at"])),
    ]


def _vial(text: Text, row: Typed) -> Checks:
    return [
        *_named("vial")(text, row),
        ("R07.given", outside(row["given_g"], 0, 1000)),
        ("R07.vials", outside(row["vials"], 1)),
    ]


def _order(text: Text, row: Typed) -> Checks:
    return [
        ("C06.failed", row["indication"] == "MS" and _nothing(text, "failed_therapies")),
        ("C06.authorised", row["indication"] == "MS" and _nothing(text, "authorisation")),
        ("C00.weight", outside(row["weight_kg"], 1, 400)),
    ]


CHECKS: dict[str, Check] = {
    "party": lambda _, row: [("party.gln.check", gs1_broken(row["gln"]))],
    "product": lambda _, row: [("product.content", outside(row["content_g"], "0.1", 100))],
    "transmittal": lambda _, row: [("T01", late(row["period_from"], row["period_to"]))],
    "deferral": lambda _, row: [("D11.order", late(row["deferred_from"], row["deferred_until"]))],
    "donation": _donation,
    "donor": lambda _, row: [
        ("D06.examined", late(row["examined_on"], row["as_of"])),
        ("D06.sampled", late(row["four_month_sample_on"], row["as_of"])),
    ],
    "donor_exam": lambda text, row: [
        ("D06.suitable", _other(text, "conclusion", "suitable")),
        ("D06.reviewed", late(row["examined_on"], row["reviewed_on"])),
    ],
    "plasma_unit": lambda _, row: [
        ("D08.shipping", outside(row["shipping_max_c"], high=-5)),
        ("P04.unit", outside(row["volume_ml"], 1, 1200)),
    ],
    "post_donation_information": lambda text, row: [
        ("PDI.about", _nothing(text, "donor_key", "donation_number")),
        ("PDI.order", late(row["learned_at"], row["reviewed_at"])),
    ],
    "same_person": lambda text, _: [
        ("same_person.two", same(text.get("one_key"), text.get("other_key")))
    ],
    "test_result": _test,
    "lot": _lot,
    "lot_input": lambda _, row: [("P06.input", outside(row["amount"], "0.001"))],
    "pool": lambda _, row: [("P02.volume", outside(row["volume_l"], 1, 20000))],
    "pool_unit": lambda _, row: [("P04.drawn", outside(row["volume_ml"], "0.001", 1200))],
    "viral_inactivation": _inactivation,
    "virus_removal": lambda _, row: [("V05.order", late(row["started_at"], row["ended_at"]))],
    "deviation": lambda _, row: [("K01.deviation.order", late(row["opened_at"], row["closed_at"]))],
    "filling": lambda _, row: [
        ("P06.filled", outside(row["vials_filled"], 1)),
        ("P06.filling.order", late(row["started_at"], row["ended_at"])),
    ],
    "inspection": lambda _, row: [("L06.critical", outside(row["rejects_critical"], high=0))],
    "lot_test": lambda text, _: [
        ("S01.conclusion", _other(text, "conclusion", "passed", "invalid"))
    ],
    "lyophilisation": _cycle,
    "lyophilisation_load": lambda _, row: [("L06.vials", outside(row["vials"], 1))],
    "lyophilisation_reading": _reading,
    "complaint": lambda text, _: [("R01.complaint.gtin", gtin_broken(text.get("gtin")))],
    "dispensing": lambda text, row: [
        *_named("dispensing")(text, row),
        ("R07.dispensing.vials", outside(row["vials"], 1)),
    ],
    "excursion": lambda _, row: [
        ("X01.order", late(row["began_at"], row["ended_at"])),
        ("X01.temperature", late(row["coldest_c"], row["warmest_c"])),
    ],
    "pack": lambda _, row: [
        ("R02.label", late(row["packed_at"], row["label_expires_on"])),
        ("P06.vials", outside(row["vials"], 1, 1000)),
    ],
    "package_content": _package,
    "shipment": _named("shipment"),
    "stock_count": _named("stock_count"),
    "vial_fate": _named("vial_fate"),
    "administration": lambda _, row: [
        ("R05.order", late(row["started_at"], row["ended_at"])),
        ("C01.day", outside(row["day_of_course"], 1, 5)),
    ],
    "administration_vial": _vial,
    "adverse_reaction": lambda text, row: [
        ("R01.reaction.gtin", gtin_broken(text.get("gtin"))),
        ("K01.reaction.lot", _nothing(text, "lot_number", "administration")),
        ("K01.reaction.order", late(row["onset_at"], row["aware_at"])),
    ],
    "infusion_rate": lambda _, row: [("R06.rate", outside(row["rate_ml_h"], 0, 2000))],
    "reconstitution": lambda text, row: [
        ("R04.order", late(row["started_at"], row["completed_at"])),
        ("R04.clear", _other(text, "clear", "yes")),
    ],
    "reconstitution_vial": _named("reconstitution_vial"),
    "treatment_order": _order,
}
"""Row rules by record; a record that is not here has none but those of its columns."""
