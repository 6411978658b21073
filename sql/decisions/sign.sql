-- Keep a signature of whoever is signed in by a session's token, in the transaction of what is signed: {signature,
-- account, full_name, role, site}; nothing is kept, and no row answered, where nobody is.
WITH who AS (SELECT w.account, w.full_name, w.role, w.site FROM judged.signer(:session, :at) AS w),
kept AS (
    INSERT INTO access.signature (account, full_name, role, meaning, what, content, at)
    SELECT who.account, who.full_name, who.role, :meaning, :what, :content, :at FROM who
    RETURNING signature
)
SELECT kept.signature, who.account, who.full_name, who.role, who.site
FROM kept
CROSS JOIN who
