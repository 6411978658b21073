"""What `lots backup` wrote and how far what `lots restore` put back is the newest,
on a terminal.
"""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.tree import Tree

from lots.answers.restored import BackedUp, Newest, OutsideEntry
from lots.answers.wording import many
from lots.visible import marked as escape

SHOWN = 100  # entries; a person's words are told before the others


def backed_up(answer: BackedUp) -> Sequence[RenderableType]:
    """What a backup holds, and what it lacks."""
    head = "[bold red]backed up, not whole[/]" if answer.lacking else "[green]backed up[/]"
    root = Tree(
        f"{head}: {many(answer.entries, 'entry', 'entries')}, {many(answer.files, 'file')},"
        f" {answer.bytes / 1e6:,.1f} MB in {escape(answer.folder)}"
    )
    for sentence in answer.lacking:
        root.add(escape(sentence))
    return [root]


def newest(answer: Newest) -> Sequence[RenderableType]:
    """Whether scans are answered, what stands outside alone, and what is to be done."""
    head = "[green]the newest[/]" if answer.newest else "[bold red]not shown to be the newest[/]"
    root = Tree(
        f"{head}: {many(answer.entries, 'entry', 'entries')} in the database,"
        f" {answer.outside:,} outside"
    )
    # First what people must say again; by the number where they are alike.
    for one in sorted(answer.missing, key=lambda one: not one.word)[:SHOWN]:
        root.add(_entry(one))
    if len(answer.missing) > SHOWN:
        root.add(f"and {len(answer.missing) - SHOWN:,} more (all with --json)")
    for sentence in answer.said:
        root.add(escape(sentence))
    return [root]


def _entry(one: OutsideEntry) -> str:
    word = " [bold](a word of a person, to be said again)[/]" if one.word else ""
    about = f" {escape(one.about)}" if one.about else ""
    told = f"entry {one.entry:,} of {one.at:%Y-%m-%d %H:%M} UTC: {escape(one.kind)}{about}"
    return f"stands outside alone: {told}, by {escape(one.by)}{word}"
