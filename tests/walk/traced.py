"""The walk's way of what a trace alone asks: a person's vials, what came to a party and was used there;
and up from their lots to all that went into them (docs/questions.md, docs/certificate.md).
"""

from collections.abc import Iterable

from tests.walk import linking
from tests.walk.below import OF_LINES, Below
from tests.walk.ends import EMPTY, PARKED, WITHOUT, End
from tests.walk.linking import Key, Node, nodes, reached
from tests.walk.paths import LINES
from tests.walk.values import Typed
from tests.walk.way import PLACES

PLACED = {  # by which link and column a row tells its place
    "shipment": ("to", "to_party"),
    "delivery": ("to", "to_party"),
    "stock_count": ("party", "party"),
    "vial_fate": ("party", "party"),
    "relabelling": ("party", "party"),
    "dispensing": ("pharmacy", "pharmacy"),
    "reconstitution": ("site", "site"),
    "administration": ("site", "site"),
    "reconstitution_vial": ("preparation", "site"),
    "administration_vial": ("administration", "site"),
}
OF_ANOTHER = {  # of a line its preparation or infusion tells the place
    "reconstitution_vial": ("reconstitution", "preparation"),
    "administration_vial": ("administration", "administration"),
}


class Traced(Below):
    """From a patient or a party to lines, and to all above."""

    def _patient(self, name: str) -> None:
        keys = {(key,) for key in self._keys_of_one({name}, "patient")}
        infusions = self.down("administration", "patient", keys)
        orders = self.down("treatment_order", "patient", keys)
        self.lines |= {("dispensing", key) for key in self.down("dispensing", "patient", keys)}
        given = self.down("administration_vial", "administration", infusions)
        self.lines |= {("administration_vial", key) for key in given}
        self.preparations |= self.down("reconstitution", "order", orders)
        self._below_preparations(alone=False)
        if self.most:
            self._without_vials(("administration", "reconstitution"))
        self._upwards()

    def _party(self, name: str) -> None:
        self.party = name
        for record in LINES:
            self.lines |= {(record, key) for key in self._there(record, name)}
        self._came(self._sent_to(name), name)
        if self.most:
            self._nowhere_known(name)
        for end in self.told.ends if self.most else ():
            infused = end.record in ("administration", "reconstitution")
            if infused and end.sort == WITHOUT and end.key[0] == name:
                self.met.add(end)
                self.open_vials.add(end)
        self._upwards()

    def _nowhere_known(self, name: str) -> None:
        """What tells a place that nobody knows: it may be this one, written wrong."""
        parties = self.told.rows.get("party", {})
        for record, (link, column) in PLACED.items():
            for key, rows in self.told.rows.get(record, {}).items():
                places = {row[column] for row in rows} - {None, name}
                if all((place,) in parties for place in places):
                    continue
                if record in OF_ANOTHER:
                    of, number = OF_ANOTHER[record]
                    known = self.told.rows.get(of, {})
                    if all((key[0], row[number]) in known or not row[number] for row in rows):
                        continue
                self.met.add(End(record, key, link, PARKED))
                if record not in (*PLACES, "relabelling"):
                    self.open_vials.add(End(record, key, link, PARKED))
        for record in ("shipment", "relabelling"):
            link, column = PLACED[record]
            for key, rows in self.told.rows.get(record, {}).items():
                came = self._of("delivery", [key]) if record == "shipment" else []
                if any(not r[column] for r in rows) and not any(r["to_party"] for r in came):
                    self.met.add(End(record, key, link, EMPTY))

    def _there(self, record: str, name: str) -> set[Key]:
        """The rows of a record in whose key a party stands first, by every version."""
        rows = self.told.rows.get(record, {})
        return {key for key in rows if key[0] == name}

    def _sent_to(self, name: str) -> set[Key]:
        """The shipments to a party, and those that were delivered there."""
        return {
            key
            for record in ("shipment", "delivery")
            for key, rows in self.told.rows.get(record, {}).items()
            if any(row["to_party"] == name for row in rows)
        }

    def _came(self, sent: set[Key], name: str) -> None:
        """The packs and lots of what came or was counted or ended there, also those in packages."""
        told = {
            "shipment": sent,
            "delivery": sent,
            "stock_count": self._there("stock_count", name),
            "vial_fate": self._there("vial_fate", name),
            "relabelling": {
                key
                for key, rows in self.told.rows.get("relabelling", {}).items()
                if any(row["party"] == name for row in rows)
            },
        }
        boxes = {str(row["sscc"]) for row in self._of("shipment", sent) if row["sscc"]}
        inside = self._inside(boxes)
        told["package_content"] = {key for key in inside if self._of("package_content", [key])}
        rows = [
            r for record in told if record != "delivery" for r in self._of(record, told[record])
        ]
        self.packs |= {
            (row["gtin"], row["serial"]) for row in rows if row["gtin"] and row["serial"]
        } | {(key[2], key[3]) for key in told["relabelling"]}
        self.keys |= {(record, key) for record, keys in told.items() for key in keys}
        for pack in self.packs:
            for one in reached([pack], self.stock.before):
                self.nodes |= self.stock.packs.get(one, set())
        self.nodes |= {
            lot for row in rows if "new_serial" not in row for lot in self._by_number(row)
        }
        for record, keys in told.items() if self.most else ():
            self.met |= self._nowhere(record, ("pack", "lot", "package", "child", "shipment"), keys)
        if self.most:
            self.met |= self._lacking("package", {(box,) for box in boxes})

    def _inside(self, boxes: set[str]) -> set[Key]:
        """What was in packages, at any depth."""
        found: set[Key] = set()
        while True:
            more = {
                key
                for key, rows in self.told.rows.get("package_content", {}).items()
                if any(row["sscc"] in boxes for row in rows)
            }
            if more <= found:
                return found
            found |= more
            children = {row["child_sscc"] for row in self._of("package_content", more)}
            boxes |= {str(child) for child in children if child}

    def _by_number(self, row: Typed) -> Iterable[Node]:
        """The packed lots of a number that is told without a serial."""
        if row["lot_number"] is None or (row["gtin"] and row["serial"]):
            return ()
        every = nodes(self.told.accepted)
        return {node for node in every if node[1:] == (row["lot_number"], "packed")}

    def _upwards(self) -> None:
        """The lots of the lines, and all that went into them and into what else came."""
        for record, key in self.lines:
            self.nodes |= self._lots(record, key)
            if self.shown and (record, key) in self.shown.lines:
                ends = self._ends_of(record, key)
                self.met |= {e for e in ends if e.sort == PARKED and e.link in OF_LINES}
        if self.most:
            self._of_unknown_packs()
        into = linking.turned(linking.edges(self.told.accepted))
        self.above |= reached((self.shown or self).nodes, into)
        pools: set[Key] = {node[:2] for node in self.above if node[2] == "pool"}
        pooled = {key for key in self.told.rows.get("pool_unit", {}) if key[:2] in pools}
        units: set[Key] = {(key[2],) for key in pooled}
        given = {(row["donation_number"],) for row in self._of("plasma_unit", units)}
        self.donations |= {(str(number),) for (number,) in given if number}
        if self.most:
            self.met_above |= self._nowhere("pool_unit", ("unit",), pooled)
            self.met_above |= self._nowhere("plasma_unit", ("donation",), units)
            self.met_above |= self._nowhere("donation", ("donor",), self.donations)
            self._untold(pools)

    def _untold(self, pools: set[Key]) -> None:
        """Pools, lots and donations of which nobody tells what went into them, or whose they are."""
        for end in self.told.ends:
            if end.sort == WITHOUT and (
                (end.record == "lot" and end.key in self.above)
                or (end.record == "pool" and end.key in pools)
                or self._is_rowless(end)
            ):
                self.met_above.add(end)

    def _is_rowless(self, end: End) -> bool:
        return end[:3:2] == ("donation", "donation") and end.key in self.donations
