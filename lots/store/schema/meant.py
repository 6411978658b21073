"""Persons' words on which lot a parked line means, with what each is now (docs/linking.md)."""

MEANT_NOW = "judged.meant_now"
# Who is another person is said here, once: no verb can confirm its own word (docs/versions.md).
ANOTHER = 'lower(btrim({0}.by) COLLATE "C") <> lower(btrim({1}.by) COLLATE "C")'


def meant_view() -> str:
    """Each word: said, confirmed, disputed or gone."""
    return f"""CREATE VIEW {MEANT_NOW} AS
SELECT
    m.meant, m.record, m.key, m.names, m.receipt, m.line, m.maker, m.number, m.at, m.by, m.reason,
    CASE
        WHEN back.word IS NULL THEN CASE WHEN second.there THEN 'confirmed' ELSE 'said' END
        WHEN NOT second.there OR EXISTS (
            SELECT FROM judged.meant_word AS w
            WHERE w.meant = m.meant AND w.said = 'let_stand' AND w.word > back.word AND {ANOTHER.format("w", "back")}
        ) THEN 'gone'
        ELSE 'disputed'
    END AS state
FROM judged.meant AS m
LEFT JOIN LATERAL (
    SELECT w.word, w.by FROM judged.meant_word AS w
    WHERE w.meant = m.meant AND w.said = 'taken_back' ORDER BY w.word LIMIT 1
) AS back ON true
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM judged.meant_word AS w
        WHERE w.meant = m.meant AND w.said = 'confirmed' AND (back.word IS NULL OR w.word < back.word)
            AND {ANOTHER.format("w", "m")}
    ) AS there
) AS second"""
