"""Rules on virus inactivation and removal, and on both together in a lot."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 60
PROCESS = ("process_version",)
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)

RULES = (
    CrossRecordRule(
        "V01",
        "viral_inactivation",
        "viral_inactivation",
        "Solvent and detergent are those of the process, within its tolerance at start and end.",
        "WHO TRS 924 Annex 4 (G); PMC7187780 (S)",
        USUAL,
        Holds.LOT,
        reads=PROCESS,
    ),
    CrossRecordRule(
        "V02",
        "viral_inactivation",
        "viral_inactivation",
        "It lasted as long as its process asks for, within its temperatures.",
        "WHO TRS 924 Annex 4 (G)",
        USUAL,
        Holds.LOT,
        reads=PROCESS,
    ),
    CrossRecordRule(
        "V03",
        "viral_inactivation",
        "viral_inactivation",
        "The batch was pre-filtered, finely enough, before the reagents were added.",
        "WHO TRS 924 Annex 4 (G)",
        USUAL,
        Holds.LOT,
        Severity.HIGH,
        PROCESS,
    ),
    CrossRecordRule(
        "V04",
        "viral_inactivation",
        "viral_inactivation",
        "What is left of solvent and detergent is within the limits of the process.",
        "Gammagard S/D label (S); WHO TRS 924 (G)",
        USUAL,
        Holds.LOT,
        reads=PROCESS,
    ),
    CrossRecordRule(
        "V05",
        "virus_removal",
        "virus_removal",
        "A virus filter was whole before and after use.",
        "filter integrity before and after use (G)",
        USUAL,
        Holds.LOT,
    ),
    CrossRecordRule(
        "V06",
        "lot",
        "lot",
        "Two independent methods against enveloped viruses were put to what is in it.",
        "ICH Q5A(R2); WHO TRS 924 section 3.3 (G)",
        (PASS, PENDING, FINDING),
        Holds.LOT,
        reads=("clearance",),
    ),
)
