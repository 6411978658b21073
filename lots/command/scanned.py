"""A verdict on a terminal: the word first, large and by itself; why; what was read; what was
checked.
"""

from collections.abc import Iterator, Sequence

from rich.align import Align
from rich.console import RenderableType
from rich.panel import Panel
from rich.table import Table

from lots.answers.scanned import GroundTold, ReadAs, Scanned
from lots.visible import marked as escape

# Never by colour alone: the word says it, and stands in a frame of its own.
STYLES = {
    "GO": "bold green",
    "ASK": "bold yellow",
    "QUARANTINE": "bold yellow",
    "NO VERDICT": "bold magenta",
    "STOP": "bold red",
}


def scanned(answer: Scanned) -> Sequence[RenderableType]:
    """What is printed of a verdict, part by part."""
    return [
        _word(answer),
        f"to {answer.purpose} at {escape(answer.site)}, {answer.at:%Y-%m-%d %H:%M} UTC"
        f" · {_whose(answer)} · kept as scan {answer.scan:,}",
        # Why so much could not be checked: before all of it.
        *([escape(answer.nowhere)] if answer.nowhere else []),
        *([_grounds(answer.grounds)] if answer.grounds else []),
        # Before all that was not checked: it says what to scan or type anew.
        *_read(answer),
        *_checks(answer),
    ]


def _word(answer: Scanned) -> RenderableType:
    # Spaced out, so that it is read from where the pack is held.
    word = " ".join(answer.verdict)
    style = STYLES[answer.verdict]
    return Panel(Align.center(f"[{style}]{word}[/]"), border_style=style, padding=(1, 2))


def _whose(answer: Scanned) -> str:
    who = " and ".join(answer.by)
    if answer.verdict == "STOP":
        # Said of a stop in any case: silence would read as if somebody could.
        return f"may be overridden by: {who}" if answer.overridable and who else "nobody overrides"
    if answer.verdict == "ASK":
        return f"to be answered by: {who or 'whoever scans'}"
    return "every check was made" if all(c.ran for c in answer.checks) else "not all was checked"


def _grounds(grounds: Sequence[GroundTold]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column()
    for ground in grounds:
        besides = "; ".join(filter(None, (ground.note, " and ".join(ground.by))))
        said = f"{ground.says} ({besides})" if besides else ground.says
        style = STYLES[ground.makes]
        table.add_row(
            f"[{style}]{ground.makes}[/]", f"{escape(said)} [dim]{escape(ground.code)}[/]"
        )
    return table


def _checks(answer: Scanned) -> Iterator[str]:
    checks = answer.checks
    missing = [check for check in checks if not check.ran]
    made = ", ".join(check.code for check in checks if check.ran)
    yield f"{len(checks) - len(missing)} of {len(checks)} checks made{f': {made}' if made else ''}."
    if not made:
        # A whole screen of them would hide why.
        yield f"Could not be checked: {', '.join(check.code for check in missing)}."
        return
    for check in missing:
        # Each by itself: what was not looked at must not be taken for sound.
        yield f"Could not be checked, {check.code}: whether {check.says}."


def _read(answer: Scanned) -> Iterator[str]:
    for reading in answer.readings:
        yield f"Read as {escape(_pack(reading))}."
    if not answer.readings:
        # Of what is no pack's code nothing is told but its length: wristbands get scanned daily.
        yield f"{answer.length:,} characters; {escape(' '.join(answer.refused))}"


def _pack(reading: ReadAs) -> str:
    mended = f", {', '.join(reading.mended)}" if reading.mended else ""
    return (
        f"{reading.gtin}/{reading.serial}, lot {reading.lot_number},"
        f" expires {reading.expires_on}{mended}"
    )
