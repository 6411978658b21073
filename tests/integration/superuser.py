"""Where a test is the superuser of a database, for whom no guard stands."""

from psycopg.conninfo import make_conninfo

from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store.address import site


def place(cluster: Cluster, settings: Settings) -> str:
    """The address of the database for its superuser."""
    return make_conninfo(
        "",
        host=str(cluster.socket),
        port=cluster.port,
        user="postgres",
        dbname=site(settings).database or "",
    )
