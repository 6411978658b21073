"""How many rows a question reads grows with its answer, not with all that was received. On a real
PostgreSQL.
"""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from lots.answers.certificate import Sort
from lots.settings import ROOT, Settings
from lots.store.answers import donors_stated, holders, naming, statements, subjects
from lots.store.answers.naming import Reading
from lots.store.answers.open_ends import End
from lots.store.engine import Connection, engine
from lots.store.lineage import custody, lacking, parking, untold
from lots.store.lineage.touched import touched
from lots.store.queries import query
from synthetic.world.parties import gs1
from tests.builders import donations, results, rows, table, take, write

READ = """
SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relid = CAST(:of AS regclass)
"""
GTIN = "09506000134352"
PACK = {"gtin": GTIN, "manufacturer": "M1", "lot_number": "L1", "step": "packed", "vials": "1"}
BOX = {"item": "1", "gtin": GTIN, "packed_at": "2026-09-01T00:00Z"}
SENT = {
    "from_party": "M1",
    "item": "1",
    "kind": "sale",
    "to_party": "H1",
    "shipped_at": "2026-09-02T00:00Z",
    "packs": "1",
}
MANY = 300


def read_of(settings: Settings, name: str, question: Callable[[Connection], object]) -> int:
    """How many rows of a table a question reads, with the planner's statistics made: at most of its
    plan for these values, and of that for any values, by which readers answer.
    """
    with engine("lots_owner", settings).begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    modes = ("auto", "force_generic_plan")
    return max(_read_of(settings, name, question, mode) for mode in modes)


def _read_of(
    settings: Settings, name: str, question: Callable[[Connection], object], mode: str
) -> int:
    with engine("lots_pipeline", settings).connect() as connection:
        connection.exec_driver_sql(f"SET LOCAL plan_cache_mode = {mode}")
        # What this session read before may still wait to be counted, so only what is added is the
        # question's.
        before, _, after = (
            read_so_far(connection, name),
            question(connection),
            read_so_far(connection, name),
        )
        return after - before


def read_so_far(connection: Connection, name: str) -> int:
    """How many rows of a table the session read that PostgreSQL has not summed up yet."""
    return int(connection.execute(sa.text(READ), {"of": name}).scalar_one())


def test_finding_where_packs_are_reads_the_shipments_of_its_own_packages(
    lots_settings: Settings, tmp_path: Path
) -> None:
    box = [gs1(f"{n:017d}") for n in range(MANY)]
    take(
        lots_settings,
        write(tmp_path, "pack-1.csv", table(PACK, [{"serial": f"S{n}"} for n in range(MANY)])),
        write(
            tmp_path,
            "package_content-1.csv",
            table(BOX, [{"sscc": b, "serial": f"S{n}"} for n, b in enumerate(box)]),
        ),
        write(
            tmp_path, "shipment-1.csv", table(SENT, [{"shipment": f"V{b}", "sscc": b} for b in box])
        ),
    )
    with statements.snapshot(lots_settings) as connection:
        lot = [n.node for n in naming.nodes(connection, [Reading("M1", "L1", "")])]
        assert [
            (w.whereabouts, w.holder, w.packs)
            for w in holders.held(connection, statements.known_nodes(connection, lot)).places
            if w.serials
        ] == [("in transit", "H1", MANY)]
    read = read_of(lots_settings, "accepted.shipment", custody.link_all_custody)
    assert read <= 20 * MANY  # each a few times, whichever plan is taken; never each for each


def test_what_is_told_of_a_lot_by_count_is_found_without_reading_the_other_lots(
    lots_settings: Settings, tmp_path: Path
) -> None:
    lots = [{"lot_number": f"L{n}"} for n in range(5_000)]
    counted = {
        "party": "H1",
        "stocktake": "1",
        "item": "1",
        "packs": "1",
        "counted_at": "2026-09-03T00:00Z",
    }
    ended = {"party": "H1", "kind": "lost", "vials": "1", "at": "2026-09-03T00:00Z"}
    take(
        lots_settings,
        write(tmp_path, "pack-1.csv", table(PACK, [{"serial": "S1"}])),
        write(
            tmp_path,
            "stock_count-1.csv",
            table(counted, ({**of, "stocktake": of["lot_number"]} for of in lots)),
        ),
        write(
            tmp_path,
            "vial_fate-1.csv",
            table(ended, ({**of, "fate": of["lot_number"]} for of in lots)),
        ),
    )
    with statements.snapshot(lots_settings) as connection:
        lot = [n.node for n in naming.nodes(connection, [Reading("M1", "L1", "")])]
        assert {
            (w.whereabouts, w.packs, w.vials)
            for w in holders.held(connection, statements.known_nodes(connection, lot)).places
            if not w.serials
        } == {("in stock by count", 1, 0), ("lost by count", 0, 1)}
    for counts in ("stock_count", "vial_fate"):
        assert (
            read_of(
                lots_settings,
                f"accepted.{counts}",
                lambda c: c.execute(query("told_by_count"), {"nodes": lot}).all(),
            )
            < MANY
        )


def ends_of(connection: Connection, receipt: int) -> None:
    """Look at what a receipt of donations leaves open."""
    looked_at = touched(connection, {"donation": [receipt]}, again=False)
    parking.park(connection, looked_at)
    untold.link_untold(connection, looked_at)
    lacking.link_lacking(connection, looked_at)


def test_the_rows_of_one_receipt_are_found_without_reading_the_others(
    lots_settings: Settings, tmp_path: Path
) -> None:
    world = donations(*({"donation_number": f"D{n}", "donor_key": f"P{n}"} for n in range(5_000)))
    late = donations({"donation_number": "LATE"})
    take(
        lots_settings,
        write(tmp_path, "donation-1.csv", world),
        write(tmp_path, "donation-2.csv", late),
    )
    [(receipt,)] = rows(
        lots_settings, "SELECT receipt FROM accepted.donation WHERE donation_number = 'LATE'"
    )
    assert isinstance(receipt, int)
    assert (
        read_of(
            lots_settings,
            "accepted.donation",
            lambda c: ends_of(c, receipt),
        )
        < MANY
    )


def test_a_donor_is_found_by_the_keys_of_the_person(
    lots_settings: Settings, tmp_path: Path
) -> None:
    joined = {
        "party": "C1",
        "statement": "1",
        "kind": "donor",
        "one_key": "P1",
        "other_key": "P2",
        "status": "stated",
        "stated_at": "2026-02-01T00:00Z",
    }
    world = donations(*({"donation_number": f"D{n}", "donor_key": f"P{n}"} for n in range(5_000)))
    take(
        lots_settings,
        write(tmp_path, "donation-1.csv", world),
        write(tmp_path, "same_person-1.csv", table(joined, [{}])),
    )
    with statements.snapshot(lots_settings) as connection:
        for asked, found in (
            ("P1", {"D1", "D2"}),
            ("P2", {"D1", "D2"}),
            ("P3", {"D3"}),
            ("P5000", set()),
        ):
            assert subjects.beginning(connection, "donor", {"name": asked}).donations == found
    assert (
        read_of(
            lots_settings,
            "accepted.donation",
            lambda c: subjects.beginning(c, "donor", {"name": "P1"}),
        )
        < MANY
    )


def test_the_results_of_a_kit_lot_are_found_without_reading_the_others(
    lots_settings: Settings, tmp_path: Path
) -> None:
    take(
        lots_settings,
        write(
            tmp_path,
            "test_result-1.csv",
            results(
                *(
                    {"sample": f"S{n}", "tested_id": f"D{n}", "kit_lot": f"K{n // 10}"}
                    for n in range(5_000)
                )
            ),
        ),
    )

    def begins(connection: Connection) -> object:
        return subjects.beginning(connection, "kit_lot", {"name": "K7"})

    assert read_of(lots_settings, "accepted.test_result", begins) < MANY


def test_many_names_are_joined_not_compared_one_by_one() -> None:
    """`?|` compares each row with every name: 90,000 names and 5,000 rows took half a minute."""
    assert not [p.name for p in sorted((ROOT / "sql").rglob("*.sql")) if "?|" in p.read_text()]


def test_who_was_tested_by_a_kit_lot_is_found_without_reading_the_other_results(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Of those that name a donor, too: a question about a donor or a kit's lot asks for them."""
    told = (
        {"sample": f"S{n}", "tested_id": f"P{n}", "kit_lot": f"K{n // 10}"} for n in range(5_000)
    )
    tested = results(*({**of, "tested": "donor"} for of in told))
    take(lots_settings, write(tmp_path, "test_result-1.csv", tested))

    def touched_by(kind: str, name: str) -> Callable[[Connection], object]:
        stated = End("same_person", ("C1", "1"), "", Sort.CONTESTED)
        return lambda c: donors_stated.statements_touching(c, kind, {name}, {"D1"}, [stated])

    for asked in (
        touched_by("donor", "P1"),
        touched_by("kit_lot", "K7"),
        lambda c: donors_stated.donors_tested(c, "kit_lot", "K7"),
        lambda c: donors_stated.donors_tested(c, "kit_lot", "unheard"),
    ):
        assert read_of(lots_settings, "accepted.test_result", asked) < MANY
