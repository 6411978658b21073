"""What linking does with which record, as the records declare it."""

import sqlalchemy as sa

from lots.questions.path import edge_records, lines
from lots.records import records
from lots.store.schema.lineage_tables import PERSON, PLACE

# Of which a row makes an edge.
EDGE_RECORDS = edge_records(records())
# Of each line of vials: the statement that finds those whose links may change, and the one that
# reads them, and the record. In their order: what is given may have been prepared of what was
# linked before.
VIAL_SOURCES = tuple((f"affected_{r.name}s", f"source_{r.name}s", r.name) for r in lines(records()))
_TABLES: dict[str, sa.Table] = {"person": PERSON, "place": PLACE}
# By record: the table that is made of it as a whole, and by which statement.
DERIVED_FROM = {
    r.name: (_TABLES[r.derives], f"link_{r.derives}s") for r in records().values() if r.derives
}
