"""What follows from dispositions: the table of moves as rows, what is in effect, and the owner's
functions by which alone something is decided and signed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from lots.decisions.moves import Move, Moves, moves
from lots.store.queries import text_of

SIGNED, IN_EFFECT, MOVE = "judged.disposition_signed", "judged.in_effect", "judged.move"
BY_RULES, PIECE = "judged.stopped_by_rule", "judged.piece_rule"
VIEWS = (MOVE, PIECE, SIGNED, IN_EFFECT, BY_RULES)
# A cast has two colons, a parameter one.
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
_WHO = "account bigint, full_name text, role text, site text"
_ASKED = {"session": "text", "speaker": "text", "once": "text", "meaning": "text"}
# Whoever may put a decision: the pipeline's login, which shows a session's token where one signs.
PUT: Mapping[str, tuple[Mapping[str, str], str]] = {
    "dispose": (
        {**_ASKED, "content": "text", "of_once": "bytea", "at": "timestamptz"},
        "disposition bigint, refused text, again boolean",
    ),
    "second": (
        {
            "session": "text",
            "once": "text",
            "meaning": "text",
            "of_disposition": "bigint",
            "digest": "bytea",
            "seen": "bigint",
            "at": "timestamptz",
        },
        "refused text, again boolean",
    ),
    "withdraw": (
        {
            "session": "text",
            "speaker": "text",
            "meaning": "text",
            "of_disposition": "bigint",
            "at": "timestamptz",
        },
        "refused text",
    ),
}
OPEN = "TABLE (finding bigint, rule text, state text, piece text, failed boolean)"
SIGN = {
    "session": "text",
    "meaning": "text",
    "what": "text",
    "content": "bytea",
    "at": "timestamptz",
}
ALONE = {"of_thing": "text", "of_key": "jsonb", "once": "text"}
FAULT = {"asked": "jsonb", "role": "text", "site": "text", "looked": "jsonb"}
# What the pipeline's login calls; the others are called by these.
CALLED = ("sign", "signed_here", "alone", "rules_in_advance", "stop_by_rule", *PUT)
BY_RULE = {
    "by_rule": "bigint",
    "for_finding": "bigint",
    "maker": "text",
    "number": "text",
    "at": "timestamptz",
}
TEXTS = """CREATE FUNCTION judged.texts(told jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN CASE jsonb_typeof(told) WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text(told)) END"""
NEWEST = """CREATE FUNCTION judged.newest_word(of_thing text, of_key jsonb) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog
AS $asked$
SELECT coalesce(max(w.word), 0)
FROM judged.disposition AS d
JOIN judged.disposition_word AS w USING (disposition)
WHERE d.thing = of_thing AND d.key = of_key
$asked$"""


def views() -> Iterator[str]:
    """The table of moves, how far each disposition is signed, and what is in effect."""
    # From the library's own file, so that the database and the pages cannot allow different things.
    yield f"CREATE VIEW {MOVE} AS\n{_moves(moves())}"
    yield f"CREATE VIEW {PIECE} AS\n{_pieces(moves())}"
    yield f"CREATE VIEW {SIGNED} AS\n{text_of('signed', 'decisions').rstrip()}"
    yield f"CREATE VIEW {IN_EFFECT} AS\n{text_of('in_effect', 'decisions').rstrip()}"
    yield f"CREATE VIEW {BY_RULES} AS\n{text_of('stopped_by_rule', 'decisions').rstrip()}"


def functions() -> Iterator[str]:
    """The owner's functions: those that put run as the owner, for the pipeline's login alone."""
    made = dict(_functions())
    yield from made.values()
    # Of all that are made: PostgreSQL lets everybody run a new one.
    yield from (f"REVOKE ALL ON FUNCTION judged.{name} FROM PUBLIC" for name in made)
    for name in CALLED:
        yield f"GRANT EXECUTE ON FUNCTION judged.{name} TO lots_pipeline"
    yield "GRANT EXECUTE ON FUNCTION judged.open_pieces TO lots_pipeline, lots_reader"


def _functions() -> Iterator[tuple[str, str]]:
    # No login may put a row of its own: what may be decided is looked at here, and nowhere around
    # it.
    owners = "VOLATILE SECURITY DEFINER"
    yield "texts", TEXTS
    yield "newest_word", NEWEST
    for name, asks, answers, how in (
        ("held_above", {"maker": "text", "number": "text"}, "boolean", "STABLE"),
        ("open_pieces", {"maker": "text", "number": "text"}, OPEN, "STABLE"),
        ("signer", {"session": "text", "at": "timestamptz"}, f"TABLE ({_WHO})", "STABLE"),
        ("sign", SIGN, f"TABLE (signature bigint, {_WHO})", owners),
        ("signed_here", {}, "boolean", "STABLE SECURITY DEFINER"),
    ):
        yield name, _sql(name, asks, answers, how)
    for name, asks, answers, how in (
        ("looked", {"asked": "jsonb"}, "jsonb", "STABLE"),
        ("alone", ALONE, "void", "VOLATILE"),
        ("overtaken", {"looked": "jsonb"}, "boolean", "VOLATILE"),
        ("rules_in_advance", {}, "boolean", "VOLATILE"),
        ("fault", FAULT, "text", "STABLE"),
    ):
        yield name, _block(name, asks, answers, how)
    yield "stop_by_rule", _block("stop_by_rule", BY_RULE, "bigint", owners)
    for name, (takes, told) in PUT.items():
        yield name, _block(name, takes, f"TABLE ({told})", owners)


def _moves(told: Moves) -> str:
    head = (
        "thing",
        "code",
        "state",
        "ends",
        "people",
        "stops",
        "sources",
        "states",
        "roles",
        "needs",
        "site",
        "rule",
        "give",
        "pieces",
        "parts",
        "norm",
    )
    rows = ",\n    ".join(f"({', '.join(_row(told, move))})" for move in told.every)
    return f"SELECT {', '.join(head)}\nFROM (VALUES\n    {rows}\n) AS told ({', '.join(head)})"


def _pieces(told: Moves) -> str:
    """Which rule leaves which piece of readiness open, and whether it fails it."""
    rows = ",\n    ".join(
        f"({_text(piece.code)}, {_text(rule)}, {rule in piece.never})"
        for piece in told.pieces
        for rule in piece.rules
    )
    return f"SELECT piece, rule, never\nFROM (VALUES\n    {rows}\n) AS told (piece, rule, never)"


def _row(told: Moves, move: Move) -> Iterator[str]:
    thing = told.things[move.thing]
    yield _text(move.thing)
    yield _text(move.code)
    yield f"{_text(move.to) if move.to else 'NULL'}::text"
    yield str(move.ends)
    yield str(move.people)
    yield str(move.stops)
    yield from (_array(of) for of in (sorted(move.sources), thing.states))
    yield from (_array(sorted(of)) for of in (move.roles, move.needs))
    yield str(move.site)
    yield str(move.rule)
    yield _array(move.give)
    yield _array([piece.code for piece in told.pieces])
    yield str(len(thing.key))
    yield str(told.version)


def _text(of: str) -> str:
    return f"'{of.replace(chr(39), chr(39) * 2)}'"


def _array(of: Sequence[str]) -> str:
    return f"ARRAY[{', '.join(map(_text, of))}]::text[]"


def _taken(asks: Mapping[str, str]) -> str:
    return ", ".join(f"{parameter} {kind}" for parameter, kind in asks.items())


def _sql(name: str, asks: Mapping[str, str], answers: str, how: str) -> str:
    places = {parameter: n for n, parameter in enumerate(asks, 1)}
    body = _PARAMETER.sub(lambda found: f"${places[found[1]]}", text_of(name, "decisions"))
    return (
        f"CREATE FUNCTION judged.{name}({_taken(asks)}) RETURNS {answers}\n"
        f"LANGUAGE sql {how} SET search_path = pg_catalog\nAS $asked$\n{body.rstrip()}\n$asked$"
    )


def _block(name: str, asks: Mapping[str, str], answers: str, how: str) -> str:
    return (
        f"CREATE FUNCTION judged.{name}({_taken(asks)}) RETURNS {answers}\n"
        # It runs as the owner: by a search_path of the caller's another table could stand in the
        # place of ours.
        f"LANGUAGE plpgsql {how} SET search_path = pg_catalog\n"
        f"AS $asked$\n{text_of(name, 'decisions').rstrip()}\n$asked$"
    )
