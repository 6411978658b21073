"""What a person said and another confirmed, as SQL: of each fact its words in order
(docs/versions.md).
"""

# Who is another person is said here, once: no verb can confirm its own word.
ANOTHER = 'lower(btrim({0}.by) COLLATE "C") <> lower(btrim({1}.by) COLLATE "C")'


def words(fact: str, table: str, column: str) -> str:
    """Joined to a fact: `back`, the first word that takes it back, and `second.there`, whether
    another person had confirmed it before.
    """
    return f"""LEFT JOIN LATERAL (
    SELECT w.word, w.by FROM {table} AS w
    WHERE w.{column} = {fact}.{column} AND w.said = 'taken_back' ORDER BY w.word LIMIT 1
) AS back ON true
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM {table} AS w
        WHERE w.{column} = {fact}.{column} AND w.said = 'confirmed' AND (back.word IS NULL OR w.word < back.word)
            AND {ANOTHER.format("w", fact)}
    ) AS there
) AS second"""


def gone(fact: str, table: str, column: str) -> str:
    """That what was taken back is gone: nobody had confirmed it,
    or another person confirms that.
    """
    return f"""NOT second.there OR EXISTS (
            SELECT FROM {table} AS w
            WHERE w.{column} = {fact}.{column} AND w.said = 'let_stand' AND w.word > back.word
                AND {ANOTHER.format("w", "back")}
        )"""
