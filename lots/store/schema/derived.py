"""What follows from the tables and the declarations: functions, comments, views and grants.

No revision writes these. They hold no row, so that each upgrade takes them all away and makes them
anew as they are declared now: what is declared no more is gone, and nothing drifts.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from lots.grammar.schema import CORRECTION, Holds, Record
from lots.records import records
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.intake.values import DIALECT, text
from lots.store.schema import (
    access_tables,
    days,
    dispositions,
    forgetting,
    open_ends,
    readers,
    redactions,
    scan_tables,
    scans,
    shown,
    skeleton,
    sure,
    told,
    views,
)
from lots.store.schema.meant import MEANT_NOW, meant_view
from lots.store.schema.record_tables import accepted, declare_all
from lots.store.schema.said import RETRACTION_NOW, SETTLED, retraction_view, settled_view
from lots.store.schema.tables import SCHEMAS

# Views of what changes with each word of a person: kept as rows they would have to be derived at
# each.
NOW = "judged.finding_now"
# Views that are shown whole.
OTHERS = (
    *(RETRACTION_NOW, MEANT_NOW, SETTLED, open_ends.OPEN_END_NOW, sure.PLACES),
    *(*told.VIEWS, *dispositions.VIEWS),
)
ROLES = ("lots_pipeline", readers.READER, readers.DISCLOSER, access_tables.SERVICE, views.ROLE)
# Facts: what was accepted, found and said is never altered, not even by us.
INSERT_ONLY = (
    "receiving.refused",
    "receiving.notice",
    "receiving.arrival",
    "judged.finding",
    "judged.event",
    "judged.evaluation",
    "judged.effective",
    "judged.decision",
    "judged.retraction",
    "judged.decision_back",
    "judged.retraction_word",
    "judged.meant",
    "judged.meant_word",
    "judged.refused_word",
    *("receiving.legible", "receiving.conclusion", "receiving.profile"),
    *("ledger.entry", "ledger.secret", "ledger.gone", "ledger.bytes_due"),
    *("ledger.checkpoint", "ledger.newest", "ledger.origin"),
    "lineage.patient",
)
# Derived, or on its way: replaced by difference whenever something comes.
WORKING = (
    "receiving.receipt",
    "judged.contested",
    "judged.superseded",
    "judged.retracted",
    "judged.key_came",
    "lineage.node",
    "lineage.edge",
    "lineage.closure",
    "lineage.vial",
    *("lineage.lot_told", "lineage.lot_patient", "lineage.vial_bound"),
    *("lineage.custody", "lineage.lot_held", "lineage.lot_pack"),
    "lineage.parked",
    "lineage.open_end",
    "lineage.progress",
    "lineage.place",
    "lineage.person",
    "judged.outcome",
    "judged.evaluated",
)


def statements() -> Iterator[str]:
    """Every statement that makes them, in order."""
    # In this order: views use the functions, and grants name all of them.
    yield from days.FUNCTIONS
    yield from skeleton.FUNCTIONS
    yield from sure.FUNCTIONS
    for table in declare_all().sorted_tables:
        yield ";\n".join(comments(table))
    yield from (standing_view(record) for record in records().values())
    yield from (reference_view(record) for record in records().values() if record.reference)
    yield from readers.views()
    yield from shown.views()
    yield open_ends.view()
    yield from told.views()
    yield from sure.views()
    yield finding_view()
    yield retraction_view()
    yield meant_view()
    yield settled_view()
    yield from dispositions.views()
    yield access_tables.ACCOUNT_VIEW
    yield from views.views()
    yield from readers.functions()
    yield from dispositions.functions()
    yield from scans.functions()
    yield from (*forgetting.FORGET_REFUSED, *redactions.functions())
    yield from grants()


def sql(element: sa.ClauseElement) -> str:
    """A statement, or a part of one, as PostgreSQL reads it."""
    compiled = str(element.compile(dialect=DIALECT)).strip()
    # The compiler doubles percent signs, for a driver that looks for placeholders.
    return compiled.replace("\t", "    ").replace(", \n", ",\n").replace("%%", "%")


def standing_view(record: Record) -> str:
    """The versions that stand (docs/versions.md). Contested ones all stand."""
    columns = ",\n    ".join(f"version_row.{c.name}" for c in accepted(record).columns)
    return (
        f"CREATE VIEW standing.{record.name} AS\nSELECT\n    {columns}\n"
        f"FROM accepted.{record.name} AS version_row\n"
        "WHERE NOT EXISTS (\n    SELECT FROM judged.superseded AS s\n"
        f"    WHERE s.record = '{record.name}' AND s.receipt = version_row.receipt "
        "AND s.line = version_row.line\n)"
    )


def finding_view() -> str:
    """Findings with what they are now: open, explained by something newer, or closed by a person
    (docs/judging.md).
    """
    # No newer version explains these: a reactive result stays one.
    lasting = [r.id for record in records().values() for r in record.rules if r.lasting]
    return f"""CREATE VIEW {NOW} AS
SELECT
    f.finding, f.rule, f.rule_version, f.record, f.key, f.receipt, f.line, f.outcome, f.severity, f.holds, f.opened_at,
    {shown.key("f")} AS shown,
    CASE
        WHEN f.rule = '{CONTESTED_RULE}' AND EXISTS (  -- whatever was said of an earlier contest of the key
            SELECT FROM judged.contested AS c WHERE c.record = f.record AND c.key = f.key
        ) THEN 'open'
        WHEN last.kind = 'closed' THEN 'closed'
        WHEN last.kind = 'explained' OR f.rule = '{CONTESTED_RULE}' THEN 'explained'
        WHEN f.rule NOT IN ({", ".join(f"'{name}'" for name in lasting)}) AND EXISTS (
            SELECT FROM judged.superseded AS s
            WHERE s.record = f.record AND s.receipt = f.receipt AND s.line = f.line
                AND (s.why IN ('outranked', 'decided') OR s.why = 'completed' AND f.holds = '{Holds.NOTHING.value}')
        ) THEN 'explained'
        ELSE 'open'
    END AS state
FROM judged.finding AS f
LEFT JOIN LATERAL (
    SELECT e.kind FROM judged.event AS e WHERE e.finding = f.finding ORDER BY e.event DESC LIMIT 1
) AS last ON true"""


def reference_view(record: Record) -> str:
    """The effective rows of a reference record, each with the days on which it is in force
    (docs/judging.md).
    """
    # What a reference is about: its validity begins a new row of the same.
    scope = [c for c in record.key if c != "valid_from"]
    columns = [c.name for c in record.columns if c not in CORRECTION]
    same = " AND ".join(f"{{0}}.{c} = {{1}}.{c}" for c in scope)
    holds = "{0}.valid_from <= span.day AND ({0}.valid_to IS NULL OR span.day <= {0}.valid_to)"
    return f"""CREATE VIEW reference.{record.name} AS
WITH effective AS (
    SELECT {", ".join(f"r.{c}" for c in columns)}
    FROM accepted.{record.name} AS r
    JOIN judged.effective AS e ON e.record = '{record.name}' AND e.receipt = r.receipt AND e.line = r.line
    -- Two people put a limit in, and two said that it was an error: it decides nothing more.
    WHERE NOT EXISTS (
        SELECT FROM judged.superseded AS s
        WHERE s.record = '{record.name}' AND s.receipt = r.receipt AND s.line = r.line AND s.why = 'retracted'
    )
),
edge AS (
    SELECT {", ".join(scope)}, valid_from AS day FROM effective
    UNION
    SELECT {", ".join(scope)}, valid_to + 1 FROM effective WHERE valid_to IS NOT NULL
),
span AS (
    SELECT {", ".join(scope)}, day, lead(day) OVER (PARTITION BY {", ".join(scope)} ORDER BY day) AS until FROM edge
)
SELECT daterange(span.day, span.until) AS in_force, {", ".join(f"r.{c}" for c in columns)}
FROM span
JOIN effective AS r ON {same.format("r", "span")} AND {holds.format("r")}
WHERE r.valid_from = (
    SELECT max(other.valid_from) FROM effective AS other
    WHERE {same.format("other", "span")} AND {holds.format("other")}
)"""


def comments(table: sa.Table) -> Iterator[str]:
    """What is said of a table and its columns now; what is said no more is taken away."""
    yield f"COMMENT ON TABLE {table.fullname} IS {_said(table.comment)}"
    for column in table.columns:
        yield f"COMMENT ON COLUMN {table.fullname}.{column.name} IS {_said(column.comment)}"


def _said(comment: str | None) -> str:
    return sql(text(comment)) if comment else "NULL"


def grants() -> Iterator[str]:
    """What each role may do: the pipeline adds to what was accepted, and can neither change nor
    delete it.
    """
    # What is granted no more is taken away; readers see the old grants until all of this stands.
    roles = ", ".join(ROLES)
    yield f"REVOKE ALL ON SCHEMA {', '.join(SCHEMAS)} FROM PUBLIC, {roles}"
    yield f"REVOKE ALL ON {', '.join([*_tables(), *_accounts()])} FROM PUBLIC, {roles}"
    # Whoever reads or receives has nothing to do with accounts, nor the other way round.
    apart = ", ".join(role for role in ROLES if role not in (access_tables.SERVICE, views.ROLE))
    shared = ", ".join(schema for schema in SCHEMAS if schema not in readers.APART)
    yield f"GRANT USAGE ON SCHEMA {shared} TO {apart}"
    yield from (*access_tables.grants(), *scans.grants())
    yield from views.grants(readers.READER)
    # By name: a file's staging tables are in the same schema, and they are the pipeline's own.
    every = ", ".join([*_tables(), *_views()])
    yield f"GRANT SELECT ON {every} TO lots_pipeline, {readers.DISCLOSER}"
    # With a salt whoever is handed a proof could try what else may stand in a row.
    yield f"REVOKE ALL ON {', '.join(readers.UNSEEN)} FROM {readers.DISCLOSER}"
    yield redactions.revoked()
    yield from readers.grants([*_referred(), *readers.names(), *shown.VIEWS, *OTHERS])
    yield "GRANT CREATE ON SCHEMA receiving TO lots_pipeline"
    # Into accepted rows are only put: no role but the owner can alter one.
    kept = [table for table in _tables() if table.startswith("accepted.")]
    yield f"GRANT INSERT ON {', '.join([*kept, *INSERT_ONLY])} TO lots_pipeline"
    yield f"GRANT INSERT, UPDATE, DELETE ON {', '.join(WORKING)} TO lots_pipeline"


def _tables() -> list[str]:
    tables = declare_all().sorted_tables
    return [table.fullname for table in tables if table.schema not in readers.APART]


def _accounts() -> list[str]:
    return [table.fullname for table in (*access_tables.TABLES, *scan_tables.TABLES)]


def _views() -> list[str]:
    return [
        *(f"standing.{name}" for name in records()),
        *sure.names(),
        sure.PERSONS,
        *_referred(),
        *readers.names(),
        *shown.VIEWS,
        NOW,
        *OTHERS,
        *views.names(),
    ]


def _referred() -> list[str]:
    return [f"reference.{record.name}" for record in records().values() if record.reference]
