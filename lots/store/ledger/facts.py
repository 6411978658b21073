"""Which tables hold facts that an entry covers, and how their rows are told apart."""

from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from lots.grammar.schema import Record
from lots.records import records
from lots.store.schema.access_tables import FACTS
from lots.store.schema.disposition_tables import DISPOSITION, DISPOSITION_WORD
from lots.store.schema.ledger_tables import GONE, NEWEST
from lots.store.schema.lineage_tables import MEANT, MEANT_WORD
from lots.store.schema.record_tables import accepted
from lots.store.schema.redaction_tables import REDACTED, REDACTED_FILE, REDACTION
from lots.store.schema.scan_tables import BOOKING, SCAN
from lots.store.schema.tables import (
    ARRIVAL,
    CONCLUSION,
    EFFECTIVE,
    EVALUATION,
    EVENT,
    FINDING,
    KNOWN,
    LEGIBLE,
    NOTICE,
    PROFILE,
    REFUSED,
)
from lots.store.schema.word_tables import (
    DECISION,
    DECISION_BACK,
    REFUSED_WORD,
    RETRACTION,
    RETRACTION_WORD,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A table of facts: its primary key, and the column by whose numbers its rows are in order;
    where none is, by their leaves.
    """

    table: sa.Table
    key: tuple[str, ...]
    order: str | None

    @property
    def name(self) -> str:
        """The table's name with its schema."""
        return self.table.fullname


def _fact(table: sa.Table) -> Fact:
    key = tuple(column.name for column in table.primary_key.columns)
    # By line or number. Of other keys the order would hang on a collation: leaves have none.
    alone = len(key) == 1 and isinstance(table.c[key[0]].type, sa.Integer)
    numbered = "line" if "line" in key else key[0] if alone else None
    return Fact(table, key, numbered)


# By the act with which each row was put.
BY_ACT = tuple(
    _fact(table)
    for table in (
        DECISION,
        DECISION_BACK,
        DISPOSITION,
        DISPOSITION_WORD,
        EFFECTIVE,
        EVALUATION,
        EVENT,
        FINDING,
        MEANT,
        MEANT_WORD,
        REFUSED_WORD,
        RETRACTION,
        RETRACTION_WORD,
        GONE,
        NEWEST,
        REDACTED,
        REDACTED_FILE,
        REDACTION,
        ARRIVAL,
        CONCLUSION,
        LEGIBLE,
        NOTICE,
        PROFILE,
        REFUSED,
        SCAN,
        BOOKING,
    )
)
# Of these the service's login appends, which may read no other.
OF_ACCESS = tuple(_fact(table) for table in FACTS)
EVERY_ACT = (*BY_ACT, *OF_ACCESS)
# By the receipt that was accepted with it: these are many, and a file is accepted once.
KNOWN_ROWS = Fact(KNOWN, ("receipt", "line"), "line")


@cache
def accepted_rows(record: Record) -> Fact:
    """The accepted rows of a record type."""
    return Fact(accepted(record), ("receipt", "line"), "line")


def by_receipt() -> tuple[Fact, ...]:
    """All tables whose rows are under the entry of their receipt's acceptance."""
    return (*(accepted_rows(record) for record in records().values()), KNOWN_ROWS)
