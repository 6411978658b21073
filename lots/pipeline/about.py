"""What a decision on a finding or a row is about, for who signs it:
no key of a person is among it.
"""

from collections.abc import Iterator, Sequence

from lots.answers.shown import Shown, ShownFinding
from lots.errors import CallError, NotFound
from lots.pipeline.named_rows import written
from lots.pipeline.retract import standing
from lots.pipeline.show import show
from lots.settings import Settings

NOT_SHOWN = "(not shown)"
Told = tuple[tuple[str, str], ...]


def about(settings: Settings, thing: str, key: Sequence[str | None]) -> Told:
    """Names of what is told, and what they tell; of other things nothing, they say themselves what
    they are. What nobody knows is left out: deciding of it says so.
    """
    parts = [part or "" for part in key]
    if thing == "finding" and len(parts) == 1:
        return tuple(_finding(settings, parts[0]))
    if thing == "row" and len(parts) == 2 and all(p.isascii() and p.isdigit() for p in parts):
        return tuple(_row(settings, (int(parts[0]), int(parts[1]))))
    return ()


def _finding(settings: Settings, number: str) -> Iterator[tuple[str, str]]:
    try:
        # Whoever signs a decision need not be one who may see persons.
        found = show(settings, "finding", number, disclosed=False)
    except (CallError, NotFound):
        return
    if isinstance(found, ShownFinding):
        yield "rule", f"{found.rule}: {found.says}"
        yield "limit", found.limit
        yield "on", _named(found.on)
        yield "holds", found.holds
        yield "state", found.state


def _named(of: Shown) -> str:
    return f"{of.record} {'/'.join(NOT_SHOWN if part is None else part for part in of.key)}"


def _row(settings: Settings, row: tuple[int, int]) -> Iterator[tuple[str, str]]:
    for one in standing(settings).rows:
        if one.row == written(row):
            yield "proposed", f"{one.record}: {one.kind}, {one.state}"
            yield "by", one.by
            yield "reason", one.reason
