"""A backup is whole or says what it lacks; what is put back answers no scan until it is shown to be the
newest there is. On a real PostgreSQL.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lots.decisions.norm import Purpose
from lots.errors import CallError, LedgerUnmatched, LotsError
from lots.pipeline import keep, outside, profiles
from lots.pipeline.backup import DATABASE, MANIFEST, backup
from lots.pipeline.digest import digest
from lots.pipeline.newest import say, standing
from lots.pipeline.publish import publish
from lots.pipeline.resolve import Word, close
from lots.pipeline.restore import restore
from lots.pipeline.scan import Scanner, Use, scan
from lots.pipeline.verify import verify
from lots.settings import Settings
from tests.builders import NOW, donations, rows, take, write
from tests.profiles import put

PACK = "]d2010950600013435221S1\x1d1728013110L1"
WORD = Word("QA head", "looked through what came after")
Fresh = Callable[[], Settings]


@pytest.fixture
def old(fresh: Fresh, tmp_path: Path) -> Settings:
    """A database with an open finding and a profile, and its backup of last night in `night`."""
    settings = fresh()
    low = donations({}, {"donation_number": "D2", "total_protein_g_dl": "5.1"})
    take(settings, write(tmp_path / "files", "donation-1.csv", low))
    put(settings, "C1", "# a profile\n")
    made = backup(settings, tmp_path / "night", now=NOW)
    assert made.lacking == ()
    return settings


def put_back(fresh: Fresh, old: Settings, folder: Path) -> Settings:
    """The backup in a database and a home of its own, beside the same copies outside and key."""
    new = replace(fresh(), ledger_url=old.ledger)
    new.home.mkdir(parents=True)
    shutil.copy(old.home / "ledger.key", new.home / "ledger.key")
    restore(new, folder)
    return new


def stopped(settings: Settings) -> None:
    """A person's word of today."""
    ((number,),) = rows(settings, "SELECT min(finding) FROM judged.finding")
    close(settings, int(str(number)), Word("QA", "looked at"), now=NOW)


def answers(settings: Settings) -> bool:
    """Whether a scan looks anything up; what says no is never GO."""
    told = scan(settings, PACK, Use(Purpose.GIVE, "H1"), NOW, Scanner("tester"))
    (ran,) = (check.ran for check in told.checks if check.code == "ledger")
    assert ran or told.verdict == "NO VERDICT"
    return ran


def test_what_is_put_back_is_what_was_there(fresh: Fresh, old: Settings, tmp_path: Path) -> None:
    new = put_back(fresh, old, tmp_path / "night")
    assert digest(new) == digest(old)
    assert verify(new).faults == ()
    assert profiles.text(new, "C1") == "# a profile\n"
    assert standing(new).newest
    assert answers(new)
    take(new, write(tmp_path, "donation-2.csv", donations({"donation_number": "D7"})))
    assert verify(new).faults == ()


def test_a_backup_of_last_night_answers_no_scan_after_a_word_of_today(
    fresh: Fresh, old: Settings, tmp_path: Path
) -> None:
    stopped(old)
    new = put_back(fresh, old, tmp_path / "night")
    assert answers(old)
    assert not answers(new)
    with pytest.raises(LedgerUnmatched, match="older copy"):
        publish(new, now=NOW)
    found = standing(new)
    assert not found.newest
    assert [(one.kind, one.by, one.word) for one in found.missing] == [("closing", "QA", True)]


def test_a_ledger_goes_on_after_what_stood_outside_alone(
    fresh: Fresh, old: Settings, tmp_path: Path
) -> None:
    stopped(old)
    take(old, write(tmp_path, "donation-2.csv", donations({"donation_number": "D7"})))
    held = verify(old).checkpoint
    new = put_back(fresh, old, tmp_path / "night")
    # What came in meanwhile stands behind what others hold of the ledger.
    with pytest.raises(LedgerUnmatched):
        take(new, write(tmp_path, "donation-3.csv", donations({"donation_number": "D8"})))
    count = len(standing(new).missing)
    for told in (None, count - 1, count + 1):
        with pytest.raises(CallError, match=f"expected {count},"):
            say(new, WORD, told, now=NOW)
    assert not say(new, WORD, count, now=NOW).newest
    assert not answers(new)  # the word of today is not said again yet
    found = verify(new, [held])
    assert found.faults == ()
    assert any("QA head" in sentence for sentence in found.said)
    stopped(new)
    assert say(new, WORD, None, now=NOW).newest
    assert answers(new)
    # The file of today is received again, as if for the first time.
    take(new, str(tmp_path / "donation-2.csv"))
    assert verify(new, [held]).faults == ()
    with pytest.raises(CallError, match="already"):
        say(new, WORD, None, now=NOW)


def test_nobody_but_a_person_replaces_copies_that_are_gone(
    fresh: Fresh, old: Settings, tmp_path: Path
) -> None:
    shutil.rmtree(old.ledger)
    new = put_back(fresh, old, tmp_path / "night")
    assert not answers(new)
    with pytest.raises(LedgerUnmatched, match="nobody can tell"):
        take(new, write(tmp_path, "donation-2.csv", donations({"donation_number": "D7"})))
    assert not answers(new)
    assert say(new, WORD, None, now=NOW).newest
    assert answers(new)
    assert verify(new).faults == ()


def test_two_databases_that_wrote_to_the_same_copies_are_told(
    fresh: Fresh, old: Settings, tmp_path: Path
) -> None:
    stopped(old)
    shutil.rmtree(old.ledger)
    new = put_back(fresh, old, tmp_path / "night")
    say(new, WORD, None, now=NOW)
    assert not answers(old)
    with pytest.raises(LedgerUnmatched, match="two databases have written there"):
        say(old, WORD, len(standing(old).missing), now=NOW)


Damage = Callable[[Path], object]
DAMAGES: dict[str, tuple[Damage, str]] = {
    "no folder": (shutil.rmtree, "expected a folder that `lots backup` wrote to its end"),
    "no manifest": (
        lambda at: (at / MANIFEST).unlink(),
        "expected a folder that `lots backup` wrote to its end",
    ),
    "another form": (
        lambda at: (at / MANIFEST).write_text(
            (at / MANIFEST).read_text().replace("backup 1", "backup 9")
        ),
        "got another",
    ),
    "another revision": (
        lambda at: (at / MANIFEST).write_text(
            (at / MANIFEST).read_text().replace("0001_baseline", "0009_later")
        ),
        "with the version that made it",
    ),
    "a file outside": (
        lambda at: (at / MANIFEST).write_text(
            (at / MANIFEST).read_text().replace('"raw/', '"../raw/')
        ),
        "got another",
    ),
    "rows cut off": (
        lambda at: (at / DATABASE).write_bytes((at / DATABASE).read_bytes()[:-100]),
        "database.dump is missing, or not as it was written",
    ),
    "bytes altered": (
        lambda at: next((at / "raw").glob("*/*")).write_bytes(b"x"),
        "is missing, or not as it was written",
    ),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_a_damaged_backup_is_put_back_nowhere(
    fresh: Fresh, old: Settings, tmp_path: Path, case: str
) -> None:
    damage, sentence = DAMAGES[case]
    damage(tmp_path / "night")
    new = fresh()
    with pytest.raises(CallError, match=sentence):
        restore(new, tmp_path / "night")
    assert rows(new, "SELECT count(*) FROM ledger.entry") == [(0,)]


def test_a_backup_is_put_over_nothing(fresh: Fresh, old: Settings, tmp_path: Path) -> None:
    with pytest.raises(CallError, match="expected an empty one"):
        restore(old, tmp_path / "night")
    with pytest.raises(CallError, match="expected a new or an empty one"):
        backup(old, tmp_path / "night", now=NOW)


def test_a_backup_says_what_it_lacks(old: Settings, tmp_path: Path) -> None:
    ((sha256,),) = rows(old, "SELECT encode(sha256, 'hex') FROM receiving.receipt")
    (Path(old.raw_url) / keep.name_of(bytes.fromhex(str(sha256)))).unlink()
    made = backup(old, tmp_path / "again", now=NOW)
    assert made.lacking == (
        "The kept bytes of receipt 1 are gone, or others than those that came.",
    )


def test_an_outside_that_cannot_be_read_answers_no_scan(
    fresh: Fresh, old: Settings, tmp_path: Path
) -> None:
    stopped(old)
    new = put_back(fresh, old, tmp_path / "night")
    newest = standing(new).outside
    (Path(old.ledger) / outside.entry_name(newest)).unlink()
    assert not answers(new)
    with pytest.raises(LotsError, match="missing or damaged"):
        say(new, WORD, 1, now=NOW)


def test_a_home_without_the_key_is_told(fresh: Fresh, old: Settings, tmp_path: Path) -> None:
    told = restore(replace(fresh(), ledger_url=old.ledger), tmp_path / "night").said
    assert told[-1].startswith("ledger.key was not in this home")


def test_nobody_is_signed_in_by_a_backup(fresh: Fresh, old: Settings, tmp_path: Path) -> None:
    backup(old, tmp_path / "later", now=NOW)
    new = put_back(fresh, old, tmp_path / "later")
    asked = "SELECT count(*) FROM access.session UNION ALL SELECT count(*) FROM access.link"
    assert rows(new, asked, "lots_owner") == [(0,), (0,)]


Lots = Callable[[Settings, Sequence[str]], int]


def test_the_verbs_tell_it(
    fresh: Fresh, old: Settings, tmp_path: Path, lots: Lots, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lots(old, ["backup", str(tmp_path / "again")]) == 0
    assert capsys.readouterr().out.startswith("backed up: ")
    stopped(old)
    new = fresh()
    shutil.copytree(old.home / "ledger", new.home / "ledger")
    shutil.copy(old.home / "ledger.key", new.home)
    assert lots(new, ["restore", str(tmp_path / "again")]) == 1
    told = capsys.readouterr().out
    assert "not shown to be the newest" in told
    assert "closing finding" in told
    assert lots(new, ["restore", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["missing"][0]["kind"] == "closing"
    assert lots(new, ["restore", "--by", "QA", "--reason", "looked", "--count", "1"]) == 1
    stopped(new)
    assert lots(new, ["restore", "--by", "QA", "--reason", "said again"]) == 0
