"""The command line: few verbs, each with --json. Exit code 0 done, 1 the answer is bad news, 2 the
call is wrong.
"""

import argparse
import os
import sys
from collections.abc import Callable

from lots import loaded, private
from lots.command.output import legible
from lots.command.overview import complete
from lots.command.parser import parser
from lots.errors import LotsError
from lots.visible import json_text, visible


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    if arguments is None:  # a process of its own
        loaded.stays()
    top = parser()
    complete(top)
    # First of all: the parser's own errors are printed too.
    legible()
    # Before anything is opened: what this process makes is nobody else's to read.
    private.begin()
    options = top.parse_args(arguments)
    legible(as_json=options.json)
    from lots.command import verbs  # so that --help loads nothing

    run: Callable[[argparse.Namespace], tuple[object, int]] = getattr(verbs, options.verb)
    try:
        answer, code = run(options)
    except LotsError as error:
        print(f"lots: {visible(str(error))}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print(
            "lots: interrupted; what was committed stands, and the next run goes on.",
            file=sys.stderr,
        )
        # As shells count what was interrupted.
        return 130
    try:
        if answer is not None:
            _tell(answer, as_json=options.json)
        sys.stdout.flush()
    except (
        BrokenPipeError
    ):  # whoever read has read enough; nothing is left to be flushed at the end
        # Python flushes once more when it ends, and would complain of the broken pipe then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _tell(answer: object, *, as_json: bool) -> None:
    # Loaded where it is used: of the two a call needs one.
    if as_json:
        import json

        from lots.answers.plain import plain

        print(json_text(json.dumps(plain(answer), ensure_ascii=False, indent=1)))
    else:
        from lots.command.terminal import show

        show(answer)


if __name__ == "__main__":
    sys.exit(main())
