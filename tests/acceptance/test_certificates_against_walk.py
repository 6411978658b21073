"""What an answer says about itself: the database and the walk say the same of the same worlds, of each
figure's bounds, each reason and its group, who was not heard, and whether the answer is complete.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from lots.questions import implicating
from lots.settings import Settings
from lots.store.engine import Connection
from tests.acceptance import told_rows
from tests.acceptance.apart import Apart, named
from tests.acceptance.certificates import differences, of_database, of_walk
from tests.acceptance.drawn import Asked, differing
from tests.builders import NOW
from tests.integration import test_refused_lines as refused_lines
from tests.integration.losses import NOBODY_KNOWS, Loss, lost, world
from tests.integration.small_world import QUESTIONS, Told
from tests.unit import test_walk_certificate as chains
from tests.unit.test_walk_losses import LOSSES, without
from tests.walk import walk as walking
from tests.walk.columns import KEYS
from tests.walk.heard import File
from tests.walk.values import key_of
from tests.walk.way import Told as Walked

MANY = int(os.environ.get("CERTIFICATES", "6"))  # of each kind of world; more by hand
EVERY = 3 if MANY < 20 else 1  # of which questions one is asked in each world
SEEDS = (3, 12) if MANY < 20 else range(1, 9)


@dataclass(frozen=True)
class Lost:
    """A row of the small world that is held back, or of which a column says something else; all rows of
    a record where none is named.
    """

    record: str
    row: int | None = None
    column: str = ""
    value: str | None = None

    def of_database(self) -> Loss:
        """The statements that lose it."""
        receipt = f"(SELECT receipt FROM receiving.receipt WHERE record = '{self.record}')"
        where = f"receipt = {receipt}" + ("" if self.row is None else f" AND line = {self.row + 2}")
        if self.column:
            value = "NULL" if self.value is None else f"'{self.value}'"
            change = f"UPDATE accepted.{self.record} SET {self.column} = {value} WHERE {where}"
            return self._loss(change)
        gone = f"DELETE FROM accepted.{self.record} WHERE {where}"
        left = f"DELETE FROM receiving.arrival WHERE receipt = {receipt}"
        fewer = (
            "UPDATE receiving.receipt SET counts = jsonb_set(counts, '{rows}',"
            f" to_jsonb((counts ->> 'rows')::bigint - 1)) WHERE receipt = {receipt}"
        )
        return self._loss(gone, left if self.row is None else fewer)

    def _loss(self, *statements: str) -> Loss:
        return Loss(self.record, self.column, "lost", str(self), statements)

    def of_walk(self, folder: Path) -> tuple[Walked, list[File]]:
        """What the walk finds in the files without it."""
        done = walking.walk(folder, folder / "profiles", NOW)
        versions, files = done.accepted.versions[self.record], done.files
        if self.row is None:
            del done.accepted.versions[self.record]
            return walking.told(done), [file for file in files if file.record != self.record]
        (row,) = versions.pop([*versions][self.row])
        if self.column:
            row[self.column] = self.value
            versions[key_of(self.record, row) or ()] = [row]
            return walking.told(done), files
        return walking.told(done), [
            File(f.sender, f.name, f.record, (f.rows or 1) - (f.record == self.record))
            for f in files
        ]


def losses() -> Iterator[Lost]:
    """Each row and file of the small world that is lost, each link's value that is empty or unknown."""
    told = Told()
    for record, number in told.every():
        yield Lost(record, number)
        if number == 0:
            yield Lost(record)
        row = told.rows(record)[number]
        for column in sorted(chains.LINKED.get(record, set()) - chains.SPELLED):
            if row.get(column):
                yield Lost(record, number, column, NOBODY_KNOWS)
                if column not in KEYS[record]:
                    yield Lost(record, number, column)


def test_a_small_world_that_lost_something_is_told_alike(
    lots_settings: Settings, tmp_path: Path
) -> None:
    landing = tmp_path / "landing"
    Told().send(lots_settings, landing)
    every = [*losses()]
    wrong: list[str] = []
    with world(lots_settings) as connection:
        for nth, loss in enumerate(Random(1).sample(every, min(MANY, len(every)))):
            told, files = loss.of_walk(landing)
            with lost(connection, loss.of_database()):
                for kind, name in [*QUESTIONS.items()][nth % EVERY :: EVERY]:
                    said = of_database(connection, kind, name)
                    if said:  # of what nobody names any more nothing is asked
                        alike = differences(said, of_walk(told, files, kind, name))
                        wrong += [f"{loss}: {kind}: {one}" for one in alike]
    assert not wrong, "\n".join([f"{len(wrong)} differences", *wrong[:60]])


@pytest.mark.parametrize("seed", SEEDS)
def test_drawn_worlds_are_told_alike_whatever_is_changed(
    lots_settings: Settings, seed: int
) -> None:
    """Also where two versions contradict each other, and where a later day is asked for than anybody
    was heard to.
    """
    wrong = differing(
        lots_settings,
        seed,
        (MANY, 5 - EVERY),
        lambda drawn: sorted(asked for asked in drawn.questions() if asked[0] in implicating()),
        _differences,
    )
    assert not wrong, "\n".join([f"{len(wrong)} differences", *wrong[:60]])


def _differences(
    connection: Connection, asked: Asked, through: datetime | None = None
) -> Iterator[str]:
    told, files = told_rows.told(connection)
    for kind, name in asked:
        said = of_database(connection, kind, name, through)
        if said:  # of what nobody names any more nothing is asked
            alike = differences(said, of_walk(told, files, kind, name, through))
            yield from (f"{kind} {name}: {one}" for one in alike)


def test_refused_lines_are_told_alike(lots_settings: Settings, tmp_path: Path) -> None:
    told, wrong = Told(), list[str]()
    refused_lines.beside(told)
    records = ("administration_vial", "dispensing", "reconstitution_vial")
    for nth, (label, _) in enumerate(refused_lines.LABELS.values()):
        refused_lines.refused(told, records[nth % 3], **label)
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        for nth in range(len(refused_lines.LABELS)):
            with connection.begin_nested() as save:
                refused_lines.alone(connection, nth)
                asked = [*QUESTIONS.items()][nth % EVERY :: EVERY]
                wrong += [f"{nth}: {one}" for one in _differences(connection, asked)]
                save.rollback()
    assert not wrong, "\n".join([f"{len(wrong)} differences", *wrong[:60]])


def broken() -> tuple[list[list[str]], Asked]:
    """Two chains, of which one row or link was lost."""
    every = [
        *(lines for _, lines in chains.lost()),
        *([other for other in chains.WORLD if other != line] for line in chains.WORLD),
        *(without(loss, number) for loss in LOSSES for number in "12"),
    ]
    return Random(1).sample(every, min(MANY, len(every))), chains.ASKED


def test_chains_of_which_something_was_lost_are_told_alike(
    lots_settings: Settings, tmp_path: Path
) -> None:
    lines, asked = broken()
    apart = Apart(lines)
    apart.send(lots_settings, tmp_path / "landing")
    wrong: list[str] = []
    with world(lots_settings) as connection:
        for number in range(len(lines)):
            told, files = apart.walked(tmp_path / "walked", number)
            with apart.alone(connection, number):
                for kind, name in asked[number % EVERY :: EVERY]:
                    question, own = kind.replace("-", "_"), named(name, number)
                    said = of_database(connection, question, own)
                    if said:
                        alike = differences(said, of_walk(told, files, question, own))
                        wrong += [f"world {number}: {kind} {name}: {one}" for one in alike]
    assert not wrong, "\n".join([f"{len(wrong)} differences", *wrong[:60]])
