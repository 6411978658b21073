"""A sound row to which seeded faults are changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from synthetic.cases.seeded import Found, Reached, Values
from synthetic.world.plan import Plan


@dataclass(frozen=True, slots=True)
class Specimen:
    """A sound row, the sound rows that it needs beside it, and the lots that it reaches."""

    record: str
    number: int
    values: Values
    beside: tuple["Specimen", ...] = ()
    reached: tuple[Reached, ...] = ()

    def but(self, **changed: str) -> "Specimen":
        """The same with other values, and without what stands beside it."""
        return replace(self, values={**self.values, **changed}, beside=())


Makers = Mapping[str, Callable[[Plan, int], Specimen]]
# What the rules across records answer of a seeded row.
Judges = Mapping[str, Callable[[Values], tuple[Found, ...]]]
