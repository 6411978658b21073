"""The facts of packs by the function that scans ask, beside those of one statement that looks at all
at once.
"""

from pathlib import Path

from lots.settings import Settings
from lots.store.engine import owner_engine
from lots.store.schema.readers import PARAMETER
from lots.store.schema.scans import ASKS, FACTS, PACK_FACTS

AT_ONCE = Path(__file__).parent / "pack_facts_at_once.sql"
# Every pack by every name, as its label says and with another lot and day, and serials nobody told.
ASKED = """
WITH named AS (
    SELECT gtin, serial, lot_number, label_expires_on FROM accepted.pack
    UNION
    SELECT new_gtin, new_serial, NULL, NULL FROM accepted.relabelling
    UNION
    SELECT gtin, serial, lot_number, NULL FROM accepted.dispensing WHERE gtin IS NOT NULL AND serial IS NOT NULL
    UNION
    SELECT gtin, 'NOBODY', lot_number, label_expires_on FROM accepted.pack
    UNION
    SELECT '00000000000000', 'NOBODY', 'NOBODY', NULL
),
told AS (
    SELECT DISTINCT gtin, serial, coalesce(lot_number, 'NOBODY') AS lot_number,
        coalesce(label_expires_on, date '2028-01-31') AS expires_on
    FROM named
)
SELECT told.gtin, told.serial, told.lot_number, told.expires_on, site.site, day.at, NULL::text, NULL::text
FROM told
CROSS JOIN (SELECT party AS site FROM lineage.place UNION SELECT 'NOWHERE') AS site
CROSS JOIN (VALUES (timestamptz '2026-06-01T12:00Z'), ('2028-01-31T11:00Z')) AS day (at)
-- Of many not all, but any: in the order of a hash, the same each time.
ORDER BY md5(told::text || site.site || day.at)
LIMIT 1200
"""


def differing(settings: Settings) -> tuple[int, list[str]]:
    """How many packs and places were asked about, and the first of which the two ways differ."""
    names = ", ".join(ASKS)
    told = ", ".join(FACTS)
    with owner_engine(settings).connect() as connection:
        connection.exec_driver_sql(_at_once())
        found = connection.exec_driver_sql(
            f"SELECT asked, to_jsonb(ours) AS ours, to_jsonb(at_once) AS at_once FROM ({ASKED}) AS asked ({names}),"
            f" LATERAL (SELECT {told} FROM {PACK_FACTS}({', '.join(f'asked.{n}' for n in ASKS)})) AS ours,"
            f" LATERAL pg_temp.at_once({', '.join(f'asked.{n}' for n in ASKS)}) AS at_once"
        ).all()
    wrong = [
        f"{asked}: "
        + ", ".join(f"{n} {ours[n]}, not {want[n]}" for n in want if ours[n] != want[n])
        for asked, ours, want in found
        if ours != want
    ]
    return len(found), wrong[:20]


def _at_once() -> str:
    places = {parameter: n for n, parameter in enumerate(ASKS, 1)}
    body = PARAMETER.sub(lambda found: f"${places[found[1]]}", AT_ONCE.read_text("utf-8"))
    asks = ", ".join(f"{name} {kind}" for name, kind in ASKS.items())
    told = ", ".join(f"{name} {kind}" for name, kind in FACTS.items())
    return (
        f"CREATE FUNCTION pg_temp.at_once({asks}) RETURNS TABLE ({told}) LANGUAGE plpgsql STABLE AS $asked$\n"
        f"#variable_conflict use_column\nBEGIN\nRETURN QUERY\n{body.rstrip()};\nEND\n$asked$"
    )
