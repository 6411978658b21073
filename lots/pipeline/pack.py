"""What became of a pack: its lots and the vial lines that may be of it. Whoever asks about a pack
asks here.
"""

from dataclasses import dataclass, field

from lots.errors import CallError
from lots.identifiers.gtin import Gtin
from lots.pipeline import naming
from lots.store.answers import statements, subjects
from lots.store.answers.counting import Line
from lots.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Became:
    """A pack's packed lots, its vial lines under this name, a later one or by preparation, and what
    is missing.

    perhaps: those of the lines of which a version does not name the pack.
    """

    nodes: set[int]
    lines: set[Line]
    gaps: tuple[str, ...]
    perhaps: set[Line] = field(default_factory=set)


def pack_name(name: str) -> tuple[str, str]:
    """(GTIN-14, serial) of 'GTIN/SERIAL'; a serial may hold a slash. Raises CallError."""
    gtin, slash, serial = name.partition("/")
    if not slash or not gtin or not serial:
        raise CallError(f"'{name}' does not name a pack; expected GTIN/SERIAL.")
    try:
        return str(Gtin.of(gtin)), serial
    except ValueError as error:
        raise CallError(str(error)) from error


def became(connection: Connection, name: str) -> Became:
    """What became of the pack 'GTIN/SERIAL'. Raises NotFound where no received row names it."""
    gtin, serial = pack_name(name)
    lines = subjects.beginning(connection, "pack", {"name": f"{gtin}/{serial}"}).lines
    own = set(statements.of_pack(connection, gtin, serial))
    nodes = own or set(
        subjects.lots_of_lines(connection, lines)
    )  # a bag may hold other packs' lots
    perhaps = subjects.perhaps(connection, f"{gtin}/{serial}", lines)
    gaps = (*unlinked(connection, f"pack {name}", lines), *_before(connection, gtin, serial, lines))
    if nodes:
        return Became(nodes, lines, gaps, perhaps)
    naming.expect(connection, "pack", name, [serial])
    return Became(nodes, lines, (naming.UNLINKED.format("pack"), *gaps), perhaps)


def _before(connection: Connection, gtin: str, serial: str, lines: set[Line]) -> tuple[str, ...]:
    """A sentence for each earlier name under which other lines stand: they may be of this pack, or
    of one beside it.
    """
    found = []
    for name in statements.packs_before(connection, gtin, serial):
        if others := subjects.beginning(connection, "pack", {"name": name}).lines - lines:
            found.append(
                f"{len(others):,} other vial lines are of the pack {name}, from which this one was "
                "relabelled; they are not counted here."
            )
    return tuple(found)


def unlinked(connection: Connection, thing: str, lines: set[Line]) -> tuple[str, ...]:
    """A sentence where some of these lines are linked to no lot."""
    apart = subjects.unlinked(connection, lines)
    return (
        (
            (
                f"{apart:,} vial lines of {thing} are linked to no lot; their vials and patients"
                " are not counted."
            ),
        )
        if apart
        else ()
    )
