"""What a fuller version of the same sender may fill in without a declared correction: it adds, and
takes nothing away.
"""

import re

from lots.grammar.schema import Kind
from lots.records import records, two_people
from lots.settings import ROOT

NEVER = re.compile(  # conclusions, ends of validities, reviews, units
    r".*(interpretation|operator|status|conclusion|fit|integrity|clear|unit|step|phase|kind)"
    r"|.*(valid_to|until|requalified_on|expires_on|unpacked_at|closed_at|released_at|reported_at)"
    r"|(reviewed|approved|prepared|supervised|corrected|stated)_.*|.*_expires_on.*|retracted"
)
GONE = {
    "vial_fate",
    "stock_count",
    "package_content",
    "official_release",
    "approval",
    "same_person",
}
LEADS_ELSEWHERE = {("administration_vial", "serial"), ("administration_vial", "lot_number")}
COMPLETABLE = {
    (record.name, column.name)
    for record in records().values()
    for column in record.columns
    if column.completable
}


def test_nothing_that_concludes_or_ends_may_be_completed() -> None:
    assert [name for name in sorted(COMPLETABLE) if NEVER.fullmatch(name[1])] == []
    assert [
        (record.name, column.name)
        for record in records().values()
        for column in record.columns
        if column.completable
        and (column.kind in (Kind.CHOICE, Kind.GTIN) or column.name in record.key)
    ] == []


def test_nothing_that_takes_packs_away_may_be_completed() -> None:
    assert [name for name in sorted(COMPLETABLE) if name[0] in GONE] == []
    assert [name for name in sorted(COMPLETABLE) if records()[name[0]].reference] == []
    assert sorted(COMPLETABLE & LEADS_ELSEWHERE) == []


def test_the_page_lists_what_may_be_completed() -> None:
    page = (ROOT / "docs" / "versions.md").read_text("utf-8")
    listed = re.findall(r"^- (\w+): (.+)$", page, re.MULTILINE)
    assert {(name, c) for name, columns in listed for c in columns.split(", ")} == COMPLETABLE


def test_the_page_names_the_records_of_which_one_person_is_enough() -> None:
    page = (ROOT / "docs" / "versions.md").read_text("utf-8")
    alone = [name for name, record in records().items() if not two_people(record)]
    assert f"One person is enough for: {', '.join(alone)}." in page


def test_some_columns_may_be_completed() -> None:
    """So that the tests above look at something."""
    assert {("plasma_unit", "donation_number"), ("dispensing", "patient_key")} <= COMPLETABLE
