"""What a process has loaded is not looked through for what may go: in a process of its own."""

import subprocess
import sys

COMMAND = """
import gc, sys
from lots.command.cli import main
usual = gc.get_threshold()
try:
    main({arguments})
except SystemExit:
    print(gc.get_freeze_count() > 10_000, gc.get_threshold() != usual)
"""


def after(arguments: str) -> str:
    """What a process says of its garbage after a command."""
    code = COMMAND.format(arguments=arguments)
    ran = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()[-1]


def test_a_command_of_its_own_freezes_what_it_loaded_and_a_call_does_not() -> None:
    assert after("") == "True True"
    assert after("['--help']") == "False False"
