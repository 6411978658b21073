"""What a reading looks like that is none: what loggers write for a probe that is broken, or was
never plugged in.

Built in are only words, and numbers that are no temperature of a freeze-dryer; what could be true,
such as 83.0 °C or 850 mTorr, is none only where the sender's profile says so.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lots.formats.kept import NoReading
from lots.grammar.column import Column
from lots.grammar.schema import Kind, Record

READING = "lyophilisation_reading"
CELSIUS, PRESSURE = "°C", "mTorr"
GROUPS: Mapping[str, str] = {"temperatures": CELSIUS, "pressures": PRESSURE}
NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
NO_WORD = re.compile("[^a-z0-9]+")
ONLY_MARKS = re.compile(r"[-\u2013\u2014*#._?/ ]+")
NOT_A_NUMBER = "nan"
WORDS = frozenset(
    (
        NOT_A_NUMBER,
        "burnout",
        "open",
        "opencircuit",
        "openloop",
        "opentc",
        "bad",
        "badinput",
        "baddata",
        "badvalue",
        "na",
        "null",
        "none",
        "nodata",
        "noprobe",
        "nosensor",
        "missing",
        "invalid",
        "err",
        "error",
        "fault",
        "fail",
        "sensorerror",
        "sensorfault",
        "short",
        "shortcircuit",
        "disconnected",
        "notconnected",
        "unplugged",
        "ol",
        "over",
        "ovr",
        "overrange",
        "overload",
        "under",
        "underrange",
        "outofrange",
        "inf",
        "infinity",
        "1inf",
        "1ind",
        "1qnan",
    )
)
IMPOSSIBLE = frozenset(
    Decimal(text)
    for text in (
        *(
            sign + text
            for sign in ("", "-")
            for text in (
                "999",
                "999.9",
                "999.99",
                "9999",
                "9999.9",
                "99999",
                "327.67",
                "327.68",
                "3276.7",
                "3276.8",
                "32767",
                "32768",
            )
        ),
        "255.99",
        "300",
        "655.35",
        "850",
        "1000",
        "1372",
        "6553.5",
        "65535",
        "-127",
        "-200",
        "-270",
    )
)
IN_ANY_UNIT = 850  # from here on a number is no temperature in K and °F either


@dataclass(frozen=True, slots=True)
# By number and by word: 999.90 is 999.9, and "----" is no number at all.
class Missing:
    """What no reading looks like in one column: by number, whatever its zeros, and by word,
    whatever its case.
    """

    numbers: frozenset[Decimal] = frozenset()
    words: frozenset[str] = frozenset()
    marks: bool = False

    def __contains__(self, text: str) -> bool:
        # As numbers: 999.90 and +999.9 are the same sentinel.
        if NUMBER.fullmatch(text):
            return Decimal(text) in self.numbers
        word = plain(text)
        return word in self.words if word else self.marks and ONLY_MARKS.fullmatch(text) is not None

    def __bool__(self) -> bool:
        return bool(self.numbers or self.words or self.marks)

    def __or__(self, other: "Missing") -> "Missing":
        return Missing(
            self.numbers | other.numbers, self.words | other.words, self.marks or other.marks
        )


NOTHING = Missing()


def plain(text: str) -> str:
    """A word by its letters and digits alone, in small letters."""
    return NO_WORD.sub("", text.casefold())


def in_logs(column: Column, unit: str) -> Missing:
    """What no reading of a gauge or probe looks like in any dryer's log. unit: that it is written
    in.
    """
    # No number is built in for gauges: 850 and 9999 mTorr are pressures.
    if column.unit != CELSIUS:
        return Missing(words=frozenset((NOT_A_NUMBER,)))
    numbers = (
        # 300 K is a warm shelf.
        IMPOSSIBLE if unit == CELSIUS else frozenset(n for n in IMPOSSIBLE if abs(n) >= IN_ANY_UNIT)
    )
    return Missing(numbers, WORDS, marks=True)


def profiled(
    said: Sequence[str] | Mapping[str, Sequence[str]],
    record: Record,
    column: Column,
    *,
    comma: bool,
) -> Missing:
    """What the sender's profile says of a column: in a table by its name, or by what it measures;
    else in one list.

    A list is of readings alone: its numbers are temperatures, its words stand for any of them.
    """
    reading = record.name == READING and column.kind is Kind.AMOUNT
    if not isinstance(said, Mapping):
        found = of_texts(said, comma=comma) if reading else NOTHING
        return found if column.unit == CELSIUS else Missing(words=found.words, marks=found.marks)
    names = [
        column.name,
        *(group for group, unit in GROUPS.items() if reading and column.unit == unit),
    ]
    return of_texts([text for name in names for text in said.get(name, ())], comma=comma)


def read(text: str, missing: Missing) -> str:
    """The text itself. Raises NoReading where it is none."""
    if text in missing:
        raise NoReading(text)
    return text


def of_texts(texts: Iterable[str], *, comma: bool = False) -> Missing:
    """What is meant by some texts; comma: a number among them may have a decimal comma."""
    found = NOTHING
    for text in texts:
        number = text.replace(",", ".") if comma else text
        if NUMBER.fullmatch(number):
            found |= Missing(frozenset((Decimal(number),)))
        else:
            word = plain(text)
            found |= Missing(words=frozenset((word,))) if word else Missing(marks=True)
    return found


def check(said: object) -> Iterator[str]:
    """What was expected of a profile's setting, where it says something else."""
    lists = said.values() if isinstance(said, Mapping) else [said]
    if not all(
        isinstance(texts, list | tuple)
        and all(isinstance(text, str) and text.strip() for text in texts)
        for texts in lists
    ):
        yield 'a list of texts such as ["83.0", "BURNOUT"], or a table of such lists'


def unknown(
    said: Sequence[str] | Mapping[str, Sequence[str]], columns: Collection[str]
) -> list[str]:
    """What a table says of neither a group nor a declared column."""
    names = said if isinstance(said, Mapping) else ()
    return [name for name in names if name not in GROUPS and name not in columns]
