-- Infusions of which these receipts may change what is known: {site, administration}.
CREATE TEMP TABLE scope_administration ON COMMIT DROP AS
WITH own (site, administration) AS (
    SELECT site, administration FROM accepted.administration WHERE receipt = ANY (:receipts)
    UNION
    SELECT site, administration FROM accepted.administration_vial WHERE receipt = ANY (:receipts)
    UNION
    SELECT site, administration FROM accepted.infusion_rate WHERE receipt = ANY (:receipts)
    UNION
    SELECT a.site, a.administration
    FROM accepted.administration AS a JOIN accepted.treatment_order AS o USING (site, treatment_order)
    WHERE o.receipt = ANY (:receipts)
    UNION
    SELECT v.site, v.administration
    FROM accepted.administration_vial AS v JOIN scope_reconstitution USING (site, preparation)
),
key (site, patient_key) AS (
    SELECT a.site, coalesce(same.key, a.patient_key)
    FROM own
    JOIN accepted.administration AS a USING (site, administration)
    LEFT JOIN lineage.person AS p ON p.kind = 'patient' AND p.key = a.patient_key
    LEFT JOIN lineage.person AS same ON same.kind = 'patient' AND same.person = p.person
)
SELECT site, administration FROM own
UNION
SELECT a.site, a.administration FROM accepted.administration AS a JOIN (SELECT DISTINCT patient_key FROM key) AS k
    USING (patient_key)
