"""A revision is drafted from what PostgreSQL itself says of the declared tables and of those that
are there.
"""

import pytest

from lots.settings import Settings
from lots.store import engine as connections
from lots.store.queries import query
from lots.store.schema import differences
from lots.store.schema.tables import SCHEMAS

OF = "ALTER TABLE accepted.party"
PARTLY = "CREATE INDEX ix_party_zone ON accepted.party USING btree (zone) WHERE (zone IS NOT NULL)"
KIND = "CHECK ((kind = ANY (ARRAY['centre'::text, 'moon'::text])))"
CASES = {
    "a new column": (f"{OF} ADD COLUMN fax text", [f"{OF} ADD COLUMN fax text"]),
    "a new column that must not be empty": (
        f"{OF} ADD COLUMN fax text NOT NULL",
        [
            f"{OF} ADD COLUMN fax text",
            f"-- Rows that are there need a value first.\n{OF} ALTER COLUMN fax SET NOT NULL",
        ],
    ),
    "another type": (
        f"{OF} ALTER COLUMN line TYPE numeric(20,0)",
        [f"{OF} ALTER COLUMN line TYPE numeric(20,0)"],
    ),
    "must be there": (
        f"{OF} ALTER COLUMN zone SET NOT NULL",
        [f"-- Rows that are there need a value first.\n{OF} ALTER COLUMN zone SET NOT NULL"],
    ),
    "may be empty": (
        f"{OF} ALTER COLUMN rank DROP NOT NULL",
        [f"{OF} ALTER COLUMN rank DROP NOT NULL"],
    ),
    "another choice": (
        f"{OF} DROP CONSTRAINT ck_party_kind; "
        f"{OF} ADD CONSTRAINT ck_party_kind CHECK (kind IN ('centre', 'moon'))",
        [f"{OF} DROP CONSTRAINT ck_party_kind", f"{OF} ADD CONSTRAINT ck_party_kind {KIND}"],
    ),
    "the same choice, written otherwise": (
        "ALTER TABLE accepted.same_person DROP CONSTRAINT ck_same_person_kind; "
        "ALTER TABLE accepted.same_person ADD CONSTRAINT ck_same_person_kind"
        " CHECK (kind = ANY (ARRAY['donor', 'patient']))",
        [],
    ),
    "a new index": (PARTLY, [PARTLY]),
    "an index that is gone": (
        "DROP INDEX accepted.ix_party_receipt",
        ["DROP INDEX accepted.ix_party_receipt"],
    ),
    "a column that is gone, with what hangs on it": (
        f"{OF} DROP COLUMN kind",
        [
            f"{OF} DROP CONSTRAINT ck_party_kind",
            f"-- Loses what is in it: {OF} DROP COLUMN kind",
        ],
    ),
    "a table that is gone": (
        "DROP TABLE accepted.party",
        ["-- Loses its rows: DROP TABLE accepted.party"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_revision_has_to_say(lots_settings: Settings, case: str) -> None:
    change, expected = CASES[case]
    with connections.owner_engine(lots_settings).connect() as connection:
        for drop in connection.scalars(query("derived_there"), {"schemas": [*SCHEMAS]}).all():
            connection.exec_driver_sql(drop)
        there = differences.parts(connection)
        with connection.begin_nested() as changed:
            connection.exec_driver_sql(change)
            declared = differences.parts(connection)
            changed.rollback()
        statements = [*differences.statements(declared, there)]
        assert statements == expected
        for statement in statements:
            connection.exec_driver_sql(statement.replace("%", "%%"))
        lost = [part for part in differences.parts(connection) if part not in declared]
        left = {
            part: text for part, text in differences.parts(connection).items() if part not in lost
        }
        assert left == declared
        assert bool(lost) == any(s.startswith("-- Loses") for s in statements)
