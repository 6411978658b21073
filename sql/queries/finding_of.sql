-- A finding by its number: {rule, record, key, state, holds}.
SELECT rule, record, key, state, holds FROM judged.finding_now WHERE finding = :finding
