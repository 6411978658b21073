"""A person's word that rows were entered in error: proposed by one, in force by two, taken back the
same way; what hangs on them is linked and judged again.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from lots.answers import Listed
from lots.answers.retractions import Retracted, RetractedRow, StandingRetraction
from lots.errors import CallError
from lots.grammar.schema import Record
from lots.pipeline import named_rows
from lots.pipeline.evaluate import evaluate, evaluate_all
from lots.pipeline.link import link_again
from lots.pipeline.named_rows import Concerned, Place, Rows, written
from lots.pipeline.resolve import Word, check_said
from lots.pipeline.signed_here import refuse_unsigned
from lots.records import record as record_of
from lots.records import two_people
from lots.rules import rules
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.ledger.appending import append
from lots.store.lineage import linking
from lots.store.standing import resolving, retracting
from lots.store.standing.resolving import Row
from lots.store.standing.retracting import Live

KINDS = (retracting.NEVER_HAPPENED, retracting.REPLACEMENT_DUE)
SENDER_S = "its sender's, not confirmed"
# What one person says of one row, given what is said of it already. Raises CallError.
Act = Callable[[Connection, Record, Row, Sequence[Live], resolving.Word], None]


def retract(
    settings: Settings,
    places: Sequence[Place],
    kind: str,
    word: Word,
    *,
    now: datetime,
    count: int | None = None,
) -> Retracted:
    """Say of rows that they never happened, or that a replacement is due. count: how many rows a
    whole receipt has. Raises NotFound, CallError; then nothing of it is kept.
    """
    if kind not in KINDS:
        raise CallError(f"'{kind}' says nothing of a row; expected one of {', '.join(KINDS)}.")

    def propose(
        connection: Connection,
        record: Record,
        row: Row,
        live: Sequence[Live],
        said: resolving.Word,
    ) -> None:
        if persons := _persons(live):
            raise CallError(
                f"Row {written(row)} is retracted already ({_state(persons[0])}, by"
                f" {persons[0].by}); expected a row of which nobody said it."
            )
        retracting.retract(connection, record, row, kind, said)

    return _say(settings, places, word, now, count, propose, untold)


def confirm(
    settings: Settings,
    places: Sequence[Place],
    word: Word,
    *,
    now: datetime,
    count: int | None = None,
) -> Retracted:
    """Confirm, as another person, what is proposed of rows: a retraction by a person or by the
    row's sender, or that one was taken back. Raises NotFound, CallError.
    """
    with engine(settings=settings).begin() as connection:
        which = " ".join(
            str(part) for one in places[:1] for part in (one.receipt, one.line) if part
        )
        refuse_unsigned(
            connection,
            "To confirm what is proposed of rows",
            f"row {which.replace(' ', '/')} confirm",
        )
    return _say(settings, places, word, now, count, _confirm, proposed)


def take_back(
    settings: Settings,
    places: Sequence[Place],
    word: Word,
    *,
    now: datetime,
    count: int | None = None,
) -> Retracted:
    """Take back that rows are retracted: what was in force is proposed until another person
    confirms that, what was proposed is gone. Raises NotFound, CallError.
    """
    return _say(settings, places, word, now, count, _take_back, told)


def standing(settings: Settings) -> Listed[StandingRetraction]:
    """What is proposed, and what is in force, newest first; what waits comes first."""
    with engine("lots_reader", settings).connect() as connection:
        live, sent = retracting.live(connection), retracting.by_senders(connection)
    waiting = [_listed(one) for one in live if one.state == "proposed"]
    waiting += [
        StandingRetraction(
            written(row),
            record,
            "proposed",
            "as its sender says",
            f"its sender {sender}",
            at,
            "",
            "another person",
        )
        for record, row, sender, at in sent
    ]
    in_force = [_listed(one) for one in live if one.state == "in_force"]
    rows = (*waiting, *in_force)
    return Listed(
        "Retractions", StandingRetraction, rows, "Nothing is retracted or proposed to be."
    )


def _listed(one: Live) -> StandingRetraction:
    first = one.back_by or one.by
    waits = f"another person than {first}" if one.state == "proposed" else ""
    row, kind = written((one.receipt, one.line)), one.kind.replace("_", " ")
    return StandingRetraction(row, one.record, _state(one), kind, one.by, one.at, one.reason, waits)


def _say(
    settings: Settings,
    places: Sequence[Place],
    word: Word,
    now: datetime,
    count: int | None,
    act: Act,
    concerned: Concerned,
) -> Retracted:
    check_said(word)
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        found = named_rows.find(connection, places, concerned)
        named_rows.check_count(found, count)
        _act(connection, found, act, resolving.Word(word.by, word.reason, now))
        rows = states(connection, found)
        append(connection, "retraction", {"rows": str(len(found.named))}, word.by, now)
    evaluated(settings, found, now)
    waiting = sum(row.state.startswith("proposed") for row in rows)
    return Retracted(rows, found.left_out, waiting)


def confirmed(connection: Connection, place: Place, said: resolving.Word) -> Rows:
    """Confirm what is proposed of one row, in a transaction that others confirm it with; what hangs
    on it is evaluated afterwards. Raises NotFound, CallError.
    """
    found = named_rows.find(connection, [place], proposed)
    _act(connection, found, _confirm, said)
    return found


def _act(connection: Connection, found: Rows, act: Act, said: resolving.Word) -> None:
    live = _live(connection, [row for _, row in found.named])
    for record, row in found.named:
        act(connection, record, row, live.get(row, []), said)
    derive(connection, found, said.at)


def evaluated(settings: Settings, found: Rows, now: datetime) -> None:
    """Evaluate what hangs on these rows, after what was said of them stands."""
    if any(record.reference for record, _ in found.named):
        # What a limit that is in force no more decided may be any subject's.
        evaluate_all(settings, tuple(rules().values()), now=now)
    evaluate(settings, now=now)


def derive(connection: Connection, found: Rows, now: datetime) -> None:
    """Derive what stands of these rows' keys, and link what hangs on them."""
    receipts = {
        name: resolving.derive_again(connection, record_of(name), rows, now)
        for name, rows in found.by_record().items()
    }
    if receipts:
        link_again(connection, receipts)


def states(connection: Connection, found: Rows) -> tuple[RetractedRow, ...]:
    """What each row is now."""
    live = _live(connection, [row for _, row in found.named])
    return tuple(
        RetractedRow(
            written(row), record.name, _row_state(connection, record, row, live.get(row, []))
        )
        for record, row in found.named
    )


def untold(connection: Connection, _: Record, rows: Sequence[Row]) -> list[Row]:
    """The rows of which no person says yet that they are retracted."""
    live = _live(connection, rows)
    return [row for row in rows if not _persons(live.get(row, []))]


def told(connection: Connection, _: Record, rows: Sequence[Row]) -> list[Row]:
    """The rows of which there is something to be taken back."""
    live = _live(connection, rows)
    return [row for row in rows if any(not one.back_by for one in live.get(row, []))]


def proposed(connection: Connection, record: Record, rows: Sequence[Row]) -> list[Row]:
    """The rows of which something is proposed, by a person or by their sender."""
    live = _live(connection, rows)
    states = {row: _row_state(connection, record, row, live.get(row, [])) for row in rows}
    return [row for row, state in states.items() if state.startswith(("proposed", SENDER_S))]


def _live(connection: Connection, rows: Sequence[Row]) -> dict[Row, list[Live]]:
    """What persons said of these rows that is proposed or in force."""
    said: dict[Row, list[Live]] = {}
    for one in retracting.live(connection, rows):
        said.setdefault((one.receipt, one.line), []).append(one)
    return said


def _persons(live: Sequence[Live]) -> list[Live]:
    return [one for one in live if not one.stated]


def _row_state(connection: Connection, record: Record, row: Row, live: Sequence[Live]) -> str:
    if persons := _persons(live):
        return _state(persons[0])
    if retracting.is_sender_s(connection, record, row) is None:
        return "not retracted"
    confirmed = bool(live) or not two_people(record)
    return "in force, as its sender says" if confirmed else SENDER_S


def _state(one: Live) -> str:
    if one.state == "proposed":
        return f"proposed{' to be taken back' if one.back_by else ''}"
    return "in force"


def _confirm(
    connection: Connection, record: Record, row: Row, live: Sequence[Live], said: resolving.Word
) -> None:
    waiting = [one for one in _persons(live) if one.state == "proposed"]
    for one in waiting:
        _check_another(row, one.back_by or one.by, said)
        retracting.say(
            connection, one.retraction, "let_stand" if one.back_by else "confirmed", said
        )
    if waiting:
        return
    sender = retracting.is_sender_s(connection, record, row)
    if sender is None or live or not two_people(record):
        raise CallError(f"Nothing is proposed of row {written(row)}: there is nothing to confirm.")
    _check_another(row, sender, said)
    retracting.retract(connection, record, row, retracting.AS_STATED, said)


def _check_another(row: Row, first: str, said: resolving.Word) -> None:
    if retracting.same_person(first, said.by):
        raise CallError(
            f"Row {written(row)} was proposed by {first}; expected another person to confirm it,"
            f" got {said.by}."
        )


def _take_back(
    connection: Connection, record: Record, row: Row, live: Sequence[Live], said: resolving.Word
) -> None:
    there = [one for one in (_persons(live) or live) if not one.back_by]
    if live and not there:
        raise CallError(
            f"Row {written(row)} was taken back by {live[0].back_by} already; another person"
            " confirms it."
        )
    if not there:
        raise CallError(f"Row {written(row)} is not retracted: there is nothing to take back.")
    for one in there:
        retracting.say(connection, one.retraction, "taken_back", said)
