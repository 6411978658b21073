"""What parked lines may mean: known lots and packs whose names are near to what they tell
(docs/near.md). Shown, and never linked by it.
"""

from collections.abc import Iterator, Mapping, Sequence

from lots.answers import Listed, Node
from lots.answers.lists import NearLine
from lots.pipeline.meant import parked_line, written
from lots.settings import Settings
from lots.store.answers import near, statements
from lots.store.answers.near import NearName, Told
from lots.store.engine import Connection, engine
from lots.store.intake import receipts
from lots.store.standing.meaning import ParkedLine
from lots.store.standing.resolving import Row

TITLE = "What parked lines look like"
EMPTY = "No known lot or pack looks like what these lines tell."
SAME = {"packed": "the same number", "pack": "the same serial"}  # and parked all the same
STRONG, SLIP = "strong", "slip"


def candidates(settings: Settings, rows: Sequence[Row]) -> Listed[NearLine]:
    """The known lots and packs that these parked lines look like, and why; those for strong reasons
    first. Raises NotFound, CallError.
    """
    with engine("lots_reader", settings).connect() as connection:
        lines = [parked_line(connection, row) for row in rows]
        found = near.near_known(connection, {told for line in lines for told in _told(line)})
        known = known_of(connection, found)
        return Listed(
            TITLE,
            NearLine,
            tuple(one for line in lines for one in _lines(connection, line, found, known)),
            EMPTY,
        )


def known_of(connection: Connection, found: Mapping[Told, Sequence[NearName]]) -> dict[int, Node]:
    """The lots and pools that near names are, or are packs of, by number."""
    nodes = sorted({n.node for names in found.values() for n in names if n.node is not None})
    return statements.known_nodes(connection, nodes)


def _told(line: ParkedLine) -> Iterator[Told]:
    """The names that a line tells: its lot's, and its pack's serial."""
    _, serial, lot, _ = line.names
    yield from (Told(near.LOT, name) for name in (lot,) if name)
    yield from (Told(near.PACK, name) for name in (serial,) if name)


def _lines(
    connection: Connection,
    line: ParkedLine,
    found: dict[Told, tuple[NearName, ...]],
    known: dict[int, Node],
) -> Iterator[NearLine]:
    file_name, received_at = receipts.file_of(connection, line.row[0])
    for told in _told(line):
        for name in _near(line, told, found.get(told, ())):
            if (words := _words(line, name)) is None:
                continue
            yield NearLine(
                written(line.row),
                f"{file_name}:{line.row[1]}",
                received_at.date(),
                told.name,
                as_typed(name, known),
                words,
                STRONG if name.alike.strong else SLIP,
            )


def _near(line: ParkedLine, told: Told, found: Sequence[NearName]) -> list[NearName]:
    """What a name looks like. One that is known by itself looks like no other: two known names are
    never compared.
    """
    near = [n for n in found if n.kind in SAME]
    itself = [n for n in near if n.known == told.name and told.kind == _kind(n)]
    return itself or near


def _kind(name: NearName) -> str:
    return near.PACK if name.kind == near.PACK else near.LOT


def _words(line: ParkedLine, name: NearName) -> str | None:
    """Why a name looks like a known one, as what follows "it looks like it"; None where the line is
    linked by it.
    """
    if name.told.name != name.known:
        return name.alike.words
    if name.kind == near.PACK and name.gtin == line.names[0]:
        return "the same pack, whose lot nobody told" if near.PACK in line.parked else None
    return same(name, line.names[0]) if name.told.kind in line.parked else None


def same(name: NearName, gtin: str | None) -> str:
    """Why a name that is the same as a known one is parked: the GTIN that is told with it."""
    return f"{SAME[name.kind]} {'under another GTIN' if gtin else 'where no GTIN is told'}"


def as_typed(name: NearName, known: dict[int, Node]) -> str:
    """A lot or pack as one types it for --as."""
    if name.kind == near.PACK:
        return f"{name.gtin}/{name.known}"
    node = known[name.node] if name.node is not None else None
    return f"{node.maker}/{node.number}" if node else name.known
