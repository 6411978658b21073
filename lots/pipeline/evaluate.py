"""Put the rules across records to what was linked since the last time, on one snapshot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lots.pipeline import by_rules
from lots.pipeline.publish import publish
from lots.rules import FINDING, NOTICE, PENDING, CrossRecordRule, rules
from lots.settings import Settings
from lots.store.difference import Changed
from lots.store.engine import Connection, engine
from lots.store.lineage import linking
from lots.store.rules import effective, evaluation, scopes
from lots.store.rules.evaluation import Evaluated

BY = "rules"  # whose entry an evaluation is, where no person asked for it
# A zone moves days, and a statement joins persons: whom that touches, no key tells.
EVERYBODY = {"party", "same_person"}  # records of which one row may concern any subject


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one evaluation took: how many ledger entries, reference rows that it made effective, and
    each rule's outcomes.
    """

    entries: int
    effective: int
    rules: tuple[Evaluated, ...]
    changed: Changed


def evaluate(settings: Settings, *, now: datetime) -> Evaluation:
    """One transaction on one snapshot; running it again with nothing new does nothing."""
    done = _evaluate(settings, now)
    publish(settings, now=now)
    return done


def _evaluate(settings: Settings, now: datetime) -> Evaluation:
    with engine(settings=settings).begin() as connection:
        # The same lock as linking's: rules must not see half of what is being linked.
        linking.lock(connection)
        work = evaluation.not_evaluated(connection)
        if not work:
            return Evaluation(0, 0, (), Changed())
        newly = effective.make_effective(connection, now)
        receipts: dict[str, list[int]] = defaultdict(list)
        for _, receipt, name in work:
            receipts[name].append(receipt)
        receipts.pop("", None)
        # New reference may concern whatever was judged before it.
        put = _put(connection, None if newly else receipts, tuple(rules().values()), now)
        # In the transaction of the work itself: what is killed before its end is done once more,
        # whole.
        evaluation.done(connection, [entry for entry, _, _ in work], now)
        by_rules.entered(connection, "evaluation", {"entries": str(len(work))}, BY, now)
        return Evaluation(len(work), newly, *put)


def evaluate_all(
    settings: Settings,
    wanted: Sequence[CrossRecordRule],
    *,
    now: datetime,
    by: str = "",
    reason: str = "",
) -> Evaluation:
    """Put rules to everything again, by the reference that stands now where a person (by, reason)
    says so.
    """
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        newly = (
            effective.make_effective(connection, now, by=by, reason=reason, waiting=True)
            if by
            else 0
        )
        put = _put(connection, None, tuple(wanted), now)
        kind = "adoption" if by else "evaluation"
        by_rules.entered(connection, kind, {"adopted": str(newly)}, by or BY, now)
    publish(settings, now=now)
    return Evaluation(0, newly, *put)


def _put(
    connection: Connection,
    receipts: Mapping[str, Sequence[int]] | None,
    wanted: tuple[CrossRecordRule, ...],
    now: datetime,
) -> tuple[tuple[Evaluated, ...], Changed]:
    """Put rules to what receipts, by record, may concern; None: to everything."""
    if receipts == {}:
        return (), Changed()
    from validations.stored import judge_stored

    everything = receipts is None or bool(receipts.keys() & EVERYBODY)
    touched = scopes.gather(
        connection,
        (
            None
            if everything or receipts is None
            else scopes.with_other_versions(connection, receipts)
        ),
        receipts or (),
    )
    # Of an empty scope no rule can answer anything.
    put = [rule for rule in wanted if rule.scope in touched]
    evaluated, changed = evaluation.evaluate(connection, put, now, everything=everything)
    # Read back from the tables: what was told is held against what is stored.
    kept = evaluation.stored(connection, put, everything=everything)
    told = {w.rule: {PENDING: w.pending, NOTICE: w.notices, FINDING: w.findings} for w in evaluated}
    judge_stored({rule: kept[rule.id] for rule in put}, told)
    return evaluated, changed
