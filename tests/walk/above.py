"""The walk's way from what is above the packs: persons, donations, minipools, results and runs, down to
pools and lots.
"""

from tests.walk import left_out
from tests.walk.ends import EMPTY, PARKED, REFUSED, RUNS, WITHOUT, End, Value
from tests.walk.linking import EDGES, Key, Node, nodes, reached
from tests.walk.linking import _node as node_of
from tests.walk.values import values
from tests.walk.way import SURE, Way

OUTPUTS = {"filling_load": {"filled"}, "lyophilisation_load": {"dried"}}
TREATED = {"paste", "bulk", "filled", "dried"}


class Above(Way):
    """What leads to pools and lots."""

    def _of_persons(self, keys: set[str]) -> set[Key]:
        """The donations of a person, by any key."""
        known = self._keys_of_one(keys, "donor")
        return self.down("donation", "donor", {(k,) for k in known}) | self._rowless()

    def _keys_of_one(self, keys: set[str], kind: str) -> set[str]:
        """All keys of a person."""
        known = {*keys}
        while True:
            said = self.down("same_person", "one", {(k,) for k in known})
            said |= self.down("same_person", "other", {(k,) for k in known})
            more = {
                key
                for statement in said
                for row in self.told.rows["same_person"].get(statement, [])
                if row["kind"] == kind and row["status"] == "stated"
                for key in (row["one_key"], row["other_key"])
                if key
            }
            self._half_told(said, known)
            if more <= known:
                return known
            known |= more

    def _rowless(self) -> set[Key]:
        """Donations whose rows have not come, and which so may be anybody's, given anywhere."""
        ends = self._lacking("donation", {e.key for e in self.told.ends}, "donation")
        if not self.most:
            return set()
        self.met |= ends
        return {end.key for end in ends}

    def _half_told(self, said: set[Key], known: set[str]) -> None:
        """A statement that names one of these and no other, or nobody, leads anywhere."""
        for end in self.told.by_link.get(("same_person", "one"), []) + self.told.by_link.get(
            ("same_person", "other"), []
        ):
            rows = self.told.rows["same_person"].get(end.key, [])
            named = {k for row in rows for k in (row["one_key"], row["other_key"]) if k}
            lacks = end.sort in (EMPTY, PARKED) and end.key in said
            # Of whichever kind it says that they are: nobody of that kind has a parked key.
            astray = end.sort == PARKED and named & known
            if self.most and (astray or (lacks and (named & known or not named))):
                self.open_lots.add(end)
                self.met.add(end)

    def _of_minipools(self, start: set[Value]) -> set[Key]:
        """The donations whose samples are in some minipools, or in smaller ones."""
        pools: set[Value] = set()
        ahead, found = set(start), set()
        while ahead - pools:
            pools |= ahead
            members = self.down("minipool_member", "minipool", pools)
            found |= self._only(self.up("minipool_member", "donation", members))
            ahead = self.up("minipool_member", "smaller", members)
        if self.most:
            found |= self._untested(pools)
            told = {(row["minipool"],) for row in self._rows("minipool_member")}
            empty = {
                End("minipool", (str(p[0]),), "minipool_member.minipool", WITHOUT)
                for p in pools - told
            }
            self.met |= empty
            self.open_lots |= empty
        return found

    def _untested(self, walked: set[Value]) -> set[Key]:
        """The donations of minipools that nobody tested, of which one was pooled all the same."""
        found: set[Key] = set()
        for end in self.told.ends:
            if (end.record, end.link) != ("minipool", "minipool_member.smaller"):
                continue
            inside: set[Key] = set()
            ahead, seen = {str(end.key[0])}, set[str]()
            while ahead := ahead - seen:
                seen |= ahead
                rows = [row for row in self._rows("minipool_member") if row["minipool"] in ahead]
                inside |= {(str(r["member"]),) for r in rows if r["member_kind"] == "donation"}
                ahead = {str(r["member"]) for r in rows if r["member_kind"] == "minipool"}
            units = {
                r["unit"] for r in self._rows("plasma_unit") if (r["donation_number"],) in inside
            }
            if end.key not in walked and any(r["unit"] in units for r in self._rows("pool_unit")):
                self.met.add(end)
                found |= inside
        return found

    def _of_results(self, results: set[Key]) -> None:
        donations = self._only(self.up("test_result", "donation", results))
        pools = self.up("test_result", "minipool", results)
        donations |= self._of_minipools(pools) if pools or self.most else set()
        donors = {str(v[0]) for v in self.up("test_result", "donor", results)}
        donations |= self._of_persons(donors) if donors else set()
        tested = self.up("test_result", "pool", results), self.up("test_result", "lot", results)
        self.nodes |= {
            node for node in nodes(self.told.accepted) if (node[1],) in tested[node[2] != "pool"]
        }
        self._from_donations(donations)

    def _from_donations(self, donations: set[Key]) -> None:
        self.donations |= donations
        self.units |= self.down("plasma_unit", "donation", self.donations)
        pooled = self.down("pool_unit", "unit", {(unit,) for (unit,) in self.units})
        self.nodes |= {(plant, number, "pool") for plant, number, _ in pooled}
        if not self.most:
            return
        self.met |= self._lacking("donation", self.donations, "plasma_unit.donation")
        for end in self.told.ends:
            if (end.record, end.sort) != ("pool", WITHOUT):
                continue
            if why := left_out.of_pool(self.told.accepted, self.walked(), end.key):
                self.out[end] = why
            else:
                self.met.add(end)
                self.nodes.add((end.key[0], end.key[1], "pool"))

    def _runs(self, record: str) -> set[Key]:
        """Every run that a record or a load names."""
        loads = self.told.rows.get(RUNS[record], {})
        return {*self.told.rows.get(record, {}), *(key[:2] for key in loads)}

    def _of_runs(self, runs: set[tuple[str, Key]], records: tuple[str, ...]) -> None:
        """The lots that were in some runs, as they came out."""
        for record in records:
            load = RUNS[record]
            self.loads.add(load)
            these = {key for of, key in runs if of == record}
            link = "cycle" if record == "lyophilisation" else "batch"
            inside = self.down(load, link, these)
            self.nodes |= {node_of(row, EDGES[load][1]) for row in self._of(load, inside)}
            self.keys |= {(record, key) for key in these}
            if self.most:
                empty = self._lacking(record, these)
                self.met |= empty
                self.open_lots |= empty
        for record in records if self.most else ():
            for end in self._lots_without():
                # What a run is made with serves several makers and products.
                if end.key[2] in OUTPUTS.get(RUNS[record], TREATED):
                    self.met.add(end)
                    self.nodes.add((end.key[0], end.key[1], end.key[2]))

    def _below(self) -> None:
        """All lots that were made of what was reached."""
        ways: dict[Node, set[Node]] = {}
        for record, (source, target) in EDGES.items():
            for key, rows in self.told.rows.get(record, {}).items():
                if self.mode != SURE or self._sure(record, key, []):
                    for row in rows:
                        start, end = node_of(row, source), node_of(row, target)
                        ways.setdefault(start, set()).add(end)
                        if start in self.nodes:
                            self.keys.add((record, key))
        self.nodes |= reached(self.nodes, ways)
        if self.most and self.nodes:
            self._without_inputs()
            self._unknown_pools()
            self.nodes |= reached(self.nodes, ways)

    def _unknown_pools(self) -> None:
        """A pool that only what was made of it names may be one that was reached."""
        if not any(node[2] == "pool" for node in self.nodes):
            return
        for end in self.told.ends:
            known = (
                end.record != "pool"
                or end.sort != WITHOUT
                or self.told.accepted.of("pool", end.key)
            )
            if not known:
                self._take(end, (end.key[0], end.key[1], "pool"))

    def _take(self, end: End, node: Node) -> None:
        """Let a pool or lot in, unless it cannot be of what was reached."""
        if node in self.nodes:
            return
        if why := left_out.of_lot(self.told.accepted, self.walked(), node):
            self.out[end] = why
        else:
            self.met.add(end)
            self.nodes.add(node)

    def _lots_without(self) -> set[End]:
        return {end for end in self.told.ends if (end.record, end.sort) == ("lot", WITHOUT)}

    def _without_inputs(self) -> None:
        """The lots of which nobody tells what went into them may be made of anything."""
        for end in self._lots_without():
            self._take(end, (end.key[0], end.key[1], end.key[2]))

    def _goes_into(self, end: End) -> bool:
        """Whether a row that was refused, or is awaited, may tell what went into what a trace shows."""
        texts = {(row.file, str(row.line)): row.text for row in self.told.refused}
        text = texts[end.key[0], end.key[1]] if end.sort == REFUSED else None
        row = values(end.record, text) if text else None
        columns = EDGES[end.record][1] if end.record in EDGES else ""
        if row is None or not (columns or end.record == "pool_unit"):
            return True
        made = node_of(row, columns) if columns else (row["plant"], row["pool_number"], "pool")
        return made in self.above or made not in nodes(self.told.accepted)
