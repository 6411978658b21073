"""What is drawn of one maker's chain, from donors to packed lots: plasma split in units, samples mixed
in minipools, pools and lots that divide and join, and the batches and runs that they were in; by one
maker or two, as one product or two.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeVar

from tests.integration.small_world import Row, at
from tests.worlds.lives import Node, World

Some = TypeVar("Some")
MATERIALS = {"solvent_lot": "SV", "detergent_lot": "DT", "prefilter_lot": "PF"}
ASKED_AS = {
    **dict.fromkeys(("solvent_lot", "detergent_lot"), "reagent_lot"),
    **dict.fromkeys(("filter_lot", "prefilter_lot"), "filter_lot"),
}
SERIES = ("PO", "BU", "FI", "DR", "LT")  # which some makers number alike
STEPS = ("bulk", "filled", "dried", "packed")
POOLED, SOLD, REWORKED = "pooled", "sold", "reworked"  # how else two makers or products come about
SAME, MADE = "same", "made"  # how another maker goes on: as the same step of its own, or the next
OF_ANOTHER_SAMPLE = 0.2  # of chains, and of pools, that are tested besides
Had = tuple[str, str, bool]  # what can be asked about and its name; whether it was later
Units = dict[str, tuple[Had, ...]]  # what each unit has to do with


@dataclass(frozen=True, slots=True)
class Chain:
    """What one maker makes as one product. tag: what its names begin with, so that two chains look like
    nothing alike; letter: which of the chain's makers; mark: what sets its own names apart; early: what
    the product is called until it is filled; alike: whether what is made of another has its number.
    """

    world: World
    draw: Random
    tag: str
    gtin: str
    other_gtin: str  # of another label
    centre: str  # who sends what was collected: a centre of its own, or the maker
    product: str
    early: str
    letter: str = "M"
    mark: str = ""
    alike: bool = False
    # By batch, whether a virus step was later, and what it says.
    runs: dict[str, tuple[bool, Row]] = field(default_factory=dict)

    @property
    def maker(self) -> str:
        """Who makes it."""
        return f"{self.tag}{self.letter}"

    def tell(self, record: str, **values: str) -> None:
        """A row that the maker sends."""
        self.world.tell(self.maker, record, **values)

    def lot_row(self, lot: Node) -> Row:
        """What is told of a lot."""
        rows = self.world.told.senders[lot[0]]["lot"]
        return next(row for row in rows if (row["lot_number"], row["step"]) == lot[1:])

    def names(self, word: str, least: int, most: int) -> list[str]:
        """Some names of a kind."""
        return [self.name(word, n) for n in range(self.draw.randint(least, most))]

    def name(self, word: str, number: int | str) -> str:
        """A name of a kind."""
        kind = "NO" if self.alike and word in SERIES else word
        return f"{self.tag}{self.mark}{kind}{number}"

    def bought(self, word: str) -> str:
        """A lot of what several makers use, or of what this one alone does."""
        return f"{'SUP' if self.draw.random() < 0.2 else self.tag}{word}"

    def when(self, month: int) -> tuple[bool, str]:
        """An instant of a month; and whether it is from the day on that is asked about."""
        later = self.draw.random() < 0.4
        return later, at(month, 20) if later else at(month)


def spread(draw: Random, one: Sequence[Some], other: Sequence[Some]) -> list[tuple[Some, Some]]:
    """Pairs in which each of both stands at least once."""
    longest = max(len(one), len(other))
    pairs = {(one[n % len(one)], other[n % len(other)]) for n in range(longest)}
    if draw.random() < 0.3:
        pairs.add((draw.choice(one), draw.choice(other)))
    return sorted(pairs)


def another(chain: Chain, gtin: str, other_gtin: str, way: str) -> Chain:
    """Another maker of the chain, or another product of its maker, or both. Where the product is the
    same, its GTIN may be; numbers are used twice only of two makers and of two GTINs.
    """
    draw, two = chain.draw, way in (POOLED, SOLD) or chain.draw.random() < 0.6
    product = f"{chain.tag}IH" if not two or draw.random() < 0.5 else chain.product
    as_one = two and product == chain.product and draw.random() < 0.5
    twice = two and not as_one and draw.random() < 0.5
    return replace(
        chain,
        gtin=chain.gtin if as_one else gtin,
        other_gtin=chain.other_gtin if as_one else other_gtin,
        product=product,
        early=product if way in (POOLED, SOLD) and chain.early != f"{chain.tag}BK" else chain.early,
        letter="N" if two else chain.letter,
        mark="" if twice else "V",
        runs={} if two else chain.runs,
    )


def drawn_chain(chain: Chain, gtin: str, other_gtin: str) -> dict[Node, Chain]:
    """Tell all of it; its packed lots, each with who made it as which product. The GTINs are those of
    what else is made of it, if anything is.
    """
    draw, way = chain.draw, ""
    if draw.random() < 0.7:
        way = draw.choice([POOLED, SOLD, REWORKED, *STEPS])
    other = another(chain, gtin, other_gtin, way)
    for one in (chain, other) if way and other.maker != chain.maker else (chain,):
        one.tell("party", party_id=one.maker, kind="plant", name=one.maker)
    units = collected(chain)
    parts, theirs = [*parted(chain, units)], list[Sequence[str]]()
    if way in (POOLED, SOLD):
        parts, theirs = shared(parts)
    pools = [pooled(chain, chain.name("PO", n), part, units) for n, part in enumerate(parts)]
    others = [pooled(other, other.name("PO", n), part, units) for n, part in enumerate(theirs)]
    _touch_pools(chain, units, [*pools, *others])
    pools_tested(chain, [node for node, _ in (*pools, *others)])
    return made(chain, [node for node, _ in pools], other, [node for node, _ in others], way)


def made(
    chain: Chain, pools: list[Node], other: Chain, others: list[Node], way: str
) -> dict[Node, Chain]:
    """All that was made of pools, up to the packed lots."""
    draw, lines = chain.draw, [(chain, pools), *([(other, others)] if others else [])]
    for step in STEPS:
        after = [(one, MAKES[step](one, nodes)) for one, nodes in lines]
        if step == way:
            nodes = lines[0][1]
            some = sorted(draw.sample(nodes, draw.randint(1, len(nodes))))
            after.append((other, taken_on(other, some, step)))
        lines = after
        if way == SOLD and step == STEPS[0]:
            sold(chain, lines[0][1], other, lines[1][1])
            lines = lines[: draw.randint(1, 2)]
    found = {node: one for one, nodes in lines for node in nodes}
    if way == REWORKED:
        before = [draw.choice([*found])]
        late = before[0] in chain.world.late
        anew = lots(other, "packed", "LT", 1, late=late)
        found |= dict.fromkeys(stage(other, before, anew), other)
    return found


def taken_on(other: Chain, before: Sequence[Node], step: str) -> list[Node]:
    """Lots of a step that another maker, or the same one as another product, made of these."""
    if before[0][0] == other.maker or step == STEPS[0] or other.draw.random() < 0.3:
        direct = before[0][0] == other.maker or step in (STEPS[0], STEPS[-1])
        return MAKES[step](other, before) if direct else stage(other, before, lots_of(other, step))
    mine = stage(other, before, lots_of(other, STEPS[STEPS.index(step) - 1]))
    return MAKES[step](other, mine)


def lots_of(chain: Chain, step: str) -> list[Node]:
    """One lot or two of a step."""
    return lots(chain, step, dict(zip(STEPS, SERIES[1:], strict=True))[step])


def sold(chain: Chain, lots: Sequence[Node], seller: Chain, theirs: Sequence[Node]) -> None:
    """A lot that its maker, who tells of it, sold to another, who tells of it as one that was bought."""
    mine, own = chain.draw.choice(lots), chain.draw.choice(theirs)
    bought = (seller.maker, own[1], "external")
    told = {"product": seller.early} if chain.draw.random() < 0.5 else {}
    into(seller, own, bought)
    chain.tell("external_lot", supplier=bought[0], lot_number=bought[1], kind="bulk", **told)
    into(chain, bought, mine)
    chain.world.touch("lot", "/".join(bought), bought)


# --- donors, donations and samples ------------------------------------------------------------------


def collected(chain: Chain) -> Units:
    """Units of plasma: what each has to do with, as it can be asked about."""
    draw, tag, found = chain.draw, chain.tag, Units()
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
            later, collected_at = chain.when(1)
            send(
                chain.centre,
                "donation",
                donation_number=donation,
                scheme="own",
                donor_key=key,
                centre=f"{tag}C",
                plasma_kind="source",
                collected_at=collected_at,
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
                asked = [("donor", k, later) for k in keys]
                found[unit] = (*asked, ("donation", donation, later), ("centre", f"{tag}C", later))
    return tested(chain, found)


def tested(chain: Chain, units: Units) -> Units:
    """Test donations one by one, or in minipools, or in minipools of these."""
    draw, tag = chain.draw, chain.tag
    donations = sorted(
        {name for of in units.values() for kind, name, _ in of if kind == "donation"}
    )
    how = draw.choice(["donation", "minipool", "larger"])
    samples = {d: [d] for d in donations}
    if how != "donation":
        samples = _mixed(chain, f"{tag}MP", "donation", samples)
    small = {name: of for name, of in samples.items() if how == "larger"}
    if small:
        samples = _mixed(chain, f"{tag}ML", "minipool", samples)
    asked: dict[str, list[Had]] = {d: [] for d in donations}
    for name, of in small.items():
        for d in of:
            asked[d].append(("minipool", name, False))
    for n, (name, of) in enumerate(samples.items()):
        told = _result(chain, n, name, "donation" if how == "donation" else "minipool")
        for d in of:
            asked[d] += [*told, *([] if how == "donation" else [("minipool", name, False)])]
    donation_of = {
        u: next(name for kind, name, _ in of if kind == "donation") for u, of in units.items()
    }
    found = {unit: (*of, *asked[donation_of[unit]]) for unit, of in units.items()}
    return donor_tested(chain, found) if draw.random() < OF_ANOTHER_SAMPLE else found


def donor_tested(chain: Chain, units: Units) -> Units:
    """Test a donor, by one of the person's keys."""
    key = chain.draw.choice(sorted({n for of in units.values() for k, n, _ in of if k == "donor"}))
    told = _result(chain, 100, key, "donor")
    mine = {unit for unit, of in units.items() if key in {n for k, n, _ in of if k == "donor"}}
    return {unit: (*of, *(told if unit in mine else ())) for unit, of in units.items()}


def pools_tested(chain: Chain, pools: Sequence[Node]) -> None:
    """Perhaps test a pool, by its number alone: one that no other pool has."""
    numbers = [number for _, number, _ in pools]
    for n, node in enumerate(pools):
        if numbers.count(node[1]) == 1 and chain.draw.random() < OF_ANOTHER_SAMPLE:
            for kind, name, later in _result(chain, 200 + n, node[1], "pool"):
                chain.world.touch(kind, name, node, later=later)


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


def _result(chain: Chain, number: int, name: str, tested: str) -> list[Had]:
    later, tested_at = chain.when(2)
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
        tested_at=tested_at,
        interpretation="nonreactive",
        status="final",
    )
    had = [("kit_lot", kit), ("analyser", analyser), ("laboratory", f"{chain.tag}LB")]
    return [(*one, later) for one in had]


# --- pools and lots ---------------------------------------------------------------------------------


def parted(chain: Chain, units: Units) -> Iterator[list[str]]:
    """Units by pool; of many, one may be kept apart."""
    names = sorted(units)
    chain.draw.shuffle(names)
    if len(names) > 3:
        names = names[: -chain.draw.randint(0, 1) or None]
    count = chain.draw.randint(1, min(2, len(names)))
    yield from (names[n::count] for n in range(count))


def shared(parts: Sequence[list[str]]) -> tuple[list[list[str]], list[Sequence[str]]]:
    """The units of two makers: a pool each, or parts of one; of a single unit each has a part."""
    *mine, last = parts
    if mine:
        return mine, [last]
    return [last[:-1] or last], [last[-1:]]


def pooled(
    chain: Chain, number: str, inside: Sequence[str], units: Units
) -> tuple[Node, Sequence[str]]:
    """One pool of some of the units; of early ones perhaps before others were given."""
    maker = {"plant": chain.maker, "pool_number": number}
    later = any(had for unit in inside for kind, _, had in units[unit] if kind == "donation")
    early = not later and chain.draw.random() < 0.5
    chain.tell("pool", **maker, pooled_at=at(1, 10) if early else at(3))
    for unit in inside:
        chain.tell("pool_unit", **maker, unit=unit, volume_ml="690")
    return (chain.maker, number, "pool"), inside


def _touch_pools(chain: Chain, units: Units, pools: Sequence[tuple[Node, Sequence[str]]]) -> None:
    touch = chain.world.touch
    for of in units.values():
        for kind, name, _ in of:
            touch(kind, name)
    for node, inside in pools:
        touch("pool", "/".join(node[:2]), node)
        for unit in inside:
            for kind, name, later in units[unit]:
                touch(kind, name, node, later=later)


def lots(chain: Chain, step: str, word: str, most: int = 2, *, late: bool = False) -> list[Node]:
    """Some lots of a step; of packed ones some are late, or all."""
    return [
        a_lot(chain, step, name, late=late or (step == "packed" and chain.draw.random() < 0.3))
        for name in chain.names(word, 1, most)
    ]


def a_lot(chain: Chain, step: str, number: str, *, late: bool = False) -> Node:
    """A lot's record. late: made when packs of others were given already."""
    node = (chain.maker, number, step)
    if late:
        chain.world.late.add(node)
    chain.tell(
        "lot",
        manufacturer=chain.maker,
        lot_number=number,
        step=step,
        product=chain.early if step in ("paste", "bulk") else chain.product,
        made_at=at(7, 10) if late else at(4, 25),
    )
    chain.world.touch("lot", "/".join(node), node)
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
        number = f"{chain.maker}{chain.mark}EX"
        told = {"product": chain.early} if chain.draw.random() < 0.3 else {}
        supplier = {"supplier": f"{chain.tag}SU", "lot_number": number}
        chain.tell("external_lot", **supplier, kind="bulk", **told)
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
    if batch not in chain.runs:
        later, started_at = chain.when(4)
        times = {"started_at": started_at, "ended_at": started_at}
        chain.runs[batch] = later, {**times, **_materials(chain, record)}
    later, told = chain.runs[batch]
    run = {"plant": maker, "batch": batch}
    method = {"method": "nanofiltration"} if record == "virus_removal" else {}
    chain.tell(record, **run, process_version="1", **method, **told)
    sides = {"from_lot_number": number, "from_step": step, "lot_number": after[1], "step": step}
    chain.tell(f"{record}_load", **run, **sides)
    chain.world.made[node].add(after)
    chain.world.touch("sd_batch", batch, after, later=later)
    for column, kind in ASKED_AS.items():
        if column in told:
            chain.world.touch(kind, told[column], after, later=later)
    return after


def _materials(chain: Chain, record: str) -> Row:
    """What a virus step takes, by column: each run one lot of each."""
    taken = {"filter_lot": "VF"} if record == "virus_removal" else MATERIALS
    return {column: chain.bought(word) for column, word in taken.items()}


def filled(chain: Chain, bulks: Sequence[Node]) -> list[Node]:
    """Filled lots, each by a filling."""
    after = lots(chain, "filled", "FI")
    for n, (one, other) in enumerate(spread(chain.draw, bulks, after)):
        run = {"plant": chain.maker, "batch": chain.name("FB", n)}
        later, started_at = chain.when(4)
        line, kind = f"{chain.tag}FL{chain.draw.randint(0, 1)}", chain.bought("SF")
        chain.tell(
            "filling",
            **run,
            fill_line=line,
            filter_lot=kind,
            started_at=started_at,
            ended_at=started_at,
            vials_filled="40",
        )
        chain.tell("filling_load", **run, from_lot_number=one[1], lot_number=other[1], vials="40")
        chain.world.made[one].add(other)
        chain.world.touch("fill_line", line, other, later=later)
        chain.world.touch("filter_lot", kind, other, later=later)
    return after


def dried(chain: Chain, fillings: Sequence[Node]) -> list[Node]:
    """Dried lots, of one run of a dryer or of two."""
    after = lots(chain, "dried", "DR")
    for n, (one, other) in enumerate(spread(chain.draw, fillings, after)):
        for m in range(chain.draw.randint(1, 2)):
            run = {"plant": chain.maker, "cycle": chain.name("CY", f"{n}{m}")}
            later, loaded_at = chain.when(4)
            dryer = f"{chain.tag}FD{chain.draw.randint(0, 1)}"
            chain.tell(
                "lyophilisation", **run, dryer=dryer, loaded_at=loaded_at, unloaded_at=loaded_at
            )
            sides = {"from_lot_number": one[1], "lot_number": other[1], "vials": "20"}
            chain.tell("lyophilisation_load", **run, **sides)
            chain.world.touch("dryer", dryer, other, later=later)
        chain.world.made[one].add(other)
    return after


def packed(chain: Chain, dried_lots: Sequence[Node]) -> list[Node]:
    """Packed lots; how many vials or packs they are, their packs say later."""
    return stage(chain, dried_lots, lots(chain, "packed", "LT"))


MAKES: dict[str, Callable[[Chain, Sequence[Node]], list[Node]]] = {
    "bulk": bulk,
    "filled": filled,
    "dried": dried,
    "packed": packed,
}
