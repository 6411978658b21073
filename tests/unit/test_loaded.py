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

# It loads beside: whether there is a database to serve is none of its business here.
SERVICE = """
import gc, threading
from lots.errors import LotsError
from lots.service.app import serving
usual = gc.get_threshold()
try:
    serving()
except LotsError:
    pass
for thread in threading.enumerate():
    if thread.daemon:
        thread.join()
print(gc.get_freeze_count() > 10_000, gc.get_threshold() != usual)
"""


def after(code: str) -> str:
    """What a process says of its garbage at its end."""
    ran = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()[-1]


def test_a_command_of_its_own_freezes_what_it_loaded_and_a_call_does_not() -> None:
    assert after(COMMAND.format(arguments="")) == "True True"
    assert after(COMMAND.format(arguments="['--help']")) == "False False"


def test_the_service_freezes_what_it_loaded() -> None:
    assert after(SERVICE) == "True True"
