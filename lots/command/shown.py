"""One thing whole on a terminal: its versions, its findings, what it names and what hangs on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import RenderableType
from rich.padding import Padding

from lots.answers.lists import Held
from lots.answers.shown import HangsOn, Names, Shown, ShownFinding, ShownRefused, Value, Version
from lots.command.columns import laid_out
from lots.command.listed import NOT_SHOWN, cell, key
from lots.visible import marked as escape

INDENT = 2
HOLDS_SHOWN = 12
UNSEEN = "Keys of persons and what was sent are not shown (--disclose, by a login that may)."
CONTESTED, ACROSS, PENDING = "contested", "across records", "pending"
# A rule's sentence is what should be: alone, beside a finding, it reads as if all were well.
UNMET, UNKNOWN_YET = "not met", "not known yet"
VALUES = ("column", "unit", "read", "sent")


def shown(answer: Shown, room: int) -> list[RenderableType]:
    """All that is known of a key."""
    return [f"[bold]{escape(answer.record)} {escape(key(answer.key))}[/]", *_thing(answer, room)]


def finding(answer: ShownFinding, room: int) -> list[RenderableType]:
    """A finding: the rule in words, what it judged and what it holds;
    then the thing that it is on.
    """
    held = "holds nothing" if answer.holds == "nothing" else f"holds the {answer.holds}"
    facts = (
        (_told_of(answer.rule), answer.says),
        ("limit", answer.limit),
        ("judges by", ", ".join(answer.judges_by)),
        ("source", answer.citation),
        ("opened", f"{cell(answer.opened)} UTC, {_told_by(answer.told_by)}"),
        *((s.kind, f"{cell(s.at)} UTC by {s.by}: {s.reason}") for s in answer.said),
    )
    return [
        f"[bold]finding {answer.finding}[/]: {escape(answer.rule)} v{answer.rule_version},"
        f" {answer.outcome} ({answer.severity}), [yellow]{answer.state}[/], {held}",
        *_indented([f"[dim]{name}[/] {escape(told)}" for name, told in facts if told]),
        *(
            _section("what it judged", _values(answer.values, room - INDENT))
            if answer.values
            else ()
        ),
        *(_section("what it holds", _holds(answer.held)) if answer.held else ()),
        f"[bold]on {escape(answer.on.record)} {escape(key(answer.on.key))}[/]",
        *_thing(_rest(answer), room),
    ]


def refused(answer: ShownRefused) -> list[RenderableType]:
    """A refused row: where it stands, why it is refused, and what came."""
    names = [f"may name {name} {key(told)}" for name, told in answer.may_name]
    return [
        f"[bold]row {answer.row}[/], {escape(answer.file_name)} of {escape(answer.sender)}, received"
        f" {cell(answer.received)} UTC, {escape(answer.record or 'no record type')},"
        " [yellow]refused[/]",
        *_indented(list(map(escape, (*answer.reasons, *names)))),
        *(_section("as it came", [escape(answer.sent or "")]) if answer.as_sent else ()),
        *([] if answer.as_sent else [f"[dim]{UNSEEN}[/]"]),
    ]


def _rest(answer: ShownFinding) -> Shown:
    """The thing that a finding is on, without what is told above it."""
    return replace(
        answer.on,
        # It stands above already, with all that belongs to it.
        findings=tuple(f for f in answer.on.findings if f.finding != answer.finding),
        held_by=tuple(h for h in answer.on.held_by if h.findings != (answer.finding,)),
    )


def _thing(answer: Shown, room: int) -> Iterator[RenderableType]:
    if answer.contested:
        call = f"lots resolve contested {answer.contested}"
        yield from _indented([f"[yellow]contested: nobody has decided; {call}[/]"])
    for version in answer.versions:
        yield from _section(_of_version(version), _values(version.values, room - INDENT))
    # What a person has to act on comes before what is only known of it.
    on_it = [
        f"{f.finding} [yellow]{f.state}[/] {escape(f.rule)}, since {cell(f.opened)}:"
        f" {_told_of(f.rule)}: {escape(f.says)}"
        for f in answer.findings
    ]
    waits = [
        f"{w.outcome} {escape(w.rule)}{f', due {w.due}' if w.due else ''},"
        f" {UNKNOWN_YET if w.outcome == PENDING else UNMET}: {escape(w.says)}"
        for w in answer.waits
    ]
    sections: tuple[tuple[str, Sequence[RenderableType]], ...] = (
        ("findings on it", on_it),
        ("pending, and notices", waits),
        ("held by findings", _holds(answer.held_by)),
        ("it names", list(map(_named, answer.names))),
        ("hangs on it", list(map(_hangs, answer.hangs_on_it))),
    )
    for title, told in sections:
        yield from _section(title, told) if told else ()
    if not all(version.as_sent for version in answer.versions):
        yield f"[dim]{UNSEEN}[/]"


def _told_of(rule: str) -> str:
    return "says" if rule == CONTESTED else UNMET


def _told_by(file: str) -> str:
    return "by a rule across records" if file == ACROSS else f"told by {file}"


def _section(title: str, told: Sequence[RenderableType]) -> list[RenderableType]:
    return [f"[bold]{title}[/]", *_indented(told)]


def _indented(told: Sequence[RenderableType]) -> list[RenderableType]:
    return [Padding(one, (0, 0, 0, INDENT)) for one in told]


def _of_version(version: Version) -> str:
    stands = "stands" if version.stands else f"does not stand: {version.why}"
    return (
        f"row {version.row}[/], {escape(version.file_name)} of {escape(version.sender)}, received"
        f" {cell(version.received)} UTC, [{'green' if version.stands else 'yellow'}]{stands}"
    )


def _values(values: Sequence[Value], room: int) -> list[RenderableType]:
    """Columns with what was read, and what was sent where that is something else."""
    cells = [
        (v.column, v.unit, NOT_SHOWN if not v.shown else v.read or "(nothing)", v.sent or "")
        for v in values
    ]
    # A column that says nothing in any row takes room from those that do.
    used = [n for n in range(len(VALUES)) if n in (0, 2) or any(row[n] for row in cells)]
    return laid_out(
        [VALUES[n] for n in used],
        [[row[n] for n in used] for row in cells],
        [False] * len(used),
        room,
    )


def _holds(held: Sequence[Held]) -> list[RenderableType]:
    told = [
        f"[yellow]{_what(h)}[/] {escape(key(h.key))} since {cell(h.since)}"
        f"{f' (made into {h.packed_lots} packed lots)' if h.packed_lots else ''}:"
        f" {escape(cell(h.why, 'why'))} Ends with: {escape(cell(h.ends_with, 'ends_with'))}"
        for h in held[:HOLDS_SHOWN]
    ]
    rest = len(held) - HOLDS_SHOWN
    return [*told, *([f"[dim]and {rest} more (all with --json)[/]"] if rest > 0 else [])]


def _what(held: Held) -> str:
    """'lot', 'pool', 'plasma_unit'; where the record says nothing of it, what it is held as too."""
    alike = held.record in ("lot", "pool", "external_lot", "plasma_unit")
    return escape(held.record if alike else f"{held.holds} of {held.record}")


def _named(one: Names) -> str:
    missing = "" if one.arrived else " [red](no record of it has arrived)[/]"
    return f"{escape(one.link)}: {escape(one.record)} {escape(key(one.key))}{missing}"


def _hangs(one: HangsOn) -> str:
    # They name it by a person's key, by which this login may not look for them.
    if one.rows is None:
        return f"{escape(one.record)}, by {escape(one.link)}: {NOT_SHOWN} (a person's key)"
    more = ", …" if one.rows > len(one.first) and one.first else ""
    first = f": {escape(', '.join(map(key, one.first)))}{more}" if one.first else ""
    return f"{one.rows} {escape(one.record)}, by {escape(one.link)}{first}"
