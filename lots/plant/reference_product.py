"""Products and how they are prepared: what their licences say."""

from lots.plant.landing import Landing
from lots.plant.plan import Plan


def send(_plan: Plan, _landing: Landing) -> None:
    """The product and product_preparation rows."""
