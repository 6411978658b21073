"""Whether what is answered after a change is true: by the world as it is, whatever its rows tell."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from random import Random

import sqlalchemy as sa

from lots.answers import Between
from lots.errors import NotFound
from lots.store.engine import Connection
from tests.integration.losses import Answered, Loss, ask, lost
from tests.worlds.changes import promised, unpromised
from tests.worlds.drawn import chain_of_name
from tests.worlds.lives import LATER, Asked, period

Kind = tuple[str, str, str]  # record, link, how it is changed
OWN, OTHER = "own", "other"  # a question of the chain that is changed, or of one that is not
ENOUGH = 3  # answers of other chains that a kind of change left complete
# Which vial of a preparation a line is of need not be told (docs/certificate.md): nothing is lacking, and
# of a preparation of several packs or lots the figures of each are a range.
BY_BAG = {("administration_vial", link, "empty") for link in ("pack", "lot")}
ANY_PRODUCT = ("diluent_lot", "patient", "party")  # questions about what may be of any
TOLD, SILENT = "told", "silent"  # whether the answer is not called complete


@dataclass(slots=True)
class Tally:
    """What was done, and found."""

    changes: dict[Kind, int] = field(default_factory=dict)
    answers: dict[tuple[Kind, str, str], int] = field(default_factory=dict)
    why: dict[Kind, str] = field(default_factory=dict)  # why an answer of another chain lacks it
    noticed: dict[tuple[Kind, str], int] = field(default_factory=dict)  # by what
    wrong: list[str] = field(default_factory=list)

    def count(self, kind: Kind, of: str, said: str) -> None:
        """One answer more."""
        self.answers[kind, of, said] = self.answers.get((kind, of, said), 0) + 1


@dataclass(slots=True)
class Judge:
    """What is true of each question about a world. questions: how many are asked after a change.
    whole: what is called complete before anything is lost.
    """

    truth: dict[Asked, dict[str, int]]
    tally: Tally
    questions: int = 1
    whole: dict[Asked, Answered] = field(default_factory=dict)
    chains: dict[Loss, str] = field(default_factory=dict)

    def begin(self, connection: Connection, seed: int) -> None:
        """Ask every question of the world as it is."""
        for asked, true in self.truth.items():
            found = answered(connection, asked)
            outside = untrue(true, found)
            self.tally.wrong += [f"world {seed} as it is: {asked}: {w}" for w in outside]
            if found.certificate.complete:
                self.whole[asked] = found

    def change(
        self, connection: Connection, seed: int, losses: Sequence[Loss], draw: Random
    ) -> None:
        """Ask after changes, each in a chain of its own: of that chain, and after one alone of another."""
        by_bag = any((one.record, one.link, one.how) in BY_BAG for one in losses)
        try:
            with lost(connection, *losses):
                for loss in losses:
                    kind = (loss.record, loss.link, loss.how)
                    self.tally.changes[kind] = self.tally.changes.get(kind, 0) + 1
                    tag = self.chains[loss]
                    mine = [a for a in self.truth if chain_of(a) in (tag, "") or not tag]
                    for asked in draw.sample(mine, min(self.questions, len(mine))):
                        self._ask(connection, loss, OWN, asked, seed, by_bag=by_bag)
                others = [
                    a
                    for a in self.whole
                    if chain_of(a) not in (tag, "") and a[0].removeprefix(LATER) not in ANY_PRODUCT
                ]
                if len(losses) == 1 and tag and others:
                    self._ask(
                        connection, losses[0], OTHER, draw.choice(others), seed, by_bag=by_bag
                    )
        except sa.exc.IntegrityError:
            return  # another row has this key: nobody could send it

    def together(self, connection: Connection, losses: Sequence[Loss]) -> Iterator[list[Loss]]:
        """Changes of one record that can be made at once: in a chain each, and of kinds that were
        asked of other chains some times and never said there.
        """
        waiting: dict[str, dict[str, list[Loss]]] = defaultdict(lambda: defaultdict(list))
        for loss in losses:
            tag = self.chains[loss] = _chain(connection, loss)
            # What may go unseen may change the other answers as well.
            if tag and promised(loss) and self._quiet((loss.record, loss.link, loss.how)):
                waiting[loss.record][tag].append(loss)
            else:
                yield [loss]
        for by_chain in waiting.values():
            for row in zip_longest(*by_chain.values()):
                yield [loss for loss in row if loss]

    def _quiet(self, kind: Kind) -> bool:
        asked = self.tally.answers.get((kind, OTHER, SILENT), 0)
        return asked >= ENOUGH and not self.tally.answers.get((kind, OTHER, TOLD), 0)

    def _ask(
        self,
        connection: Connection,
        loss: Loss,
        of: str,
        question: Asked,
        seed: int,
        *,
        by_bag: bool,
    ) -> None:
        """by_bag: whether one of what was lost is of a preparation, which may hold other chains' vials."""
        kind = (loss.record, loss.link, loss.how)
        try:
            found = answered(connection, question)
        except NotFound:
            self.tally.count(kind, of, TOLD)
            return
        silent = found.certificate.complete
        if question in self.whole:
            self.tally.count(kind, of, SILENT if silent else TOLD)
            if of == OTHER and not silent:
                self.tally.why.setdefault(kind, _why(found))
        if not promised(loss):
            return
        untold = unpromised(loss)
        if untold and question[0] == "patient":
            return  # what was prepared for a person is the person's by that order alone
        truth = {f: n for f, n in self.truth[question].items() if f not in untold}
        wrong = untrue(truth, found)
        if silent and question in self.whole:
            wrong = wrong or differs(self.whole[question], found, ranges=by_bag)
        self.tally.wrong += [f"world {seed}: {loss.name}: {question}: {w}" for w in wrong]


def answered(connection: Connection, asked: Asked) -> Answered:
    """The answer to a question, of a period where it has one."""
    kind, since = period(asked[0])
    return ask(connection, kind, asked[1], since)


def _chain(connection: Connection, loss: Loss) -> str:
    """Which chain a change is in; empty where it may be both."""
    sql = loss.statements[0]
    if " line = " not in sql:
        return ""
    row = sql[sql.rindex("WHERE ") :]
    found = connection.execute(sa.text(f"SELECT * FROM accepted.{loss.record} {row}")).mappings()
    tags = {chain_of(("", str(v))) for told in found for v in told.values() if v} - {""}
    return tags.pop() if len(tags) == 1 else ""


def _why(found: Answered) -> str:
    told = [f"{r.sort} {r.record}.{r.link}".rstrip(".") for r in found.certificate.reasons]
    return (told or ["not heard"])[0]


def chain_of(asked: Asked) -> str:
    """The chain that a name is of; empty where it does not say."""
    return chain_of_name(asked[1])


def untrue(truth: Mapping[str, int], found: Answered) -> list[str]:
    """The figures that lie outside their bounds."""
    said = {name: found.bounds[name] for name in truth}
    return [
        f"{name} is {truth[name]}, said {one}"
        for name, one in said.items()
        if one.least > truth[name] or (one.most is not None and one.most < truth[name])
    ]


def differs(whole: Answered, found: Answered, *, ranges: bool = False) -> list[str]:
    """What an answer that is called complete lacks, of which the truth is known to be within. ranges:
    whether it may know less of a figure; more it may know always.
    """
    figures = ("given", "patients_given")
    now = {f: found.bounds[f] for f in figures if not _within(found.bounds[f], whole.bounds[f])}
    less = [f for f, one in now.items() if not (ranges and _within(whole.bounds[f], one))]
    said = [f"it is called complete, and {f} is {now[f]}" for f in less]
    gone = whole.lots ^ found.lots
    return said + ([f"it is called complete without {sorted(gone)}"] if gone else [])


def _within(one: Between, other: Between) -> bool:
    """Whether all that one figure may be another may be."""
    ends = other.most is None or (one.most is not None and one.most <= other.most)
    return one.least >= other.least and ends
