"""What the pages of the book share: their parts in the order of the stages, tables,
words as code.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from lots.grammar.column import When
from lots.grammar.figures import either
from lots.grammar.schema import Record
from lots.records import STAGES, records

MADE = "Written by `lots docs` from the declarations under lots/: change those, not this page."


# Ends with one line end: a page that is made twice must be the same bytes.
def page(*parts: str) -> str:
    """Parts with an empty line between them."""
    return "\n\n".join(part.strip() for part in parts) + "\n"


def contents() -> str:
    """A line for each stage with links to its records."""
    return "\n".join(
        f"- {stage.replace('_', ' ')}: " + ", ".join(map(linked, of)) for stage, of in _stages()
    )


def by_stage(section: Callable[[Record], Iterator[str]]) -> Iterator[str]:
    """A heading for each stage and record, and below it what the section says of the record."""
    for stage, of in _stages():
        yield f"## Stage: {stage.replace('_', ' ')}"
        for record in of:
            yield f"### {record.name}"
            yield from section(record)


def _stages() -> Iterator[tuple[str, list[Record]]]:
    for stage in STAGES:
        if of := [r for r in records().values() if r.stage == stage]:
            yield stage, of


def linked(record: Record) -> str:
    """The record's name as a link to its section."""
    # By the heading that by_stage makes: the two must be called alike.
    return f"[{record.name}](#{record.name})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table."""
    # A stroke within a cell would begin the next one.
    cells = [tuple(cell.replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ("---",) * len(head), *cells))


def codes(names: Iterable[str]) -> str:
    """Names as code, one after the other."""
    return ", ".join(f"`{name}`" for name in names)


def scope(when: When) -> str:
    """The rows of which a rule or a link speaks."""
    return f"`{when.column}` is {either(when.values)}"
