"""The open ends of many chains, each of which lost one thing: those that the database keeps, and those that
the walk finds by docs/certificate.md.
"""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from lots.settings import Settings
from lots.store.engine import engine
from tests.builders import NOW, table, take, write
from tests.unit.test_walk_certificate import CHAIN, lost
from tests.walk import walk as walking
from tests.walk.columns import COLUMNS
from tests.walk.ends import EMPTY, WITHOUT, ends
from tests.walk.linking import Accepted

GTIN = "09506000134352"
SENDER = "S1"
Kept = tuple[str, str, str, tuple[str, ...]]


def chains() -> Iterator[str]:
    """A chain for each link that is emptied or made unknown, for each row that is gone, and one whole."""
    whole = [line.format(n="1", gtin=GTIN) for line in CHAIN.strip().splitlines()]
    losses = [lines[: len(whole)] for _, lines in lost()]
    losses += [[other for other in whole if other != line] for line in whole]
    for number, lines in enumerate([*losses, whole]):
        yield from (_numbered(line, number) for line in lines)


def _numbered(line: str, number: int) -> str:
    """The same line of a chain of its own: its names end with another number."""
    record, *said = line.split()
    pairs = [one.split("=", 1) for one in said]
    fixed = ("gtin", "marker", "run", "item", "vials", "amount")
    return " ".join(
        [
            record,
            *(
                f"{c}={v}"
                if not v or c in fixed or "T10:" in v or "T11:" in v or not v[-1].isdigit()
                else f"{c}={v}-{number}"
                if COLUMNS[record][c][0] == "code"
                else f"{c}={v}"
                for c, v in pairs
            ),
        ]
    )


def kept(accepted: Accepted) -> set[Kept]:
    """What of the walk's open ends is kept as rows of its own: the others are parked, contested or refused,
    or of lots that were bought.
    """
    return {
        (end.record, end.link, end.sort, end.key)
        for end in ends(accepted, [])
        if end.sort in (EMPTY, WITHOUT) and not (end.record == "lot" and end.key[2] == "external")
    }


def test_the_database_keeps_the_open_ends_that_the_walk_finds(
    lots_settings: Settings, tmp_path: Path
) -> None:
    rows: dict[str, list[dict[str, str]]] = {}
    for line in chains():
        record, *said = line.split()
        rows.setdefault(record, []).append(dict(one.split("=", 1) for one in said))
    landing = tmp_path / "landing"
    places = [
        write(landing / SENDER, f"{record}-1.csv", table(dict.fromkeys(COLUMNS[record], ""), told))
        for record, told in rows.items()
    ]
    take(lots_settings, *places, sender=SENDER)
    walked = walking.walk(landing, tmp_path / "profiles", NOW)
    found = kept(walked.accepted)
    assert len({(record, link, sort) for record, link, sort, _ in found}) > 25
    with engine("lots_discloser", lots_settings).connect() as connection:
        told = {
            (record, link, sort, tuple(map(str, key)))
            for record, link, sort, key in connection.execute(
                sa.text("SELECT record, link, sort, key FROM lineage.open_end")
            )
        }
    assert (sorted(told - found), sorted(found - told)) == ([], [])
