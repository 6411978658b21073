"""What notices a value that is another row's: rules across records, and the certificate of an answer."""

from collections.abc import Sequence
from random import Random

import sqlalchemy as sa

from lots.errors import NotFound
from lots.pipeline.evaluate import evaluate_all
from lots.rules import rules
from lots.settings import Settings
from lots.store.engine import Connection
from lots.store.queries import query
from lots.store.rules import evaluation, scopes
from tests.builders import NOW
from tests.integration.losses import Loss, lost, world
from tests.worlds.changes import unseen
from tests.worlds.judged import Judge, Tally, answered, chain_of
from tests.worlds.lives import Asked

NOTHING, CERTIFICATE = "nothing", "certificate"
Outcomes = dict[tuple[str, str], str]


def notice(settings: Settings, judge: Judge, seed: int, number: int) -> None:
    """Put so many values of other rows in place of others, of each link as many, and see."""
    evaluate_all(settings, tuple(rules().values()), now=NOW)
    draw = Random(seed)
    with world(settings) as connection:
        before = _outcomes(connection)
        for loss in _some(connection, draw, number):
            try:
                with lost(connection, loss):
                    _see(connection, judge, loss, before, draw)
            except sa.exc.IntegrityError:
                continue  # another row has this key: nobody could send it


def _some(connection: Connection, draw: Random, number: int) -> list[Loss]:
    by_link: dict[tuple[str, str, str], list[Loss]] = {}
    for loss in unseen(connection):
        by_link.setdefault((loss.record, loss.link, loss.how), []).append(loss)
    each = max(1, number // max(1, len(by_link)))
    found = [loss for of in by_link.values() for loss in draw.sample(of, min(each, len(of)))]
    return found[:number]


def _see(connection: Connection, judge: Judge, loss: Loss, before: Outcomes, draw: Random) -> None:
    kind = (loss.record, loss.link, loss.how)
    told = set[str]()
    for question in _near(judge, loss, draw):
        try:
            complete = answered(connection, question).certificate.complete
        except NotFound:
            complete = False
        told |= set() if complete else {CERTIFICATE}
    touched = scopes.gather(connection, None, ())
    put = [rule for rule in rules().values() if rule.scope in touched]
    evaluation.evaluate(connection, put, NOW, everything=True)
    after = _outcomes(connection)
    told |= {key[0] for key in after if after[key] != before.get(key)}
    _count(judge.tally, kind, sorted(told) or [NOTHING])


def _near(judge: Judge, loss: Loss, draw: Random) -> Sequence[Asked]:
    tags = {chain_of(("", text.strip("'"))) for text in loss.statements[0].split()} - {""}
    mine = [a for a in judge.whole if not tags or chain_of(a) in tags]
    return draw.sample(mine, min(4, len(mine)))


def _count(tally: Tally, kind: tuple[str, str, str], told: Sequence[str]) -> None:
    tally.changes[kind] = tally.changes.get(kind, 0) + 1
    for by in ("all", *told):
        tally.noticed[kind, by] = tally.noticed.get((kind, by), 0) + 1


def _outcomes(connection: Connection) -> Outcomes:
    found = connection.execute(query("outcomes_of_rules"), {"rules": [*rules()]})
    return {(r.rule, str(r.subject)): r.outcome for r in found}
