"""Every kind of tampering is found and named, with the superuser's rights and every stored hash
computed again; an untouched database gives none. On a real PostgreSQL.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psycopg
import pytest

from lots.answers.verified import Tampering, Verified
from lots.decisions.norm import Purpose
from lots.errors import LedgerUnmatched
from lots.evidence import forms, tree, verifier, wide
from lots.pipeline import keep, outside
from lots.pipeline.digest import digest
from lots.pipeline.dispose import Asked, Saying, decide
from lots.pipeline.newest import say
from lots.pipeline.prove import prove
from lots.pipeline.publish import matched, publish
from lots.pipeline.resolve import Word, close
from lots.pipeline.scan import Scanner, Use, scan
from lots.pipeline.verify import verify
from lots.postgres.cluster import Cluster
from lots.settings import Settings
from lots.store.access import accounts, kept, nature, tokens
from lots.store.access.accounts import NewAccount
from lots.store.access.door import asking
from lots.store.engine import close as disconnect
from lots.store.engine import engine
from lots.store.ledger import reading
from lots.store.ledger.facts import EVERY_ACT
from tests.builders import NOW, donations, results, rows, take, write
from tests.integration.superuser import place

BAD = b"D9,own\n"
BY = Scanner("tester")
PACK = "]d2010950600013435221S1\x1d1728013110L1"


def told(settings: Settings, folder: Path) -> None:
    """Files with all that can become of a row, and a person's word."""
    first = donations(
        {}, {"donation_number": "D2", "total_protein_g_dl": "5.1"}, {"donation_number": "D3"}
    )
    second = donations({}, {"donation_number": "D2", "donor_key": "P9"}, {"donation_number": ""})
    third = results({"interpretation": "reactive"}, {"sample": "S2", "tested_id": "D2"})
    for name, data in (
        ("donation-1.csv", first + BAD),
        ("donation-2.csv", second),
        ("test_result-1.csv", third),
        ("test_result-2.csv", b"nothing\n"),
    ):
        take(settings, write(folder / "files", name, data))
    number = rows(settings, "SELECT min(finding) FROM judged.finding WHERE rule <> 'contested'")
    close(settings, int(str(number[0][0])), Word("QA", "looked at"), now=NOW)
    for raw in (PACK, PACK.replace("S1", "S2"), "PATIENT-4711"):
        scan(settings, raw, Use(Purpose.GIVE, "H1"), NOW, BY)
    people(settings)
    publish(settings, now=NOW)


def people(settings: Settings) -> None:
    """Accounts, a look at a person's tree, and a decision with its signature."""
    nature.tell(settings, "synthetic", by="QA", now=NOW)
    with asking(settings) as connection:
        who = accounts.make(connection, NewAccount("sam", "Sam", "safety_officer"), None, NOW)
        assert who
        accounts.set_password(connection, who.account, "not a hash", NOW)
        accounts.signed_in(connection, who, NOW)
        session = tokens.begin_session(connection, who.account, NOW)
        asked = kept.keep_question(connection, who.account, {"asked": "P9"}, NOW)
        kept.looked(connection, who.account, asked, NOW)
    stop = Asked("unit", ("U1",), "hold", {"ground": "said", "case": "said"})
    decide(settings, stop, Saying("Sam", "I decide this.", NOW, session, "once"))


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with these rows."""
    return told_once(told)


@pytest.fixture
def ledger(copy: Callable[[], Settings]) -> Iterator[Settings]:
    """Such a database with kept bytes and copies outside of its own."""
    settings = copy()
    yield settings
    disconnect(settings)


def tamper(cluster: Cluster, settings: Settings, *statements: str) -> None:
    """Run statements as the superuser, with every guard off; then make every stored hash anew."""
    at = place(cluster, settings)
    with psycopg.connect(at, autocommit=True) as connection:
        connection.execute("SET session_replication_role = 'replica'")
        for statement in statements:
            connection.execute(statement.encode())
        recompute(connection, settings)


def recompute(connection: "psycopg.Connection[tuple[object, ...]]", settings: Settings) -> None:
    """Make roots and edges anew over what stands, as whoever knows this code would."""
    edge: list[bytes] = []
    with engine(settings=settings).connect() as reader:
        every = reading.entries(reader)
        made = [(one, reading.rows(reader, one)) for one in every]
    for at, (stored, under) in enumerate(made):
        root = wide.root(b"".join(row.leaf for row in under))
        entry = forms.Entry(
            stored.made.kind,
            stored.made.reference,
            stored.made.at,
            stored.made.by,
            len(under),
            root,
        )
        edge = tree.grown(edge, at, entry.leaf)
        connection.execute(
            "UPDATE ledger.entry SET leaves = %s, root = %s, edge = %s WHERE entry = %s",
            (len(under), root, b"".join(edge), stored.entry),
        )


def found(settings: Settings) -> set[tuple[Tampering, int | None, str]]:
    """The faults, without their sentences."""
    return {(one.kind, one.entry, one.row) for one in verify(settings).faults}


def entry_of(settings: Settings, kind: str, receipt: int) -> int:
    """The number of a receipt's entry, or of the one of its kind."""
    asked = f"SELECT entry FROM ledger.entry WHERE kind = '{kind}'"
    if receipt:
        asked += f" AND reference ->> 'receipt' = '{receipt}'"
    return int(str(rows(settings, asked)[0][0]))


def test_an_untouched_database_is_as_it_was(ledger: Settings) -> None:
    told = verify(ledger)
    assert told.faults == ()
    assert (told.intact, told.files, told.said) == (True, 4, ())
    covered = rows(ledger, "SELECT sum(leaves) FROM ledger.entry")
    assert covered == [(told.rows,)]


ROW = "UPDATE accepted.donation SET plasma_ml = 1 WHERE receipt = 1 AND line = 3"
OF_FIRST = "SELECT act FROM ledger.entry WHERE kind = 'accepted' AND reference ->> 'receipt' = '1'"
CASES: dict[str, tuple[tuple[str, ...], Tampering, tuple[str, int], str]] = {
    "a value": ((ROW,), Tampering.CHANGED, ("accepted", 1), "donation 1:3"),
    "a value with its hash": (
        (ROW, "UPDATE accepted.donation SET content = sha256('x') WHERE receipt = 1 AND line = 3"),
        Tampering.CHANGED,
        ("accepted", 1),
        "donation 1:3",
    ),
    "a row gone": (
        ("DELETE FROM accepted.donation WHERE receipt = 1 AND line = 3",),
        Tampering.REMOVED,
        ("accepted", 1),
        "row 2 of ",
    ),
    "a row put in": (
        (
            "INSERT INTO accepted.donation SELECT (made.d).* FROM (SELECT jsonb_populate_record(d,"
            " jsonb_build_object('line', 99, 'donation_number', 'D99')) AS d"
            " FROM accepted.donation AS d WHERE receipt = 1 AND line = 3) AS made",
        ),
        Tampering.INSERTED,
        ("accepted", 1),
        "donation 1:99",
    ),
    "rows in another order": (
        (
            "UPDATE accepted.donation SET line = 1003 - line WHERE receipt = 1 AND line IN (2, 3)",
            "UPDATE accepted.donation SET line = line - 998 WHERE receipt = 1 AND line > 999",
        ),
        Tampering.CHANGED,
        ("accepted", 1),
        "donation 1:3",
    ),
    "a refused row gone": (
        ("DELETE FROM receiving.refused WHERE receipt = 1",),
        Tampering.REMOVED,
        ("accepted", 1),
        "row ",
    ),
    "a refused row's bytes": (
        ("UPDATE receiving.refused SET raw = 'x' WHERE receipt = 1",),
        Tampering.CHANGED,
        ("accepted", 1),
        "refused 1:5",
    ),
    "findings gone": (
        ("DELETE FROM judged.finding WHERE receipt = 1",),
        Tampering.REMOVED,
        ("accepted", 1),
        "row ",
    ),
    "a closing gone": (
        ("DELETE FROM judged.event WHERE kind = 'closed'",),
        Tampering.REMOVED,
        ("closing", 0),
        "row 1 of 1",
    ),
    "a salt": (
        (f"UPDATE ledger.secret SET secret = sha256(secret) WHERE act = ({OF_FIRST})",),
        Tampering.CHANGED,
        ("accepted", 1),
        "donation 1:",
    ),
    "a salt gone": (
        (f"DELETE FROM ledger.secret WHERE act = ({OF_FIRST})",),
        Tampering.CHANGED,
        ("accepted", 1),
        "donation 1:",
    ),
    "a known row": (
        ("UPDATE accepted.known SET of_line = 3 WHERE receipt = 2",),
        Tampering.CHANGED,
        ("accepted", 2),
        "known 2:2",
    ),
    "who sent it": (
        ("UPDATE receiving.conclusion SET sender = 'C2' WHERE receipt = 1",),
        Tampering.CHANGED,
        ("accepted", 1),
        "conclusion ",
    ),
    "who looked at a person's tree": (
        ("UPDATE access.look SET account = 7",),
        Tampering.CHANGED,
        ("look", 0),
        "look 1",
    ),
    "a look gone": (("DELETE FROM access.look",), Tampering.REMOVED, ("look", 0), "row 1 of 1"),
    "what was looked at": (
        ("UPDATE access.question SET asked = '{}'",),
        Tampering.CHANGED,
        ("question", 0),
        "question ",
    ),
    "a signature": (
        ("UPDATE access.signature SET full_name = 'Eve'",),
        Tampering.CHANGED,
        ("disposition", 0),
        "signature 1",
    ),
    "a decision": (
        ("UPDATE judged.disposition SET markets = ARRAY['US']",),
        Tampering.CHANGED,
        ("disposition", 0),
        "disposition 1",
    ),
    "a decision gone": (
        ("DELETE FROM judged.disposition", "DELETE FROM judged.disposition_word"),
        Tampering.REMOVED,
        ("disposition", 0),
        "row ",
    ),
    "who said it": (
        ("UPDATE judged.disposition_word SET by = 'Eve'",),
        Tampering.CHANGED,
        ("disposition", 0),
        "disposition_word ",
    ),
    "real for synthetic": (
        ("UPDATE access.nature SET nature = 'real'",),
        Tampering.CHANGED,
        ("nature", 0),
        "nature ",
    ),
    "a sign-in gone": (
        ("DELETE FROM access.change WHERE what = 'signed in'",),
        Tampering.REMOVED,
        ("sign_in", 0),
        "row 1 of 1",
    ),
    "when it came": (
        ("UPDATE receiving.arrival SET arrived_at = '2020-01-01' WHERE receipt = 1",),
        Tampering.CHANGED,
        ("arrival", 1),
        "arrival 1",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_tampering_under_an_entry_is_named(cluster: Cluster, ledger: Settings, case: str) -> None:
    statements, kind, (of, receipt), row = CASES[case]
    entry = entry_of(ledger, of, receipt)
    tamper(cluster, ledger, *statements)
    faults = [f for f in found(ledger) if f[0] is kind and f[1] == entry and f[2].startswith(row)]
    assert faults, found(ledger)
    with pytest.raises(LedgerUnmatched):
        publish(ledger, now=NOW)


SCANS = {
    "a verdict": (
        "UPDATE scanned.scan SET verdict = 'GO' WHERE scan = 2",
        (Tampering.CHANGED, "scan 2"),
    ),
    "a scan gone": ("DELETE FROM scanned.scan WHERE scan = 2", (Tampering.REMOVED, "row ")),
    "a scan put under an entry": (
        "INSERT INTO scanned.scan (at, site, purpose, kind, length, verdict, grounds, unmade, norm, act)"
        " SELECT at, site, purpose, kind, length, 'GO', grounds, unmade, norm, act FROM scanned.scan"
        " WHERE scan = 3",
        (Tampering.INSERTED, "scan 4"),
    ),
    "a scan put beside all entries": (
        "INSERT INTO scanned.scan (at, site, purpose, kind, length, verdict, grounds, unmade, norm, act)"
        " SELECT at, site, purpose, kind, length, 'GO', grounds, unmade, norm, gen_random_uuid()"
        " FROM scanned.scan WHERE scan = 3",
        (Tampering.INSERTED, "scan 4"),
    ),
    "a finding put beside all entries": (
        "INSERT INTO judged.finding SELECT (jsonb_populate_record(f, jsonb_build_object("
        "'act', gen_random_uuid(), 'finding', 9999, 'rule', 'D99'))).* FROM judged.finding AS f LIMIT 1",
        (Tampering.INSERTED, "finding 9999"),
    ),
}


@pytest.mark.parametrize("case", SCANS)
def test_a_scan_that_was_tampered_with_is_named(
    cluster: Cluster, ledger: Settings, case: str
) -> None:
    statement, (kind, row) = SCANS[case]
    tamper(
        cluster,
        ledger,
        statement.replace("INTO judged.finding ", "INTO judged.finding OVERRIDING SYSTEM VALUE "),
    )
    assert any(f[0] is kind and f[2].startswith(row) for f in found(ledger)), found(ledger)


def test_scans_wait_for_their_entry_a_minute_at_most_and_verify_says_so(ledger: Settings) -> None:
    scan(ledger, PACK, Use(Purpose.GIVE, "H1"), NOW, BY)
    told = verify(ledger)
    assert (told.intact, told.said) == (
        True,
        (
            "1 scans and bookings stand under no entry yet: the service enters them within 60 seconds,"
            " and each verb at its end. Of these nothing is proved.",
        ),
    )
    publish(ledger, now=NOW)
    assert verify(ledger).said == ()


def test_a_person_s_word_cannot_be_changed(cluster: Cluster, ledger: Settings) -> None:
    entry = int(str(rows(ledger, "SELECT entry FROM ledger.entry WHERE kind = 'closing'")[0][0]))
    tamper(cluster, ledger, "UPDATE judged.event SET by = 'nobody' WHERE kind = 'closed'")
    assert {f[:2] for f in found(ledger)} == {(Tampering.CHANGED, entry)}


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE judged.disposition SET markets = '{FR}'", Tampering.CHANGED),
        ("UPDATE judged.disposition SET state = NULL", Tampering.CHANGED),
        ("UPDATE judged.disposition SET people = 2", Tampering.CHANGED),
        ("UPDATE judged.disposition SET stops = false", Tampering.CHANGED),
        ("UPDATE judged.disposition_word SET said = 'withdrawn'", Tampering.CHANGED),
        ("UPDATE judged.disposition_word SET by = 'nobody'", Tampering.CHANGED),
        ("DELETE FROM judged.disposition_word", Tampering.REMOVED),
        ("DELETE FROM judged.disposition", Tampering.REMOVED),
        (
            "INSERT INTO judged.disposition_word (disposition, said, by, meaning, sha256, at, act)"
            " SELECT disposition, 'stated', 'a second', meaning, sha256, at, act FROM judged.disposition_word",
            Tampering.INSERTED,
        ),
    ],
)
def test_a_decision_cannot_be_changed(
    cluster: Cluster, ledger: Settings, statement: str, kind: Tampering
) -> None:
    asked = "SELECT entry FROM ledger.entry WHERE kind = 'disposition'"
    entry = int(str(rows(ledger, asked)[0][0]))
    tamper(cluster, ledger, statement)
    assert (kind, entry) in {f[:2] for f in found(ledger)}


def test_the_hash_that_a_row_is_known_by_cannot_be_changed(
    cluster: Cluster, ledger: Settings
) -> None:
    tamper(cluster, ledger, "UPDATE accepted.donation SET content = sha256('x') WHERE line = 3")
    entry = entry_of(ledger, "accepted", 1)
    assert found(ledger) == {
        (Tampering.CHANGED, entry, "donation 1:3"),
        (Tampering.CHANGED, entry_of(ledger, "accepted", 2), "donation 2:3"),
    }


def test_an_entry_cannot_be_changed(cluster: Cluster, ledger: Settings) -> None:
    tamper(cluster, ledger, "UPDATE ledger.entry SET by = 'nobody' WHERE entry = 3")
    assert (Tampering.CHANGED, 3, "") in found(ledger)


ACCOUNTS: dict[str, tuple[str, Tampering]] = {
    "role": ("UPDATE access.account SET role = 'qa_approver'", Tampering.CHANGED),
    "password": ("UPDATE access.account SET password = 'another'", Tampering.CHANGED),
    "name": ("UPDATE access.account SET full_name = 'Eve'", Tampering.CHANGED),
    "ended": ("UPDATE access.account SET ended_at = now()", Tampering.CHANGED),
    "gone": ("DELETE FROM access.account", Tampering.REMOVED),
}


@pytest.mark.parametrize("case", ACCOUNTS)
def test_an_account_is_what_its_last_change_tells(
    cluster: Cluster, ledger: Settings, case: str
) -> None:
    statement, kind = ACCOUNTS[case]
    entry = entry_of(ledger, "sign_in", 0)
    tamper(cluster, ledger, statement)
    assert found(ledger) == {(kind, entry, "account 1")}


def test_an_account_that_nobody_made_is_named(cluster: Cluster, ledger: Settings) -> None:
    made = "INSERT INTO access.account (name, full_name, role, made_at) VALUES ('eve', 'Eve', 'qa', now())"
    tamper(cluster, ledger, made)
    assert found(ledger) == {(Tampering.INSERTED, None, "account 2")}


def test_entries_cannot_change_places(cluster: Cluster, ledger: Settings) -> None:
    tamper(
        cluster,
        ledger,
        "UPDATE ledger.entry SET entry = entry + 1000 WHERE entry IN (3, 4)",
        "UPDATE ledger.entry SET entry = 1007 - entry WHERE entry > 1000",
    )
    assert {f[0] for f in found(ledger)} == {Tampering.REORDERED}
    assert {f[1] for f in found(ledger)} == {3, 4}


def test_an_entry_that_was_cut_out_is_named(cluster: Cluster, ledger: Settings) -> None:
    tamper(
        cluster,
        ledger,
        "DELETE FROM ledger.entry WHERE entry = 3",
        "UPDATE ledger.entry SET entry = entry + 1000 WHERE entry > 3",
        "UPDATE ledger.entry SET entry = entry - 1001 WHERE entry > 1000",
    )
    faults = found(ledger)
    assert (Tampering.REMOVED, 3, "") in faults
    assert any(f[0] is Tampering.INSERTED and f[1] is None for f in faults)  # its rows are left


def test_two_connections_read_a_large_receipt_as_one_does(ledger: Settings) -> None:
    with engine(settings=ledger).connect() as connection, connection.begin():
        reading.snapshot(connection)
        several = [s for s in reading.entries(connection) if s.receipt]
        alone = [reading.of_receipt(connection, one) for one in several]
        assert [reading.of_receipt(connection, one, large=0) for one in several] == alone
    assert len(several) > 2


def test_an_end_that_was_cut_off_is_named(cluster: Cluster, ledger: Settings) -> None:
    last = verify(ledger).entries
    tamper(
        cluster,
        ledger,
        f"DELETE FROM ledger.entry WHERE entry > {last - 2}",
        "DELETE FROM ledger.checkpoint",
    )
    assert (Tampering.CUT_OFF, last - 1, "") in found(ledger)
    with pytest.raises(LedgerUnmatched, match="older copy"):
        matched(ledger)


def test_an_end_that_was_cut_off_with_its_copies_is_told_by_whoever_holds_a_checkpoint(
    cluster: Cluster, ledger: Settings, tmp_path: Path
) -> None:
    before = Path(shutil.copytree(ledger.ledger, tmp_path / "before"))
    entries = verify(ledger).entries
    take(ledger, write(tmp_path, "test_result-9.csv", b"nothing\n"))
    held = verify(ledger).checkpoint
    shutil.rmtree(ledger.ledger)
    shutil.copytree(before, ledger.ledger)
    mine = f"act IN (SELECT act FROM ledger.entry WHERE entry > {entries})"
    tables = [fact.name for fact in EVERY_ACT]
    tamper(
        cluster,
        ledger,
        *(f"DELETE FROM {name} WHERE {mine}" for name in (*tables, "ledger.secret")),
        "DELETE FROM receiving.receipt WHERE file_name = 'test_result-9.csv'",
        f"DELETE FROM ledger.entry WHERE entry > {entries}",
        f"DELETE FROM ledger.checkpoint WHERE size > {entries}",
    )
    # Nothing in this installation tells it any more: what others keep does.
    assert verify(ledger).faults == ()
    assert (Tampering.OLDER, entries + 1, "") in {
        (f.kind, f.entry, f.row) for f in verify(ledger, [held]).faults
    }


def test_an_older_database_under_a_newer_checkpoint_is_named(
    copy: Callable[[], Settings], ledger: Settings, tmp_path: Path
) -> None:
    older = copy()
    before = verify(ledger).entries
    take(ledger, write(tmp_path, "donation-9.csv", donations({"donation_number": "D9"})))
    shutil.copytree(ledger.home / "ledger", older.home / "ledger", dirs_exist_ok=True)
    assert {f[:2] for f in found(older)} == {(Tampering.OLDER, before + 1)}
    with pytest.raises(LedgerUnmatched, match="older copy"):
        matched(older)
    matched(ledger)
    assert [newest(settings) for settings in (older, ledger)] == [
        ("NO VERDICT", False),
        ("NO VERDICT", True),  # of a database that is the newest the rest is looked up
    ]


def test_copies_that_have_gone_leave_nobody_to_say_that_a_database_is_the_newest(
    ledger: Settings,
) -> None:
    assert newest(ledger) == ("NO VERDICT", True)
    shutil.rmtree(ledger.home / "ledger")
    assert newest(ledger) == ("NO VERDICT", False)
    with pytest.raises(LedgerUnmatched, match="nobody can tell"):
        matched(ledger)
    # What is received later stands in the database; it makes no copy outside the newest.
    with pytest.raises(LedgerUnmatched, match="nobody can tell"):
        publish(ledger, now=NOW)
    assert newest(ledger) == ("NO VERDICT", False)


def test_copies_outside_that_end_before_what_was_written_there_are_named(
    ledger: Settings, tmp_path: Path
) -> None:
    before = Path(shutil.copytree(ledger.ledger, tmp_path / "before"))
    take(ledger, write(tmp_path, "donation-9.csv", donations({"donation_number": "D9"})))
    shutil.rmtree(ledger.ledger)
    shutil.copytree(before, ledger.ledger)
    assert newest(ledger) == ("NO VERDICT", False)
    with pytest.raises(LedgerUnmatched, match="nobody can tell"):
        publish(ledger, now=NOW)
    assert {f[0] for f in found(ledger)} == {Tampering.OUTSIDE}


def newest(settings: Settings) -> tuple[str, bool]:
    """What a scan is told, and whether the database was found to be the newest."""
    told = scan(settings, PACK, Use(Purpose.GIVE, "H1"), NOW, BY)
    (ran,) = (check.ran for check in told.checks if check.code == "ledger")
    return told.verdict, ran


def test_altered_kept_bytes_are_named(ledger: Settings) -> None:
    ((sha256,),) = rows(
        ledger, "SELECT encode(sha256, 'hex') FROM receiving.receipt WHERE receipt = 1"
    )
    path = Path(ledger.raw_url) / keep.name_of(bytes.fromhex(str(sha256)))
    path.write_bytes(path.read_bytes() + b"x")
    entry = entry_of(ledger, "accepted", 1)
    assert found(ledger) == {(Tampering.BYTES, entry, "receipt 1")}
    path.unlink()
    assert found(ledger) == {(Tampering.BYTES, entry, "receipt 1")}


def test_a_receipt_is_what_it_was_concluded_as(cluster: Cluster, ledger: Settings) -> None:
    tamper(cluster, ledger, "UPDATE receiving.receipt SET sender = 'C2' WHERE receipt = 1")
    entry = entry_of(ledger, "accepted", 1)
    assert found(ledger) == {(Tampering.CHANGED, entry, "receipt 1")}


def test_copies_outside_that_were_altered_are_named(ledger: Settings) -> None:
    name = outside.entry_name(3)
    path = Path(ledger.ledger) / name
    path.write_bytes(path.read_bytes().replace(b"by=", b"by=x", 1))
    assert Tampering.OUTSIDE in {f[0] for f in found(ledger)}


def test_a_checkpoint_that_others_kept_is_held_against_it(
    cluster: Cluster, ledger: Settings
) -> None:
    held = verify(ledger).checkpoint
    assert verify(ledger, [held]).intact
    forged = held.replace("\n", "x\n", 1)
    assert not verify(ledger, [forged]).intact


def test_a_file_that_is_read_again_stays_proved(lots_settings: Settings, tmp_path: Path) -> None:
    place = write(tmp_path, "donation-1.csv", donations({"donation_number": " D1"}))
    take(lots_settings, place)
    take(lots_settings, place)
    assert verify(lots_settings).faults == ()


def test_salts_are_no_part_of_the_state(copy: Callable[[], Settings], cluster: Cluster) -> None:
    one, other = copy(), copy()
    tamper(cluster, other, "UPDATE ledger.secret SET secret = sha256('x')")
    assert digest(one) == digest(other)


# --- proofs ---------------------------------------------------------------------------------------

Lots = Callable[[Settings, Sequence[str]], int]


def test_a_row_is_proved_to_whoever_trusts_nobody(ledger: Settings, tmp_path: Path) -> None:
    text = prove(ledger, "donation", "D3", disclosed=True, now=NOW)
    file, key_file = tmp_path / "proof.txt", Path(ledger.ledger) / "key"
    file.write_text(text)
    held = Path(ledger.ledger) / "checkpoint"
    call = [sys.executable, "-I", "-S", str(Path(verifier.__file__))]
    ran = subprocess.run(
        [*call, str(file), str(key_file), str(held)], text=True, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "    1=D3" in ran.stdout.splitlines()
    file.write_text(text.replace("row ", "row 1"))
    ran = subprocess.run(
        [*call, str(file), str(key_file)], text=True, capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout[:11]) == (1, "Not proved:")


def test_a_site_whose_key_is_gone_goes_on_under_another(ledger: Settings, tmp_path: Path) -> None:
    older = prove(ledger, "donation", "D3", disclosed=True, now=NOW)
    aside = Path(shutil.move(ledger.ledger, tmp_path / "aside"))
    (ledger.home / "ledger.key").unlink()
    with pytest.raises(LedgerUnmatched, match="nobody can tell"):
        publish(ledger, now=NOW)
    assert say(ledger, Word("tester", "the key was lost"), None, now=NOW).newest
    assert newest(ledger) == ("NO VERDICT", True)
    assert verify(ledger).faults == ()
    later = prove(ledger, "donation", "D3", disclosed=True, now=NOW)
    keys = [(Path(folder) / "key").read_text() for folder in (aside, ledger.ledger)]
    # Each proof by the key that signed it, and by no other.
    for key, proof, other in zip(keys, (older, later), (later, older), strict=True):
        assert verifier.check(proof, key)
        with pytest.raises(verifier.Wrong, match="not signed by this key"):
            verifier.check(other, key)


def test_nothing_is_proved_of_rows_that_were_changed(cluster: Cluster, ledger: Settings) -> None:
    tamper(cluster, ledger, ROW)
    with pytest.raises(LedgerUnmatched):
        prove(ledger, "donation", "D2", disclosed=True, now=NOW)


@pytest.mark.parametrize("columns", ["80", "120"])
def test_what_is_found_is_told_on_a_terminal(
    cluster: Cluster,
    ledger: Settings,
    lots: Lots,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert lots(ledger, ["verify"]) == 0
    assert capsys.readouterr().out.startswith("intact: ")
    tamper(cluster, ledger, ROW)
    assert lots(ledger, ["verify"]) == 1
    assert "changed: Under entry" in capsys.readouterr().out
    assert lots(ledger, ["verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["kind"] == "changed"


def test_a_new_home_has_copies_of_all(ledger: Settings) -> None:
    shutil.rmtree(ledger.ledger)
    assert verify(ledger).said[0].startswith("No copy of the ledger is in")
    say(ledger, Word("QA", "the disk is new"), None, now=NOW)
    told: Verified = verify(ledger)
    assert (told.intact, told.said) == (True, ())
    disconnect(ledger)
