"""The tables of persons' words: insert only, each with by, at and reason."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.tables import BIG, INSTANT, METADATA, TEXT, identity, needed

RETRACTION = sa.Table(
    "retraction",
    METADATA,
    identity("retraction"),
    needed("record", TEXT),
    needed("receipt", BIG),
    needed("line", BIG),
    needed("kind", TEXT, comment="as_stated: it confirms a retraction that its sender sent"),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    sa.CheckConstraint("kind IN ('never_happened', 'replacement_due', 'as_stated')", name="kind"),
    sa.Index("ix_retraction_of", "receipt", "line"),
    schema="judged",
    comment="a person's word that a row was entered in error",
)
RETRACTION_WORD = sa.Table(
    "retraction_word",
    METADATA,
    identity("word"),
    needed("retraction", BIG),
    needed("said", TEXT),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    sa.CheckConstraint("said IN ('confirmed', 'taken_back', 'let_stand')", name="said"),
    sa.Index("ix_retraction_word_of", "retraction"),
    schema="judged",
    comment="what persons said of a retraction: let_stand confirms that it was taken back",
)
DECISION = sa.Table(
    "decision",
    METADATA,
    identity("decision"),
    needed("record", TEXT),
    needed("key", pg.JSONB),
    needed("receipt", BIG),
    needed("line", BIG),
    needed("against", pg.JSONB, comment="[receipt, line] of every other version that was there"),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    sa.Index("ix_decision_key", "record", "key"),
    schema="judged",
    comment="a person's word on a contested key: which version stands",
)
DECISION_BACK = sa.Table(
    "decision_back",
    METADATA,
    identity("word"),
    needed("decision", BIG),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    sa.Index("ix_decision_back_of", "decision"),
    schema="judged",
    comment="that a person took a decision on a contested key back",
)
REFUSED_WORD = sa.Table(
    "refused_word",
    METADATA,
    identity("word"),
    needed("receipt", BIG),
    sa.Column("line", BIG, comment="empty: the file as a whole, and each refused line of it"),
    needed("said", TEXT),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    sa.CheckConstraint("said IN ('not_awaited', 'awaited')", name="said"),
    sa.Index("ix_refused_word_of", "receipt", "line"),
    schema="judged",
    comment="a person's word that what was refused need not be waited for, or must again",
)
