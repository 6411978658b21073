"""Passwords are checked two at once and no more, and a name without an account takes as long."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from argon2 import PasswordHasher

from lots.service.passwords import PLACES, Passwords, refuse_weak
from lots.service.problems import Refused


class Slow(PasswordHasher):
    """A hasher that waits until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.begun, self.go_on = Barrier(PLACES + 1), Event()
        self.checked = list[str | bytes]()

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
        self.checked.append(hash)
        self.begun.wait(10)
        self.go_on.wait(10)
        return super().verify(hash, password)


def test_beyond_two_at_once_it_is_told_to_try_again() -> None:
    hasher = Slow()
    passwords = Passwords(hasher)
    kept = passwords.hashed("right")
    with ThreadPoolExecutor(PLACES) as pool:
        busy = [pool.submit(passwords.matches, kept, "right") for _ in range(PLACES)]
        hasher.begun.wait(10)
        with pytest.raises(Refused) as refused:
            passwords.matches(kept, "right")
        hasher.go_on.set()
        assert [b.result() for b in busy] == [True] * PLACES
    assert refused.value.status == 429
    hasher.begun.reset()


def test_a_name_without_an_account_is_checked_all_the_same() -> None:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords = Passwords(hasher)
    assert not passwords.matches(None, "nobody's")
    assert not passwords.matches("no hash", "x")
    assert passwords.matches(passwords.hashed("right"), "right")


@pytest.mark.parametrize(
    ("password", "again"), [("short", "short"), ("a long password", "another")]
)
def test_a_weak_password_is_refused(password: str, again: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_weak(password, again)
    assert refused.value.status == 422
    assert password not in refused.value.sentence
