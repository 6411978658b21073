"""The page of what was changed, what noticed it, and where it was noise: docs/certificate-tables.md."""

from collections.abc import Iterator
from datetime import date

from lots.records import records
from lots.settings import ROOT
from tests.integration.losses import asked_by
from tests.worlds.broken import REFUSED
from tests.worlds.changes import PROPOSED, SWAPPED, TAKEN_BACK, UNTOLD, beside
from tests.worlds.judged import OTHER, OWN, SILENT, TOLD, Kind, Tally
from tests.worlds.noticed import CERTIFICATE, NOTHING

PAGE = ROOT / "docs" / "certificate-tables.md"
LOST = ("held back", REFUSED, PROPOSED, TAKEN_BACK, "empty", "unknown", "contradicted")
ROWS = ("the file", "the row")
NONE = "·"
HEAD = """# What was lost, and what noticed it

Written by `make worlds` with PAGE=1: change tests/worlds/, not this page. Worlds are drawn \
from a seed, of which every answer is complete and true; each change is made in a transaction \
that is taken back, and questions are asked after it (what an answer promises: \
[certificate.md](certificate.md)). A truth is what happened to each drawn vial, whatever the \
rows tell of it.

{counts}

"""
FIRST = """## What must be said

A row or file that its sender announced is held back; a row is refused, for a part of its key \
that cannot be used, or taken back, for its sender to tell it anew, by one person or by two; a \
link's value is empty, one that nobody knows, or contradicted by a second version; what decides \
beside links (a time, a word, a product, a number of vials) is empty or contradicted. `own` are \
answers about the chain that it is in (of a file: about any chain): n of m were not called \
complete, and all others were the same as before. `noise` are answers about the chain of another \
maker and product: n of m were not called complete, and why (the first reason of one). A dot: \
the worlds that were drawn have none, or none was asked.

| record | link | changes | own | noise | why |
| --- | --- | --- | --- | --- | --- |
"""
SECOND = """
## What nobody can promise to see

Another row's value in place of a link's own, and a row that its sender never told of. Nothing \
is missing then: what notices it is a rule across records ({reference}), or that something else \
is without what the process demands, so that one of four answers about it is not called \
complete. Of n changes: how many were noticed, by what.

| record | link | changes | noticed | by |
| --- | --- | --- | --- | --- |
"""


def page(tally: Tally, seeds: str, on: date) -> str:
    """The page of what was found."""
    answers = sum(tally.answers.values())
    silent = sum(n for (_, _, said), n in tally.answers.items() if said == TOLD)
    wrong = len({said.rpartition(": ")[0] for said in tally.wrong})  # however many figures of each
    seen = sum(n for (_, by), n in tally.noticed.items() if by == "all")
    missed = sum(n for (_, by), n in tally.noticed.items() if by == NOTHING)
    counts = (
        f"On {on}, worlds of the seeds {seeds}: {sum(tally.changes.values()):,} changes, {answers:,}"
        f" answers, {silent:,} of them not called complete; {wrong:,} answers were wrong, as the code"
        " was when they were given."
        f" Of {seen:,} changes of the second table {seen - missed:,} were noticed."
    )
    return "".join(
        [
            HEAD.format(counts=counts),
            FIRST,
            *(_row(cells) for cells in _lost(tally)),
            SECOND.format(reference="no reference is loaded, so that no rule of a limit is put"),
            *(_row(cells) for cells in _unseen(tally)),
        ]
    )


def rows() -> list[tuple[str, str]]:
    """Each record with a link by which it is asked for, and each of these links; a row and a file of it."""
    return [
        (r.name, name)
        for r in records().values()
        if asked_by(r)
        for name in (*ROWS, *(k.name for k in asked_by(r)))
    ]


def _beside(tally: Tally) -> Iterator[tuple[str, str]]:
    """What decides beside links, where it was changed."""
    changed = {(record, link) for record, link, _ in tally.changes}
    for record in records().values():
        names = {link.name for link in record.links}
        for column in beside(record):
            if column.name not in names and (record.name, column.name) in changed:
                yield record.name, column.name


def _lost(tally: Tally) -> Iterator[tuple[str, ...]]:
    for record, link in sorted(
        [*rows(), *_beside(tally)], key=lambda of: [*records()].index(of[0])
    ):
        kinds = [(record, link, how) for how in LOST]
        why = next((tally.why[k] for k in kinds if k in tally.why), "")
        changes = sum(tally.changes.get(kind, 0) for kind in kinds)
        yield (
            record,
            link,
            _told(changes),
            _share(tally, kinds, OWN),
            _share(tally, kinds, OTHER),
            why,
        )


def _share(tally: Tally, kinds: list[Kind], of: str) -> str:
    told, silent = (
        sum(tally.answers.get((kind, of, said), 0) for kind in kinds) for said in (TOLD, SILENT)
    )
    return f"{told:,} of {told + silent:,}" if told + silent else NONE


def _unseen(tally: Tally) -> Iterator[tuple[str, ...]]:
    for record, link in rows():
        kind = (record, link, UNTOLD if link == "the row" else SWAPPED)
        every = tally.noticed.get((kind, "all"), 0)
        by = {
            b: n for (k, b), n in tally.noticed.items() if k == kind and b not in ("all", NOTHING)
        }
        named = [
            f"{b} {n:,}" for b, n in sorted(by.items(), key=lambda x: (x[0] != CERTIFICATE, x))
        ]
        missed = tally.noticed.get((kind, NOTHING), 0)
        if link != "the file":
            yield record, link, _told(every), _told(every - missed), ", ".join(named)


def _told(number: int) -> str:
    return f"{number:,}" if number else NONE


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |\n"
