"""Which open ends are about a donor of an answer: statements of keys, and results of persons
(docs/certificate.md).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from lots.records import record as record_of
from lots.store.among import all_among
from lots.store.answers import arrays
from lots.store.answers.open_ends import End, Key
from lots.store.queries import query
from lots.store.schema.record_tables import standing


def kinds_stated(connection: sa.Connection, keys: Sequence[Key]) -> dict[Key, set[str | None]]:
    """Whose keys statements join, of each by all its versions: "donor", "patient", None for not told."""
    table, found = standing(record_of("same_person")), defaultdict[Key, set[str | None]](set)
    named = all_among((table.c.party, table.c.statement), keys)
    columns = (table.c.party, table.c.statement, table.c.kind)
    for party, statement, kind in connection.execute(sa.select(*columns).where(named)):
        found[party, statement].add(kind)
    return found


def statements_touching(
    connection: sa.Connection,
    kind: str,
    names: Iterable[str],
    reached: Iterable[str],
    ends: Sequence[End],
) -> set[End]:
    """Those of these ends of statements that name a donor of an answer: of the donations reached, or by
    what is asked about.
    """
    parameters = {
        "kind": kind,
        "names": sorted(names),
        "donations": sorted(reached),
        "all_keys": arrays.of_keys(end.key for end in ends),
    }
    found = {tuple(r.key) for r in connection.execute(query("statements_touching"), parameters)}
    return {end for end in ends if end.key in found}


def donors_tested(connection: sa.Connection, kind: str, name: str) -> bool:
    """Whether results of a kit's lot, laboratory or analyser, or that do not tell it, are of a donor."""
    found = connection.execute(query("donors_tested"), {"kind": kind, "name": name})
    return bool(found.scalar_one())
