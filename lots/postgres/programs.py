"""PostgreSQL's own programs, for a server of ours or a site's."""

from pathlib import Path

from lots.postgres.folders import MAJOR, cluster_of, package


def program(home: Path, name: str) -> Path:
    """One of them, such as pg_dump."""
    path = cluster_of(home).binaries / name
    # As root they are copied for the server's account when a cluster is made; we need no copy.
    return path if path.exists() else package() / f"pginstall{MAJOR}" / "bin" / name
