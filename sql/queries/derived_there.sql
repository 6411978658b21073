-- What takes away all views, functions and triggers that the owner made in the house's schemas, in an order that works.
SELECT made.drop
FROM (
    SELECT
        1 AS turn,
        format('DROP TRIGGER %I ON %I.%I', t.tgname, n.nspname, c.relname) AS drop
    FROM pg_catalog.pg_trigger AS t
    JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND n.nspname = ANY(:schemas) AND c.relowner = current_user::regrole
    UNION ALL
    -- In one statement, so that views which read each other go together.
    SELECT
        2,
        'DROP VIEW ' || string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY n.nspname, c.relname)
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'v' AND n.nspname = ANY(:schemas) AND c.relowner = current_user::regrole
    UNION ALL
    SELECT
        3,
        'DROP FUNCTION ' || string_agg(
            format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), ', '
        )
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.prokind = 'f' AND n.nspname = ANY(:schemas) AND p.proowner = current_user::regrole
) AS made
WHERE made.drop IS NOT NULL
ORDER BY made.turn
