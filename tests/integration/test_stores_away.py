"""Stores that refuse, are not there, or take a connection and never answer: whoever asks is told so in
a sentence, within a limit.
"""

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from time import monotonic

import pytest

from lots.errors import FileRefused, LedgerUnmatched
from lots.pipeline import far_store, landing
from lots.pipeline.publish import matched, publish
from lots.settings import Settings
from tests.builders import NOW, admit, donations, write
from tests.silent import server

S3 = pytest.mark.skipif(not find_spec("s3fs"), reason="needs the extra s3")
# Of each kind what a server says before it is silent: FTP's library asks who it is first, and everybody
# has it.
SILENT = {"ftp": ("220 come", "230 in"), "s3": ()}
LIMIT_S = 0.5


def ftp(port: int, patch: pytest.MonkeyPatch) -> str:
    """The address of a store of that kind."""
    return f"ftp://127.0.0.1:{port}/lots"


def s3(port: int, patch: pytest.MonkeyPatch) -> str:
    """Likewise; its library reads of the environment where it is."""
    from s3fs import S3FileSystem

    # Else it goes on with the store that it talked to before.
    S3FileSystem.clear_instance_cache()
    told = {"ENDPOINT_URL": f"http://127.0.0.1:{port}", "DEFAULT_REGION": "us-east-1"}
    for name, value in (told | {"ACCESS_KEY_ID": "lots", "SECRET_ACCESS_KEY": "lots"}).items():
        patch.setenv(f"AWS_{name}", value)
    return "s3://silent/lots"


def expect_told(settings: Settings, store: str, folder: Path, said: str) -> None:
    """As landing place, as place of the kept bytes, and as place of the ledger's copies."""
    with pytest.raises(FileRefused, match=rf"^lots cannot be read or kept: {said}; nothing of it"):
        landing.files(store)
    file = write(folder, "donation-1.csv", donations({}))
    got = admit(replace(settings, raw_url=store), file)[0]
    assert got.status == "not taken"
    assert got.sentence.startswith(
        "LOTS_RAW_URL: place of the kept bytes: expected to reach it, got"
    )
    outside = replace(settings, ledger_url=store)
    asked: tuple[Callable[[], None], ...] = (
        lambda: publish(outside, now=NOW),
        lambda: matched(outside),  # of every scan, and of the stop list
    )
    for verb in asked:
        with pytest.raises(LedgerUnmatched, match=r"^LOTS_LEDGER_URL: the ledger's copies outside"):
            verb()


def test_a_store_that_refuses_is_a_sentence(lots_settings: Settings, tmp_path: Path) -> None:
    with server("220 come", "530 no") as port:
        expect_told(lots_settings, f"ftp://127.0.0.1:{port}/lots", tmp_path, "error_perm")


def test_a_store_that_is_not_there_is_a_sentence(
    lots_settings: Settings, tmp_path: Path, port: int
) -> None:
    expect_told(lots_settings, f"ftp://127.0.0.1:{port}/lots", tmp_path, "Connection refused")


@pytest.mark.parametrize("kind", ["ftp", pytest.param("s3", marks=S3)])
def test_a_store_that_never_answers_is_waited_for_once_and_no_longer_than_a_limit(
    lots_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(far_store, "QUICK_S", LIMIT_S)
    with server(*SILENT[kind]) as port:
        store = {"ftp": ftp, "s3": s3}[kind](port, monkeypatch)
        begun = monotonic()
        expect_told(lots_settings, store, tmp_path, f"no answer within {LIMIT_S} s")
        assert monotonic() - begun < 10 * LIMIT_S
