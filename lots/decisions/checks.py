"""The checks of a scan: each looks at facts and answers with grounds of the table, with none, or
that it could not be made. All of them are told, so that nobody takes what was not looked at for
sound.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lots.decisions.facts import Facts
from lots.decisions.norm import Purpose

Grounds = tuple[str, ...]
# Looked at, and nothing found; None says that it could not be looked at, which is a ground itself.
NONE: Grounds = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a scan asks: for what, of how many vials; mended: whether its string had to be. newest:
    whether the database is as new as what was last signed of it outside; not, where nobody looked.
    bag: whether it is asked as what one bag holds.
    """

    purpose: Purpose
    vials: int = 1
    mended: bool = False
    newest: bool = False
    bag: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check. of: grounds that it finds, or None where a fact that it needs is missing."""

    code: str
    says: str
    of: Callable[[Facts, Asked], Grounds | None]


# A fact that is not there never counts as the better one.
def _when(fact: bool | None, ground: str) -> Grounds | None:
    return None if fact is None else (ground,) if fact else NONE


def _newest(_: Facts, asked: Asked) -> Grounds | None:
    # A copy of last night knows nothing of a stop of today: whatever it tells, it was not looked
    # up.
    return NONE if asked.newest else None


def _product(facts: Facts, _: Asked) -> Grounds | None:
    return _when(None if facts.product_known is None else not facts.product_known, "other product")


def _lot(facts: Facts, _: Asked) -> Grounds | None:
    # Of a product that is not followed here no lot is known, and nothing more is said of it.
    if facts.product_known is False:
        return NONE
    return _when(None if facts.lot_known is None else not facts.lot_known, "lot unknown")


def _serial(facts: Facts, asked: Asked) -> Grounds | None:
    # The check before has said so; twice would read as two grounds.
    if facts.lot_known is False or facts.product_known is False:
        return NONE
    if facts.serial_known or facts.serial_known is None:
        return None if facts.serial_known is None else NONE
    # What a scanner damaged may have lost a part of its serial: by the lot alone it is not judged.
    if asked.mended:
        return ("unreadable",)
    if facts.list_complete is None:
        return None
    # Only of a maker who lists all serials one that is not there is no pack of theirs.
    return ("serial unknown",) if facts.list_complete else ("by lot",)


def _unlike(facts: Facts, _: Asked) -> Grounds | None:
    return NONE if facts.serial_known is False else _when(facts.lot_unlike, "lot unlike")


def _relabelled(facts: Facts, _: Asked) -> Grounds | None:
    return _when(facts.relabelled, "relabelled")


def _followed(facts: Facts) -> bool:
    """Whether there is a record that the code can be held against."""
    return facts.lot_known is not False and facts.product_known is not False


def _expiry(facts: Facts, _: Asked) -> Grounds | None:
    return _when(facts.expiry_unlike, "expiry unlike") if _followed(facts) else NONE


def _expired(facts: Facts, _: Asked) -> Grounds | None:
    return _when(facts.expired, "expired")


def _released(facts: Facts, _: Asked) -> Grounds | None:
    if not _followed(facts):
        return NONE
    # Released elsewhere, and let in here by a decision of its own: a ground with its own row of the
    # norm.
    if facts.statuses is not None and "import" in facts.statuses:
        return ("import",)
    return _when(None if facts.released is None else not facts.released, "not released")


def _stopped(facts: Facts, _: Asked) -> Grounds | None:
    if not _followed(facts):
        return NONE
    if facts.statuses is None:
        return None
    # Whatever else decisions say is a ground, so that a word that is added to them is never passed
    # over.
    return tuple(s for s in facts.statuses if s not in ("released", "import"))


def _elsewhere(facts: Facts, _: Asked) -> Grounds | None:
    return _when(facts.stopped_elsewhere, "stopped elsewhere") if _followed(facts) else NONE


def _fit(facts: Facts, _: Asked) -> Grounds | None:
    if facts.unfit is None or facts.returned is None:
        return None
    # A return takes a pack out of use until somebody has decided on it; found unfit it stays.
    readmitted = "readmitted" in (facts.pack_statuses or ())
    return ("unfit",) if facts.unfit or (facts.returned and not readmitted) else NONE


def _pack(facts: Facts, _: Asked) -> Grounds | None:
    if facts.pack_statuses is None:
        return None
    return ("unfit",) if "stopped" in facts.pack_statuses else NONE


def _excursion(facts: Facts, _: Asked) -> Grounds | None:
    return _when(facts.excursion, "excursion")


def _lost(facts: Facts, _: Asked) -> Grounds | None:
    return _when(facts.lost, "lost")


def _holds(facts: Facts) -> int:
    # Where nobody says how many there are, one: more must not be taken for left than are sure.
    return max(facts.holds or 1, 1)


def _ended(facts: Facts, _: Asked) -> Grounds | None:
    if facts.given is None or facts.ended is None:
        return None
    # By vials: of a pack of several some may be left.
    return ("ended",) if facts.given + facts.ended >= _holds(facts) else NONE


def _dispensed(facts: Facts, asked: Asked) -> Grounds | None:
    if facts.dispensed is None or facts.to_patient is None or facts.to_others is None:
        return None
    # One vial of a pack may have gone and the next not: asked for again is what is left.
    if asked.purpose is Purpose.DISPENSE and facts.dispensed < _holds(facts):
        return NONE
    used = asked.purpose in (Purpose.PREPARE, Purpose.GIVE)
    if facts.to_patient and used and facts.to_another is None:
        return None  # nobody says for whom it is, or to whom it went
    # Of a pack that has gone it counts as another's, unless it is known to be this one's.
    to = "dispensed to patient" if facts.to_another is False else "dispensed to another"
    found = (to,) if facts.to_patient else NONE
    return (*found, "dispensed to ward") if facts.to_others else found


def _prepared(facts: Facts, asked: Asked) -> Grounds | None:
    if facts.prepared is None or facts.in_bag is None:
        return None
    # Its own vials do not speak against a bag.
    mine = facts.in_bag if asked.bag else 0
    if facts.prepared - mine < _holds(facts):
        return NONE
    # Given is what is in a bag; whether this one is it, nobody says whose code is the vial's.
    return None if asked.purpose is Purpose.GIVE else ("prepared",)


def _left(facts: Facts, asked: Asked) -> Grounds | None:
    if None in (facts.dispensed, facts.prepared, facts.given, facts.ended):
        return None
    # A vial that was given was handed out before, though no row may say so.
    steps = (facts.given or 0, facts.prepared or 0, facts.dispensed or 0)
    reached = {Purpose.DISPENSE: 3, Purpose.PREPARE: 2}.get(asked.purpose, 1)
    # A delivery brings whole packs: what was used of them elsewhere is no question of it.
    used = max(steps[:reached]) if asked.purpose is not Purpose.RECEIVE else 0
    left = _holds(facts) - used - (facts.ended or 0)
    return ("too many",) if asked.vials > left else NONE


def _delivered(facts: Facts, asked: Asked) -> Grounds | None:
    if facts.delivered is None or facts.consigned is None:
        return None
    # A dispensing is how it comes to a ward or a home, and no record says to which.
    handed = asked.purpose in (Purpose.PREPARE, Purpose.GIVE) and facts.dispensed
    if facts.delivered or handed:
        return NONE
    return ("consigned",) if facts.consigned else ("not delivered",)


# In the order in which they are told: from whether the database can be believed to where the pack
# is.
CHECKS = (
    Check("ledger", "the database is as new as what was signed of it outside", _newest),
    Check("product", "the product is followed here", _product),
    Check("lot", "the lot is known", _lot),
    Check("serial", "the serial is on the maker's list", _serial),
    Check("lot of the pack", "the lot on the code is that of the record", _unlike),
    Check("label", "the code was not replaced by another", _relabelled),
    Check("expiry of the lot", "the expiry on the code is that of the record", _expiry),
    Check("expired", "it has not expired on this place's day", _expired),
    Check("release", "the lot is released for the market of this place", _released),
    Check("stops", "no stop of the lot holds here", _stopped),
    Check("other markets", "the lot is stopped in no other market", _elsewhere),
    Check("pack", "nobody stopped this pack", _pack),
    Check("fit", "it was neither found unfit nor returned", _fit),
    Check("excursion", "it was never out of its storage limits without a decision", _excursion),
    Check("lost", "it was never told as lost", _lost),
    Check("ended", "it was neither destroyed, wasted nor given", _ended),
    Check("dispensed", "it was dispensed to nobody else", _dispensed),
    Check("prepared", "its vials are in no bag", _prepared),
    Check("vials", "so many vials are left in it", _left),
    Check("delivered", "it was delivered here", _delivered),
)
