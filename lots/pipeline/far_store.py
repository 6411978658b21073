"""A store on another machine, as it is asked: whatever its library raises is told as an error of the
operating system's kind, and one that does not answer is waited for no longer than a limit.
"""

import errno
import io
from collections.abc import Callable
from threading import Thread
from time import monotonic
from typing import Any

QUICK_S = 20
# What moves bytes or lists all may take long, and is at work. What writes is waited for until S3's library
# itself gives up (after 412 s): else it might still write when another has written something newer.
LONG_S = {"read": 60} | dict.fromkeys(("find", "mv", "pipe_file", "write", "flush", "close"), 480)
# Others are told by what they are: that a file is not there, say.
TOLD = (
    FileNotFoundError,
    FileExistsError,
    PermissionError,
    IsADirectoryError,
    NotADirectoryError,
)
# Stores that gave no answer, each until when nobody asks it again: else whoever asks for many files, or
# many scans, would wait that long for each.
SILENT: dict[str, float] = {}


class StoreFault(OSError):
    """A store cannot be reached, or does not do what it is asked; its strerror says which."""


class Far:
    """What a library of stores made, a file system or a file of one; each call of it has a limit."""

    def __init__(self, made: Any, store: str) -> None:
        self._made, self._store = made, store

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._made, name)
        return self._limited(name, found) if callable(found) else found

    def _limited(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        seconds = LONG_S.get(name, QUICK_S)
        return lambda *given, **named: answer(
            lambda: call(*given, **named), self._store, seconds, always=name == "close"
        )

    def open(self, *given: Any, **named: Any) -> Any:
        """A file of it, with a position of its own."""
        made = self._limited("open", self._made.open)(*given, **named)
        # A store in memory hands the same file to whoever opens it, and two read each file here.
        if isinstance(made, io.BytesIO) and "rb" in given:
            return io.BytesIO(made.getvalue())
        return Far(made, self._store)

    def exists(self, path: str) -> bool:
        """Whether something is there."""
        # Not by the library's own: many take whatever is wrong for an absence.
        try:
            self.info(path)
        except FileNotFoundError:
            return False
        return True

    def find(self, path: str, **named: Any) -> Any:
        """What is under a path."""
        # Without it a folder that cannot be listed would be taken for an empty one; the others raise.
        heard = {} if self._made.async_impl else {"on_error": _unless_gone}
        return self._limited("find", self._made.find)(path, **heard, **named)

    def readinto(self, buffer: memoryview) -> int:
        """Read into a buffer; how many bytes."""
        # Not by the library's own: one that answers too late would write where others are by then.
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def __enter__(self) -> "Far":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _unless_gone(error: Exception) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def answer(ask: Callable[[], Any], store: str, seconds: float, *, always: bool = False) -> Any:
    """What is answered. Raises StoreFault where nothing is in so many seconds, or was just before.
    always: asked all the same, and not waited for.
    """
    asked = Asked(ask)
    # A thread of its own, which nobody waits for at the end: few libraries have a limit for all they do.
    asking = Thread(target=asked.run, daemon=True)
    silent = SILENT.get(store, 0) > monotonic()
    if always or not silent:
        asking.start()
    if not silent:
        asking.join(seconds)
    if asked.ended:
        return asked.result()
    if not silent:
        SILENT[store] = monotonic() + QUICK_S
    raise StoreFault(errno.ETIMEDOUT, "no answer" if silent else f"no answer within {seconds:g} s")


class Asked:
    """What a library of stores is asked, and what it answered or raised: libraries have errors of many
    kinds, which nobody here could name.
    """

    def __init__(self, ask: Callable[[], Any]) -> None:
        self._ask = ask
        self._got: Any = None
        self._error: BaseException | None = None
        self.ended = False

    def run(self) -> None:
        """Ask; nothing is raised here."""
        with self:
            self._got = self._ask()

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        self._error, self.ended = error, True
        return True

    def result(self) -> Any:
        """What was answered. Raises what the operating system might, and StoreFault for all else."""
        error = self._error
        if isinstance(error, Exception) and not isinstance(error, TOLD):
            said = getattr(error, "strerror", None) or type(error).__name__
            raise StoreFault(errno.EIO, said) from error
        if error is not None:
            raise error
        return self._got
