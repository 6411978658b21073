"""While the service runs, what was scanned and booked comes under an entry of the ledger every
minute.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from fastapi import FastAPI

from lots.errors import LotsError
from lots.pipeline.handed_in import sweep
from lots.pipeline.publish import publish
from lots.settings import Settings
from lots.store.ledger.entering import WINDOW

LOG = logging.getLogger(__name__)


@asynccontextmanager
async def entered(
    settings: Settings, now: Callable[[], datetime], _: FastAPI
) -> AsyncIterator[None]:
    """From the start to the end of a worker, and once more at its end. Of several workers one finds
    what there is, and the others nothing. What a killed one left of files is deleted first.
    """
    await asyncio.to_thread(sweep, settings)
    ending = asyncio.Event()
    rounds = asyncio.create_task(_rounds(settings, now, ending))
    try:
        yield
    finally:
        # Not cancelled: its thread would go on, and hold a connection that nobody closes any more.
        ending.set()
        await rounds
        await asyncio.to_thread(_enter, settings, now)


async def _rounds(settings: Settings, now: Callable[[], datetime], ending: asyncio.Event) -> None:
    while not ending.is_set():
        await asyncio.to_thread(_enter, settings, now)
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), WINDOW)


def _enter(settings: Settings, now: Callable[[], datetime]) -> None:
    try:
        publish(settings, now=now())
    # A database that is away comes back, and copies outside that do not match are told by each
    # scan: neither ends the service.
    except LotsError as error:
        LOG.warning("Scans were not entered into the ledger: %s", error)
