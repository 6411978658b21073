"""Passwords: argon2id, two at once and no more, since each takes 64 MiB and a third of a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lots.service.problems import Refused

PLACES = 2
SHORTEST = 12


class Passwords:
    """Makes and checks hashes of passwords; beyond two at once it refuses."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._places = BoundedSemaphore(PLACES)
        # Checked where there is no account, so that the time does not tell that there is none.
        self._nobody = self._hasher.hash("nobody's")

    def hashed(self, password: str) -> str:
        """The hash that is kept."""
        with self._place():
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether it is the password of a hash; of none never, and it takes as long."""
        with self._place():
            try:
                return self._hasher.verify(kept or self._nobody, password) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Refused(
                429, "sign-in: at once: expected at most two, got more; try again in a moment."
            )
        try:
            yield
        finally:
            self._places.release()


def refuse_weak(password: str, again: str) -> None:
    """Refuse a password that is short, or that was not typed the same twice."""
    if len(password) < SHORTEST:
        raise Refused(422, f"password: length: expected at least {SHORTEST} characters, got fewer.")
    if password != again:
        raise Refused(422, "password: second time: expected the same as the first, got another.")
