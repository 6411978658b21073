"""What is printed reaches its reader whatever the terminal's encoding: nothing that is said ends in
a traceback.
"""

import sys
from io import TextIOWrapper


def legible(*, as_json: bool = False) -> None:
    """Print what the encoding of the output lacks as an escape; JSON is UTF-8 whatever the locale
    says.
    """
    # Under LANG=C a name with an umlaut would end the answer half-way.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # As an escape, and not as a question mark: two names that differ must not look alike.
            stream.reconfigure(errors="backslashreplace")
    if as_json and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
