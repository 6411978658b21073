"""A closing stands on what was breached then: another breach of the same rule and subject opens the
finding again, and nothing else does.
"""

from datetime import timedelta
from pathlib import Path

from lots.pipeline import resolve
from lots.pipeline.evaluate_anew import evaluate_anew
from lots.pipeline.watch import watch
from lots.settings import Settings
from tests.builders import NOW, rows
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive

WORD = resolve.Word("QA-9", "looked into")
BREACHED = """
party P,C: zone=Europe/Vienna jurisdiction=AT
screening_scheme AT source 2020-01-01
screening_requirement AT source donation HBsAg,HCV-NAT 2020-01-01: term_days=30
screening_requirement AT source pool HBsAg,HCV-NAT 2020-01-01: term_days=30
donation D: donor_key=K centre=C plasma_kind=source collected_at=2026-01-01T12:00Z
deferral C 1: donor_key=K cause=other deferred_from=2025-12-01
plasma_unit U: donation_number=D volume_ml=800
pool P 1: pooled_at=2026-03-01T12:00Z volume_l=800
pool P 2: pooled_at=2026-03-01T12:00Z volume_l=800
pool_unit P 1,2 U: volume_ml=100
unit_event U 1: kind=held at=2026-02-01T12:00Z
test_result 1 HBsAg 1: tested=donation tested_id=D interpretation=reactive
test_result 2 HBsAg 1: tested=pool tested_id=1 interpretation=reactive
lot P L packed: gtin=96385074 made_at=2026-03-01T12:00Z
product 96385074 2020-01-01: donors_min=3
lot_input P L packed P 1 pool
lot_test_specification 96385074 pH,sterility 2020-01-01: high=5 value_unit=pH
lot_test P L packed pH 1: conclusion=failed value=6 value_unit=pH
lyophilisation P Y: recipe=R loaded_at=2026-03-01T12:00Z
dryer_recipe P R 2020-01-01: pirani=yes end_ratio=1.5 end_min=10
lyophilisation_reading P Y 600: phase=4 pirani_mtorr=90 cm_mtorr=30
"""
HARMLESS = """
donation D9: donor_key=K9 centre=C plasma_kind=source collected_at=2026-01-02T12:00Z
deferral C 9: donor_key=K cause=other deferred_from=2027-12-01
unit_event U 9: kind=relabelled at=2026-02-02T12:00Z
test_result 9 HCV-NAT 1: tested=donation tested_id=D interpretation=invalid
test_result 9 HBsAg 1: tested=pool tested_id=1 interpretation=nonreactive
lot_test P L packed pH 2: conclusion=passed value=4 value_unit=pH
lyophilisation_reading P Y 660: phase=4 pirani_mtorr=31 cm_mtorr=30
"""
LATER = {
    "D07": "test_result 3 HCV-NAT 1: tested=donation tested_id=D interpretation=reactive",
    "D11": "deferral C 2: donor_key=K cause=other deferred_from=2025-11-01",
    "L03": "lyophilisation_reading P Y 630: phase=4 pirani_mtorr=90 cm_mtorr=30",
    "P01": "donation D8: donor_key=K8\nplasma_unit U8: donation_number=D8\npool_unit P 1 U8",
    "P03": "test_result 4 HCV-NAT 1: tested=pool tested_id=1 interpretation=reactive",
    "P05": "pool_unit P 3 U: volume_ml=100",
    "S02": "lot_test P L packed sterility 1: conclusion=failed",
    "U01": "unit_event U 2: kind=destroyed at=2026-02-03T12:00Z",
}
RULES = [*LATER, "D07.pooled", "V06"]


def sent(settings: Settings, folder: Path, lines: str) -> None:
    """Receive the rows of these lines, and put the rules to them."""
    receive(settings, folder, [row for line in lines.split("\n") if line for row in rows_of(line)])


def in_state(settings: Settings, state: str) -> set[str]:
    """The rules across records of which a finding is in this state."""
    found = rows(
        settings,
        f"SELECT DISTINCT rule FROM judged.finding_now WHERE receipt IS NULL AND state = '{state}'",
    )
    return {str(name) for (name,) in found}


def close_all(settings: Settings) -> None:
    """A person closes every finding of a rule across records that is open."""
    found = rows(
        settings,
        "SELECT finding FROM judged.finding_now WHERE receipt IS NULL AND state = 'open'",
    )
    for (number,) in found:
        assert isinstance(number, int)
        resolve.close(settings, number, WORD, now=NOW)


def events(settings: Settings) -> list[tuple[object, ...]]:
    """What happened to findings, in order."""
    return rows(settings, "SELECT finding, kind FROM judged.event ORDER BY event")


def test_what_is_breached_later_opens_a_closed_finding_again(
    lots_settings: Settings, tmp_path: Path
) -> None:
    sent(lots_settings, tmp_path / "breached", BREACHED)
    assert in_state(lots_settings, "open") >= {*LATER, "D07.pooled"}
    close_all(lots_settings)
    closed = events(lots_settings)
    sent(lots_settings, tmp_path / "harmless", HARMLESS)
    evaluate_anew(lots_settings, RULES, now=NOW)
    assert in_state(lots_settings, "open") == set()
    assert events(lots_settings) == closed
    for name, lines in LATER.items():
        sent(lots_settings, tmp_path / name, lines)
        assert name in in_state(lots_settings, "open"), name
        told = events(lots_settings)
        evaluate_anew(lots_settings, RULES, now=NOW)
        assert events(lots_settings) == told
        close_all(lots_settings)
        assert in_state(lots_settings, "open") == set()


def test_a_term_that_was_closed_is_opened_by_a_breach_and_by_a_later_term_alone(
    lots_settings: Settings, tmp_path: Path
) -> None:
    late = NOW + timedelta(days=4000)
    missing = [line for line in BREACHED.split("\n") if not line.startswith("test_result")]
    sent(lots_settings, tmp_path / "missing", "\n".join(missing))
    watch(lots_settings, now=late)
    assert "D07" in in_state(lots_settings, "open")
    close_all(lots_settings)
    watch(lots_settings, now=late)
    assert in_state(lots_settings, "open") == set()
    sent(lots_settings, tmp_path / "later", LATER["D07"])
    assert in_state(lots_settings, "open") == {"D07", "D07.pooled"}
