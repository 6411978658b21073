-- One word for all that follows from the tables as it stands now: another one as soon as a view, a grant … is changed.
SELECT md5(string_agg(told.of, ' ' ORDER BY told.of))
FROM (
    SELECT concat_ws(' ', n.nspname, c.relname, c.relacl, CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) END) AS of
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v') AND n.nspname = ANY(:schemas) AND c.relowner = current_user::regrole
    UNION ALL
    SELECT concat_ws(' ', n.nspname, n.nspacl)
    FROM pg_catalog.pg_namespace AS n
    WHERE n.nspname = ANY(:schemas)
    UNION ALL
    SELECT concat_ws(' ', pg_get_functiondef(p.oid), p.proacl)
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE p.prokind = 'f' AND n.nspname = ANY(:schemas) AND p.proowner = current_user::regrole
    UNION ALL
    SELECT pg_get_triggerdef(t.oid)
    FROM pg_catalog.pg_trigger AS t
    JOIN pg_catalog.pg_class AS c ON c.oid = t.tgrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND n.nspname = ANY(:schemas) AND c.relowner = current_user::regrole
    UNION ALL
    -- Of a column: what is granted on it alone, and what is said of it.
    SELECT concat_ws(' ', n.nspname, c.relname, a.attname, a.attacl, d.description)
    FROM pg_catalog.pg_attribute AS a
    JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_description AS d
        ON d.objoid = c.oid AND d.objsubid = a.attnum AND d.classoid = 'pg_class'::regclass
    WHERE c.relkind IN ('r', 'v') AND a.attnum > 0 AND n.nspname = ANY(:schemas) AND c.relowner = current_user::regrole
        AND (a.attacl IS NOT NULL OR d.description IS NOT NULL)
) AS told
