"""The template's own way of writing numbers, days, instants, codes and texts, without a profile."""

from tests.spec.spelled import Spelled

AMOUNTS = {
    "0": "0", "690": "690", "690.5": "690.5", "690.500": "690.5", "007": "7", "-0": "0", "-1.5": "-1.5",
    "99999.999": "99999.999", "0.001": "0.001",
    "690,5": None, "1.000,5": None, "1,000.5": None, "1e3": None, "5E4": None, "1_000": None, "+5": None, ".5": None,
    "5.": None, " 5": None, "5 ": None, "5\n": None, "NaN": None, "Infinity": None, "-": None, "0x1F": None,
    "٥": None, "５": None, "690.0001": None, "100000": None, "1 000": None, "--1": None, "5.5.5": None, "today": None,
}
COUNTS = {
    "1": "1", "0": "0", "007": "7", "999999999": "999999999",
    "1.0": None, "-1": None, "1e3": None, "1,0": None, "1000000000": None, " 1": None, "1\n": None, "१": None,
    "²": None, "x": None,
}
DAYS = {
    "2026-01-31": "2026-01-31", "2024-02-29": "2024-02-29", "0001-01-01": "0001-01-01", "9999-12-31": "9999-12-31",
    "1969-12-31": "1969-12-31",
    "2026-02-29": None, "2026-13-01": None, "2026-00-10": None, "0000-01-01": None, "31.01.2026": None,
    "01/02/2026": None, "2026-1-31": None, "20260131": None, "260131": None, "2026-01-31T00:00:00Z": None,
    "2026-01-31 ": None, "today": None, "epoch": None, "infinity": None, "٢٠٢٦-٠١-٣١": None, "10000-01-01": None,
}
INSTANTS = {
    "2026-01-31T10:15:00+01:00": "2026-01-31T10:15:00+01:00", "2026-01-31T09:15Z": "2026-01-31T09:15:00+00:00",
    "2026-01-31 10:15:00+01:00": "2026-01-31T10:15:00+01:00",
    "2026-01-31T23:59:59.123456-11:30": "2026-01-31T23:59:59.123456-11:30",
    "2026-01-31T00:00:00.5+14:00": "2026-01-31T00:00:00.500000+14:00",
    "1969-12-31T23:59:59.999999Z": "1969-12-31T23:59:59.999999+00:00",
    "1677-01-01T00:00:00Z": "1677-01-01T00:00:00+00:00", "2262-04-12T00:00:00Z": "2262-04-12T00:00:00+00:00",
    "9999-12-31T23:59:59.999999Z": "9999-12-31T23:59:59.999999+00:00",
    "2026-01-31T10:15:00": None, "2026-01-31T10:15": None, "2026-01-31": None, "31.01.2026 10:15": None,
    "2026-01-31T24:00:00Z": None, "2026-01-31T23:59:60Z": None, "2026-01-31T10:15:00+0100": None,
    "2026-01-31T10:15:00+15:00": None, "2026-01-31T10:15:00 UTC": None, "2026-01-31T10:15:00.1234567Z": None,
    "2026-02-30T10:15:00Z": None, "2026-01-31t10:15:00z": None, "now": None, "2026-01-31T10:15:00Z\n": None,
}
CODES = {
    "P1": "P1", "a b": "a b", "a  b": "a  b", "=cmd": "=cmd", "x" * 64: "x" * 64, '"q"': '"q"', "a,b": "a,b",
    "\\N": "\\N", "\\.": "\\.", "NULL": "NULL", "a\\nb": "a\\nb",
    "x" * 65: None, " a": None, "a ": None, "é": None, "µ": None, "a\tb": None, "a\nb": None, "a\u00a0": None,
}
TEXTS = {
    "Straße": "Straße", "Zürich µg 37 °C": "Zürich µg 37 °C", "血漿": "血漿", "a\nb": "a\nb", 'a "b" c': 'a "b" c',
    " a ": " a ", "e\u0301": "e\u0301", "\u00e9": "\u00e9", "\U0001fa78": "\U0001fa78", "\\x41": "\\x41",
    "\x1e!0": "\x1e!0",
}
CHOICES = {"clinic": "clinic", "Clinic": None, "clinic ": None, "clinics": None, "2": None}

TABLES = (
    Spelled("amounts", "donation", "collected_ml", AMOUNTS),
    Spelled("counts", "administration_vial", "vials", COUNTS),
    Spelled("days", "deferral", "deferred_until", DAYS),
    Spelled("instants", "donation", "collected_at", INSTANTS),
    Spelled("codes", "shipment", "lot_number", CODES),
    Spelled("texts", "party", "name", TEXTS),
    Spelled("choices", "party", "kind", CHOICES),
)
