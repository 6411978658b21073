"""Take files as a task of Airflow does, in processes of which each kills itself before a step, one
after the other. Run as a script by the test.

Reads lines of JSON: {home, url, landing, names, tries: [[step, time], …]}; step "" kills nobody.
Answers each with how its processes ended.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from lots.pipeline import scheduled
from lots.settings import Settings, as_environment
from tests.integration.crashing import Killing
from validations import judge  # noqa: F401  loaded once, before the forks


def tried(asked: dict[str, Any], number: int) -> int:
    """How a process ended that made one of the tries."""
    child = os.fork()
    if not child:
        home = Path(asked["home"])
        site = Settings(home, asked["url"], str(home / "raw"), asked["landing"])
        os.environ |= as_environment(site)
        killing = Killing(*asked["tries"][number])
        scheduled.take(asked["names"], again=number > 0, step=killing)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main() -> None:
    """Answer one line for each line."""
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps([tried(asked, n) for n in range(len(asked["tries"]))]), flush=True)


if __name__ == "__main__":
    main()
