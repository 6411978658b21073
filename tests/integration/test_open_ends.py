"""Open ends are rows of their own: each kind of docs/certificate.md in a tiny world of its own, all of
them in one database by a prefix of their names.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from lots.pipeline.link import link, link_entries, rebuild
from lots.records import records
from lots.settings import Settings
from lots.store.difference import Changed
from lots.store.schema.readers import READER
from tests.builders import NOW, admit, rows, table, write

Row = tuple[str, Mapping[str, str]]
End = tuple[str, str, str, str]
AT = "2026-03-01T10:00:00Z"
GTIN = "09506000134352"
CORRECTED = {"corrected_by": "QA", "correction_reason": "slip"}
# What a row of a record says where a world says nothing else; @ is the world's own number.
USUAL: Mapping[str, Mapping[str, str]] = {
    "donation": {
        "donation_number": "D@", "scheme": "own", "donor_key": "P1", "centre": "C1",
        "plasma_kind": "source", "collected_at": AT,
    },
    "plasma_unit": {"unit": "U@", "donation_number": "D@"},
    "minipool_member": {"minipool": "MP@", "member_kind": "donation", "member": "D@"},
    "same_person": {
        "party": "C@", "statement": "1", "kind": "donor", "one_key": "P1", "other_key": "P2",
        "stated_at": AT, "status": "stated",
    },
    "test_result": {
        "sample": "S@", "marker": "HBsAg", "run": "1", "tested": "donation", "tested_id": "D@",
        "laboratory": "LAB", "kit_lot": "K1", "analyser": "A1", "tested_at": AT,
        "interpretation": "nonreactive", "status": "final",
    },
    "lot": {
        "manufacturer": "M@", "lot_number": "L", "step": "bulk", "product": "IG", "made_at": AT,
    },
    "lot_input": {
        "manufacturer": "M@", "lot_number": "L", "step": "bulk", "from_manufacturer": "M@",
        "from_number": "1", "from_step": "pool",
    },
    "pool": {"plant": "M@", "pool_number": "1", "pooled_at": AT},
    "pool_unit": {"plant": "M@", "pool_number": "1", "unit": "U@"},
    "viral_inactivation": {
        "plant": "M@", "batch": "1", "process_version": "V", "solvent_lot": "S",
        "detergent_lot": "D", "prefilter_lot": "F", "started_at": AT,
    },
    "viral_inactivation_load": {
        "plant": "M@", "batch": "1", "from_lot_number": "L", "from_step": "bulk",
        "lot_number": "L2", "step": "bulk",
    },
    "virus_removal": {
        "plant": "M@", "batch": "1", "process_version": "V", "method": "nanofiltration",
        "filter_lot": "F", "started_at": AT,
    },
    "virus_removal_load": {
        "plant": "M@", "batch": "1", "from_lot_number": "L", "from_step": "bulk",
        "lot_number": "L2", "step": "bulk",
    },
    "filling": {"plant": "M@", "batch": "1", "fill_line": "1", "filter_lot": "F", "started_at": AT,
        "vials_filled": "1"},
    "filling_load": {"plant": "M@", "batch": "1", "from_lot_number": "L", "lot_number": "L"},
    "lyophilisation": {"plant": "M@", "cycle": "1", "dryer": "1", "loaded_at": AT},
    "lyophilisation_load": {"plant": "M@", "cycle": "1", "from_lot_number": "L", "lot_number": "L"},
    "pack": {
        "gtin": GTIN, "serial": "S@", "manufacturer": "M@", "lot_number": "L", "step": "packed",
        "vials": "1",
    },
    "package_content": {"sscc": "B@", "item": "1", "lot_number": "L", "packed_at": AT},
    "shipment": {
        "from_party": "M@", "shipment": "1", "item": "1", "kind": "sale", "to_party": "PH",
        "shipped_at": AT, "lot_number": "L", "packs": "1",
    },
    "stock_count": {
        "party": "M@", "stocktake": "1", "item": "1", "lot_number": "L", "packs": "1",
        "counted_at": AT,
    },
    "vial_fate": {"party": "M@", "fate": "1", "kind": "lost", "lot_number": "L", "vials": "1",
        "at": AT},
    "dispensing": {
        "pharmacy": "W@", "dispensing": "1", "to_kind": "patient", "patient_key": "P1",
        "dispensed_at": AT, "lot_number": "L", "vials": "1",
    },
    "administration": {
        "site": "W@", "administration": "A", "patient_key": "P1", "status": "given",
        "started_at": AT,
    },
    "administration_vial": {
        "site": "W@", "administration": "A", "item": "1", "lot_number": "L", "vials": "1",
        "preparation": "R",
    },
    "reconstitution": {
        "site": "W@", "preparation": "R", "diluent": "SWFI", "diluent_lot": "DL", "started_at": AT,
    },
    "reconstitution_vial": {
        "site": "W@", "preparation": "R", "item": "1", "lot_number": "L", "vials": "1",
    },
    "treatment_order": {"site": "W@", "treatment_order": "1", "patient_key": "P1", "ordered_at": AT,
        "indication": "CIDP"},
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """What its rows say, its open ends, and the rows that close them: further ones, or corrections."""

    told: str
    rows: Sequence[Row]
    ends: Sequence[End] = ()
    closed_by: Sequence[Row] = ()


def row(record: str, **said: str) -> Row:
    """A row of a record: the usual one but for what is said."""
    return record, {**USUAL[record], **said}


def result_of(minipool: str) -> Row:
    """A result of a minipool."""
    return row("test_result", tested="minipool", tested_id=minipool)


def amended(record: str, **said: str) -> Row:
    """The same, as a correction of what the world said first."""
    return row(record, **said, **CORRECTED, correction="1")


def empty(
    told: str, record: str, key: str, link: str, said: Mapping[str, str], *more: Row
) -> World:
    """A world of a row that tells nothing by a link; told by a correction it has no end."""
    first, end = row(record, **said), (record, key, link, "empty")
    return World(told, [first, *more], [end], [amended(record)])


def without(thing: str, key: str, link: str, said: Sequence[Row], *cure: Row) -> World:
    """A world of a thing of which nothing tells something, and the rows that do."""
    return World(f"a {thing} without {link}", said, [(thing, key, link, "without")], cure)


DONATED = (row("donation"), row("plasma_unit"))
POOLED = (*DONATED, row("pool_unit"))
MADE = (*POOLED, row("lot_input"))
PACKED = (*POOLED, row("lot_input", step="packed"))
GIVEN = (row("administration"), row("administration_vial"))
RUN = '["M@", "1"]'
WORLDS: Sequence[World] = (
    World("all that is told", [*MADE, *GIVEN, row("pool"), row("lot"), row("test_result")]),
    # --- empty ---
    empty("no donor", "donation", '["D@"]', "donor", {"donor_key": ""}, row("plasma_unit")),
    empty("a donor that is not known", "donation", '["D@"]', "donor", {"donor_key": "unknown"},
        row("plasma_unit")),
    empty("no centre", "donation", '["D@"]', "centre", {"centre": ""}, row("plasma_unit")),
    World("a unit of nobody", [row("plasma_unit", donation_number=""), row("donation")],
        [("plasma_unit", '["U@"]', "donation", "empty"),
         ("donation", '["D@"]', "plasma_unit.donation", "without")], [amended("plasma_unit")]),
    empty("one key", "same_person", '["C@", "1"]', "one", {"one_key": ""}),
    empty("the other key", "same_person", '["C@", "1"]', "other", {"other_key": ""}),
    World("one key, taken back", [row("same_person", one_key="", status="withdrawn")]),
    empty("nothing tested", "test_result", '["S@", "HBsAg", "1"]', "donation", {"tested_id": ""},
        *DONATED),
    empty("nobody can read what", "test_result", '["S@", "HBsAg", "1"]', "donation",
        {"tested": "something"}, *DONATED),
    World("a pool was tested", [row("test_result", tested="pool", tested_id="1")]),
    empty("no laboratory", "test_result", '["S@", "HBsAg", "1"]', "laboratory",
        {"laboratory": ""}, *DONATED),
    empty("no kit", "test_result", '["S@", "HBsAg", "1"]', "kit_lot", {"kit_lot": ""}, *DONATED),
    empty("no analyser", "test_result", '["S@", "HBsAg", "1"]', "analyser", {"analyser": ""},
        *DONATED),
    empty("no solvent", "viral_inactivation", RUN, "solvent", {"solvent_lot": ""}, *MADE,
        row("viral_inactivation_load")),
    empty("no detergent", "viral_inactivation", RUN, "detergent", {"detergent_lot": ""}, *MADE,
        row("viral_inactivation_load")),
    empty("no pre-filter", "viral_inactivation", RUN, "prefilter", {"prefilter_lot": ""}, *MADE,
        row("viral_inactivation_load")),
    empty("no filter", "virus_removal", RUN, "filter", {"filter_lot": ""}, *MADE,
        row("virus_removal_load")),
    empty("no filter, nobody knows how", "virus_removal", RUN, "filter",
        {"filter_lot": "", "method": ""}, *MADE, row("virus_removal_load")),
    World("no filter at low pH", [*MADE, row("virus_removal", filter_lot="", method="low_ph"),
        row("virus_removal_load")]),
    empty("no line", "filling", RUN, "line", {"fill_line": ""}, *MADE, row("filling_load")),
    empty("no sterile filter", "filling", RUN, "filter", {"filter_lot": ""}, *MADE,
        row("filling_load")),
    empty("no dryer", "lyophilisation", RUN, "dryer", {"dryer": ""}, *MADE, row("filling_load"),
        row("lyophilisation_load")),
    empty("a pack of no lot", "pack", f'["{GTIN}", "S@"]', "lot", {"lot_number": ""}, *PACKED),
    empty("a pack of nobody's lot", "pack", f'["{GTIN}", "S@"]', "lot", {"manufacturer": ""},
        *PACKED),
    empty("what was shipped", "shipment", '["M@", "1", "1"]', "pack", {"lot_number": ""}),
    World("shipped in a package", [row("shipment", lot_number="", sscc="B@"),
        row("package_content")]),
    World("shipped by serial", [row("shipment", lot_number="", gtin=GTIN, serial="S1")]),
    empty("what is in it", "package_content", '["B@", "1"]', "pack", {"lot_number": ""}),
    World("a package in it", [row("package_content", lot_number="", child_sscc="B@2"),
        row("package_content", sscc="B@2")]),
    empty("what was counted", "stock_count", '["M@", "1", "1"]', "pack", {"lot_number": ""}),
    empty("a serial alone", "stock_count", '["M@", "1", "1"]', "pack",
        {"lot_number": "", "serial": "S1"}),
    empty("what was lost", "vial_fate", '["M@", "1"]', "pack", {"lot_number": ""}),
    empty("to no patient", "dispensing", '["W@", "1"]', "patient", {"patient_key": ""}),
    empty("to nobody knows whom", "dispensing", '["W@", "1"]', "patient",
        {"patient_key": "", "to_kind": ""}),
    World("to a ward", [row("dispensing", patient_key="", to_kind="ward")]),
    empty("no patient", "administration", '["W@", "A"]', "patient", {"patient_key": ""},
        row("administration_vial")),
    empty("of no preparation", "administration_vial", '["W@", "A", "1"]', "preparation",
        {"preparation": ""}, row("administration")),
    empty("no diluent", "reconstitution", '["W@", "R"]', "diluent", {"diluent_lot": ""},
        row("reconstitution_vial")),
    empty("ordered for nobody", "treatment_order", '["W@", "1"]', "patient", {"patient_key": ""}),
    # --- without ---
    without("donation", '["D@"]', "donation", [row("plasma_unit")], row("donation")),
    without("donation", '["D@"]', "plasma_unit.donation", [row("donation")], row("plasma_unit")),
    World("a donation that is only tested", [row("test_result")],
        [("donation", '["D@"]', "donation", "without"),
         ("donation", '["D@"]', "plasma_unit.donation", "without")], DONATED),
    World("a donation that is only in a minipool", [row("minipool_member"), result_of("MP@")],
        [("donation", '["D@"]', "donation", "without"),
         ("donation", '["D@"]', "plasma_unit.donation", "without")], DONATED),
    without("minipool", '["MP@"]', "minipool_member.minipool",
        [result_of("MP@"), *DONATED], row("minipool_member")),
    without("minipool", '["MP@"]', "minipool_member.minipool",
        [row("minipool_member", minipool="MQ@", member_kind="minipool", member="MP@"),
         result_of("MQ@"), *DONATED], row("minipool_member")),
    without("minipool", '["MP@"]', "minipool_member.smaller",
        [row("minipool_member"), *DONATED], result_of("MP@")),
    World("a minipool in none that was tested", [row("minipool_member"), result_of("MQ@"), *DONATED],
        [("minipool", '["MP@"]', "minipool_member.smaller", "without"),
         ("minipool", '["MQ@"]', "minipool_member.minipool", "without")],
        [row("minipool_member", minipool="MQ@", member_kind="minipool", member="MP@")]),
    without("pool", RUN, "pool_unit.pool", [row("pool"), *DONATED], row("pool_unit")),
    without("pool", RUN, "pool_unit.pool", [row("lot_input"), *DONATED], row("pool_unit")),
    without("lot", '["M@", "L", "bulk"]', "lot_input.lot", [row("lot"), *POOLED], row("lot_input")),
    without("lot", '["M@", "L", "packed"]', "lot_input.lot", [row("pack"), *POOLED],
        row("lot_input", step="packed")),
    without("lot", '["M@", "L", "filled"]', "lot_input.lot",
        [row("lyophilisation_load"), row("lyophilisation"), *MADE],
        row("filling_load"), row("filling")),
    without("lot", '["M@", "L", "bulk"]', "lot_input.lot",
        [row("lot_input", from_number="L", from_step="bulk"), *POOLED], row("lot_input")),
    World("an external lot", [row("lot", step="external")]),
    without("viral_inactivation", RUN, "viral_inactivation_load.batch",
        [row("viral_inactivation"), *MADE], row("viral_inactivation_load")),
    without("virus_removal", RUN, "virus_removal_load.batch", [row("virus_removal"), *MADE],
        row("virus_removal_load")),
    without("filling", RUN, "filling_load.batch", [row("filling"), *MADE], row("filling_load")),
    without("lyophilisation", RUN, "lyophilisation_load.cycle",
        [row("lyophilisation"), row("filling"), row("filling_load"), *MADE],
        row("lyophilisation_load")),
    without("package", '["B@"]', "package_content.package",
        [row("shipment", lot_number="", sscc="B@")], row("package_content")),
    without("package", '["B@2"]', "package_content.package",
        [row("package_content", lot_number="", child_sscc="B@2")],
        row("package_content", sscc="B@2")),
    without("reconstitution", '["W@", "R"]', "reconstitution_vial.preparation",
        [row("reconstitution")], row("reconstitution_vial")),
    without("administration", '["W@", "A"]', "administration_vial.administration",
        [row("administration")], row("administration_vial")),
    World("given, or not", [row("administration", status=""), row("administration_vial")],
        [("administration", '["W@", "A"]', "status", "empty")], [amended("administration")]),
    World("not given", [row("administration", status="not_given")]),
)  # fmt: skip
SHIPPED, COUNTED = '["M@", "1", "1"]', '["M@", "1", "1"]'
HANDED = {"gtin": GTIN, "serial": "S@", "lot_number": "Z@"}
RELABELLED = (
    "relabelling",
    {
        "gtin": GTIN,
        "serial": "S@",
        "new_gtin": GTIN,
        "new_serial": "T@",
        "party": "M@",
        "relabelled_at": AT,
    },
)
KNOWN = (row("pack", lot_number="Z@"), row("lot", lot_number="Z@", step="packed", gtin=GTIN))
# Whatever waits is an end where no other link of the row leads anywhere.
WAITING: Sequence[World] = (
    World("a unit that nobody knows", [row("pool_unit")],
        [("pool_unit", '["M@", "1", "U@"]', "unit", "parked")]),
    World("a pool that nobody knows", [row("test_result", tested="pool", tested_id="Z@")],
        [("test_result", '["S@", "HBsAg", "1"]', "pool", "parked"),
         ("test_result", '["S@", "HBsAg", "1"]', "laboratory", "parked")]),
    World("a pool without a record", [row("lot_input", from_number="Z@"),
        row("test_result", tested="pool", tested_id="Z@", laboratory="")]),
    World("neither pack nor lot", [row("shipment", **HANDED)],
        [("shipment", SHIPPED, "pack", "parked")]),
    World("not the pack, but its lot", [row("shipment", **HANDED), row("pack", serial="T@",
        lot_number="Z@")]),
    World("not the pack, but a package", [row("shipment", **HANDED, sscc="B@")]),
    World("under another name", [row("shipment", gtin=GTIN, serial="T@", lot_number=""), RELABELLED,
        *KNOWN]),
    World("a lot that nobody knows", [row("stock_count", lot_number="Z@")],
        [("stock_count", COUNTED, "lot", "parked")]),
    World("a line of nobody's", [row("dispensing", **HANDED)],
        [("dispensing", '["W@", "1"]', "pack", "parked")]),
    World("a line by its lot", [row("dispensing", **{**HANDED, "serial": "T@"}), *KNOWN]),
    World("a line that names nothing", [row("dispensing", lot_number="")],
        [("dispensing", '["W@", "1"]', "vial", "parked")]),
    World("a preparation that nobody knows", [row("administration"),
        row("administration_vial", **HANDED), *KNOWN],
        [("administration_vial", '["W@", "A", "1"]', "preparation", "parked")]),
)  # fmt: skip


def numbered(text: str, number: int) -> str:
    """A world's own names: @ is its number."""
    return text.replace("@", f"x{number}x")


def expected(among: Iterable[World] = WORLDS) -> set[End]:
    """The ends of worlds."""
    return {
        (record, numbered(key, WORLDS.index(world)), link, sort)
        for world in among
        for record, key, link, sort in world.ends
    }


def is_corrected(world: World) -> bool:
    """Whether a correction closes its ends."""
    return any("correction" in said for _, said in world.closed_by)


def waiting() -> set[End]:
    """Those of rows that wait, numbered after all other worlds."""
    return {
        (record, numbered(key, len(WORLDS) + n), link, sort)
        for n, world in enumerate(WAITING)
        for record, key, link, sort in world.ends
    }


def waits(end: End) -> bool:
    """Whether an end is of a world of those that wait."""
    return any(f"x{len(WORLDS) + n}x" in end[1] for n, _ in enumerate(WAITING))


def parked(settings: Settings) -> set[End]:
    """Their parked ends."""
    found = rows(settings, "SELECT record, key::text, link, sort FROM lineage.open_end_now", READER)
    told = {(str(r), str(k), str(n), str(s)) for r, k, n, s in found}
    return {end for end in told if end[3] == "parked" and waits(end)}


def kept(settings: Settings) -> set[End]:
    """The ends that the database keeps, but for those of worlds that wait."""
    found = rows(settings, "SELECT record, key::text, link, sort FROM lineage.open_end")
    told = {(str(r), str(k), str(n), str(s)) for r, k, n, s in found}
    return {end for end in told if not waits(end)}


def files(folder: Path, name: str, told: Iterable[tuple[int, Row]]) -> list[str]:
    """A file for each record with the rows of worlds, in the order of the stages."""
    by_record: dict[str, list[dict[str, str]]] = defaultdict(list)
    for number, (record, said) in told:
        own = {column: numbered(value, number) for column, value in said.items()}
        by_record[record].append(own)
    return [
        write(folder, f"{record}-{name}.csv", table({}, by_record[record]))
        for record in records()
        if record in by_record
    ]


def first(folder: Path) -> list[str]:
    """What all worlds say first."""
    worlds = enumerate((*WORLDS, *WAITING))
    return files(folder, "1", ((n, r) for n, world in worlds for r in world.rows))


def cures(folder: Path) -> list[str]:
    """What closes their ends."""
    return files(folder, "2", ((n, r) for n, world in enumerate(WORLDS) for r in world.closed_by))


def opened_again(folder: Path) -> list[str]:
    """What the corrected rows said first, once more."""
    told = []
    for n, world in enumerate(WORLDS):
        corrected = {record for record, said in world.closed_by if "correction" in said}
        told += [
            (n, (record, {**said, **CORRECTED, "correction": "2"}))
            for record, said in world.rows
            if record in corrected
        ]
    return files(folder, "3", told)


def arrive(settings: Settings, places: Iterable[str]) -> None:
    """Receive and link one by one."""
    for place in places:
        (taken,) = admit(settings, place)
        assert (taken.status, taken.counts.get("refused")) == ("accepted", 0), taken
        link_entries(settings, now=NOW)


def sound(settings: Settings) -> bool:
    """Whether a rebuild finds nothing else."""
    link(settings, now=NOW)
    return rebuild(settings, now=NOW).changed == Changed()


@pytest.mark.parametrize("backwards", [False, True])
def test_every_kind_of_open_end_is_kept_and_goes(
    lots_settings: Settings, tmp_path: Path, *, backwards: bool
) -> None:
    places = first(tmp_path)
    arrive(lots_settings, reversed(places) if backwards else places)
    assert kept(lots_settings) == expected()
    assert parked(lots_settings) == waiting()
    arrive(lots_settings, cures(tmp_path))
    assert kept(lots_settings) == set()
    assert sound(lots_settings)


def test_what_is_closed_before_it_is_open_is_never_open(
    lots_settings: Settings, tmp_path: Path
) -> None:
    arrive(lots_settings, cures(tmp_path))
    arrive(lots_settings, first(tmp_path))
    assert kept(lots_settings) == set()
    arrive(lots_settings, opened_again(tmp_path))
    assert kept(lots_settings) == expected(filter(is_corrected, WORLDS))
    assert sound(lots_settings)
