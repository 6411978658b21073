"""Sound rows beside the plant's own, from the pool to the dried lot.

Numbers with an X are theirs alone; what they name is there, among the anchors or seeded beside
them.
"""

from synthetic.cases import anchors
from synthetic.cases.specimen import Beside, Forms, Specimen, form, made
from synthetic.world.parties import PLANT
from synthetic.world.plan import Plan

LOT = """manufacturer={PLANT} lot_number=X25-{n:06d} step=packed product=IVIG-10G gtin={GTIN}
    market=DE amount=12.000 amount_unit=packs made_at=2025-08-20T09:00:00+02:00
    expires_on=2027-08-20"""
STEPS = ("paste", "bulk", "filled", "dried")
LOAD = "plant={PLANT} amount_kg=11.5 "
FORMS: Forms = {
    "pool": form(  # became nothing; of a pool without units and without a law nothing can be said
        "pool",
        PLANT,
        """plant={LAWLESS_PLANT} pool_number=POOL-X{n:06d} pooled_at=2025-08-03T09:00:00+02:00
        volume_l=3100.5""",
        "P03=pending P04.pool=pending",
    ),
    "pool_unit": form(  # of a unit that is told to be in many pools; nothing is asked of its donation
        "pool_unit",
        PLANT,
        "plant={LAWLESS_PLANT} pool_number={pool[pool_number]} unit={UNIT} volume_ml=20",
        "D07.pooled=pending D09=pending D10=pending U01=pass",
        Beside("pool", 500_000, "volume_l="),
    ),
    "external_lot": form(
        "external_lot",
        PLANT,
        """supplier={SUPPLIER} lot_number=EX-{n:06d} kind=paste product=FRACTION-II
        received_at=2025-05-04T09:00:00+02:00 donor_data_holder={SUPPLIER}
        certificate=COA-X{n:05d}""",
    ),
    "lot": form(  # of another origin: nothing is above it, and its product is not in the reference
        "lot", PLANT, LOT, "P01=pending P02=pending S02=pending V06=pending"
    ),
    "lot_input": form(
        "lot_input",
        PLANT,
        """manufacturer={PLANT} lot_number={lot[lot_number]} step=bulk from_manufacturer={PLANT}
        from_number={lot[lot_number]} from_step=paste amount=11.500 amount_unit=kg""",
        "",
        Beside("paste", 500_000),
        Beside("bulk", 500_000),
    ),
    "viral_inactivation": form(  # by a process that is not in the reference
        "viral_inactivation",
        PLANT,
        """plant={PLANT} batch=SDX-{n:06d} process_version={PROCESS} prefilter_um=0.45
        prefilter_lot=PF-X prefiltered_at=2025-08-01T06:00:00+02:00 solvent=TNBP solvent_lot=TN-X
        solvent_start_pct=0.3 solvent_end_pct=0.3 detergent=PS80 detergent_lot=PS-X
        detergent_start_pct=1.0 detergent_end_pct=1.0 ph=7.0 started_at=2025-08-01T08:00:00+02:00
        ended_at=2025-08-01T14:30:00+02:00 temperature_min_c=24.6 temperature_mean_c=25.5
        temperature_max_c=26.6 vessel_1=V-11 vessel_2=V-21 residual_solvent_ug_ml=0.4
        residual_detergent_ug_ml=40""",
        "V01=pending V02=pending V03=pending V04=pending",
    ),
    "viral_inactivation_load": form(
        "viral_inactivation_load",
        PLANT,
        LOAD
        + """batch={viral_inactivation[batch]} from_lot_number={LOT} from_step=paste
        lot_number={LOT} step=bulk""",
        "",
        Beside("viral_inactivation", 500_000),
    ),
    "virus_removal": form(  # by low pH: only a nanofilter's integrity is asked for
        "virus_removal",
        PLANT,
        """plant={PLANT} batch=NFX-{n:06d} process_version={PROCESS} method=low_ph filter_lot=VF-X
        filter_nm=35 integrity_before=pass integrity_after=pass ph=4.2 temperature_min_c=20.5
        temperature_max_c=22.5 started_at=2025-08-02T08:00:00+02:00
        ended_at=2025-08-02T13:00:00+02:00""",
        "V05=not_applicable",
    ),
    "virus_removal_load": form(
        "virus_removal_load",
        PLANT,
        LOAD
        + """batch={virus_removal[batch]} from_lot_number={LOT} from_step=bulk
        lot_number={OTHER_LOT} step=bulk""",
        "",
        Beside("virus_removal", 500_000),
    ),
    "filling": form(
        "filling",
        PLANT,
        """plant={PLANT} batch=FX-{n:06d} fill_line=LINE-1 stopper_lot=ST-X filter_lot=SF-X
        started_at=2025-08-03T08:00:00+02:00 ended_at=2025-08-03T13:00:00+02:00 vials_filled=24""",
    ),
    "filling_load": form(
        "filling_load",
        PLANT,
        """plant={PLANT} batch={filling[batch]} from_lot_number={OTHER_LOT} lot_number={LOT}
        vials=24 amount_kg=2.4""",
        "",
        Beside("filling", 500_000),
    ),
    "inspection": form(
        "inspection",
        PLANT,
        """manufacturer={PLANT} inspection=INX-{n:06d} lot_number={LOT} step=dried
        inspected_at=2025-08-06T09:00:00+02:00 vials_inspected=24 rejects_critical=0
        rejects_major=1 rejects_minor=2""",
    ),
    "sample": form(
        "sample",
        PLANT,
        """manufacturer={PLANT} sample=SAX-{n:06d} lot_number={LOT} step=dried purpose=reserve
        vials=1 taken_at=2025-08-06T10:00:00+02:00""",
    ),
    "lot_test": form(
        "lot_test",
        PLANT,
        """manufacturer={PLANT} lot_number={LOT} step=packed test=ph value=6.8 value_unit=pH
        conclusion=passed laboratory={LABORATORY} tested_at=2025-08-10T10:00:00+02:00
        status=final""",
        run=lambda n: str(n + 1),
    ),
    "deviation": form(  # that concerns no lot
        "deviation",
        PLANT,
        """plant={LAWLESS_PLANT} deviation=DVX-{n:06d} kind=power batch=BX-{n:06d}
        opened_at=2025-08-04T03:00:00+02:00 closed_at=2025-08-14T03:00:00+02:00
        reported_at=2025-08-20T03:00:00+02:00""",
        "K01.deviation=not_applicable",
    ),
    "lyophilisation": form(  # of which no log was sent, by a recipe that is not in the reference
        "lyophilisation",
        PLANT,
        """plant={PLANT} cycle=CYX-{n:04d} dryer=DRY-01 recipe={RECIPE}
        loaded_at=2025-08-01T18:00:00+02:00 primary_started_at=2025-08-01T23:30:00+02:00
        secondary_started_at=2025-08-02T11:00:00+02:00 unloaded_at=2025-08-02T18:00:00+02:00
        moisture_mean_pct=0.60 moisture_max_pct=0.95 moisture_n=12""",
        """L01=pending L02.probes=pending L02.gap=pending L03=pending L04=pending
        L05.phases=pending""",
    ),
    "lyophilisation_load": form(
        "lyophilisation_load",
        PLANT,
        """plant={PLANT} cycle={CYCLE} from_lot_number={lot[lot_number]}
        lot_number={lot[lot_number]} vials=24 shelves=8""",
        "",
        Beside("filled", 600_000),
        Beside("dried", 600_000),
    ),
    "lyophilisation_reading": form(
        "lyophilisation_reading",
        PLANT,
        """plant={PLANT} cycle={CYCLE} phase=4 phase_step=1 pressure_set_mtorr=100
        pirani_mtorr=169.0 cm_mtorr=100.1 shelf_set_c=-10.0 shelf_c=-10.1 condenser_c=-60.2
        product_1_c=-22.0""",
        elapsed_s=lambda n: str(60 * n),
    ),
}
LOTS: Forms = {
    step: form("lot", PLANT, f"{LOT} step={step} gtin= amount_unit=kg") for step in STEPS
}


def anchored(plan: Plan) -> list[Specimen]:
    """Lots of every step and a run that many specimens name."""
    forms = {**FORMS, **LOTS}
    return [
        *(made(forms, plan, name, 0).but(lot_number=anchors.LOT) for name in (*STEPS, "lot")),
        made(forms, plan, "bulk", 0).but(lot_number=anchors.OTHER_LOT),
        made(forms, plan, "lyophilisation", 0).but(cycle=anchors.CYCLE),
    ]
