"""The tables of lineage: what went into what, which vial is of which lot, and what leads nowhere
yet.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.schema import skeleton
from lots.store.schema.elements import BIG, INSTANT, INT, METADATA, TEXT, act, identity, needed
from lots.store.schema.told import SAID, TERMS

NODE = sa.Table(
    "node",
    METADATA,
    identity("node"),
    needed("maker", TEXT),
    needed("number", TEXT),
    needed("step", TEXT),
    sa.UniqueConstraint("maker", "number", "step", name="uq_node_of"),
    # A label tells a number alone, and a laboratory too.
    sa.Index("ix_node_number", "number"),
    skeleton.index("ix_node_near", "number"),
    schema="lineage",
    comment="pools and lots, as soon as anything names them",
)


EDGE = sa.Table(
    "edge",
    METADATA,
    sa.Column("parent", BIG, primary_key=True),
    sa.Column("child", BIG, primary_key=True),
    # The key leads downwards; this one up.
    sa.Index("ix_edge_child", "child"),
    schema="lineage",
    comment="what went into what",
)


CLOSURE = sa.Table(
    "closure",
    METADATA,
    # Each node with itself, so that no question has to ask for two things.
    sa.Column("ancestor", BIG, primary_key=True),
    sa.Column("descendant", BIG, primary_key=True),
    sa.Index("ix_closure_descendant", "descendant"),
    schema="lineage",
    comment="every pair of nodes connected by any number of edges, and each node with itself",
)


# Wide on purpose: counting reads one range of this and joins nothing (counting.md).
VIAL = sa.Table(
    "vial",
    METADATA,
    sa.Column("lot", BIG, primary_key=True, comment="node of the packed lot"),
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    sa.Column(
        "patient",
        INT,
        primary_key=True,
        # In the key, as versions of an infusion may name two patients.
        autoincrement=False,
        comment="the patient's number; 0 where nobody knows who",
    ),
    needed("basis", TEXT),
    needed("state", TEXT),
    needed("vials", INT),
    # Empty where its versions do not all name one pack.
    sa.Column("gtin", TEXT),
    sa.Column("serial", TEXT),
    # Whose numbers these are: pack, preparation and patient are told apart by place.
    needed("place", TEXT),
    sa.Column("at", INSTANT),
    needed(
        "least", INT, comment="the fewest vials that a version tells; 0 where one reaches no lot"
    ),
    needed("lots", INT, comment="how many lots the line reaches"),
    needed(
        "sure", sa.Boolean, comment="whether every version of its infusion tells the same state"
    ),
    sa.Column("preparation", TEXT, comment="the preparation that it is of, at its place"),
    needed("alone", sa.Boolean, comment="whether this is the line's only row"),
    sa.Column(
        "origin", TEXT, comment="GTIN/serial of its pack by its first name; empty: by lot and count"
    ),
    sa.Column("holds", INT, comment="how many vials that pack holds"),
    needed("to_others", sa.Boolean, comment="whether every version says: to a ward or a home"),
    # In the order of their letters the first of several gives way: a person's hand to all others.
    sa.CheckConstraint(
        "basis IN ('disagreement', 'hand', 'lot', 'pack', 'preparation')", name="basis"
    ),
    sa.CheckConstraint("state IN ('dispensed', 'prepared', 'given', 'not_given')", name="state"),
    sa.Index("ix_vial_key", "record", "key"),
    sa.Index("ix_vial_serial", "gtin", "serial"),
    sa.Index("ix_vial_patient", "patient"),
    # Few have none and should: each of them may be of another person than all others.
    sa.Index("ix_vial_nameless", "lot", postgresql_where=sa.text("patient = 0 AND NOT to_others")),
    # All lines of a pack, whatever they call it: its terms of a lot's sums are taken together.
    sa.Index("ix_vial_origin", "origin"),
    *(
        sa.Index(name, "place", "preparation", postgresql_where=sa.text(where))
        for name, where in (
            ("ix_vial_whole", "basis = 'preparation'"),
            ("ix_vial_prepared", "record = 'reconstitution_vial'"),
        )
    ),
    schema="lineage",
    comment="each vial dispensed or given, and a lot that it is of",
)


LOT_TOLD = sa.Table(
    "lot_told",
    METADATA,
    sa.Column("lot", BIG, primary_key=True, comment="node of the packed lot"),
    needed("lines", BIG, comment="of how many lines of vials it is"),
    *(needed(name, BIG) for name in TERMS),
    schema="lineage",
    comment="what figures of vials are made of, summed but for what is bound to more than its lot",
)

LOT_PATIENT = sa.Table(
    "lot_patient",
    METADATA,
    sa.Column("lot", BIG, primary_key=True, comment="node of the packed lot"),
    sa.Column("patient", INT, primary_key=True, autoincrement=False),
    *(needed(name, INT) for name in SAID),
    schema="lineage",
    comment="each patient of a lot, by how many rows of lines of vials say what of them",
)

VIAL_BOUND = sa.Table(
    "vial_bound",
    METADATA,
    sa.Column("lot", BIG, primary_key=True, comment="node of the packed lot"),
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    # To look at what is kept of a line.
    sa.Index("ix_vial_bound_key", "record", "key"),
    schema="lineage",
    comment="lines of vials that are in no sum: they, or their pack, are bound to more than the lot",
)


# Insert only, and never derived anew: a number that moved would be another person in an old answer.
PATIENT = sa.Table(
    "patient",
    METADATA,
    sa.Column("patient", INT, sa.Identity(always=True), primary_key=True),
    needed("key", TEXT, unique=True),
    schema="lineage",
    comment="the number of each patient's key; given once, and never to another key",
)


PARKED = sa.Table(
    "parked",
    METADATA,
    sa.Column("record", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    sa.Column("link", TEXT, primary_key=True),
    # In the key: versions of a row may name several things under one link.
    sa.Column("names", pg.JSONB, primary_key=True),
    needed("target", TEXT),
    # By what they wait for: each arrival asks who waits for it.
    sa.Index("ix_parked_names", "target", "names"),
    schema="lineage",
    comment="links whose target is not known yet; tried again when something new arrives",
)


OPEN_END = sa.Table(
    "open_end",
    METADATA,
    # By link first: a question asks for those of the links that it crosses.
    sa.Column("record", TEXT, primary_key=True, comment="the record, or the thing that is named"),
    sa.Column("link", TEXT, primary_key=True, comment="the link, or RECORD[.LINK] that is missing"),
    sa.Column("sort", TEXT, primary_key=True),
    sa.Column("key", pg.JSONB, primary_key=True),
    sa.CheckConstraint("sort IN ('empty', 'without')", name="sort"),
    schema="lineage",
    comment="links that rows must tell and do not, and things of which nothing tells what it must",
)


PLACE = sa.Table(
    "place",
    METADATA,
    needed("party", TEXT),
    sa.Column("zone", TEXT, comment="empty where it names no time zone"),
    sa.Column("jurisdiction", TEXT),
    # A party may stand in several versions, and then each of its zones counts.
    sa.UniqueConstraint(
        "party", "zone", "jurisdiction", name="uq_place_of", postgresql_nulls_not_distinct=True
    ),
    schema="lineage",
    comment="where parties are, in each version that stands",
)


PERSON = sa.Table(
    "person",
    METADATA,
    sa.Column("kind", TEXT, primary_key=True),
    sa.Column("key", TEXT, primary_key=True),
    needed("person", TEXT),
    sa.Index("ix_person_person", "kind", "person"),
    schema="lineage",
    comment="keys that are one person's: the least of them names the person",
)


# What is not here was accepted and not linked: each answer says so.
PROGRESS = sa.Table(
    "progress",
    METADATA,
    sa.Column("entry", BIG, primary_key=True, autoincrement=False),
    needed("linked_at", INSTANT),
    schema="lineage",
    comment="ledger entries that have been linked",
)


MEANT = sa.Table(
    "meant",
    METADATA,
    identity("meant"),
    needed("record", TEXT),
    needed("key", pg.JSONB),
    # A word is about what a row tells: once its sender has amended that, it says nothing more.
    needed("names", pg.JSONB, comment="what the row tells: gtin, serial, lot_number, preparation"),
    needed("receipt", BIG),
    needed("line", BIG),
    needed("maker", TEXT),
    needed("number", TEXT),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    act(),
    sa.Index("ix_meant_act", "act"),
    sa.Index("ix_meant_key", "record", "key"),
    schema="judged",
    comment="a person's word on a line of vials that is parked: which packed lot it means",
)


MEANT_WORD = sa.Table(
    "meant_word",
    METADATA,
    identity("word"),
    needed("meant", BIG),
    needed("said", TEXT),
    needed("at", INSTANT),
    needed("by", TEXT),
    needed("reason", TEXT),
    act(),
    sa.Index("ix_meant_word_act", "act"),
    sa.CheckConstraint("said IN ('confirmed', 'taken_back', 'let_stand')", name="said"),
    sa.Index("ix_meant_word_of", "meant"),
    schema="judged",
    comment="what persons said of such a word: let_stand confirms that it was taken back",
)
