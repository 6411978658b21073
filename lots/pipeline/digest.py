"""The state's digest, for comparing two ways that should have ended alike."""

import hashlib

from lots.settings import Settings
from lots.store.answers import state
from lots.store.engine import engine


def digest(settings: Settings) -> str:
    """One hash of the whole state."""
    found = parts(settings)
    return hashlib.sha256(
        "\n".join(f"{k} {v}" for k, v in sorted(found.items())).encode()
    ).hexdigest()


def parts(settings: Settings) -> dict[str, str]:
    """A hash for each part of the state, to see where two differ."""
    with engine("lots_discloser", settings).connect() as connection:
        return state.parts(connection)
