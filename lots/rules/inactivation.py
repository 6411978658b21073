"""Rules on virus inactivation and removal, and on both together in a lot."""

from lots.grammar.schema import Holds, Severity
from lots.rules import FINDING, NOT_APPLICABLE, PASS, PENDING, CrossRecordRule

ORDER = 60
# What was validated is the process in its version: no limit stands in a rule.
PROCESS = ("process_version",)
USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)

RULES = (
    CrossRecordRule(
        id="V01",
        subject="viral_inactivation",
        scope="viral_inactivation",
        sentence="Solvent and detergent are those of the process, within its tolerance at start and end.",
        citation="WHO TRS 924 Annex 4 (G); PMC7187780 (S)",
        outcomes=USUAL,
        holds=Holds.LOT,
        reads=PROCESS,
        rests=True,
    ),
    CrossRecordRule(
        id="V02",
        subject="viral_inactivation",
        scope="viral_inactivation",
        sentence="It lasted as long as its process asks for, within its temperatures.",
        citation="WHO TRS 924 Annex 4 (G)",
        outcomes=USUAL,
        holds=Holds.LOT,
        reads=PROCESS,
        rests=True,
    ),
    CrossRecordRule(
        # Beside V03.order of the row: how fine the filter must be, only the process says.
        id="V03",
        subject="viral_inactivation",
        scope="viral_inactivation",
        sentence="The batch was pre-filtered, finely enough, before the reagents were added.",
        citation="WHO TRS 924 Annex 4 (G)",
        outcomes=USUAL,
        holds=Holds.LOT,
        severity=Severity.HIGH,
        reads=PROCESS,
        rests=True,
    ),
    CrossRecordRule(
        id="V04",
        subject="viral_inactivation",
        scope="viral_inactivation",
        sentence="What is left of solvent and detergent is within the limits of the process.",
        citation="Gammagard S/D label (S); WHO TRS 924 (G)",
        outcomes=USUAL,
        holds=Holds.LOT,
        reads=PROCESS,
        rests=True,
    ),
    CrossRecordRule(
        # By the row alone, and here all the same: V06 reads what it answered.
        id="V05",
        subject="virus_removal",
        scope="virus_removal",
        sentence="A virus filter was whole before and after use.",
        citation="filter integrity before and after use (G)",
        outcomes=USUAL,
        holds=Holds.LOT,
    ),
    CrossRecordRule(
        # Of different kinds: two treatments by one method fail together.
        id="V06",
        subject="lot",
        scope="lot",
        sentence="Two independent methods against enveloped viruses were put to what is in it.",
        citation="ICH Q5A(R2); WHO TRS 924 section 3.3 (G)",
        outcomes=(PASS, PENDING, FINDING),
        holds=Holds.LOT,
        reads=("clearance",),
        rests=True,
    ),
)
