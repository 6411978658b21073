"""By which address the database is reached: a site's own, or the embedded one."""

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from lots.encrypted import expect_encrypted
from lots.errors import CallError
from lots.postgres import cluster
from lots.settings import Settings
from lots.settings import settings as of_process
from lots.store import session


def site(settings: Settings | None = None) -> URL:
    """The address of the database: a site's own PostgreSQL, else the embedded one. Raises
    CallError.
    """
    chosen = settings or of_process()
    if not chosen.database_url:
        return make_url(cluster.url(cluster.cluster_of(chosen.home), "", "lots"))
    try:
        address = make_url(chosen.database_url)
    except (sa.exc.ArgumentError, ValueError):
        raise CallError(
            "LOTS_DATABASE_URL: address: expected postgresql://user@host/database, got no URL."
        ) from None
    checked = _checked(address)
    expect_encrypted("LOTS_DATABASE_URL", chosen.database_url)
    return checked


def told(settings: Settings | None) -> object:
    """What tells one database's address from another's."""
    chosen = settings or of_process()
    # The embedded server may be started again elsewhere meanwhile.
    return chosen.database_url or cluster.reached(chosen.home)


def of_role(role: str, settings: Settings | None) -> URL:
    """The address by which a role reaches the database, with what is ours alone to say."""
    address = site(settings)
    # Named though empty, so that PGOPTIONS has no say.
    options = str(address.query.get("options", ""))
    # By an option: it holds from the first statement on, and no rollback undoes it.
    if address.username and role:
        options = f"{options} -c role={role}".strip()
    address = address.set(username=address.username or role or None)
    # In the address, which goes before libpq's PGAPPNAME, PGCLIENTENCODING and the like.
    own = {"application_name": "plasma-lots", "connect_timeout": "10", "client_encoding": "UTF8"}
    own |= session.CUT_OFF
    return address.update_query_dict({"options": options, **own})


def whereabouts(address: URL) -> tuple[object, ...]:
    """Which database it is, whoever logs in."""
    query = address.query
    return (
        address.host,
        address.port,
        address.database,
        query.get("host"),
        query.get("port"),
        query.get("passfile"),
    )


def _checked(address: URL) -> URL:
    if address.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise CallError(
            f"LOTS_DATABASE_URL: kind of database: expected postgresql, got {address.drivername}."
        )
    if address.password is not None or {"password", "sslpassword"} & set(address.query):
        raise CallError(
            "LOTS_DATABASE_URL: address: expected no password in it (use passfile=), got one."
        )
    return address.set(drivername="postgresql+psycopg")
