"""A receipt's own report, as a page that needs nothing else and as JSON: counts, every rule,
examples by line number.

No value of a row stands in it: lines can be looked up in the kept file, people's keys cannot leak
from here.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lots import private
from lots.grammar.column import Rule
from lots.pipeline.accept import COUNTED
from lots.records import record
from lots.settings import Settings
from lots.store.answers import statements
from lots.store.engine import Connection
from lots.store.intake import receipts
from lots.visible import page as escape

# Within the page: it is read without a network, and nothing of it is asked for elsewhere.
STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c2430}
h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:1.8rem 0 .4rem}
table{border-collapse:collapse;width:100%}td,th{padding:.25rem .6rem;border-bottom:1px solid #e3e7ee;text-align:left;
vertical-align:top}th{font-weight:600;color:#56606e}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.accepted{color:#13703c}.refused{color:#a1260d}.failed{background:#fff4e5}code{font-size:.85em;overflow-wrap:anywhere}
p.lead{color:#56606e;margin:.1rem 0}
"""


@dataclass(frozen=True, slots=True)
# Lines and never values: a page lies about, and is sent on.
class RuleLine:
    """One rule in a report: how many rows it spoke of, passed and broke it, and on which lines
    first.
    """

    rule: str
    version: int
    sentence: str
    citation: str
    outcome: str
    holds: str
    passed: int
    failed: int
    not_applicable: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file."""

    receipt: int
    file: dict[str, Any]
    counts: dict[str, int]
    rules: tuple[RuleLine, ...]
    refused: tuple[tuple[str, int, tuple[int, ...]], ...]
    notices: tuple[str, ...]


FILE = (
    "file_name",
    "sender",
    "bytes",
    "sha256",
    "received_at",
    "received_by",
    "record",
    "status",
    "sentence",
    "entry",
    "entry_hash",
)


def report(connection: Connection, number: int) -> Report:
    """Read the report of a concluded receipt."""
    row = statements.row(connection, "receipt_of", receipt=number)
    # Of findings the first lines only: the page is read by people, the rest stands in the database.
    opened = {r.rule: tuple(r.lines) for r in statements.of_receipt(connection, "findings", number)}
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
    return Report(number, file, counts, rules, refused, tuple(receipts.notices(connection, number)))


def _rule_line(
    rule: Rule, tallies: dict[str, list[int]], rows: int, opened: dict[str, tuple[int, ...]]
) -> RuleLine:
    judged, failed = tallies.get(rule.id, [0, 0])
    return RuleLine(
        rule.id,
        rule.version,
        rule.sentence,
        rule.citation,
        rule.outcome.value,
        rule.holds.value,
        judged - failed,
        failed,
        # Whom a rule did not speak of: never counted as passed.
        rows - judged,
        opened.get(rule.id, ()),
    )


def write(connection: Connection, number: int, settings: Settings) -> Path:
    """Write a receipt's page and JSON; the page's path. Written anew, they are the same."""
    found = report(connection, number)
    folder = private.folder(settings.reports)
    private.write(
        folder / f"{number:06d}.json",
        json.dumps(asdict(found), default=str, indent=1, ensure_ascii=False),
    )
    page_path = folder / f"{number:06d}.html"
    private.write(page_path, page(found))
    return page_path


def page(found: Report) -> str:
    """The page, readable without a network."""
    file = found.file
    head = f"{file['file_name']} of {file['sender']}"
    facts = [
        ("record type", file["record"] or "none fits"),
        ("received", f"{file['received_at']:%Y-%m-%d %H:%M:%S} UTC"),
        ("by, as stated", file["received_by"]),
        ("bytes", f"{file['bytes']:,}"),
        ("SHA-256", file["sha256"]),
        ("ledger entry", f"{file['entry']} ({file['entry_hash']})"),
    ]
    parts = [
        f"<h1>{escape(head)}</h1>",
        f"<p class='{file['status']}'><b>{file['status']}</b> {escape(file['sentence'] or '')}</p>",
        _table("", ("", ""), facts),
        _table("Counts", ("what", "#number"), list(found.counts.items())),
        _table("Notices", ("",), [(n,) for n in found.notices]),
        _table(
            "Refused rows",
            ("reason", "#rows", "first lines"),
            [(r, n, _lines(at)) for r, n, at in found.refused],
        ),
        _table("Rules broken", RULE_HEAD, [_cells(r) for r in found.rules if r.failed]),
        _table(
            "Rules met, or not applicable",
            RULE_HEAD,
            [_cells(r) for r in found.rules if not r.failed],
        ),
    ]
    return (
        "<!doctype html><html lang='en'><meta"
        f" charset='utf-8'><title>{escape(head)}</title><style>{STYLE}</style>"
        f"<body>{''.join(parts)}</body></html>"
    )


RULE_HEAD = (
    "rule",
    "says",
    "outcome",
    "#passed",
    "#failed",
    "#not applicable",
    "first lines",
    "source",
)


def _cells(r: RuleLine) -> tuple[object, ...]:
    held = "" if r.holds == "nothing" else f", holds the {r.holds}"
    return (
        f"{r.rule} v{r.version}",
        r.sentence,
        f"{r.outcome}{held}",
        r.passed,
        r.failed,
        r.not_applicable,
        _lines(r.lines),
        r.citation,
    )


def _lines(lines: tuple[int, ...]) -> str:
    return ", ".join(map(str, lines))


def _table(
    title: str, head: tuple[str, ...], rows: list[tuple[Any, ...]] | list[tuple[str, Any]]
) -> str:
    """A table; columns whose head begins with # hold numbers. Nothing at all where there are no
    rows.
    """
    if not rows:
        return ""
    numbers = [h.startswith("#") for h in head]
    top = "".join(
        f"<th{' class=n' if n else ''}>{escape(h.lstrip('#'))}</th>"
        for h, n in zip(head, numbers, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{' class=n' if n else ''}>{_cell(v)}</td>"
            for v, n in zip(row, numbers, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    heading = f"<h2>{escape(title)}</h2>" if title else ""
    return f"{heading}<table>{f'<tr>{top}</tr>' if any(head) else ''}{body}</table>"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    shown = escape(str(value))
    return f"<code>{shown}</code>" if len(shown) >= 64 and " " not in shown[:64] else shown
