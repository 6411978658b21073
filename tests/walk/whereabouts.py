"""The walk's account of where packs are: docs/counting.md, "Where packs are", in loops over
standing rows.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tests.walk import vials as lines
from tests.walk.linking import VIALS, Accepted, Node
from tests.walk.values import Typed

Pack = tuple[str, str]
Place = tuple[str, str]  # where, and its holder
NEVER = datetime.min.replace(tzinfo=UTC)
ENDLESS = datetime.max.replace(tzinfo=UTC)


def by_serial(accepted: Accepted, lot: Node) -> Counter[Place]:
    """How many packs of a lot are known by their serial to be at each place."""
    found: Counter[Place] = Counter()
    for pack, holds in packs(accepted, lot).items():
        found.update(places_of(accepted, pack, holds, lot[0]))
    return found


def packs(accepted: Accepted, lot: Node) -> dict[Pack, int]:
    """The packs of a lot, and the most vials that a version tells; one at least."""
    found: dict[Pack, int] = {}
    for _, row in accepted.standing("pack"):
        if (row["manufacturer"], row["lot_number"]) == lot[:2]:
            pack = row["gtin"], row["serial"]
            found[pack] = max(1, row["vials"] or 1, found.get(pack, 1))
    return found


def unsaid(accepted: Accepted, lot: Node) -> bool:
    """Whether a version of a pack of a lot does not say how many vials it holds."""
    return any(
        row["vials"] is None
        for _, row in accepted.standing("pack")
        if (row["manufacturer"], row["lot_number"]) == lot[:2]
    )


def places_of(accepted: Accepted, pack: Pack, holds: int, maker: str) -> set[Place]:
    """Where a pack stands with every line that may be its own, and without those that may not."""
    found: set[Place] = set()
    for sure in (True, False):
        used, sites = _used(accepted, pack, sure=sure)
        if used["given"]:
            found.add(("given" if used["given"] >= holds else "partly given", sites["given"]))
        else:
            stand = _with(accepted, pack, holds, maker, used, sites, sure=sure)
            found |= stand | _besides(accepted, pack)
    return found


def _with(
    accepted: Accepted,
    pack: Pack,
    holds: int,
    maker: str,
    used: Counter[str],
    sites: dict[str, str],
    *,
    sure: bool,
) -> set[Place]:
    if renamed := _last(accepted, "relabelling", pack, "relabelled_at"):
        return {("relabelled", row["party"] or "?") for row in renamed}
    moves = _moves(accepted, pack)
    moved = max((at for at, _, _ in moves), default=None)
    counts = _last(accepted, "stock_count", pack, "counted_at")
    count = max(counts, key=_found, default=None)
    last = [
        at
        for at in (moved, count and count["counted_at"], _dispensed(accepted, pack, sure=sure))
        if at
    ]
    ended, ends = _ends(accepted, pack, holds, max(last, default=None))
    if ended:
        return ends
    if used["dispensed"]:
        return ends | {
            ("dispensed" if used["dispensed"] >= holds else "partly dispensed", sites["dispensed"])
        }
    if used["prepared"] or used["not_given"]:
        return ends | {
            ("prepared, not given", sites["prepared"] if used["prepared"] else sites["not_given"])
        }
    if count and (moved is None or count["counted_at"] > moved):
        return ends | {("in stock" if _found(count) else "not found at a count", count["party"])}
    return ends | (
        {(where, holder) for at, where, holder in moves if at == moved}
        or _labelled(accepted, pack)
        or {("never shipped", maker)}
    )


def _found(count: Typed) -> int:
    """How many packs a count found; one where it does not say."""
    return 1 if count["packs"] is None else int(count["packs"])


def _of(accepted: Accepted, record: str, pack: Pack) -> list[Typed]:
    return [row for _, row in accepted.standing(record) if (row["gtin"], row["serial"]) == pack]


def _labelled(accepted: Accepted, pack: Pack) -> set[Place]:
    """With whom a pack of which nothing else was told got this label."""
    return {
        ("in stock", row["party"] or "?")
        for _, row in accepted.standing("relabelling")
        if (row["new_gtin"], row["new_serial"]) == pack
    }


def _last(accepted: Accepted, record: str, pack: Pack, at: str) -> list[Any]:
    """What was told of a pack at the last instant."""
    told = _of(accepted, record, pack)
    last = max((row[at] or NEVER for row in told), default=None)
    return [row for row in told if (row[at] or NEVER) == last]


def _used(accepted: Accepted, pack: Pack, *, sure: bool) -> tuple[Counter[str], dict[str, str]]:
    """The vials of a pack's lines by what became of them, and where; sure: of which every version
    names the pack.
    """
    vials: Counter[str] = Counter()
    sites: dict[str, str] = {}
    for record in VIALS:
        for key in accepted.versions.get(record, {}):
            versions = accepted.of(record, key)
            named = [row for row in versions if (row["gtin"], row["serial"]) == pack]
            if not named or (sure and _others(versions, pack)):
                continue
            [state] = {state for row in named for state, _ in lines.use(accepted, record, key, row)}
            vials[state] += max(map(lines.vials_of, named))
            sites[state] = key[0]
    return vials, sites


def _dispensed(accepted: Accepted, pack: Pack, *, sure: bool) -> datetime | None:
    lines_of = [accepted.of("dispensing", key) for key in accepted.versions.get("dispensing", {})]
    return max(
        (
            row["dispensed_at"]
            for versions in lines_of
            for row in versions
            if (row["gtin"], row["serial"]) == pack and not (sure and _others(versions, pack))
        ),
        default=None,
    )


def _others(versions: list[Typed], pack: Pack) -> bool:
    """Whether one of these names something else."""
    return any((row["gtin"], row["serial"]) != pack for row in versions)


def _ends(
    accepted: Accepted, pack: Pack, holds: int, last: datetime | None
) -> tuple[bool, set[Place]]:
    """Whether a pack is at its end whichever of what was told last is so, and its ends."""
    fates = [accepted.of("vial_fate", key) for key in accepted.versions.get("vial_fate", {})]
    told = [
        versions
        for versions in fates
        if versions and all((row["gtin"], row["serial"]) == pack for row in versions)
    ]
    if sum(min(map(lines.vials_of, versions)) for versions in told) < holds:
        return False, set()
    final = _last(accepted, "vial_fate", pack, "at")
    ends = [row for row in final if not (row["kind"] == "returned" and last and row["at"] < last)]
    return len(ends) == len(final), {(row["kind"], row["party"]) for row in ends}


def _moves(accepted: Accepted, pack: Pack) -> list[tuple[datetime, str, str]]:
    """When, where and to whom each version of the last shipment of a pack went, delivered or not."""
    sent = _sent(accepted, pack)
    last = max((row["shipped_at"] for row in sent), default=None)
    return [move for row in sent if row["shipped_at"] == last for move in _went(accepted, row)]


def _went(accepted: Accepted, row: Typed) -> list[tuple[datetime, str, str]]:
    """When, where and to whom a shipment went, delivered or not."""
    at = row["shipped_at"]
    came = accepted.of("delivery", (row["from_party"], row["shipment"], str(row["item"])))
    return [
        (
            max(at, d["delivered_at"]),
            "delivered" if d["packs"] else "not delivered",
            d["to_party"] or row["to_party"] or "?",
        )
        for d in came
    ] or [(at, "in transit", row["to_party"] or "?")]


def _besides(accepted: Accepted, pack: Pack) -> set[Place]:
    """Where a label that a pack had before was told of since it has another: moved, or in stock."""
    found = set[Place]()
    for former, since in _formerly(accepted, pack):
        late = [row for row in _sent(accepted, former) if row["shipped_at"] >= since]
        found |= {(what, party) for row in late for _, what, party in _went(accepted, row)}
        for row in _of(accepted, "stock_count", former):
            if row["packs"] != 0 and (row["counted_at"] or ENDLESS) >= since:
                found.add(("in stock", row["party"]))
    return found


def _sent(accepted: Accepted, pack: Pack) -> list[Typed]:
    """The shipments of a pack under this label, or of a package that it was in then."""
    boxes = list(_boxes(accepted, pack, NEVER, ENDLESS))
    return [
        row
        for _, row in accepted.standing("shipment")
        if (row["gtin"], row["serial"]) == pack
        or any(
            row["sscc"] == box and row["serial"] is None and since <= row["shipped_at"] <= until
            for box, since, until in boxes
        )
    ]


def _formerly(accepted: Accepted, pack: Pack) -> Iterator[tuple[Pack, datetime]]:
    """The labels that a pack had before, each with an instant at which it got this one."""
    renamed = [row for _, row in accepted.standing("relabelling")]
    for row in renamed:
        if (row["new_gtin"], row["new_serial"]) == pack:
            before = {(row["gtin"], row["serial"])}
            while (
                more := {
                    (r["gtin"], r["serial"])
                    for r in renamed
                    if (r["new_gtin"], r["new_serial"]) in before
                }
                - before
            ):
                before |= more
            for label in before:
                yield label, row["relabelled_at"] or NEVER


def _boxes(
    accepted: Accepted, pack: Pack | str, since: datetime, until: datetime
) -> Iterator[tuple[str, datetime, datetime]]:
    """The packages that a pack was in, directly or in others, and from when until when."""
    for _, row in accepted.standing("package_content"):
        if pack in ((row["gtin"], row["serial"]), row["child_sscc"]):
            within = (
                max(since, row["packed_at"] or NEVER),
                min(until, row["unpacked_at"] or ENDLESS),
            )
            yield row["sscc"], *within
            yield from _boxes(accepted, row["sscc"], *within)
