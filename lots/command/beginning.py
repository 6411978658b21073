"""What verbs begin with: the database to be read or written, the home's folders, the moment."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from lots import private
from lots.errors import ClusterError
from lots.settings import Settings, settings
from lots.visible import visible


def now() -> datetime:
    """The present, at the edge of the system only."""
    return datetime.now(UTC)


# To the other stream: an answer is read by machines too.
def tell(sentence: str) -> None:
    """Say something beside the answer."""
    print(visible(sentence), file=sys.stderr, flush=True)


def reading() -> None:
    """Have the database there to be read, by the login that may do nothing else. Nothing is made or
    migrated. Raises OtherRevision.
    """
    _expect("lots_reader")


def disclosing() -> None:
    """The same, by the login that also sees keys of persons and what came as it came."""
    # Neither login writes: whoever looks at persons can alter nothing by it
    # (docs/decisions/readers.md).
    _expect("lots_discloser")


def writing() -> None:
    """Have the database there to be written to, and the home's folders. Nothing is migrated. Raises
    OtherRevision.
    """
    _expect("lots_pipeline")
    own_folders()


def _expect(role: str) -> None:
    """Start the embedded server, where it is the one in use and was made,
    and look at its tables.
    """
    from lots.postgres import cluster
    from lots.store.engine import expect

    home = settings().home
    if settings().database_url is None:
        # A question must not make an empty database and answer "nothing was received" from it.
        if not cluster.made(home):
            raise ClusterError(
                f"{home}: database: expected one that was made here, got none; make it first:"
                " lots up."
            )
        cluster.up(home, tell=tell)
    expect(role, settings())


def own_folders() -> None:
    """Have the home closed, and in it the folder that people put files into, where it is that one."""
    from lots.postgres.server import in_words

    with in_words(settings().home):
        home = private.home(settings().home)
        if settings().landing_url == str(home / "landing"):
            private.folder(home / "landing")


def bring_up(port: int | None = None) -> Path | None:
    """Have the home's folders, the embedded server where it is the one in use, and its tables at
    the newest revision. Returns the folder of its socket.
    """
    from lots.store.schema import migrate

    own_folders()
    made = start(port)
    migrate.upgrade(settings())
    return made


def second(name: str, home: Path) -> Settings:
    """A second database of the embedded server, with its tables, and all else of it in another home."""
    from lots.postgres import cluster
    from lots.store.schema import migrate

    made = cluster.cluster_of(settings().home)
    cluster.create_database(made, name)
    private.folder(home)
    own = Settings(home, cluster.url(made, "", name), str(home / "raw"), str(home / "landing"))
    migrate.upgrade(own)
    return own


def start(port: int | None = None) -> Path | None:
    """Have the embedded server, where it is the one in use. Returns the folder of its socket."""
    from lots.postgres import cluster

    if settings().database_url is not None:
        return None
    return cluster.up(settings().home, tcp_port=port, tell=tell).socket
