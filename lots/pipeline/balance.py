"""Where every vial of a lot is: from the filling record down, what nobody tells of first
(docs/balance.md).
"""

from collections.abc import Iterable, Iterator, Sequence

from lots.answers import Between, Listed, Node
from lots.answers.balance import UNEXPLAINED, Balance, BalancePart
from lots.errors import CallError
from lots.pipeline import naming
from lots.settings import Settings
from lots.store.answers import balances, holders, statements
from lots.store.answers.balances import Part
from lots.store.answers.statements import Nodes
from lots.store.engine import Connection

STEPS = ("filled", "dried", "packed")
CAME_IN = ("filled", "out of the dryer", "from", "by its record")


def balance(settings: Settings, *, most: int | None = None) -> Listed[Balance]:
    """The lots that are not explained to the vial: at most so many, the most vials first."""
    with statements.snapshot(settings) as connection:
        # All of them, since which are not explained is known only once each is counted.
        parts = balances.parts(connection, None)
        nodes = statements.known_nodes(connection, [*parts])
    accounts = [account(nodes[node], of) for node, of in parts.items()]
    left = sorted((one for one in accounts if one.unexplained != Between(0, 0)), key=_gravest)
    shown = left[:most]
    return Listed(
        "Lots that are not explained to the vial",
        Balance,
        tuple(shown),
        "Every vial of every lot is explained.",
        len(left) - len(shown),
        screen=most is None,
    )


def _gravest(one: Balance) -> tuple[object, ...]:
    # What nobody knows the number of comes last: there is nothing to look for before it is told.
    if one.unexplained is None:
        return 1, 0, one.lot
    ends = (one.unexplained.least, one.unexplained.most or 0)
    return 0, -max(map(abs, ends)), one.lot


def balance_of(settings: Settings, name: str) -> Listed[BalancePart]:
    """The accounts of a lot at each of its steps, and of the filled and dried lots that went into
    it. Raises NotFound, CallError.
    """
    with statements.snapshot(settings) as connection:
        named = naming.named_lots(connection, "lot", name)
        every = statements.known_nodes(connection, statements.above(connection, [*named.nodes]))
        own = {number for number in named.nodes if every[number].step in STEPS}
        nodes = {n: node for n, node in every.items() if n in own or node.step in STEPS[:2]}
        if not own:
            raise CallError(
                f"{named.said}: lot: expected one that has vials (filled, dried or packed), got one"
                " that has none."
            )
        parts = balances.parts(connection, [*nodes])
        order = sorted(nodes, key=lambda n: (STEPS.index(nodes[n].step), nodes[n].name))
        rows = [line for n in order for line in _lines(connection, n, nodes, parts.get(n, []))]
    return Listed(f"Balance of {named.said}, in vials", BalancePart, tuple(rows), "")


def account(node: Node, parts: Sequence[Part]) -> Balance:
    """A lot's account."""
    came, went = _of(parts, came_in=True), _of(parts, came_in=False)
    came_in = _summed(came) if came else None
    went_on = _summed(went)
    unsaid = sum(one.unsaid for one in parts)
    return Balance(node.name, _less(came_in, went_on), _known(came_in), _known(went_on), unsaid)


def _of(parts: Iterable[Part], *, came_in: bool) -> list[Part]:
    return [one for one in parts if (one.part in CAME_IN) is came_in]


def _summed(parts: Iterable[Part]) -> Between:
    every = [one.vials for one in parts]
    most = [one.most for one in every]
    whole = None if None in most else sum(n for n in most if n is not None)
    return Between(sum(one.least for one in every), whole)


def _known(one: Between | None) -> Between | None:
    return None if one is None or one.most is None else one


def _less(came_in: Between | None, went_on: Between) -> Between | None:
    if came_in is None or came_in.most is None or went_on.most is None:
        return None
    # The ends crosswise: the least that is missing is the least that came less the most that went.
    return Between(came_in.least - went_on.most, came_in.most - went_on.least)


def _lines(
    connection: Connection, number: int, nodes: Nodes, parts: Sequence[Part]
) -> Iterator[BalancePart]:
    """What is unexplained of a lot, then what came in, what went on, and where its packs are."""
    node, whole = nodes[number], account(nodes[number], parts)
    yield BalancePart(node.name, UNEXPLAINED, whole.unexplained, whole.unsaid, 0)
    for way, came_in in (("came in", True), ("went on", False)):
        for one in _of(parts, came_in=came_in):
            # Whose lot it is stands beside it; of another maker's it is said.
            other = one.other.replace(f" {node.name.maker}/", " ")
            said = f"{way}: {one.part} {other}".rstrip()
            if one.unsaid:
                said += f" ({one.unsaid:,} of {one.rows:,} do not say how many)"
            yield BalancePart(node.name, said, _known(one.vials), one.unsaid, one.rows)
    if node.step == "packed":
        for place in holders.by_serial(connection, {number: node}):
            said = f"packs, {place.whereabouts}: {place.holder}"
            yield BalancePart(node.name, said, Between(place.vials, place.vials), 0, place.packs)
