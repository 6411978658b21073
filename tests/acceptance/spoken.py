"""Small worlds that are told in rounds, and what persons say of their rows in between: many worlds in
one database, each with numbers of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from lots.pipeline.evaluate import evaluate
from lots.pipeline.link import link_again
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.lineage import linking
from lots.store.standing import resolving, retracting
from tests.acceptance.accounts import Account
from tests.builders import NOW, table, take, write
from tests.walk.columns import KEYS
from tests.walk.linking import Key
from tests.walk.walk import Said, Walk

KEEP = "keep"
DECLARED = {"corrected_by": "QA", "correction_reason": "QA"}
# What tells one world from another: each of these ends in the world's number.
NUMBERED = ("lot_number", "serial", "new_serial", "dispensing", "administration", "patient_key")
At = tuple[str, Key]
RECORDS = (
    *("lot", "pack", "relabelling", "dispensing"),
    *("administration", "administration_vial"),
)
VERSIONS = """
SELECT encode(v.content, 'hex'), coalesce(s.why, ''), c.possible, r.due, {1}
FROM accepted.{0} AS v
LEFT JOIN judged.superseded AS s ON s.record = :record AND s.receipt = v.receipt AND s.line = v.line
LEFT JOIN judged.contested AS c ON c.record = :record AND c.key = jsonb_build_array({1})
LEFT JOIN judged.retracted AS r ON r.record = :record AND r.key = jsonb_build_array({1})
WHERE {2}
"""


@dataclass(frozen=True, repr=False)
class Version:
    """A row, who sends it, and in which round it arrives."""

    record: str
    sender: str
    row: Mapping[str, str]
    round: int = 0

    def __repr__(self) -> str:
        """Short: a world of many is printed where it fails."""
        said = " ".join(f"{name}={value}" for name, value in self.row.items() if value)
        return f"<{self.round} {self.sender} {self.record} {said}>"

    def of_world(self, number: int) -> "Version":
        """The same of another world."""
        own = {
            name: f"{value}-{number}"
            if name in NUMBERED and value not in ("", "unknown")
            else value
            for name, value in self.row.items()
        }
        return replace(self, row=own)

    @property
    def at(self) -> At:
        """The record and key that it is of."""
        return self.record, tuple(self.row[name] for name in KEYS[self.record])


@dataclass(frozen=True)
class Word:
    """A person's word on a version of a world, by its place there, after a round: a retraction with
    what was said of it since, all of that after the last round; or which version a decision keeps.
    """

    place: int
    kind: str
    by: str = "A"
    since: tuple[tuple[str, str], ...] = ()
    round: int = 0


@dataclass(frozen=True)
class OfKey:
    """What is said of a key: of each version, by its content, why it does not stand; and of it all."""

    why: dict[str, str]
    possible: bool
    awaited: bool


@dataclass(frozen=True)
class World:
    """Rows, and what persons say of them."""

    versions: tuple[Version, ...]
    words: tuple[Word, ...]

    def numbered(self, number: int) -> "World":
        """This world with numbers of its own."""
        return replace(self, versions=tuple(v.of_world(number) for v in self.versions))


def tell(site: Settings, folder: Path, worlds: Sequence[World], rounds: int) -> None:
    """Receive the worlds round by round, and say what persons say of what has arrived by then."""
    told: dict[tuple[int, int], resolving.Row] = {}
    open_ones: dict[tuple[int, Word], int] = {}
    for turn in range(rounds):
        told |= _received(site, folder, worlds, turn)
        with engine(settings=site).begin() as connection:
            linking.lock(connection)
            affected = _retracted(connection, worlds, told, open_ones, turn)
            if turn == rounds - 1:
                affected += _said_since(connection, worlds, told, open_ones)
        _linked_again(site, affected)
        evaluate(site, now=NOW)


def _received(
    site: Settings, folder: Path, worlds: Sequence[World], turn: int
) -> dict[tuple[int, int], resolving.Row]:
    """Where each row of a round was told: a file for each record and sender, of all worlds."""
    files: dict[tuple[str, str], list[tuple[int, int, Mapping[str, str]]]] = defaultdict(list)
    for n, world in enumerate(worlds):
        for place, version in enumerate(world.versions):
            if version.round == turn:
                files[version.record, version.sender].append((n, place, version.row))
    paths = {
        write(
            folder / sender,
            f"{record}-{turn}.csv",
            table(dict.fromkeys(record_of(record).required, ""), [row for *_, row in rows]),
        ): rows
        for (record, sender), rows in files.items()
    }
    found = {}
    for taken, rows in zip(take(site, *paths, sender=""), paths.values(), strict=True):
        assert taken.status == "accepted", taken
        for line, (n, place, _) in enumerate(rows, 2):
            found[n, place] = (taken.receipt, line)
    return found


Affected = list[tuple[str, list[int]]]


def _retracted(
    connection: Connection,
    worlds: Sequence[World],
    told: Mapping[tuple[int, int], resolving.Row],
    open_ones: dict[tuple[int, Word], int],
    turn: int,
) -> Affected:
    """Note the retractions of a round, each derived at once."""
    found = []
    for n, word in ((n, word) for n, world in enumerate(worlds) for word in world.words):
        if word.kind != KEEP and word.round == turn:
            record = record_of(worlds[n].versions[word.place].record)
            row = _accepted(connection, told[n, word.place])
            said = resolving.Word(word.by, "slip", NOW)
            open_ones[n, word] = retracting.retract(connection, record, row, word.kind, said)
            found.append((record.name, resolving.derive_again(connection, record, [row], NOW)))
    return found


def _said_since(
    connection: Connection,
    worlds: Sequence[World],
    told: Mapping[tuple[int, int], resolving.Row],
    open_ones: Mapping[tuple[int, Word], int],
) -> Affected:
    """Say what is said of retractions, and decide, once everything has arrived."""
    found = []
    for n, word in ((n, word) for n, world in enumerate(worlds) for word in world.words):
        version = worlds[n].versions[word.place]
        record, row = record_of(version.record), _accepted(connection, told[n, word.place])
        for what, who in word.since:
            said = resolving.Word(who, "seen", NOW)
            retracting.say(connection, open_ones[n, word], what, said)
            found.append((record.name, resolving.derive_again(connection, record, [row], NOW)))
        if word.kind == KEEP:
            said = resolving.Word(word.by, "seen", NOW)
            key = version.at[1]
            found.append((record.name, resolving.decide(connection, record, key, row, said)))
    return found


def _accepted(connection: Connection, line: resolving.Row) -> resolving.Row:
    """The row itself, where the line only repeated it."""
    found = retracting.row_of(connection, line)
    assert found is not None, line
    return found[1]


def _linked_again(site: Settings, affected: Affected) -> None:
    """As the verbs link after each word; here after all of a round, a record at a time."""
    receipts: dict[str, set[int]] = defaultdict(set)
    for name, numbers in affected:
        receipts[name].update(numbers)
    for name, of_record in receipts.items():
        with engine(settings=site).begin() as connection:
            linking.lock(connection)
            link_again(connection, {name: sorted(of_record)})


def said_of(worlds: Iterable[World]) -> dict[At, Said]:
    """The same words for the walk, which is told them after all rows."""
    found: dict[At, Said] = defaultdict(Said)
    for world in worlds:
        for word in world.words:
            version = world.versions[word.place]
            said, row = found[version.at], dict(version.row)
            if word.kind == KEEP:
                said.kept = row
            else:
                said.retractions.append((row, word.kind, word.by, word.since))
    return dict(found)


def of_one(key: Iterable[str], numbers: Iterable[int]) -> bool:
    """Whether a key is of one of these worlds."""
    ends = tuple(f"-{number}" for number in numbers)
    return any(part.endswith(ends) for part in key)


def of_worlds(told: Account, numbers: Iterable[int]) -> Account:
    """An account of these worlds alone: what one drawn before them told stays in the database.
    Without findings of contests: one that something else has ended since was seen all the same.
    """
    own = set(numbers)

    def mine(key: Iterable[str]) -> bool:
        return of_one(key, own)

    return Account(
        accepted={},
        known={},
        refused=told.refused,
        findings={f for f in told.findings if f[0] != "contested" and mine(f[2])},
        parked={p for p in told.parked if mine(p[1])},
        contested={c for c in told.contested if mine(c[1])},
        superseded={at: n for at, n in told.superseded.items() if mine(at[1])},
        links={link for link in told.links if mine(link[1])},
        descendants={},
    )


def of_keys(site: Settings, numbers: Iterable[int]) -> dict[At, OfKey]:
    """What the database holds of the keys of these worlds."""
    ends = [f"%-{number}" for number in numbers]
    with engine("lots_discloser", site).connect() as connection:
        found: dict[At, OfKey] = {}
        for name in RECORDS:
            key = ", ".join(f"v.{c}::text" for c in KEYS[name])
            mine = " OR ".join(f"v.{c}::text LIKE ANY (CAST(:ends AS text[]))" for c in KEYS[name])
            asked = {"ends": ends, "record": name}
            versions = connection.execute(sa.text(VERSIONS.format(name, key, mine)), asked)
            for content, why, possible, due, *of in versions:
                told = found.setdefault((name, tuple(of)), OfKey({}, bool(possible), bool(due)))
                told.why[content] = why
    return found


def of_keys_walked(walked: Walk) -> dict[At, OfKey]:
    """The same of the walk."""
    found = {}
    for at, contents in walked.contents.items():
        said = walked.accepted.status(*at)
        why = {content: said.why.get(n, "") for n, content in enumerate(contents)}
        found[at] = OfKey(why, said.possible, said.awaited)
    return found
