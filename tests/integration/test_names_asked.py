"""Names go to PostgreSQL as one text, whatever stands in them."""

import sqlalchemy as sa

from lots.settings import Settings
from lots.store.answers import arrays
from lots.store.engine import engine

NAMES = [
    "",
    " ",
    "NULL",
    "{}",
    ",",
    '"',
    '""',
    "\\",
    '\\"',
    "a\\nb",
    "a\nb",
    "'",
    "%s",
    ":a",
    "\u00fc",
]


def test_names_are_read_as_they_came(lots_settings: Settings) -> None:
    with engine("lots_reader", lots_settings).connect() as connection:
        for asked in ([], NAMES, *([name] for name in NAMES)):
            statement = sa.text("SELECT CAST(:names AS text[])")
            read = connection.execute(statement, {"names": arrays.of_names(asked)}).scalar_one()
            assert read == sorted(asked)
