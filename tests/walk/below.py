"""The walk's way below the lots: their packs, lines of vials, patients, and where packs are."""

from collections.abc import Iterable

from tests.walk import left_out
from tests.walk import vials as lines
from tests.walk.above import Above
from tests.walk.ends import AWAITED, EMPTY, PARKED, REFUSED, WITHOUT, End
from tests.walk.linking import EDGES, NAMES, Key, Node, nodes, reached
from tests.walk.linking import _node as node_of
from tests.walk.paths import LINES
from tests.walk.values import Typed, values
from tests.walk.way import ABOVE, PLACES, SINGLE, SURE, beside

OF_LINES = ("pack", "lot", "vial", "preparation")
OPENING = {*LINES, "relabelling"}  # rows that leave vials open where nothing of them can be read
UPS = (
    ("dispensing", "patient"),
    ("administration_vial", "administration"),
    ("administration_vial", "preparation"),
    ("reconstitution_vial", "preparation"),
)


class Below(Above):
    """What was made of pools and lots."""

    def _packs(self) -> None:
        """The packs of the lots, under every name."""
        found = self.down("pack", "lot", self.nodes)
        self.packs |= {(gtin, serial) for gtin, serial in found}
        later: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for row in self._relabelled():
            later.setdefault((row["gtin"], row["serial"]), set()).add(
                (row["new_gtin"], row["new_serial"])
            )
        self.packs |= reached(self.packs, later)

    def _relabelled(self) -> list[Typed]:
        return [
            row
            for key, rows in self.told.rows.get("relabelling", {}).items()
            for row in rows
            if self.mode != SURE or self._sure("relabelling", key, [])
        ]

    def _lots(self, record: str, key: Key) -> set[Node]:
        """The lots of a line by every version."""
        found = set()
        for row in self.told.rows.get(record, {}).get(key, []):
            found |= {lot for lot, _ in lines.lots(record, row, self.stock) if lot}
        return found

    def _named_by_lines(self) -> None:
        """The lots of a pack whose record tells none: those of the lines that name it."""
        for record in LINES:
            for key, rows in self.told.rows.get(record, {}).items():
                if any((row["gtin"], row["serial"]) in self.packs for row in rows):
                    self.nodes |= self._lots(record, key)

    def _lines(self) -> None:
        """The lines by pack, by lot and by preparation; and those that reach no lot."""
        for record in LINES:
            self.lines |= {
                (record, key)
                for key, rows in self.told.rows.get(record, {}).items()
                if self._reaches(record, key, rows)
            }
            for end in self.told.ends if self.most else ():
                if end[0] == record and end.sort == PARKED and end.link in OF_LINES:
                    self._floating(end)
        self.preparations |= {key[:2] for record, key in self.lines if "reconst" in record}
        if self.question == "pack" or self.most:
            self._below_preparations(alone=True)
        if self.most:
            self._of_unknown_packs()
            self._of_unknown_preparations()
            self._without_vials(("administration", "reconstitution"))

    def _reaches(self, record: str, key: Key, rows: list[Typed]) -> bool:
        named = any((row["gtin"], row["serial"]) in self.packs for row in rows)
        if self.question == "pack":
            return named or (self.most and self._of_no_pack(record, key, rows))
        return (self.most and named) or bool(self._lots(record, key) & self.nodes)

    def _floating(self, end: End) -> None:
        """A line that reaches no lot, unless it cannot be the answer's."""
        line = end.record, end.key
        rows = self.told.rows[end.record].get(end.key, [])
        ways = {way for row in rows for way in lines.lots(end.record, row, self.stock)}
        if end.link == "preparation" and any(lot and how != "hand" for lot, how in ways):
            return  # it lacks how it was prepared, and no lot
        if line in self.lines:
            self.met.add(end)
        elif self._let_in(end):
            self.lines.add(line)

    def _ends_of(self, record: str, key: Key) -> set[End]:
        return {end for end in self.told.ends if (end.record, end.key) == (record, key)}

    def _of_no_pack(self, record: str, key: Key, rows: list[Typed]) -> bool:
        """Whether a line of the lot of the pack asked about names no pack that is known; or one that it
        was relabelled from.
        """
        ways = {way for row in rows for way in lines.lots(record, row, self.stock)}
        if any((row["gtin"], row["serial"]) in self.before for row in rows):
            if (
                self._lots(record, key) and (None, "pack") not in ways
            ):  # else it is parked, and said so
                self.met.add(End(record, key, "pack", EMPTY))
            return True
        if not self._lots(record, key) & self.nodes:
            return False
        unnamed = any(
            row["gtin"] is None
            or row["serial"] is None
            or not reached([(row["gtin"], row["serial"])], self.stock.before) & {*self.stock.packs}
            for row in rows
        )
        if "disagreement" in {basis for _, basis in ways}:
            return unnamed or any(
                lot in self.nodes and basis == "disagreement" for lot, basis in ways
            )
        if unnamed and {r["serial"] for r in rows} == {None} and self._by_preparation(record, rows):
            return False
        if record == "administration_vial" and any(self._of_a_bag(row) for row in rows):
            return True  # counted with what was prepared beside it
        if unnamed and (None, "pack") not in ways:
            self.met.add(End(record, key, "pack", EMPTY))
        return unnamed

    def _of_a_bag(self, row: Typed) -> bool:
        """Whether a line names no pack, and a preparation with a line of the pack asked about."""
        bag = row["site"], row["preparation"]
        return row["serial"] is None and any(
            (one["site"], one["preparation"]) == bag and (one["gtin"], one["serial"]) in self.packs
            for one in self._rows("reconstitution_vial")
        )

    def _by_preparation(self, record: str, rows: list[Typed]) -> bool:
        return record == "administration_vial" and all(
            row["lot_number"] is None and row["preparation"] is not None for row in rows
        )

    def _below_preparations(self, *, alone: bool) -> None:
        """What was given by the preparations that were reached; alone: where a line names nothing
        else. Else what was prepared in them, too.
        """
        if not alone:
            inside = self.down("reconstitution_vial", "preparation", self.preparations)
            given = self.down("administration_vial", "preparation", self.preparations)
            self.lines |= {("reconstitution_vial", key) for key in inside}
            self.lines |= {("administration_vial", key) for key in given}
            return
        for key, rows in self.told.rows.get("administration_vial", {}).items():
            if any(
                row["serial"] is None
                and (row["lot_number"] is None or (self.question == "pack" and self._of_a_bag(row)))
                and (row["site"], row["preparation"]) in self.preparations
                for row in rows
            ):
                self.lines.add(("administration_vial", key))

    def _of_unknown_packs(self) -> None:
        """A line that reaches a lot by its number, and names a pack that nobody knows."""
        for record, key in self.lines:
            rows = self.told.rows.get(record, {}).get(key, [])
            ways = {way for row in rows for way in lines.lots(record, row, self.stock)}
            if (None, "pack") in ways and any(lot in self.nodes for lot, _ in ways):
                self.met.add(End(record, key, "pack", PARKED))
                self.unplaced.add((record, key))

    def _of_unknown_preparations(self) -> None:
        """What was prepared in nobody knows what: its vials may have been given by any preparation."""
        lost = {
            end
            for end in self.told.by_link.get(("reconstitution_vial", "preparation"), [])
            if end.sort == PARKED and (end.record, end.key) in self.lines
        }
        self.met |= lost

    def _without_vials(self, records: tuple[str, ...]) -> None:
        """Infusions and preparations of which nobody tells what was given, or was in them."""
        for end in self.told.ends:
            if end.sort == WITHOUT and end.record in records and self._let_in(end):
                self.open_vials.add(end)

    def _patients(self) -> None:
        """To whom they went: an end of these adds a patient, and no line."""
        if not self.most:
            return
        infusions = {key[:2] for record, key in self.lines if record == "administration_vial"}
        bags = {key[:2] for record, key in self.lines if record == "reconstitution_vial"}
        orders: set[Key] = {
            (str(row["site"]), str(row["treatment_order"]))
            for row in self._of("reconstitution", bags)
        }
        reach: dict[tuple[str, str], set[Key]] = {
            **{up: {key for record, key in self.lines if record == up[0]} for up in UPS},
            ("administration", "patient"): infusions,
            ("reconstitution", "order"): bags,
            ("treatment_order", "patient"): orders,
        }
        for (record, link), keys in reach.items():
            self.keys |= {(record, key) for key in keys}
            for end in self.told.by_link.get((record, link), []):
                # A line that names its pack or lot lacks nothing without a preparation.
                aside = (record, link) == ("administration_vial", "preparation")
                if end.key in keys and end.sort in ((PARKED,) if aside else (PARKED, EMPTY)):
                    self.met.add(end)
                    self.nameless.add(end)
                    if aside and not self._is_filled(end.key):
                        self.open_prepared.add(end)

    def _is_filled(self, key: Key) -> bool:
        """Whether each preparation that a line names has a vial that is known."""
        named = {(r["site"], r["preparation"]) for r in self._of("administration_vial", [key])}
        filled = {vial[:2] for vial in self.told.rows.get("reconstitution_vial", {})}
        return all(bag in filled for bag in named if bag[1])

    def _places(self) -> None:
        """Where their packs are: an end of these adds nothing to a figure of vials."""
        if not self.most:
            return
        if self.question in SINGLE:
            self._before()
            return
        for end in self.told.ends:
            if end.record in {"relabelling", *PLACES} and end.sort in (EMPTY, PARKED):
                # Under which other name lines may be of a pack of the answer nobody knows.
                if self._let_in(end) and (end.record, end.link) == ("relabelling", "pack"):
                    self.open_vials.add(end)
            elif (end.record, end.sort) == ("package", WITHOUT):
                self.met.add(end)
        if self.question == "pack":
            self._labels_untold()

    def _before(self) -> None:
        """What is not told of the packs of single lines, or of what came to a party: their lots, and what
        they were before.
        """
        lines = self.lines | {one for line in self.lines for one in beside(self.told, *line)}
        rows = [row for record, key in lines for row in self._of(record, [key])]
        named = {(row["gtin"], row["serial"]) for row in rows if row["gtin"] and row["serial"]}
        before = reached(named | self.packs, self.stock.before)
        renames = self.told.rows.get("relabelling", {})
        self.met |= self._nowhere("pack", ("lot",), before)
        self.met |= self._nowhere("relabelling", ("pack",), {k for k in renames if k[2:] in before})
        for key in renames:
            end = End("relabelling", key, "new_pack", PARKED)
            # To a party packs of any product came.
            if not self._of("pack", [key[2:]]) and (self.question == "party" or self._let_in(end)):
                self.met.add(end)

    def _nowhere(self, record: str, links: Iterable[str], keys: Iterable[Key]) -> set[End]:
        """The ends of rows by some links."""
        these = {(*key,) for key in keys}
        return {
            end
            for link in links
            for end in self.told.by_link.get((record, link), [])
            if end.key in these and end.sort in (EMPTY, PARKED)
        }

    def _labels_untold(self) -> None:
        """Labels of which no pack record came: each may be that of the pack asked about, written wrong."""
        for key in self.told.rows.get("relabelling", {}):
            end = End("relabelling", key, "new_pack", PARKED)
            if not self._of("pack", [key[2:]]) and self._let_in(end):
                self.open_vials.add(end)

    def _under_other_lots(self) -> None:
        """Packs that became one of another lot, or of none that is told: by that lot's number alone
        lines may be of them. Of what no record of a pack tells, nobody knows which it became.
        """
        lots = {node[:2] for node in self.nodes if node[2] == "packed"}
        became = {key for key in self.told.rows.get("relabelling", {}) if key[:2] in self.packs}
        for key in became:
            name = key[2:]
            if not self._of("pack", [name]):
                self.met.add(End("relabelling", key, "new_pack", PARKED))
                self.open_vials.add(End("relabelling", key, "new_pack", PARKED))
            told = [(r["manufacturer"], r["lot_number"]) for r in self._of("pack", [name])]
            if any(lot not in lots for lot in told):
                sort = EMPTY if any(None in lot for lot in told) else PARKED
                end = End("pack", name, "lot", sort)
                self.met.add(end)
                self.open_vials.add(end)

    def _earlier_labels(self) -> None:
        """Lines that tell an earlier label of a pack of these lots, and reach none of them."""
        mine = {(str(gtin), str(serial)) for gtin, serial in self.down("pack", "lot", self.nodes)}
        # Labels of which no pack record came may be written wrong, and be of these.
        untold: set[tuple[str, str]] = set()
        for key in self.told.rows.get("relabelling", {}):
            end = End("relabelling", key, "new_pack", PARKED)
            other = left_out.of_end(self.told.accepted, self.walked(), end)
            if not self._of("pack", [key[2:]]) and not other:
                untold |= {(key[0], key[1]), (key[2], key[3])}
        before = reached(mine | untold, self.stock.before) - mine
        for record in LINES:
            for key, rows in self.told.rows.get(record, {}).items():
                named = any((row["gtin"], row["serial"]) in before for row in rows)
                if named and not self._lots(record, key) & self.nodes:
                    self.met.add(End(record, key, "earlier_label", PARKED))
                    self.open_vials.add(End(record, key, "earlier_label", PARKED))

    def _uncounted(self) -> None:
        """Lines that do not say how many vials they stand for."""
        for record, key in self.lines:
            if any(lines.may_be_more(self.told.accepted, r) for r in self._of(record, [key])):
                self.met.add(End(record, key, "vials", EMPTY))
                self.open_vials.add(End(record, key, "vials", EMPTY))

    def _awaited(self) -> None:
        """What is awaited may be of anything."""
        for end in self.told.ends:
            if end.sort == AWAITED and end.record in self.on_path and not self._elsewhere(end):
                self._opened(end)

    def _opened(self, end: End) -> None:
        if end.record and end.record not in self.downwards:
            if self._goes_into(end):
                self.met_above.add(end)
            return
        self.met.add(end)
        if self.question in SINGLE and end.record == "relabelling":
            return  # it tells what a pack was before, and adds no vial
        if end.record in ABOVE:
            self.open_lots.add(end)
        elif end.record in OPENING:
            self.open_vials.add(end)

    def _unread(self) -> None:
        """Rows of the path that were refused may be of anything, but what their labels tell."""
        texts = {(row.file, str(row.line)): row for row in self.told.refused}
        for end in self.told.ends:
            if end.sort != REFUSED or end.record not in self.on_path:
                continue
            text = texts[end.key[0], end.key[1]].text
            row = values(end.record, text) if text else None
            if row and end.record in LINES and (row["serial"] or row["lot_number"]):
                self._labelled(end, row)
            elif row and end.record in self.downwards and (made := self._made_of(end.record, row)):
                self._leading_to(end, made)
            else:
                self._opened(end)

    def _made_of(self, record: str, row: Typed) -> Node | None:
        """The pool or lot that a refused row says that something went into, where it is a known one."""
        if record not in EDGES and record != "pool_unit":
            return None
        made = node_of(row, EDGES[record][1] if record in EDGES else NAMES[record])
        return made if made in nodes(self.told.accepted) else None

    def _leading_to(self, end: End, made: Node) -> None:
        """A refused row that tells what was made: that may be the answer's, and nothing else."""
        accepted, walked = self.told.accepted, self.walked()
        why = (
            left_out.of_pool(accepted, walked, made[:2])
            if end.record == "pool_unit"
            else left_out.of_lot(accepted, walked, made, end.record)
        )
        if why and made not in self.nodes and end.record not in self.loads:
            self.out[end] = why
        else:
            self.met.add(end)
            self.nodes.add(made)

    def _labelled(self, end: End, row: Typed) -> None:
        """A refused line of vials by its label: a line of the lots that it leads to, or of any."""
        if self.question in SINGLE:
            self._opened(end)
            return
        lots = {lot for lot, _ in lines.lots(end.record, row, self.stock) if lot}
        why = left_out.of_label(self.told.accepted, self.walked(), row, lots)
        if why:
            self.out[end] = why
        elif not row["vials"]:
            self._opened(end)
        else:
            self.met.add(end)
            self.refused[end] = int(row["vials"])
