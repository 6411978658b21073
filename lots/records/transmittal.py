"""What a sender says it sends: one row a file, numbered without a gap."""

from lots.grammar.column import Column, Rule
from lots.grammar.columns import ROWS
from lots.grammar.schema import Kind, Ordered, Record, Severity, Tells

RECORD = Record(
    "transmittal",
    "intake",
    "One file of a numbered sending, and the period that it covers.",
    # One sending announces several files; a number that is missing between two tells of one that
    # was lost.
    key=("sender", "sequence", "file_name"),
    columns=(
        Column(1, "sender", Kind.CODE, "who sends (party id)", tells=Tells.PLACE),
        Column(
            2, "sequence", Kind.COUNT, "the sending's number; a sender counts from 1 without a gap"
        ),
        Column(3, "file_name", Kind.CODE, "the file's name without a folder"),
        Column(4, "record", Kind.CODE, "its record type", required=True),
        # Told before it arrives: a file that was cut off at a line's end is whole by itself.
        Column(
            5,
            "row_count",
            Kind.COUNT,
            "records in the file",
            unit="rows",
            required=True,
            limits=ROWS,
        ),
        Column(
            6,
            "period_from",
            Kind.INSTANT,
            "start of the period that the sending covers; the first one's: since when all is told",
            required=True,
            happened=True,
        ),
        # How far a sender is heard: not by what arrived, but by what it says that it has told.
        Column(
            7,
            "period_to",
            Kind.INSTANT,
            "its end: the sender has told all it knows until then",
            required=True,
            happened=True,
        ),
        Column(
            8,
            "sha256",
            Kind.CODE,
            "the file's SHA-256 in 64 hex digits: tells it from another file of its name",
        ),
    ),
    rules=(
        Rule(
            "T01",
            Ordered("period_from", "period_to"),
            "The period ends after it starts.",
            "the house: a sender is heard without a gap",
            severity=Severity.HIGH,
        ),
    ),
    at="period_to",
)
