"""The demo's last scene: STOP, GO and STOP of one pack, by people who are nobody, on synthetic data alone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from lots.errors import CallError
from lots.pipeline.scene import Scene, scene
from lots.settings import Settings
from lots.store.access import nature
from tests.builders import rows
from tests.integration.test_dispositions import world
from tests.integration.test_scans import GTIN

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with a lot whose packs are at a pharmacy."""
    return told_once(world)


def test_a_pack_goes_once_two_released_its_lot_and_no_more_once_one_stopped_it(
    copy: Callable[[], Settings],
) -> None:
    settings = copy()
    nature.tell(settings, "synthetic", by="tester", now=NOW)
    played = scene(settings, NOW)
    assert played == Scene(f"{GTIN}/SENT", "M1/L1", "H1", "DE", ("STOP", "GO", "STOP"))
    left = "SELECT count(*) FROM access.account WHERE ended_at IS NULL OR password IS NOT NULL"
    assert rows(settings, left, "lots_service") == [(0,)]
    assert scene(settings, NOW) is None, "each lot is shown once"


def test_nobody_decides_there_of_what_is_real(copy: Callable[[], Settings]) -> None:
    settings = copy()
    nature.tell(settings, "real", by="tester", now=NOW)
    with pytest.raises(CallError, match="expected synthetic ones, got real ones"):
        scene(settings, NOW)
