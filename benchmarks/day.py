"""A day's files on top of a plant: new donations of its donors with their units and results; and
10,000 infusions.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lots.settings import Settings
from lots.store.engine import engine

DONATIONS, INFUSIONS = 5_500, 10_000
MARKERS = ("HBsAg", "anti-HCV", "anti-HIV-1/2")
DONORS = "SELECT donor_key, centre FROM accepted.donation ORDER BY donation_number DESC LIMIT :many"
SITE = "CLINIC-01"
# The first that there are, so that two runs infuse the same ones.
PACKS = "SELECT gtin, serial, lot_number FROM accepted.pack ORDER BY serial LIMIT :many"


def write_day(settings: Settings, folder: Path) -> list[Path]:
    """Donations of a day, their units and their results; the files' paths."""
    donors = asked(settings, DONORS, DONATIONS)
    # Numbers beyond those that any plant writes, so that all of them are new.
    given = [
        (f"P9999{27_000_000 + n:08d}", donor, centre) for n, (donor, centre) in enumerate(donors)
    ]
    # One unit a donation: the usual, and the fewest rows that are true.
    number = [d for d, _, _ in given]
    at = "2026-12-20T10:00:00+01:00"
    return [
        _csv(
            folder / "donation-1.csv",
            "donation_number,scheme,donor_key,centre,plasma_kind,collected_at,collected_ml",
            (f"{d},ISBT128,{donor},{centre},source,{at},690" for d, donor, centre in given),
        ),
        _csv(
            folder / "plasma_unit-1.csv",
            "unit,donation_number,volume_ml,frozen_at,storage_max_c",
            (f"{d}-1,{d},620,{at},-30" for d in number),
        ),
        _csv(
            folder / "test_result-1.csv",
            "sample,marker,run,tested,tested_id,kit_lot,tested_at,interpretation,status",
            (f"S{d},{m},1,donation,{d},K1,{at},nonreactive,final" for d in number for m in MARKERS),
        ),
    ]


def write_infusions(settings: Settings, folder: Path) -> list[Path]:
    """Infusions of packs that nobody used yet, a vial each; the files' paths."""
    packs = asked(settings, PACKS, INFUSIONS)
    return [
        _csv(
            folder / "administration-1.csv",
            "site,administration,patient_key,status,started_at",
            (
                # Few patients with many infusions, as it is: distinct ones must be counted.
                f"{SITE},BENCH-{n},P{n % 3000},given,2026-12-20T10:00:00+01:00"
                for n in range(len(packs))
            ),
        ),
        _csv(
            folder / "administration_vial-1.csv",
            "site,administration,item,gtin,serial,lot_number,vials,given_g,wasted_g",
            (
                f"{SITE},BENCH-{n},1,{gtin},{serial},{lot},1,10,0"
                for n, (gtin, serial, lot) in enumerate(packs)
            ),
        ),
    ]


def asked(settings: Settings, statement: str, many: int) -> Sequence[Any]:
    """Rows of the plant on top of which the day comes."""
    with engine("lots_discloser", settings).connect() as connection:
        return connection.execute(sa.text(statement), {"many": many}).all()


def _csv(path: Path, header: str, lines: Iterable[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path
