"""The walk's limits: what a number can be at all, restated by hand from the dictionary, without the
library.

A record's name, and below it lines of limits (either may be missing) and the columns that they
bind.
"""

from decimal import Decimal

LIMITS = """
clearance
  0..20 log10
dryer_recipe
  ..100 probes
  -120..100 collapse_c
  0.. margin_c end_ratio
  0..100 moisture_max_pct
process_version
  0..100 solvent_pct detergent_pct tolerance_pct
  0.. hold_h prefilter_max_um residual_solvent_max_ug_ml residual_detergent_max_ug_ml
  -120..100 temperature_min_c temperature_max_c
product
  ..1200 shelf_life_months
  ..1000000 donors_min donors_max
  0.. iga_ug_ml bench_h laminar_h
  -120..100 storage_max_c
product_preparation
  0..100 concentration_pct tolerance_pct
  0.. diluent_ml rate_max_ml_kg_h rate_risk_ml_kg_h
reporting_clock
  ..36525 days
screening_requirement
  ..36525 term_days
  0.. limit_iu_ml
screening_scheme
  ..36525 interval_days hold_days exam_days
  ..100 week_max
  ..1200 sample_months sample_late_months lookback_months
  0..30 haemoglobin_f_g_dl haemoglobin_m_g_dl
  -120..100 storage_max_c thaw_max_c
transmittal
  ..100000000 row_count
donation
  0..2000 collected_ml plasma_ml
  1..400 donor_weight_kg
  0..30 total_protein_g_dl haemoglobin_g_dl
plasma_unit
  -120..100 storage_max_c shipping_max_c
  0.. above_limit_h
lot
  0.. amount
viral_inactivation
  0.. prefilter_um residual_solvent_ug_ml residual_detergent_ug_ml
  0..100 solvent_start_pct solvent_end_pct detergent_start_pct detergent_end_pct
  0..14 ph
  -120..100 temperature_min_c temperature_mean_c temperature_max_c
viral_inactivation_load
  0.. amount_kg
virus_removal
  0.. filter_nm
  0..14 ph
  -120..100 temperature_min_c temperature_max_c
virus_removal_load
  0.. amount_kg
filling
  ..1000000 vials_filled
inspection
  ..1000000 vials_inspected rejects_critical rejects_major rejects_minor
sample
  ..10000 vials
filling_load
  ..1000000 vials
  0.. amount_kg
lyophilisation_load
  ..1000000 vials
lyophilisation
  ..10000 moisture_n
  0..100 moisture_mean_pct moisture_max_pct
lyophilisation_reading
  -100..2000000 pressure_set_mtorr pirani_mtorr cm_mtorr
  -120..100 shelf_set_c condenser_c
package_content
  ..100000 packs
shipment
  ..1000000 packs
delivery
  ..1000000 packs
stock_count
  ..1000000 packs
vial_fate
  ..1000 position
  ..1000000 vials
dispensing
  ..1000 position
  ..10000 vials
excursion
  -120..100 coldest_c warmest_c
pack
  0..100 content_g
administration_vial
  ..1000 position vials
  0..1000 wasted_g
adverse_reaction
  ..3 imputability
reconstitution
  0.. volume_ml
  0..100 concentration_pct
  -120..100 stored_c
reconstitution_vial
  ..1000 position vials
treatment_order
  ..36525 days interval_days
  ..1000 courses
  0..1000 dose_g
"""

Ends = tuple[Decimal | None, Decimal | None]


def _limits() -> dict[str, dict[str, Ends]]:
    found: dict[str, dict[str, Ends]] = {}
    record = ""
    for line in LIMITS.strip().splitlines():
        if not line.startswith(" "):
            record = line
            found[record] = {}
            continue
        ends, *names = line.split()
        low, _, high = ends.partition("..")
        found[record] |= dict.fromkeys(
            names, (Decimal(low) if low else None, Decimal(high) if high else None)
        )
    return found


WITHIN = _limits()
