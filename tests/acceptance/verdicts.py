"""Three accounts of what rules across records answer of one plant, and by rule how two of them
differ.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from lots.settings import Settings
from lots.store.engine import engine
from tests.walk.linking import Key
from tests.walk.rules import outcomes
from tests.walk.walk import Walk
from tests.walk.world import Outcomes, Verdict, World

Tallies = dict[str, dict[str, int]]
# What a plant's truth names one by one; of the others it tells how many.
TOLD = (
    "finding",
    "pending",
    "notice",
)
AT_MOST = 5
COUNTED = ("pass", "not_applicable", "pending", "notice", "finding")
OUTCOMES = "SELECT rule, subject, outcome, due_on FROM judged.outcome"
LAST = """SELECT DISTINCT ON (rule) rule, passed, not_applicable, pending, notices, findings
          FROM judged.evaluation ORDER BY rule, evaluation DESC"""


def of_walk(done: Walk) -> Outcomes:
    """The walk's outcomes."""
    return outcomes(World(done.accepted))


def of_truth(out: Path) -> Outcomes:
    """What the plant that wrote the files says, but for what passed and what did not apply."""
    found: Outcomes = {}
    for line in (out / "truth" / "outcomes.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["rule"], {})[tuple(row["subject"])] = (row["outcome"], row["due"])
    return found


def tallies_of_truth(out: Path) -> Tallies:
    """How many outcomes of each kind the plant says there are of each rule."""
    said: Tallies = json.loads((out / "truth" / "tallies.json").read_text("utf-8"))
    return said


def heard_of_truth(out: Path) -> set[tuple[object, ...]]:
    """How far each sender is heard, by the plant: its last number, numbers missing, announced, and
    what is not.
    """
    said = map(json.loads, (out / "truth" / "heard.jsonl").read_text("utf-8").splitlines())
    return {
        (
            h["sender"],
            h["last_sequence"],
            h["missing_sequences"],
            h["announced"],
            tuple(h["not_arrived"]),
            tuple(h["counts_differ"]),
        )
        for h in said
    }


def of_database(settings: Settings) -> Outcomes:
    """What the database holds, by plain SQL; of what passed or did not apply it only
    tells how many.
    """
    found: Outcomes = {}
    with engine("lots_discloser", settings).connect() as connection:
        for rule, subject, outcome, due in connection.execute(sa.text(OUTCOMES)):
            found.setdefault(rule, {})[tuple(subject)] = (outcome, due.isoformat() if due else None)
    return found


def tallies_of_database(settings: Settings) -> Tallies:
    """How many outcomes of each kind each rule had when it was last evaluated."""
    with engine("lots_discloser", settings).connect() as connection:
        return {
            rule: {outcome: n for outcome, n in zip(COUNTED, counts, strict=True) if n}
            for rule, *counts in connection.execute(sa.text(LAST))
        }


def told(all_of_them: Outcomes) -> Outcomes:
    """Only the outcomes that are named one by one."""
    return {
        rule: {subject: verdict for subject, verdict in subjects.items() if verdict[0] in TOLD}
        for rule, subjects in all_of_them.items()
    }


def tallies(all_of_them: Outcomes) -> Tallies:
    """How many outcomes of each kind there are of each rule."""
    return {
        rule: dict(Counter(verdict[0] for verdict in subjects.values()))
        for rule, subjects in all_of_them.items()
        if subjects
    }


def differing(one: Outcomes, other: Outcomes) -> str:
    """By rule, the subjects of which two accounts say something else, and what; empty where they
    agree.
    """
    return "\n".join(
        line
        for rule in sorted(one.keys() | other.keys())
        for line in _of_rule(rule, one.get(rule, {}), other.get(rule, {}))
    )


def _of_rule(rule: str, one: dict[Key, Verdict], other: dict[Key, Verdict]) -> Iterator[str]:
    subjects = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
    if subjects:
        yield f"{rule}: {len(subjects)} differ"
    for key in subjects[:AT_MOST]:
        yield f"  {' '.join(key)}: {_said(one.get(key))} | {_said(other.get(key))}"


def _said(verdict: Verdict | None) -> str:
    return " ".join(filter(None, verdict)) if verdict else "nothing"


def counted_otherwise(one: Tallies, other: Tallies) -> str:
    """By rule, how often two accounts count each outcome, where they do not agree."""
    return "\n".join(
        f"{rule}: {sorted(one.get(rule, {}).items())} | {sorted(other.get(rule, {}).items())}"
        for rule in sorted(one.keys() | other.keys())
        if one.get(rule) != other.get(rule)
    )
