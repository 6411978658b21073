"""A receipt's report as a page that is read without a network."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lots.visible import page as escape


# Lines and never values: a page lies about, and is sent on.
@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in a report: how many rows it spoke of, passed and broke it, and on which lines
    first.
    """

    rule: str
    version: int
    sentence: str
    limit: str
    citation: str
    outcome: str
    holds: str
    passed: int
    failed: int
    not_applicable: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that is wrong with a file: what, of how many rows, on which lines first, what was
    expected, and what to do.
    """

    what: str
    rows: int
    lines: tuple[int, ...]
    expected: str
    to_do: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file."""

    receipt: int
    summary: str
    wrong: tuple[Wrong, ...]
    file: dict[str, Any]
    counts: dict[str, int]
    rules: tuple[RuleLine, ...]
    refused: tuple[tuple[str, int, tuple[int, ...]], ...]
    notices: tuple[str, ...]


# Within the page: it is read without a network, and nothing of it is asked for elsewhere.
STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c2430}
h1{font-size:1.2rem;margin:0 0 .2rem;color:#56606e;font-weight:600}h2{font-size:1.1rem;margin:1.8rem 0 .4rem}
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;border-bottom:1px solid #e3e7ee;text-align:left;
vertical-align:top}th{font-weight:600;color:#56606e}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
p.summary{font-size:1.35rem;line-height:1.35;margin:.2rem 0 1rem;font-weight:600}
.accepted{color:#13703c}.wrong{color:#8a5a00}.refused,.abandoned,.all_refused{color:#a1260d}
code{font-size:.85em;overflow-wrap:anywhere}td{overflow-wrap:break-word}
details{margin:1.8rem 0}summary{cursor:pointer;font-weight:600}
"""
WRONG = ("what is wrong", "#rows", "on lines", "expected", "what to do")
RULES = (
    "rule",
    "says",
    "outcome",
    "#passed",
    "#failed",
    "#not applicable",
    "first lines",
    "source",
)


def page(found: "Report") -> str:
    """The page: one sentence, what is wrong and what to do; what is well is folded away."""
    head = f"{found.file['file_name']} of {found.file['sender']}"
    met = [r for r in found.rules if not r.failed]
    parts = [
        f"<h1>{escape(head)}</h1>",
        f"<p class='summary {_how(found)}'>{escape(found.summary)}</p>",
        _wrong(found.wrong),
        _table("Worth knowing", ("",), [(n,) for n in found.notices]),
        _table("Counts", ("what", "#number"), _counted(found.counts)),
        _table("The file", ("", ""), list(_facts(found.receipt, found.file))),
        _folded("rules broken, in full", [r for r in found.rules if r.failed]),
        _folded("rules met, or not applicable", met),
    ]
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{escape(head)}</title><style>{STYLE}</style><body>{''.join(parts)}</body></html>"
    )


def _counted(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(name.replace("_", " "), count) for name, count in counts.items() if count]


def _how(found: "Report") -> str:
    """How the sentence looks: well only where nothing is wrong."""
    return (
        "accepted wrong"
        if found.wrong and found.file["status"] == "accepted"
        else found.file["status"]
    )


def _facts(receipt: int, file: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "receipt", f"{receipt} (a line of it is named {receipt}:LINE in every command)"
    yield "record type", file["record"] or "none fits"
    yield "received", f"{file['received_at']:%Y-%m-%d %H:%M:%S} UTC"
    yield "by, as stated", file["received_by"]
    yield "bytes", str(file["bytes"])
    yield "ledger entry", str(file["entry"])


def _wrong(wrong: Iterable["Wrong"]) -> str:
    rows = [
        (w.what, w.rows or "", _lines(w.lines) or "the whole file", w.expected, w.to_do)
        for w in wrong
    ]
    return _table("What is wrong", WRONG, rows) or "<p>Nothing is wrong with it.</p>"


def _folded(title: str, rules: Sequence["RuleLine"]) -> str:
    if not rules:
        return ""
    table = _table("", RULES, [_cells(r) for r in rules])
    return f"<details><summary>{len(rules)} {escape(title)}</summary>{table}</details>"


def _cells(rule: "RuleLine") -> tuple[object, ...]:
    held = "" if rule.holds == "nothing" else f", holds the {rule.holds}"
    return (
        f"{rule.rule} v{rule.version}",
        rule.sentence,
        f"{rule.outcome}{held}",
        rule.passed,
        rule.failed,
        rule.not_applicable,
        _lines(rule.lines),
        rule.citation,
    )


def _lines(lines: Iterable[int]) -> str:
    return ", ".join(map(str, lines))


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
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
