"""The verdict on a scan: every check, every ground that was found, and the worst of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lots.decisions.checks import CHECKS, Asked
from lots.decisions.facts import Facts
from lots.decisions.norm import Cell, Purpose, Worst, norm

UNREADABLE, NOT_CHECKED = "unreadable", "not checked"
# Said of a lot or a pack by somebody, and not merely by its not being known here.
STOPS = frozenset(("quarantined", "recalled", "unfit", "excursion", "lost", "ended"))


@dataclass(frozen=True, slots=True)
class Found:
    """A ground that was found: its code and words, what it makes of the scan, who answers or
    overrides.
    """

    code: str
    says: str
    worst: Worst
    by: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Made:
    """A check, and whether it could be made."""

    code: str
    says: str
    ran: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scan is told: go only where every check was made and no ground says otherwise."""

    purpose: Purpose
    worst: Worst
    grounds: tuple[Found, ...]
    checks: tuple[Made, ...]
    norm: int

    @property
    def by(self) -> tuple[str, ...]:
        """Who must answer or override, all of them; nobody where one ground lets nobody."""
        if self.worst not in (Worst.ASK, Worst.STOP):
            return ()
        return tuple(
            dict.fromkeys(role for g in self.grounds if g.worst >= Worst.ASK for role in g.by)
        )


def verdict(facts: Facts, asked: Asked) -> Verdict:
    """What the table makes of the facts of one pack."""
    made: list[Made] = []
    codes: list[str] = []
    for check in CHECKS:
        found = check.of(facts, asked)
        made.append(Made(check.code, check.says, found is not None))
        # No scan is told GO unless every check was made.
        codes += [NOT_CHECKED] if found is None else found
    return weighed(codes, asked.purpose, made)


def unread(purpose: Purpose) -> Verdict:
    """What is told of a string that is no code of one pack: nothing was looked up."""
    return weighed((UNREADABLE,), purpose, [Made(c.code, c.says, False) for c in CHECKS])


def weighed(codes: Iterable[str], purpose: Purpose, made: Sequence[Made]) -> Verdict:
    """Grounds by the table, the worst first. Raises KeyError where the table does not know one."""
    table = norm()
    # A ground that the table does not know is an error, and no ground that may be left out.
    rows = [table.grounds[code] for code in dict.fromkeys(codes)]
    found = [_found(row.code, row.says, c) for row in rows if (c := row.cells[purpose]) is not None]
    found.sort(key=lambda ground: -ground.worst)
    worst = max((ground.worst for ground in found), default=Worst.GO)
    return Verdict(purpose, worst, tuple(found), tuple(made), table.version)


def _found(code: str, says: str, cell: Cell) -> Found:
    return Found(code, says, cell.worst, cell.by, cell.note)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a string: what is known of its pack, and its verdict."""

    facts: Facts
    verdict: Verdict

    @property
    def stopped(self) -> bool:
        """Whether something is told of the very lot or pack that stops it."""
        return any(ground.code in STOPS for ground in self.verdict.grounds)

    @property
    def excluded(self) -> bool:
        """Whether it is no pack's: its maker's list is complete and has no such serial."""
        return any(ground.code == "serial unknown" for ground in self.verdict.grounds)


def of_readings(candidates: Sequence[Candidate], purpose: Purpose) -> Verdict:
    """Of a string that can be read in several ways: if any reading is stopped, stop. Otherwise one
    wins only where every other's maker says that there is no such pack.
    """
    if not candidates:
        return unread(purpose)
    # One that is stopped counts though its serial is unknown: a wrong GO can kill, a wrong stop
    # asks.
    left = [c for c in candidates if not c.excluded or c.stopped] or [*candidates]
    if len(left) == 1:
        return left[0].verdict
    # Which of them it is, nobody knows: what is wrong with any of them is told, and that it is
    # unread.
    codes = [g.code for c in left for g in c.verdict.grounds]
    made = left[0].verdict.checks
    return weighed([UNREADABLE, *codes], purpose, made)
