"""The hash of a row is that of what is kept of it: whoever verifies computes it from the table."""

from pathlib import Path

import sqlalchemy as sa

from lots.records import record
from lots.settings import Settings
from lots.store.canonical import content_of
from lots.store.engine import engine
from lots.store.schema.record_tables import accepted
from tests.builders import donations, rows, take, write

STRANGE = (
    {"donation_number": "D1"},
    {"donation_number": "D2", "donor_weight_kg": "heavy", "collected_at": "yesterday"},
    {"donation_number": "D3", "donor_key": "n/a", "mood": "good\x1e", "plasma_ml": "700.500"},
    {"donation_number": "D4", "mood": "", "collected_at": "2026-02-05T10:00:00.5-05:30"},
)


def test_what_is_kept_of_a_row_gives_its_hash(lots_settings: Settings, tmp_path: Path) -> None:
    take(lots_settings, write(tmp_path, "donation-1.csv", donations(*STRANGE)))
    told = "SELECT count(*), count(unread), count(undeclared) FROM accepted.donation"
    assert rows(lots_settings, told) == [(4, 2, 1)]
    table = accepted(record("donation"))
    content = content_of(record("donation"), {c.name: c for c in table.columns})
    with engine("lots_discloser", lots_settings).connect() as connection:
        kept = connection.execute(sa.select(table.c.content, content)).all()
    assert [a for a, b in kept if a != b] == []


def test_one_row_in_other_words_is_known(lots_settings: Settings, tmp_path: Path) -> None:
    """Zeros at an end, a column less, columns in another order: the same is said."""
    one = {"donation_number": "D1", "plasma_ml": "700.5", "collected_at": "2026-02-05T10:00:00Z"}
    other = {"collected_at": "2026-02-05 10:00:00.000+00:00", "plasma_ml": "700.500"}
    take(lots_settings, write(tmp_path, "donation-1.csv", donations(one)))
    got = take(lots_settings, write(tmp_path, "donation-2.csv", donations({**one, **other})))[0]
    assert (got.counts["accepted"], got.counts["known"]) == (0, 1)
