"""Rows that many specimens name: donors, donations, a unit, lots, a run; of a centre and a plant
without a law.

Where nobody says whose law applies, the rules that ask for a scheme or a clock are pending,
whatever a specimen says.
"""

from synthetic.world import clock
from synthetic.world.parties import gs1

GIVER, TESTED_GIVER, IDLE = "D-XGIVER", "D-XTESTED", "D-XIDLE"  # one who never gave
TESTED, INFORMED, POOLED = "PX00125900001", "PX00126900002", "PX00126900003"  # donations
UNIT = f"{POOLED}-1"  # whose volume nobody says, and which is told to be in many pools
GTIN = gs1("0409888300010")  # a product that is not in the reference
LOT, OTHER_LOT = "XA25-000001", "XB25-000001"
# Neither recipe nor process is in the reference.
CYCLE, RECIPE, PROCESS = (
    "CYX-LOG",
    "IVIG-X",
    "SD-X",
)
SINCE = "2025-12-01"  # later than any pooling
GIVEN_AT = clock.instant(200 * clock.DAY + 36_000)
