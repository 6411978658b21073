"""Cases of packs of which more vials are used than they hold, or one after its end (E03)."""

from dataclasses import replace

from synthetic.cases.planted import (
    DISPENSED,
    FINDING,
    GIVEN,
    NOT_APPLICABLE,
    PACK,
    PASS,
    PENDING,
    Reached,
    found,
)
from synthetic.cases.planter import Planter
from synthetic.cases.specimen import Specimen
from synthetic.cases.specimens_packs import LOT, named
from synthetic.world import clock

USUAL = (NOT_APPLICABLE, PASS, PENDING, FINDING)
POSSIBLE = {"E03.vials": USUAL, "E03.end": USUAL}
# What is handed out, and given.
BEFORE, AFTER = (
    clock.instant(250 * clock.DAY),
    clock.instant(260 * clock.DAY),
)


def all_of(planter: Planter) -> None:
    """Every case once."""
    _counted(planter)
    _returned(planter)
    _ended(planter)
    _of_twelve(planter)
    _relabelled(planter)


def _pack(
    planter: Planter, count: str, end: str = NOT_APPLICABLE, order: str = PASS, **changed: str
) -> Specimen:
    """Plant a pack with what must be answered of its vials, of their end, and of the order."""
    pack = planter.next("pack").but(**changed)
    planter.judged("pack", pack.values, found(R02=PASS, E02=order, E03__vials=count, E03__end=end))
    planter.sound(pack)
    return pack


def _handed(planter: Planter, pack: Specimen, **told: str) -> None:
    one = planter.next("dispensing").but(**{**named(pack), **told})
    planter.sound(replace(one, reached=(Reached(LOT, PACK, DISPENSED, one.values["patient_key"]),)))


def _given(planter: Planter, pack: Specimen, vials: str = "1", **told: str) -> None:
    """Plant an infusion, and that it took vials of a pack."""
    one = planter.next("administration_vial")
    infusion = one.beside[1]
    planter.sound(infusion)
    line = one.but(**named(pack), vials=vials, given_g=f"{vials}0", **told)
    planter.sound(
        replace(line, reached=(Reached(LOT, PACK, GIVEN, infusion.values["patient_key"]),))
    )


def _fate(planter: Planter, pack: Specimen, kind: str, at: str = BEFORE, **told: str) -> None:
    planter.sound(planter.next("vial_fate").but(**named(pack), kind=kind, at=at, **told))


def _counted(planter: Planter) -> None:
    """Handed out and given; given to two patients; five at once; handed out twice; of an unknown
    number; of a count that nobody could read.
    """
    one = _pack(planter, PASS)
    _handed(planter, one)
    _given(planter, one)
    twice = _pack(planter, FINDING)
    for _ in range(2):
        _given(planter, twice)
    _given(planter, _pack(planter, FINDING), "5")
    again = _pack(planter, FINDING)
    for _ in range(2):
        _handed(planter, again)
    unsaid = planter.next("pack").but(vials="")
    planter.judged(
        "pack",
        unsaid.values,
        found(R02=PASS, E02=PASS, E03__vials=PENDING, E03__end=NOT_APPLICABLE),
    )
    planter.faulty(unsaid, {}, findings=("pack.vials.present",))
    _given(planter, unsaid)


def _returned(planter: Planter) -> None:
    """Brought back and handed out again: where it was fit, and where it was not."""
    for fit, vials, end in (("yes", PASS, NOT_APPLICABLE), ("no", FINDING, FINDING)):
        pack = _pack(planter, vials, end)
        _handed(planter, pack, dispensed_at=clock.instant(249 * clock.DAY))
        _fate(planter, pack, "returned", fit=fit)
        _handed(planter, pack)


def _ended(planter: Planter) -> None:
    """Destroyed before, after or without an infusion; at an unknown time; sent back or sold when it
    was lost.
    """
    _fate(planter, _pack(planter, PASS, PASS, NOT_APPLICABLE), "destroyed", fit="")
    for at, end in ((BEFORE, FINDING), (AFTER, PASS)):
        pack = _pack(planter, FINDING, end)
        _fate(planter, pack, "destroyed", at, fit="")
        _given(planter, pack)
    undated = _pack(planter, PASS, PENDING, NOT_APPLICABLE)
    one = planter.next("vial_fate").but(**named(undated), kind="wasted", at="", fit="")
    planter.faulty(one, {}, findings=("vial_fate.at.present",))
    for kind, end in (("return", PASS), ("sale", FINDING)):
        pack = _pack(planter, PASS, end)
        _fate(planter, pack, "lost", fit="")
        planter.sound(planter.next("shipment").but(**named(pack), kind=kind, shipped_at=AFTER))


def _of_twelve(planter: Planter) -> None:
    """One of twelve was destroyed: another is given, the same one is, or all had gone before."""
    for position, vials, given, count, end in (
        ("3", "1", "4", PASS, PASS),
        ("3", "1", "3", PASS, FINDING),
        ("", "12", "", FINDING, FINDING),
    ):
        pack = _pack(planter, count, end, vials="12")
        _fate(planter, pack, "destroyed", fit="", position=position, vials=vials)
        _given(planter, pack, position=given)


def _relabelled(planter: Planter) -> None:
    """Given under its first number and under its second: of the first one vial too many."""
    old, new = _pack(planter, FINDING), _pack(planter, PASS)
    names = {
        "gtin": old.values["gtin"],
        "serial": old.values["serial"],
        "new_gtin": new.values["gtin"],
        "new_serial": new.values["serial"],
    }
    planter.sound(planter.next("relabelling").but(**names))
    for pack in (old, new):
        _given(planter, pack)
