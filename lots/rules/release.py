"""Rules on packed lots, as they are looked at before release, and on the lineage."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 80


RULES = (
    CrossRecordRule(
        "P01",
        "lot",
        "lot",
        "Enough donors' plasma is in a lot.",
        "21 CFR 640.102(d) (S)",
        (NOT_APPLICABLE, PASS, PENDING, FINDING),
        Holds.LOT,
        reads=("product",),
        version=2,
    ),
    CrossRecordRule(
        "P02",
        "lot",
        "lot",
        "Not too many donors' plasma is in a lot.",
        "BPAC 1998 (G)",
        (NOT_APPLICABLE, PASS, PENDING, NOTICE),
        severity=Severity.WARNING,
        reads=("product",),
        version=2,
    ),
    CrossRecordRule(
        "S02",
        "lot",
        "lot",
        "It passed every test that its product asks for, within the limits.",
        "21 CFR 610.1 (G); 610.13 (S)",
        (PASS, PENDING, FINDING),
        Holds.LOT,
        reads=("lot_test_specification",),
        waits=True,
        version=3,
    ),
    CrossRecordRule(
        "X02",
        "node",
        "node",
        "Nothing is its own ancestor through others.",
        "the house: a cycle is a true record",
        (PASS, FINDING),
        Holds.LOT,
        Severity.HIGH,
    ),
)
