"""What `lots --help` prints, and what a shell completes: both without loading what a verb needs."""

import argparse
import os
import shutil
import textwrap
from collections.abc import Callable, Iterator, Mapping

# By whom they are called, in the README's words and order.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "start and stop": ("up", "down", "serve", "worker"),
    "whoever sends": ("template", "profile", "receive", "abandon"),
    "manufacturing QA": (
        "receipts",
        "report",
        "findings",
        "pending",
        "watch",
        "refused",
        "parked",
        "contested",
        "held",
        "balance",
        "show",
        "heard",
        "decide",
        "resolve",
        "retract",
        "evaluate",
    ),
    "pharmacy and ward": ("scan", "stops"),
    "whoever must answer": ("trace", "implicate"),
    "whoever wants proof": ("verify", "prove"),
    "whoever runs it": ("backup", "restore", "redact"),
    "looking inside": ("sql", "link", "rebuild", "digest", "docs", "synthetic"),
}
WHERE = (
    "Every verb explains itself: lots VERB --help. All is written under LOTS_HOME: by default"
    " ~/.local/share/plasma-lots (or plasma-lots in XDG_DATA_HOME), in a checkout its var/."
)
# As wide as the longest verb and a blank.
INDENT = 13


def overview(does: Mapping[str, str]) -> str:
    """Every verb with what it does, by whom it is called, as wide as the terminal."""
    # As argparse itself wraps.
    width = shutil.get_terminal_size().columns - 2
    return "\n".join([*_lines(does, width), "", *textwrap.wrap(WHERE, width)])


def _lines(does: Mapping[str, str], width: int) -> Iterator[str]:
    for section, verbs in SECTIONS.items():
        yield f"\n{section}:"
        for verb in verbs:
            first = f"  {verb}".ljust(INDENT)
            yield from textwrap.wrap(
                does[verb], width, initial_indent=first, subsequent_indent=" " * INDENT
            )


def completes(action: argparse.Action, words: Callable[[], list[str]]) -> None:
    """Let a shell complete an argument by these words, which are looked up only then."""
    action.completer = lambda **_: words()  # type: ignore[attr-defined]


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer a shell that asks how a call may go on; nothing is loaded where none asks."""
    # Loading it costs more than all of --help.
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete

        argcomplete.autocomplete(parser)


def record_names() -> list[str]:
    """Every record type."""
    from lots.records import records

    return [*records()]


def sql_names() -> list[str]:
    """Names of the record types, and of what can be asked about."""
    from lots.questions import questions

    return [*record_names(), *(question.option for question in questions().values())]


def rule_names() -> list[str]:
    """Every rule across records."""
    from lots.rules import rules

    return [*rules()]
