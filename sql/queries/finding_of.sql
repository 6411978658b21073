-- A finding by its number: {rule, record, key, state}.
SELECT rule, record, key, state FROM judged.finding_now WHERE finding = :finding
