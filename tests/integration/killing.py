"""Do each act in a process that kills itself before its first step that lasts, another thing of the kind in
one that does so before its second step, and so on until one is done before it would be killed. Run as a
script by the test.

A step that lasts is a commit, a statement that is a transaction of its own, and a file that gets its name or
goes. Reads one line of JSON: {home, url}. Answers a line for each act: {act, steps, left, done}; left: what
`lots verify` named after each kill, done: what it named once the work was concluded.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from lots.errors import LotsError
from lots.pipeline.publish import publish
from lots.pipeline.verify import verify
from lots.settings import Settings
from tests.integration.killed_acts import ACTS, NEWEST, Act, begun, needed
from tests.integration.test_scans import NOW
from validations import judge  # noqa: F401  loaded once, before the forks

OUTSIDE = "a stop"  # of the others the same follows once copies outside are begun
BEGUN = "UPDATE scanned.scan SET act"  # what comes under an entry before any copy is written
FILES = ("os.rename", "os.link")


class Dying:
    """Dies before a step, as a power cut would have it. outside: also between copies outside."""

    def __init__(self, step: int, settings: Settings, *, outside: bool) -> None:
        self._left, self._home = step, str(settings.home)
        self._outside, self._over = outside, False
        event.listen(sa.Engine, "commit", lambda connection: self._due("commit"))
        event.listen(sa.Engine, "before_cursor_execute", self._statement)
        sys.addaudithook(self._file)

    def _statement(
        self, connection: sa.Connection, cursor: object, statement: str, *_: object
    ) -> None:
        if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
            self._due("statement")
        if BEGUN in statement and not self._outside:
            self._due("what is written outside")
            self._over = True

    def _file(self, name: str, told: tuple[Any, ...]) -> None:
        path = str(told[0]) if name in FILES else ""
        if path.startswith(self._home):
            # As it lies there where the writing itself was cut short.
            self._due(f"{name} {path}", path if ".partial-" in path else None)

    def _due(self, what: str, half: str | None = None) -> None:
        self._left -= not self._over
        if self._left == 0 and not self._over:
            if half:
                os.truncate(half, os.path.getsize(half) // 2)
            os.write(2, f"    killed before {what}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)


def killed(settings: Settings, act: Act, thing: object, step: int, *, outside: bool = True) -> bool:
    """Whether a process that does it was killed before it was done."""
    child = os.fork()
    if not child:
        Dying(step, settings, outside=outside)
        act.do(settings, thing)
        publish(settings, now=NOW)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL), ended
    return ended != 0


def concluded(settings: Settings, act: Act, thing: object) -> None:
    """Do it once more: what was done already is refused, and nothing else is."""
    try:
        act.do(settings, thing)
    except LotsError as error:
        os.write(2, f"    {error}\n".encode())
    publish(settings, now=NOW)


def faults(settings: Settings) -> list[str]:
    """What is named."""
    return [fault.sentence for fault in verify(settings).faults]


def again_and_again(settings: Settings, act: Act) -> list[str]:
    """What is named after each kill of a thing that nobody else concludes meanwhile."""
    left: list[str] = []
    step = 1
    while killed(settings, act, step, step):
        left += faults(settings)
        step += 1
    return left


def first(settings: Settings) -> dict[str, Any]:
    """Whoever writes the first checkpoint."""
    begun(settings)
    left = again_and_again(settings, Act(lambda s, n: n, lambda s, n: None))
    return {"act": "the first checkpoint", "left": left, "done": faults(settings)}


def lost(settings: Settings) -> dict[str, Any]:
    """Whoever says that the database is the newest, of which all copies outside are lost: until it is
    said and done, that is what is named.
    """
    shutil.move(settings.ledger, settings.home / "lost")
    again_and_again(settings, NEWEST)
    return {"act": "the newest", "left": [], "done": faults(settings)}


def each_step(settings: Settings, act: Act, *, outside: bool) -> dict[str, Any]:
    """What is named after each kill, and after each conclusion."""
    left: list[str] = []
    step = 0
    while True:
        step += 1
        thing = act.made(settings, step)
        if not killed(settings, act, thing, step, outside=outside):
            return {"steps": step - 1, "left": left, "done": faults(settings)}
        left += faults(settings)
        concluded(settings, act, thing)


def main() -> None:
    """Answer one line for each act."""
    asked = json.loads(sys.stdin.readline())
    home = Path(asked["home"])
    settings = Settings(home, asked["url"], str(home / "raw"), str(home / "landing"))
    print(json.dumps(first(settings)), flush=True)
    print(json.dumps(lost(settings)), flush=True)
    needed(settings)
    for name in ACTS:
        os.write(2, f"{name}\n".encode())
        print(
            json.dumps({"act": name, **each_step(settings, ACTS[name], outside=name == OUTSIDE)}),
            flush=True,
        )


if __name__ == "__main__":
    main()
