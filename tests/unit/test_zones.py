"""Time zones come from one package, whatever else offers some; without it nothing is read."""

import importlib.resources
import sys
from zoneinfo import ZoneInfoNotFoundError

import pytest

from lots import zones
from lots.errors import CallError


def test_a_zone_is_known_by_its_iana_name() -> None:
    assert str(zones.zone("Europe/Berlin")) == "Europe/Berlin"
    assert {"UTC", "America/St_Johns", "Asia/Kolkata"} <= zones.names()


@pytest.mark.parametrize(
    "name", ["", "Europe", "europe/berlin", "../zones", "Europe/../UTC", "/etc/localtime", "CEST"]
)
def test_nothing_else_is_one(name: str) -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        zones.zone(name)


def test_without_the_package_no_other_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tzdata", None)
    zones.zone.cache_clear()
    zones.names.cache_clear()
    with pytest.raises(CallError, match="tzdata: package: expected the one that requirements"):
        zones.zone("Europe/Berlin")
    monkeypatch.undo()
    assert importlib.resources.files("tzdata")
    assert str(zones.zone("Europe/Berlin")) == "Europe/Berlin"
