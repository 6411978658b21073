"""The closed lists of the grammar: what a column holds, and what a breach does, what it holds and
how severe it is.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a column holds, and so how its text is read."""

    CODE = "code"  # an identifier: printable ASCII, no blank at either end
    GTIN = "gtin"  # a GTIN of 8, 12, 13 or 14 digits; its value is the GTIN-14
    CHOICE = "choice"  # one word of a closed list
    TEXT = "text"  # free text
    AMOUNT = "amount"  # a decimal number with a unit
    COUNT = "count"  # a whole number, zero or more
    DAY = "day"  # YYYY-MM-DD
    INSTANT = "instant"  # YYYY-MM-DDThh:mm[:ss[.ffffff]] with Z or an offset


class Tells(StrEnum):
    """What a column tells of, where it tells of somebody or of something that sets rows apart."""

    DONOR = "donor"  # by an opaque key
    PATIENT = "patient"  # the same
    PERSON = "person"  # one of the two, as another column of the row says
    STAFF = "staff"  # somebody who answers for what was done
    PLACE = "place"  # a party, by its id
    MAKER = "maker"  # a party whose numbers these are
    PRODUCT = "product"


PERSONS = frozenset((Tells.DONOR, Tells.PATIENT, Tells.PERSON))  # whose keys are shown to nobody


class Outcome(StrEnum):
    """What a breach of a rule does; a passed row has none."""

    NOTICE = "notice"
    FINDING = "finding"
    REFUSE = "refuse"


class Holds(StrEnum):
    """What a finding holds until a person decides."""

    NOTHING = "nothing"
    UNIT = "unit"
    LOT = "lot"
    CASE = "case"


class Severity(StrEnum):
    """How grave a breach is; never what is done about it."""

    CRITICAL = "critical"
    HIGH = "high"
    WARNING = "warning"
    INFO = "info"


class Sought(StrEnum):
    """How linking looks for what a link names (docs/linking.md)."""

    KEY = "key"  # by its columns: the row waits, parked, until a record of it arrives
    LABEL = "label"  # as a label is read: by pack, else by lot; linking parks it by itself
    NOT = "not"  # not at all: no record describes it, and rows of one name are of one thing
    ELSEWHERE = (
        "elsewhere"  # likewise, but some other row must name it: else it may be written wrong
    )


class Makes(StrEnum):
    """What a row makes in lineage of the pool or lot that a link names."""

    NOTHING = "nothing"
    NODE = "node"  # it is there as soon as it is named
    INPUT = "input"  # so it is, and it went into the output of the same row
    OUTPUT = "output"


class Line(StrEnum):
    """What a line of vials tells became of them, in the order in which it happens to a vial."""

    DISPENSED = "dispensed"
    PREPARED = "prepared"
    GIVEN = "given"
