"""The walk's count of vials: docs/counting.md in loops over lines, packs and stages, each figure a
pair of numbers.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tests.walk import vials as lines
from tests.walk.linking import VIALS, Accepted, Key, Node, reached
from tests.walk.values import Typed

Pair = tuple[int, int]
Pack = tuple[str, str] | None
STAGES = {"dispensed": 1, "prepared": 2, "not_given": 3, "given": 4}
ENDLESS = 10**9
Holds = Callable[[Pack], int | None]


@dataclass(frozen=True)
class Line:
    """One line of an answer: its stage, its pack (None: by lot and count), least and most vials,
    and its patients.
    """

    record: str
    key: Key
    stage: int
    pack: Pack
    bag: Key | None  # its preparation, where it is linked by it alone
    least: int
    most: int
    sure: bool
    keyed: bool  # a version names a patient
    keyless: bool  # a version names none


Groups = dict[Pack, list[Line]]


def figures(
    accepted: Accepted,
    asked: set[Node],
    pack: Pack = None,
    only: set[tuple[str, Key]] | None = None,
) -> dict[str, Pair]:
    """The figures of some lots, or of one pack or some lines of them, as docs/counting.md names them."""
    found: Groups = {None: []}
    told = [x for x in of_lots(accepted, asked) if only is None or (x.record, x.key) in only]
    for line in _unpacked(accepted, list(_of_pack(accepted, told, pack)) if pack else told, pack):
        found.setdefault(line.pack, []).append(line)
    holds = _contents(accepted)
    stages = {name: _of_stage(found, holds, stage) for name, stage in STAGES.items()}
    return {
        **stages,
        "prepared_only": _alone(found, holds, 2),
        "dispensed_only": _alone(found, holds, 1),
        "without_key": _without_key(found, holds),
    }


def of_lots(accepted: Accepted, asked: set[Node]) -> Iterator[Line]:
    """The lines of some lots."""
    stock = lines.stock(accepted)
    for record in VIALS:
        for key in accepted.versions.get(record, {}):
            versions = accepted.of(record, key)
            ways = [{way for way in lines.lots(record, row, stock) if way[0]} for row in versions]
            lots = {lot for way in ways for lot, _ in way if lot}
            if not lots & asked:
                continue
            disagrees = any(basis == "disagreement" for way in ways for _, basis in way)
            uses = {use for row in versions for use in lines.use(accepted, record, key, row)}
            shaky = any(_shaky(accepted, record, key, row, stock) for row in versions)
            least = min(map(lines.vials_of, versions)) if all(ways) and not shaky else 0
            bag = None
            if all(basis == "preparation" for way in ways for _, basis in way):
                bag = _bag(key[0], versions)
            yield Line(
                record,
                key,
                min(STAGES[state] for state, _ in uses),
                None if disagrees else _pack(accepted, versions, stock.before),
                bag,
                least if bag or lots <= asked else 0,
                max(map(lines.vials_of, versions)),
                _sure(accepted, record, key),
                any(p for _, p in uses),
                any(not p for _, p in uses),
            )


def _shaky(accepted: Accepted, record: str, key: Key, row: Typed, stock: lines.Stock) -> bool:
    """Whether a line may be taken back, or something through which it reaches its lots."""
    names = _names(row, stock.before)
    return (
        accepted.possible(record, key)
        or lines.perhaps_meant(accepted, record, key, row)
        or any(accepted.possible("pack", name) for name in names)
        or _perhaps_renamed(accepted, names)
        or any(
            named[1:] == (row["lot_number"], "packed") and accepted.possible("lot", named)
            for named in accepted.versions.get("lot", {})
        )
        or (
            record == "administration_vial"
            and row["serial"] is None
            and row["lot_number"] is None
            and any(
                named[:2] == (key[0], row["preparation"])
                and accepted.possible("reconstitution_vial", named)
                for named in accepted.versions.get("reconstitution_vial", {})
            )
        )
    )


def _names(row: Typed, before: dict[tuple[str, str], set[tuple[str, str]]]) -> set[tuple[str, str]]:
    """The pack that a line names, and those that it was before."""
    named = (row["gtin"], row["serial"])
    return reached([named], before) if None not in named else set()


def _perhaps_renamed(accepted: Accepted, names: set[tuple[str, str]]) -> bool:
    return any(
        key[2:] in names and accepted.possible("relabelling", key)
        for key in accepted.versions.get("relabelling", {})
    )


def _bag(site: str, versions: list[Typed]) -> Key | None:
    """The one preparation that all versions of a line name."""
    named = {str(row["preparation"]) for row in versions}
    return (site, named.pop()) if len(named) == 1 else None


def _of_pack(accepted: Accepted, told: list[Line], pack: tuple[str, str]) -> Iterator[Line]:
    """Those lines of which a version names a pack, a later one or its bag; least none where not all
    do.
    """
    later: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for _, row in accepted.standing("relabelling"):
        later.setdefault((row["gtin"], row["serial"]), set()).add(
            (row["new_gtin"], row["new_serial"])
        )
    names = reached([pack], later)
    bags = {
        key[:2]
        for key, row in accepted.standing("reconstitution_vial")
        if (row["gtin"], row["serial"]) in names
    }
    for line in told:
        versions = accepted.of(line.record, line.key)
        named = [(row["gtin"], row["serial"]) in names for row in versions]
        bagged = line.record == "administration_vial" and any(
            row["serial"] is None and (line.key[0], row["preparation"]) in bags for row in versions
        )
        if any(named) or bagged:
            yield line if all(named) or line.bag else replace(line, least=0)


def _pack(
    accepted: Accepted,
    versions: list[Typed],
    before: dict[tuple[str, str], set[tuple[str, str]]],
) -> Pack:
    """The one pack that all versions of a line name, by its first name."""
    row = versions[0]
    if (
        len({(v["gtin"], v["serial"]) for v in versions}) > 1
        or not row["gtin"]
        or not row["serial"]
    ):
        return None
    if _perhaps_renamed(accepted, _names(row, before)):
        return None
    first = {name for name in reached([(row["gtin"], row["serial"])], before) if name not in before}
    return first.pop() if len(first) == 1 else None


def _sure(accepted: Accepted, record: str, key: Key) -> bool:
    if record != "administration_vial":
        return True
    states = {row["status"] for row in accepted.of("administration", key[:2])}
    if accepted.possible("administration", key[:2]):
        return False
    return bool(states) and (states == {"not_given"} or states <= {"given", "stopped"})


def _unpacked(accepted: Accepted, found: list[Line], pack: Pack) -> Iterator[Line]:
    """The same with what was given by its preparation turned into that preparation's vials."""
    yield from (line for line in found if line.bag is None)
    for bag, stage in sorted({(line.bag, line.stage) for line in found if line.bag}):
        of_it = [line for line in found if (line.bag, line.stage) == (bag, stage)]
        inside = [
            line for line in found if line.record == "reconstitution_vial" and line.key[:2] == bag
        ]
        items = [key for key in accepted.versions["reconstitution_vial"] if key[:2] == bag]
        put = [row for key in items for row in accepted.of("reconstitution_vial", key)]
        whole = sum(
            max(map(lines.vials_of, accepted.of("reconstitution_vial", key))) for key in items
        )
        if any(lines.may_be_more(accepted, row) for row in put):
            whole = ENDLESS
        least = sum(line.least for line in of_it)
        one = replace(
            of_it[0],
            bag=None,
            pack=None,
            sure=all(line.sure for line in of_it),
            keyed=any(line.keyed for line in of_it),
            keyless=any(line.keyless for line in of_it),
        )
        more = sum(line.most for line in of_it) - whole
        if more > 0 and (inside or pack):  # which of the two is wrong nobody can tell
            yield replace(one, least=0, most=more)
        if (
            not inside and not pack
        ):  # a person's infusion, of what was prepared for nobody, or another
            yield replace(one, least=least, most=sum(line.most for line in of_it))
        elif least >= whole:
            yield from (
                replace(one, pack=line.pack, least=line.least, most=line.most) for line in inside
            )
        else:
            others = whole - sum(line.least for line in inside)
            yield replace(
                one,
                least=max(0, least - others),
                most=min(sum(line.most for line in of_it), sum(line.most for line in inside)),
            )


def _contents(accepted: Accepted) -> Callable[[Pack], int | None]:
    """How many vials a pack holds; None where nobody knows or versions contradict each other."""
    told: dict[tuple[str, str], set[int | None]] = {}
    for _, row in accepted.standing("pack"):
        told.setdefault((row["gtin"], row["serial"]), set()).add(lines.says(row))

    def holds(pack: Pack) -> int | None:
        if pack and accepted.possible("pack", pack):
            return None
        sizes = {size for size in told.get(pack, set()) if size is not None} if pack else set()
        return sizes.pop() if len(sizes) == 1 else None

    return holds


def _sum(found: Iterable[Line], end: str) -> int:
    return sum(getattr(line, end) for line in found)


def _of_stage(found: Groups, holds: Holds, stage: int) -> Pair:
    least = most = 0
    for pack, own in found.items():
        here = [line for line in own if line.stage == stage]
        least += min(_sum((line for line in here if line.sure), "least"), _or_endless(holds(pack)))
        most += _sum(here, "most")
    return least, most


def _or_endless(size: int | None) -> int:
    return ENDLESS if size is None else size


def _room(own: list[Line], size: int | None) -> int:
    """How many vials a pack may have held, if what is told of one stage is believed."""
    if size is None:
        return ENDLESS
    return max(size, *(_sum((x for x in own if x.stage == s), "most") for s in STAGES.values()))


def _alone(found: Groups, holds: Holds, stage: int) -> Pair:
    """Vials of a stage that are on no line of a later one."""
    least = most = unmatched = 0
    for pack, own in found.items():
        here = [line for line in own if line.stage == stage]
        later = [line for line in own if line.stage > stage]
        if pack:
            sure = min(_sum(here, "least"), _or_endless(holds(pack)))
            least += max(0, sure - _sum(later, "most"))
            unmatched += max(0, _sum(later, "most") - _sum(here, "least"))
            used = max(_sum((x for x in later if x.stage == s), "least") for s in STAGES.values())
            most += min(_sum(here, "most"), max(0, _room(own, holds(pack)) - used))
    here = [line for line in found[None] if line.stage == stage]
    least += max(0, _sum(here, "least") - unmatched) - _sum(
        (x for x in found[None] if x.stage > stage), "most"
    )
    return max(0, least), most + _sum(here, "most")


def _without_key(found: Groups, holds: Holds) -> Pair:
    """Vials of which no line names a patient."""
    by_pack = most = 0
    by_stage = dict.fromkeys(STAGES.values(), 0)
    for pack, own in found.items():
        blank = {
            s: _sum((x for x in own if x.stage == s and not x.keyed), "least") for s in by_stage
        }
        keyed = {s: _sum((x for x in own if x.stage == s and x.keyed), "most") for s in by_stage}
        surely = max(
            _sum((x for x in own if x.stage == s and not x.keyless), "least") for s in by_stage
        )
        left = max(0, _or_endless(holds(pack)) - surely)
        possible = _sum((x for x in own if x.keyless), "most")
        for s in by_stage:
            by_stage[s] += min(blank[s], left)
        if pack:
            by_pack += max(
                min(max(0, blank[s] - sum(keyed.values()) + keyed[s]), left) for s in blank
            )
            possible = min(possible, max(0, _room(own, holds(pack)) - surely))
        most += possible
    keyed_lines = [line for own in found.values() for line in own if line.keyed]
    counted = _sum((line for line in keyed_lines if line.pack is None), "most")
    stages = [
        n - _sum((x for x in keyed_lines if x.stage != s), "most") for s, n in by_stage.items()
    ]
    return max(0, by_pack - counted, *stages), most
