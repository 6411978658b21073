"""Rules on packs: their labels, and that nothing is told of one that cannot be."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 90
BALANCE = "the house: every vial is accounted for"
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)

RULES = (
    CrossRecordRule(
        "R02",
        "pack",
        "pack",
        "The expiry on the label is that of the batch record.",
        "market withdrawal of lot LE12LG70AC, 2012 (S)",
        (PASS, PENDING, FINDING),
        Holds.LOT,
    ),
    CrossRecordRule(
        "E02",
        "pack",
        "pack",
        "Nothing happens to a pack before it is packed, nor a shipment after dispensing.",
        BALANCE,
        USUAL,
        severity=Severity.HIGH,
        version=2,
    ),
    CrossRecordRule(
        "E03.vials",
        "pack",
        "pack",
        "No more vials of a pack are handed out, used or gone than it holds.",
        BALANCE,
        USUAL,
    ),
    CrossRecordRule(
        "E03.end",
        "pack",
        "pack",
        "No vial of a pack is shipped, handed out, prepared or given after its end.",
        BALANCE,
        USUAL,
    ),
)
