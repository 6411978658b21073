"""What packs became under other labels, and which lines of vials name them (docs/certificate.md)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from lots.answers.certificate import Sort
from lots.store.answers import arrays, read_once
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
    lots = [*nodes]
    every = {*packs} if alone else {*packs, *_relabelled_of(connection, lots)}
    parameters = {"packs": sorted(every), "nodes": arrays.of_numbers(lots)}
    rows = connection.execute(query("packs_renamed"), parameters)
    return [
        End(r.record, tuple(r.key), r.link, Sort.EMPTY if r.no_lot else Sort.PARKED) for r in rows
    ]


def labels_untold(connection: sa.Connection) -> list[End]:
    """Relabellings to a label of which no pack record came."""

    def read() -> list[End]:
        rows = connection.execute(query("labels_untold"))
        return [End("relabelling", tuple(r.key), "new_pack", Sort.PARKED) for r in rows]

    return read_once.once(connection, "labels untold", read)


def of_untold_products(connection: sa.Connection) -> set[tuple[str, ...]]:
    """Relabellings, by their keys, from a GTIN that a lot or pack tells to one that none does."""

    def read() -> set[tuple[str, ...]]:
        rows = connection.execute(query("relabelled_to_untold_products"))
        return {tuple(r.key) for r in rows}

    return read_once.once(connection, "relabelled to untold products", read)


def names_of_packs(
    connection: sa.Connection, packs: Iterable[str], nodes: Iterable[int]
) -> frozenset[Name]:
    """What these packs (GTIN/SERIAL) were and became, with their own names; and what the packs of these
    lots were and became.
    """
    every = {*packs, *_relabelled_of(connection, nodes)}
    rows = connection.execute(query("names_of_packs"), {"packs": sorted(every)})
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
    lots = [*nodes]
    parameters = {
        "packs": sorted(packs),
        "others": _relabelled_of(connection, lots),
        "labels": sorted(labels),
        "nodes": arrays.of_numbers(lots),
    }
    rows = connection.execute(query("lines_of_earlier_labels"), parameters)
    return [End(r.record, tuple(r.key), EARLIER_LABEL, Sort.PARKED) for r in rows]


def _relabelled_of(connection: sa.Connection, nodes: Iterable[int]) -> list[str]:
    """The packs of these lots (GTIN/SERIAL) that were relabelled, or that others became."""
    # Few are relabelled: to look for those of some lots takes as long as for all.
    by_lot = read_once.once(connection, "relabelled", lambda: _relabelled(connection))
    return [pack for node in nodes for pack in by_lot.get(node, ())]


def _relabelled(connection: sa.Connection) -> Mapping[int, list[str]]:
    found = defaultdict[int, list[str]](list)
    for row in connection.execute(query("packs_relabelled")):
        found[row.node].append(f"{row.gtin}/{row.serial}")
    return dict(found)
