"""A proxy between a host and its database that can go silent: neither side hears of the other, and
neither is told so.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread


class Proxy:
    """Hands on what comes to a port of 127.0.0.1, until it is silenced."""

    def __init__(self, to: int) -> None:
        self._to, self.port = to, 0
        self._loop = asyncio.new_event_loop()
        self._writers: list[asyncio.StreamWriter] = []
        self._silent = False

    def silence(self) -> None:
        """Hand on nothing more; the connections stay open, as where a host is cut off or hangs."""
        self._silent = True

    def hang_up(self) -> None:
        """Close what is open, which both sides hear of."""
        asyncio.run_coroutine_threadsafe(self.end(), self._loop).result()

    async def begin(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def end(self) -> None:
        """Close what is open, which both sides hear of."""
        self._server.close()
        for writer in self._writers:
            writer.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers += [writer, there[1]]
        await asyncio.gather(self._hand_on(reader, there[1]), self._hand_on(there[0], writer))

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            if not self._silent:
                writer.write(data)
                await writer.drain()
        if not self._silent:
            writer.close()


@contextmanager
def proxy(to: int) -> Iterator[Proxy]:
    """A proxy before a port of this machine."""
    made = Proxy(to)
    loop = made._loop
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(made.begin(), loop).result()
        yield made
    finally:
        made.hang_up()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
