"""Give up a receipt that cannot be concluded: a person's word, kept with its reason; its file is
missing then.
"""

from datetime import datetime

from lots.errors import CallError, NotFound
from lots.pipeline import report
from lots.pipeline.accept import NOTHING, enter
from lots.pipeline.publish import publish
from lots.pipeline.resolve import Word, check_said
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import receipts, staging


def abandon(settings: Settings, number: int, word: Word, *, now: datetime) -> str:
    """Give up a receipt. Raises NotFound where there is none, CallError where it is concluded."""
    check_said(word)
    with engine(settings=settings).connect() as connection:
        found = receipts.numbered(connection, number)
        connection.rollback()
        if found is None:
            raise NotFound(f"No receipt {number} was ever made.")
        # Somebody may be receiving it at this moment.
        with receipts.alone(connection, found.sha256, found.bytes):
            with connection.begin():
                receipt = receipts.by_number(connection, number)
                if receipt.concluded:
                    raise CallError(
                        f"Receipt {number} is {receipt.status}; expected one that is not concluded."
                    )
                sentence = f"Given up by {word.by}: {word.reason}"
                # Its working tables go with it; the kept bytes stay.
                staging.drop(connection, number)
                receipts.notice(connection, number, [sentence])
                receipts.progress(
                    connection,
                    number,
                    receipts.ABANDONED,
                    sentence=sentence,
                    counts=NOTHING,
                    concluded_at=now,
                )
                # By an entry, since every certificate names the file as missing from now on.
                enter(connection, number, word.by, now)
            report.write(connection, number, settings)
    publish(settings, now=now)
    return (
        f"Receipt {number} is given up; its file counts as missing until it is received again and"
        " accepted."
    )
