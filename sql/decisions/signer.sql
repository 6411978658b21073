-- Who is signed in by a session's token: {account, full_name, role, site}; nothing where it has ended or was idle.
SELECT a.account, a.full_name, a.role, a.site
FROM access.session AS s
JOIN access.account AS a USING (account)
WHERE s.token = sha256(convert_to(:session, 'UTF8')) AND s.ended_at IS NULL AND s.ends_at > :at
    AND s.seen_at > CAST(:at AS timestamptz) - interval '30 minutes' AND a.ended_at IS NULL
