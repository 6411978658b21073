"""Rules on packed lots, as they are looked at before release, and on the lineage."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, NOTICE, PASS, PENDING, CrossRecordRule

ORDER = 80


RULES = (
    CrossRecordRule(
        # Antibodies of many: fewer donors make a medicine against fewer things.
        id="P01",
        subject="lot",
        scope="lot",
        sentence="Enough donors' plasma is in a lot.",
        citation="21 CFR 640.102(d) (S)",
        outcomes=(NOT_APPLICABLE, PASS, PENDING, FINDING),
        holds=Holds.LOT,
        # How many are enough is the product's licence, not a rule of ours.
        reads=("product",),
        version=2,
        rests=True,
    ),
    CrossRecordRule(
        # The more donors, the likelier is one who was ill; no law forbids it.
        id="P02",
        subject="lot",
        scope="lot",
        sentence="Not too many donors' plasma is in a lot.",
        citation="BPAC 1998 (G)",
        outcomes=(NOT_APPLICABLE, PASS, PENDING, NOTICE),
        severity=Severity.WARNING,
        reads=("product",),
        version=2,
    ),
    CrossRecordRule(
        id="S02",
        subject="lot",
        scope="lot",
        sentence="It passed every test that its product asks for, within the limits.",
        citation="21 CFR 610.1 (G); 610.13 (S)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.LOT,
        reads=("lot_test_specification",),
        # Whoever waits for release wants to know for which test.
        waits=True,
        version=3,
        rests=True,
    ),
    CrossRecordRule(
        # True where goods are reworked under one number. It is walked as one group, and looked at
        # by somebody.
        id="X02",
        subject="node",
        scope="node",
        sentence="Nothing is its own ancestor through others.",
        citation="the house: a cycle is a true record",
        outcomes=(PASS, FINDING),
        holds=Holds.LOT,
        severity=Severity.HIGH,
        rests=True,
    ),
)
