"""Decisions: a release by two and a stop by one, what each makes of the next scan, and who may not. On a
real PostgreSQL.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from lots.answers.decided import Disposition
from lots.answers.verified import Fault, Tampering
from lots.decisions.moves import moves
from lots.decisions.norm import Purpose
from lots.errors import CallError, MovedOn, NotAllowed, NotFound
from lots.pipeline.dispose import (
    Asked,
    Saying,
    content,
    decide,
    open_pieces,
    second,
    statuses,
    withdraw,
)
from lots.pipeline.evaluate import evaluate_all
from lots.pipeline.named_rows import Place
from lots.pipeline.resolve import Word, close
from lots.pipeline.retract import retract
from lots.pipeline.scan import Scanner, Use, scan
from lots.pipeline.verify import verify
from lots.settings import Settings
from lots.store import dispositions
from lots.store.access import accounts, tokens
from lots.store.access.accounts import NewAccount
from lots.store.access.door import asking
from lots.store.engine import close as close_connections
from lots.store.engine import engine
from lots.store.ledger.appending import append
from lots.store.schema.access_tables import OF_SITES, SIGNATURE
from tests.builders import rows
from tests.integration.test_scans import GTIN, L1, NOW, PACK, SENT, code
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive

WORLD = f"""
party H1: kind=pharmacy name=H1 zone=Europe/Berlin jurisdiction=DE
party H3: kind=clinic name=H3 zone=Europe/Berlin jurisdiction=US
lot M1 L1 packed: {L1} amount=100 amount_unit=packs
pack {GTIN} SENT: {PACK} vials=1
pack {GTIN} TWO: {PACK} vials=1
shipment M1 F1 1: to_party=H1 gtin={GTIN} serial=SENT {SENT}
delivery M1 F1 1: to_party=H1 packs=1 delivered_at=2026-01-08T18:00Z
shipment M1 F2 1: to_party=H1 gtin={GTIN} serial=TWO {SENT}
delivery M1 F2 1: to_party=H1 packs=1 delivered_at=2026-01-08T18:00Z
lot_input M1 L1 packed M1 B1 bulk: amount=1 amount_unit=kg
"""
LOT = ("M1", "L1")
READY = {piece.code: "met" for piece in moves().pieces}
GIVEN = {
    **dict.fromkeys(("ground", "instruction", "packs", "investigation", "hazard", "text"), "said"),
    **dict.fromkeys(("evidence", "use", "tests", "deviations", "holds", "seen"), "said"),
    **dict.fromkeys(("reference", "storage", "proof", "came_from", "count", "method"), "said"),
    "case": "said",
    "person": "said",
    "depth": "user",
    "hours": "2",
}


@dataclass
class Desk:
    """A database, and persons who are signed in to it."""

    settings: Settings
    people: dict[str, str] = field(default_factory=dict)

    def person(self, name: str, role: str, site: str = "H1", at: datetime = NOW) -> str:
        """Sign somebody in: the session's token."""
        if name not in self.people:
            new = NewAccount(name, f"The {name}", role, site if role in OF_SITES else None)
            with asking(self.settings) as connection:
                made = accounts.make(connection, new, None, NOW)
                assert made
                accounts.set_password(connection, made.account, "not a hash", at)
                self.people[name] = tokens.begin_session(connection, made.account, at)
        return self.people[name]

    def says(
        self,
        name: str,
        role: str,
        site: str = "H1",
        once: str | None = None,
        at: datetime = NOW,
    ) -> Saying:
        """Somebody who signs."""
        token = self.person(name, role, site, at)
        return Saying(f"The {name}", "I decide this.", at, token, once or f"o{next(ONCE)}")

    def scanned(self, serial: str = "SENT", site: str = "H1") -> str:
        """What a scan is told."""
        use = Use(Purpose.DISPENSE, site)
        return scan(self.settings, code(serial), use, NOW, Scanner("tester")).verdict


ONCE = count()
LATER = datetime(2026, 12, 1, tzinfo=UTC)  # than the files were received


def world(settings: Settings, folder: Path) -> None:
    """The rows above."""
    told = [row for line in filter(None, WORLD.split("\n")) for row in rows_of(line)]
    receive(settings, folder / "world", told)


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes databases with these rows."""
    return told_once(world)


@pytest.fixture
def desk(copy: Callable[[], Settings]) -> Iterator[Desk]:
    """Such a database, of whose ledger a copy outside begins with the first decision."""
    made = Desk(copy())
    yield made
    close_connections(made.settings)


def asked(thing: str, move: str, **more: object) -> Asked:
    """A decision that tells all that it must."""
    row = moves().of(thing, move)
    assert row
    keys = {"unit": ("U1",), "intermediate": ("M1", "B1", "bulk"), "lot": LOT}
    keys |= {"pack": (GTIN, "SENT"), "shipment": ("M1", "F1")}
    keys |= {
        "finding": ("1",),
        "row": ("1", "2"),
        "rule": ("R02.expiry",),
        "stops": ("H1",),
        "redaction": ("1",),
    }
    given = {name: GIVEN[name] for name in row.give if name in GIVEN}
    owner = "H1" if row.site else "holder"
    made = Asked(thing, keys[thing], move, given, owner)
    if "readiness" in row.give:
        made = replace(made, readiness=READY)
    if "markets" in row.give:
        made = replace(made, markets=("DE",))
    return replace(made, **more)  # type: ignore[arg-type]


def release(desk: Desk, **more: object) -> Disposition:
    """Release the lot by two."""
    made = decide(desk.settings, asked("lot", "release", **more), desk.says("ann", "qa"))
    return second(
        desk.settings, made.disposition, made.sha256, made.seen, desk.says("bob", "qa_approver")
    )


def test_a_lot_that_two_released_goes_and_is_stopped_at_the_next_scan(desk: Desk) -> None:
    assert desk.scanned() == "STOP"
    made = decide(desk.settings, asked("lot", "release"), desk.says("ann", "qa"))
    assert (made.standing, desk.scanned()) == ("proposed", "STOP")
    signed = second(
        desk.settings, made.disposition, made.sha256, made.seen, desk.says("bob", "qa_approver")
    )
    assert (signed.standing, desk.scanned()) == ("in force", "GO")
    assert desk.scanned(site="H3") == "STOP", "it is not released for the market of that place"
    stop = decide(desk.settings, asked("lot", "stop"), desk.says("sam", "safety_officer"))
    assert (stop.standing, desk.scanned()) == ("in force", "STOP")
    lift = decide(desk.settings, asked("lot", "lift"), desk.says("ann", "qa"))
    assert (lift.standing, lift.ends, desk.scanned()) == ("proposed", (stop.disposition,), "STOP")
    second(desk.settings, lift.disposition, lift.sha256, lift.seen, desk.says("bob", "qa_approver"))
    assert desk.scanned() == "GO"


def test_what_nobody_signed_in_says_stays_proposed_but_a_stop(desk: Desk) -> None:
    said = Saying("somebody", "said", NOW)
    made = decide(desk.settings, asked("lot", "release"), said)
    assert (made.standing, made.words[0].said) == ("proposed", "stated")
    once = second(desk.settings, made.disposition, made.sha256, made.seen, desk.says("ann", "qa"))
    assert (once.standing, desk.scanned()) == ("proposed", "STOP"), "two sign-ins are needed"
    twice = second(
        desk.settings, made.disposition, made.sha256, once.seen, desk.says("bob", "qa_approver")
    )
    assert (twice.standing, desk.scanned()) == ("in force", "GO")
    assert decide(desk.settings, asked("lot", "stop"), said).standing == "in force"
    assert desk.scanned() == "STOP"


@pytest.mark.parametrize("left_out", ["norm", "key", "owner", "ends", "seen"])
@pytest.mark.parametrize("how", ["absent", "null"])
def test_what_does_not_tell_all_is_not_put_by_whoever_calls_the_functions_himself(
    desk: Desk, left_out: str, how: str
) -> None:
    """Whoever has the login, beside the code that makes what is signed."""
    with engine(settings=desk.settings).begin() as connection:
        told = json.loads(content(connection, asked("lot", "release")))
        told.pop(left_out)
        said = json.dumps(told | ({left_out: None} if how == "null" else {}))
        put = dispositions.dispose(connection, said, desk.says("ann", "qa"))
        assert (put.disposition, put.refused) == (None, put.refused or "refused")


def test_nobody_signs_second_without_saying_what_was_shown(desk: Desk) -> None:
    made = decide(desk.settings, asked("lot", "release"), desk.says("ann", "qa"))
    with engine(settings=desk.settings).begin() as connection:
        for digest, seen in ((None, made.seen), (made.sha256, None)):
            who = desk.says("bob", "qa_approver")
            put = dispositions.second(connection, made.disposition, digest, seen, who)  # type: ignore[arg-type]
            assert put.refused
    assert desk.scanned() == "STOP"


def test_a_stop_reaches_where_it_is_told_to(desk: Desk) -> None:
    release(desk)
    stop = asked("lot", "stop", markets=("US",))
    decide(desk.settings, stop, desk.says("ann", "qa"))
    assert desk.scanned() == "ASK", "it is stopped in another market"
    decide(desk.settings, replace(stop, markets=None, sites=("H3",)), desk.says("ann", "qa"))
    assert desk.scanned() == "ASK"
    one = replace(stop, markets=None, packs=(f"{GTIN}/TWO",))
    decide(desk.settings, one, desk.says("ann", "qa"))
    assert (desk.scanned(), desk.scanned("TWO")) == ("ASK", "STOP")


@pytest.mark.parametrize(
    ("depth", "site", "told"),
    [
        ("wholesale", "H1", "GO"),
        ("retail", "H1", "STOP"),
        ("user", "H1", "STOP"),
    ],
)
def test_a_recall_reaches_down_to_its_depth(desk: Desk, depth: str, site: str, told: str) -> None:
    release(desk)
    recall = asked("lot", "recall")
    decide(
        desk.settings,
        replace(recall, given={**recall.given, "depth": depth}),
        desk.says("sam", "safety_officer"),
    )
    assert desk.scanned(site=site) == told


def test_what_is_made_of_what_is_held_is_held(desk: Desk) -> None:
    release(desk)
    hold = decide(desk.settings, asked("intermediate", "hold"), desk.says("ann", "qa"))
    told = {s.market: (s.status, s.held) for s in statuses(desk.settings, LOT)}
    said = f"bulk M1/B1: held by decision {hold.disposition}"
    assert told["DE"] == ("held", (said,))
    assert desk.scanned() == "STOP"
    with pytest.raises(NotAllowed, match="what it is made of"):
        decide(desk.settings, asked("lot", "release", markets=("FR",)), desk.says("ann", "qa"))
    go = decide(desk.settings, asked("intermediate", "let go"), desk.says("ann", "qa"))
    assert (go.ends, desk.scanned()) == ((hold.disposition,), "STOP")
    second(desk.settings, go.disposition, go.sha256, go.seen, desk.says("bob", "qa"))
    assert desk.scanned() == "GO"


def test_a_site_stops_its_pack_and_only_its_own_people_lift_that(desk: Desk) -> None:
    release(desk)
    decide(desk.settings, asked("pack", "set aside"), desk.says("pam", "pharmacist"))
    assert desk.scanned() == "STOP"
    with pytest.raises(NotAllowed, match="owner"):
        decide(desk.settings, asked("pack", "use again"), desk.says("pip", "pharmacist", "H3"))
    decide(desk.settings, asked("pack", "use again"), desk.says("pam", "pharmacist"))
    assert desk.scanned() == "GO"


def test_a_shipment_that_was_counted_by_lot_stops_each_pack_of_the_lot(desk: Desk) -> None:
    release(desk)
    counted = f"shipment M1 F3 1: to_party=H1 gtin={GTIN} lot_number=L1 packs=2 {SENT}"
    here = "delivery M1 F3 1: to_party=H1 packs=2 delivered_at=2026-01-08T18:00Z"
    receive(desk.settings, desk.settings.home / "counted", [*rows_of(counted), *rows_of(here)])
    stop = replace(asked("shipment", "set aside"), key=("M1", "F3"))
    assert desk.scanned("UNLISTED") == "GO", "its maker's list is not complete"
    decide(desk.settings, stop, desk.says("pam", "pharmacist"))
    assert (desk.scanned("SENT"), desk.scanned("UNLISTED")) == ("STOP", "STOP")


def test_a_shipment_that_is_put_aside_stops_what_is_in_it(desk: Desk) -> None:
    release(desk)
    decide(desk.settings, asked("shipment", "set aside"), desk.says("pam", "pharmacist"))
    assert (desk.scanned("SENT"), desk.scanned("TWO")) == ("STOP", "GO")
    decide(desk.settings, asked("shipment", "use again"), desk.says("pam", "pharmacist"))
    assert desk.scanned("SENT") == "GO"


def test_what_came_back_goes_again_only_by_who_saw_that_it_came_back(desk: Desk) -> None:
    release(desk)
    fate = (
        "vial_fate H1 V{}: kind=returned gtin={} serial=SENT fit=yes vials=1 at=2026-02-0{}T10:00Z"
    )
    receive(desk.settings, desk.settings.home / "back", [*rows_of(fate.format(1, GTIN, 1))])
    assert desk.scanned() == "STOP"
    back = decide(desk.settings, asked("pack", "readmit"), desk.says("amy", "qa", at=LATER))
    second(
        desk.settings, back.disposition, back.sha256, back.seen, desk.says("ben", "qa", at=LATER)
    )
    assert desk.scanned() == "GO"
    receive(desk.settings, desk.settings.home / "again", [*rows_of(fate.format(2, GTIN, 2))])
    with engine(settings=desk.settings).begin() as connection:
        connection.exec_driver_sql("UPDATE receiving.receipt SET received_at = '2027-01-01'")
    assert desk.scanned() == "STOP", "nobody has seen that it came back once more"


def test_of_two_who_decide_by_the_same_page_the_second_looks_again(desk: Desk) -> None:
    made = decide(desk.settings, asked("lot", "release", seen=0), desk.says("ann", "qa"))
    with pytest.raises(MovedOn, match="newer word"):
        decide(desk.settings, asked("lot", "release", seen=0), desk.says("eve", "qa"))
    decide(desk.settings, asked("lot", "stop", seen=0), desk.says("sam", "safety_officer"))
    bob = desk.says("bob", "qa_approver")
    with pytest.raises(MovedOn, match="newer word"):
        second(desk.settings, made.disposition, made.sha256, made.seen, bob)
    seen = int(str(rows(desk.settings, "SELECT max(word) FROM judged.disposition_word")[0][0]))
    with pytest.raises(MovedOn, match="state"):
        second(desk.settings, made.disposition, made.sha256, seen, bob)


def test_two_people_are_two_accounts_and_two_names(desk: Desk) -> None:
    made = decide(desk.settings, asked("lot", "release"), desk.says("bob", "qa_approver"))
    with pytest.raises(NotAllowed, match="another person"):
        second(
            desk.settings, made.disposition, made.sha256, made.seen, desk.says("bob", "qa_approver")
        )
    only = decide(desk.settings, asked("lot", "release", markets=("FR",)), desk.says("ann", "qa"))
    with pytest.raises(NotAllowed, match="must be among"):
        second(desk.settings, only.disposition, only.sha256, only.seen, desk.says("eve", "qa"))
    with pytest.raises(MovedOn, match="content"):
        second(
            desk.settings, only.disposition, "00" * 32, only.seen, desk.says("bob", "qa_approver")
        )


def test_what_is_asked_for_twice_is_done_once(desk: Desk) -> None:
    ann = desk.says("ann", "qa", once="a-1")
    first = decide(desk.settings, asked("lot", "stop", seen=0), ann)
    assert decide(desk.settings, asked("lot", "stop", seen=0), ann).disposition == first.disposition
    with pytest.raises(MovedOn, match="Idempotency-Key"):
        decide(desk.settings, asked("lot", "stop", seen=0, markets=("DE",)), ann)
    assert rows(desk.settings, "SELECT count(*) FROM judged.disposition") == [(1,)]


def test_what_is_withdrawn_is_signed_no_more(desk: Desk) -> None:
    made = decide(desk.settings, asked("lot", "release"), desk.says("ann", "qa"))
    gone = withdraw(desk.settings, made.disposition, desk.says("ann", "qa"))
    assert gone.standing == "withdrawn"
    with pytest.raises(MovedOn, match="proposed"):
        second(
            desk.settings, made.disposition, made.sha256, gone.seen, desk.says("bob", "qa_approver")
        )


def test_a_lot_that_nobody_knows_is_stopped_and_not_released(desk: Desk) -> None:
    with pytest.raises(NotFound):
        decide(desk.settings, asked("lot", "release", key=("M1", "L9")), desk.says("ann", "qa"))
    stop = decide(desk.settings, asked("lot", "stop", key=("M1", "L9")), desk.says("ann", "qa"))
    assert stop.standing == "in force"


def test_the_status_of_lots_is_told_by_market(desk: Desk) -> None:
    release(desk)
    decide(desk.settings, asked("lot", "stop", markets=("US",)), desk.says("ann", "qa"))
    told = {(s.market, s.status) for s in statuses(desk.settings, LOT)}
    assert told == {("DE", "released"), ("US", "quarantined")}


@pytest.mark.parametrize("missing", [*GIVEN])
def test_what_must_be_told_is_told(desk: Desk, missing: str) -> None:
    for move in moves().every:
        if missing in move.give and not move.ends and move.people == 1:
            made = asked(move.thing, move.code)
            given = {name: text for name, text in made.given.items() if name != missing}
            role = sorted(move.roles)[0]
            with pytest.raises(CallError, match=rf"what must be told: expected [^;]*\b{missing}\b"):
                decide(desk.settings, replace(made, given=given), desk.says(f"n-{role}", role))


def test_a_signature_is_bound_to_what_was_signed(desk: Desk) -> None:
    made = release(desk)
    kept = rows(
        desk.settings,
        "SELECT w.by, w.role, w.meaning, w.sha256 = sha256(convert_to(d.content, 'UTF8')), d.content"
        " FROM judged.disposition_word AS w JOIN judged.disposition AS d USING (disposition) ORDER BY word",
    )
    assert [row[:4] for row in kept] == [
        ("The ann", "qa", "I decide this.", True),
        ("The bob", "qa_approver", "I decide this.", True),
    ]
    assert sha256(str(kept[0][4]).encode()).hexdigest() == made.sha256
    with asking(desk.settings) as connection:
        (ann, bob) = connection.execute(sa.select(SIGNATURE).order_by(SIGNATURE.c.signature)).all()
    assert {ann.content.hex(), bob.content.hex()} == {made.sha256}
    assert (ann.what, ann.meaning, ann.full_name) == ("lot: release", "I decide this.", "The ann")


@pytest.mark.parametrize("role", ["lots_pipeline", "lots_reader", "lots_discloser", "lots_service"])
def test_no_login_puts_a_decision_or_a_signature_but_by_the_owner_s_functions(
    desk: Desk, role: str
) -> None:
    with engine(role, desk.settings).connect() as connection:
        for table in ("judged.disposition", "judged.disposition_word", "access.signature"):
            for what in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
                asked = sa.text(
                    "SELECT has_table_privilege(c.oid, :what) FROM pg_class AS c"
                    " JOIN pg_namespace AS n ON n.oid = c.relnamespace"
                    " WHERE n.nspname || '.' || c.relname = :table"
                )
                may = connection.scalar(asked, {"table": table, "what": what})
                assert may is False, (table, what)
        called = connection.exec_driver_sql(
            "SELECT p.proname FROM pg_proc AS p WHERE p.pronamespace = 'judged'::regnamespace"
            " AND p.prosecdef AND has_function_privilege(p.oid, 'EXECUTE')"
        )
        every = {"dispose", "second", "withdraw", "sign", "signed_here", "stop_by_rule"}
        expected = every if role == "lots_pipeline" else set()
        assert {*called.scalars()} == expected


def test_the_command_stops_and_only_proposes_a_release(
    desk: Desk, lots: Callable[[Settings, list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    said = ["--by", "ann", "--reason", "a complaint"]
    stop = ["decide", "lot", "M1/L1", "stop", "--given", "instruction=hold all", *said]
    assert lots(desk.settings, stop) == 0
    assert "in force" in capsys.readouterr().out
    ready = [part for piece in READY for part in ("--ready", f"{piece}=met")]
    release = ["decide", "lot", "M1/L1", "release", "--market", "DE", "--given", "packs=all", *said]
    assert lots(desk.settings, [*release, *ready]) == 2, "it is stopped"
    annul = ["decide", "lot", "M1/L1", "lift", "--given", "investigation=none", *ready, *said]
    assert lots(desk.settings, annul) == 1
    told = capsys.readouterr()
    assert "proposed: nothing rests on it until two people have signed it" in told.out
    assert lots(desk.settings, ["decide"]) == 0
    assert "stated" in capsys.readouterr().out
    assert lots(desk.settings, ["decide", "2", "--withdraw", *said]) == 0
    assert lots(desk.settings, ["decide", "lot", "M1/L1", "stop", "--by", "ann"]) == 2


def test_killed_between_its_steps_a_decision_is_whole_or_is_not(desk: Desk) -> None:
    """Its row, its word and its entry are one transaction; then its checkpoint is written outside."""
    ann = desk.says("ann", "qa", once="a-1")
    stop = asked("lot", "stop")
    with engine(settings=desk.settings).connect() as connection:
        dispositions.dispose(connection, content(connection, stop), ann, stop.sum)
        connection.rollback()
    told = "SELECT count(*) FROM judged.disposition UNION ALL SELECT count(*) FROM judged.disposition_word"
    assert rows(desk.settings, told) == [(0,), (0,)]
    with engine(settings=desk.settings).begin() as connection:
        put = dispositions.dispose(connection, content(connection, stop), ann, stop.sum)
        append(connection, "disposition", {"disposition": str(put.disposition)}, ann.by, NOW)
    assert tampered(desk) == [], "killed here, it is whole, and not outside yet"
    assert verify(desk.settings).said != ()
    again = decide(desk.settings, stop, ann)
    assert (again.disposition, again.standing) == (put.disposition, "in force")
    assert verify(desk.settings).said == (), "asked for again, it stands outside too"


def test_of_two_who_sign_at_once_one_is_told_that_it_is_in_force(desk: Desk) -> None:
    made = decide(desk.settings, asked("lot", "release"), desk.says("ann", "qa"))
    who = [desk.says("bob", "qa_approver"), desk.says("eve", "qa_approver")]

    def sign(saying: Saying) -> str:
        try:
            return second(desk.settings, made.disposition, made.sha256, made.seen, saying).standing
        except MovedOn as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(sign, who))
    assert told[1] == "in force"
    assert "expected one that is proposed" in told[0]
    assert rows(desk.settings, "SELECT count(*) FROM judged.disposition_word") == [(2,)]


def finding_that_holds(desk: Desk) -> int:
    """A finding on the lot, of a row of its own."""
    told = rows_of("lot M1 L8 packed: product=IG made_at=2026-01-06T09:00Z")
    receive(desk.settings, desk.settings.home / "more", [*told])
    found = rows(desk.settings, "SELECT max(finding) FROM judged.finding WHERE holds = 'lot'")
    return int(str(found[0][0]))


def test_a_finding_that_holds_is_closed_by_two_who_sign(desk: Desk) -> None:
    number = finding_that_holds(desk)
    state = f"SELECT state FROM judged.finding_now WHERE finding = {number}"
    desk.person("eve", "qa")
    for name in ("ann", "bob"):
        desk.person(name, "qa" if name == "ann" else "qa_approver")
    with pytest.raises(NotAllowed, match="two people who sign in"):
        close(desk.settings, number, Word("somebody", "looked at"), now=NOW)
    alone = asked("finding", "close what holds nothing", key=(str(number),))
    with pytest.raises(NotAllowed, match="expected two"):
        decide(desk.settings, alone, desk.says("ann", "qa"))
    made = decide(
        desk.settings, asked("finding", "close", key=(str(number),)), desk.says("ann", "qa")
    )
    assert rows(desk.settings, state) == [("open",)]
    second(desk.settings, made.disposition, made.sha256, made.seen, desk.says("bob", "qa_approver"))
    assert rows(desk.settings, state) == [("closed",)]
    assert rows(desk.settings, "SELECT by FROM judged.event") == [("The ann and The bob",)]
    with pytest.raises(MovedOn):
        decide(desk.settings, asked("finding", "close", key=(str(number),)), desk.says("ann", "qa"))
    assert tampered(desk) == []


HELD = """
lot M1 L1 packed: product=IG gtin=09506000134352 made_at=2026-01-06T09:00Z amount=100 amount_unit=packs
"""
SPECIFIED = """
lot_test_specification 09506000134352 potency 2020-01-01: low=90 high=110 value_unit=pct prepared_by=a approved_by=b
lot_test M1 L1 packed potency 1: value=50 value_unit=pct conclusion=passed tested_at=2026-01-07T09:00Z laboratory=LAB
"""


def tells(desk: Desk, name: str, text: str) -> None:
    """Receive rows that make findings."""
    told = [row for line in filter(None, text.split("\n")) for row in rows_of(line)]
    receive(desk.settings, desk.settings.home / name, told)


def test_a_piece_that_a_finding_leaves_open_is_settled_by_a_document_alone(desk: Desk) -> None:
    assert open_pieces(desk.settings, LOT) == ()
    tells(desk, "held", HELD)  # two versions of a lot, and nobody has decided which stands
    left = open_pieces(desk.settings, LOT)
    assert left
    assert {"holds"} <= {one.piece for one in left}
    assert not any(one.failed for one in left)
    with pytest.raises(NotAllowed, match="got met"):
        decide(desk.settings, asked("lot", "release"), desk.says("ann", "qa"))
    settled = READY | {one.piece: "QA-7, 2026" for one in left}
    unseen = asked("lot", "release", readiness=settled, findings=())
    with pytest.raises(MovedOn, match="not among those shown"):
        decide(desk.settings, unseen, desk.says("ann", "qa"))
    assert desk.scanned() == "STOP"
    assert release(desk, readiness=settled).given["findings"] == ", ".join(
        str(one) for one in sorted({one.finding for one in left})
    )


def test_a_finding_that_came_after_the_first_signature_is_not_signed_over(desk: Desk) -> None:
    made = decide(desk.settings, asked("lot", "release"), desk.says("ann", "qa"))
    tells(desk, "held", HELD)
    with pytest.raises(MovedOn, match="not among those shown"):
        second(
            desk.settings, made.disposition, made.sha256, made.seen, desk.says("bob", "qa_approver")
        )
    assert desk.scanned() == "STOP"


def test_a_failed_test_is_settled_by_no_document_but_by_closing_its_finding(desk: Desk) -> None:
    tells(desk, "failed", SPECIFIED)
    evaluate_all(desk.settings, (), now=NOW)
    failed = [one for one in open_pieces(desk.settings, LOT) if one.failed]
    assert {(one.rule, one.piece) for one in failed} >= {("S02", "tests")}
    settled = dict.fromkeys(READY, "QA-7")
    with pytest.raises(NotAllowed, match="failed test"):
        decide(desk.settings, asked("lot", "release", readiness=settled), desk.says("ann", "qa"))
    for one in failed:
        closing = asked("finding", "close", key=(str(one.finding),))
        made = decide(desk.settings, closing, desk.says("ann", "qa"))
        who = desk.says("bob", "qa_approver")
        second(desk.settings, made.disposition, made.sha256, made.seen, who)
    left = {one.piece: "QA-7" for one in open_pieces(desk.settings, LOT)}
    assert "tests" not in left
    assert release(desk, readiness=READY | left).standing == "in force"


def test_what_holds_a_pool_leaves_open_what_was_made_of_it(desk: Desk) -> None:
    tells(desk, "above", "deviation M1 DEV1: kind=major lot_number=B1 step=bulk\n")
    assert {"holds"} <= {one.piece for one in open_pieces(desk.settings, LOT)}
    assert open_pieces(desk.settings, ("M1", "L9")) == ()


def test_what_is_proposed_of_a_row_is_confirmed_by_two_who_sign(desk: Desk) -> None:
    asked_for = "SELECT receipt, line FROM accepted.pack WHERE serial = 'TWO'"
    ((receipt, line),) = rows(desk.settings, asked_for)
    place = Place(int(str(receipt)), int(str(line)))
    retract(desk.settings, [place], "never_happened", Word("somebody", "a slip"), now=NOW)
    row = asked("row", "confirm", key=(str(receipt), str(line)))
    made = decide(desk.settings, row, desk.says("ann", "qa"))
    there = "SELECT count(*) FROM standing.pack WHERE serial = 'TWO'"
    assert rows(desk.settings, there) == [(1,)]
    second(desk.settings, made.disposition, made.sha256, made.seen, desk.says("bob", "qa"))
    assert rows(desk.settings, there) == [(0,)]
    again = decide(desk.settings, row, desk.says("ann", "qa"))
    with pytest.raises(CallError, match="nothing to confirm"):
        second(desk.settings, again.disposition, again.sha256, again.seen, desk.says("bob", "qa"))


def test_a_rule_that_two_signed_stops_what_its_findings_hold_from_then_on(desk: Desk) -> None:
    earlier = finding_that_holds(desk)
    rule = decide(desk.settings, asked("rule", "stop by it"), desk.says("ann", "qa"))
    told = "lot M1 L7 packed: product=IG gtin=09506000134352 made_at=2026-01-06T09:00Z"
    receive(desk.settings, desk.settings.home / "unsigned", [*rows_of(told.replace("L7", "L6"))])
    assert rows(
        desk.settings, "SELECT count(*) FROM judged.disposition WHERE cites IS NOT NULL"
    ) == [(0,)]
    second(desk.settings, rule.disposition, rule.sha256, rule.seen, desk.says("bob", "qa_approver"))
    receive(desk.settings, desk.settings.home / "signed", [*rows_of(told)])
    stops = rows(
        desk.settings,
        "SELECT key ->> 1, cites, given ->> 'instruction', given ->> 'finding' FROM judged.disposition"
        " WHERE cites IS NOT NULL",
    )
    assert [row[:3] for row in stops] == [("L7", rule.disposition, "said")]
    assert int(str(stops[0][3])) > earlier
    assert {s.status for s in statuses(desk.settings, ("M1", "L7"))} == {"quarantined"}
    left = {one.piece: "QA-7" for one in open_pieces(desk.settings, ("M1", "L7"))}
    lifted = asked("lot", "lift", key=("M1", "L7"), readiness=READY | left)
    lift = decide(desk.settings, lifted, desk.says("ann", "qa"))
    second(desk.settings, lift.disposition, lift.sha256, lift.seen, desk.says("bob", "qa_approver"))
    evaluate_all(desk.settings, (), now=NOW)
    assert {s.status for s in statuses(desk.settings, ("M1", "L7"))} == {"in process"}
    assert tampered(desk) == []


def tampered(desk: Desk) -> list[Fault]:
    """What is not as it was; the bytes of the world's files are where it was made."""
    return [one for one in verify(desk.settings).faults if one.kind is not Tampering.BYTES]
