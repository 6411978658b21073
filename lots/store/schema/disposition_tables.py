"""The tables of dispositions: what was decided of things, and who signed it. Insert only, and only
by the owner's functions (dispositions.py), which look whether it may be.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.elements import BIG, INSTANT, INT, METADATA, TEXT, act, identity, needed

DISPOSITION = sa.Table(
    "disposition",
    METADATA,
    identity("disposition"),
    needed("thing", TEXT, comment="a kind of thing (lots/decisions/moves.toml)"),
    needed("key", pg.JSONB),
    needed("move", TEXT),
    sa.Column("state", TEXT, comment="what it makes of the thing; empty: it only ends others"),
    needed("people", INT, comment="how many must sign before it is in force"),
    needed("stops", sa.Boolean, comment="it forbids: a word of who is not signed in is enough"),
    sa.Column("markets", pg.ARRAY(TEXT), comment="ISO 3166 codes; empty: all"),
    sa.Column("sites", pg.ARRAY(TEXT), comment="party ids; empty: all"),
    sa.Column("packs", pg.ARRAY(TEXT), comment="GTIN/serial of each; empty: all of the lot"),
    needed("ends", pg.ARRAY(BIG), comment="the dispositions that it ends"),
    # A stop by one site is not another's to end.
    needed("owner", TEXT, comment="holder, or the site; only the owner's people end it"),
    needed("given", pg.JSONB, comment="what had to be told, by name"),
    sa.Column("cites", BIG, comment="the signed rule that made it; empty: a person did"),
    needed("content", TEXT, comment="exactly what is signed"),
    needed("sha256", pg.BYTEA, comment="of it"),
    needed("norm", INT, comment="version of the table of moves"),
    needed("at", INSTANT),
    act(),
    sa.Index("ix_disposition_of", "thing", "key"),
    sa.Index("ix_disposition_act", "act"),
    # Each scan asks whether its pack is among them; few decisions name packs.
    sa.Index(
        "ix_disposition_packs",
        "packs",
        postgresql_using="gin",
        postgresql_where=sa.text("packs IS NOT NULL"),
    ),
    schema="judged",
    comment="decisions on units, lots, packs and shipments (docs/decisions/dispositions.md)",
)
DISPOSITION_WORD = sa.Table(
    "disposition_word",
    METADATA,
    identity("word"),
    needed("disposition", BIG),
    needed("said", TEXT),
    needed(
        "by", TEXT, comment="the full name as it stood then, or who is stated on a command line"
    ),
    sa.Column("role", TEXT, comment="of the account; empty: nobody signed in"),
    sa.Column("account", BIG, comment="empty: nobody signed in"),
    sa.Column("signature", BIG, comment="of access.signature"),
    needed("meaning", TEXT, comment="what the person says that signing means"),
    needed("sha256", pg.BYTEA, comment="of what was signed"),
    sa.Column(
        "once", TEXT, comment="the key under which it was asked for, so that it is done once"
    ),
    sa.Column("of_once", pg.BYTEA, comment="SHA-256 of what was asked for under that key"),
    needed("at", INSTANT),
    act(),
    sa.CheckConstraint("said IN ('signed', 'stated', 'withdrawn')", name="said"),
    # Of two truth values <= reads "then": what is signed has a signature.
    sa.CheckConstraint("(said = 'signed') <= (signature IS NOT NULL)", name="signature"),
    # A request that is sent twice is done once, also where both come at one moment.
    sa.UniqueConstraint("account", "once", name="uq_disposition_word_once"),
    sa.Index("ix_disposition_word_of", "disposition"),
    sa.Index("ix_disposition_word_act", "act"),
    schema="judged",
    comment="who signed, stated or withdrew a disposition",
)
TABLES = (DISPOSITION, DISPOSITION_WORD)
