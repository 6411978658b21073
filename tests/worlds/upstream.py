"""What is drawn of one maker's chain, from donors to packed lots: plasma split in units, samples mixed
in minipools, pools and lots that divide and join, and the batches and runs that they were in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tests.integration.small_world import Row, at
from tests.worlds.lives import Asked, Node, World

Some = TypeVar("Some")


@dataclass(frozen=True, slots=True)
class Chain:
    """One maker's chain. tag: what its names begin with, so that two chains look like nothing alike."""

    world: World
    draw: Random
    tag: str
    gtin: str
    other_gtin: str  # of another label
    centre: str  # who sends what was collected: a centre of its own, or the maker

    @property
    def maker(self) -> str:
        """Who makes it."""
        return f"{self.tag}M"

    def tell(self, record: str, **values: str) -> None:
        """A row that the maker sends."""
        self.world.tell(self.maker, record, **values)

    def lot_row(self, lot: Node) -> Row:
        """What is told of a lot."""
        rows = self.world.told.senders[self.maker]["lot"]
        return next(row for row in rows if (row["lot_number"], row["step"]) == lot[1:])

    def names(self, word: str, least: int, most: int) -> list[str]:
        """Some names of a kind."""
        return [f"{self.tag}{word}{n}" for n in range(self.draw.randint(least, most))]

    def bought(self, word: str) -> str:
        """A lot of what several makers use, or of what this one alone does."""
        return f"{'SUP' if self.draw.random() < 0.2 else self.tag}{word}"

    def touch(self, kind: str, name: str, *nodes: Node) -> None:
        """Let something that can be asked about have touched these."""
        self.world.touched[kind, name] |= {*nodes}


def spread(draw: Random, one: Sequence[Some], other: Sequence[Some]) -> list[tuple[Some, Some]]:
    """Pairs in which each of both stands at least once."""
    longest = max(len(one), len(other))
    pairs = {(one[n % len(one)], other[n % len(other)]) for n in range(longest)}
    if draw.random() < 0.3:
        pairs.add((draw.choice(one), draw.choice(other)))
    return sorted(pairs)


def drawn_chain(chain: Chain) -> list[Node]:
    """Tell all of it; its packed lots."""
    chain.tell("party", party_id=chain.maker, kind="plant", name=chain.maker)
    units = collected(chain)
    pools = [
        pooled(chain, f"{chain.tag}PO{n}", part) for n, part in enumerate(parted(chain, units))
    ]
    _touch_pools(chain, units, pools)
    return packed(chain, dried(chain, filled(chain, bulk(chain, [node for node, _ in pools]))))


# --- donors, donations and samples ------------------------------------------------------------------


def collected(chain: Chain) -> dict[str, tuple[Asked, ...]]:
    """Units of plasma: what each has to do with, as it can be asked about."""
    draw, tag, found = chain.draw, chain.tag, dict[str, tuple[Asked, ...]]()
    send = chain.world.tell
    send(chain.centre, "party", party_id=f"{tag}C", kind="centre", name=f"{tag}C")
    send(chain.centre, "party", party_id=f"{tag}LB", kind="laboratory", name=f"{tag}LB")
    number = 0
    for donor in chain.names("DO", 1, 3):
        keys = [donor, f"{donor}K"] if draw.random() < 0.3 else [donor]
        for key in keys:
            send(
                chain.centre,
                "donor",
                donor_key=key,
                as_of="2026-01-01",
                centre=f"{tag}C",
                status="qualified",
            )
        if len(keys) > 1:
            send(
                chain.centre,
                "same_person",
                party=f"{tag}C",
                statement=f"{donor}S",
                kind="donor",
                one_key=keys[0],
                other_key=keys[1],
                confidence="certain",
                stated_at=at(1),
                status="stated",
            )
        for key in [*keys, *([donor] if draw.random() < 0.4 else [])]:
            donation, number = f"{tag}DN{number}", number + 1
            send(
                chain.centre,
                "donation",
                donation_number=donation,
                scheme="own",
                donor_key=key,
                centre=f"{tag}C",
                plasma_kind="source",
                collected_at=at(1),
            )
            for n in range(draw.randint(1, 2)):
                unit = f"{donation}U{n}"
                send(
                    chain.centre,
                    "plasma_unit",
                    unit=unit,
                    donation_number=donation,
                    volume_ml="700",
                )
                asked = [("donor", k) for k in keys]
                found[unit] = (*asked, ("donation", donation), ("centre", f"{tag}C"))
    return tested(chain, found)


def tested(chain: Chain, units: dict[str, tuple[Asked, ...]]) -> dict[str, tuple[Asked, ...]]:
    """Test donations one by one, or in minipools, or in minipools of these."""
    draw, tag = chain.draw, chain.tag
    donations = sorted({name for of in units.values() for kind, name in of if kind == "donation"})
    how = draw.choice(["donation", "minipool", "larger"])
    samples = {d: [d] for d in donations}
    if how != "donation":
        samples = _mixed(chain, f"{tag}MP", "donation", samples)
    small = {name: of for name, of in samples.items() if how == "larger"}
    if small:
        samples = _mixed(chain, f"{tag}ML", "minipool", samples)
    asked: dict[str, list[Asked]] = {d: [] for d in donations}
    for name, of in small.items():
        for d in of:
            asked[d].append(("minipool", name))
    for n, (name, of) in enumerate(samples.items()):
        told = _result(chain, n, name, "donation" if how == "donation" else "minipool")
        for d in of:
            asked[d] += [*told, *([] if how == "donation" else [("minipool", name)])]
    donation_of = {
        u: next(name for kind, name in of if kind == "donation") for u, of in units.items()
    }
    return {unit: (*of, *asked[donation_of[unit]]) for unit, of in units.items()}


def _mixed(
    chain: Chain, word: str, kind: str, samples: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Mix these samples in one or two pools: of which donations each is."""
    found = dict[str, list[str]]()
    count = chain.draw.randint(1, min(2, len(samples)))
    for n, (name, of) in enumerate(samples.items()):
        pool = f"{word}{n % count}"
        found.setdefault(pool, []).extend(of)
        chain.world.tell(
            chain.centre,
            "minipool_member",
            minipool=pool,
            member_kind=kind,
            member=name,
            laboratory=f"{chain.tag}LB",
        )
    return found


def _result(chain: Chain, number: int, name: str, tested: str) -> list[Asked]:
    kit, analyser = (f"{chain.tag}{word}{chain.draw.randint(0, 1)}" for word in ("KL", "AN"))
    chain.world.tell(
        chain.centre,
        "test_result",
        sample=f"{chain.tag}SA{number}",
        marker="HBsAg",
        run="1",
        tested=tested,
        tested_id=name,
        kit_lot=kit,
        analyser=analyser,
        laboratory=f"{chain.tag}LB",
        tested_at=at(2),
        interpretation="nonreactive",
        status="final",
    )
    return [("kit_lot", kit), ("analyser", analyser), ("laboratory", f"{chain.tag}LB")]


# --- pools and lots ---------------------------------------------------------------------------------


def parted(chain: Chain, units: dict[str, tuple[Asked, ...]]) -> Iterator[list[str]]:
    """Units by pool; of many, one may be kept apart."""
    names = sorted(units)
    chain.draw.shuffle(names)
    if len(names) > 3:
        names = names[: -chain.draw.randint(0, 1) or None]
    count = chain.draw.randint(1, min(2, len(names)))
    yield from (names[n::count] for n in range(count))


def pooled(chain: Chain, number: str, units: Sequence[str]) -> tuple[Node, Sequence[str]]:
    """One pool of these units."""
    maker = {"plant": chain.maker, "pool_number": number}
    chain.tell("pool", **maker, pooled_at=at(3))
    for unit in units:
        chain.tell("pool_unit", **maker, unit=unit, volume_ml="690")
    return (chain.maker, number, "pool"), units


def _touch_pools(
    chain: Chain, units: dict[str, tuple[Asked, ...]], pools: Sequence[tuple[Node, Sequence[str]]]
) -> None:
    for of in units.values():
        for kind, name in of:
            chain.touch(kind, name)
    for node, inside in pools:
        chain.touch("pool", "/".join(node[:2]), node)
        for unit in inside:
            for kind, name in units[unit]:
                chain.touch(kind, name, node)


def lots(chain: Chain, step: str, word: str, most: int = 2) -> list[Node]:
    """Some lots of a step."""
    return [a_lot(chain, step, name) for name in chain.names(word, 1, most)]


def a_lot(chain: Chain, step: str, number: str) -> Node:
    """A lot's record."""
    node = (chain.maker, number, step)
    chain.tell(
        "lot",
        manufacturer=chain.maker,
        lot_number=number,
        step=step,
        product=f"{chain.tag}IG",
        made_at=at(4),
    )
    chain.touch("lot", "/".join(node), node)
    return node


def into(chain: Chain, before: Node, after: Node) -> None:
    """That one went into another, as an input of it."""
    chain.world.made[before].add(after)
    (maker, number, step), (from_maker, from_number, from_step) = after, before
    chain.tell(
        "lot_input",
        manufacturer=maker,
        lot_number=number,
        step=step,
        from_manufacturer=from_maker,
        from_number=from_number,
        from_step=from_step,
    )


def bulk(chain: Chain, pools: Sequence[Node]) -> list[Node]:
    """Bulk of pools, by paste or at once, with a bought intermediate; then treated, perhaps twice."""
    found = [*pools]
    if chain.draw.random() < 0.5:
        found = stage(chain, found, lots(chain, "paste", "PA"))
    found = stage(chain, found, lots(chain, "bulk", "BU"))
    if chain.draw.random() < 0.3:
        number = f"{chain.tag}EX"
        chain.tell("external_lot", supplier=f"{chain.tag}SU", lot_number=number, kind="bulk")
        chain.tell("party", party_id=f"{chain.tag}SU", kind="plant", name="supplier")
        into(chain, (f"{chain.tag}SU", number, "external"), chain.draw.choice(found))
    for record, word in (("viral_inactivation", "SD"), ("virus_removal", "NF")):
        if chain.draw.random() < 0.5:
            found = [treated(chain, record, word, node) for node in found]
    return found


def stage(chain: Chain, before: Sequence[Node], after: Sequence[Node]) -> list[Node]:
    """Lots that came of others."""
    for one, other in spread(chain.draw, before, after):
        into(chain, one, other)
    return [*after]


def treated(chain: Chain, record: str, word: str, node: Node) -> Node:
    """A lot as it came out of a virus step."""
    maker, number, step = node
    batch = f"{chain.tag}{word}{chain.draw.randint(0, 1)}"
    after = a_lot(chain, step, f"{number}{word}")
    solvent, detergent, filters = (chain.bought(one) for one in ("SV", "DT", "PF"))
    materials = {"solvent_lot": solvent, "detergent_lot": detergent, "prefilter_lot": filters}
    asked = [("reagent_lot", solvent), ("reagent_lot", detergent), ("filter_lot", filters)]
    if record == "virus_removal":
        filters = chain.bought("VF")
        materials = {"filter_lot": filters, "method": "nanofiltration"}
        asked = [("filter_lot", filters)]
    run = {"plant": maker, "batch": batch}
    chain.tell(record, **run, process_version="1", started_at=at(4), **materials)
    sides = {"from_lot_number": number, "from_step": step, "lot_number": after[1], "step": step}
    chain.tell(f"{record}_load", **run, **sides)
    chain.world.made[node].add(after)
    for kind, name in [("sd_batch", batch), *asked]:
        chain.touch(kind, name, after)
    return after


def filled(chain: Chain, bulks: Sequence[Node]) -> list[Node]:
    """Filled lots, each by a filling."""
    after = lots(chain, "filled", "FI")
    for n, (one, other) in enumerate(spread(chain.draw, bulks, after)):
        run = {"plant": chain.maker, "batch": f"{chain.tag}FB{n}"}
        line, kind = f"{chain.tag}FL{chain.draw.randint(0, 1)}", chain.bought("SF")
        chain.tell(
            "filling",
            **run,
            fill_line=line,
            filter_lot=kind,
            started_at=at(4),
            vials_filled="40",
        )
        chain.tell("filling_load", **run, from_lot_number=one[1], lot_number=other[1], vials="40")
        chain.world.made[one].add(other)
        chain.touch("fill_line", line, other)
        chain.touch("filter_lot", kind, other)
    return after


def dried(chain: Chain, fillings: Sequence[Node]) -> list[Node]:
    """Dried lots, of one run of a dryer or of two."""
    after = lots(chain, "dried", "DR")
    for n, (one, other) in enumerate(spread(chain.draw, fillings, after)):
        for m in range(chain.draw.randint(1, 2)):
            run = {"plant": chain.maker, "cycle": f"{chain.tag}CY{n}{m}"}
            dryer = f"{chain.tag}FD{chain.draw.randint(0, 1)}"
            chain.tell("lyophilisation", **run, dryer=dryer, loaded_at=at(4))
            sides = {"from_lot_number": one[1], "lot_number": other[1], "vials": "20"}
            chain.tell("lyophilisation_load", **run, **sides)
            chain.touch("dryer", dryer, other)
        chain.world.made[one].add(other)
    return after


def packed(chain: Chain, dried_lots: Sequence[Node]) -> list[Node]:
    """Packed lots; how many vials or packs they are, their packs say later."""
    return stage(chain, dried_lots, lots(chain, "packed", "LT"))
