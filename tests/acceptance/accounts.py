"""Three accounts of one plant in one shape: what its writer says, what the walk finds and what the
database holds.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lots.pipeline import lists
from lots.settings import Settings
from lots.store.engine import engine
from tests.walk import walk as walking
from tests.walk.columns import KEYS
from tests.walk.held import Holding, Thing
from tests.walk.linking import Key, Node
from tests.walk.rules import RULES

RECORDS = tuple(KEYS)


@dataclass(frozen=True)
class Account:
    """What became of every row, finding and link. Two accounts are compared field by field."""

    accepted: dict[str, int]
    known: dict[str, int]
    refused: set[tuple[str, int]]
    findings: set[tuple[str, str, Key]]
    parked: set[tuple[str, Key, str]]
    contested: set[tuple[str, Key]]
    superseded: dict[tuple[str, Key], int]
    links: set[walking.Link]
    descendants: dict[tuple[str, str], set[Node]]


def of_walk(done: walking.Walk) -> Account:
    """The walk's account."""
    return Account(
        walking.counts(done),
        done.known,
        done.refused,
        done.findings,
        done.parked,
        walking.contested(done),
        walking.superseded(done),
        set(done.links),
        walking.descendants(done),
    )


def of_truth(out: Path) -> Account:
    """The account of the plant that wrote the files."""
    accepted = json.loads((out / "truth" / "accepted.json").read_text())
    known = accepted.pop("known", {})

    def told(name: str) -> list[dict[str, Any]]:
        return [
            json.loads(line) for line in (out / "truth" / f"{name}.jsonl").read_text().splitlines()
        ]

    contested = {(row["record"], tuple(row["key"])) for row in told("contested")}
    return Account(
        accepted,
        known,
        {(row["file"], row["line"]) for row in told("refused")},
        {(row["rule"], row["record"], tuple(row["key"])) for row in told("findings")}
        | {
            ("contested", record, key) for record, key in contested
        },  # a contradiction is a finding too
        {(row["record"], tuple(row["key"]), row["link"]) for row in told("parked")},
        contested,
        {(row["record"], tuple(row["key"])): row["count"] for row in told("superseded")},
        {
            (
                row["record"],
                tuple(row["key"]),
                tuple(row["lot"]),
                row["basis"],
                row["state"],
                row["patient"],
            )
            for row in told("links")
        },
        {tuple(row["pool"]): {tuple(lot) for lot in row["lots"]} for row in told("descendants")},
    )


KNOWN = """SELECT record, sum((counts ->> 'known')::bigint)::bigint FROM receiving.receipt
           WHERE (counts ->> 'known')::bigint > 0 GROUP BY record"""
REFUSED = (
    "SELECT sender || '/' || file_name, line FROM receiving.refused JOIN receiving.receipt USING"
    " (receipt)"
)
LINKS = """SELECT record, vial.key, maker, number, step, basis, state, patient.key
           FROM lineage.vial JOIN lineage.node ON node = lot LEFT JOIN lineage.patient USING (patient)"""
DESCENDANTS = """SELECT p.maker, p.number, d.maker, d.number, d.step FROM lineage.node p
                 LEFT JOIN lineage.closure c ON c.ancestor = p.node AND c.descendant <> p.node
                 LEFT JOIN lineage.node d ON d.node = c.descendant WHERE p.step = 'pool'"""


def of_database(settings: Settings) -> Account:
    """The database's account, by plain SQL."""
    with engine("lots_discloser", settings).connect() as connection:

        def rows(statement: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(sa.text(statement))]

        return Account(
            {
                record: n
                for record in RECORDS
                for (n,) in rows(f"SELECT count(*) FROM accepted.{record}")
                if n
            },
            dict(rows(KNOWN)),
            set(rows(REFUSED)),
            {
                (rule, record, tuple(key))
                for rule, record, key in rows("SELECT rule, record, key FROM judged.finding")
                if rule not in RULES
            },  # what rules across records found is compared by itself
            {
                (record, tuple(key), link)
                for record, key, link in rows("SELECT record, key, link FROM lineage.parked")
            },
            {
                (record, tuple(key))
                for record, key in rows("SELECT record, key FROM judged.contested")
            },
            {
                (record, tuple(map(str, key))): n
                for record in RECORDS
                for *key, n in rows(_superseded(record))
            },
            {
                (record, tuple(key), (maker, number, step), basis, state, patient)
                for record, key, maker, number, step, basis, state, patient in rows(LINKS)
            },
            _by_pool(rows(DESCENDANTS)),
        )


def _superseded(record: str) -> str:
    key = ", ".join(KEYS[record])
    return (
        f"SELECT {key}, count(*) FROM judged.superseded s JOIN accepted.{record} USING (receipt,"
        f" line) WHERE s.record = '{record}' GROUP BY {key}"
    )


def _by_pool(rows: list[tuple[Any, ...]]) -> dict[tuple[str, str], set[Node]]:
    found: dict[tuple[str, str], set[Node]] = {}
    for plant, number, *lot in rows:
        found.setdefault((plant, number), set()).update([tuple(lot)] if lot[0] else [])
    return found


def differences(one: Account, other: Account) -> dict[str, tuple[list[Any], list[Any]]]:
    """Only what differs: for each field, what the first alone says and what the other alone says."""
    found = {}
    for name in Account.__dataclass_fields__:
        left, right = _as_set(getattr(one, name)), _as_set(getattr(other, name))
        if left != right:
            found[name] = (sorted(left - right, key=repr), sorted(right - left, key=repr))
    return found


def _as_set(value: Any) -> set[Any]:
    if isinstance(value, dict):
        return {(k, frozenset(v) if isinstance(v, set) else v) for k, v in value.items()}
    return set(value)


HOLDING = """SELECT record, key, holds FROM judged.finding_now
             WHERE holds <> 'nothing' AND outcome = 'finding' AND state <> 'closed'"""


def held_of_database(settings: Settings) -> tuple[frozenset[Holding], frozenset[Thing]]:
    """The findings that hold, and what the library says that they hold."""
    with engine("lots_discloser", settings).connect() as connection:
        told = connection.execute(sa.text(HOLDING)).all()
    holding = frozenset((record, tuple(key), holds) for record, key, holds in told)
    found = lists.held(settings).rows
    return holding, frozenset(
        (h.holds, h.record, tuple(part or "" for part in h.key)) for h in found
    )


def alike(told: Account) -> Account:
    """Without findings of contests: one that another file has ended since was seen all the same."""
    return replace(told, findings={one for one in told.findings if one[0] != "contested"})
