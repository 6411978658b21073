"""Several hosts at work on one database, each with a home of its own: what one needs never lies on another's disk."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import copyfile, rmtree

import psycopg
import pytest

from lots.answers import Received
from lots.errors import CallError, DatabaseLost, LedgerUnmatched, NotFound
from lots.local import parts
from lots.pipeline import keep, outside, profiles, signing_key
from lots.pipeline.digest import digest
from lots.pipeline.handed_in import HandedIn, hand_in
from lots.pipeline.receive import receive, resume
from lots.pipeline.verify import verify
from lots.postgres.cluster import Cluster
from lots.settings import ROOT, Settings, as_environment, from_environment
from lots.store.engine import close, engine
from lots.store.intake import receipts
from lots.store.session import CUT_OFF, HEARD
from tests.builders import NOW, admit, donations, rows, take, write
from tests.proxy import proxy

LITRES = 'units = { plasma_ml = "L" }\n'
NO_PLACE = (
    "lots: LOTS_RAW_URL: place of the kept bytes: expected one that every host reaches, as"
    " LOTS_DATABASE_URL is set, got none; where no other host uses that database, a folder such as"
    " file:///srv/lots/raw.\n"
)
FILE = donations({"plasma_ml": "0.6905"})
Fresh = Callable[[], Settings]


@pytest.fixture
def hosts(lots_settings: Settings, tmp_path: Path) -> tuple[Settings, Settings]:
    """Two hosts: one database, one key, kept bytes and the ledger's copies in places that both reach."""
    shared = replace(
        lots_settings, raw_url=str(tmp_path / "raw"), ledger_url=str(tmp_path / "ledger")
    )
    one, other = (replace(shared, home=tmp_path / name) for name in ("one", "other"))
    share_key(one, other)
    return one, other


def share_key(one: Settings, other: Settings) -> None:
    """Give one host's key to another, as an administrator does."""
    signing_key.private_key(one)
    other.home.mkdir(exist_ok=True)
    copyfile(one.home / signing_key.FILE, other.home / signing_key.FILE)


def added(settings: Settings, folder: Path, text: str, sender: str = "C1") -> None:
    """Put a sender's profile as a person does."""
    path = Path(write(folder, f"{sender}.toml", text.encode()))
    profiles.add(settings, [path], by="tester", now=NOW)


def test_every_host_reads_by_the_profile_that_one_of_them_was_given(
    hosts: tuple[Settings, Settings], tmp_path: Path
) -> None:
    one, other = hosts
    added(one, tmp_path, LITRES)
    assert take(other, write(tmp_path, "donation-1.csv", FILE))[0].status == "accepted"
    assert rows(one, "SELECT plasma_ml::text FROM accepted.donation") == [("690.500",)]


def test_a_receipt_tells_by_which_profile_it_was_read(
    lots_settings: Settings, tmp_path: Path
) -> None:
    admit(lots_settings, write(tmp_path, "donation-1.csv", donations({"donation_number": "D0"})))
    added(lots_settings, tmp_path, LITRES)
    admit(lots_settings, write(tmp_path, "donation-2.csv", FILE))
    admit(lots_settings, write(tmp_path, "donation-3.csv", b"no,header\n1,2\n"))
    told = [("1", None), ("2", LITRES), ("3", LITRES)]
    for table in ("receipt", "conclusion"):
        assert (
            rows(
                lots_settings,
                "SELECT r.receipt::text, p.text FROM receiving." + table + " AS r"
                " LEFT JOIN receiving.profile AS p ON sha256(p.text::bytea) = r.profile"
                " ORDER BY r.receipt",
            )
            == told
        )
    assert verify(lots_settings).faults == ()


def test_a_profile_is_put_once_and_the_last_one_holds(
    lots_settings: Settings, tmp_path: Path
) -> None:
    for text in (LITRES, LITRES, "trim = true\n"):
        added(lots_settings, tmp_path, text)
    assert profiles.text(lots_settings, "C1") == "trim = true\n"
    assert [one.sender for one in profiles.listed(lots_settings).rows] == ["C1"]
    profiles.remove(lots_settings, ["C1"], by="tester", now=NOW)
    assert profiles.listed(lots_settings).rows == ()
    with pytest.raises(
        NotFound, match=r"^C1 has no profile; its files are read as the template\.$"
    ):
        profiles.remove(lots_settings, ["C1"], by="tester", now=NOW)
    kinds = rows(lots_settings, "SELECT kind, reference ->> 'sender' FROM ledger.entry")
    assert kinds == [("profile", "C1")] * 3
    assert verify(lots_settings).faults == ()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("C1.toml", 'units = { plasma_ml = "pint" }\n', "the unit of plasma_ml is 'pint'"),
        ("C1.toml", "colour = 1\n", "'colour' is no setting"),
        ("C1.txt", LITRES, "expected a file called SENDER.toml, got another"),
        ("C1.toml", None, "got: No such file or directory"),
    ],
)
def test_a_profile_by_which_nothing_could_be_read_is_not_put_nor_are_those_beside_it(
    lots_settings: Settings, tmp_path: Path, name: str, text: str | None, sentence: str
) -> None:
    good = Path(write(tmp_path, "C0.toml", LITRES.encode()))
    if text is not None:
        write(tmp_path, name, text.encode())
    with pytest.raises(CallError, match=sentence):
        profiles.add(lots_settings, [good, tmp_path / name], by="tester", now=NOW)
    assert profiles.listed(lots_settings).rows == ()


def test_the_command_lists_adds_shows_and_removes(
    lots: Callable[[Settings, Sequence[str]], int],
    lots_settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = write(tmp_path, "C1.toml", LITRES.encode())
    assert lots(lots_settings, ["profile"]) == 0
    assert capsys.readouterr().out == "No sender has a profile.\n"
    assert lots(lots_settings, ["profile", "add", path]) == 0
    assert lots(lots_settings, ["profile", "show", "C1"]) == 0
    assert capsys.readouterr().out.endswith(LITRES + "\n")
    assert lots(lots_settings, ["profile", "remove", "C1"]) == 0
    assert lots(lots_settings, ["profile", "show", "C1"]) == 2
    assert lots(lots_settings, ["profile", "add"]) == 2
    assert "profile add: which: expected at least one" in capsys.readouterr().err


@pytest.mark.parametrize("verb", [["receive"], ["receive", "FILE"]])
def test_a_database_of_a_site_s_own_without_a_place_for_kept_bytes_receives_nothing(
    lots: Callable[[Settings, Sequence[str]], int],
    lots_settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    verb: list[str],
) -> None:
    place = write(tmp_path / "C1", "donation-1.csv", FILE)
    told = from_environment(as_environment(replace(lots_settings, raw_url="")))
    assert lots(told, [word.replace("FILE", place) for word in verb]) == 2
    assert capsys.readouterr().err == NO_PLACE
    with pytest.raises(CallError, match=r"^LOTS_RAW_URL: place of the kept bytes: "):
        hand_in(told, [HandedIn("donation-1.csv", BytesIO(FILE))], "C1", "tester")
    assert rows(told, "SELECT count(*) FROM receiving.receipt") == [(0,)]


def test_serve_starts_no_database_where_the_site_has_its_own(
    lots: Callable[[Settings, Sequence[str]], int],
    lots_settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert lots(lots_settings, ["serve", "--synthetic"]) == 2
    assert capsys.readouterr().err == (
        "lots: LOTS_AIRFLOW_DATABASE_URL: database of Airflow's own tables: expected one, as"
        " LOTS_DATABASE_URL is set, got none; no PostgreSQL is started for it here.\n"
    )
    assert not (lots_settings.home / "pg").exists()


def test_serve_asks_for_places_that_other_hosts_reach_where_they_run_its_tasks(
    lots: Callable[[Settings, Sequence[str]], int],
    lots_settings: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "PROVIDERS", {})  # as where the extra is installed
    assert lots(lots_settings, ["serve", "--executor", "edge", "--synthetic"]) == 2
    assert capsys.readouterr().err == (
        "lots: LOTS_LANDING_URL: place of waiting files: expected the one that all hosts use, got none;"
        " what is this host's own no other reads.\n"
    )


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_home_has_a_folder_for_files_only_where_these_are_looked_for_in_it(
    lots: Callable[[Settings, Sequence[str]], int],
    lots_settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    elsewhere: bool,
) -> None:
    monkeypatch.setenv("LOTS_LANDING_URL", "s3://lots/landing" if elsewhere else "")
    assert lots(lots_settings, ["report", "--all"]) == 0
    assert (lots_settings.home / "landing").is_dir() != elsewhere


def crashed(settings: Settings, place: str, at: str) -> None:
    """Receive a file until a step, as a host that dies there does."""

    def step(name: str) -> None:
        if name == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        receive(place, settings, by="tester", now=NOW, sender="C1", step=step)


def test_what_a_host_left_is_concluded_by_another_and_absent_bytes_stop_no_other(
    hosts: tuple[Settings, Settings], tmp_path: Path
) -> None:
    one, other = hosts
    for n in range(3):
        row = {"donation_number": f"D{n}"}
        crashed(one, write(tmp_path, f"donation-{n}.csv", donations(row)), "judge")
    ((sha256,),) = rows(
        one, "SELECT encode(sha256, 'hex') FROM receiving.receipt WHERE receipt = 2"
    )
    (Path(one.raw_url) / keep.name_of(bytes.fromhex(str(sha256)))).unlink()
    taken = resume(other, by="tester", now=NOW)
    assert [(one.receipt, one.status) for one in taken] == [
        (1, "accepted"),
        (2, "not taken"),
        (3, "accepted"),
    ]
    assert taken[1].sentence.startswith(
        f"The kept bytes {keep.name_of(bytes.fromhex(str(sha256)))} are gone;"
    )
    assert rows(one, "SELECT donation_number FROM accepted.donation ORDER BY 1") == [
        ("D0",),
        ("D2",),
    ]


def test_what_another_host_is_at_work_on_is_left_to_it(
    hosts: tuple[Settings, Settings], tmp_path: Path
) -> None:
    one, other = hosts
    found: list[Received] = []

    def step(name: str) -> None:
        if name == "judge":
            found.extend(resume(other, by="tester", now=NOW, wait=False))

    place = write(tmp_path, "donation-1.csv", FILE)
    assert receive(place, one, by="tester", now=NOW, sender="C1", step=step).status == "accepted"
    assert found == []


def test_a_session_tells_both_ends_within_a_minute_that_the_other_is_cut_off(
    lots_settings_tcp: Settings,
) -> None:
    idle, interval, count, limit = (
        int(str(rows(lots_settings_tcp, f"SHOW {name}")[0][0]).removesuffix("ms").removesuffix("s"))
        for name in HEARD
    )
    assert idle + interval * count <= 45
    assert limit in (45, 45000)
    with engine(settings=lots_settings_tcp).connect() as connection:
        told = connection.connection.driver_connection
        assert told is not None
        assert CUT_OFF.items() <= told.info.get_parameters().items()


@pytest.mark.parametrize("at", ["stage", "commit"])
def test_a_host_that_falls_silent_holds_its_file_no_longer_than_the_limit(
    lots_settings_tcp: Settings,
    cluster: Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
) -> None:
    # All that judges is loaded: that takes longer than so short a limit.
    admit(
        lots_settings_tcp, write(tmp_path, "donation-0.csv", donations({"donation_number": "D0"}))
    )
    place = write(tmp_path, "donation-1.csv", FILE)
    taken: list[Received] = []

    with proxy(cluster.port) as between:
        url = (lots_settings_tcp.database_url or "").replace(
            f":{cluster.port}/", f":{between.port}/"
        )
        silent = replace(lots_settings_tcp, database_url=url)

        def step(name: str) -> None:
            if name == at:
                between.silence()
                monkeypatch.undo()
                try:
                    taken.extend(admit(lots_settings_tcp, place))
                finally:
                    between.hang_up()

        monkeypatch.setattr(receipts, "HUNG_S", 2)
        with pytest.raises(DatabaseLost):
            receive(place, silent, by="tester", now=NOW, sender="C1", step=step)
    close(silent)
    assert [(one.status, one.again) for one in taken] == [("accepted", False)]
    kinds = "SELECT count(*) FROM ledger.entry WHERE kind = 'accepted'"
    assert rows(lots_settings_tcp, kinds) == [(2,)]


def test_a_host_that_is_stopped_while_it_sends_rows_holds_its_file_no_longer_than_the_limit(
    lots_settings_tcp: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = write(tmp_path, "donation-1.csv", FILE)
    number = int.from_bytes(sha256(FILE).digest()[:8], "big", signed=True)
    monkeypatch.setattr(receipts, "HUNG_S", 1)
    stopped = engine(settings=lots_settings_tcp).raw_connection()
    driven = stopped.driver_connection
    assert isinstance(driven, psycopg.Connection)
    driven.execute("SELECT pg_advisory_lock(%s)", [number])
    driven.execute("CREATE TEMPORARY TABLE sent (line text)")
    copy = driven.cursor().copy("COPY sent FROM STDIN")
    copy.__enter__().write(b"one\n")
    assert admit(lots_settings_tcp, place)[0].status == "accepted"
    with pytest.raises(psycopg.OperationalError):
        copy.__exit__(None, None, None)
    stopped.invalidate()


HOLDING = """
import os
from lots.settings import from_environment
from lots.store.engine import engine
with engine("lots_pipeline", from_environment(os.environ)).connect() as connection:
    connection.exec_driver_sql("SELECT pg_advisory_lock(1)")
    print("held", flush=True)
    connection.exec_driver_sql("SELECT pg_sleep(300)")
"""


def test_what_a_killed_process_had_asked_for_is_ended_with_its_locks(
    lots_settings: Settings,
) -> None:
    asking = subprocess.Popen(
        [sys.executable, "-c", HOLDING],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **as_environment(lots_settings), "PYTHONPATH": str(ROOT)},
    )
    assert asking.stdout is not None
    assert asking.stdout.readline() == "held\n"
    asking.kill()
    asking.communicate()
    with engine("lots_pipeline", lots_settings).connect() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        connection.exec_driver_sql("SELECT pg_advisory_lock(1)")


STOPPING = """
import os, signal, sys
from lots.pipeline.receive import receive
from lots.settings import settings
from lots.store.intake import receipts
from tests.builders import NOW
from validations import judge
receipts.HUNG_S = 5
def step(name):
    if name == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGSTOP)
receive(sys.argv[1], settings(), by="tester", now=NOW, sender="C1", step=step)
"""


@contextmanager
def stopped(settings: Settings, place: str, at: str) -> Iterator[None]:
    """A process that is stopped in the middle of a file, as a host that hangs is; it is let go at the
    end, and then finds that it was ended.
    """
    environ = {**os.environ, **as_environment(settings), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", STOPPING, place, at]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as hung:
        _, status = os.waitpid(hung.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), hung.communicate()[1]
        try:
            yield
        finally:
            hung.send_signal(signal.SIGCONT)
            said = hung.communicate(timeout=60)[1]
    assert "DatabaseLost" in said


@pytest.mark.parametrize("at", ["stage", "judge", "commit"])
def test_a_host_that_is_stopped_in_the_middle_of_a_file_loses_it_within_the_limit(
    hosts: tuple[Settings, Settings], tmp_path: Path, at: str
) -> None:
    one, other = hosts
    place = write(tmp_path, "donation-1.csv", FILE)
    with stopped(one, place, at):
        taken = admit(other, place)
    assert [(got.status, got.again) for got in taken] == [("accepted", False)]
    kinds = "SELECT count(*) FROM ledger.entry WHERE kind = 'accepted'"
    assert rows(other, kinds) == [(1,)]


def test_a_host_writes_the_report_of_what_another_received(
    hosts: tuple[Settings, Settings],
    lots: Callable[[Settings, Sequence[str]], int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    one, other = hosts
    take(one, write(tmp_path, "donation-1.csv", FILE))
    assert lots(other, ["report", "1"]) == 0
    assert capsys.readouterr().out == f"{other.reports / '000001.html'}\n"
    for name in ("000001.html", "000001.json"):
        assert (other.reports / name).read_bytes() == (one.reports / name).read_bytes()
    crashed(one, write(tmp_path, "donation-2.csv", donations({"donation_number": "D2"})), "judge")
    take(one, write(tmp_path, "donation-3.csv", donations({"donation_number": "D3"})))
    assert lots(other, ["report", "--all"]) == 0
    assert capsys.readouterr().out == f"2 reports are in {other.reports}.\n"
    assert sorted(path.name for path in other.reports.glob("*.html")) == [
        "000001.html",
        "000003.html",
    ]
    neither = "report: receipts: expected their numbers, or --all, got both or neither."
    for asked, sentence in (
        (["2"], "Receipt 2 is staged; expected one that is concluded."),
        (["9"], "No receipt 9 was ever made."),
        ([], neither),
        (["1", "--all"], neither),
    ):
        assert lots(other, ["report", *asked]) == 2
        assert capsys.readouterr().err == f"lots: {sentence}\n"


@pytest.mark.parametrize("got", ["none", "another"])
def test_a_host_without_the_key_of_the_others_signs_nothing_and_says_so(
    hosts: tuple[Settings, Settings], tmp_path: Path, got: str
) -> None:
    one, other = hosts
    take(one, write(tmp_path, "donation-1.csv", FILE))
    key = outside.read(one, outside.KEY)
    (other.home / signing_key.FILE).unlink()
    if got == "another":
        (other.home / signing_key.FILE).write_text("0" * 64)
    said = (
        rf"^.*ledger\.key: key of the ledger: expected the one that signed .*, got {got}; copy it"
    )
    place = write(tmp_path, "donation-2.csv", donations({"donation_number": "D2"}))
    with pytest.raises(LedgerUnmatched, match=said):
        take(other, place)
    if got == "none":
        with pytest.raises(LedgerUnmatched, match=said):
            verify(other)
        assert not (other.home / signing_key.FILE).exists()
    assert outside.read(one, outside.KEY) == key
    assert verify(one).faults == ()
    # What it had received stands, and is signed by whoever can.
    share_key(one, other)
    assert take(other, place)[0].again
    assert verify(other).faults == ()
    assert rows(one, "SELECT count(*) FROM accepted.donation") == [(2,)]


def test_a_host_that_keeps_bytes_elsewhere_than_the_others_receives_nothing(
    hosts: tuple[Settings, Settings], tmp_path: Path
) -> None:
    one, other = hosts
    take(one, write(tmp_path, "donation-1.csv", FILE))
    place = write(tmp_path, "donation-2.csv", donations({"donation_number": "D2"}))
    # As where the share is not mounted: the folder is there, and empty.
    got = admit(replace(other, raw_url=str(tmp_path / "unmounted")), place)[0]
    assert (got.status, got.sentence.split("; ")[0]) == (
        "not taken",
        "LOTS_RAW_URL: place of the kept bytes: expected the one where those of earlier receipts lie,"
        " got one that has none of them",
    )
    assert rows(one, "SELECT count(*) FROM receiving.receipt") == [(1,)]
    assert admit(other, place)[0].status == "accepted"


def test_kept_bytes_that_are_all_lost_are_put_back_by_files_that_come_again(
    hosts: tuple[Settings, Settings], tmp_path: Path
) -> None:
    one, _ = hosts
    first = write(tmp_path, "donation-1.csv", FILE)
    take(one, first)
    rmtree(one.raw_url)
    place = write(tmp_path, "donation-2.csv", donations({"donation_number": "D2"}))
    assert admit(one, place)[0].status == "not taken"
    assert admit(one, first)[0].again
    assert admit(one, place)[0].status == "accepted"
    assert verify(one).faults == ()


def test_two_hosts_end_as_one_does(
    fresh: Fresh, hosts: tuple[Settings, Settings], tmp_path: Path
) -> None:
    alone = fresh()
    places = [
        write(
            tmp_path,
            f"donation-{n}.csv",
            donations({"donation_number": f"D{n}", "plasma_ml": "0.7"}),
        )
        for n in range(4)
    ]
    for settings in (alone, hosts[0]):
        added(settings, tmp_path / settings.home.name, LITRES)
    take(alone, *places)
    for place, host in zip(places, (*hosts, *hosts), strict=True):
        take(host, place)
    assert digest(hosts[1]) == digest(alone)
