"""What a scan costs: facts of a pack from parsed elements, and the kept verdict on a scanner's text,
beside a bare function that reads one row and inserts one, in turn.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from benchmarks import ground
from benchmarks.timing import in_turn, median, ratio
from lots.decisions.norm import Purpose
from lots.pipeline.scan import Scanner, Use, scan
from lots.settings import Settings
from lots.store.engine import close, engine, owner_engine

TIMES = 2_000  # calls of each way in a round
BARE = """
CREATE TABLE IF NOT EXISTS public.bare_pack (serial text PRIMARY KEY, said text);
CREATE TABLE IF NOT EXISTS public.bare_scan (
    scan bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, serial text, said text, at timestamptz DEFAULT now()
);
CREATE OR REPLACE FUNCTION public.bare(asked text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE found text; number bigint;
BEGIN
    SELECT said INTO found FROM public.bare_pack WHERE serial = asked;
    INSERT INTO public.bare_scan (serial, said) VALUES (asked, found) RETURNING scan INTO number;
    RETURN number;
END $$;
"""
# Packs of lots of 8,000, each sent to one of 100 places by a shipment of its own and delivered.
GTIN = "09506000134352"
HEAD = "(receipt, line, version, rank, content"
ROW = "1, n, 1, 0, ''"
PLACE = "'H' || n % 100"
FILLED = (
    f"""INSERT INTO accepted.lot {HEAD}, manufacturer, step, lot_number, gtin, market,
    amount, amount_unit, expires_on)
SELECT {ROW}, 'M', 'packed', 'L' || n, '{GTIN}', 'DE', 8000, 'packs', '2030-01-31'
FROM generate_series(0, :packs / 8000) AS n""",
    f"""INSERT INTO accepted.pack {HEAD}, gtin, serial, manufacturer, step, lot_number,
    vials, label_expires_on)
SELECT {ROW}, '{GTIN}', 'S' || n, 'M', 'packed', 'L' || n / 8000, 1, '2030-01-31'
FROM generate_series(1, :packs) AS n""",
    f"""INSERT INTO accepted.shipment {HEAD}, from_party, shipment, item, to_party, gtin,
    serial, kind, packs, shipped_at)
SELECT {ROW}, 'M', 'F' || n, 1, {PLACE}, '{GTIN}', 'S' || n, 'sale', 1, '2026-01-08T10:00Z'
FROM generate_series(1, :packs) AS n""",
    f"""INSERT INTO accepted.delivery {HEAD}, from_party, shipment, item, to_party, packs)
SELECT {ROW}, 'M', 'F' || n, 1, {PLACE}, 1 FROM generate_series(1, :packs) AS n""",
    f"""INSERT INTO lineage.place (party, zone, jurisdiction) SELECT {PLACE}, 'Europe/Berlin', 'DE'
FROM generate_series(0, 99) AS n""",
    "INSERT INTO public.bare_pack SELECT 'S' || n, 'said' FROM generate_series(1, :packs) AS n",
)
CALL = sa.text(
    "SELECT * FROM scanned.ask_pack_facts(:gtin, :serial, :lot, '2030-01-31', :site, '2026-06-01T12:00Z', NULL, NULL)"
)


def run(folder: Path, rows: int, rounds: int) -> None:
    """Print what a call takes, of `rows` packs."""
    print(f"Scans among {rows:,} packs, {TIMES:,} a round:", flush=True)
    with ground.server(folder) as made, ground.database(made, folder) as settings:
        with owner_engine(settings).begin() as connection:
            connection.exec_driver_sql(BARE)
            for statement in FILLED:
                connection.execute(sa.text(statement), {"packs": rows})
        with owner_engine(settings).connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(
                "VACUUM ANALYZE"
            )
        with engine("lots_owner", settings).connect() as connection:
            asking = connection.execution_options(isolation_level="AUTOCOMMIT")
            ways: dict[str, Callable[[], object]] = {
                "bare": partial(_bare, asking, rows),
                "facts": partial(_facts, asking, rows),
                "verdict": partial(_verdicts, settings, rows),
            }
            for way in ways.values():
                way()
            found = in_turn(ways, rounds, partial(ground.cpu_seconds, made))
        took = {name: median(of_it) for name, of_it in found.items()}
        for name, one in took.items():
            print(
                f"  {name:<8} {one.wall / TIMES * 1e6:7.0f} us, {one.cpu / TIMES * 1e6:7.0f} us of CPU"
            )
        for name in ("facts", "verdict"):
            cost = took[name].cpu / took["bare"].cpu
            ratio(f"{name} / bare, CPU", cost, "at most 2", held=cost <= 2)
        close(settings)


def _bare(connection: sa.Connection, packs: int) -> None:
    for n in range(TIMES):
        connection.execute(
            sa.text("SELECT public.bare(:serial)"), {"serial": f"S{_some(n, packs)}"}
        )


def _facts(connection: sa.Connection, packs: int) -> None:
    for n in range(TIMES):
        one = _some(n, packs)
        asked = {
            "gtin": GTIN,
            "serial": f"S{one}",
            "lot": f"L{one // 8000}",
            "site": f"H{one % 100}",
        }
        connection.execute(CALL, asked).one()


def _verdicts(settings: Settings, packs: int) -> None:
    """From the string that a scanner sends to the scan that is kept, as `lots scan` does."""
    now = datetime.now(UTC)
    for n in range(TIMES):
        one = _some(n, packs)
        raw = f"]d201{GTIN}21S{one}\x1d1730013110L{one // 8000}"
        told = scan(settings, raw, Use(Purpose.GIVE, f"H{one % 100}"), now, Scanner("bench"))
        assert told.readings, told


def _some(n: int, packs: int) -> int:
    """Packs from everywhere, the same in each round."""
    return n * 7919 % packs + 1
