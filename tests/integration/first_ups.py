"""Bring databases up from several homes at once; run as a script by the test. Says how each ended.

Forked from one that has loaded all of it, which takes longer than the race.
"""

import json
import os
import sys
import traceback
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from lots.errors import LotsError
from lots.settings import Settings
from lots.store.schema import migrate


def main() -> None:
    """Read homes and addresses, and let a process of its own begin on each at the same moment: all
    of them wait for the end of one pipe.
    """
    asked = [(Path(home), url) for home, url in json.loads(sys.stdin.readline())]
    waits, go = os.pipe()
    children = []
    for home, url in asked:
        children.append(os.fork())
        if not children[-1]:
            os.close(go)
            os.read(waits, 1)
            os._exit(up(Settings(home, url, str(home / "raw"), str(home / "landing"))))
    os.close(go)
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    print(json.dumps(ended))


def up(settings: Settings) -> int:
    """What `lots up` does in a home of its own."""
    try:
        migrate.upgrade(settings)
    except (LotsError, SQLAlchemyError):
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main()
