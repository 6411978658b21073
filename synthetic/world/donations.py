"""Donations with valid ISBT 128 numbers, and the plasma units that each gave."""

from collections.abc import Iterator

import numpy as np

from synthetic.cases.seeded import NOT_APPLICABLE, PASS
from synthetic.truth.truth import Ledger
from synthetic.world import clock, people
from synthetic.world.draws import Ints
from synthetic.world.parties import CENTRES, zone_of
from synthetic.world.plan import RECOVERED, Plan, day_of, donor_of
from synthetic.writing.columns import (
    Bytes,
    Mask,
    Texts,
    amounts,
    chosen,
    digits,
    joined,
    picked,
    same,
)
from synthetic.writing.landing import Landing, Sending

BLOCK = 30_000  # donations made at a time
PERIOD = 90  # days in one sending
MILLION = 1_000_000  # numbers that a facility has in a year
OPENS = {"CENTRE-02": 14}  # the hour, in universal time, where it is not seven
OWN_WAY = 2  # the centre that numbers its recovered plasma in its own way
ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
VALUES = np.zeros(256, np.int64)
VALUES[np.frombuffer(ALPHABET, np.uint8)] = np.arange(len(ALPHABET))
WEIGHTS = np.array([2 ** (13 - place) % 37 for place in range(13)])  # of ISO 7064 mod 37-2
RULES = ("D05.sex", "D07", "D07.earlier", "D11")
# Recovered plasma has no such limits here.
RULES_OF_SOURCE = ("D02.interval", "D02.week", "D06.exam", "D06.sample")
RULES_OF_UNITS = ("D08", "P04.draw", "P05")
LIMITS = ((0, 690), (681, 825), (794, 880))  # tenths of a kilogram, mL (FDA nomogram, 1992)


def check_characters(number: Bytes) -> Ints:
    """The ISO 7064 mod 37-2 check value of each donation number of 13 characters."""
    return np.asarray((38 - VALUES[number] @ WEIGHTS % 37) % 37)


def check_character(number: str) -> str:
    """The same for one number."""
    return chr(ALPHABET[int(check_characters(np.frombuffer(number.encode(), np.uint8)[None])[0])])


def blocks(plan: Plan) -> Iterator[tuple[Ints, tuple[int, int]]]:
    """Donations in the order of their days, never more than a block, never of two periods."""
    a_period = PERIOD * plan.per_day
    for start in range(0, plan.donations, a_period):
        end = min(start + a_period, plan.donations)
        days = (start // plan.per_day, start // plan.per_day + PERIOD)
        for at in range(start, end, BLOCK):
            yield np.arange(at, min(at + BLOCK, end)), days


def _is_own(donor: Ints, habit: Ints) -> Mask:
    return np.asarray((habit == RECOVERED) & (people.centre_of(donor) == OWN_WAY))


def _characters(plan: Plan, donation: Ints) -> tuple[Bytes, Ints]:
    """Each number as 13 characters, and 1 where it follows the centre's own way."""
    donor, habit = donor_of(plan, donation)
    # A facility has so many numbers in a year; a large plant needs several for a centre.
    facility = 1_000 * people.centre_of(donor) + donation // MILLION
    year = np.broadcast_to(np.frombuffer(b"25", np.uint8), (len(donation), 2))
    letter = np.full((len(donation), 1), ord("P"), np.uint8)
    number = np.hstack([letter, digits(facility, 4), year, digits(donation % MILLION, 6)])
    own = _is_own(donor, habit)
    number[own, :5] = np.frombuffer(b"OWN-3", np.uint8)
    number[own, 5:] = digits(donation[own], 8)
    return number, own.astype(np.int64)


def numbers(plan: Plan, donation: Ints) -> Texts:
    """Donations' numbers."""
    return joined(_characters(plan, donation)[0])


def number(plan: Plan, donation: int) -> str:
    """One donation's number."""
    return str(numbers(plan, np.array([donation]))[0].as_py())


def collected(plan: Plan, donation: Ints) -> Ints:
    """When each donation ended: in the centre's daytime."""
    donor, _ = donor_of(plan, donation)
    opens = np.array([OPENS.get(c, 7) for c in CENTRES])[people.centre_of(donor)]
    opened = day_of(plan, donation) * clock.DAY + opens * clock.HOUR
    return np.asarray(opened + plan.draws.below("collected", donation, 32_400))


def volumes(plan: Plan, donation: Ints) -> tuple[Ints, Ints]:
    """Each donation's volume collected, and its plasma alone, in mL."""
    donor, habit = donor_of(plan, donation)
    bands = np.array([b for b, _ in LIMITS])
    limit = np.array([most for _, most in LIMITS])[
        np.searchsorted(bands, people.weight(plan, donor), side="right") - 1
    ]
    less = plan.draws.below("volume", donation, 12)
    source = habit != RECOVERED
    return np.where(source, limit - less, 490 + less), np.where(
        source, (limit - less) * 10 // 11, 220 + 4 * less
    )


def send(plan: Plan, landing: Landing) -> None:
    """Donations and their units, from each centre for each period."""
    for donation, days in blocks(plan):
        centre_of = people.centre_of(donor_of(plan, donation)[0])
        for number, centre in enumerate(CENTRES):
            own = donation[centre_of == number]
            form = "csv.gz" if number == OWN_WAY else "csv"
            landing.put(Sending(centre, "donation", days, form), _rows(plan, centre, own))
            form = "parquet" if number == 1 else "csv"
            units_sent = _unit_rows(plan, centre, own)
            landing.put(Sending(centre, "plasma_unit", days, form), units_sent)
            for rule in RULES_OF_UNITS:
                landing.ledger.tally(rule, PASS, len(units_sent["unit"]))
        _tell(plan, donation, landing.ledger)


def _tell(plan: Plan, donation: Ints, ledger: Ledger) -> None:
    """All is well with these donations; what is learned later of some is told where it is sent."""
    source = int((donor_of(plan, donation)[1] != RECOVERED).sum())
    for rule in RULES:
        ledger.tally(rule, PASS, len(donation))
    for rule in RULES_OF_SOURCE:
        ledger.tally(rule, PASS, source)
        ledger.tally(rule, NOT_APPLICABLE, len(donation) - source)


def _rows(plan: Plan, centre: str, donation: Ints) -> dict[str, Texts]:
    donor, habit = donor_of(plan, donation)
    characters, own = _characters(plan, donation)
    check = picked([chr(c) for c in ALPHABET], check_characters(characters))
    said = (own == 0) & (plan.draws.below("check sent", donation, 10) > 0)
    all_ml, plasma_ml = volumes(plan, donation)
    return {
        "donation_number": joined(characters),
        "scheme": picked(("ISBT128", "own"), own),
        "check_character": chosen(said, check, None),
        "donor_key": people.keys(plan, donor),
        "centre": same(centre, len(donation)),
        "plasma_kind": picked(("source", "recovered"), (habit == RECOVERED).astype(np.int64)),
        "collected_at": clock.instants(collected(plan, donation), zone_of(centre)),
        "collected_ml": amounts(all_ml, 0),
        "plasma_ml": amounts(plasma_ml, 0),
        "donor_weight_kg": people.weights(plan, donor),
        "total_protein_g_dl": amounts(62 + plan.draws.below("protein", donation, 23), 1),
        "haemoglobin_g_dl": amounts(130 + plan.draws.below("haemoglobin", donation, 42), 1),
    }


def units(plan: Plan, donation: Ints) -> tuple[Ints, Ints, Ints]:
    """The units of donations: each unit's donation, its place (1 or 2) and its volume in mL."""
    two = plan.draws.below("two units", donation, 7) == 0
    of = np.repeat(donation, 1 + two)
    place = np.ones(len(of), np.int64)
    # The second of two units stands right behind the first.
    place[1:][of[1:] == of[:-1]] = 2
    plasma = np.repeat(volumes(plan, donation)[1], 1 + two)
    # So that two units hold all of it, also where it is odd.
    half = plasma // 2
    return (
        of,
        place,
        np.where(np.repeat(two, 1 + two), np.where(place == 1, half, plasma - half), plasma),
    )


def unit_numbers(plan: Plan, donation: Ints, place: Ints) -> Texts:
    """Units' numbers: the donation's, and the container's place."""
    return joined(_characters(plan, donation)[0], b"-", digits(place, 1))


def _unit_rows(plan: Plan, centre: str, donation: Ints) -> dict[str, Texts]:
    of, place, volume = units(plan, donation)
    frozen = collected(plan, of) + 3_600 + plan.draws.below("frozen", of, 14_400)
    return {
        "unit": unit_numbers(plan, of, place),
        "donation_number": numbers(plan, of),
        "volume_ml": amounts(volume, 0),
        "frozen_at": clock.instants(frozen, zone_of(centre)),
        "storage_max_c": amounts(-350 + plan.draws.below("storage", of, 120), 1),
        "shipping_max_c": amounts(-300 + plan.draws.below("shipping", of, 180), 1),
        "above_limit_h": amounts(np.zeros(len(of), np.int64), 1),
    }
