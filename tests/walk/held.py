"""The walk's reading of docs/held.md: what findings hold, in loops."""

from collections.abc import Iterator

from tests.walk.linking import Key, Node, nodes
from tests.walk.values import Typed
from tests.walk.world import World

Holding = tuple[str, Key, str]  # a finding's record and key, and what it holds
Thing = tuple[str, str, Key]  # what it is held as, its record, its key
OUT = {
    "viral_inactivation_load": 4,
    "virus_removal_load": 4,
    "filling_load": 3,
    "lyophilisation_load": 3,
}
LOADS = {
    "viral_inactivation": ("viral_inactivation_load", "batch"),
    "virus_removal": ("virus_removal_load", "batch"),
    "filling": ("filling_load", "batch"),
    "lyophilisation": ("lyophilisation_load", "cycle"),
    "lyophilisation_reading": ("lyophilisation_load", "cycle"),
}
STEPS = {"filling_load": "filled", "lyophilisation_load": "dried"}
IN_KEY = {
    "external_lot": "external",
    "official_release": "packed",
    "pool": "pool",
    "pool_unit": "pool",
}
OF_DONORS = ("deferral", "donor", "donor_exam")


def held(world: World, holding: Iterator[Holding]) -> set[Thing]:
    """Every thing that is held."""
    found: set[Thing] = set()
    for record, key, holds in holding:
        here: set[Thing] = set()
        if holds != "case":
            units = set(_units(world, record, key, holds, here))
            for unit in units:
                pools = [(p["plant"], p["pool_number"]) for p in world.find("pool_unit", unit=unit)]
                here |= {("lot", "pool", pool) for pool in pools}
                if holds == "unit" and not pools:
                    here.add(("unit", "plasma_unit", (unit,)))
            here |= {_told(node) for node in _lots(world, record, key) if None not in node}
        # A person's key is told of nobody.
        found |= here or {(holds, record, ("", key[1]) if record == "donor" else key)}
    return found


def _told(node: Node) -> Thing:
    record = {"pool": "pool", "external": "external_lot"}.get(node[2])
    return ("lot", record, node[:2]) if record else ("lot", "lot", node)


def _versions(world: World, record: str, key: Key) -> list[Typed]:
    return world.accepted.versions.get(record, {}).get(key, [])


def _units(world: World, record: str, key: Key, holds: str, here: set[Thing]) -> Iterator[str]:
    """The units that a finding leads to; a donation of which there is none is held itself."""
    if record in ("plasma_unit", "unit_event"):
        yield key[0]
    if holds == "unit":
        for donation in _donations(world, record, key):
            units = [u["unit"] for u in world.find("plasma_unit", donation_number=donation)]
            yield from units
            if not units:
                here.add(("unit", "donation", (donation,)))


def _donations(world: World, record: str, key: Key) -> Iterator[str]:
    if record == "donation":
        yield key[0]
    if record == "minipool_member":
        yield from [key[2]] if key[1] == "donation" else _sampled(world, key[2], set())
    for row in _versions(world, record, key):
        if record in (*OF_DONORS, "post_donation_information"):
            yield from _given(world, row["donor_key"])
        if record == "post_donation_information":
            yield from filter(None, [row["donation_number"]])
        if record == "test_result" and row["tested_id"]:
            yield from _of_tested(world, row["tested"], row["tested_id"])


def _of_tested(world: World, tested: str, name: str) -> Iterator[str]:
    if tested == "donation":
        yield name
    if tested == "donor":
        yield from _given(world, name)
    if tested == "minipool":
        yield from _sampled(world, name, set())


def _given(world: World, donor: str | None) -> Iterator[str]:
    if donor:
        for row in world.of_person("donation", "donor", donor):
            yield row["donation_number"]


def _sampled(world: World, minipool: str, seen: set[str]) -> Iterator[str]:
    if minipool in seen:
        return
    seen.add(minipool)
    for row in world.find("minipool_member", minipool=minipool):
        if row["member_kind"] == "donation":
            yield row["member"]
        else:
            yield from _sampled(world, row["member"], seen)


def _lots(world: World, record: str, key: Key) -> Iterator[Node]:
    """The pools and lots that a finding leads to beside those of units."""
    if record in ("lot", "lot_input", "lot_test", "node"):
        yield (key[0], key[1], key[2])
    if record in IN_KEY:
        yield (key[0], key[1], IN_KEY[record])
    if record in OUT:
        number = OUT[record]
        yield (key[0], key[number], STEPS.get(record) or key[number + 1])
    yield from _named(world, record, key)
    yield from _tested(world, record, key)


def _named(world: World, record: str, key: Key) -> Iterator[Node]:
    """Those that other rows name: what came out of a batch, of what something was, whose pack."""
    if record in LOADS:
        loads, batch = LOADS[record]
        for load in world.find(loads, **{"plant": key[0], batch: key[1]}):
            yield (load["plant"], load["lot_number"], STEPS.get(loads) or load["step"])
    if record in ("inspection", "sample", "deviation"):
        for row in _versions(world, record, key):
            yield (key[0], row["lot_number"], row["step"])
    if record in ("pack", "relabelling"):
        for gtin, serial in {key[:2], key[-2:]}:
            for row in world.find("pack", gtin=gtin, serial=serial):
                yield (row["manufacturer"], row["lot_number"], "packed")


def _tested(world: World, record: str, key: Key) -> Iterator[Node]:
    for row in _versions(world, record, key) if record == "test_result" else ():
        for node in nodes(world.accepted):
            of = "pool" if node[2] == "pool" else "lot"
            if (of, node[1]) == (row["tested"], row["tested_id"]):
                yield node
