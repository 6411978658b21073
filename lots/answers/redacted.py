"""What became of redactions: what is proposed of whom is said by number, never by a key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Redaction:
    """One redaction. standing: proposed, in force, or done; rows and files: how many were changed;
    entry: under which, once it is done. key: of whom, for those who sign it. said: what it
    does not reach, and what to do next.
    """

    redaction: int
    kind: str
    disposition: int
    standing: str
    rows: int = 0
    files: int = 0
    entry: int | None = None
    key: str | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redactions:
    """What a run of the verb did; empty where nothing waited."""

    redactions: tuple[Redaction, ...]
