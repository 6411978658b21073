"""How much a plant has written."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Truth:
    """How much was written: files (transmittals too), versions to accept and rows already known by
    record, and the lines of each file under truth/.
    """

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
    outcomes: int
    heard: int

    @property
    def rows(self) -> int:
        """All lines that stand for a record: accepted, already known or refused."""
        return sum(self.accepted.values()) + sum(self.known.values()) + self.refused
