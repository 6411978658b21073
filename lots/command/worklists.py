"""The verbs that list what waits for a person, and what was received and heard."""

from argparse import Namespace
from dataclasses import replace
from typing import Any, TypeVar

from lots.answers import Heard, Listed
from lots.answers import lists as rows
from lots.answers.balance import Balance, BalancePart
from lots.command.beginning import reading
from lots.errors import CallError
from lots.settings import settings

Kind = TypeVar("Kind")
Answer = tuple[Kind, int]  # and the exit code
Row = TypeVar("Row")
OfRule = TypeVar("OfRule")
Waiting = Listed[Row] | Listed[OfRule] | Listed[rows.Counted]  # the things, or how many there are
Findings = Listed[rows.PackFinding] | Waiting[rows.OneFinding, rows.FindingsOfRule]

SCREEN = 40  # rows of a list that are asked for where nobody says how many: a screen has no more


def _listed(name: str) -> Answer[Listed[Any]]:
    from lots.pipeline.lists import listed

    reading()
    found: Listed[Any] = listed(settings(), name)
    return found, 0


def _waiting(name: str, options: Namespace, rule: str = "") -> Answer[Listed[Any]]:
    """What waits for a person: a screen of it, or as many as are wanted; or counted."""
    from lots.pipeline import lists

    reading()
    sender: str = options.sender if name in lists.SENDERS else ""
    if options.by:
        if alone := rule or sender:
            raise CallError(f"'{alone}' and --by {options.by}: expected one of the two, got both.")
        return cut(lists.counted(settings(), name, options.by), options), 0
    found = lists.waiting(settings(), name, rule=rule, sender=sender, most=_most(options))
    return replace(found, screen=_most(options) == SCREEN), 0


def cut(found: Listed[Row], options: Namespace) -> Listed[Row]:
    """A list that was read whole, to as many rows as are wanted."""
    most = _most(options)
    kept = found.rows if most is None else found.rows[:most]
    more = len(found.rows) - len(kept)
    return replace(found, rows=kept, more=more, screen=most == SCREEN)


def _most(options: Namespace) -> int | None:
    """How many rows of a list are told: for a program all, unless it says how many."""
    # A program is not told of a cut, and would take the part for the whole
    # (docs/decisions/worklists.md).
    if options.limit or options.all or options.json:
        return options.limit or None
    return SCREEN


def refused(options: Namespace) -> Answer[Listed[rows.Refused] | Listed[rows.Counted]]:
    """What cannot be used."""
    return _waiting("refused", options)


def findings(options: Namespace) -> Answer[Findings]:
    """What sound records tell that is out of limits."""
    return _waiting("findings", options, options.rule)


def pending(options: Namespace) -> Answer[Waiting[rows.Pending, rows.PendingOfRule]]:
    """What rules across records wait for."""
    return _waiting("pending", options)


def parked(options: Namespace) -> Answer[Waiting[rows.Parked, rows.ParkedLinks]]:
    """Links whose target has not arrived."""
    return _waiting("parked", options)


def contested(options: Namespace) -> Answer[Waiting[rows.Contested, rows.ContestedKeys]]:
    """Keys whose versions contradict each other."""
    return _waiting("contested", options)


def held(options: Namespace) -> Answer[Listed[rows.Held]]:
    """Each unit, lot and case that is held."""
    from lots.pipeline import lists

    reading()
    found = lists.held(settings(), _most(options), options.holds)
    return replace(found, screen=_most(options) == SCREEN), 0


def balance(options: Namespace) -> Answer[Listed[Balance] | Listed[BalancePart]]:
    """Where every vial of a lot is, or which lots are not explained."""
    from lots.pipeline import balance as balances

    reading()
    if options.lot:
        return balances.balance_of(settings(), options.lot), 0
    most = _most(options)
    return replace(balances.balance(settings(), most=most), screen=most == SCREEN), 0


def receipts(_: Namespace) -> Answer[Listed[rows.ReceivedOfRecord]]:
    """What was received, by record type."""
    return _listed("receipts")


def heard(_: Namespace) -> Answer[Listed[Heard]]:
    """How far each sender has been heard."""
    return _listed("heard")
