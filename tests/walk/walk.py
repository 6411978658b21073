"""A second, dumber way to the same answer: the whole pipeline as one walk over the raw files,
without the library.

It restates docs/linking.md in dicts and loops. Where it and the database differ, one of them has
misread that page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.walk import linking, standing
from tests.walk import rows as rules
from tests.walk import vials as lines
from tests.walk.ends import Refused
from tests.walk.heard import File
from tests.walk.linking import VIALS, Accepted, Key, Node
from tests.walk.meant import Meant
from tests.walk.reading import profile_of, read
from tests.walk.standing import Words
from tests.walk.values import Row, Text, content, key_of, values
from tests.walk.way import Told
from tests.walk.words import Retraction, words

Link = tuple[str, Key, Node, str, str, str | None]


@dataclass
class Said:
    """What persons said of the versions of one key, each named by the row that it is of: (row, kind,
    by, since), and which row a decision kept.
    """

    retractions: list[tuple[Text, str, str, tuple[tuple[str, str], ...]]] = field(
        default_factory=list
    )
    kept: Text | None = None


@dataclass
class Walk:
    """All that the walk found out."""

    accepted: Accepted = field(default_factory=Accepted)
    known: dict[str, int] = field(default_factory=dict)
    refused: set[tuple[str, int]] = field(default_factory=set)
    findings: set[tuple[str, str, Key]] = field(default_factory=set)
    contents: dict[tuple[str, Key], dict[str, Row]] = field(default_factory=dict)
    parked: set[tuple[str, Key, str]] = field(default_factory=set)
    links: dict[Link, int] = field(default_factory=dict)  # with their vials
    edges: dict[Node, set[Node]] = field(default_factory=dict)
    rows_refused: list[Refused] = field(default_factory=list)
    files: list[File] = field(default_factory=list)


def walk(
    landing: Path,
    profiles: Path,
    received_at: datetime,
    meant: dict[tuple[str, Key], list[Meant]] | None = None,
    said: Mapping[tuple[str, Key], Said] | None = None,
) -> Walk:
    """Walk every file of OUT/landing/<sender>/ once, all received at one moment; meant: what persons
    said of parked lines; said: of rows, after all of them.
    """
    done = Walk(Accepted(meant=meant or {}))
    for path in sorted(p for p in landing.rglob("*") if p.is_file()):
        sender = path.parent.name
        record, rows = read(path, profile_of(profiles, sender))
        done.files.append(File(sender, path.name, record, len(rows) or None))
        for line, text in rows:
            if text is None or not _accept(done, record, text, received_at, sender):
                done.refused.add((f"{sender}/{path.name}", line))
                done.rows_refused.append(Refused(record, text, f"{sender}/{path.name}", line))
    for (record, key), told in (said or {}).items():
        places = [*done.contents[record, key]]
        done.accepted.words[record, key] = _words(record, key, done, places, told)
    _link(done)
    return done


def _accept(done: Walk, record: str, text: Text, received_at: datetime, sender: str) -> bool:
    """Take a row, unless it is refused; the same content of the same key is already known."""
    row = values(record, text)
    key = key_of(record, row)
    if key is None or rules.refused(record, text, row):
        return False
    said = content(record, text, row)
    contents = done.contents.setdefault((record, key), {})
    first = contents.setdefault(said, row)
    first.senders |= {sender}
    if first is not row:
        done.known[record] = done.known.get(record, 0) + 1
        return True
    done.accepted.versions.setdefault(record, {}).setdefault(key, []).append(row)
    done.findings |= {
        (rule, record, key)
        for rule in rules.findings(record, text, row, received_at)
        if not standing.retracts(row) or standing.is_put_to_retractions(record, rule)
    }
    return True


def _words(record: str, key: Key, done: Walk, places: Sequence[str], told: Said) -> Words:
    def place(text: Text) -> int:
        return places.index(content(record, text, values(record, text)))

    retractions = [
        Retraction(place(text), kind, by, since) for text, kind, by, since in told.retractions
    ]
    decided = None
    if told.kept is not None:
        kept = place(told.kept)
        decided = (kept, {*range(len(places))} - {kept})
    return words(record, done.accepted.versions[record][key], retractions, decided)


def _link(done: Walk) -> None:
    done.edges = linking.edges(done.accepted)
    done.parked = set(linking.parked(done.accepted))
    for record in VIALS:
        for (name, key, lot, basis, state, patient), count in lines.vials(done.accepted, record):
            if lot is None:
                done.parked.add((name, key, basis))
                continue
            link = (name, key, lot, basis, state, patient)
            # Of two that contradict each other, the worse.
            done.links[link] = max(count, done.links.get(link, 0))
    done.findings |= {("contested", record, key) for record, key in contested(done)}


def told(done: Walk) -> Told:
    """What the walk of the certificate looks at."""
    return Told(done.accepted, done.rows_refused)


def contents(done: Walk) -> dict[str, list[str]]:
    """The hashes of each record's accepted versions, smallest first."""
    found: dict[str, list[str]] = {}
    for (record, _), hashes in done.contents.items():
        found.setdefault(record, []).extend(hashes)
    return {record: sorted(hashes) for record, hashes in found.items()}


def counts(done: Walk) -> dict[str, int]:
    """Accepted versions of each record."""
    return {record: sum(map(len, keys.values())) for record, keys in done.accepted.versions.items()}


def superseded(done: Walk) -> dict[tuple[str, Key], int]:
    """How many versions of each key do not stand."""
    found = {}
    for record, keys in done.accepted.versions.items():
        for key, versions in keys.items():
            if below := len(versions) - len(done.accepted.of(record, key)):
                found[record, key] = below
    return found


def contested(done: Walk) -> set[tuple[str, Key]]:
    """The keys of which two or more versions stand, or nobody knows whether one does."""
    return {
        (record, key)
        for record, keys in done.accepted.versions.items()
        for key in keys
        if done.accepted.status(record, key).contested
    }


def descendants(done: Walk) -> dict[tuple[str, str], set[Node]]:
    """What each pool went into that a record or an edge names."""
    named = {
        key[:2]
        for record in ("pool", "pool_unit")
        for key in done.accepted.versions.get(record, {})
    }
    named |= {node[:2] for node in done.edges if node[2] == "pool"}
    return {
        (maker, number): linking.below((maker, number, "pool"), done.edges)
        for maker, number in named
    }


def donations_of_units(done: Walk) -> list[str]:
    """Every donation that a standing plasma unit names."""
    return sorted(
        {
            str(unit["donation_number"])
            for _, unit in done.accepted.standing("plasma_unit")
            if unit["donation_number"]
        }
    )


def implicated(done: Walk, donation: str) -> set[Node]:
    """The pools that a donation reached, and all that became of them."""
    units = {
        key[0]
        for key, unit in done.accepted.standing("plasma_unit")
        if unit["donation_number"] == donation
    }
    pools = {
        (key[0], key[1], "pool")
        for key, _ in done.accepted.standing("pool_unit")
        if key[2] in units
    }
    return pools.union(*(linking.below(pool, done.edges) for pool in pools))


def patients(done: Walk, lots: set[Node]) -> tuple[set[str], set[str], set[str]]:
    """The patients, each once: given vials of some lots; else such prepared or not given; else
    dispensed to them.
    """
    found: dict[str, set[str]] = {}
    for _, _, lot, _, state, patient in done.links:
        if lot in lots and patient:
            found.setdefault(state, set()).add(patient)
    given, prepared, withheld, dispensed = (
        found.get(state, set()) for state in ("given", "prepared", "not_given", "dispensed")
    )
    prepared |= withheld
    return given, prepared - given, dispensed - prepared - given
