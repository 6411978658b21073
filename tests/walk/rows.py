"""The walk's judging of single rows: which are refused, and which findings a row opens."""

from datetime import datetime

from tests.walk.checks import CHECKS, Checks, late, outside, same
from tests.walk.columns import COLUMNS, REQUIRED
from tests.walk.happened import to_come
from tests.walk.limits import WITHIN
from tests.walk.unknown import emptied, unknown
from tests.walk.values import (
    Text,
    Typed,
    check_character,
    gtin_broken,
)

REFERENCE = [record for record, columns in COLUMNS.items() if "prepared_by" in columns]


def refused(record: str, text: Text, row: Typed) -> bool:
    """Whether a rule of outcome "refuse" is broken."""
    return any(broken for _, broken in refusals(record, emptied(record, text), row))


def own_findings(record: str, text: Text, row: Typed, received_at: datetime) -> set[str]:
    """Required columns that are empty, not readable ones, words for not known, impossible numbers,
    days to come.
    """
    known = emptied(record, text)
    absent = {f"{record}.{name}.present" for name in REQUIRED[record] if not known.get(name)}
    said = {f"{record}.{name}.known" for name in unknown(record, text)}
    beyond = {
        f"{record}.{name}.limits"
        for name, (low, high) in WITHIN.get(record, {}).items()
        if outside(row[name], low, high)
    }
    later = {f"{record}.{name}.happened" for name in to_come(record, row, received_at)}
    return (
        absent
        | said
        | beyond
        | later
        | {
            f"{record}.{name}.readable"
            for name, (kind, _) in COLUMNS[record].items()
            if known.get(name)
            and row[name] is None
            and not (kind == "gtin" and gtin_broken(known[name]))
        }
    )


def findings(record: str, text: Text, row: Typed, received_at: datetime) -> set[str]:
    """The ids of the rules with outcome "finding" or "notice" that a row breaks."""
    known = emptied(record, text)
    checked = CHECKS[record](known, row) if record in CHECKS else []
    return own_findings(record, text, row, received_at) | {
        rule for rule, broken in checked if broken
    }


def refusals(record: str, text: Text, row: Typed) -> Checks:
    """The rules of outcome "refuse" that speak of a record, beside those of its key."""
    if record == "pack":
        return [("R01.gtin", gtin_broken(text.get("gtin")))]
    if record == "relabelling":
        return [
            (f"R01.relabelling.{name}", gtin_broken(text.get(name)))
            for name in ("gtin", "new_gtin")
        ]
    if record == "donation":
        sent = row["scheme"] == "ISBT128" and row["check_character"] is not None
        return [
            (
                "D01.check",
                sent
                and check_character(str(row["donation_number"])) != str(row["check_character"]),
            )
        ]
    if record not in REFERENCE:
        return []
    prepared, approved = text.get("prepared_by"), text.get("approved_by")
    return [
        (f"{record}.two_people", same(prepared, approved)),
        (f"{record}.prepared", not prepared),
        (f"{record}.approved", not approved),
        (f"{record}.validity", late(row["valid_from"], row["valid_to"])),
        *(
            [(f"{record}.gtin.check", gtin_broken(text.get("gtin")))]
            if "gtin" in COLUMNS[record]
            else []
        ),
    ]
