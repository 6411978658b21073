"""The certificate of an answer on a terminal: two lines at the head, then four groups."""

from rich.tree import Tree

from lots.answers import Certificate, NotHeard, Reason
from lots.answers.certificate import Group
from lots.answers.wording import many
from lots.visible import marked as escape

REASONS_SHOWN = 8  # of a group
SENDERS_SHOWN = 3  # at the head
ALIKE_SHOWN = 5  # of a reason


def certificate(answer: Certificate, *, shown: int = REASONS_SHOWN) -> Tree:
    """Whether anything may be missing, and what; never one word alone. shown:
    reasons of a group.
    """
    root = Tree(
        f"certificate as of ledger entry {answer.entry},"
        f"{_since(answer)} through {answer.through:%Y-%m-%d %H:%M} UTC"
        + ("" if answer.through_asked else f", until when {_who(answer)} told all")
    )
    # These two first: an answer is complete only where both say that nothing is missing
    # (docs/certificate.md).
    root.add(f"of what arrived: {_arrived(answer)}")
    root.add(f"not heard: {_not_heard(answer)}")
    root.add(_checkpoint(answer.checkpoint))
    root.add(
        f"walked {many(answer.nodes, 'lot or pool', 'lots and pools')},"
        f" {many(answer.edges, 'link')} between them, {many(answer.vial_lines, 'vial line')}"
    )
    for thing in answer.by_name:
        root.add(
            f"the {thing} is known by its name alone: a row that writes it otherwise is not found"
        )
    if answer.unlinked:
        root.add(
            f"[yellow]{many(answer.unlinked, 'ledger entry', 'ledger entries')} not linked yet[/]"
        )
    # By what they do to the answer: what changes it is read before what only might.
    for group in Group:
        _group(root, group, [r for r in answer.reasons if r.group is group], shown)
    if answer.not_heard:
        heard = root.add("[bold]was not heard[/]")
        for one in answer.not_heard[:shown]:
            heard.add(_silent(one))
        _more(heard, len(answer.not_heard) - shown, "senders")
    if answer.left_out:
        ends = sum(one.rows for one in answer.left_out)
        # Counted at least: whoever doubts why something was left out finds it with --json.
        root.add(f"[dim]cannot matter here: {many(ends, 'open end')} (listed with --json)[/]")
    return root


def _who(answer: Certificate) -> str:
    """Who told all: whoever was not heard whole did not."""
    return "those heard whole" if answer.not_heard else "all in scope"


def _checkpoint(note: str) -> str:
    """What whoever was answered can note down, and hold against the ledger later."""
    if not note:
        return "[yellow]no checkpoint of the ledger was written yet[/]"
    # Of the note the size and the root alone, which one can write down; the signature is with
    # --json.
    _, size, root = note.split("\n")[:3]
    return f"checkpoint {escape(size)} {escape(root)}"


def _arrived(answer: Certificate) -> str:
    if not answer.open_ends and not answer.unlinked:
        return "[green]whole[/]"
    # Entries that are not linked yet make it incomplete, though no open end does.
    is_are = "could belong" if answer.open_ends else "none that could belong"
    return f"[yellow]{many(answer.open_ends, 'open end')} {is_are}[/]"


def _since(answer: Certificate) -> str:
    return "" if answer.since is None else f" from {answer.since:%Y-%m-%d}"


def _not_heard(answer: Certificate) -> str:
    if not answer.not_heard:
        return "[green]nobody in scope[/]"
    told = [
        f"{escape(one.sender)} (at most {many(one.packs, 'pack')} there)"
        for one in answer.not_heard[:SENDERS_SHOWN]
    ]
    more = len(answer.not_heard) - SENDERS_SHOWN
    return "[yellow]" + ", ".join([*told, *([f"{more} more"] if more > 0 else [])]) + "[/]"


def _group(root: Tree, group: Group, reasons: list[Reason], shown: int) -> None:
    if not reasons:
        return
    branch = root.add(f"[bold]{group}[/]")
    for reason in reasons[:shown]:
        here = branch.add(f"{escape(reason.sentence)} {_weight(reason)}".rstrip())
        if reason.where:
            of = f" of {', '.join(reason.senders)}" if reason.senders else ""
            here.add(f"[dim]{escape('; '.join(reason.where) + of)}[/]")
        for said in reason.alike[:ALIKE_SHOWN]:
            here.add(f"[bold]{escape(said)}[/]")
        if len(reason.alike) > ALIKE_SHOWN:
            here.add(f"[dim]and {len(reason.alike) - ALIKE_SHOWN} more that look alike[/]")
        here.add(f"[dim]settled by {escape(reason.settled_by)}[/]")
    _more(branch, len(reasons) - shown, "reasons")


def _weight(reason: Reason) -> str:
    """How much it may add at most; nothing is said where it adds nothing to a figure."""
    if reason.vials is None:
        return "[yellow]How many vials, nobody can tell.[/]"
    # An end above a pool that is shown may belong to the answer and add no vial to it.
    if not (reason.vials or reason.patients):
        return ""
    return f"At most {many(reason.vials, 'vial')}, {many(reason.patients or 0, 'patient')}."


def _silent(one: NotHeard) -> str:
    return f"{escape(one.sender)}: {escape('; '.join(one.reasons))}"


def _more(branch: Tree, count: int, what: str) -> None:
    if count > 0:
        branch.add(f"[dim]and {count} more {what} (all with --json)[/]")
