"""Receive files in several processes at once; run as a script by the test. Says what became of each.

They are forked from one that has loaded all that judges, which takes longer than the race.
"""

import json
import os
import sys
from pathlib import Path

from lots.pipeline.link import link
from lots.pipeline.receive_all import one
from lots.settings import Settings
from tests.builders import NOW
from validations import judge  # noqa: F401  loaded before the race


def received(settings: Settings, places: list[str]) -> list[list[str]]:
    """Receive some files, and link."""
    got = [one(place, settings, by="tester", now=lambda: NOW, sender="C1") for place in places]
    link(settings, now=NOW)
    return [[r.status, r.sentence] for r in got]


def main() -> None:
    """Read what is asked, and let a process of its own begin on each share at the same moment: all
    of them wait for the end of one pipe.
    """
    asked = json.loads(sys.stdin.readline())
    home = Path(asked["home"])
    settings = Settings(home, asked["url"], str(home / "raw"), str(home / "landing"))
    waits, go = os.pipe()
    children = []
    for places in asked["shares"]:
        children.append(os.fork())
        if not children[-1]:
            os.close(go)
            os.read(waits, 1)
            # In one write: others write to the same pipe, between a text and its line break too.
            os.write(1, f"{json.dumps(received(settings, places))}\n".encode())
            os._exit(0)
    os.close(go)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
