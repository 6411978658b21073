"""The walk's answers at most, and sure: what a question reaches with every open end that could belong,
and what it reaches whatever they are (docs/certificate.md).
"""

from tests.walk.ends import PARKED
from tests.walk.linking import Key, Node, nodes, reached
from tests.walk.traced import Traced
from tests.walk.way import MOST, PLAIN, SINGLE, SURE, Answer, Told

__all__ = ["MOST", "PLAIN", "SURE", "Answer", "Told", "answer"]


def answer(told: Told, question: str, name: str, mode: str = MOST) -> Answer:
    """What a question reaches. It is gone again until nothing more is let in."""
    walk = _Question(told, question, mode)
    if mode == MOST and question in ("patient", "party"):
        walk.shown = answer(told, question, name, PLAIN)
    size = -1
    while size != walk.size():
        size = walk.size()
        walk.out.clear()
        walk.go(name)
    walk.look_again()
    return walk


class _Question(Traced):
    """Where each question begins, and how it goes on."""

    def go(self, name: str) -> None:
        """Once along the path."""
        start = getattr(self, "_" + self.question.replace("-", "_"))
        start(name)
        if self.question not in SINGLE:
            if self.question != "pack":
                self._below()
                self._packs()
            self._lines()
        self._patients()
        self._places()
        if self.most:
            self._awaited()
            self._unread()

    def look_again(self) -> None:
        """What only the whole answer tells."""
        if self.most and self.question not in SINGLE:
            self._under_other_lots()
            if self.question != "pack":
                self._earlier_labels()
        if self.most:
            self._uncounted()

    def _donor(self, name: str) -> None:
        self._from_donations(self._of_persons({name}))

    def _donation(self, name: str) -> None:
        self._from_donations({(name,)})

    def _minipool(self, name: str) -> None:
        self._from_donations(self._of_minipools({(name,)}))

    def _centre(self, name: str) -> None:
        self._from_donations(self.down("donation", "centre", {(name,)}) | self._rowless())

    def _pool(self, name: str) -> None:
        self.nodes |= {node for node in self._named(name) if node[2] == "pool"}

    def _lot(self, name: str) -> None:
        self.nodes |= self._named(name)

    def _named(self, name: str) -> set[Node]:
        """Pools and lots of a name: NUMBER, MAKER/NUMBER or MAKER/NUMBER/STEP."""
        parts = name.split("/")
        return {
            node for node in nodes(self.told.accepted) if parts in ([node[1]], [*node[:2]], [*node])
        }

    def _pack(self, name: str) -> None:
        gtin, serial = name.split("/")
        later: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for row in self._relabelled():
            later.setdefault((row["gtin"], row["serial"]), set()).add(
                (row["new_gtin"], row["new_serial"])
            )
        self.packs |= reached([(gtin, serial)], later)
        before = reached([(gtin, serial)], self.stock.before)
        lots = self.up("pack", "lot", before)
        self.nodes |= {(str(v[0]), str(v[1]), "packed") for v in lots if None not in v}
        self.before |= before - self.packs
        for one in before:
            self.nodes |= self.stock.packs.get(one, set())
        self.keys.add(("pack", (gtin, serial)))
        if not self.nodes:
            self._named_by_lines()

    def _kit_lot(self, name: str) -> None:
        self._of_results(
            self.down("test_result", "kit_lot", self.written("test_result", "kit_lot", name))
        )

    def _laboratory(self, name: str) -> None:
        self._of_results(self.down("test_result", "laboratory", {(name,)}))

    def _analyser(self, name: str) -> None:
        self._of_results(
            self.down("test_result", "analyser", self.written("test_result", "analyser", name))
        )

    def _sd_batch(self, name: str) -> None:
        runs: set[tuple[str, Key]] = {
            (record, (plant, name))
            for record in ("viral_inactivation", "virus_removal")
            for plant, batch in self._runs(record)
            if batch == name
        }
        self._of_runs(runs, ("viral_inactivation", "virus_removal"))

    def _reagent_lot(self, name: str) -> None:
        record = "viral_inactivation"
        runs = {
            run
            for link in ("solvent", "detergent")
            for run in self.down(record, link, self.written(record, link, name))
        }
        self._of_runs({(record, key) for key in runs}, (record,))

    def _filter_lot(self, name: str) -> None:
        runs = {
            (record, key)
            for record, link in (
                ("viral_inactivation", "prefilter"),
                ("virus_removal", "filter"),
                ("filling", "filter"),
            )
            for key in self.down(record, link, self.written(record, link, name))
        }
        self._of_runs(runs, ("viral_inactivation", "virus_removal", "filling"))

    def _dryer(self, name: str) -> None:
        runs = self.down("lyophilisation", "dryer", self.written("lyophilisation", "dryer", name))
        self._of_runs({("lyophilisation", key) for key in runs}, ("lyophilisation",))

    def _fill_line(self, name: str) -> None:
        runs = self.down("filling", "line", self.written("filling", "line", name))
        self._of_runs({("filling", key) for key in runs}, ("filling",))

    def _diluent_lot(self, name: str) -> None:
        self.preparations |= self.down(
            "reconstitution", "diluent", self.written("reconstitution", "diluent", name)
        )
        self._below_preparations(alone=False)
        empty = self._lacking("reconstitution", self.preparations)
        if self.most:
            self.met |= empty
            self.open_vials |= empty
            self._without_vials(("administration",))
        bags = self.down(
            "reconstitution", "diluent", self.written("reconstitution", "diluent", name)
        )
        for record, key in self.lines:
            self.nodes |= self._lots(record, key)
            # One that could belong is an end by its preparation, and said so.
            own = any((r["site"], r["preparation"]) in bags for r in self._of(record, [key]))
            if self.most and own:
                self.met |= {e for e in self._ends_of(record, key) if e.sort == PARKED}
