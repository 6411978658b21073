"""When something must be done, by the terms of the plant's own law."""

from datetime import date, timedelta

from synthetic.world.reference import CLOCKS


def due(instant: str, event: str) -> str:
    """The day: so many days, by the clock, after the local day of an instant."""
    # Of the place's own day, not of Greenwich's: the text begins with it.
    return (date.fromisoformat(instant[:10]) + timedelta(CLOCKS[event])).isoformat()
