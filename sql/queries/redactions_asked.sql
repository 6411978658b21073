-- Proposals to redact whose person is still known: {redaction, kind, key, nonce, alias, disposition, standing, person}.
SELECT asked.redaction, asked.kind, asked.key, asked.nonce, asked.alias, d.disposition, d.standing, d.given ->> 'person' AS person
FROM ledger.redaction_asked AS asked
JOIN judged.disposition_signed AS d ON d.thing = 'redaction' AND d.key = jsonb_build_array(asked.redaction::text)
WHERE asked.key IS NOT NULL
ORDER BY asked.redaction
