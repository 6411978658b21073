-- Patients of these lots, or of these lines of them alone, each counted once, surely and at most:
-- {given_least, given_most, not_given_least, not_given_most, dispensed_only_least, dispensed_only_most}. sure: lots that are
-- surely reached. patients, states, whose: of lines that reach no lot and could be of these, a patient's number, or 0 and
-- what should tell who. A line without a key may be of another person than all others: one an infusion, a preparation, a
-- dispensing to a patient. bags: whether that a preparation was given says surely that its vials were.
WITH partly AS MATERIALIZED (  -- preparations of which it is not known what all is in them: few
    SELECT DISTINCT parked.key ->> 0 AS site, parked.key ->> 1 AS preparation
    FROM lineage.parked_shown AS parked
    WHERE parked.record = 'reconstitution_vial' AND parked.link IN ('pack', 'lot', 'vial')
        -- One of which each version reaches a lot by its pack is known, whatever lot number it tells beside.
        AND NOT EXISTS (
            SELECT FROM lineage.vial AS own
            WHERE own.record = parked.record AND own.key = parked.key AND own.least > 0
        )
),
line AS NOT MATERIALIZED (
    SELECT v.record, v.key, v.patient, v.state, v.lot, v.lots,
        CASE WHEN v.basis <> 'preparation' OR (:bags AND NOT EXISTS (
            SELECT FROM partly WHERE partly.site = v.place AND partly.preparation = v.preparation
        )) THEN v.least ELSE 0 END AS least, v.sure, v.alone,
        v.place, v.preparation, v.to_others, false AS perhaps
    FROM lineage.vial AS v
    WHERE NOT :single AND v.lot = ANY (CAST(:nodes AS bigint[]))
    UNION ALL
    SELECT v.record, v.key, v.patient, v.state, v.lot, v.lots,
        CASE WHEN v.basis <> 'preparation' OR (:bags AND NOT EXISTS (
            SELECT FROM partly WHERE partly.site = v.place AND partly.preparation = v.preparation
        )) THEN v.least ELSE 0 END AS least, v.sure, v.alone,
        v.place, v.preparation, v.to_others, one.perhaps
    FROM unnest(CAST(:records AS text[]), CAST(:keys AS jsonb[]), CAST(:perhaps AS boolean[])) AS one (record, key, perhaps)
    JOIN lineage.vial AS v USING (record, key)
    WHERE :single AND v.lot = ANY (CAST(:nodes AS bigint[]))
),
several AS (  -- lines of several lots or patients: they are in no sum, and few
    SELECT v.record, v.key, v.patient, v.state, v.lot, v.lots,
        CASE WHEN v.basis <> 'preparation' OR (:bags AND NOT EXISTS (
            SELECT FROM partly WHERE partly.site = v.place AND partly.preparation = v.preparation
        )) THEN v.least ELSE 0 END AS least, v.sure, false AS perhaps
    FROM lineage.vial_bound
    JOIN lineage.vial AS v USING (lot, record, key)
    WHERE NOT :single AND (v.lot IN (SELECT unnest(CAST(:nodes AS bigint[])))) IS TRUE AND NOT v.alone
    UNION ALL
    SELECT record, key, patient, state, lot, lots, least, sure, perhaps FROM line WHERE :single AND NOT alone
),
lacking AS MATERIALIZED (  -- what is kept of such preparations as surely given or prepared, and may be of another lot
    SELECT v.lot, v.patient, count(*) FILTER (WHERE v.state = 'given') AS given,
        count(*) FILTER (WHERE v.state IN ('prepared', 'not_given')) AS prepared
    FROM partly
    JOIN lineage.vial AS v ON v.place = partly.site AND v.preparation = partly.preparation
    WHERE NOT :single AND v.basis = 'preparation' AND v.patient > 0 AND v.alone AND v.sure AND v.least > 0
    GROUP BY v.lot, v.patient
),
of_lot AS (  -- what linking keeps of each patient of a lot, surely only of lots that are surely asked about
    SELECT kept.patient, kept.given, kept.doubted, kept.prepared, kept.dispensed,
        kept.lot IN (SELECT unnest(CAST(:sure AS bigint[]))) AS surely, kept.surely_given, kept.surely_prepared,
        kept.surely_dispensed,
        CASE WHEN :bags THEN kept.whole_given - coalesce(lacking.given, 0) ELSE 0 END AS whole_given,
        CASE WHEN :bags THEN kept.whole_prepared - coalesce(lacking.prepared, 0) ELSE 0 END AS whole_prepared
    FROM lineage.lot_patient AS kept
    LEFT JOIN lacking USING (lot, patient)
    WHERE NOT :single AND kept.lot = ANY (CAST(:nodes AS bigint[]))
),
of_line AS (  -- surely of one person and, in every version, of lots that are surely asked about
    SELECT patient, state, state = 'given' AND NOT sure AS doubted,
        alone AND sure AND least > 0 AND NOT perhaps AND lot IN (SELECT unnest(CAST(:sure AS bigint[]))) AS surely
    FROM line
    WHERE :single AND patient > 0
    UNION ALL
    SELECT min(patient), min(state), false, true
    FROM several
    WHERE NOT perhaps
    GROUP BY record, key
    HAVING min(patient) = max(patient) AND min(patient) > 0 AND bool_and(sure) AND min(least) > 0
        AND bool_and(lot IN (SELECT unnest(CAST(:sure AS bigint[])))) AND count(DISTINCT lot) = max(lots)
    UNION ALL
    SELECT patient, state, doubted, false
    FROM unnest(CAST(:patients AS integer[]), CAST(:states AS text[]), CAST(:doubted AS boolean[]))
        AS astray (patient, state, doubted)
    WHERE patient > 0
),
told AS (  -- what was perhaps not given was brought to somebody all the same
    SELECT patient, given > 0 AS given, surely AND surely_given + whole_given > 0 AS surely_given,
        prepared + doubted > 0 AS prepared, surely AND surely_prepared + whole_prepared > 0 AS surely_prepared,
        dispensed > 0 AS dispensed, surely AND surely_dispensed > 0 AS surely_dispensed
    FROM of_lot
    UNION ALL
    SELECT patient, state = 'given', state = 'given' AND surely, state IN ('prepared', 'not_given') OR doubted,
        state IN ('prepared', 'not_given') AND surely, state = 'dispensed', state = 'dispensed' AND surely
    FROM of_line
),
by_patient AS (
    SELECT
        bool_or(given) AS given, bool_or(surely_given) AS surely_given, bool_or(prepared) AS prepared,
        bool_or(surely_prepared) AS surely_prepared, bool_or(dispensed) AS dispensed, bool_or(surely_dispensed) AS surely_dispensed
    FROM told
    GROUP BY patient
),
nameless AS (
    SELECT CASE record
            WHEN 'administration_vial' THEN 'administration/' || (key ->> 0) || '/' || (key ->> 1)
            WHEN 'reconstitution_vial' THEN 'preparation/' || (key ->> 0) || '/' || (key ->> 1)
            ELSE 'dispensing/' || (key ->> 0) || '/' || (key ->> 1) END AS whose,
        min(state) AS state,  -- given goes before not given: the worse counts
        bool_or(state = 'given' AND NOT sure) AS doubted
    FROM line
    WHERE patient = 0 AND NOT to_others
    GROUP BY 1
    UNION
    SELECT whose, min(state), bool_or(doubted)
    FROM unnest(CAST(:whose AS text[]), CAST(:whose_states AS text[]), CAST(:whose_doubted AS boolean[]))
        AS astray (whose, state, doubted)
    GROUP BY whose
),
unnamed AS (
    SELECT count(DISTINCT whose) FILTER (WHERE state = 'given') AS to_whom_given,
        count(DISTINCT whose) FILTER (WHERE state IN ('prepared', 'not_given') OR doubted) AS for_whom_prepared,
        count(DISTINCT whose) FILTER (WHERE state = 'dispensed') AS to_whom_dispensed
    FROM nameless
)
SELECT
    -- Of a later kind is surely only who cannot be of an earlier one.
    count(*) FILTER (WHERE surely_given) AS given_least,
    count(*) FILTER (WHERE given) + min(to_whom_given) AS given_most,
    -- And whose vials were given to somebody whom nothing names may be any of them.
    greatest(0, count(*) FILTER (WHERE surely_prepared AND NOT given) - min(to_whom_given)) AS not_given_least,
    count(*) FILTER (WHERE prepared AND NOT surely_given) + min(for_whom_prepared) AS not_given_most,
    greatest(0, count(*) FILTER (WHERE surely_dispensed AND NOT given AND NOT prepared)
        - min(to_whom_given) - min(for_whom_prepared)) AS dispensed_only_least,
    count(*) FILTER (WHERE dispensed AND NOT surely_given AND NOT surely_prepared) + min(to_whom_dispensed)
        AS dispensed_only_most
FROM unnamed
LEFT JOIN by_patient ON true
