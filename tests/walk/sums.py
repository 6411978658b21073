"""The walk's sums of vials between what is sure and what is at most: docs/certificate.md, "Bounds"."""

from tests.walk import counts, linking
from tests.walk import vials as lines
from tests.walk.ends import CONTESTED, REFUSED
from tests.walk.heard import Silence
from tests.walk.lacking import by_bags, in_bags, of_refused
from tests.walk.linking import Accepted, Node, reached
from tests.walk.way import SINGLE, Line
from tests.walk.ways import Ways
from tests.walk.whereabouts import packs, unsaid

Pair = tuple[int, int | None]  # at least, at most; None where nobody knows how many
FALLING = ("prepared_only", "dispensed_only", "without_key")
PREPARED = ("prepared", "prepared_only", "without_key")
NEVER_MORE = ("given", "prepared", "dispensed")


def vials(ways: Ways, silent: dict[str, Silence]) -> tuple[dict[str, Pair], int, bool]:
    """Each figure of vials; how many may be where nobody has been heard; whether nothing but what was
    packed ends them.
    """
    low, high = ways.figures(sure=True), _at_most(ways)
    size = _held(ways)  # of the pack that is asked about
    there = [one.vials for one in silent.values()]
    if ways.question == "pack":
        there = [size] if silent else []
    unheard = sum(n for n in there if n is not None)
    lots_open = _lots_open(ways, silent)
    vials_open = bool(ways.most.open_vials) or None in there
    if ways.question == "pack":
        lots = ways.plain.nodes
        vials_open |= not lots
        vials_open |= not all(has_row(ways.told.accepted, lot) for lot in lots)
    ends = _ends(ways, lots_open=lots_open)
    # Which is wrong nobody can tell, where more stand with who was not heard than were packed.
    over = unheard if ways.question not in ("pack", *SINGLE) and unheard > (made(ways) or 0) else 0
    ends = {name: end + over for name, end in ends.items()}
    found: dict[str, Pair] = {}
    for name, (told, _) in low.items():
        counted = max(0, told - by_bags(ways, silent, name))
        earlier = name != "given" and any(one.lines for one in silent.values())
        most = high[name] + unheard
        if name == "given" and silent:
            most += high["prepared_only"] + high["dispensed_only"]
        bag_open = bool(ways.most.open_prepared)
        is_open = earlier or lots_open or vials_open or (bag_open and name in PREPARED)
        least = counted
        if name in FALLING:
            whose = name == "without_key" and bool(ways.most.nameless)
            # What goes under two labels may be one vial.
            renamed = any(end.record == "relabelling" for end in ways.most.met)
            unsure = is_open or silent or bag_open or whose or renamed
            least = 0 if unsure else max(0, counted - _may_come(ways))
        end = ends.get(name)
        if not is_open:
            end = min(most, end) if end is not None and name in NEVER_MORE else most
        found[name] = least, end
    return found, unheard, lots_open or vials_open


def _lots_open(ways: Ways, silent: dict[str, Silence]) -> bool:
    """Whether nobody knows which lots there are. A pack has its own, whoever was not heard."""
    above = any(one.above for one in silent.values())
    if ways.question in SINGLE:
        above = bool(silent)
    if ways.question == "patient":  # whose vials were any row may be of that does not say
        # What a pack is, or was before, says of no other line whose it was; all versions are walked.
        met = {
            end
            for end in ways.most.met
            if end.record not in ("pack", "relabelling") and end.sort != CONTESTED
        }
        above |= any((end.record, end.key) not in ways.plain.lines for end in met)
    # Rows name it by its number, and nothing tells which lot that is.
    unlinked = ways.question in ("lot", "pool") and not ways.plain.nodes
    is_open = bool(ways.most.open_lots) or unlinked or _misnamed(ways)
    return is_open or (above and ways.question != "pack")


def _misnamed(ways: Ways) -> bool:
    """Whether a pool or lot was reached that no record tells and that leads nowhere: it may be any other."""
    accepted = ways.told.accepted
    packed = {(row["manufacturer"], row["lot_number"], "packed") for row in accepted.all("pack")}
    into = linking.edges(accepted)
    return any(
        not has_row(accepted, node) and not into.get(node) and node not in packed
        for node in ways.most.nodes
    )


def _ends(ways: Ways, *, lots_open: bool) -> dict[str, int]:
    """What was packed, or what the lines of these lots tell where that is more; nothing where nobody
    knows how many there were. A line that reaches no lot may be of a packed one that nobody told of.
    """
    packed = made(ways)
    if packed is None or (lots_open and ways.question != "pack"):
        return {}
    told = ways.figures(sure=False)
    if ways.question != "pack":
        told = counts.figures(ways.told.accepted, ways.most.nodes)
    others = ways.question != "pack" and any(node[2] != "packed" for node in ways.most.nodes)
    loose = {
        line for line in ways.most.lines if others and not ways.lots_of(line) & ways.most.nodes
    }
    if others and _uncounted(ways, loose):
        return {}
    more = {
        name: sum(ways.vials_of(line) for line in loose if _is_of(ways, line, name))
        + (of_refused(ways, name) if others else 0)
        for name in told
    }
    return {name: max(packed, most) + more[name] for name, (_, most) in told.items()}


def _uncounted(ways: Ways, loose: set[Line]) -> bool:
    """Whether a line that reaches none of these lots, or that was refused, does not say how many."""
    if any(end.sort == REFUSED for end in ways.most.open_vials):
        return True
    return any(lines.says(row) is None for line in loose for row in ways.told.accepted.of(*line))


def _at_most(ways: Ways) -> dict[str, int]:
    """Each figure, as the answer itself has it at most, and each line more once; what is on no later
    line, or without a key, is all that may be, where anything may be otherwise.
    """
    single = ways.question in ("pack", *SINGLE)
    lots = ways.most.nodes | {
        lot for line in ways.most.lines if single for lot in ways.lots_of(line)
    }
    plain = counts.figures(ways.told.accepted, lots, only=ways.most.lines if single else None)
    loose = {line for line in ways.most.lines if not ways.lots_of(line) & lots}
    if not single:
        loose -= _of_others(ways, loose)
    found = {name: most + _added(ways, loose, name) for name, (_, most) in plain.items()}
    others = ways.more() or ways.most.refused or ways.most.nodes != ways.plain.nodes
    for name in FALLING if others else ():
        of_it = (line for line in ways.most.lines if _is_of(ways, line, name))
        found[name] = max(plain[name][1], sum(map(ways.vials_of, of_it)))
    return {name: most + of_refused(ways, name) for name, most in found.items()}


def _of_others(ways: Ways, loose: set[Line]) -> set[Line]:
    """The lines that name a preparation alone, and reach other lots by what was in it: of that which could
    belong and reaches no lot is added as prepared, and these not once more.
    """
    bags = {key[:2] for record, key in loose if "reconst" in record and ways.lots_of((record, key))}
    found = set[Line]()
    for line in loose:
        rows = ways.told.accepted.of(*line)
        alone = all(row["serial"] is None and row["lot_number"] is None for row in rows)
        if line[0] == "administration_vial" and alone and ways.lots_of(line):
            named = {(row["site"], row["preparation"]) for row in rows}
            found |= set() if named & bags else {line}
    return found


def _added(ways: Ways, floats: set[Line], figure: str) -> int:
    """The vials of lines that reach no lot of the answer, and of those of which a figure says less than
    may be.
    """
    total = sum(ways.vials_of(line) for line in floats if _is_of(ways, line, figure))
    if figure == "not_given":
        total += sum(
            ways.vials_of(line)
            for line in ways.most.lines - floats
            if line[0] == "administration_vial" and _perhaps_not_given(ways, line)
        )
    return total + (unprepared(ways) if figure in ("given", "not_given") else 0)


def unprepared(ways: Ways) -> int:
    """The vials that were put into preparations that nobody knows; and those that could belong, in one
    that reaches lots by what else was in it.
    """
    accepted = ways.told.accepted
    by_bag = {
        (row["site"], row["preparation"])
        for key, row in accepted.standing("administration_vial")
        if row["serial"] is None
        and row["lot_number"] is None
        and ways.lots_of(("administration_vial", key))
    }
    return of_refused(ways, "prepared") + sum(
        ways.vials_of(line)
        for line in ways.most.lines
        if line[0] == "reconstitution_vial"
        and (
            (not accepted.of("reconstitution", line[1][:2]) and _may_be_given(ways, line))
            or (not ways.lots_of(line) and line[1][:2] in by_bag)
        )
    )


def _may_be_given(ways: Ways, line: Line) -> bool:
    """Whether what was put in nobody knows what may be what was given by a preparation's name: asked
    about a diluent, of its preparations alone.
    """
    found = {(end.record, end.key) for end in in_bags(ways)}
    return ways.question != "diluent-lot" or line in found


def _is_of(ways: Ways, line: Line, figure: str) -> bool:
    uses = ways.of_line(line)
    if figure == "without_key":
        return any(not patient for _, patient in uses)
    stage = {"prepared_only": "prepared", "dispensed_only": "dispensed"}.get(figure, figure)
    perhaps = figure == "not_given" and line[0] == "administration_vial"
    return any(state == stage for state, _ in uses) or (perhaps and not _surely_given(ways, line))


def _perhaps_not_given(ways: Ways, line: Line) -> bool:
    """Whether what a line counts as given may not have been."""
    given = any(state == "given" for state, _ in ways.of_line(line))
    return given and not _surely_given(ways, line)


def _surely_given(ways: Ways, line: Line) -> bool:
    """Whether an infusion is known, and said to have been given by every version."""
    accepted, key = ways.told.accepted, line[1][:2]
    states = {row["status"] for row in accepted.of("administration", key)}
    return (
        bool(states)
        and states <= {"given", "stopped"}
        and not accepted.possible("administration", key)
    )


def _may_come(ways: Ways) -> int:
    """The vials of lines that may be on what is counted as on no later line, or without a key."""
    sure = {x for x in ways.sure.lines if ways.lots_of(x) & ways.sure.nodes}
    if ways.question in ("pack", *SINGLE):
        sure = (ways.plain if ways.question == "pack" else ways.sure).lines - ways.more()
    loose = (ways.most.lines - sure) | ways.most.unplaced
    total = sum(ways.vials_of(line) for line in loose) + unprepared(ways)
    total += sum(ways.most.refused.values())
    return total


def _to_a_ward(ways: Ways, line: Line) -> bool:
    return line[0] == "dispensing" and all(
        row["to_kind"] in ("ward", "home") for row in ways.told.accepted.of(*line)
    )


def made(ways: Ways) -> int | None:
    """How many vials there are of what is asked about; None where nobody knows."""
    if ways.question in SINGLE:
        return None
    return _held(ways) if ways.question == "pack" else _packed(ways)


def _held(ways: Ways) -> int | None:
    """How many vials the pack that is asked about holds at most; None where nobody knows."""
    if ways.question != "pack":
        return None
    gtin, serial = ways.name.split("/")
    names = reached([(gtin, serial)], ways.told.stock.before)
    rows = [row for name in names for row in ways.told.accepted.of("pack", name)]
    if not rows or any(lines.says(row) is None for row in rows):
        return None
    return max(1, *(int(row["vials"]) for row in rows))


def _packed(ways: Ways) -> int | None:
    """How many vials of the packed lots were packed at most; None where there is none, or one does not
    say.
    """
    total = 0
    lots = [node for node in ways.most.nodes if node[2] == "packed"]
    for lot in lots:
        rows = ways.told.accepted.of("lot", lot)
        known = packs(ways.told.accepted, lot).values()
        sizes = [
            None
            if row["amount"] is None or row["amount_unit"] not in ("packs", "vials")
            else int(row["amount"])
            if row["amount_unit"] == "vials"
            else int(row["amount"]) * max(known)
            if known and not unsaid(ways.told.accepted, lot)
            else None
            for row in rows
        ]
        told = [size for size in sizes if size is not None]
        if not told or len(told) < len(sizes) or ways.told.accepted.possible("lot", lot):
            return None
        total += max(*told, sum(known))
    return total if lots else None


def has_row(accepted: Accepted, node: Node) -> bool:
    """Whether a record of a pool or lot stands."""
    maker, number, step = node
    if step == "pool":
        return bool(accepted.of("pool", (maker, number)))
    if step == "external" and accepted.of("external_lot", (maker, number)):
        return True
    return bool(accepted.of("lot", node))
