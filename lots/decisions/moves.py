"""The table of moves, read from its file: what may be decided of what, by whom, and what it makes
of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

FILE = "moves.toml"
HOLDS = "holds"  # the piece that every finding leaves open, of whatever rule


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of thing of which something may be decided. states: from the first, which nobody
    decided, to the worst; final: those that nothing leads out of.
    """

    name: str
    says: str
    key: tuple[str, ...]
    states: tuple[str, ...]
    final: frozenset[str]

    def worst(self, held: Iterable[str]) -> str:
        """The state of a thing of which decisions say these."""
        # By rank and not by age: so no order of arrival matters (docs/decisions/dispositions.md).
        return max(held, key=self.states.index, default=self.states[0])


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. to: empty where it only ends what others made. needs: roles of which
    one at least must be among those who sign. site: it is the site's, and only its own people end
    it.
    stops: it forbids, and holds by one word, also of who is not signed in.
    """

    code: str
    thing: str
    says: str
    sources: frozenset[str]
    to: str
    ends: bool
    people: int
    stops: bool
    roles: frozenset[str]
    needs: frozenset[str]
    site: bool
    rule: bool
    give: tuple[str, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of readiness, which who signs a release attests. rules: a finding of theirs that holds the
    lot leaves it open, so that a document alone settles it; never: of these not even a document does.
    """

    code: str
    says: str
    rules: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Moves:
    """The whole table: which version of it, since when, on whose word."""

    version: int
    valid_from: date
    citation: str
    things: Mapping[str, Thing]
    every: tuple[Move, ...]
    pieces: tuple[Piece, ...]

    def of(self, thing: str, code: str) -> Move | None:
        """The move of that name on such a thing."""
        return next((m for m in self.every if (m.thing, m.code) == (thing, code)), None)


@cache
def moves() -> Moves:
    """The table that is in force. Raises ValueError where a row of it cannot be meant."""
    import tomllib  # here, so that a command which decides nothing loads neither
    from importlib.resources import files

    return read(tomllib.loads(files(__package__).joinpath(FILE).read_text("utf-8")))


def read(told: Mapping[str, Any]) -> Moves:
    """A table as it is written. Raises ValueError where a row of it cannot be meant."""
    things = {row["name"]: _thing(row) for row in told["object"]}
    every = tuple(_move(row) for row in told["move"])
    pieces = tuple(_piece(row) for row in told["piece"])
    # At reading, not at deciding: a table that cannot be meant must not stop a decision half-way.
    for move in every:
        if fault := _fault(move, things[move.thing], every):
            raise ValueError(f"{FILE}: {move.thing}, {move.code}: {fault}.")
    if HOLDS not in {piece.code for piece in pieces}:
        raise ValueError(f"{FILE}: pieces: expected one of what is held, got none.")
    return Moves(told["version"], told["valid_from"], told["citation"], things, every, pieces)


def _thing(row: Mapping[str, Any]) -> Thing:
    return Thing(
        row["name"], row["says"], tuple(row["key"]), tuple(row["states"]), frozenset(row["final"])
    )


def _piece(row: Mapping[str, Any]) -> Piece:
    rules, never = tuple(row.get("rules", ())), frozenset(row.get("never", ()))
    if not never <= set(rules):
        raise ValueError(f"{FILE}: {row['code']}: never: expected rules of the piece, got others.")
    return Piece(row["code"], row["says"], rules, never)


def _move(row: Mapping[str, Any]) -> Move:
    return Move(
        row["code"],
        row["object"],
        row["says"],
        frozenset(row["from"]),
        row.get("to", ""),
        row.get("ends", False),
        row["people"],
        row.get("stop", False),
        frozenset(row["roles"]),
        frozenset(row.get("needs", ())),
        row.get("site", False),
        row.get("rule", False),
        tuple(row["give"]),
        row["source"],
    )


def _fault(move: Move, thing: Thing, every: Sequence[Move]) -> str:
    """What is wrong with a row: the machine is closed, and nothing leads out of what is final."""
    told = move.sources | ({move.to} if move.to else set())
    if unknown := told - set(thing.states):
        return f"states: expected those of a {thing.name}, got {', '.join(sorted(unknown))}"
    if out := move.sources & thing.final:
        return f"from: expected no final state, got {', '.join(sorted(out))}"
    if not move.to and not move.ends:
        return "to: expected a state, got none"
    if not move.needs <= move.roles:
        return "needs: expected roles that may sign, got others"
    # A stop waits for nobody, and takes nothing away that somebody else decided.
    if move.stops and (move.ends or move.people > 1):
        return "stop: expected a move of one that ends nothing, got another"
    if move.people not in (1, 2):
        return f"people: expected 1 or 2, got {move.people}"
    if sum((m.thing, m.code) == (move.thing, move.code) for m in every) > 1:
        return "code: expected it once of a thing, got it twice"
    return ""
