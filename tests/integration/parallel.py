"""Receive files in this process once others are ready too; run as a script by the test. Says what
became of each.
"""

import json
import sys
from pathlib import Path

from lots.pipeline.link import link
from lots.pipeline.receive_all import one
from lots.settings import Settings
from tests.builders import NOW
from validations import judge  # noqa: F401  loaded before the race


def main() -> None:
    """Read what is asked, say that we are ready, wait for a line, receive."""
    asked = json.loads(sys.stdin.readline())
    home = Path(asked["home"])
    settings = Settings(
        home, asked["url"], str(home / "raw"), str(home / "landing"), home / "profiles"
    )
    print("ready", flush=True)
    sys.stdin.readline()
    got = [
        one(place, settings, by="tester", now=lambda: NOW, sender="C1") for place in asked["places"]
    ]
    link(settings, now=NOW)
    print(json.dumps([[r.status, r.sentence] for r in got]), flush=True)


if __name__ == "__main__":
    main()
