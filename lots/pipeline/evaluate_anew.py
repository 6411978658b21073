"""Put rules across records to everything again, on purpose, and say what changed: nothing is
evaluated anew silently.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from lots.answers import Listed
from lots.answers.lists import ChangedOutcome
from lots.errors import CallError
from lots.pipeline.evaluate import evaluate_all
from lots.rules import rule as rule_of
from lots.rules import rules
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.queries import query

OTHERWISE = "passed or not applicable"
Outcomes = dict[tuple[str, str], str]


def evaluate_anew(
    settings: Settings, names: Sequence[str], *, now: datetime, by: str = "", reason: str = ""
) -> Listed[ChangedOutcome]:
    """What changed, by rule. With `by` and a reason, the reference that stands now is made
    effective first, and every rule is put again: a limit holds for all that read it. Raises
    CallError.
    """
    if bool(by) != bool(reason):
        raise CallError(
            "A reference is made effective by a person for a reason; expected both --by and --reason, or"
            " neither."
        )
    named = [rule_of(name) for name in names]
    # A limit that is made effective is read by rules that nobody named.
    wanted = named if named and not by else list(rules().values())
    # Compared as they are kept: passes are not, so that what is missing passed or does not apply.
    before = _outcomes(settings, [r.id for r in wanted])
    done = evaluate_all(settings, wanted, now=now, by=by, reason=reason)
    after = _outcomes(settings, [r.id for r in wanted])
    changed = Counter(
        (key[0], before.get(key, OTHERWISE), after.get(key, OTHERWISE))
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key)
    )
    rows = tuple(ChangedOutcome(*change, n) for change, n in sorted(changed.items()))
    title = f"Evaluated {len(wanted)} rules; {done.effective} reference rows made effective"
    return Listed(title, ChangedOutcome, rows, "Nothing changed.")


def _outcomes(settings: Settings, names: list[str]) -> Outcomes:
    # Subjects may be keys of persons; what changed is counted, and none of them is told.
    with engine("lots_discloser", settings).connect() as connection:
        found = connection.execute(query("outcomes_of_rules"), {"rules": names})
        return {(r.rule, str(r.subject)): r.outcome for r in found}
