"""Of which records there is anything to derive: most sites send few of them."""

from collections.abc import Iterable

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.store.intake.values import text
from lots.store.schema.lineage_tables import OPEN_END, PARKED
from lots.store.schema.record_tables import accepted
from lots.store.schema.tables import CONTESTED, KEY_CAME, RETRACTED, SUPERSEDED

# What is derived of a record's own rows and kept under its name.
KEPT = (SUPERSEDED, CONTESTED, RETRACTED, KEY_CAME, PARKED, OPEN_END)


def there(connection: sa.Connection, records: Iterable[Record]) -> list[Record]:
    """The records of which a row was accepted, or anything is kept that was derived of one."""
    of_records = [*records]
    told = (
        sa.select(text(r.name).label("record")).where(sa.exists().select_from(accepted(r)))
        for r in of_records
    )
    # Also what is kept of a record that has no row: it is wrong, and only a rebuild finds it.
    kept = (sa.select(table.c.record).distinct() for table in KEPT)
    found = set(connection.execute(sa.union(*told, *kept)).scalars())
    return [record for record in of_records if record.name in found]
