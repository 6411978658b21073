"""An open loop: a hundred scans come each second, whether the earlier ones were answered or not, while a
lot is stopped and a large file is received.
"""

import json
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Lock

import sqlalchemy as sa

from benchmarks.timing import ratio
from lots.decisions.moves import moves
from lots.pipeline.dispose import Asked, Saying, decide
from lots.pipeline.receive import receive
from lots.settings import Settings
from lots.store.engine import owner_engine

A_SECOND, CONNECTIONS = 100, 64
ALONE_S, STOPPED_AFTER_S, AFTERWARDS_S = 10, 5, 5
WITHIN_S = 0.3
Body = Callable[[int], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A scan: when it was due, seconds until it was answered, its pack's lot, what was told."""

    due: float
    took: float
    raw: str
    verdict: str


@dataclass
class Loop:
    """Scans that come, and what became of each."""

    port: int
    headers: dict[str, str]
    body: Body
    begun: float
    ended: Event = field(default_factory=Event)
    numbers: "count[int]" = field(default_factory=count)
    lock: Lock = field(default_factory=Lock)

    def connected(self) -> list[Answer]:
        """One of the connections: it takes the next scan that nobody has taken, and waits until it is
        due.
        """
        connection, told = HTTPConnection("127.0.0.1", self.port), list[Answer]()
        while True:
            with self.lock:
                number = next(self.numbers)
            due = self.begun + number / A_SECOND
            if self.ended.wait(max(0.0, due - time.monotonic())):
                return told
            body = self.body(number)
            got = answered(connection, "/api/scans", self.headers, body)
            # From when it was due: who waits for a connection waits, too.
            told.append(Answer(due, time.monotonic() - due, body["raw"], got["verdict"]))


def run(settings: Settings, path: Path, served_at: tuple[int, dict[str, str]], body: Body) -> None:
    """Print how long scans took, and whether one was lost or told GO after its lot was stopped. path:
    the file; served_at: the service's port, and the headers of who scans.
    """
    before = _kept(settings)
    loop = Loop(*served_at, body, time.monotonic())
    with (
        ThreadPoolExecutor(CONNECTIONS) as pool,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside,
    ):
        working = [pool.submit(loop.connected) for _ in range(CONNECTIONS)]
        try:
            time.sleep(ALONE_S)
            received_from = time.monotonic()
            received = beside.submit(_received, settings, path)
            time.sleep(STOPPED_AFTER_S)
            stopped, confirmed = _stopped(settings)
            took = received.result()
            received_to = time.monotonic()
            time.sleep(AFTERWARDS_S)
        finally:
            loop.ended.set()
        told = [answer for one in working for answer in _answers(one)]
    _tell("alone", [a for a in told if a.due < received_from])
    _tell("beside the file", [a for a in told if received_from <= a.due < received_to])
    _tell("all", told)
    print(f"  the file took {took:.1f} s; a stop {confirmed - stopped:.2f} s", flush=True)
    late = [a for a in told if a.due > confirmed and a.raw.endswith("10L0")]
    wrong = [a for a in late if a.verdict != "STOP"]
    lost = len(told) - (_kept(settings) - before)
    print(
        f"  {len(told):,} scans answered, {lost} of them not kept; of the stopped lot {len(late)} since,"
        f" {len(wrong)} not told STOP (load {os.getloadavg()[0]:.1f})",
        flush=True,
    )


def answered(
    connection: HTTPConnection, address: str, headers: dict[str, str], body: object
) -> dict[str, str]:
    """What is answered."""
    sent = json.dumps(body)
    connection.request("POST", address, sent, {"content-type": "application/json", **headers})
    got = connection.getresponse()
    told = got.read()
    assert got.status == 200, told
    answer: dict[str, str] = json.loads(told).get("answer", {})
    return answer


def _answers(one: "Future[list[Answer]]") -> list[Answer]:
    return one.result()


def _tell(when: str, answers: list[Answer]) -> None:
    took = sorted(a.took for a in answers)
    half, most, worst = (took[int(len(took) * part)] for part in (0.5, 0.95, 0.99))
    go = sum(a.verdict == "GO" for a in answers)
    print(
        f"  {when}: {len(took):,} scans, {go:,} GO; half within {half * 1e3:.0f} ms, 99 % within"
        f" {worst * 1e3:.0f} ms, the longest {took[-1] * 1e3:.0f} ms",
        flush=True,
    )
    ratio(f"95 % within [s], {when}", most, f"under {WITHIN_S}", held=most < WITHIN_S)


def _received(settings: Settings, path: Path) -> float:
    begun = time.monotonic()
    got = receive(str(path), settings, by="bench", now=datetime.now(UTC), sender="LAB-01")
    assert got.counts["accepted"] > 0, got
    return time.monotonic() - begun


def _stopped(settings: Settings) -> tuple[float, float]:
    """Stop the first lot: when it was said, and when it was confirmed."""
    row = moves().of("lot", "stop")
    assert row
    said, now = time.monotonic(), datetime.now(UTC)
    work = Asked("lot", ("M", "L0"), "stop", dict.fromkeys(row.give, "said"))
    decide(settings, work, Saying("bench", "I decide this.", now))
    return said, time.monotonic()


def _kept(settings: Settings) -> int:
    with owner_engine(settings).connect() as connection:
        return int(connection.scalar(sa.text("SELECT count(*) FROM scanned.scan")) or 0)
