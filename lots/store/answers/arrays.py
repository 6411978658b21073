"""Arrays of many keys as PostgreSQL writes them: element by element a driver takes longer to send
them than the server to look them up.
"""

from collections.abc import Collection, Iterable
from json.encoder import encode_basestring_ascii as escaped

Key = tuple[str, ...]


def of_keys(keys: Iterable[Key]) -> str:
    """What is cast to jsonb[]: as JSON, as keys are kept, since they have parts of any number."""
    # In JSON's plain letters an element has nothing but quotes and strokes to be escaped, and these
    # an array's text escapes as JSON does.
    # Text by text: a whole encoder for each key takes five times as long.
    arrays = (f"[{','.join(map(escaped, key))}]" for key in keys)
    return f"{{{','.join(map(escaped, arrays))}}}"


def of_records(names: Iterable[str]) -> str:
    """What is cast to text[], as they come: names of records, of links and words of ours, which
    need no quotes.
    """
    # These have letters, underscores and dots alone; nothing of a file comes here.
    return f"{{{','.join(names)}}}"


def of_names(names: Collection[str]) -> str:
    """What is cast to text[], in order: names as they came."""
    ordered = sorted(names)
    every = "".join(ordered)
    # An array's text escapes nothing but quotes and strokes, of which tens of thousands have none.
    if '"' in every or "\\" in every:
        ordered = [name.replace("\\", "\\\\").replace('"', '\\"') for name in ordered]
    joined = '","'.join(ordered)
    return f'{{"{joined}"}}' if names else "{}"


def of_values(values: Iterable[int]) -> str:
    """What is cast to an array of numbers, or of truth, as they come: beside another array."""
    return _written([*values])


def of_numbers(numbers: Iterable[int]) -> str:
    """What is cast to bigint[], in order, so that an answer is told the same twice."""
    return _written(sorted(numbers))


def _written(values: list[int]) -> str:
    # As Python writes a list: in half the time that each by itself takes.
    return f"{{{str(values)[1:-1]}}}"
