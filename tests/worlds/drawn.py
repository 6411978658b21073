"""Worlds drawn from a seed, of which every answer is complete until something is lost: several makers
of a product each, of whom two may share a hospital.
"""

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


GTINS, OTHER_GTINS = _gtins("0950600013{}00"), _gtins("0950600014{}00")


def drawn(seed: int, chains: int = 2) -> World:
    """The world of a seed, of so many makers."""
    draw, world, made = Random(seed), World(), list[tuple[Chain, list[Node]]]()
    for number, tag in enumerate(TAGS[:chains]):
        shared = number < 2 and seed % 3 == 0
        centre = f"{tag}C" if draw.random() < 0.3 else f"{tag}M"
        chain = Chain(world, draw, tag, GTINS[tag], OTHER_GTINS[tag], centre)
        sites = ["GHH" if shared else f"{tag}H", *([f"{tag}K"] if draw.random() < 0.4 else [])]
        for site in sites:
            chain.tell("party", party_id=site, kind="pharmacy", name=site)
        lots = drawn_chain(chain)
        made.append((chain, lots))
        parts = [packs(chain, lot) for lot in lots]
        for vials in parts:
            world.vials += vials
            relabelled(chain, vials, lots, chain.maker)
            sent(chain, vials, sites)
    for site in sorted({vial.site for vial in world.vials}):
        sent_on(world, draw, site, f"{site}Y")
    for chain, lots in made:
        for site in sorted({vial.site for vial in world.vials}):
            mine = [v for v in world.vials if v.site == site and v.lot[0] == chain.maker]
            relabelled(chain, mine, lots, site)
    for site in sorted({vial.site for vial in world.vials}):
        world.tell(site, "party", party_id=site, kind="clinic", name=site)
        used(world, draw, site)
    amended(world, draw, draw.randint(0, 3))
    return world
