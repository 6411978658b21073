"""A page from a template: what came from outside stands in it as text that can be seen, never as
markup.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lots.answers import Between, LotName
from lots.answers.lists import Held
from lots.answers.wording import many
from lots.visible import visible

HERE = Path(__file__).parent
STATIC = HERE / "static"
ROW = re.compile(r"\d+:\d+(?= \()")
BEGUN = Markup("<!--begun-->")  # seen by nobody
Texts = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around each page: what the database holds, who is signed in, where they may go.

    places: of each page that the role may open its text's name and its address; here: this one's.
    """

    nature: str
    here: str
    full_name: str = ""
    role: str = ""
    site: str = ""
    places: tuple[tuple[str, str], ...] = ()


def render(template: str, frame: Frame, **told: Any) -> str:
    """The page, as HTML."""
    return _environment().get_template(f"{template}.html").render(frame=frame, **told)


def stream(template: str, frame: Frame, **told: Any) -> Iterator[str]:
    """The page in pieces: all that stands before a template's `begun` goes at once, so that
    somebody sees that it comes while the rest is asked for.
    """
    waits: list[str] = []
    for piece in (
        _environment().get_template(f"{template}.html").generate(frame=frame, begun=BEGUN, **told)
    ):
        waits.append(piece)
        if BEGUN in piece:
            yield "".join(waits)
            waits.clear()
    yield "".join(waits)


@cache
def texts() -> Texts:
    """All English texts of the pages, by section and name."""
    return tomllib.loads((HERE / "english.toml").read_text("utf-8"))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        # A name that a page forgot to be told is an error, never an empty place.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    made.globals["t"] = texts()
    made.globals["decide_at"] = decide_at
    made.filters |= {"instant": instant, "number": number, "many": many, "words": words}
    made.filters |= {"between": between, "balance_address": balance_address}
    made.filters |= {"address": address, "held_address": held_address, "line_rows": line_rows}
    return made


def _seen(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def instant(at: datetime | date | None) -> str:
    """An instant in UTC, to the minute; a day as it is."""
    if isinstance(at, datetime):
        return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return "" if at is None else at.isoformat()


def address(name: LotName) -> str:
    """Where the tree of a lot or pool is, by the one name that nothing else has."""
    return _tree_of("lot", _named(name))


def balance_address(name: LotName) -> str:
    """Where the account of a lot is."""
    return f"/balance?{urlencode({'name': _named(name)})}"


def _named(name: LotName) -> str:
    return json.dumps([name.maker, name.number, name.step], ensure_ascii=False)


def held_address(held: Held) -> str:
    """Where the tree of what is held is; empty where there is none, or its key is not shown."""
    match held.record, held.key:
        case "donation", (str(number),):
            return _tree_of("donation", number)
        case "lot", (str(maker), str(number), str(step)):
            return address(LotName(maker, number, step))
        case (("pool" | "external_lot"), (str(maker), str(number))):
            return address(LotName(maker, number, "pool" if held.record == "pool" else "external"))
        case _:
            return ""


def line_rows(where: Sequence[str]) -> list[str]:
    """The rows among the places of a reason, as RECEIPT:LINE, which is how a page asks for one."""
    return [found[0] for place in where if (found := ROW.match(place))]


def decide_at(thing: str, key: Sequence[str], move: str = "") -> str:
    """Where something is decided of a thing; what is decided of has no person's key."""
    told = [("thing", thing), *(("key", part) for part in key), *([("move", move)] if move else [])]
    return f"/decide?{urlencode(told)}"


def _tree_of(kind: str, name: str) -> str:
    return f"/question?{urlencode({'view': 'trace', 'kind': kind, 'name': name})}"


def number(of: int | None) -> str:
    """A whole number; of none, that there is no end."""
    return texts()["figures"]["no_end"] if of is None else f"{of:,}"


def between(of: Between | None) -> str:
    """A figure, or from which to which; of none that nobody knows."""
    if of is None:
        return texts()["balance"]["unknown"]
    if of.least == of.most:
        return number(of.least)
    return f"{number(of.least)} {texts()['balance']['to']} {number(of.most)}"


def words(name: str) -> str:
    """A name of ours as words; of a status or a role the word that pages have for it."""
    return texts()["words"].get(name, name.replace("_", " "))
