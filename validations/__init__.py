"""Good enough? The only door to Great Expectations."""

import sys

from lots.errors import CallError

if sys.flags.optimize > 1:  # what Great Expectations imports reads its own docstrings
    raise CallError(
        "PYTHONOPTIMIZE: expected 1, 0 or nothing, got 2, with which Great Expectations cannot be"
        " loaded; nothing is judged."
    )
