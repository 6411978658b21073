"""Every record type, found by walking this package: one file each, nothing but a declaration named
RECORD.
"""

import importlib
import pkgutil
from functools import cache

from lots.errors import CallError
from lots.grammar.links import check_links
from lots.grammar.schema import CORRECTION, Holds, Names, Record, Tells

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
    every = {r.name: r for r in sorted(found, key=lambda r: (STAGES.index(r.stage), r.name))}
    for one in found:
        check_links(one, every)
    return every


def two_people(record: Record) -> bool:
    """Whether a retraction of its rows takes two people: it touches a hold, a link or a person
    (docs/versions.md).
    """
    named = any(link.record == record.name for other in records().values() for link in other.links)
    persons = any(c.names is Names.PERSON for c in record.columns if c not in CORRECTION)
    return bool(
        record.links or named or persons or record.reference or record.holds is not Holds.NOTHING
    )


@cache
def of_patients(record: Record) -> bool:
    """Whether its rows tell of a patient, themselves or by what they link to."""
    # A key of a person that no column tells apart from a donor's may be a patient's.
    own = any(
        c.tells is Tells.PATIENT or (c.tells is Tells.PERSON and c.named_when is None)
        for c in record.columns
    )
    targets = {k.record for k in record.links if k.record in records()} - {record.name}
    return own or any(of_patients(records()[name]) for name in targets)


def record(name: str) -> Record:
    """The record type of that name, whatever its case; CallError says which there are."""
    found = records().get(name) or records().get(name.lower().replace("-", "_"))
    if found is None:
        raise CallError(f"'{name}' is not a record type; expected one of {', '.join(records())}.")
    return found
