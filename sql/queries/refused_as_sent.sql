-- A refused row as it came, and what of its links can still be read: {raw, possible}.
SELECT raw, possible FROM receiving.refused WHERE receipt = :receipt AND line = :line
