"""The tables of redaction: what was taken out of which rows, and what is left of whom
(docs/ledger.md).
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.elements import BIG, INSTANT, INT, METADATA, TEXT, act, identity, needed

KINDS = "kind IN ('donor', 'patient')"
# Whoever is to be redacted must be known until it is done, and no longer.
ASKED = sa.Table(
    "redaction_asked",
    METADATA,
    identity("redaction"),
    needed("kind", TEXT),
    sa.Column("key", TEXT, comment="of whom; empty once it is done, or withdrawn"),
    sa.Column("nonce", pg.BYTEA, comment="with the key it gives what was signed; goes with it"),
    needed("alias", TEXT, comment="drawn by chance: what stands in the key's place then"),
    needed("asked_at", INSTANT),
    sa.CheckConstraint(KINDS, name="kind"),
    schema="ledger",
    comment="persons of whom a redaction is proposed or on its way; seen by no login that reads",
)
REDACTION = sa.Table(
    "redaction",
    METADATA,
    identity("done"),
    needed("redaction", BIG, comment="of redaction_asked"),
    needed("disposition", BIG, comment="the decision that two signed"),
    needed("kind", TEXT),
    needed("alias", TEXT),
    needed("known", pg.BYTEA, comment="keyed hash of the key, by which it is known again"),
    needed("at", INSTANT),
    act(),
    sa.CheckConstraint(KINDS, name="kind"),
    sa.Index("ix_redaction_known", "known"),
    sa.Index("ix_redaction_act", "act"),
    schema="ledger",
    comment="redactions that were done",
)
REDACTED = sa.Table(
    "redacted",
    METADATA,
    identity("redacted"),
    needed("of_act", pg.UUID, comment="under whose entry the row stands"),
    needed("relation", TEXT),
    needed("place", TEXT, comment="how the row is told: by its number, or receipt and line"),
    needed("leaf", pg.BYTEA, comment="of the row as it was"),
    needed("form", pg.BYTEA, comment="SHA-256 of what a leaf would be of, as the row is since"),
    act(),
    sa.Index("ix_redacted_of", "of_act", "relation", "place"),
    sa.Index("ix_redacted_act", "act"),
    schema="ledger",
    comment="rows of which something was taken out, each with its leaf, so that its entry still proves",
)
SALT = sa.Table(
    "salt",
    METADATA,
    sa.Column("of_act", pg.UUID, primary_key=True),
    sa.Column("relation", TEXT, primary_key=True),
    sa.Column("place", TEXT, primary_key=True),
    needed("salt", pg.BYTEA),
    schema="ledger",
    comment="salts of the other rows under an entry whose secret went with a redaction; seen by no reader",
)
REDACTED_FILE = sa.Table(
    "redacted_file",
    METADATA,
    identity("redacted_file"),
    needed("receipt", BIG),
    needed("known", pg.BYTEA, comment="keyed hash of what its SHA-256 was, by which it is known"),
    needed("sha256", pg.BYTEA, comment="of the bytes that are kept instead"),
    act(),
    sa.Index("ix_redacted_file_known", "known"),
    sa.Index("ix_redacted_file_act", "act"),
    schema="ledger",
    comment="files whose bytes are kept anew, without the lines of a person",
)
# Not facts: what is still to be done to the kept bytes, and is gone when it is.
BYTES_DUE = sa.Table(
    "bytes_due",
    METADATA,
    sa.Column("receipt", BIG, primary_key=True),
    sa.Column("line", BIG, primary_key=True),
    schema="ledger",
    comment="lines of later files that tell of somebody who was redacted: to be blanked in the kept bytes",
)
BYTES_LEFT = sa.Table(
    "bytes_left",
    METADATA,
    sa.Column("sha256", pg.BYTEA, primary_key=True),
    schema="ledger",
    comment="kept bytes of which a redacted copy is kept by now: to be deleted",
)
PEPPER = sa.Table(
    "pepper",
    METADATA,
    sa.Column("one", INT, primary_key=True, autoincrement=False),
    needed("secret", pg.BYTEA),
    sa.CheckConstraint("one = 1", name="one"),
    schema="ledger",
    comment="the secret of keyed hashes of keys that were redacted; the owner's alone",
)
FACTS = (REDACTION, REDACTED, REDACTED_FILE)
# Each has a key of a person, or what a guess at one could be tried against.
UNSEEN = (ASKED, SALT, PEPPER, BYTES_LEFT)  # by no login that reads
OF_OWNER = (ASKED, PEPPER)
