-- The newest word on a thing, which who decides of it was shown: {seen}.
SELECT coalesce(max(w.word), 0) AS seen
FROM judged.disposition AS d
JOIN judged.disposition_word AS w USING (disposition)
WHERE d.thing = :thing AND d.key = CAST(:key AS jsonb)
