-- When the first of these donations was given, nothing where a version of one does not tell; and of those that do: {at, first}.
SELECT CASE WHEN bool_and(d.collected_at IS NOT NULL) AND count(DISTINCT d.donation_number) = cardinality(CAST(:donations AS text[]))
    THEN min(d.collected_at) END AS at, min(d.collected_at) AS first
FROM standing.donation AS d
WHERE d.donation_number = ANY (CAST(:donations AS text[]))
