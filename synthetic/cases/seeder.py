"""Seeds specimens: gives each its number, and writes down its line with what must come of it."""

from collections import defaultdict
from dataclasses import replace
from itertools import count
from typing import Unpack

from synthetic.cases.forms import FORMS, specimen
from synthetic.cases.seeded import Answers, Comes, Damage, Seeded, Values
from synthetic.cases.specimen import Specimen
from synthetic.cases.told import pairs
from synthetic.truth.truth import Ledger
from synthetic.world.plan import Plan

FOUND = "found"  # in a row's text no column, but which of its own rules the row breaks


class Seeder:
    """Gathers seeded lines by sender and record, in the order of their seeding."""

    def __init__(self, plan: Plan, ledger: Ledger) -> None:
        self.plan, self.ledger = plan, ledger
        self.lines: defaultdict[tuple[str, str], list[Seeded]] = defaultdict(list)
        # A record's specimens are counted alone: one more of one changes no other's number.
        self._numbers = {record: count() for record in FORMS}

    def next(self, record: str) -> Specimen:
        """A specimen that was not seeded before."""
        return specimen(self.plan, record, next(self._numbers[record]))

    def of(self, record: str) -> list[Seeded]:
        """The lines of a record so far."""
        return self.lines[FORMS[record].sender, record]

    def sound(self, one: Specimen, **comes: Unpack[Comes]) -> None:
        """Seed a specimen that is accepted, with what it needs, and with what must come of it."""
        for other in one.beside:
            self.sound(other)
        comes.setdefault("reached", one.reached)
        self.row(one.record, one.values, one.answers, **comes)
        if one.record == "pool":
            self.ledger.descendants(one.values["plant"], one.values["pool_number"], [])

    def refused(self, one: Specimen, changed: Values, damage: Damage = Damage.NONE) -> None:
        """Seed a specimen that must be refused; what it would name is not seeded for it."""
        values = {**one.values, **changed}
        self.of(one.record).append(Seeded(one.record, values, damage, refused=True))

    def known(self, one: Specimen, **told: str) -> None:
        """Seed a row that was seeded before once more, in a later file."""
        values = {**one.values, **told}
        self.of(one.record).append(Seeded(one.record, values, known=True, late=True))

    def row(self, record: str, values: Values, answers: Answers, **comes: Unpack[Comes]) -> None:
        """Seed one row; `answers` has the outcome of each rule across records that is about it."""
        comes["findings"] = (*comes.get("findings", ()), *_found(values))
        self.of(record).append(Seeded(record, _told(values), answers=answers, **comes))

    def second(
        self,
        record: str,
        told: str,
        *,
        turned: bool,
        corrects: bool = False,
        **comes: Unpack[Comes],
    ) -> None:
        """Another version of the row that was seeded last; turned: it arrives before that one.

        It contradicts the first one, or corrects it, which then stands no more; or it is itself
        superseded.
        """
        lines = self.of(record)
        first = lines[-1]
        # What is late comes in a file behind all others, so that either may arrive first.
        lines[-1] = replace(first, late=turned, superseded=corrects)
        contests = not (corrects or comes.get("superseded"))
        values = {**first.values, **pairs(told)}
        comes["findings"] = (*comes.get("findings", ()), *_found(values))
        one = Seeded(record, _told(values), late=not turned, contested=contests)
        lines.append(replace(one, **comes))


def _found(values: Values) -> tuple[str, ...]:
    return tuple(filter(None, values.get(FOUND, "").split(",")))


def _told(values: Values) -> Values:
    return {name: value for name, value in values.items() if name != FOUND}
