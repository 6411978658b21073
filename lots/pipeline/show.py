"""Show one thing whole: a key of a record, or a finding, with all that is known of it."""

import json
from collections.abc import Sequence

from lots.answers.shown import Shown, ShownFinding, ShownRefused
from lots.errors import CallError, NotFound
from lots.grammar.schema import Kind, Record
from lots.identifiers.gtin import Gtin
from lots.questions import questions
from lots.records import record as record_of
from lots.records import records
from lots.settings import Settings
from lots.store.answers import naming, showing
from lots.store.answers.versions_told import is_of_person
from lots.store.engine import Connection, engine
from lots.store.standing import retracting

READER, DISCLOSER = "lots_reader", "lots_discloser"


def show(
    settings: Settings, what: str, name: str, *, disclosed: bool
) -> Shown | ShownFinding | ShownRefused:
    """A key of a record type, a finding by its number, or a row by RECEIPT:LINE. disclosed: with
    keys of persons and what came as it came, by the login that may see them. Raises NotFound,
    CallError.
    """
    with engine(DISCLOSER if disclosed else READER, settings).connect() as connection:
        # Neither word is a record type's name.
        if what.lower() == "finding":
            return _finding(connection, name, disclosed=disclosed)
        if what.lower() == "row":
            return _row(connection, name, disclosed=disclosed)
        record = record_of(what)
        return _key(connection, record, key_named(record, name), disclosed=disclosed)


def _key(connection: Connection, record: Record, key: tuple[str, ...], *, disclosed: bool) -> Shown:
    _expect_disclosed(record, disclosed=disclosed)
    found = showing.shown(connection, record, key, disclosed=disclosed)
    if found is None:
        raise NotFound(_nothing(connection, record, key))
    return found


def _expect_disclosed(record: Record, *, disclosed: bool) -> None:
    # To look for such a key is to have a right to see it: a list of keys could be tried out.
    if is_of_person(record) and not disclosed:
        raise CallError(
            f"A {record.name} is named by a person's key; expected --disclose and a login that"
            " may see such keys."
        )


def _row(connection: Connection, name: str, *, disclosed: bool) -> Shown | ShownRefused:
    """What an accepted row tells of, or a refused row with its reasons."""
    receipt, _, line = name.partition(":")
    if not (receipt.isdecimal() and line.isdecimal()):
        raise CallError(f"'{name}' is no row; expected RECEIPT:LINE, as lists have it.")
    place = (int(receipt), int(line))
    refused = showing.refused(connection, place, disclosed=disclosed)
    if refused is not None:
        return refused
    found = retracting.row_of(connection, place)
    record = None if found is None else record_of(found[0])
    if record is None or found is None:
        raise NotFound(f"No row {name} was ever received.")
    _expect_disclosed(record, disclosed=disclosed)
    key = showing.key_of_row(connection, record, found[1])
    if key is None:
        raise NotFound(f"No row {name} was ever accepted.")
    return _key(connection, record, key, disclosed=disclosed)


def _finding(connection: Connection, name: str, *, disclosed: bool) -> ShownFinding:
    if not name.isdecimal():
        raise CallError(f"'{name}' is no number of a finding; `lots findings` lists them.")
    found = showing.finding(connection, int(name), disclosed=disclosed)
    if found is None:
        raise NotFound(f"No finding {name} was ever opened.")
    return found


def key_named(record: Record, name: str) -> tuple[str, ...]:
    """The parts of a key, as they are written with slashes between them, or as a JSON list where a
    part has a slash itself. Raises CallError.
    """
    parts = _parts(record, name)
    if len(parts) != len(record.key) or not all(parts):
        raise CallError(
            f"'{name}' does not name a {record.name}; expected {'/'.join(record.key).upper()}, or"
            f" {json.dumps([c.upper() for c in record.key])}."
        )
    return tuple(_value(record, c, part) for c, part in zip(record.key, parts, strict=True))


def _parts(record: Record, name: str) -> Sequence[str]:
    if name.startswith("["):
        try:
            told = json.loads(name)
        except ValueError:
            return ()
        return told if all(isinstance(part, str) for part in told) else ()
    return [name] if len(record.key) == 1 else name.split("/")


def _value(record: Record, column: str, part: str) -> str:
    if record.column(column).kind is not Kind.GTIN:
        return part
    try:
        return str(Gtin.of(part))
    except ValueError as error:
        raise CallError(str(error)) from error


def _nothing(connection: Connection, record: Record, key: Sequence[str]) -> str:
    if is_of_person(record):
        return f"No {record.name} of that key was ever accepted; near keys are not shown."
    said = f"No {record.name} {'/'.join(key)} was ever accepted"
    question = questions().get(record.name)
    if question is None or question.of_person(records()):
        return f"{said}."
    near = naming.near(connection, question.name, [key[-1] if record.name == "pack" else key[0]])
    return f"{said}; near it are {', '.join(near)}." if near else f"{said}."
