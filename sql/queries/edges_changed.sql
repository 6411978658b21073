-- Parents of edges that are not there yet and, where all edges were computed, of those that are told no more: {parent}.
WITH added AS (
    SELECT parent, child FROM edge_new
    EXCEPT
    SELECT parent, child FROM lineage.edge
),
gone AS (
    SELECT parent, child FROM lineage.edge WHERE :whole
    EXCEPT
    SELECT parent, child FROM edge_new
)
SELECT parent FROM added
UNION
SELECT parent FROM gone
