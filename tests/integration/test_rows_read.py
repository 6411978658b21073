"""How many rows a question reads grows with its answer, not with all that was received. On a real PostgreSQL."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from lots.plant.parties import gs1
from lots.settings import Settings
from lots.store import questions
from lots.store.engine import Connection, engine
from tests.builders import table, take, write

READ = """
SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relid = CAST(:of AS regclass)
"""
GTIN = "09506000134352"
PACK = {"gtin": GTIN, "manufacturer": "M1", "lot_number": "L1", "step": "packed", "vials": "1"}
BOX = {"item": "1", "gtin": GTIN, "packed_at": "2026-09-01T00:00Z"}
SENT = {"from_party": "M1", "item": "1", "kind": "sale", "to_party": "H1",
        "shipped_at": "2026-09-02T00:00Z", "packs": "1"}
MANY = 300


def read_of(settings: Settings, name: str, question: Callable[[Connection], object]) -> int:
    """How many rows of a table a question reads, with the planner's statistics made."""
    with engine("lots_owner", settings).begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    with questions.snapshot(settings) as connection:
        question(connection)
        return int(connection.execute(sa.text(READ), {"of": name}).scalar_one())


def test_whereabouts_reads_the_shipments_of_its_own_packages(lots_settings: Settings, tmp_path: Path) -> None:
    box = [gs1(f"{n:017d}") for n in range(MANY)]
    take(lots_settings,
         write(tmp_path, "pack-1.csv", table(PACK, [{"serial": f"S{n}"} for n in range(MANY)])),
         write(tmp_path, "package_content-1.csv",
               table(BOX, [{"sscc": b, "serial": f"S{n}"} for n, b in enumerate(box)])),
         write(tmp_path, "shipment-1.csv", table(SENT, [{"shipment": f"V{b}", "sscc": b} for b in box])))
    with questions.snapshot(lots_settings) as connection:
        lot = questions.of_lot(connection, "L1", "", "")
        assert [(w.whereabouts, w.holder, w.packs) for w in questions.whereabouts(connection, lot)
                if w.serials] == [("in transit", "H1", MANY)]
    read = read_of(lots_settings, "accepted.shipment", lambda c: questions.whereabouts(c, lot))
    assert read <= 5 * MANY
