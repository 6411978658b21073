"""A scan: facts of a pack by one function of the database, and the verdict on them. On a real
PostgreSQL.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from lots.answers.scanned import Scanned
from lots.decisions.facts import Facts
from lots.decisions.norm import Purpose
from lots.identifiers.gtin import check_digit
from lots.identifiers.scans.values import Reading
from lots.pipeline.scan import Scanner, Use, scan
from lots.settings import Settings
from lots.store.answers.scans import Place, pack_facts
from lots.store.engine import engine
from lots.store.schema.scans import FACTS
from tests.builders import rows
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive

GTIN = "09506000134352"
EXPIRES = date(2028, 1, 31)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
GS = "\x1d"
PACK = "manufacturer=M1 step=packed lot_number=L1 label_expires_on=2028-01-31 packed_at=2026-01-06T10:00Z"
L1 = f"product=IG gtin={GTIN} made_at=2026-01-06T09:00Z expires_on=2028-01-31"
SENT = "kind=sale packs=1 shipped_at=2026-01-08T10:00Z"
DISPENSED = f"gtin={GTIN} dispensed_at=2026-02-01T10:00Z vials=1"
FATE = f"gtin={GTIN} vials=1 at=2026-02-01T10:00Z"
WORLD = f"""
party H1: kind=pharmacy name=H1 zone=Europe/Berlin jurisdiction=DE
party H2: kind=clinic name=H2 zone=Pacific/Kiritimati jurisdiction=DE
party H3: kind=clinic name=H3 zone=Pacific/Honolulu jurisdiction=US
party H4: kind=clinic name=H4
party HOME-01: kind=patient_home name=HOME-01 jurisdiction=DE
lot M1 L1 packed: {L1} amount=100 amount_unit=packs
lot M1 L2 packed: {L1} amount=1 amount_unit=packs
pack {GTIN} SOUND: {PACK} vials=1
pack {GTIN} OTHER: {PACK.replace("L1", "L2")} vials=1
pack {GTIN} TWELVE: {PACK} vials=12
pack {GTIN} OLD: {PACK} vials=1
pack {GTIN} SENT: {PACK} vials=1
pack {GTIN} BOXED: {PACK} vials=1
pack {GTIN} HOT: {PACK} vials=1
pack {GTIN} COLD: {PACK} vials=1
pack {GTIN} SHELF: {PACK} vials=1
pack {GTIN} BACK: {PACK} vials=1
pack {GTIN} GONE: {PACK} vials=1
pack {GTIN} LOST: {PACK} vials=1
pack {GTIN} TOPAT: {PACK} vials=1
pack {GTIN} TOWARD: {PACK} vials=1
pack {GTIN} BAG: {PACK} vials=1
pack {GTIN} GIVEN: {PACK} vials=1
pack {GTIN} BYBAG: {PACK} vials=1
relabelling {GTIN} OLD {GTIN} NEW: party=H1 relabelled_at=2026-01-11T10:00Z
shipment M1 F1 1: to_party=H1 gtin={GTIN} serial=SENT {SENT}
delivery M1 F1 1: to_party=H1 packs=1 delivered_at=2026-01-08T18:00Z
package_content X1 1: gtin={GTIN} serial=BOXED packed_at=2026-01-07T10:00Z
package_content X2 1: child_sscc=X1 packed_at=2026-01-07T11:00Z
shipment M1 F2 1: to_party=H1 sscc=X2 {SENT}
shipment M1 F3 1: to_party=H1 gtin={GTIN} serial=HOT {SENT}
excursion M1 E3: from_party=M1 shipment=F3 began_at=2026-01-08T11:00Z fit=no
shipment M1 F4 1: to_party=H1 gtin={GTIN} serial=COLD {SENT}
excursion M1 E4: from_party=M1 shipment=F4 began_at=2026-01-08T11:00Z
shipment M1 F5 1: to_party=H2 gtin={GTIN} serial=SHELF {SENT}
excursion H2 E5: began_at=2026-03-01T10:00Z ended_at=2026-03-01T12:00Z
excursion H2 E6: began_at=2025-03-01T10:00Z ended_at=2025-03-01T12:00Z fit=no
vial_fate H1 V1: kind=returned serial=BACK fit=yes {FATE}
vial_fate H1 V2: kind=destroyed serial=GONE {FATE}
vial_fate H1 V3: kind=lost serial=LOST {FATE}
vial_fate H1 V4: kind=wasted serial=TWELVE {FATE}
dispensing H1 D1: to_kind=patient patient_key=PAT1 serial=TOPAT {DISPENSED}
dispensing H1 D2: to_kind=ward serial=TOWARD {DISPENSED}
dispensing H1 D3: to_kind=ward serial=NEW {DISPENSED}
pack {GTIN} BARE1: {PACK} vials=1
pack {GTIN} BARE2: {PACK} vials=1
pack {GTIN} BARE3: {PACK} vials=1
pack {GTIN} BARE4: {PACK} vials=1
dispensing H1 D4: to_kind=ward serial=BARE1 dispensed_at=2026-02-01T10:00Z vials=1
vial_fate H1 V5: kind=destroyed serial=BARE2 vials=1 at=2026-02-01T10:00Z
reconstitution_vial H1 R1 2: serial=BARE3 vials=1
administration_vial H1 A1 3: serial=BARE4 vials=1
reconstitution H1 R1: diluent=SWFI started_at=2026-02-01T10:00Z
reconstitution_vial H1 R1 1: gtin={GTIN} serial=BAG vials=1
administration H1 A1: patient_key=PAT1 status=given started_at=2026-02-01T11:00Z
administration_vial H1 A1 1: gtin={GTIN} serial=GIVEN vials=1
reconstitution H1 R2: diluent=SWFI started_at=2026-02-01T10:00Z
reconstitution_vial H1 R2 1: gtin={GTIN} serial=BYBAG vials=1
administration_vial H1 A1 2: preparation=R2 vials=1
"""


@pytest.fixture(scope="module")
def settings(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The world above."""
    told = [row for line in filter(None, WORLD.split("\n")) for row in rows_of(line)]
    receive(shared_settings, tmp_path_factory.mktemp("scans"), told)
    return shared_settings


def facts(settings: Settings, serial: str, site: str = "H1", **other: object) -> Facts:
    """What is told of a pack."""
    at = other.pop("at", NOW)
    named = {"gtin": GTIN, "lot_number": "L1", "expires_on": EXPIRES, **other}
    reading = Reading(serial=serial, elements=(), **named)  # type: ignore[arg-type]
    with engine("lots_service", settings).connect() as connection:
        return pack_facts(connection, reading, Place(site, at))[0]  # type: ignore[arg-type]


QUIET = {
    "product_known": True,
    "lot_known": True,
    "serial_known": True,
    "list_complete": None,
    "lot_unlike": False,
    "relabelled": False,
    "expired": False,
    "expiry_unlike": False,
    # Nobody has decided anything: it is not released, and nobody stopped it.
    "released": False,
    "statuses": (),
    "stopped_elsewhere": False,
    "pack_statuses": (),
    "unfit": False,
    "returned": False,
    "excursion": False,
    "lost": False,
    "holds": 1,
    "dispensed": 0,
    "to_patient": False,
    "to_others": False,
    "to_another": None,
    "prepared": 0,
    "in_bag": 0,
    "given": 0,
    "ended": 0,
    "consigned": False,
    "delivered": False,
}


def differs(found: Facts) -> Mapping[str, object]:
    """What is told otherwise than of a pack of which nothing is told."""
    told = {field.name: getattr(found, field.name) for field in fields(Facts)}
    return {name: value for name, value in told.items() if value != QUIET[name]}


def test_the_function_tells_every_fact_and_no_other() -> None:
    assert [*FACTS] == [field.name for field in fields(Facts)] == [*QUIET]


@pytest.mark.parametrize(
    ("serial", "told"),
    [
        ("SOUND", {}),
        ("TWELVE", {"holds": 12, "ended": 1}),
        ("OLD", {"relabelled": True, "dispensed": 1, "to_others": True, "delivered": True}),
        ("NEW", {"dispensed": 1, "to_others": True, "delivered": True}),
        ("SENT", {"consigned": True, "delivered": True}),
        ("BOXED", {"consigned": True}),
        ("HOT", {"consigned": True, "unfit": True}),
        ("COLD", {"consigned": True, "excursion": True}),
        ("SHELF", {"excursion": True}),
        ("BACK", {"returned": True}),
        ("GONE", {"ended": 1}),
        ("LOST", {"lost": True}),
        ("TOPAT", {"dispensed": 1, "to_patient": True, "delivered": True}),
        ("TOWARD", {"dispensed": 1, "to_others": True, "delivered": True}),
        ("BAG", {"prepared": 1, "delivered": True}),
        ("GIVEN", {"given": 1}),
        ("BYBAG", {"prepared": 1, "given": 1, "delivered": True}),
        ("BARE1", {"dispensed": 1, "to_others": True, "delivered": True}),
        ("BARE2", {"ended": 1}),
        ("BARE3", {"prepared": 1, "delivered": True}),
        ("BARE4", {"given": 1}),
        (
            "NOBODY",
            {"serial_known": False, "list_complete": False, "lot_unlike": None, "holds": None},
        ),
        ("OTHER", {"lot_unlike": True}),
    ],
)
def test_facts_of_a_pack(settings: Settings, serial: str, told: Mapping[str, object]) -> None:
    assert differs(facts(settings, serial)) == told


def test_a_list_is_complete_where_all_packs_of_the_lot_are_on_it(settings: Settings) -> None:
    assert facts(settings, "NOBODY", lot_number="L2").list_complete is True


def test_what_is_not_known_is_told(settings: Settings) -> None:
    unknown = facts(settings, "NOBODY", lot_number="L9")
    assert (unknown.product_known, unknown.lot_known) == (True, False)
    digits = "0950600013436"
    other = facts(settings, "NOBODY", gtin=digits + check_digit(digits), lot_number="L9")
    assert (other.product_known, other.lot_known) == (False, False)
    nowhere = facts(settings, "SOUND", "NOWHERE")
    assert (nowhere.expired, nowhere.released) == (None, None)


def test_another_expiry_than_the_record_s_is_told(settings: Settings) -> None:
    assert differs(facts(settings, "SOUND", expires_on=date(2028, 2, 1))) == {"expiry_unlike": True}


@pytest.mark.parametrize(
    ("site", "at", "expired"),
    [
        # In Berlin the 1st of February began at 23:00 UTC; in Kiritimati 13 hours before.
        ("H1", datetime(2028, 1, 31, 22, 59, tzinfo=UTC), False),
        ("H1", datetime(2028, 1, 31, 23, tzinfo=UTC), True),
        ("H2", datetime(2028, 1, 31, 9, 59, tzinfo=UTC), False),
        ("H2", datetime(2028, 1, 31, 10, tzinfo=UTC), True),
        ("H3", datetime(2028, 2, 1, 9, 59, tzinfo=UTC), False),
        # Nobody says where H4 is: for some hours it may be either day.
        ("H4", datetime(2028, 1, 31, 9, 59, tzinfo=UTC), False),
        ("H4", datetime(2028, 1, 31, 10, tzinfo=UTC), None),
        ("H4", datetime(2028, 2, 1, 11, 59, tzinfo=UTC), None),
        ("H4", datetime(2028, 2, 1, 12, tzinfo=UTC), True),
    ],
)
def test_it_expires_on_the_place_s_day(
    settings: Settings, site: str, at: datetime, expired: bool | None
) -> None:
    assert facts(settings, "SOUND", site, at=at).expired is expired


def scanned(
    settings: Settings, raw: str, purpose: Purpose = Purpose.DISPENSE, site: str = "H1"
) -> Scanned:
    """What a scan is told, at the pharmacy or elsewhere."""
    return scan(settings, raw, Use(purpose, site), NOW, Scanner("tester"))


def code(serial: str) -> str:
    """A code of a pack of the first lot."""
    return f"01{GTIN}21{serial}{GS}1728013110L1"


@pytest.mark.parametrize("purpose", [p for p in Purpose if p is not Purpose.RETURN])
def test_nothing_goes_that_nobody_released(settings: Settings, purpose: Purpose) -> None:
    told = scanned(settings, code("SENT"), purpose)
    assert told.verdict in ("STOP", "QUARANTINE")
    assert {"not released"} == {g.code for g in told.grounds}
    assert [c.code for c in told.checks if not c.ran] == []


def test_of_a_string_without_separators_every_pack_is_looked_up(settings: Settings) -> None:
    told = scanned(settings, code("SENT").replace(GS, ""))
    assert [r.serial for r in told.readings] == ["SENT"]
    assert told.readings[0].mended
    assert "unreadable" in {g.code for g in scanned(settings, code("SEN").replace(GS, "")).grounds}


def test_of_what_is_no_code_nothing_is_told(settings: Settings) -> None:
    told = scanned(settings, "PATIENT-4711-MUSTER")
    assert (told.verdict, told.kind, told.length, told.readings) == ("STOP", "other", 19, ())
    assert "4711" not in repr(told)


def test_the_command_tells_its_word_first_and_fails_unless_it_goes(
    settings: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["scan", code("SENT"), "--for", "dispense", "--at", "H1"]
    assert lots(settings, asked) == 1
    assert "S T O P" in capsys.readouterr().out.splitlines()[2]
    assert lots(settings, [*asked, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["verdict"], told["site"], told["kind"]) == ("STOP", "H1", "product")
    with pytest.raises(SystemExit) as ended:
        lots(settings, [*asked, "--for", "sell"])
    assert ended.value.code == 2


@pytest.mark.parametrize("raw", [None, "PATIENT-4711-MUSTER"])
def test_of_a_place_that_no_record_tells_of_it_says_so_with_the_nearest_names(
    settings: Settings, raw: str | None
) -> None:
    """Its verdict stays what the norm makes of checks that could not be made; this says why."""
    raw = raw or code("SENT")
    assert scanned(settings, raw).nowhere == ""
    told = scanned(settings, raw, site="H-1")
    assert told.nowhere == (
        "No party record tells of 'H-1', so its market and its day are not known; near it are H1, H2, H3, H4."
    )
    assert (told.verdict, scanned(settings, raw, site="WARD-77").nowhere) == (
        "NO VERDICT" if raw == code("SENT") else "STOP",
        "No party record tells of 'WARD-77', so its market and its day are not known, nor is any of"
        " a similar name.",
    )


def test_no_home_of_a_patient_is_told_as_a_near_name(settings: Settings) -> None:
    assert "HOME-01" not in scanned(settings, code("SENT"), site="HOME-02").nowhere


def test_the_command_says_of_which_place_nothing_is_known(
    settings: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert lots(settings, ["scan", code("SENT"), "--for", "dispense", "--at", "H-1"]) == 1
    assert "near it are H1," in " ".join(capsys.readouterr().out.split())


MAY = """
SELECT r.rolname, p.proname FROM pg_proc AS p CROSS JOIN pg_roles AS r
WHERE (p.pronamespace = 'scanned'::regnamespace OR p.proname IN ('lot_status', 'pack_status'))
    AND r.rolname IN ('lots_reader', 'lots_discloser', 'lots_pipeline', 'lots_service')
    AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
"""


def test_who_scans_asks_the_functions_and_whoever_reads_asks_none(settings: Settings) -> None:
    with engine("lots_reader", settings).connect() as connection:
        may = {tuple(row) for row in connection.exec_driver_sql(MAY)}
    of_scans = ("ask_pack_facts", "keep_scan_of_account", "scan_of", "scans_of_site")
    of_bookings = ("book", "undo", "undo_given", "bag_of", "stops_of_account")
    assert may == {
        *((login, "places_near") for login in ("lots_service", "lots_pipeline")),
        *(("lots_service", name) for name in (*of_scans, *of_bookings)),
        ("lots_pipeline", "stops"),
        ("lots_pipeline", "ask_pack_facts"),
        ("lots_pipeline", "keep_scan"),
        ("lots_pipeline", "ledger_stands"),
        ("lots_service", "ledger_stands"),
    }


WHOLE = """
SELECT relname, seq_scan FROM pg_stat_xact_all_tables
WHERE schemaname IN ('accepted', 'judged', 'scanned') AND seq_scan > 0
"""


def test_no_table_is_read_whole_for_a_scan(settings: Settings) -> None:
    facts(settings, "SENT")  # what a new session looks up is no part of it
    with engine("lots_service", settings).connect() as connection:
        named = Reading(GTIN, "SENT", "L1", EXPIRES, ())
        pack_facts(connection, named, Place("H1", NOW))
        assert connection.exec_driver_sql(WHOLE).all() == []


# --- kept -----------------------------------------------------------------------------------------

KEPT = """
SELECT site, by, purpose, kind, length, readings, verdict, act IS NULL FROM scanned.scan WHERE scan = {}
"""


def test_a_scan_is_kept_with_its_verdict_before_it_is_answered(settings: Settings) -> None:
    told = scanned(settings, code("SENT"))
    ((site, by, purpose, kind, length, readings, verdict, waits),) = rows(
        settings, KEPT.format(told.scan), "lots_pipeline"
    )
    assert (site, by, purpose, kind, verdict) == ("H1", "tester", "dispense", "product", "STOP")
    assert isinstance(readings, list)
    assert (length, readings[0]["serial"], waits) == (len(code("SENT")), "SENT", True)


def test_of_a_wristband_nothing_is_kept_but_kind_length_and_time(settings: Settings) -> None:
    told = scanned(settings, "PATIENT-4711-MUSTER")
    ((_, by, _, kind, length, readings, _, _),) = rows(
        settings, KEPT.format(told.scan), "lots_pipeline"
    )
    assert (by, kind, length, readings) == (None, "other", 19, None)
    whole = rows(settings, "SELECT string_agg(s::text, '') FROM scanned.scan AS s", "lots_pipeline")
    assert "4711" not in str(whole)


@pytest.mark.parametrize("role", ["lots_reader", "lots_discloser", "lots_service"])
def test_no_login_reads_who_scanned(settings: Settings, role: str) -> None:
    with pytest.raises(sa.exc.ProgrammingError):
        rows(settings, "SELECT by FROM scanned.scan", role)
