"""Persons' words on which lot a parked line means, with what each is now (docs/linking.md)."""

from lots.store.schema import two_people

MEANT_NOW = "judged.meant_now"
WORDS = ("m", "judged.meant_word", "meant")


def meant_view() -> str:
    """Each word: said, confirmed, disputed or gone."""
    return f"""CREATE VIEW {MEANT_NOW} AS
SELECT
    m.meant, m.record, m.key, m.names, m.receipt, m.line, m.maker, m.number, m.at, m.by, m.reason,
    CASE
        WHEN back.word IS NULL THEN CASE WHEN second.there THEN 'confirmed' ELSE 'said' END
        WHEN {two_people.gone(*WORDS)} THEN 'gone'
        ELSE 'disputed'
    END AS state
FROM judged.meant AS m
{two_people.words(*WORDS)}"""
