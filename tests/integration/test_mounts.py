"""A landing place that each host mounts at a path of its own: what one of them received waits on none,
and what one of them sees another can take.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from lots.pipeline import scheduled
from lots.settings import Settings
from tests.builders import admit, donations, rows, write

STAGE = "donor_screening"


@pytest.fixture
def hosts(
    lots_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Settings, Settings]:
    """Two hosts; the folder stands where the one sees it, and is moved to where the other does."""
    one, other = (
        replace(lots_settings, landing_url=str(tmp_path / name / "landing"))
        for name in ("one", "other")
    )
    for n in range(2):
        data = donations({"donation_number": f"D{n}"})
        write(tmp_path / "one" / "landing" / "C1", f"donation-{n}.csv", data)
    monkeypatch.setattr(scheduled, "settings", lambda: one)
    return one, other


def test_what_one_host_received_waits_on_none(
    hosts: tuple[Settings, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = hosts
    admit(one, f"{one.landing_url}/C1/donation-0.csv")
    Path(one.landing_url).parent.rename(Path(other.landing_url).parent)
    monkeypatch.setattr(scheduled, "settings", lambda: other)
    assert scheduled.waiting(STAGE) == [["landing:C1/donation-1.csv"]]
    assert rows(one, "SELECT place FROM receiving.arrival") == [("landing:C1/donation-0.csv",)]


def test_what_one_host_sees_another_takes(
    hosts: tuple[Settings, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = hosts
    seen = scheduled.waiting(STAGE)
    assert len(seen) == 1
    Path(one.landing_url).parent.rename(Path(other.landing_url).parent)
    monkeypatch.setattr(scheduled, "settings", lambda: other)
    assert [got["status"] for got in scheduled.take(seen[0])] == ["accepted"] * 2
    assert scheduled.waiting(STAGE) == []


@pytest.mark.parametrize("name", ["landing:../secret.csv", "landing:", "/etc/passwd"])
def test_no_name_leads_out_of_the_landing_place(
    hosts: tuple[Settings, Settings], name: str
) -> None:
    assert scheduled.take([name])[0]["sentence"] == "It is not in the landing folder."


def test_a_file_from_elsewhere_keeps_its_place(
    hosts: tuple[Settings, Settings], tmp_path: Path
) -> None:
    place = write(tmp_path / "C1", "donation-9.csv", donations({"donation_number": "D9"}))
    admit(hosts[0], place)
    assert rows(hosts[0], "SELECT place FROM receiving.arrival") == [(place,)]
