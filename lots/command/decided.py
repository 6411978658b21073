"""A decision on a terminal: what, how far it stands, and who signed it."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from lots.answers.decided import Disposition
from lots.visible import marked as escape

# That nothing rests on it yet is said with it: a release that is proposed must not be read as one.
STANDINGS = {
    "proposed": "[yellow]proposed[/]: nothing rests on it until {} signed it on the pages",
    "in force": "[green]in force[/]",
    "ended": "ended by a later decision",
    "withdrawn": "withdrawn before it was in force",
}
PEOPLE = {1: "one person has", 2: "two people have"}


def decided(answer: Disposition) -> Sequence[RenderableType]:
    """One decision."""
    return [*_lines(answer)]


def _lines(one: Disposition) -> Iterator[str]:
    standing = STANDINGS[one.standing].format(PEOPLE[one.people])
    what = f"{one.move}: {one.thing} {'/'.join(part or '' for part in one.key)}"
    yield f"[bold]Decision {one.disposition}[/], {escape(what)}: {standing}"
    for name, names in (("markets", one.markets), ("sites", one.sites), ("packs", one.packs)):
        if names is not None:
            yield f"  {name}: {escape(', '.join(names))}"
    if one.ends:
        yield f"  ends: {', '.join(map(str, one.ends))}"
    yield f"  owner: {escape(one.owner)}"
    yield from (f"  {escape(name)}: {escape(text)}" for name, text in one.given.items())
    for word in one.words:
        # That nobody signed in is said too, as it counts for no signature.
        role = f", {word.role.replace('_', ' ')}" if word.role else ", not signed in"
        yield (
            f"  {word.said} by {escape(word.by)}{role}, {word.at:%Y-%m-%d %H:%M}:"
            f" {escape(word.meaning)}"
        )
