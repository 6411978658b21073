"""Words for not known: in a column that names a person, a label or a number they are nothing,
elsewhere themselves.
"""

from tests.spec.spelled import Spelled

WORDS = (
    "UNKNOWN",
    "unknown",
    "Unknown",
    " unknown ",
    "\tUNKNOWN\n",
    "(unknown)",
    "<Unknown>",
    "'unknown'",
    "unknown?",
    "UNK",
    "N/A",
    "n/a",
    "NA",
    "na",
    "N.A.",
    "n. a.",
    "#N/A",
    "N / A",
    "NULL",
    "null",
    "(null)",
    "<NULL>",
    "[null]",
    "NONE",
    "none",
    "None.",
    "NIL",
    "Nil",
    "NaN",
    "?",
    "??",
    "????",
    "-",
    "--",
    "---",
    "\u2013",
    "\u2014",
    ".",
    "...",
    "\u2026",
    "*",
    "**",
    "_",
    "/",
    "//",
    "\u00a0",
    " ",
    "00",
    "0000",
    "000000000000",
    "00-00",
    "XX",
    "XXXX",
    "xxxx",
    "XXX-XXX",
    "TBD",
    "tbd",
    "TBC",
    "not known",
    "NOT KNOWN",
    "Not  Known",
    "not_known",
    "not-known",
    "not available",
    "not applicable",
    "missing",
    "no data",
    "#REF!",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "unbekannt",
    "UNBEKANNT",
    "unbek.",
    "keine",
    "keine Angabe",
    "nicht bekannt",
    "ohne",
    "inconnu",
    "Inconnue",
    "non connu",
    "desconocido",
    "sconosciuto",
    "onbekend",
    "n.v.t.",
    "ukendt",
    "okand",
    "nieznany",
    "brak",
)
NAMES = (
    "P1",
    "UNKNOWN1",
    "UNKNOWN-7",
    "7UNKNOWN",
    "NA1",
    "N1A",
    "NILS",
    "NULLA",
    "0",
    "01",
    "10",
    "X",
    "X0",
    "0X",
    "XXY",
    "A-0",
    "NOTKNOWNTOME",
    "UNKNOWNUNKNOWN",
    "9999",
    "TEST",
    "22E1",
    "2.20E+02",
    "NAANA",
    "KEINER1",
)
PERSONS = ("anonymous", "ANON", "anonym", "N.N.", "no name", "redacted", "0")
LABELS = (
    "no lot",
    "No serial",
    "UNKNOWN LOT",
    "Lot unknown",
    "see label",
    "various",
    "diverse",
    "mixed",
    "0",
)
HERE = {name: name for name in NAMES if name != "0"}


def nothing(*words: str) -> dict[str, None]:
    """Words that stand for nothing."""
    return dict.fromkeys(words)


def themselves(*words: str) -> dict[str, str]:
    """Words that are what they are."""
    return {word: word for word in words}


OWN = '[missing]\ndonor_key = ["9999", "Kein Spender"]\n'

TABLES = (
    Spelled(
        "a sender's own words for nobody",
        "donation",
        "donor_key",
        {
            **nothing("9999", "99-99", "kein Spender", "KEIN SPENDER", "UNKNOWN", "?"),
            **themselves("09999", "99990", "9999.0", "999", "P1", "Spender"),
        },
        OWN,
    ),
    Spelled(
        "a person not known",
        "donation",
        "donor_key",
        {**HERE, **nothing(*WORDS, *PERSONS), **themselves("various", "no lot")},
    ),
    Spelled(
        "a lot not known",
        "administration_vial",
        "lot_number",
        {**HERE, **nothing(*WORDS, *LABELS), **themselves("anonymous", "N.N.")},
    ),
    Spelled(
        "a serial not known", "administration_vial", "serial", {**HERE, **nothing(*WORDS, *LABELS)}
    ),
    Spelled(
        "a number not known",
        "administration_vial",
        "preparation",
        {**HERE, **nothing(*WORDS), **themselves("various", "anonymous", "0")},
    ),
    Spelled(
        "a GTIN not known",
        "administration_vial",
        "gtin",
        {"96385074": "00000096385074", **nothing(*WORDS, "00000000000000", "00000000", "x")},
    ),
    Spelled(
        "a tested donor not known",
        "test_result",
        "tested_id",
        {**HERE, **nothing(*WORDS, *PERSONS)},
        beside={"tested": "donor"},
    ),
    Spelled(
        "a tested lot of a packer",
        "test_result",
        "tested_id",
        themselves("NA", "N/A", "UNKNOWN", "0000", "?", "-", "none"),
        beside={"tested": "lot"},
    ),
    Spelled(
        "a packer's own serial",
        "pack",
        "serial",
        themselves("NA", "N/A", "UNKNOWN", "0000", "?", "-", "none", "XXXX"),
    ),
    Spelled(
        "a packer's own lot",
        "pack",
        "lot_number",
        themselves("NA", "N/A", "UNKNOWN", "0000", "?", "-", "TBD"),
    ),
    Spelled(
        "a kit's lot not known", "test_result", "kit_lot", {**HERE, **nothing(*WORDS, *LABELS)}
    ),
    Spelled(
        "a diluent's lot not known",
        "reconstitution",
        "diluent_lot",
        {**HERE, **nothing(*WORDS, *LABELS)},
    ),
    Spelled(
        "a shipped serial",
        "shipment",
        "serial",
        {
            **HERE,
            **nothing(
                "N/A", "NA", "UNKNOWN", "?", "-", "none", "no serial", "unbekannt", "see label"
            ),
            **themselves("0", "0000", "XX", "XXXX", "anonymous"),
        },
    ),
    Spelled(
        "a counted serial",
        "stock_count",
        "serial",
        {**nothing("N/A", "?"), **themselves("0000", "XXXX")},
    ),
    Spelled(
        "a packed serial",
        "package_content",
        "serial",
        {**nothing("N/A", "?"), **themselves("0000", "XXXX")},
    ),
    Spelled(
        "a consignee not known",
        "shipment",
        "to_party",
        {**nothing(*WORDS, "00"), **themselves("H1", "0", "various", "anonymous")},
    ),
    Spelled(
        "a laboratory not known",
        "test_result",
        "laboratory",
        {**nothing(*WORDS), **themselves("LAB-1")},
    ),
    Spelled(
        "a shipped lot",
        "shipment",
        "lot_number",
        themselves("NA", "N/A", "UNKNOWN", "0000", "?", "-", "TBD"),
    ),
)
