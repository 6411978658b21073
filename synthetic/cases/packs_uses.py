"""Cases of packs of which more vials are used than they hold, or one after its end (E03)."""

from synthetic.cases.seeded import PACK
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import LOT, Specimen
from synthetic.cases.told import rows
from synthetic.cases.ward_infusion import named
from synthetic.world import clock

# What is handed out or given is so on a day between the last two.
FIRST, BEFORE, AFTER = (clock.instant(day * clock.DAY) for day in (249, 250, 260))
UNUSED = "E02=not_applicable E03.vials=pass"
ENDED = "E03.vials=finding E03.end=finding"
# A pack with what must be answered of it and what it says; then what is told of it.
PACKS = f"""
# handed out and given; given to two patients; five at once; handed out twice; one that holds nobody
# says how many
                              |          | handed | given
E03.vials=finding             |          | given  | given
E03.vials=finding             |          | given vials=5 given_g=50
E03.vials=finding             |          | handed | handed
E03.vials=pending             | vials=   | given
# brought back and handed out again: where it was fit, and where it was not
                   |   | handed dispensed_at={FIRST} | fate at={BEFORE} fit=yes | handed
{ENDED}            |   | handed dispensed_at={FIRST} | fate at={BEFORE} fit=no  | handed
# destroyed, and nothing else; before an infusion, and after one; gone at an unknown time
{UNUSED} E03.end=pass         |          | fate kind=destroyed at={BEFORE} fit=
{ENDED}                       |          | fate kind=destroyed at={BEFORE} fit= | given
E03.vials=finding E03.end=pass |         | fate kind=destroyed at={AFTER} fit=  | given
{UNUSED} E03.end=pending      |          | fate kind=wasted at= fit=
# sent back, or sold, when it was lost
E03.end=pass     |   | fate kind=lost at={BEFORE} fit= | shipped kind=return shipped_at={AFTER}
E03.end=finding  |   | fate kind=lost at={BEFORE} fit= | shipped kind=sale shipped_at={AFTER}
# one of twelve was destroyed: another is given, the same one is, or all had gone before
E03.end=pass     | vials=12 | fate kind=destroyed at={BEFORE} fit= position=3 | given position=4
E03.end=finding  | vials=12 | fate kind=destroyed at={BEFORE} fit= position=3 | given position=3
{ENDED}          | vials=12 | fate kind=destroyed at={BEFORE} fit= vials=12   | given
"""


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    for answers, own, *lines in rows(PACKS):
        pack = _pack(seeder, answers, own)
        for line in lines:
            what, _, told = line.partition(" ")
            TELL[what](seeder, pack, told)
    relabelled(seeder)


def _pack(seeder: Seeder, answers: str = "", told: str = "") -> Specimen:
    """Seed a pack that is used, and all is well, but for these answers."""
    pack = seeder.next("pack").but(told).answering("E02=pass E03.vials=pass", answers)
    seeder.sound(pack, findings=() if pack.values["vials"] else ("pack.vials.present",))
    return pack


def handed(seeder: Seeder, pack: Specimen, told: str = "") -> None:
    """Seed that a pack was handed out."""
    seeder.sound(seeder.next("dispensing").but(told, **named(pack)).to((LOT, PACK)))


def given(seeder: Seeder, pack: Specimen, told: str = "") -> None:
    """Seed an infusion, and that it took vials of a pack."""
    line = seeder.next("administration_vial")
    seeder.sound(line.beside[1])
    seeder.sound(line.but(f"vials=1 given_g=10 {told}", **named(pack)).to((LOT, PACK)))


def fate(seeder: Seeder, pack: Specimen, told: str) -> None:
    """Seed how vials of a pack ended; as it stands, they were brought back."""
    one = seeder.next("vial_fate").but(told, **named(pack))
    seeder.sound(one, findings=() if one.values["at"] else ("vial_fate.at.present",))


def shipped(seeder: Seeder, pack: Specimen, told: str) -> None:
    """Seed that a pack was shipped."""
    seeder.sound(seeder.next("shipment").but(told, **named(pack)))


TELL = {"handed": handed, "given": given, "fate": fate, "shipped": shipped}


def relabelled(seeder: Seeder) -> None:
    """Given under its first number and under its second: of the first one vial too many."""
    old, new = _pack(seeder, "E03.vials=finding"), _pack(seeder)
    seeder.sound(seeder.next("relabelling").but(**renamed(old, new)))
    for pack in (old, new):
        given(seeder, pack)


def renamed(old: Specimen, new: Specimen) -> dict[str, str]:
    """How a row tells that a pack got another's numbers."""
    both = {name: old.values[name] for name in ("gtin", "serial")}
    return both | {f"new_{name}": new.values[name] for name in both}
