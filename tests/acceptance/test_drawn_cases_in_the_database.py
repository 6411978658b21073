"""The database answers what was worked out by hand of packs and windows: each drawn case is a world of its own."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from lots.records import record as record_of
from lots.settings import Settings
from tests.acceptance.test_walk_across_donations import CENTRE, DEFERRED, SCHEME, WINDOWS, gave
from tests.acceptance.test_walk_across_packs import COUNTED, ENDED, GTIN, MOVED, PACK
from tests.builders import rows, table, take, write

CASES = [*(("E02", (PACK, *lines), said) for lines, said in MOVED),
         *(("E03.vials", lines, said) for lines, said in COUNTED),
         *(("E03.end", lines, said) for lines, said in ENDED)]
APART = re.compile(r"\b(party|from_party|pharmacy|site|donor_key|one_key|other_key|statement|donation_number|sample|"
                   r"tested_id|minipool|member|deferral)=(\w+)")


def gtin(number: int) -> str:
    """A GTIN of fourteen digits whose check digit is right."""
    body = f"{4099992000000 + number}"
    return body + str(-sum(int(digit) * (3 if n % 2 == 0 else 1) for n, digit in enumerate(body)) % 10)


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
    taken = take(settings, *(write(folder, f"{record}-1.csv", table({}, some)) for record, some in records.items()))
    assert {received.status for received in taken} == {"accepted"}


def test_every_drawn_case_of_a_pack(lots_settings: Settings, tmp_path: Path) -> None:
    sent(lots_settings, tmp_path, (row for n, (_, lines, _) in enumerate(CASES) for row in of(n, *lines)))
    found = {(rule, key): outcome for rule, key, outcome in rows(
        lots_settings, "SELECT rule, subject ->> 0, outcome FROM judged.outcome WHERE subject ->> 1 = 'S'")}
    assert [(rule, lines, said) for number, (rule, lines, said) in enumerate(CASES)
            if found.get((rule, gtin(number)), "") != (said if said in ("finding", "pending") else "")] == []


def test_every_drawn_look_back_window(lots_settings: Settings, tmp_path: Path) -> None:
    law = SCHEME + " citation=law prepared_by=QA-1 approved_by=QA-2"
    first = CENTRE, law.replace("\n citation", " citation")
    sent(lots_settings, tmp_path, (
        *((record, row) for told in first for record, row in of(0, told)),
        *(row for n, (at, tables, _) in enumerate(WINDOWS)
          for row in of(n, gave("D", f"{at}T12:00-05:00"), DEFERRED, *tables))))
    told = "SELECT subject ->> 0, outcome FROM judged.outcome WHERE rule = 'D11'"
    found = {str(donation): outcome for donation, outcome in rows(lots_settings, told)}
    assert [(at, tables, said) for n, (at, tables, said) in enumerate(WINDOWS)
            if found.get(f"Dx{n}", "pass") != said] == []
