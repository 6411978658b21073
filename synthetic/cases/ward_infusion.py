"""An infusion made on purpose: its order, preparation, vial and rate, sound in all but what a case
changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from synthetic.cases.seeded import (
    GIVEN,
    NOT_GIVEN,
    PACK,
    PASS,
    PENDING,
    PREPARED,
    Found,
    Node,
    Reached,
    Values,
)
from synthetic.cases.seeded import LOT as BY_LOT
from synthetic.cases.seeder import Seeder
from synthetic.cases.specimen import Specimen
from synthetic.cases.specimens_packs import LOT, named
from synthetic.truth import ward_judges
from synthetic.truth.truth import key_of

OF_INFUSION = ("R05", "R06", "R07.daily", "R08", "C05")
OF_LINE = ("R03.given", "R07", "R09")
Answers = Mapping[str, str]  # the outcome by rule


@dataclass(frozen=True, slots=True)
class Ways:
    """The lots that the infusion's line reaches and by which way, what is parked of it, and which
    of its own rules it breaks.
    """

    lots: tuple[tuple[Node, str], ...] = ((LOT, PACK),)
    parked: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


DIRECT = Ways()


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


def infusion(seeder: Seeder, **changed: Values) -> Infusion:
    """The rows of an infusion of ten grams to a patient with MS who lacks IgA, their first, with
    changes by part.

    All rules of an infusion pass; its course is not told, so that there is none.
    """

    def part(name: str, record: str, **told: str) -> Specimen:
        return seeder.next(record).but(**{**told, **changed.get(name, {})})

    order = part("order", "treatment_order", weight_kg="70.0", iga_deficiency="yes")
    pack = part("pack", "pack")
    of = {"treatment_order": order.values["treatment_order"]}
    mixed = part("preparation", "reconstitution", **of, volume_ml="192")
    given = part(
        "infusion",
        "administration",
        **of,
        patient_key=order.values["patient_key"],
        course="",
        day_of_course="",
    )
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


def seed(
    seeder: Seeder, found: Answers, without: Sequence[str] = (), **changed: Values
) -> Infusion:
    """Seed an infusion without some of its parts; of all rules that are not in `found` it passes."""
    one = infusion(seeder, **changed)
    return seeded(seeder, one, found, without=without)


def seeded(
    seeder: Seeder,
    one: Infusion,
    found: Answers,
    *,
    without: Sequence[str] = (),
    ways: Ways = DIRECT,
) -> Infusion:
    """Seed these rows but for those parts, with what the rules must answer and the lots that the
    line reaches.
    """
    one = _let_go(one, without)
    _judge(seeder, one, found, without)
    for name in ("order", "pack", "preparation", "infusion", "rate"):
        if name not in without:
            seeder.sound(getattr(one, name))
    patient = "" if "order" in without else one.order.values["patient_key"]
    if not {"prepared", "preparation"} & {*without}:
        basis = PACK if one.prepared.values["serial"] else BY_LOT
        seeder.sound(replace(one.prepared, reached=(Reached(LOT, basis, PREPARED, patient),)))
    if "line" not in without:
        state = NOT_GIVEN if one.infusion.values["status"] == "not_given" else GIVEN
        reached = [
            Reached(lot, basis, state, one.infusion.values["patient_key"])
            for lot, basis in ways.lots
        ]
        seeder.faulty(one.line, {}, findings=ways.findings, parked=ways.parked, reached=reached)
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


def _judge(seeder: Seeder, one: Infusion, found: Answers, without: Sequence[str]) -> None:
    """State what every rule answers of the infusion, its line and its preparation."""
    due = ward_judges.due(one.infusion.values["started_at"], "unlinked_vial")
    for name, rules in (("infusion", OF_INFUSION), ("line", OF_LINE), ("preparation", ("R04",))):
        row: Specimen = getattr(one, name)
        answers = [Found(rule, found.get(rule, PASS)) for rule in rules]
        if name not in without:
            seeder.judged(
                row.record,
                row.values,
                [
                    replace(a, due=due) if (a.rule, a.outcome) == ("R09", PENDING) else a
                    for a in answers
                ],
            )


def key(specimen: Specimen) -> list[str]:
    """The key of a seeded row."""
    return key_of(specimen.record, specimen.values)
