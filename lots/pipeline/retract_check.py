"""What hangs on rows that were perhaps entered in error: the next person's word is tried as if
nobody else had to confirm it, and nothing of it is kept.
"""

from collections.abc import Sequence
from datetime import datetime

from lots.answers.retractions import Effect, Hanging, KeptFinding
from lots.grammar.schema import Record
from lots.pipeline import named_rows
from lots.pipeline import retract as retractions
from lots.pipeline.named_rows import Concerned, Place, Rows
from lots.records import record as record_of
from lots.records import two_people
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.lineage import linking
from lots.store.standing import hanging, retracting
from lots.store.standing.resolving import Row, Word
from lots.store.standing.retracting import Live

ONE, OTHER = "one", "another"  # persons, for the time of a trial


def check(
    settings: Settings,
    places: Sequence[Place],
    kind: str,
    *,
    now: datetime,
    concerned: Concerned = retractions.untold,
) -> Hanging:
    """What the next word on these rows would change, were it in force: what is proposed is
    confirmed, what is in force is taken back, else they are retracted. concerned: which rows of a
    whole receipt. Raises NotFound.
    """
    with engine(settings=settings).connect() as connection, connection.begin() as trial:
        linking.lock(connection)
        found = named_rows.find(connection, places, concerned)
        rows, findings = retractions.states(connection, found), _findings(connection, found)
        hanging.note(connection, "before")
        live = retracting.live(connection, [row for _, row in found.named])
        for record, row in found.named:
            mine = [one for one in live if (one.receipt, one.line) == row]
            _try(connection, record, row, mine, kind, now)
        retractions.derive(connection, found, now)
        hanging.note(connection, "after")
        effects = tuple(
            Effect(each.what, each.of, each.becomes, each.rows)
            for each in hanging.differences(connection)
        )
        trial.rollback()
    second = sum(two_people(record) for record, _ in found.named)
    return Hanging(rows, found.left_out, second, effects, findings)


def _try(
    connection: Connection, record: Record, row: Row, live: list[Live], kind: str, now: datetime
) -> None:
    one, other = Word(ONE, ONE, now), Word(OTHER, OTHER, now)
    if not live:
        if retracting.is_sender_s(connection, record, row) is not None:
            kind = retracting.AS_STATED
        number = retracting.retract(connection, record, row, kind, one)
        retracting.say(connection, number, "confirmed", other)
    for said in live:
        if said.state == "proposed":
            word = "let_stand" if said.back_by else "confirmed"
            retracting.say(connection, said.retraction, word, other)
        else:
            retracting.say(connection, said.retraction, "taken_back", one)
            retracting.say(connection, said.retraction, "let_stand", other)


def _findings(connection: Connection, found: Rows) -> tuple[KeptFinding, ...]:
    of_all = [
        each
        for name, rows in found.by_record().items()
        for each in retracting.findings(connection, record_of(name), rows)
    ]
    return tuple(KeptFinding(f.finding, f.rule, f.state, f.holds) for f in of_all)
