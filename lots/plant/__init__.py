"""A synthetic plant: writes true-shaped files with planted faults, and the truth of what must come of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Truth", "write"]


@dataclass(frozen=True, slots=True)
class Truth:
    """How much was written: files (transmittals too), versions to accept and rows already known by record, and the
    lines of each file under truth/."""

    files: int
    accepted: Mapping[str, int]
    known: Mapping[str, int]
    refused: int
    findings: int
    parked: int
    contested: int
    superseded: int
    links: int
    descendants: int

    @property
    def rows(self) -> int:
        """All lines that stand for a record: accepted, already known or refused."""
        return sum(self.accepted.values()) + sum(self.known.values()) + self.refused


def write(donations: int, seed: int, out: Path, tell: Callable[[str], None] = lambda _: None) -> Truth:
    """Write landing/, profiles/ and truth/ under `out` for a plant of so many donations; same seed, same bytes."""
    from lots.plant.stages import write as whole  # numpy and pyarrow load where they are used

    return whole(donations, seed, out, tell)
