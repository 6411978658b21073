"""DAGs at once: two processes forked from the one that has loaded Airflow, each running one after
the other.

A task judges its files on a processor while PostgreSQL works for it on another, hardly ever at the
same moment. Two keep two processors busy, and what takes seconds to load is loaded once for both.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import NoReturn

from lots.command.progress import Progress
from lots.errors import FileRefused, LotsError

PROCESSES = 2
PATIENCE_S = 10  # with one that was interrupted, until its statement is cancelled
INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)
FORK = multiprocessing.get_context("fork")
Run = Callable[[str, Callable[[str], None]], None]


def run_all(names: Iterable[str], run: Run, progress: Progress) -> None:
    """Run DAGs, each by `run`, which is handed its name and whom to tell how far it is. Where one
    fails no other is begun, and what is at work comes to its end; raises LotsError then.
    """
    left, errors = deque(names), list[LotsError]()
    # Before anything is shown: what shows it is a thread, which no process should take along.
    with _workers(run) as idle, progress.phases() as phases:
        at_work: dict[Connection, str] = {}
        while at_work or (left and not errors):
            while idle and left and not errors:
                worker, name = idle.pop(), left.popleft()
                at_work[worker] = name.replace("_", " ")
                phases.begin(at_work[worker])
                with suppress(ConnectionError):  # it hears of none, and says nothing then
                    worker.send(name)
            for worker in _heard(at_work):
                match said := _said(worker, at_work[worker]):
                    case str():
                        phases.tell(at_work[worker], said)
                    case None:
                        phases.end(at_work.pop(worker))
                        idle.append(worker)
                    case LotsError():
                        phases.leave(at_work.pop(worker))
                        errors.append(said)
    if errors:
        raise errors[0] if len(errors) == 1 else FileRefused("\n".join(map(str, errors)))


def _heard(workers: Iterable[Connection]) -> list[Connection]:
    """Those that say something; waits for the first."""
    return [worker for worker in wait([*workers]) if isinstance(worker, Connection)]


def _said(worker: Connection, name: str) -> str | LotsError | None:
    """How far a worker is; None at its end, or what it failed with."""
    try:
        said: str | LotsError | None = worker.recv()
    except (EOFError, ConnectionError):
        return FileRefused(
            f"{name}: process: expected it to say how it ended, got nothing; what was committed"
            " stands, and the next run goes on."
        )
    return said


@contextmanager
def _workers(run: Run) -> Iterator[list[Connection]]:
    """What to speak to each process by. None is left behind: one at work is interrupted where the
    block is.
    """
    ours: list[Connection] = []
    processes: list[ForkProcess] = []
    at_work = True
    try:
        for _ in range(PROCESSES):
            here, there = FORK.Pipe()
            ours.append(here)
            processes.append(FORK.Process(target=_work, args=(run, there, (*ours,))))
            processes[-1].start()
            there.close()
        yield [*ours]
        at_work = False
    finally:
        for process in processes if at_work else ():
            process.terminate()
        _end(ours, processes)


def _end(ours: Sequence[Connection], processes: Sequence[ForkProcess]) -> None:
    for worker in ours:
        worker.close()  # which whoever waits for another name ends by
    try:
        for process in processes:
            process.join(PATIENCE_S)
    finally:
        for process in processes:
            process.kill()


def _work(run: Run, asked: Connection, others: Sequence[Connection]) -> None:
    """Run what is asked for, until nobody asks any more."""
    for number in INTERRUPTIONS:
        # Where the first process ignores one, so do all.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupted)
    # Held here too, they would never tell anybody that the other end is gone.
    for other in others:
        other.close()
    with suppress(EOFError, ConnectionError, KeyboardInterrupt):
        while True:
            asked.send(_ended(run, asked.recv(), partial(_tell, asked)))


def _ended(run: Run, name: str, tell: Callable[[str], None]) -> LotsError | None:
    try:
        run(name, tell)
    except LotsError as error:
        return error
    return None


def _tell(asked: Connection, sentence: str) -> None:
    try:
        asked.send(sentence)
    except ConnectionError:
        # Airflow goes on after any error of who listens to it, but for this one.
        raise KeyboardInterrupt from None


def _interrupted(*_: object) -> NoReturn:
    # Once: the terminal interrupts all processes, and the first one then each again.
    for number in INTERRUPTIONS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
