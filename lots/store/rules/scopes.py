"""Whom new records may concern, and what is known of them.

One temporary table for each kind of subject in scope, and some for what several rules ask of them.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import sqlalchemy as sa

from lots.records import record as record_of
from lots.records import records
from lots.store.among import among
from lots.store.intake.staging import run
from lots.store.lineage.declared import VIAL_SOURCES
from lots.store.queries import query, text_of
from lots.store.rules import measures
from lots.store.schema.record_tables import accepted

# In this order: a scope may read those before it.
SCOPES = (
    "screening",
    "donor",
    "unit",
    "pool_unit",
    "pool",
    "viral_inactivation",
    "virus_removal",
    "lyophilisation",
    "lot",
    "node",
    "pack",
    "dispensing",
    "reconstitution",
    "administration",
    "administration_vial",
    "course",
    "adverse_reaction",
    "deviation",
    "post_donation_information",
)
# What several scopes read, made before them; each may read those before it.
BEFORE = {
    "former_packs": "former",
    "affected_packs": "affected_pack",
    **{find: f"affected_{record}" for find, _, record in VIAL_SOURCES},
}
FULL_SCOPE = {  # the same when everything is in scope: each key has a first version
    "donor": "SELECT donation_number FROM accepted.donation WHERE version = 1",
    "screening": "SELECT donation_number FROM accepted.donation WHERE version = 1",
    "unit": "SELECT unit FROM accepted.plasma_unit WHERE version = 1",
    "pool_unit": "SELECT plant, pool_number, unit FROM accepted.pool_unit WHERE version = 1",
    "pool": "SELECT plant, pool_number FROM accepted.pool WHERE version = 1",
    "viral_inactivation": "SELECT plant, batch FROM accepted.viral_inactivation WHERE version = 1",
    "virus_removal": "SELECT plant, batch FROM accepted.virus_removal WHERE version = 1",
    "lyophilisation": "SELECT plant, cycle FROM accepted.lyophilisation WHERE version = 1",
    "lot": (
        "SELECT manufacturer, lot_number, step FROM accepted.lot WHERE version = 1 AND step ="
        " 'packed'"
    ),
    "node": "SELECT maker, number, step FROM lineage.node",
    "pack": "SELECT gtin, serial FROM accepted.pack WHERE version = 1",
    "dispensing": "SELECT pharmacy, dispensing FROM accepted.dispensing WHERE version = 1",
    "reconstitution": "SELECT site, preparation FROM accepted.reconstitution WHERE version = 1",
    "administration": "SELECT site, administration FROM accepted.administration WHERE version = 1",
    "administration_vial": (
        "SELECT site, administration, item FROM accepted.administration_vial WHERE version = 1"
    ),
    "course": (
        "SELECT DISTINCT site, patient_key, course FROM accepted.administration "
        "WHERE patient_key IS NOT NULL AND course IS NOT NULL"
    ),
    "adverse_reaction": (
        "SELECT reporter, reaction FROM accepted.adverse_reaction WHERE version = 1"
    ),
    "deviation": "SELECT plant, deviation FROM accepted.deviation WHERE version = 1",
    "post_donation_information": (
        "SELECT centre, information FROM accepted.post_donation_information WHERE version = 1"
    ),
}
FACTS: dict[
    str, tuple[str, ...]
] = {  # what is known of a scope's subjects, each with the columns of its index
    "donor": (
        "donation",
        "person",
        "near",
        "exam",
        "reactive",
        "deferral",
        "requalified",
        "agent",
        "traced",
        "bad",
        "good",
        "window",
    ),
    "screening": ("marker", "screening"),
    "unit": ("unit", "drawn"),
    "pool_unit": ("pool_unit", "standing"),
    "lyophilisation": ("lyophilisation", "reading"),
    "lot": ("lot", "pool_donor", "donors"),
    "pack": ("pack_line",),
    "dispensing": ("released", "lotless"),
    "administration": ("infusion", "line", "unprepared"),
    "course": ("course",),
}
# Facts without one are few rows, or are read whole.
INDEXES = {
    "donation": "person",
    "person": "person",
    "near": "person, day",
    "exam": "person, kind, examined_on",
    "reactive": "person, day",
    "deferral": "person",
    "requalified": "person, until",
    "bad": "person",
    "good": "person, agent, last_day",
    "window": "person",
    "traced": "donation_number",
    "standing": "person, as_of",
    "reading": "plant, cycle, phase, elapsed_s",
    "infusion": "site, administration",
    "line": "site, administration",
    "drawn": "unit",
    "released": "node",
    "lotless": "key",
    "donors": "node",
    "pack_line": "gtin, serial",
    "course": "site, patient_key, course",
}


def with_other_versions(
    connection: sa.Connection, receipts: Mapping[str, Sequence[int]]
) -> list[int]:
    """These receipts, and those of the other versions of their rows: what a row named before may
    change as well.
    """
    found = {receipt for numbers in receipts.values() for receipt in numbers}
    for name, numbers in receipts.items():
        record, table, other = (
            record_of(name),
            accepted(record_of(name)),
            accepted(record_of(name)).alias("other"),
        )
        same = sa.and_(*(other.c[c] == table.c[c] for c in record.key))
        further = (
            sa.select(other.c.receipt)
            .distinct()
            .join_from(table, other, same)
            # A first version has nothing beside it.
            .where(among(table.c.receipt, numbers), table.c.version > 1)
        )
        found |= set(connection.execute(further).scalars())
    return sorted(found)


@cache
def hang_on() -> dict[str, frozenset[str]]:
    """Of which records a receipt must be for a scope to take anything of it: all that its statement
    reads, and all that those before it read which it asks.
    """
    found: dict[str, frozenset[str]] = {}
    for name, table in (BEFORE | {scope: f"scope_{scope}" for scope in SCOPES}).items():
        words = _words(name)
        own = {
            record for record in records() if {"accepted", "standing"} & words and record in words
        }
        # By the words of the statements themselves, so that none that is changed can be forgotten
        # here.
        found[table] = frozenset(own).union(*(found[other] for other in found.keys() & words))
    return {scope: found[f"scope_{scope}"] for scope in SCOPES}


def _words(name: str) -> set[str]:
    return {*re.findall(r"\w+", text_of(name, "scopes" if name in SCOPES else "queries"))}


def gather(
    connection: sa.Connection, receipts: list[int] | None, names: Collection[str]
) -> frozenset[str]:
    """Make the tables of subjects in scope and of what is known of them; the scopes that are not
    empty.

    receipts: those whose rows may change an answer; None for every subject. names: the records that
    they are of.
    """
    # Sorts and hashes of a whole plant would else go to disk; for this transaction alone.
    run(connection, "SET LOCAL work_mem = '128MB'")
    # A day's files are of a few records; of most scopes not even the statement is run.
    made = SCOPES if receipts is None else tuple(s for s in SCOPES if hang_on()[s] & {*names})
    _scopes(connection, receipts, made)
    some = " UNION ALL ".join(f"(SELECT '{scope}' FROM scope_{scope} LIMIT 1)" for scope in made)
    found: frozenset[str] = frozenset(run(connection, some).scalars()) if made else frozenset()
    # Lines are judged with the facts of their infusion, which may itself not be in scope.
    wanted = found | ({"dispensing", "administration"} if "administration_vial" in found else set())
    if found & {"pool", "lot"}:
        measures.gather(connection)
    for scope, facts in FACTS.items():
        for fact in facts if scope in wanted else ():
            _fact(connection, fact)
    return found


def _scopes(connection: sa.Connection, receipts: list[int] | None, made: Collection[str]) -> None:
    if receipts is None:
        # Everything is joined with everything once.
        run(connection, "SET LOCAL enable_nestloop = off")
    elif any(table in _words(scope) for scope in made for table in BEFORE.values()):
        for name in BEFORE:
            given = {} if name == "former_packs" else {"receipts": receipts}
            connection.execute(query(name), given)
    whole = {
        scope: f"CREATE TEMP TABLE scope_{scope} ON COMMIT DROP AS {FULL_SCOPE[scope]}"
        for scope in SCOPES
    }
    if left := [whole[scope] for scope in SCOPES if scope not in made]:
        # Nothing of these receipts can be of them; what is asked of them finds them empty.
        run(connection, "; ".join(f"{statement} WITH NO DATA" for statement in left))
    for scope in made:
        if receipts is None:
            run(connection, whole[scope])
        else:
            connection.execute(query(scope, "scopes"), {"receipts": receipts})
        # A temporary table has no statistics of its own accord, and the planner would expect far
        # too many rows.
        run(connection, f"ANALYZE scope_{scope}")


def _fact(connection: sa.Connection, fact: str) -> None:
    table = fact if fact == "marker" else f"fact_{fact}"
    index = f"CREATE INDEX ON {table} ({INDEXES[fact]})" if fact in INDEXES else ""
    # Sent together: a fact of a small file costs less than its way.
    run(connection, f"{text_of(fact, 'facts')};\n{index};\nANALYZE {table}")
