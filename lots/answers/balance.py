"""Accounts of lots: what came in, what went on, and what nobody tells of (docs/balance.md)."""

from dataclasses import dataclass, field

from lots.answers.certificate import Between
from lots.answers.lists import JSON_ALONE
from lots.answers.names import LotName

UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Balance:
    """A lot's account in vials. None: nobody knows how many; unsaid: how many rows do not say."""

    lot: LotName
    unexplained: Between | None  # came in less went on; below none, more went on than came in
    came_in: Between | None  # vials
    went_on: Between | None  # vials
    unsaid: int


@dataclass(frozen=True, slots=True)
class BalancePart:
    """A line of a lot's account: what it is of how many vials, of how many keys, and how many of
    these do not say how many vials.
    """

    lot: LotName
    part: str  # what they are of: a load, samples, rejects, packs at a place …
    vials: Between | None
    unsaid: int = field(metadata=JSON_ALONE)
    rows: int = field(metadata=JSON_ALONE)  # keys, each once, whatever its versions
