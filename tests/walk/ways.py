"""A question gone in the walk's three ways: what is sure, what is answered, what it is at most."""

from dataclasses import dataclass

from tests.walk import counts
from tests.walk import vials as lines
from tests.walk.linking import Node
from tests.walk.way import SINGLE, Answer, Line, Told

Uses = set[tuple[str, str | None]]


@dataclass
class Ways:
    """A question gone in the three ways."""

    told: Told
    question: str
    name: str
    sure: Answer
    plain: Answer
    most: Answer

    def of_line(self, line: Line) -> Uses:
        """What became of a line's vials, and whose they were, by every version."""
        record, key = line
        accepted = self.told.accepted
        return {
            use for row in accepted.of(record, key) for use in lines.use(accepted, record, key, row)
        }

    def vials_of(self, line: Line) -> int:
        """The most that a version of a line tells."""
        return max(map(lines.vials_of, self.told.accepted.of(*line)), default=1)

    def lots_of(self, line: Line) -> set[Node]:
        """The lots that a line reaches by any version."""
        stock = self.told.stock
        found = (lines.lots(line[0], row, stock) for row in self.told.accepted.of(*line))
        return {lot for lots in found for lot, _ in lots if lot}

    def figures(self, *, sure: bool) -> dict[str, counts.Pair]:
        """The figures of the answer itself, or of what is sure of it."""
        accepted, found = self.told.accepted, self.sure if sure else self.plain
        if self.question == "pack":
            gtin, serial = self.name.split("/")
            return counts.figures(accepted, self.plain.nodes, (gtin, serial))
        if self.question in SINGLE:
            lots = {lot for line in found.lines for lot in self.lots_of(line)}
            return counts.figures(accepted, lots, only=found.lines)
        return counts.figures(accepted, found.nodes)

    def more(self) -> set[Line]:
        """The lines at most that the answer itself does not count."""
        counted = {
            line
            for line in self.plain.lines
            if self.lots_of(line) & (self.plain.nodes or self.lots_of(line))
        }
        return self.most.lines - counted
