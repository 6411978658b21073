"""The walk's rules on screening: what was found in a donation, in its donor before, and in a pool."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.walk.donated import REACTIVE, Made, donations, minipools
from tests.walk.linking import reached
from tests.walk.measures import size
from tests.walk.values import Typed, unread
from tests.walk.world import (
    FINDING,
    PASS,
    PENDING,
    Judged,
    Outcomes,
    Verdict,
    World,
    local_day,
    one_of_each,
    pending,
    versions,
    worst,
)

RULES = (
    "D07",
    "D07.earlier",
    "D07.pooled",
    "P03",
)


NOT_EARLIER = ("anti-HBc", "syphilis")


def judged(world: World, so_far: Outcomes) -> Judged:
    """Every verdict on the tests of every donation, unit in a pool, and pool."""
    mixed, sure = minipools(world), minipools(world, sure=True)
    for key, donation in world.rows("donation"):
        for verdict in _donation(world, donation, mixed, sure):
            yield "D07", key, verdict
        for day in world.days(donation["collected_at"], donation["centre"]):
            yield "D07.earlier", key, _earlier(world, donation, day)
    for key, row in world.rows("pool_unit"):
        for given in donations(world, row["unit"]):
            yield "D07.pooled", key, _screened(given, so_far)
    for key, pool in world.rows("pool"):
        for verdict in _pool(world, pool):
            yield "P03", key, verdict


def _results(
    world: World, tested: str, number: str, marker: str, words: tuple[str, ...] = REACTIVE
) -> list[Typed]:
    """The results on something that are reactive, or of some other words."""
    return [
        result
        for result in world.find("test_result", tested=tested, tested_id=number, marker=marker)
        if result["interpretation"] in words
    ]


def _donation(
    world: World, donation: Typed, mixed: dict[Made, set[Made]], sure: dict[Made, set[Made]]
) -> Iterator[Verdict]:
    number, kind = donation["donation_number"], donation["plasma_kind"]
    within, surely = (
        reached([("donation", number)], ways) - {("donation", number)} for ways in (mixed, sure)
    )
    for zone, jurisdiction in world.places(donation["centre"]):
        day = local_day(donation["collected_at"], zone)
        asked = world.in_force(
            "screening_requirement",
            day,
            jurisdiction=jurisdiction,
            plasma_kind=kind,
            level="donation",
        )
        markers = {
            row["marker"]: _marker(world, number, within, surely, row["marker"]) for row in asked
        }
        yield from (
            _together(markers, choice, day)
            for choice in one_of_each("screening_requirement", asked)
        )


def _marker(
    world: World, number: str, within: set[Made], surely: set[Made], marker: str
) -> Verdict:
    """What is known of one marker: the donation's own results count before those of its minipools."""
    own = {("donation", number)}
    for perhaps, certainly in ((own, own), (within, surely)):
        if any(_results(world, *thing, marker) for thing in perhaps):
            return FINDING
        if any(_good(world, *thing, marker) for thing in certainly):
            return PASS
    return PENDING


def _good(world: World, tested: str, number: str, marker: str) -> bool:
    """Whether a nonreactive result is there, whichever of contested versions counts."""
    return world.certain(
        "test_result", tested=tested, tested_id=number, marker=marker, interpretation="nonreactive"
    )


def _together(markers: dict[str, Verdict], asked: Iterable[Typed], day: date | None) -> Verdict:
    """The verdict on all required markers; a pending one is due as late as the latest of its terms."""
    if not markers or FINDING in markers.values() or PENDING not in markers.values():
        return worst(list(markers.values())) if markers else PENDING
    terms = [
        row["term_days"]
        for row in asked
        if markers[row["marker"]] == PENDING and row["term_days"] is not None
    ]
    return pending(date.fromordinal(day.toordinal() + max(terms)) if day and terms else None)


def _earlier(world: World, donation: Typed, day: date | None) -> Verdict:
    if day is None or donation["donor_key"] is None:
        return PENDING
    deferrals = versions("deferral", world.of_person("deferral", "donor", donation["donor_key"]))
    sure = [several for several in deferrals if world.surely("deferral", several)]
    for before in {*_reactive_donations(world, donation), *_reactive_samples(world, donation)}:
        if before < day and not any(
            all(_requalified(row, before, day) for row in several) for several in sure
        ):
            return FINDING
    return PASS


def _requalified(deferral: Typed, after: date, until: date) -> bool:
    again = deferral["requalified_on"]
    return again is not None and after < again <= until


def _reactive_donations(world: World, donation: Typed) -> Iterator[date]:
    """The days of the person's other donations with a reactive result."""
    for other in world.of_person("donation", "donor", donation["donor_key"]):
        number = other["donation_number"]
        if number != donation["donation_number"] and any(
            map(_counts, _on(world, "donation", number))
        ):
            yield from (day for day in world.days(other["collected_at"], other["centre"]) if day)


def _reactive_samples(world: World, donation: Typed) -> Iterator[date]:
    """The days, as sent, of the reactive results on the person."""
    for key in world.person("donor", donation["donor_key"]):
        for result in _on(world, "donor", key):
            if _counts(result) and result["tested_at"]:
                yield result["tested_at"].date()


def _on(world: World, tested: str, number: str) -> list[Typed]:
    return world.find("test_result", tested=tested, tested_id=number)


def _counts(result: Typed) -> bool:
    return result["interpretation"] in REACTIVE and result["marker"] not in NOT_EARLIER


def _screened(donation: Typed | None, so_far: Outcomes) -> Verdict:
    if donation is None:
        return PENDING
    screened, earlier = (
        so_far[rule][donation["donation_number"],][0] for rule in ("D07", "D07.earlier")
    )
    if "finding" in (screened, earlier):
        return FINDING
    return PENDING if screened == "pending" else PASS


def _pool(world: World, pool: Typed) -> Iterator[Verdict]:
    for zone, jurisdiction in world.places(pool["plant"]):
        day = local_day(pool["pooled_at"], zone)
        asked = world.in_force(
            "screening_requirement", day, jurisdiction=jurisdiction, level="pool"
        )
        for choice in one_of_each("screening_requirement", asked):
            markers = {
                row["marker"]: _in_pool(
                    world, pool["pool_number"], row["marker"], _limits(choice, row["marker"])
                )
                for row in choice
            }
            yield _together(markers, choice, day)


def _limits(asked: Iterable[Typed], marker: str) -> list[Decimal]:
    return [
        row["limit_iu_ml"]
        for row in asked
        if row["marker"] == marker and row["limit_iu_ml"] is not None
    ]


def _in_pool(world: World, number: str, marker: str, limits: list[Decimal]) -> Verdict:
    """The worst result on a pool; where there is a limit, a titre that was sent is held against the
    lowest.
    """
    results = versions(
        "test_result", world.find("test_result", tested="pool", tested_id=number, marker=marker)
    )
    said = [[_of_a_result(row, limits) for row in several] for several in results]
    every = [word for several in said for word in several]
    if "above" in every:
        return FINDING
    if "apart" in every:
        return PENDING
    good = [
        [row for row, word in zip(several, words, strict=True) if word == "within"]
        for several, words in zip(results, said, strict=True)
    ]
    return (
        PASS
        if len(_plants(world, number)) < 2
        and any(world.surely("test_result", several) for several in good if several)
        else PENDING
    )


def _plants(world: World, number: str) -> set[str | None]:
    """Who has a pool of that number: a result does not say whose it is of."""
    told = {row["plant"] for row in world.find("pool", pool_number=number)}
    told |= {row["plant"] for row in world.find("pool_unit", pool_number=number)}
    nodes = {*world.above, *(node for above in world.above.values() for node in above)}
    return told | {node[0] for node in nodes if node[1:] == (number, "pool")}


def _of_a_result(result: Typed, limits: list[Decimal]) -> str:
    """Above its limit, within it, apart from it (nobody can say), or nothing."""
    word = result["interpretation"]
    if word == "invalid":
        return "nothing"
    plainly = "above" if word in REACTIVE else "within" if word == "nonreactive" else "nothing"
    if not limits or (result["value"] is None and not unread(result, "value")):
        return plainly
    side = _side(result, min(limits))
    if side == "apart":
        return "above" if word in REACTIVE else "apart"
    return (
        "within"
        if side == "within" and plainly != "nothing"
        else side
        if side == "above"
        else "nothing"
    )


def _side(result: Typed, limit: Decimal) -> str:
    """On which side of a limit a titre lies for certain."""
    titre, operator = _titre(result), result["operator"] or "="
    if titre is None or unread(result, "operator"):
        return "apart"
    if (titre > limit and operator in ("=", ">", ">=")) or (titre == limit and operator == ">"):
        return "above"
    return "within" if titre <= limit and operator in ("=", "<", "<=") else "apart"


def _titre(result: Typed) -> Fraction | None:
    """A value in IU/mL; None where it has another unit, or none."""
    theirs, ours = size(result["value_unit"] or ""), size("IU/mL")
    if result["value"] is None or theirs is None or ours is None or theirs[0] != ours[0]:
        return None
    return Fraction(result["value"]) * theirs[1] / ours[1]
