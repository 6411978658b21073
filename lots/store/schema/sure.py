"""What is sure: views of the rows that no contradiction of what they link, nor when, could take
away, by which a question is put once more for the least that it reaches (docs/certificate.md).
"""

from collections.abc import Iterator

from lots.grammar.schema import Record
from lots.questions import questions
from lots.records import records
from lots.store.schema.record_tables import accepted

SCHEMA, PERSONS, PLACES = "sure", "sure.person", "sure.place"
SEVERAL = "?"  # the zone of a place of which several are told
# Of what a period is asked for: a time that nobody knows is surely in none, and one that may be of
# several days only where all of them are.
FUNCTIONS = (
    f"""CREATE FUNCTION sure.within(
    at timestamptz, offset_min smallint, zone text, since_day date, until_day date, since_at timestamptz,
    until_at timestamptz
) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
    WHEN coalesce(since_day, until_day, since_at::date, until_at::date) IS NULL THEN true
    WHEN at IS NULL THEN false
    ELSE coalesce(at >= since_at, true) AND coalesce(at <= until_at, true) AND CASE
        WHEN coalesce(since_day, until_day) IS NULL THEN true
        WHEN zone = '{SEVERAL}' THEN lineage.days(at, 0::smallint, NULL) <@ daterange(since_day, until_day, '[]')
        ELSE lineage.days(at, offset_min, zone) <@ daterange(since_day, until_day, '[]')
    END
END""",
    "COMMENT ON FUNCTION sure.within IS 'whether an instant is surely in a period, where one is asked for'",
    """CREATE FUNCTION sure.overlaps(
    began timestamptz, began_offset_min smallint, ended timestamptz, ended_offset_min smallint, zone text,
    since_day date, until_day date, since_at timestamptz, until_at timestamptz
) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sure.within(began, began_offset_min, zone, since_day, until_day, since_at, until_at)
    OR sure.within(ended, ended_offset_min, zone, since_day, until_day, since_at, until_at)
    OR began IS NOT NULL AND ended IS NOT NULL
    AND sure.within(began, began_offset_min, zone, NULL, until_day, NULL, until_at)
    AND sure.within(ended, ended_offset_min, zone, since_day, NULL, since_at, NULL)""",
    "COMMENT ON FUNCTION sure.overlaps IS 'whether a span surely touches a period, where one is asked for'",
)
# Whose zone is contested has none that is sure.
PLACE = f"""CREATE VIEW {PLACES} AS
SELECT party, CASE WHEN count(DISTINCT coalesce(zone, '')) > 1 THEN '{SEVERAL}' ELSE min(zone) END AS zone
FROM lineage.place
GROUP BY party"""
# Who is one person only by what is contested is not surely so; then each of the person's keys stands
# for itself. A statement about others takes nothing from this one.
PERSON = """CREATE VIEW sure.person AS
SELECT person.kind, person.key, person.person
FROM lineage.person
WHERE (person.kind, person.person) NOT IN (
    SELECT one.kind, one.person
    FROM judged.contested AS c
    JOIN standing.same_person AS s ON s.party = c.key ->> 0 AND s.statement = c.key ->> 1
    JOIN lineage.person AS one ON one.key IN (s.one_key, s.other_key)
    WHERE c.record = 'same_person'
)"""


def doubted() -> tuple[Record, ...]:
    """The records with a link that is on a path."""
    return tuple(r for r in records().values() if any(not link.aside for link in r.links))


def views() -> Iterator[str]:
    """A view for each of these records, and of persons."""
    for record in doubted():
        yield _view(record)
    yield PERSON
    yield PLACE


def names() -> list[str]:
    """What the views of records are called."""
    return [f"{SCHEMA}.{record.name}" for record in doubted()]


def _view(record: Record) -> str:
    columns = ", ".join(f"rows.{c.name}" for c in accepted(record).columns)
    key = ", ".join(f"rows.{c}::text" for c in record.key)
    same = " AND ".join(f"other.{c} = rows.{c}" for c in record.key)
    told = ", ".join(f"other.{c}" for c in _decisive(record))
    differ = (
        f"""
        OR (SELECT count(DISTINCT ROW({told})) FROM standing.{record.name} AS other WHERE {same}) > 1"""
        if told
        else ""
    )
    return f"""CREATE VIEW {SCHEMA}.{record.name} AS
SELECT {columns}
FROM standing.{record.name} AS rows
WHERE NOT EXISTS (
    SELECT FROM judged.contested AS c
    WHERE c.record = '{record.name}' AND c.key = jsonb_build_array({key}) AND (c.possible{differ})
)"""


def _decisive(record: Record) -> list[str]:
    """The columns outside its key that decide what a row links, and when it was."""
    # Versions that differ in a weight or a text alone link the same things at the same time.
    linked = {c for link in record.links if not link.aside for c in link.columns}
    linked |= {link.when.column for link in record.links if link.when}
    dated = {
        c
        for q in questions().values()
        for read in q.reads
        if read.record == record.name
        for c in (read.dated.began, read.dated.ended, read.dated.place)
    }
    return sorted((linked | dated) - set(record.key))
