"""Arrays of many keys as PostgreSQL writes them: element by element a driver takes longer to send
them than the server to look them up.
"""

import json
from collections.abc import Collection, Iterable

Key = tuple[str, ...]


def of_keys(keys: Iterable[Key]) -> str:
    """What is cast to jsonb[]: as JSON, as keys are kept, since they have parts of any number."""
    # In JSON's plain letters an element has nothing but quotes and strokes to be escaped, and these
    # an array's text escapes as JSON does.
    return f"{{{json.dumps([json.dumps(key) for key in keys])[1:-1]}}}"


def of_records(names: Iterable[str]) -> str:
    """What is cast to text[], as they come: names of records, of links and words of ours, which
    need no quotes.
    """
    # These have letters, underscores and dots alone; nothing of a file comes here.
    return f"{{{','.join(names)}}}"


def of_names(names: Collection[str]) -> str:
    """What is cast to text[], in order: names as they came."""
    # An array's text escapes nothing but quotes and strokes.
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in sorted(names))
    joined = '","'.join(quoted)
    return f'{{"{joined}"}}' if names else "{}"


def of_values(values: Iterable[int]) -> str:
    """What is cast to an array of numbers, or of truth, as they come: beside another array."""
    return f"{{{','.join(map(str, values))}}}"


def of_numbers(numbers: Iterable[int]) -> str:
    """What is cast to bigint[], in order, so that an answer is told the same twice."""
    return f"{{{','.join(map(str, sorted(numbers)))}}}"
