"""Sound rows beside the plant's own, a form for each record: seeded faults are changes to these.

The forms stand in forms_*.toml. Their texts use words in braces: who takes part, the anchors, the
number of the row (and what follows from it), and what stands beside the row. Numbers with an X are
theirs alone; what they name is there: in the plant, among the anchors or seeded beside them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from synthetic import data
from synthetic.cases import anchors
from synthetic.cases.seeded import Answers, Reached, Values
from synthetic.cases.specimen import LOT, OTHER, Specimen
from synthetic.cases.told import pairs, words_of
from synthetic.world import clock, donations, fate_packages, making, parties
from synthetic.world.plan import Plan

GROUPS = ("parties", "reference", "donors", "making", "packs")  # in the order of their seeding
WORDS = words_of(anchors, parties)
TOLD = {group: data.table(f"cases/forms_{group}") for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a specimen: of which form, its number on from here, what is different."""

    form: str
    further: int
    but: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a record's sound rows are made."""

    record: str
    sender: str
    values: Values
    answers: Answers
    beside: tuple[Beside, ...]
    way: tuple[str, str, str] | None  # basis, state, and the patient's key


# What a form may say that follows from its number: {n.gtin}.
FOLLOWS: Mapping[str, Callable[[int], object]] = {
    "following": lambda n: n + 1,
    "minute": lambda n: 60 * n,  # in seconds
    "far": lambda n: 10_000 + n,  # beyond the numbers of the plant's own parties
    "gln": lambda n: parties.gs1(f"4099999{10_000 + n:05d}"),
    "gtin": lambda n: parties.gs1(f"04097777{n:05d}"),  # of a product that nobody makes
    "sscc": lambda n: fate_packages.sscc(500_000_000 + n),
    "check_character": lambda n: donations.check_character(f"PX00125{n:06d}"),
}


class Number(int):
    """A specimen's number."""

    # Text asks for it by a dot, {n.gtin}; all else that a number can do it does as one.
    def __getattr__(self, name: str) -> object:
        return FOLLOWS[name](self)


def _forms(group: str) -> dict[str, Form]:
    """The forms of a group; one that is of another's record is told by what differs from that."""
    told = TOLD[group]
    usual = told.get("usual", {})
    found = {}
    for name, form in told.items():
        if name not in ("usual", "anchor"):
            layers = (usual, told[form.get("record", name)], form)
            row = {column: text for one in layers for column, text in one.get("row", {}).items()}
            found[name] = _form(name, {**layers[0], **layers[1], **layers[2]}, row)
    return found


def _form(name: str, told: Mapping[str, Any], row: Values) -> Form:
    return Form(
        told.get("record", name),
        told["sender"].format_map(WORDS),
        row,
        pairs(told.get("answers", "")),
        tuple(Beside(**one) for one in told.get("beside", ())),
        tuple(told["way"]) if "way" in told else None,
    )


OF_GROUP: Mapping[str, Mapping[str, Form]] = {group: _forms(group) for group in GROUPS}
ALL = {name: form for forms in OF_GROUP.values() for name, form in forms.items()}
FORMS = {name: form for name, form in ALL.items() if name == form.record}


def specimen(plan: Plan, name: str, number: int) -> Specimen:
    """The sound row of a form and a number."""
    form = ALL[name]
    beside = tuple(_beside(plan, one, number) for one in form.beside)
    words = {**WORDS, **_of_plan(plan), **dict(_named(beside)), "n": Number(number)}
    words["beside"] = [one.values for one in beside]
    values = {column: text.format_map(words) for column, text in form.values.items()}
    ways: tuple[Reached, ...] = ()
    if form.way is not None:
        basis, state, patient = form.way
        ways = (Reached(LOT, basis, state, patient.format_map(words)),)
    return Specimen(form.record, number, values, form.answers, beside, ways)


def _beside(plan: Plan, one: Beside, number: int) -> Specimen:
    plain = specimen(plan, one.form, one.further + number)
    # An answer that nobody asks for would be lost in silence.
    if unasked := pairs(one.answers).keys() - plain.judged():
        raise ValueError(f"form {one.form}: {', '.join(sorted(unasked))}: no rule of it answers so")
    return (plain.but(one.but) if one.but else plain).answering(one.answers)


def _named(beside: tuple[Specimen, ...]) -> Iterator[tuple[str, Values]]:
    """What stands beside, and beside that, by record; of two of a record the last."""
    for one in beside:
        yield from _named(one.beside)
        yield one.record, one.values


def _of_plan(plan: Plan) -> Mapping[str, str]:
    """What the plant's own first two lots say."""
    expires = clock.day(making.expires(plan, 0))
    return {
        "gtin": making.gtin_of(plan, 0),
        "first": LOT[1],
        "second": OTHER[1],
        "expires": expires,
    }


def anchored(plan: Plan) -> list[Specimen]:
    """What many specimens name: seeded once, before them."""
    return [_anchor(plan, **one) for group in GROUPS for one in TOLD[group].get("anchor", ())]


def _anchor(
    plan: Plan, form: str, number: int = 0, row: Mapping[str, str] | None = None, answers: str = ""
) -> Specimen:
    told = {name: text.format_map(WORDS) for name, text in (row or {}).items()}
    return specimen(plan, form, number).but(**told).answering(answers)
