"""What became of redactions, on a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.tree import Tree

from lots.answers.redacted import Redaction, Redactions
from lots.answers.wording import many
from lots.visible import marked as escape


def redacted(answer: Redactions) -> Sequence[RenderableType]:
    """Each of them, with what it does not reach."""
    if not answer.redactions:
        return ["No redaction waits to be done."]
    return [_one(one) for one in answer.redactions]


def _one(one: Redaction) -> Tree:
    root = Tree(f"Redaction {one.redaction} of a {one.kind}: {escape(one.standing)}")
    for line in _lines(one):
        root.add(line)
    return root


def _lines(one: Redaction) -> Iterator[str]:
    yield f"decision {one.disposition}"
    # For those who sign it, and only where they asked for it.
    if one.key is not None:
        yield f"of {escape(one.key)}"
    if one.entry is not None:
        done = f"{many(one.rows, 'row')} and {many(one.files, 'kept file')}"
        yield f"{done}, under entry {one.entry:,}"
    yield from (f"[dim]{escape(said)}[/]" for said in one.said)
