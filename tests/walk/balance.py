"""Where every vial of a lot is, as docs/balance.md says: key by key, in the plainest way."""

from collections import defaultdict
from decimal import Decimal
from math import ceil, floor

from tests.walk.columns import KEYS
from tests.walk.linking import Accepted, Key, Node
from tests.walk.values import Typed

Figure = tuple[int, int | None]  # at least, and at most; None: nobody knows
Account = tuple[Figure | None, Figure | None, Figure | None, int]  # unexplained, in, on, unsaid
Sum = tuple[int, int | None, int]  # least, most, and how many do not say
Side = dict[Node, dict[tuple[str, Key], list[Decimal | None]]]
STEPS = ("filled", "dried", "packed")
MADE_BY = ("filling_load", "lyophilisation_load", "lot_input")
REJECTS = ("rejects_critical", "rejects_major", "rejects_minor")


def accounts(accepted: Accepted) -> dict[Node, Account]:
    """The account of every lot that has vials and of which anything is told."""
    came, went = sides(accepted)
    known = {*lots_of(accepted)} | {
        node
        for record in (*MADE_BY, "pack")
        for _, row in accepted.standing(record)
        for node in told(accepted, record, row)[:2]
        if node and node[2] in STEPS
    }
    found = {}
    for node in known:
        own = None if came[node] else own_record(accepted, node)
        if came[node] or went[node] or own is not None:
            found[node] = account(figure(came[node]), figure(went[node]) or (0, 0, 0), own)
    return found


def sides(accepted: Accepted) -> tuple[Side, Side]:
    """What came into each lot, and what went on from it: of each key what its versions tell."""
    both: tuple[Side, Side] = (defaultdict(dict), defaultdict(dict))
    for record in (*MADE_BY, "sample", "inspection", "pack"):
        for key, several in by_key(accepted, record).items():
            versions = [told(accepted, record, row) for row in several]
            for side, of in (
                (both[0], [(into, vials) for into, _, vials in versions]),
                (both[1], [(out, vials) for _, out, vials in versions]),
            ):
                for node in {node for node, _ in of}:
                    if node and node[2] in STEPS and None not in node:
                        # Of a version that names another lot nothing is sure.
                        side[node][record, key] = [v if n == node else Decimal(0) for n, v in of]
    return both


def by_key(accepted: Accepted, record: str) -> dict[Key, list[Typed]]:
    """The standing rows of a record, by their keys."""
    found: dict[Key, list[Typed]] = defaultdict(list)
    for _, row in accepted.standing(record):
        found[tuple(str(row[c]) for c in KEYS[record])].append(row)
    return found


def told(
    accepted: Accepted, record: str, row: Typed
) -> tuple[Node | None, Node | None, Decimal | None]:
    """The lot that vials came into, the lot that they are of, and how many."""
    match record:
        case "filling_load":
            return (row["plant"], row["lot_number"], "filled"), None, row["vials"]
        case "lyophilisation_load":
            plant = row["plant"]
            return (
                (plant, row["lot_number"], "dried"),
                (plant, row["from_lot_number"], "filled"),
                row["vials"],
            )
        case "lot_input":
            vials = row["amount"] if row["amount_unit"] == "vials" else None
            into = (row["manufacturer"], row["lot_number"], row["step"])
            out = (row["from_manufacturer"], row["from_number"], row["from_step"])
            return None if into[2] == "filled" else into, out, vials
        case "pack":
            vials = Decimal(0) if became_another(accepted, row) else holds(row)
            return None, (row["manufacturer"], row["lot_number"], "packed"), vials
        case "inspection":
            rejects = [row[c] for c in REJECTS if row[c] is not None]
            return None, lot_named(row), sum(rejects, Decimal(0)) if rejects else None
    return None, lot_named(row), row["vials"]


def lot_named(row: Typed) -> Node:
    """The lot that a sample or an inspection names."""
    return row["manufacturer"], row["lot_number"], row["step"]


def became_another(accepted: Accepted, pack: Typed) -> bool:
    """Whether a pack became another, one with a record."""
    own = pack["gtin"], pack["serial"]
    return any(
        (row["gtin"], row["serial"]) == own
        and (row["new_gtin"], row["new_serial"]) != own
        and accepted.of("pack", (str(row["new_gtin"]), str(row["new_serial"])))
        for _, row in accepted.standing("relabelling")
    )


def lots_of(accepted: Accepted) -> list[Node]:
    """Lots with a record."""
    return [
        (r["manufacturer"], r["lot_number"], r["step"])
        for _, r in accepted.standing("lot")
        if r["step"] in STEPS
    ]


def own_record(accepted: Accepted, node: Node) -> Sum | None:
    """What a lot's record says of how many vials it is: at least, at most, and whether it does not say."""
    rows = accepted.of("lot", node)
    if not rows:
        return None
    ends = [ends_of(row, packs_of(accepted, node)) for row in rows]
    told = [end for end in ends if end]
    most = ceil(max(end[1] for end in told)) if len(told) == len(ends) else None
    return floor(min((end[0] for end in told), default=0)), most, int(most is None)


def holds(pack: Typed) -> Decimal:
    """How many vials a pack holds."""
    return max(pack["vials"] or Decimal(1), Decimal(1))


def packs_of(accepted: Accepted, node: Node) -> list[Decimal]:
    """How many vials each known pack of a packed lot holds."""
    packs = accepted.standing("pack") if node[2] == "packed" else ()
    rows = [row for _, row in packs if (row["manufacturer"], row["lot_number"]) == node[:2]]
    return [holds(row) for row in rows]


def ends_of(row: Typed, packs: list[Decimal]) -> tuple[Decimal, Decimal] | None:
    """How many vials a version of a lot's record says that it is, between two numbers."""
    amount = row["amount"]
    if amount is not None and row["amount_unit"] == "vials":
        return amount, amount
    if amount is not None and row["amount_unit"] == "packs" and packs:
        return amount * min(packs), amount * max(packs)
    return None


def figure(keys: dict[tuple[str, Key], list[Decimal | None]]) -> Sum | None:
    """The sum over keys: at least, at most, and how many keys do not say."""
    if not keys:
        return None
    least = sum(min((v for v in of if v is not None), default=Decimal(0)) for of in keys.values())
    unsaid = sum(None in of for of in keys.values())
    most = (
        None if unsaid else ceil(sum(max(v for v in of if v is not None) for of in keys.values()))
    )
    return floor(least), most, unsaid


def account(
    came: Sum | None,
    went: Sum,
    recorded: Sum | None,
) -> Account:
    """A lot's account from what came in and what went on."""
    came = came or recorded
    unsaid = (came[2] if came else 0) + went[2]
    unexplained = None
    if came and came[1] is not None and went[1] is not None:
        unexplained = came[0] - went[1], came[1] - went[0]
    return unexplained, came and known(came), known(went), unsaid


def known(one: Sum) -> Figure | None:
    """A figure of which it is known where it ends."""
    return None if one[1] is None else one[:2]
