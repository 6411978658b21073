"""Sound rows beside the plant's own, from the pool to the treated lot."""

from synthetic.cases import anchors
from synthetic.cases.specimen import Specimen
from synthetic.world import reference
from synthetic.world.making import BULK, PACKED, PASTE
from synthetic.world.parties import LAWLESS_PLANT, PLANT, SUPPLIER
from synthetic.world.plan import Plan


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
