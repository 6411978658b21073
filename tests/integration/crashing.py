"""Receive files in a process that kills itself before a step, then in one that does not. Run as a
script by the test.

Reads lines of JSON: {settings, places, step, time}; step "" kills nobody, else it is the step's
`time`th time. Answers each with how it ended, what `lots verify` named then, and the
digest of the state in the end.
"""

import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path

from lots.pipeline.digest import digest
from lots.pipeline.link import link
from lots.pipeline.receive import resume
from lots.pipeline.receive_all import each
from lots.pipeline.verify import verify
from lots.settings import Settings
from lots.store.engine import close
from tests.builders import NOW
from validations import judge  # noqa: F401  loaded once, before the forks


class Killing:
    """Dies at a step, as a power cut would have it."""

    def __init__(self, step: str, time: int = 1) -> None:
        self._step, self._time = step, time
        self._seen: Counter[str] = Counter()

    def __call__(self, name: str) -> None:
        """One more step is due."""
        self._seen[name] += 1
        if (name, self._seen[name]) == (self._step, self._time):
            os.kill(os.getpid(), signal.SIGKILL)


def receive_all(settings: Settings, places: list[str], killing: Killing) -> None:
    """Receive and link, dying on the way."""
    taken = each(places, settings, by="tester", now=lambda: NOW, sender="C1", step=killing)
    assert all(received.receipt for received in taken)
    killing("link")
    link(settings, now=NOW)


def crash(settings: Settings, places: list[str], step: str, time: int) -> int:
    """The signal by which a child that receives has ended. Where nobody dies no child is needed, and
    those that come after it find loaded and compiled what it used.
    """
    if not step:
        receive_all(settings, places, Killing(""))
        close(settings)
        return 0
    child = os.fork()
    if not child:
        receive_all(settings, places, Killing(step, time))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Answer one line for each line."""
    for line in sys.stdin:
        asked = json.loads(line)
        home = Path(asked["home"])
        settings = Settings(home, asked["url"], str(home / "raw"), str(home / "landing"))
        ended = crash(settings, asked["places"], asked["step"], asked["time"])
        left = [fault.sentence for fault in verify(settings).faults]
        child = os.fork()
        if not child:  # the process that goes on: what was left, then the files once more
            resume(settings, by="tester", now=NOW)
            receive_all(settings, asked["places"], Killing(""))
            print(
                json.dumps({"ended": ended, "left": left, "digest": digest(settings)}), flush=True
            )
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
