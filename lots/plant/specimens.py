"""Sound rows beside the plant's own, one kind for each record: planted faults are changes to these.

Numbers with an X are theirs alone; what they name is there, in the plant or planted beside them.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np

from lots.plant import clock, curve, donations, drying, making, parties, people, pooling, specimens_wards
from lots.plant.parties import CENTRES, LABORATORY, PLANT
from lots.plant.plan import RECOVERED, Plan, donor_of
from lots.plant.specimen import Judges, Makers, Specimen

SENDERS: Mapping[str, str] = {
    "party": PLANT, "donor": CENTRES[0], "donation": CENTRES[0], "plasma_unit": CENTRES[0], "test_result": LABORATORY,
    "pool": PLANT, "pool_unit": PLANT, "lot": PLANT, "lot_input": PLANT, "lyophilisation": PLANT,
    "lyophilisation_load": PLANT, "lyophilisation_reading": PLANT, **specimens_wards.SENDERS,
}
FROM = 5_000  # donations from the first among which specimens choose
APART = 7  # readings between two planted ones


@cache
def _donations(plan: Plan) -> tuple[int, ...]:
    """Source donations of the first centre."""
    donation = np.arange(min(plan.donations, FROM))
    donor, habit = donor_of(plan, donation)
    return tuple(donation[(people.centre_of(donor) == 0) & (habit != RECOVERED)].tolist())


def _donation(plan: Plan, number: int) -> int:
    some = _donations(plan)
    return some[number % len(some)]


def party(_: Plan, n: int) -> Specimen:
    """A clinic that gives nothing."""
    row = parties.party(10_000 + n, f"CLINIC-X{n:04d}")
    return Specimen("party", n, {name: getattr(row, name).replace("\n", " ").replace('"', "")
                                 for name in row.__slots__})


def donor(_: Plan, n: int) -> Specimen:
    """A donor who has not donated yet."""
    return Specimen("donor", n, {
        "donor_key": f"D-X{n:06d}", "as_of": "2026-02-01", "centre": CENTRES[0], "status": "qualified", "sex": "F",
        "qualified_on": "2025-11-03", "examined_on": "2026-01-12", "four_month_sample_on": "2026-01-12"})


def donation(plan: Plan, n: int) -> Specimen:
    """A donation of one of the centre's donors that was never pooled."""
    number = f"PX00126{n:06d}"
    giver = int(donor_of(plan, np.array([_donation(plan, n)]))[0][0])
    return Specimen("donation", n, {
        "donation_number": number, "scheme": "ISBT128", "check_character": donations.check_character(number),
        "donor_key": people.key(plan, giver), "centre": CENTRES[0], "plasma_kind": "source",
        "collected_at": clock.instant(200 * clock.DAY + n), "collected_ml": "680", "plasma_ml": "618",
        "donor_weight_kg": "64.5", "total_protein_g_dl": "7.1", "haemoglobin_g_dl": "14.2"})


def plasma_unit(plan: Plan, n: int) -> Specimen:
    """One more unit of a donation."""
    of = donations.number(plan, _donation(plan, n))
    return Specimen("plasma_unit", n, {
        "unit": f"{of}-X{n}", "donation_number": of, "volume_ml": "20", "frozen_at": "2026-07-01T12:00:00+02:00",
        "storage_max_c": "-28.5", "shipping_max_c": "-20.0", "above_limit_h": "0.0"})


def test_result(plan: Plan, n: int) -> Specimen:
    """One more test of a donation."""
    return Specimen("test_result", n, {
        "sample": f"TX{n:08d}", "marker": "HBsAg", "run": "1", "tested": "donation",
        "tested_id": donations.number(plan, _donation(plan, n)), "role": "initial", "method": "CLIA", "kit": "KIT-A1",
        "kit_lot": "A1-2609", "kit_expires_on": "2026-11-30", "laboratory": LABORATORY, "analyser": "AN-1",
        "taken_at": "2026-07-01T08:00:00+02:00", "tested_at": "2026-07-02T09:30:00+02:00", "operator": "=",
        "value": "0.21", "value_unit": "S/CO", "interpretation": "nonreactive", "status": "final"})


def pool(_: Plan, n: int) -> Specimen:
    """A pool that became nothing."""
    return Specimen("pool", n, {"plant": PLANT, "pool_number": f"POOL-X{n:04d}",
                                "pooled_at": "2026-08-03T09:00:00+02:00", "volume_l": "3100.5"})


def pool_unit(plan: Plan, n: int) -> Specimen:
    """One more unit in the first pool."""
    unit = plasma_unit(plan, n + 500_000)
    return Specimen("pool_unit", n, {"plant": PLANT, "pool_number": pooling.number(0), "unit": unit.values["unit"],
                                     "volume_ml": "20"}, (unit,))


def lot(plan: Plan, n: int, step: str = making.PACKED) -> Specimen:
    """A lot of another origin."""
    gtin = making.SINGLE if step == making.PACKED else ""
    return Specimen("lot", n, {
        "manufacturer": PLANT, "lot_number": f"X26-{n:06d}", "step": step, "product": "IVIG-10G", "gtin": gtin,
        "market": "DE", "amount": "12.000", "amount_unit": "packs" if gtin else "kg",
        "made_at": "2026-08-20T09:00:00+02:00", "expires_on": "2028-08-20"})


def lot_input(plan: Plan, n: int) -> Specimen:
    """One such lot that went into another one."""
    paste, bulk = lot(plan, 500_000 + n, making.PASTE), lot(plan, 500_000 + n, making.BULK)
    number = bulk.values["lot_number"]
    return Specimen("lot_input", n, {
        "manufacturer": PLANT, "lot_number": number, "step": making.BULK, "from_manufacturer": PLANT,
        "from_number": number, "from_step": making.PASTE, "amount": "11.500", "amount_unit": "kg"}, (paste, bulk))


def lyophilisation(_: Plan, n: int) -> Specimen:
    """A run of which no log was sent."""
    return Specimen("lyophilisation", n, {
        "plant": PLANT, "cycle": f"CYX-{n:04d}", "dryer": drying.DRYERS[0], "recipe": "IVIG-10G-3",
        "loaded_at": "2026-08-01T18:00:00+02:00", "primary_started_at": "2026-08-01T23:30:00+02:00",
        "secondary_started_at": "2026-08-02T11:00:00+02:00", "unloaded_at": "2026-08-02T18:00:00+02:00",
        "moisture_mean_pct": "0.60", "moisture_max_pct": "0.95", "moisture_n": "12"})


def lyophilisation_load(plan: Plan, n: int) -> Specimen:
    """Such lots, loaded in the first run."""
    filled, dried = (lot(plan, 600_000 + n, step) for step in (making.FILLED, making.DRIED))
    number = dried.values["lot_number"]
    return Specimen("lyophilisation_load", n, {
        "plant": PLANT, "cycle": drying.run(0), "from_lot_number": number, "lot_number": number, "vials": "24",
        "shelves": "8"}, (filled, dried))


def lyophilisation_reading(plan: Plan, n: int) -> Specimen:
    """A reading half a minute after the n-th seventh one of the declared logs."""
    row = APART * (n + 1) - 1
    runs = drying.declared(plan)
    run = runs[row // curve.MINUTES % len(runs)]
    return Specimen("lyophilisation_reading", n, {
        "plant": PLANT, "cycle": drying.run(run), "elapsed_s": str(row % curve.MINUTES * 60 + 30), "phase": "4",
        "phase_step": "1", "pressure_set_mtorr": "100", "pirani_mtorr": "169.0", "cm_mtorr": "100.1",
        "shelf_set_c": "-10.0", "shelf_c": "-10.1", "condenser_c": "-60.2", "product_1_c": "-22.0"})


MAKERS: Makers = {
    **{maker.__name__: maker for maker in (
        party, donor, donation, plasma_unit, test_result, pool, pool_unit, lot, lot_input, lyophilisation,
        lyophilisation_load, lyophilisation_reading)},
    **specimens_wards.MAKERS,
}
JUDGES: Judges = {**specimens_wards.JUDGES}
