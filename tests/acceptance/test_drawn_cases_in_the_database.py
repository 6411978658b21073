"""The database answers what was worked out by hand of packs and windows: each drawn case is a world
of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from lots.records import record as record_of
from lots.settings import Settings
from tests.acceptance.test_walk_across_donations import (
    CENTRE,
    DAY,
    DEFERRED,
    EARLIER,
    REQUALIFIED,
    SCHEME,
    WINDOWS,
    gave,
)
from tests.acceptance.test_walk_across_packs import COUNTED, ENDED, GTIN, MOVED, PACK
from tests.builders import rows, table, take, write

CASES = [
    *(("E02", (PACK, *lines), said) for lines, said in MOVED),
    *(("E03.vials", lines, said) for lines, said in COUNTED),
    *(("E03.end", lines, said) for lines, said in ENDED),
]
APART = re.compile(
    r"\b(party|from_party|pharmacy|site|donor_key|one_key|other_key|statement|donation_number|sample|"
    r"tested_id|minipool|member|deferral)=(\w+)"
)


def gtin(number: int) -> str:
    """A GTIN of fourteen digits whose check digit is right."""
    body = f"{4099992000000 + number}"
    return body + str(
        -sum(int(digit) * (3 if n % 2 == 0 else 1) for n, digit in enumerate(body)) % 10
    )


Rows = defaultdict[str, list[dict[str, str]]]


def of(number: int, *tables: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of one case, with what they name made its own."""
    for line in (line for told in tables for line in told.strip().splitlines()):
        record, *values = APART.sub(rf"\1=\2x{number}", line).replace(GTIN, gtin(number)).split()
        row = dict(value.split("=", 1) for value in values)
        yield record, dict.fromkeys((c.name for c in record_of(record).columns), "") | row


def sent(settings: Settings, folder: Path, every: Iterable[tuple[str, dict[str, str]]]) -> None:
    """Receive rows, one file for each record."""
    records: Rows = defaultdict(list)
    for record, row in every:
        records[record].append(row)
    taken = take(
        settings,
        *(write(folder, f"{record}-1.csv", table({}, some)) for record, some in records.items()),
    )
    assert {received.status for received in taken} == {"accepted"}


def test_every_drawn_case_of_a_pack(lots_settings: Settings, tmp_path: Path) -> None:
    sent(
        lots_settings,
        tmp_path,
        (row for n, (_, lines, _) in enumerate(CASES) for row in of(n, *lines)),
    )
    found = {
        (rule, key): outcome
        for rule, key, outcome in rows(
            lots_settings,
            "SELECT rule, subject ->> 0, outcome FROM judged.outcome WHERE subject ->> 1 = 'S'",
        )
    }
    assert [
        (rule, lines, said)
        for number, (rule, lines, said) in enumerate(CASES)
        if found.get((rule, gtin(number)), "") != (said if said in ("finding", "pending") else "")
    ] == []


def test_every_drawn_look_back_window(lots_settings: Settings, tmp_path: Path) -> None:
    worlds = [(gave("D", f"{at}T12:00-05:00"), DEFERRED, *tables) for at, tables, _ in WINDOWS]
    found = said_of_d(lots_settings, tmp_path, "D11", worlds)
    assert [case for case, said in zip(WINDOWS, found, strict=True) if case[-1] != said] == []


def test_every_drawn_requalification(lots_settings: Settings, tmp_path: Path) -> None:
    worlds = [(DAY, *EARLIER, *more) for more, _ in REQUALIFIED]
    found = said_of_d(lots_settings, tmp_path, "D07.earlier", worlds)
    assert [case for case, said in zip(REQUALIFIED, found, strict=True) if case[-1] != said] == []


def said_of_d(
    settings: Settings, folder: Path, rule: str, worlds: list[tuple[str, ...]]
) -> list[str]:
    """What a rule says of donation D of each world, with the centre and its scheme known."""
    law = SCHEME + " citation=law prepared_by=QA-1 approved_by=QA-2"
    first = CENTRE, law.replace("\n citation", " citation")
    sent(
        settings,
        folder,
        (
            *(row for told in first for row in of(0, told)),
            *(row for n, tables in enumerate(worlds) for row in of(n, *tables)),
        ),
    )
    told = f"SELECT subject ->> 0, outcome FROM judged.outcome WHERE rule = '{rule}'"
    found = {str(donation): str(outcome) for donation, outcome in rows(settings, told)}
    return [found.get(f"Dx{n}", "pass") for n in range(len(worlds))]
