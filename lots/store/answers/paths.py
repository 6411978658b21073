"""The steps of a path over our records, worked out once: each answer asks for those of its question
many times.
"""

from functools import cache

from lots.questions.path import Path, Step, steps
from lots.records import records


@cache
def crossed(path: Path) -> tuple[Step, ...]:
    """The links that a path crosses."""
    return steps(path, records())
