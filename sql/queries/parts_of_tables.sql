-- Every part of the house's tables: the table, its columns, keys and checks, indexes; each as PostgreSQL itself writes it.
SELECT part.kind, part.within, part.name, part.told
FROM (
    SELECT
        'table' AS kind, format('%I.%I', n.nspname, c.relname) AS within, '' AS name, '' AS told,
        n.nspname, c.relowner
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r'
    UNION ALL
    SELECT
        'column', format('%I.%I', n.nspname, c.relname), format('%I', a.attname),
        format_type(a.atttypid, a.atttypmod)
            || CASE a.attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE '' END
            || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
        n.nspname, c.relowner
    FROM pg_catalog.pg_attribute AS a
    JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    -- What a column must have is told with the column.
    SELECT
        'constraint', format('%I.%I', n.nspname, c.relname), format('%I', k.conname), pg_get_constraintdef(k.oid),
        n.nspname, c.relowner
    FROM pg_catalog.pg_constraint AS k
    JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE k.contype <> 'n'
    UNION ALL
    -- The index of a key comes and goes with its key.
    SELECT
        'index', format('%I.%I', n.nspname, c.relname), format('%I.%I', n.nspname, x.relname),
        pg_get_indexdef(i.indexrelid), n.nspname, c.relowner
    FROM pg_catalog.pg_index AS i
    JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid
    JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS k WHERE k.conindid = i.indexrelid)
) AS part
-- A file's staging tables are the pipeline's own.
WHERE part.nspname = ANY(:schemas) AND part.relowner = current_user::regrole
ORDER BY part.within, part.kind, part.name
