"""What findings hold (docs/held.md), and that a person's word alone ends it. On a real PostgreSQL."""

import re
from pathlib import Path

from lots.answers.lists import Held
from lots.pipeline import lists, resolve
from lots.settings import Settings
from tests.builders import NOW, donations, results, take, write
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive

WORD = resolve.Word("QA-9", "looked into")
LOW = "plasma_kind=source total_protein_g_dl=5"
AT = "collected_at=2026-01-01T12:00Z"
LOT = "manufacturer=M1 lot_number=L1 step=packed"
REACTIVE = "interpretation=reactive tested_at=2026-01-02T12:00Z"
NAMES = re.compile(r"\b((?:MP|[DUPNBSLM])\d)\b")
# What is told, and a thing that it holds: as what, its record and its key.
CASES = {
    "a donation without a unit": (f"donation D1: {LOW} {AT}", ("unit", "donation", ("D1",))),
    "a unit of no pool": (
        f"donation D1: {LOW} {AT}\nplasma_unit U1: donation_number=D1",
        ("unit", "plasma_unit", ("U1",)),
    ),
    "a unit of a pool": (
        f"donation D1: {LOW} {AT}\nplasma_unit U1: donation_number=D1\npool_unit M1 P1 U1",
        ("lot", "pool", ("M1", "P1")),
    ),
    "a result of a donation": (
        f"plasma_unit U1: donation_number=D1\ntest_result 1 HBsAg 1: tested=donation tested_id=D1 {REACTIVE}",
        ("unit", "plasma_unit", ("U1",)),
    ),
    "a result of a donor, by another key of the person": (
        "same_person C1 1: kind=donor status=stated one_key=N1 other_key=N2\n"
        f"donation D1: donor_key=N2 {AT}\n"
        f"test_result 1 HBsAg 1: tested=donor tested_id=N1 {REACTIVE}",
        ("unit", "donation", ("D1",)),
    ),
    "a result of a minipool in a minipool": (
        "minipool_member MP1 minipool MP2\nminipool_member MP2 donation D1\n"
        f"test_result 1 HBsAg 1: tested=minipool tested_id=MP1 {REACTIVE}",
        ("unit", "donation", ("D1",)),
    ),
    "a result of nobody knows what": (
        f"test_result 1 HBsAg 1: tested=donation {REACTIVE}",
        ("unit", "test_result", ("1", "HBsAg", "1")),
    ),
    "a result of a pool": (
        f"pool M1 P1: pooled_at=2026-01-01T12:00Z\n"
        f"test_result 1 HBsAg 1: tested=pool tested_id=P1 {REACTIVE}",
        ("lot", "pool", ("M1", "P1")),
    ),
    "a batch without its time": (
        "viral_inactivation M1 B1: process_version=V1\n"
        "viral_inactivation_load M1 B1 S1 bulk B1 bulk",
        ("lot", "lot", ("M1", "B1", "bulk")),
    ),
    "a pack without its lot": (
        "pack 09506000134352 S1: vials=1",
        ("lot", "pack", ("09506000134352", "S1")),
    ),
    "a pack of a lot": (
        f"pack 09506000134352 S1: {LOT}",
        ("lot", "lot", ("M1", "L1", "packed")),
    ),
}


def held(settings: Settings) -> dict[tuple[str, str, tuple[str | None, ...]], Held]:
    """Everything that is held."""
    return {(h.holds, h.record, h.key): h for h in lists.held(settings).rows}


def of_case(text: str, number: int) -> str:
    """The same with names of its own: many cases stand in one database."""
    samples = re.sub(r"\btest_result 1\b", f"test_result {number}", text)
    return NAMES.sub(rf"\1-{number}", samples)


def test_what_a_finding_holds_follows_from_what_it_is_on(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told, wanted = [], {}
    for number, (case, (text, (holds, record, key))) in enumerate(CASES.items(), 1):
        told += of_case(text, number).split("\n")
        name, *parts = of_case(" ".join((record, *key)), number).split()
        wanted[case] = (holds, name, tuple(parts))
    receive(lots_settings, tmp_path, [row for line in told for row in rows_of(line)])
    found = held(lots_settings)
    assert {case: thing for case, thing in wanted.items() if thing not in found} == {}
    for case, thing in wanted.items():
        assert all(" is not met: " in why for why in found[thing].why), case
        assert len(found[thing].ends_with) == len(found[thing].findings), case


def test_a_pool_is_held_with_what_was_made_of_it(lots_settings: Settings, tmp_path: Path) -> None:
    told = f"{CASES['a unit of a pool'][0]}\nlot_input M1 L1 packed M1 P1 pool"
    receive(lots_settings, tmp_path, [row for line in told.split("\n") for row in rows_of(line)])
    assert held(lots_settings)["lot", "pool", ("M1", "P1")].packed_lots == 1


def test_a_person_ends_what_is_held_and_newer_data_do_not(
    lots_settings: Settings, tmp_path: Path
) -> None:
    thing = ("unit", "donation", ("D1",))
    corrected = {"correction": "1", "corrected_by": "X", "correction_reason": "slip"}
    for n, row in enumerate(
        ({"total_protein_g_dl": "5"}, {"total_protein_g_dl": "7", **corrected})
    ):
        take(lots_settings, write(tmp_path, f"donation-{n}.csv", donations(row)))
    found = held(lots_settings)[thing]
    assert found.state == "explained"
    for number in found.findings:
        resolve.close(lots_settings, number, WORD, now=NOW)
    assert thing not in held(lots_settings)


def test_a_contested_key_is_held_until_a_person_decides(
    lots_settings: Settings, tmp_path: Path
) -> None:
    for n, said in enumerate(("nonreactive", "invalid")):
        rows = results({"interpretation": said})
        take(lots_settings, write(tmp_path, f"test_result-{n}.csv", rows))
    (number,) = (c.finding for c in lists.waiting(lots_settings, "contested").rows)
    call = f"lots resolve contested {number}"
    on = held(lots_settings)["unit", "donation", ("D1",)]
    assert "contested: Two records contradict each other, and nobody has decided." in on.why
    assert call in held(lots_settings)["unit", "donation", ("D1",)].ends_with
    keep = resolve.versions(lots_settings, number).rows[0].keep
    resolve.decide(lots_settings, number, keep, WORD, now=NOW)
    ends = {end for thing in held(lots_settings).values() for end in thing.ends_with}
    assert not {call, f"lots resolve finding {number}"} & ends
