"""One thing whole: every version, what was sent and what was read, what hangs on it, and what is not
shown to whoever may not see it. On a real PostgreSQL.
"""

from collections.abc import Callable, Sequence

import pytest

from lots.answers.shown import Shown, ShownFinding, ShownRefused
from lots.errors import CallError, NotFound
from lots.pipeline import lists
from lots.pipeline.show import show
from lots.settings import Settings
from tests.answers import answer_of
from tests.builders import donations, full, results, table
from tests.integration.test_answers import GIVEN, PACK, chain, received

DONOR = "KEY-OF-A-DONOR"
OF_DONOR = {"tested": "donor", "tested_id": DONOR, "sample": "S9"}
REACTIVE = {"tested_id": "D2", "sample": "S8", "interpretation": "reactive"}
Lots = Callable[[Settings, Sequence[str]], int]


@pytest.fixture(scope="module")
def settings(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A chain, with a low protein, a contested donation, and results of a donation and a donor."""
    folder = tmp_path_factory.mktemp("shown")
    chain(shared_settings, folder)
    received(
        shared_settings,
        folder / "more",
        donation=donations(
            {"donation_number": "D2", "donor_key": DONOR, "total_protein_g_dl": "5"},
            {"donation_number": "D3", "donor_key": DONOR, "collected_at": "yesterday"},
            {"donor_key": DONOR},
            {"donation_number": "", "donor_key": DONOR},
        ),
        test_result=results({}, OF_DONOR, REACTIVE),
        donor=table(full("donor", donor_key=DONOR, as_of="2026-01-01"), [{}]),
        administration_vial=table(
            GIVEN, [{"item": "2", "serial": "S9", "lot_number": "L9"}, {"item": "3"}]
        ),
    )
    return shared_settings


def thing(settings: Settings, record: str, key: str, *, disclosed: bool = False) -> Shown:
    """A key as it is shown."""
    found = show(settings, record, key, disclosed=disclosed)
    assert isinstance(found, Shown)
    return found


def finding(settings: Settings, rule: str, *, disclosed: bool = False) -> ShownFinding:
    """The first finding of a rule as it is shown."""
    number = lists.waiting(settings, "findings", rule=rule).rows[0].finding
    found = show(settings, "finding", str(number), disclosed=disclosed)
    assert isinstance(found, ShownFinding)
    return found


def read(shown: Shown) -> dict[str, str | None]:
    """What was read of the first version, of what may be seen."""
    return {v.column: v.read for v in shown.versions[0].values if v.shown}


def test_every_version_is_shown_with_its_file_and_line(settings: Settings) -> None:
    shown = thing(settings, "donation", "D1")
    assert [(v.stands, v.file_name) for v in shown.versions] == [
        (True, "donation-0.csv"),
        (True, "donation-0.csv"),
    ]
    assert shown.contested in {f.finding for f in shown.findings if f.rule == "contested"}
    assert read(shown)["centre"] == "C1"
    assert read(shown)["collected_at"] == "2026-01-05 10:00:00+01:00"


def test_what_hangs_on_a_thing_and_what_it_names_is_told(settings: Settings) -> None:
    shown = thing(settings, "donation", "D1")
    hanging = {(h.record, h.rows): h.first for h in shown.hangs_on_it}
    assert hanging["plasma_unit", 1] == (("U1",),)
    assert hanging["test_result", 1] == (("S1", "HBsAg", "1"),)
    pack = thing(settings, "pack", f"{PACK['gtin']}/S1")
    assert [(n.record, n.key, n.arrived) for n in pack.names] == [
        ("lot", ("M1", "L1", "packed"), False)
    ]
    line = thing(settings, "administration_vial", "W1/A1/2")
    assert {(n.link, n.arrived) for n in line.names} >= {("pack", False), ("lot", False)}
    assert {(h.record, h.rows) for h in pack.hangs_on_it} == {("administration_vial", 2)}


def test_what_was_tested_is_shown_where_it_is_no_person(settings: Settings) -> None:
    assert read(thing(settings, "test_result", "S1/HBsAg/1"))["tested_id"] == "D1"
    assert "tested_id" not in read(thing(settings, "test_result", "S9/HBsAg/1"))


def test_a_person_s_key_and_what_was_sent_are_shown_to_whoever_may_see_them(
    settings: Settings,
) -> None:
    assert "donor_key" not in read(thing(settings, "donation", "D3"))
    values = {
        v.column: v for v in thing(settings, "donation", "D3", disclosed=True).versions[0].values
    }
    assert (values["donor_key"].read, values["collected_at"].sent) == (DONOR, "yesterday")
    donor = thing(settings, "donor", f"{DONOR}/2026-01-01", disclosed=True)
    assert ("donation", 3) in {(h.record, h.rows) for h in donor.hangs_on_it}
    with pytest.raises(CallError, match="named by a person's key; expected --disclose"):
        thing(settings, "donor", f"{DONOR}/2026-01-01")


def test_a_finding_is_shown_with_its_rule_its_value_and_its_limit(settings: Settings) -> None:
    shown = finding(settings, "D04")
    assert shown.limit == "6.0 ≤ total_protein_g_dl ≤ 9.0"
    assert {v.column: v.read for v in shown.values} == {
        "plasma_kind": "source",
        "total_protein_g_dl": "5.000",
    }
    assert (shown.holds, [(h.record, h.key) for h in shown.held]) == (
        "unit",
        [("donation", ("D2",))],
    )
    assert (shown.on.record, shown.on.key) == ("donation", ("D2",))
    assert shown.held[0].ends_with == (f"lots resolve finding {shown.finding}",)


def test_a_rule_that_is_not_met_reads_as_such(
    settings: Settings, lots: Lots, capsys: pytest.CaptureFixture[str]
) -> None:
    number = finding(settings, "D04").finding
    limit = "Total protein is 6.0 to 9.0 g/dL."
    assert lots(settings, ["show", "finding", str(number)]) == 0
    of_finding = " ".join(capsys.readouterr().out.split())
    assert f"not met {limit}" in of_finding
    assert f"D04 is not met: {limit}" in of_finding
    assert lots(settings, ["show", "donation", "D2"]) == 0
    assert f": not met: {limit}" in " ".join(capsys.readouterr().out.split())


def test_a_finding_across_records_says_what_it_is_on_and_by_what_it_was_judged(
    settings: Settings,
) -> None:
    found = lists.waiting(settings, "findings").rows
    across = next(f for f in found if f.told_by == "across records")
    shown = show(settings, "finding", str(across.finding), disclosed=False)
    assert isinstance(shown, ShownFinding)
    assert shown.says
    assert shown.citation
    assert shown.on.key == across.key


def test_nothing_shown_to_a_reader_names_a_person(
    settings: Settings, lots: Lots, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [["donation", "D3"], ["donation", "D1"], ["test_result", "S9/HBsAg/1"]]
    asked += [["row", r.refused] for r in lists.waiting(settings, "refused").rows]
    asked += [["finding", str(f.finding)] for f in lists.waiting(settings, "findings").rows]
    for what in asked:
        assert lots(settings, ["show", *what]) == 0
        shown = capsys.readouterr().out
        assert lots(settings, ["show", *what, "--json"]) == 0
        printed = capsys.readouterr().out
        answer_of("show", printed)
        assert DONOR not in shown + printed, what
        assert "yesterday" not in shown + printed, what


@pytest.mark.parametrize(
    ("what", "key", "kind", "says"),
    [
        ("donation", "D9", NotFound, "No donation D9 was ever accepted."),
        ("pack", "S1", CallError, "'S1' does not name a pack; expected GTIN/SERIAL"),
        ("pack", "1/S1", CallError, "1"),
        ("finding", "0815x", CallError, "'0815x' is no number of a finding"),
        ("finding", "99999", NotFound, "No finding 99999 was ever opened."),
        ("bag", "1", CallError, "'bag' is not a record type"),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(
    settings: Settings, what: str, key: str, kind: type[Exception], says: str
) -> None:
    with pytest.raises(kind) as told:
        show(settings, what, key, disclosed=False)
    assert says in str(told.value)


def test_a_row_is_shown_by_its_receipt_and_line(settings: Settings) -> None:
    (version,) = thing(settings, "donation", "D2").versions
    assert thing(settings, "row", version.row) == thing(settings, "donation", "D2")
    with pytest.raises(NotFound, match="No row 99:1 was ever received"):
        thing(settings, "row", "99:1")
    with pytest.raises(CallError, match="expected RECEIPT:LINE"):
        thing(settings, "row", "99")
    (donor,) = thing(settings, "donor", f"{DONOR}/2026-01-01", disclosed=True).versions
    with pytest.raises(CallError, match="named by a person's key"):
        thing(settings, "row", donor.row)


def test_a_refused_row_is_shown_with_its_reasons_and_as_it_came_to_whoever_may_see_it(
    settings: Settings,
) -> None:
    row = lists.waiting(settings, "refused").rows[0].refused
    unseen, seen = (show(settings, "row", row, disclosed=d) for d in (False, True))
    assert isinstance(unseen, ShownRefused)
    assert isinstance(seen, ShownRefused)
    assert (unseen.sent, unseen.may_name) == (None, ())
    assert unseen.reasons == seen.reasons
    assert "donation_number is not empty" in " ".join(seen.reasons)
    assert DONOR in (seen.sent or "")


def test_a_key_whose_part_has_a_slash_is_a_list(settings: Settings) -> None:
    assert thing(settings, "test_result", '["S1", "HBsAg", "1"]').key == ("S1", "HBsAg", "1")
    with pytest.raises(CallError, match="does not name a test_result"):
        thing(settings, "test_result", '["S1", "HBsAg"]')
