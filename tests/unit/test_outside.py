"""Copies outside: what is told as written is there after a power cut, and what is half written is none."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lots.pipeline import outside
from lots.settings import Settings

ENTRY, CHECKPOINT = outside.entry_name(42), outside.checkpoint_name(42)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home without a database."""
    return Settings(tmp_path, None, str(tmp_path / "raw"), str(tmp_path / "landing"))


@pytest.mark.parametrize("name", [ENTRY, CHECKPOINT, outside.NEWEST])
def test_a_file_is_flushed_before_it_is_named_and_its_name_after(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = Path(settings.ledger) / name
    flushed: list[tuple[int, bool]] = []
    monkeypatch.setattr(os, "fsync", noting(os.fsync, path, flushed))
    outside.write(settings, name, b"said")
    assert flushed == [(path.stat().st_ino, False), (path.parent.stat().st_ino, True)]


def noting(
    flush: Callable[[int], None], path: Path, flushed: list[tuple[int, bool]]
) -> Callable[[int], None]:
    """Flushing that notes what was flushed, and whether the path was there already."""

    def noted(descriptor: int) -> None:
        flushed.append((os.fstat(descriptor).st_ino, path.exists()))
        flush(descriptor)

    return noted


def test_what_a_killed_process_left_half_written_is_no_copy(settings: Settings) -> None:
    outside.write(settings, CHECKPOINT, b"said")
    left = (Path(settings.ledger) / CHECKPOINT).with_name(f"{outside.PARTIAL}0")
    left.write_bytes(b"sa")
    assert outside.names(settings, "checkpoints") == [CHECKPOINT]
