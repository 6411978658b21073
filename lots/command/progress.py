"""Progress of a long command: a line for each phase when it is done, and on a terminal what is
being done now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console

from lots.visible import marked as escape

WIDTH = 26


class Progress:
    """Tells of phases one after the other."""

    def __init__(self, out: Console) -> None:
        self.out = out

    @contextmanager
    def phase(self, name: str) -> Iterator[Callable[[str], None]]:
        """Work on something; what is said meanwhile is shown at once, and the last of it stays."""
        started, said = monotonic(), [""]
        with self.out.status(f"{name} …", spinner="dots") as status:

            def tell(sentence: str) -> None:
                said.append(sentence)
                status.update(f"{name:<{WIDTH}} {escape(sentence)} …")

            yield tell
        self.out.print(
            f"  {name:<{WIDTH}} {escape(said[-1]):<46} [dim]{monotonic() - started:5.1f} s[/]"
        )

    def say(self, sentence: str) -> None:
        """A sentence by itself."""
        self.out.print(f"  {escape(sentence)}")
