"""Charts over time, drawn on the server: Vega-Lite, as SVG that takes its colours from the style
sheet, so that the dark follows, and no script and no style of its own is in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from lots.answers.today import Charted

# As wide as a telephone, so that its letters are never made smaller than they are written.
WIDTH, HEIGHT = 300, 180
COLOURS: Mapping[str, tuple[str, ...]] = {
    "rows": ("var(--accent)", "var(--doubt)"),
    "findings": ("var(--doubt)", "var(--accent)"),
    "lots": ("var(--accent)",),
}
# What ends is drawn downwards: it is no part of what began.
DOWN = ("ended",)
UNITS = {True: "utcyearmonth", False: "utcyearmonthdate"}
KEPT = 64  # drawings: whoever looks again before something came is shown the same


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a page has it: its name, the drawing, and the same figures as rows of a table."""

    name: str
    parts: tuple[str, ...]
    svg: Markup
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    sums: tuple[int, ...]


def chart(told: Charted) -> Chart:
    """The drawing of some counts, and the table that says the same."""
    days = sorted({point.at for point in told.points})
    counted = {(point.at, point.what): point.count for point in told.points}
    rows = tuple(
        (_written(d, told), tuple(counted.get((d, p), 0) for p in told.parts)) for d in days
    )
    sums = tuple(sum(row[n] for _, row in rows) for n in range(len(told.parts)))
    return Chart(told.name, told.parts, _drawn(json.dumps(_spec(told))), rows, sums)


def _written(day: Any, told: Charted) -> str:
    return f"{day:%Y-%m}" if told.monthly else day.isoformat()


def warm() -> None:
    """Draw once, so that nobody waits while what draws is loaded."""
    _drawn(json.dumps({"data": {"values": []}, "mark": "bar"}))


@lru_cache(maxsize=KEPT)
def _drawn(spec: str) -> Markup:
    import vl_convert

    return Markup(vl_convert.vegalite_to_svg(json.loads(spec)))


def _spec(told: Charted) -> dict[str, Any]:
    unit = UNITS[told.monthly]
    values = [
        {"at": f"{p.at}T00:00Z", "what": p.what, "count": -p.count if p.what in DOWN else p.count}
        for p in told.points
    ]
    times = {"timeUnit": unit, "type": "temporal", "title": None}
    span = {"domain": [f"{told.since}T00:00Z", f"{told.until}T23:59Z"], "type": "utc"}
    return {
        "data": {"values": values},
        "mark": {"type": "bar", "binSpacing": 0.5},
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "encoding": {
            "x": {"field": "at", **times, "scale": span, "axis": _axis(told)},
            "y": {"field": "count", "type": "quantitative", "title": None, "axis": COUNTS},
            "color": _colour(told),
            # In the order of its parts, the first at the bottom.
            "order": {"field": "what", "sort": "ascending"},
        },
        "config": CONFIG,
    }


def _axis(told: Charted) -> dict[str, Any]:
    return {"format": "%b %y" if told.monthly else "%d %b", "tickCount": 4, "grid": False}


def _colour(told: Charted) -> dict[str, Any]:
    scale = {"domain": [*told.parts], "range": [*COLOURS[told.name]]}
    legend = {"orient": "top", "title": None} if len(told.parts) > 1 else None
    return {"field": "what", "type": "nominal", "scale": scale, "legend": legend}


# Of counts there is no half; and what is drawn downwards is no less than nothing.
COUNTS = {
    "labelExpr": "datum.value == floor(datum.value) ? format(abs(datum.value), ',') : ''",
    "tickCount": 4,
}
_TEXT = {"labelColor": "var(--ink)", "labelFont": "inherit", "labelFontSize": 12}
CONFIG = {
    # The table below says it to who cannot see: not each bar by itself.
    "aria": False,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        **_TEXT,
        "domainColor": "var(--quiet)",
        "tickColor": "var(--quiet)",
        "gridColor": "var(--line)",
        "tickCount": 4,
    },
    "legend": {**_TEXT, "symbolType": "square"},
}
