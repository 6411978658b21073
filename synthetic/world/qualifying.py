"""What is known of donors besides their donations: examinations, second keys, deferrals, what was
learned later.
"""

from collections.abc import Callable, Mapping

import numpy as np

from synthetic.cases.seeded import NOT_APPLICABLE, NOTICE, PASS
from synthetic.world import clock, donations, people
from synthetic.world.draws import Ints
from synthetic.world.parties import CENTRES, zone_of
from synthetic.world.plan import RECOVERED, Plan, day_of, donor_of
from synthetic.writing.columns import Mask, Texts, chosen, digits, joined, opaque, picked, same
from synthetic.writing.landing import Landing, Sending

DONORS = 45_000  # whose rows are made at a time
# one donor in so many has a second key, from another programme, under which the samples stand
TWO_KEYS = 40
# One donor in so many was deferred before the first donation, or since.
DEFERRED_BEFORE, DEFERRED_AFTER = 33, 61
# One donor in so many, and one who is feared to have Creutzfeldt-Jakob disease.
TOLD_LATER, CJD = 101, 997
TOLD_OF_DONATION = 487  # one donation in so many turns out not to have met a criterion
SAMPLES = (0, 90, 180)  # days about which the four-month samples are taken
AFTER = 190  # a day after the last donation
CAUSES = ("history", "travel", "examination")
FROM_YEAR = (-60, clock.END)
Rows = Callable[[Plan, str, Ints], Mapping[str, Texts]]


def send(plan: Plan, landing: Landing) -> None:
    """From each centre, what it knows of its donors."""
    for number, centre in enumerate(CENTRES):
        for at in range(number, plan.donors, DONORS * len(CENTRES)):
            donor = np.arange(at, min(at + DONORS * len(CENTRES), plan.donors), len(CENTRES))
            for record, select, rows in OF_DONORS:
                some = donor[select(plan, donor)]
                if len(some):
                    landing.put(Sending(centre, record, FROM_YEAR), rows(plan, centre, some))
                if record == "post_donation_information":
                    prions = int((some % CJD == 13).sum())
                    landing.ledger.tally("K01.information", NOT_APPLICABLE, prions)
                    landing.ledger.tally("K01.information", PASS, len(some) - prions)
    for donation, (start, end) in donations.blocks(plan):
        told = donation[of_donation(donation)]
        landing.ledger.outcomes("PDI.donation", (donations.numbers(plan, told),), NOTICE)
        landing.ledger.tally("PDI.donation", PASS, len(donation) - len(told))
        landing.ledger.tally("K01.information", PASS, len(told))
        centres = people.centre_of(donor_of(plan, told)[0])
        for number, centre in enumerate(CENTRES):
            if len(mine := told[centres == number]):
                landing.put(
                    Sending(centre, "post_donation_information", (start, end + 30)),
                    _of_donations(plan, centre, mine),
                )


def other_keys(plan: Plan, donor: Ints) -> Texts:
    """The second keys of donors who have one."""
    return joined(b"D-", opaque(plan.draws.words("other key of a donor", donor)))


def gives_source(plan: Plan, donor: Ints) -> Mask:
    """Whether each donor gives source plasma: recovered plasma asks for no examination here."""
    first = plan.first_donors
    return np.asarray((donor < first[RECOVERED]) | (donor >= first[RECOVERED + 1]))


def has_two(plan: Plan, donor: Ints) -> Mask:
    """Whether each donor has a second key."""
    return np.asarray((donor % TWO_KEYS == 7) & gives_source(plan, donor))


def of_donation(donation: Ints) -> Mask:
    """Whether something is learned later of each donation."""
    return np.asarray(donation % TOLD_OF_DONATION == 3)


def _second_keys(plan: Plan, centre: str, donor: Ints) -> Mapping[str, Texts]:
    rows = len(donor)
    return {
        "donor_key": other_keys(plan, donor),
        "as_of": same(clock.day(-200), rows),
        "centre": same(centre, rows),
        "sex": picked(people.SEXES, people.sex(plan, donor)),
        "qualified_on": same(clock.day(-300), rows),
    }


def _statements(plan: Plan, centre: str, donor: Ints) -> Mapping[str, Texts]:
    rows = len(donor)
    return {
        "party": same(centre, rows),
        "statement": joined(b"SP-", digits(donor, 8)),
        "one_key": people.keys(plan, donor),
        "other_key": other_keys(plan, donor),
        "stated_at": clock.instants(-50 * clock.DAY + donor % clock.DAY, zone_of(centre)),
    }


def _exams(plan: Plan, centre: str, donor: Ints) -> Mapping[str, Texts]:
    """A physical examination before the first donation, and the samples of every four months."""
    kinds = 1 + len(SAMPLES)
    kind, of = np.tile(np.arange(kinds), len(donor)), np.repeat(donor, kinds)
    # Drawn as for the donor's own row, so that both tell the same days.
    before = plan.draws.below("examined", of, 80)
    day = np.where(kind == 0, -before, np.array([0, *SAMPLES])[kind] - before // 2)
    # Samples came by another programme, which knows the donor by the other key.
    under_other = has_two(plan, of) & (kind > 0)
    return {
        "centre": same(centre, len(of)),
        "exam": joined(b"EX-", digits(of, 8), b"-", digits(kind, 1)),
        "donor_key": chosen(under_other, other_keys(plan, of), people.keys(plan, of)),
        "kind": chosen(kind == 0, "physical", "four_month_sample"),
        "examined_on": clock.days(day),
        "reviewed_on": clock.days(day + np.where(kind == 0, 0, 7 + before % 14)),
    }


def _deferrals(plan: Plan, centre: str, donor: Ints) -> Mapping[str, Texts]:
    before = donor % DEFERRED_BEFORE == 5
    return {
        "centre": same(centre, len(donor)),
        "deferral": joined(b"DF-", digits(donor, 8)),
        "donor_key": people.keys(plan, donor),
        "deferred_from": clock.days(np.where(before, -220, AFTER + 10)),
        "deferred_until": chosen(before, clock.day(-130), None),
        "cause": picked(CAUSES, donor % len(CAUSES)),
    }


def _deferred(_: Plan, donor: Ints) -> Mask:
    return np.asarray((donor % DEFERRED_BEFORE == 5) | (donor % DEFERRED_AFTER == 9))


def _told(plan: Plan, centre: str, donor: Ints) -> Mapping[str, Texts]:
    cjd = donor % CJD == 13
    learned = (AFTER + 5) * clock.DAY + 36_000 + donor % 3_600
    reviewed = clock.instants(learned + 2 * clock.DAY, zone_of(centre))
    return {
        "centre": same(centre, len(donor)),
        "information": joined(b"PDI-", digits(donor, 8)),
        "donor_key": people.keys(plan, donor),
        "kind": chosen(cjd, "cjd", "travel"),
        "effective_on": same(clock.day(AFTER), len(donor)),
        "learned_at": clock.instants(learned, zone_of(centre)),
        "reviewed_at": chosen(cjd, None, reviewed),
    }


def told_later(_: Plan, donor: Ints) -> Mask:
    """Whether something is learned later of each donor, who has not given since."""
    return np.asarray((donor % TOLD_LATER == 11) | (donor % CJD == 13))


def _of_donations(plan: Plan, centre: str, donation: Ints) -> Mapping[str, Texts]:
    learned = (day_of(plan, donation) + 20) * clock.DAY + 40_000
    return {
        "centre": same(centre, len(donation)),
        "information": joined(b"PDI-D", digits(donation, 9)),
        "donation_number": donations.numbers(plan, donation),
        "kind": same("health_criteria", len(donation)),
        "learned_at": clock.instants(learned, zone_of(centre)),
        "reviewed_at": clock.instants(learned + clock.DAY, zone_of(centre)),
    }


OF_DONORS: tuple[tuple[str, Callable[[Plan, Ints], Mask], Rows], ...] = (
    ("donor", has_two, _second_keys),
    ("same_person", has_two, _statements),
    ("donor_exam", gives_source, _exams),
    ("deferral", _deferred, _deferrals),
    ("post_donation_information", told_later, _told),
)
