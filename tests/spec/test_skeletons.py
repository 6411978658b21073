"""What is left of a name, read by the library and by PostgreSQL: the same of every name in ASCII, however
it was damaged; and the names that are near, looked up here and there.
"""

import random
import string
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from lots.identifiers.near import Known
from lots.identifiers.skeleton import skeleton
from lots.settings import Settings
from lots.store.answers.near import LOT, Told, near_known
from lots.store.engine import engine
from lots.store.queries import query

PRINTED = "".join(c for c in string.printable if c.isprintable())
CHARACTERS = "0123456789" * 3 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "00OQI" + "-/."
READ = (
    "SELECT array_agg(lineage.skeleton(name) ORDER BY n)"
    " FROM unnest(CAST(:names AS text[])) WITH ORDINALITY AS asked (name, n)"
)
NODE = (
    "INSERT INTO lineage.node (maker, number, step)"
    " SELECT 'M1', name, 'packed' FROM unnest(CAST(:names AS text[])) AS asked (name)"
)


def names(count: int) -> list[str]:
    """Names as makers give them, and some of anything that can be printed."""
    drawn = random.Random(7)
    return [
        "".join(drawn.choices(CHARACTERS if n % 3 else PRINTED, k=drawn.randint(1, 20)))
        for n in range(count)
    ]


def damaged(name: str) -> Iterator[str]:
    """A name as others write it."""
    yield name.lower()
    yield f" {name[:3]} {name[3:]}"
    yield f"00{name}"
    yield f"{name}21AB1"
    yield f"]d210{name}"
    yield f"{name[:1]}{name[2:3]}{name[1:2]}{name[3:]}"
    yield f"{name[:-1]}7"
    yield f"{name}.0"
    if name.isdecimal():
        yield f"{int(name):.2E}"


def test_both_engines_leave_the_same_of_a_name(shared_settings: Settings) -> None:
    every = names(3_000)
    every += [one for name in every[:500] for one in damaged(name)]
    with engine("lots_reader", shared_settings).connect() as connection:
        read = connection.execute(sa.text(READ), {"names": every}).scalar_one()
    assert {n: s for n, s in zip(every, read, strict=True) if s != skeleton(n)} == {}


def test_both_engines_find_the_same_near_names(shared_settings: Settings) -> None:
    known = sorted({*names(400), "22E1", "1234567890123", "22114E03", "MAR3", "1234567890123456"})
    unknown = sorted({one for name in known for one in damaged(name)} - set(known))
    unknown += ["2.20E+02", "1.23457E+12", "2.21E+07", "3-Mar", "1234567890123450"]
    with engine("lots_pipeline", shared_settings).connect() as connection:
        connection.execute(sa.text(NODE), {"names": known})
        stored = near_known(connection, [Told(LOT, name) for name in unknown])
        connection.rollback()
    here = Known(known)
    there = {one.name: {(n.known, n.alike) for n in near} for one, near in stored.items()}
    found = {name: {(n.known, n.alike) for n in here.near(name)} for name in unknown}
    assert {n: near for n, near in found.items() if near != there.get(n, set())} == {}
    assert sum(map(len, found.values())) > 1_000


@pytest.mark.parametrize("name", ["near_known", "near_packs"])
def test_known_names_are_looked_up_by_index(shared_settings: Settings, name: str) -> None:
    spans = {"least": ["1"], "most": ["2"], "lengths": [0], "endings": [""]}
    asked = {"skeletons": ["A"], "some": 1, "nodes": [1], **spans}
    statement = query(name).text
    with engine("lots_reader", shared_settings).connect() as connection:
        # Where no index answers, each table is read all the same.
        connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        given = {key: value for key, value in asked.items() if f":{key}" in statement}
        plan = connection.execute(sa.text(f"EXPLAIN {statement}"), given).scalars().all()
    read = [line for line in plan if "Seq Scan" in line]
    assert read == []
    assert any("ix_pack_near" in line for line in plan)
