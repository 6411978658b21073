"""A sender that announces its files wrongly, then corrects what it said."""

from lots.plant.planted import Planted
from lots.plant.truth import Ledger


def corrected(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The announcements as they stand in the end."""
    return rows


def planted(rows: list[dict[str, str]], ledger: Ledger) -> list[Planted]:
    """What it said at first."""
    return []
