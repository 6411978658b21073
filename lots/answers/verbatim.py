"""What is printed as it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text that is printed as it is, for a file or another program."""

    text: str
