"""Sound rows beside the plant's own, from the pool to the dried lot.

Numbers with an X are theirs alone; what they name is there, among the anchors or seeded beside
them.
"""

from collections.abc import Mapping

from synthetic.cases import anchors
from synthetic.cases.seeded import NOT_APPLICABLE, PASS, PENDING, Found, Values, found
from synthetic.cases.specimen import Judges, Makers, Specimen
from synthetic.cases.specimens_pools import (
    external_lot,
    lot,
    lot_input,
    pool,
    pool_unit,
    viral_inactivation,
    viral_inactivation_load,
    virus_removal,
    virus_removal_load,
)
from synthetic.world import making
from synthetic.world.making import BULK, DRIED, FILLED, PACKED, PASTE
from synthetic.world.parties import LABORATORY, LAWLESS_PLANT, PLANT
from synthetic.world.plan import Plan


def filling(_: Plan, n: int) -> Specimen:
    """A run of a filling line."""
    return Specimen(
        "filling",
        n,
        {
            "plant": PLANT,
            "batch": f"FX-{n:06d}",
            "fill_line": "LINE-1",
            "stopper_lot": "ST-X",
            "filter_lot": "SF-X",
            "started_at": "2025-08-03T08:00:00+02:00",
            "ended_at": "2025-08-03T13:00:00+02:00",
            "vials_filled": "24",
        },
    )


def filling_load(plan: Plan, n: int) -> Specimen:
    """What was filled in such a run."""
    batch = filling(plan, 500_000 + n)
    return Specimen(
        "filling_load",
        n,
        {
            "plant": PLANT,
            "batch": batch.values["batch"],
            "from_lot_number": anchors.OTHER_LOT,
            "lot_number": anchors.LOT,
            "vials": "24",
            "amount_kg": "2.4",
        },
        (batch,),
    )


def inspection(_: Plan, n: int) -> Specimen:
    """One more look at a lot."""
    return Specimen(
        "inspection",
        n,
        {
            "manufacturer": PLANT,
            "inspection": f"INX-{n:06d}",
            "lot_number": anchors.LOT,
            "step": DRIED,
            "inspected_at": "2025-08-06T09:00:00+02:00",
            "vials_inspected": "24",
            "rejects_critical": "0",
            "rejects_major": "1",
            "rejects_minor": "2",
        },
    )


def sample(_: Plan, n: int) -> Specimen:
    """One more sample of a lot."""
    return Specimen(
        "sample",
        n,
        {
            "manufacturer": PLANT,
            "sample": f"SAX-{n:06d}",
            "lot_number": anchors.LOT,
            "step": DRIED,
            "purpose": "reserve",
            "vials": "1",
            "taken_at": "2025-08-06T10:00:00+02:00",
        },
    )


def lot_test(_: Plan, n: int) -> Specimen:
    """One more run of a test of a lot."""
    return Specimen(
        "lot_test",
        n,
        {
            "manufacturer": PLANT,
            "lot_number": anchors.LOT,
            "step": PACKED,
            "test": "ph",
            "run": str(n + 1),
            "value": "6.8",
            "value_unit": "pH",
            "conclusion": "passed",
            "laboratory": LABORATORY,
            "tested_at": "2025-08-10T10:00:00+02:00",
            "status": "final",
        },
    )


def deviation(_: Plan, n: int) -> Specimen:
    """A deviation that concerns no lot, at the plant without a law."""
    return Specimen(
        "deviation",
        n,
        {
            "plant": LAWLESS_PLANT,
            "deviation": f"DVX-{n:06d}",
            "kind": "power",
            "batch": f"BX-{n:06d}",
            "opened_at": "2025-08-04T03:00:00+02:00",
            "closed_at": "2025-08-14T03:00:00+02:00",
            "reported_at": "2025-08-20T03:00:00+02:00",
        },
    )


def lyophilisation(_: Plan, n: int) -> Specimen:
    """A run of which no log was sent, by a recipe that is not in the reference."""
    return Specimen(
        "lyophilisation",
        n,
        {
            "plant": PLANT,
            "cycle": f"CYX-{n:04d}",
            "dryer": "DRY-01",
            "recipe": anchors.RECIPE,
            "loaded_at": "2025-08-01T18:00:00+02:00",
            "primary_started_at": "2025-08-01T23:30:00+02:00",
            "secondary_started_at": "2025-08-02T11:00:00+02:00",
            "unloaded_at": "2025-08-02T18:00:00+02:00",
            "moisture_mean_pct": "0.60",
            "moisture_max_pct": "0.95",
            "moisture_n": "12",
        },
    )


def lyophilisation_load(plan: Plan, n: int) -> Specimen:
    """Such lots, loaded in a run."""
    filled, dried = (lot(plan, 600_000 + n, step) for step in (FILLED, DRIED))
    number = dried.values["lot_number"]
    return Specimen(
        "lyophilisation_load",
        n,
        {
            "plant": PLANT,
            "cycle": anchors.CYCLE,
            "from_lot_number": number,
            "lot_number": number,
            "vials": "24",
            "shelves": "8",
        },
        (filled, dried),
    )


def lyophilisation_reading(_: Plan, n: int) -> Specimen:
    """One more reading of a run of which little else is told."""
    return Specimen(
        "lyophilisation_reading",
        n,
        {
            "plant": PLANT,
            "cycle": anchors.CYCLE,
            "elapsed_s": str(60 * n),
            "phase": "4",
            "phase_step": "1",
            "pressure_set_mtorr": "100",
            "pirani_mtorr": "169.0",
            "cm_mtorr": "100.1",
            "shelf_set_c": "-10.0",
            "shelf_c": "-10.1",
            "condenser_c": "-60.2",
            "product_1_c": "-22.0",
        },
    )


def of_pool(_: Values) -> tuple[Found, ...]:
    """Of a pool without units nothing can be said, nor of its law."""
    return found(P03=PENDING, P04__pool=PENDING)


def of_pooled_unit(row: Values) -> tuple[Found, ...]:
    """The donation has no scheme and no required marker, and its donor no row before pooling."""
    known = not row["pool_number"].startswith(UNKNOWN_POOL)
    return found(D07__pooled=PENDING, D09=PENDING, D10=PENDING, U01=PASS if known else PENDING)


def of_lot(row: Values) -> tuple[Found, ...]:
    """Nothing is above the lot, and only some products are in the reference."""
    if row["step"] != PACKED:
        return ()
    # No donor is not too many.
    most = PASS if row["gtin"] in making.GTINS and row["made_at"] else PENDING
    return found(P01=PENDING, P02=most, S02=PENDING, V06=PENDING)


def of_inactivation(_: Values) -> tuple[Found, ...]:
    """The process is not in the reference."""
    return found(V01=PENDING, V02=PENDING, V03=PENDING, V04=PENDING)


def of_removal(row: Values) -> tuple[Found, ...]:
    """Only a nanofilter's integrity is asked for; where nobody says how it was done, nothing is
    known.
    """
    return found(V05=NOT_APPLICABLE if row["method"] else PENDING)


def of_run(_: Values) -> tuple[Found, ...]:
    """The recipe is not in the reference, and the log, if any, does not reach secondary drying."""
    return found(
        L01=PENDING,
        L02__probes=PENDING,
        L02__gap=PENDING,
        L03=PENDING,
        L04=PENDING,
        L05__phases=PENDING,
    )


def of_deviation(row: Values) -> tuple[Found, ...]:
    """Without a law there is no clock."""
    return found(K01__deviation=PENDING if row.get("lot_number") else NOT_APPLICABLE)


UNKNOWN_POOL = "POOL-99"
MAKERS: Makers = {
    maker.__name__: maker
    for maker in (
        pool,
        pool_unit,
        external_lot,
        lot,
        lot_input,
        viral_inactivation,
        viral_inactivation_load,
        virus_removal,
        virus_removal_load,
        filling,
        filling_load,
        inspection,
        sample,
        lot_test,
        deviation,
        lyophilisation,
        lyophilisation_load,
        lyophilisation_reading,
    )
}
SENDERS: Mapping[str, str] = dict.fromkeys(MAKERS, PLANT)
JUDGES: Judges = {
    "pool": of_pool,
    "pool_unit": of_pooled_unit,
    "lot": of_lot,
    "viral_inactivation": of_inactivation,
    "virus_removal": of_removal,
    "deviation": of_deviation,
    "lyophilisation": of_run,
}


def anchored(plan: Plan) -> list[Specimen]:
    """Lots of every step and a run that many specimens name."""
    lots = [
        lot(plan, 0, step).but(lot_number=anchors.LOT)
        for step in (PASTE, BULK, FILLED, DRIED, PACKED)
    ]
    return [
        *lots,
        lot(plan, 0, BULK).but(lot_number=anchors.OTHER_LOT),
        lyophilisation(plan, 0).but(cycle=anchors.CYCLE),
    ]
