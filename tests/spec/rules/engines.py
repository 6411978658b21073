"""What two engines say of a drawn case: the plain walk of its world alone, PostgreSQL of all worlds
together.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lots.records import record as record_of
from lots.rules import OUTCOMES, SUBJECTS, rule, rules
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake.staging import run
from lots.store.rules import scopes
from lots.store.rules.evaluation import verdict
from tests.builders import table, take, write
from tests.spec.rules.drawn import NONE, Row, Table
from tests.walk.linking import Accepted
from tests.walk.reading import as_ours
from tests.walk.rules import outcomes
from tests.walk.values import key_of, values
from tests.walk.world import World

Subject = tuple[str, ...]
Said = dict[tuple[str, Subject], str]  # by rule and subject; a pending one with its due day
STORED = ("pending", "notice", "finding")  # what passed and what did not apply is not kept
REFERENCE = {"citation": "drawn", "prepared_by": "QA-1", "approved_by": "QA-2"}


def accepted(rows: Iterable[Row]) -> Accepted:
    """What the walk accepts of some rows, of a sender without a profile."""
    found = Accepted()
    for record, sent in rows:
        row = values(record, as_ours(record, sent, {}))
        key = key_of(record, row)
        assert key is not None, (record, sent)
        found.versions.setdefault(record, {}).setdefault(key, []).append(row)
    return found


def of_walk(table: Table, rows: Iterable[Row]) -> tuple[str, ...]:
    """What the walk says of each thing that a table asks, where these rows are."""
    found = outcomes(World(accepted(rows)))
    said = (found[name].get(_key(name, key), (NONE, None)) for name, key in table.asks)
    return tuple(_in_words(*each) for each in said)


def _key(name: str, key: Subject) -> Subject:
    """A subject's key as it is kept: GTINs have fourteen digits."""
    columns = SUBJECTS[rule(name).subject]
    return tuple(
        part.zfill(14) if column == "gtin" else part
        for column, part in zip(columns, key, strict=True)
    )


def _in_words(outcome: str, due: object) -> str:
    return f"{outcome} {due}" if due else outcome


def receive(settings: Settings, folder: Path, rows: Iterable[Row]) -> None:
    """Receive rows, one file for each record, and put all rules to them once."""
    files: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for record, sent in rows:
        columns = dict.fromkeys((c.name for c in record_of(record).columns), "")
        files[record].append(columns | (REFERENCE if record_of(record).reference else {}) | sent)
    received = take(
        settings,
        *(write(folder, f"{record}-1.csv", table({}, sent)) for record, sent in files.items()),
    )
    told = [(each.file_name, each.status, each.counts) for each in received]
    assert [each for each in told if each[1] != "accepted" or each[2]["refused"]] == []


def of_database(settings: Settings) -> Said:
    """What each rule's statement answers of each subject, whatever the outcome."""
    found: Said = {}
    with engine(settings=settings).connect() as connection:
        scopes.gather(connection, None, ())
        for each in rules().values():
            key_of_subject = ", ".join(f"{column}::text" for column in each.key)
            said = f"SELECT rank, due_on, {key_of_subject} FROM ({verdict(each)}) AS said"
            answered: Iterable[Sequence[Any]] = run(connection, said)
            for rank, due, *key in answered:
                pending = OUTCOMES[rank] == "pending"
                found[each.id, tuple(key)] = _in_words(OUTCOMES[rank], due if pending else None)
        connection.rollback()
    return found


def stored(settings: Settings) -> tuple[Said, Said]:
    """What was kept of the rules' answers when the files were linked, and for what each waits."""
    kept = "SELECT rule, subject, outcome, due_on, waits_for FROM judged.outcome"
    said: Said = {}
    waits: Said = {}
    with engine(settings=settings).connect() as connection:
        for name, subject, outcome, due, waits_for in connection.execute(sa.text(kept)):
            said[name, tuple(subject)] = _in_words(outcome, due)
            if waits_for:
                waits[name, tuple(subject)] = waits_for
    return said, waits
