"""The walk's account of who has been heard: docs/certificate.md, "Who has been heard"."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tests.walk.at_most import Answer, Told
from tests.walk.columns import COLUMNS
from tests.walk.linking import Node, reached
from tests.walk.paths import LINES, RECORDS, TRACES
from tests.walk.untold import refused_to, untold_at
from tests.walk.values import Typed
from tests.walk.way import ABOVE, SINGLE
from tests.walk.whereabouts import ENDLESS, by_serial, packs, places_of, unsaid
from tests.walk.whereabouts_counted import Counted


@dataclass(frozen=True)
class File:
    """A file that arrived: from whom, its name and record, its rows; none where it was refused whole."""

    sender: str
    name: str
    record: str
    rows: int | None


@dataclass
class Silence:
    """A sender in scope who has not been heard whole: why, and how many packs are there at most."""

    sender: str
    why: set[str] = field(default_factory=set)
    packs: int = 0
    vials: int | None = 0  # that these packs hold at most; None where nobody knows
    above: bool = False  # it tells of what is above the packs
    lines: bool = False  # it tells of vials, or tells nothing


# What stands nowhere any more, or among other packs.
GONE = (
    "given",
    "relabelled",
    *(f"{end}{how}" for end in ("destroyed", "lost", "wasted") for how in ("", " by count")),
)
MOVED = ("in transit", "delivered", "not delivered", "in stock")
AMONG = ("returned by count",)


def not_heard(
    told: Told,
    question: str,
    found: Answer,
    files: Iterable[File],
    through: datetime | None = None,
    *,
    shown: Answer | None = None,
) -> dict[str, Silence]:
    """Who in scope has not been heard whole, until a day; by default the earliest end of those who
    number their sendings. shown: of whose lots packs are counted, where it is open which others there are.
    """
    arrived = list(files)
    announced = [row for _, row in told.accepted.standing("transmittal")]
    path = RECORDS[question]
    scope = {file.sender for file in arrived if file.record in path}
    scope |= {row["sender"] for row in announced if row["record"] in path}
    scope |= (vague := _vague(announced, arrived))
    scope |= _holders(told, found)
    perhaps = refused_to(told, found) | untold_at(told, found)
    scope |= perhaps
    blurred = _blurred(told, arrived)
    scope |= blurred
    ends = {sender: _heard_to(announced, sender) for sender in scope}
    known = [end for end in ends.values() if end is not None]
    day = through or min(known, default=None)
    silent: dict[str, Silence] = {}
    began, packed = _began(told, question, found)
    for sender in sorted(scope):
        one = Silence(sender, _why(sender, path, announced, arrived, ends[sender], day))
        unknown = sender in blurred or sender in vague
        above = bool(_told_of(sender, announced, arrived) & path & ABOVE) or unknown
        since = (began if above else None) or packed
        if ends[sender] and since and _heard_from(announced, sender) > since:
            one.why.add("not heard from then on")
        if sender in blurred:
            one.why.add("what it announced was refused")
        if one.why:
            of = _told_of(sender, announced, arrived) & path
            one.above = bool(of & ABOVE) or unknown
            one.lines = bool(of & {*LINES}) or not of or unknown
            silent[sender] = one
    is_open = found.open_lots or any(one.above for one in silent.values()) or question in SINGLE
    walked = shown if shown and is_open else found
    there = _packs_at(told, walked) if silent else {}
    # Whoever had a pack of nobody knows how many vials may have used some, wherever it is now.
    sizeless = any(unsaid(told.accepted, node) for node in walked.nodes if node[2] == "packed")
    for sender, one in silent.items():
        one.packs, one.vials = there.get(sender, (0, 0))
        if sender in perhaps or sizeless:
            one.vials = None
    homes = _homes(told)
    # A home tells nothing, ever: where none of its packs is left, nothing of it is missing.
    silent = {
        sender: one
        for sender, one in silent.items()
        if not (sender in homes and one.packs == 0 and one.vials == 0)
    }
    for one in silent.values():
        one.packs = 1 if question == "pack" else one.packs
    return silent


def _homes(told: Told) -> set[str]:
    """The parties that are patients' homes, by all that is told of them."""
    kinds = dict[str, set[str | None]]()
    for key, row in told.accepted.standing("party"):
        kinds.setdefault(key[0], set()).add(row["kind"])
    return {party for party, of in kinds.items() if of == {"patient_home"}}


def _blurred(told: Told, arrived: list[File]) -> set[str]:
    """Of whose transmittals a row, or a whole file, was refused: nobody knows what it announced."""
    rows = {row.file.split("/")[0] for row in told.refused if row.record == "transmittal"}
    return rows | {f.sender for f in arrived if f.record == "transmittal" and f.rows is None}


def _vague(announced: list[Typed], arrived: list[File]) -> set[str]:
    """Who announced a file of no known record that never came: it may be of any."""
    here = {(file.sender, file.name) for file in arrived}
    return {
        row["sender"]
        for row in announced
        if row["record"] not in COLUMNS and (row["sender"], row["file_name"]) not in here
    }


def _told_of(sender: str, announced: list[Typed], arrived: list[File]) -> set[str]:
    """The records of which a sender sent or announced something."""
    return {file.record for file in arrived if file.sender == sender} | {
        str(row["record"]) for row in announced if row["sender"] == sender
    }


def _heard_to(announced: list[Typed], sender: str) -> datetime | None:
    """The end of the last period of a sender's sendings."""
    told = [row["period_to"] for row in announced if row["sender"] == sender and row["period_to"]]
    return max(told, default=None)


def _heard_from(announced: list[Typed], sender: str) -> datetime:
    """From when on a sender's first sending tells; never where none says so."""
    starts: dict[int, list[datetime | None]] = {}
    for row in announced:
        if row["sender"] == sender:
            starts.setdefault(int(row["sequence"]), []).append(row["period_from"])
    whole = [max(s for s in of if s) for of in starts.values() if None not in of]
    return min(whole, default=ENDLESS)


def _began(told: Told, question: str, found: Answer) -> tuple[datetime | None, datetime | None]:
    """When what an answer walks began: above the packs of all that tells when, and the packed lots where
    each tells it, else as what is above.
    """
    packed = [
        [row["made_at"] for row in told.accepted.of("lot", node)]
        for node in found.nodes
        if node[2] == "packed"
    ]
    walked = found.nodes | (found.above if question in TRACES else set())
    above = [row["made_at"] for node in walked for row in told.accepted.of("lot", node)]
    pools = [node[:2] for node in walked if node[2] == "pool"]
    above += [row["pooled_at"] for pool in pools for row in told.accepted.of("pool", pool)]
    for number in found.donations if question not in SINGLE else ():
        above += [row["collected_at"] for row in told.accepted.of("donation", number)]
    first = min((at for at in above if at), default=None)
    if not all(of and all(of) for of in packed):
        return first, first
    return first, min((at for of in packed for at in of), default=None)


def _why(
    sender: str,
    path: set[str],
    announced: list[Typed],
    arrived: list[File],
    end: datetime | None,
    day: datetime | None,
) -> set[str]:
    own = [row for row in announced if row["sender"] == sender]
    numbers = {int(row["sequence"]) for row in own}
    why = set()
    if not own:
        why.add("sends without numbers")
    elif numbers != set(range(1, len(numbers) + 1)):
        why.add("a number is missing")
    here = {file.name: file for file in arrived if file.sender == sender}
    for row in own:
        if row["record"] in path or row["record"] not in COLUMNS:
            file = here.get(row["file_name"])
            if file is None or file.rows is None:
                why.add("a file did not arrive")
            elif file.rows != row["row_count"]:
                why.add("a file has other rows")
    if any(file.rows is None and file.record in path for file in here.values()):
        why.add("a file was refused whole")
    if own and (end is None or (day is not None and end < day)):
        why.add("not heard so far")
    return why


NOBODY = "?"


def _holders(told: Told, found: Answer) -> set[str]:
    """Who had something of the lots or packs that an answer walks: to whom it was shipped, where it
    arrived, who counted, ended or relabelled it. Also somebody who is not named.
    """
    numbers = {node[1] for node in found.nodes if node[2] == "packed"}
    packs = found.packs | _packs_of(told, found)
    boxes: set[str] = set()
    while True:
        more = {
            row["sscc"]
            for _, row in told.accepted.standing("package_content")
            if (row["gtin"], row["serial"]) in packs
            or row["lot_number"] in numbers
            or row["child_sscc"] in boxes
        }
        if more <= boxes:
            break
        boxes |= more
    sent = [
        (key, row)
        for key, row in told.accepted.standing("shipment")
        if (row["gtin"], row["serial"]) in packs
        or row["lot_number"] in numbers
        or row["sscc"] in boxes
    ]
    there = {row["to_party"] for _, row in sent}
    there |= {row["to_party"] for key, _ in sent for row in told.accepted.of("delivery", key)}
    for record in ("stock_count", "vial_fate"):
        for _, row in told.accepted.standing(record):
            if (row["gtin"], row["serial"]) in packs or row["lot_number"] in numbers:
                there.add(row["party"])
    for _, row in told.accepted.standing("relabelling"):
        if {(row["gtin"], row["serial"]), (row["new_gtin"], row["new_serial"])} & packs:
            there.add(row["party"])
    for lot in (node for node in found.nodes if node[2] == "packed"):
        stand = by_serial(told.accepted, lot)
        there |= {party for what, party in stand if what in MOVED} - {NOBODY}
    if _with_nobody_named(told, found, numbers):
        there.add(NOBODY)
    return {party for party in there if party}


def _with_nobody_named(told: Told, found: Answer, numbers: set[str]) -> bool:
    """Whether packs of these lots are, or may be, with somebody who is not named."""
    accepted = told.accepted
    places = {
        place
        for lot in (node for node in found.nodes if node[2] == "packed")
        for place in by_serial(accepted, lot)
    }
    if any(party == NOBODY and what != "relabelled" for what, party in places):
        return True
    sent = [
        row
        for key, row in accepted.standing("shipment")
        if (not row["to_party"] and not any(d["to_party"] for d in accepted.of("delivery", key)))
        or any(d["to_party"] is None and d["packs"] != 0 for d in accepted.of("delivery", key))
    ]
    boxes = {row["sscc"] for row in sent if row["sscc"] and not row["serial"]}
    content = [row for _, row in accepted.standing("package_content")]
    while more := {r["child_sscc"] for r in content if r["sscc"] in boxes} - boxes - {None}:
        boxes |= more
    told_of = sent + [row for row in content if row["sscc"] in boxes]
    return any(
        row["lot_number"] in numbers and not (row["serial"] and row["gtin"]) for row in told_of
    )


def _packs_of(told: Told, found: Answer) -> set[tuple[str, str]]:
    """The packs of the lots of an answer about single lines, which walks none of them."""
    if found.question not in SINGLE:
        return set()
    later: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for _, row in told.accepted.standing("relabelling"):
        old, new = (row["gtin"], row["serial"]), (row["new_gtin"], row["new_serial"])
        later.setdefault(old, set()).add(new)
    lots = found.nodes
    return reached((pack for pack, of in told.stock.packs.items() if of & lots), later)


def _holding(told: Told, lot: Node) -> set[str]:
    """With whom packs of a lot are, given or gone."""
    return {party for _, party in by_serial(told.accepted, lot)}


def _packs_at(told: Told, found: Answer) -> dict[str, tuple[int, int | None]]:
    """How many packs of the lots stand at each party, or are on their way there, at most, and how many
    vials they hold: one that was told by count may be the largest of its lot.
    """
    at: dict[str, tuple[int, int | None]] = {}
    for lot in (node for node in found.nodes if node[2] == "packed"):
        sizes = packs(told.accepted, lot)
        here: list[tuple[str, int, int | None]] = [
            (party, 1, size)
            for pack, size in sizes.items()
            for what, party in places_of(told.accepted, pack, size, lot[0])
            if what not in GONE
        ]
        counted = Counted(told.accepted, lot)
        for (what, party), n in counted.places().items():
            if what not in GONE + AMONG:
                known = n * max(sizes.values()) if sizes else None if n else 0
                here.append((party, n, None if counted.unsaid() else known))
        for party, n in counted.missed():
            here.append((party, 0, n * max(sizes.values()) if sizes else None))
        unknown = unsaid(told.accepted, lot) or counted.unsaid()
        if unknown:  # what is said to be given whole, too, may hold more
            here += [(party, 0, None) for party in _holding(told, lot)]
        for party, count, size in here:
            before, held = at.get(party, (0, 0))
            vials = None if unknown and (count or size != 0) else size
            at[party] = before + count, None if held is None or vials is None else held + vials
    return at
