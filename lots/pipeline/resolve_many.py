"""A person closes all findings of a rule at once, where that is safe: none that holds, none of a
patient.
"""

from datetime import datetime

from lots.errors import CallError
from lots.pipeline.lists import rule_id
from lots.pipeline.publish import publish
from lots.pipeline.resolve import Word, check_said
from lots.records import of_patients, records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake.opening import CONTESTED_RULE
from lots.store.ledger.appending import append
from lots.store.lineage import linking
from lots.store.standing import resolving

PATIENTS = {"course"}  # subjects of rules that no record describes, and whose key is a patient's


def close_all(
    settings: Settings, rule: str, word: Word, *, now: datetime, count: int | None
) -> str:
    """Close every finding of a rule that nobody closed and that may be closed in bulk, each with an
    event of its own. count: how many that are. Raises CallError.
    """
    check_said(word)
    known = rule_id(rule)
    if known == CONTESTED_RULE:
        raise CallError("Contested keys are decided one by one; expected `lots resolve contested`.")
    with engine(settings=settings).begin() as connection:
        linking.lock(connection)
        every = resolving.to_close(connection, known)
        safe = [number for number, record, holds in every if _in_bulk(record, holds)]
        left = len(every) - len(safe)
        said = f"; {left:,} more hold something or are of patients" if left else ""
        if count != len(safe):
            raise CallError(
                f"This concerns {len(safe):,} findings of {known} (`lots findings {known}` lists"
                f" them){said}; expected --count {len(safe)}, got"
                f" {'none' if count is None else f'{count:,}'}."
            )
        for number in safe:
            resolving.close(connection, number, word.by, word.reason, now)
        append(connection, "closing", {"rule": known}, word.by, now)
    publish(settings, now=now)
    return f"{len(safe):,} findings of {known} are closed{said}."


def _in_bulk(name: str, holds: str) -> bool:
    """What holds, and what is told of a patient, is looked at one by one."""
    record = records().get(name)
    of_patient = name in PATIENTS or (record is not None and of_patients(record))
    return holds == "nothing" and not of_patient
