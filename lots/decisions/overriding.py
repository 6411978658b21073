"""Whether something may be booked on a verdict: at once, by the roles that the norm names,
or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lots.decisions.norm import ROLES, Purpose, Worst
from lots.decisions.verdict import Found, Verdict

PHARMACIST, TWO = ROLES["p"], ROLES["p2"]


@dataclass(frozen=True, slots=True)
class Signed:
    """Who answers for it: the role of whoever books; whether a second person signed beside; why,
    and for which order.
    """

    role: str
    second: bool = False
    reason: str = ""
    order: str = ""


def fault(verdict: Verdict, signed: Signed) -> str:
    """Why it may not be booked; empty where it may."""
    if verdict.worst is Worst.GO:
        return ""
    if verdict.worst is Worst.QUARANTINE and verdict.purpose is Purpose.RECEIVE:
        return ""  # it is here; what it is used for asks anew
    return next(_faults(verdict, signed), "")


def _faults(verdict: Verdict, signed: Signed) -> Iterator[str]:
    # Each by itself: who may answer one need not be who may override another.
    for ground in verdict.grounds:
        if ground.worst is Worst.GO:
            continue
        # Neither NO VERDICT nor a stop for all: what could not be looked at nobody can answer for.
        if ground.worst not in (Worst.ASK, Worst.STOP):
            yield f"nobody overrides it: {ground.code}"
        elif not signed.reason:
            yield f"a reason is to be given: {ground.code}"
        elif ground.worst is Worst.STOP and not signed.order:
            yield f"it is overridden for one order, which is to be named: {ground.code}"
        elif missing := _missing(ground, signed):
            yield f"{missing} must sign: {ground.code}"


def _missing(ground: Found, signed: Signed) -> str:
    """Of the roles that must answer for a ground one that did not; of a prescriber there is no
    account.
    """
    for role in ground.by:
        pharmacist = signed.role == "pharmacist" and role in (PHARMACIST, TWO)
        if not pharmacist or (role == TWO and not signed.second):
            return role
    return ""


def answered(verdict: Verdict) -> list[str]:
    """The grounds that were answered or overridden."""
    return [ground.code for ground in verdict.grounds if ground.worst is not Worst.GO]
