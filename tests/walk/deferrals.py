"""The walk's rules on what is known of a donor besides: deferrals, how far back one for a reactive result puts
donations in question, and later knowledge."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tests.walk.donated import REACTIVE, minipools, schemes
from tests.walk.linking import reached
from tests.walk.values import Typed
from tests.walk.world import (
    FINDING,
    NOTICE,
    PASS,
    PENDING,
    Judged,
    Outcomes,
    Verdict,
    World,
    add_months,
    versions,
)

RULES = (
    "D11",
    "PDI.donation",
)


AGENTS = {
    "anti-HIV-1/2": "HIV",
    "HIV-NAT": "HIV",
    "anti-HCV": "HCV",
    "HCV-NAT": "HCV",
    "HBsAg": "HBV",
    "anti-HBc": "HBV",
    "HBV-NAT": "HBV",
    "HAV-NAT": "HAV",
    "HEV-NAT": "HEV",
}


class Result(NamedTuple):
    """A result of a person: of which agent, and the first and the last day that it may be of; None
    where unknown.
    """

    agent: str | None
    first: date | None
    last: date | None


def judged(world: World, _so_far: Outcomes) -> Judged:
    """Every verdict on every donation."""
    for key, donation in world.rows("donation"):
        for day, scheme in schemes(world, donation):
            yield "D11", key, _deferred(world, donation, day, scheme)
        for day in world.days(donation["collected_at"], donation["centre"]):
            yield "PDI.donation", key, _information(world, donation, day)


def _deferred(world: World, donation: Typed, day: date | None, scheme: Typed | None) -> Verdict:
    if day is None or donation["donor_key"] is None:
        return PENDING
    deferrals = [
        row
        for row in world.of_person("deferral", "donor", donation["donor_key"])
        if row["deferred_from"]
    ]
    if any(_lasts(deferral, day) for deferral in deferrals):
        return FINDING
    if scheme is None:
        return PENDING
    if not _in_window(world, donation["donor_key"], day, scheme["lookback_months"]):
        return PASS
    return NOTICE if _all_pooled(world, donation) else FINDING


def _lasts(deferral: Typed, day: date) -> bool:
    until, again = deferral["deferred_until"], deferral["requalified_on"]
    return bool(
        deferral["deferred_from"] <= day
        and (not until or until >= day)
        and (not again or again > day)
    )


def _all_pooled(world: World, donation: Typed) -> bool:
    number = donation["donation_number"]
    units = world.find("plasma_unit", donation_number=number)
    has_some = world.certain("plasma_unit", donation_number=number)
    return has_some and all(world.find("pool_unit", unit=unit["unit"]) for unit in units)


def _information(world: World, donation: Typed, day: date | None) -> Verdict:
    if world.find("post_donation_information", donation_number=donation["donation_number"]):
        return NOTICE
    known = world.of_person("post_donation_information", "donor", donation["donor_key"])
    since = [information["effective_on"] for information in known]
    return NOTICE if any(not on or not day or on <= day for on in since) else PASS


def _in_window(world: World, donor: str, day: date, months: int | None) -> bool:
    """Whether a day is in the look-back window of a deferral of the person with this key."""
    if months is None:
        return False
    deferrals = world.of_person("deferral", "donor", donor)
    return any(
        _covers(world, donor, deferral["deferred_from"], day, months)
        for deferral in deferrals
        if deferral["cause"] == "reactive_result" and deferral["deferred_from"]
    )


def _covers(world: World, donor: str, deferred: date, day: date, months: int) -> bool:
    if day >= deferred:
        return False
    since = _requalified(world, donor, deferred)
    bad = [
        result
        for result in _bad(world, donor)
        if result.first is None
        or (result.first <= deferred and (since is None or result.first >= since))
    ]
    if not bad:
        return True
    return any(
        _from(world, donor, agent, bad, months) <= day for agent in {r.agent for r in bad} if agent
    )


def _requalified(world: World, donor: str, until: date) -> date | None:
    """The day on which a person was last requalified, by every version of a deferral."""
    days = []
    for several in versions("deferral", world.of_person("deferral", "donor", donor)):
        told = [row["requalified_on"] for row in several]
        if world.surely("deferral", several) and all(told) and max(told) <= until:
            days.append(min(told))
    return max(days, default=None)


def _from(world: World, donor: str, agent: str, bad: list[Result], months: int) -> date:
    days = [result.first for result in bad if result.agent == agent]
    first = min((day for day in days if day), default=None)
    if None in days or first is None:
        return date.min
    good = [
        result.first
        for result in _good(world, donor)
        if result.agent == agent and result.first and result.last and result.last < first
    ]
    return add_months(max(good), -months) if good else date.min


def _bad(world: World, donor: str) -> Iterator[Result]:
    """Every reactive result, on each day that it may be of."""
    for donation in world.of_person("donation", "donor", donor):
        for row in world.find(
            "test_result", tested="donation", tested_id=donation["donation_number"]
        ):
            if row["interpretation"] in REACTIVE:
                for day in world.days(donation["collected_at"], donation["centre"]):
                    yield Result(AGENTS.get(row["marker"]), day, day)
    for key in world.person("donor", donor):
        for row in world.find("test_result", tested="donor", tested_id=key):
            if row["interpretation"] in REACTIVE:
                day = row["tested_at"].date() if row["tested_at"] else None
                yield Result(AGENTS.get(row["marker"]), day, day)


def _good(world: World, donor: str) -> Iterator[Result]:
    """Every good result that nobody contradicts."""
    mixed = minipools(world, sure=True)
    for several in versions("donation", world.of_person("donation", "donor", donor)):
        days = [day for row in several for day in world.days(row["collected_at"], row["centre"])]
        if not world.surely("donation", several) or None in days:
            continue
        known = [day for day in days if day]
        for kind, number in reached([("donation", several[0]["donation_number"])], mixed):
            yield from (
                Result(agent, min(known), max(known)) for agent, _ in _on(world, kind, number)
            )
    for key in world.person("donor", donor):
        for agent, rows in _on(world, "donor", key):
            tested: list[date] = [row["tested_at"].date() for row in rows if row["tested_at"]]
            if len(tested) == len(rows):
                yield Result(agent, min(tested), max(tested))


def _on(world: World, tested: str, number: str) -> Iterator[tuple[str, list[Typed]]]:
    """The agent and all versions of each result on something that is nonreactive by all of them."""
    good = [
        row
        for row in world.find("test_result", tested=tested, tested_id=number)
        if row["interpretation"] == "nonreactive" and row["marker"] in AGENTS
    ]
    for several in versions("test_result", good):
        if world.surely("test_result", several):
            yield AGENTS[several[0]["marker"]], several
