"""What all tables are made of: their types, their numbers,
and the act with which a fact was put.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

# Names are declared and not left to PostgreSQL, since revisions drop constraints by their names.
METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
BIG, SMALL, INT, TEXT = sa.BigInteger, sa.SmallInteger, sa.Integer, sa.Text
INSTANT = sa.TIMESTAMP(timezone=True)


def identity(name: str) -> sa.Column[int]:
    # Always: no statement of ours may give a number itself, and none is given twice.
    return sa.Column(name, BIG, sa.Identity(always=True), primary_key=True)


def needed(name: str, kind: object, **more: object) -> sa.Column[object]:
    return sa.Column(name, kind, nullable=False, **more)  # type: ignore[arg-type]


# What a transaction puts into tables of facts is one act, and in the end one entry covers it. Told
# by the column itself, so that no statement can forget it; by chance, so that no copy of a database
# counts on from where another stands.
ACT = """coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid"""


def act() -> sa.Column[object]:
    """The act with which a fact was put."""
    return needed("act", pg.UUID, server_default=sa.text(ACT))
