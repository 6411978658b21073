-- Readings of the drying runs in scope, of the five phases, with what each says of gauges and probes.
CREATE TEMP TABLE fact_reading ON COMMIT DROP AS
SELECT
    r.plant, r.cycle, r.elapsed_s, r.phase::integer AS phase, r.pirani_mtorr, r.cm_mtorr,
    greatest(product_1_c, product_2_c, product_3_c, product_4_c, product_5_c, product_6_c, product_7_c, product_8_c)
        AS warmest_c,
    ((product_1_c IS NOT NULL)::integer << 0)
        | ((product_2_c IS NOT NULL)::integer << 1)
        | ((product_3_c IS NOT NULL)::integer << 2)
        | ((product_4_c IS NOT NULL)::integer << 3)
        | ((product_5_c IS NOT NULL)::integer << 4)
        | ((product_6_c IS NOT NULL)::integer << 5)
        | ((product_7_c IS NOT NULL)::integer << 6)
        | ((product_8_c IS NOT NULL)::integer << 7) AS probes
FROM scope_lyophilisation
JOIN standing.lyophilisation_reading AS r USING (plant, cycle)
WHERE r.phase IN ('1', '3', '4', '6', '7')
