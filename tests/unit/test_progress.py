"""What a long command says of how far it is."""

import io
import re

import pytest
from rich.console import Console

from lots.command.progress import Phases, Progress

WIDTHS = (80, 120)
LONGEST = "20,000 donations, 181 files, there already"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_phase_that_ended_is_a_line_with_its_last_word(width: int) -> None:
    out = io.StringIO()
    progress = Progress(Console(file=out, width=width))
    with progress.phase("a synthetic plant") as tell:
        tell("beginning")
        tell(LONGEST)
    (line,) = out.getvalue().splitlines()
    assert re.fullmatch(rf"  a synthetic plant {{10}}{LONGEST}   0\.\d s", line), line


def test_a_phase_that_failed_leaves_no_line() -> None:
    out = io.StringIO()
    progress = Progress(Console(file=out, width=80))
    with pytest.raises(ValueError, match="wrong"), progress.phase("intake"):
        raise ValueError("wrong")
    with progress.phases() as phases:
        phases.begin("pooling")
        phases.leave("pooling")
    assert out.getvalue() == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_phases_at_once_have_a_line_each(width: int) -> None:
    out = io.StringIO()
    console = Console(file=out, width=width)
    # Drawn by us, not ten times a second.
    status = console.status("", spinner="dots")
    phases = Phases(console, status)
    phases.begin("donor screening")
    phases.begin("viral inactivation")
    phases.begin("pooling")
    phases.tell("viral inactivation", "nothing new; all was received before")
    phases.tell("donor screening", "20 of 33 files [1/2]")
    phases.leave("pooling")
    console.print(status.renderable)
    spinner, *drawn = out.getvalue().splitlines()
    assert [spinner[1:], *drawn] == [
        " donor screening            20 of 33 files [1/2] …",
        "  viral inactivation         nothing new; all was received before …",
    ]
