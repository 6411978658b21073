"""What the walk knows of the questions: the links that each crosses, read from docs/questions.md, and
those links' columns, from docs/dictionary.md.
"""

import re
from pathlib import Path
from typing import NamedTuple

from tests.walk.columns import KEYS

DOCS = Path(__file__).parents[2] / "docs"
OTHER_WAY = "`lots trace` goes"
CROSSED = re.compile(r"([↓↑]) \[(\w+)\]\(dictionary\.md#\w+\)\.(\w+)")
# The records whose rows are lines of vials, and those that tell where packs are.
LINES = ("dispensing", "reconstitution_vial", "administration_vial")


Where = tuple[str, tuple[str, ...]]  # a column, and some words in it


class Link(NamedTuple):
    """A link: its columns; the record that it names (empty: something without one), by which columns
    of it, at which step; the column and words without which it does not hold; whether it must be told,
    but where a column has some words; the links of which one is enough; and further columns without
    which it tells nothing.
    """

    columns: tuple[str, ...]
    target: str
    on: tuple[str, ...]
    step: str
    scope: Where | None
    must: bool
    unless: Where | None
    enough: tuple[str, ...]
    needs: tuple[str, ...]


def _sections(page: str, mark: str) -> dict[str, str]:
    """The parts of a page by their titles, small and with hyphens."""
    text = (DOCS / page).read_text("utf-8")
    parts = re.split(rf"^{mark} (.+)$", text, flags=re.MULTILINE)[1:]
    return {
        title.lower().replace(" ", "-"): body.split("\n## ")[0]
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def _crossed(text: str, ends: dict[str, str]) -> list[tuple[str, str, str]]:
    """The links of the way down, in order, those of what it ends in included."""
    down = text.split(OTHER_WAY)[0]
    found = CROSSED.findall(down)
    for name in re.findall(r"\]\(#(from-[\w-]+)\)", down):
        found += _crossed(ends[name], ends)
    return list(dict.fromkeys(found))


def _paths() -> dict[str, list[tuple[str, str, str]]]:
    """The links of each question, with the way in which each is gone."""
    ends = _sections("questions.md", "###")
    asked = _sections("questions.md", "##")
    return {
        name: _crossed(text, ends)
        for name, text in asked.items()
        if "Asks for" in text.split("\n1. ")[0]
    }


def _links() -> dict[tuple[str, str], Link]:
    """Every link, by its record and name."""
    found = {}
    for record, text in _sections("dictionary.md", "###").items():
        for name, said in re.findall(r"^- \*(\w+)\*: (.+)$", text, re.MULTILINE):
            found[record, name] = _link(said)
    return found


def _link(said: str) -> Link:
    """A link by the words of the page."""
    first, *more = re.split(r"\. ", said.removesuffix("."))
    named, _, rest = re.split(r" (names?) ", first, maxsplit=1)
    columns = tuple(re.findall(r"`(\w+)`", named))
    to = re.match(r"an? \[(\w+)\]", rest)
    target = to[1] if to else ""
    step = re.search(r"whose `step` is (\w+)", rest)
    must = [words for words in more if words.startswith("Must be told")]
    enough = [words for words in more if words.startswith("One of ")]
    return Link(
        columns,
        target,
        _on(target, len(columns), re.search(r" by its ((?:`\w+`(?:, )?)+)", rest)),
        step[1] if step else "",
        _where(rest),
        bool(must),
        _where(must[0]) if must else None,
        tuple(re.findall(r"\*(\w+)\*", enough[0])) if enough else (),
        _needs(must[0]) if must else (),
    )


def _needs(words: str) -> tuple[str, ...]:
    """The columns that must be told with it."""
    said = re.match(r"Must be told with ((?:`\w+`(?: and )?)+)", words)
    return tuple(re.findall(r"`(\w+)`", said[1])) if said else ()


def _on(target: str, columns: int, by: re.Match[str] | None) -> tuple[str, ...]:
    """The columns by which a record is named."""
    if by:
        return tuple(re.findall(r"`(\w+)`", by[1]))
    if target == "donor":
        return ("donor_key",)  # a donor's rows are of days, and each names the person
    if target == "lot" and columns < 3:
        return ("manufacturer", "lot_number")[-columns:]
    return tuple(KEYS.get(target, ()))


def _where(words: str) -> Where | None:
    """The condition that a sentence ends with."""
    found = re.search(r"where `(\w+)` is ([\w, ]+)", words)
    return (found[1], tuple(re.split(r", | or ", found[2]))) if found else None


PATHS = _paths()
# What a trace crosses besides, on its way up.
UP = {
    name: CROSSED.findall(text.partition(OTHER_WAY)[2])
    for name, text in _sections("questions.md", "##").items()
    if name in PATHS
}
TRACES = ("patient", "party")  # are asked by a trace alone
LINKS = _links()
# The links that are on some path; all others are aside.
WALKED = {(record, name) for path in PATHS.values() for _, record, name in path}
# The records of each question, and for what a trace alone asks those of its way up.
RECORDS = {
    name: {record for _, record, _ in path + (UP[name] if name in TRACES else [])}
    for name, path in PATHS.items()
}
