"""A sender's template has versions: the walk and the database read each file by the same one, in
every order.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path

from lots.settings import Settings
from lots.store.engine import close
from tests import builders
from tests.acceptance.accounts import differences, of_walk
from tests.acceptance.runs import START, parts_that_differ, run_in_pieces
from tests.walk.walk import Walk, walk

SENDER = "CENTRE-V"
PROFILE = """
delimiter = ";"
decimal_comma = true
zone = "Europe/Berlin"
units = { donor_weight_kg = "g" }
[columns]
Nummer = "donation_number"
Menge = "plasma_ml"
Gewicht = "donor_weight_kg"
[[version]]
from = 2026-07-01
units = { plasma_ml = "dL", total_protein_g_dl = "g/L" }
[[version]]
from = 2026-09-01
[version.columns]
Spenden_Nr = "donation_number"
Menge = "plasma_ml"
Protein = "total_protein_g_dl"
Gewicht = "donor_weight_kg"
"""
AMOUNTS = (
    "SELECT donation_number, plasma_ml, donor_weight_kg, total_protein_g_dl FROM accepted.donation"
)
HEADER = "Nummer;scheme;donor_key;centre;plasma_kind;collected_at"
NEWEST = HEADER.replace("Nummer", "Spenden_Nr")
REFUSED = (
    "donation-2-both-fit.csv",
    "donation-3-2026-09-15.csv",
    "donation-4-20260815.csv",
    "donation-5-none.csv",
    "donation-9-2026-06-30_2026-07-01.csv",
)


def rows(number: int, *more: str) -> str:
    """Donations that end with some values, one each."""
    return "".join(
        f"D{number}{n};own;P1;{SENDER};source;2026-0{number % 9 + 1}-05T10:00:00;{values}\n"
        for n, values in enumerate(more)
    )


FILES = {
    "donation-1-2026-06-30.csv": (
        f"{HEADER};Menge;Gewicht\n" + rows(1, "690,5;75000", "x;-1,5", ";", "1.234,5;075")
    ),
    "donation-2-both-fit.csv": f"{HEADER};Menge\n" + rows(2, "690,5"),
    "donation-3-2026-09-15.csv": f"{HEADER};Menge\n" + rows(3, "690,5"),
    "donation-4-20260815.csv": f"{NEWEST};Menge\n" + rows(4, "6,905"),
    "donation-5-none.csv": f"{HEADER.replace('Nummer', 'Number')};Menge\n" + rows(5, "6,905"),
    "donation-6-20260731.csv": (
        f"{HEADER};Menge;note\n" + rows(6, "6,905;gut", "6,90500001;", "6905e-3;", "0;")
    ),
    "donation-7.csv": (
        f"{NEWEST};Menge;Protein\n" + rows(7, "6,905;65,25", "6;65\n5", "+6;90,0", '"6";"\n65"')
    ),
    "donation-8.csv": f"{HEADER};total_ml\n" + rows(8, "1"),
    "donation-9-2026-06-30_2026-07-01.csv": f"{HEADER};Menge\n" + rows(9, "1"),
    "donation-10-2026-07-01_2026-08-31.csv": f"{HEADER};Menge\n" + rows(10, "1", "0,001"),
}


def amounts(walked: Walk) -> set[tuple[object, ...]]:
    """Each accepted donation's number, and what the walk reads of its amounts."""
    return {
        (key[0], row["plasma_ml"], row["donor_weight_kg"], row["total_protein_g_dl"])
        for key, versions in walked.accepted.versions["donation"].items()
        for row in versions
    }


def test_every_order_of_arrival_reads_each_file_by_its_own_version(
    tmp_path: Path, workers: ProcessPoolExecutor, fresh_site: Callable[[Path], Settings]
) -> None:
    profiles, landing = tmp_path / "profiles", tmp_path / "landing"
    for folder in (profiles, landing / SENDER):
        folder.mkdir(parents=True)
    (profiles / f"{SENDER}.toml").write_text(PROFILE)
    for name, text in FILES.items():
        (landing / SENDER / name).write_text(text)
    places = [str(landing / SENDER / name) for name in FILES]
    sites = [fresh_site(profiles), fresh_site(profiles)]
    tasks = [
        workers.submit(run_in_pieces, site, places, order, most)
        for site, order, most in zip(sites, (1, 2), (1, 4), strict=True)
    ]
    one, other = [task.result() for task in tasks]
    walked = walk(landing, profiles, START)
    assert differences(of_walk(walked), one.account) == {}
    assert parts_that_differ(one.state, other.state) == []
    assert parts_that_differ(one.state, one.rebuilt) == []
    for site in sites:
        assert {(str(key), *values) for key, *values in builders.rows(site, AMOUNTS)} == amounts(
            walked
        )
        close(site)
    taken = {key[0].removeprefix("D")[:-1] for key in walked.accepted.versions["donation"]}
    assert taken == {
        name.split("-")[1].removesuffix(".csv") for name in FILES if name not in REFUSED
    }


def test_the_walk_takes_amounts_into_the_template_s_unit(tmp_path: Path) -> None:
    landing = tmp_path / "landing" / SENDER
    landing.mkdir(parents=True)
    (tmp_path / f"{SENDER}.toml").write_text(PROFILE)
    for name in ("donation-1-2026-06-30.csv", "donation-7.csv"):
        (landing / name).write_text(FILES[name])
    found = walk(tmp_path / "landing", tmp_path, START)
    assert {
        ("D10", Decimal("690.5"), Decimal(75), None),
        ("D13", None, Decimal("0.075"), None),
        ("D70", Decimal("690.5"), None, Decimal("6.525")),
    } <= amounts(found)
