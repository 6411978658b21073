"""A sound row to which seeded faults are changes."""

from dataclasses import dataclass, replace

from synthetic.cases.seeded import Answers, Node, Reached, Values
from synthetic.cases.told import pairs
from synthetic.world import making

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
        # What is not asked of the row is asked of what it stands beside: of a vial's pack.
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
        # What became of the vial, and for whom, does not hang on its way.
        (first, *_) = self.reached
        return replace(
            self, reached=tuple(Reached(lot, by, first.state, first.patient) for lot, by in ways)
        )
