-- What new edges connect: everything above a new edge's parent is walked down again. UNION ends at a cycle.
WITH RECURSIVE above AS (
    -- Only what is above a new edge can reach more than before; all else keeps its closure.
    SELECT DISTINCT ancestor FROM lineage.closure WHERE descendant = ANY (:parents)
),
walked (ancestor, descendant) AS (
    SELECT ancestor, ancestor FROM above
    UNION
    SELECT walked.ancestor, edge.child
    FROM walked
    JOIN lineage.edge ON edge.parent = walked.descendant
)
INSERT INTO lineage.closure (ancestor, descendant)
SELECT ancestor, descendant FROM walked
ON CONFLICT DO NOTHING
