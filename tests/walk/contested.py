"""The walk's reading of which contested keys an answer touches: docs/certificate.md, "Contested"."""

from collections.abc import Iterable, Iterator

from tests.walk.ends import CONTESTED, End
from tests.walk.linking import EDGES, Accepted, Key, Node, reached
from tests.walk.linking import _node as node_of
from tests.walk.paths import LINES, RECORDS
from tests.walk.values import Typed
from tests.walk.way import SINGLE, Answer, Told, beside

Pack = tuple[object, object]
TELL = (
    "pack",
    "relabelling",
    "package_content",
    "shipment",
    "delivery",
    "stock_count",
    "vial_fate",
)


def touched(told: Told, question: str, shown: Answer) -> set[End]:
    """Each contested key that an answer touches. shown: the answer itself, every version walked."""
    every = {*_every(told.accepted)}
    found = {at for at in every if _above(told, question, shown, *at)}
    found |= every & {*_of_lines(told, shown)}
    if question in SINGLE:
        found |= every & _of_their_packs(told, shown)
    else:
        packs = Packs(told.accepted, question, shown)
        found |= {at for at in every if at[0] in (*TELL, *LINES) and packs.told_by(*at)}
    return {End(record, key, "", CONTESTED) for record, key in found}


def _every(accepted: Accepted) -> Iterator[tuple[str, Key]]:
    for record, keys in accepted.versions.items():
        for key in keys:
            if len(accepted.of(record, key)) > 1 or accepted.possible(record, key):
                yield record, key


def _above(told: Told, question: str, shown: Answer, record: str, key: Key) -> bool:
    """Whether below a version of a row above packs hangs something that is shown."""
    rows = told.rows[record].get(key, [])
    nodes = shown.nodes | shown.above
    if record == "lot":
        alike = key[2] == "packed" and key[1] in {node[1] for node in nodes}
        return alike or any(node_of(row, "manufacturer lot_number step") in nodes for row in rows)
    if record not in RECORDS[question]:
        return False
    if record in EDGES:
        return any(node_of(row, EDGES[record][1]) in nodes for row in rows)
    if record == "pool_unit":
        return any((row["plant"], row["pool_number"], "pool") in nodes for row in rows)
    if record == "plasma_unit" and question in SINGLE:
        # There its donation is on the way up alone: which others were ever of it is not asked.
        put_in = told.accepted.all("pool_unit")
        return any(
            r["unit"] == key[0] and (r["plant"], r["pool_number"], "pool") in nodes for r in put_in
        )
    if record == "plasma_unit":
        return any((row["donation_number"],) in shown.donations for row in rows)
    if record == "donation":
        return key in shown.donations
    if record == "minipool_member":
        return any((row["member"],) in shown.donations for row in rows)
    return record not in (*TELL, *LINES, *WHOSE) and (record, key) in shown.keys


WHOSE = ("administration", "treatment_order")


def _of_lines(told: Told, shown: Answer) -> Iterator[tuple[str, Key]]:
    """The lines, and what says whose they were."""
    for record, key in shown.lines:
        yield record, key
        if record == "dispensing":
            continue
        bags = {(str(r["site"]), str(r["preparation"])) for r in told.rows[record].get(key, [])}
        if record == "administration_vial":
            yield "administration", key[:2]
            yield from beside(told, record, key)
        for bag in bags:
            yield "reconstitution", bag
            for row in told.rows.get("reconstitution", {}).get(bag, []):
                if record == "reconstitution_vial":
                    yield "treatment_order", (str(row["site"]), str(row["treatment_order"]))


def _of_their_packs(told: Told, shown: Answer) -> set[tuple[str, Key]]:
    """The packs that lines or what came name, what these were before, and what tells of these."""
    named = {
        (str(row["gtin"]), str(row["serial"]))
        for line in shown.lines
        for record, key in (line, *beside(told, *line))
        for row in told.accepted.of(record, key)
        if row["gtin"] and row["serial"]
    }
    packs = reached(named | shown.packs, told.stock.before)
    became = {key for key in told.rows.get("relabelling", {}) if key[2:] in packs}
    found = {("pack", pack) for pack in packs} | {("relabelling", key) for key in became}
    return found | {(record, key) for record, key in shown.keys if record in TELL}


class Packs:
    """The packs of an answer, and which versions tell of them, or may."""

    def __init__(self, accepted: Accepted, question: str, shown: Answer) -> None:
        """Look up the packs of each lot, and what was relabelled to what."""
        self.accepted, self.alone = accepted, question == "pack"
        self.numbers = {node[1] for node in shown.nodes}
        self.lots: dict[Pack, set[Node]] = {}
        for _, row in accepted.standing("pack"):
            if row["manufacturer"] and row["lot_number"]:
                lot = (row["manufacturer"], row["lot_number"], "packed")
                self.lots.setdefault((row["gtin"], row["serial"]), set()).add(lot)
        self.names: dict[Pack, set[Pack]] = {}
        for _, row in accepted.standing("relabelling"):
            old, new = (row["gtin"], row["serial"]), (row["new_gtin"], row["new_serial"])
            self.names.setdefault(old, set()).add(new)
            self.names.setdefault(new, set()).add(old)
        self.shown = shown
        self.asked = {pack for key in shown.keys if key[0] == "pack" for pack in [(*key[1],)]}

    def told_by(self, record: str, key: Key) -> bool:
        """Whether a version tells of one of them, or may."""
        return any(self._may_be(told) for told in self._told(record, key))

    def _told(self, record: str, key: Key) -> Iterator[Typed]:
        nothing = dict.fromkeys(("gtin", "serial", "lot_number", "sscc"))
        if record == "relabelling":
            yield {**nothing, "gtin": key[0], "serial": key[1]}
            yield {**nothing, "gtin": key[2], "serial": key[3]}
            return
        if record == "delivery":
            record = "shipment"
            if not self.accepted.of(record, key):
                yield nothing
        for row in self.accepted.of(record, key):
            said = {**nothing, **{c: row[c] for c in nothing if c in row}}
            if record == "pack":
                said["lot_number"] = None
            if record == "package_content":
                said["sscc"] = row["child_sscc"]
            if record == "administration_vial" and self._by_preparation(row):
                continue
            yield said

    def _by_preparation(self, row: Typed) -> bool:
        known = {key[:2] for key, _ in self.accepted.standing("reconstitution_vial")}
        alone = row["serial"] is None and row["lot_number"] is None
        return alone and (row["site"], row["preparation"]) in known

    def _may_be(self, told: Typed) -> bool:
        inside = [*self._inside(told["sscc"])]
        if any(self._is(one) for one in (told, *inside)):
            return True
        return any(self._is_nothing(one) for one in inside) or (
            self._is_nothing(told) and (told["sscc"] is None or not inside)
        )

    def _is(self, told: Typed) -> bool:
        known, ours = self._known((told["gtin"], told["serial"]))
        return ours or (told["lot_number"] in self.numbers and not (known and self.alone))

    def _is_nothing(self, told: Typed) -> bool:
        """Whether it names nothing that is known: then it may be of any pack."""
        return told["lot_number"] is None and not self._known((told["gtin"], told["serial"]))[0]

    def _known(self, pack: Pack) -> tuple[bool, bool]:
        """Whether a pack is known, under any name, and whether it is one of the answer's."""
        if None in pack:
            return False, False
        names: Iterable[Pack] = reached([pack], self.names)
        lots = set[Node]().union(*(self.lots.get(name, set()) for name in names))
        if self.alone:
            return bool(lots), bool(lots) and any(name in self.asked for name in names)
        return bool(lots), bool(lots & self.shown.nodes)

    def _inside(self, sscc: object) -> Iterator[Typed]:
        seen, ahead = set[object](), {sscc} - {None}
        while ahead - seen:
            seen |= ahead
            rows = [r for _, r in self.accepted.standing("package_content") if r["sscc"] in seen]
            ahead = {row["child_sscc"] for row in rows} - {None}
        for _, row in self.accepted.standing("package_content"):
            if row["sscc"] in seen and (row["serial"] or row["lot_number"]):
                yield {**row, "sscc": None}
