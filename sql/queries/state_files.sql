-- Each file by its bytes, with what became of it.
SELECT encode(sha256, 'hex') || ' ' || status || ' ' || coalesce(record, '') FROM receiving.receipt ORDER BY 1
