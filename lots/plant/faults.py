"""What is planted in which sender's files."""

from lots.plant.plan import Plan
from lots.plant.planted import Planted
from lots.plant.truth import Ledger


def planted(plan: Plan, ledger: Ledger) -> dict[tuple[str, str], list[Planted]]:
    """Planted lines by sender and record."""
    return {}
