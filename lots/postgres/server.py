"""One PostgreSQL server: made, started and stopped with its own binaries; no path is ever read by a
shell.
"""

import errno
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from lots.errors import ClusterError
from lots.postgres.folders import ACCOUNT, MAJOR, PORT, Cluster, give, pidfile

FREE_BYTES = 150_000_000  # a new cluster takes 50 MB, its write-ahead log as much again
RECOVERY_SECONDS = 3600
LOG_BYTES = 10_000_000

# What a failing statement or its DETAIL says may be a donor's key: nothing of it goes into the
# server's log.
SETTINGS = {
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    # Files come in bursts: with PostgreSQL's 1 GB a checkpoint would interrupt each of them.
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "cluster_name": "plasma-lots",
}
ROLES = (
    *("lots_owner", "lots_pipeline", "lots_reader"),
    *("lots_discloser", "lots_service", "lots_views"),
)
# Paths are the shell's arguments and no part of its script; it only sends the server into the
# background.
SPAWN = '"$1" -D "$2" </dev/null >>"$0" 2>&1 & echo $!'
REASONS = {
    "No space left on device": "the disk is full",
    "Disk quota exceeded": "the disk is full",
    "could not create any TCP/IP sockets": "the TCP port is taken",
    "Cannot allocate memory": "too little memory",
    "Permission denied": "a folder on the way is closed to the server's account",
}


@contextmanager
def in_words(home: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a sentence."""
    try:
        yield
    except OSError as exc:
        expected = {
            errno.ENOSPC: "room on the disk",
            errno.EDQUOT: "room on the disk",
            errno.ENAMETOOLONG: "a shorter path",
        }.get(exc.errno or 0, "a folder that this user may write to")
        got = f"{exc.strerror} ({exc.filename or home})"
        raise ClusterError(
            f"{home}: folder of the database: expected {expected}, got: {got}."
        ) from exc


def run(cluster: Cluster, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of the binaries as the server's account, in a clean environment."""
    return as_account(cluster, [str(cluster.binaries / tool), *arguments])


def as_account(cluster: Cluster, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command as the server's account, away from our terminal and our environment."""
    root = os.geteuid() == 0
    return subprocess.run(
        command,
        user=cluster.account if root else None,
        group=pwd.getpwnam(cluster.account).pw_gid if root else None,
        extra_groups=[] if root else None,
        env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
        cwd="/",
        umask=0o077,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        # A session of its own: Ctrl-C in our terminal must not reach the server.
        start_new_session=True,
        check=False,
        encoding="utf-8",
    )


def postmaster(cluster: Cluster) -> int | None:
    """The pid of the running server; a pid that is dead, a zombie or someone else's by now does not
    count.
    """
    lines = pidfile(cluster.data)
    # By its data folder in the command line: after a restart of the machine the pid is somebody
    # else's.
    return int(lines[0]) if len(lines) >= 2 and lines[1] in _command_line(int(lines[0])) else None


def make(cluster: Cluster) -> None:
    """Make the data folder; a half-made one of a killed process is thrown away."""
    free = shutil.disk_usage(cluster.base).free
    if free < FREE_BYTES:
        raise ClusterError(
            f"{cluster.base}: disk of the database: expected {FREE_BYTES} bytes free, got {free}."
        )
    half = cluster.base / "data.half"
    shutil.rmtree(half, ignore_errors=True)
    locale = (
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    )
    # peer until our own pg_hba.conf is written: initdb's default lets in every local user.
    access = ("--username=postgres", "--auth-local=peer", "--auth-host=reject", "--data-checksums")
    made = run(cluster, "initdb", "-D", str(half), *locale, *access)
    if made.returncode != 0:
        raise ClusterError(
            f"{cluster.base}: new database: expected initdb to make it, got: {reason(made.stderr)}."
        )
    # initdb is not atomic: under its name there is a whole cluster or none.
    half.rename(cluster.data)


def start(cluster: Cluster, tcp_port: int | None, tell: Callable[[str], None]) -> None:
    """Start the server and wait until it answers, its crash recovery included."""
    _check_version(cluster)
    _configure(cluster, tcp_port)
    deadline = time.monotonic() + 60
    while not _attempt(cluster, tell):  # backends of a killed server may need a moment to end
        if time.monotonic() > deadline:
            raise ClusterError(
                f"{cluster.data}: database: expected a killed server's processes to end, got some"
                " alive."
            )
        time.sleep(0.2)


def stop(cluster: Cluster) -> None:
    """Stop the server; open transactions are rolled back, the last checkpoint is written."""
    stopped = run(
        cluster, "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-t", "600"
    )
    if stopped.returncode != 0:
        raise ClusterError(
            f"{cluster.data}: database: expected it to stop, got: {reason(stopped.stderr)}."
        )


def reason(output: str) -> str:
    """The sentence hidden in a tool's output."""
    known = [words for sign, words in REASONS.items() if sign in output]
    fatal = [
        line for line in output.splitlines() if "FATAL" in line or "error" in line
    ] or output.splitlines()[-1:]
    return ": ".join([*known[:1], *[line.strip() for line in fatal[:1]]]) or "nothing said"


def await_ready(cluster: Cluster, pid: int, tell: Callable[[str], None]) -> bool:
    """Wait while the server starts or recovers: True once it answers, False when it has gone."""
    started = time.monotonic()
    patient = False
    while time.monotonic() - started < RECOVERY_SECONDS:
        lines = pidfile(cluster.data)
        said_ready = len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"
        if said_ready and _answers(
            cluster, lines[3]
        ):  # a server that is being killed has said so too
            return True
        if not _is_alive(pid):
            return False
        if not patient and time.monotonic() - started > 3:
            patient = True
            tell("PostgreSQL recovers from a crash; waiting for it.")
        time.sleep(0.02)
    raise ClusterError(
        f"{cluster.data}: database: expected recovery within {RECOVERY_SECONDS} s, got none yet."
    )


def _answers(cluster: Cluster, port: str) -> bool:
    return (
        run(
            cluster, "pg_isready", "-q", "-h", str(cluster.socket), "-p", port, "-t", "5"
        ).returncode
        == 0
    )


def _is_alive(pid: int) -> bool:
    # not by its command line, which is empty for a moment while a program begins
    try:
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.NoSuchProcess:
        return False


def _command_line(pid: int) -> list[str]:
    try:
        return list(psutil.Process(pid).cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def _attempt(cluster: Cluster, tell: Callable[[str], None]) -> bool:
    log = cluster.base / "server.log"
    _forget_stale(cluster.data)
    _rotate(log)
    begin = log.stat().st_size if log.exists() else 0
    postgres = str(cluster.binaries / "postgres")
    spawned = as_account(cluster, ["/bin/sh", "-c", SPAWN, str(log), postgres, str(cluster.data)])
    if await_ready(cluster, int(spawned.stdout or 0), tell):
        return True
    said = log.read_bytes()[begin:].decode(errors="replace") if log.exists() else spawned.stderr
    # A process of the killed server still ends; anything else does not mend itself by waiting.
    if "pre-existing shared memory block" in said:
        return False
    raise ClusterError(
        f"{cluster.data}: database: expected PostgreSQL to start, got: {reason(said)}."
    )


def _forget_stale(data: Path) -> None:
    # PostgreSQL itself takes a zombie, or another program with the same pid, for a running server
    # and refuses to start. Without this file it still refuses while a process of the killed server
    # is attached to its shared memory.
    lines = pidfile(data)
    if lines and psutil.pid_exists(int(lines[0])):
        (data / "postmaster.pid").unlink()


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def _check_version(cluster: Cluster) -> None:
    got = (cluster.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if got != str(MAJOR):
        raise ClusterError(
            f"{cluster.data}: version of the database's files: expected {MAJOR}, got {got}."
        )


def _configure(cluster: Cluster, tcp_port: int | None) -> None:
    settings = SETTINGS | {
        "listen_addresses": "127.0.0.1" if tcp_port else "",
        "port": str(tcp_port or PORT),
        "unix_socket_directories": '"' + str(cluster.socket).replace('"', '""') + '"',
    }
    lines = [f"{name} = '{_quoted(value)}'" for name, value in settings.items()]
    _write(
        cluster,
        "postgresql.conf",
        ["# Written at every start. A site's own settings: ALTER SYSTEM.", *lines],
    )
    roles = ",".join(ROLES)
    tcp = [f"host all {roles} 127.0.0.1/32 scram-sha-256"] if tcp_port else []
    _write(cluster, "pg_hba.conf", ["local all all peer map=lots", *tcp])
    _write(
        cluster,
        "pg_ident.conf",
        # Quoted: an account's name may be a keyword, or begin a regular expression with a slash.
        [f'lots "{user}" all' for user in sorted({cluster.account, "root"} - {ACCOUNT})],
    )


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n")


def _write(cluster: Cluster, name: str, lines: list[str]) -> None:
    path = cluster.data / name
    half = path.with_suffix(".half")
    half.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="surrogateescape")
    half.chmod(0o600)
    give(half, cluster.account)
    # PostgreSQL reads these when it starts: half a pg_hba.conf would let in whom nobody meant.
    half.replace(path)
