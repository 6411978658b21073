"""A restored backup of last night does not say GO to a lot stopped today. On a real PostgreSQL."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lots.pipeline.backup import backup
from lots.pipeline.dispose import decide
from lots.pipeline.newest import say, standing
from lots.pipeline.resolve import Word
from lots.pipeline.restore import restore
from lots.pipeline.verify import verify
from lots.settings import Settings
from tests.integration.serving import served
from tests.integration.test_dispositions import Desk, asked, release, world
from tests.integration.test_scans import NOW, code

WORD = Word("QA head", "looked through what came after")


def by_command(
    lots: Callable[[Settings, Sequence[str]], int],
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> str:
    """What `lots scan` says."""
    capsys.readouterr()
    lots(settings, ["scan", code("SENT"), "--for", "dispense", "--at", "H1", "--json"])
    return str(json.loads(capsys.readouterr().out)["verdict"])


def by_service(settings: Settings) -> str:
    """What the service says to a pharmacist."""
    with served(settings) as service:
        # Accounts come back with a backup: a name that none has yet.
        key = service.key(service.account("pharmacist", "H1", settings.home.name))
        asked = {"raw": code("SENT"), "purpose": "dispense"}
        told = service.client.post("/api/scans", json=asked, headers=key).json()
    assert "answer" in told, told
    return str(told["answer"]["verdict"])


def test_a_backup_of_last_night_says_go_to_no_lot_that_was_stopped_today(
    fresh: Callable[[], Settings],
    tmp_path: Path,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk = Desk(fresh())
    world(desk.settings, tmp_path)
    release(desk)
    assert desk.scanned() == "GO"
    assert by_command(lots, desk.settings, capsys) == "GO"
    assert by_service(desk.settings) == "GO"
    desk.person("sam", "safety_officer")
    assert backup(desk.settings, tmp_path / "night", now=NOW).lacking == ()
    decide(desk.settings, asked("lot", "stop"), desk.says("sam", "safety_officer"))
    assert desk.scanned() == "STOP"
    other = Desk(replace(fresh(), ledger_url=desk.settings.ledger))
    other.settings.home.mkdir(parents=True)
    shutil.copy(desk.settings.home / "ledger.key", other.settings.home)
    found = restore(other.settings, tmp_path / "night")
    assert [(one.kind, one.about) for one in found.missing] == [
        ("disposition", "disposition 2 key M1/L1 move stop thing lot")
    ]
    assert other.scanned() == "NO VERDICT"
    assert by_command(lots, other.settings, capsys) == "NO VERDICT"
    assert by_service(other.settings) == "NO VERDICT"
    # Also once somebody has said that it was looked at: the stop must be said again first.
    say(other.settings, WORD, 1, now=NOW)
    assert other.scanned() == "NO VERDICT"
    decide(other.settings, asked("lot", "stop"), other.says("eve", "safety_officer"))
    assert say(other.settings, WORD, None, now=NOW).newest
    assert other.scanned() == "STOP"
    assert verify(other.settings).faults == ()
    assert standing(other.settings).newest
