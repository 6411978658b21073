"""Great Expectations on what rules across records have stored: it must be what they told, or
nothing is kept.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from lots.errors import GateClosed
from lots.rules import FINDING, NOTICE, PENDING, CrossRecordRule
from validations.expectations import ExpectInSet
from validations.judge import results_of

WITHIN = (NOTICE, PENDING)  # what may be stored without being a breach
RULES_A_VERDICT = 20  # whose outcomes are in memory at once as a frame
TOLD = "outcome"


def judge_stored(
    stored: Mapping[CrossRecordRule, Sequence[str]], told: Mapping[str, Mapping[str, int]]
) -> None:
    """Raise GateClosed unless every rule's stored outcomes are those it told, and all breaches as
    many as Great Expectations counts.
    """
    for rule, outcomes in stored.items():
        wanted = sum(told[rule.id].values())
        # Counted before Great Expectations is asked: what was not stored, it could not miss.
        if len(outcomes) != wanted:
            raise GateClosed(
                f"Rule {rule.id} told {wanted:,} outcomes, but {len(outcomes):,} are stored; "
                "none is kept."
            )
    there = [rule for rule, outcomes in stored.items() if outcomes]
    for first in range(0, len(there), RULES_A_VERDICT):
        _judge(there[first : first + RULES_A_VERDICT], stored, told)


def _judge(
    rules: Sequence[CrossRecordRule],
    stored: Mapping[CrossRecordRule, Sequence[str]],
    told: Mapping[str, Mapping[str, int]],
) -> None:
    # One expectation for all of them: each costs more than the outcomes of a small file.
    outcomes = [outcome for rule in rules for outcome in stored[rule]]
    within = ExpectInSet(column=TOLD, value_set=list(WITHIN), meta={"rule": TOLD})
    frame = pd.DataFrame({TOLD: pd.Series(outcomes, dtype="object")})
    wanted = sum(told[rule.id][FINDING] for rule in rules)
    if (breaches := results_of(frame, [within])[TOLD].failed) != wanted:
        raise GateClosed(
            f"Rules {', '.join(rule.id for rule in rules)} told {wanted:,} findings, but Great"
            f" Expectations counts {breaches:,} in what is stored; none is kept."
        )
    # What one of them has too many, another may have too few.
    for rule in rules:
        breaches = sum(outcome not in WITHIN for outcome in stored[rule])
        if breaches != told[rule.id][FINDING]:
            raise GateClosed(
                f"Rule {rule.id} told {told[rule.id][FINDING]:,} findings, but {breaches:,} are"
                " stored; none is kept."
            )
