"""The tables: one for each record type, made from its declaration, and the few in which the house
keeps its books.

receiving: receipts, refused rows, staging. accepted: typed versions, insert only. judged: findings, contested
keys. ledger: what proves that nothing was changed, insert only. lineage: derived, rebuilt from accepted.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.intake.values import text
from lots.store.schema.elements import BIG, INSTANT, INT, METADATA, TEXT, act, identity, needed

SCHEMAS = (
    *("receiving", "accepted", "standing", "judged", "ledger", "lineage", "reference", "sure"),
    *("access", "views", "scanned"),
)
STATUSES = ("received", "staged", "judged", "accepted", "refused", "abandoned", "all_refused")


def _receipt_columns() -> list[sa.Column[Any]]:
    """What is known of a file that was received."""
    return [
        needed("file_name", TEXT),
        needed("sender", TEXT),
        needed("bytes", BIG),
        needed("received_at", INSTANT),
        needed("received_by", TEXT),
        needed("status", TEXT),
        sa.Column("record", TEXT),
        sa.Column("stage", TEXT),
        sa.Column("layout", pg.JSONB, comment="form, the file's columns and what each became"),
        sa.Column(
            "counts",
            pg.JSONB,
            comment="lines, rows, accepted, known, refused, findings, blank, other",
        ),
        sa.Column("tallies", pg.JSONB, comment="for each rule: judged and failed"),
        sa.Column("sentence", TEXT, comment="why the file was refused whole"),
        sa.Column(
            "profile",
            pg.BYTEA,
            comment="SHA-256 of the sender's profile that it was read by; empty where there was none",
        ),
        sa.Column("concluded_at", INSTANT),
    ]


RECEIPT = sa.Table(
    "receipt",
    METADATA,
    identity("receipt"),
    needed("sha256", pg.BYTEA, unique=True, comment="of the bytes as they came"),
    *_receipt_columns(),
    sa.CheckConstraint(sa.Column("status").in_([text(s) for s in STATUSES]), name="status"),
    schema="receiving",
    comment="one row for each distinct file",
)
CONCLUSION = sa.Table(
    "conclusion",
    METADATA,
    identity("conclusion"),
    needed("receipt", BIG),
    needed("sha256", pg.BYTEA, comment="of the bytes as they came"),
    *_receipt_columns(),
    act(),
    sa.Index("ix_conclusion_receipt", "receipt"),
    sa.Index("ix_conclusion_act", "act"),
    schema="receiving",
    comment="what became of a receipt, each time that it was concluded",
)
ARRIVAL = sa.Table(
    "arrival",
    METADATA,
    identity("arrival"),
    needed("receipt", BIG),
    needed("place", TEXT),
    needed("sender", TEXT),
    needed("file_name", TEXT),
    needed("mark", TEXT),
    needed("arrived_at", INSTANT),
    act(),
    sa.Index("ix_arrival_act", "act"),
    sa.Index("ix_arrival_place", "place", "mark"),
    schema="receiving",
    comment="each time a file came, the same bytes again included",
)
REFUSED = sa.Table(
    "refused",
    METADATA,
    sa.Column("receipt", BIG, primary_key=True),
    sa.Column("line", BIG, primary_key=True),
    needed("lines", INT),
    needed("byte_offset", BIG),
    needed("byte_length", BIG),
    needed("raw", pg.BYTEA, comment="the line as it came, at most its first 65,536 bytes"),
    needed("reasons", pg.ARRAY(TEXT)),
    sa.Column("possible", pg.JSONB, comment="links that can still be read: {link: [values]}"),
    sa.Column("label", pg.JSONB, comment="of a line of vials, what can be read of their label"),
    sa.Column("key", pg.JSONB, comment="its key, where it can be read"),
    act(),
    sa.Index("ix_refused_act", "act"),
    schema="receiving",
    comment="rows that cannot be used as a record, with all their reasons",
)
LEGIBLE = sa.Table(
    "legible",
    METADATA,
    identity("legible"),  # by which it is told where its key must not be
    needed("receipt", BIG),
    needed("record", TEXT),
    needed("key", pg.JSONB),
    act(),
    sa.UniqueConstraint("receipt", "record", "key", name="uq_legible_of"),
    sa.Index("ix_legible_act", "act"),
    schema="receiving",
    comment="keys of all rows of a file that was refused whole, where each can be read",
)
PROFILE = sa.Table(
    "profile",
    METADATA,
    identity("profile"),
    needed("sender", TEXT),
    sa.Column("text", TEXT, comment="as TOML; empty where the sender has none from then on"),
    needed("at", INSTANT),
    needed("by", TEXT),
    act(),
    sa.Index("ix_profile_act", "act"),
    sa.Index("ix_profile_sender", "sender"),
    schema="receiving",
    comment="how a sender's files are written; of each sender the last one holds, on every host",
)
KEY_CAME = sa.Table(
    "key_came",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    sa.Column("receipt", BIG, primary_key=True, comment="in which the key was refused"),
    sa.Index("ix_key_came_receipt", "receipt"),
    schema="judged",
    comment="keys that can be read in what was refused, and were accepted since; derived",
)
NOTICE = sa.Table(
    "notice",
    METADATA,
    identity("notice"),
    needed("receipt", BIG),
    needed("sentence", TEXT),
    act(),
    sa.Index("ix_notice_act", "act"),
    sa.Index("ix_notice_receipt", "receipt"),
    schema="receiving",
    comment="what a person should know of a file that was received",
)
KNOWN = sa.Table(
    "known",
    METADATA,
    sa.Column("receipt", BIG, primary_key=True),
    sa.Column("line", BIG, primary_key=True),
    needed("of_receipt", BIG),
    needed("of_line", BIG),
    sa.Index("ix_known_of", "of_receipt", "of_line"),
    schema="accepted",
    comment="rows whose key stood already with the same content, and the row that has it",
)
SUPERSEDED = sa.Table(
    "superseded",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("receipt", BIG, primary_key=True),
    sa.Column("line", BIG, primary_key=True),
    needed("why", TEXT),
    sa.CheckConstraint(
        "why IN ('outranked', 'decided', 'completed', 'retracted', 'retraction')", name="why"
    ),
    schema="judged",
    comment="versions that do not stand, each with why; derived",
)
RETRACTED = sa.Table(
    "retracted",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    needed("due", sa.Boolean, comment="whether what replaces it may still come"),
    schema="judged",
    comment="keys of which rows came and nothing stands, or only what was corrected; derived",
)
FINDING = sa.Table(
    "finding",
    METADATA,
    identity("finding"),
    needed("rule", TEXT),
    needed("rule_version", INT),
    needed("record", TEXT),
    needed("key", pg.JSONB),
    needed(
        "content", pg.BYTEA, comment="which version of the record; empty where it is about the key"
    ),
    sa.Column("receipt", BIG, comment="empty where a rule across records found it"),
    sa.Column("line", BIG),
    needed("outcome", TEXT),
    needed("severity", TEXT),
    needed("holds", TEXT),
    needed("opened_at", INSTANT),
    act(),
    sa.Index("ix_finding_act", "act"),
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
    needed("versions", INT),
    needed("possible", sa.Boolean, comment="whether a retraction of it is proposed"),
    schema="judged",
    comment="keys whose versions contradict each other, and nobody has decided; derived",
)
EVENT = sa.Table(
    "event",
    METADATA,
    identity("event"),
    needed("finding", BIG),
    needed("kind", TEXT),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    sa.Column("rests_on", TEXT, comment="of a closing: what the finding rested on then"),
    act(),
    sa.Index("ix_event_act", "act"),
    sa.CheckConstraint("kind IN ('explained', 'reopened', 'closed')", name="kind"),
    sa.Index("ix_event_finding", "finding"),
    schema="judged",
    comment="what happened to a finding after it was opened",
)
OUTCOME = sa.Table(
    "outcome",
    METADATA,
    sa.Column("rule", TEXT, primary_key=True),
    sa.Column("subject", pg.JSONB, primary_key=True, comment="the key of what was judged"),
    needed("rule_version", INT),
    needed("outcome", TEXT),
    sa.Column("due_on", sa.Date, comment="the last day on which a pending record is in time"),
    sa.Column("waits_for", TEXT, comment="what a pending record waits for, where its rule tells"),
    sa.Column("rests_on", TEXT, comment="a digest of what a finding rests on; of a term, its day"),
    sa.CheckConstraint("outcome IN ('pending', 'notice', 'finding')", name="outcome"),
    schema="judged",
    comment="what rules across records answer: all that is neither passed nor not applicable",
)
EVALUATION = sa.Table(
    "evaluation",
    METADATA,
    identity("evaluation"),
    needed("at", INSTANT),
    needed("rule", TEXT),
    needed("rule_version", INT),
    needed("subjects", BIG),
    needed("passed", BIG),
    needed("not_applicable", BIG),
    needed("pending", BIG),
    needed("notices", BIG),
    needed("findings", BIG),
    act(),
    sa.Index("ix_evaluation_act", "act"),
    sa.Index("ix_evaluation_rule", "rule"),
    schema="judged",
    comment="how often each rule across records had each outcome, each time it was put",
)
EFFECTIVE = sa.Table(
    "effective",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("receipt", BIG, primary_key=True),
    sa.Column("line", BIG, primary_key=True),
    needed("scope", pg.JSONB, comment="its key without valid_from"),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    act(),
    sa.Index("ix_effective_act", "act"),
    sa.Index("ix_effective_scope", "record", "scope"),
    schema="judged",
    comment="reference rows by which rules judge; a retroactive one waits for a person's word",
)
EVALUATED = sa.Table(
    "evaluated",
    METADATA,
    sa.Column("entry", BIG, primary_key=True, autoincrement=False),
    needed("evaluated_at", INSTANT),
    schema="judged",
    comment="ledger entries to which rules across records have been put",
)
# What was sent and is no value of a declared column: part of a row's content.
UNREAD, UNDECLARED = "unread", "undeclared"
