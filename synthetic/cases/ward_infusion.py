"""An infusion made on purpose, sound in all but what a case changes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from synthetic.cases.seeded import GIVEN, NOT_GIVEN, PACK, PREPARED, Node, Reached
from synthetic.cases.seeded import LOT as BY_LOT
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import LOT, Specimen
from synthetic.cases.told import Rows, pairs
from synthetic.truth.due import due

NAMED = ("gtin", "serial", "lot_number")
OF_INFUSION = ("R05", "R06", "R07.daily", "R08", "C05")
OF_LINE = ("R03.given", "R07", "R09")
NOTHING = " ".join(f"{rule}=not_applicable" for rule in (*OF_INFUSION, *OF_LINE))
USUAL = {  # what is answered of each part
    "pack": "R02=pass E02=pass E03.vials=pass E03.end=not_applicable",
    "preparation": "R04=pass",
    "infusion": " ".join(f"{rule}=pass" for rule in OF_INFUSION),
    "line": " ".join(f"{rule}=pass" for rule in OF_LINE),
}


@dataclass(frozen=True, slots=True)
class Ways:
    """The lots that the infusion's line reaches, by which way, and what is parked of it."""

    lots: tuple[tuple[Node, str], ...] = ((LOT, PACK),)
    parked: tuple[str, ...] = ()


DIRECT, OF_THE_LOT = Ways(), Ways(((LOT, BY_LOT),))


@dataclass(frozen=True, slots=True)
class Infusion:
    """The rows of one infusion, each sound."""

    order: Specimen
    pack: Specimen
    preparation: Specimen
    prepared: Specimen
    infusion: Specimen
    line: Specimen
    rate: Specimen


def named(one: Specimen) -> dict[str, str]:
    """How a row names a pack."""
    return {name: one.values[name] for name in NAMED}


def infusion(seeder: Seeder, **changed: str) -> Infusion:
    """The rows of an infusion of ten grams to a patient with MS who lacks IgA, their first, with
    changes by part.

    All rules of an infusion pass; its course is not told, so that there is none.
    """

    def part(name: str, record: str, **told: str) -> Specimen:
        return seeder.next(record).but(**{**told, **pairs(changed.get(name, ""))})

    order = part("order", "treatment_order", weight_kg="70.0", iga_deficiency="yes")
    pack = part("pack", "pack")
    of = {"treatment_order": order.values["treatment_order"]}
    mixed = part("preparation", "reconstitution", **of, volume_ml="192")
    # Without a course nothing is asked of days, intervals and reviews.
    who = {"patient_key": order.values["patient_key"], "course": "", "day_of_course": ""}
    given = part("infusion", "administration", **of, **who)
    site, number = given.values["site"], given.values["administration"]
    at = {"site": site, "preparation": mixed.values["preparation"]}
    return Infusion(
        order,
        pack,
        mixed,
        part("prepared", "reconstitution_vial", **at, **named(pack)),
        given,
        part("line", "administration_vial", **at, **named(pack), administration=number),
        part("rate", "infusion_rate", site=site, administration=number),
    )


def seed_all(seeder: Seeder, table: Rows) -> None:
    """Seed an infusion for each line of a table: its answers, then some parts with what they say;
    `without` which parts; and `lot` where the line reaches its lot by its number.
    """
    for answers, *cells in table:
        changed = dict(cell.partition(" ")[::2] for cell in cells)
        without = changed.pop("without", "").split()
        ways = OF_THE_LOT if changed.pop("lot", None) is not None else DIRECT
        seed(seeder, answers, without, ways, **changed)


def seed(
    seeder: Seeder,
    answers: str,
    without: Sequence[str] = (),
    ways: Ways = DIRECT,
    **changed: str,
) -> Infusion:
    """Seed an infusion without some of its parts; all rules that are not in `answers` it passes."""
    return seeded(seeder, infusion(seeder, **changed), answers, without=without, ways=ways)


def seeded(
    seeder: Seeder,
    one: Infusion,
    answers: str,
    *,
    without: Sequence[str] = (),
    ways: Ways = DIRECT,
    prepared_of: Node = LOT,
) -> Infusion:
    """Seed these rows but for those parts, with all that must come of them. prepared_of: the lot of what
    was prepared.
    """
    one = _answering(_let_go(one, without), pairs(answers))
    for name in ("order", "pack", "preparation", "infusion", "rate"):
        if name not in without:
            seeder.sound(getattr(one, name))
    patient = "" if "order" in without else one.order.values["patient_key"]
    if not {"prepared", "preparation"} & {*without}:
        # What is prepared names its vial as the line does, unless a case takes its serial.
        basis = PACK if one.prepared.values["serial"] else BY_LOT
        seeder.sound(one.prepared, reached=(Reached(prepared_of, basis, PREPARED, patient),))
    if "line" not in without:
        state = NOT_GIVEN if one.infusion.values["status"] == "not_given" else GIVEN
        who = one.infusion.values["patient_key"]
        reached = tuple(Reached(lot, basis, state, who) for lot, basis in ways.lots)
        seeder.sound(one.line, parked=ways.parked, reached=reached)
    return one


def _let_go(one: Infusion, without: Sequence[str]) -> Infusion:
    """The rows, naming nothing that is not seeded."""
    if "order" in without:
        one = replace(
            one,
            preparation=one.preparation.but(treatment_order=""),
            infusion=one.infusion.but(treatment_order=""),
        )
    return replace(one, line=one.line.but(preparation="")) if "preparation" in without else one


def _answering(one: Infusion, told: dict[str, str]) -> Infusion:
    """The rows with what every rule answers of them; a vial that is not linked has its day."""
    # The term runs from when the infusion began, which a case may have changed.
    if told.get("R09") == "pending":
        told["R09"] += f":{due(one.infusion.values['started_at'], 'unlinked_vial')}"
    parts = {part.name: getattr(one, part.name) for part in fields(one)}
    for name, usual in USUAL.items():
        answers = {rule: told.get(rule, said) for rule, said in pairs(usual).items()}
        parts[name] = replace(parts[name], answers=answers)
    return Infusion(**parts)
