"""Codes that are no pack's, by name: what is known of such a string is its kind, and nothing of it
is kept.
"""

import re

from lots.identifiers.gtin import LENGTHS, check_digit
from lots.identifiers.scans.values import Refused

PRODUCT, OTHER = "product", "other"
# Tried in this order; each with what it is, in words.
_KINDS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "ifa",
        re.compile(r"\[\)>|\x1e?0[56]\x1d?9N|9N[0-9A-Z]{2}"),
        "It is a code of IFA (PPN, ANSI MH10.8.2), which is not read here.",
    ),
    (
        "isbt 128",
        re.compile(
            r"=[A-NP-Z1-9][A-Z0-9]{4}\d{8}|=[<%*]|&[>;(]|[A-NP-Z][A-Z0-9]{4}\d{8}[0-9A-Z*]?$"
        ),
        "It is a code of ISBT 128: of a donation or a unit, not of a pack.",
    ),
    (
        "package",
        re.compile(r"(00)?\d{18}$"),
        "It is the number of a package (SSCC), not of a pack.",
    ),
    ("place", re.compile(r"41[0-7]\d{13}(\x1d|$)"), "It is the number of a place (GLN)."),
    ("person", re.compile(r"801[78]\d{18}(\x1d|$)"), "It is the number of a person (GSRN)."),
    ("pzn", re.compile(r"(PZN)?-\d{7,8}$|PZN"), "It is a PZN (Germany), which names no one pack."),
    ("code 32", re.compile(r"A\d{9}$"), "It is a Code 32 (Italy), which names no one pack."),
    ("china", re.compile(r"8\d{19}$"), "It is a drug tracing code of China, not read here."),
    ("hibc", re.compile(r"\+[A-Z][A-Z0-9]{3}"), "It is a code of HIBC, which is not read here."),
    ("url", re.compile(r"(?i)[a-z][a-z0-9+.-]*://|www\."), "It is an address, and names no pack."),
)
_DIGITS = re.compile(r"\d+", re.ASCII)


_WRONG = "The check digit of the package's number (SSCC) is not the computed one."


def kind_of(prefix: str, text: str) -> tuple[str, Refused]:
    """What a string is that names no pack, and a sentence on it."""
    for kind, pattern, says in _KINDS:
        if pattern.match(text):
            if kind == "package" and text[-1] != check_digit(text[-18:-1]):
                return kind, Refused("check digit", _WRONG)
            return kind, Refused(kind, says)
    if is_gtin(text):
        return PRODUCT, Refused(
            "incomplete", "It names a product alone: no serial (21), expiry (17) and lot (10)."
        )
    if prefix in ("d1", "Q1", "C0") and text.startswith("01") and is_gtin(text[2:16]):
        return PRODUCT, Refused("plain", "Its prefix says that it is no code of GS1.")
    return OTHER, Refused(OTHER, "It is no code of a product.")


def is_gtin(text: str) -> bool:
    """Whether a string is the number of a product and nothing more."""
    return bool(
        len(text) in LENGTHS and _DIGITS.fullmatch(text) and text[-1] == check_digit(text[:-1])
    )
