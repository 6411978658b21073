"""What a decision in force makes beside itself, in its own transaction: a finding is closed, what
was proposed of a row is confirmed.
"""

from datetime import datetime

from lots.answers.decided import Disposition
from lots.pipeline import retract
from lots.pipeline.named_rows import Place, Rows
from lots.settings import Settings
from lots.store.engine import Connection
from lots.store.lineage import linking
from lots.store.standing import resolving

FINDING, ROW = "finding", "row"


def lock(connection: Connection, thing: str) -> None:
    """What a finding or a row rests on must not change before what is decided of it stands."""
    if thing in (FINDING, ROW):
        linking.lock(connection)


def take(connection: Connection, one: Disposition, now: datetime) -> Rows | None:
    """Do what it makes, where it is in force now; the rows whose hanging must be evaluated then."""
    if one.standing != "in force" or one.thing not in (FINDING, ROW):
        return None
    # Both who signed: the finding is closed, or the row confirmed, by the two of them.
    by = " and ".join(dict.fromkeys(word.by for word in one.words if word.said != "withdrawn"))
    said = resolving.Word(by, one.given["ground"], now)
    key = [part or "" for part in one.key]
    if one.thing == FINDING:
        resolving.close(connection, int(key[0]), said.by, said.reason, now)
        return None
    return retract.confirmed(connection, Place(int(key[0]), int(key[1])), said)


def evaluate(settings: Settings, rows: Rows | None, now: datetime) -> None:
    """Evaluate what hangs on rows that were confirmed."""
    if rows is not None:
        retract.evaluated(settings, rows, now)
