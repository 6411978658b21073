"""What the walk knows of the records, restated by hand from the declarations. It imports nothing of
the library.

A record's name, and below it its columns: a name with * where it is of the key or ! where it is
required, and a kind. A kind with a bar is a choice and lists its words; one with a point is an
amount and tells its digits.
"""

import re

WORDS = {
    "MARKER": (
        "HBsAg|anti-HCV|anti-HIV-1/2|anti-HBc|HIV-NAT|HCV-NAT|HBV-NAT|HAV-NAT|B19V-NAT|HEV-NAT|syphilis"
    ),
    "STEP": "paste|bulk|filled|dried|packed|external",
    "UNIT": "kg|L|vials|packs",
    "DATED": "valid_from* day, valid_to day, citation! text, prepared_by! code, approved_by! code",
    "NAMED": "gtin gtin, serial code, lot_number code",
}

TABLE = """
approval
  party* code, activity* collect|test|make|distribute, market* code, DATED, authority text, licence code
clearance
  process_version* code, virus* code, DATED, enveloped! yes|no, tested! yes|no, log10 3.2
dryer_recipe
  plant* code, recipe* code, DATED, interval_s! count, pirani! yes|no, probes! count, collapse_c 3.2, margin_c 3.2,
  end_ratio 3.3, end_min count, moisture_max_pct 3.3
lot_test_specification
  gtin* gtin, test* code, DATED, low 12.6, high 12.6, value_unit code
party
  party_id* code, kind! centre|laboratory|plant|wholesaler|pharmacy|clinic|patient_home, name! text, address text,
  gln code, zone code, jurisdiction code, contact_24h text
process_version
  process_version* code, DATED, method! solvent_detergent|nanofiltration|low_ph|caprylate|pasteurisation,
  solvent code, solvent_pct 3.4, detergent code, detergent_pct 3.4, tolerance_pct 3.2, hold_h 4.2,
  temperature_min_c 3.2, temperature_max_c 3.2, prefilter_max_um 4.3, residual_solvent_max_ug_ml 6.3,
  residual_detergent_max_ug_ml 6.3
product
  gtin* gtin, DATED, name! text, content_g! 4.3, low_iga! yes|no, iga_ug_ml 6.3, stabiliser text,
  human_excipient text, storage_max_c 3.2, shelf_life_months count, bench_h! 4.2, laminar_h 4.2, donors_min! count,
  donors_max count
product_preparation
  gtin* gtin, concentration_pct* count, diluent* code, DATED, diluent_ml! 5.2, tolerance_pct! 3.2,
  rate_max_ml_kg_h! 4.3, rate_risk_ml_kg_h! 4.3
reporting_clock
  jurisdiction* code, event* serious_reaction|deviation|donor_information|course_review|unlinked_vial, DATED,
  days! count
screening_requirement
  jurisdiction* code, plasma_kind* source|recovered, level* donation|pool, marker* MARKER, DATED, limit_iu_ml 12.3,
  term_days! count
screening_scheme
  jurisdiction* code, plasma_kind* source|recovered, DATED, interval_days count, week_max count, hold_days count,
  exam_days count, sample_months count, sample_late_months count, lookback_months count, haemoglobin_f_g_dl 3.2,
  haemoglobin_m_g_dl 3.2, thaw_h count, storage_max_c 3.2, thaw_max_c 3.2
transmittal
  sender* code, sequence* count, file_name* code, record! code, row_count! count, period_from! instant,
  period_to! instant
deferral
  centre* code, deferral* code, donor_key! code, deferred_from! day, deferred_until day,
  cause! reactive_result|examination|history|travel|registry|other, requalified_on day
donation
  donation_number* code, scheme! ISBT128|own, check_character code, donor_key! code, centre! code,
  plasma_kind! source|recovered, collected_at! instant, collected_ml 5.3, plasma_ml 5.3, donor_weight_kg 3.3,
  total_protein_g_dl 3.3, haemoglobin_g_dl 3.3
donor
  donor_key* code, as_of* day, centre! code, status! applicant|qualified|deferred, sex F|M, qualified_on day,
  examined_on day, four_month_sample_on day
donor_exam
  centre* code, exam* code, donor_key! code, kind! physical|four_month_sample, examined_on! day, reviewed_on day,
  reviewed_by code, conclusion! suitable|unsuitable
minipool_member
  minipool* code, member_kind* donation|minipool, member* code, laboratory code, mixed_at instant
plasma_unit
  unit* code, donation_number! code, volume_ml 5.3, frozen_at instant, storage_max_c 3.2, shipping_max_c 3.2,
  above_limit_h 5.2
post_donation_information
  centre* code, information* code, donor_key code, donation_number code,
  kind! health_criteria|later_marker|testing|donor_disease|cjd|travel|recipient_infection, effective_on day,
  learned_at! instant, reviewed_at instant
same_person
  party* code, statement* code, kind! donor|patient, one_key! code, other_key! code, confidence certain|probable,
  stated_by code, stated_at! instant, status! stated|withdrawn
test_result
  sample* code, marker* MARKER, run* count, tested! donation|donor|minipool|pool|lot, tested_id! code,
  role initial|repeat|resolution|supplemental|look-back, method code, kit code, kit_lot code, kit_expires_on day,
  laboratory code, analyser code, taken_at instant, tested_at! instant, operator =|<|>|<=|>=, value 12.6,
  value_unit code,
  interpretation! nonreactive|reactive|repeatedly_reactive|indeterminate|invalid, status preliminary|final|corrected
unit_event
  unit* code, event* code, kind! held|let_go|relabelled|shipped|destroyed|other_use, at! instant, party code,
  reason text
external_lot
  supplier* code, lot_number* code, kind! paste|bulk|toll_work|excipient|repacked, product code, received_at instant,
  donor_data_holder code, certificate code
lot
  manufacturer* code, lot_number* code, step* STEP, product! code, gtin gtin, market code, amount 9.3,
  amount_unit UNIT, made_at! instant, expires_on day
lot_input
  manufacturer* code, lot_number* code, step* STEP, from_manufacturer* code, from_number* code, from_step* pool|STEP,
  amount 9.3, amount_unit UNIT
pool
  plant* code, pool_number* code, pooled_at! instant, volume_l 7.3
pool_unit
  plant* code, pool_number* code, unit* code, volume_ml 5.3
viral_inactivation
  plant* code, batch* code, process_version! code, prefilter_um 4.3, prefilter_lot code, prefiltered_at instant,
  solvent code, solvent_lot code, solvent_start_pct 3.4, solvent_end_pct 3.4, detergent code, detergent_lot code,
  detergent_start_pct 3.4, detergent_end_pct 3.4, ph 2.3, started_at! instant, ended_at instant,
  temperature_min_c 3.2, temperature_mean_c 3.2, temperature_max_c 3.2, vessel_1 code, vessel_2 code,
  residual_solvent_ug_ml 6.3, residual_detergent_ug_ml 6.3
viral_inactivation_load
  plant* code, batch* code, from_lot_number* code, from_step* STEP, lot_number* code, step* STEP, amount_kg 9.3
virus_removal
  plant* code, batch* code, process_version! code, method! nanofiltration|low_ph|caprylate|pasteurisation,
  filter_lot code, filter_nm 4.2, integrity_before pass|fail, integrity_after pass|fail, ph 2.3,
  temperature_min_c 3.2, temperature_max_c 3.2, started_at! instant, ended_at instant
virus_removal_load
  plant* code, batch* code, from_lot_number* code, from_step* STEP, lot_number* code, step* STEP, amount_kg 9.3
deviation
  plant* code, deviation* code,
  kind! vacuum|power|condenser|shelf|leak|probe|stopper|breakage|temperature|label|paper|other, batch code,
  lot_number code, step STEP, opened_at! instant, closed_at instant, reported_at instant
filling
  plant* code, batch* code, fill_line! code, stopper_lot code, filter_lot code, started_at! instant, ended_at instant,
  vials_filled! count
filling_load
  plant* code, batch* code, from_lot_number* code, lot_number* code, vials count, amount_kg 9.3
inspection
  manufacturer* code, inspection* code, lot_number! code, step! STEP, inspected_at! instant, vials_inspected! count,
  rejects_critical count, rejects_major count, rejects_minor count
lot_test
  manufacturer* code, lot_number* code, step* STEP, test* code, run* count, value 12.6, value_unit code,
  conclusion! passed|failed|invalid, laboratory code, tested_at! instant, status preliminary|final|corrected
lyophilisation
  plant* code, cycle* code, dryer! code, recipe code, loaded_at! instant, primary_started_at instant,
  secondary_started_at instant, unloaded_at instant, moisture_mean_pct 3.3, moisture_max_pct 3.3, moisture_n count
lyophilisation_load
  plant* code, cycle* code, from_lot_number* code, lot_number* code, vials count, shelves text
lyophilisation_reading
  plant* code, cycle* code, elapsed_s* count, phase code, phase_step code, pressure_set_mtorr 8.3, pirani_mtorr 8.3,
  cm_mtorr 8.3, shelf_set_c 4.3, shelf_c 4.3, condenser_c 4.3, product_1_c 4.3, product_2_c 4.3, product_3_c 4.3,
  product_4_c 4.3, product_5_c 4.3, product_6_c 4.3, product_7_c 4.3, product_8_c 4.3
sample
  manufacturer* code, sample* code, lot_number! code, step! STEP, purpose! quality_control|official|reserve|stability,
  vials! count, taken_at! instant
complaint
  party* code, complaint* code, NAMED, kind! appearance|particles|dissolution|packaging|label|effect|other,
  received_at! instant, outcome confirmed|not_confirmed|open
delivery
  from_party* code, shipment* code, item* count, to_party! code, delivered_at! instant, packs! count
dispensing
  pharmacy* code, dispensing* code, to_kind! patient|ward|home, patient_key code, dispensed_at! instant, NAMED,
  vials! count, position count
excursion
  party* code, excursion* code, from_party code, shipment code, began_at! instant, ended_at instant, coldest_c 3.2,
  warmest_c 3.2, fit yes|no
official_release
  manufacturer* code, lot_number* code, market* code, authority text, certificate code, released_at! instant
pack
  gtin* gtin, serial* code, manufacturer! code, lot_number! code, step! packed|, vials! count, content_g 4.3,
  label_expires_on day, packed_at instant
package_content
  sscc* code, item* count, child_sscc code, NAMED, packs count, packed_at! instant, unpacked_at instant
relabelling
  gtin* gtin, serial* code, new_gtin* gtin, new_serial* code, party code, relabelled_at! instant, reason text
shipment
  from_party* code, shipment* code, item* count, kind! sale|transfer|return|trial_supply, to_party! code,
  shipped_at! instant, NAMED, packs! count, sscc code
stock_count
  party* code, stocktake* code, item* count, NAMED, packs! count, counted_at! instant
vial_fate
  party* code, fate* code, kind! returned|destroyed|lost|wasted, NAMED, position count, vials! count, fit yes|no,
  at! instant, reason text
administration
  site* code, administration* code, patient_key! code, course count, day_of_course count,
  status! given|stopped|not_given, setting clinic|home, first_dose yes|no, supervised_by code, started_at! instant,
  ended_at instant, treatment_order code, catheter_placed_at instant, catheter_removed_at instant
administration_vial
  site* code, administration* code, item* count, gtin gtin, serial code, position count, lot_number code,
  vials! count, given_g 5.3, wasted_g 5.3, preparation code
adverse_reaction
  reporter* code, reaction* code, site code, administration code, patient_key code, NAMED, expires_on_reported day,
  onset_at instant, kind! code, serious! yes|no,
  seriousness death|life_threatening|hospitalisation|disability|congenital|other,
  outcome recovered|recovering|not_recovered|sequelae|fatal|unknown, imputability count, aware_at! instant,
  reported_at instant
course_review
  site* code, patient_key* code, reviewed_on* day, decision! go_on|change|stop, reviewed_by code
infusion_rate
  site* code, administration* code, minute* count, rate_ml_h! 5.2
reconstitution
  site* code, preparation* code, treatment_order code, diluent! code, diluent_lot code, volume_ml 6.2,
  concentration_pct count, started_at! instant, completed_at instant, place bench|laminar_flow, stored_c 3.2,
  clear yes|no
reconstitution_vial
  site* code, preparation* code, item* count, NAMED, position count, vials! count
treatment_order
  site* code, treatment_order* code, patient_key! code, ordered_at! instant,
  indication! PID|CLL|ITP|Kawasaki|CIDP|MS|other, weight_kg 3.3, heart_failure yes|no, kidney yes|no, diabetes yes|no,
  circulation yes|no, allergy yes|no, iga_deficiency yes|no, thrombosis yes|no, dose_g 4.3, days count, courses count,
  interval_days count, failed_therapies text, authorisation code
"""

CORRECTION = {
    "correction": ("count", ""),
    "corrected_by": ("code", ""),
    "correction_reason": ("text", ""),
}

Columns = dict[str, tuple[str, str]]  # name -> (kind, words or digits)


def _written_out() -> str:
    """The table with its shared words written out."""
    text = TABLE.strip()
    for word, meaning in WORDS.items():
        text = re.sub(rf"\b{word}\b", meaning, text)
    return text


def _kind(said: str) -> tuple[str, str]:
    if "|" in said:
        return "choice", said.removesuffix("|")
    return ("amount", said) if "." in said else (said, "")


def _records() -> tuple[dict[str, Columns], dict[str, list[str]], dict[str, list[str]]]:
    """The columns, the key and the required columns of every record."""
    columns: dict[str, Columns] = {}
    keys: dict[str, list[str]] = {}
    required: dict[str, list[str]] = {}
    record = ""
    for line in _written_out().splitlines():
        if not line.startswith(" "):
            record = line
            columns[record], keys[record], required[record] = dict(CORRECTION), [], []
            continue
        for name, said in (column.split() for column in line.strip(" ,").split(", ")):
            bare = name.rstrip("*!")
            columns[record][bare] = _kind(said)
            keys[record] += [bare] * name.endswith("*")
            required[record] += [bare] * name.endswith("!")
    return columns, keys, required


COLUMNS, KEYS, REQUIRED = _records()
