"""The page of the norm of moves, from its table: who may decide what, and a diagram of each
machine.
"""

from collections.abc import Iterator

from lots.decisions.moves import HOLDS, Move, Moves, Piece, Thing, moves
from lots.papers.page import page, table

BEGINNING = """# The norm of moves

What may be decided of a thing, by whom, by how many people, and what must be told. Written by `lots docs` from
`lots/decisions/moves.toml`: a licence holder changes that file, two people together, and not this page.

A decision is never changed. What a thing is follows from all that are in force, in whatever order they came: of
several that hold at once the worst, where nothing holds the first. One that needs two people is *proposed* until
two accounts of two persons have signed exactly the same; nothing rests on it before. One that stops needs nothing
but a ground, and holds at once. What ends another names it, and only its owner's people end it: a site's own, or
the holder's; an authority's order is recorded by the holder, and ended by its reference."""

PIECES = """## Readiness

Of each piece who signs a release attests that it is met, or by which document it is settled. A finding that holds
the lot, or what it was made of ([held.md](../held.md)), leaves its piece open, and `holds` too: such a piece is not
met, and only a document settles it. Nobody signs over a finding that the page did not show. A failed test of the
specification is settled by no document: its finding is closed by two, or explained by a new result, first."""


def whole() -> str:
    """The whole page."""
    told = moves()
    return page(BEGINNING, _stated(told), *_things(told), PIECES, _pieces(told))


def _stated(told: Moves) -> str:
    return f"Version {told.version}, valid from {told.valid_from}. Source: {told.citation}."


def _things(told: Moves) -> Iterator[str]:
    for thing in told.things.values():
        own = [move for move in told.every if move.thing == thing.name]
        yield f"## {thing.says[0].upper()}{thing.says[1:]}"
        yield f"Named by {', '.join(thing.key)}. From the first to the worst: {', '.join(thing.states)}."
        # From the same rows as the table below: a drawing of its own would differ from it some day.
        yield diagram(thing, own)
        yield table(HEAD, (_row(move) for move in own))


HEAD = ("move", "says", "from", "to", "people", "who", "must be told", "source")


def _row(move: Move) -> tuple[str, ...]:
    needs = f"; one of them {_names(move.needs)}" if move.needs else ""
    site = ", of the site" if move.site else ""
    rule = ", or a signed rule" if move.rule else ""
    to = move.to or "what else holds"
    who = f"{_names(move.roles)}{site}{rule}{needs}"
    given = ", ".join(move.give)
    people = f"{move.people}{', at once' if move.stops else ''}"
    sources = ", ".join(sorted(move.sources))
    return (f"`{move.code}`", move.says, sources, to, people, who, given, move.citation)


def _names(of: frozenset[str]) -> str:
    return ", ".join(sorted(name.replace("_", " ") for name in of))


def diagram(thing: Thing, own: list[Move]) -> str:
    """A state diagram, as Mermaid reads it: a thin line ends a decision, and leads to the first
    state.
    """
    lines = [f"    [*] --> {_node(thing.states[0])}"]
    for state in thing.states:
        lines.append(f'    state "{state}" as {_node(state)}')
    for move in own:
        # What only ends others leads back: to the first state, where nothing else holds.
        to = move.to or thing.states[0]
        people = f" by {move.people}" if move.people > 1 else ""
        lines += [
            f"    {_node(source)} --> {_node(to)}: {move.code}{people}"
            for source in thing.states
            # What leads from a state to itself changes nothing that a drawing could show.
            if source in move.sources and source != to
        ]
    lines += [f"    {_node(state)} --> [*]" for state in thing.states if state in thing.final]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _node(state: str) -> str:
    # Mermaid ends a name at its first blank.
    return state.replace(" ", "_")


def _pieces(told: Moves) -> str:
    return "\n".join(f"- `{piece.code}`: {piece.says}.{_left_by(piece)}" for piece in told.pieces)


def _left_by(piece: Piece) -> str:
    if not piece.rules:
        return " Left open by each of them." if piece.code == HOLDS else ""
    never = ", by no document" if piece.never else ""
    return f" Left open{never} by findings of {', '.join(piece.rules)}."
