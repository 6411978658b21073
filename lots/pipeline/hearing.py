"""Who is in scope of an answer, and who of them has not been heard whole (docs/certificate.md)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from lots.answers import Heard, LotName, NotHeard, Whereabouts
from lots.pipeline.belongs import NEVER, Began
from lots.records import records
from lots.store.answers import came, open_ends, read_once, statements
from lots.store.answers.holders import Held
from lots.store.answers.open_ends import End
from lots.store.engine import Connection

SHOWN = 3
NOBODY = "?"  # who has a pack, where nobody tells it (docs/counting.md)
UNNUMBERED = "it has numbered no sending: nobody can tell whether all has arrived"
UNREAD = {
    "refused": "refused whole",
    "abandoned": "given up, and missing",
    "all_refused": "refused, row by row",
    "in part": "refused in part: nobody knows all that it announced",
}
# Where a pack is at its end, or given: whoever was not heard tells nothing more of it.
ENDED = ("given", "relabelled", "destroyed", "lost", "wasted", "returned by count")


@dataclass(frozen=True, slots=True)
class Scope:
    """What decides who is in scope: records of the path, those of them above packs, the lots; from
    when on it must be heard; of what tells where packs went its open ends, and whether a row of it
    was refused or is awaited.
    """

    records: frozenset[str]
    making: frozenset[str]
    nodes: Set[int]
    began: Began = NEVER
    held: Sequence[End] = ()
    refused: bool = False
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """A sender in scope who has not been heard whole, and why. above: whether it sends rows above
    packs, so that which lots there are is open. lines: whether it sends lines of vials, or nothing,
    so that which vials were used is. untold: whether it may have more packs than are counted there.
    """

    sender: str
    reasons: tuple[str, ...]
    above: bool
    lines: bool
    untold: bool = False


@dataclass(frozen=True, slots=True)
class Hearing:
    """From when and until when all in scope were heard, or until the instant asked for, and who was not
    heard whole.
    """

    since: datetime | None
    through: datetime
    asked: bool
    silent: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a sender has sent or announced: its records, those of each file, files of which nothing
    was accepted (file, record, status).
    """

    records: frozenset[str]
    by_file: dict[str, frozenset[str]]
    unread: tuple[tuple[str, str, str], ...]  # file, record, status


def hear(connection: Connection, scope: Scope, through: datetime | None, now: datetime) -> Hearing:
    """Look at each sender in scope."""
    of_senders = read_once.once(connection, "sent", lambda: _sent(connection))
    sent = defaultdict(lambda: Sent(frozenset(), {}, ()), of_senders)
    heard = statements.heard(connection)
    in_scope = {one.sender for one in heard if sent[one.sender].records & (scope.records | {""})}
    others = [one.sender for one in heard if one.sender not in in_scope]
    # Also who never sent a row of the path: what they had of it may have been given there.
    in_scope |= set(statements.who_had_packs(connection, others, scope.nodes))
    perhaps = _perhaps(connection, scope)
    in_scope |= perhaps & {one.sender for one in heard}
    mine = [one for one in heard if one.sender in in_scope]
    ends = [one.heard_to for one in mine if one.heard_to is not None]
    # The day to which all were heard, since with normal lateness nobody was heard until now
    # (docs/decisions/certificate.md).
    until = through or min(ends, default=now)
    silent = [
        _silence(one, sent[one.sender], scope, reasons)
        for one in mine
        if (reasons := unheard(one, sent[one.sender], scope, until))
    ]
    silent += [_stranger(party) for party in sorted(perhaps - in_scope - {NOBODY})]
    if NOBODY in perhaps or statements.with_nobody_named(connection, scope.nodes):
        why = "nobody tells who has packs of these lots, so that it cannot be heard"
        silent.append(Silence(NOBODY, (why,), above=False, lines=True))
    told = (replace(one, untold=one.sender in perhaps) for one in silent)
    unheard_of = {one.sender for one in silent}
    whole = [one for one in mine if one.sender not in unheard_of]
    return Hearing(_first(whole), until, through is not None, tuple(told))


def _first(heard: Iterable[Heard]) -> datetime | None:
    """From when on all of these tell; None where one does not say."""
    starts = [one.heard_from for one in heard]
    return None if None in starts else max((at for at in starts if at), default=None)


def _perhaps(connection: Connection, scope: Scope) -> set[str]:
    """Who may have packs of these lots that are counted nowhere: by open ends that tell where packs
    went, by what is told in packages by count, and by rows that were refused, or are awaited.
    """
    found = came.untold(connection, scope.held, scope.nodes)
    if scope.refused:
        found |= came.refused(connection, scope.nodes)
    return found | ({NOBODY} if scope.awaited else set())


def _silence(one: Heard, sent: Sent, scope: Scope, reasons: Sequence[str]) -> Silence:
    above = bool(sent.records & (scope.making | {""}))
    # Of who sends nothing of the path nobody knows what it would tell.
    nothing = not sent.records & scope.records
    lines = nothing or bool(sent.records & (open_ends.OF_LINES | {""}))
    return Silence(one.sender, tuple(reasons), above, lines)


def _stranger(party: str) -> Silence:
    return Silence(party, (UNNUMBERED,), above=False, lines=True)


def _sent(connection: Connection) -> dict[str, Sent]:
    by_file: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    unread: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    known = {*records()}
    # Announced last: of a file that arrived its own record is known, whatever was announced.
    for row in sorted(statements.sent_by(connection), key=lambda one: one.announced):
        found = by_file[row.sender][row.file_name]
        if row.record in known:
            found.add(row.record)
        elif not (row.announced and found):
            found.add("")
        if row.unread:
            unread[row.sender].append((row.file_name, row.record, row.status))
    return {
        sender: Sent(
            frozenset().union(*files.values()),
            {name: frozenset(of) for name, of in files.items()},
            tuple(unread[sender]),
        )
        for sender, files in by_file.items()
    }


def unheard(heard: Heard, sent: Sent, scope: Scope, until: datetime) -> list[str]:
    """Why a sender has not been heard whole; empty where it has."""
    matters = scope.records | {""}
    found = [
        f"{name} was {UNREAD.get(status, 'received, and is not concluded')}"
        for name, record, status in sent.unread
        if record in matters
    ]
    if heard.heard_to is None:
        # Without numbers what is missing cannot be seen, whatever came.
        return [*found, UNNUMBERED]

    since = _since(sent, scope)
    if since and (heard.heard_from is None or heard.heard_from > since):
        found.append(_from(heard.heard_from))

    def of_path(names: Iterable[str]) -> list[str]:
        return [n for n in names if sent.by_file.get(n, frozenset({""})) & matters]

    if heard.missing_sequences:
        found.append(_missing(heard))
    found += _few(of_path(heard.not_arrived), "was announced and has not been accepted")
    found += _few(of_path(heard.counts_differ), "has not as many rows as announced")
    if heard.heard_to < until:
        found.append(f"it has been heard until {heard.heard_to:%Y-%m-%d %H:%M} UTC only")
    return found


def _since(sent: Sent, scope: Scope) -> datetime | None:
    """From when on a sender must be heard: everybody since there are packs, and who tells of what is
    above them since there is anything.
    """
    above = scope.began.above if sent.records & (scope.making | {""}) else None
    return above or scope.began.packed


def _from(heard_from: datetime | None) -> str:
    if heard_from is None:
        return "it does not say from when on it tells"
    return f"it has been heard from {heard_from:%Y-%m-%d %H:%M} UTC on only"


def _missing(heard: Heard) -> str:
    """Which sendings are missing: by its number a sender knows what it is asked for."""
    if heard.missing_sequences == 1:
        return (
            f"number {heard.first_missing} of its {heard.last_sequence:,} sendings has not arrived"
        )
    return (
        f"{heard.missing_sequences:,} of its {heard.last_sequence:,} sendings have not arrived,"
        f" the first of them number {heard.first_missing}"
    )


def _few(names: Sequence[str], what: str) -> list[str]:
    more = len(names) - SHOWN
    found = [f"{name} {what}" for name in names[:SHOWN]]
    return [*found, f"{more:,} more like it"] if more > 0 else found


def at_most_there(silent: Iterable[Silence], held: Held) -> tuple[NotHeard, ...]:
    """How many packs are with each of them at most, by where packs were last known to be."""
    by_party: dict[str, list[Whereabouts]] = defaultdict(list)
    # Who has, or had, packs of nobody knows how many vials.
    vague = {party for lot, party in held.missed if lot in held.unsaid}
    for place in held.places:
        holders = {*place.holder.split(", ")}
        # Of what was counted to be none, too, nobody knows then how much had come.
        told = place.packs or not place.serials
        vague |= holders if told and place.lot in held.unsaid else set()
        for party in holders if not _ended(place) else ():
            by_party[party].append(place)
    found = []
    for one in silent:
        there = by_party.get(one.sender, [])
        missed = [(lot, n) for (lot, party), n in held.missed.items() if party == one.sender]
        packs = sum(w.packs for w in there)
        # Whoever had a pack of nobody knows how many vials may have used some, wherever it is now.
        known = not (one.untold or one.sender in vague or held.sizeless)
        vials = _vials(there, missed, held) if known else None
        found.append(NotHeard(one.sender, one.reasons, packs, vials))
    return tuple(found)


def _vials(
    there: Sequence[Whereabouts], missed: Iterable[tuple[LotName, int]], held: Held
) -> int | None:
    """How many vials packs hold at most: of one that was told by count nobody knows which it is."""
    total = sum(place.vials for place in there if place.serials)
    by_count = [(place.lot, place.packs) for place in there if not place.serials]
    for lot, packs in (*by_count, *missed):
        size = held.largest.get(lot)
        if size is None and packs:
            return None
        total += packs * (size or 0)
    return total


def _ended(place: Whereabouts) -> bool:
    return any(place.whereabouts.startswith(word) for word in ENDED)
