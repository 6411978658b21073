"""What packs became under other labels, and which lines of vials name them (docs/certificate.md)."""

from collections.abc import Iterable

import sqlalchemy as sa

from lots.answers.certificate import Sort
from lots.store.answers import arrays
from lots.store.answers.open_ends import End
from lots.store.queries import query

# Under which such a line is told: it names a pack that is known, and went by another name since.
EARLIER_LABEL = "earlier_label"
Name = tuple[str, str]  # GTIN and serial


def packs_renamed(
    connection: sa.Connection, packs: Iterable[str], nodes: Iterable[int], *, alone: bool
) -> list[End]:
    """What these packs (GTIN/SERIAL) became, and unless alone the packs of these lots, of which no
    record came, or one that tells no lot, or another, by whose number lines may tell of them.
    """
    parameters = {"packs": sorted(packs), "nodes": arrays.of_numbers(nodes), "alone": alone}
    rows = connection.execute(query("packs_renamed"), parameters)
    return [
        End(r.record, tuple(r.key), r.link, Sort.EMPTY if r.no_lot else Sort.PARKED) for r in rows
    ]


def labels_untold(connection: sa.Connection) -> list[End]:
    """Relabellings to a label of which no pack record came."""
    rows = connection.execute(query("labels_untold"))
    return [End("relabelling", tuple(r.key), "new_pack", Sort.PARKED) for r in rows]


def names_of_packs(
    connection: sa.Connection, packs: Iterable[str], nodes: Iterable[int]
) -> frozenset[Name]:
    """What these packs (GTIN/SERIAL) were and became, with their own names; and what the packs of these
    lots were and became.
    """
    parameters = {"packs": sorted(packs), "nodes": arrays.of_numbers(nodes)}
    rows = connection.execute(query("names_of_packs"), parameters)
    return frozenset((r.gtin, r.serial) for r in rows)


def lines_of_packs(
    connection: sa.Connection, packs: Iterable[str], nodes: Iterable[int]
) -> list[End]:
    """Lines that name these packs (GTIN/SERIAL), or what they became, and reach none of these lots."""
    parameters = {"packs": sorted(packs), "nodes": arrays.of_numbers(nodes)}
    rows = connection.execute(query("lines_of_packs"), parameters)
    return [End(r.record, tuple(r.key), r.link, Sort.PARKED) for r in rows]


def lines_of_earlier_labels(
    connection: sa.Connection, packs: Iterable[str], labels: Iterable[str], nodes: Iterable[int]
) -> list[End]:
    """Lines that name what these packs (GTIN/SERIAL), or the packs of these lots, were relabelled from,
    and reach none of these lots. labels: others that may be of these packs, and are looked for too.
    """
    parameters = {
        "packs": sorted(packs),
        "labels": sorted(labels),
        "nodes": arrays.of_numbers(nodes),
    }
    rows = connection.execute(query("lines_of_earlier_labels"), parameters)
    return [End(r.record, tuple(r.key), EARLIER_LABEL, Sort.PARKED) for r in rows]
