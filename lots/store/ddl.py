"""The schema that the declarations ask for, as SQL: what the migrations' result is compared with."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment, SetTableComment

from lots.records import records
from lots.schema import Record
from lots.store.reading import DIALECT
from lots.store.tables import SCHEMAS, accepted, declare_all

INSERT_ONLY = ("receiving.refused", "receiving.notice", "receiving.arrival", "judged.finding", "ledger.entry")
WORKING = ("receiving.receipt", "judged.contested", "lineage.node", "lineage.edge", "lineage.closure", "lineage.vial",
           "lineage.parked", "lineage.progress")


def statements() -> Iterator[str]:
    """Every statement, in order: schemas, tables, comments, indexes, grants."""
    for schema in SCHEMAS:
        yield f"CREATE SCHEMA {schema}"
    for table in declare_all().sorted_tables:
        yield from (str(s.compile(dialect=DIALECT)).strip().replace("\t", "    ") for s in _of(table))
    yield from (standing_view(record) for record in records().values())
    yield from grants()


def standing_view(record: Record) -> str:
    """The versions that stand: those that no higher one supersedes. Contested ones all stand."""
    columns = ",\n    ".join(f"version_row.{c.name}" for c in accepted(record).columns)
    return (f"CREATE VIEW standing.{record.name} AS\nSELECT\n    {columns}\n"
            f"FROM accepted.{record.name} AS version_row\n"
            "WHERE NOT EXISTS (\n    SELECT FROM accepted.superseded AS s\n"
            f"    WHERE s.record = '{record.name}' AND s.receipt = version_row.receipt "
            "AND s.line = version_row.line\n)")


def _of(table: sa.Table) -> Iterator[sa.schema.DDLElement]:
    yield CreateTable(table)
    if table.comment:
        yield SetTableComment(table)
    yield from (SetColumnComment(column) for column in table.columns if column.comment)
    yield from (CreateIndex(index) for index in sorted(table.indexes, key=lambda i: str(i.name)))


def grants() -> Iterator[str]:
    """What each role may do: the pipeline adds to what was accepted, and can neither change nor delete it."""
    for schema in SCHEMAS:
        yield f"GRANT USAGE ON SCHEMA {schema} TO lots_pipeline, lots_reader"
        yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO lots_pipeline, lots_reader"
    yield "GRANT CREATE ON SCHEMA receiving TO lots_pipeline"
    yield "GRANT INSERT ON ALL TABLES IN SCHEMA accepted TO lots_pipeline"
    yield from (f"GRANT INSERT ON {table} TO lots_pipeline" for table in INSERT_ONLY)
    yield from (f"GRANT INSERT, UPDATE, DELETE ON {table} TO lots_pipeline" for table in WORKING)


def script() -> str:
    """All of it as one readable file."""
    return ";\n\n".join(statements()).replace("%%", "%") + ";\n"
