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
# A frame is as long as its longest column: many rules at once would fill memory with empty cells.
RULES_A_VERDICT = 20


def judge_stored(
    stored: Mapping[CrossRecordRule, Sequence[str]], told: Mapping[str, Mapping[str, int]]
) -> None:
    """Raise GateClosed unless every rule's stored outcomes are those it told, by Great
    Expectations' count too.
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
    frame = pd.DataFrame({rule.id: pd.Series(stored[rule], dtype="object") for rule in rules})
    found = results_of(frame, [_expectation(rule) for rule in rules])
    for rule in rules:
        breaches = found[rule.id].failed
        if breaches != told[rule.id][FINDING]:
            raise GateClosed(
                f"Rule {rule.id} told {told[rule.id][FINDING]:,} findings, but Great Expectations"
                f" counts {breaches:,} in what is stored; none is kept."
            )


def _expectation(rule: CrossRecordRule) -> ExpectInSet:
    meta = {"rule": rule.id, "version": rule.version, "citation": rule.citation}
    return ExpectInSet(
        column=rule.id, value_set=list(WITHIN), meta=meta, description=f"{rule.id}: {rule.sentence}"
    )
