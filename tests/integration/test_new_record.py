"""A new record costs its declaration and a drafted revision: nothing else names it, and it goes the
whole way.
"""

from pathlib import Path

import pytest

from lots.postgres.cluster import Cluster
from lots.store.schema import revision
from tests.answers import answer_of
from tests.builders import write
from tests.copied import Tree, copied

DECLARATION = '''"""What was opened at the bench."""

from lots.grammar.column import Column, Tells
from lots.grammar.columns import OF_A_BATCH
from lots.grammar.links import party
from lots.grammar.schema import Kind, Names, Record

RECORD = Record(
    "reagent_bottle",
    "pooling",
    "A bottle of reagent that was opened.",
    key=("site", "bottle"),
    columns=(
        Column(1, "site", Kind.CODE, "who opened it (party id)", tells=Tells.PLACE),
        Column(2, "bottle", Kind.CODE, "its number there", names=Names.NUMBER),
        Column(3, "state", Kind.CHOICE, "how it was found", choices=("sound", "broken")),
        Column(4, "uses", Kind.COUNT, "how often it was used", limits=OF_A_BATCH),
        Column(5, "opened_at", Kind.INSTANT, "when", required=True, happened=True),
    ),
    links=(party("site"),),
    at="opened_at",
)
'''
SENT = b"""site,bottle,state,uses,opened_at
BENCH,B1,sound,3,2026-01-05T10:00:00+01:00
BENCH,B2,melted,3,2026-01-05T11:00:00+01:00
BENCH,B3,sound,2000000,2026-01-05T12:00:00+01:00
BENCH,,sound,3,2026-01-05T13:00:00+01:00
"""
CONTRADICTS = SENT.splitlines()[0] + b"\nBENCH,B1,broken,3,2026-01-05T10:00:00+01:00\n"
PARTY = b"party_id,kind,name,zone,jurisdiction\nBENCH,plant,A bench,Europe/Berlin,DE\n"


@pytest.fixture
def tree(tmp_path: Path, cluster: Cluster, database: str) -> Tree:
    """A checkout in which the record is declared, and a database that does not have it yet."""
    made = copied(tmp_path / "tree", cluster, database)
    write(made.folder / "lots" / "records", "reagent_bottle.py", DECLARATION.encode())
    return made


LISTS = {
    "refused": "reagent_bottle.bottle.present",
    "findings": "reagent_bottle.uses.limits",
    "findings reagent_bottle.state.readable": "reagent_bottle-1.csv line 3",
    "contested": "reagent_bottle",
    "parked": "reagent_bottle",
    "receipts": "reagent_bottle",
}


def test_a_new_record_is_made_a_table_by_a_drafted_revision(tree: Tree) -> None:
    ((code, told),) = tree.lots("up")
    assert (code, "draft the revision that makes them" in told) == (1, True)
    drafted = tree.draft("Add reagent bottle")
    assert drafted.startswith("-- Add reagent bottle.\n\nCREATE TABLE accepted.reagent_bottle (\n")
    assert drafted.count(";") == 2  # the table and its index; nothing else has changed
    assert len(drafted.splitlines()) <= 30
    behind, up, now = tree.lots("receipts", "up", "receipts")
    assert f"got {revision.newest()}; bring them up to date first: lots up." in behind[1]
    assert (behind[0], up[0], now[0]) == (1, 0, 0)
    assert "got none" in tree.draft("Add it again")


def test_a_new_record_goes_the_whole_way(tree: Tree, tmp_path: Path) -> None:
    tree.draft("Add reagent bottle")
    place = tmp_path / "BENCH"
    sent = write(place, "reagent_bottle-1.csv", SENT)
    again = write(place, "reagent_bottle-2.csv", CONTRADICTS)
    party = write(place, "party-1.csv", PARTY)
    _, template, received, *lists, _, parked, digest, rebuilt, once_more, docs = tree.lots(
        "up",
        "template reagent-bottle",
        f"receive --json {sent} {again}",
        *LISTS,
        f"receive {party}",
        "parked",
        "digest",
        "rebuild",
        "digest",
        "docs",
    )
    assert template[1].startswith(SENT.splitlines()[0].decode())
    counts = answer_of("receive", received[1])[0]["counts"]
    told = {name: counts[name] for name in ("accepted", "refused", "findings")}
    assert told == {"accepted": 3, "refused": 1, "findings": 2}
    assert [
        said for said, (_, of) in zip(LISTS.values(), lists, strict=True) if said not in of
    ] == []
    assert "reagent_bottle" not in parked[1]
    assert (digest, rebuilt[0], docs[0]) == (once_more, 0, 0)
    pages = [(tree.folder / "docs" / f"{page}.md").read_text() for page in ("dictionary", "rules")]
    assert all("reagent_bottle" in page for page in pages)
