"""What the service has at hand for every request: settings, the clock, passwords, what it holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import BoundedSemaphore

from fastapi import Request

from lots.service.passwords import Passwords
from lots.service.problems import Refused
from lots.settings import Settings
from lots.store.access.door import Connection, asking, by_statement, in_time

# A question holds two connections of the readers' pool of eight at a time: more at once would wait
# for each other's second one.
QUESTIONS_AT_ONCE = 3
QUESTION_WAITS = 20  # seconds
RECEIVING_WAITS = 120


@dataclass(frozen=True, slots=True)
class Desk:
    """One for each process. nature: real or synthetic, as the database was told for ever."""

    settings: Settings
    now: Callable[[], datetime]
    passwords: Passwords
    nature: str
    places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(QUESTIONS_AT_ONCE))
    # One at a time: each takes a processor and half a gigabyte, which scans need more.
    door: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(1))

    @contextmanager
    def access(self) -> Iterator[Connection]:
        """A transaction on accounts and what hangs on them."""
        # The service's own login: nobody who reads or receives sees these tables.
        with asking(self.settings) as connection:
            yield connection

    @contextmanager
    def account(self) -> Iterator[Connection]:
        """Whose key or session it is, which each request asks: no transaction is begun for it."""
        with by_statement(self.settings) as connection:
            yield connection

    @contextmanager
    def question(self) -> Iterator[None]:
        """A place for a question, which may take long."""
        if not self.places.acquire(timeout=QUESTION_WAITS):
            raise Refused(
                503, "question: at once: expected a few, got more; try again in a moment."
            )
        try:
            with in_time():
                yield
        finally:
            self.places.release()

    @contextmanager
    def receiving(self) -> Iterator[None]:
        """The one place for files that are handed in."""
        if not self.door.acquire(timeout=RECEIVING_WAITS):
            raise Refused(503, "files: at once: expected one request, got more; send it later.")
        try:
            yield
        finally:
            self.door.release()


async def desk(request: Request) -> Desk:
    """The desk of this process."""
    # Here and of rights: what waits for nothing needs no thread, which takes as long as a statement.
    made: Desk = request.app.state.desk
    return made
