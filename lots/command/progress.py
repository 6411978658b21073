"""Progress of a long command: a line for each phase when it is done, and on a terminal what is
being done now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic

from rich.console import Console
from rich.status import Status

from lots.visible import marked as escape

WIDTH, SAID = 26, 42  # a line fits into 80 columns


class Phases:
    """Phases that go on at once: each has a line of its own."""

    def __init__(self, out: Console, status: Status) -> None:
        self._out, self._status = out, status
        # By name, in the order of their beginning: since when, and what was said last.
        self._begun: dict[str, tuple[float, str]] = {}

    def begin(self, name: str) -> None:
        """Another phase."""
        self._begun[name] = (monotonic(), "")
        self._show()

    def tell(self, name: str, sentence: str) -> None:
        """Show what is said of a phase."""
        self._begun[name] = (self._begun[name][0], sentence)
        self._show()

    def end(self, name: str) -> None:
        """Print the line that stays, with what was said last."""
        started, said = self._begun.pop(name)
        took = f"[dim]{monotonic() - started:5.1f} s[/]"
        self._show()
        self._out.print(f"  {name:<{WIDTH}} {escape(said):<{SAID}} {took}")

    def leave(self, name: str) -> None:
        """A phase that came to no end: no line stays."""
        del self._begun[name]
        self._show()

    def _show(self) -> None:
        lines = (
            f"{name:<{WIDTH}} {escape(said)} …" if said else f"{name} …"
            for name, (_, said) in self._begun.items()
        )
        self._status.update("\n  ".join(lines))


class Progress:
    """Tells of phases one after the other, or of several at once."""

    def __init__(self, out: Console) -> None:
        self.out = out

    @contextmanager
    def phase(self, name: str) -> Iterator[Callable[[str], None]]:
        """Work on something; what is said meanwhile is shown at once, and the last of it stays."""
        with self.phases() as phases:
            phases.begin(name)
            yield partial(phases.tell, name)
            phases.end(name)

    @contextmanager
    def phases(self) -> Iterator[Phases]:
        """Work on several things at once."""
        with self.out.status("", spinner="dots") as status:
            yield Phases(self.out, status)

    def say(self, sentence: str) -> None:
        """A sentence by itself."""
        self.out.print(f"  {escape(sentence)}")
