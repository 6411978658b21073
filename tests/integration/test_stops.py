"""The signed list of what is stopped at a site: as the next scan would be told, and by nobody else's key."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from lots.errors import CallError
from lots.evidence import notes, signing
from lots.pipeline.dispose import decide, second
from lots.pipeline.scan import Scanner
from lots.pipeline.stops import stops
from lots.settings import Settings
from tests.integration.test_dispositions import Desk, asked, world
from tests.integration.test_scans import GTIN, NOW

BY = Scanner("tester")


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with a lot of two packs."""
    return told_once(world)


@pytest.fixture
def desk(copy: Callable[[], Settings]) -> Desk:
    """Such a database, and who decides."""
    return Desk(copy())


def listed(desk: Desk, site: str = "H1") -> tuple[tuple[str, ...], set[str]]:
    """The lots and packs of the list."""
    found = stops(desk.settings, site, NOW, BY)
    return found.lots, {f"{pack.gtin}/{pack.serial}" for pack in found.packs}


def test_what_is_stopped_is_on_the_list_at_once(desk: Desk) -> None:
    assert listed(desk) == ((), set())
    decide(desk.settings, asked("lot", "stop"), desk.says("sam", "safety_officer"))
    assert listed(desk) == (("L1",), set())


def test_what_is_stopped_elsewhere_alone_is_not_on_it(desk: Desk) -> None:
    says = desk.says("sam", "safety_officer")
    decide(desk.settings, asked("lot", "stop", markets=("US",)), says)
    assert (listed(desk), listed(desk, "H3")[0]) == (((), set()), ("L1",))


@pytest.mark.parametrize(("thing", "move"), [("pack", "set aside"), ("shipment", "set aside")])
def test_packs_are_on_it_by_themselves_and_by_their_shipment(
    desk: Desk, thing: str, move: str
) -> None:
    decide(desk.settings, asked(thing, move), desk.says("pat", "pharmacist"))
    assert listed(desk) == ((), {f"{GTIN}/SENT"})


def test_it_is_signed_with_its_age(desk: Desk) -> None:
    decide(desk.settings, asked("lot", "stop"), desk.says("sam", "safety_officer"))
    found = stops(desk.settings, "H1", NOW, BY)
    assert found.until - found.at == timedelta(hours=4)
    text, _, signed = found.note.partition("\n\n")
    lines = text.split("\n")
    assert lines[0] == "plasma-lots stop list 1"
    assert lines[2:] == ["site H1", "at 2026-06-01T12:00:00Z", "hours 4", "lot L1"]
    key = notes.key_of(found.key)
    again = signing.signed_text(
        bytes.fromhex((desk.settings.home / "ledger.key").read_text()), key.name, text + "\n"
    )
    assert again.endswith(signed)


def test_the_command_prints_it(
    desk: Desk,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert lots(desk.settings, ["stops", "--at", "H1"]) == 0
    assert capsys.readouterr().out.startswith("plasma-lots stop list 1\n")


def test_of_a_place_that_nobody_knows_none_is_printed(
    desk: Desk,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is stopped at one site alone would be missing under a name that is mistyped."""
    assert lots(desk.settings, ["stops", "--at", "H-1"]) != 0
    told = capsys.readouterr()
    assert "No party 'H-1' was ever received; near it" in told.err + told.out


def test_of_an_account_whose_place_nobody_knows_it_says_what_may_be_missing(desk: Desk) -> None:
    """Its list is given all the same: without it a page stops nothing while the service is away."""
    decide(desk.settings, asked("lot", "stop", sites=("H1",)), desk.says("sam", "safety_officer"))
    known, unknown = (stops(desk.settings, site, NOW, BY) for site in ("H1", "H-1"))
    assert (known.lots, known.nowhere, unknown.lots) == (("L1",), "", ())
    assert unknown.nowhere.startswith("No party record tells of 'H-1'")


def test_how_old_it_may_be_two_of_quality_assurance_sign(desk: Desk) -> None:
    def hours(site: str = "H1") -> float:
        found = stops(desk.settings, site, NOW, BY)
        assert f"\nhours {(found.until - found.at).seconds // 3600}\n" in found.note
        return (found.until - found.at) / timedelta(hours=1)

    def signed(move: str, key: str, **given: str) -> None:
        what = asked("stops", move, key=(key,), given={"ground": "said", **given})
        made = decide(desk.settings, what, desk.says("ann", "qa"))
        assert hours() == before, "one signature changes nothing"
        bob = desk.says("bob", "qa_approver")
        second(desk.settings, made.disposition, made.sha256, made.seen, bob)

    before = hours()
    assert before == 4
    signed("set hours", "H1", hours="8")
    before = hours()
    assert (before, hours("H3")) == (8, 4)
    signed("set hours", "all", hours="6")
    assert (hours(), hours("H3")) == (6, 6), "of several the fewest"
    before = hours()
    signed("take hours back", "all")
    assert (hours(), hours("H3")) == (8, 4)
    for wrong in ("0", "25", "4.5", "many"):
        given = {"ground": "said", "hours": wrong}
        with pytest.raises(CallError):
            decide(desk.settings, asked("stops", "set hours", given=given), desk.says("ann", "qa"))
