"""Redact in a process that kills itself before a step, then in one that does not. Run as a script by the
test.

Reads lines of JSON: {home, url, step}; answers each with how the first ended, what `lots verify` named then, and
how the second ended.
"""

import json
import os
import sys
from pathlib import Path

from lots.pipeline.redact import carry_out
from lots.pipeline.verify import verify
from lots.settings import Settings
from lots.store.engine import close
from tests.builders import NOW
from tests.integration.crashing import Killing
from validations import judge  # noqa: F401  loaded once, before the forks


def forked(settings: Settings, step: str) -> int:
    """The signal by which a child that redacts has ended."""
    child = os.fork()
    if not child:
        carry_out(settings, now=NOW, step=Killing(step))
        close(settings)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Answer one line for each line."""
    for line in sys.stdin:
        asked = json.loads(line)
        home = Path(asked["home"])
        settings = Settings(home, asked["url"], str(home / "raw"), str(home / "landing"))
        ended = forked(settings, asked["step"])
        left = [fault.sentence for fault in verify(settings).faults]
        print(json.dumps([ended, left, forked(settings, "")]), flush=True)


if __name__ == "__main__":
    main()
