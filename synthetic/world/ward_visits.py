"""One sending of one site: some infusions, and how the site writes what it tells of them."""

from dataclasses import dataclass

import numpy as np

from synthetic.cases.seeded import LOT, PACK
from synthetic.truth.truth import VialLinks
from synthetic.world import clock, courses, packing, ward_people
from synthetic.world.courses import Places
from synthetic.world.draws import Ints
from synthetic.world.parties import GERMAN, HOMES, PLANT, zone_of
from synthetic.world.plan import COURSE_DAYS, Plan
from synthetic.writing import german
from synthetic.writing.columns import Mask, Texts, amounts, chosen, counts, digits, joined, same
from synthetic.writing.landing import Landing, Sending


@dataclass(frozen=True, slots=True)
class Visits:
    """Planned infusions of one site."""

    plan: Plan
    site: str
    infusion: Ints

    @property
    def patient(self) -> Ints:
        """Whose infusions they are."""
        return courses.patient_of(self.plan, self.infusion)

    @property
    def course(self) -> Ints:
        """The number of each one's course, from 0."""
        return self.infusion // (self.plan.patients * COURSE_DAYS)

    @property
    def status(self) -> Ints:
        """What happened, as a place in courses.STATUSES."""
        return courses.status_of(self.plan, self.infusion)

    def only(self, mask: Mask) -> "Visits":
        """Those for which the mask holds."""
        return Visits(self.plan, self.site, self.infusion[mask])

    def here(self) -> Texts:
        """The site in every row."""
        return same(self.site, len(self.infusion))

    def times(self, seconds: Ints) -> Texts:
        """Instants as the site writes them."""
        return clock.instants(seconds, zone_of(self.site), bare=self.site == GERMAN)

    def amounts(self, units: Ints, decimals: int) -> Texts:
        """Amounts as the site writes them."""
        return amounts(units, decimals, "," if self.site == GERMAN else ".")

    def send(self, landing: Landing, record: str, columns: dict[str, Texts]) -> None:
        """One file of the site; it covers the days of the infusions."""
        day = courses.day_of(self.plan, self.infusion)
        days = (int(day.min()), int(day.max()) + 1)
        form = german.form(days[0]) if self.site == GERMAN else "csv"
        landing.put(Sending(self.site, record, days, form), columns)

    def links(self, record: str, number: Texts, state: Texts, places: Places) -> VialLinks:
        """The links of lines of a record: numbers of what they stand in, and each vial's state."""
        return VialLinks(
            record,
            (same(self.site, len(state)), number, counts(places.place + 1)),
            PLANT,
            packing.lot_numbers(places.lot),
            chosen(places.by_count, LOT, PACK),
            state,
            ward_people.keys(self.plan, courses.patient_of(self.plan, places.infusion)),
        )


def at_home(visits: Visits) -> Mask:
    """Whether each was given at home: in homes all, elsewhere some patients' later courses."""
    return np.asarray(
        (visits.patient < len(HOMES)) | (visits.patient % 5 == 0) & (visits.course > 0)
    )


def numbers(infusion: Ints) -> Texts:
    """Infusions' numbers."""
    return joined(b"INF-", digits(infusion + 1, 8))


def preparations(infusion: Ints) -> Texts:
    """The numbers of what is prepared for infusions."""
    return joined(b"PREP-", digits(infusion + 1, 8))


def orders(patient: Ints) -> Texts:
    """The numbers of patients' orders."""
    return joined(b"ORD-", digits(patient + 1, 6))
