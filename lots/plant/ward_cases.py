"""Cases of the rules across records from the pack to the vial's end, made on purpose, with what must come of each."""

from collections.abc import Mapping

from lots.plant.planter import Planter

POSSIBLE: Mapping[str, tuple[str, ...]] = {}  # the outcomes of which each rule has a case


def all_of(_planter: Planter, _times: int) -> None:
    """Plant every case once; those that are about the plant's first lots only the first time."""
