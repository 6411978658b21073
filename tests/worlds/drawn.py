"""Worlds drawn from a seed, of which most answers are complete until something is lost: several chains,
each of one maker or two and of one product or two, of which two may share a hospital.
"""

from collections.abc import Mapping
from random import Random

from lots.identifiers.gtin import check_digit
from tests.worlds.downstream import amended, packs, sent, sent_on, used
from tests.worlds.lives import Node, World
from tests.worlds.renamed import relabelled
from tests.worlds.upstream import Chain, drawn_chain

TAGS = ("QZ", "WV", "XK", "YJ", "RF", "TH")


def _gtins(body: str) -> dict[str, str]:
    bodies = {tag: body.format(n) for n, tag in enumerate(TAGS, 2)}
    return {tag: body + check_digit(body) for tag, body in bodies.items()}


# Of the chain's product, and of another one of it; and as either is relabelled.
GTINS, OTHER_GTINS = _gtins("0950600013{}00"), _gtins("0950600014{}00")
SECOND_GTINS, SECOND_OTHER_GTINS = _gtins("0950600015{}00"), _gtins("0950600016{}00")


def chain_of_name(name: str) -> str:
    """The tag of the chain that a name or a GTIN is of; empty where it does not say."""
    tables = GTINS, OTHER_GTINS, SECOND_GTINS, SECOND_OTHER_GTINS
    return next((t for t in TAGS if name.startswith((t, *(of[t] for of in tables)))), "")


def drawn(seed: int, chains: int = 2) -> World:
    """The world of a seed, of so many makers."""
    draw, world, made = Random(seed), World(), list[tuple[Chain, dict[Node, Chain]]]()
    for number, tag in enumerate(TAGS[:chains]):
        shared = number < 2 and seed % 3 == 0
        chain = a_chain(world, draw, tag)
        sites = ["GHH" if shared else f"{tag}H", *([f"{tag}K"] if draw.random() < 0.4 else [])]
        for site in sites:
            chain.tell("party", party_id=site, kind="pharmacy", name=site)
        lots = drawn_chain(chain, SECOND_GTINS[tag], SECOND_OTHER_GTINS[tag])
        made.append((chain, lots))
        parts = [(one, packs(one, lot)) for lot, one in lots.items()]
        world.vials += [vial for _, vials in parts for vial in vials]
        for one, vials in parts:
            relabelled(one, vials, lots, one.maker)
            sent(one, vials, sites)
    for site in sorted({vial.site for vial in world.vials}):
        sent_on(world, draw, site, f"{site}Y")
    for _, lots in made:
        _relabelled_there(world, lots)
    for site in sorted({vial.site for vial in world.vials}):
        world.tell(site, "party", party_id=site, kind="clinic", name=site)
        used(world, draw, site)
    amended(world, draw, draw.randint(0, 3))
    return world


def a_chain(world: World, draw: Random, tag: str) -> Chain:
    """A chain's first maker and product."""
    centre = f"{tag}C" if draw.random() < 0.3 else f"{tag}M"
    product, alike = f"{tag}IG", draw.random() < 0.3
    early = f"{tag}BK" if draw.random() < 0.3 else product
    gtins = GTINS[tag], OTHER_GTINS[tag]
    return Chain(world, draw, tag, *gtins, centre, product, early, alike=alike)


def _relabelled_there(world: World, lots: Mapping[Node, Chain]) -> None:
    """Let the places that packs were sent to relabel some, of each maker and product one at most."""
    ways = {(one.maker, one.gtin): one for one in lots.values()}
    for (maker, _), one in ways.items():
        for site in sorted({vial.site for vial in world.vials}):
            here = [v for v in world.vials if v.site == site and v.lot[0] == maker]
            mine = [v for v in here if v.gtin in (one.gtin, one.other_gtin)]
            relabelled(one, mine, lots, site)
