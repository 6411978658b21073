"""What people, files and scanners do that comes under an entry, each of a thing of its own, so that it can
be done once more for every step before which it is killed.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from lots.decisions.norm import Purpose
from lots.decisions.overriding import Signed
from lots.errors import CallError, NotConcluded
from lots.pipeline import abandon, booking, meant, newest, profiles, resolve, settle, taking_back
from lots.pipeline.dispose import Saying, decide, second, withdraw
from lots.pipeline.named_rows import Place
from lots.pipeline.receive import receive
from lots.pipeline.resolve import Word
from lots.pipeline.retract import retract, take_back
from lots.pipeline.scan import Scanner, Use, scan
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.access import accounts, kept, nature, tokens
from lots.store.access.accounts import NewAccount
from lots.store.access.door import Connection, asking
from tests.builders import donations, rows, table, take, write
from tests.integration import test_resolve_parked as parked
from tests.integration.test_dispositions import Desk, asked, release, world
from tests.integration.test_scans import NOW, code
from tests.integration.test_settled import HEADER, LIMIT

ONE, TWO = Word("A. Ahn", "looked at"), Word("B. Berg", "seen too")
NAMES = count()
MANY = 14  # things of a kind: more than an act has steps
MARKETS = [f"{first}{second}" for first in "ABC" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done: what it is done to, as the nth thing of its kind; and the doing."""

    made: Callable[[Settings, int], Any]
    do: Callable[[Settings, Any], object]


def begun(settings: Settings) -> None:
    """An entry of which nothing stands outside."""
    nature.tell(settings, "synthetic", by="QA", now=NOW)


def needed(settings: Settings) -> None:
    """What the acts need: a lot with packs, a line that is parked, people."""
    world(settings, settings.home)
    parked.filled(settings, settings.home / "parked")
    _told(settings)
    release(Desk(settings))


def _write(settings: Settings, name: str, data: bytes) -> str:
    return write(settings.home / "files", name, data)


# --- files ----------------------------------------------------------------------------------------


def _reference(settings: Settings, n: int) -> str:
    """A file with what is taken and comes into force, and with what is refused."""
    limits = {"valid_from": f"2026-02-{n:02d}", "approved_by": "B"}, {"valid_from": "2026-03-01"}
    return _write(settings, f"product-{n}.csv", table(LIMIT, limits) + b"broken,line\n")


def _take(settings: Settings, *paths: str) -> int:
    """Receive files; the number of the last receipt."""
    taken = take(settings, *paths)
    assert all(one.receipt for one in taken)
    return int(taken[-1].receipt or 0)


def _refused(settings: Settings, n: int) -> str:
    """A file of which each row was refused, so that it may be read again."""
    data = donations({"donation_number": "", "donor_key": f"P{n}"})
    path = _write(settings, f"donation-none-{n}.csv", data)
    _take(settings, path)
    return path


def _left(settings: Settings, n: int) -> int:
    """A receipt that cannot be concluded."""

    def closed(step: str) -> None:
        if step == "accept":
            raise ValueError(step)

    path = _write(settings, f"donation-left-{n}.csv", donations({"donation_number": f"E{n}"}))
    with suppress(NotConcluded):
        receive(path, settings, by="tester", now=NOW, sender="C1", step=closed)
    return int(str(rows(settings, "SELECT max(receipt) FROM receiving.receipt")[0][0]))


# --- words of persons -----------------------------------------------------------------------------


def _told(settings: Settings) -> None:
    """What persons speak of, all of it before: donations in which a rule finds something, of which
    some contradict others, lines and a file that are refused, and lines that are parked.
    """
    _take(settings, _write(settings, "donation-0.csv", HEADER + b"D1,P1,x\n"))
    low = [{"donation_number": f"D{n}", "total_protein_g_dl": "5"} for n in range(2 * MANY)]
    other = [{"donation_number": f"D{n}", "donor_key": "P9"} for n in range(2 * MANY)]
    _take(settings, _write(settings, "donation-1.csv", donations(*low)))
    _take(settings, _write(settings, "donation-2.csv", donations(*other)))
    broken = donations({"donation_number": "X"}) + b"broken,line\n" * MANY
    _take(settings, _write(settings, "donation-3.csv", broken))
    lines = [parked.LINE | {"dispensing": f"M{n}"} for n in range(MANY)]
    usual = dict.fromkeys(record_of("dispensing").required, "")
    _take(settings, _write(settings, "dispensing-1.csv", table(usual, lines)))


def _finding(
    settings: Settings, n: int, which: str = "rule <> 'contested' AND holds = 'nothing'"
) -> int:
    """The nth finding."""
    asked_for = f"SELECT finding FROM judged.finding WHERE {which} ORDER BY finding"
    return int(str(rows(settings, asked_for)[n][0]))


def _closed(settings: Settings, n: int) -> int:
    number = _finding(settings, MANY + n)
    resolve.close(settings, number, ONE, now=NOW)
    return number


def _contested(settings: Settings, n: int) -> tuple[int, str]:
    """A finding on a contested donation, and the version that shall stand."""
    number = _finding(settings, n, "rule = 'contested'")
    return number, str(resolve.versions(settings, number).rows[0].keep)


def _let_stand(settings: Settings, of: tuple[int, str]) -> None:
    number, keep = of
    resolve.decide(settings, number, keep, ONE, now=NOW)


def _decided(settings: Settings, n: int) -> int:
    number, keep = _contested(settings, MANY + n)
    resolve.decide(settings, number, keep, ONE, now=NOW)
    return number


def _line(settings: Settings, n: int, table_of: str = "accepted.dispensing") -> tuple[int, int]:
    """The nth of the newest rows of a table, by receipt and line."""
    asked_for = f"SELECT receipt, line FROM {table_of} ORDER BY receipt DESC, line"
    receipt, line = rows(settings, asked_for)[n]
    return int(str(receipt)), int(str(line))


def _row(settings: Settings, n: int) -> Place:
    return Place(*_line(settings, n))


def _out(settings: Settings, row: Place) -> None:
    retract(settings, [row], "never_happened", ONE, now=NOW)


def _retracted(settings: Settings, n: int) -> Place:
    row = Place(*_line(settings, n, "accepted.donation"))
    _out(settings, row)
    return row


def _mean(settings: Settings, row: tuple[int, int]) -> None:
    with suppress(CallError):  # who was killed may have said it
        meant.mean(settings, [row], "22E1", ONE, now=NOW)
    meant.mean(settings, [row], "22E1", TWO, now=NOW)


def _refused_line(settings: Settings, n: int) -> Place:
    return Place(*_line(settings, n, "receiving.refused WHERE line > 2"))


def _profile(settings: Settings, n: int) -> Path:
    return Path(_write(settings, f"SENDER-{n}.toml", b'encoding = "latin-1"\n'))


# --- decisions, scans, accounts -------------------------------------------------------------------


def _who_stops(settings: Settings, n: int) -> Saying:
    return Desk(settings).says(f"sam {n}", "safety_officer", once=f"stop {n}")


def _stop(settings: Settings, who: Saying) -> None:
    decide(settings, asked("lot", "stop", key=("M1", f"of {who.by}")), who)


def _proposed(settings: Settings, n: int) -> tuple[Any, Any]:
    """A release for one more market, and who signs it second."""
    del n
    desk = Desk(settings)
    name = next(NAMES)
    work = asked("lot", "release", markets=(MARKETS[name],))
    made = decide(settings, work, desk.says(f"ann {name}", "qa"))
    return made, desk.says(f"bob {name}", "qa_approver", once=f"second {name}")


def _sign(settings: Settings, of: tuple[Any, Any]) -> None:
    made, who = of
    second(settings, made.disposition, made.sha256, made.seen, who)


def _withdraw(settings: Settings, of: tuple[Any, Any]) -> None:
    withdraw(settings, of[0].disposition, of[1])


def _scan(settings: Settings, n: int) -> None:
    scan(settings, code(f"N{n}"), Use(Purpose.DISPENSE, "H1"), NOW, Scanner("tester"))


def _scanned(settings: Settings, n: int) -> tuple[int, int]:
    """A pharmacist's account, and a scan of a pack that may go."""
    with asking(settings) as connection:
        new = NewAccount(f"pam {n}", f"Pam {n}", "pharmacist", "H1")
        made = accounts.make(connection, new, None, NOW)
        assert made
    use = Use(Purpose.DISPENSE, "H1")
    told = scan(settings, code(f"B{n}"), use, NOW, Scanner("pam", made.account))
    return made.account, told.scan


def _book(settings: Settings, of: tuple[int, int]) -> None:
    act = booking.Act(Signed("pharmacist", reason="it came by hand"), to_kind="ward")
    with asking(settings) as connection:
        booking.book(connection, settings, of, act, NOW)


def known(connection: Connection, name: str) -> accounts.Account:
    """An account that is there."""
    found = accounts.named(connection, name)
    assert found
    return found[0]


def _account(settings: Settings, n: int) -> None:
    """Made, with a password, signed in, and a look at a person's tree: each a transaction."""
    new = NewAccount(f"una {n}", f"Una {n}", "regulator", None)
    with asking(settings) as connection:
        # Whoever is killed after it finds the name taken.
        made = accounts.make(connection, new, None, NOW) or known(connection, new.name)
    with asking(settings) as connection:
        accounts.set_password(connection, made.account, "not a hash", NOW)
    with asking(settings) as connection:
        accounts.signed_in(connection, made, NOW)
        tokens.begin_session(connection, made.account, NOW)
    with asking(settings) as connection:
        number = kept.keep_question(connection, made.account, {"asked": "P9"}, NOW)
    with asking(settings) as connection:
        kept.looked(connection, made.account, number, NOW)


def _newest(settings: Settings, n: int) -> None:
    """Say that the database is the newest, its copies outside being lost; who was killed may have said
    it already.
    """
    del n
    with suppress(CallError):
        newest.say(settings, ONE, None, now=NOW)


def _number(settings: Settings, n: int) -> int:
    del settings
    return n


NEWEST = Act(_number, _newest)
ACTS: Mapping[str, Act] = {
    "a file": Act(_reference, _take),
    "a refused file again": Act(_refused, _take),
    "a receipt given up": Act(_left, lambda s, n: abandon.abandon(s, n, ONE, now=NOW)),
    "a finding closed": Act(_finding, lambda s, n: resolve.close(s, n, ONE, now=NOW)),
    "a finding opened again": Act(_closed, lambda s, n: taking_back.closing(s, n, TWO, now=NOW)),
    "a contested key": Act(_contested, _let_stand),
    "that taken back": Act(_decided, lambda s, n: taking_back.decision(s, n, TWO, now=NOW)),
    "a line that means a lot": Act(_line, _mean),
    "a row out": Act(_row, _out),
    "a row back": Act(_retracted, lambda s, row: take_back(s, [row], TWO, now=NOW)),
    "what is not waited for": Act(
        _refused_line, lambda s, row: settle.settle(s, row, ONE, now=NOW)
    ),
    "a profile": Act(_profile, lambda s, path: profiles.add(s, [path], by="QA", now=NOW)),
    "a stop": Act(_who_stops, _stop),
    "a release": Act(_proposed, _sign),
    "a withdrawal": Act(_proposed, _withdraw),
    "a scan": Act(_number, _scan),
    "a booking": Act(_scanned, _book),
    "an account": Act(_number, _account),
}
