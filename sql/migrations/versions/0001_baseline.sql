-- All tables as they were declared first. Drafted: python -m lots.store.schema.draft --baseline

CREATE SCHEMA receiving;

CREATE SCHEMA accepted;

CREATE SCHEMA standing;

CREATE SCHEMA judged;

CREATE SCHEMA ledger;

CREATE SCHEMA lineage;

CREATE SCHEMA reference;

CREATE SCHEMA sure;

CREATE SCHEMA access;

CREATE SCHEMA views;

CREATE SCHEMA scanned;

CREATE TABLE accepted.administration (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    treatment_order TEXT,
    catheter_placed_at TIMESTAMP WITH TIME ZONE,
    catheter_placed_at_offset_min SMALLINT,
    catheter_removed_at TIMESTAMP WITH TIME ZONE,
    catheter_removed_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_administration PRIMARY KEY (site, administration, version),
    CONSTRAINT ck_administration_status CHECK (status IN ('given', 'stopped', 'not_given')),
    CONSTRAINT ck_administration_setting CHECK (setting IN ('clinic', 'home')),
    CONSTRAINT ck_administration_first_dose CHECK (first_dose IN ('yes', 'no')),
    CONSTRAINT ck_administration_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_administration_receipt ON accepted.administration (receipt);

CREATE INDEX ix_administration_site_treatment_order ON accepted.administration (site, treatment_order);

CREATE TABLE accepted.administration_vial (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    preparation TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_administration_vial PRIMARY KEY (site, administration, item, version),
    CONSTRAINT ck_administration_vial_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_administration_vial_gtin_serial ON accepted.administration_vial (gtin, serial);

CREATE INDEX ix_administration_vial_lot_number ON accepted.administration_vial (lot_number);

CREATE INDEX ix_administration_vial_receipt ON accepted.administration_vial (receipt);

CREATE INDEX ix_administration_vial_site_preparation ON accepted.administration_vial (site, preparation);

CREATE TABLE accepted.adverse_reaction (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    reporter TEXT NOT NULL,
    reaction TEXT NOT NULL,
    site TEXT,
    administration TEXT,
    patient_key TEXT,
    gtin TEXT,
    serial TEXT,
    lot_number TEXT,
    expires_on_reported DATE,
    onset_at TIMESTAMP WITH TIME ZONE,
    onset_at_offset_min SMALLINT,
    kind TEXT,
    serious TEXT,
    seriousness TEXT,
    outcome TEXT,
    imputability INTEGER,
    aware_at TIMESTAMP WITH TIME ZONE,
    aware_at_offset_min SMALLINT,
    reported_at TIMESTAMP WITH TIME ZONE,
    reported_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_adverse_reaction PRIMARY KEY (reporter, reaction, version),
    CONSTRAINT ck_adverse_reaction_serious CHECK (serious IN ('yes', 'no')),
    CONSTRAINT ck_adverse_reaction_seriousness CHECK (seriousness IN ('death', 'life_threatening', 'hospitalisation', 'disability', 'congenital', 'other')),
    CONSTRAINT ck_adverse_reaction_outcome CHECK (outcome IN ('recovered', 'recovering', 'not_recovered', 'sequelae', 'fatal', 'unknown')),
    CONSTRAINT ck_adverse_reaction_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_adverse_reaction_receipt ON accepted.adverse_reaction (receipt);

CREATE INDEX ix_adverse_reaction_site_administration ON accepted.adverse_reaction (site, administration);

CREATE TABLE accepted.approval (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    party TEXT NOT NULL,
    activity TEXT NOT NULL,
    market TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    authority TEXT,
    licence TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_approval PRIMARY KEY (party, activity, market, valid_from, version),
    CONSTRAINT ck_approval_activity CHECK (activity IN ('collect', 'test', 'make', 'distribute')),
    CONSTRAINT ck_approval_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_approval_receipt ON accepted.approval (receipt);

CREATE TABLE accepted.clearance (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    process_version TEXT NOT NULL,
    virus TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    enveloped TEXT,
    tested TEXT,
    log10 NUMERIC(5, 2),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_clearance PRIMARY KEY (process_version, virus, valid_from, version),
    CONSTRAINT ck_clearance_enveloped CHECK (enveloped IN ('yes', 'no')),
    CONSTRAINT ck_clearance_tested CHECK (tested IN ('yes', 'no')),
    CONSTRAINT ck_clearance_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_clearance_receipt ON accepted.clearance (receipt);

CREATE TABLE accepted.complaint (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    party TEXT NOT NULL,
    complaint TEXT NOT NULL,
    gtin TEXT,
    serial TEXT,
    lot_number TEXT,
    kind TEXT,
    received_at TIMESTAMP WITH TIME ZONE,
    received_at_offset_min SMALLINT,
    outcome TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_complaint PRIMARY KEY (party, complaint, version),
    CONSTRAINT ck_complaint_kind CHECK (kind IN ('appearance', 'particles', 'dissolution', 'packaging', 'label', 'effect', 'other')),
    CONSTRAINT ck_complaint_outcome CHECK (outcome IN ('confirmed', 'not_confirmed', 'open')),
    CONSTRAINT ck_complaint_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_complaint_gtin_serial ON accepted.complaint (gtin, serial);

CREATE INDEX ix_complaint_receipt ON accepted.complaint (receipt);

CREATE TABLE accepted.course_review (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    site TEXT NOT NULL,
    patient_key TEXT NOT NULL,
    reviewed_on DATE NOT NULL,
    decision TEXT,
    reviewed_by TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_course_review PRIMARY KEY (site, patient_key, reviewed_on, version),
    CONSTRAINT ck_course_review_decision CHECK (decision IN ('go_on', 'change', 'stop')),
    CONSTRAINT ck_course_review_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_course_review_receipt ON accepted.course_review (receipt);

CREATE TABLE accepted.deferral (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    centre TEXT NOT NULL,
    deferral TEXT NOT NULL,
    donor_key TEXT,
    deferred_from DATE,
    deferred_until DATE,
    cause TEXT,
    requalified_on DATE,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_deferral PRIMARY KEY (centre, deferral, version),
    CONSTRAINT ck_deferral_cause CHECK (cause IN ('reactive_result', 'examination', 'history', 'travel', 'registry', 'other')),
    CONSTRAINT ck_deferral_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_deferral_donor_key ON accepted.deferral (donor_key);

CREATE INDEX ix_deferral_receipt ON accepted.deferral (receipt);

CREATE TABLE accepted.delivery (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_delivery PRIMARY KEY (from_party, shipment, item, version),
    CONSTRAINT ck_delivery_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_delivery_receipt ON accepted.delivery (receipt);

CREATE INDEX ix_delivery_to_party ON accepted.delivery (to_party);

CREATE TABLE accepted.deviation (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    deviation TEXT NOT NULL,
    kind TEXT,
    batch TEXT,
    lot_number TEXT,
    step TEXT,
    opened_at TIMESTAMP WITH TIME ZONE,
    opened_at_offset_min SMALLINT,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_at_offset_min SMALLINT,
    reported_at TIMESTAMP WITH TIME ZONE,
    reported_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_deviation PRIMARY KEY (plant, deviation, version),
    CONSTRAINT ck_deviation_kind CHECK (kind IN ('vacuum', 'power', 'condenser', 'shelf', 'leak', 'probe', 'stopper', 'breakage', 'temperature', 'label', 'paper', 'other')),
    CONSTRAINT ck_deviation_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_deviation_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_deviation_plant_lot_number_step ON accepted.deviation (plant, lot_number, step);

CREATE INDEX ix_deviation_receipt ON accepted.deviation (receipt);

CREATE TABLE accepted.dispensing (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    position INTEGER,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_dispensing PRIMARY KEY (pharmacy, dispensing, version),
    CONSTRAINT ck_dispensing_to_kind CHECK (to_kind IN ('patient', 'ward', 'home')),
    CONSTRAINT ck_dispensing_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_dispensing_gtin_serial ON accepted.dispensing (gtin, serial);

CREATE INDEX ix_dispensing_lot_number ON accepted.dispensing (lot_number);

CREATE INDEX ix_dispensing_receipt ON accepted.dispensing (receipt);

CREATE TABLE accepted.donation (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_donation PRIMARY KEY (donation_number, version),
    CONSTRAINT ck_donation_scheme CHECK (scheme IN ('ISBT128', 'own')),
    CONSTRAINT ck_donation_plasma_kind CHECK (plasma_kind IN ('source', 'recovered')),
    CONSTRAINT ck_donation_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_donation_donor_key ON accepted.donation (donor_key);

CREATE INDEX ix_donation_receipt ON accepted.donation (receipt);

CREATE TABLE accepted.donor (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_donor PRIMARY KEY (donor_key, as_of, version),
    CONSTRAINT ck_donor_status CHECK (status IN ('applicant', 'qualified', 'deferred')),
    CONSTRAINT ck_donor_sex CHECK (sex IN ('F', 'M')),
    CONSTRAINT ck_donor_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_donor_receipt ON accepted.donor (receipt);

CREATE TABLE accepted.donor_exam (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    centre TEXT NOT NULL,
    exam TEXT NOT NULL,
    donor_key TEXT,
    kind TEXT,
    examined_on DATE,
    reviewed_on DATE,
    reviewed_by TEXT,
    conclusion TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_donor_exam PRIMARY KEY (centre, exam, version),
    CONSTRAINT ck_donor_exam_kind CHECK (kind IN ('physical', 'four_month_sample')),
    CONSTRAINT ck_donor_exam_conclusion CHECK (conclusion IN ('suitable', 'unsuitable')),
    CONSTRAINT ck_donor_exam_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_donor_exam_donor_key ON accepted.donor_exam (donor_key);

CREATE INDEX ix_donor_exam_receipt ON accepted.donor_exam (receipt);

CREATE TABLE accepted.dryer_recipe (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    recipe TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    interval_s INTEGER,
    pirani TEXT,
    probes INTEGER,
    collapse_c NUMERIC(5, 2),
    margin_c NUMERIC(5, 2),
    end_ratio NUMERIC(6, 3),
    end_min INTEGER,
    moisture_max_pct NUMERIC(6, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_dryer_recipe PRIMARY KEY (plant, recipe, valid_from, version),
    CONSTRAINT ck_dryer_recipe_pirani CHECK (pirani IN ('yes', 'no')),
    CONSTRAINT ck_dryer_recipe_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_dryer_recipe_receipt ON accepted.dryer_recipe (receipt);

CREATE TABLE accepted.excursion (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    party TEXT NOT NULL,
    excursion TEXT NOT NULL,
    from_party TEXT,
    shipment TEXT,
    began_at TIMESTAMP WITH TIME ZONE,
    began_at_offset_min SMALLINT,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_at_offset_min SMALLINT,
    coldest_c NUMERIC(5, 2),
    warmest_c NUMERIC(5, 2),
    fit TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_excursion PRIMARY KEY (party, excursion, version),
    CONSTRAINT ck_excursion_fit CHECK (fit IN ('yes', 'no')),
    CONSTRAINT ck_excursion_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_excursion_from_party_shipment ON accepted.excursion (from_party, shipment);

CREATE INDEX ix_excursion_receipt ON accepted.excursion (receipt);

CREATE TABLE accepted.external_lot (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    supplier TEXT NOT NULL,
    lot_number TEXT NOT NULL,
    kind TEXT,
    product TEXT,
    received_at TIMESTAMP WITH TIME ZONE,
    received_at_offset_min SMALLINT,
    donor_data_holder TEXT,
    certificate TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_external_lot PRIMARY KEY (supplier, lot_number, version),
    CONSTRAINT ck_external_lot_kind CHECK (kind IN ('paste', 'bulk', 'toll_work', 'excipient', 'repacked')),
    CONSTRAINT ck_external_lot_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_external_lot_receipt ON accepted.external_lot (receipt);

CREATE TABLE accepted.filling (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    batch TEXT NOT NULL,
    fill_line TEXT,
    stopper_lot TEXT,
    filter_lot TEXT,
    started_at TIMESTAMP WITH TIME ZONE,
    started_at_offset_min SMALLINT,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_at_offset_min SMALLINT,
    vials_filled INTEGER,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_filling PRIMARY KEY (plant, batch, version),
    CONSTRAINT ck_filling_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_filling_receipt ON accepted.filling (receipt);

CREATE TABLE accepted.filling_load (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    batch TEXT NOT NULL,
    from_lot_number TEXT NOT NULL,
    lot_number TEXT NOT NULL,
    vials INTEGER,
    amount_kg NUMERIC(12, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_filling_load PRIMARY KEY (plant, batch, from_lot_number, lot_number, version),
    CONSTRAINT ck_filling_load_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_filling_load_plant_from_lot_number ON accepted.filling_load (plant, from_lot_number);

CREATE INDEX ix_filling_load_plant_lot_number ON accepted.filling_load (plant, lot_number);

CREATE INDEX ix_filling_load_receipt ON accepted.filling_load (receipt);

CREATE TABLE accepted.infusion_rate (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    site TEXT NOT NULL,
    administration TEXT NOT NULL,
    minute INTEGER NOT NULL,
    rate_ml_h NUMERIC(7, 2),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_infusion_rate PRIMARY KEY (site, administration, minute, version),
    CONSTRAINT ck_infusion_rate_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_infusion_rate_receipt ON accepted.infusion_rate (receipt);

CREATE TABLE accepted.inspection (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    manufacturer TEXT NOT NULL,
    inspection TEXT NOT NULL,
    lot_number TEXT,
    step TEXT,
    inspected_at TIMESTAMP WITH TIME ZONE,
    inspected_at_offset_min SMALLINT,
    vials_inspected INTEGER,
    rejects_critical INTEGER,
    rejects_major INTEGER,
    rejects_minor INTEGER,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_inspection PRIMARY KEY (manufacturer, inspection, version),
    CONSTRAINT ck_inspection_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_inspection_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_inspection_manufacturer_lot_number_step ON accepted.inspection (manufacturer, lot_number, step);

CREATE INDEX ix_inspection_receipt ON accepted.inspection (receipt);

CREATE TABLE accepted.known (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    of_receipt BIGINT NOT NULL,
    of_line BIGINT NOT NULL,
    CONSTRAINT pk_known PRIMARY KEY (receipt, line)
);

CREATE INDEX ix_known_of ON accepted.known (of_receipt, of_line);

CREATE TABLE accepted.lot (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_lot PRIMARY KEY (manufacturer, lot_number, step, version),
    CONSTRAINT ck_lot_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_lot_amount_unit CHECK (amount_unit IN ('kg', 'L', 'vials', 'packs')),
    CONSTRAINT ck_lot_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_lot_lot_number ON accepted.lot (lot_number);

CREATE INDEX ix_lot_receipt ON accepted.lot (receipt);

CREATE TABLE accepted.lot_input (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_lot_input PRIMARY KEY (manufacturer, lot_number, step, from_manufacturer, from_number, from_step, version),
    CONSTRAINT ck_lot_input_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_lot_input_from_step CHECK (from_step IN ('pool', 'paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_lot_input_amount_unit CHECK (amount_unit IN ('kg', 'L', 'vials', 'packs')),
    CONSTRAINT ck_lot_input_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_lot_input_from_manufacturer_from_number ON accepted.lot_input (from_manufacturer, from_number);

CREATE INDEX ix_lot_input_from_manufacturer_from_number_from_step ON accepted.lot_input (from_manufacturer, from_number, from_step);

CREATE INDEX ix_lot_input_receipt ON accepted.lot_input (receipt);

CREATE TABLE accepted.lot_test (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    manufacturer TEXT NOT NULL,
    lot_number TEXT NOT NULL,
    step TEXT NOT NULL,
    test TEXT NOT NULL,
    run INTEGER NOT NULL,
    value NUMERIC(18, 6),
    value_unit TEXT,
    conclusion TEXT,
    laboratory TEXT,
    tested_at TIMESTAMP WITH TIME ZONE,
    tested_at_offset_min SMALLINT,
    status TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_lot_test PRIMARY KEY (manufacturer, lot_number, step, test, run, version),
    CONSTRAINT ck_lot_test_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_lot_test_conclusion CHECK (conclusion IN ('passed', 'failed', 'invalid')),
    CONSTRAINT ck_lot_test_status CHECK (status IN ('preliminary', 'final', 'corrected')),
    CONSTRAINT ck_lot_test_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_lot_test_receipt ON accepted.lot_test (receipt);

CREATE TABLE accepted.lot_test_specification (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    gtin TEXT NOT NULL,
    test TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    low NUMERIC(18, 6),
    high NUMERIC(18, 6),
    value_unit TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_lot_test_specification PRIMARY KEY (gtin, test, valid_from, version),
    CONSTRAINT ck_lot_test_specification_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_lot_test_specification_receipt ON accepted.lot_test_specification (receipt);

CREATE TABLE accepted.lyophilisation (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_lyophilisation PRIMARY KEY (plant, cycle, version),
    CONSTRAINT ck_lyophilisation_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_lyophilisation_receipt ON accepted.lyophilisation (receipt);

CREATE TABLE accepted.lyophilisation_load (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    cycle TEXT NOT NULL,
    from_lot_number TEXT NOT NULL,
    lot_number TEXT NOT NULL,
    vials INTEGER,
    shelves TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_lyophilisation_load PRIMARY KEY (plant, cycle, from_lot_number, lot_number, version),
    CONSTRAINT ck_lyophilisation_load_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_lyophilisation_load_plant_from_lot_number ON accepted.lyophilisation_load (plant, from_lot_number);

CREATE INDEX ix_lyophilisation_load_plant_lot_number ON accepted.lyophilisation_load (plant, lot_number);

CREATE INDEX ix_lyophilisation_load_receipt ON accepted.lyophilisation_load (receipt);

CREATE TABLE accepted.lyophilisation_reading (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_lyophilisation_reading PRIMARY KEY (plant, cycle, elapsed_s, version),
    CONSTRAINT ck_lyophilisation_reading_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_lyophilisation_reading_receipt ON accepted.lyophilisation_reading (receipt);

CREATE TABLE accepted.minipool_member (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    minipool TEXT NOT NULL,
    member_kind TEXT NOT NULL,
    member TEXT NOT NULL,
    laboratory TEXT,
    mixed_at TIMESTAMP WITH TIME ZONE,
    mixed_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_minipool_member PRIMARY KEY (minipool, member_kind, member, version),
    CONSTRAINT ck_minipool_member_member_kind CHECK (member_kind IN ('donation', 'minipool')),
    CONSTRAINT ck_minipool_member_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_minipool_member_member ON accepted.minipool_member (member);

CREATE INDEX ix_minipool_member_receipt ON accepted.minipool_member (receipt);

CREATE TABLE accepted.official_release (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    manufacturer TEXT NOT NULL,
    lot_number TEXT NOT NULL,
    market TEXT NOT NULL,
    authority TEXT,
    certificate TEXT,
    released_at TIMESTAMP WITH TIME ZONE,
    released_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_official_release PRIMARY KEY (manufacturer, lot_number, market, version),
    CONSTRAINT ck_official_release_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_official_release_receipt ON accepted.official_release (receipt);

CREATE TABLE accepted.pack (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_pack PRIMARY KEY (gtin, serial, version),
    CONSTRAINT ck_pack_step CHECK (step IN ('packed')),
    CONSTRAINT ck_pack_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_pack_lot_number ON accepted.pack (lot_number);

CREATE INDEX ix_pack_manufacturer_lot_number_step ON accepted.pack (manufacturer, lot_number, step);

CREATE INDEX ix_pack_near ON accepted.pack (ltrim(translate(upper(serial COLLATE "C"), 'OQILZSGB!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~ ', '00112568'), '0'));

CREATE INDEX ix_pack_receipt ON accepted.pack (receipt);

CREATE TABLE accepted.package_content (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    sscc TEXT NOT NULL,
    item INTEGER NOT NULL,
    child_sscc TEXT,
    gtin TEXT,
    serial TEXT,
    lot_number TEXT,
    packs INTEGER,
    packed_at TIMESTAMP WITH TIME ZONE,
    packed_at_offset_min SMALLINT,
    unpacked_at TIMESTAMP WITH TIME ZONE,
    unpacked_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_package_content PRIMARY KEY (sscc, item, version),
    CONSTRAINT ck_package_content_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_package_content_child_sscc ON accepted.package_content (child_sscc);

CREATE INDEX ix_package_content_gtin_serial ON accepted.package_content (gtin, serial);

CREATE INDEX ix_package_content_lot_number ON accepted.package_content (lot_number);

CREATE INDEX ix_package_content_receipt ON accepted.package_content (receipt);

CREATE TABLE accepted.party (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_party PRIMARY KEY (party_id, version),
    CONSTRAINT ck_party_kind CHECK (kind IN ('centre', 'laboratory', 'plant', 'wholesaler', 'pharmacy', 'clinic', 'patient_home')),
    CONSTRAINT ck_party_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_party_receipt ON accepted.party (receipt);

CREATE TABLE accepted.plasma_unit (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_plasma_unit PRIMARY KEY (unit, version),
    CONSTRAINT ck_plasma_unit_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_plasma_unit_donation_number ON accepted.plasma_unit (donation_number);

CREATE INDEX ix_plasma_unit_receipt ON accepted.plasma_unit (receipt);

CREATE TABLE accepted.pool (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    pool_number TEXT NOT NULL,
    pooled_at TIMESTAMP WITH TIME ZONE,
    pooled_at_offset_min SMALLINT,
    volume_l NUMERIC(10, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_pool PRIMARY KEY (plant, pool_number, version),
    CONSTRAINT ck_pool_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_pool_pool_number ON accepted.pool (pool_number);

CREATE INDEX ix_pool_receipt ON accepted.pool (receipt);

CREATE TABLE accepted.pool_unit (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    pool_number TEXT NOT NULL,
    unit TEXT NOT NULL,
    volume_ml NUMERIC(8, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_pool_unit PRIMARY KEY (plant, pool_number, unit, version),
    CONSTRAINT ck_pool_unit_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_pool_unit_receipt ON accepted.pool_unit (receipt);

CREATE INDEX ix_pool_unit_unit ON accepted.pool_unit (unit);

CREATE TABLE accepted.post_donation_information (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    centre TEXT NOT NULL,
    information TEXT NOT NULL,
    donor_key TEXT,
    donation_number TEXT,
    kind TEXT,
    effective_on DATE,
    learned_at TIMESTAMP WITH TIME ZONE,
    learned_at_offset_min SMALLINT,
    reviewed_at TIMESTAMP WITH TIME ZONE,
    reviewed_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_post_donation_information PRIMARY KEY (centre, information, version),
    CONSTRAINT ck_post_donation_information_kind CHECK (kind IN ('health_criteria', 'later_marker', 'testing', 'donor_disease', 'cjd', 'travel', 'recipient_infection')),
    CONSTRAINT ck_post_donation_information_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_post_donation_information_donation_number ON accepted.post_donation_information (donation_number);

CREATE INDEX ix_post_donation_information_donor_key ON accepted.post_donation_information (donor_key);

CREATE INDEX ix_post_donation_information_receipt ON accepted.post_donation_information (receipt);

CREATE TABLE accepted.process_version (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    process_version TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    method TEXT,
    solvent TEXT,
    solvent_pct NUMERIC(7, 4),
    detergent TEXT,
    detergent_pct NUMERIC(7, 4),
    tolerance_pct NUMERIC(5, 2),
    hold_h NUMERIC(6, 2),
    temperature_min_c NUMERIC(5, 2),
    temperature_max_c NUMERIC(5, 2),
    prefilter_max_um NUMERIC(7, 3),
    residual_solvent_max_ug_ml NUMERIC(9, 3),
    residual_detergent_max_ug_ml NUMERIC(9, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_process_version PRIMARY KEY (process_version, valid_from, version),
    CONSTRAINT ck_process_version_method CHECK (method IN ('solvent_detergent', 'nanofiltration', 'low_ph', 'caprylate', 'pasteurisation')),
    CONSTRAINT ck_process_version_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_process_version_receipt ON accepted.process_version (receipt);

CREATE TABLE accepted.product (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    gtin TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    name TEXT,
    content_g NUMERIC(7, 3),
    low_iga TEXT,
    iga_ug_ml NUMERIC(9, 3),
    stabiliser TEXT,
    human_excipient TEXT,
    storage_max_c NUMERIC(5, 2),
    shelf_life_months INTEGER,
    bench_h NUMERIC(6, 2),
    laminar_h NUMERIC(6, 2),
    donors_min INTEGER,
    donors_max INTEGER,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_product PRIMARY KEY (gtin, valid_from, version),
    CONSTRAINT ck_product_low_iga CHECK (low_iga IN ('yes', 'no')),
    CONSTRAINT ck_product_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_product_receipt ON accepted.product (receipt);

CREATE TABLE accepted.product_preparation (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    gtin TEXT NOT NULL,
    concentration_pct INTEGER NOT NULL,
    diluent TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    diluent_ml NUMERIC(7, 2),
    tolerance_pct NUMERIC(5, 2),
    rate_max_ml_kg_h NUMERIC(7, 3),
    rate_risk_ml_kg_h NUMERIC(7, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_product_preparation PRIMARY KEY (gtin, concentration_pct, diluent, valid_from, version),
    CONSTRAINT ck_product_preparation_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_product_preparation_receipt ON accepted.product_preparation (receipt);

CREATE TABLE accepted.reconstitution (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    site TEXT NOT NULL,
    preparation TEXT NOT NULL,
    treatment_order TEXT,
    diluent TEXT,
    diluent_lot TEXT,
    volume_ml NUMERIC(8, 2),
    concentration_pct INTEGER,
    started_at TIMESTAMP WITH TIME ZONE,
    started_at_offset_min SMALLINT,
    completed_at TIMESTAMP WITH TIME ZONE,
    completed_at_offset_min SMALLINT,
    place TEXT,
    stored_c NUMERIC(5, 2),
    clear TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_reconstitution PRIMARY KEY (site, preparation, version),
    CONSTRAINT ck_reconstitution_place CHECK (place IN ('bench', 'laminar_flow')),
    CONSTRAINT ck_reconstitution_clear CHECK (clear IN ('yes', 'no')),
    CONSTRAINT ck_reconstitution_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_reconstitution_receipt ON accepted.reconstitution (receipt);

CREATE INDEX ix_reconstitution_site_treatment_order ON accepted.reconstitution (site, treatment_order);

CREATE TABLE accepted.reconstitution_vial (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    site TEXT NOT NULL,
    preparation TEXT NOT NULL,
    item INTEGER NOT NULL,
    gtin TEXT,
    serial TEXT,
    lot_number TEXT,
    position INTEGER,
    vials INTEGER,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_reconstitution_vial PRIMARY KEY (site, preparation, item, version),
    CONSTRAINT ck_reconstitution_vial_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_reconstitution_vial_gtin_serial ON accepted.reconstitution_vial (gtin, serial);

CREATE INDEX ix_reconstitution_vial_receipt ON accepted.reconstitution_vial (receipt);

CREATE TABLE accepted.relabelling (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    gtin TEXT NOT NULL,
    serial TEXT NOT NULL,
    new_gtin TEXT NOT NULL,
    new_serial TEXT NOT NULL,
    party TEXT,
    relabelled_at TIMESTAMP WITH TIME ZONE,
    relabelled_at_offset_min SMALLINT,
    reason TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_relabelling PRIMARY KEY (gtin, serial, new_gtin, new_serial, version),
    CONSTRAINT ck_relabelling_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_relabelling_new_gtin_new_serial ON accepted.relabelling (new_gtin, new_serial);

CREATE INDEX ix_relabelling_party ON accepted.relabelling (party);

CREATE INDEX ix_relabelling_receipt ON accepted.relabelling (receipt);

CREATE TABLE accepted.reporting_clock (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    jurisdiction TEXT NOT NULL,
    event TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    days INTEGER,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_reporting_clock PRIMARY KEY (jurisdiction, event, valid_from, version),
    CONSTRAINT ck_reporting_clock_event CHECK (event IN ('serious_reaction', 'deviation', 'donor_information', 'course_review', 'unlinked_vial')),
    CONSTRAINT ck_reporting_clock_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_reporting_clock_receipt ON accepted.reporting_clock (receipt);

CREATE TABLE accepted.same_person (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    party TEXT NOT NULL,
    statement TEXT NOT NULL,
    kind TEXT,
    one_key TEXT,
    other_key TEXT,
    confidence TEXT,
    stated_by TEXT,
    stated_at TIMESTAMP WITH TIME ZONE,
    stated_at_offset_min SMALLINT,
    status TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_same_person PRIMARY KEY (party, statement, version),
    CONSTRAINT ck_same_person_kind CHECK (kind IN ('donor', 'patient')),
    CONSTRAINT ck_same_person_confidence CHECK (confidence IN ('certain', 'probable')),
    CONSTRAINT ck_same_person_status CHECK (status IN ('stated', 'withdrawn')),
    CONSTRAINT ck_same_person_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_same_person_receipt ON accepted.same_person (receipt);

CREATE TABLE accepted.sample (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    manufacturer TEXT NOT NULL,
    sample TEXT NOT NULL,
    lot_number TEXT,
    step TEXT,
    purpose TEXT,
    vials INTEGER,
    taken_at TIMESTAMP WITH TIME ZONE,
    taken_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_sample PRIMARY KEY (manufacturer, sample, version),
    CONSTRAINT ck_sample_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_sample_purpose CHECK (purpose IN ('quality_control', 'official', 'reserve', 'stability')),
    CONSTRAINT ck_sample_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_sample_manufacturer_lot_number_step ON accepted.sample (manufacturer, lot_number, step);

CREATE INDEX ix_sample_receipt ON accepted.sample (receipt);

CREATE TABLE accepted.screening_requirement (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    jurisdiction TEXT NOT NULL,
    plasma_kind TEXT NOT NULL,
    level TEXT NOT NULL,
    marker TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    limit_iu_ml NUMERIC(15, 3),
    term_days INTEGER,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_screening_requirement PRIMARY KEY (jurisdiction, plasma_kind, level, marker, valid_from, version),
    CONSTRAINT ck_screening_requirement_plasma_kind CHECK (plasma_kind IN ('source', 'recovered')),
    CONSTRAINT ck_screening_requirement_level CHECK (level IN ('donation', 'pool')),
    CONSTRAINT ck_screening_requirement_marker CHECK (marker IN ('HBsAg', 'anti-HCV', 'anti-HIV-1/2', 'anti-HBc', 'HIV-NAT', 'HCV-NAT', 'HBV-NAT', 'HAV-NAT', 'B19V-NAT', 'HEV-NAT', 'syphilis')),
    CONSTRAINT ck_screening_requirement_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_screening_requirement_receipt ON accepted.screening_requirement (receipt);

CREATE TABLE accepted.screening_scheme (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    jurisdiction TEXT NOT NULL,
    plasma_kind TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    citation TEXT,
    prepared_by TEXT,
    approved_by TEXT,
    interval_days INTEGER,
    week_max INTEGER,
    hold_days INTEGER,
    exam_days INTEGER,
    sample_months INTEGER,
    sample_late_months INTEGER,
    lookback_months INTEGER,
    haemoglobin_f_g_dl NUMERIC(5, 2),
    haemoglobin_m_g_dl NUMERIC(5, 2),
    thaw_h INTEGER,
    storage_max_c NUMERIC(5, 2),
    thaw_max_c NUMERIC(5, 2),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_screening_scheme PRIMARY KEY (jurisdiction, plasma_kind, valid_from, version),
    CONSTRAINT ck_screening_scheme_plasma_kind CHECK (plasma_kind IN ('source', 'recovered')),
    CONSTRAINT ck_screening_scheme_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_screening_scheme_receipt ON accepted.screening_scheme (receipt);

CREATE TABLE accepted.shipment (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    sscc TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_shipment PRIMARY KEY (from_party, shipment, item, version),
    CONSTRAINT ck_shipment_kind CHECK (kind IN ('sale', 'transfer', 'return', 'trial_supply')),
    CONSTRAINT ck_shipment_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_shipment_gtin_serial ON accepted.shipment (gtin, serial);

CREATE INDEX ix_shipment_lot_number ON accepted.shipment (lot_number);

CREATE INDEX ix_shipment_receipt ON accepted.shipment (receipt);

CREATE INDEX ix_shipment_sscc_serial ON accepted.shipment (sscc, serial);

CREATE INDEX ix_shipment_to_party ON accepted.shipment (to_party);

CREATE TABLE accepted.stock_count (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    party TEXT NOT NULL,
    stocktake TEXT NOT NULL,
    item INTEGER NOT NULL,
    gtin TEXT,
    serial TEXT,
    lot_number TEXT,
    packs INTEGER,
    counted_at TIMESTAMP WITH TIME ZONE,
    counted_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_stock_count PRIMARY KEY (party, stocktake, item, version),
    CONSTRAINT ck_stock_count_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_stock_count_gtin_serial ON accepted.stock_count (gtin, serial);

CREATE INDEX ix_stock_count_lot_number ON accepted.stock_count (lot_number);

CREATE INDEX ix_stock_count_receipt ON accepted.stock_count (receipt);

CREATE TABLE accepted.test_result (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
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
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_test_result PRIMARY KEY (sample, marker, run, version),
    CONSTRAINT ck_test_result_marker CHECK (marker IN ('HBsAg', 'anti-HCV', 'anti-HIV-1/2', 'anti-HBc', 'HIV-NAT', 'HCV-NAT', 'HBV-NAT', 'HAV-NAT', 'B19V-NAT', 'HEV-NAT', 'syphilis')),
    CONSTRAINT ck_test_result_tested CHECK (tested IN ('donation', 'donor', 'minipool', 'pool', 'lot')),
    CONSTRAINT ck_test_result_role CHECK (role IN ('initial', 'repeat', 'resolution', 'supplemental', 'look-back')),
    CONSTRAINT ck_test_result_operator CHECK (operator IN ('=', '<', '>', '<=', '>=')),
    CONSTRAINT ck_test_result_interpretation CHECK (interpretation IN ('nonreactive', 'reactive', 'repeatedly_reactive', 'indeterminate', 'invalid')),
    CONSTRAINT ck_test_result_status CHECK (status IN ('preliminary', 'final', 'corrected')),
    CONSTRAINT ck_test_result_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_test_result_kit_lot ON accepted.test_result (kit_lot);

CREATE INDEX ix_test_result_reactive ON accepted.test_result (tested_id) WHERE interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate');

CREATE INDEX ix_test_result_receipt ON accepted.test_result (receipt);

CREATE INDEX ix_test_result_tested_id ON accepted.test_result (tested_id);

CREATE TABLE accepted.transmittal (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    sender TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    record TEXT,
    row_count INTEGER,
    period_from TIMESTAMP WITH TIME ZONE,
    period_from_offset_min SMALLINT,
    period_to TIMESTAMP WITH TIME ZONE,
    period_to_offset_min SMALLINT,
    sha256 TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_transmittal PRIMARY KEY (sender, sequence, file_name, version),
    CONSTRAINT ck_transmittal_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_transmittal_receipt ON accepted.transmittal (receipt);

CREATE TABLE accepted.treatment_order (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    site TEXT NOT NULL,
    treatment_order TEXT NOT NULL,
    patient_key TEXT,
    ordered_at TIMESTAMP WITH TIME ZONE,
    ordered_at_offset_min SMALLINT,
    indication TEXT,
    weight_kg NUMERIC(6, 3),
    heart_failure TEXT,
    kidney TEXT,
    diabetes TEXT,
    circulation TEXT,
    allergy TEXT,
    iga_deficiency TEXT,
    thrombosis TEXT,
    dose_g NUMERIC(7, 3),
    days INTEGER,
    courses INTEGER,
    interval_days INTEGER,
    failed_therapies TEXT,
    authorisation TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_treatment_order PRIMARY KEY (site, treatment_order, version),
    CONSTRAINT ck_treatment_order_indication CHECK (indication IN ('PID', 'CLL', 'ITP', 'Kawasaki', 'CIDP', 'MS', 'other')),
    CONSTRAINT ck_treatment_order_heart_failure CHECK (heart_failure IN ('yes', 'no')),
    CONSTRAINT ck_treatment_order_kidney CHECK (kidney IN ('yes', 'no')),
    CONSTRAINT ck_treatment_order_diabetes CHECK (diabetes IN ('yes', 'no')),
    CONSTRAINT ck_treatment_order_circulation CHECK (circulation IN ('yes', 'no')),
    CONSTRAINT ck_treatment_order_allergy CHECK (allergy IN ('yes', 'no')),
    CONSTRAINT ck_treatment_order_iga_deficiency CHECK (iga_deficiency IN ('yes', 'no')),
    CONSTRAINT ck_treatment_order_thrombosis CHECK (thrombosis IN ('yes', 'no')),
    CONSTRAINT ck_treatment_order_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_treatment_order_receipt ON accepted.treatment_order (receipt);

CREATE TABLE accepted.unit_event (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    unit TEXT NOT NULL,
    event TEXT NOT NULL,
    kind TEXT,
    at TIMESTAMP WITH TIME ZONE,
    at_offset_min SMALLINT,
    party TEXT,
    reason TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_unit_event PRIMARY KEY (unit, event, version),
    CONSTRAINT ck_unit_event_kind CHECK (kind IN ('held', 'let_go', 'relabelled', 'shipped', 'destroyed', 'other_use')),
    CONSTRAINT ck_unit_event_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_unit_event_receipt ON accepted.unit_event (receipt);

CREATE TABLE accepted.vial_fate (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    party TEXT NOT NULL,
    fate TEXT NOT NULL,
    kind TEXT,
    gtin TEXT,
    serial TEXT,
    lot_number TEXT,
    position INTEGER,
    vials INTEGER,
    fit TEXT,
    at TIMESTAMP WITH TIME ZONE,
    at_offset_min SMALLINT,
    reason TEXT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_vial_fate PRIMARY KEY (party, fate, version),
    CONSTRAINT ck_vial_fate_kind CHECK (kind IN ('returned', 'destroyed', 'lost', 'wasted')),
    CONSTRAINT ck_vial_fate_fit CHECK (fit IN ('yes', 'no')),
    CONSTRAINT ck_vial_fate_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_vial_fate_gtin_serial ON accepted.vial_fate (gtin, serial);

CREATE INDEX ix_vial_fate_lot_number ON accepted.vial_fate (lot_number);

CREATE INDEX ix_vial_fate_receipt ON accepted.vial_fate (receipt);

CREATE TABLE accepted.viral_inactivation (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    batch TEXT NOT NULL,
    process_version TEXT,
    prefilter_um NUMERIC(7, 3),
    prefilter_lot TEXT,
    prefiltered_at TIMESTAMP WITH TIME ZONE,
    prefiltered_at_offset_min SMALLINT,
    solvent TEXT,
    solvent_lot TEXT,
    solvent_start_pct NUMERIC(7, 4),
    solvent_end_pct NUMERIC(7, 4),
    detergent TEXT,
    detergent_lot TEXT,
    detergent_start_pct NUMERIC(7, 4),
    detergent_end_pct NUMERIC(7, 4),
    ph NUMERIC(5, 3),
    started_at TIMESTAMP WITH TIME ZONE,
    started_at_offset_min SMALLINT,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_at_offset_min SMALLINT,
    temperature_min_c NUMERIC(5, 2),
    temperature_mean_c NUMERIC(5, 2),
    temperature_max_c NUMERIC(5, 2),
    vessel_1 TEXT,
    vessel_2 TEXT,
    residual_solvent_ug_ml NUMERIC(9, 3),
    residual_detergent_ug_ml NUMERIC(9, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_viral_inactivation PRIMARY KEY (plant, batch, version),
    CONSTRAINT ck_viral_inactivation_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_viral_inactivation_receipt ON accepted.viral_inactivation (receipt);

CREATE TABLE accepted.viral_inactivation_load (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    batch TEXT NOT NULL,
    from_lot_number TEXT NOT NULL,
    from_step TEXT NOT NULL,
    lot_number TEXT NOT NULL,
    step TEXT NOT NULL,
    amount_kg NUMERIC(12, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_viral_inactivation_load PRIMARY KEY (plant, batch, from_lot_number, from_step, lot_number, step, version),
    CONSTRAINT ck_viral_inactivation_load_from_step CHECK (from_step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_viral_inactivation_load_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_viral_inactivation_load_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_viral_inactivation_load_plant_from_lot_number_from_step ON accepted.viral_inactivation_load (plant, from_lot_number, from_step);

CREATE INDEX ix_viral_inactivation_load_plant_lot_number_step ON accepted.viral_inactivation_load (plant, lot_number, step);

CREATE INDEX ix_viral_inactivation_load_receipt ON accepted.viral_inactivation_load (receipt);

CREATE TABLE accepted.virus_removal (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    batch TEXT NOT NULL,
    process_version TEXT,
    method TEXT,
    filter_lot TEXT,
    filter_nm NUMERIC(6, 2),
    integrity_before TEXT,
    integrity_after TEXT,
    ph NUMERIC(5, 3),
    temperature_min_c NUMERIC(5, 2),
    temperature_max_c NUMERIC(5, 2),
    started_at TIMESTAMP WITH TIME ZONE,
    started_at_offset_min SMALLINT,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_at_offset_min SMALLINT,
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_virus_removal PRIMARY KEY (plant, batch, version),
    CONSTRAINT ck_virus_removal_method CHECK (method IN ('nanofiltration', 'low_ph', 'caprylate', 'pasteurisation')),
    CONSTRAINT ck_virus_removal_integrity_before CHECK (integrity_before IN ('pass', 'fail')),
    CONSTRAINT ck_virus_removal_integrity_after CHECK (integrity_after IN ('pass', 'fail')),
    CONSTRAINT ck_virus_removal_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_virus_removal_receipt ON accepted.virus_removal (receipt);

CREATE TABLE accepted.virus_removal_load (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    version SMALLINT NOT NULL,
    rank INTEGER NOT NULL,
    content BYTEA NOT NULL,
    unread JSONB,
    undeclared JSONB,
    plant TEXT NOT NULL,
    batch TEXT NOT NULL,
    from_lot_number TEXT NOT NULL,
    from_step TEXT NOT NULL,
    lot_number TEXT NOT NULL,
    step TEXT NOT NULL,
    amount_kg NUMERIC(12, 3),
    correction INTEGER,
    corrected_by TEXT,
    correction_reason TEXT,
    retracted TEXT,
    sent JSONB,
    CONSTRAINT pk_virus_removal_load PRIMARY KEY (plant, batch, from_lot_number, from_step, lot_number, step, version),
    CONSTRAINT ck_virus_removal_load_from_step CHECK (from_step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_virus_removal_load_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')),
    CONSTRAINT ck_virus_removal_load_retracted CHECK (retracted IN ('never_happened', 'replacement_due'))
);

CREATE INDEX ix_virus_removal_load_plant_from_lot_number_from_step ON accepted.virus_removal_load (plant, from_lot_number, from_step);

CREATE INDEX ix_virus_removal_load_plant_lot_number_step ON accepted.virus_removal_load (plant, lot_number, step);

CREATE INDEX ix_virus_removal_load_receipt ON accepted.virus_removal_load (receipt);

CREATE TABLE access.account (
    account BIGINT GENERATED ALWAYS AS IDENTITY,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    role TEXT NOT NULL,
    site TEXT,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    made_by BIGINT,
    password TEXT,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_account PRIMARY KEY (account),
    CONSTRAINT ck_account_role CHECK (role IN ('pharmacist', 'nurse', 'sending_system', 'qa', 'qa_approver', 'safety_officer', 'regulator', 'administrator')),
    CONSTRAINT ck_account_site CHECK ((role = 'pharmacist' OR role = 'nurse' OR role = 'sending_system') = (site IS NOT NULL)),
    CONSTRAINT uq_account_name UNIQUE (name)
);

CREATE TABLE access.api_key (
    api_key BIGINT GENERATED ALWAYS AS IDENTITY,
    token BYTEA NOT NULL,
    account BIGINT NOT NULL,
    label TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    made_by BIGINT NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_api_key PRIMARY KEY (api_key),
    CONSTRAINT uq_api_key_token UNIQUE (token)
);

CREATE TABLE access.attempt (
    subject BYTEA NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    failures INTEGER NOT NULL,
    CONSTRAINT pk_attempt PRIMARY KEY (subject)
);

CREATE TABLE access.change (
    change BIGINT GENERATED ALWAYS AS IDENTITY,
    account BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by BIGINT,
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    role TEXT NOT NULL,
    site TEXT,
    password BYTEA,
    ended_at TIMESTAMP WITH TIME ZONE,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (change)
);

CREATE INDEX ix_change_account ON access.change (account);

CREATE INDEX ix_change_act ON access.change (act);

CREATE TABLE access.link (
    token BYTEA NOT NULL,
    account BIGINT,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_link PRIMARY KEY (token)
);

CREATE TABLE access.look (
    look BIGINT GENERATED ALWAYS AS IDENTITY,
    account BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    question TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_look PRIMARY KEY (look)
);

CREATE INDEX ix_look_act ON access.look (act);

CREATE INDEX ix_look_question ON access.look (question);

CREATE TABLE access.nature (
    one BOOLEAN NOT NULL,
    nature TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_nature PRIMARY KEY (one),
    CONSTRAINT ck_nature_one CHECK (one),
    CONSTRAINT ck_nature_nature CHECK (nature IN ('real', 'synthetic'))
);

CREATE TABLE access.question (
    question TEXT NOT NULL,
    account BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    asked JSONB NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_question PRIMARY KEY (question)
);

CREATE INDEX ix_question_act ON access.question (act);

CREATE TABLE access.request (
    account BIGINT NOT NULL,
    once TEXT NOT NULL,
    content BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    answer JSONB,
    CONSTRAINT pk_request PRIMARY KEY (account, once)
);

CREATE TABLE access.session (
    token BYTEA NOT NULL,
    account BIGINT NOT NULL,
    began_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_session PRIMARY KEY (token)
);

CREATE INDEX ix_session_account ON access.session (account);

CREATE TABLE access.signature (
    signature BIGINT GENERATED ALWAYS AS IDENTITY,
    account BIGINT NOT NULL,
    full_name TEXT NOT NULL,
    role TEXT NOT NULL,
    meaning TEXT NOT NULL,
    what TEXT NOT NULL,
    content BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_signature PRIMARY KEY (signature)
);

CREATE INDEX ix_signature_act ON access.signature (act);

CREATE TABLE judged.contested (
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    versions INTEGER NOT NULL,
    possible BOOLEAN NOT NULL,
    CONSTRAINT pk_contested PRIMARY KEY (record, key)
);

CREATE TABLE judged.decision (
    decision BIGINT GENERATED ALWAYS AS IDENTITY,
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    against JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_decision PRIMARY KEY (decision)
);

CREATE INDEX ix_decision_act ON judged.decision (act);

CREATE INDEX ix_decision_key ON judged.decision (record, key);

CREATE TABLE judged.decision_back (
    word BIGINT GENERATED ALWAYS AS IDENTITY,
    decision BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_decision_back PRIMARY KEY (word)
);

CREATE INDEX ix_decision_back_act ON judged.decision_back (act);

CREATE INDEX ix_decision_back_of ON judged.decision_back (decision);

CREATE TABLE judged.disposition (
    disposition BIGINT GENERATED ALWAYS AS IDENTITY,
    thing TEXT NOT NULL,
    key JSONB NOT NULL,
    move TEXT NOT NULL,
    state TEXT,
    people INTEGER NOT NULL,
    stops BOOLEAN NOT NULL,
    markets TEXT[],
    sites TEXT[],
    packs TEXT[],
    ends BIGINT[] NOT NULL,
    owner TEXT NOT NULL,
    given JSONB NOT NULL,
    cites BIGINT,
    content TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    norm INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_disposition PRIMARY KEY (disposition)
);

CREATE INDEX ix_disposition_act ON judged.disposition (act);

CREATE INDEX ix_disposition_of ON judged.disposition (thing, key);

CREATE INDEX ix_disposition_packs ON judged.disposition USING gin (packs) WHERE packs IS NOT NULL;

CREATE TABLE judged.disposition_word (
    word BIGINT GENERATED ALWAYS AS IDENTITY,
    disposition BIGINT NOT NULL,
    said TEXT NOT NULL,
    by TEXT NOT NULL,
    role TEXT,
    account BIGINT,
    signature BIGINT,
    meaning TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    once TEXT,
    of_once BYTEA,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_disposition_word PRIMARY KEY (word),
    CONSTRAINT ck_disposition_word_said CHECK (said IN ('signed', 'stated', 'withdrawn')),
    CONSTRAINT ck_disposition_word_signature CHECK ((said = 'signed') <= (signature IS NOT NULL)),
    CONSTRAINT uq_disposition_word_once UNIQUE (account, once)
);

CREATE INDEX ix_disposition_word_act ON judged.disposition_word (act);

CREATE INDEX ix_disposition_word_of ON judged.disposition_word (disposition);

CREATE TABLE judged.effective (
    record TEXT NOT NULL,
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    scope JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_effective PRIMARY KEY (record, receipt, line)
);

CREATE INDEX ix_effective_act ON judged.effective (act);

CREATE INDEX ix_effective_scope ON judged.effective (record, scope);

CREATE TABLE judged.evaluated (
    entry BIGINT NOT NULL,
    evaluated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_evaluated PRIMARY KEY (entry)
);

CREATE TABLE judged.evaluation (
    evaluation BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    rule TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    subjects BIGINT NOT NULL,
    passed BIGINT NOT NULL,
    not_applicable BIGINT NOT NULL,
    pending BIGINT NOT NULL,
    notices BIGINT NOT NULL,
    findings BIGINT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_evaluation PRIMARY KEY (evaluation)
);

CREATE INDEX ix_evaluation_act ON judged.evaluation (act);

CREATE INDEX ix_evaluation_rule ON judged.evaluation (rule);

CREATE TABLE judged.event (
    event BIGINT GENERATED ALWAYS AS IDENTITY,
    finding BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    rests_on TEXT,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (event),
    CONSTRAINT ck_event_kind CHECK (kind IN ('explained', 'reopened', 'closed'))
);

CREATE INDEX ix_event_act ON judged.event (act);

CREATE INDEX ix_event_finding ON judged.event (finding);

CREATE TABLE judged.finding (
    finding BIGINT GENERATED ALWAYS AS IDENTITY,
    rule TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    content BYTEA NOT NULL,
    receipt BIGINT,
    line BIGINT,
    outcome TEXT NOT NULL,
    severity TEXT NOT NULL,
    holds TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_finding PRIMARY KEY (finding),
    CONSTRAINT uq_finding_of UNIQUE (rule, record, key, content)
);

CREATE INDEX ix_finding_act ON judged.finding (act);

CREATE INDEX ix_finding_key ON judged.finding (record, key);

CREATE INDEX ix_finding_receipt ON judged.finding (receipt);

CREATE TABLE judged.key_came (
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    receipt BIGINT NOT NULL,
    CONSTRAINT pk_key_came PRIMARY KEY (record, key, receipt)
);

CREATE INDEX ix_key_came_receipt ON judged.key_came (receipt);

CREATE TABLE judged.meant (
    meant BIGINT GENERATED ALWAYS AS IDENTITY,
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    names JSONB NOT NULL,
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    maker TEXT NOT NULL,
    number TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_meant PRIMARY KEY (meant)
);

CREATE INDEX ix_meant_act ON judged.meant (act);

CREATE INDEX ix_meant_key ON judged.meant (record, key);

CREATE TABLE judged.meant_word (
    word BIGINT GENERATED ALWAYS AS IDENTITY,
    meant BIGINT NOT NULL,
    said TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_meant_word PRIMARY KEY (word),
    CONSTRAINT ck_meant_word_said CHECK (said IN ('confirmed', 'taken_back', 'let_stand'))
);

CREATE INDEX ix_meant_word_act ON judged.meant_word (act);

CREATE INDEX ix_meant_word_of ON judged.meant_word (meant);

CREATE TABLE judged.outcome (
    rule TEXT NOT NULL,
    subject JSONB NOT NULL,
    rule_version INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    due_on DATE,
    waits_for TEXT,
    rests_on TEXT,
    CONSTRAINT pk_outcome PRIMARY KEY (rule, subject),
    CONSTRAINT ck_outcome_outcome CHECK (outcome IN ('pending', 'notice', 'finding'))
);

CREATE TABLE judged.refused_word (
    word BIGINT GENERATED ALWAYS AS IDENTITY,
    receipt BIGINT NOT NULL,
    line BIGINT,
    said TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_refused_word PRIMARY KEY (word),
    CONSTRAINT ck_refused_word_said CHECK (said IN ('not_awaited', 'awaited'))
);

CREATE INDEX ix_refused_word_act ON judged.refused_word (act);

CREATE INDEX ix_refused_word_of ON judged.refused_word (receipt, line);

CREATE TABLE judged.retracted (
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    due BOOLEAN NOT NULL,
    CONSTRAINT pk_retracted PRIMARY KEY (record, key)
);

CREATE TABLE judged.retraction (
    retraction BIGINT GENERATED ALWAYS AS IDENTITY,
    record TEXT NOT NULL,
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_retraction PRIMARY KEY (retraction),
    CONSTRAINT ck_retraction_kind CHECK (kind IN ('never_happened', 'replacement_due', 'as_stated'))
);

CREATE INDEX ix_retraction_act ON judged.retraction (act);

CREATE INDEX ix_retraction_of ON judged.retraction (receipt, line);

CREATE TABLE judged.retraction_word (
    word BIGINT GENERATED ALWAYS AS IDENTITY,
    retraction BIGINT NOT NULL,
    said TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_retraction_word PRIMARY KEY (word),
    CONSTRAINT ck_retraction_word_said CHECK (said IN ('confirmed', 'taken_back', 'let_stand'))
);

CREATE INDEX ix_retraction_word_act ON judged.retraction_word (act);

CREATE INDEX ix_retraction_word_of ON judged.retraction_word (retraction);

CREATE TABLE judged.superseded (
    record TEXT NOT NULL,
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_superseded PRIMARY KEY (record, receipt, line),
    CONSTRAINT ck_superseded_why CHECK (why IN ('outranked', 'decided', 'completed', 'retracted', 'retraction'))
);

CREATE TABLE ledger.bytes_due (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    CONSTRAINT pk_bytes_due PRIMARY KEY (receipt, line)
);

CREATE TABLE ledger.bytes_left (
    sha256 BYTEA NOT NULL,
    CONSTRAINT pk_bytes_left PRIMARY KEY (sha256)
);

CREATE TABLE ledger.checkpoint (
    size BIGINT NOT NULL,
    note TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_checkpoint PRIMARY KEY (size)
);

CREATE TABLE ledger.entry (
    entry BIGINT NOT NULL,
    act UUID NOT NULL,
    kind TEXT NOT NULL,
    reference JSONB NOT NULL,
    leaves BIGINT NOT NULL,
    root BYTEA NOT NULL,
    edge BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    CONSTRAINT pk_entry PRIMARY KEY (entry),
    CONSTRAINT uq_entry_act UNIQUE (act)
);

CREATE TABLE ledger.gone (
    gone BIGINT GENERATED ALWAYS AS IDENTITY,
    of_act UUID NOT NULL,
    relation TEXT NOT NULL,
    position BIGINT NOT NULL,
    leaf BYTEA NOT NULL,
    why TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_gone PRIMARY KEY (gone),
    CONSTRAINT ck_gone_why CHECK (why IN ('read_again', 'put_back', 'redacted'))
);

CREATE INDEX ix_gone_act ON ledger.gone (act);

CREATE INDEX ix_gone_of_act ON ledger.gone (of_act);

CREATE TABLE ledger.newest (
    newest BIGINT GENERATED ALWAYS AS IDENTITY,
    noted BIGINT NOT NULL,
    from_entry BIGINT,
    to_entry BIGINT,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_newest PRIMARY KEY (newest),
    CONSTRAINT ck_newest_entries CHECK ((from_entry IS NULL) = (to_entry IS NULL))
);

CREATE INDEX ix_newest_act ON ledger.newest (act);

CREATE TABLE ledger.origin (
    one INTEGER NOT NULL,
    origin TEXT NOT NULL,
    CONSTRAINT pk_origin PRIMARY KEY (one),
    CONSTRAINT ck_origin_one CHECK (one = 1)
);

CREATE TABLE ledger.pepper (
    one INTEGER NOT NULL,
    secret BYTEA NOT NULL,
    CONSTRAINT pk_pepper PRIMARY KEY (one),
    CONSTRAINT ck_pepper_one CHECK (one = 1)
);

CREATE TABLE ledger.redacted (
    redacted BIGINT GENERATED ALWAYS AS IDENTITY,
    of_act UUID NOT NULL,
    relation TEXT NOT NULL,
    place TEXT NOT NULL,
    leaf BYTEA NOT NULL,
    form BYTEA NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_redacted PRIMARY KEY (redacted)
);

CREATE INDEX ix_redacted_act ON ledger.redacted (act);

CREATE INDEX ix_redacted_of ON ledger.redacted (of_act, relation, place);

CREATE TABLE ledger.redacted_file (
    redacted_file BIGINT GENERATED ALWAYS AS IDENTITY,
    receipt BIGINT NOT NULL,
    known BYTEA NOT NULL,
    sha256 BYTEA NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_redacted_file PRIMARY KEY (redacted_file)
);

CREATE INDEX ix_redacted_file_act ON ledger.redacted_file (act);

CREATE INDEX ix_redacted_file_known ON ledger.redacted_file (known);

CREATE TABLE ledger.redaction (
    done BIGINT GENERATED ALWAYS AS IDENTITY,
    redaction BIGINT NOT NULL,
    disposition BIGINT NOT NULL,
    kind TEXT NOT NULL,
    alias TEXT NOT NULL,
    known BYTEA NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_redaction PRIMARY KEY (done),
    CONSTRAINT ck_redaction_kind CHECK (kind IN ('donor', 'patient'))
);

CREATE INDEX ix_redaction_act ON ledger.redaction (act);

CREATE INDEX ix_redaction_known ON ledger.redaction (known);

CREATE TABLE ledger.redaction_asked (
    redaction BIGINT GENERATED ALWAYS AS IDENTITY,
    kind TEXT NOT NULL,
    key TEXT,
    nonce BYTEA,
    alias TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_redaction_asked PRIMARY KEY (redaction),
    CONSTRAINT ck_redaction_asked_kind CHECK (kind IN ('donor', 'patient'))
);

CREATE TABLE ledger.salt (
    of_act UUID NOT NULL,
    relation TEXT NOT NULL,
    place TEXT NOT NULL,
    salt BYTEA NOT NULL,
    CONSTRAINT pk_salt PRIMARY KEY (of_act, relation, place)
);

CREATE TABLE ledger.secret (
    act UUID NOT NULL,
    secret BYTEA NOT NULL,
    CONSTRAINT pk_secret PRIMARY KEY (act)
);

CREATE TABLE lineage.closure (
    ancestor BIGINT NOT NULL,
    descendant BIGINT NOT NULL,
    CONSTRAINT pk_closure PRIMARY KEY (ancestor, descendant)
);

CREATE INDEX ix_closure_descendant ON lineage.closure (descendant);

CREATE TABLE lineage.custody (
    gtin TEXT NOT NULL,
    serial TEXT NOT NULL,
    lot BIGINT NOT NULL,
    whereabouts TEXT NOT NULL,
    holder TEXT NOT NULL,
    vials INTEGER,
    fewest INTEGER NOT NULL,
    since TIMESTAMP WITH TIME ZONE,
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    CONSTRAINT pk_custody PRIMARY KEY (gtin, serial, lot, whereabouts, holder)
);

CREATE TABLE lineage.edge (
    parent BIGINT NOT NULL,
    child BIGINT NOT NULL,
    CONSTRAINT pk_edge PRIMARY KEY (parent, child)
);

CREATE INDEX ix_edge_child ON lineage.edge (child);

CREATE TABLE lineage.lot_held (
    lot BIGINT NOT NULL,
    whereabouts TEXT NOT NULL,
    holder TEXT NOT NULL,
    packs BIGINT NOT NULL,
    vials BIGINT NOT NULL,
    CONSTRAINT pk_lot_held PRIMARY KEY (lot, whereabouts, holder),
    CONSTRAINT ck_lot_held_counted CHECK (packs >= 0 AND vials >= 0)
);

CREATE TABLE lineage.lot_pack (
    lot BIGINT NOT NULL,
    gtin TEXT NOT NULL,
    fewest INTEGER NOT NULL,
    most INTEGER NOT NULL,
    packs BIGINT NOT NULL,
    CONSTRAINT pk_lot_pack PRIMARY KEY (lot, gtin, fewest, most)
);

CREATE TABLE lineage.lot_patient (
    lot BIGINT NOT NULL,
    patient INTEGER NOT NULL,
    given INTEGER NOT NULL,
    doubted INTEGER NOT NULL,
    prepared INTEGER NOT NULL,
    dispensed INTEGER NOT NULL,
    surely_given INTEGER NOT NULL,
    surely_prepared INTEGER NOT NULL,
    surely_dispensed INTEGER NOT NULL,
    whole_given INTEGER NOT NULL,
    whole_prepared INTEGER NOT NULL,
    CONSTRAINT pk_lot_patient PRIMARY KEY (lot, patient)
);

CREATE TABLE lineage.lot_told (
    lot BIGSERIAL NOT NULL,
    lines BIGINT NOT NULL,
    least_1 BIGINT NOT NULL,
    most_1 BIGINT NOT NULL,
    blank_1 BIGINT NOT NULL,
    keyed_1 BIGINT NOT NULL,
    least_2 BIGINT NOT NULL,
    most_2 BIGINT NOT NULL,
    blank_2 BIGINT NOT NULL,
    keyed_2 BIGINT NOT NULL,
    least_3 BIGINT NOT NULL,
    most_3 BIGINT NOT NULL,
    blank_3 BIGINT NOT NULL,
    keyed_3 BIGINT NOT NULL,
    least_4 BIGINT NOT NULL,
    most_4 BIGINT NOT NULL,
    blank_4 BIGINT NOT NULL,
    keyed_4 BIGINT NOT NULL,
    alone_1 BIGINT NOT NULL,
    alone_most_1 BIGINT NOT NULL,
    unmatched_1 BIGINT NOT NULL,
    counted_1 BIGINT NOT NULL,
    counted_most_1 BIGINT NOT NULL,
    counted_after_1 BIGINT NOT NULL,
    alone_2 BIGINT NOT NULL,
    alone_most_2 BIGINT NOT NULL,
    unmatched_2 BIGINT NOT NULL,
    counted_2 BIGINT NOT NULL,
    counted_most_2 BIGINT NOT NULL,
    counted_after_2 BIGINT NOT NULL,
    nameless BIGINT NOT NULL,
    nameless_most BIGINT NOT NULL,
    counted_keyed BIGINT NOT NULL,
    keyed BIGINT NOT NULL,
    CONSTRAINT pk_lot_told PRIMARY KEY (lot)
);

CREATE TABLE lineage.node (
    node BIGINT GENERATED ALWAYS AS IDENTITY,
    maker TEXT NOT NULL,
    number TEXT NOT NULL,
    step TEXT NOT NULL,
    CONSTRAINT pk_node PRIMARY KEY (node),
    CONSTRAINT uq_node_of UNIQUE (maker, number, step)
);

CREATE INDEX ix_node_near ON lineage.node (ltrim(translate(upper(number COLLATE "C"), 'OQILZSGB!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~ ', '00112568'), '0'));

CREATE INDEX ix_node_number ON lineage.node (number);

CREATE TABLE lineage.open_end (
    record TEXT NOT NULL,
    link TEXT NOT NULL,
    sort TEXT NOT NULL,
    key JSONB NOT NULL,
    CONSTRAINT pk_open_end PRIMARY KEY (record, link, sort, key),
    CONSTRAINT ck_open_end_sort CHECK (sort IN ('empty', 'without'))
);

CREATE TABLE lineage.parked (
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    link TEXT NOT NULL,
    names JSONB NOT NULL,
    target TEXT NOT NULL,
    CONSTRAINT pk_parked PRIMARY KEY (record, key, link, names)
);

CREATE INDEX ix_parked_names ON lineage.parked (target, names);

CREATE TABLE lineage.patient (
    patient INTEGER GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    CONSTRAINT pk_patient PRIMARY KEY (patient),
    CONSTRAINT uq_patient_key UNIQUE (key)
);

CREATE TABLE lineage.person (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    person TEXT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (kind, key)
);

CREATE INDEX ix_person_person ON lineage.person (kind, person);

CREATE TABLE lineage.place (
    party TEXT NOT NULL,
    zone TEXT,
    jurisdiction TEXT,
    CONSTRAINT uq_place_of UNIQUE NULLS NOT DISTINCT (party, zone, jurisdiction)
);

CREATE TABLE lineage.progress (
    entry BIGINT NOT NULL,
    linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_progress PRIMARY KEY (entry)
);

CREATE TABLE lineage.vial (
    lot BIGINT NOT NULL,
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    patient INTEGER NOT NULL,
    basis TEXT NOT NULL,
    state TEXT NOT NULL,
    vials INTEGER NOT NULL,
    gtin TEXT,
    serial TEXT,
    place TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE,
    least INTEGER NOT NULL,
    lots INTEGER NOT NULL,
    sure BOOLEAN NOT NULL,
    preparation TEXT,
    alone BOOLEAN NOT NULL,
    origin TEXT,
    holds INTEGER,
    to_others BOOLEAN NOT NULL,
    CONSTRAINT pk_vial PRIMARY KEY (lot, record, key, patient),
    CONSTRAINT ck_vial_basis CHECK (basis IN ('disagreement', 'hand', 'lot', 'pack', 'preparation')),
    CONSTRAINT ck_vial_state CHECK (state IN ('dispensed', 'prepared', 'given', 'not_given'))
);

CREATE INDEX ix_vial_key ON lineage.vial (record, key);

CREATE INDEX ix_vial_nameless ON lineage.vial (lot) WHERE patient = 0 AND NOT to_others;

CREATE INDEX ix_vial_origin ON lineage.vial (origin);

CREATE INDEX ix_vial_patient ON lineage.vial (patient);

CREATE INDEX ix_vial_prepared ON lineage.vial (place, preparation) WHERE record = 'reconstitution_vial';

CREATE INDEX ix_vial_serial ON lineage.vial (gtin, serial);

CREATE INDEX ix_vial_whole ON lineage.vial (place, preparation) WHERE basis = 'preparation';

CREATE TABLE lineage.vial_bound (
    lot BIGINT NOT NULL,
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    CONSTRAINT pk_vial_bound PRIMARY KEY (lot, record, key)
);

CREATE INDEX ix_vial_bound_key ON lineage.vial_bound (record, key);

CREATE TABLE receiving.arrival (
    arrival BIGINT GENERATED ALWAYS AS IDENTITY,
    receipt BIGINT NOT NULL,
    place TEXT NOT NULL,
    sender TEXT NOT NULL,
    file_name TEXT NOT NULL,
    mark TEXT NOT NULL,
    arrived_at TIMESTAMP WITH TIME ZONE NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_arrival PRIMARY KEY (arrival)
);

CREATE INDEX ix_arrival_act ON receiving.arrival (act);

CREATE INDEX ix_arrival_place ON receiving.arrival (place, mark);

CREATE TABLE receiving.conclusion (
    conclusion BIGINT GENERATED ALWAYS AS IDENTITY,
    receipt BIGINT NOT NULL,
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
    profile BYTEA,
    concluded_at TIMESTAMP WITH TIME ZONE,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_conclusion PRIMARY KEY (conclusion)
);

CREATE INDEX ix_conclusion_act ON receiving.conclusion (act);

CREATE INDEX ix_conclusion_receipt ON receiving.conclusion (receipt);

CREATE TABLE receiving.legible (
    legible BIGINT GENERATED ALWAYS AS IDENTITY,
    receipt BIGINT NOT NULL,
    record TEXT NOT NULL,
    key JSONB NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_legible PRIMARY KEY (legible),
    CONSTRAINT uq_legible_of UNIQUE (receipt, record, key)
);

CREATE INDEX ix_legible_act ON receiving.legible (act);

CREATE TABLE receiving.notice (
    notice BIGINT GENERATED ALWAYS AS IDENTITY,
    receipt BIGINT NOT NULL,
    sentence TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_notice PRIMARY KEY (notice)
);

CREATE INDEX ix_notice_act ON receiving.notice (act);

CREATE INDEX ix_notice_receipt ON receiving.notice (receipt);

CREATE TABLE receiving.profile (
    profile BIGINT GENERATED ALWAYS AS IDENTITY,
    sender TEXT NOT NULL,
    text TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by TEXT NOT NULL,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_profile PRIMARY KEY (profile)
);

CREATE INDEX ix_profile_act ON receiving.profile (act);

CREATE INDEX ix_profile_sender ON receiving.profile (sender);

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
    profile BYTEA,
    concluded_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_receipt PRIMARY KEY (receipt),
    CONSTRAINT ck_receipt_status CHECK (status IN ('received', 'staged', 'judged', 'accepted', 'refused', 'abandoned', 'all_refused')),
    CONSTRAINT uq_receipt_sha256 UNIQUE (sha256)
);

CREATE TABLE receiving.refused (
    receipt BIGINT NOT NULL,
    line BIGINT NOT NULL,
    lines INTEGER NOT NULL,
    byte_offset BIGINT NOT NULL,
    byte_length BIGINT NOT NULL,
    raw BYTEA NOT NULL,
    reasons TEXT[] NOT NULL,
    possible JSONB,
    label JSONB,
    key JSONB,
    act UUID DEFAULT coalesce(
    nullif(current_setting('lots.act', true), ''), set_config('lots.act', gen_random_uuid()::text, true)
)::uuid NOT NULL,
    CONSTRAINT pk_refused PRIMARY KEY (receipt, line)
);

CREATE INDEX ix_refused_act ON receiving.refused (act);

CREATE TABLE scanned.booking (
    booking BIGINT GENERATED ALWAYS AS IDENTITY,
    kept_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    site TEXT NOT NULL,
    by TEXT NOT NULL,
    kind TEXT NOT NULL,
    scan BIGINT,
    gtin TEXT NOT NULL,
    serial TEXT NOT NULL,
    lot_number TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    vials INTEGER NOT NULL,
    to_kind TEXT,
    patient TEXT,
    preparation TEXT,
    undoes BIGINT,
    went TEXT,
    overrides JSONB,
    second TEXT,
    treatment_order TEXT,
    reason TEXT,
    act UUID,
    CONSTRAINT pk_booking PRIMARY KEY (booking),
    CONSTRAINT ck_booking_kind CHECK (kind IN ('received', 'dispensed', 'prepared', 'given', 'returned', 'undone')),
    CONSTRAINT ck_booking_undoes CHECK ((kind = 'undone') = (undoes IS NOT NULL)),
    CONSTRAINT ck_booking_scan CHECK ((kind = 'undone') = (scan IS NULL)),
    CONSTRAINT ck_booking_to_kind CHECK (to_kind IN ('patient', 'ward', 'home')),
    CONSTRAINT ck_booking_went_known CHECK (went IN ('unused', 'wasted', 'lost', 'given')),
    CONSTRAINT ck_booking_went CHECK (went IS NULL OR kind = 'undone'),
    CONSTRAINT ck_booking_vials CHECK (vials > 0),
    CONSTRAINT uq_booking_scan UNIQUE (scan),
    CONSTRAINT uq_booking_undoes UNIQUE (undoes)
);

CREATE INDEX ix_booking_act ON scanned.booking (act);

CREATE INDEX ix_booking_bag ON scanned.booking (site, preparation) WHERE preparation IS NOT NULL;

CREATE INDEX ix_booking_pack ON scanned.booking (gtin, serial);

CREATE INDEX ix_booking_pending ON scanned.booking (booking) WHERE act IS NULL;

CREATE TABLE scanned.scan (
    scan BIGINT GENERATED ALWAYS AS IDENTITY,
    kept_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    site TEXT NOT NULL,
    by TEXT,
    purpose TEXT NOT NULL,
    vials INTEGER,
    kind TEXT NOT NULL,
    length INTEGER NOT NULL,
    readings JSONB,
    patient TEXT,
    verdict TEXT NOT NULL,
    grounds JSONB NOT NULL,
    unmade JSONB NOT NULL,
    norm INTEGER NOT NULL,
    sent_as TEXT,
    scanned_at TIMESTAMP WITH TIME ZONE,
    act UUID,
    CONSTRAINT pk_scan PRIMARY KEY (scan),
    CONSTRAINT ck_scan_purpose CHECK (purpose IN ('receive', 'dispense', 'prepare', 'give', 'return')),
    CONSTRAINT ck_scan_readings CHECK ((kind = 'product') = (readings IS NOT NULL)),
    CONSTRAINT ck_scan_nobody CHECK (kind = 'product' OR by IS NULL AND patient IS NULL),
    CONSTRAINT uq_scan_sent_as UNIQUE (site, sent_as)
);

CREATE INDEX ix_scan_act ON scanned.scan (act);

CREATE INDEX ix_scan_pending ON scanned.scan (scan) WHERE act IS NULL;

CREATE INDEX ix_scan_site ON scanned.scan (site, scan);
