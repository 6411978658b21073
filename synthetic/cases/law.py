"""The reference under which cases stand (law.cases): a law with every limit, a law with none,
processes, recipes and products; each scope once.
"""

import sys

from synthetic.cases.seeder import Seeder
from synthetic.cases.told import pairs, tables, words_of
from synthetic.world import reference
from synthetic.world.parties import FULL_LAW, LAX_LAW, PLANT, gs1

SD, SD_LAX, SD_UNSHOWN = "SDZ-1", "SDZ-2", "SDZ-3"
SD_LOOSE = "SDZ-4"  # without a tolerance
FILTER, FILTER_WEAK, FILTER_UNTOLD = "NFZ-1", "NFZ-2", "NFZ-3"
RECIPE, LAX_RECIPE = "REZ-1", "REZ-2"
GTIN, LAX_GTIN, BARE_GTIN = (gs1(f"04097776{n:05d}") for n in (1, 2, 3))
NAMES = words_of(sys.modules[__name__]) | {"FULL_LAW": FULL_LAW, "LAX_LAW": LAX_LAW, "PLANT": PLANT}
ROWS = [(record, pairs(row)) for record, row in tables("law", **NAMES)["rows"]]
# Days after which a missing result of a donation, or of a pool, is a finding.
TERMS, POOL_TERMS = (
    {row["marker"]: int(row["term_days"]) for _, row in ROWS if row.get("level") == level}
    for level in ("donation", "pool")
)
CLOCKS = {row["event"]: int(row["days"]) for _, row in ROWS if "event" in row}


def seed(seeder: Seeder) -> None:
    """Seed all of it, with the plant's own reference rows."""
    for record, row in ROWS:
        seeder.row(record, {**row, **reference.USUAL, "citation": "made up for a case"}, {})
