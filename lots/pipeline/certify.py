"""The certificate of an answer: complete, or what is missing, by name."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from lots.answers import Certificate, Heard, Node, Pooled
from lots.records import records
from lots.store.answers import contests, statements
from lots.store.answers.contests import NODES_ALONE, Extent
from lots.store.answers.statements import Nodes
from lots.store.engine import Connection

SHOWN = 3
UNREAD = {
    "refused": "refused whole",
    "abandoned": "given up, and missing",
    "all_refused": "refused, row by row",
}
LINKS = {
    "pack": "a pack that is not known",
    "lot": "a lot that is not known",
    "vial": "neither serial nor lot number",
    "preparation": "a preparation of which no vial is known",
}


def certify(
    connection: Connection,
    found: Nodes,
    edges: int,
    vial_lines: int,
    through: datetime,
    more: Iterable[str] = (),
    *,
    extent: Extent = NODES_ALONE,
) -> Certificate:
    """Gather every reason why an answer over these nodes may lack something that was so by
    `through`.

    extent: what else the question shows or names, such as a donation and its units: a row that
    names it may belong.
    """
    entry, entry_hash, unlinked = statements.linked_through(connection)
    nodes = tuple(found.values())
    # By number alone, without its maker: a row that lacks the maker may still be of this lot.
    numbers = sorted({*(n.number for n in nodes), *extent.names})
    reasons = [
        *more,
        *([f"{unlinked} ledger entries are accepted but not linked yet."] if unlinked else []),
        *(f"{n.name} is named, but no record of it has arrived." for n in nodes if not n.known),
        *_parked(connection, numbers),
        *_orphans(connection),
        *_unnamed(connection),
        *_contested(connection, found, extent),
        *_awaited(connection),
        *_refused(connection, numbers),
        *_files(connection),
        *(sentence for h in statements.heard(connection) for sentence in unheard(h, through)),
    ]
    return Certificate(
        not reasons, through, entry, entry_hash, len(nodes), edges, vial_lines, tuple(reasons)
    )


def pool_gaps(nodes: tuple[Node, ...], pooled: Iterable[Pooled]) -> list[str]:
    """What is missing above pools, for a question that asks what went into them."""
    found, seen = [], set()
    for p in pooled:
        seen.add(p.pool)
        if p.units_unknown:
            found.append(f"{p.pool}: {p.units_unknown} of its {p.units} units are not known.")
        if p.donations_unknown:
            found.append(
                f"{p.pool}: {p.donations_unknown} of its {p.donations} donations are not known."
            )
    found += [
        f"{n.name}: none of its units is known."
        for n in nodes
        # A pool without one unit is no row of `pooled`, so it is looked for by its absence.
        if n.step == "pool" and n.name not in seen
    ]
    return found


def _parked(connection: Connection, numbers: list[str]) -> list[str]:
    rows = statements.gaps(connection, "parked", numbers=numbers)
    near: Counter[tuple[str, str]] = Counter((r.record, r.link) for r in rows if not r.anywhere)
    far: Counter[tuple[str, str]] = Counter((r.record, r.link) for r in rows if r.anywhere)
    return [
        *(
            f"{n} rows of {record} name one of these numbers and wait for their {link}."
            for (record, link), n in sorted(near.items())
        ),
        *(
            f"{n} rows of {record} name {LINKS.get(link, link)}, so that they could be of any lot."
            for (record, link), n in sorted(far.items())
        ),
    ]


def _orphans(connection: Connection) -> list[str]:
    rows = statements.gaps(connection, "orphans")
    found = [
        f"Nothing that went into {r.step} {r.maker}/{r.number} has arrived, so that it could be of"
        " any pool."
        for r in rows[:SHOWN]
    ]
    return [
        *found,
        *([f"{len(rows) - SHOWN} more lots could be of any pool."] if len(rows) > SHOWN else []),
    ]


def _unnamed(connection: Connection) -> list[str]:
    return [
        f"{r.rows} rows of {r.record} do not say which {r.link} they are of, so that they could be"
        " of any."
        for r in statements.gaps(connection, "unnamed")
    ]


def _contested(connection: Connection, nodes: Nodes, extent: Extent) -> list[str]:
    rows = Counter(record for record, _ in contests.contested(connection, nodes, extent))
    return [
        f"{n} rows of {record} that may belong here are contested; all their versions are walked."
        for record, n in sorted(rows.items())
    ]


def _awaited(connection: Connection) -> list[str]:
    """What replaces a retracted row may name anything: each answer whose links it may make says so."""
    linking = [r.name for r in records().values() if any(not link.aside for link in r.links)]
    return [
        f"{r.keys} rows of {r.record} were retracted and are due to be replaced, so that what"
        " replaces them could belong here."
        for r in statements.gaps(connection, "awaited", records=linking)
    ]


def _refused(connection: Connection, numbers: list[str]) -> list[str]:
    rows = statements.gaps(connection, "refused", numbers=numbers)
    found = [
        f"{r.naming} refused rows of {r.file_name} name one of these numbers."
        for r in rows
        if r.naming
    ]
    other: Counter[str] = Counter()
    for r in rows:
        other[r.record] += r.rows - r.naming
    return [
        *found,
        *(
            f"{n} refused rows of {record} could not be read, so that they could be about anything."
            for record, n in sorted(other.items())
            if n
        ),
    ]


def _files(connection: Connection) -> list[str]:
    rows = statements.gaps(connection, "files")
    return [
        f"{r.file_name} of {r.sender} is {UNREAD.get(r.status, 'not concluded')}." for r in rows
    ]


def unheard(heard: Heard, through: datetime) -> list[str]:
    """Why a sender has not been heard whole until then; empty where it has."""
    if heard.heard_to is None:
        return [
            f"{heard.sender} has numbered no sending: nobody can tell whether all its files have"
            " arrived."
        ]
    found = []
    if heard.missing_sequences:
        found.append(
            f"{heard.sender}: {heard.missing_sequences} of its {heard.last_sequence} sendings have"
            " not arrived."
        )
    found += [
        f"{heard.sender}: {name} was announced and has not been accepted."
        for name in heard.not_arrived[:SHOWN]
    ]
    if len(heard.not_arrived) > SHOWN:
        found.append(
            f"{heard.sender}: {len(heard.not_arrived) - SHOWN} more announced files have not been"
            " accepted."
        )
    found += [
        f"{heard.sender}: {name} has not as many rows as announced." for name in heard.counts_differ
    ]
    if heard.heard_to < through:
        found.append(
            f"{heard.sender} has been heard until {heard.heard_to:%Y-%m-%d %H:%M} UTC only."
        )
    return found
