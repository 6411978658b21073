-- What was said of a finding after it was opened: {kind, at, by, reason}.
SELECT kind, at, by, reason FROM judged.event WHERE finding = :finding ORDER BY event
