"""Views of what persons say of rows: retractions as they are now, and what was refused and is settled."""

from lots.records import records, two_people
from lots.store.queries import text_of
from lots.store.schema.meant import ANOTHER

RETRACTION_NOW, SETTLED = "judged.retraction_now", "judged.refused_settled"


def retraction_view() -> str:
    """Persons' retractions with what each is now: proposed, in force, or gone (docs/versions.md)."""
    # Named in the view, since it must say the same to whoever asks, by whatever verb.
    alone = ", ".join(f"'{name}'" for name, record in records().items() if not two_people(record))
    return f"""CREATE VIEW {RETRACTION_NOW} AS
SELECT
    r.retraction, r.record, r.receipt, r.line, r.kind, r.at, r.by, r.reason,
    CASE
        WHEN back.word IS NULL THEN CASE
            WHEN r.kind = 'as_stated' OR r.record IN ({alone}) OR second.there THEN 'in_force' ELSE 'proposed' END
        WHEN r.kind = 'as_stated' OR r.record IN ({alone}) OR NOT second.there OR EXISTS (
            SELECT FROM judged.retraction_word AS w
            WHERE w.retraction = r.retraction AND w.said = 'let_stand' AND w.word > back.word
                AND {ANOTHER.format("w", "back")}
        ) THEN 'gone'
        ELSE 'proposed'
    END AS state
FROM judged.retraction AS r
LEFT JOIN LATERAL (
    SELECT w.word, w.by FROM judged.retraction_word AS w
    WHERE w.retraction = r.retraction AND w.said = 'taken_back' ORDER BY w.word LIMIT 1
) AS back ON true
CROSS JOIN LATERAL (
    SELECT EXISTS (
        SELECT FROM judged.retraction_word AS w
        WHERE w.retraction = r.retraction AND w.said = 'confirmed' AND (back.word IS NULL OR w.word < back.word)
            AND {ANOTHER.format("w", "r")}
    ) AS there
) AS second"""


def settled_view() -> str:
    """What was refused and need not be waited for any more (docs/versions.md)."""
    settled = text_of("refused_settled", "standing")
    return f"CREATE VIEW {SETTLED} AS\n{settled.rstrip()}"
