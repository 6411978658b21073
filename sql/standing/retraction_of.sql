-- What a person's retraction is about, and what it is now: {record, receipt, line, state}.
SELECT record, receipt, line, state FROM judged.retraction_now WHERE retraction = :retraction
