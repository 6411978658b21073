"""The embedded PostgreSQL: made, started, found and stopped
(docs/decisions/embedded-postgresql.md).
"""

import fcntl
import hashlib
import hmac
import os
import secrets
import subprocess
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from lots import private
from lots.errors import ClusterError
from lots.postgres import left, server
from lots.postgres.folders import Cluster, cluster_of, listening, prepare, renew_socket

__all__ = [
    "Cluster",
    "cluster_of",
    "create_database",
    "down",
    "made",
    "psql",
    "reached",
    "tcp_url",
    "up",
    "url",
]

LOCK_SECONDS = 120  # a server that recovers from a crash is waited for by whoever holds the lock
# \gexec runs what the query wrote: CREATE takes no IF NOT EXISTS, and its names no parameters.
MAKE_ROLES = """
SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(string_to_array(:'roles', ',')) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \\gexec
"""
MAKE_DATABASES = """
SELECT format('CREATE DATABASE %I OWNER lots_owner', name) FROM unnest(string_to_array(:'names', ',')) AS name
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \\gexec
"""


def up(
    home: Path, *, tcp_port: int | None = None, tell: Callable[[str], None] = lambda sentence: None
) -> Cluster:
    """Make the cluster if absent, start it if stopped, wait until it answers;
    raises ClusterError.
    """
    with _alone(home):
        cluster = prepare(home)
        left.mark(home, cluster.base)
        pid = server.postmaster(cluster)
        if pid is None or not server.await_ready(cluster, pid, tell):
            # Only when a server is started, which is rare: finding one that runs must take 2 ms.
            left.take_away(tell)
            _start(renew_socket(home), tcp_port, tell)
        cluster = _as_asked(cluster_of(home), tcp_port)
        # Each time: a crash between making the cluster and its roles leaves one without them.
        _furnish(cluster)
        return cluster


def made(home: Path) -> bool:
    """Whether a cluster was ever made for this home, running or not. Raises ClusterError."""
    with server.in_words(home):
        return (home / "pg").exists()


def down(home: Path) -> bool:
    """Stop the cluster; True if it was running. Raises ClusterError."""
    if not made(home):
        return False
    with _alone(home):
        cluster = prepare(home)
        running = server.postmaster(cluster) is not None
        if running:
            server.stop(cluster)
        return running


def url(cluster: Cluster, role: str, database: str) -> str:
    """The SQLAlchemy URL of a role through the socket, without a secret; an empty role leaves open
    who connects.
    """
    host = quote(str(cluster.socket), safe="")
    return f"postgresql+psycopg://{_user(role)}/{quote(database, safe='')}?host={host}&port={cluster.port}"


def reached(home: Path) -> tuple[Path, int]:
    """The socket's folder and the port of this home's server, which is all that whoever connects
    needs, and is found many times as fast as the rest.
    """
    base = home / "pg"
    return (base / "socket").resolve(), listening(base / "data")[0]


def tcp_url(cluster: Cluster, role: str, database: str) -> str:
    """The SQLAlchemy URL of a role through 127.0.0.1; the password stays in the passfile."""
    passfile = quote(str(cluster.passfile), safe="")
    return f"postgresql+psycopg://{_user(role)}127.0.0.1:{cluster.port}/{quote(database, safe='')}?passfile={passfile}"


def create_database(cluster: Cluster, name: str) -> None:
    """Make a database of lots_owner if it is absent."""
    psql(cluster, MAKE_DATABASES, names=name)


def psql(cluster: Cluster, script: str, database: str = "postgres", **variables: str) -> str:
    """Run a script as the cluster's superuser through the socket; raises ClusterError, which quotes
    no data.
    """
    place_of = {"-h": str(cluster.socket), "-p": str(cluster.port), "-U": "postgres"}
    # What a failing statement says may quote data; its SQLSTATE quotes none.
    given = {"ON_ERROR_STOP": "1", "VERBOSITY": "sqlstate"} | variables
    done = subprocess.run(
        [
            str(cluster.binaries / "psql"),
            "-XAtq",
            *(part for option in (place_of | {"-d": database}).items() for part in option),
            *(part for name, value in given.items() for part in ("-v", f"{name}={value}")),
        ],
        input=script,
        # Not the caller's environment: PGHOST, PGOPTIONS and a psqlrc would lead elsewhere.
        env={"LC_ALL": "C", "PGCONNECT_TIMEOUT": "10", "PGCLIENTENCODING": "UTF8"},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        raise ClusterError(
            f"{cluster.base}: database: expected its setup to run, got:"
            f" {server.reason(done.stderr)}."
        )
    return done.stdout


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with server.in_words(home):
        private.home(home)
        held = _open_lock(home / "pg.lock")
        try:
            _take(held, home)
            yield
        finally:
            os.close(held)


def _open_lock(path: Path) -> int:
    """The lock's file, its owner's alone: whoever may open it, even to read, could hold it."""
    held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, private.FILE)
    # An ordinary user must be able to take a lock that root made here, and the other way round.
    if os.geteuid() in (0, os.fstat(held).st_uid):
        os.fchmod(held, private.FILE)
        os.fchown(held, path.parent.stat().st_uid, -1)
    return held


def _take(held: int, home: Path) -> None:
    """Hold the lock, and say in it who does. Raises ClusterError where another does for too
    long.
    """
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            # flock ends with its process, however that ends; a file that says "locked" does not.
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() > deadline:
                holder = (
                    os.pread(held, 20, 0).decode("ascii", "replace") or "that did not say which"
                )
                raise ClusterError(
                    f"{home}: database: expected nobody else to start or stop it for more than"
                    f" {LOCK_SECONDS} s, got process {holder}; wait until it is done, or end it."
                ) from None
            time.sleep(0.02)
    os.ftruncate(held, 0)
    os.pwrite(held, str(os.getpid()).encode(), 0)


def _start(cluster: Cluster, tcp_port: int | None, tell: Callable[[str], None]) -> None:
    if not cluster.data.exists():
        tell(f"Making PostgreSQL's cluster in {cluster.base}.")
        server.make(cluster)
    server.start(cluster, tcp_port, tell)


def _as_asked(cluster: Cluster, tcp_port: int | None) -> Cluster:
    if tcp_port is not None and (cluster.tcp, cluster.port) != (True, tcp_port):
        got = f"TCP port {cluster.port}" if cluster.tcp else "no TCP"
        raise ClusterError(
            f"{cluster.base}: running database: expected TCP port {tcp_port}, got {got}; first:"
            " lots down."
        )
    return cluster


def _furnish(cluster: Cluster) -> None:
    psql(cluster, MAKE_ROLES + MAKE_DATABASES, roles=",".join(server.ROLES), names="lots,airflow")
    if cluster.tcp and not cluster.passfile.exists():
        _make_passwords(cluster)


def _make_passwords(cluster: Cluster) -> None:
    passwords = {role: secrets.token_urlsafe(32) for role in server.ROLES}
    psql(
        cluster,
        "".join(
            f"ALTER ROLE {role} PASSWORD '{_verifier(word)}';\n" for role, word in passwords.items()
        ),
    )
    # Under its own name only when it is whole: what stands there is taken to be every role's
    # password.
    half = cluster.passfile.with_suffix(".half")
    half.unlink(missing_ok=True)
    with open(
        os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as out:
        out.writelines(f"127.0.0.1:*:*:{role}:{word}\n" for role, word in passwords.items())
    half.replace(cluster.passfile)


def _verifier(password: str) -> str:
    """What PostgreSQL keeps of a password (RFC 5803), so that the password itself never reaches
    it.
    """
    # 4,096 rounds as PostgreSQL's own: the word is random and long, so more would only slow each
    # log-in.
    salt, rounds = secrets.token_bytes(16), 4096
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    stored = hashlib.sha256(hmac.digest(key, b"Client Key", "sha256")).digest()
    parts = [
        b64encode(part).decode()
        for part in (salt, stored, hmac.digest(key, b"Server Key", "sha256"))
    ]
    return f"SCRAM-SHA-256${rounds}:{parts[0]}${parts[1]}:{parts[2]}"


def _user(role: str) -> str:
    return f"{quote(role, safe='')}@" if role else ""
