"""What became of a pack: its lots and the vial lines that may be of it. Whoever asks about a pack
asks here.
"""

from dataclasses import dataclass

from lots.answers import Reason
from lots.answers.wording import many
from lots.errors import CallError
from lots.identifiers.gtin import Gtin
from lots.pipeline import naming
from lots.pipeline.certify import plainly
from lots.store.answers import statements, subjects
from lots.store.answers.counting import Line
from lots.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Became:
    """A pack's packed lots, its vial lines under this name, a later one or by preparation, and what
    is missing.

    perhaps: those of the lines of which a version does not name the pack. mixed: those given by a
    preparation that holds other packs too. before: lines of packs that
    it was relabelled from: they may be of this pack, or of one beside it. vials: that it holds at
    most, where that is known.
    """

    nodes: set[int]
    lines: set[Line]
    gaps: tuple[Reason, ...]
    perhaps: set[Line]
    mixed: set[Line]
    before: set[Line]
    vials: int | None


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
    # A bag may hold other packs' lots.
    nodes = own or set(subjects.lots_of_lines(connection, lines))
    perhaps = subjects.perhaps(connection, f"{gtin}/{serial}", lines)
    before, gaps = _before(connection, gtin, serial, lines)
    if not nodes:
        naming.expect(connection, "pack", name, [serial])
        gaps = (plainly(naming.UNLINKED.format("pack"), "pack"), *gaps)
    holds = statements.vials_of_pack(connection, gtin, serial)
    mixed = subjects.mixed(connection, f"{gtin}/{serial}", lines)
    return Became(nodes, lines, gaps, perhaps, mixed, before, holds)


def _before(
    connection: Connection, gtin: str, serial: str, lines: set[Line]
) -> tuple[set[Line], tuple[Reason, ...]]:
    """Other lines under earlier names, and a reason for each of these names."""
    found, reasons = set[Line](), []
    names = statements.packs_before(connection, gtin, serial)
    # Of what else these became nothing is of this one.
    told = subjects.naming(connection, names) if names else {}
    for name in names:
        if others := told.get(name, set()) - lines:
            found |= others
            are = "is" if len(others) == 1 else "are"
            sentence = (
                f"{many(len(others), 'other vial line')} {are} of the pack {name}, from which"
                " this one was relabelled: it, or one beside it, may be what was meant."
            )
            reasons.append(plainly(sentence, "relabelling", len(others)))
    return found, tuple(reasons)
