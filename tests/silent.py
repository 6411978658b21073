"""A server of this process that says a few lines, one to whoever connects and one to each line of
theirs, and then no word more.
"""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def server(*lines: str) -> Iterator[int]:
    """Its port on 127.0.0.1."""
    end = Event()

    class Said(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            for n, line in enumerate(lines):
                if n and not self.rfile.readline():
                    return
                self.wfile.write(f"{line}\r\n".encode())
            end.wait()

    made = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Said)
    made.daemon_threads = True
    Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield made.server_address[1]
    finally:
        end.set()
        made.shutdown()
        made.server_close()
