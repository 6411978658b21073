"""The tables: one for each record type, made from its declaration, and the few in which the house
keeps its books.

receiving: receipts, refused rows, staging. accepted: typed versions, insert only. judged: findings,
contested keys. ledger: one entry a receipt, insert only. lineage: derived, can be rebuilt from
accepted.
"""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.records import records
from lots.schema import Kind, Record
from lots.store.reading import sql_type, text

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
SCHEMAS = ("receiving", "accepted", "standing", "judged", "ledger", "lineage", "reference")
BIG, SMALL, INT, TEXT = sa.BigInteger, sa.SmallInteger, sa.Integer, sa.Text
INSTANT = sa.TIMESTAMP(timezone=True)
STATUSES = ("received", "staged", "judged", "accepted", "refused", "abandoned", "all_refused")


def _identity(name: str) -> sa.Column[int]:
    return sa.Column(name, BIG, sa.Identity(always=True), primary_key=True)


def _needed(name: str, kind: object, **more: object) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, **more)  # type: ignore[arg-type]


RECEIPT = sa.Table(
    "receipt",
    METADATA,
    _identity("receipt"),
    _needed("sha256", pg.BYTEA, unique=True, comment="of the bytes as they came"),
    _needed("file_name", TEXT),
    _needed("sender", TEXT),
    _needed("bytes", BIG),
    _needed("received_at", INSTANT),
    _needed("received_by", TEXT),
    _needed("status", TEXT),
    sa.Column("record", TEXT),
    sa.Column("stage", TEXT),
    sa.Column("layout", pg.JSONB, comment="form, the file's columns and what each became"),
    sa.Column(
        "counts", pg.JSONB, comment="lines, rows, accepted, known, refused, findings, blank, other"
    ),
    sa.Column("tallies", pg.JSONB, comment="for each rule: judged and failed"),
    sa.Column("sentence", TEXT, comment="why the file was refused whole"),
    sa.Column("concluded_at", INSTANT),
    sa.CheckConstraint(sa.Column("status").in_([text(s) for s in STATUSES]), name="status"),
    schema="receiving",
    comment="one row for each distinct file",
)
ARRIVAL = sa.Table(
    "arrival",
    METADATA,
    _identity("arrival"),
    _needed("receipt", BIG),
    _needed("place", TEXT),
    _needed("sender", TEXT),
    _needed("file_name", TEXT),
    _needed("mark", TEXT),
    _needed("arrived_at", INSTANT),
    sa.Index("ix_arrival_place", "place", "mark"),
    schema="receiving",
    comment="each time a file came, the same bytes again included",
)
REFUSED = sa.Table(
    "refused",
    METADATA,
    sa.Column("receipt", BIG, primary_key=True),
    sa.Column("line", BIG, primary_key=True),
    _needed("lines", INT),
    _needed("byte_offset", BIG),
    _needed("byte_length", BIG),
    _needed("raw", pg.BYTEA, comment="the line as it came, at most its first 65,536 bytes"),
    _needed("reasons", pg.ARRAY(TEXT)),
    sa.Column("possible", pg.JSONB, comment="links that can still be read: {link: [values]}"),
    schema="receiving",
    comment="rows that cannot be used as a record, with all their reasons",
)
NOTICE = sa.Table(
    "notice",
    METADATA,
    _identity("notice"),
    _needed("receipt", BIG),
    _needed("sentence", TEXT),
    sa.Index("ix_notice_receipt", "receipt"),
    schema="receiving",
    comment="what a person should know of a file that was received",
)
SUPERSEDED = sa.Table(
    "superseded",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("receipt", BIG, primary_key=True),
    sa.Column("line", BIG, primary_key=True),
    schema="accepted",
    comment="versions below their key's highest rank",
)
FINDING = sa.Table(
    "finding",
    METADATA,
    _identity("finding"),
    _needed("rule", TEXT),
    _needed("rule_version", INT),
    _needed("record", TEXT),
    _needed("key", pg.JSONB),
    _needed(
        "content", pg.BYTEA, comment="which version of the record; empty where it is about the key"
    ),
    sa.Column("receipt", BIG, comment="empty where a rule across records found it"),
    sa.Column("line", BIG),
    _needed("outcome", TEXT),
    _needed("severity", TEXT),
    _needed("holds", TEXT),
    _needed("opened_at", INSTANT),
    sa.UniqueConstraint("rule", "record", "key", "content", name="uq_finding_of"),
    sa.Index("ix_finding_key", "record", "key"),
    sa.Index("ix_finding_receipt", "receipt"),
    schema="judged",
    comment="a sound record tells of something out of limits, or could not be read in full",
)
CONTESTED = sa.Table(
    "contested",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    _needed("versions", INT),
    schema="judged",
    comment="keys whose versions contradict each other, and nobody has decided",
)
EVENT = sa.Table(
    "event",
    METADATA,
    _identity("event"),
    _needed("finding", BIG),
    _needed("kind", TEXT),
    _needed("at", INSTANT),
    _needed("by", TEXT),
    _needed("reason", TEXT),
    sa.CheckConstraint("kind IN ('explained', 'reopened', 'closed')", name="kind"),
    sa.Index("ix_event_finding", "finding"),
    schema="judged",
    comment="what happened to a finding after it was opened",
)
DECISION = sa.Table(
    "decision",
    METADATA,
    _identity("decision"),
    _needed("record", TEXT),
    _needed("key", pg.JSONB),
    _needed("receipt", BIG),
    _needed("line", BIG),
    _needed("at", INSTANT),
    _needed("by", TEXT),
    _needed("reason", TEXT),
    schema="judged",
    comment="a person's word on a contested key: which version stands",
)
OUTCOME = sa.Table(
    "outcome",
    METADATA,
    sa.Column("rule", TEXT, primary_key=True),
    sa.Column("subject", pg.JSONB, primary_key=True, comment="the key of what was judged"),
    _needed("rule_version", INT),
    _needed("outcome", TEXT),
    sa.Column("due_on", sa.Date, comment="the last day on which a pending record is in time"),
    sa.Column("waits_for", TEXT, comment="what a pending record waits for, where its rule tells"),
    sa.CheckConstraint("outcome IN ('pending', 'notice', 'finding')", name="outcome"),
    schema="judged",
    comment="what rules across records answer: all that is neither passed nor not applicable",
)
JUDGING = sa.Table(
    "judging",
    METADATA,
    _identity("judging"),
    _needed("at", INSTANT),
    _needed("rule", TEXT),
    _needed("rule_version", INT),
    _needed("subjects", BIG),
    _needed("passed", BIG),
    _needed("not_applicable", BIG),
    _needed("pending", BIG),
    _needed("notices", BIG),
    _needed("findings", BIG),
    sa.Index("ix_judging_rule", "rule"),
    schema="judged",
    comment="how often each rule across records had each outcome, each time it was judged",
)
ADOPTED = sa.Table(
    "adopted",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("receipt", BIG, primary_key=True),
    sa.Column("line", BIG, primary_key=True),
    _needed("scope", pg.JSONB, comment="its key without valid_from"),
    _needed("at", INSTANT),
    _needed("by", TEXT),
    _needed("reason", TEXT),
    sa.Index("ix_adopted_scope", "record", "scope"),
    schema="judged",
    comment="reference rows by which rules judge; a retroactive one waits until a person adopts it",
)
WEIGHED = sa.Table(
    "weighed",
    METADATA,
    sa.Column("entry", BIG, primary_key=True, autoincrement=False),
    _needed("weighed_at", INSTANT),
    schema="judged",
    comment="ledger entries to which rules across records have been put",
)
ENTRY = sa.Table(
    "entry",
    METADATA,
    sa.Column("entry", BIG, primary_key=True, autoincrement=False),
    _needed("receipt", BIG),
    _needed("sha256", pg.BYTEA),
    _needed("record", TEXT),
    _needed("counts", pg.JSONB),
    _needed("rows_hash", pg.BYTEA, comment="SHA-256 of the accepted rows' hashes by line"),
    _needed("before_hash", pg.BYTEA),
    _needed("entry_hash", pg.BYTEA),
    _needed("at", INSTANT),
    _needed("by", TEXT),
    sa.Index("ix_entry_receipt", "receipt"),
    schema="ledger",
    comment="one entry for each conclusion of a receipt; each holds the hash of the one before",
)
NODE = sa.Table(
    "node",
    METADATA,
    _identity("node"),
    _needed("maker", TEXT),
    _needed("number", TEXT),
    _needed("step", TEXT),
    sa.UniqueConstraint("maker", "number", "step", name="uq_node_of"),
    sa.Index("ix_node_number", "number"),
    schema="lineage",
    comment="pools and lots, as soon as anything names them",
)
EDGE = sa.Table(
    "edge",
    METADATA,
    sa.Column("parent", BIG, primary_key=True),
    sa.Column("child", BIG, primary_key=True),
    sa.Index("ix_edge_child", "child"),
    schema="lineage",
    comment="what went into what",
)
CLOSURE = sa.Table(
    "closure",
    METADATA,
    sa.Column("ancestor", BIG, primary_key=True),
    sa.Column("descendant", BIG, primary_key=True),
    sa.Index("ix_closure_descendant", "descendant"),
    schema="lineage",
    comment="every pair of nodes connected by any number of edges, and each node with itself",
)
VIAL = sa.Table(
    "vial",
    METADATA,
    sa.Column("lot", BIG, primary_key=True, comment="node of the packed lot"),
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    sa.Column("patient_key", TEXT, primary_key=True, comment="empty where it is not known"),
    _needed("basis", TEXT),
    _needed("state", TEXT),
    _needed("vials", INT),
    sa.Column("gtin", TEXT),
    sa.Column("serial", TEXT),
    _needed("place", TEXT),
    sa.Column("at", INSTANT),
    _needed(
        "least", INT, comment="the fewest vials that a version tells; 0 where one reaches no lot"
    ),
    _needed("lots", INT, comment="how many lots the line reaches"),
    _needed(
        "sure", sa.Boolean, comment="whether every version of its infusion tells the same state"
    ),
    sa.Column("preparation", TEXT, comment="the preparation that it is of, at its place"),
    _needed("alone", sa.Boolean, comment="whether this is the line's only row"),
    sa.Column(
        "origin", TEXT, comment="GTIN/serial of its pack by its first name; empty: by lot and count"
    ),
    sa.Column("holds", INT, comment="how many vials that pack holds"),
    sa.CheckConstraint("basis IN ('pack', 'lot', 'preparation')", name="basis"),
    sa.CheckConstraint("state IN ('dispensed', 'prepared', 'given', 'not_given')", name="state"),
    sa.Index("ix_vial_key", "record", "key"),
    sa.Index("ix_vial_serial", "gtin", "serial"),
    sa.Index("ix_vial_patient", "patient_key"),
    schema="lineage",
    comment="each vial dispensed or given, and a lot that it is of",
)
PARKED = sa.Table(
    "parked",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    sa.Column("link", TEXT, primary_key=True),
    sa.Column("names", pg.JSONB, primary_key=True),
    _needed("target", TEXT),
    sa.Index("ix_parked_names", "target", "names"),
    schema="lineage",
    comment="links whose target is not known yet; tried again when something new arrives",
)
PLACE = sa.Table(
    "place",
    METADATA,
    _needed("party", TEXT),
    sa.Column("zone", TEXT, comment="empty where it names no time zone"),
    sa.Column("jurisdiction", TEXT),
    sa.Index("ix_place_party", "party"),
    schema="lineage",
    comment="where parties are, in each version that stands",
)
PERSON = sa.Table(
    "person",
    METADATA,
    sa.Column("kind", TEXT, primary_key=True),
    sa.Column("key", TEXT, primary_key=True),
    _needed("person", TEXT),
    sa.Index("ix_person_person", "kind", "person"),
    schema="lineage",
    comment="keys that are one person's: the least of them names the person",
)
PROGRESS = sa.Table(
    "progress",
    METADATA,
    sa.Column("entry", BIG, primary_key=True, autoincrement=False),
    _needed("linked_at", INSTANT),
    schema="lineage",
    comment="ledger entries that have been linked",
)

SYSTEM = ("receipt", "line", "version", "rank", "content", "as_sent", "sent")


OFFSET_SUFFIX = "_offset_min"
SENT_MEANING = (
    "what was sent in place of a value that was turned, by column; not part of the content"
)


def offset_column(name: str) -> str:
    """The column beside an instant that keeps the offset as it was sent."""
    return f"{name}{OFFSET_SUFFIX}"


@cache
def accepted(record: Record) -> sa.Table:
    """The typed, versioned table of a record type."""
    columns: list[sa.schema.SchemaItem] = [
        _needed("receipt", BIG),
        _needed("line", BIG),
        sa.Column("version", SMALL, nullable=False),
        _needed("rank", INT),
        _needed("content", pg.BYTEA),
        sa.Column("as_sent", pg.JSONB),
    ]
    for column in sorted(record.columns, key=lambda c: c.revision):
        unit = f" [{column.unit}]" if column.unit else ""
        columns.append(
            sa.Column(
                column.name,
                sql_type(column),
                comment=column.meaning + unit,
                nullable=column.name not in record.key,
            )
        )
        if column.kind is Kind.INSTANT:
            columns.append(
                sa.Column(offset_column(column.name), SMALL, comment="its offset as sent [min]")
            )
        if column.kind is Kind.CHOICE:
            named = sa.column(column.name).in_([text(c) for c in column.choices])
            columns.append(sa.CheckConstraint(named, name=column.name))
    columns += [
        sa.Column("sent", pg.JSONB, comment=SENT_MEANING),
        sa.PrimaryKeyConstraint(*record.key, "version"),
        sa.Index(f"ix_{record.name}_receipt", "receipt"),
    ]
    return sa.Table(
        record.name,
        METADATA,
        *columns,
        *_link_indexes(record),
        schema="accepted",
        comment=record.meaning,
    )


def _link_indexes(record: Record) -> list[sa.Index]:
    """An index for each link that a question walks upward and the key does not lead."""
    walked = {link.columns for link in record.links if link.record != "party"} | set(
        EXTRA_INDEXES.get(record.name, ())
    )
    targets = {
        link.on
        for other in records().values()
        for link in other.links
        if link.record == record.name and link.on
    }
    found = [
        sa.Index(f"ix_{record.name}_{'_'.join(columns)}"[:63], *columns)
        for columns in sorted(walked | targets)
        if columns != record.key[: len(columns)]
    ]
    if (
        record.name == "test_result"
    ):  # few rows, and every question about a donor's past asks for them
        few = sa.text("interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate')")
        found.append(sa.Index("ix_test_result_reactive", "tested_id", postgresql_where=few))
    return found


EXTRA_INDEXES = {
    "administration_vial": (("gtin", "serial"), ("lot_number",)),
    "dispensing": (("gtin", "serial"), ("lot_number",)),
    "pack": (("lot_number",),),
    "lot": (("lot_number",),),
    "shipment": (("lot_number",), ("sscc", "serial"), ("to_party",)),
    "package_content": (("child_sscc",),),
    "reconstitution_vial": (("gtin", "serial"),),
    "test_result": (
        ("kit_lot",),
    ),  # one result in thirty, or those that name none, of all that were ever received
    "stock_count": (("lot_number",),),
    "vial_fate": (("lot_number",),),
}


def declare_all() -> sa.MetaData:
    """The metadata with a table for every record type."""
    for record in records().values():
        accepted(record)
    return METADATA
