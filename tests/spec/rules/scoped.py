"""Many worlds in one database: every name in a world is made the world's own.

A name is a value of kind code in a column that is, in some record, part of a key or of a link, or
that names somebody: units, donors, parties, jurisdictions, processes, recipes … One world's rows
then neither meet nor name another's. That holds for reference too: a jurisdiction, a product, a
process and a plant are names, and each reference record has one of them in its key; so no case can
change by what another's reference says. Products are told by GTIN: each world has its own, with
the check digit that is right.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lots.grammar.kinds import Kind
from lots.records import records
from lots.rules import SUBJECTS, rule
from tests.spec.rules.drawn import Row

OF_NODES = {"maker", "number"}  # how the lineage calls the names of pools and lots
NAMING = (
    OF_NODES
    | {
        name
        for record in records().values()
        for name in (*record.key, *(column for link in record.links for column in link.columns))
        if {c.name: c.kind for c in record.columns}[name] is Kind.CODE
    }
    | {column.name for record in records().values() for column in record.columns if column.names}
)


@dataclass(slots=True)
class Own:
    """How one world's names are written beside other worlds'."""

    number: int
    gtins: dict[str, str] = field(default_factory=dict)

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        """Rows with their names made the world's own."""
        return [(record, self._row(record, values)) for record, values in rows]

    def subject(self, name: str, key: tuple[str, ...]) -> tuple[str, ...]:
        """The key of what a rule is asked of."""
        columns = SUBJECTS[rule(name).subject]
        return tuple(self._value(column, part) for column, part in zip(columns, key, strict=True))

    def _row(self, record: str, values: dict[str, str]) -> dict[str, str]:
        kinds = {column.name: column.kind for column in records()[record].columns}
        return {
            name: self._value(name, value) if kinds[name] in (Kind.CODE, Kind.GTIN) else value
            for name, value in values.items()
        }

    def _value(self, name: str, value: str) -> str:
        if not value:
            return value
        if name in ("gtin", "new_gtin"):
            padded = value.zfill(14)
            return self.gtins.setdefault(padded, _gtin(self.number, len(self.gtins)))
        return f"{self.number}:{value}" if name in NAMING else value


def _gtin(world: int, place: int) -> str:
    """A GTIN of fourteen digits whose check digit is right."""
    body = f"{4099990000000 + 10 * world + place}"
    total = sum(int(digit) * (3 if n % 2 == 0 else 1) for n, digit in enumerate(body))
    return body + str(-total % 10)
