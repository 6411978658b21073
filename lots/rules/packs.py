"""Rules on packs: their labels, and that nothing is told of one that cannot be."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 90
BALANCE = "the house: every vial is accounted for"
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)

RULES = (
    CrossRecordRule(
        id="R02",
        subject="pack",
        scope="pack",
        sentence="The expiry on the label is that of the batch record.",
        citation="market withdrawal of lot LE12LG70AC, 2012 (S)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.LOT,
        rests=True,
    ),
    CrossRecordRule(
        # Holds nothing, nor do the next: clocks are wrong more often than packs travel in time.
        id="E02",
        subject="pack",
        scope="pack",
        sentence="Nothing happens to a pack before it is packed, nor a shipment after dispensing.",
        citation=BALANCE,
        outcomes=USUAL,
        severity=Severity.HIGH,
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        # More than it holds: counted twice, or a number that is on two packs, which is what a
        # forger makes.
        id="E03.vials",
        subject="pack",
        scope="pack",
        sentence="No more vials of a pack are handed out, used or gone than it holds.",
        citation=BALANCE,
        outcomes=USUAL,
        rests=True,
    ),
    CrossRecordRule(
        id="E03.end",
        subject="pack",
        scope="pack",
        sentence="No vial of a pack is shipped, handed out, prepared or given after its end.",
        citation=BALANCE,
        outcomes=USUAL,
        rests=True,
    ),
)
