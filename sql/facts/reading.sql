-- Readings of the drying runs in scope, of the five phases, with what each says of gauges and probes:
-- of a probe, whether it has a temperature that a product can have.
CREATE TEMP TABLE fact_reading ON COMMIT DROP AS
SELECT
    r.plant, r.cycle, r.elapsed_s, r.phase::integer AS phase, r.pirani_mtorr, r.cm_mtorr,
    greatest(product_1_c, product_2_c, product_3_c, product_4_c, product_5_c, product_6_c, product_7_c, product_8_c)
        AS warmest_c,
    (coalesce(product_1_c BETWEEN -90 AND 90, FALSE)::integer << 0)
        | (coalesce(product_2_c BETWEEN -90 AND 90, FALSE)::integer << 1)
        | (coalesce(product_3_c BETWEEN -90 AND 90, FALSE)::integer << 2)
        | (coalesce(product_4_c BETWEEN -90 AND 90, FALSE)::integer << 3)
        | (coalesce(product_5_c BETWEEN -90 AND 90, FALSE)::integer << 4)
        | (coalesce(product_6_c BETWEEN -90 AND 90, FALSE)::integer << 5)
        | (coalesce(product_7_c BETWEEN -90 AND 90, FALSE)::integer << 6)
        | (coalesce(product_8_c BETWEEN -90 AND 90, FALSE)::integer << 7) AS probes
FROM scope_lyophilisation
JOIN standing.lyophilisation_reading AS r USING (plant, cycle)
WHERE r.phase IN ('1', '3', '4', '6', '7')
