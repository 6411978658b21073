"""The walk's judging: what a text means by its kind, which rows are refused, and which findings a row opens."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.acceptance.walk_table import COLUMNS, KEYS, REQUIRED

Typed = dict[str, Any]  # by column; None where empty or unreadable
Text = dict[str, str]
Content = tuple[tuple[str, Any], ...]
Checks = list[tuple[str, bool]]  # each rule beside whether the row breaks it
DAY = r"\d{4}-\d\d-\d\d"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
OFFSET = r"(Z|[+-](0\d|1[0-4]):[0-5]\d)"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
BANDS = ((Decimal(50), Decimal(690)), (Decimal("68.04"), Decimal(825)), (Decimal("79.38"), Decimal(880)))


def typed(kind: str, detail: str, text: str) -> object | None:
    """The value that a text stands for; None where it is not readable."""
    match kind:
        case "text":
            return text
        case "code":
            return text if re.fullmatch(r"[!-~]([ -~]{0,62}[!-~])?", text) else None
        case "choice":
            return text if text in detail.split("|") else None
        case "count":
            return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
        case "amount":
            whole, fraction = (detail or "9.6").split(".")
            shape = rf"-?[0-9]{{1,{whole}}}(\.[0-9]{{1,{fraction}}})?"
            return Decimal(text) if re.fullmatch(shape, text) else None
        case "day":
            return _real(date.fromisoformat, text) if re.fullmatch(DAY, text, re.ASCII) else None
        case _:
            whole_shape = f"{DAY}[T ]{CLOCK}{OFFSET}"
            return _real(datetime.fromisoformat, text) if re.fullmatch(whole_shape, text, re.ASCII) else None


def _real(make: Callable[[str], object], text: str) -> object | None:
    try:
        return make(text)
    except ValueError:
        return None


def values(record: str, text: Text) -> Typed:
    """The typed values of a row."""
    return {name: typed(kind, detail, text[name]) if text.get(name) else None
            for name, (kind, detail) in COLUMNS[record].items()}


def content(text: Text, row: Typed) -> Content:
    """What makes two rows of one key the same: values, what was sent where unreadable, and undeclared columns."""
    said = {name: (value.replace(tzinfo=None), value.utcoffset()) if isinstance(value, datetime) else value
            for name, value in row.items() if value is not None}
    sent = {name: ("as sent", value) for name, value in text.items() if value and row.get(name) is None}
    return tuple(sorted({**said, **sent}.items()))


def key_of(record: str, row: Typed) -> tuple[str, ...] | None:
    """The key as text; None where a part of it is empty or unreadable."""
    parts = [row[name] for name in KEYS[record]]
    return None if any(part is None for part in parts) else tuple(str(part) for part in parts)


def refused(record: str, row: Typed) -> bool:
    """Whether a rule of outcome "refuse" is broken."""
    if record == "pack":
        return gs1_broken(row["gtin"])
    if record == "donation" and row["scheme"] == "ISBT128" and row["check_character"] is not None:
        return check_character(str(row["donation_number"])) != str(row["check_character"])
    return False


def gs1_broken(code: object) -> bool:
    """Weights 3, 1, 3 … from the right over the digits before the last; an empty code is not judged."""
    if code is None:
        return False
    if not re.fullmatch("[0-9]+", str(code)) or len(str(code)) not in (8, 12, 13, 14, 18):
        return True
    *digits, last = [int(c) for c in str(code)]
    total = sum(digit * (1 if i % 2 else 3) for i, digit in enumerate(reversed(digits)))
    return (10 - total % 10) % 10 != last


def check_character(number: str) -> str | None:
    """ISO 7064 mod 37-2 as the Red Book's Annex 2 writes it; None where a character has no value."""
    if not number or any(c not in ALPHABET for c in number):
        return None
    total = sum(ALPHABET.index(c) * 2**n for n, c in enumerate(reversed(number), 1))
    return ALPHABET[(38 - total % 37) % 37]


def own_findings(record: str, text: Text, row: Typed) -> set[str]:
    """Required columns that are empty, and columns that are not readable."""
    absent = {f"{record}.{name}.present" for name in REQUIRED[record] if not text.get(name)}
    return absent | {f"{record}.{name}.readable" for name in COLUMNS[record] if text.get(name) and row[name] is None}


def findings(record: str, text: Text, row: Typed) -> set[str]:
    """The ids of the rules with outcome "finding" or "notice" that a row breaks."""
    return own_findings(record, text, row) | {rule for rule, broken in CHECKS[record](text, row) if broken}


def _outside(value: Any, low: Any = None, high: Any = None) -> bool:
    if value is None:
        return False
    return (low is not None and Decimal(value) < Decimal(low)) or (high is not None and Decimal(value) > Decimal(high))


def _late(earlier: Any, later: Any) -> bool:
    """Whether earlier > later; beside a day, an instant counts as the local day on which it was sent."""
    if earlier is None or later is None:
        return False
    if isinstance(earlier, datetime) != isinstance(later, datetime):
        earlier, later = (v.date() if isinstance(v, datetime) else v for v in (earlier, later))
    return bool(earlier > later)


def _over_band(collected: Any, weight: Any) -> bool:
    limits = [limit for start, limit in BANDS if weight is not None and weight >= start]
    return bool(limits) and collected is not None and bool(collected > limits[-1])


def _unnamed(text: Text) -> bool:
    return not text.get("serial") and not text.get("lot_number")


def _donation(_: Text, row: Typed) -> Checks:
    source = row["plasma_kind"] == "source"
    shape = re.fullmatch("[A-NP-Z1-9][A-Z0-9]{4}[0-9]{8}", str(row["donation_number"]))
    return [("D01.shape", row["scheme"] == "ISBT128" and not shape),
            ("D03", source and _over_band(row["collected_ml"], row["donor_weight_kg"])),
            ("D04", source and _outside(row["total_protein_g_dl"], 6, 9)),
            ("D05.weight", source and _outside(row["donor_weight_kg"], 50)),
            ("D05.haemoglobin", source and _outside(row["haemoglobin_g_dl"], "12.5"))]


def _test(text: Text, row: Typed) -> Checks:
    bad = text.get("interpretation") not in (None, "", "nonreactive")  # an unreadable word is not this word either
    return [("D07", bad and row["tested"] in ("donation", "donor", "minipool")),
            ("P03", bad and row["tested"] == "pool"), ("D12.kit_lot", not text.get("kit_lot")),
            ("D12.expiry", _late(row["tested_at"], row["kit_expires_on"])),
            ("D12.order", _late(row["taken_at"], row["tested_at"]))]


def _lot(text: Text, row: Typed) -> Checks:
    packed = row["step"] == "packed"
    return [("R01.lot.gtin", gs1_broken(row["gtin"])), ("R01.lot.named", packed and not text.get("gtin")),
            ("R02.expiry", packed and not text.get("expires_on")),
            ("R02.order", _late(row["made_at"], row["expires_on"])),
            ("P06.amount", not text.get("amount") and not text.get("gtin"))]


def _cycle(_: Text, row: Typed) -> Checks:
    return [("L01.moisture", _outside(row["moisture_max_pct"], high=2)),
            ("L01.positions", _outside(row["moisture_n"], 5)),
            ("L05.primary", _late(row["loaded_at"], row["primary_started_at"])),
            ("L05.secondary", _late(row["primary_started_at"], row["secondary_started_at"])),
            ("L05.unload", _late(row["secondary_started_at"], row["unloaded_at"]))]


def _reading(_: Text, row: Typed) -> Checks:
    probes = [(f"L02.product_{n}", row[f"product_{n}_c"]) for n in range(1, 9)]
    return [(rule, _outside(value, -90, 90)) for rule, value in [("L02.shelf", row["shelf_c"]), *probes]]


CHECKS: dict[str, Callable[[Text, Typed], Checks]] = {
    "party": lambda _, row: [("party.gln.check", gs1_broken(row["gln"]))],
    "transmittal": lambda _, row: [("T01", _late(row["period_from"], row["period_to"]))],
    "donor": lambda _, row: [("D06.exam", _late(row["examined_on"], row["as_of"])),
                             ("D06.sample", _late(row["four_month_sample_on"], row["as_of"]))],
    "donation": _donation,
    "plasma_unit": lambda _, row: [("D08.storage", _outside(row["storage_max_c"], high=-20)),
                                   ("D08.shipping", _outside(row["shipping_max_c"], high=-5)),
                                   ("P04.unit", _outside(row["volume_ml"], 1, 1200))],
    "test_result": _test,
    "pool": lambda _, row: [("P02.volume", _outside(row["volume_l"], 1, 20000))],
    "pool_unit": lambda _, row: [("P04.draw", _outside(row["volume_ml"], "0.001", 1200))],
    "lot": _lot,
    "lot_input": lambda _, row: [("P06.input", _outside(row["amount"], "0.001"))],
    "lyophilisation": _cycle,
    "lyophilisation_load": lambda _, row: [("L06.vials", _outside(row["vials"], 1))],
    "lyophilisation_reading": _reading,
    "pack": lambda _, row: [("R02.label", _late(row["packed_at"], row["label_expires_on"])),
                            ("P06.vials", _outside(row["vials"], 1, 1000))],
    "shipment": lambda text, row: [("R01.shipment.gtin", gs1_broken(row["gtin"])),
                                   ("R01.shipment.named", _unnamed(text))],
    "delivery": lambda *_: [],
    "dispensing": lambda text, row: [("R01.dispensing.gtin", gs1_broken(row["gtin"])),
                                     ("R01.dispensing.named", _unnamed(text)),
                                     ("R07.dispensing.vials", _outside(row["vials"], 1))],
    "administration": lambda _, row: [("R05.order", _late(row["started_at"], row["ended_at"])),
                                      ("C01.day", _outside(row["day_of_course"], 1, 5))],
    "administration_vial": lambda text, row: [("R01.vial.gtin", gs1_broken(row["gtin"])),
                                              ("R01.vial.named", _unnamed(text)),
                                              ("R07.given", _outside(row["given_g"], 0, 1000)),
                                              ("R07.vials", _outside(row["vials"], 1))],
}
