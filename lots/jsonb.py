"""JSON as PostgreSQL's jsonb writes it, so that one thing has one text on both sides of the
database.
"""

import json
from collections.abc import Mapping


def text_of(said: Mapping[str, object]) -> str:
    """An object's text: the keys in jsonb's order, by their length and then by their bytes."""
    return json.dumps(_ordered(said), ensure_ascii=False)


def _ordered(said: Mapping[str, object]) -> dict[str, object]:
    # jsonb compares keys by length first: the sum of this text must be that of PostgreSQL's own.
    keys = sorted(said, key=lambda key: (len(encoded := key.encode()), encoded))
    return {
        key: _ordered(value) if isinstance(value, Mapping) else value
        for key in keys
        for value in (said[key],)
    }
