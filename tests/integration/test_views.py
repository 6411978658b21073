"""Views for charts and BI tools: their columns are promised, and their login sees no person and nothing
else.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.decisions.norm import Purpose
from lots.pipeline.scan import Scanner, Use, scan
from lots.settings import ROOT, Settings
from lots.store.engine import engine
from lots.store.schema import views
from tests.builders import NOW, donations, rows
from tests.integration.test_answers import PACK, chain, received
from tests.integration.test_no_person import of_persons, sent, visible

PAGE = (ROOT / "docs" / "views.md").read_text("utf-8")
COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
WHERE c.relnamespace = 'views'::regnamespace AND a.attnum > 0
ORDER BY c.relname, a.attnum
"""
SEEN = """
SELECT n.nspname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_|^information_schema$' AND c.relkind IN ('r', 'v', 'm', 'p', 'S')
    AND has_any_column_privilege('lots_views', c.oid, 'SELECT, INSERT, UPDATE')
GROUP BY 1 ORDER BY 1
"""
# Never a line of it is changed: what a view showed once, it shows. A new version is a new line.
PROMISED = {
    "nature_v1": "nature",
    "files_daily_v1": "day sender record status files rows accepted refused",
    "findings_daily_v1": "day rule holds opened closed explained reopened",
    "lots_monthly_v1": "month step product lots",
    "donations_monthly_v1": "month centre donations",
    "vials_monthly_v1": "month site state lines",
    "decisions_daily_v1": "day thing move standing decisions",
    "scans_daily_v1": "day site purpose verdict ground scans",
}


@pytest.fixture(scope="module")
def world(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A database in which each record tells of persons."""
    folder = tmp_path_factory.mktemp("world")
    chain(shared_settings, folder)
    received(
        shared_settings,
        folder / "more",
        **{r.name: sent(r) for r in of_persons()},
        bad=b"donation_number,scheme\n,own\n",
    )
    return shared_settings


def on_the_page() -> list[tuple[str, str, str]]:
    """Each view's columns with their types, as docs/views.md tells them."""
    found = []
    for section in PAGE.split("\n## ")[1:]:
        name = section.split("\n", 1)[0]
        told = re.findall(r"^\| (\w+) \| (\w+) \| .+ \|$", section, re.MULTILINE)
        found += [(name, column, kind) for column, kind in told if column != "column"]
    return found


def test_no_column_goes_and_each_is_on_its_page(world: Settings) -> None:
    there = [tuple(map(str, row)) for row in rows(world, COLUMNS, views.ROLE)]
    assert sorted(there) == sorted(on_the_page())
    for name, columns in PROMISED.items():
        assert [c for n, c, _ in there if n == name] == columns.split(), name
    assert {name for name, *_ in there} == set(PROMISED), "a new view is promised here too"


def test_their_login_sees_no_person_and_nothing_else(world: Settings) -> None:
    assert rows(world, SEEN, "lots_owner") == [("public",), ("views",)]
    assert visible(world, views.ROLE) == {}
    with engine(views.ROLE, world).connect() as connection:
        with pytest.raises(sa.exc.ProgrammingError) as refused:
            connection.exec_driver_sql("SELECT 1 FROM accepted.donation")
        assert getattr(refused.value.orig, "sqlstate", "") == "42501"


@pytest.mark.parametrize(
    ("view", "columns", "told"),
    [
        (
            "files_daily_v1",
            "day, sender, files, rows, accepted, refused",
            (NOW.date(), "C1", 2, 2, 2, 0),
        ),
        ("donations_monthly_v1", "month, centre, donations", (date(2026, 1, 1), "C1", 2)),
        ("vials_monthly_v1", "month, site, state, lines", (None, "W1", "given", 1)),
        (
            "scans_daily_v1",
            "site, purpose, verdict, ground, scans",
            ("W1", "dispense", "STOP", "not delivered", 1),
        ),
        ("lots_monthly_v1", "month, step, product, lots", (date(2026, 2, 1), "packed", "IG", 1)),
    ],
)
def test_they_count_what_arrived(
    told_views: Callable[[], Settings], view: str, columns: str, told: tuple[object, ...]
) -> None:
    assert told in rows(told_views(), f"SELECT {columns} FROM views.{view}", views.ROLE)


@pytest.fixture(scope="module")
def told_views(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with a chain, and one more donation and lot."""

    def told(settings: Settings, folder: Path) -> None:
        lot = (
            b"manufacturer,lot_number,step,product,made_at\nM1,L1,packed,IG,2026-02-28T23:30:00Z\n"
        )
        chain(settings, folder, donation=donations({"donation_number": "D2"}), lot=lot)
        code = f"(01){PACK['gtin']}(21)S1(17)280131(10)L1"
        scan(settings, code, Use(Purpose.DISPENSE, "W1"), NOW, Scanner("tester"))

    return told_once(told)
