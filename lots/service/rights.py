"""What each role may do: one table."""

from enum import StrEnum


class Right(StrEnum):
    """Something that may be done here."""

    ASK = "ask"  # questions: counts, bounds and holders
    SEE_PERSONS = "see a person's tree"  # a donor's or patient's tree; each look is kept
    TODAY = "see today"
    SEND = "hand in files"  # of one's own site; whoever has none says whose they are
    SETTLE = "settle near names"  # say which lot a parked line means
    DECIDE = "decide"  # each move by the roles that the norm names
    SCAN = "scan"  # as the site of the account
    ACCOUNTS = "make accounts"
    WATCH = "read metrics"  # the numbers for a monitor


QUALITY = frozenset(
    {Right.ASK, Right.SEE_PERSONS, Right.TODAY, Right.SEND, Right.SETTLE, Right.DECIDE}
)
MAY: dict[str, frozenset[Right]] = {
    "sending_system": frozenset({Right.SEND}),
    "pharmacist": frozenset({Right.SCAN, Right.DECIDE}),
    "nurse": frozenset({Right.SCAN, Right.DECIDE}),
    "qa": QUALITY,
    "qa_approver": QUALITY,
    "safety_officer": QUALITY,
    "regulator": frozenset({Right.ASK}),
    # Who makes accounts sees no data by it: to see some, an account that another name stands for.
    "administrator": frozenset({Right.ACCOUNTS, Right.WATCH}),
}


def may(role: str, right: Right) -> bool:
    """Whether a role may do something; a role that is not known may nothing."""
    return right in MAY.get(role, frozenset())
