"""The book of the house, written from the declarations: the data dictionary, the questions and the rule
book of a checkout's docs/.
"""

from collections.abc import Mapping
from pathlib import Path

from lots.papers import questions
from lots.papers.dictionary import dictionary
from lots.papers.rules import rules


def write(folder: Path, more: Mapping[str, str] | None = None) -> list[Path]:
    """Write every page, and more by their names; their paths."""
    written = []
    for name, text in (pages() | dict(more or {})).items():
        written.append(folder / name)
        written[-1].parent.mkdir(parents=True, exist_ok=True)
        written[-1].write_text(text, encoding="utf-8")
    return written


def pages() -> dict[str, str]:
    """Each page by its file's name."""
    return {"dictionary.md": dictionary(), "questions.md": questions.whole(), "rules.md": rules()}
