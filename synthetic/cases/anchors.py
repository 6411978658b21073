"""Rows that many specimens name: donors, donations, a unit, lots, a run; of a centre and a plant
without a law.

Where nobody says whose law applies, the rules that ask for a scheme or a clock are pending,
whatever a specimen says.
"""

from synthetic.world import clock
from synthetic.world.parties import CENTRES, CLINICS, PHARMACIES, gs1

GIVER, TESTED_GIVER, IDLE = "D-XGIVER", "D-XTESTED", "D-XIDLE"  # one who never gave
TESTED, INFORMED, POOLED = "PX00125900001", "PX00126900002", "PX00126900003"  # donations
UNIT = f"{POOLED}-1"  # whose volume nobody says, and which is told to be in many pools
GTIN = gs1("0409888300010")  # a product that is not in the reference
LOT, OTHER_LOT = "XA25-000001", "XB25-000001"
CYCLE, RECIPE, PROCESS = "CYX-LOG", "IVIG-X", "SD-X"  # the last two are not in the reference
SINCE = "2025-12-01"  # later than any pooling
GIVEN_AT, FROZEN_AT = clock.instant(200 * clock.DAY + 36_000), clock.instant(201 * clock.DAY)
CENTRE, WARD, PHARMACY = CENTRES[0], CLINICS[0], PHARMACIES[0]
PACKED_AT, LABELLED_AT, SHIPPED_AT, ARRIVED_AT, DISPENSED_AT, STARTED_AT, TOLD_AT = (
    clock.instant(day * clock.DAY + 36_000) for day in (245, 246, 247, 248, 255, 256, 258)
)
ORDERED_AT, PREPARED_AT, DISSOLVED_AT, ENDED_AT = (
    clock.instant(256 * clock.DAY + seconds) for seconds in (-40_000, 32_000, 33_000, 50_000)
)
