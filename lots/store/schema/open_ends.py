"""The view of all open ends that are no contest and were read: what must be told and is not, what
waits, and what is awaited (docs/certificate.md). Which links these are, the declarations say.
"""

from collections.abc import Iterator

from lots.grammar.column import Link, Makes, Sought
from lots.grammar.kinds import Tells
from lots.grammar.schema import Record
from lots.questions.ends import NODES, Group, must_tell
from lots.records import records
from lots.store.intake.values import sql_type

OPEN_END_NOW = "lineage.open_end_now"
# Of all packs that rows wait for at once: each by itself takes as long as all else here.
_KNOWN = """WITH RECURSIVE was (named_gtin, named_serial, gtin, serial) AS (
    SELECT DISTINCT p.names ->> 0, p.names ->> 1, p.names ->> 0, p.names ->> 1
    FROM lineage.parked AS p
    WHERE p.target = 'pack'
    UNION
    SELECT was.named_gtin, was.named_serial, r.gtin, r.serial
    FROM was
    JOIN standing.relabelling AS r ON r.new_gtin = was.gtin AND r.new_serial = was.serial
),
known AS (
    SELECT DISTINCT was.named_gtin, was.named_serial
    FROM was
    WHERE EXISTS (  -- looked up one by one: few of all that is packed
        SELECT FROM standing.pack AS k WHERE k.gtin = was.gtin AND k.serial = was.serial OFFSET 0
    )
)"""
OF_A_LINE = ("pack", "lot", "vial", "preparation")  # under what a line of vials is parked


def view() -> str:
    """The view: {record, key, link, sort}."""
    # No two parts have an end in common: what each takes of the parked, the others leave.
    return f"CREATE VIEW {OPEN_END_NOW} AS\n{_KNOWN}\n" + "\nUNION ALL\n".join(_parts())


def _parts() -> Iterator[str]:
    yield "SELECT record, key, link, sort FROM lineage.open_end"
    yield _parked(_alone())
    yield from (_by_number(record, link) for record, link in _numbered())
    yield from (part for record, group in _several() for part in _none_known(record, group))
    yield _of_lines()
    yield from (_nobody(r, k) for r, k in _elsewhere())
    crossed = [r.name for r in records().values() if any(not k.aside for k in r.links)]
    yield (
        "SELECT record, key, '', 'awaited' FROM judged.retracted\n"
        f"WHERE due AND record IN ({_words(crossed)})"
    )


def _words(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


# --- links that wait by themselves
# ------------------------------------------------------------------


def _alone() -> list[tuple[str, str]]:
    """Links that are an end where nobody knows what they name, whatever else the row tells."""
    several = {(record.name, link.name) for record, group in _several() for link in group}
    return [
        (r.name, k.name)
        for r in records().values()
        for k in r.links
        if not k.aside and k.sought is Sought.KEY and k.record not in NODES
        if (r.name, k.name) not in several
    ]


def _parked(links: list[tuple[str, str]]) -> str:
    pairs = ", ".join(f"('{record}', '{link}')" for record, link in links)
    return (
        "SELECT p.record, p.key, p.link, 'parked' FROM lineage.parked AS p\n"
        f"WHERE (p.record, p.link) IN ({pairs})\n"
        f"    AND NOT (p.target = 'pack' AND {_pack_known('p.names ->> 0', 'p.names ->> 1')})"
    )


def _numbered() -> list[tuple[Record, Link]]:
    """Links that wait for a pool or lot by its number alone, whoever made it."""
    return [
        (r, k)
        for r in records().values()
        for k in r.links
        if not k.aside and k.sought is Sought.KEY and k.record in NODES and len(k.columns) == 1
        if k.makes is Makes.NOTHING
    ]


def _by_number(record: Record, link: Link) -> str:
    return (
        "SELECT p.record, p.key, p.link, 'parked' FROM lineage.parked AS p\n"
        f"WHERE p.record = '{record.name}' AND p.link = '{link.name}'\n"
        f"    AND NOT {_number_known('p.names ->> 0', link)}"
    )


def _number_known(number: str, link: Link) -> str:
    steps = [value for column, value in link.fixed if column == "step"]
    step = f"= '{steps[0]}'" if steps else "= 'pool'" if link.record == "pool" else "<> 'pool'"
    return f"EXISTS (SELECT FROM lineage.node AS n WHERE n.number = {number} AND n.step {step})"


def _pack_known(gtin: str, serial: str) -> str:
    """Whether a pack is known, or one that it was relabelled from."""
    same = f"known.named_gtin = {gtin} AND known.named_serial = {serial}"
    return f"EXISTS (SELECT FROM known WHERE {same})"


# --- keys of persons
# ---------------------------------------------------------------------------------


def _elsewhere() -> list[tuple[Record, Link]]:
    """Links whose name some other row must tell: they join what others tell of."""
    return [(r, k) for r in records().values() for k in r.links if k.sought is Sought.ELSEWHERE]


def _nobody(record: Record, link: Link) -> str:
    """Statements of a key that nothing else tells, of the kind that each is about."""
    (column,) = link.columns
    keys = ", ".join(f"s.{c}::text" for c in record.key)
    known = [
        # Of which kind it is nobody may know: then whatever tells the key will do.
        f"s.kind IS DISTINCT FROM '{other}' AND ({_told_by(tells, f's.{column}')})"
        for tells, other in ((Tells.DONOR, "patient"), (Tells.PATIENT, "donor"))
    ]
    return (
        f"SELECT DISTINCT '{record.name}', jsonb_build_array({keys}), '{link.name}', 'parked'\n"
        f"FROM standing.{record.name} AS s\n"
        f"WHERE s.{column} IS NOT NULL{_holds(link, 's')}\n"
        f"    AND NOT ({' OR '.join((*known, _stated_besides(record, link)))})"
    )


def _stated_besides(record: Record, link: Link) -> str:
    """Whether another statement names the key too: a register's is none that was written wrong."""
    (column,) = link.columns
    columns = [c for r, k in _elsewhere() if r is record for c in k.columns]
    named = " OR ".join(f"t.{c} = s.{column}" for c in columns)
    itself = " AND ".join(f"t.{c} = s.{c}" for c in record.key)
    return (
        f"EXISTS (SELECT FROM standing.{record.name} AS t\n"
        f"        WHERE ({named}) AND t.kind = s.kind AND NOT ({itself}){_holds(link, 't')})"
    )


def _holds(link: Link, row: str) -> str:
    # One that is taken back joins nobody; one of which nobody can read whether it is, may.
    if link.unless is None:
        return ""
    return f" AND ({row}.{link.unless.column} IN ({_words([*link.unless.values])})) IS NOT TRUE"


def _told_by(tells: Tells, key: str) -> str:
    return " OR ".join(
        f"EXISTS (SELECT FROM standing.{r.name} AS t WHERE t.{c.name} = {key}{_scope(r, c.name)})"
        for r in records().values()
        for c in r.columns
        if c.tells is tells
    )


def _scope(record: Record, column: str) -> str:
    """Of a column that names other things too, the rows in which it names a person."""
    whens = [k.when for k in record.links if k.columns == (column,) and k.record == "donor"]
    return "".join(f" AND t.{w.column} IN ({_words([*w.values])})" for w in whens if w)


# --- links of which one is enough
# --------------------------------------------------------------------


def _several() -> list[tuple[Record, Group]]:
    """Groups of links of one pack, lot or package: of what was tested a row tells one alone."""
    return [
        (record, group)
        for record in records().values()
        for group in must_tell(record)
        if not record.line and len(group) > 1 and not any(link.when for link in group)
    ]


def _none_known(record: Record, group: Group) -> Iterator[str]:
    """Rows that tell some of them, and none that leads anywhere."""
    # As all of these are declared: a pack by its key, a lot by its number, then what holds packs.
    pack, lot, *others = group
    nothing_else = "".join(f" AND v.{c} IS NULL" for link in others for c in link.columns)
    no_lot = f"NOT {_number_known('v.lot_number', lot)}{nothing_else}"
    same = " AND ".join(
        f"v.{c} = (p.key ->> {n})::{sql_type(record.column(c))}" for n, c in enumerate(record.key)
    )
    yield (
        "SELECT p.record, p.key, p.link, 'parked' FROM lineage.parked AS p\n"
        f"WHERE p.record = '{record.name}' AND p.link = '{pack.name}'\n"
        f"    AND NOT {_pack_known('p.names ->> 0', 'p.names ->> 1')}\n"
        f"    AND EXISTS (\n        SELECT FROM standing.{record.name} AS v\n        WHERE {same}\n"
        f"            AND v.gtin = p.names ->> 0 AND v.serial = p.names ->> 1 AND {no_lot}\n    )"
    )
    keys = ", ".join(f"v.{c}::text" for c in record.key)
    yield (
        # Distinct: several versions of a row may tell numbers that nobody knows.
        f"SELECT DISTINCT '{record.name}', jsonb_build_array({keys}), '{lot.name}', 'parked'\n"
        f"FROM standing.{record.name} AS v\n"
        f"WHERE v.lot_number IS NOT NULL AND (v.gtin IS NULL OR v.serial IS NULL) AND {no_lot}"
    )


# --- lines of vials
# ----------------------------------------------------------------------------------


def _of_lines() -> str:
    """Lines that reach no lot at all: one end each, under the first that it waits for."""
    lines = [r.name for r in records().values() if r.line]
    order = f"array_position(ARRAY[{_words([*OF_A_LINE])}], p.link)"
    return (
        f"SELECT p.record, p.key, (array_agg(p.link ORDER BY {order}))[1], 'parked'\n"
        "FROM lineage.parked AS p\n"
        f"WHERE p.record IN ({_words(lines)}) AND p.link IN ({_words([*OF_A_LINE])})\n"
        "    AND (p.link <> 'preparation' OR p.record = 'administration_vial')\n"
        "    AND NOT EXISTS (\n"
        # What one person says that it means, another has not confirmed, or disputes.
        "        SELECT FROM lineage.vial AS v\n"
        "        WHERE v.record = p.record AND v.key = p.key AND v.basis <> 'hand'\n    )\n"
        "GROUP BY p.record, p.key"
    )
