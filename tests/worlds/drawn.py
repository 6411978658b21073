"""Worlds drawn from a seed, of which every answer is complete until something is lost: several makers
of a product each, of whom two may share a hospital.
"""

from random import Random

from lots.identifiers.gtin import check_digit
from tests.worlds.downstream import amended, packs, relabelled, sent, sent_on, used
from tests.worlds.lives import World
from tests.worlds.upstream import Chain, drawn_chain

TAGS = ("QZ", "WV", "XK", "YJ", "RF", "TH")
BODIES = {tag: f"0950600013{n}00" for n, tag in enumerate(TAGS, 2)}
GTINS = {tag: body + check_digit(body) for tag, body in BODIES.items()}


def drawn(seed: int, chains: int = 2) -> World:
    """The world of a seed, of so many makers."""
    draw, world = Random(seed), World()
    for number, tag in enumerate(TAGS[:chains]):
        shared = number < 2 and seed % 3 == 0
        centre = f"{tag}C" if draw.random() < 0.3 else f"{tag}M"
        chain = Chain(world, draw, tag, GTINS[tag], centre)
        sites = ["GHH" if shared else f"{tag}H", *([f"{tag}K"] if draw.random() < 0.4 else [])]
        for site in sites:
            chain.tell("party", party_id=site, kind="pharmacy", name=site)
        for lot in drawn_chain(chain):
            vials = packs(chain, lot)
            world.vials += vials
            relabelled(chain, vials)
            sent(chain, vials, sites)
    for site in sorted({vial.site for vial in world.vials}):
        sent_on(world, draw, site, f"{site}Y")
    for site in sorted({vial.site for vial in world.vials}):
        world.tell(site, "party", party_id=site, kind="clinic", name=site)
        used(world, draw, site)
    amended(world, draw, draw.randint(0, 3))
    return world
