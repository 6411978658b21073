"""Every record type, found by walking this package: one file each, nothing but a declaration named
RECORD.
"""

import importlib
import pkgutil
from functools import cache

from lots.errors import CallError
from lots.grammar.schema import Record

STAGES = (
    "intake",
    "donor_screening",
    "pooling",
    "viral_inactivation",
    "lyophilisation",
    "distribution",
    "reconstitution",
)


@cache
def records() -> dict[str, Record]:
    """All record types by name, in the order of the stages and then of their names."""
    found = [
        importlib.import_module(f"{__name__}.{m.name}").RECORD
        # Found, not listed: to add a record is to add its file.
        for m in pkgutil.iter_modules(__path__)
    ]
    return {r.name: r for r in sorted(found, key=lambda r: (STAGES.index(r.stage), r.name))}


def record(name: str) -> Record:
    """The record type of that name, whatever its case; CallError says which there are."""
    found = records().get(name) or records().get(name.lower().replace("-", "_"))
    if found is None:
        raise CallError(f"'{name}' is not a record type; expected one of {', '.join(records())}.")
    return found
