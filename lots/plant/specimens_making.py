"""Sound rows beside the plant's own, from the pool to the dried lot.

Numbers with an X are theirs alone; what they name is there, among the anchors or planted beside
them.
"""

from collections.abc import Mapping

from lots.plant import anchors, making, reference
from lots.plant.making import BULK, DRIED, FILLED, PACKED, PASTE
from lots.plant.parties import LABORATORY, LAWLESS_PLANT, PLANT, SUPPLIER
from lots.plant.plan import Plan
from lots.plant.planted import NOT_APPLICABLE, PASS, PENDING, Found, Values, found
from lots.plant.specimen import Judges, Makers, Specimen


def pool(_: Plan, n: int) -> Specimen:
    """A pool that became nothing, at the plant without a law."""
    return Specimen(
        "pool",
        n,
        {
            "plant": LAWLESS_PLANT,
            "pool_number": f"POOL-X{n:06d}",
            "pooled_at": "2025-08-03T09:00:00+02:00",
            "volume_l": "3100.5",
        },
    )


def pool_unit(plan: Plan, n: int) -> Specimen:
    """A unit that is told to be in many pools, in one more."""
    other = pool(plan, 500_000 + n).but(volume_l="")
    return Specimen(
        "pool_unit",
        n,
        {
            "plant": LAWLESS_PLANT,
            "pool_number": other.values["pool_number"],
            "unit": anchors.UNIT,
            "volume_ml": "20",
        },
        (other,),
    )


def external_lot(_: Plan, n: int) -> Specimen:
    """A bought lot of paste."""
    return Specimen(
        "external_lot",
        n,
        {
            "supplier": SUPPLIER,
            "lot_number": f"EX-{n:06d}",
            "kind": "paste",
            "product": "FRACTION-II",
            "received_at": "2025-05-04T09:00:00+02:00",
            "donor_data_holder": SUPPLIER,
            "certificate": f"COA-X{n:05d}",
        },
    )


def lot(_: Plan, n: int, step: str = PACKED) -> Specimen:
    """A lot of another origin."""
    gtin = anchors.GTIN if step == PACKED else ""
    return Specimen(
        "lot",
        n,
        {
            "manufacturer": PLANT,
            "lot_number": f"X25-{n:06d}",
            "step": step,
            "product": "IVIG-10G",
            "gtin": gtin,
            "market": "DE",
            "amount": "12.000",
            "amount_unit": "packs" if gtin else "kg",
            "made_at": "2025-08-20T09:00:00+02:00",
            "expires_on": "2027-08-20",
        },
    )


def lot_input(plan: Plan, n: int) -> Specimen:
    """One such lot that went into another one."""
    paste, bulk = lot(plan, 500_000 + n, PASTE), lot(plan, 500_000 + n, BULK)
    number = bulk.values["lot_number"]
    return Specimen(
        "lot_input",
        n,
        {
            "manufacturer": PLANT,
            "lot_number": number,
            "step": BULK,
            "from_manufacturer": PLANT,
            "from_number": number,
            "from_step": PASTE,
            "amount": "11.500",
            "amount_unit": "kg",
        },
        (paste, bulk),
    )


def viral_inactivation(_: Plan, n: int) -> Specimen:
    """A treatment by a process that is not in the reference."""
    return Specimen(
        "viral_inactivation",
        n,
        {
            "plant": PLANT,
            "batch": f"SDX-{n:06d}",
            "process_version": anchors.PROCESS,
            "prefilter_um": "0.45",
            "prefilter_lot": "PF-X",
            "prefiltered_at": "2025-08-01T06:00:00+02:00",
            "solvent": reference.SOLVENT,
            "solvent_lot": "TN-X",
            "solvent_start_pct": "0.3",
            "solvent_end_pct": "0.3",
            "detergent": reference.DETERGENT,
            "detergent_lot": "PS-X",
            "detergent_start_pct": "1.0",
            "detergent_end_pct": "1.0",
            "ph": "7.0",
            "started_at": "2025-08-01T08:00:00+02:00",
            "ended_at": "2025-08-01T14:30:00+02:00",
            "temperature_min_c": "24.6",
            "temperature_mean_c": "25.5",
            "temperature_max_c": "26.6",
            "vessel_1": "V-11",
            "vessel_2": "V-21",
            "residual_solvent_ug_ml": "0.4",
            "residual_detergent_ug_ml": "40",
        },
    )


def viral_inactivation_load(plan: Plan, n: int) -> Specimen:
    """What went into such a treatment, and came out of it."""
    batch = viral_inactivation(plan, 500_000 + n)
    return Specimen(
        "viral_inactivation_load",
        n,
        _load(batch, (anchors.LOT, PASTE), (anchors.LOT, BULK)),
        (batch,),
    )


def virus_removal(_: Plan, n: int) -> Specimen:
    """A low pH, where no filter is used."""
    return Specimen(
        "virus_removal",
        n,
        {
            "plant": PLANT,
            "batch": f"NFX-{n:06d}",
            "process_version": anchors.PROCESS,
            "method": "low_ph",
            "filter_lot": "VF-X",
            "filter_nm": "35",
            "integrity_before": "pass",
            "integrity_after": "pass",
            "ph": "4.2",
            "temperature_min_c": "20.5",
            "temperature_max_c": "22.5",
            "started_at": "2025-08-02T08:00:00+02:00",
            "ended_at": "2025-08-02T13:00:00+02:00",
        },
    )


def virus_removal_load(plan: Plan, n: int) -> Specimen:
    """What went into such a step, and came out of it."""
    batch = virus_removal(plan, 500_000 + n)
    return Specimen(
        "virus_removal_load",
        n,
        _load(batch, (anchors.LOT, BULK), (anchors.OTHER_LOT, BULK)),
        (batch,),
    )


def _load(batch: Specimen, source: tuple[str, str], out: tuple[str, str]) -> dict[str, str]:
    return {
        "plant": PLANT,
        "batch": batch.values["batch"],
        "from_lot_number": source[0],
        "from_step": source[1],
        "lot_number": out[0],
        "step": out[1],
        "amount_kg": "11.5",
    }


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
    most = (
        PASS if row["gtin"] in making.GTINS and row["made_at"] else PENDING
    )  # no donor is not too many
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
