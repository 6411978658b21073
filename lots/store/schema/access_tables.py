"""The tables of who may do what: accounts, how they sign in, what they signed and whose tree they
looked at. No token and no password stands in them, only what tells whether one is right.
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from lots.store.intake.values import text
from lots.store.schema.elements import BIG, INSTANT, INT, METADATA, TEXT, act, identity, needed

SCHEMA = "access"
# Nobody who reads, discloses or receives sees this schema (docs/decisions/service.md).
SERVICE = "lots_service"  # the login of whatever answers by HTTP, for these tables alone
OF_SITES = ("pharmacist", "nurse", "sending_system")
ROLES = (
    *OF_SITES,
    "qa",
    "qa_approver",
    "safety_officer",
    "regulator",
    "administrator",
)
NATURES = ("real", "synthetic")
OF_SITE = " OR ".join(f"role = '{name}'" for name in OF_SITES)

ACCOUNT = sa.Table(
    "account",
    METADATA,
    identity("account"),
    needed("name", TEXT, unique=True, comment="as it is typed at sign-in, folded"),
    needed("full_name", TEXT, comment="as it stands under what the person signs"),
    needed("role", TEXT),
    sa.Column("site", TEXT, comment="the party that it works at, and sees alone"),
    needed("made_at", INSTANT),
    sa.Column("made_by", BIG, comment="empty: the first administrator, by the link of the start"),
    sa.Column("password", TEXT, comment="argon2id; empty until the one-time link was used"),
    sa.Column("ended_at", INSTANT),
    sa.CheckConstraint(sa.Column("role").in_([text(r) for r in ROLES]), name="role"),
    # What a site may see follows from the account's site: neither may be there without the other.
    sa.CheckConstraint(f"({OF_SITE}) = (site IS NOT NULL)", name="site"),
    schema=SCHEMA,
    comment="who may sign in, or send by a key; an account is ended and never deleted",
)
LINK = sa.Table(
    "link",
    METADATA,
    sa.Column("token", pg.BYTEA, primary_key=True, comment="SHA-256 of it"),
    sa.Column("account", BIG, comment="whose password it sets; empty: it makes the first"),
    needed("made_at", INSTANT),
    needed("ends_at", INSTANT),
    sa.Column("used_at", INSTANT),
    schema=SCHEMA,
    comment="one-time links, by which a person sets a password that nobody else ever knows",
)
SESSION = sa.Table(
    "session",
    METADATA,
    sa.Column("token", pg.BYTEA, primary_key=True, comment="SHA-256 of it"),
    needed("account", BIG),
    needed("began_at", INSTANT),
    needed("seen_at", INSTANT),
    needed("ends_at", INSTANT),
    sa.Column("ended_at", INSTANT, comment="by sign-out, or with the account"),
    sa.Index("ix_session_account", "account"),
    schema=SCHEMA,
    comment="who is signed in; a session ends by itself, by sign-out and with its account",
)
API_KEY = sa.Table(
    "api_key",
    METADATA,
    identity("api_key"),
    # Random and long, so that a plain hash is right: no list of guesses reaches it.
    needed("token", pg.BYTEA, unique=True, comment="SHA-256 of it"),
    needed("account", BIG),
    needed("label", TEXT),
    needed("made_at", INSTANT),
    needed("made_by", BIG),
    needed("ends_at", INSTANT),
    sa.Column("ended_at", INSTANT),
    schema=SCHEMA,
    comment="keys of programs; each is shown once",
)
ATTEMPT = sa.Table(
    "attempt",
    METADATA,
    sa.Column("subject", pg.BYTEA, primary_key=True, comment="SHA-256 of a name and an address"),
    needed("since", INSTANT),
    needed("failures", INT),
    schema=SCHEMA,
    comment="sign-ins that failed of late, so that nobody tries out a list of passwords",
)
REQUEST = sa.Table(
    "request",
    METADATA,
    sa.Column("account", BIG, primary_key=True),
    sa.Column("once", TEXT, primary_key=True, comment="the Idempotency-Key of the request"),
    needed("content", pg.BYTEA, comment="SHA-256 of what was asked for"),
    needed("at", INSTANT),
    sa.Column("answer", pg.JSONB, comment="without secrets, which are shown once"),
    schema=SCHEMA,
    comment="writes that were asked for under a key, so that each is done once",
)
QUESTION = sa.Table(
    "question",
    METADATA,
    sa.Column("question", TEXT, primary_key=True, comment="random: it stands in an address"),
    needed("account", BIG),
    needed("at", INSTANT),
    needed("asked", pg.JSONB, comment="as it was asked, with the keys of persons in it"),
    act(),
    sa.Index("ix_question_act", "act"),
    schema=SCHEMA,
    comment="questions that name a person, kept so that no address has the person's key in it",
)
LOOK = sa.Table(
    "look",
    METADATA,
    identity("look"),
    needed("account", BIG),
    needed("at", INSTANT),
    needed("question", TEXT),
    act(),
    sa.Index("ix_look_question", "question"),
    sa.Index("ix_look_act", "act"),
    schema=SCHEMA,
    comment="every look at a person's tree: by whom, when, and at which kept question",
)
SIGNATURE = sa.Table(
    "signature",
    METADATA,
    identity("signature"),
    needed("account", BIG),
    # Copied, not looked up: a person's name or role may change, and what was signed must not.
    needed("full_name", TEXT, comment="as it stood then"),
    needed("role", TEXT),
    needed("meaning", TEXT, comment="what the person said that signing means"),
    needed("what", TEXT, comment="what kind of thing was signed"),
    needed("content", pg.BYTEA, comment="SHA-256 of exactly what was signed"),
    needed("at", INSTANT),
    act(),
    sa.Index("ix_signature_act", "act"),
    schema=SCHEMA,
    comment="signatures, each bound to one account, meaning, time and content",
)
CHANGE = sa.Table(
    "change",
    METADATA,
    identity("change"),
    needed("account", BIG),
    needed("at", INSTANT),
    sa.Column("by", BIG, comment="empty: by the link that the start of the service printed"),
    needed("what", TEXT),
    # What the account is with it, so that a row of `account` that says more is seen to be altered.
    needed("name", TEXT),
    needed("full_name", TEXT),
    needed("role", TEXT),
    sa.Column("site", TEXT),
    sa.Column("password", pg.BYTEA, comment="SHA-256 of what is kept of it"),
    sa.Column("ended_at", INSTANT),
    act(),
    sa.Index("ix_change_account", "account"),
    sa.Index("ix_change_act", "act"),
    schema=SCHEMA,
    comment="what became of an account, through whom, and what it is since; sign-ins of who may sign",
)
NATURE = sa.Table(
    "nature",
    METADATA,
    sa.Column("one", sa.Boolean, primary_key=True, comment="true: there is one row"),
    needed("nature", TEXT),
    needed("at", INSTANT),
    needed("by", TEXT),
    act(),
    sa.CheckConstraint("one", name="one"),
    sa.CheckConstraint("nature IN ('real', 'synthetic')", name="nature"),
    schema=SCHEMA,
    comment="whether what stands in this database is real or synthetic, once for ever",
)
TABLES = (
    *(ACCOUNT, LINK, SESSION, API_KEY, ATTEMPT, REQUEST, QUESTION, LOOK, SIGNATURE, CHANGE),
    NATURE,
)
# All that is ever changed of a row that stands.
CHANGED = {
    ACCOUNT: ("password", "ended_at"),
    LINK: ("used_at",),
    SESSION: ("seen_at", "ended_at"),
    API_KEY: ("ended_at",),
    ATTEMPT: ("since", "failures"),
    # The key is taken before the write is done, and the answer is known only after it.
    REQUEST: ("answer",),
}


# Whatever an entry of the ledger covers: insert only.
FACTS = (QUESTION, LOOK, SIGNATURE, CHANGE, NATURE)
ACCOUNT_TOLD = f"{SCHEMA}.account_told"
# What verifies the ledger holds accounts against their changes; it needs no hash of a password.
ACCOUNT_VIEW = f"""CREATE VIEW {ACCOUNT_TOLD} AS
SELECT account, name, full_name, role, site, sha256(convert_to(password, 'UTF8')) AS password, ended_at
FROM {SCHEMA}.account"""


def grants() -> list[str]:
    """What the service's login may do: to these tables alone, and little of that is a change."""
    names = ", ".join(table.fullname for table in TABLES)
    # A signature is put with what is signed, by the owner's function (dispositions.py).
    put = ", ".join(table.fullname for table in TABLES if table is not SIGNATURE)
    facts = ", ".join([*(table.fullname for table in FACTS), ACCOUNT_TOLD])
    return [
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO lots_pipeline",
        f"GRANT SELECT ON {facts} TO lots_pipeline",
        # Each look and each change is an entry in its own transaction.
        f"GRANT USAGE ON SCHEMA ledger TO {SERVICE}",
        f"GRANT SELECT ON ledger.entry TO {SERVICE}",
        f"GRANT INSERT ON ledger.entry, ledger.secret TO {SERVICE}",
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {SERVICE}",
        f"GRANT SELECT ON {names} TO {SERVICE}",
        f"GRANT INSERT ON {put} TO {SERVICE}",
        *(
            f"GRANT UPDATE ({', '.join(columns)}) ON {table.fullname} TO {SERVICE}"
            for table, columns in CHANGED.items()
        ),
    ]
