"""A sound row to which seeded faults are changes, and the form by which such rows are made."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from synthetic.cases import anchors
from synthetic.cases.seeded import Answers, Node, Reached, Values
from synthetic.cases.told import pairs
from synthetic.world import clock, making, parties
from synthetic.world.plan import Plan

WORDS = {  # that a form's texts may use
    name: value
    for module in (anchors, parties)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, str)
}
LOT: Node = making.final(0, making.PACKED)  # of which the seeded packs are
OTHER: Node = making.final(1, making.PACKED)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A sound row with what must come of it, and the sound rows that it needs beside it."""

    record: str
    number: int
    values: Values
    answers: Answers
    beside: tuple["Specimen", ...] = ()
    reached: tuple[Reached, ...] = ()

    def but(self, *told: str, **changed: str) -> "Specimen":
        """The same with other values, and without what stands beside it."""
        return replace(self, values={**self.values, **pairs(*told), **changed}, beside=())

    def saying(self, changed: Values) -> "Specimen":
        """The same with other values, and with what stands beside it."""
        return replace(self, values={**self.values, **changed})

    def answering(self, *told: str) -> "Specimen":
        """The same, where some rules answer otherwise: of the row itself, or of what is beside."""
        answers = pairs(*told)
        others = {rule: said for rule, said in answers.items() if rule not in self.answers}
        return replace(
            self,
            answers={**self.answers, **{r: s for r, s in answers.items() if r not in others}},
            beside=tuple(one.answering(*told) for one in self.beside) if others else self.beside,
        )

    def judged(self) -> frozenset[str]:
        """The rules that answer of it, or of what stands beside it."""
        return frozenset(self.answers).union(*(one.judged() for one in self.beside))

    def another(self, *told: str, **changed: str) -> "Specimen":
        """Another version of the row, of which the rules answer what they answer of the first."""
        return replace(self.but(*told, **changed), answers={})

    def to(self, *ways: tuple[Node, str]) -> "Specimen":
        """The same, reaching these lots in these ways."""
        (first, *_) = self.reached
        return replace(
            self, reached=tuple(Reached(lot, by, first.state, first.patient) for lot, by in ways)
        )


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a specimen: of which form, its number on from here, what is different."""

    form: str
    further: int
    but: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a record's sound rows are made: texts with its number and with what stands beside it."""

    record: str
    sender: str
    values: Values
    answers: Answers = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()
    way: tuple[str, str, str] | None = None  # basis, state, and the patient's key
    computed: Mapping[str, Callable[[int], str]] = field(default_factory=dict)


Forms = Mapping[str, Form]


def made(forms: Forms, plan: Plan, name: str, n: int) -> Specimen:
    """The specimen of a form and a number."""
    form = forms[name]
    beside = tuple(_beside(forms, plan, one, n) for one in form.beside)
    words: dict[str, Any] = {**WORDS, **of_plan(plan), **dict(_words(beside)), "n": n}
    values = {column: text.format_map(words) for column, text in form.values.items()}
    values |= {column: compute(n) for column, compute in form.computed.items()}
    if form.way is None:
        return Specimen(form.record, n, values, form.answers, beside)
    basis, state, patient = form.way
    way = Reached(LOT, basis, state, patient.format_map(words))
    return Specimen(form.record, n, values, form.answers, beside, (way,))


def _beside(forms: Forms, plan: Plan, one: Beside, n: int) -> Specimen:
    plain = made(forms, plan, one.form, one.further + n)
    if unasked := pairs(one.answers).keys() - plain.judged():
        raise ValueError(f"form {one.form}: {', '.join(sorted(unasked))}: no rule of it answers so")
    return (plain.but(one.but) if one.but else plain).answering(one.answers)


def _words(beside: tuple[Specimen, ...]) -> Iterator[tuple[str, Values]]:
    for one in beside:
        yield from _words(one.beside)
        yield one.record, one.values


def of_plan(plan: Plan) -> Mapping[str, str]:
    """What the plant's own first lot says."""
    expires = clock.day(making.expires(plan, 0))
    return {"gtin": making.gtin_of(plan, 0), "first": LOT[1], "expires": expires}


def form(
    record: str,
    sender: str,
    values: str,
    answers: str = "",
    *beside: Beside,
    way: tuple[str, str, str] | None = None,
    **computed: Callable[[int], str],
) -> Form:
    """A form told as texts."""
    return Form(record, sender, pairs(values), pairs(answers), beside, way, computed)
