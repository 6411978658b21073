"""The functions of scans and of what is booked after them: the owner's, so that whoever scans needs
no right on any table.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from lots.store.queries import text_of
from lots.store.schema import access_tables
from lots.store.schema.ledger_tables import NOT_SAID
from lots.store.schema.scan_tables import SCHEMA, TABLES

PACK_FACTS = f"{SCHEMA}.ask_pack_facts"
KEEP, KEEP_OF = f"{SCHEMA}.keep_scan", f"{SCHEMA}.keep_scan_of_account"
SCAN_OF, BOOK, UNDO = f"{SCHEMA}.scan_of", f"{SCHEMA}.book", f"{SCHEMA}.undo"
UNDO_GIVEN = f"{SCHEMA}.undo_given"
BAG, OF_SITE = f"{SCHEMA}.bag_of", f"{SCHEMA}.scans_of_site"
STOPS, STOPS_OF = f"{SCHEMA}.stops", f"{SCHEMA}.stops_of_account"
NEAR = f"{SCHEMA}.places_near"
_STOP = {"kind": "text", "name": "text", "serial": "text"}
STANDS = f"{SCHEMA}.ledger_stands"
SERVICE, PIPELINE = access_tables.SERVICE, "lots_pipeline"
ASKS: Mapping[str, str] = {
    "gtin": "text",
    "serial": "text",
    "lot_number": "text",
    "expires_on": "date",
    "site": "text",
    "at": "timestamptz",
    "patient": "text",
    "bag": "text",
}
# In the order of the statement, which a test holds against the fields of Facts.
FACTS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "product_known",
            "lot_known",
            "serial_known",
            "list_complete",
            "lot_unlike",
            "relabelled",
            "expired",
            "expiry_unlike",
            "released",
        ),
        "boolean",
    ),
    "statuses": "text[]",
    "stopped_elsewhere": "boolean",
    "pack_statuses": "text[]",
    **dict.fromkeys(("unfit", "returned", "excursion", "lost"), "boolean"),
    **dict.fromkeys(("holds", "dispensed"), "integer"),
    **dict.fromkeys(("to_patient", "to_others", "to_another"), "boolean"),
    **dict.fromkeys(("prepared", "in_bag", "given", "ended"), "integer"),
    **dict.fromkeys(("consigned", "delivered"), "boolean"),
}
# What is kept of a scan, beside whose it is.
KEPT: Mapping[str, str] = {
    "at": "timestamptz",
    "purpose": "text",
    "vials": "integer",
    "kind": "text",
    "length": "integer",
    "readings": "jsonb",
    "patient": "text",
    "verdict": "text",
    "grounds": "jsonb",
    "unmade": "jsonb",
    "norm": "integer",
    "sent_as": "text",
    "scanned_at": "timestamptz",
}
# What is booked of a scan.
BOOKED: Mapping[str, str] = {
    "at": "timestamptz",
    "vials": "integer",
    "to_kind": "text",
    "patient": "text",
    "preparation": "text",
    "overrides": "jsonb",
    "second": "text",
    "treatment_order": "text",
    "reason": "text",
}
# How far the ledger has come (sql/queries/ledger_stands.sql).
STOOD: Mapping[str, str] = {
    "noted": "bigint",
    "unmade": "bigint",
    "size": "bigint",
    "edge": "bytea",
    "origin": "text",
}
READ = {
    "scan": "bigint",
    "at": "timestamptz",
    "site": "text",
    "purpose": "text",
    "vials": "integer",
    "readings": "jsonb",
    "patient": "text",
    "verdict": "text",
}
# Of few decisions it seems cheaper to read them all than to begin with the index of the packs that they
# name; to read a thousand takes a third of what a scan does.
BY_INDEX = " SET enable_seqscan = off"
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
_LOT = {"maker": "text", "number": "text", "site": "text"}
_PACK = {"gtin": "text", "serial": "text", "lot_number": "text", "site": "text"}
_SITE, _ACCOUNT = {"site": "text", "by": "text"}, {"account": "bigint"}
GIVEN_IN_ERROR = {
    **_ACCOUNT,
    "second": "bigint",
    "number": "bigint",
    "at": "timestamptz",
    "reason": "text",
    "went": "text",
}
# Name, what it asks and answers, and who may ask it.
FUNCTIONS = (
    (PACK_FACTS, ASKS, FACTS, (SERVICE, PIPELINE)),
    # On the command line whoever may write says which site it is; the service hands in the account,
    # and the function finds its site itself, never by the client's word.
    (KEEP, {**_SITE, **KEPT}, {"kept": "bigint"}, (PIPELINE,)),
    (KEEP_OF, {**_ACCOUNT, **KEPT}, {"kept": "bigint"}, (SERVICE,)),
    (SCAN_OF, {**_ACCOUNT, "number": "bigint"}, READ, (SERVICE,)),
    (BOOK, {**_ACCOUNT, "number": "bigint", **BOOKED}, {"booked": "bigint"}, (SERVICE,)),
    (
        UNDO,
        {**_ACCOUNT, "number": "bigint", "at": "timestamptz", "reason": "text"},
        {"undone": "bigint"},
        (SERVICE,),
    ),
    (UNDO_GIVEN, GIVEN_IN_ERROR, {"undone": "bigint"}, (SERVICE,)),
)
LISTS = (
    (STOPS, {"site": "text"}, _STOP, (PIPELINE,)),
    (STOPS_OF, _ACCOUNT, _STOP, (SERVICE,)),
    (NEAR, {"site": "text"}, {"place": "text"}, (SERVICE, PIPELINE)),
    (BAG, {**_ACCOUNT, "preparation": "text"}, READ, (SERVICE,)),
    (
        OF_SITE,
        {**_ACCOUNT, "since": "timestamptz", "most": "integer", "booking": "bigint"},
        {
            "scan": "bigint",
            "at": "timestamptz",
            "by": "text",
            "purpose": "text",
            "kind": "text",
            "verdict": "text",
            "booked": "text",
            "booking": "bigint",
            "pack": "text",
            "undone": "text",
        },
        (SERVICE,),
    ),
)


def functions() -> Iterator[str]:
    """What decisions say of lots and of packs; and the functions above."""
    # Inside the owner's function alone: what stands here now is replaced when decisions are kept.
    yield _sql("judged.lot_status", _LOT, "TABLE (market text, status text)", "lot_status")
    yield _sql("judged.pack_status", _PACK, "text[]", "pack_status")
    for name in ("judged.lot_status", "judged.pack_status"):
        yield f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
    for name, asks, answers, roles in FUNCTIONS:
        yield _in_steps(name, asks, answers)
        yield from _for(name, roles)
    yield _stands()
    yield from _for(STANDS, (SERVICE, PIPELINE))
    for name, asks, answers, roles in LISTS:
        columns = ", ".join(f"{column} {kind}" for column, kind in answers.items())
        yield _asked(name, asks, f" RETURNS TABLE ({columns})")
        yield from _for(name, roles)


def grants() -> Iterator[str]:
    """What the pipeline reads of the tables, and the one column that it sets."""
    names = ", ".join(table.fullname for table in TABLES)
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {SERVICE}, {PIPELINE}"
    yield f"GRANT SELECT, UPDATE (act) ON {names} TO {PIPELINE}"


def _for(name: str, roles: tuple[str, ...]) -> Iterator[str]:
    yield f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {name} TO {', '.join(roles)}"


def _sql(name: str, asks: Mapping[str, str], answers: str, file: str) -> str:
    body = _numbered(text_of(file, "scans"), asks)
    taken = ", ".join(f"{parameter} {kind}" for parameter, kind in asks.items())
    return (
        f"CREATE FUNCTION {name}({taken}) RETURNS {answers}\n"
        # Without settings of its own, so that it becomes a part of the statement that asks it.
        f"LANGUAGE sql STABLE\nAS $asked$\n{body}\n$asked$"
    )


def _stands() -> str:
    """What a scan asks of the ledger in the statement that asks for its pack: whoever scans sees none
    of the ledger's tables.
    """
    names = ", ".join(STOOD)
    # Words of our own declarations: nothing in them needs to be escaped.
    not_said = ", ".join(f"'{kind}'" for kind in NOT_SAID)
    text = text_of("ledger_stands", "queries").replace(":not_said", f"ARRAY[{not_said}]")
    text = text.replace(":entries", "asked_entries")
    told = [f"OUT {column} {kind}" for column, kind in STOOD.items()]
    body = f"BEGIN\n    SELECT {names} INTO {names} FROM (\n{text}    ) AS stood;\nEND\n"
    return _function(STANDS, {"entries": "bigint"}, body, told=told)


def _in_steps(name: str, asks: Mapping[str, str], answers: Mapping[str, str]) -> str:
    """A function whose statements a session plans once: a scan costs less than their planning."""
    return _asked(name, asks, "", [f"OUT {column} {kind}" for column, kind in answers.items()])


def _asked(name: str, asks: Mapping[str, str], returns: str, told: Sequence[str] = ()) -> str:
    return _function(name, asks, text_of(name.split(".")[1], "scans"), returns, told)


def _function(
    name: str, asks: Mapping[str, str], body: str, returns: str = "", told: Sequence[str] = ()
) -> str:
    asked = [f"asked_{parameter} {kind}" for parameter, kind in asks.items()]
    stable, by_index = (" STABLE", BY_INDEX) if name in (PACK_FACTS, STANDS) else ("", "")
    return (
        f"CREATE FUNCTION {name}({', '.join((*asked, *told))}){returns}\n"
        f"LANGUAGE plpgsql{stable} SECURITY DEFINER SET search_path = pg_catalog"
        # Of lists it is not known how long they are: to plan for each call takes longer than all
        # else.
        f" SET plan_cache_mode = force_generic_plan{by_index}\nAS $asked$\n"
        # What is told is called like columns of records.
        f"#variable_conflict use_column\n{body}$asked$"
    )


def _numbered(text: str, asks: Mapping[str, str]) -> str:
    places = {parameter: n for n, parameter in enumerate(asks, 1)}
    return _PARAMETER.sub(lambda found: f"${places[found[1]]}", text).rstrip()
