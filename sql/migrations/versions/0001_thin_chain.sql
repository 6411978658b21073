CREATE SCHEMA receiving;

CREATE SCHEMA accepted;

CREATE SCHEMA standing;

CREATE SCHEMA judged;

CREATE SCHEMA ledger;

CREATE SCHEMA lineage;

CREATE TABLE accepted.administration (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    site TEXT NOT NULL, 
    administration TEXT NOT NULL, 
    patient_key TEXT, 
    course INTEGER, 
    day_of_course INTEGER, 
    status TEXT, 
    setting TEXT, 
    first_dose TEXT, 
    supervised_by TEXT, 
    started_at TIMESTAMP WITH TIME ZONE, 
    started_at_offset_min SMALLINT, 
    ended_at TIMESTAMP WITH TIME ZONE, 
    ended_at_offset_min SMALLINT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_administration PRIMARY KEY (site, administration, version), 
    CONSTRAINT ck_administration_status CHECK (status IN ('given', 'stopped', 'not_given')), 
    CONSTRAINT ck_administration_setting CHECK (setting IN ('clinic', 'home')), 
    CONSTRAINT ck_administration_first_dose CHECK (first_dose IN ('yes', 'no'))
);

COMMENT ON TABLE accepted.administration IS 'One infusion of one patient.';

COMMENT ON COLUMN accepted.administration.site IS 'where the patient is treated (party id)';

COMMENT ON COLUMN accepted.administration.administration IS 'the infusion''s number at that site';

COMMENT ON COLUMN accepted.administration.patient_key IS 'opaque key of the patient';

COMMENT ON COLUMN accepted.administration.course IS 'number of the course';

COMMENT ON COLUMN accepted.administration.day_of_course IS 'day within the course, from 1';

COMMENT ON COLUMN accepted.administration.status IS 'what happened';

COMMENT ON COLUMN accepted.administration.setting IS 'where';

COMMENT ON COLUMN accepted.administration.first_dose IS 'whether it was the patient''s first';

COMMENT ON COLUMN accepted.administration.supervised_by IS 'who supervised the first dose, as stated by the sender';

COMMENT ON COLUMN accepted.administration.started_at IS 'start of the infusion';

COMMENT ON COLUMN accepted.administration.started_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.administration.ended_at IS 'its end';

COMMENT ON COLUMN accepted.administration.ended_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.administration.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.administration.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.administration.correction_reason IS 'why it was corrected';

CREATE INDEX br_administration_receipt ON accepted.administration USING brin (receipt);

CREATE TABLE accepted.administration_vial (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    site TEXT NOT NULL, 
    administration TEXT NOT NULL, 
    item INTEGER NOT NULL, 
    gtin TEXT, 
    serial TEXT, 
    position INTEGER, 
    lot_number TEXT, 
    vials INTEGER, 
    given_g NUMERIC(8, 3), 
    wasted_g NUMERIC(8, 3), 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_administration_vial PRIMARY KEY (site, administration, item, version)
);

COMMENT ON TABLE accepted.administration_vial IS 'One vial, or several of one lot, that went into an infusion.';

COMMENT ON COLUMN accepted.administration_vial.site IS 'where the patient is treated (party id)';

COMMENT ON COLUMN accepted.administration_vial.administration IS 'the infusion''s number at that site';

COMMENT ON COLUMN accepted.administration_vial.item IS 'the vial''s number within the infusion';

COMMENT ON COLUMN accepted.administration_vial.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.administration_vial.serial IS 'the pack''s serial; empty where only the lot is known';

COMMENT ON COLUMN accepted.administration_vial.position IS 'the vial''s position in a pack of several';

COMMENT ON COLUMN accepted.administration_vial.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.administration_vial.vials IS 'vials that this line stands for [vials]';

COMMENT ON COLUMN accepted.administration_vial.given_g IS 'immunoglobulin given [g]';

COMMENT ON COLUMN accepted.administration_vial.wasted_g IS 'immunoglobulin discarded [g]';

COMMENT ON COLUMN accepted.administration_vial.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.administration_vial.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.administration_vial.correction_reason IS 'why it was corrected';

CREATE INDEX br_administration_vial_receipt ON accepted.administration_vial USING brin (receipt);

CREATE INDEX ix_administration_vial_gtin_serial ON accepted.administration_vial (gtin, serial);

CREATE INDEX ix_administration_vial_lot_number ON accepted.administration_vial (lot_number);

CREATE TABLE accepted.delivery (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    from_party TEXT NOT NULL, 
    shipment TEXT NOT NULL, 
    item INTEGER NOT NULL, 
    to_party TEXT, 
    delivered_at TIMESTAMP WITH TIME ZONE, 
    delivered_at_offset_min SMALLINT, 
    packs INTEGER, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_delivery PRIMARY KEY (from_party, shipment, item, version)
);

COMMENT ON TABLE accepted.delivery IS 'One line of a shipment as it arrived.';

COMMENT ON COLUMN accepted.delivery.from_party IS 'who shipped (party id)';

COMMENT ON COLUMN accepted.delivery.shipment IS 'the shipment''s number at that party';

COMMENT ON COLUMN accepted.delivery.item IS 'the line of the shipment';

COMMENT ON COLUMN accepted.delivery.to_party IS 'who received (party id)';

COMMENT ON COLUMN accepted.delivery.delivered_at IS 'when it arrived';

COMMENT ON COLUMN accepted.delivery.delivered_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.delivery.packs IS 'packs received [packs]';

COMMENT ON COLUMN accepted.delivery.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.delivery.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.delivery.correction_reason IS 'why it was corrected';

CREATE INDEX br_delivery_receipt ON accepted.delivery USING brin (receipt);

CREATE TABLE accepted.dispensing (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    pharmacy TEXT NOT NULL, 
    dispensing TEXT NOT NULL, 
    to_kind TEXT, 
    patient_key TEXT, 
    dispensed_at TIMESTAMP WITH TIME ZONE, 
    dispensed_at_offset_min SMALLINT, 
    gtin TEXT, 
    serial TEXT, 
    lot_number TEXT, 
    vials INTEGER, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_dispensing PRIMARY KEY (pharmacy, dispensing, version), 
    CONSTRAINT ck_dispensing_to_kind CHECK (to_kind IN ('patient', 'ward', 'home'))
);

COMMENT ON TABLE accepted.dispensing IS 'Vials handed to a patient, a ward or a home.';

COMMENT ON COLUMN accepted.dispensing.pharmacy IS 'who dispensed (party id)';

COMMENT ON COLUMN accepted.dispensing.dispensing IS 'the dispensing''s number at that pharmacy';

COMMENT ON COLUMN accepted.dispensing.to_kind IS 'to whom';

COMMENT ON COLUMN accepted.dispensing.patient_key IS 'opaque key of the patient';

COMMENT ON COLUMN accepted.dispensing.dispensed_at IS 'when';

COMMENT ON COLUMN accepted.dispensing.dispensed_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.dispensing.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.dispensing.serial IS 'the pack''s serial; empty where only a count is known';

COMMENT ON COLUMN accepted.dispensing.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.dispensing.vials IS 'vials handed out [vials]';

COMMENT ON COLUMN accepted.dispensing.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.dispensing.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.dispensing.correction_reason IS 'why it was corrected';

CREATE INDEX br_dispensing_receipt ON accepted.dispensing USING brin (receipt);

CREATE INDEX ix_dispensing_gtin_serial ON accepted.dispensing (gtin, serial);

CREATE INDEX ix_dispensing_lot_number ON accepted.dispensing (lot_number);

CREATE TABLE accepted.donation (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    donation_number TEXT NOT NULL, 
    scheme TEXT, 
    check_character TEXT, 
    donor_key TEXT, 
    centre TEXT, 
    plasma_kind TEXT, 
    collected_at TIMESTAMP WITH TIME ZONE, 
    collected_at_offset_min SMALLINT, 
    collected_ml NUMERIC(8, 3), 
    plasma_ml NUMERIC(8, 3), 
    donor_weight_kg NUMERIC(6, 3), 
    total_protein_g_dl NUMERIC(6, 3), 
    haemoglobin_g_dl NUMERIC(6, 3), 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_donation PRIMARY KEY (donation_number, version), 
    CONSTRAINT ck_donation_scheme CHECK (scheme IN ('ISBT128', 'own')), 
    CONSTRAINT ck_donation_plasma_kind CHECK (plasma_kind IN ('source', 'recovered'))
);

COMMENT ON TABLE accepted.donation IS 'One giving of plasma by one donor.';

COMMENT ON COLUMN accepted.donation.donation_number IS 'the donation''s number; in ISBT 128 its 13 characters';

COMMENT ON COLUMN accepted.donation.scheme IS 'who numbers: ISBT128 or the centre''s own way';

COMMENT ON COLUMN accepted.donation.check_character IS 'the boxed check character, where it was sent';

COMMENT ON COLUMN accepted.donation.donor_key IS 'opaque key of the donor';

COMMENT ON COLUMN accepted.donation.centre IS 'where it was given (party id)';

COMMENT ON COLUMN accepted.donation.plasma_kind IS 'source (by apheresis) or recovered (from whole blood)';

COMMENT ON COLUMN accepted.donation.collected_at IS 'when the donation ended';

COMMENT ON COLUMN accepted.donation.collected_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.donation.collected_ml IS 'volume collected, anticoagulant included [mL]';

COMMENT ON COLUMN accepted.donation.plasma_ml IS 'volume of plasma alone [mL]';

COMMENT ON COLUMN accepted.donation.donor_weight_kg IS 'the donor''s weight on that day [kg]';

COMMENT ON COLUMN accepted.donation.total_protein_g_dl IS 'total protein in plasma or serum [g/dL]';

COMMENT ON COLUMN accepted.donation.haemoglobin_g_dl IS 'haemoglobin [g/dL]';

COMMENT ON COLUMN accepted.donation.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.donation.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.donation.correction_reason IS 'why it was corrected';

CREATE INDEX br_donation_receipt ON accepted.donation USING brin (receipt);

CREATE INDEX ix_donation_donor_key ON accepted.donation (donor_key);

CREATE TABLE accepted.donor (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    donor_key TEXT NOT NULL, 
    as_of DATE NOT NULL, 
    centre TEXT, 
    status TEXT, 
    sex TEXT, 
    qualified_on DATE, 
    examined_on DATE, 
    four_month_sample_on DATE, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_donor PRIMARY KEY (donor_key, as_of, version), 
    CONSTRAINT ck_donor_status CHECK (status IN ('applicant', 'qualified', 'deferred')), 
    CONSTRAINT ck_donor_sex CHECK (sex IN ('F', 'M'))
);

COMMENT ON TABLE accepted.donor IS 'A donor''s standing as of a day.';

COMMENT ON COLUMN accepted.donor.donor_key IS 'opaque key of the person; never derived from the person''s data';

COMMENT ON COLUMN accepted.donor.as_of IS 'the day on which this was so';

COMMENT ON COLUMN accepted.donor.centre IS 'the centre that says so (party id)';

COMMENT ON COLUMN accepted.donor.status IS 'the donor''s standing';

COMMENT ON COLUMN accepted.donor.sex IS 'as needed for the haemoglobin limit';

COMMENT ON COLUMN accepted.donor.qualified_on IS 'when the donor became qualified';

COMMENT ON COLUMN accepted.donor.examined_on IS 'the last examination by a physician';

COMMENT ON COLUMN accepted.donor.four_month_sample_on IS 'the last sample for syphilis and protein composition';

COMMENT ON COLUMN accepted.donor.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.donor.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.donor.correction_reason IS 'why it was corrected';

CREATE INDEX br_donor_receipt ON accepted.donor USING brin (receipt);

CREATE TABLE accepted.lot (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    manufacturer TEXT NOT NULL, 
    lot_number TEXT NOT NULL, 
    step TEXT NOT NULL, 
    product TEXT, 
    gtin TEXT, 
    market TEXT, 
    amount NUMERIC(12, 3), 
    amount_unit TEXT, 
    made_at TIMESTAMP WITH TIME ZONE, 
    made_at_offset_min SMALLINT, 
    expires_on DATE, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_lot PRIMARY KEY (manufacturer, lot_number, step, version), 
    CONSTRAINT ck_lot_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')), 
    CONSTRAINT ck_lot_amount_unit CHECK (amount_unit IN ('kg', 'L', 'vials', 'packs'))
);

COMMENT ON TABLE accepted.lot IS 'A lot at one step: paste, bulk, filled, dried, packed; or an external one, where the chain ends.';

COMMENT ON COLUMN accepted.lot.manufacturer IS 'whose number it is (party id)';

COMMENT ON COLUMN accepted.lot.lot_number IS 'the lot''s number';

COMMENT ON COLUMN accepted.lot.step IS 'the step of manufacture';

COMMENT ON COLUMN accepted.lot.product IS 'what it is of';

COMMENT ON COLUMN accepted.lot.gtin IS 'the packed product''s GTIN-14';

COMMENT ON COLUMN accepted.lot.market IS 'for which market, as an ISO 3166 code';

COMMENT ON COLUMN accepted.lot.amount IS 'how much was made';

COMMENT ON COLUMN accepted.lot.amount_unit IS 'in which unit';

COMMENT ON COLUMN accepted.lot.made_at IS 'when the step was completed';

COMMENT ON COLUMN accepted.lot.made_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.lot.expires_on IS 'its expiry by the batch record';

COMMENT ON COLUMN accepted.lot.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.lot.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.lot.correction_reason IS 'why it was corrected';

CREATE INDEX br_lot_receipt ON accepted.lot USING brin (receipt);

CREATE INDEX ix_lot_lot_number ON accepted.lot (lot_number);

CREATE TABLE accepted.lot_input (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    manufacturer TEXT NOT NULL, 
    lot_number TEXT NOT NULL, 
    step TEXT NOT NULL, 
    from_manufacturer TEXT NOT NULL, 
    from_number TEXT NOT NULL, 
    from_step TEXT NOT NULL, 
    amount NUMERIC(12, 3), 
    amount_unit TEXT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_lot_input PRIMARY KEY (manufacturer, lot_number, step, from_manufacturer, from_number, from_step, version), 
    CONSTRAINT ck_lot_input_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')), 
    CONSTRAINT ck_lot_input_from_step CHECK (from_step IN ('pool', 'paste', 'bulk', 'filled', 'dried', 'packed', 'external')), 
    CONSTRAINT ck_lot_input_amount_unit CHECK (amount_unit IN ('kg', 'L', 'vials', 'packs'))
);

COMMENT ON TABLE accepted.lot_input IS 'One pool, lot or external lot that went into a lot.';

COMMENT ON COLUMN accepted.lot_input.manufacturer IS 'whose lot it became (party id)';

COMMENT ON COLUMN accepted.lot_input.lot_number IS 'the lot that it became';

COMMENT ON COLUMN accepted.lot_input.step IS 'that lot''s step';

COMMENT ON COLUMN accepted.lot_input.from_manufacturer IS 'whose number the input has (party id)';

COMMENT ON COLUMN accepted.lot_input.from_number IS 'the input''s pool or lot number';

COMMENT ON COLUMN accepted.lot_input.from_step IS 'the input''s step';

COMMENT ON COLUMN accepted.lot_input.amount IS 'how much of it was taken';

COMMENT ON COLUMN accepted.lot_input.amount_unit IS 'in which unit';

COMMENT ON COLUMN accepted.lot_input.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.lot_input.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.lot_input.correction_reason IS 'why it was corrected';

CREATE INDEX br_lot_input_receipt ON accepted.lot_input USING brin (receipt);

CREATE INDEX ix_lot_input_from_manufacturer_from_number ON accepted.lot_input (from_manufacturer, from_number);

CREATE INDEX ix_lot_input_from_manufacturer_from_number_from_step ON accepted.lot_input (from_manufacturer, from_number, from_step);

CREATE TABLE accepted.lyophilisation (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    plant TEXT NOT NULL, 
    cycle TEXT NOT NULL, 
    dryer TEXT, 
    recipe TEXT, 
    loaded_at TIMESTAMP WITH TIME ZONE, 
    loaded_at_offset_min SMALLINT, 
    primary_started_at TIMESTAMP WITH TIME ZONE, 
    primary_started_at_offset_min SMALLINT, 
    secondary_started_at TIMESTAMP WITH TIME ZONE, 
    secondary_started_at_offset_min SMALLINT, 
    unloaded_at TIMESTAMP WITH TIME ZONE, 
    unloaded_at_offset_min SMALLINT, 
    moisture_mean_pct NUMERIC(6, 3), 
    moisture_max_pct NUMERIC(6, 3), 
    moisture_n INTEGER, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_lyophilisation PRIMARY KEY (plant, cycle, version)
);

COMMENT ON TABLE accepted.lyophilisation IS 'One run of one freeze-dryer.';

COMMENT ON COLUMN accepted.lyophilisation.plant IS 'whose dryer it is (party id)';

COMMENT ON COLUMN accepted.lyophilisation.cycle IS 'the run''s number at that plant';

COMMENT ON COLUMN accepted.lyophilisation.dryer IS 'which dryer';

COMMENT ON COLUMN accepted.lyophilisation.recipe IS 'by which recipe';

COMMENT ON COLUMN accepted.lyophilisation.loaded_at IS 'when loading was complete';

COMMENT ON COLUMN accepted.lyophilisation.loaded_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.lyophilisation.primary_started_at IS 'start of primary drying';

COMMENT ON COLUMN accepted.lyophilisation.primary_started_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.lyophilisation.secondary_started_at IS 'start of secondary drying';

COMMENT ON COLUMN accepted.lyophilisation.secondary_started_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.lyophilisation.unloaded_at IS 'when it was unloaded';

COMMENT ON COLUMN accepted.lyophilisation.unloaded_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.lyophilisation.moisture_mean_pct IS 'residual moisture, mean of the vials measured [%]';

COMMENT ON COLUMN accepted.lyophilisation.moisture_max_pct IS 'residual moisture, the wettest vial [%]';

COMMENT ON COLUMN accepted.lyophilisation.moisture_n IS 'vials measured [vials]';

COMMENT ON COLUMN accepted.lyophilisation.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.lyophilisation.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.lyophilisation.correction_reason IS 'why it was corrected';

CREATE INDEX br_lyophilisation_receipt ON accepted.lyophilisation USING brin (receipt);

CREATE TABLE accepted.lyophilisation_load (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    plant TEXT NOT NULL, 
    cycle TEXT NOT NULL, 
    from_lot_number TEXT NOT NULL, 
    lot_number TEXT NOT NULL, 
    vials INTEGER, 
    shelves TEXT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_lyophilisation_load PRIMARY KEY (plant, cycle, from_lot_number, lot_number, version)
);

COMMENT ON TABLE accepted.lyophilisation_load IS 'One filled lot in a run, and the dried lot that it became.';

COMMENT ON COLUMN accepted.lyophilisation_load.plant IS 'whose dryer it is, and whose lots (party id)';

COMMENT ON COLUMN accepted.lyophilisation_load.cycle IS 'the run''s number at that plant';

COMMENT ON COLUMN accepted.lyophilisation_load.from_lot_number IS 'the filled lot that went in';

COMMENT ON COLUMN accepted.lyophilisation_load.lot_number IS 'the dried lot that came out';

COMMENT ON COLUMN accepted.lyophilisation_load.vials IS 'vials loaded [vials]';

COMMENT ON COLUMN accepted.lyophilisation_load.shelves IS 'on which shelves';

COMMENT ON COLUMN accepted.lyophilisation_load.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.lyophilisation_load.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.lyophilisation_load.correction_reason IS 'why it was corrected';

CREATE INDEX br_lyophilisation_load_receipt ON accepted.lyophilisation_load USING brin (receipt);

CREATE INDEX ix_lyophilisation_load_plant_from_lot_number ON accepted.lyophilisation_load (plant, from_lot_number);

CREATE INDEX ix_lyophilisation_load_plant_lot_number ON accepted.lyophilisation_load (plant, lot_number);

CREATE TABLE accepted.lyophilisation_reading (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    plant TEXT NOT NULL, 
    cycle TEXT NOT NULL, 
    elapsed_s INTEGER NOT NULL, 
    phase TEXT, 
    phase_step TEXT, 
    pressure_set_mtorr NUMERIC(11, 3), 
    pirani_mtorr NUMERIC(11, 3), 
    cm_mtorr NUMERIC(11, 3), 
    shelf_set_c NUMERIC(7, 3), 
    shelf_c NUMERIC(7, 3), 
    condenser_c NUMERIC(7, 3), 
    product_1_c NUMERIC(7, 3), 
    product_2_c NUMERIC(7, 3), 
    product_3_c NUMERIC(7, 3), 
    product_4_c NUMERIC(7, 3), 
    product_5_c NUMERIC(7, 3), 
    product_6_c NUMERIC(7, 3), 
    product_7_c NUMERIC(7, 3), 
    product_8_c NUMERIC(7, 3), 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_lyophilisation_reading PRIMARY KEY (plant, cycle, elapsed_s, version)
);

COMMENT ON TABLE accepted.lyophilisation_reading IS 'One line of a freeze-dryer''s log; an unplugged probe has no reading.';

COMMENT ON COLUMN accepted.lyophilisation_reading.plant IS 'whose dryer it is (party id)';

COMMENT ON COLUMN accepted.lyophilisation_reading.cycle IS 'the run''s number at that plant';

COMMENT ON COLUMN accepted.lyophilisation_reading.elapsed_s IS 'seconds since the log''s first line [s]';

COMMENT ON COLUMN accepted.lyophilisation_reading.phase IS 'the controller''s phase';

COMMENT ON COLUMN accepted.lyophilisation_reading.phase_step IS 'the step within it';

COMMENT ON COLUMN accepted.lyophilisation_reading.pressure_set_mtorr IS 'chamber pressure wanted [mTorr]';

COMMENT ON COLUMN accepted.lyophilisation_reading.pirani_mtorr IS 'Pirani gauge: reads high in water vapour [mTorr]';

COMMENT ON COLUMN accepted.lyophilisation_reading.cm_mtorr IS 'capacitance manometer [mTorr]';

COMMENT ON COLUMN accepted.lyophilisation_reading.shelf_set_c IS 'shelf temperature wanted [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.shelf_c IS 'shelf inlet [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.condenser_c IS 'condenser [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.product_1_c IS 'product probe 1 [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.product_2_c IS 'product probe 2 [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.product_3_c IS 'product probe 3 [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.product_4_c IS 'product probe 4 [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.product_5_c IS 'product probe 5 [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.product_6_c IS 'product probe 6 [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.product_7_c IS 'product probe 7 [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.product_8_c IS 'product probe 8 [°C]';

COMMENT ON COLUMN accepted.lyophilisation_reading.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.lyophilisation_reading.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.lyophilisation_reading.correction_reason IS 'why it was corrected';

CREATE INDEX br_lyophilisation_reading_receipt ON accepted.lyophilisation_reading USING brin (receipt);

CREATE TABLE accepted.pack (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    gtin TEXT NOT NULL, 
    serial TEXT NOT NULL, 
    manufacturer TEXT, 
    lot_number TEXT, 
    step TEXT, 
    vials INTEGER, 
    content_g NUMERIC(7, 3), 
    label_expires_on DATE, 
    packed_at TIMESTAMP WITH TIME ZONE, 
    packed_at_offset_min SMALLINT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_pack PRIMARY KEY (gtin, serial, version), 
    CONSTRAINT ck_pack_step CHECK (step IN ('packed'))
);

COMMENT ON TABLE accepted.pack IS 'A saleable pack: GTIN, serial and lot; one vial or several.';

COMMENT ON COLUMN accepted.pack.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.pack.serial IS 'the pack''s serial, unique within the GTIN';

COMMENT ON COLUMN accepted.pack.manufacturer IS 'whose lot number it is (party id)';

COMMENT ON COLUMN accepted.pack.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.pack.step IS 'always packed: the step of that lot';

COMMENT ON COLUMN accepted.pack.vials IS 'vials in the pack [vials]';

COMMENT ON COLUMN accepted.pack.content_g IS 'immunoglobulin in one vial [g]';

COMMENT ON COLUMN accepted.pack.label_expires_on IS 'the expiry on the label';

COMMENT ON COLUMN accepted.pack.packed_at IS 'when it was packed';

COMMENT ON COLUMN accepted.pack.packed_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.pack.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.pack.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.pack.correction_reason IS 'why it was corrected';

CREATE INDEX br_pack_receipt ON accepted.pack USING brin (receipt);

CREATE INDEX ix_pack_lot_number ON accepted.pack (lot_number);

CREATE INDEX ix_pack_manufacturer_lot_number_step ON accepted.pack (manufacturer, lot_number, step);

CREATE TABLE accepted.party (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    party_id TEXT NOT NULL, 
    kind TEXT, 
    name TEXT, 
    address TEXT, 
    gln TEXT, 
    zone TEXT, 
    jurisdiction TEXT, 
    contact_24h TEXT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_party PRIMARY KEY (party_id, version), 
    CONSTRAINT ck_party_kind CHECK (kind IN ('centre', 'laboratory', 'plant', 'wholesaler', 'pharmacy', 'clinic', 'patient_home'))
);

COMMENT ON TABLE accepted.party IS 'A centre, laboratory, plant, carrier, pharmacy or clinic.';

COMMENT ON COLUMN accepted.party.party_id IS 'the party''s identifier';

COMMENT ON COLUMN accepted.party.kind IS 'what it is';

COMMENT ON COLUMN accepted.party.name IS 'its name';

COMMENT ON COLUMN accepted.party.address IS 'where it is';

COMMENT ON COLUMN accepted.party.gln IS 'its GS1 Global Location Number';

COMMENT ON COLUMN accepted.party.zone IS 'its time zone by IANA name; legal days follow it';

COMMENT ON COLUMN accepted.party.jurisdiction IS 'whose law applies, as an ISO 3166 code';

COMMENT ON COLUMN accepted.party.contact_24h IS 'whom a recall reaches at night';

COMMENT ON COLUMN accepted.party.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.party.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.party.correction_reason IS 'why it was corrected';

CREATE INDEX br_party_receipt ON accepted.party USING brin (receipt);

CREATE TABLE accepted.plasma_unit (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    unit TEXT NOT NULL, 
    donation_number TEXT, 
    volume_ml NUMERIC(8, 3), 
    frozen_at TIMESTAMP WITH TIME ZONE, 
    frozen_at_offset_min SMALLINT, 
    storage_max_c NUMERIC(5, 2), 
    shipping_max_c NUMERIC(5, 2), 
    above_limit_h NUMERIC(7, 2), 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_plasma_unit PRIMARY KEY (unit, version)
);

COMMENT ON TABLE accepted.plasma_unit IS 'One container of a donation.';

COMMENT ON COLUMN accepted.plasma_unit.unit IS 'the container''s number';

COMMENT ON COLUMN accepted.plasma_unit.donation_number IS 'the donation that it came from';

COMMENT ON COLUMN accepted.plasma_unit.volume_ml IS 'its volume [mL]';

COMMENT ON COLUMN accepted.plasma_unit.frozen_at IS 'when it was frozen';

COMMENT ON COLUMN accepted.plasma_unit.frozen_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.plasma_unit.storage_max_c IS 'warmest storage temperature so far [°C]';

COMMENT ON COLUMN accepted.plasma_unit.shipping_max_c IS 'warmest temperature while shipped [°C]';

COMMENT ON COLUMN accepted.plasma_unit.above_limit_h IS 'hours above the storage limit in all [h]';

COMMENT ON COLUMN accepted.plasma_unit.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.plasma_unit.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.plasma_unit.correction_reason IS 'why it was corrected';

CREATE INDEX br_plasma_unit_receipt ON accepted.plasma_unit USING brin (receipt);

CREATE INDEX ix_plasma_unit_donation_number ON accepted.plasma_unit (donation_number);

CREATE TABLE accepted.pool (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    plant TEXT NOT NULL, 
    pool_number TEXT NOT NULL, 
    pooled_at TIMESTAMP WITH TIME ZONE, 
    pooled_at_offset_min SMALLINT, 
    volume_l NUMERIC(10, 3), 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_pool PRIMARY KEY (plant, pool_number, version)
);

COMMENT ON TABLE accepted.pool IS 'Plasma units combined for manufacture: the widest point of the lineage.';

COMMENT ON COLUMN accepted.pool.plant IS 'who pooled (party id)';

COMMENT ON COLUMN accepted.pool.pool_number IS 'the pool''s number at that plant';

COMMENT ON COLUMN accepted.pool.pooled_at IS 'when the pool was made';

COMMENT ON COLUMN accepted.pool.pooled_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.pool.volume_l IS 'its volume [L]';

COMMENT ON COLUMN accepted.pool.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.pool.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.pool.correction_reason IS 'why it was corrected';

CREATE INDEX br_pool_receipt ON accepted.pool USING brin (receipt);

CREATE INDEX ix_pool_pool_number ON accepted.pool (pool_number);

CREATE TABLE accepted.pool_unit (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    plant TEXT NOT NULL, 
    pool_number TEXT NOT NULL, 
    unit TEXT NOT NULL, 
    volume_ml NUMERIC(8, 3), 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_pool_unit PRIMARY KEY (plant, pool_number, unit, version)
);

COMMENT ON TABLE accepted.pool_unit IS 'One plasma unit in a pool.';

COMMENT ON COLUMN accepted.pool_unit.plant IS 'who pooled (party id)';

COMMENT ON COLUMN accepted.pool_unit.pool_number IS 'the pool''s number at that plant';

COMMENT ON COLUMN accepted.pool_unit.unit IS 'the plasma unit';

COMMENT ON COLUMN accepted.pool_unit.volume_ml IS 'what was taken from it [mL]';

COMMENT ON COLUMN accepted.pool_unit.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.pool_unit.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.pool_unit.correction_reason IS 'why it was corrected';

CREATE INDEX br_pool_unit_receipt ON accepted.pool_unit USING brin (receipt);

CREATE INDEX ix_pool_unit_unit ON accepted.pool_unit (unit);

CREATE TABLE accepted.shipment (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    from_party TEXT NOT NULL, 
    shipment TEXT NOT NULL, 
    item INTEGER NOT NULL, 
    kind TEXT, 
    to_party TEXT, 
    shipped_at TIMESTAMP WITH TIME ZONE, 
    shipped_at_offset_min SMALLINT, 
    gtin TEXT, 
    serial TEXT, 
    lot_number TEXT, 
    packs INTEGER, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_shipment PRIMARY KEY (from_party, shipment, item, version), 
    CONSTRAINT ck_shipment_kind CHECK (kind IN ('sale', 'transfer', 'return', 'trial_supply'))
);

COMMENT ON TABLE accepted.shipment IS 'One line of a shipment: packs by serial, or a number of packs of a lot.';

COMMENT ON COLUMN accepted.shipment.from_party IS 'who shipped (party id)';

COMMENT ON COLUMN accepted.shipment.shipment IS 'the shipment''s number at that party';

COMMENT ON COLUMN accepted.shipment.item IS 'the line of the shipment';

COMMENT ON COLUMN accepted.shipment.kind IS 'why';

COMMENT ON COLUMN accepted.shipment.to_party IS 'the consignee (party id)';

COMMENT ON COLUMN accepted.shipment.shipped_at IS 'when it left';

COMMENT ON COLUMN accepted.shipment.shipped_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.shipment.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.shipment.serial IS 'the pack''s serial; empty where only a count is known';

COMMENT ON COLUMN accepted.shipment.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.shipment.packs IS 'packs shipped [packs]';

COMMENT ON COLUMN accepted.shipment.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.shipment.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.shipment.correction_reason IS 'why it was corrected';

CREATE INDEX br_shipment_receipt ON accepted.shipment USING brin (receipt);

CREATE INDEX ix_shipment_gtin_serial ON accepted.shipment (gtin, serial);

CREATE INDEX ix_shipment_lot_number ON accepted.shipment (lot_number);

CREATE TABLE accepted.superseded (
    record TEXT NOT NULL, 
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    CONSTRAINT pk_superseded PRIMARY KEY (record, receipt, line)
);

COMMENT ON TABLE accepted.superseded IS 'versions below their key''s highest rank';

CREATE TABLE accepted.test_result (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    sample TEXT NOT NULL, 
    marker TEXT NOT NULL, 
    run INTEGER NOT NULL, 
    tested TEXT, 
    tested_id TEXT, 
    role TEXT, 
    method TEXT, 
    kit TEXT, 
    kit_lot TEXT, 
    kit_expires_on DATE, 
    laboratory TEXT, 
    analyser TEXT, 
    taken_at TIMESTAMP WITH TIME ZONE, 
    taken_at_offset_min SMALLINT, 
    tested_at TIMESTAMP WITH TIME ZONE, 
    tested_at_offset_min SMALLINT, 
    operator TEXT, 
    value NUMERIC(18, 6), 
    value_unit TEXT, 
    interpretation TEXT, 
    status TEXT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_test_result PRIMARY KEY (sample, marker, run, version), 
    CONSTRAINT ck_test_result_marker CHECK (marker IN ('HBsAg', 'anti-HCV', 'anti-HIV-1/2', 'anti-HBc', 'HIV-NAT', 'HCV-NAT', 'HBV-NAT', 'HAV-NAT', 'B19V-NAT', 'HEV-NAT', 'syphilis')), 
    CONSTRAINT ck_test_result_tested CHECK (tested IN ('donation', 'donor', 'minipool', 'pool', 'lot')), 
    CONSTRAINT ck_test_result_role CHECK (role IN ('initial', 'repeat', 'resolution', 'supplemental', 'look-back')), 
    CONSTRAINT ck_test_result_operator CHECK (operator IN ('=', '<', '>')), 
    CONSTRAINT ck_test_result_interpretation CHECK (interpretation IN ('nonreactive', 'reactive', 'repeatedly_reactive', 'indeterminate', 'invalid')), 
    CONSTRAINT ck_test_result_status CHECK (status IN ('preliminary', 'final', 'corrected'))
);

COMMENT ON TABLE accepted.test_result IS 'One assay on one sample.';

COMMENT ON COLUMN accepted.test_result.sample IS 'the sample''s number';

COMMENT ON COLUMN accepted.test_result.marker IS 'what was looked for';

COMMENT ON COLUMN accepted.test_result.run IS 'the laboratory''s number of this run on this sample';

COMMENT ON COLUMN accepted.test_result.tested IS 'what the sample is of';

COMMENT ON COLUMN accepted.test_result.tested_id IS 'which one: donation number, donor key, minipool, pool or lot number';

COMMENT ON COLUMN accepted.test_result.role IS 'why this run was made';

COMMENT ON COLUMN accepted.test_result.method IS 'the method';

COMMENT ON COLUMN accepted.test_result.kit IS 'the test kit';

COMMENT ON COLUMN accepted.test_result.kit_lot IS 'the kit''s lot';

COMMENT ON COLUMN accepted.test_result.kit_expires_on IS 'the kit lot''s last day of use';

COMMENT ON COLUMN accepted.test_result.laboratory IS 'who tested (party id)';

COMMENT ON COLUMN accepted.test_result.analyser IS 'on which analyser';

COMMENT ON COLUMN accepted.test_result.taken_at IS 'when the sample was taken';

COMMENT ON COLUMN accepted.test_result.taken_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.test_result.tested_at IS 'when it was tested';

COMMENT ON COLUMN accepted.test_result.tested_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.test_result.operator IS 'how the value is to be read';

COMMENT ON COLUMN accepted.test_result.value IS 'the measured value';

COMMENT ON COLUMN accepted.test_result.value_unit IS 'its unit, as the laboratory writes it';

COMMENT ON COLUMN accepted.test_result.interpretation IS 'what the laboratory concludes';

COMMENT ON COLUMN accepted.test_result.status IS 'how far the result has got';

COMMENT ON COLUMN accepted.test_result.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.test_result.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.test_result.correction_reason IS 'why it was corrected';

CREATE INDEX br_test_result_receipt ON accepted.test_result USING brin (receipt);

CREATE TABLE accepted.transmittal (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    sender TEXT NOT NULL, 
    sequence INTEGER NOT NULL, 
    file_name TEXT NOT NULL, 
    record TEXT, 
    row_count INTEGER, 
    period_from TIMESTAMP WITH TIME ZONE, 
    period_from_offset_min SMALLINT, 
    period_to TIMESTAMP WITH TIME ZONE, 
    period_to_offset_min SMALLINT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_transmittal PRIMARY KEY (sender, sequence, file_name, version)
);

COMMENT ON TABLE accepted.transmittal IS 'One file of a numbered sending, and the period that it covers.';

COMMENT ON COLUMN accepted.transmittal.sender IS 'who sends (party id)';

COMMENT ON COLUMN accepted.transmittal.sequence IS 'the sending''s number; a sender counts from 1 without a gap';

COMMENT ON COLUMN accepted.transmittal.file_name IS 'the file''s name without a folder';

COMMENT ON COLUMN accepted.transmittal.record IS 'its record type';

COMMENT ON COLUMN accepted.transmittal.row_count IS 'records in the file [rows]';

COMMENT ON COLUMN accepted.transmittal.period_from IS 'start of the period that the sending covers';

COMMENT ON COLUMN accepted.transmittal.period_from_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.transmittal.period_to IS 'its end: the sender has told all it knows until then';

COMMENT ON COLUMN accepted.transmittal.period_to_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.transmittal.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.transmittal.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.transmittal.correction_reason IS 'why it was corrected';

CREATE INDEX br_transmittal_receipt ON accepted.transmittal USING brin (receipt);

CREATE TABLE judged.contested (
    record TEXT NOT NULL, 
    key JSONB NOT NULL, 
    versions INTEGER NOT NULL, 
    CONSTRAINT pk_contested PRIMARY KEY (record, key)
);

COMMENT ON TABLE judged.contested IS 'keys whose versions contradict each other, and nobody has decided';

CREATE TABLE judged.finding (
    finding BIGINT GENERATED ALWAYS AS IDENTITY, 
    rule TEXT NOT NULL, 
    rule_version INTEGER NOT NULL, 
    record TEXT NOT NULL, 
    key JSONB NOT NULL, 
    content BYTEA NOT NULL, 
    receipt BIGINT NOT NULL, 
    line BIGINT, 
    outcome TEXT NOT NULL, 
    severity TEXT NOT NULL, 
    holds TEXT NOT NULL, 
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL, 
    CONSTRAINT pk_finding PRIMARY KEY (finding), 
    CONSTRAINT uq_finding_of UNIQUE (rule, record, key, content)
);

COMMENT ON TABLE judged.finding IS 'a sound record tells of something out of limits, or could not be read in full';

COMMENT ON COLUMN judged.finding.content IS 'which version of the record; empty where it is about the key';

CREATE INDEX ix_finding_key ON judged.finding (record, key);

CREATE INDEX ix_finding_receipt ON judged.finding (receipt);

CREATE TABLE ledger.entry (
    entry BIGINT NOT NULL, 
    receipt BIGINT NOT NULL, 
    sha256 BYTEA NOT NULL, 
    record TEXT NOT NULL, 
    counts JSONB NOT NULL, 
    rows_hash BYTEA NOT NULL, 
    before_hash BYTEA NOT NULL, 
    entry_hash BYTEA NOT NULL, 
    at TIMESTAMP WITH TIME ZONE NOT NULL, 
    by TEXT NOT NULL, 
    CONSTRAINT pk_entry PRIMARY KEY (entry)
);

COMMENT ON TABLE ledger.entry IS 'one entry for each conclusion of a receipt; each holds the hash of the one before';

COMMENT ON COLUMN ledger.entry.rows_hash IS 'SHA-256 of the accepted rows'' hashes by line';

CREATE INDEX ix_entry_receipt ON ledger.entry (receipt);

CREATE TABLE lineage.closure (
    ancestor BIGINT NOT NULL, 
    descendant BIGINT NOT NULL, 
    CONSTRAINT pk_closure PRIMARY KEY (ancestor, descendant)
);

COMMENT ON TABLE lineage.closure IS 'every pair of nodes connected by any number of edges, and each node with itself';

CREATE INDEX ix_closure_descendant ON lineage.closure (descendant);

CREATE TABLE lineage.edge (
    parent BIGINT NOT NULL, 
    child BIGINT NOT NULL, 
    CONSTRAINT pk_edge PRIMARY KEY (parent, child)
);

COMMENT ON TABLE lineage.edge IS 'what went into what';

CREATE INDEX ix_edge_child ON lineage.edge (child);

CREATE TABLE lineage.node (
    node BIGINT GENERATED ALWAYS AS IDENTITY, 
    maker TEXT NOT NULL, 
    number TEXT NOT NULL, 
    step TEXT NOT NULL, 
    CONSTRAINT pk_node PRIMARY KEY (node), 
    CONSTRAINT uq_node_of UNIQUE (maker, number, step)
);

COMMENT ON TABLE lineage.node IS 'pools and lots, as soon as anything names them';

CREATE INDEX ix_node_number ON lineage.node (number);

CREATE TABLE lineage.parked (
    record TEXT NOT NULL, 
    key JSONB NOT NULL, 
    link TEXT NOT NULL, 
    names JSONB NOT NULL, 
    target TEXT NOT NULL, 
    CONSTRAINT pk_parked PRIMARY KEY (record, key, link, names)
);

COMMENT ON TABLE lineage.parked IS 'links whose target is not known yet; tried again when something new arrives';

CREATE INDEX ix_parked_names ON lineage.parked (target, names);

CREATE TABLE lineage.progress (
    entry BIGINT NOT NULL, 
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL, 
    CONSTRAINT pk_progress PRIMARY KEY (entry)
);

COMMENT ON TABLE lineage.progress IS 'ledger entries that have been linked';

CREATE TABLE lineage.vial (
    lot BIGINT NOT NULL, 
    record TEXT NOT NULL, 
    key JSONB NOT NULL, 
    patient_key TEXT NOT NULL, 
    basis TEXT NOT NULL, 
    state TEXT NOT NULL, 
    vials INTEGER NOT NULL, 
    gtin TEXT, 
    serial TEXT, 
    place TEXT NOT NULL, 
    at TIMESTAMP WITH TIME ZONE, 
    CONSTRAINT pk_vial PRIMARY KEY (lot, record, key, patient_key), 
    CONSTRAINT ck_vial_basis CHECK (basis IN ('pack', 'lot')), 
    CONSTRAINT ck_vial_state CHECK (state IN ('dispensed', 'given', 'not_given'))
);

COMMENT ON TABLE lineage.vial IS 'each vial dispensed or given, and a lot that it is of';

COMMENT ON COLUMN lineage.vial.lot IS 'node of the packed lot';

COMMENT ON COLUMN lineage.vial.patient_key IS 'empty where it is not known';

CREATE INDEX ix_vial_key ON lineage.vial (record, key);

CREATE INDEX ix_vial_patient ON lineage.vial (patient_key);

CREATE INDEX ix_vial_serial ON lineage.vial (gtin, serial);

CREATE TABLE receiving.arrival (
    arrival BIGINT GENERATED ALWAYS AS IDENTITY, 
    receipt BIGINT NOT NULL, 
    place TEXT NOT NULL, 
    sender TEXT NOT NULL, 
    file_name TEXT NOT NULL, 
    mark TEXT NOT NULL, 
    arrived_at TIMESTAMP WITH TIME ZONE NOT NULL, 
    CONSTRAINT pk_arrival PRIMARY KEY (arrival)
);

COMMENT ON TABLE receiving.arrival IS 'each time a file came, the same bytes again included';

CREATE INDEX ix_arrival_place ON receiving.arrival (place, mark);

CREATE TABLE receiving.notice (
    notice BIGINT GENERATED ALWAYS AS IDENTITY, 
    receipt BIGINT NOT NULL, 
    sentence TEXT NOT NULL, 
    CONSTRAINT pk_notice PRIMARY KEY (notice)
);

COMMENT ON TABLE receiving.notice IS 'what a person should know of a file that was received';

CREATE INDEX ix_notice_receipt ON receiving.notice (receipt);

CREATE TABLE receiving.receipt (
    receipt BIGINT GENERATED ALWAYS AS IDENTITY, 
    sha256 BYTEA NOT NULL, 
    file_name TEXT NOT NULL, 
    sender TEXT NOT NULL, 
    bytes BIGINT NOT NULL, 
    received_at TIMESTAMP WITH TIME ZONE NOT NULL, 
    received_by TEXT NOT NULL, 
    status TEXT NOT NULL, 
    record TEXT, 
    stage TEXT, 
    layout JSONB, 
    counts JSONB, 
    tallies JSONB, 
    sentence TEXT, 
    concluded_at TIMESTAMP WITH TIME ZONE, 
    CONSTRAINT pk_receipt PRIMARY KEY (receipt), 
    CONSTRAINT ck_receipt_status CHECK (status IN ('received', 'staged', 'judged', 'accepted', 'refused')), 
    CONSTRAINT uq_receipt_sha256 UNIQUE (sha256)
);

COMMENT ON TABLE receiving.receipt IS 'one row for each distinct file';

COMMENT ON COLUMN receiving.receipt.sha256 IS 'of the bytes as they came';

COMMENT ON COLUMN receiving.receipt.layout IS 'form, the file''s columns and what each became';

COMMENT ON COLUMN receiving.receipt.counts IS 'lines, rows, accepted, known, refused, findings, blank, other';

COMMENT ON COLUMN receiving.receipt.tallies IS 'for each rule: judged and failed';

COMMENT ON COLUMN receiving.receipt.sentence IS 'why the file was refused whole';

CREATE TABLE receiving.refused (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    lines INTEGER NOT NULL, 
    byte_offset BIGINT NOT NULL, 
    byte_length BIGINT NOT NULL, 
    raw BYTEA NOT NULL, 
    reasons TEXT[] NOT NULL, 
    possible JSONB, 
    CONSTRAINT pk_refused PRIMARY KEY (receipt, line)
);

COMMENT ON TABLE receiving.refused IS 'rows that cannot be used as a record, with all their reasons';

COMMENT ON COLUMN receiving.refused.raw IS 'the line as it came, at most its first 65,536 bytes';

COMMENT ON COLUMN receiving.refused.possible IS 'links that can still be read: {link: [values]}';

CREATE VIEW standing.party AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.party_id,
    version_row.kind,
    version_row.name,
    version_row.address,
    version_row.gln,
    version_row.zone,
    version_row.jurisdiction,
    version_row.contact_24h,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.party AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'party' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.transmittal AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.sender,
    version_row.sequence,
    version_row.file_name,
    version_row.record,
    version_row.row_count,
    version_row.period_from,
    version_row.period_from_offset_min,
    version_row.period_to,
    version_row.period_to_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.transmittal AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'transmittal' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.donation AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.donation_number,
    version_row.scheme,
    version_row.check_character,
    version_row.donor_key,
    version_row.centre,
    version_row.plasma_kind,
    version_row.collected_at,
    version_row.collected_at_offset_min,
    version_row.collected_ml,
    version_row.plasma_ml,
    version_row.donor_weight_kg,
    version_row.total_protein_g_dl,
    version_row.haemoglobin_g_dl,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.donation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'donation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.donor AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.donor_key,
    version_row.as_of,
    version_row.centre,
    version_row.status,
    version_row.sex,
    version_row.qualified_on,
    version_row.examined_on,
    version_row.four_month_sample_on,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.donor AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'donor' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.plasma_unit AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.unit,
    version_row.donation_number,
    version_row.volume_ml,
    version_row.frozen_at,
    version_row.frozen_at_offset_min,
    version_row.storage_max_c,
    version_row.shipping_max_c,
    version_row.above_limit_h,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.plasma_unit AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'plasma_unit' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.test_result AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.sample,
    version_row.marker,
    version_row.run,
    version_row.tested,
    version_row.tested_id,
    version_row.role,
    version_row.method,
    version_row.kit,
    version_row.kit_lot,
    version_row.kit_expires_on,
    version_row.laboratory,
    version_row.analyser,
    version_row.taken_at,
    version_row.taken_at_offset_min,
    version_row.tested_at,
    version_row.tested_at_offset_min,
    version_row.operator,
    version_row.value,
    version_row.value_unit,
    version_row.interpretation,
    version_row.status,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.test_result AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'test_result' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.lot AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.manufacturer,
    version_row.lot_number,
    version_row.step,
    version_row.product,
    version_row.gtin,
    version_row.market,
    version_row.amount,
    version_row.amount_unit,
    version_row.made_at,
    version_row.made_at_offset_min,
    version_row.expires_on,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.lot AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lot' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.lot_input AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.manufacturer,
    version_row.lot_number,
    version_row.step,
    version_row.from_manufacturer,
    version_row.from_number,
    version_row.from_step,
    version_row.amount,
    version_row.amount_unit,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.lot_input AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lot_input' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.pool AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.pool_number,
    version_row.pooled_at,
    version_row.pooled_at_offset_min,
    version_row.volume_l,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.pool AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'pool' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.pool_unit AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.pool_number,
    version_row.unit,
    version_row.volume_ml,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.pool_unit AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'pool_unit' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.lyophilisation AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.cycle,
    version_row.dryer,
    version_row.recipe,
    version_row.loaded_at,
    version_row.loaded_at_offset_min,
    version_row.primary_started_at,
    version_row.primary_started_at_offset_min,
    version_row.secondary_started_at,
    version_row.secondary_started_at_offset_min,
    version_row.unloaded_at,
    version_row.unloaded_at_offset_min,
    version_row.moisture_mean_pct,
    version_row.moisture_max_pct,
    version_row.moisture_n,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.lyophilisation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lyophilisation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.lyophilisation_load AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.cycle,
    version_row.from_lot_number,
    version_row.lot_number,
    version_row.vials,
    version_row.shelves,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.lyophilisation_load AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lyophilisation_load' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.lyophilisation_reading AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.cycle,
    version_row.elapsed_s,
    version_row.phase,
    version_row.phase_step,
    version_row.pressure_set_mtorr,
    version_row.pirani_mtorr,
    version_row.cm_mtorr,
    version_row.shelf_set_c,
    version_row.shelf_c,
    version_row.condenser_c,
    version_row.product_1_c,
    version_row.product_2_c,
    version_row.product_3_c,
    version_row.product_4_c,
    version_row.product_5_c,
    version_row.product_6_c,
    version_row.product_7_c,
    version_row.product_8_c,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.lyophilisation_reading AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lyophilisation_reading' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.delivery AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.from_party,
    version_row.shipment,
    version_row.item,
    version_row.to_party,
    version_row.delivered_at,
    version_row.delivered_at_offset_min,
    version_row.packs,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.delivery AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'delivery' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.dispensing AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.pharmacy,
    version_row.dispensing,
    version_row.to_kind,
    version_row.patient_key,
    version_row.dispensed_at,
    version_row.dispensed_at_offset_min,
    version_row.gtin,
    version_row.serial,
    version_row.lot_number,
    version_row.vials,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.dispensing AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'dispensing' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.pack AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.gtin,
    version_row.serial,
    version_row.manufacturer,
    version_row.lot_number,
    version_row.step,
    version_row.vials,
    version_row.content_g,
    version_row.label_expires_on,
    version_row.packed_at,
    version_row.packed_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.pack AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'pack' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.shipment AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.from_party,
    version_row.shipment,
    version_row.item,
    version_row.kind,
    version_row.to_party,
    version_row.shipped_at,
    version_row.shipped_at_offset_min,
    version_row.gtin,
    version_row.serial,
    version_row.lot_number,
    version_row.packs,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.shipment AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'shipment' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.administration AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.site,
    version_row.administration,
    version_row.patient_key,
    version_row.course,
    version_row.day_of_course,
    version_row.status,
    version_row.setting,
    version_row.first_dose,
    version_row.supervised_by,
    version_row.started_at,
    version_row.started_at_offset_min,
    version_row.ended_at,
    version_row.ended_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.administration AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'administration' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.administration_vial AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.site,
    version_row.administration,
    version_row.item,
    version_row.gtin,
    version_row.serial,
    version_row.position,
    version_row.lot_number,
    version_row.vials,
    version_row.given_g,
    version_row.wasted_g,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.administration_vial AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'administration_vial' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

GRANT USAGE ON SCHEMA receiving TO lots_pipeline, lots_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA receiving TO lots_pipeline, lots_reader;

GRANT USAGE ON SCHEMA accepted TO lots_pipeline, lots_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA accepted TO lots_pipeline, lots_reader;

GRANT USAGE ON SCHEMA standing TO lots_pipeline, lots_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA standing TO lots_pipeline, lots_reader;

GRANT USAGE ON SCHEMA judged TO lots_pipeline, lots_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA judged TO lots_pipeline, lots_reader;

GRANT USAGE ON SCHEMA ledger TO lots_pipeline, lots_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO lots_pipeline, lots_reader;

GRANT USAGE ON SCHEMA lineage TO lots_pipeline, lots_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA lineage TO lots_pipeline, lots_reader;

GRANT CREATE ON SCHEMA receiving TO lots_pipeline;

GRANT INSERT ON ALL TABLES IN SCHEMA accepted TO lots_pipeline;

GRANT INSERT ON receiving.refused TO lots_pipeline;

GRANT INSERT ON receiving.notice TO lots_pipeline;

GRANT INSERT ON receiving.arrival TO lots_pipeline;

GRANT INSERT ON judged.finding TO lots_pipeline;

GRANT INSERT ON ledger.entry TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON receiving.receipt TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON judged.contested TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.node TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.edge TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.closure TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.vial TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.parked TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.progress TO lots_pipeline;
