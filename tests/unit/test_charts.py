"""Charts: drawn on the server, coloured by the style sheet, and said as a table too."""

import re
from datetime import date

import pytest

from lots.answers.today import Charted, Point
from lots.pipeline.today import CHARTS
from lots.web import texts
from lots.web.charts import COLOURS, Chart, chart
from lots.web.render import HERE

SINCE, UNTIL = date(2026, 10, 27), date(2026, 11, 26)
ROWS = (
    Point(date(2026, 11, 3), "accepted", 1200),
    Point(date(2026, 11, 3), "refused", 7),
    Point(date(2026, 11, 26), "refused", 3),
)


def drawn(name: str, *points: Point) -> Chart:
    """A chart of the page."""
    _, parts, _, monthly = next(told for told in CHARTS if told[0] == name)
    return chart(Charted(name, parts, SINCE, UNTIL, monthly, points))


def bars(svg: str) -> list[tuple[float, float]]:
    """Where each bar stands: its bottom above the top of the drawing, and its height."""
    found = re.findall(r'd="M[\d.]+,([\d.]+)h[\d.]+v(-?[\d.]+)h-[\d.]+Z" fill="var', svg)
    return [(float(y), float(height)) for y, height in found]


def test_its_table_says_what_its_drawing_says() -> None:
    found = drawn("rows", *ROWS)
    assert found.rows == (("2026-11-03", (1200, 7)), ("2026-11-26", (0, 3)))
    assert found.sums == (1200, 10)
    assert len(bars(found.svg)) == len(ROWS)


def test_months_are_written_as_months() -> None:
    assert drawn("lots", Point(date(2026, 11, 1), "packed", 2)).rows == (("2026-11", (2,)),)


def test_an_axis_of_counts_has_no_half() -> None:
    svg = drawn("lots", Point(date(2026, 11, 1), "packed", 1)).svg
    assert "0.5" not in re.findall(r">([^<>]+)</text>", svg)


def test_what_ended_is_drawn_below_what_was_opened() -> None:
    svg = drawn(
        "findings", Point(date(2026, 11, 3), "opened", 2), Point(date(2026, 11, 3), "ended", 1)
    ).svg
    (_, up), (_, down) = sorted(bars(svg), key=lambda bar: bar[0])
    assert 0 < down < up
    assert "-1" not in re.sub(r"<[^>]*>", " ", svg), "an axis of counts has no sign"


@pytest.mark.parametrize("name", COLOURS)
def test_its_colours_are_the_style_sheets_and_our_policy_forbids_nothing_in_it(name: str) -> None:
    _, parts, *_ = next(told for told in CHARTS if told[0] == name)
    found = drawn(name, *(Point(date(2026, 11, 3), part, 2) for part in parts))
    style = (HERE / "static" / "style.css").read_text("utf-8")
    used = set(re.findall(r"var\((--\w+)\)", found.svg))
    assert {colour[4:-1] for colour in COLOURS[name]} <= used
    assert all(f"{colour}:" in style for colour in used)
    assert not re.search(r"style=|<script|<style|href=|url\(| id=|#[0-9a-f]{3}", found.svg)
    assert name in texts()["charts"]
