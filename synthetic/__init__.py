"""A synthetic plant: writes true-shaped files with seeded faults, and what must come of them."""

from collections.abc import Callable
from pathlib import Path

from synthetic.writing.written import Truth

__all__ = ["Truth", "write"]


def write(
    donations: int, seed: int, out: Path, tell: Callable[[str], None] = lambda _: None
) -> Truth:
    """Write landing/, profiles/ and truth/ for so many donations; same seed, same bytes."""
    from synthetic.world.stages import write as whole  # numpy and pyarrow load where they are used

    return whole(donations, seed, out, tell)
