"""The functions that a scan asks: the owner's, so that whoever scans needs no right on any table."""

import re
from collections.abc import Iterator, Mapping

from lots.store.queries import text_of

PACK_FACTS = "lineage.ask_pack_facts"
ASKS: Mapping[str, str] = {
    "gtin": "text",
    "serial": "text",
    "lot_number": "text",
    "expires_on": "date",
    "site": "text",
    "at": "timestamptz",
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
    **dict.fromkeys(("to_patient", "to_others"), "boolean"),
    **dict.fromkeys(("prepared", "given", "ended"), "integer"),
    **dict.fromkeys(("consigned", "delivered"), "boolean"),
}
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
_LOT = {"maker": "text", "number": "text", "site": "text"}
_PACK = {"gtin": "text", "serial": "text", "site": "text"}


def functions(roles: tuple[str, ...]) -> Iterator[str]:
    """What decisions say of lots and of packs, and the facts of a pack, which these roles may ask."""
    # Inside the owner's function alone: what stands here now is replaced when decisions are kept.
    yield _sql("judged.lot_status", _LOT, "TABLE (market text, status text)", "lot_status")
    yield _sql("judged.pack_status", _PACK, "text[]", "pack_status")
    yield _planned_once(PACK_FACTS, ASKS, FACTS, "pack_facts")
    for name in ("judged.lot_status", "judged.pack_status", PACK_FACTS):
        yield f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC"
    yield f"GRANT EXECUTE ON FUNCTION {PACK_FACTS} TO {', '.join(roles)}"


def _sql(name: str, asks: Mapping[str, str], answers: str, file: str) -> str:
    body = _numbered(text_of(file, "scans"), asks)
    return (
        f"CREATE FUNCTION {name}({_taken(asks)}) RETURNS {answers}\n"
        f"LANGUAGE sql STABLE SET search_path = pg_catalog\nAS $asked$\n{body}\n$asked$"
    )


def _planned_once(name: str, asks: Mapping[str, str], answers: Mapping[str, str], file: str) -> str:
    """A function whose statement a session plans once: a scan costs less than its planning."""
    body = _numbered(text_of(file, "scans"), asks)
    told = ", ".join(f"{column} {kind}" for column, kind in answers.items())
    return (
        f"CREATE FUNCTION {name}({_taken(asks)}) RETURNS TABLE ({told})\n"
        "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog\nAS $asked$\n"
        # What is asked and told is called like columns of records.
        f"#variable_conflict use_column\nBEGIN\nRETURN QUERY\n{body};\nEND\n$asked$"
    )


def _taken(asks: Mapping[str, str]) -> str:
    return ", ".join(f"{parameter} {kind}" for parameter, kind in asks.items())


def _numbered(text: str, asks: Mapping[str, str]) -> str:
    places = {parameter: n for n, parameter in enumerate(asks, 1)}
    return _PARAMETER.sub(lambda found: f"${places[found[1]]}", text).rstrip()
