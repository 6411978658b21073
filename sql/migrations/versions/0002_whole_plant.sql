-- The whole plant: its records, what rules refer to, and what rules across records answer.

DROP VIEW standing.dispensing;

DROP VIEW standing.shipment;

DROP VIEW standing.administration;

DROP VIEW standing.administration_vial;

ALTER TABLE accepted.administration ADD COLUMN treatment_order TEXT, ADD COLUMN catheter_placed_at TIMESTAMP WITH TIME ZONE, ADD COLUMN catheter_placed_at_offset_min SMALLINT, ADD COLUMN catheter_removed_at TIMESTAMP WITH TIME ZONE, ADD COLUMN catheter_removed_at_offset_min SMALLINT;

ALTER TABLE accepted.administration_vial ADD COLUMN preparation TEXT;

ALTER TABLE accepted.shipment ADD COLUMN sscc TEXT;

ALTER TABLE accepted.dispensing ADD COLUMN position INTEGER;

ALTER TABLE judged.finding ALTER COLUMN receipt DROP NOT NULL;

ALTER TABLE lineage.vial DROP CONSTRAINT ck_vial_basis;

ALTER TABLE lineage.vial ADD CONSTRAINT ck_vial_basis CHECK (basis IN ('pack', 'lot', 'preparation'));

ALTER TABLE lineage.vial DROP CONSTRAINT ck_vial_state;

ALTER TABLE lineage.vial ADD CONSTRAINT ck_vial_state CHECK (state IN ('dispensed', 'prepared', 'given', 'not_given'));

CREATE SCHEMA reference;

CREATE FUNCTION lineage.local_day(at timestamptz, offset_min smallint, zone text) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
    WHEN zone IS NULL THEN (at AT TIME ZONE make_interval(mins => offset_min))::date
    ELSE (at AT TIME ZONE zone)::date
END;

COMMENT ON FUNCTION lineage.local_day IS 'the calendar day at a party: in its zone, else at the offset as sent';

COMMENT ON COLUMN accepted.administration.treatment_order IS 'the order that it is for';

COMMENT ON COLUMN accepted.administration.catheter_placed_at IS 'when the catheter was placed';

COMMENT ON COLUMN accepted.administration.catheter_placed_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.administration.catheter_removed_at IS 'when it was removed';

COMMENT ON COLUMN accepted.administration.catheter_removed_at_offset_min IS 'its offset as sent [min]';

CREATE INDEX ix_administration_site_treatment_order ON accepted.administration (site, treatment_order);

COMMENT ON COLUMN accepted.administration_vial.preparation IS 'the preparation that it went into, at that site';

CREATE INDEX ix_administration_vial_site_preparation ON accepted.administration_vial (site, preparation);

CREATE TABLE accepted.adverse_reaction (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_adverse_reaction PRIMARY KEY (reporter, reaction, version), 
    CONSTRAINT ck_adverse_reaction_serious CHECK (serious IN ('yes', 'no')), 
    CONSTRAINT ck_adverse_reaction_seriousness CHECK (seriousness IN ('death', 'life_threatening', 'hospitalisation', 'disability', 'congenital', 'other')), 
    CONSTRAINT ck_adverse_reaction_outcome CHECK (outcome IN ('recovered', 'recovering', 'not_recovered', 'sequelae', 'fatal', 'unknown'))
);

COMMENT ON TABLE accepted.adverse_reaction IS 'One suspected reaction, with the lot as it was reported.';

COMMENT ON COLUMN accepted.adverse_reaction.reporter IS 'who reports (party id)';

COMMENT ON COLUMN accepted.adverse_reaction.reaction IS 'the report''s number there';

COMMENT ON COLUMN accepted.adverse_reaction.site IS 'where the infusion was (party id)';

COMMENT ON COLUMN accepted.adverse_reaction.administration IS 'the infusion''s number at that site';

COMMENT ON COLUMN accepted.adverse_reaction.patient_key IS 'opaque key of the patient';

COMMENT ON COLUMN accepted.adverse_reaction.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.adverse_reaction.serial IS 'the pack''s serial; empty where only the lot is known';

COMMENT ON COLUMN accepted.adverse_reaction.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.adverse_reaction.expires_on_reported IS 'the expiry as reported';

COMMENT ON COLUMN accepted.adverse_reaction.onset_at IS 'when it began';

COMMENT ON COLUMN accepted.adverse_reaction.onset_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.adverse_reaction.kind IS 'what it was';

COMMENT ON COLUMN accepted.adverse_reaction.serious IS 'whether it was serious';

COMMENT ON COLUMN accepted.adverse_reaction.seriousness IS 'why';

COMMENT ON COLUMN accepted.adverse_reaction.outcome IS 'how it ended';

COMMENT ON COLUMN accepted.adverse_reaction.imputability IS '0 excluded or unlikely, 1 possible, 2 likely, 3 certain';

COMMENT ON COLUMN accepted.adverse_reaction.aware_at IS 'when the reporter knew';

COMMENT ON COLUMN accepted.adverse_reaction.aware_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.adverse_reaction.reported_at IS 'when it was reported to the authority';

COMMENT ON COLUMN accepted.adverse_reaction.reported_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.adverse_reaction.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.adverse_reaction.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.adverse_reaction.correction_reason IS 'why it was corrected';

CREATE INDEX br_adverse_reaction_receipt ON accepted.adverse_reaction USING brin (receipt);

CREATE INDEX ix_adverse_reaction_site_administration ON accepted.adverse_reaction (site, administration);

CREATE TABLE accepted.approval (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_approval PRIMARY KEY (party, activity, market, valid_from, version), 
    CONSTRAINT ck_approval_activity CHECK (activity IN ('collect', 'test', 'make', 'distribute'))
);

COMMENT ON TABLE accepted.approval IS 'A centre''s or laboratory''s approval for a market.';

COMMENT ON COLUMN accepted.approval.party IS 'who is approved (party id)';

COMMENT ON COLUMN accepted.approval.activity IS 'for what';

COMMENT ON COLUMN accepted.approval.market IS 'for which market, as an ISO 3166 code';

COMMENT ON COLUMN accepted.approval.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.approval.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.approval.citation IS 'where it is from';

COMMENT ON COLUMN accepted.approval.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.approval.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.approval.authority IS 'who approved';

COMMENT ON COLUMN accepted.approval.licence IS 'the licence''s number';

COMMENT ON COLUMN accepted.approval.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.approval.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.approval.correction_reason IS 'why it was corrected';

CREATE INDEX br_approval_receipt ON accepted.approval USING brin (receipt);

CREATE TABLE accepted.clearance (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_clearance PRIMARY KEY (process_version, virus, valid_from, version), 
    CONSTRAINT ck_clearance_enveloped CHECK (enveloped IN ('yes', 'no')), 
    CONSTRAINT ck_clearance_tested CHECK (tested IN ('yes', 'no'))
);

COMMENT ON TABLE accepted.clearance IS 'The log reduction of one virus by one process version.';

COMMENT ON COLUMN accepted.clearance.process_version IS 'the process version';

COMMENT ON COLUMN accepted.clearance.virus IS 'the virus, or its model';

COMMENT ON COLUMN accepted.clearance.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.clearance.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.clearance.citation IS 'where it is from';

COMMENT ON COLUMN accepted.clearance.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.clearance.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.clearance.enveloped IS 'whether it has an envelope';

COMMENT ON COLUMN accepted.clearance.tested IS 'no: it was not tested, and nothing may be counted';

COMMENT ON COLUMN accepted.clearance.log10 IS 'log10 reduction; at least this much [log10]';

COMMENT ON COLUMN accepted.clearance.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.clearance.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.clearance.correction_reason IS 'why it was corrected';

CREATE INDEX br_clearance_receipt ON accepted.clearance USING brin (receipt);

CREATE TABLE accepted.complaint (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_complaint PRIMARY KEY (party, complaint, version), 
    CONSTRAINT ck_complaint_kind CHECK (kind IN ('appearance', 'particles', 'dissolution', 'packaging', 'label', 'effect', 'other')), 
    CONSTRAINT ck_complaint_outcome CHECK (outcome IN ('confirmed', 'not_confirmed', 'open'))
);

COMMENT ON TABLE accepted.complaint IS 'One complaint about a product.';

COMMENT ON COLUMN accepted.complaint.party IS 'who received it (party id)';

COMMENT ON COLUMN accepted.complaint.complaint IS 'its number there';

COMMENT ON COLUMN accepted.complaint.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.complaint.serial IS 'the pack''s serial; empty where only the lot is known';

COMMENT ON COLUMN accepted.complaint.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.complaint.kind IS 'about what';

COMMENT ON COLUMN accepted.complaint.received_at IS 'when';

COMMENT ON COLUMN accepted.complaint.received_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.complaint.outcome IS 'what it was found to be';

COMMENT ON COLUMN accepted.complaint.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.complaint.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.complaint.correction_reason IS 'why it was corrected';

CREATE INDEX br_complaint_receipt ON accepted.complaint USING brin (receipt);

CREATE INDEX ix_complaint_gtin_serial ON accepted.complaint (gtin, serial);

CREATE TABLE accepted.course_review (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    site TEXT NOT NULL, 
    patient_key TEXT NOT NULL, 
    reviewed_on DATE NOT NULL, 
    decision TEXT, 
    reviewed_by TEXT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_course_review PRIMARY KEY (site, patient_key, reviewed_on, version), 
    CONSTRAINT ck_course_review_decision CHECK (decision IN ('go_on', 'change', 'stop'))
);

COMMENT ON TABLE accepted.course_review IS 'A review of a patient''s treatment.';

COMMENT ON COLUMN accepted.course_review.site IS 'where the patient is treated (party id)';

COMMENT ON COLUMN accepted.course_review.patient_key IS 'opaque key of the patient';

COMMENT ON COLUMN accepted.course_review.reviewed_on IS 'the day';

COMMENT ON COLUMN accepted.course_review.decision IS 'what was decided';

COMMENT ON COLUMN accepted.course_review.reviewed_by IS 'by whom, as stated by the sender';

COMMENT ON COLUMN accepted.course_review.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.course_review.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.course_review.correction_reason IS 'why it was corrected';

CREATE INDEX br_course_review_receipt ON accepted.course_review USING brin (receipt);

CREATE TABLE accepted.deferral (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_deferral PRIMARY KEY (centre, deferral, version), 
    CONSTRAINT ck_deferral_cause CHECK (cause IN ('reactive_result', 'examination', 'history', 'travel', 'registry', 'other'))
);

COMMENT ON TABLE accepted.deferral IS 'A donor''s deferral; where one day is empty it is open.';

COMMENT ON COLUMN accepted.deferral.centre IS 'who deferred (party id)';

COMMENT ON COLUMN accepted.deferral.deferral IS 'the deferral''s number there';

COMMENT ON COLUMN accepted.deferral.donor_key IS 'opaque key of the donor';

COMMENT ON COLUMN accepted.deferral.deferred_from IS 'the first day';

COMMENT ON COLUMN accepted.deferral.deferred_until IS 'the last day; empty while it lasts';

COMMENT ON COLUMN accepted.deferral.cause IS 'why';

COMMENT ON COLUMN accepted.deferral.requalified_on IS 'when the donor was admitted again by an approved method';

COMMENT ON COLUMN accepted.deferral.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.deferral.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.deferral.correction_reason IS 'why it was corrected';

CREATE INDEX br_deferral_receipt ON accepted.deferral USING brin (receipt);

CREATE INDEX ix_deferral_donor_key ON accepted.deferral (donor_key);

CREATE TABLE accepted.deviation (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_deviation PRIMARY KEY (plant, deviation, version), 
    CONSTRAINT ck_deviation_kind CHECK (kind IN ('vacuum', 'power', 'condenser', 'shelf', 'leak', 'probe', 'stopper', 'breakage', 'temperature', 'label', 'paper', 'other')), 
    CONSTRAINT ck_deviation_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external'))
);

COMMENT ON TABLE accepted.deviation IS 'One deviation, of a batch or of a lot.';

COMMENT ON COLUMN accepted.deviation.plant IS 'where (party id)';

COMMENT ON COLUMN accepted.deviation.deviation IS 'its number there';

COMMENT ON COLUMN accepted.deviation.kind IS 'what';

COMMENT ON COLUMN accepted.deviation.batch IS 'batch or cycle concerned';

COMMENT ON COLUMN accepted.deviation.lot_number IS 'lot concerned';

COMMENT ON COLUMN accepted.deviation.step IS 'its step';

COMMENT ON COLUMN accepted.deviation.opened_at IS 'when it was known';

COMMENT ON COLUMN accepted.deviation.opened_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.deviation.closed_at IS 'when it was closed';

COMMENT ON COLUMN accepted.deviation.closed_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.deviation.reported_at IS 'when it was reported to the authority';

COMMENT ON COLUMN accepted.deviation.reported_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.deviation.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.deviation.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.deviation.correction_reason IS 'why it was corrected';

CREATE INDEX br_deviation_receipt ON accepted.deviation USING brin (receipt);

CREATE INDEX ix_deviation_plant_lot_number_step ON accepted.deviation (plant, lot_number, step);

COMMENT ON COLUMN accepted.dispensing.position IS 'the vial''s position in a pack of several';

CREATE TABLE accepted.donor_exam (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_donor_exam PRIMARY KEY (centre, exam, version), 
    CONSTRAINT ck_donor_exam_kind CHECK (kind IN ('physical', 'four_month_sample')), 
    CONSTRAINT ck_donor_exam_conclusion CHECK (conclusion IN ('suitable', 'unsuitable'))
);

COMMENT ON TABLE accepted.donor_exam IS 'One examination or four-month sample of a donor.';

COMMENT ON COLUMN accepted.donor_exam.centre IS 'who examined (party id)';

COMMENT ON COLUMN accepted.donor_exam.exam IS 'its number there';

COMMENT ON COLUMN accepted.donor_exam.donor_key IS 'opaque key of the donor';

COMMENT ON COLUMN accepted.donor_exam.kind IS 'what was done';

COMMENT ON COLUMN accepted.donor_exam.examined_on IS 'the day';

COMMENT ON COLUMN accepted.donor_exam.reviewed_on IS 'when a physician reviewed it';

COMMENT ON COLUMN accepted.donor_exam.reviewed_by IS 'who, as stated by the sender';

COMMENT ON COLUMN accepted.donor_exam.conclusion IS 'what was concluded';

COMMENT ON COLUMN accepted.donor_exam.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.donor_exam.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.donor_exam.correction_reason IS 'why it was corrected';

CREATE INDEX br_donor_exam_receipt ON accepted.donor_exam USING brin (receipt);

CREATE INDEX ix_donor_exam_donor_key ON accepted.donor_exam (donor_key);

CREATE TABLE accepted.dryer_recipe (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_dryer_recipe PRIMARY KEY (plant, recipe, valid_from, version), 
    CONSTRAINT ck_dryer_recipe_pirani CHECK (pirani IN ('yes', 'no'))
);

COMMENT ON TABLE accepted.dryer_recipe IS 'One recipe, with the gauges and probes that it requires.';

COMMENT ON COLUMN accepted.dryer_recipe.plant IS 'whose recipe it is (party id)';

COMMENT ON COLUMN accepted.dryer_recipe.recipe IS 'its name';

COMMENT ON COLUMN accepted.dryer_recipe.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.dryer_recipe.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.dryer_recipe.citation IS 'where it is from';

COMMENT ON COLUMN accepted.dryer_recipe.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.dryer_recipe.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.dryer_recipe.interval_s IS 'seconds between readings [s]';

COMMENT ON COLUMN accepted.dryer_recipe.pirani IS 'whether the end of primary drying is told by Pirani and CM';

COMMENT ON COLUMN accepted.dryer_recipe.probes IS 'product probes that must read in primary drying';

COMMENT ON COLUMN accepted.dryer_recipe.collapse_c IS 'temperature of collapse [°C]';

COMMENT ON COLUMN accepted.dryer_recipe.margin_c IS 'how far below it the product stays [°C]';

COMMENT ON COLUMN accepted.dryer_recipe.end_ratio IS 'Pirani/CM at the end of primary drying, at most';

COMMENT ON COLUMN accepted.dryer_recipe.end_min IS 'for how long before secondary drying [min]';

COMMENT ON COLUMN accepted.dryer_recipe.moisture_max_pct IS 'residual moisture of the wettest vial [%]';

COMMENT ON COLUMN accepted.dryer_recipe.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.dryer_recipe.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.dryer_recipe.correction_reason IS 'why it was corrected';

CREATE INDEX br_dryer_recipe_receipt ON accepted.dryer_recipe USING brin (receipt);

CREATE TABLE accepted.excursion (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_excursion PRIMARY KEY (party, excursion, version), 
    CONSTRAINT ck_excursion_fit CHECK (fit IN ('yes', 'no'))
);

COMMENT ON TABLE accepted.excursion IS 'One time out of the storage limits, of a shipment or at a place.';

COMMENT ON COLUMN accepted.excursion.party IS 'who tells it (party id)';

COMMENT ON COLUMN accepted.excursion.excursion IS 'its number there';

COMMENT ON COLUMN accepted.excursion.from_party IS 'who shipped, where it was a shipment (party id)';

COMMENT ON COLUMN accepted.excursion.shipment IS 'the shipment''s number at that party';

COMMENT ON COLUMN accepted.excursion.began_at IS 'since when';

COMMENT ON COLUMN accepted.excursion.began_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.excursion.ended_at IS 'until when';

COMMENT ON COLUMN accepted.excursion.ended_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.excursion.coldest_c IS 'coldest [°C]';

COMMENT ON COLUMN accepted.excursion.warmest_c IS 'warmest [°C]';

COMMENT ON COLUMN accepted.excursion.fit IS 'whether the goods were found fit for use';

COMMENT ON COLUMN accepted.excursion.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.excursion.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.excursion.correction_reason IS 'why it was corrected';

CREATE INDEX br_excursion_receipt ON accepted.excursion USING brin (receipt);

CREATE TABLE accepted.external_lot (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_external_lot PRIMARY KEY (supplier, lot_number, version), 
    CONSTRAINT ck_external_lot_kind CHECK (kind IN ('paste', 'bulk', 'toll_work', 'excipient', 'repacked'))
);

COMMENT ON TABLE accepted.external_lot IS 'A lot made by another firm; who holds the donors'' data is recorded.';

COMMENT ON COLUMN accepted.external_lot.supplier IS 'who made it (party id)';

COMMENT ON COLUMN accepted.external_lot.lot_number IS 'its number at the supplier';

COMMENT ON COLUMN accepted.external_lot.kind IS 'what it is';

COMMENT ON COLUMN accepted.external_lot.product IS 'what it is of';

COMMENT ON COLUMN accepted.external_lot.received_at IS 'when it arrived';

COMMENT ON COLUMN accepted.external_lot.received_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.external_lot.donor_data_holder IS 'who can name its donors (party id)';

COMMENT ON COLUMN accepted.external_lot.certificate IS 'the supplier''s certificate';

COMMENT ON COLUMN accepted.external_lot.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.external_lot.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.external_lot.correction_reason IS 'why it was corrected';

CREATE INDEX br_external_lot_receipt ON accepted.external_lot USING brin (receipt);

CREATE TABLE accepted.filling (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_filling PRIMARY KEY (plant, batch, version)
);

COMMENT ON TABLE accepted.filling IS 'One run of a filling line: where the count of vials begins.';

COMMENT ON COLUMN accepted.filling.plant IS 'who filled (party id)';

COMMENT ON COLUMN accepted.filling.batch IS 'the batch''s number at that plant';

COMMENT ON COLUMN accepted.filling.fill_line IS 'on which line';

COMMENT ON COLUMN accepted.filling.stopper_lot IS 'the stoppers'' lot';

COMMENT ON COLUMN accepted.filling.filter_lot IS 'the sterile filter''s lot';

COMMENT ON COLUMN accepted.filling.started_at IS 'start';

COMMENT ON COLUMN accepted.filling.started_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.filling.ended_at IS 'end';

COMMENT ON COLUMN accepted.filling.ended_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.filling.vials_filled IS 'vials filled [vials]';

COMMENT ON COLUMN accepted.filling.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.filling.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.filling.correction_reason IS 'why it was corrected';

CREATE INDEX br_filling_receipt ON accepted.filling USING brin (receipt);

CREATE TABLE accepted.filling_load (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    plant TEXT NOT NULL, 
    batch TEXT NOT NULL, 
    from_lot_number TEXT NOT NULL, 
    lot_number TEXT NOT NULL, 
    vials INTEGER, 
    amount_kg NUMERIC(12, 3), 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_filling_load PRIMARY KEY (plant, batch, from_lot_number, lot_number, version)
);

COMMENT ON TABLE accepted.filling_load IS 'One bulk lot in a filling run, and the filled lot that it became.';

COMMENT ON COLUMN accepted.filling_load.plant IS 'who filled, and whose lots these are (party id)';

COMMENT ON COLUMN accepted.filling_load.batch IS 'the batch''s number at that plant';

COMMENT ON COLUMN accepted.filling_load.from_lot_number IS 'the bulk lot that went in';

COMMENT ON COLUMN accepted.filling_load.lot_number IS 'the filled lot that came out';

COMMENT ON COLUMN accepted.filling_load.vials IS 'vials of that lot [vials]';

COMMENT ON COLUMN accepted.filling_load.amount_kg IS 'bulk used [kg]';

COMMENT ON COLUMN accepted.filling_load.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.filling_load.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.filling_load.correction_reason IS 'why it was corrected';

CREATE INDEX br_filling_load_receipt ON accepted.filling_load USING brin (receipt);

CREATE INDEX ix_filling_load_plant_from_lot_number ON accepted.filling_load (plant, from_lot_number);

CREATE INDEX ix_filling_load_plant_lot_number ON accepted.filling_load (plant, lot_number);

CREATE TABLE accepted.infusion_rate (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    site TEXT NOT NULL, 
    administration TEXT NOT NULL, 
    minute INTEGER NOT NULL, 
    rate_ml_h NUMERIC(7, 2), 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_infusion_rate PRIMARY KEY (site, administration, minute, version)
);

COMMENT ON TABLE accepted.infusion_rate IS 'The rate that a pump showed, from a minute of the infusion on.';

COMMENT ON COLUMN accepted.infusion_rate.site IS 'where the patient is treated (party id)';

COMMENT ON COLUMN accepted.infusion_rate.administration IS 'the infusion''s number at that site';

COMMENT ON COLUMN accepted.infusion_rate.minute IS 'minutes since its start [min]';

COMMENT ON COLUMN accepted.infusion_rate.rate_ml_h IS 'the rate [mL/h]';

COMMENT ON COLUMN accepted.infusion_rate.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.infusion_rate.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.infusion_rate.correction_reason IS 'why it was corrected';

CREATE INDEX br_infusion_rate_receipt ON accepted.infusion_rate USING brin (receipt);

CREATE TABLE accepted.inspection (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_inspection PRIMARY KEY (manufacturer, inspection, version), 
    CONSTRAINT ck_inspection_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external'))
);

COMMENT ON TABLE accepted.inspection IS 'One inspection of a lot''s vials, with its rejects.';

COMMENT ON COLUMN accepted.inspection.manufacturer IS 'whose lot it is (party id)';

COMMENT ON COLUMN accepted.inspection.inspection IS 'its number there';

COMMENT ON COLUMN accepted.inspection.lot_number IS 'the lot';

COMMENT ON COLUMN accepted.inspection.step IS 'its step';

COMMENT ON COLUMN accepted.inspection.inspected_at IS 'when';

COMMENT ON COLUMN accepted.inspection.inspected_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.inspection.vials_inspected IS 'vials looked at [vials]';

COMMENT ON COLUMN accepted.inspection.rejects_critical IS 'product at the stopper, broken seal [vials]';

COMMENT ON COLUMN accepted.inspection.rejects_major IS 'melt-back, collapse [vials]';

COMMENT ON COLUMN accepted.inspection.rejects_minor IS 'cosmetic [vials]';

COMMENT ON COLUMN accepted.inspection.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.inspection.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.inspection.correction_reason IS 'why it was corrected';

CREATE INDEX br_inspection_receipt ON accepted.inspection USING brin (receipt);

CREATE INDEX ix_inspection_manufacturer_lot_number_step ON accepted.inspection (manufacturer, lot_number, step);

CREATE TABLE accepted.lot_test (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_lot_test PRIMARY KEY (manufacturer, lot_number, step, test, run, version), 
    CONSTRAINT ck_lot_test_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')), 
    CONSTRAINT ck_lot_test_conclusion CHECK (conclusion IN ('passed', 'failed', 'invalid')), 
    CONSTRAINT ck_lot_test_status CHECK (status IN ('preliminary', 'final', 'corrected'))
);

COMMENT ON TABLE accepted.lot_test IS 'One test of a lot: sterility, endotoxin, potency, identity, purity, moisture …';

COMMENT ON COLUMN accepted.lot_test.manufacturer IS 'whose lot it is (party id)';

COMMENT ON COLUMN accepted.lot_test.lot_number IS 'the lot';

COMMENT ON COLUMN accepted.lot_test.step IS 'its step';

COMMENT ON COLUMN accepted.lot_test.test IS 'the test';

COMMENT ON COLUMN accepted.lot_test.run IS 'the laboratory''s number of this run';

COMMENT ON COLUMN accepted.lot_test.value IS 'what was measured, in value_unit';

COMMENT ON COLUMN accepted.lot_test.value_unit IS 'its unit';

COMMENT ON COLUMN accepted.lot_test.conclusion IS 'what the laboratory concludes';

COMMENT ON COLUMN accepted.lot_test.laboratory IS 'who tested (party id)';

COMMENT ON COLUMN accepted.lot_test.tested_at IS 'when';

COMMENT ON COLUMN accepted.lot_test.tested_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.lot_test.status IS 'how far the result has got';

COMMENT ON COLUMN accepted.lot_test.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.lot_test.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.lot_test.correction_reason IS 'why it was corrected';

CREATE INDEX br_lot_test_receipt ON accepted.lot_test USING brin (receipt);

CREATE TABLE accepted.lot_test_specification (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_lot_test_specification PRIMARY KEY (gtin, test, valid_from, version)
);

COMMENT ON TABLE accepted.lot_test_specification IS 'One test of a product''s lots, and its limits.';

COMMENT ON COLUMN accepted.lot_test_specification.gtin IS 'GTIN-14 of the packed product';

COMMENT ON COLUMN accepted.lot_test_specification.test IS 'the test';

COMMENT ON COLUMN accepted.lot_test_specification.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.lot_test_specification.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.lot_test_specification.citation IS 'where it is from';

COMMENT ON COLUMN accepted.lot_test_specification.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.lot_test_specification.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.lot_test_specification.low IS 'lowest value, in value_unit';

COMMENT ON COLUMN accepted.lot_test_specification.high IS 'highest value, in value_unit';

COMMENT ON COLUMN accepted.lot_test_specification.value_unit IS 'the unit of the limits';

COMMENT ON COLUMN accepted.lot_test_specification.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.lot_test_specification.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.lot_test_specification.correction_reason IS 'why it was corrected';

CREATE INDEX br_lot_test_specification_receipt ON accepted.lot_test_specification USING brin (receipt);

CREATE TABLE accepted.minipool_member (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
    minipool TEXT NOT NULL, 
    member_kind TEXT NOT NULL, 
    member TEXT NOT NULL, 
    laboratory TEXT, 
    mixed_at TIMESTAMP WITH TIME ZONE, 
    mixed_at_offset_min SMALLINT, 
    correction INTEGER, 
    corrected_by TEXT, 
    correction_reason TEXT, 
    CONSTRAINT pk_minipool_member PRIMARY KEY (minipool, member_kind, member, version), 
    CONSTRAINT ck_minipool_member_member_kind CHECK (member_kind IN ('donation', 'minipool'))
);

COMMENT ON TABLE accepted.minipool_member IS 'One sample, or one smaller minipool, in a minipool.';

COMMENT ON COLUMN accepted.minipool_member.minipool IS 'the minipool''s number';

COMMENT ON COLUMN accepted.minipool_member.member_kind IS 'a donation''s sample, or a minipool';

COMMENT ON COLUMN accepted.minipool_member.member IS 'donation number, or the smaller minipool''s';

COMMENT ON COLUMN accepted.minipool_member.laboratory IS 'who mixed (party id)';

COMMENT ON COLUMN accepted.minipool_member.mixed_at IS 'when';

COMMENT ON COLUMN accepted.minipool_member.mixed_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.minipool_member.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.minipool_member.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.minipool_member.correction_reason IS 'why it was corrected';

CREATE INDEX br_minipool_member_receipt ON accepted.minipool_member USING brin (receipt);

CREATE INDEX ix_minipool_member_member ON accepted.minipool_member (member);

CREATE TABLE accepted.official_release (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_official_release PRIMARY KEY (manufacturer, lot_number, market, version)
);

COMMENT ON TABLE accepted.official_release IS 'An authority''s release of a packed lot for one market.';

COMMENT ON COLUMN accepted.official_release.manufacturer IS 'whose lot it is (party id)';

COMMENT ON COLUMN accepted.official_release.lot_number IS 'the packed lot';

COMMENT ON COLUMN accepted.official_release.market IS 'for which market, as an ISO 3166 code';

COMMENT ON COLUMN accepted.official_release.authority IS 'who released';

COMMENT ON COLUMN accepted.official_release.certificate IS 'the certificate''s number';

COMMENT ON COLUMN accepted.official_release.released_at IS 'when';

COMMENT ON COLUMN accepted.official_release.released_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.official_release.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.official_release.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.official_release.correction_reason IS 'why it was corrected';

CREATE INDEX br_official_release_receipt ON accepted.official_release USING brin (receipt);

CREATE TABLE accepted.package_content (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_package_content PRIMARY KEY (sscc, item, version)
);

COMMENT ON TABLE accepted.package_content IS 'One line of what a package holds: a package, a pack, or packs of a lot.';

COMMENT ON COLUMN accepted.package_content.sscc IS 'the package''s SSCC';

COMMENT ON COLUMN accepted.package_content.item IS 'the line';

COMMENT ON COLUMN accepted.package_content.child_sscc IS 'a smaller package in it';

COMMENT ON COLUMN accepted.package_content.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.package_content.serial IS 'the pack''s serial; empty where only the lot is known';

COMMENT ON COLUMN accepted.package_content.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.package_content.packs IS 'packs that this line stands for [packs]';

COMMENT ON COLUMN accepted.package_content.packed_at IS 'when it was put in';

COMMENT ON COLUMN accepted.package_content.packed_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.package_content.unpacked_at IS 'when it was taken out';

COMMENT ON COLUMN accepted.package_content.unpacked_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.package_content.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.package_content.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.package_content.correction_reason IS 'why it was corrected';

CREATE INDEX br_package_content_receipt ON accepted.package_content USING brin (receipt);

CREATE INDEX ix_package_content_child_sscc ON accepted.package_content (child_sscc);

CREATE INDEX ix_package_content_gtin_serial ON accepted.package_content (gtin, serial);

CREATE TABLE accepted.post_donation_information (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_post_donation_information PRIMARY KEY (centre, information, version), 
    CONSTRAINT ck_post_donation_information_kind CHECK (kind IN ('health_criteria', 'later_marker', 'testing', 'donor_disease', 'cjd', 'travel', 'recipient_infection'))
);

COMMENT ON TABLE accepted.post_donation_information IS 'Later knowledge about a donor or a donation.';

COMMENT ON COLUMN accepted.post_donation_information.centre IS 'who learned it (party id)';

COMMENT ON COLUMN accepted.post_donation_information.information IS 'its number there';

COMMENT ON COLUMN accepted.post_donation_information.donor_key IS 'opaque key of the donor';

COMMENT ON COLUMN accepted.post_donation_information.donation_number IS 'the donation, where it is about one';

COMMENT ON COLUMN accepted.post_donation_information.kind IS 'what became known';

COMMENT ON COLUMN accepted.post_donation_information.effective_on IS 'since when it is so';

COMMENT ON COLUMN accepted.post_donation_information.learned_at IS 'when it was learned';

COMMENT ON COLUMN accepted.post_donation_information.learned_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.post_donation_information.reviewed_at IS 'when the earlier donations had been reviewed';

COMMENT ON COLUMN accepted.post_donation_information.reviewed_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.post_donation_information.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.post_donation_information.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.post_donation_information.correction_reason IS 'why it was corrected';

CREATE INDEX br_post_donation_information_receipt ON accepted.post_donation_information USING brin (receipt);

CREATE INDEX ix_post_donation_information_donation_number ON accepted.post_donation_information (donation_number);

CREATE INDEX ix_post_donation_information_donor_key ON accepted.post_donation_information (donor_key);

CREATE TABLE accepted.process_version (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_process_version PRIMARY KEY (process_version, valid_from, version), 
    CONSTRAINT ck_process_version_method CHECK (method IN ('solvent_detergent', 'nanofiltration', 'low_ph', 'caprylate', 'pasteurisation'))
);

COMMENT ON TABLE accepted.process_version IS 'One validated version of a solvent/detergent or removal process.';

COMMENT ON COLUMN accepted.process_version.process_version IS 'its name';

COMMENT ON COLUMN accepted.process_version.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.process_version.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.process_version.citation IS 'where it is from';

COMMENT ON COLUMN accepted.process_version.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.process_version.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.process_version.method IS 'what it does';

COMMENT ON COLUMN accepted.process_version.solvent IS 'the solvent';

COMMENT ON COLUMN accepted.process_version.solvent_pct IS 'solvent wanted [%]';

COMMENT ON COLUMN accepted.process_version.detergent IS 'the detergent';

COMMENT ON COLUMN accepted.process_version.detergent_pct IS 'detergent wanted [%]';

COMMENT ON COLUMN accepted.process_version.tolerance_pct IS 'how far concentrations may be off, of themselves [%]';

COMMENT ON COLUMN accepted.process_version.hold_h IS 'shortest treatment [h]';

COMMENT ON COLUMN accepted.process_version.temperature_min_c IS 'coldest [°C]';

COMMENT ON COLUMN accepted.process_version.temperature_max_c IS 'warmest [°C]';

COMMENT ON COLUMN accepted.process_version.prefilter_max_um IS 'widest pre-filter [um]';

COMMENT ON COLUMN accepted.process_version.residual_solvent_max_ug_ml IS 'solvent left at most [ug/mL]';

COMMENT ON COLUMN accepted.process_version.residual_detergent_max_ug_ml IS 'detergent left at most [ug/mL]';

COMMENT ON COLUMN accepted.process_version.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.process_version.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.process_version.correction_reason IS 'why it was corrected';

CREATE INDEX br_process_version_receipt ON accepted.process_version USING brin (receipt);

CREATE TABLE accepted.product (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_product PRIMARY KEY (gtin, valid_from, version), 
    CONSTRAINT ck_product_low_iga CHECK (low_iga IN ('yes', 'no'))
);

COMMENT ON TABLE accepted.product IS 'A saleable product as its licence says.';

COMMENT ON COLUMN accepted.product.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.product.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.product.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.product.citation IS 'where it is from';

COMMENT ON COLUMN accepted.product.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.product.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.product.name IS 'its name';

COMMENT ON COLUMN accepted.product.content_g IS 'immunoglobulin in one vial [g]';

COMMENT ON COLUMN accepted.product.low_iga IS 'whether it may be given where IgA is deficient';

COMMENT ON COLUMN accepted.product.iga_ug_ml IS 'IgA at most, as reconstituted [ug/mL]';

COMMENT ON COLUMN accepted.product.stabiliser IS 'what stabilises it';

COMMENT ON COLUMN accepted.product.human_excipient IS 'excipients of human origin';

COMMENT ON COLUMN accepted.product.storage_max_c IS 'warmest storage [°C]';

COMMENT ON COLUMN accepted.product.shelf_life_months IS 'months from making to expiry [months]';

COMMENT ON COLUMN accepted.product.bench_h IS 'hours from reconstitution to start, outside laminar flow [h]';

COMMENT ON COLUMN accepted.product.laminar_h IS 'the same within laminar flow, stored at 2 to 8 °C [h]';

COMMENT ON COLUMN accepted.product.donors_min IS 'donors whose plasma a lot holds, at least [donors]';

COMMENT ON COLUMN accepted.product.donors_max IS 'the same, at most [donors]';

COMMENT ON COLUMN accepted.product.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.product.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.product.correction_reason IS 'why it was corrected';

CREATE INDEX br_product_receipt ON accepted.product USING brin (receipt);

CREATE TABLE accepted.product_preparation (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_product_preparation PRIMARY KEY (gtin, concentration_pct, diluent, valid_from, version)
);

COMMENT ON TABLE accepted.product_preparation IS 'One concentration in which a product may be prepared.';

COMMENT ON COLUMN accepted.product_preparation.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.product_preparation.concentration_pct IS 'immunoglobulin after reconstitution [%]';

COMMENT ON COLUMN accepted.product_preparation.diluent IS 'with what: SWFI, NaCl, D5W';

COMMENT ON COLUMN accepted.product_preparation.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.product_preparation.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.product_preparation.citation IS 'where it is from';

COMMENT ON COLUMN accepted.product_preparation.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.product_preparation.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.product_preparation.diluent_ml IS 'diluent for one vial [mL]';

COMMENT ON COLUMN accepted.product_preparation.tolerance_pct IS 'how far the volume may be off, of itself [%]';

COMMENT ON COLUMN accepted.product_preparation.rate_max_ml_kg_h IS 'fastest infusion [mL/kg/h]';

COMMENT ON COLUMN accepted.product_preparation.rate_risk_ml_kg_h IS 'fastest infusion for a patient at risk [mL/kg/h]';

COMMENT ON COLUMN accepted.product_preparation.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.product_preparation.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.product_preparation.correction_reason IS 'why it was corrected';

CREATE INDEX br_product_preparation_receipt ON accepted.product_preparation USING brin (receipt);

CREATE TABLE accepted.reconstitution (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_reconstitution PRIMARY KEY (site, preparation, version), 
    CONSTRAINT ck_reconstitution_place CHECK (place IN ('bench', 'laminar_flow')), 
    CONSTRAINT ck_reconstitution_clear CHECK (clear IN ('yes', 'no'))
);

COMMENT ON TABLE accepted.reconstitution IS 'One preparation: vials, perhaps of several lots, mixed with diluent.';

COMMENT ON COLUMN accepted.reconstitution.site IS 'where it was prepared (party id)';

COMMENT ON COLUMN accepted.reconstitution.preparation IS 'the preparation''s number at that site';

COMMENT ON COLUMN accepted.reconstitution.treatment_order IS 'the order that it is for';

COMMENT ON COLUMN accepted.reconstitution.diluent IS 'with what: SWFI, NaCl, D5W';

COMMENT ON COLUMN accepted.reconstitution.diluent_lot IS 'the diluent''s lot';

COMMENT ON COLUMN accepted.reconstitution.volume_ml IS 'diluent in all [mL]';

COMMENT ON COLUMN accepted.reconstitution.concentration_pct IS 'immunoglobulin wanted [%]';

COMMENT ON COLUMN accepted.reconstitution.started_at IS 'when the diluent was added';

COMMENT ON COLUMN accepted.reconstitution.started_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.reconstitution.completed_at IS 'when it was dissolved';

COMMENT ON COLUMN accepted.reconstitution.completed_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.reconstitution.place IS 'where';

COMMENT ON COLUMN accepted.reconstitution.stored_c IS 'warmest until use [°C]';

COMMENT ON COLUMN accepted.reconstitution.clear IS 'whether it was clear';

COMMENT ON COLUMN accepted.reconstitution.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.reconstitution.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.reconstitution.correction_reason IS 'why it was corrected';

CREATE INDEX br_reconstitution_receipt ON accepted.reconstitution USING brin (receipt);

CREATE INDEX ix_reconstitution_site_treatment_order ON accepted.reconstitution (site, treatment_order);

CREATE TABLE accepted.reconstitution_vial (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_reconstitution_vial PRIMARY KEY (site, preparation, item, version)
);

COMMENT ON TABLE accepted.reconstitution_vial IS 'One vial, or several of one lot, in a preparation.';

COMMENT ON COLUMN accepted.reconstitution_vial.site IS 'where it was prepared (party id)';

COMMENT ON COLUMN accepted.reconstitution_vial.preparation IS 'the preparation''s number at that site';

COMMENT ON COLUMN accepted.reconstitution_vial.item IS 'the vial''s number within the preparation';

COMMENT ON COLUMN accepted.reconstitution_vial.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.reconstitution_vial.serial IS 'the pack''s serial; empty where only the lot is known';

COMMENT ON COLUMN accepted.reconstitution_vial.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.reconstitution_vial.position IS 'the vial''s position in a pack of several';

COMMENT ON COLUMN accepted.reconstitution_vial.vials IS 'vials that this line stands for [vials]';

COMMENT ON COLUMN accepted.reconstitution_vial.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.reconstitution_vial.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.reconstitution_vial.correction_reason IS 'why it was corrected';

CREATE INDEX br_reconstitution_vial_receipt ON accepted.reconstitution_vial USING brin (receipt);

CREATE TABLE accepted.relabelling (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_relabelling PRIMARY KEY (gtin, serial, new_gtin, new_serial, version)
);

COMMENT ON TABLE accepted.relabelling IS 'One pack under a new GTIN or serial.';

COMMENT ON COLUMN accepted.relabelling.gtin IS 'GTIN-14 before';

COMMENT ON COLUMN accepted.relabelling.serial IS 'serial before';

COMMENT ON COLUMN accepted.relabelling.new_gtin IS 'GTIN-14 after';

COMMENT ON COLUMN accepted.relabelling.new_serial IS 'serial after';

COMMENT ON COLUMN accepted.relabelling.party IS 'who relabelled (party id)';

COMMENT ON COLUMN accepted.relabelling.relabelled_at IS 'when';

COMMENT ON COLUMN accepted.relabelling.relabelled_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.relabelling.reason IS 'why';

COMMENT ON COLUMN accepted.relabelling.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.relabelling.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.relabelling.correction_reason IS 'why it was corrected';

CREATE INDEX br_relabelling_receipt ON accepted.relabelling USING brin (receipt);

CREATE INDEX ix_relabelling_new_gtin_new_serial ON accepted.relabelling (new_gtin, new_serial);

CREATE TABLE accepted.reporting_clock (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_reporting_clock PRIMARY KEY (jurisdiction, event, valid_from, version), 
    CONSTRAINT ck_reporting_clock_event CHECK (event IN ('serious_reaction', 'deviation', 'donor_information', 'course_review', 'unlinked_vial'))
);

COMMENT ON TABLE accepted.reporting_clock IS 'One term that a jurisdiction sets.';

COMMENT ON COLUMN accepted.reporting_clock.jurisdiction IS 'whose law, as an ISO 3166 code';

COMMENT ON COLUMN accepted.reporting_clock.event IS 'what starts the clock';

COMMENT ON COLUMN accepted.reporting_clock.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.reporting_clock.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.reporting_clock.citation IS 'where it is from';

COMMENT ON COLUMN accepted.reporting_clock.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.reporting_clock.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.reporting_clock.days IS 'days until it must be done [days]';

COMMENT ON COLUMN accepted.reporting_clock.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.reporting_clock.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.reporting_clock.correction_reason IS 'why it was corrected';

CREATE INDEX br_reporting_clock_receipt ON accepted.reporting_clock USING brin (receipt);

CREATE TABLE accepted.same_person (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_same_person PRIMARY KEY (party, statement, version), 
    CONSTRAINT ck_same_person_kind CHECK (kind IN ('donor', 'patient')), 
    CONSTRAINT ck_same_person_confidence CHECK (confidence IN ('certain', 'probable')), 
    CONSTRAINT ck_same_person_status CHECK (status IN ('stated', 'withdrawn'))
);

COMMENT ON TABLE accepted.same_person IS 'A statement that two donor keys, or two patient keys, are one person''s.';

COMMENT ON COLUMN accepted.same_person.party IS 'who states it (party id)';

COMMENT ON COLUMN accepted.same_person.statement IS 'its number there';

COMMENT ON COLUMN accepted.same_person.kind IS 'whose keys';

COMMENT ON COLUMN accepted.same_person.one_key IS 'one key';

COMMENT ON COLUMN accepted.same_person.other_key IS 'the other key';

COMMENT ON COLUMN accepted.same_person.confidence IS 'how sure';

COMMENT ON COLUMN accepted.same_person.stated_by IS 'by whom, as stated by the sender';

COMMENT ON COLUMN accepted.same_person.stated_at IS 'when';

COMMENT ON COLUMN accepted.same_person.stated_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.same_person.status IS 'whether it still holds';

COMMENT ON COLUMN accepted.same_person.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.same_person.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.same_person.correction_reason IS 'why it was corrected';

CREATE INDEX br_same_person_receipt ON accepted.same_person USING brin (receipt);

CREATE TABLE accepted.sample (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_sample PRIMARY KEY (manufacturer, sample, version), 
    CONSTRAINT ck_sample_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')), 
    CONSTRAINT ck_sample_purpose CHECK (purpose IN ('quality_control', 'official', 'reserve', 'stability'))
);

COMMENT ON TABLE accepted.sample IS 'Vials of a lot taken as samples.';

COMMENT ON COLUMN accepted.sample.manufacturer IS 'whose lot it is (party id)';

COMMENT ON COLUMN accepted.sample.sample IS 'the sample''s number there';

COMMENT ON COLUMN accepted.sample.lot_number IS 'the lot';

COMMENT ON COLUMN accepted.sample.step IS 'its step';

COMMENT ON COLUMN accepted.sample.purpose IS 'what for';

COMMENT ON COLUMN accepted.sample.vials IS 'vials that this line stands for [vials]';

COMMENT ON COLUMN accepted.sample.taken_at IS 'when';

COMMENT ON COLUMN accepted.sample.taken_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.sample.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.sample.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.sample.correction_reason IS 'why it was corrected';

CREATE INDEX br_sample_receipt ON accepted.sample USING brin (receipt);

CREATE INDEX ix_sample_manufacturer_lot_number_step ON accepted.sample (manufacturer, lot_number, step);

CREATE TABLE accepted.screening_requirement (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_screening_requirement PRIMARY KEY (jurisdiction, plasma_kind, level, marker, valid_from, version), 
    CONSTRAINT ck_screening_requirement_plasma_kind CHECK (plasma_kind IN ('source', 'recovered')), 
    CONSTRAINT ck_screening_requirement_level CHECK (level IN ('donation', 'pool')), 
    CONSTRAINT ck_screening_requirement_marker CHECK (marker IN ('HBsAg', 'anti-HCV', 'anti-HIV-1/2', 'anti-HBc', 'HIV-NAT', 'HCV-NAT', 'HBV-NAT', 'HAV-NAT', 'B19V-NAT', 'HEV-NAT', 'syphilis'))
);

COMMENT ON TABLE accepted.screening_requirement IS 'One marker that a jurisdiction asks for, at one level.';

COMMENT ON COLUMN accepted.screening_requirement.jurisdiction IS 'whose law, as an ISO 3166 code';

COMMENT ON COLUMN accepted.screening_requirement.plasma_kind IS 'of which plasma';

COMMENT ON COLUMN accepted.screening_requirement.level IS 'of each donation, or of each pool';

COMMENT ON COLUMN accepted.screening_requirement.marker IS 'what is looked for';

COMMENT ON COLUMN accepted.screening_requirement.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.screening_requirement.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.screening_requirement.citation IS 'where it is from';

COMMENT ON COLUMN accepted.screening_requirement.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.screening_requirement.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.screening_requirement.limit_iu_ml IS 'what may be found; empty: nothing [IU/mL]';

COMMENT ON COLUMN accepted.screening_requirement.term_days IS 'days after which a missing result is a finding [days]';

COMMENT ON COLUMN accepted.screening_requirement.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.screening_requirement.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.screening_requirement.correction_reason IS 'why it was corrected';

CREATE INDEX br_screening_requirement_receipt ON accepted.screening_requirement USING brin (receipt);

CREATE TABLE accepted.screening_scheme (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_screening_scheme PRIMARY KEY (jurisdiction, plasma_kind, valid_from, version), 
    CONSTRAINT ck_screening_scheme_plasma_kind CHECK (plasma_kind IN ('source', 'recovered'))
);

COMMENT ON TABLE accepted.screening_scheme IS 'What a jurisdiction asks of donors and donations of one kind of plasma.';

COMMENT ON COLUMN accepted.screening_scheme.jurisdiction IS 'whose law, as an ISO 3166 code';

COMMENT ON COLUMN accepted.screening_scheme.plasma_kind IS 'of which plasma';

COMMENT ON COLUMN accepted.screening_scheme.valid_from IS 'the first day on which it holds';

COMMENT ON COLUMN accepted.screening_scheme.valid_to IS 'the last day on which it holds; empty while it holds';

COMMENT ON COLUMN accepted.screening_scheme.citation IS 'where it is from';

COMMENT ON COLUMN accepted.screening_scheme.prepared_by IS 'who put it in';

COMMENT ON COLUMN accepted.screening_scheme.approved_by IS 'who, being another person, approved it';

COMMENT ON COLUMN accepted.screening_scheme.interval_days IS 'fewest calendar days between two donations [days]';

COMMENT ON COLUMN accepted.screening_scheme.week_max IS 'most donations in seven calendar days';

COMMENT ON COLUMN accepted.screening_scheme.hold_days IS 'inventory hold [days]';

COMMENT ON COLUMN accepted.screening_scheme.exam_days IS 'oldest examination [days]';

COMMENT ON COLUMN accepted.screening_scheme.sample_months IS 'oldest sample for syphilis and protein composition [months]';

COMMENT ON COLUMN accepted.screening_scheme.sample_late_months IS 'the same with a physician''s signature [months]';

COMMENT ON COLUMN accepted.screening_scheme.lookback_months IS 'how far before a deferral donations are in doubt [months]';

COMMENT ON COLUMN accepted.screening_scheme.haemoglobin_f_g_dl IS 'haemoglobin of women, at least [g/dL]';

COMMENT ON COLUMN accepted.screening_scheme.haemoglobin_m_g_dl IS 'haemoglobin of men, at least [g/dL]';

COMMENT ON COLUMN accepted.screening_scheme.thaw_h IS 'hours that one episode above the storage limit may last [h]';

COMMENT ON COLUMN accepted.screening_scheme.storage_max_c IS 'warmest storage [°C]';

COMMENT ON COLUMN accepted.screening_scheme.thaw_max_c IS 'warmest within that episode [°C]';

COMMENT ON COLUMN accepted.screening_scheme.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.screening_scheme.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.screening_scheme.correction_reason IS 'why it was corrected';

CREATE INDEX br_screening_scheme_receipt ON accepted.screening_scheme USING brin (receipt);

COMMENT ON COLUMN accepted.shipment.sscc IS 'the package, where it is shipped whole';

CREATE INDEX ix_shipment_sscc ON accepted.shipment (sscc);

CREATE TABLE accepted.stock_count (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_stock_count PRIMARY KEY (party, stocktake, item, version)
);

COMMENT ON TABLE accepted.stock_count IS 'One line of a count of stock.';

COMMENT ON COLUMN accepted.stock_count.party IS 'who counted (party id)';

COMMENT ON COLUMN accepted.stock_count.stocktake IS 'the count''s number there';

COMMENT ON COLUMN accepted.stock_count.item IS 'the line';

COMMENT ON COLUMN accepted.stock_count.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.stock_count.serial IS 'the pack''s serial; empty where only the lot is known';

COMMENT ON COLUMN accepted.stock_count.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.stock_count.packs IS 'packs found [packs]';

COMMENT ON COLUMN accepted.stock_count.counted_at IS 'when';

COMMENT ON COLUMN accepted.stock_count.counted_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.stock_count.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.stock_count.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.stock_count.correction_reason IS 'why it was corrected';

CREATE INDEX br_stock_count_receipt ON accepted.stock_count USING brin (receipt);

CREATE INDEX ix_stock_count_gtin_serial ON accepted.stock_count (gtin, serial);

CREATE INDEX ix_test_result_reactive ON accepted.test_result (tested_id) WHERE interpretation IN ('reactive', 'repeatedly_reactive', 'indeterminate');

CREATE TABLE accepted.treatment_order (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_treatment_order PRIMARY KEY (site, treatment_order, version), 
    CONSTRAINT ck_treatment_order_indication CHECK (indication IN ('PID', 'CLL', 'ITP', 'Kawasaki', 'CIDP', 'MS', 'other')), 
    CONSTRAINT ck_treatment_order_heart_failure CHECK (heart_failure IN ('yes', 'no')), 
    CONSTRAINT ck_treatment_order_kidney CHECK (kidney IN ('yes', 'no')), 
    CONSTRAINT ck_treatment_order_diabetes CHECK (diabetes IN ('yes', 'no')), 
    CONSTRAINT ck_treatment_order_circulation CHECK (circulation IN ('yes', 'no')), 
    CONSTRAINT ck_treatment_order_allergy CHECK (allergy IN ('yes', 'no')), 
    CONSTRAINT ck_treatment_order_iga_deficiency CHECK (iga_deficiency IN ('yes', 'no')), 
    CONSTRAINT ck_treatment_order_thrombosis CHECK (thrombosis IN ('yes', 'no'))
);

COMMENT ON TABLE accepted.treatment_order IS 'One order of immunoglobulin for a patient.';

COMMENT ON COLUMN accepted.treatment_order.site IS 'where the patient is treated (party id)';

COMMENT ON COLUMN accepted.treatment_order.treatment_order IS 'the order''s number at that site';

COMMENT ON COLUMN accepted.treatment_order.patient_key IS 'opaque key of the patient';

COMMENT ON COLUMN accepted.treatment_order.ordered_at IS 'when';

COMMENT ON COLUMN accepted.treatment_order.ordered_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.treatment_order.indication IS 'for what; MS is off-label';

COMMENT ON COLUMN accepted.treatment_order.weight_kg IS 'the patient''s weight [kg]';

COMMENT ON COLUMN accepted.treatment_order.heart_failure IS 'the patient is at risk: heart failure';

COMMENT ON COLUMN accepted.treatment_order.kidney IS 'the patient is at risk: kidney';

COMMENT ON COLUMN accepted.treatment_order.diabetes IS 'the patient is at risk: diabetes';

COMMENT ON COLUMN accepted.treatment_order.circulation IS 'the patient is at risk: circulation';

COMMENT ON COLUMN accepted.treatment_order.allergy IS 'the patient is at risk: allergy';

COMMENT ON COLUMN accepted.treatment_order.iga_deficiency IS 'the patient is at risk: iga deficiency';

COMMENT ON COLUMN accepted.treatment_order.thrombosis IS 'the patient is at risk: thrombosis';

COMMENT ON COLUMN accepted.treatment_order.dose_g IS 'dose for one day [g]';

COMMENT ON COLUMN accepted.treatment_order.days IS 'days of a course [days]';

COMMENT ON COLUMN accepted.treatment_order.courses IS 'courses planned';

COMMENT ON COLUMN accepted.treatment_order.interval_days IS 'days from course to course [days]';

COMMENT ON COLUMN accepted.treatment_order.failed_therapies IS 'the therapies that failed';

COMMENT ON COLUMN accepted.treatment_order.authorisation IS 'the authorisation of an off-label use';

COMMENT ON COLUMN accepted.treatment_order.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.treatment_order.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.treatment_order.correction_reason IS 'why it was corrected';

CREATE INDEX br_treatment_order_receipt ON accepted.treatment_order USING brin (receipt);

CREATE TABLE accepted.unit_event (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_unit_event PRIMARY KEY (unit, event, version), 
    CONSTRAINT ck_unit_event_kind CHECK (kind IN ('held', 'let_go', 'relabelled', 'shipped', 'destroyed', 'other_use'))
);

COMMENT ON TABLE accepted.unit_event IS 'One event in a unit''s life: held, let go, relabelled, shipped, destroyed.';

COMMENT ON COLUMN accepted.unit_event.unit IS 'the plasma unit';

COMMENT ON COLUMN accepted.unit_event.event IS 'the event''s number';

COMMENT ON COLUMN accepted.unit_event.kind IS 'what happened';

COMMENT ON COLUMN accepted.unit_event.at IS 'when';

COMMENT ON COLUMN accepted.unit_event.at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.unit_event.party IS 'who has it then (party id)';

COMMENT ON COLUMN accepted.unit_event.reason IS 'why';

COMMENT ON COLUMN accepted.unit_event.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.unit_event.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.unit_event.correction_reason IS 'why it was corrected';

CREATE INDEX br_unit_event_receipt ON accepted.unit_event USING brin (receipt);

CREATE TABLE accepted.vial_fate (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_vial_fate PRIMARY KEY (party, fate, version), 
    CONSTRAINT ck_vial_fate_kind CHECK (kind IN ('returned', 'destroyed', 'lost', 'wasted')), 
    CONSTRAINT ck_vial_fate_fit CHECK (fit IN ('yes', 'no'))
);

COMMENT ON TABLE accepted.vial_fate IS 'Vials returned, destroyed, lost or wasted.';

COMMENT ON COLUMN accepted.vial_fate.party IS 'who tells it (party id)';

COMMENT ON COLUMN accepted.vial_fate.fate IS 'its number there';

COMMENT ON COLUMN accepted.vial_fate.kind IS 'what became of them';

COMMENT ON COLUMN accepted.vial_fate.gtin IS 'GTIN-14';

COMMENT ON COLUMN accepted.vial_fate.serial IS 'the pack''s serial; empty where only the lot is known';

COMMENT ON COLUMN accepted.vial_fate.lot_number IS 'the lot on the label';

COMMENT ON COLUMN accepted.vial_fate.position IS 'the vial''s position in a pack of several';

COMMENT ON COLUMN accepted.vial_fate.vials IS 'vials that this line stands for [vials]';

COMMENT ON COLUMN accepted.vial_fate.fit IS 'whether what was returned is fit for use';

COMMENT ON COLUMN accepted.vial_fate.at IS 'when';

COMMENT ON COLUMN accepted.vial_fate.at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.vial_fate.reason IS 'why';

COMMENT ON COLUMN accepted.vial_fate.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.vial_fate.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.vial_fate.correction_reason IS 'why it was corrected';

CREATE INDEX br_vial_fate_receipt ON accepted.vial_fate USING brin (receipt);

CREATE INDEX ix_vial_fate_gtin_serial ON accepted.vial_fate (gtin, serial);

CREATE TABLE accepted.viral_inactivation (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_viral_inactivation PRIMARY KEY (plant, batch, version)
);

COMMENT ON TABLE accepted.viral_inactivation IS 'One solvent/detergent treatment of a batch.';

COMMENT ON COLUMN accepted.viral_inactivation.plant IS 'who treated (party id)';

COMMENT ON COLUMN accepted.viral_inactivation.batch IS 'the batch''s number at that plant';

COMMENT ON COLUMN accepted.viral_inactivation.process_version IS 'by which validated process';

COMMENT ON COLUMN accepted.viral_inactivation.prefilter_um IS 'pore of the pre-filter [um]';

COMMENT ON COLUMN accepted.viral_inactivation.prefilter_lot IS 'the pre-filter''s lot';

COMMENT ON COLUMN accepted.viral_inactivation.prefiltered_at IS 'when pre-filtration was complete';

COMMENT ON COLUMN accepted.viral_inactivation.prefiltered_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.viral_inactivation.solvent IS 'the solvent';

COMMENT ON COLUMN accepted.viral_inactivation.solvent_lot IS 'its lot';

COMMENT ON COLUMN accepted.viral_inactivation.solvent_start_pct IS 'solvent by the start assay [%]';

COMMENT ON COLUMN accepted.viral_inactivation.solvent_end_pct IS 'solvent by the end assay [%]';

COMMENT ON COLUMN accepted.viral_inactivation.detergent IS 'the detergent';

COMMENT ON COLUMN accepted.viral_inactivation.detergent_lot IS 'its lot';

COMMENT ON COLUMN accepted.viral_inactivation.detergent_start_pct IS 'detergent by the start assay [%]';

COMMENT ON COLUMN accepted.viral_inactivation.detergent_end_pct IS 'detergent by the end assay [%]';

COMMENT ON COLUMN accepted.viral_inactivation.ph IS 'pH of the batch';

COMMENT ON COLUMN accepted.viral_inactivation.started_at IS 'when the reagents were in and mixed';

COMMENT ON COLUMN accepted.viral_inactivation.started_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.viral_inactivation.ended_at IS 'when the treatment ended';

COMMENT ON COLUMN accepted.viral_inactivation.ended_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.viral_inactivation.temperature_min_c IS 'coldest in the vessel [°C]';

COMMENT ON COLUMN accepted.viral_inactivation.temperature_mean_c IS 'its mean [°C]';

COMMENT ON COLUMN accepted.viral_inactivation.temperature_max_c IS 'warmest in the vessel [°C]';

COMMENT ON COLUMN accepted.viral_inactivation.vessel_1 IS 'the vessel in which the reagents were added';

COMMENT ON COLUMN accepted.viral_inactivation.vessel_2 IS 'the vessel in which it was held';

COMMENT ON COLUMN accepted.viral_inactivation.residual_solvent_ug_ml IS 'solvent left after removal [ug/mL]';

COMMENT ON COLUMN accepted.viral_inactivation.residual_detergent_ug_ml IS 'detergent left after removal [ug/mL]';

COMMENT ON COLUMN accepted.viral_inactivation.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.viral_inactivation.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.viral_inactivation.correction_reason IS 'why it was corrected';

CREATE INDEX br_viral_inactivation_receipt ON accepted.viral_inactivation USING brin (receipt);

CREATE TABLE accepted.viral_inactivation_load (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_viral_inactivation_load PRIMARY KEY (plant, batch, from_lot_number, from_step, lot_number, step, version), 
    CONSTRAINT ck_viral_inactivation_load_from_step CHECK (from_step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')), 
    CONSTRAINT ck_viral_inactivation_load_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external'))
);

COMMENT ON TABLE accepted.viral_inactivation_load IS 'One lot in a virus treatment, and the lot that it became.';

COMMENT ON COLUMN accepted.viral_inactivation_load.plant IS 'who treated, and whose lots these are (party id)';

COMMENT ON COLUMN accepted.viral_inactivation_load.batch IS 'the batch''s number at that plant';

COMMENT ON COLUMN accepted.viral_inactivation_load.from_lot_number IS 'the lot that went in';

COMMENT ON COLUMN accepted.viral_inactivation_load.from_step IS 'its step';

COMMENT ON COLUMN accepted.viral_inactivation_load.lot_number IS 'the lot that came out';

COMMENT ON COLUMN accepted.viral_inactivation_load.step IS 'its step';

COMMENT ON COLUMN accepted.viral_inactivation_load.amount_kg IS 'how much went in [kg]';

COMMENT ON COLUMN accepted.viral_inactivation_load.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.viral_inactivation_load.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.viral_inactivation_load.correction_reason IS 'why it was corrected';

CREATE INDEX br_viral_inactivation_load_receipt ON accepted.viral_inactivation_load USING brin (receipt);

CREATE INDEX ix_viral_inactivation_load_plant_from_lot_number_from_step ON accepted.viral_inactivation_load (plant, from_lot_number, from_step);

CREATE INDEX ix_viral_inactivation_load_plant_lot_number_step ON accepted.viral_inactivation_load (plant, lot_number, step);

CREATE TABLE accepted.virus_removal (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_virus_removal PRIMARY KEY (plant, batch, version), 
    CONSTRAINT ck_virus_removal_method CHECK (method IN ('nanofiltration', 'low_ph', 'caprylate', 'pasteurisation')), 
    CONSTRAINT ck_virus_removal_integrity_before CHECK (integrity_before IN ('pass', 'fail')), 
    CONSTRAINT ck_virus_removal_integrity_after CHECK (integrity_after IN ('pass', 'fail'))
);

COMMENT ON TABLE accepted.virus_removal IS 'One nanofiltration, low pH, caprylate or pasteurisation step.';

COMMENT ON COLUMN accepted.virus_removal.plant IS 'who did it (party id)';

COMMENT ON COLUMN accepted.virus_removal.batch IS 'the batch''s number at that plant';

COMMENT ON COLUMN accepted.virus_removal.process_version IS 'by which validated process';

COMMENT ON COLUMN accepted.virus_removal.method IS 'how';

COMMENT ON COLUMN accepted.virus_removal.filter_lot IS 'the virus filter''s lot';

COMMENT ON COLUMN accepted.virus_removal.filter_nm IS 'its pore [nm]';

COMMENT ON COLUMN accepted.virus_removal.integrity_before IS 'the filter''s integrity before use';

COMMENT ON COLUMN accepted.virus_removal.integrity_after IS 'the filter''s integrity after use';

COMMENT ON COLUMN accepted.virus_removal.ph IS 'pH';

COMMENT ON COLUMN accepted.virus_removal.temperature_min_c IS 'coldest [°C]';

COMMENT ON COLUMN accepted.virus_removal.temperature_max_c IS 'warmest [°C]';

COMMENT ON COLUMN accepted.virus_removal.started_at IS 'start';

COMMENT ON COLUMN accepted.virus_removal.started_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.virus_removal.ended_at IS 'end';

COMMENT ON COLUMN accepted.virus_removal.ended_at_offset_min IS 'its offset as sent [min]';

COMMENT ON COLUMN accepted.virus_removal.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.virus_removal.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.virus_removal.correction_reason IS 'why it was corrected';

CREATE INDEX br_virus_removal_receipt ON accepted.virus_removal USING brin (receipt);

CREATE TABLE accepted.virus_removal_load (
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    version SMALLINT NOT NULL, 
    rank INTEGER NOT NULL, 
    content BYTEA NOT NULL, 
    as_sent JSONB, 
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
    CONSTRAINT pk_virus_removal_load PRIMARY KEY (plant, batch, from_lot_number, from_step, lot_number, step, version), 
    CONSTRAINT ck_virus_removal_load_from_step CHECK (from_step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external')), 
    CONSTRAINT ck_virus_removal_load_step CHECK (step IN ('paste', 'bulk', 'filled', 'dried', 'packed', 'external'))
);

COMMENT ON TABLE accepted.virus_removal_load IS 'One lot in a virus removal, and the lot that it became.';

COMMENT ON COLUMN accepted.virus_removal_load.plant IS 'who treated, and whose lots these are (party id)';

COMMENT ON COLUMN accepted.virus_removal_load.batch IS 'the batch''s number at that plant';

COMMENT ON COLUMN accepted.virus_removal_load.from_lot_number IS 'the lot that went in';

COMMENT ON COLUMN accepted.virus_removal_load.from_step IS 'its step';

COMMENT ON COLUMN accepted.virus_removal_load.lot_number IS 'the lot that came out';

COMMENT ON COLUMN accepted.virus_removal_load.step IS 'its step';

COMMENT ON COLUMN accepted.virus_removal_load.amount_kg IS 'how much went in [kg]';

COMMENT ON COLUMN accepted.virus_removal_load.correction IS 'number of this declared correction; empty for the first version';

COMMENT ON COLUMN accepted.virus_removal_load.corrected_by IS 'who declared the correction, as stated by the sender';

COMMENT ON COLUMN accepted.virus_removal_load.correction_reason IS 'why it was corrected';

CREATE INDEX br_virus_removal_load_receipt ON accepted.virus_removal_load USING brin (receipt);

CREATE INDEX ix_virus_removal_load_plant_from_lot_number_from_step ON accepted.virus_removal_load (plant, from_lot_number, from_step);

CREATE INDEX ix_virus_removal_load_plant_lot_number_step ON accepted.virus_removal_load (plant, lot_number, step);

CREATE TABLE judged.adopted (
    record TEXT NOT NULL, 
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    scope JSONB NOT NULL, 
    at TIMESTAMP WITH TIME ZONE NOT NULL, 
    by TEXT NOT NULL, 
    reason TEXT NOT NULL, 
    CONSTRAINT pk_adopted PRIMARY KEY (record, receipt, line)
);

COMMENT ON TABLE judged.adopted IS 'reference rows by which rules judge; a retroactive one waits until a person adopts it';

COMMENT ON COLUMN judged.adopted.scope IS 'its key without valid_from';

CREATE INDEX ix_adopted_scope ON judged.adopted (record, scope);

CREATE TABLE judged.decision (
    decision BIGINT GENERATED ALWAYS AS IDENTITY, 
    record TEXT NOT NULL, 
    key JSONB NOT NULL, 
    receipt BIGINT NOT NULL, 
    line BIGINT NOT NULL, 
    at TIMESTAMP WITH TIME ZONE NOT NULL, 
    by TEXT NOT NULL, 
    reason TEXT NOT NULL, 
    CONSTRAINT pk_decision PRIMARY KEY (decision)
);

COMMENT ON TABLE judged.decision IS 'a person''s word on a contested key: which version stands';

CREATE TABLE judged.event (
    event BIGINT GENERATED ALWAYS AS IDENTITY, 
    finding BIGINT NOT NULL, 
    kind TEXT NOT NULL, 
    at TIMESTAMP WITH TIME ZONE NOT NULL, 
    by TEXT NOT NULL, 
    reason TEXT NOT NULL, 
    CONSTRAINT pk_event PRIMARY KEY (event), 
    CONSTRAINT ck_event_kind CHECK (kind IN ('explained', 'reopened', 'closed'))
);

COMMENT ON TABLE judged.event IS 'what happened to a finding after it was opened';

CREATE INDEX ix_event_finding ON judged.event (finding);

COMMENT ON COLUMN judged.finding.receipt IS 'empty where a rule across records found it';

CREATE TABLE judged.judging (
    judging BIGINT GENERATED ALWAYS AS IDENTITY, 
    at TIMESTAMP WITH TIME ZONE NOT NULL, 
    rule TEXT NOT NULL, 
    rule_version INTEGER NOT NULL, 
    subjects BIGINT NOT NULL, 
    passed BIGINT NOT NULL, 
    not_applicable BIGINT NOT NULL, 
    pending BIGINT NOT NULL, 
    notices BIGINT NOT NULL, 
    findings BIGINT NOT NULL, 
    CONSTRAINT pk_judging PRIMARY KEY (judging)
);

COMMENT ON TABLE judged.judging IS 'how often each rule across records had each outcome, each time it was judged';

CREATE INDEX ix_judging_rule ON judged.judging (rule);

CREATE TABLE judged.outcome (
    rule TEXT NOT NULL, 
    subject JSONB NOT NULL, 
    rule_version INTEGER NOT NULL, 
    outcome TEXT NOT NULL, 
    due_on DATE, 
    CONSTRAINT pk_outcome PRIMARY KEY (rule, subject), 
    CONSTRAINT ck_outcome_outcome CHECK (outcome IN ('pending', 'notice', 'finding'))
);

COMMENT ON TABLE judged.outcome IS 'what rules across records answer: all that is neither passed nor not applicable';

COMMENT ON COLUMN judged.outcome.subject IS 'the key of what was judged';

COMMENT ON COLUMN judged.outcome.due_on IS 'the last day on which a pending record is in time';

CREATE TABLE judged.weighed (
    entry BIGINT NOT NULL, 
    weighed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
    CONSTRAINT pk_weighed PRIMARY KEY (entry)
);

COMMENT ON TABLE judged.weighed IS 'ledger entries to which rules across records have been put';

CREATE TABLE lineage.person (
    kind TEXT NOT NULL, 
    key TEXT NOT NULL, 
    person TEXT NOT NULL, 
    CONSTRAINT pk_person PRIMARY KEY (kind, key)
);

COMMENT ON TABLE lineage.person IS 'keys that are one person''s: the least of them names the person';

CREATE INDEX ix_person_person ON lineage.person (kind, person);

CREATE TABLE lineage.place (
    party TEXT NOT NULL, 
    zone TEXT, 
    jurisdiction TEXT
);

COMMENT ON TABLE lineage.place IS 'where parties are, in each version that stands';

COMMENT ON COLUMN lineage.place.zone IS 'empty where it names no time zone';

CREATE INDEX ix_place_party ON lineage.place (party);

CREATE VIEW standing.approval AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.party,
    version_row.activity,
    version_row.market,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.authority,
    version_row.licence,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.approval AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'approval' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.clearance AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.process_version,
    version_row.virus,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.enveloped,
    version_row.tested,
    version_row.log10,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.clearance AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'clearance' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.dryer_recipe AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.recipe,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.interval_s,
    version_row.pirani,
    version_row.probes,
    version_row.collapse_c,
    version_row.margin_c,
    version_row.end_ratio,
    version_row.end_min,
    version_row.moisture_max_pct,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.dryer_recipe AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'dryer_recipe' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.lot_test_specification AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.gtin,
    version_row.test,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.low,
    version_row.high,
    version_row.value_unit,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.lot_test_specification AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lot_test_specification' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.process_version AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.process_version,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.method,
    version_row.solvent,
    version_row.solvent_pct,
    version_row.detergent,
    version_row.detergent_pct,
    version_row.tolerance_pct,
    version_row.hold_h,
    version_row.temperature_min_c,
    version_row.temperature_max_c,
    version_row.prefilter_max_um,
    version_row.residual_solvent_max_ug_ml,
    version_row.residual_detergent_max_ug_ml,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.process_version AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'process_version' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.product AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.gtin,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.name,
    version_row.content_g,
    version_row.low_iga,
    version_row.iga_ug_ml,
    version_row.stabiliser,
    version_row.human_excipient,
    version_row.storage_max_c,
    version_row.shelf_life_months,
    version_row.bench_h,
    version_row.laminar_h,
    version_row.donors_min,
    version_row.donors_max,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.product AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'product' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.product_preparation AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.gtin,
    version_row.concentration_pct,
    version_row.diluent,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.diluent_ml,
    version_row.tolerance_pct,
    version_row.rate_max_ml_kg_h,
    version_row.rate_risk_ml_kg_h,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.product_preparation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'product_preparation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.reporting_clock AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.jurisdiction,
    version_row.event,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.days,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.reporting_clock AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'reporting_clock' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.screening_requirement AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.jurisdiction,
    version_row.plasma_kind,
    version_row.level,
    version_row.marker,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.limit_iu_ml,
    version_row.term_days,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.screening_requirement AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'screening_requirement' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.screening_scheme AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.jurisdiction,
    version_row.plasma_kind,
    version_row.valid_from,
    version_row.valid_to,
    version_row.citation,
    version_row.prepared_by,
    version_row.approved_by,
    version_row.interval_days,
    version_row.week_max,
    version_row.hold_days,
    version_row.exam_days,
    version_row.sample_months,
    version_row.sample_late_months,
    version_row.lookback_months,
    version_row.haemoglobin_f_g_dl,
    version_row.haemoglobin_m_g_dl,
    version_row.thaw_h,
    version_row.storage_max_c,
    version_row.thaw_max_c,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.screening_scheme AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'screening_scheme' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.deferral AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.centre,
    version_row.deferral,
    version_row.donor_key,
    version_row.deferred_from,
    version_row.deferred_until,
    version_row.cause,
    version_row.requalified_on,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.deferral AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'deferral' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.donor_exam AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.centre,
    version_row.exam,
    version_row.donor_key,
    version_row.kind,
    version_row.examined_on,
    version_row.reviewed_on,
    version_row.reviewed_by,
    version_row.conclusion,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.donor_exam AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'donor_exam' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.minipool_member AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.minipool,
    version_row.member_kind,
    version_row.member,
    version_row.laboratory,
    version_row.mixed_at,
    version_row.mixed_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.minipool_member AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'minipool_member' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.post_donation_information AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.centre,
    version_row.information,
    version_row.donor_key,
    version_row.donation_number,
    version_row.kind,
    version_row.effective_on,
    version_row.learned_at,
    version_row.learned_at_offset_min,
    version_row.reviewed_at,
    version_row.reviewed_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.post_donation_information AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'post_donation_information' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.same_person AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.party,
    version_row.statement,
    version_row.kind,
    version_row.one_key,
    version_row.other_key,
    version_row.confidence,
    version_row.stated_by,
    version_row.stated_at,
    version_row.stated_at_offset_min,
    version_row.status,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.same_person AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'same_person' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.unit_event AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.unit,
    version_row.event,
    version_row.kind,
    version_row.at,
    version_row.at_offset_min,
    version_row.party,
    version_row.reason,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.unit_event AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'unit_event' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.external_lot AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.supplier,
    version_row.lot_number,
    version_row.kind,
    version_row.product,
    version_row.received_at,
    version_row.received_at_offset_min,
    version_row.donor_data_holder,
    version_row.certificate,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.external_lot AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'external_lot' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.viral_inactivation AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.batch,
    version_row.process_version,
    version_row.prefilter_um,
    version_row.prefilter_lot,
    version_row.prefiltered_at,
    version_row.prefiltered_at_offset_min,
    version_row.solvent,
    version_row.solvent_lot,
    version_row.solvent_start_pct,
    version_row.solvent_end_pct,
    version_row.detergent,
    version_row.detergent_lot,
    version_row.detergent_start_pct,
    version_row.detergent_end_pct,
    version_row.ph,
    version_row.started_at,
    version_row.started_at_offset_min,
    version_row.ended_at,
    version_row.ended_at_offset_min,
    version_row.temperature_min_c,
    version_row.temperature_mean_c,
    version_row.temperature_max_c,
    version_row.vessel_1,
    version_row.vessel_2,
    version_row.residual_solvent_ug_ml,
    version_row.residual_detergent_ug_ml,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.viral_inactivation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'viral_inactivation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.viral_inactivation_load AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.batch,
    version_row.from_lot_number,
    version_row.from_step,
    version_row.lot_number,
    version_row.step,
    version_row.amount_kg,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.viral_inactivation_load AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'viral_inactivation_load' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.virus_removal AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.batch,
    version_row.process_version,
    version_row.method,
    version_row.filter_lot,
    version_row.filter_nm,
    version_row.integrity_before,
    version_row.integrity_after,
    version_row.ph,
    version_row.temperature_min_c,
    version_row.temperature_max_c,
    version_row.started_at,
    version_row.started_at_offset_min,
    version_row.ended_at,
    version_row.ended_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.virus_removal AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'virus_removal' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.virus_removal_load AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.batch,
    version_row.from_lot_number,
    version_row.from_step,
    version_row.lot_number,
    version_row.step,
    version_row.amount_kg,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.virus_removal_load AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'virus_removal_load' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.deviation AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.deviation,
    version_row.kind,
    version_row.batch,
    version_row.lot_number,
    version_row.step,
    version_row.opened_at,
    version_row.opened_at_offset_min,
    version_row.closed_at,
    version_row.closed_at_offset_min,
    version_row.reported_at,
    version_row.reported_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.deviation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'deviation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.filling AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.batch,
    version_row.fill_line,
    version_row.stopper_lot,
    version_row.filter_lot,
    version_row.started_at,
    version_row.started_at_offset_min,
    version_row.ended_at,
    version_row.ended_at_offset_min,
    version_row.vials_filled,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.filling AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'filling' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.filling_load AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.plant,
    version_row.batch,
    version_row.from_lot_number,
    version_row.lot_number,
    version_row.vials,
    version_row.amount_kg,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.filling_load AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'filling_load' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.inspection AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.manufacturer,
    version_row.inspection,
    version_row.lot_number,
    version_row.step,
    version_row.inspected_at,
    version_row.inspected_at_offset_min,
    version_row.vials_inspected,
    version_row.rejects_critical,
    version_row.rejects_major,
    version_row.rejects_minor,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.inspection AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'inspection' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.lot_test AS
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
    version_row.test,
    version_row.run,
    version_row.value,
    version_row.value_unit,
    version_row.conclusion,
    version_row.laboratory,
    version_row.tested_at,
    version_row.tested_at_offset_min,
    version_row.status,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.lot_test AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lot_test' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.sample AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.manufacturer,
    version_row.sample,
    version_row.lot_number,
    version_row.step,
    version_row.purpose,
    version_row.vials,
    version_row.taken_at,
    version_row.taken_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.sample AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'sample' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.complaint AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.party,
    version_row.complaint,
    version_row.gtin,
    version_row.serial,
    version_row.lot_number,
    version_row.kind,
    version_row.received_at,
    version_row.received_at_offset_min,
    version_row.outcome,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.complaint AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'complaint' AND s.receipt = version_row.receipt AND s.line = version_row.line
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
    version_row.correction_reason,
    version_row.position
FROM accepted.dispensing AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'dispensing' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.excursion AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.party,
    version_row.excursion,
    version_row.from_party,
    version_row.shipment,
    version_row.began_at,
    version_row.began_at_offset_min,
    version_row.ended_at,
    version_row.ended_at_offset_min,
    version_row.coldest_c,
    version_row.warmest_c,
    version_row.fit,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.excursion AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'excursion' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.official_release AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.manufacturer,
    version_row.lot_number,
    version_row.market,
    version_row.authority,
    version_row.certificate,
    version_row.released_at,
    version_row.released_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.official_release AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'official_release' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.package_content AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.sscc,
    version_row.item,
    version_row.child_sscc,
    version_row.gtin,
    version_row.serial,
    version_row.lot_number,
    version_row.packs,
    version_row.packed_at,
    version_row.packed_at_offset_min,
    version_row.unpacked_at,
    version_row.unpacked_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.package_content AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'package_content' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.relabelling AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.gtin,
    version_row.serial,
    version_row.new_gtin,
    version_row.new_serial,
    version_row.party,
    version_row.relabelled_at,
    version_row.relabelled_at_offset_min,
    version_row.reason,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.relabelling AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'relabelling' AND s.receipt = version_row.receipt AND s.line = version_row.line
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
    version_row.correction_reason,
    version_row.sscc
FROM accepted.shipment AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'shipment' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.stock_count AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.party,
    version_row.stocktake,
    version_row.item,
    version_row.gtin,
    version_row.serial,
    version_row.lot_number,
    version_row.packs,
    version_row.counted_at,
    version_row.counted_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.stock_count AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'stock_count' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.vial_fate AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.party,
    version_row.fate,
    version_row.kind,
    version_row.gtin,
    version_row.serial,
    version_row.lot_number,
    version_row.position,
    version_row.vials,
    version_row.fit,
    version_row.at,
    version_row.at_offset_min,
    version_row.reason,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.vial_fate AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'vial_fate' AND s.receipt = version_row.receipt AND s.line = version_row.line
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
    version_row.correction_reason,
    version_row.treatment_order,
    version_row.catheter_placed_at,
    version_row.catheter_placed_at_offset_min,
    version_row.catheter_removed_at,
    version_row.catheter_removed_at_offset_min
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
    version_row.correction_reason,
    version_row.preparation
FROM accepted.administration_vial AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'administration_vial' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.adverse_reaction AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.reporter,
    version_row.reaction,
    version_row.site,
    version_row.administration,
    version_row.patient_key,
    version_row.gtin,
    version_row.serial,
    version_row.lot_number,
    version_row.expires_on_reported,
    version_row.onset_at,
    version_row.onset_at_offset_min,
    version_row.kind,
    version_row.serious,
    version_row.seriousness,
    version_row.outcome,
    version_row.imputability,
    version_row.aware_at,
    version_row.aware_at_offset_min,
    version_row.reported_at,
    version_row.reported_at_offset_min,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.adverse_reaction AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'adverse_reaction' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.course_review AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.site,
    version_row.patient_key,
    version_row.reviewed_on,
    version_row.decision,
    version_row.reviewed_by,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.course_review AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'course_review' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.infusion_rate AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.site,
    version_row.administration,
    version_row.minute,
    version_row.rate_ml_h,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.infusion_rate AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'infusion_rate' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.reconstitution AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.site,
    version_row.preparation,
    version_row.treatment_order,
    version_row.diluent,
    version_row.diluent_lot,
    version_row.volume_ml,
    version_row.concentration_pct,
    version_row.started_at,
    version_row.started_at_offset_min,
    version_row.completed_at,
    version_row.completed_at_offset_min,
    version_row.place,
    version_row.stored_c,
    version_row.clear,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.reconstitution AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'reconstitution' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.reconstitution_vial AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.site,
    version_row.preparation,
    version_row.item,
    version_row.gtin,
    version_row.serial,
    version_row.lot_number,
    version_row.position,
    version_row.vials,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.reconstitution_vial AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'reconstitution_vial' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW standing.treatment_order AS
SELECT
    version_row.receipt,
    version_row.line,
    version_row.version,
    version_row.rank,
    version_row.content,
    version_row.as_sent,
    version_row.site,
    version_row.treatment_order,
    version_row.patient_key,
    version_row.ordered_at,
    version_row.ordered_at_offset_min,
    version_row.indication,
    version_row.weight_kg,
    version_row.heart_failure,
    version_row.kidney,
    version_row.diabetes,
    version_row.circulation,
    version_row.allergy,
    version_row.iga_deficiency,
    version_row.thrombosis,
    version_row.dose_g,
    version_row.days,
    version_row.courses,
    version_row.interval_days,
    version_row.failed_therapies,
    version_row.authorisation,
    version_row.correction,
    version_row.corrected_by,
    version_row.correction_reason
FROM accepted.treatment_order AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'treatment_order' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

CREATE VIEW reference.clearance AS
WITH adopted AS (
    SELECT r.process_version, r.virus, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.enveloped, r.tested, r.log10
    FROM accepted.clearance AS r
    JOIN judged.adopted AS a ON a.record = 'clearance' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT process_version, virus, valid_from AS day FROM adopted
    UNION
    SELECT process_version, virus, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT process_version, virus, day, lead(day) OVER (PARTITION BY process_version, virus ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.process_version, r.virus, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.enveloped, r.tested, r.log10
FROM span
JOIN adopted AS r ON r.process_version = span.process_version AND r.virus = span.virus AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.process_version = span.process_version AND other.virus = span.virus AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW reference.dryer_recipe AS
WITH adopted AS (
    SELECT r.plant, r.recipe, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.interval_s, r.pirani, r.probes, r.collapse_c, r.margin_c, r.end_ratio, r.end_min, r.moisture_max_pct
    FROM accepted.dryer_recipe AS r
    JOIN judged.adopted AS a ON a.record = 'dryer_recipe' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT plant, recipe, valid_from AS day FROM adopted
    UNION
    SELECT plant, recipe, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT plant, recipe, day, lead(day) OVER (PARTITION BY plant, recipe ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.plant, r.recipe, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.interval_s, r.pirani, r.probes, r.collapse_c, r.margin_c, r.end_ratio, r.end_min, r.moisture_max_pct
FROM span
JOIN adopted AS r ON r.plant = span.plant AND r.recipe = span.recipe AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.plant = span.plant AND other.recipe = span.recipe AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW reference.lot_test_specification AS
WITH adopted AS (
    SELECT r.gtin, r.test, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.low, r.high, r.value_unit
    FROM accepted.lot_test_specification AS r
    JOIN judged.adopted AS a ON a.record = 'lot_test_specification' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT gtin, test, valid_from AS day FROM adopted
    UNION
    SELECT gtin, test, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT gtin, test, day, lead(day) OVER (PARTITION BY gtin, test ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.gtin, r.test, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.low, r.high, r.value_unit
FROM span
JOIN adopted AS r ON r.gtin = span.gtin AND r.test = span.test AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.gtin = span.gtin AND other.test = span.test AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW reference.process_version AS
WITH adopted AS (
    SELECT r.process_version, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.method, r.solvent, r.solvent_pct, r.detergent, r.detergent_pct, r.tolerance_pct, r.hold_h, r.temperature_min_c, r.temperature_max_c, r.prefilter_max_um, r.residual_solvent_max_ug_ml, r.residual_detergent_max_ug_ml
    FROM accepted.process_version AS r
    JOIN judged.adopted AS a ON a.record = 'process_version' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT process_version, valid_from AS day FROM adopted
    UNION
    SELECT process_version, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT process_version, day, lead(day) OVER (PARTITION BY process_version ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.process_version, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.method, r.solvent, r.solvent_pct, r.detergent, r.detergent_pct, r.tolerance_pct, r.hold_h, r.temperature_min_c, r.temperature_max_c, r.prefilter_max_um, r.residual_solvent_max_ug_ml, r.residual_detergent_max_ug_ml
FROM span
JOIN adopted AS r ON r.process_version = span.process_version AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.process_version = span.process_version AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW reference.product AS
WITH adopted AS (
    SELECT r.gtin, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.name, r.content_g, r.low_iga, r.iga_ug_ml, r.stabiliser, r.human_excipient, r.storage_max_c, r.shelf_life_months, r.bench_h, r.laminar_h, r.donors_min, r.donors_max
    FROM accepted.product AS r
    JOIN judged.adopted AS a ON a.record = 'product' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT gtin, valid_from AS day FROM adopted
    UNION
    SELECT gtin, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT gtin, day, lead(day) OVER (PARTITION BY gtin ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.gtin, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.name, r.content_g, r.low_iga, r.iga_ug_ml, r.stabiliser, r.human_excipient, r.storage_max_c, r.shelf_life_months, r.bench_h, r.laminar_h, r.donors_min, r.donors_max
FROM span
JOIN adopted AS r ON r.gtin = span.gtin AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.gtin = span.gtin AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW reference.product_preparation AS
WITH adopted AS (
    SELECT r.gtin, r.concentration_pct, r.diluent, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.diluent_ml, r.tolerance_pct, r.rate_max_ml_kg_h, r.rate_risk_ml_kg_h
    FROM accepted.product_preparation AS r
    JOIN judged.adopted AS a ON a.record = 'product_preparation' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT gtin, concentration_pct, diluent, valid_from AS day FROM adopted
    UNION
    SELECT gtin, concentration_pct, diluent, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT gtin, concentration_pct, diluent, day, lead(day) OVER (PARTITION BY gtin, concentration_pct, diluent ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.gtin, r.concentration_pct, r.diluent, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.diluent_ml, r.tolerance_pct, r.rate_max_ml_kg_h, r.rate_risk_ml_kg_h
FROM span
JOIN adopted AS r ON r.gtin = span.gtin AND r.concentration_pct = span.concentration_pct AND r.diluent = span.diluent AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.gtin = span.gtin AND other.concentration_pct = span.concentration_pct AND other.diluent = span.diluent AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW reference.reporting_clock AS
WITH adopted AS (
    SELECT r.jurisdiction, r.event, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.days
    FROM accepted.reporting_clock AS r
    JOIN judged.adopted AS a ON a.record = 'reporting_clock' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT jurisdiction, event, valid_from AS day FROM adopted
    UNION
    SELECT jurisdiction, event, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT jurisdiction, event, day, lead(day) OVER (PARTITION BY jurisdiction, event ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.jurisdiction, r.event, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.days
FROM span
JOIN adopted AS r ON r.jurisdiction = span.jurisdiction AND r.event = span.event AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.jurisdiction = span.jurisdiction AND other.event = span.event AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW reference.screening_requirement AS
WITH adopted AS (
    SELECT r.jurisdiction, r.plasma_kind, r.level, r.marker, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.limit_iu_ml, r.term_days
    FROM accepted.screening_requirement AS r
    JOIN judged.adopted AS a ON a.record = 'screening_requirement' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT jurisdiction, plasma_kind, level, marker, valid_from AS day FROM adopted
    UNION
    SELECT jurisdiction, plasma_kind, level, marker, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT jurisdiction, plasma_kind, level, marker, day, lead(day) OVER (PARTITION BY jurisdiction, plasma_kind, level, marker ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.jurisdiction, r.plasma_kind, r.level, r.marker, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.limit_iu_ml, r.term_days
FROM span
JOIN adopted AS r ON r.jurisdiction = span.jurisdiction AND r.plasma_kind = span.plasma_kind AND r.level = span.level AND r.marker = span.marker AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.jurisdiction = span.jurisdiction AND other.plasma_kind = span.plasma_kind AND other.level = span.level AND other.marker = span.marker AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW reference.screening_scheme AS
WITH adopted AS (
    SELECT r.jurisdiction, r.plasma_kind, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.interval_days, r.week_max, r.hold_days, r.exam_days, r.sample_months, r.sample_late_months, r.lookback_months, r.haemoglobin_f_g_dl, r.haemoglobin_m_g_dl, r.thaw_h, r.storage_max_c, r.thaw_max_c
    FROM accepted.screening_scheme AS r
    JOIN judged.adopted AS a ON a.record = 'screening_scheme' AND a.receipt = r.receipt AND a.line = r.line
),
edge AS (
    SELECT jurisdiction, plasma_kind, valid_from AS day FROM adopted
    UNION
    SELECT jurisdiction, plasma_kind, valid_to + 1 FROM adopted WHERE valid_to IS NOT NULL
),
span AS (
    SELECT jurisdiction, plasma_kind, day, lead(day) OVER (PARTITION BY jurisdiction, plasma_kind ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, r.jurisdiction, r.plasma_kind, r.valid_from, r.valid_to, r.citation, r.prepared_by, r.approved_by, r.interval_days, r.week_max, r.hold_days, r.exam_days, r.sample_months, r.sample_late_months, r.lookback_months, r.haemoglobin_f_g_dl, r.haemoglobin_m_g_dl, r.thaw_h, r.storage_max_c, r.thaw_max_c
FROM span
JOIN adopted AS r ON r.jurisdiction = span.jurisdiction AND r.plasma_kind = span.plasma_kind AND r.valid_from <= span.day AND (r.valid_to IS NULL OR span.day <= r.valid_to)
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM adopted AS other
    WHERE other.jurisdiction = span.jurisdiction AND other.plasma_kind = span.plasma_kind AND other.valid_from <= span.day AND (other.valid_to IS NULL OR span.day <= other.valid_to)
);

CREATE VIEW judged.finding_now AS
SELECT
    f.finding, f.rule, f.rule_version, f.record, f.key, f.receipt, f.line, f.outcome, f.severity, f.holds, f.opened_at,
    CASE
        WHEN last.kind = 'closed' THEN 'closed'
        WHEN last.kind = 'explained' THEN 'explained'
        WHEN f.rule NOT IN ('D07.result') AND EXISTS (
            SELECT FROM accepted.superseded AS s
            WHERE s.record = f.record AND s.receipt = f.receipt AND s.line = f.line
        ) THEN 'explained'
        WHEN f.rule = 'contested' AND NOT EXISTS (
            SELECT FROM judged.contested AS c WHERE c.record = f.record AND c.key = f.key
        ) THEN 'explained'
        ELSE 'open'
    END AS state
FROM judged.finding AS f
LEFT JOIN LATERAL (
    SELECT e.kind FROM judged.event AS e WHERE e.finding = f.finding ORDER BY e.event DESC LIMIT 1
) AS last ON true;

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

GRANT USAGE ON SCHEMA reference TO lots_pipeline, lots_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA reference TO lots_pipeline, lots_reader;

GRANT CREATE ON SCHEMA receiving TO lots_pipeline;

GRANT INSERT ON ALL TABLES IN SCHEMA accepted TO lots_pipeline;

GRANT INSERT ON receiving.refused TO lots_pipeline;

GRANT INSERT ON receiving.notice TO lots_pipeline;

GRANT INSERT ON receiving.arrival TO lots_pipeline;

GRANT INSERT ON judged.finding TO lots_pipeline;

GRANT INSERT ON judged.event TO lots_pipeline;

GRANT INSERT ON judged.judging TO lots_pipeline;

GRANT INSERT ON judged.adopted TO lots_pipeline;

GRANT INSERT ON judged.decision TO lots_pipeline;

GRANT INSERT ON ledger.entry TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON receiving.receipt TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON judged.contested TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.node TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.edge TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.closure TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.vial TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.parked TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.progress TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.place TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON lineage.person TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON judged.outcome TO lots_pipeline;

GRANT INSERT, UPDATE, DELETE ON judged.weighed TO lots_pipeline;
