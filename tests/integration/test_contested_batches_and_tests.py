"""Of versions that contradict each other the worse counts: the database passes no lot by one of
them alone.
"""

from collections import defaultdict
from pathlib import Path

from lots.records import record as record_of
from lots.settings import Settings
from tests.acceptance.small_worlds import outcome
from tests.builders import rows, table, take, write

SIGNED = {"citation": "for the test", "prepared_by": "QA-1", "approved_by": "QA-2"}
REFERENCE = """
party party_id=P zone=Europe/Vienna jurisdiction=AT
lot_test_specification gtin=96385074 test=pH valid_from=2020-01-01 low=4 high=5 value_unit=pH
clearance process_version=SD virus=X valid_from=2020-01-01 enveloped=yes tested=yes log10=4
clearance process_version=NF virus=X valid_from=2020-01-01 enveloped=yes tested=yes log10=4
clearance process_version=WEAK virus=X valid_from=2020-01-01 enveloped=yes tested=yes log10=3.99
"""
MADE = """
viral_inactivation_load plant=P batch=B# from_lot_number=1# from_step=bulk lot_number=2# step=bulk
virus_removal_load plant=P batch=N# from_lot_number=2# from_step=bulk lot_number=3# step=bulk
lot_input manufacturer=P lot_number=L# step=packed from_manufacturer=P from_number=3# from_step=bulk
lot manufacturer=P lot_number=L# step=packed gtin=96385074 made_at=2026-03-01T12:00Z
"""
TREATED = "viral_inactivation plant=P batch=B# started_at=2026-01-01T12:00Z process_version="
FILTERED = (
    "virus_removal plant=P batch=N# started_at=2026-01-02T12:00Z process_version=NF"
    " integrity_before=pass integrity_after=pass method="
)
TESTED = "lot_test manufacturer=P lot_number=L# step=packed test=pH run=1 value_unit=pH "
WORLDS = (  # rule, rows, what it says
    ("V06", (f"{TREATED}SD", f"{FILTERED}nanofiltration"), "pass"),
    ("V06", (f"{TREATED}SD", f"{TREATED}WEAK", f"{FILTERED}nanofiltration"), "finding"),
    ("V06", (f"{TREATED}SD", f"{TREATED}NEW", f"{FILTERED}nanofiltration"), "pending"),
    ("V06", (f"{TREATED}SD", f"{FILTERED}nanofiltration", f"{FILTERED}low_ph"), "pass"),
    ("V06", (f"{TREATED}WEAK", f"{TREATED}NEW", f"{FILTERED}nanofiltration"), "finding"),
    ("S02", (f"{TESTED}conclusion=passed value=5", f"{TESTED}conclusion=passed value=4"), "pass"),
    (
        "S02",
        (f"{TESTED}conclusion=passed value=5", f"{TESTED}conclusion=invalid value=5"),
        "pending",
    ),
    ("S02", (f"{TESTED}conclusion=passed value=5", f"{TESTED}value=5"), "pending"),
    (
        "S02",
        (f"{TESTED}conclusion=passed value=5", f"{TESTED}conclusion=passed value=6"),
        "finding",
    ),
)


def sent(settings: Settings, folder: Path, told: str) -> None:
    """Receive rows, a line each, one file for each record."""
    records: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for record, *values in (line.split() for line in told.strip().splitlines() if line.strip()):
        names = dict.fromkeys((c.name for c in record_of(record).columns), "")
        own = SIGNED if "approved_by" in names else {}
        records[record].append(names | own | dict(value.split("=", 1) for value in values))
    take(
        settings,
        *(write(folder, f"{record}-1.csv", table({}, of)) for record, of in records.items()),
    )


def test_the_worse_of_contested_versions_counts_in_the_walk_and_in_the_database(
    lots_settings: Settings, tmp_path: Path
) -> None:
    worlds = [
        ("\n".join((MADE, *of)).replace("#", f"x{n}"), rule, said)
        for n, (rule, of, said) in enumerate(WORLDS)
    ]
    sent(lots_settings, tmp_path, "\n".join((REFERENCE, *(told for told, _, _ in worlds))))
    kept = {
        (rule, number): said
        for rule, number, said in rows(
            lots_settings,
            "SELECT rule, subject ->> 1, outcome FROM judged.outcome WHERE rule IN ('V06', 'S02')",
        )
    }
    walked = [
        outcome(rule, f"P Lx{n} packed", REFERENCE, told)
        for n, (told, rule, _) in enumerate(worlds)
    ]
    found = [kept.get((rule, f"Lx{n}"), "pass") for n, (_, rule, _) in enumerate(worlds)]
    assert (walked, found) == ([said for *_, said in worlds],) * 2
