-- Lines of vials that are linked to a lot, by month (UTC), the site that tells of them and what it tells: dispensed, prepared,
-- given, not given. Stages of one vial stand each in its own row, and are never added.
SELECT
    (date_trunc('month', v.at, 'UTC') AT TIME ZONE 'UTC')::date AS month,
    v.place AS site,
    v.state,
    count(DISTINCT (v.record, v.key)) AS lines
FROM lineage.vial AS v
GROUP BY 1, 2, 3
