-- Whether there are accounts of two people who may sign what quality assurance decides.
SELECT count(DISTINCT lower(btrim(a.full_name) COLLATE "C")) > 1
FROM access.account AS a
WHERE a.role IN ('qa', 'qa_approver', 'safety_officer') AND a.password IS NOT NULL AND a.ended_at IS NULL
