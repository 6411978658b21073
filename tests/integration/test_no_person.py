"""What a reader's login may select, and what it is answered, holds no key of a person that was sent."""

import json
from collections.abc import Callable, Iterator, Sequence

import pytest

from lots.grammar.schema import Record
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.records import records
from lots.settings import Settings
from lots.store import address
from lots.store import engine as connections
from tests.builders import donations, results, rows, table
from tests.conftest import site
from tests.integration.test_answers import chain, received
from tests.integration.test_readers import QUESTIONS

# Whatever a column of persons says here begins so, and nothing else does.
PERSON = "PERSON-"
# What a form says beside its key and its persons: a choice on which a link or a person hangs.
MORE = {"test_result": {"tested": "donor"}, "same_person": {"kind": "donor", "status": "stated"}}
READABLE = {"as_of": "2026-01-01", "reviewed_on": "2026-01-02", "marker": "HBsAg", "run": "1"}
FIRST, OTHER = {"corrected_by": "HER"}, {"corrected_by": "HIM"}  # contradict each other
BACK = {"retracted": "replacement_due"}
VISIBLE = """
SELECT c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ')
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname IN ('receiving', 'accepted', 'standing', 'judged', 'ledger', 'lineage', 'reference')
    AND c.relkind IN ('r', 'v', 'm') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
GROUP BY c.oid
"""


def of_persons() -> list[Record]:
    """The records with a column in which a person's key stands."""
    return [r for r in records().values() if any(c.of_person for c in r.columns)]


def sent(record: Record) -> bytes:
    """Three rows of persons whom nothing else tells of: two that contradict each other, and one whose
    sender takes it back.
    """

    def row(nth: str) -> dict[str, str]:
        persons = {
            c.name: f"{PERSON}{record.name}-{c.name}-{nth}" for c in record.columns if c.of_person
        }
        key = {c: READABLE.get(c, f"{c}-{nth}") for c in record.key}
        said = {**dict.fromkeys(record.required, ""), **MORE.get(record.name, {}), **FIRST}
        return {**said, **key, **persons}

    twice = (row("1"), {**row("1"), **OTHER})
    gone = {c: v for c, v in row("2").items() if c in record.key}
    return table(row("1"), [*twice, row("2"), {**dict.fromkeys(row("1"), ""), **gone, **BACK}])


@pytest.fixture(scope="module")
def world(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A database in which each record tells of persons."""
    folder = tmp_path_factory.mktemp("world")
    persons = {record.name: sent(record) for record in of_persons()}
    chain(shared_settings, folder)
    received(
        shared_settings,
        folder / "more",
        **persons,
        known=donations({"donor_key": f"{PERSON}known"}),
        tested=results({"tested": "donor", "tested_id": f"{PERSON}tested"}),
    )
    return shared_settings


@pytest.fixture(scope="module")
def reader(cluster: Cluster, world: Settings) -> Iterator[Settings]:
    """The same, for somebody with the reader's login alone."""
    database = address.site(world).database or ""
    made = site(world.home, embedded.url(cluster, "lots_reader", database))
    yield made
    connections.close(made)


def texts(value: object) -> Iterator[str]:
    """Every text in a value, at any depth, and names as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def told(value: object) -> set[str]:
    """The keys of persons in a value."""
    return {text for text in texts(value) if PERSON in text}


def visible(settings: Settings, role: str) -> dict[str, set[str]]:
    """By table or view: keys of persons in what a role may select of it."""
    found = {}
    for relation, columns in rows(settings, VISIBLE, role):
        shown = f"SELECT to_jsonb(told) FROM (SELECT {columns} FROM {relation}) AS told"
        if persons := told([row[0] for row in rows(settings, shown, role)]):
            found[str(relation)] = persons
    return found


def test_no_column_that_a_reader_may_select_holds_a_persons_key(reader: Settings) -> None:
    assert visible(reader, "lots_reader") == {}


def test_the_search_finds_each_key_where_it_may_be_seen(
    world: Settings,
) -> None:
    found = visible(world, "lots_discloser")
    for record in of_persons():
        persons = {c.name for c in record.columns if c.of_person}
        named = {
            name for name in persons for key in found[f"accepted.{record.name}"] if name in key
        }
        assert named == persons, record.name
    for relation in ("judged.contested", "lineage.parked"):
        assert found[relation], relation


def test_no_answer_to_a_reader_holds_a_persons_key(
    reader: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for question in QUESTIONS:
        lots(reader, [*question, "--json"])
        said = capsys.readouterr()
        assert PERSON not in said.err, question
        assert not told(json.loads(said.out)) if said.out else True, question
        lots(reader, question)
        assert PERSON not in capsys.readouterr().out, question
