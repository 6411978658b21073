"""Planted packs, once all that names them is planted: their labels (R02), and the order of what happened (E02)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from lots.plant import ward_judges
from lots.plant.planted import FINDING, NOT_APPLICABLE, PASS, PENDING, Found, Values, legible
from lots.plant.planter import Planter
from lots.plant.specimens_wards import SENDERS
from lots.records import records

Pack = tuple[str, str]  # GTIN and serial


@dataclass(frozen=True, slots=True)
class Moves:
    """When a pack was shipped and handed out; '' where nobody could read it."""

    shipped: list[str] = field(default_factory=list)
    handed: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)  # shipped as a return


def state(planter: Planter) -> None:
    """State both rules of every planted pack of which they are not stated yet."""
    moves = _moves(planter)
    for values in _accepted(planter, "pack"):
        one = moves.get((values["gtin"], values["serial"]), Moves())
        planter.judged("pack", values, (*ward_judges.pack(values), Found("E02", in_order(values, one))))


def _accepted(planter: Planter, record: str) -> Iterator[Values]:
    for planted in planter.lines[SENDERS[record], record]:
        if not (planted.refused or planted.known):
            yield legible(records()[record], planted.values)


def _moves(planter: Planter) -> dict[Pack, Moves]:
    found: defaultdict[Pack, Moves] = defaultdict(Moves)
    for row in _accepted(planter, "shipment"):
        one = found[row["gtin"], row["serial"]]
        (one.back if row["kind"] == "return" else one.shipped).append(row["shipped_at"])
    for row in _accepted(planter, "dispensing"):
        found[row["gtin"], row["serial"]].handed.append(row["dispensed_at"])
    return found


def in_order(pack: Values, moves: Moves) -> str:
    """Whether nothing happened to a pack before it was packed, or to a single vial after it was handed out."""
    if not (moves.shipped or moves.handed or moves.back):
        return NOT_APPLICABLE
    if not pack["packed_at"]:
        return PENDING
    packed = datetime.fromisoformat(pack["packed_at"])
    shipped, handed, back = (_known(times) for times in (moves.shipped, moves.handed, moves.back))
    again = pack["vials"] == "1" and any(at > min(handed, default=at) for at in shipped)
    return FINDING if again or any(at < packed for at in (*shipped, *handed, *back)) else PASS


def _known(times: list[str]) -> list[datetime]:
    return [datetime.fromisoformat(time) for time in times if time]
