"""When something must be done, by the terms of the plant's own law."""

from datetime import date, timedelta

from synthetic.world.reference import CLOCKS


def due(instant: str, event: str) -> str:
    """The day: so many days, by the clock, after the local day of an instant."""
    return (date.fromisoformat(instant[:10]) + timedelta(CLOCKS[event])).isoformat()
