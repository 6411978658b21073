"""Seeds specimens: gives each its number, writes down its line with what must come of it, and what
it needs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from lots.records import records
from synthetic.cases.seeded import Damage, Found, Reached, Seeded, Values, legible
from synthetic.cases.specimen import Specimen
from synthetic.cases.specimens import JUDGES, MAKERS, SENDERS
from synthetic.truth.truth import Ledger, key_of
from synthetic.world.plan import Plan


class Seeder:
    """Gathers seeded lines by sender and record, in the order of their seeding."""

    def __init__(self, plan: Plan, ledger: Ledger) -> None:
        self.plan, self.ledger = plan, ledger
        self.lines: defaultdict[tuple[str, str], list[Seeded]] = defaultdict(list)
        self._numbers = {record: count() for record in MAKERS}
        self._judged: set[tuple[str, ...]] = set()

    def next(self, record: str) -> Specimen:
        """A specimen that was not seeded before."""
        return MAKERS[record](self.plan, next(self._numbers[record]))

    def sound(self, specimen: Specimen, *, late: bool = False, **told: str) -> None:
        """Seed a specimen as it is (but for what is told), with what it needs."""
        self._beside(specimen)
        self._line(specimen, told, Seeded(specimen.record, {}, reached=specimen.reached, late=late))

    def faulty(
        self,
        specimen: Specimen,
        changed: Values,
        *,
        findings: Sequence[str] = (),
        parked: Sequence[str] = (),
        reached: Sequence[Reached] | None = None,
    ) -> None:
        """Seed a specimen with changes that are accepted all the same."""
        self._beside(specimen)
        ways = specimen.reached if reached is None else tuple(reached)
        self._line(
            specimen,
            changed,
            Seeded(
                specimen.record, {}, findings=tuple(findings), parked=tuple(parked), reached=ways
            ),
        )

    def refused(self, specimen: Specimen, changed: Values, damage: Damage = Damage.NONE) -> None:
        """Seed a specimen that must be refused; what it would name is not seeded for it."""
        self._line(specimen, changed, Seeded(specimen.record, {}, damage, refused=True))

    def known(self, specimen: Specimen, **told: str) -> None:
        """Seed a row that was seeded before once more, in a later file."""
        self._line(specimen, told, Seeded(specimen.record, {}, known=True, late=True))

    def judged(self, record: str, values: Values, found: Sequence[Found]) -> None:
        """State once what the rules across records answer of a seeded row: of a key, the first
        time counts.
        """
        subject = key_of(record, values)
        if (record, *subject) not in self._judged:
            self._judged.add((record, *subject))
            for one in found:
                self.ledger.outcome(one.rule, subject, one.outcome, one.due)

    def row(
        self,
        record: str,
        values: Values,
        told: Mapping[str, str],
        *,
        findings: Sequence[str] = (),
        parked: Sequence[str] = (),
        late: bool = False,
    ) -> None:
        """Seed a row that belongs to a case: `told` has each rule's outcome, with the day on which
        it is due.
        """
        seeded = Seeded(record, values, findings=tuple(findings), parked=tuple(parked), late=late)
        self.lines[SENDERS[record], record].append(seeded)
        self.judged(record, values, [Found(rule, *said.split()) for rule, said in told.items()])

    def _beside(self, specimen: Specimen) -> None:
        for other in specimen.beside:
            self.sound(other)

    def _line(self, specimen: Specimen, changed: Values, like: Seeded) -> None:
        seeded = replace(like, values={**specimen.values, **changed})
        self.lines[SENDERS[specimen.record], specimen.record].append(seeded)
        if like.refused or like.known:
            return
        if specimen.record == "pool":
            self.ledger.descendants(seeded.values["plant"], seeded.values["pool_number"], [])
        if specimen.record in JUDGES:
            found = JUDGES[specimen.record](legible(records()[specimen.record], seeded.values))
            self.judged(specimen.record, seeded.values, found)
