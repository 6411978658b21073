"""What is known of one pack beside its lineage: labels, how it was made, its way,
and where it is.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from lots.answers import LotName, Whereabouts
from lots.answers.pack import Label, Made, Moved, PackHistory, grams
from lots.store.answers import arrays, statements
from lots.store.queries import query


def history(connection: sa.Connection, gtin: str, serial: str, nodes: Sequence[int]) -> PackHistory:
    """All of it, of a pack whose packed lots these nodes are."""
    # Under every name that it had or got: its way goes on under the new one.
    names = _named(connection, gtin, serial)
    labels = connection.execute(query("pack_labels"), names).all()
    return PackHistory(
        tuple(
            dict.fromkeys(_label(r, itself=(r.gtin, r.serial) == (gtin, serial)) for r in labels)
        ),
        tuple(
            _made(r)
            for r in connection.execute(query("pack_made"), {"nodes": arrays.of_numbers(nodes)})
        ),
        tuple(
            Moved(r.moved, r.at, r.from_party, r.to_party, r.told, r.record, tuple(r.key))
            for r in connection.execute(query("pack_custody"), names)
        ),
    )


def _named(connection: sa.Connection, gtin: str, serial: str) -> dict[str, list[str]]:
    found = connection.execute(query("pack_names"), {"gtin": gtin, "serial": serial}).all()
    return {"gtins": [r.gtin for r in found], "serials": [r.serial for r in found]}


def _label(row: Any, *, itself: bool) -> Label:
    lot = None if None in (row.maker, row.lot_number) else (row.maker, row.lot_number, "packed")
    return Label(
        row.gtin,
        row.serial,
        lot and LotName(*lot),
        row.vials,
        grams(row.content_g),
        row.expires_on,
        row.packed_at,
        itself,
    )


def _made(row: Any) -> Made:
    return Made(
        row.made,
        (row.plant, row.number),
        LotName(row.maker, row.lot_number, row.step),
        row.on_what,
        row.began,
        row.ended,
        row.known,
    )


def places(
    connection: sa.Connection, gtin: str, serial: str, nodes: Sequence[int]
) -> tuple[Whereabouts, ...]:
    """Where the pack is under each of its names: several places where accounts differ."""
    names = statements.known_nodes(connection, list(nodes))
    asked = {"nodes": arrays.of_numbers(nodes), **_named(connection, gtin, serial)}
    return tuple(
        Whereabouts(names[r.lot].name, r.whereabouts, r.holder, r.packs, int(r.vials))
        for r in connection.execute(query("custody_of_packs"), asked)
    )
