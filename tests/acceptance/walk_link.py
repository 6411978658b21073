"""The walk's linking: which versions stand, what is parked, which lots each vial is of, and what a pool became."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.acceptance.walk_rules import Typed

Node = tuple[str, str, str]  # whose number it is, the number, the step
Key = tuple[str, ...]
VIALS = ("dispensing", "administration_vial")
STATUSES = {"preliminary": 0, "final": 1, "corrected": 2}  # none counts as the lowest
STEPS = ("paste", "bulk", "filled", "dried", "packed", "external")

# record, link, its columns, the target, the target's columns, the fixed step, (column, words) of its scope
LINKS: list[tuple[str, str, tuple[str, ...], str, tuple[str, ...], str, tuple[str, tuple[str, ...]] | None]] = [
    ("administration", "site", ("site",), "party", ("party_id",), "", None),
    ("administration_vial", "administration", ("site", "administration"), "administration",
     ("site", "administration"), "", None),
    ("delivery", "shipment", ("from_party", "shipment", "item"), "shipment", ("from_party", "shipment", "item"), "",
     None),
    ("delivery", "to", ("to_party",), "party", ("party_id",), "", None),
    ("dispensing", "pharmacy", ("pharmacy",), "party", ("party_id",), "", None),
    ("donation", "donor", ("donor_key",), "donor", ("donor_key",), "", None),
    ("donation", "centre", ("centre",), "party", ("party_id",), "", None),
    ("donor", "centre", ("centre",), "party", ("party_id",), "", None),
    ("lot", "manufacturer", ("manufacturer",), "party", ("party_id",), "", None),
    ("lot_input", "lot", ("manufacturer", "lot_number", "step"), "lot", ("manufacturer", "lot_number", "step"), "",
     None),
    ("lot_input", "from_pool", ("from_manufacturer", "from_number"), "pool", ("plant", "pool_number"), "",
     ("from_step", ("pool",))),
    ("lot_input", "from_lot", ("from_manufacturer", "from_number", "from_step"), "lot",
     ("manufacturer", "lot_number", "step"), "", ("from_step", STEPS)),
    ("lyophilisation", "plant", ("plant",), "party", ("party_id",), "", None),
    ("lyophilisation_load", "cycle", ("plant", "cycle"), "lyophilisation", ("plant", "cycle"), "", None),
    ("lyophilisation_load", "from_lot", ("plant", "from_lot_number"), "lot", ("manufacturer", "lot_number"), "filled",
     None),
    ("lyophilisation_load", "lot", ("plant", "lot_number"), "lot", ("manufacturer", "lot_number"), "dried", None),
    ("lyophilisation_reading", "cycle", ("plant", "cycle"), "lyophilisation", ("plant", "cycle"), "", None),
    ("pack", "lot", ("manufacturer", "lot_number", "step"), "lot", ("manufacturer", "lot_number", "step"), "", None),
    ("plasma_unit", "donation", ("donation_number",), "donation", ("donation_number",), "", None),
    ("pool", "plant", ("plant",), "party", ("party_id",), "", None),
    ("pool_unit", "pool", ("plant", "pool_number"), "pool", ("plant", "pool_number"), "", None),
    ("pool_unit", "unit", ("unit",), "plasma_unit", ("unit",), "", None),
    ("shipment", "pack", ("gtin", "serial"), "pack", ("gtin", "serial"), "", None),
    ("shipment", "from", ("from_party",), "party", ("party_id",), "", None),
    ("shipment", "to", ("to_party",), "party", ("party_id",), "", None),
    ("test_result", "donation", ("tested_id",), "donation", ("donation_number",), "", ("tested", ("donation",))),
    ("test_result", "donor", ("tested_id",), "donor", ("donor_key",), "", ("tested", ("donor",))),
    ("test_result", "pool", ("tested_id",), "pool", ("pool_number",), "", ("tested", ("pool",))),
    ("test_result", "lot", ("tested_id",), "lot", ("lot_number",), "", ("tested", ("lot",))),
    ("test_result", "laboratory", ("laboratory",), "party", ("party_id",), "", None),
]


@dataclass
class Accepted:
    """Every accepted version by record and key."""

    versions: dict[str, dict[Key, list[Typed]]] = field(default_factory=dict)

    def all(self, record: str) -> Iterator[Typed]:
        """Every version, superseded ones too."""
        for versions in self.versions.get(record, {}).values():
            yield from versions

    def standing(self, record: str) -> Iterator[tuple[Key, Typed]]:
        """Every version that is not superseded."""
        for key in self.versions.get(record, {}):
            for row in self.of(record, key):
                yield key, row

    def of(self, record: str, key: Key) -> list[Typed]:
        """The standing versions of one key."""
        versions = self.versions.get(record, {}).get(key, [])
        best = max((rank(record, row) for row in versions), default=None)
        return [row for row in versions if rank(record, row) == best]


def rank(record: str, row: Typed) -> tuple[int, int]:
    """A declared correction's number, then a result's own status."""
    declared = row["correction"] if row["corrected_by"] and row["correction_reason"] else None
    return int(str(declared or 0)), STATUSES.get(str(row["status"]), 0) if record == "test_result" else 0


def parked(accepted: Accepted) -> Iterator[tuple[str, Key, str]]:
    """Every declared link that is open and leads nowhere."""
    for record, name, columns, target, on, step, scope in LINKS:
        known = {tuple(row[c] for c in on) for row in accepted.all(target) if not step or row["step"] == step}
        for key, row in accepted.standing(record):
            wanted = tuple(row[c] for c in columns)
            if scope and row[scope[0]] not in scope[1]:
                continue
            if None not in wanted and wanted not in known:
                yield record, key, name


def edges(accepted: Accepted) -> dict[Node, set[Node]]:
    """From each node to what it went into."""
    found: dict[Node, set[Node]] = {}
    for _, row in accepted.standing("lot_input"):
        source = (row["from_manufacturer"], row["from_number"], row["from_step"])
        found.setdefault(source, set()).add((row["manufacturer"], row["lot_number"], row["step"]))
    for _, row in accepted.standing("lyophilisation_load"):
        source = (row["plant"], row["from_lot_number"], "filled")
        found.setdefault(source, set()).add((row["plant"], row["lot_number"], "dried"))
    return found


def below(start: Node, ways: dict[Node, set[Node]]) -> set[Node]:
    """Everything that a node went into, through any number of edges."""
    seen: set[Node] = set()
    ahead = list(ways.get(start, ()))
    while ahead:
        node = ahead.pop()
        if node not in seen:
            seen.add(node)
            ahead += ways.get(node, ())
    return seen - {start}


def vials(accepted: Accepted, record: str) -> Iterator[tuple[tuple[str, Key, Node | None, str, str, str | None], int]]:
    """(record, key, lot, basis, state, patient) and vials of each line; without a lot, the basis is what is parked."""
    packed: dict[str, list[Typed]] = {}
    for _, lot in accepted.standing("lot"):
        if lot["step"] == "packed":
            packed.setdefault(lot["lot_number"], []).append(lot)
    for key, row in accepted.standing(record):
        reached = set(_ways(accepted, row, packed.get(row["lot_number"], [])))
        by_pack = {node for node, basis in reached if basis == "pack"}
        for node, basis in reached:
            if basis == "pack" or node is None or node not in by_pack:
                for state, patient in _use(accepted, record, key, row):
                    yield (record, key, node, basis, state, patient), vials_of(row)


def vials_of(row: Typed) -> int:
    """How many vials a line stands for; one at least where it does not say."""
    return 1 if row["vials"] is None else int(row["vials"])


def _ways(accepted: Accepted, row: Typed, packed: list[Typed]) -> Iterator[tuple[Node | None, str]]:
    """The lots of one line, each with its basis; None with the link's name where it leads nowhere."""
    if row["serial"] is None and row["lot_number"] is None:
        yield None, "vial"
    if row["serial"] is not None:
        packs = accepted.of("pack", (str(row["gtin"]), str(row["serial"]))) if row["gtin"] else []
        packs = [pack for pack in packs if pack["manufacturer"] and pack["lot_number"]]
        for pack in packs:
            yield (str(pack["manufacturer"]), str(pack["lot_number"]), "packed"), "pack"
        if not packs:
            yield None, "pack"
    if row["lot_number"] is not None:
        fits = [lot for lot in packed if not lot["gtin"] or not row["gtin"] or lot["gtin"] == row["gtin"]]
        for lot in fits:
            yield (str(lot["manufacturer"]), str(lot["lot_number"]), "packed"), "lot"
        if not fits:
            yield None, "lot"


def _use(accepted: Accepted, record: str, key: Key, row: Typed) -> set[tuple[str, str | None]]:
    """What became of the vials of a line, and the patient's key: one for each that a standing version names."""
    if record == "dispensing":
        return {("dispensed", row["patient_key"] and str(row["patient_key"]))}
    infusions = accepted.of("administration", key[:2])
    state = "not_given" if infusions and all(i["status"] == "not_given" for i in infusions) else "given"
    return {(state, i["patient_key"] and str(i["patient_key"])) for i in infusions} or {(state, None)}
