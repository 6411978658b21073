"""A person is redacted: nothing of ours holds the key any more, lineage is whole, and every entry still
proves. On a real PostgreSQL.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from lots.answers import Implicated
from lots.answers.verified import Tampering
from lots.decisions.norm import Purpose
from lots.errors import CallError, GateClosed, LedgerUnmatched, NotFound
from lots.evidence import verifier
from lots.pipeline.digest import parts
from lots.pipeline.dispose import Saying, shown
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.link import rebuild
from lots.pipeline.prove import prove
from lots.pipeline.redact import STEPS, carry_out, propose
from lots.pipeline.resolve import Word, close
from lots.pipeline.scan import Scanner, Use, scan
from lots.pipeline.verify import verify
from lots.postgres.cluster import Cluster
from lots.records import records
from lots.settings import ROOT, Settings
from lots.store.difference import Changed
from lots.store.engine import close as disconnect
from lots.store.engine import owner_engine
from lots.store.queries import query
from lots.store.redaction.persons import named
from tests.builders import NOW, donations, rows, table, take, write
from tests.integration.redacting import (
    KEYS,
    LABEL,
    OTHERS,
    found,
    odd,
    redacted_world,
    signed,
    stated,
    told_of,
    world,
)
from tests.integration.serving import PASSWORD, served
from tests.integration.test_answers import PACK
from tests.integration.test_ledger import tamper

# Of what hangs on no key: the same before and after.
SAME = ("nodes", "edges", "closure", "vials", "custody")
COUNTED = """
SELECT rule, state, holds, count(*) FROM judged.finding_now GROUP BY rule, state, holds ORDER BY 1, 2, 3
"""
CONTESTED = "SELECT record, count(*) FROM judged.contested GROUP BY record ORDER BY record"
OUTCOMES = "SELECT rule, outcome, count(*) FROM judged.outcome GROUP BY rule, outcome ORDER BY 1, 2"


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with this world."""
    return told_once(world)


@pytest.fixture
def told(copy: Callable[[], Settings]) -> Iterator[Settings]:
    """Such a database, with kept bytes and reports of its own."""
    settings = own(copy)
    yield settings
    disconnect(settings)


def own(copy: Callable[[], Settings], *, redacted: bool = False) -> Settings:
    """The same, for who disconnects."""
    settings = copy()
    # What was sent lies with the world that was told; all others are copies of it.
    told = (home for home in settings.home.parent.iterdir() if (home / "files/pack.csv").is_file())
    original = next(home for home in told if (home / "redacted").exists() == redacted)
    shutil.copytree(original / "reports", settings.home / "reports")
    return settings


def answered(settings: Settings, kind: str, key: str) -> Implicated:
    """What the person concerns."""
    return implicate(settings, [Subject(kind, key)], through=NOW)


def state(settings: Settings) -> tuple[object, ...]:
    """What must be the same, whoever is called what."""
    told = parts(settings)
    whole = {name: told[f"state_{name}"] for name in SAME}
    heard = rows(settings, query("heard").text)
    return whole, rows(settings, COUNTED), rows(settings, OUTCOMES), heard


def stands(settings: Settings, key: str) -> list[str]:
    """Where a key stands, files by their folder alone: what is kept anew has another name."""
    return sorted(place.partition("/")[0] for place in found(settings, key))


def alias(settings: Settings, kind: str) -> str:
    """What stands in the key's place."""
    ((said,),) = rows(
        settings, f"SELECT alias FROM ledger.redaction WHERE kind = '{kind}'", "lots_owner"
    )
    return str(said)


def test_the_search_finds_a_key_wherever_it_stands(told: Settings) -> None:
    for kind, key in KEYS.items():
        places = found(told, key)
        assert {"judged.event", "access.question", "pg_stats"} <= {*places}, kind
        assert [place for place in places if place.startswith("raw/")], kind
    assert "accepted.donation" in found(told, KEYS["donor"])
    assert "scanned.scan" in found(told, KEYS["patient"])


@pytest.mark.parametrize("kind", KEYS)
def test_a_person_is_redacted_and_all_else_is_whole(told: Settings, kind: str) -> None:
    assert verify(told).faults == ()
    before, other = state(told), stands(told, OTHERS[kind])
    asked = answered(told, kind, KEYS[kind]) if kind == "donor" else None
    signed(told, kind)
    (done,) = carry_out(told, now=NOW).redactions
    assert (done.standing, done.rows > 10, done.files > 5) == ("done", True, True)
    assert found(told, KEYS[kind]) == []
    assert stands(told, OTHERS[kind]) == other, "nothing of anybody else is taken"
    assert state(told) == before
    if asked:
        now = answered(told, kind, alias(told, kind))
        assert (now.nodes, now.vials, now.patients) == (asked.nodes, asked.vials, asked.patients)
    verified = verify(told)
    assert [fault.sentence for fault in verified.faults] == []
    under = f"was redacted under entry {done.entry}."
    mine = {row.row for row in verified.redacted if row.sentence.endswith(under)}
    assert len(mine) == done.rows
    assert rebuild(told, now=NOW).changed == Changed()
    assert state(told) == before


def test_what_a_person_closed_stays_closed(told: Settings) -> None:
    mine = "SELECT finding FROM judged.finding_now WHERE receipt IS NULL AND state = 'open'"
    numbers = [int(str(number)) for (number,) in rows(told, mine)]
    for number in numbers:
        close(told, number, Word("QA", "looked at"), now=NOW)
    resting = "SELECT count(*) FROM judged.event WHERE rests_on IS NOT NULL"
    assert rows(told, resting) != [(0,)]
    signed(told, "donor")
    carry_out(told, now=NOW)
    rebuild(told, now=NOW)
    state = "SELECT finding, state FROM judged.finding_now WHERE receipt IS NULL ORDER BY finding"
    now = [said for number, said in rows(told, state) if number in numbers]
    assert now == ["closed"] * len(numbers)


def test_nothing_is_done_before_two_have_signed(told: Settings) -> None:
    before = parts(told)
    stated(told, "donor")
    assert carry_out(told, now=NOW).redactions == ()
    assert parts(told) == before


def test_what_a_kill_left_of_no_receipt_goes_and_nothing_else(told: Settings) -> None:
    raw = told.home / "raw"
    left = [raw / f".partial-{'0' * 32}", raw / f".partial-{'1' * 32}", raw / "notes.txt"]
    for path, said in zip(left, (KEYS["donor"], OTHERS["donor"], KEYS["donor"]), strict=True):
        path.write_text(said, encoding="utf-8")
        os.utime(path, (0, 0))
    signed(told, "donor")
    carry_out(told, now=NOW)
    assert [path.exists() for path in left] == [False, True, True]


def test_whole_bytes_of_no_receipt_are_told_and_never_deleted(told: Settings) -> None:
    """Another database may keep them in the same place."""
    names = ["0" * 64, "1" * 64, "2" * 64]
    for name, said in zip(
        names, (KEYS["donor"].encode(), OTHERS["donor"].encode(), b"PK\3\4 packed"), strict=True
    ):
        path = told.home / "raw" / name
        path.write_bytes(said)
        os.utime(path, (0, 0))
    signed(told, "donor")
    (done,) = carry_out(told, now=NOW).redactions
    assert all((told.home / "raw" / name).exists() for name in names)
    assert done.standing == "done, but for files"
    assert f"Kept bytes {names[0]}, {names[2]} are of no receipt" in done.said[0]


def test_nobody_is_redacted_whom_no_row_names(told: Settings) -> None:
    with pytest.raises(NotFound, match="redaction: donor: expected a key that rows name, got one"):
        propose(told, "donor", "NOBODY", "why", Saying("somebody", "said", NOW))


def test_no_key_stands_in_what_is_signed(told: Settings) -> None:
    why = f"{KEYS['donor']} asked for it"
    with pytest.raises(CallError, match="expected no key of the person in it"):
        propose(told, "donor", KEYS["donor"], why, Saying("somebody", "said", NOW))


def test_a_proposal_that_was_changed_since_it_was_signed_redacts_nobody(told: Settings) -> None:
    signed(told, "donor")
    with owner_engine(told).begin() as connection:
        connection.exec_driver_sql(f"UPDATE ledger.redaction_asked SET key = '{OTHERS['donor']}'")
    with pytest.raises(GateClosed, match="is not of the person for whom decision"):
        carry_out(told, now=NOW)


def test_donor_and_patient_are_redacted_one_after_the_other(told: Settings) -> None:
    for kind in KEYS:
        signed(told, kind)
    assert [one.standing for one in carry_out(told, now=NOW).redactions] == ["done", "done"]
    assert [found(told, key) for key in KEYS.values()] == [[], []]
    assert verify(told).faults == ()


def test_killed_before_each_step_and_run_again_it_is_done(
    copy: Callable[[], Settings],
) -> None:
    sites = [own(copy) for _ in STEPS]
    for settings in sites:
        signed(settings, "donor")
        disconnect(settings)
    asked = [
        {"home": str(s.home), "url": s.database_url, "step": step}
        for s, step in zip(sites, STEPS, strict=True)
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.integration.crashing_redaction"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        input="".join(json.dumps(a) + "\n" for a in asked),
        timeout=300,
        check=True,
    )
    ended = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ended == [[-signal.SIGKILL, [], 0]] * len(STEPS)
    for settings in sites:
        assert found(settings, KEYS["donor"]) == []
        assert verify(settings).faults == ()
        disconnect(settings)


def test_the_command_tells_whom_to_nobody_but_those_who_sign(
    told: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    why = ["--ground", "Art. 17 GDPR", "--by", "QA", "--reason", "request 12"]
    assert lots(told, ["redact", "donor", KEYS["donor"], *why]) == 1
    assert lots(told, ["redact", "--list", "--json"]) == 0
    assert lots(told, ["redact"]) == 0
    said = capsys.readouterr()
    assert KEYS["donor"] not in said.out + said.err
    assert "No redaction waits to be done." in said.out
    assert lots(told, ["redact", "--list", "--disclose", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["redactions"]
    assert (one["key"], one["standing"]) == (KEYS["donor"], "proposed")
    assert shown(told, one["disposition"]).given["person"] in one["said"][0]
    assert lots(told, ["redact", "donor", KEYS["donor"]]) == 2
    assert lots(told, ["decide", "redaction", "1", "redact", "--by", "QA", "--reason", "why"]) == 2


def test_two_sign_it_on_the_pages(told: Settings) -> None:
    (made,) = stated(told, "donor").redactions
    with served(told) as service:
        for name, role in (("pam", "qa_approver"), ("tom", "safety_officer")):
            account = service.account(role, name=name)
            headers = service.session(account)
            at = f"/decisions/{made.disposition}"
            got = service.client.get(at, headers=headers)
            assert got.status_code == 200
            assert KEYS["donor"] not in got.text
            decision = shown(told, made.disposition)
            body = {"sha256": decision.sha256, "seen": decision.seen, "meaning": "approved"}
            put = service.client.post(
                f"/api{at}/signatures",
                json={**body, "password": PASSWORD},
                headers={**headers, "idempotency-key": name},
            )
            assert put.status_code < 300, put.text
    (done,) = carry_out(told, now=NOW).redactions
    assert done.standing == "done"
    assert found(told, KEYS["donor"]) == []


# --- what comes later -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def done(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with this world in which its donor is redacted."""
    return told_once(redacted_world)


@pytest.fixture
def redacted(done: Callable[[], Settings]) -> Iterator[Settings]:
    """Such a database."""
    settings = own(done, redacted=True)
    yield settings
    disconnect(settings)


def test_the_same_bytes_again_are_known_and_not_kept(redacted: Settings) -> None:
    before = parts(redacted)
    files = redacted.home / "files"
    again = [
        take(redacted, write(files, name, data))[0]
        for name, data in odd().items()
        if name in ("donation-known.csv", "donation-lines.jsonl.gz", "donation-columns.parquet")
    ]
    assert all(one.again for one in again)
    assert found(redacted, KEYS["donor"]) == []
    assert parts(redacted) == before
    assert verify(redacted).faults == ()


def test_all_that_was_told_is_known_when_it_is_told_again(
    redacted: Settings, tmp_path: Path
) -> None:
    """In other bytes, as a sender's next export has it: neither a version nor a person more."""
    before = state(redacted), rows(redacted, CONTESTED)
    every = [r for r in records().values() if any(named(r, "donor"))]
    told = [write(tmp_path, f"{r.name}-more.csv", told_of(r, "donor") + b"\n") for r in every]
    taken = take(redacted, *told)
    assert {one.counts["accepted"] for one in taken} == {0}
    assert (state(redacted), rows(redacted, CONTESTED)) == before
    assert found(redacted, KEYS["donor"]) == []
    assert verify(redacted).faults == ()


def test_a_row_that_comes_later_is_of_the_same_person(redacted: Settings, tmp_path: Path) -> None:
    mine = {"donor_key": KEYS["donor"], "collected_at": "2026-03-05T10:00:00+01:00"}
    later = donations(
        {"donor_key": KEYS["donor"]},
        {**mine, "donation_number": "D10", "note": f"{KEYS['donor']} again"},
        {**mine, "donation_number": ""},
        {"donation_number": "D11", "donor_key": OTHERS["donor"]},
    )
    later += b"D12," + KEYS["donor"].encode() + b"\n"
    (taken,) = take(redacted, write(tmp_path, "donation-later.csv", later))
    assert (taken.counts["accepted"], taken.counts["known"], taken.counts["refused"]) == (2, 1, 2)
    assert found(redacted, KEYS["donor"]) == []
    named = "SELECT donor_key FROM accepted.donation WHERE donation_number = 'D10'"
    assert rows(redacted, named) == [(alias(redacted, "donor"),)]
    assert verify(redacted).faults == ()
    assert rebuild(redacted, now=NOW).changed == Changed()
    again = take(redacted, write(tmp_path, "donation-later.csv", later))[0]
    assert again.again
    assert found(redacted, KEYS["donor"]) == []


def test_a_refused_file_that_was_redacted_can_be_read_again(redacted: Settings) -> None:
    data = odd()["donation-all.csv"]
    (again,) = take(redacted, write(redacted.home / "files", "donation-again.csv", data))
    assert again.status == "all_refused"
    assert found(redacted, KEYS["donor"]) == []
    assert verify(redacted).faults == ()


def test_who_scans_for_a_redacted_patient_is_told_of_the_same_one(told: Settings) -> None:
    dispensed = {"pharmacy": "H1", "dispensing": "D1", "to_kind": "patient", "vials": "1"}
    dispensed |= {name: PACK[name] for name in ("gtin", "serial")}
    dispensed |= {"patient_key": KEYS["patient"], "lot_number": PACK["lot_number"]}
    take(told, write(told.home / "files", "dispensing.csv", table(dispensed, [{}])))
    use = Use(Purpose.GIVE, "W1", patient=KEYS["patient"])
    before = scan(told, LABEL, use, NOW, Scanner("tester"))
    signed(told, "patient")
    carry_out(told, now=NOW)
    after = scan(told, LABEL, use, NOW, Scanner("tester"))
    assert (after.verdict, after.grounds) == (before.verdict, before.grounds)
    assert found(told, KEYS["patient"]) == []


# --- what is proved -------------------------------------------------------------------------------

MINE = "donation_number = 'D1' AND version = 1"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        (f"UPDATE accepted.donation SET donor_key = 'X' WHERE {MINE}", Tampering.CHANGED),
        (f"UPDATE accepted.donation SET plasma_kind = 'recovered' WHERE {MINE}", Tampering.CHANGED),
        (f"DELETE FROM accepted.donation WHERE {MINE}", Tampering.REMOVED),
        (
            "UPDATE accepted.donation SET centre = 'C9' WHERE donation_number = 'D2'",
            Tampering.CHANGED,
        ),
        ("UPDATE ledger.redacted SET form = sha256('x')", Tampering.CHANGED),
        ("UPDATE ledger.salt SET salt = sha256('x')", Tampering.CHANGED),
        ("UPDATE receiving.refused SET raw = 'x' WHERE raw ~ '#'::bytea", Tampering.CHANGED),
    ],
    ids=("key", "value", "row", "another", "note", "salt", "line"),
)
def test_what_is_changed_after_a_redaction_is_named(
    redacted: Settings, cluster: Cluster, changed: str, kind: Tampering
) -> None:
    changed = changed.replace("raw ~ '#'::bytea", "encode(raw, 'escape') LIKE '#%'")
    tamper(cluster, redacted, changed)
    assert kind in {fault.kind for fault in verify(redacted).faults}


def test_other_rows_under_the_same_entry_are_still_proved(
    redacted: Settings, tmp_path: Path
) -> None:
    text = prove(redacted, "donation", "D2", disclosed=True, now=NOW)
    (tmp_path / "proof").write_text(text)
    shutil.copyfile(redacted.home / "ledger" / "key", tmp_path / "key")
    call = [sys.executable, "-I", "-S", str(Path(verifier.__file__))]
    ran = subprocess.run([*call, str(tmp_path / "proof"), str(tmp_path / "key")], check=False)
    assert ran.returncode == 0
    with pytest.raises(LedgerUnmatched, match="was redacted under entry"):
        prove(redacted, "donation", "D1", disclosed=True, now=NOW)
