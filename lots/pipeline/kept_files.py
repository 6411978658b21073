"""Whether receipts are as they were concluded, and kept bytes as they came."""

from collections.abc import Iterator

from lots.answers.verified import Fault, Tampering
from lots.errors import BytesAway, GateClosed
from lots.pipeline import keep
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.intake import receipts
from lots.store.ledger import receipts_told
from lots.store.ledger.receipts_told import Told


def expect_reached(settings: Settings) -> None:
    """Raise CallError, GateClosed unless the store is that of this database, so that a host which has
    another receives nothing.
    """
    with engine(settings=settings).connect() as connection:
        keep.expect_place(settings, receipts.kept_before(connection, 0))


def verified(connection: Connection, settings: Settings) -> tuple[int, list[Fault]]:
    """How many files were hashed again, and what is wrong with them. Raises BytesAway where the place of
    all of them cannot be reached: then nothing was altered that anybody knows of.
    """
    told = receipts_told.told(connection)
    return len(told), [fault for one in told for fault in _faults(one, settings)]


def _faults(one: Told, settings: Settings) -> Iterator[Fault]:
    if one.differs:
        said = (
            f"Receipt {one.receipt} is not as it was concluded under entry {one.entry}: changed was"
            f" its {', '.join(one.differs)}."
        )
        yield Fault(Tampering.CHANGED, one.entry, f"receipt {one.receipt}", said)
    try:
        # To open and leave the block reads all of it, and holds its hash at the end.
        with keep.open_kept(one.sha256, settings):
            pass
    except BytesAway:
        raise
    except (GateClosed, OSError):
        said = f"The kept bytes of receipt {one.receipt} are gone, or others than those that came."
        yield Fault(Tampering.BYTES, one.entry, f"receipt {one.receipt}", said)
