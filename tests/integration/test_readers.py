"""The reader's login alone answers every question, and writes nothing."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.command.list_options import LISTS
from lots.grammar.kinds import PERSONS
from lots.pipeline.trace import PERSONS as PERSONS_TRACED
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.questions import implicating, traced
from lots.records import records
from lots.settings import Settings
from lots.store import address
from lots.store import engine as connections
from lots.store.engine import engine
from tests.answers import answer_of
from tests.builders import results, rows
from tests.conftest import site
from tests.integration.test_answers import PACK, chain

NAMES = {"pack": f"{PACK['gtin']}/S1", "lot": "L1", "donation": "D1", "donor": "P1", "pool": "P1"}
NAMES |= {"party": "W1", "patient": "Q1"}
DONOR = "KEY-OF-A-DONOR"
QUESTIONS = (
    *([name] for name in LISTS),
    ["retract", "--list"],
    ["findings", "contested"],
    ["findings", "D07"],
    *(["trace", kind, NAMES[kind]] for kind in traced() if kind not in PERSONS_TRACED),
    *(["implicate", f"--{q.option}", NAMES.get(q.name, "K1")] for q in implicating().values()),
    ["show", "donation", "D1"],
    ["show", "finding", "1"],
    ["implicate", "--kit-lot", "K1", "--from", "2026-01-01", "--to", "2026-12-31"],
)
# What a role may do to a relation, a schema or a function beside reading and naming it.
MAY = r"""
SELECT c.oid::regclass::text FROM pg_class AS c
WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$')
    AND c.relkind IN ('r', 'v', 'm', 'p')
    AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
UNION ALL
SELECT c.oid::regclass::text FROM pg_class AS c
WHERE CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE, UPDATE') ELSE false END
UNION ALL
SELECT nspname FROM pg_namespace WHERE has_schema_privilege(oid, 'CREATE')
UNION ALL
SELECT oid::regprocedure::text FROM pg_proc
WHERE prosecdef AND has_function_privilege(oid, 'EXECUTE') AND oid::regprocedure::text NOT LIKE 'lineage.ask\_%%'
"""
# Each column of a table or view of ours that a role may not select.
UNSEEN = """
SELECT c.oid::regclass::text, a.attname::text
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname IN ('receiving', 'accepted', 'standing', 'judged', 'ledger', 'lineage', 'reference')
    AND c.relkind IN ('r', 'v') AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT')
"""
DISCLOSED = (
    ["digest"],
    ["resolve", "contested", "1"],
    ["show", "donation", "D1", "--disclose"],
    *(["trace", kind, NAMES[kind]] for kind in PERSONS_TRACED),
)
# Of redactions: whose are on their way, by what keys are known again, the salts that were kept.
OF_OWNER = {
    *(
        ("ledger.redaction_asked", c)
        for c in ("redaction", "kind", "key", "nonce", "alias", "asked_at")
    ),
    *(("ledger.pepper", c) for c in ("one", "secret")),
}
OF_LEDGER = {
    *OF_OWNER,
    *(("ledger.salt", c) for c in ("of_act", "relation", "place", "salt")),
    *(("ledger.secret", c) for c in ("act", "secret")),
    ("ledger.bytes_left", "sha256"),
}
# What whoever only reads never sees, beside the columns that are declared to tell of persons.
AS_IT_CAME = {
    ("receiving.receipt", "sha256"),
    ("receiving.conclusion", "sha256"),
    *((f"{schema}.transmittal", "sha256") for schema in ("accepted", "standing")),
    *((f"{schema}.transmittal", "content") for schema in ("accepted", "standing")),
    *OF_LEDGER,
    ("ledger.redaction", "alias"),
    ("ledger.redaction", "known"),
    ("ledger.redacted_file", "known"),
    ("ledger.redacted_file", "sha256"),
    ("receiving.refused", "raw"),
    ("receiving.refused", "possible"),
    ("receiving.refused", "label"),
    ("receiving.refused", "key"),
    ("receiving.legible", "key"),
    ("judged.key_came", "key"),
    ("judged.finding", "content"),
    ("judged.finding", "key"),
    ("judged.finding_now", "key"),
    ("judged.decision", "key"),
    ("judged.outcome", "subject"),
    ("judged.outcome", "rests_on"),
    ("judged.event", "rests_on"),
    ("judged.contested", "key"),
    ("judged.retracted", "key"),
    ("lineage.parked", "key"),
    ("lineage.parked", "names"),
    ("lineage.patient", "key"),
    ("lineage.person", "key"),
    ("lineage.person", "person"),
}


def told(settings: Settings, folder: Path) -> None:
    """A few rows, one of them of a donor."""
    of_donor = {"tested": "donor", "tested_id": DONOR, "sample": "S9"}
    chain(settings, folder, test_result=results({}, {"tested_id": "D2"}, of_donor))


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with these rows."""
    return told_once(told)


@pytest.fixture
def reader(cluster: Cluster, copy: Callable[[], Settings]) -> Iterator[Settings]:
    """Such a database, for somebody who has the reader's login and no other."""
    settings = copy()
    database = address.site(settings).database or ""
    made = site(settings.home, embedded.url(cluster, "lots_reader", database))
    yield made
    connections.close(made)


def test_every_question_is_answered_to_the_readers_login_alone(
    reader: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for question in QUESTIONS:
        code = lots(reader, question)
        said = capsys.readouterr()
        never = said.err.startswith("lots: No ")  # of that name, which is an answer too
        assert (code in (0, 1) and said.err == "") or never, (question, said.err)


def test_every_answer_is_as_the_schema_of_its_verb_says(
    reader: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for question in QUESTIONS:
        code = lots(reader, [*question, "--json"])
        printed = capsys.readouterr().out
        if code != 2:
            answer = answer_of(question[0], printed)
            if question in ([name] for name in LISTS if name not in ("refused", "heard")):
                assert answer["rows"], f"{question}: without a row nothing of it is tried"


@pytest.mark.parametrize("arguments", [["link"], ["watch"], ["receive"], ["rebuild"], ["evaluate"]])
def test_no_verb_writes_by_the_readers_login(
    reader: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    assert lots(reader, arguments) == 2
    assert capsys.readouterr().err == (
        "lots: lots_reader: user of LOTS_DATABASE_URL: expected one who may take the role"
        " lots_pipeline, got one who may not; grant the role to this user.\n"
    )


@pytest.mark.parametrize("question", DISCLOSED, ids=" ".join)
def test_what_looks_at_whole_rows_is_asked_by_a_login_that_may(
    reader: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
    question: list[str],
) -> None:
    assert lots(reader, question) == 2
    assert "expected one who may take the role lots_discloser" in capsys.readouterr().err


def hidden() -> set[tuple[str, str]]:
    """Every column that whoever only reads may not see."""
    found = set(AS_IT_CAME)
    for record in records().values():
        persons = {c.name for c in record.columns if c.tells in PERSONS}
        for column in {"unread", "undeclared", "sent", *persons, *(["content"] if persons else [])}:
            found |= {(f"{schema}.{record.name}", column) for schema in ("accepted", "standing")}
    return found


def test_the_reader_sees_all_but_keys_of_persons_and_what_came_as_it_came(
    lots_settings: Settings,
) -> None:
    assert {tuple(row) for row in rows(lots_settings, UNSEEN, "lots_reader")} == hidden()
    assert {tuple(row) for row in rows(lots_settings, UNSEEN, "lots_pipeline")} == OF_OWNER
    # What rows are salted with is for nobody who answers.
    assert {tuple(row) for row in rows(lots_settings, UNSEEN, "lots_discloser")} == OF_LEDGER


def test_each_such_column_is_refused_to_the_reader(lots_settings: Settings) -> None:
    with engine("lots_reader", lots_settings).connect() as connection:
        for relation, column in sorted(hidden()):
            with pytest.raises(sa.exc.ProgrammingError) as refused:
                connection.exec_driver_sql(f"SELECT {column} FROM {relation}")
            assert getattr(refused.value.orig, "sqlstate", "") == "42501", (relation, column)
            connection.rollback()


def test_a_reader_learns_no_key_by_an_error(reader: Settings) -> None:
    """What names persons in some rows is cast, so that an error would say what it read."""
    with engine("lots_reader", reader).connect() as connection:
        cast = "SELECT count(*) FROM accepted.test_result_of_things WHERE tested_id::int > 0"
        with pytest.raises(sa.exc.DataError) as refused:
            connection.exec_driver_sql(cast)
        assert DONOR not in str(refused.value.orig)


def test_the_readers_change_nothing(lots_settings: Settings) -> None:
    for role in ("lots_reader", "lots_discloser"):
        assert rows(lots_settings, MAY, role) == []
    assert len(rows(lots_settings, MAY, "lots_pipeline")) > 10, "the search finds what there is"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMP TABLE t (x int)",
        "SELECT lo_create(0)",
        "CREATE TABLE public.t (x int)",
        "INSERT INTO judged.contested (record, key, versions) VALUES ('x', '[]', 2)",
        "UPDATE alembic_version SET version_num = 'x'",
    ],
)
def test_a_readers_transaction_is_read_only(lots_settings: Settings, statement: str) -> None:
    with (
        engine("lots_reader", lots_settings).connect() as connection,
        pytest.raises(sa.exc.DBAPIError) as refused,
    ):
        connection.exec_driver_sql(statement)
    assert getattr(refused.value.orig, "sqlstate", "") in ("25006", "42501")


def test_a_reader_who_asks_for_a_transaction_that_writes_has_no_right_to_rows(
    lots_settings: Settings,
) -> None:
    with engine("lots_reader", lots_settings).connect() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ WRITE")
        with pytest.raises(sa.exc.ProgrammingError) as refused:
            connection.exec_driver_sql("DELETE FROM judged.contested")
    assert getattr(refused.value.orig, "sqlstate", "") == "42501"
