"""The walk's reading of near names, on the table of docs/near.md."""

import re
from collections.abc import Iterator

import pytest

from lots.settings import ROOT
from tests.walk.near import alike


def table() -> Iterator[tuple[str, str, bool]]:
    """Each row: a name that nobody knows, a known one, and whether it is a rewriting of it."""
    text = (ROOT / "docs" / "near.md").read_text("utf-8")
    for unknown, known, how in re.findall(
        r"^\| `(.+?)` \| `(.+?)` \|.*\| (\w+) \|$", text, re.MULTILINE
    ):
        yield unknown, known, how == "strong"


@pytest.mark.parametrize(("unknown", "known", "strong"), [*table()])
def test_the_walk_takes_for_near_what_the_page_says(unknown: str, known: str, strong: bool) -> None:
    assert alike(unknown, known) is strong
