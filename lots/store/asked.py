"""Questions that look at keys of persons, or at what could not be read as a row: the owner's
functions put them, so that whoever only reads needs no right to see such a key.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Types = Mapping[str, str]  # of PostgreSQL, by name

# Days and instants apart: a day begins elsewhere in each zone.
PERIOD: Types = {
    "since_day": "date",
    "until_day": "date",
    "since_at": "timestamptz",
    "until_at": "timestamptz",
}
# The name goes in; no key ever comes out.
NAMED: Types = {"name": "text", **PERIOD}
STARTS: Types = {"donation_number": "text", "node": "bigint", "record": "text", "key": "jsonb"}
COUNTED: Types = {"record": "text", "what": "text", "rows": "bigint"}
KEYS: Types = {"record": "text", "key": "jsonb"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Such a question: its file's folder, or empty where it is made from declarations; what it
    takes, and what it answers. No answer holds a key of a person, nor bytes as they came.

    file: whose name is not the question's, where several are asked by one; column: the one that
    names what is asked about, where that file leaves it open.
    """

    folder: str
    takes: Types
    answers: Types
    file: str = ""
    column: str = ""

    def function(self, name: str) -> str:
        """What its function is called."""
        return f"lineage.ask_{name}"

    def call(self, name: str) -> str:
        """The statement that puts it."""
        given = ", ".join(f"CAST(:{name} AS {kind})" for name, kind in self.takes.items())
        return f"SELECT {', '.join(self.answers)} FROM {self.function(name)}({given})"


def _by_results(column: str) -> Asked:
    return Asked("questions", NAMED, STARTS, "results", column)


ASKED: Mapping[str, Asked] = {
    "donor": Asked("questions", NAMED, STARTS),
    **{column: _by_results(column) for column in ("kit_lot", "laboratory", "analyser")},
    "donor_undated": Asked("", NAMED, COUNTED),
    "donor_contested": Asked("", {"name": "text"}, KEYS),
    "donor_named": Asked("", {"names": "text[]"}, {"named": "boolean"}),
    "gaps_contested_persons": Asked(
        "queries", {"kind": "text", "name": "text", "numbers": "text[]"}, KEYS
    ),
    "statements_touching": Asked(
        "queries",
        {"kind": "text", "names": "text[]", "donations": "text[]", "all_keys": "jsonb[]"},
        {"key": "jsonb"},
    ),
    "placed_nowhere": Asked(
        "queries",
        {"parties": "text[]"},
        {"record": "text", "key": "jsonb", "link": "text", "sort": "text"},
    ),
    "ends_below": Asked(
        "queries",
        {"records": "text[]", "keys": "jsonb[]"},
        {"nth": "bigint", "donation_number": "text", "node": "bigint"},
    ),
    "held": Asked(
        "queries",
        {"of_finding": "bigint"},
        {"finding": "bigint", "holds": "text", "record": "text", "key": "jsonb"},
    ),
    # It compares digests of files, and a file of one short row is guessed by its own.
    "heard": Asked(
        "queries",
        {},
        {
            "sender": "text",
            "last_sequence": "integer",
            "missing_sequences": "bigint",
            "first_missing": "integer",
            "heard_from": "timestamptz",
            "heard_to": "timestamptz",
            "announced": "bigint",
            "not_arrived": "text[]",
            "counts_differ": "text[]",
        },
    ),
    "list_refused_by_lot": Asked("queries", {}, {"of": "text", "count": "bigint"}),
    "ends_refused": Asked(
        "queries",
        {"makers": "text[]", "records": "text[]", "apart": "text[]"},
        {
            "record": "text",
            "sender": "text",
            "node": "bigint",
            "many": "bigint",
            "file_names": "text[]",
            "receipts": "bigint[]",
            "lines": "bigint[]",
        },
    ),
    "moves_refused": Asked("queries", {"nodes": "bigint[]"}, {"party": "text"}),
    "packs_untold": Asked("queries", {}, {"maker": "text", "number": "text", "gtin": "text"}),
    "lines_refused": Asked(
        "queries",
        {"records": "text[]"},
        {
            "receipt": "bigint",
            "line": "bigint",
            "gtin": "text",
            "serial": "text",
            "lot_number": "text",
            "vials": "integer",
            "lots": "bigint[]",
        },
    ),
    "lines_astray": Asked(
        "queries",
        {"records": "text[]", "keys": "jsonb[]"},
        {
            "nth": "bigint",
            "state": "text",
            "sure": "boolean",
            "vials": "integer",
            "patient": "integer",
            "named": "boolean",
            "whose": "text",
            "gtin": "text",
            "serial": "text",
            "lot_number": "text",
            "at": "timestamptz",
            "unsaid": "boolean",
        },
    ),
    "results_astray": Asked(
        "queries", {"kind": "text", "name": "text"}, {**KEYS, "link": "text", "sort": "text"}
    ),
    "refused_naming": Asked("queries", {"names": "text[]"}, {"naming": "boolean"}),
    "units_of_pools": Asked(
        "queries",
        {"nodes": "bigint[]"},
        {
            "node": "bigint",
            "units": "bigint",
            "units_unknown": "bigint",
            "donations": "bigint",
            "donations_unknown": "bigint",
            "donors": "bigint",
        },
    ),
    "demo_donation": Asked(
        "queries", {"nodes": "bigint[]"}, {"donation_number": "text", "reactive": "boolean"}
    ),
}
