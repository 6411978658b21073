"""A receipt's own report, as a page that needs nothing else and as JSON: one sentence, what is
wrong, where, what was expected and what to do; then counts and every rule.

No value of a row stands in it: lines can be looked up in the kept file, people's keys cannot leak
from here.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lots import private
from lots.errors import CallError, NotFound
from lots.grammar.column import Rule
from lots.grammar.constraints import AtMostByBand, Between, Ordered
from lots.grammar.figures import in_figures
from lots.grammar.kinds import Holds, Outcome
from lots.pipeline.accept import COUNTED
from lots.pipeline.report_page import Report, RuleLine, Wrong, page
from lots.records import record
from lots.settings import Settings
from lots.store.answers import statements
from lots.store.engine import Connection, engine
from lots.store.intake import receipts
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.ledger.appending import append

OTHERWISE = {
    "known": "were known already",
    "refused": "were refused",
}
CONTESTS = "Rows contradict what stands already of their keys"
OF_FILE = (
    "Send it again as expected, or with a profile that reads it (see the README, Whoever sends)."
)
OF_REFUSED = (
    "Send them again, mended; until then answers have them as possible at most (lots refused)."
)
OF_CONTESTED = "A person says which version stands (lots contested, lots resolve contested)."
OF_FINDING = "The sender sends a correction, or a person closes it"
OF_HOLD = "A person looks at it: the {} is held until somebody closes it"
FILE = (
    "file_name",
    "sender",
    "bytes",
    "received_at",
    "received_by",
    "record",
    "status",
    "sentence",
    "entry",
)


def report(connection: Connection, number: int) -> Report:
    """Read the report of a concluded receipt."""
    row = statements.row(connection, "receipt_of", receipt=number)
    # Of findings the first lines only: the page is read by people, the rest stands in the database.
    told = statements.of_receipt(connection, "findings", number)
    opened = {r.rule: tuple(r.lines) for r in told}
    refused = tuple(
        (r.reason, r.rows, tuple(r.lines))
        for r in statements.of_receipt(connection, "refused", number)
    )
    file = {name: row[name] for name in FILE}
    counts = {name: row["counts"][name] for name in COUNTED}
    rules = tuple(
        _rule_line(rule, row["tallies"] or {}, counts["rows"] - counts["broken"], opened)
        for rule in (record(row["record"]).rules if row["tallies"] else ())
    )
    contested = next((r for r in told if r.rule == CONTESTED_RULE), None)
    return Report(
        number,
        _summary(file, counts),
        tuple(_wrong(file, refused, rules, contested)),
        file,
        counts,
        rules,
        refused,
        tuple(receipts.notices(connection, number)),
    )


def _summary(file: dict[str, Any], counts: dict[str, int]) -> str:
    """What became of the file, in one sentence."""
    if file["status"] == "abandoned":
        return "A person gave this file up: nothing of it was accepted."
    if file["status"] == "refused":
        return "Nothing of this file was accepted: it was refused whole."
    rows, taken = counts["rows"], counts["accepted"]
    rest = [f"{counts[n]:,} {said}" for n, said in OTHERWISE.items() if counts[n]]
    plural = "" if counts["findings"] == 1 else "s"
    found = f"{counts['findings']:,} finding{plural}" if counts["findings"] else "no finding"
    taken_of = f"All {rows:,}" if taken == rows else f"{taken:,} of {rows:,}"
    return f"{', '.join([f'{taken_of} rows were accepted', *rest])}; {found} opened."


def _wrong(
    file: dict[str, Any],
    refused: Iterable[tuple[str, int, tuple[int, ...]]],
    rules: Iterable[RuleLine],
    contested: Any,
) -> Iterator[Wrong]:
    """What is wrong, the gravest first: the whole file, rows that are lost, what holds,
    the rest.
    """
    if file["status"] in ("refused", "abandoned"):
        yield Wrong(file["sentence"] or "It was refused whole.", 0, (), "", OF_FILE)
    for reason, rows, lines in refused:
        what, expected = _expected(reason)
        yield Wrong(what, rows, lines, expected, OF_REFUSED)
    if contested is not None:
        asked = "one key says one thing"
        yield Wrong(CONTESTS, contested.findings, tuple(contested.lines), asked, OF_CONTESTED)
    broken = [r for r in rules if r.failed and r.outcome != Outcome.REFUSE]
    for r in sorted(broken, key=lambda r: (r.holds == Holds.NOTHING, r.outcome, r.rule)):
        what = f"{r.rule} is not met ({r.outcome}{_held(r)})"
        yield Wrong(what, r.failed, r.lines, f"{r.sentence} {r.limit}".strip(), _to_do(r))


def _expected(reason: str) -> tuple[str, str]:
    """What is wrong with a row, and what its reason says was expected instead."""
    what, rule, expected = reason.partition(" is not met: ")
    if rule:
        return f"{what} is not met.", expected
    what, said, expected = reason.partition("; expected ")
    return (f"{what}.", expected.rstrip(".")) if said else (reason, "a line of the table")


def _held(r: RuleLine) -> str:
    return "" if r.holds == Holds.NOTHING else f", holds the {r.holds}"


def _to_do(r: RuleLine) -> str:
    if r.outcome == Outcome.NOTICE:
        return "Nothing must be done; it is worth seeing."
    ends = OF_FINDING if r.holds == Holds.NOTHING else OF_HOLD.format(r.holds)
    return f"{ends} (lots findings {r.rule})"


def _rule_line(
    rule: Rule, tallies: dict[str, list[int]], rows: int, opened: dict[str, tuple[int, ...]]
) -> RuleLine:
    judged, failed = tallies.get(rule.id, [0, 0])
    return RuleLine(
        rule.id,
        rule.version,
        rule.sentence,
        _limit(rule),
        rule.citation,
        rule.outcome.value,
        rule.holds.value,
        judged - failed,
        failed,
        # Whom a rule did not speak of: never counted as passed.
        rows - judged,
        opened.get(rule.id, ()),
    )


def _limit(rule: Rule) -> str:
    """The figures that a rule asks for, where its sentence alone does not say them."""
    if not isinstance(rule.constraint, Between | AtMostByBand | Ordered):
        return ""
    return f"({in_figures(rule.constraint).replace('`', '')}{rule.unit and f' {rule.unit}'})"


def write_or_say(
    connection: Connection, number: int, settings: Settings, by: str, now: datetime
) -> None:
    """Write a receipt's report. Where it cannot be, the receipt stands all the same,
    and says so.
    """
    try:
        write(connection, number, settings)
    except OSError as error:
        said = f"Its report could not be written: {error.strerror or type(error).__name__}."
        connection.rollback()
        with connection.begin():
            receipts.notice(connection, number, [said])
            append(connection, "notice", {"receipt": str(number)}, by, now)


def write(connection: Connection, number: int, settings: Settings) -> Path:
    """Write a receipt's page and JSON; the page's path. Written anew, they are the same."""
    found = report(connection, number)
    folder = private.folder(settings.reports)
    private.write(folder / f"{number:06d}.json", as_json(found))
    page_path = folder / f"{number:06d}.html"
    private.write(page_path, page(found))
    return page_path


def write_anew(settings: Settings, numbers: Iterable[int]) -> list[Path]:
    """Write reports of concluded receipts here, whichever host received them; their pages' paths.
    Raises NotFound, CallError.
    """
    with engine(settings=settings).connect() as connection:
        for number in (numbers := [*numbers]):
            found = receipts.numbered(connection, number)
            if found is None:
                raise NotFound(f"No receipt {number} was ever made.")
            if not found.concluded:
                raise CallError(
                    f"Receipt {number} is {found.status}; expected one that is concluded."
                )
        return [write(connection, number, settings) for number in numbers]


def write_all(settings: Settings) -> int:
    """Write the report of every concluded receipt here; how many."""
    with engine(settings=settings).connect() as connection:
        return len([write(connection, n, settings) for n in receipts.concluded(connection)])


def as_json(found: Report) -> str:
    """A report as JSON: a line for each field, and in those of several entries one for each."""
    # Not indented throughout: Python then writes it without its C, which took a sixth of what it
    # does for a small file.
    told = ((one.name, getattr(found, one.name)) for one in fields(found))
    lines = (f" {_dumped(name)}: {_entries(value)}" for name, value in told)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _entries(value: Any) -> str:
    if not value or not isinstance(value, tuple):
        return _dumped(value)
    return "[\n" + ",\n".join(f"  {_dumped(entry)}" for entry in value) + "\n ]"


def _dumped(value: Any) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    return str(value)
