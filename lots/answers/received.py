"""What became of a file that was received."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file: accepted, refused whole, or already received before."""

    receipt: int
    file_name: str
    sender: str
    record: str | None
    status: str
    counts: Mapping[str, int]  # rows by what became of them, and findings
    sentence: str = ""
    again: bool = False
    notices: tuple[str, ...] = ()
    wrong: bool = False  # the call itself is
