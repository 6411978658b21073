"""The tables of where packs are: each of them, and their sums by lot (docs/counting.md)."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema.elements import BIG, INSTANT, INT, METADATA, TEXT, needed

CUSTODY = sa.Table(
    "custody",
    METADATA,
    # By name first: what comes names packs.
    sa.Column("gtin", TEXT, primary_key=True),
    sa.Column("serial", TEXT, primary_key=True),
    sa.Column("lot", BIG, primary_key=True, autoincrement=False, comment="node of the packed lot"),
    # In the key: where accounts differ a pack stands at several places.
    sa.Column("whereabouts", TEXT, primary_key=True),
    sa.Column("holder", TEXT, primary_key=True, comment="the party; ? where nobody knows"),
    sa.Column("vials", INT, comment="how many vials the pack holds at most, where its record says"),
    needed("fewest", INT, comment="and at least: one; 0 where a version does not say"),
    sa.Column("since", INSTANT, comment="when the row that says so says that it came there"),
    needed("record", TEXT, comment="of the row that says so"),
    needed("key", pg.JSONB),
    schema="lineage",
    comment="where each pack of a known lot was last known to be, and by which row",
)


LOT_HELD = sa.Table(
    "lot_held",
    METADATA,
    sa.Column("lot", BIG, primary_key=True, autoincrement=False, comment="node of the packed lot"),
    sa.Column("whereabouts", TEXT, primary_key=True),
    sa.Column("holder", TEXT, primary_key=True),
    needed("packs", BIG),
    needed("vials", BIG),
    # A sum that fell below would be an error of ours, and none may stand unseen.
    sa.CheckConstraint("packs >= 0 AND vials >= 0", name="counted"),
    schema="lineage",
    comment="how many packs of each lot are where, summed",
)


LOT_PACK = sa.Table(
    "lot_pack",
    METADATA,
    sa.Column("lot", BIG, primary_key=True, autoincrement=False, comment="node of the packed lot"),
    sa.Column("gtin", TEXT, primary_key=True),
    sa.Column(
        "fewest",
        INT,
        primary_key=True,
        comment="how many vials such a pack holds; 0 where one does not say",
    ),
    sa.Column("most", INT, primary_key=True, comment="and at most, where versions of it differ"),
    needed("packs", BIG),
    schema="lineage",
    comment="how many packs each lot has of which a record came, summed",
)
