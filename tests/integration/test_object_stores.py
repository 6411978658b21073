"""Files that wait, kept bytes and the ledger's copies in an object store: all ends as in folders."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

from lots.errors import BytesAway, CallError, FileChanging, FileRefused, NotConcluded
from lots.pipeline import incoming, keep, landing, scheduled
from lots.pipeline.backup import backup
from lots.pipeline.digest import digest
from lots.pipeline.receive import receive, resume
from lots.pipeline.receive_all import receive_all
from lots.pipeline.verify import verify
from lots.records import STAGES
from lots.settings import Settings
from tests.builders import NOW, admit, donations, results, write

Fresh = Callable[[], Settings]
FILES = {
    "C1/donation-1.csv": donations({}, {"donation_number": "D2"}),
    "C1/donation-2.csv": donations({"donation_number": "D3"}).replace(b"\n", b"\r\n"),
    "C1/.hidden/donation-4.csv": donations({"donation_number": "D4"}),
    "L1/test_result-1.csv": results({}, {"tested_id": "D2", "sample": "S2"}),
    "L1/test_result-2.csv": b"a line without an end" * 100_000,
}
S3 = pytest.mark.skipif(
    not (find_spec("s3fs") and find_spec("moto")),
    reason="needs the extra s3, and moto[s3], flask and flask-cors",
)
STORES = ["memory", pytest.param("s3", marks=S3)]


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty store: of this process, or a bucket of a server on this machine."""
    if request.param == "s3":
        request.getfixturevalue("server")
    address = {"memory": "memory:///lots", "s3": "s3://lots"}[request.param]
    system, root = incoming.file_system(address)
    system.mkdir(root)
    yield address
    system.rm(root, recursive=True)


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    """A server of the kind of S3; one for the file, since its library keeps what it talks to."""
    from moto.server import ThreadedMotoServer
    from s3fs import S3FileSystem

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in told(f"http://{host}:{port}").items():
            patch.setenv(name, value)
        # Other tests may have had a server of their own.
        S3FileSystem.clear_instance_cache()
        yield
    server.stop()


def told(address: str) -> dict[str, str]:
    """What the library of S3 reads of a server."""
    names = {"ENDPOINT_URL": address, "DEFAULT_REGION": "us-east-1"}
    names |= {"ACCESS_KEY_ID": "lots", "SECRET_ACCESS_KEY": "lots"}
    return {f"AWS_{name}": value for name, value in names.items()}


def filled(place: str) -> list[str]:
    """The files, put where they wait."""
    system, root = incoming.file_system(place)
    for name, data in FILES.items():
        path = f"{root}/{name}"
        system.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        system.pipe_file(path, data)
    return landing.files(place)


def received(settings: Settings) -> dict[str, tuple[str, str, str]]:
    """What became of each file."""
    places = filled(settings.landing_url)
    taken = receive_all(
        places, settings, by="tester", now=lambda: NOW, folders=[settings.landing_url]
    )
    return {one.file_name: (one.status, one.sender, one.sentence) for one in taken}


@pytest.mark.parametrize("store", STORES, indirect=True)
def test_a_store_ends_in_the_state_of_a_folder(fresh: Fresh, store: str) -> None:
    near = fresh()
    far = replace(
        fresh(),
        landing_url=f"{store}/landing",
        raw_url=f"{store}/raw",
        ledger_url=f"{store}/ledger",
    )
    assert received(far) == received(near)
    assert digest(far) == digest(near)
    assert verify(far).faults == ()
    assert landing.waiting(far, "intake") == []


@pytest.mark.parametrize("store", STORES, indirect=True)
def test_a_scheduler_takes_the_files_of_a_store(
    lots_settings: Settings, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = replace(lots_settings, landing_url=f"{store}/landing", raw_url=f"{store}/raw")
    monkeypatch.setattr(scheduled, "settings", lambda: far)
    filled(far.landing_url)
    taken = [scheduled.take(some) for stage in STAGES for some in scheduled.waiting(stage)]
    assert sorted(got["status"] for some in taken for got in some) == [
        *["accepted"] * 3,
        "refused",
    ]
    assert [scheduled.waiting(stage) for stage in STAGES] == [[]] * len(STAGES)


@pytest.mark.parametrize("store", STORES, indirect=True)
def test_a_store_s_list_tells_what_it_tells_of_each_file(store: str) -> None:
    places = filled(store)
    assert len(set(landing.marked(store).values())) == len(places)
    assert landing.marked(store) == landing.marks(places)


@pytest.mark.parametrize("store", STORES, indirect=True)
def test_a_file_that_changes_in_a_store_while_it_is_read_is_told(store: str) -> None:
    system, root = incoming.file_system(store)
    system.pipe_file(f"{root}/C1/a.csv", b"one")
    with (
        pytest.raises(FileChanging, match=r"^a\.csv is still being written: 3 bytes at first"),
        incoming.open_incoming(f"{store}/C1/a.csv"),
    ):
        system.pipe_file(f"{root}/C1/a.csv", b"another")


@pytest.mark.parametrize("store", STORES, indirect=True)
def test_what_was_kept_just_now_is_not_taken_for_left(lots_settings: Settings, store: str) -> None:
    system, root = incoming.file_system(store)
    system.pipe_file(f"{root}/C1/a.csv", b"one")
    far = replace(lots_settings, raw_url=f"{store}/raw")
    keep.keep(f"{store}/C1/a.csv", far)
    now = datetime.now(UTC)
    assert [*keep.of_no_receipt(far, [], now - timedelta(minutes=5))] == []
    assert len([*keep.of_no_receipt(far, [], now + timedelta(minutes=5))]) == 1


@S3
def test_a_store_that_cannot_be_reached_takes_no_file_and_says_so(
    lots_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    import s3fs

    # Else its library goes on with the store that it talked to before.
    s3fs.S3FileSystem.clear_instance_cache()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    gone = "s3://gone/since"
    with pytest.raises(FileRefused, match=r"^since cannot be read or kept: "):
        landing.files(gone)
    got = admit(replace(lots_settings, raw_url=gone), write(tmp_path, "donation-1.csv", b"x"))[0]
    assert (got.status, got.sentence.split("; ")[0]) == (
        "not taken",
        "LOTS_RAW_URL: place of the kept bytes: expected to reach it, got EndpointConnectionError",
    )


@S3
def test_a_store_that_goes_away_in_the_middle_leaves_the_receipt_and_is_no_tampering(
    lots_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    far = replace(lots_settings, raw_url="s3://away/raw")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with away(port) as go:
        admit(far, write(tmp_path, "donation-1.csv", donations({})))
        opened = keep.open_kept(sha256(donations({})).digest(), far)
        place = write(tmp_path, "donation-2.csv", donations({"donation_number": "D2"}))

        def step(name: str) -> None:
            if name == "stage":
                go()

        with pytest.raises(NotConcluded, match=AWAY):
            receive(place, far, by="tester", now=NOW, sender="C1", step=step)
    # Also where it was there when the file was opened.
    with pytest.raises(BytesAway, match=AWAY), opened as stream:
        stream.read()
    assert [one.status for one in resume(far, by="tester", now=NOW)] == ["not taken"]
    with pytest.raises(BytesAway, match=AWAY):
        verify(far)
    made = backup(far, tmp_path / "night", now=NOW)
    assert [one.split("; ")[0] for one in made.lacking] == [f"{AWAY}, got EndpointConnectionError"]


AWAY = "LOTS_RAW_URL: place of the kept bytes: expected to reach it"


@contextmanager
def away(port: int) -> Iterator[Callable[[], None]]:
    """A store of this process with a bucket of that name, until it is told to go."""
    from moto.server import ThreadedMotoServer
    from s3fs import S3FileSystem

    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in told(f"http://127.0.0.1:{port}").items():
            patch.setenv(name, value)
        S3FileSystem.clear_instance_cache()
        S3FileSystem().mkdir("away")
        yield server.stop


@pytest.mark.parametrize("kind", ["nothing", "sftp2"])
def test_a_store_of_a_kind_that_nobody_can_read_is_told(kind: str) -> None:
    with pytest.raises(CallError, match=rf"^{kind}://: address: expected a store whose library"):
        landing.files(f"{kind}://bucket/landing")
