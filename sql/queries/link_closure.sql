-- What is below everything that is above an edge that came or went; where whole, below every node. UNION ends at a cycle.
CREATE TEMP TABLE closure_new ON COMMIT DROP AS
WITH RECURSIVE above AS (
    -- Only what is above a new edge can reach more than before; all else keeps its closure.
    SELECT DISTINCT ancestor FROM lineage.closure WHERE descendant = ANY (:parents)
    UNION
    SELECT node FROM lineage.node WHERE :whole
),
walked (ancestor, descendant) AS (
    SELECT ancestor, ancestor FROM above
    UNION
    SELECT walked.ancestor, edge.child
    FROM walked
    JOIN lineage.edge ON edge.parent = walked.descendant
)
SELECT ancestor, descendant FROM walked
