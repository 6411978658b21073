"""Views of what persons say of rows: retractions as they are now, and what was refused and is
settled.
"""

from lots.records import records
from lots.records import two_people as needs_two
from lots.store.queries import text_of
from lots.store.schema import two_people

RETRACTION_NOW, SETTLED = "judged.retraction_now", "judged.refused_settled"
WORDS = ("r", "judged.retraction_word", "retraction")


def retraction_view() -> str:
    """Persons' retractions with what each is now: proposed, in force,
    or gone (docs/versions.md).
    """
    # Named in the view, since it must say the same to whoever asks, by whatever verb.
    alone = ", ".join(f"'{name}'" for name, record in records().items() if not needs_two(record))
    return f"""CREATE VIEW {RETRACTION_NOW} AS
SELECT
    r.retraction, r.record, r.receipt, r.line, r.kind, r.at, r.by, r.reason,
    CASE
        WHEN back.word IS NULL THEN CASE
            WHEN r.kind = 'as_stated' OR r.record IN ({alone}) OR second.there THEN 'in_force' ELSE 'proposed' END
        WHEN r.kind = 'as_stated' OR r.record IN ({alone}) OR {two_people.gone(*WORDS)} THEN 'gone'
        ELSE 'proposed'
    END AS state
FROM judged.retraction AS r
{two_people.words(*WORDS)}"""


def settled_view() -> str:
    """What was refused and need not be waited for any more (docs/versions.md)."""
    settled = text_of("refused_settled", "standing")
    return f"CREATE VIEW {SETTLED} AS\n{settled.rstrip()}"
