"""Cases of packs of which more vials are used than they hold, or one after its end (E03)."""

from dataclasses import replace

from synthetic.cases.seeded import (
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
from synthetic.cases.seeder import Seeder
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


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    _counted(seeder)
    _returned(seeder)
    _ended(seeder)
    _of_twelve(seeder)
    _relabelled(seeder)


def _pack(
    seeder: Seeder, count: str, end: str = NOT_APPLICABLE, order: str = PASS, **changed: str
) -> Specimen:
    """Seed a pack with what must be answered of its vials, of their end, and of the order."""
    pack = seeder.next("pack").but(**changed)
    seeder.judged("pack", pack.values, found(R02=PASS, E02=order, E03__vials=count, E03__end=end))
    seeder.sound(pack)
    return pack


def _handed(seeder: Seeder, pack: Specimen, **told: str) -> None:
    one = seeder.next("dispensing").but(**{**named(pack), **told})
    seeder.sound(replace(one, reached=(Reached(LOT, PACK, DISPENSED, one.values["patient_key"]),)))


def _given(seeder: Seeder, pack: Specimen, vials: str = "1", **told: str) -> None:
    """Seed an infusion, and that it took vials of a pack."""
    one = seeder.next("administration_vial")
    infusion = one.beside[1]
    seeder.sound(infusion)
    line = one.but(**named(pack), vials=vials, given_g=f"{vials}0", **told)
    seeder.sound(
        replace(line, reached=(Reached(LOT, PACK, GIVEN, infusion.values["patient_key"]),))
    )


def _fate(seeder: Seeder, pack: Specimen, kind: str, at: str = BEFORE, **told: str) -> None:
    seeder.sound(seeder.next("vial_fate").but(**named(pack), kind=kind, at=at, **told))


def _counted(seeder: Seeder) -> None:
    """Handed out and given; given to two patients; five at once; handed out twice; of an unknown
    number; of a count that nobody could read.
    """
    one = _pack(seeder, PASS)
    _handed(seeder, one)
    _given(seeder, one)
    twice = _pack(seeder, FINDING)
    for _ in range(2):
        _given(seeder, twice)
    _given(seeder, _pack(seeder, FINDING), "5")
    again = _pack(seeder, FINDING)
    for _ in range(2):
        _handed(seeder, again)
    unsaid = seeder.next("pack").but(vials="")
    seeder.judged(
        "pack",
        unsaid.values,
        found(R02=PASS, E02=PASS, E03__vials=PENDING, E03__end=NOT_APPLICABLE),
    )
    seeder.faulty(unsaid, {}, findings=("pack.vials.present",))
    _given(seeder, unsaid)


def _returned(seeder: Seeder) -> None:
    """Brought back and handed out again: where it was fit, and where it was not."""
    for fit, vials, end in (("yes", PASS, NOT_APPLICABLE), ("no", FINDING, FINDING)):
        pack = _pack(seeder, vials, end)
        _handed(seeder, pack, dispensed_at=clock.instant(249 * clock.DAY))
        _fate(seeder, pack, "returned", fit=fit)
        _handed(seeder, pack)


def _ended(seeder: Seeder) -> None:
    """Destroyed before, after or without an infusion; at an unknown time; sent back or sold when it
    was lost.
    """
    _fate(seeder, _pack(seeder, PASS, PASS, NOT_APPLICABLE), "destroyed", fit="")
    for at, end in ((BEFORE, FINDING), (AFTER, PASS)):
        pack = _pack(seeder, FINDING, end)
        _fate(seeder, pack, "destroyed", at, fit="")
        _given(seeder, pack)
    undated = _pack(seeder, PASS, PENDING, NOT_APPLICABLE)
    one = seeder.next("vial_fate").but(**named(undated), kind="wasted", at="", fit="")
    seeder.faulty(one, {}, findings=("vial_fate.at.present",))
    for kind, end in (("return", PASS), ("sale", FINDING)):
        pack = _pack(seeder, PASS, end)
        _fate(seeder, pack, "lost", fit="")
        seeder.sound(seeder.next("shipment").but(**named(pack), kind=kind, shipped_at=AFTER))


def _of_twelve(seeder: Seeder) -> None:
    """One of twelve was destroyed: another is given, the same one is, or all had gone before."""
    for position, vials, given, count, end in (
        ("3", "1", "4", PASS, PASS),
        ("3", "1", "3", PASS, FINDING),
        ("", "12", "", FINDING, FINDING),
    ):
        pack = _pack(seeder, count, end, vials="12")
        _fate(seeder, pack, "destroyed", fit="", position=position, vials=vials)
        _given(seeder, pack, position=given)


def _relabelled(seeder: Seeder) -> None:
    """Given under its first number and under its second: of the first one vial too many."""
    old, new = _pack(seeder, FINDING), _pack(seeder, PASS)
    names = {
        "gtin": old.values["gtin"],
        "serial": old.values["serial"],
        "new_gtin": new.values["gtin"],
        "new_serial": new.values["serial"],
    }
    seeder.sound(seeder.next("relabelling").but(**names))
    for pack in (old, new):
        _given(seeder, pack)
