"""The book of the house, written from the declarations: the data dictionary, the questions and the
rule book of a checkout's docs/.
"""

from collections.abc import Mapping
from pathlib import Path

from lots.papers import moves, questions, verdicts
from lots.papers.dictionary import dictionary
from lots.papers.rules import rules
from lots.records import records

NUMBERS = "column_numbers.txt"


def write(folder: Path, more: Mapping[str, str] | None = None) -> list[Path]:
    """Write every page, and more by their names; their paths."""
    written = []
    for name, text in (pages() | dict(more or {}) | {NUMBERS: numbers(folder)}).items():
        written.append(folder / name)
        written[-1].parent.mkdir(parents=True, exist_ok=True)
        written[-1].write_text(text, encoding="utf-8")
    return written


def pages() -> dict[str, str]:
    """Each page by its file's name."""
    return {
        "dictionary.md": dictionary(),
        "norm/moves.md": moves.whole(),
        "norm/verdicts.md": verdicts.whole(),
        "questions.md": questions.whole(),
        "rules.md": rules(),
    }


def numbers(folder: Path) -> str:
    """Each number that was ever given to a column: those that a folder's page has, unchanged, and
    then those that are new.
    """
    there = folder / NUMBERS
    given = there.read_text(encoding="utf-8") if there.is_file() else ""
    # By record and number: a column that got a better name keeps its line
    # (docs/decisions/canonical.md).
    told = {tuple(line.split()[:2]) for line in given.splitlines()}
    new = [(r.name, str(c.number), c.name) for r in records().values() for c in r.columns]
    # Only ever added to: a number that was given once is never given to another column.
    return given + "".join(f"{' '.join(line)}\n" for line in new if line[:2] not in told)
