"""Packs that are scanned: lots of 8,000, each pack sent to one of 100 places by a shipment of its own and
delivered; two people released every lot, and of other things a thousand are stopped. Put in by SQL, since
to receive millions takes longer than all that is measured.
"""

import sqlalchemy as sa

from lots.settings import Settings
from lots.store.engine import owner_engine

GTIN = "09506000134352"
OF_LOT, SITES, STOPS = 8_000, 100, 1_000
HEAD = "(receipt, line, version, rank, content"
ROW = "1, n, 1, 0, ''"
PLACE = f"'H' || n % {SITES}"
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
DISPOSITION = """INSERT INTO judged.disposition
    (thing, key, move, state, people, stops, markets, ends, owner, given, content, sha256, norm, at)
SELECT 'lot', jsonb_build_array('M', {name} || n), '{move}', '{state}', {people}, {stops}, {markets}, '{{}}',
    'holder', '{{}}', '', sha256('said'), 1, '2026-01-09T10:00Z'
FROM generate_series(0, {last}) AS n"""
WORD = """INSERT INTO judged.disposition_word (disposition, said, by, account, signature, meaning, sha256, at)
SELECT disposition, 'signed', 'Somebody ' || who, who, who, 'said', sha256, at
FROM judged.disposition CROSS JOIN generate_series(1, 2) AS who WHERE who <= people"""
FILLED = (
    f"""INSERT INTO accepted.lot {HEAD}, manufacturer, step, lot_number, gtin, market,
    amount, amount_unit, expires_on)
SELECT {ROW}, 'M', 'packed', 'L' || n, '{GTIN}', 'DE', {OF_LOT}, 'packs', '2030-01-31'
FROM generate_series(0, :packs / {OF_LOT}) AS n""",
    f"""INSERT INTO accepted.pack {HEAD}, gtin, serial, manufacturer, step, lot_number,
    vials, label_expires_on)
SELECT {ROW}, '{GTIN}', 'S' || n, 'M', 'packed', 'L' || n / {OF_LOT}, 1, '2030-01-31'
FROM generate_series(1, :packs) AS n""",
    f"""INSERT INTO accepted.shipment {HEAD}, from_party, shipment, item, to_party, gtin,
    serial, kind, packs, shipped_at)
SELECT {ROW}, 'M', 'F' || n, 1, {PLACE}, '{GTIN}', 'S' || n, 'sale', 1, '2026-01-08T10:00Z'
FROM generate_series(1, :packs) AS n""",
    f"""INSERT INTO accepted.delivery {HEAD}, from_party, shipment, item, to_party, packs)
SELECT {ROW}, 'M', 'F' || n, 1, {PLACE}, 1 FROM generate_series(1, :packs) AS n""",
    f"""INSERT INTO accepted.party {HEAD}, party_id, kind, name, zone, jurisdiction)
SELECT {ROW}, {PLACE}, 'pharmacy', {PLACE}, 'Europe/Berlin', 'DE' FROM generate_series(0, {SITES} - 1) AS n""",
    f"""INSERT INTO lineage.place (party, zone, jurisdiction) SELECT {PLACE}, 'Europe/Berlin', 'DE'
FROM generate_series(0, {SITES} - 1) AS n""",
    DISPOSITION.format(
        name="'L'",
        move="release",
        state="released",
        people=2,
        stops="false",
        markets="ARRAY['DE']",
        last=f":packs / {OF_LOT}",
    ),
    DISPOSITION.format(
        name="'X'",
        move="stop",
        state="quarantined",
        people=1,
        stops="true",
        markets="NULL",
        last=STOPS - 1,
    ),
    WORD,
    "INSERT INTO public.bare_pack SELECT 'S' || n, 'said' FROM generate_series(1, :packs) AS n",
)


def fill(settings: Settings, packs: int) -> None:
    """Put so many packs into a fresh database, and what a bare function reads."""
    with owner_engine(settings).begin() as connection:
        connection.exec_driver_sql(BARE)
        for statement in FILLED:
            connection.execute(sa.text(statement), {"packs": packs})
    with owner_engine(settings).connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")


def some(n: int, packs: int) -> int:
    """Packs from everywhere, the same in each round."""
    return n * 7919 % packs + 1


def text(pack: int) -> str:
    """What a scanner sends of one."""
    return f"]d201{GTIN}21S{pack}\x1d1730013110L{pack // OF_LOT}"
