"""Where a person's key may stand, from the declarations of the columns."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lots.grammar.column import Column
from lots.grammar.kinds import Kind, Tells
from lots.grammar.schema import Record
from lots.records import records
from lots.rules import SUBJECTS

KINDS = (Tells.DONOR.value, Tells.PATIENT.value)
# What a letter, a digit or a dash joins to a key is another key.
BEFORE, AFTER = "(?<![0-9A-Za-z_-])", "(?![0-9A-Za-z_-])"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is redacted: a donor or a patient by a key, and what stands in the key's place."""

    kind: str
    key: str
    alias: str

    @property
    def pattern(self) -> str:
        """The key as a word of its own in a text, as PostgreSQL and Python both read it."""
        return BEFORE + re.escape(self.key) + AFTER

    @property
    def given(self) -> Mapping[str, str]:
        """What the statements are handed."""
        # As it stands in JSON, where the quotes are its ends.
        quoted = f'"{re.escape(self.key)}"'
        told = {"kind": self.kind, "key": self.key, "alias": self.alias}
        return {**told, "pattern": self.pattern, "quoted": quoted}


def named(record: Record, kind: str) -> Iterator[tuple[Column, str]]:
    """The columns of a record in which a key of such a person may stand, each with the condition
    under which it is one.
    """
    for column in record.columns:
        if column.tells is Tells.PERSON:
            yield column, f"kind = '{kind}'"
        elif column.tells is not None and column.tells.value == kind:
            when = column.named_when
            words = ", ".join(f"'{value}'" for value in when.values) if when else ""
            yield column, f"{when.column} IN ({words})" if when else "true"


def is_named(record: Record, kind: str) -> str:
    """The condition that a row names the person; empty where no row of the record can."""
    each = (f"{column.name} = :key AND {when}" for column, when in named(record, kind))
    return " OR ".join(f"({one})" for one in each)


def texts(record: Record) -> list[str]:
    """The columns of a record in which anything may be written."""
    return [column.name for column in record.columns if column.kind is Kind.TEXT]


def places(kind: str) -> Mapping[str, int]:
    """Of records and subjects whose key has such a person in it, at which place."""
    keys = {name: record.key for name, record in records().items()}
    found = {}
    for name, key in (*SUBJECTS.items(), *keys.items()):
        for place, column in enumerate(key):
            if column == f"{kind}_key":
                found[name] = place
    return found
