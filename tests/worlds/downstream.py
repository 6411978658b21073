"""What is drawn of packs and vials: packed, sent in cases or by count, sent on, counted, dispensed,
prepared, given, returned.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from random import Random

from tests.integration.small_world import Row, at
from tests.worlds.lives import Node, Vial, World
from tests.worlds.renamed import Label, by_pack, told_pack
from tests.worlds.upstream import Chain

OLD_LABEL = 0.3  # of rows that tell of a pack that was relabelled
SERIAL_TOO = 0.8  # of those that would tell its lot alone
NO_GTIN = 0.15  # of rows that tell a lot by its number, which two makers' lots may have
OTHER_KEY = 0.1  # of rows that tell of a patient


def packs(chain: Chain, lot: Node) -> list[Vial]:
    """The vials of a packed lot, in packs that all hold as many."""
    size, number = chain.draw.randint(1, 3), chain.draw.randint(2, 4)
    found = []
    for n in range(number):
        serial = f"{lot[1]}S{n}X"
        told_pack(chain, chain.maker, Label(lot, chain.gtin, serial), size)
        name = f"{chain.gtin}/{serial}"
        found += [Vial(lot, chain.gtin, serial, chain.maker, {name}, {lot}) for _ in range(size)]
    in_vials = chain.draw.random() < 0.5
    chain.lot_row(lot).update(
        gtin=chain.gtin,
        amount=str(size * number if in_vials else number),
        amount_unit="vials" if in_vials else "packs",
    )
    return found


# --- where packs are --------------------------------------------------------------------------------


def sent(chain: Chain, vials: Sequence[Vial], sites: Sequence[str]) -> None:
    """Ship the packs of a lot: each by itself, in a case, in a case on a pallet, or by count."""
    draw, way = chain.draw, chain.draw.choice(["serial", "case", "pallet", "count"])
    for site in sites:
        mine = [pack for pack in by_pack(vials) if pack[0].site == chain.maker]
        mine = mine[: draw.randint(1, 2)] if site != sites[-1] else mine
        if not mine:
            continue
        shipment = f"{_first_number(mine[0][0])}SH{site}"
        said = {"from_party": chain.maker, "shipment": shipment, "to_party": site}
        month, day = (7, 15) if chain.world.any_late(v for pack in mine for v in pack) else (6, 5)
        inside = Inside(chain.world, draw, chain.maker, at(5), chain.letter)
        for item, what in enumerate(_items(inside, shipment, way, mine), 1):
            kept = {"kind": "sale", "shipped_at": at(month, day), **what}
            chain.tell("shipment", **said, item=str(item), **kept)
            if draw.random() < 0.5:
                delivered = {"delivered_at": at(month, day + 2), "packs": what["packs"]}
                chain.world.tell(site, "delivery", **said, item=str(item), **delivered)
        for vial in (v for pack in mine for v in pack):
            vial.site = site


@dataclass(frozen=True, slots=True)
class Inside:
    """Who tells what is in packages, and when they were packed. mark: what sets its packages apart."""

    world: World
    draw: Random
    sender: str
    packed_at: str
    mark: str = ""


def _items(tells: Inside, shipment: str, way: str, mine: Sequence[Sequence[Vial]]) -> list[Row]:
    labels = [{"gtin": pack[0].gtin, "serial": pack[0].serial} for pack in mine]
    if way == "serial":
        return [{**label, "packs": "1"} for label in labels]
    if way == "count":
        lots = Counter((pack[0].gtin, pack[0].lot[1]) for pack in mine)
        bare = tells.draw.random() < NO_GTIN
        return [
            {"gtin": "" if bare else gtin, "lot_number": lot, "packs": str(packs)}
            for (gtin, lot), packs in lots.items()
        ]
    case, pallet = (f"{shipment}{tells.mark}{word}" for word in ("CA", "PL"))
    inside = [{"sscc": case, "item": str(n), **label} for n, label in enumerate(labels, 1)]
    if way == "pallet":
        inside.append({"sscc": pallet, "item": "1", "child_sscc": case})
    for row in inside:
        tells.world.tell(tells.sender, "package_content", **row, packed_at=tells.packed_at)
    return [{"sscc": pallet if way == "pallet" else case, "packs": str(len(mine))}]


def _first_number(vial: Vial) -> str:
    """The number of the lot that it was packed in."""
    return vial.earlier[0][2] if vial.earlier else vial.lot[1]


def sent_on(world: World, draw: Random, site: str, home: str) -> None:
    """Perhaps send a pack from a hospital on to another place."""
    there = by_pack([v for v in world.vials if v.site == site])
    if not there or draw.random() < 0.5:
        return
    gone = draw.sample(there, min(len(there), draw.randint(1, 2)))
    said = {"from_party": site, "shipment": f"{site}ON", "to_party": home, "kind": "transfer"}
    vials = [vial for pack in gone for vial in pack]
    month, day = (7, 18) if world.any_late(vials) else (6, 20)
    way = draw.choice(["serial", "serial", "case", "pallet", "count"])
    inside = Inside(world, draw, site, at(month, day - 1))
    for item, what in enumerate(_items(inside, f"{site}ON", way, gone), 1):
        world.tell(site, "shipment", **said, item=str(item), **what, shipped_at=at(month, day))
    for vial in vials:
        vial.site = home


# --- what became of vials ---------------------------------------------------------------------------


def used(world: World, draw: Random, site: str) -> None:
    """What was dispensed, prepared and given at a site, and what became of a pack that was left."""
    numbers = count(1)
    left = [v for v in world.vials if v.site == site]
    draw.shuffle(left)
    for _ in range(draw.randint(1, 3)):
        mine = [left.pop() for _ in range(min(len(left), draw.randint(1, 3)))]
        if mine:
            treatment(world, draw, site, next(numbers), mine)
    whole = [p for p in by_pack(left) if all(not v.stages for v in p)]
    held = Counter((v.gtin, v.serial) for v in world.vials)
    whole = [p for p in whole if held[p[0].gtin, p[0].serial] == len(p)]
    if whole and draw.random() < 0.5:
        fate = {"party": site, "fate": f"{site}F1", "vials": str(len(whole[0]))}
        kind = draw.choice(["returned", "destroyed", "lost", "wasted"])
        world.tell(site, "vial_fate", **fate, kind=kind, at=at(9), **label(draw, whole[0]))
    same_people(world, site)
    if len(whole) > 1 and draw.random() < 0.5:
        counted = {"party": site, "stocktake": f"{site}ST1", "item": "1", "packs": "1"}
        world.tell(site, "stock_count", **counted, counted_at=at(9), **label(draw, whole[1]))


def label(draw: Random, pack: Sequence[Vial]) -> Row:
    """What a row tells of a pack: its serial, its lot, or both; perhaps as an earlier label told them."""
    way, vial = draw.choice(["serial", "serial", "both", "lot"]), pack[0]
    # The lot's record may tell another GTIN, and a line by its number and this one leads nowhere then.
    if vial.earlier and way == "lot" and draw.random() < SERIAL_TOO:
        way = "both"
    told = (vial.gtin, vial.serial, vial.lot[1])
    # By the earlier lot's number alone nobody could tell it from any other line of that lot.
    old = vial.earlier and way != "lot" and draw.random() < OLD_LABEL
    if old:
        told = draw.choice(vial.earlier)
    gtin, serial, lot = told
    found = {} if way == "lot" and draw.random() < NO_GTIN else {"gtin": gtin}
    if way != "lot":
        found["serial"] = serial
    if way != "serial":
        found["lot_number"] = lot
    return found


@dataclass(frozen=True, slots=True)
class Used:
    """Vials that are used for a patient, pack by pack; early: before the late lots were made."""

    site: str
    number: str
    patient: str
    parts: Sequence[Sequence[Vial]]
    early: bool


def treatment(world: World, draw: Random, site: str, number: int, vials: list[Vial]) -> None:
    """Let some vials be used for one patient, by one stage or several."""
    patient, number_ = f"{site}PT{draw.randint(0, 2)}", f"{site}N{number}"
    stages = draw.choice(
        [
            ("dispensed",),
            ("prepared",),
            ("given",),
            ("dispensed", "given"),
            ("prepared", "given"),
            ("dispensed", "prepared", "given"),
            ("prepared", "not_given"),
            ("dispensed", "prepared", "given"),
        ]
    )
    used = Used(site, number_, patient, by_pack(vials), early=_early(world, draw, vials))
    if "dispensed" in stages:
        _dispensed(world, draw, used)
    if "prepared" in stages:
        _prepared(world, draw, used)
    if infused := {"given", "not_given"} & {*stages}:
        _infused(world, draw, used, infused.pop())


def _early(world: World, draw: Random, vials: Sequence[Vial]) -> bool:
    """Whether vials are used before the late lots were made."""
    return not world.any_late(vials) and draw.random() < 0.5


def key_of(world: World, draw: Random, patient: str) -> str:
    """A key by which a row tells of a patient: its own, or another that the site gave it."""
    key = f"{patient}K" if draw.random() < OTHER_KEY else patient
    world.keys[patient].add(key)
    return key


def same_people(world: World, site: str) -> None:
    """Let a site state which of its patients' keys are one person."""
    for patient, keys in world.keys.items():
        if patient.startswith(f"{site}PT") and len(keys) > 1:
            world.tell(
                site,
                "same_person",
                party=site,
                statement=f"{patient}S",
                kind="patient",
                one_key=patient,
                other_key=f"{patient}K",
                confidence="certain",
                stated_at=at(9),
                status="stated",
            )


def _dispensed(world: World, draw: Random, used: Used) -> None:
    to = draw.choice(["patient", "ward"])
    key = key_of(world, draw, used.patient) if to == "patient" else ""
    for n, part in enumerate(used.parts):
        world.tell(
            used.site,
            "dispensing",
            pharmacy=used.site,
            dispensing=f"{used.number}D{n}",
            to_kind=to,
            patient_key=key,
            dispensed_at=at(6, 28) if used.early else at(7, 25),
            vials=str(len(part)),
            **label(draw, part),
        )
        for vial in part:
            vial.stages["dispensed"] = key


def _prepared(world: World, draw: Random, used: Used) -> None:
    site, number = used.site, used.number
    ordered, diluent = draw.random() < 0.7, f"{site}DL{draw.randint(0, 1)}"
    key = key_of(world, draw, used.patient) if ordered else ""
    later = not used.early and draw.random() < 0.4
    started_at = at(7, 2) if used.early else at(8, 20) if later else at(8)
    if ordered:
        world.tell(
            site,
            "treatment_order",
            site=site,
            treatment_order=f"{number}O",
            patient_key=key,
            ordered_at=at(6, 28),
            indication="PID",
        )
    world.tell(
        site,
        "reconstitution",
        site=site,
        preparation=f"{number}B",
        treatment_order=f"{number}O" if ordered else "",
        diluent="SWFI",
        diluent_lot=diluent,
        started_at=started_at,
        completed_at=started_at,
    )
    for n, part in enumerate(used.parts, 1):
        row = {"site": site, "preparation": f"{number}B", "item": str(n), "vials": str(len(part))}
        world.tell(site, "reconstitution_vial", **row, **label(draw, part))
        for vial in part:
            vial.stages["prepared"], vial.diluent, vial.later = key, diluent, later


def _infused(world: World, draw: Random, used: Used, stage: str) -> None:
    site, number, parts = used.site, used.number, used.parts
    key = key_of(world, draw, used.patient)
    world.tell(
        site,
        "administration",
        site=site,
        administration=f"{number}A",
        patient_key=key,
        status=draw.choice(["given", "stopped"]) if stage == "given" else stage,
        started_at=at(7, 5) if used.early else at(9),
    )
    for vial in (v for part in parts for v in part):
        vial.stages[stage] = key
    bag = f"{number}B" if any(v.diluent for part in parts for v in part) else ""
    said = {"site": site, "administration": f"{number}A", "preparation": bag}
    if bag and draw.random() < 0.4:
        all_of = str(sum(len(part) for part in parts))
        world.tell(site, "administration_vial", **said, item="1", vials=all_of)
        return
    for n, part in enumerate(parts, 1):
        row = {**said, "item": str(n), "vials": str(len(part))}
        world.tell(site, "administration_vial", **row, **label(draw, part))


def amended(world: World, draw: Random, number: int) -> None:
    """Let some rows be the second that was told of their keys: the first told a volume more."""
    every = [
        (rows, row)
        for of in world.told.senders.values()
        for record, rows in of.items()
        if record in AMENDABLE
        for row in rows
    ]
    for rows, row in draw.sample(every, min(number, len(every))):
        (column,) = [c for record, c in AMENDABLE.items() if c in row][:1] or [""]
        rows.append({**row, column: "X-OLD"})
        row.update(correction="1", corrected_by="QA", correction_reason="slip")


AMENDABLE = {"test_result": "kit_lot", "plasma_unit": "donation_number", "filling": "fill_line"}
