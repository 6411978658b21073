"""The ledger's tables: one entry an act, and what its rows' leaves are made with. Insert only."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.elements import BIG, INSTANT, INT, METADATA, TEXT, act, identity, needed

# Entries that no person's word is under: what arrived, what rules said, who looked or scanned.
NOT_SAID = (
    *("accepted", "all_refused", "refused", "arrival", "notice", "taken_up_again", "evaluation"),
    *("watch", "newest", "question", "look", "sign_in", "scan", "blanked"),
)
ENTRY = sa.Table(
    "entry",
    METADATA,
    # Given by the one who holds the lock: a sequence would leave gaps
    # (lots/store/ledger/appending.py).
    sa.Column("entry", BIG, primary_key=True, autoincrement=False),
    needed("act", pg.UUID, unique=True),
    needed("kind", TEXT),
    needed("reference", pg.JSONB, comment="what it is about: texts by name; no key of a person"),
    needed("leaves", BIG, comment="how many rows stand under it"),
    needed("root", pg.BYTEA, comment="over the leaves of its rows"),
    needed("edge", pg.BYTEA, comment="of the tree with this entry: roots of its full parts"),
    needed("at", INSTANT),
    needed("by", TEXT),
    schema="ledger",
    comment="one entry for each act; entries are the leaves of one tree (docs/ledger.md)",
)
# Apart from all rows, so that no grant on a row's table is one on its salt.
SECRET = sa.Table(
    "secret",
    METADATA,
    sa.Column("act", pg.UUID, primary_key=True),
    needed("secret", pg.BYTEA, comment="random; each row's salt is made of it"),
    schema="ledger",
    comment="with what the rows under an entry are salted; seen by no reader",
)
GONE = sa.Table(
    "gone",
    METADATA,
    identity("gone"),
    needed("of_act", pg.UUID, comment="under whose entry the row stood"),
    needed("relation", TEXT),
    needed("position", BIG, comment="its place among the rows of its table under that entry"),
    needed("leaf", pg.BYTEA),
    needed("why", TEXT),
    act(),
    sa.CheckConstraint("why IN ('read_again', 'put_back', 'redacted')", name="why"),
    sa.Index("ix_gone_of_act", "of_act"),
    sa.Index("ix_gone_act", "act"),
    schema="ledger",
    comment="rows that are no more, each with its leaf, so that what they stood under still proves",
)
CHECKPOINT = sa.Table(
    "checkpoint",
    METADATA,
    sa.Column("size", BIG, primary_key=True, autoincrement=False),
    needed("note", TEXT, comment="signed; its copy outside is the one that counts"),
    needed("at", INSTANT),
    schema="ledger",
    comment="checkpoints that were put outside the database",
)
NEWEST = sa.Table(
    "newest",
    METADATA,
    identity("newest"),
    needed("noted", BIG, comment="up to this one, checkpoints need not be found outside"),
    sa.Column("from_entry", BIG, comment="from here"),
    sa.Column(
        "to_entry", BIG, comment="to here, entries are known from their copies outside alone"
    ),
    needed("by", TEXT),
    needed("reason", TEXT),
    needed("at", INSTANT),
    act(),
    sa.CheckConstraint("(from_entry IS NULL) = (to_entry IS NULL)", name="entries"),
    sa.Index("ix_newest_act", "act"),
    schema="ledger",
    comment="words of persons that a database is the newest, though its copies outside do not show it",
)
ORIGIN = sa.Table(
    "origin",
    METADATA,
    sa.Column("one", INT, primary_key=True, autoincrement=False),
    needed("origin", TEXT),
    sa.CheckConstraint("one = 1", name="one"),
    schema="ledger",
    comment="the name of this ledger, drawn when its first checkpoint was made",
)
