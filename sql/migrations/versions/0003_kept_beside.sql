-- What was sent in place of a value that was turned is kept beside it.;

ALTER TABLE accepted.approval ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.approval.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.approval AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.approval AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'approval' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.clearance ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.clearance.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.clearance AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.clearance AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'clearance' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.dryer_recipe ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.dryer_recipe.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.dryer_recipe AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.dryer_recipe AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'dryer_recipe' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.lot_test_specification ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.lot_test_specification.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.lot_test_specification AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.lot_test_specification AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lot_test_specification' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.party ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.party.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.party AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.party AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'party' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.process_version ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.process_version.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.process_version AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.process_version AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'process_version' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.product ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.product.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.product AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.product AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'product' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.product_preparation ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.product_preparation.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.product_preparation AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.product_preparation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'product_preparation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.reporting_clock ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.reporting_clock.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.reporting_clock AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.reporting_clock AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'reporting_clock' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.screening_requirement ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.screening_requirement.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.screening_requirement AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.screening_requirement AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'screening_requirement' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.screening_scheme ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.screening_scheme.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.screening_scheme AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.screening_scheme AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'screening_scheme' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.transmittal ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.transmittal.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.transmittal AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.transmittal AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'transmittal' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.deferral ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.deferral.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.deferral AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.deferral AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'deferral' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.donation ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.donation.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.donation AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.donation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'donation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.donor ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.donor.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.donor AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.donor AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'donor' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.donor_exam ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.donor_exam.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.donor_exam AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.donor_exam AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'donor_exam' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.minipool_member ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.minipool_member.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.minipool_member AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.minipool_member AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'minipool_member' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.plasma_unit ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.plasma_unit.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.plasma_unit AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.plasma_unit AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'plasma_unit' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.post_donation_information ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.post_donation_information.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.post_donation_information AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.post_donation_information AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'post_donation_information' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.same_person ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.same_person.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.same_person AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.same_person AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'same_person' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.test_result ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.test_result.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.test_result AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.test_result AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'test_result' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.unit_event ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.unit_event.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.unit_event AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.unit_event AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'unit_event' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.external_lot ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.external_lot.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.external_lot AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.external_lot AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'external_lot' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.lot ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.lot.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.lot AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.lot AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lot' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.lot_input ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.lot_input.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.lot_input AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.lot_input AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lot_input' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.pool ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.pool.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.pool AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.pool AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'pool' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.pool_unit ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.pool_unit.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.pool_unit AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.pool_unit AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'pool_unit' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.viral_inactivation ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.viral_inactivation.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.viral_inactivation AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.viral_inactivation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'viral_inactivation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.viral_inactivation_load ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.viral_inactivation_load.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.viral_inactivation_load AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.viral_inactivation_load AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'viral_inactivation_load' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.virus_removal ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.virus_removal.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.virus_removal AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.virus_removal AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'virus_removal' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.virus_removal_load ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.virus_removal_load.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.virus_removal_load AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.virus_removal_load AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'virus_removal_load' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.deviation ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.deviation.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.deviation AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.deviation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'deviation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.filling ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.filling.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.filling AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.filling AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'filling' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.filling_load ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.filling_load.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.filling_load AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.filling_load AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'filling_load' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.inspection ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.inspection.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.inspection AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.inspection AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'inspection' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.lot_test ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.lot_test.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.lot_test AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.lot_test AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lot_test' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.lyophilisation ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.lyophilisation.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.lyophilisation AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.lyophilisation AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lyophilisation' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.lyophilisation_load ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.lyophilisation_load.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.lyophilisation_load AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.lyophilisation_load AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lyophilisation_load' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.lyophilisation_reading ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.lyophilisation_reading.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.lyophilisation_reading AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.lyophilisation_reading AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'lyophilisation_reading' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.sample ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.sample.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.sample AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.sample AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'sample' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.complaint ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.complaint.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.complaint AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.complaint AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'complaint' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.delivery ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.delivery.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.delivery AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.delivery AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'delivery' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.dispensing ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.dispensing.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.dispensing AS
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
    version_row.position,
    version_row.sent
FROM accepted.dispensing AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'dispensing' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.excursion ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.excursion.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.excursion AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.excursion AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'excursion' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.official_release ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.official_release.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.official_release AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.official_release AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'official_release' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.pack ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.pack.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.pack AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.pack AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'pack' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.package_content ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.package_content.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.package_content AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.package_content AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'package_content' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.relabelling ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.relabelling.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.relabelling AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.relabelling AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'relabelling' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.shipment ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.shipment.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.shipment AS
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
    version_row.sscc,
    version_row.sent
FROM accepted.shipment AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'shipment' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.stock_count ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.stock_count.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.stock_count AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.stock_count AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'stock_count' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.vial_fate ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.vial_fate.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.vial_fate AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.vial_fate AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'vial_fate' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.administration ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.administration.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.administration AS
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
    version_row.catheter_removed_at_offset_min,
    version_row.sent
FROM accepted.administration AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'administration' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.administration_vial ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.administration_vial.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.administration_vial AS
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
    version_row.preparation,
    version_row.sent
FROM accepted.administration_vial AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'administration_vial' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.adverse_reaction ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.adverse_reaction.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.adverse_reaction AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.adverse_reaction AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'adverse_reaction' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.course_review ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.course_review.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.course_review AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.course_review AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'course_review' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.infusion_rate ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.infusion_rate.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.infusion_rate AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.infusion_rate AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'infusion_rate' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.reconstitution ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.reconstitution.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.reconstitution AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.reconstitution AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'reconstitution' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.reconstitution_vial ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.reconstitution_vial.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.reconstitution_vial AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.reconstitution_vial AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'reconstitution_vial' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

ALTER TABLE accepted.treatment_order ADD COLUMN sent JSONB;

COMMENT ON COLUMN accepted.treatment_order.sent IS 'what was sent in place of a value that was turned, by column; not part of the content';

CREATE OR REPLACE VIEW standing.treatment_order AS
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
    version_row.correction_reason,
    version_row.sent
FROM accepted.treatment_order AS version_row
WHERE NOT EXISTS (
    SELECT FROM accepted.superseded AS s
    WHERE s.record = 'treatment_order' AND s.receipt = version_row.receipt AND s.line = version_row.line
);

DROP INDEX accepted.br_administration_receipt;

CREATE INDEX ix_administration_receipt ON accepted.administration (receipt);

DROP INDEX accepted.br_administration_vial_receipt;

CREATE INDEX ix_administration_vial_receipt ON accepted.administration_vial (receipt);

DROP INDEX accepted.br_adverse_reaction_receipt;

CREATE INDEX ix_adverse_reaction_receipt ON accepted.adverse_reaction (receipt);

DROP INDEX accepted.br_approval_receipt;

CREATE INDEX ix_approval_receipt ON accepted.approval (receipt);

DROP INDEX accepted.br_clearance_receipt;

CREATE INDEX ix_clearance_receipt ON accepted.clearance (receipt);

DROP INDEX accepted.br_complaint_receipt;

CREATE INDEX ix_complaint_receipt ON accepted.complaint (receipt);

DROP INDEX accepted.br_course_review_receipt;

CREATE INDEX ix_course_review_receipt ON accepted.course_review (receipt);

DROP INDEX accepted.br_deferral_receipt;

CREATE INDEX ix_deferral_receipt ON accepted.deferral (receipt);

DROP INDEX accepted.br_delivery_receipt;

CREATE INDEX ix_delivery_receipt ON accepted.delivery (receipt);

DROP INDEX accepted.br_deviation_receipt;

CREATE INDEX ix_deviation_receipt ON accepted.deviation (receipt);

DROP INDEX accepted.br_dispensing_receipt;

CREATE INDEX ix_dispensing_receipt ON accepted.dispensing (receipt);

DROP INDEX accepted.br_donation_receipt;

CREATE INDEX ix_donation_receipt ON accepted.donation (receipt);

DROP INDEX accepted.br_donor_exam_receipt;

CREATE INDEX ix_donor_exam_receipt ON accepted.donor_exam (receipt);

DROP INDEX accepted.br_donor_receipt;

CREATE INDEX ix_donor_receipt ON accepted.donor (receipt);

DROP INDEX accepted.br_dryer_recipe_receipt;

CREATE INDEX ix_dryer_recipe_receipt ON accepted.dryer_recipe (receipt);

DROP INDEX accepted.br_excursion_receipt;

CREATE INDEX ix_excursion_receipt ON accepted.excursion (receipt);

DROP INDEX accepted.br_external_lot_receipt;

CREATE INDEX ix_external_lot_receipt ON accepted.external_lot (receipt);

DROP INDEX accepted.br_filling_load_receipt;

CREATE INDEX ix_filling_load_receipt ON accepted.filling_load (receipt);

DROP INDEX accepted.br_filling_receipt;

CREATE INDEX ix_filling_receipt ON accepted.filling (receipt);

DROP INDEX accepted.br_infusion_rate_receipt;

CREATE INDEX ix_infusion_rate_receipt ON accepted.infusion_rate (receipt);

DROP INDEX accepted.br_inspection_receipt;

CREATE INDEX ix_inspection_receipt ON accepted.inspection (receipt);

DROP INDEX accepted.br_lot_input_receipt;

CREATE INDEX ix_lot_input_receipt ON accepted.lot_input (receipt);

DROP INDEX accepted.br_lot_receipt;

CREATE INDEX ix_lot_receipt ON accepted.lot (receipt);

DROP INDEX accepted.br_lot_test_receipt;

CREATE INDEX ix_lot_test_receipt ON accepted.lot_test (receipt);

DROP INDEX accepted.br_lot_test_specification_receipt;

CREATE INDEX ix_lot_test_specification_receipt ON accepted.lot_test_specification (receipt);

DROP INDEX accepted.br_lyophilisation_load_receipt;

CREATE INDEX ix_lyophilisation_load_receipt ON accepted.lyophilisation_load (receipt);

DROP INDEX accepted.br_lyophilisation_reading_receipt;

CREATE INDEX ix_lyophilisation_reading_receipt ON accepted.lyophilisation_reading (receipt);

DROP INDEX accepted.br_lyophilisation_receipt;

CREATE INDEX ix_lyophilisation_receipt ON accepted.lyophilisation (receipt);

DROP INDEX accepted.br_minipool_member_receipt;

CREATE INDEX ix_minipool_member_receipt ON accepted.minipool_member (receipt);

DROP INDEX accepted.br_official_release_receipt;

CREATE INDEX ix_official_release_receipt ON accepted.official_release (receipt);

DROP INDEX accepted.br_pack_receipt;

CREATE INDEX ix_pack_receipt ON accepted.pack (receipt);

DROP INDEX accepted.br_package_content_receipt;

CREATE INDEX ix_package_content_receipt ON accepted.package_content (receipt);

DROP INDEX accepted.br_party_receipt;

CREATE INDEX ix_party_receipt ON accepted.party (receipt);

DROP INDEX accepted.br_plasma_unit_receipt;

CREATE INDEX ix_plasma_unit_receipt ON accepted.plasma_unit (receipt);

DROP INDEX accepted.br_pool_receipt;

CREATE INDEX ix_pool_receipt ON accepted.pool (receipt);

DROP INDEX accepted.br_pool_unit_receipt;

CREATE INDEX ix_pool_unit_receipt ON accepted.pool_unit (receipt);

DROP INDEX accepted.br_post_donation_information_receipt;

CREATE INDEX ix_post_donation_information_receipt ON accepted.post_donation_information (receipt);

DROP INDEX accepted.br_process_version_receipt;

CREATE INDEX ix_process_version_receipt ON accepted.process_version (receipt);

DROP INDEX accepted.br_product_preparation_receipt;

CREATE INDEX ix_product_preparation_receipt ON accepted.product_preparation (receipt);

DROP INDEX accepted.br_product_receipt;

CREATE INDEX ix_product_receipt ON accepted.product (receipt);

DROP INDEX accepted.br_reconstitution_receipt;

CREATE INDEX ix_reconstitution_receipt ON accepted.reconstitution (receipt);

DROP INDEX accepted.br_reconstitution_vial_receipt;

CREATE INDEX ix_reconstitution_vial_receipt ON accepted.reconstitution_vial (receipt);

DROP INDEX accepted.br_relabelling_receipt;

CREATE INDEX ix_relabelling_receipt ON accepted.relabelling (receipt);

DROP INDEX accepted.br_reporting_clock_receipt;

CREATE INDEX ix_reporting_clock_receipt ON accepted.reporting_clock (receipt);

DROP INDEX accepted.br_same_person_receipt;

CREATE INDEX ix_same_person_receipt ON accepted.same_person (receipt);

DROP INDEX accepted.br_sample_receipt;

CREATE INDEX ix_sample_receipt ON accepted.sample (receipt);

DROP INDEX accepted.br_screening_requirement_receipt;

CREATE INDEX ix_screening_requirement_receipt ON accepted.screening_requirement (receipt);

DROP INDEX accepted.br_screening_scheme_receipt;

CREATE INDEX ix_screening_scheme_receipt ON accepted.screening_scheme (receipt);

DROP INDEX accepted.br_shipment_receipt;

CREATE INDEX ix_shipment_receipt ON accepted.shipment (receipt);

DROP INDEX accepted.br_stock_count_receipt;

CREATE INDEX ix_stock_count_receipt ON accepted.stock_count (receipt);

DROP INDEX accepted.br_test_result_receipt;

CREATE INDEX ix_test_result_receipt ON accepted.test_result (receipt);

DROP INDEX accepted.br_transmittal_receipt;

CREATE INDEX ix_transmittal_receipt ON accepted.transmittal (receipt);

DROP INDEX accepted.br_treatment_order_receipt;

CREATE INDEX ix_treatment_order_receipt ON accepted.treatment_order (receipt);

DROP INDEX accepted.br_unit_event_receipt;

CREATE INDEX ix_unit_event_receipt ON accepted.unit_event (receipt);

DROP INDEX accepted.br_vial_fate_receipt;

CREATE INDEX ix_vial_fate_receipt ON accepted.vial_fate (receipt);

DROP INDEX accepted.br_viral_inactivation_load_receipt;

CREATE INDEX ix_viral_inactivation_load_receipt ON accepted.viral_inactivation_load (receipt);

DROP INDEX accepted.br_viral_inactivation_receipt;

CREATE INDEX ix_viral_inactivation_receipt ON accepted.viral_inactivation (receipt);

DROP INDEX accepted.br_virus_removal_load_receipt;

CREATE INDEX ix_virus_removal_load_receipt ON accepted.virus_removal_load (receipt);

DROP INDEX accepted.br_virus_removal_receipt;

CREATE INDEX ix_virus_removal_receipt ON accepted.virus_removal (receipt);

DROP INDEX accepted.ix_shipment_sscc;

CREATE INDEX ix_shipment_sscc_serial ON accepted.shipment (sscc, serial);

CREATE INDEX ix_shipment_to_party ON accepted.shipment (to_party);

COMMENT ON COLUMN accepted.dryer_recipe.probes IS 'product probes that must read in primary and in secondary drying';

ALTER TABLE accepted.test_result DROP CONSTRAINT ck_test_result_operator;

ALTER TABLE accepted.test_result ADD CONSTRAINT ck_test_result_operator CHECK (operator IN ('=', '<', '>', '<=', '>='));

COMMENT ON COLUMN accepted.dryer_recipe.margin_c IS 'how far below it the product stays [K]';

-- what was linked before says the least until it is linked anew
ALTER TABLE lineage.vial
    ADD COLUMN least INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN lots INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN sure BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN preparation TEXT,
    ADD COLUMN alone BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN origin TEXT,
    ADD COLUMN holds INTEGER;

ALTER TABLE lineage.vial ALTER COLUMN least DROP DEFAULT, ALTER COLUMN lots DROP DEFAULT,
    ALTER COLUMN sure DROP DEFAULT, ALTER COLUMN alone DROP DEFAULT;

COMMENT ON COLUMN lineage.vial.least IS 'the fewest vials that a version tells; 0 where one reaches no lot';

COMMENT ON COLUMN lineage.vial.lots IS 'how many lots the line reaches';

COMMENT ON COLUMN lineage.vial.sure IS 'whether every version of its infusion tells the same state';

COMMENT ON COLUMN lineage.vial.preparation IS 'the preparation that it is of, at its place';

COMMENT ON COLUMN lineage.vial.alone IS 'whether this is the line''s only row';

COMMENT ON COLUMN lineage.vial.origin IS 'GTIN/serial of its pack by its first name; empty: by lot and count';

COMMENT ON COLUMN lineage.vial.holds IS 'how many vials that pack holds';

CREATE FUNCTION lineage.within(
    at timestamptz, offset_min smallint, zone text, since_day date, until_day date, since_at timestamptz,
    until_at timestamptz
) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(at >= since_at, true) AND coalesce(at <= until_at, true)
    AND coalesce(lineage.local_day(at, offset_min, zone) >= since_day, true)
    AND coalesce(lineage.local_day(at, offset_min, zone) <= until_day, true);

COMMENT ON FUNCTION lineage.within IS 'whether an instant is in a period, both ends counted; one that is not known may be';

CREATE FUNCTION lineage.overlaps(
    began timestamptz, began_offset_min smallint, ended timestamptz, ended_offset_min smallint, zone text,
    since_day date, until_day date, since_at timestamptz, until_at timestamptz
) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN lineage.within(began, began_offset_min, zone, NULL, until_day, NULL, until_at)
    AND lineage.within(ended, ended_offset_min, zone, since_day, NULL, since_at, NULL);

COMMENT ON FUNCTION lineage.overlaps IS 'whether a span touches a period, both ends counted; an end that is not known may';

ALTER TABLE judged.outcome ADD COLUMN waits_for TEXT;

COMMENT ON COLUMN judged.outcome.waits_for IS 'what a pending record waits for, where its rule tells';

COMMENT ON COLUMN accepted.relabelling.gtin IS 'GTIN before';

COMMENT ON COLUMN accepted.relabelling.new_gtin IS 'GTIN after';

-- What is told of a pack is looked up by its serial;

CREATE INDEX ix_reconstitution_vial_gtin_serial ON accepted.reconstitution_vial (gtin, serial);

-- What was found in a donation, a minipool or a donor is looked up by it;

CREATE INDEX ix_test_result_tested_id ON accepted.test_result (tested_id);

-- Results of a kit's lot, and those that name none, are found by it;

CREATE INDEX ix_test_result_kit_lot ON accepted.test_result (kit_lot);

COMMENT ON COLUMN accepted.screening_scheme.lookback_months IS 'look-back: how far before the donor''s last good result of the agent [months]';

ALTER TABLE receiving.receipt DROP CONSTRAINT ck_receipt_status;

ALTER TABLE receiving.receipt ADD CONSTRAINT ck_receipt_status
    CHECK (status IN ('received', 'staged', 'judged', 'accepted', 'refused', 'abandoned', 'all_refused'));

CREATE FUNCTION receiving.forget_refused(of_receipt bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
    DELETE FROM receiving.refused AS r USING receiving.receipt AS b
    WHERE r.receipt = of_receipt AND b.receipt = of_receipt AND b.status = 'all_refused';
END;

COMMENT ON FUNCTION receiving.forget_refused IS 'refused rows of a file of which nothing was accepted, before it is read again';

REVOKE ALL ON FUNCTION receiving.forget_refused FROM PUBLIC;

GRANT EXECUTE ON FUNCTION receiving.forget_refused TO lots_pipeline;

CREATE INDEX ix_stock_count_lot_number ON accepted.stock_count (lot_number);

CREATE INDEX ix_vial_fate_lot_number ON accepted.vial_fate (lot_number);
