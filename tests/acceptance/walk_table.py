"""What the walk knows of the records, restated by hand from the declarations. It imports nothing of the library.

One line a column: its name, its kind, a choice's words or an amount's digits, and "key" or "!" (required).
"""

TABLE = """
party
  party_id code key
  kind choice centre|laboratory|plant|wholesaler|pharmacy|clinic|patient_home !
  name text !
  address text
  gln code
  zone code
  jurisdiction code
  contact_24h text
transmittal
  sender code key
  sequence count key
  file_name code key
  record code !
  row_count count !
  period_from instant !
  period_to instant !
donor
  donor_key code key
  as_of day key
  centre code !
  status choice applicant|qualified|deferred !
  sex choice F|M
  qualified_on day
  examined_on day
  four_month_sample_on day
donation
  donation_number code key
  scheme choice ISBT128|own !
  check_character code
  donor_key code !
  centre code !
  plasma_kind choice source|recovered !
  collected_at instant !
  collected_ml amount 5.3
  plasma_ml amount 5.3
  donor_weight_kg amount 3.3
  total_protein_g_dl amount 3.3
  haemoglobin_g_dl amount 3.3
plasma_unit
  unit code key
  donation_number code !
  volume_ml amount 5.3
  frozen_at instant
  storage_max_c amount 3.2
  shipping_max_c amount 3.2
  above_limit_h amount 5.2
test_result
  sample code key
  marker choice HBsAg|anti-HCV|anti-HIV-1/2|anti-HBc|HIV-NAT|HCV-NAT|HBV-NAT|HAV-NAT|B19V-NAT|HEV-NAT|syphilis key
  run count key
  tested choice donation|donor|minipool|pool|lot !
  tested_id code !
  role choice initial|repeat|resolution|supplemental|look-back
  method code
  kit code
  kit_lot code
  kit_expires_on day
  laboratory code
  analyser code
  taken_at instant
  tested_at instant !
  operator choice =|<|>
  value amount 12.6
  value_unit code
  interpretation choice nonreactive|reactive|repeatedly_reactive|indeterminate|invalid !
  status choice preliminary|final|corrected
pool
  plant code key
  pool_number code key
  pooled_at instant !
  volume_l amount 7.3
pool_unit
  plant code key
  pool_number code key
  unit code key
  volume_ml amount 5.3
lot
  manufacturer code key
  lot_number code key
  step choice paste|bulk|filled|dried|packed|external key
  product code !
  gtin code
  market code
  amount amount 9.3
  amount_unit choice kg|L|vials|packs
  made_at instant !
  expires_on day
lot_input
  manufacturer code key
  lot_number code key
  step choice paste|bulk|filled|dried|packed|external key
  from_manufacturer code key
  from_number code key
  from_step choice pool|paste|bulk|filled|dried|packed|external key
  amount amount 9.3
  amount_unit choice kg|L|vials|packs
lyophilisation
  plant code key
  cycle code key
  dryer code !
  recipe code
  loaded_at instant !
  primary_started_at instant
  secondary_started_at instant
  unloaded_at instant
  moisture_mean_pct amount 3.3
  moisture_max_pct amount 3.3
  moisture_n count
lyophilisation_load
  plant code key
  cycle code key
  from_lot_number code key
  lot_number code key
  vials count
  shelves text
lyophilisation_reading
  plant code key
  cycle code key
  elapsed_s count key
  phase code
  phase_step code
  pressure_set_mtorr amount 8.3
  pirani_mtorr amount 8.3
  cm_mtorr amount 8.3
  shelf_set_c amount 4.3
  shelf_c amount 4.3
  condenser_c amount 4.3
  product_1_c amount 4.3
  product_2_c amount 4.3
  product_3_c amount 4.3
  product_4_c amount 4.3
  product_5_c amount 4.3
  product_6_c amount 4.3
  product_7_c amount 4.3
  product_8_c amount 4.3
pack
  gtin code key
  serial code key
  manufacturer code !
  lot_number code !
  step choice packed !
  vials count !
  content_g amount 4.3
  label_expires_on day
  packed_at instant
shipment
  from_party code key
  shipment code key
  item count key
  kind choice sale|transfer|return|trial_supply !
  to_party code !
  shipped_at instant !
  gtin code
  serial code
  lot_number code
  packs count !
delivery
  from_party code key
  shipment code key
  item count key
  to_party code !
  delivered_at instant !
  packs count !
dispensing
  pharmacy code key
  dispensing code key
  to_kind choice patient|ward|home !
  patient_key code
  dispensed_at instant !
  gtin code
  serial code
  lot_number code
  vials count !
administration
  site code key
  administration code key
  patient_key code !
  course count
  day_of_course count
  status choice given|stopped|not_given !
  setting choice clinic|home
  first_dose choice yes|no
  supervised_by code
  started_at instant !
  ended_at instant
administration_vial
  site code key
  administration code key
  item count key
  gtin code
  serial code
  position count
  lot_number code
  vials count !
  given_g amount 5.3
  wasted_g amount 5.3
"""

CORRECTION = ("  correction count", "  corrected_by code", "  correction_reason text")

Columns = dict[str, tuple[str, str]]  # name -> (kind, words or digits)


def _records() -> tuple[dict[str, Columns], dict[str, list[str]], dict[str, list[str]]]:
    """The columns, the key and the required columns of every record."""
    columns: dict[str, Columns] = {}
    keys: dict[str, list[str]] = {}
    required: dict[str, list[str]] = {}
    for line in TABLE.strip().splitlines():
        if not line.startswith(" "):
            record = line
            columns[record], keys[record], required[record] = {}, [], []
            for extra in CORRECTION:
                columns[record][extra.split()[0]] = (extra.split()[1], "")
            continue
        name, kind, *marks = line.split()
        columns[record][name] = (kind, marks[0] if kind in ("choice", "amount") else "")
        if marks[-1:] == ["key"]:
            keys[record].append(name)
        if marks[-1:] == ["!"]:
            required[record].append(name)
    return columns, keys, required


COLUMNS, KEYS, REQUIRED = _records()
