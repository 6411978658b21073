"""What a process has loaded stays with it: to look through all of it for what may go, again and again,
takes up to half of an answer's own time (docs/decisions/speed-of-questions.md).
"""

import gc


def stays() -> None:
    """From here on what there is is not looked through any more, and what comes but seldom: nearly all
    of it goes by itself.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
