"""Seeded packs, once all that names them is seeded: their labels (R02), and the order of what
happened (E02).
"""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from synthetic.cases.seeded import FINDING, NOT_APPLICABLE, PASS, PENDING, Found, Values
from synthetic.cases.seeder import Seeder
from synthetic.truth import ward_judges, ward_uses
from synthetic.truth.ward_uses import Line


@dataclass(frozen=True, slots=True)
class Moves:
    """When a pack was shipped and handed out; '' where nobody could read it."""

    shipped: list[str] = field(default_factory=list)
    handed: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)  # shipped as a return
    used: list[str] = field(default_factory=list)  # prepared or given


def state(seeder: Seeder) -> None:
    """State all rules of every seeded pack of which they are not stated yet."""
    own = ward_uses.lines(seeder)
    told = ward_uses.with_later_names(seeder, own)
    for values in ward_uses.accepted(seeder, "pack"):
        lines = told.get((values["gtin"], values["serial"]), [])
        seeder.judged(
            "pack",
            values,
            (
                *ward_judges.pack(values),
                Found("E02", in_order(values, _moves(lines))),
                Found("E03.vials", ward_uses.counted(values["vials"], lines)),
                Found("E03.end", ward_uses.ended(values["vials"], lines)),
            ),
        )


def _moves(lines: list[Line]) -> Moves:
    found = Moves()
    kinds = {
        "return": found.back,
        ward_uses.HANDED: found.handed,
        **dict.fromkeys(
            (ward_uses.PREPARED, ward_uses.GIVEN, ward_uses.MIXED, "moved"), found.used
        ),
    }
    for line in lines:
        if line.told not in (ward_uses.ENDED, ward_uses.RETURNED, ward_uses.FIT, ward_uses.UNSAID):
            kinds.get(line.told, found.shipped).append(line.at)
    return found


def in_order(pack: Values, moves: Moves) -> str:
    """Whether nothing happened to a pack before it was packed, or to a single vial after it was
    handed out.
    """
    if not (moves.shipped or moves.handed or moves.back or moves.used):
        return NOT_APPLICABLE
    if not pack["packed_at"]:
        return PENDING
    packed = datetime.fromisoformat(pack["packed_at"])
    shipped, handed, *rest = (
        _known(times) for times in (moves.shipped, moves.handed, moves.back, moves.used)
    )
    again = pack["vials"] == "1" and any(at > min(handed, default=at) for at in shipped)
    return FINDING if again or any(at < packed for at in chain(shipped, handed, *rest)) else PASS


def _known(times: list[str]) -> list[datetime]:
    return [datetime.fromisoformat(time) for time in times if time]
