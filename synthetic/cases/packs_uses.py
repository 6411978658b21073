"""Cases of packs of which more vials are used than they hold, or one after its end (E03)."""

from synthetic.cases.seeded import PACK
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import LOT, Specimen
from synthetic.cases.told import tables
from synthetic.cases.ward_infusion import named
from synthetic.world import clock

# What is handed out or given is so on a day between the last two.
FIRST, BEFORE, AFTER = (clock.instant(day * clock.DAY) for day in (249, 250, 260))
PACKS = tables("packs_uses", FIRST=FIRST, BEFORE=BEFORE, AFTER=AFTER)["packs"]


def all_of(seeder: Seeder) -> None:
    """Every case once."""
    for answers, own, *lines in PACKS:
        pack = _pack(seeder, answers, own)
        for line in lines:
            what, _, told = line.partition(" ")
            TELL[what](seeder, pack, told)
    relabelled(seeder)


def _pack(seeder: Seeder, answers: str = "", told: str = "") -> Specimen:
    """Seed a pack that is used, and all is well, but for these answers."""
    pack = seeder.next("pack").but(told).answering("E02=pass E03.vials=pass", answers)
    seeder.sound(pack)
    return pack


def handed(seeder: Seeder, pack: Specimen, told: str = "") -> None:
    """Seed that a pack was handed out."""
    seeder.sound(seeder.next("dispensing").but(told, **named(pack)).to((LOT, PACK)))


def given(seeder: Seeder, pack: Specimen, told: str = "") -> None:
    """Seed an infusion, and that it took vials of a pack."""
    line = seeder.next("administration_vial")
    # The infusion alone: the vials are of the pack that is given, not of one of their own.
    seeder.sound(line.beside[1])
    seeder.sound(line.but(f"vials=1 given_g=10 {told}", **named(pack)).to((LOT, PACK)))


def fate(seeder: Seeder, pack: Specimen, told: str) -> None:
    """Seed how vials of a pack ended; as it stands, they were brought back."""
    seeder.sound(seeder.next("vial_fate").but(told, **named(pack)))


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
