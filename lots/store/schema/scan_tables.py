"""The tables of scans and of what was booked after them. Insert only; an entry covers their rows at
the next checkpoint (docs/ledger.md).
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.elements import BIG, INSTANT, INT, METADATA, TEXT, identity, needed

SCHEMA = "scanned"
# Not now(), which is the beginning of the transaction, and not the client's clock.
KEPT_AT = sa.text("clock_timestamp()")
PURPOSES = "purpose IN ('receive', 'dispense', 'prepare', 'give', 'return')"
BOOKED = ("received", "dispensed", "prepared", "given", "returned", "undone")
# Where a vial truly went that was booked as given in error: it is in stock, ended otherwise, or was given after all.
WENT = ("unused", "wasted", "lost", "given")


def _later() -> sa.Column[object]:
    # To hash a row and to write an entry takes ten times as long as a scan may.
    return sa.Column(
        "act", pg.UUID, comment="with which an entry came to cover it; empty until then"
    )


def _pending(name: str) -> sa.Index:
    # What stands under no entry is asked for each minute, and is little of many.
    return sa.Index(f"ix_{name}_pending", name, postgresql_where=sa.text("act IS NULL"))


SCAN = sa.Table(
    "scan",
    METADATA,
    identity("scan"),
    sa.Column(
        "kept_at",
        INSTANT,
        nullable=False,
        server_default=KEPT_AT,
        comment="by the database's clock",
    ),
    needed("at", INSTANT, comment="of whose moment the verdict is"),
    needed("site", TEXT, comment="as whose it was asked: the account's, never the client's word"),
    sa.Column(
        "by", TEXT, comment="who scanned, for the site alone; empty of what is no product's code"
    ),
    needed("purpose", TEXT),
    sa.Column("vials", INT, comment="of how many vials it was asked"),
    needed("kind", TEXT, comment="product, or what other code it was"),
    needed("length", INT),
    sa.Column(
        "readings",
        pg.JSONB,
        comment="as which packs it was read; empty of what is no product's code",
    ),
    sa.Column("patient", TEXT, comment="for whom, where it was told"),
    needed("verdict", TEXT),
    needed("grounds", pg.JSONB, comment="codes of the norm"),
    needed("unmade", pg.JSONB, comment="codes of checks that could not be made"),
    needed("norm", INT, comment="the version of the table that gave the verdict"),
    sa.Column(
        "sent_as",
        TEXT,
        comment="its number on a page that was without its service, and sent it later",
    ),
    sa.Column("scanned_at", INSTANT, comment="when that page says that it was scanned"),
    _later(),
    sa.CheckConstraint(PURPOSES, name="purpose"),
    # Wristbands and badges are scanned daily, by somebody, on the way to something.
    sa.CheckConstraint("(kind = 'product') = (readings IS NOT NULL)", name="readings"),
    sa.CheckConstraint("kind = 'product' OR by IS NULL AND patient IS NULL", name="nobody"),
    sa.UniqueConstraint("site", "sent_as", name="uq_scan_sent_as"),
    sa.Index("ix_scan_site", "site", "scan"),
    sa.Index("ix_scan_act", "act"),
    _pending("scan"),
    schema=SCHEMA,
    comment="every scan with its verdict, kept before it is answered",
)
BOOKING = sa.Table(
    "booking",
    METADATA,
    identity("booking"),
    sa.Column(
        "kept_at",
        INSTANT,
        nullable=False,
        server_default=KEPT_AT,
        comment="by the database's clock",
    ),
    needed("at", INSTANT),
    needed("site", TEXT),
    needed("by", TEXT, comment="who booked, for the site alone"),
    needed("kind", TEXT),
    sa.Column("scan", BIG, comment="the scan whose verdict it rests on; empty where it undoes"),
    needed("gtin", TEXT),
    needed("serial", TEXT),
    needed("lot_number", TEXT),
    needed("expires_on", TEXT, comment="as the code says, ISO 8601"),
    needed("vials", INT),
    sa.Column("to_kind", TEXT, comment="to whom it was dispensed: patient, ward, home"),
    sa.Column("patient", TEXT),
    sa.Column("preparation", TEXT, comment="the bag, by the site's own code"),
    # Unique: of two who undo one booking one is refused.
    sa.Column("undoes", BIG, unique=True, comment="the booking that it undoes"),
    sa.Column(
        "went", TEXT, comment="of what was given in error: where the vial truly went; else empty"
    ),
    sa.Column("overrides", pg.JSONB, comment="the grounds that were answered or overridden"),
    sa.Column("second", TEXT, comment="who signed beside"),
    sa.Column("treatment_order", TEXT, comment="for which order it was overridden"),
    sa.Column("reason", TEXT),
    _later(),
    sa.CheckConstraint(
        sa.column("kind").in_([sa.literal_column(f"'{k}'") for k in BOOKED]), name="kind"
    ),
    sa.CheckConstraint("(kind = 'undone') = (undoes IS NOT NULL)", name="undoes"),
    sa.CheckConstraint("(kind = 'undone') = (scan IS NULL)", name="scan"),
    sa.CheckConstraint("to_kind IN ('patient', 'ward', 'home')", name="to_kind"),
    sa.CheckConstraint(
        sa.column("went").in_([sa.literal_column(f"'{w}'") for w in WENT]), name="went_known"
    ),
    sa.CheckConstraint("went IS NULL OR kind = 'undone'", name="went"),
    sa.CheckConstraint("vials > 0", name="vials"),
    # Of one scan one thing is booked, however often it is asked for.
    sa.UniqueConstraint("scan", name="uq_booking_scan"),
    sa.Index("ix_booking_pack", "gtin", "serial"),
    sa.Index(
        "ix_booking_bag", "site", "preparation", postgresql_where=sa.text("preparation IS NOT NULL")
    ),
    sa.Index("ix_booking_act", "act"),
    _pending("booking"),
    schema=SCHEMA,
    comment="what was done with a pack after its scan: an act of its own",
)
TABLES = (SCAN, BOOKING)
# What only the site sees, by functions that are handed the account: who, and whose patient.
OF_SITE = {
    SCAN: frozenset({"by", "patient", "sent_as"}),
    BOOKING: frozenset({"by", "patient", "second", "treatment_order", "reason", "preparation"}),
}
