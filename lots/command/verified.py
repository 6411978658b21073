"""What `lots verify` found, on a terminal."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.tree import Tree

from lots.answers.verified import Verified
from lots.answers.wording import many
from lots.visible import marked as escape

SHOWN = 40  # faults


def verified(answer: Verified) -> Sequence[RenderableType]:
    """What was verified, what is not as it was, and how far that proves anything."""
    head = "[green]intact[/]" if answer.intact else "[bold red]not as it was[/]"
    root = Tree(
        f"{head}: {many(answer.entries, 'entry', 'entries')}, {many(answer.rows, 'row')} under them,"
        f" {many(answer.files, 'kept file')}, {many(answer.checkpoints, 'checkpoint')}"
    )
    for one in answer.faults[:SHOWN]:
        root.add(f"[bold]{escape(one.kind)}[/]: {escape(one.sentence)}")
    if len(answer.faults) > SHOWN:
        root.add(f"and {len(answer.faults) - SHOWN:,} more (all with --json)")
    # No fault, and told all the same: two people took something out.
    for row in answer.redacted[:SHOWN]:
        root.add(escape(row.sentence))
    if len(answer.redacted) > SHOWN:
        root.add(
            f"and {len(answer.redacted) - SHOWN:,} more rows that were redacted (all with --json)"
        )
    for said in answer.said:
        root.add(f"[dim]{escape(said)}[/]")
    return [root]
