"""On which calendar day an instant was, at a place, and whether it is in a period (docs/questions.md)."""

# No clock was ever further from UTC.
EARLIEST, LATEST = "12 hours", "14 hours"
FUNCTIONS = (
    """CREATE FUNCTION lineage.local_day(at timestamptz, offset_min smallint, zone text) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
    WHEN zone IS NULL THEN (at AT TIME ZONE make_interval(mins => offset_min))::date
    ELSE (at AT TIME ZONE zone)::date
END""",
    (
        "COMMENT ON FUNCTION lineage.local_day IS 'the calendar day at a party: in its zone, else"
        " at the offset as sent'"
    ),
    f"""CREATE FUNCTION lineage.days(at timestamptz, offset_min smallint, zone text) RETURNS daterange
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
    WHEN zone IS NULL AND offset_min = 0 THEN daterange(
        (at AT TIME ZONE 'UTC' - interval '{EARLIEST}')::date, (at AT TIME ZONE 'UTC' + interval '{LATEST}')::date, '[]'
    )
    ELSE daterange(lineage.local_day(at, offset_min, zone), lineage.local_day(at, offset_min, zone), '[]')
END""",
    (
        "COMMENT ON FUNCTION lineage.days IS 'the calendar days at a party that an instant may be on: what was"
        " sent in UTC from where nobody knows the zone may be of several, what is not known of any'"
    ),
    """CREATE FUNCTION lineage.within(
    at timestamptz, offset_min smallint, zone text, since_day date, until_day date, since_at timestamptz,
    until_at timestamptz
) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(at >= since_at, true) AND coalesce(at <= until_at, true) AND (
    coalesce(since_day, until_day) IS NULL
    OR lineage.days(at, offset_min, zone) && daterange(since_day, until_day, '[]')
)""",
    (
        "COMMENT ON FUNCTION lineage.within IS "
        "'whether an instant may be in a period, both ends counted; one that is not known may'"
    ),
    """CREATE FUNCTION lineage.overlaps(
    began timestamptz, began_offset_min smallint, ended timestamptz, ended_offset_min smallint, zone text,
    since_day date, until_day date, since_at timestamptz, until_at timestamptz
) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN lineage.within(began, began_offset_min, zone, NULL, until_day, NULL, until_at)
    AND lineage.within(ended, ended_offset_min, zone, since_day, NULL, since_at, NULL)""",
    (
        "COMMENT ON FUNCTION lineage.overlaps IS "
        "'whether a span may touch a period, both ends counted; an end that is not known may'"
    ),
)
