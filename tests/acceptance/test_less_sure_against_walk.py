"""What a person or a place has surely, and what cannot matter, where a label may be of another vial,
or a key of another person (docs/certificate.md): the database and the walk say the same, and the truth
lies within.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from lots.answers import Between
from lots.pipeline.implicate import Subject
from lots.pipeline.trace import tree
from lots.settings import Settings
from lots.store.engine import Connection
from tests.acceptance import certificates, told_rows, traces
from tests.acceptance.drawn import SAID
from tests.acceptance.test_renamed_packs_against_walk import NEW, OLD, changed, renamed
from tests.acceptance.test_renamed_packs_against_walk import told as under_two_lots
from tests.integration.losses import NOBODY_KNOWS, Loss, ask, lost, world
from tests.integration.small_world import GTIN, OTHER, Told, at
from tests.integration.test_written_otherwise import of_two_results
from tests.worlds.changes import TAKEN_BACK, changes

PERSONS = (("patient", "PAT1"), ("party", "H1"))


def _alike(connection: Connection, kind: str, name: str) -> certificates.Said:
    """What both say of it."""
    said = certificates.of_database(connection, kind, name)
    assert said is not None
    walked = certificates.of_walk(*told_rows.told(connection), kind, name)
    assert not (differing := [*certificates.differences(said, walked)]), "\n".join(differing)
    return said


def _traced_alike(connection: Connection, kind: str, name: str) -> traces.Said:
    """What both say of it, as a trace."""
    said = traces.of_database(connection, kind, name)
    assert said is not None
    walked = traces.of_walk(*told_rows.told(connection), kind, name)
    assert not (differing := [*traces.differences(said, walked)]), "\n".join(differing)
    return said


def _second(connection: Connection, record: str, said: str) -> Loss:
    """A second version of the first row of a record, which says something else."""
    return next(
        loss
        for loss in changes(connection)
        if (loss.record, loss.how) == (record, "contradicted") and loss.name.endswith(f" {said}")
    )


def _dispensed_to_a_patient() -> Told:
    """One pack, dispensed to whom it was given, without a preparation; its neighbour to somebody else."""
    told = Told()
    told.rows("dispensing")[0] |= {"to_kind": "patient", "patient_key": "PAT1"}
    told.rows("administration_vial")[0] |= {"preparation": ""}
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    infusions.append({**infusions[0], "administration": "A2", "patient_key": "PAT2"})
    lines.append({**lines[0], "administration": "A2", "serial": "S2"})
    return told


@pytest.mark.parametrize(("kind", "name"), PERSONS)
def test_what_a_contested_infusion_may_have_given_was_not_surely_dispensed_only(
    lots_settings: Settings, tmp_path: Path, kind: str, name: str
) -> None:
    """Of another pack of the lot, by its second version, and then what was dispensed was not given."""
    told = _dispensed_to_a_patient()
    for record in ("reconstitution", "reconstitution_vial"):
        told.rows(record).clear()
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        second = _second(connection, "administration_vial", "serial = 'S2'")
        whole = _traced_alike(connection, kind, name)
        assert whole.figures["dispensed_only"] == (0, 0)
        with lost(connection, second):
            said = _traced_alike(connection, kind, name)
    assert said.figures["dispensed_only"][0] == 0


@pytest.mark.parametrize(("kind", "name"), [("patient", "PAT2"), ("party", "H1")])
def test_what_goes_under_two_labels_may_be_one_vial(
    lots_settings: Settings, tmp_path: Path, kind: str, name: str
) -> None:
    """Dispensed by its old label and given by its new one: one vial, whatever became of the relabelling."""
    told = renamed()
    gtin, serial = OLD.split("/")
    sold = {"gtin": gtin, "serial": serial, "lot_number": "", "dispensing": "DI2"}
    to = {"to_kind": "patient", "patient_key": "PAT2"}
    told.rows("dispensing").append({**told.rows("dispensing")[0], **sold, **to})
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection, under_two_lots(connection, "K1", "L1", NEW):
        assert _traced_alike(connection, kind, name).figures["dispensed_only"] == (0, 0)
        slips = [one for one in changes(connection) if one.record == "relabelling"]
        for slip in [one for one in slips if one.how not in SAID]:
            with lost(connection, slip):
                said = _traced_alike(connection, kind, name)
            assert said.figures["dispensed_only"][0] == 0, slip.name


def test_what_went_to_a_ward_or_to_somebody_may_be_of_one_person_more(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Of a ward nobody need be named; one version of it alone says that it went to one."""
    told = Told()
    for record in (
        "administration",
        "administration_vial",
        "reconstitution",
        "reconstitution_vial",
    ):
        told.rows(record).clear()
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        second = _second(connection, "dispensing", "vials = 2")
        to_somebody = (
            "UPDATE accepted.dispensing SET to_kind = 'patient', vials = 1 WHERE version = 2"
        )
        either = replace(second, statements=(*second.statements, to_somebody))
        whole = _alike(connection, "lot", "M1/L1/packed")
        assert whole.figures["patients_dispensed_only"] == (0, 0)
        with lost(connection, either):
            said = _alike(connection, "lot", "M1/L1/packed")
    assert said.figures["patients_dispensed_only"] == (0, 1)


def test_a_name_is_near_to_what_a_pack_became(lots_settings: Settings, tmp_path: Path) -> None:
    """What was in a package, under the later label and a product written wrong, may be the pack."""
    told = Told()
    told.rows("lot").append({**told.rows("lot")[-1], "lot_number": "K9", "gtin": OTHER})
    told.rows("lot_input").append({**told.rows("lot_input")[-1], "lot_number": "K9"})
    packs = told.rows("pack")
    packs.append({**packs[1], "gtin": OTHER, "serial": "LATER-77", "lot_number": "K9"})
    told.senders["M1"]["relabelling"] = [
        {
            "gtin": GTIN,
            "serial": "S2",
            "new_gtin": OTHER,
            "new_serial": "LATER-77",
            "party": "M1",
            "relabelled_at": at(6),
        }
    ]
    told.senders["M1"]["package_content"] = [
        {
            "sscc": "340123450000000017",
            "item": "1",
            "gtin": OTHER,
            "serial": "LATER-77",
            "packed_at": at(6),
        }
    ]
    told.send(lots_settings, tmp_path)
    wrong = changed("package_content", "item = '1'", gtin=NOBODY_KNOWS)
    with world(lots_settings) as connection, lost(connection, wrong):
        for kind, name in (("pack", f"{GTIN}/S2"), ("lot", "M1/L1/packed")):
            said = _alike(connection, kind, name)
            assert "package_content" in {end.record for end in said.might}, kind
            assert not said.out, kind


def test_where_nothing_is_reached_no_lot_without_inputs_tells_lines_apart(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Of a minipool without members nobody knows what it leads to: a line of no lot may be of that."""
    told = Told()
    lots = told.rows("lot")
    lots.append({**lots[-1], "lot_number": "K9", "gtin": OTHER})
    told.rows("administration_vial")[0] |= {"serial": "", "lot_number": "L-nobody-knows"}
    told.send(lots_settings, tmp_path)
    gone = Loss("minipool_member", "", "lost", "", ("DELETE FROM accepted.minipool_member",))
    with world(lots_settings) as connection, lost(connection, gone):
        said = _alike(connection, "kit_lot", "K1")
        assert {(end.record, end.sort) for end in said.might} >= {
            ("administration_vial", "parked"),
            ("minipool", "without"),
        }
        assert "lot" not in {end.record for end in said.might}
        assert not said.out


def test_what_is_proposed_of_one_person_makes_another_no_less_sure(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Asked by a key under which nothing was given, the donor is known by a statement alone."""
    told = Told()
    stated = {
        "party": "C1",
        "kind": "donor",
        "confidence": "certain",
        "stated_at": at(1),
        "status": "stated",
    }
    told.senders["M1"]["same_person"] = [
        {**stated, "statement": "ST1", "one_key": "P1", "other_key": "P1K"},
        {**stated, "statement": "ST2", "one_key": "Q1", "other_key": "Q1K"},
        {**stated, "statement": "ST3", "one_key": "P1K", "other_key": "P1L"},
    ]
    donors = told.rows("donor")
    donors += [{**donors[0], "donor_key": key} for key in ("P1K", "P1L", "Q1", "Q1K")]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        proposed = [
            one
            for one in changes(connection)
            if (one.record, one.how) == ("same_person", "proposed")
        ]
        least = {}
        for name in ("P1", "P1K", "P1L"):
            assert _alike(connection, "donor", name).figures["given"] == (1, 1)
            for statement, one in zip(("ST1", "ST2", "ST3"), proposed, strict=True):
                with lost(connection, one):
                    said = certificates.of_database(connection, "donor", name)
                assert said is not None
                least[name, statement] = said.figures["given"][0]
                # What is not sure is said.
                assert said.figures["given"] == (1, 1) or not said.complete, (name, statement)
    # Of the person whom it is about each key stands for itself, whatever statements join.
    own = {(name, statement) for name in ("P1K", "P1L") for statement in ("ST1", "ST3")}
    assert {asked for asked, given in least.items() if given == 0} == own


def test_a_contested_donation_is_named_by_whichever_key_of_the_person_is_asked_for(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    donations = told.rows("donation")
    donations[0]["donor_key"] = "P1K"
    donations.append({**donations[0], "donation_number": "D2", "donor_key": "Q9"})
    told.senders["M1"]["same_person"] = [
        {
            "party": "C1",
            "statement": "ST1",
            "kind": "donor",
            "one_key": "P1",
            "other_key": "P1K",
            "confidence": "certain",
            "stated_at": at(1),
            "status": "stated",
        }
    ]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        second = _second(connection, "donation", "donor_key = 'Q9'")
        for name in ("P1", "P1K"):
            assert _alike(connection, "donor", name).figures["given"] == (1, 1)
            with lost(connection, second):
                said = _alike(connection, "donor", name)
            assert said.figures["given"] == (0, 1)
            assert not said.complete, name
            assert ("donation", ("D1",)) in {(end.record, end.key) for end in said.changes}, name


@pytest.mark.parametrize(
    ("record", "column"),
    [
        ("shipment", "to_party"),
        ("delivery", "to_party"),
        ("stock_count", "party"),
        ("vial_fate", "party"),
        ("relabelling", "party"),
        ("dispensing", "pharmacy"),
        ("reconstitution", "site"),
        ("reconstitution_vial", "site"),
        ("administration", "site"),
        ("administration_vial", "site"),
    ],
)
def test_a_place_that_nobody_knows_may_be_the_one_that_is_asked_about(
    lots_settings: Settings, tmp_path: Path, record: str, column: str
) -> None:
    told = Told()
    pack = {"gtin": GTIN, "serial": "S2"}
    sent = {key: told.rows("shipment")[1][key] for key in ("from_party", "shipment", "item")}
    came = {"to_party": "H1", "packs": "1", "delivered_at": at(7)}
    told.senders["H1"]["delivery"] = [{**sent, **came}]
    found = {"party": "H1", "stocktake": "T1", "item": "1", "packs": "1", "counted_at": at(8)}
    told.senders["H1"]["stock_count"] = [{**found, **pack}]
    ended = {"party": "H1", "fate": "F1", "kind": "destroyed", "vials": "1", "at": at(9)}
    told.senders["H1"]["vial_fate"] = [{**ended, **pack}]
    for other, row in _new_label("H1"):
        told.senders["H1"].setdefault(other, []).append(row)
    told.send(lots_settings, tmp_path)
    slip = changed(record, "true", **{column: NOBODY_KNOWS})
    with world(lots_settings) as connection:
        assert _traced_alike(connection, "party", "H1").complete
        with lost(connection, slip):
            said = _traced_alike(connection, "party", "H1")
    assert not said.complete
    # Of lines there nobody knows how many; else who had a pack has not been heard, and may have any.
    assert said.figures["given"][1] is None


def test_where_something_arrived_must_be_heard_whomever_it_was_sent_to(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    told.rows("party").append({"party_id": "H9", "kind": "pharmacy", "name": "H9"})
    sent = {key: told.rows("shipment")[1][key] for key in ("from_party", "shipment", "item")}
    came = {"to_party": "H9", "packs": "1", "delivered_at": at(7)}
    told.senders["M1"]["delivery"] = [{**sent, **came}]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        for kind, name in (("lot", "M1/L1/packed"), ("donation", "D1")):
            said = _alike(connection, kind, name)
            assert not said.complete
            assert "H9" in said.senders


def _new_label(party: str) -> list[tuple[str, dict[str, str]]]:
    """S2 under another serial, and who did it."""
    told = Told()
    return [
        ("pack", {**told.rows("pack")[1], "serial": "S3"}),
        (
            "relabelling",
            {
                "gtin": GTIN,
                "serial": "S2",
                "new_gtin": GTIN,
                "new_serial": "S3",
                "party": party,
                "relabelled_at": at(8),
            },
        ),
    ]


HAD = {
    "counted": [
        (
            "stock_count",
            {"party": "H9", "stocktake": "T", "item": "1", "packs": "1", "counted_at": at(8)},
        )
    ],
    "came back": [
        (
            "vial_fate",
            {
                "party": "H9",
                "fate": "F",
                "kind": "returned",
                "vials": "1",
                "fit": "yes",
                "at": at(8),
            },
        )
    ],
    "relabelled": _new_label("H9"),
}


@pytest.mark.parametrize("how", HAD)
def test_who_had_a_pack_must_be_heard_however_it_came_there(
    lots_settings: Settings, tmp_path: Path, how: str
) -> None:
    told = Told()
    told.rows("party").append({"party_id": "H9", "kind": "pharmacy", "name": "H9"})
    for record, row in HAD[how]:
        named = {} if "serial" in row else {"gtin": GTIN, "serial": "S2"}
        told.senders["M1"].setdefault(record, []).append({**row, **named})
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        for kind, name in (("lot", "M1/L1/packed"), ("donation", "D1"), ("diluent_lot", "DL1")):
            said = _alike(connection, kind, name)
            assert not said.complete
            assert {*said.senders} == {"H9"}
        assert _alike(connection, "lot", "M1/L1/packed").figures["given"] == (1, 2)


UNNAMED = {
    "relabelled": changed("relabelling", "true", party=""),
    "shipped": changed("shipment", "serial = 'S2'", to_party=""),
    "by count": changed("shipment", "serial = 'S2'", to_party="", serial="", lot_number="L1"),
}


@pytest.mark.parametrize("how", UNNAMED)
def test_who_is_not_named_has_not_been_heard(
    lots_settings: Settings, tmp_path: Path, how: str
) -> None:
    told = Told()
    if how == "relabelled":
        for record, row in _new_label("H1"):
            told.senders["M1"].setdefault(record, []).append(row)
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection, lost(connection, UNNAMED[how]):
        for kind, name in (("lot", "M1/L1/packed"), ("donation", "D1"), ("diluent_lot", "DL1")):
            said = _alike(connection, kind, name)
            assert not said.complete
            assert {*said.senders} == {"?"}
        assert _alike(connection, "lot", "M1/L1/packed").figures["given"] == (1, 2)
        for kind, name in PERSONS:
            assert not _traced_alike(connection, kind, name).complete


def test_what_a_party_relabelled_was_there(lots_settings: Settings, tmp_path: Path) -> None:
    """Though nothing tells that it came there."""
    told = Told()
    for record, row in _new_label("H1"):
        told.senders["H1"].setdefault(record, []).append(row)
    told.rows("shipment")[1]["to_party"] = "C1"
    for record in ("dispensing", "reconstitution", "reconstitution_vial", "administration_vial"):
        told.rows(record).clear()
    told.rows("shipment")[0]["to_party"] = "C1"
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        assert tree(connection, Subject("party", "H1"), None).nodes


def test_what_a_contested_infusion_may_have_given_of_another_preparation_is_not_surely_of_its_diluent(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    bags, vials = told.rows("reconstitution"), told.rows("reconstitution_vial")
    bags.append({**bags[0], "preparation": "B2", "diluent_lot": "DL2"})
    vials.append({**vials[0], "preparation": "B2", "serial": "S2"})
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    infusions.append({**infusions[0], "administration": "A2"})
    lines.append(
        {**lines[0], "administration": "A2", "gtin": "", "serial": "", "preparation": "B2"}
    )
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        second = next(
            loss
            for loss in changes(connection)
            if loss.how == "contradicted" and loss.name.endswith("or preparation = 'B1'")
        )
        assert _alike(connection, "diluent_lot", "DL1").figures["given"] == (1, 1)
        with lost(connection, second):
            assert _alike(connection, "diluent_lot", "DL1").figures["given"] == (1, 2)


def test_a_contested_statement_that_makes_one_person_of_patients_keys_is_named(
    lots_settings: Settings, tmp_path: Path
) -> None:
    told = Told()
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    for number, key in enumerate(("PAT1K", "PAT9", "PAT9K"), 2):
        infusions.append({**infusions[0], "administration": f"A{number}", "patient_key": key})
        lines.append(
            {**lines[0], "administration": f"A{number}", "serial": "S2", "preparation": ""}
        )
    statement = {"party": "H1", "kind": "patient", "confidence": "certain", "stated_at": at(1)}
    told.senders["H1"]["same_person"] = [
        {
            **statement,
            "statement": f"OF {key}",
            "one_key": key,
            "other_key": f"{key}K",
            "status": "stated",
        }
        for key in ("PAT1", "PAT9")
    ]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        second = _second(connection, "same_person", "other_key = 'PAT9K'")
        for name in ("PAT1", "PAT1K"):
            assert _traced_alike(connection, "patient", name).complete, name
            with lost(connection, second):
                said = _traced_alike(connection, "patient", name)
            assert not said.complete, name


def test_so_is_one_of_donors_keys(lots_settings: Settings, tmp_path: Path) -> None:
    told = Told()
    donors, donations = told.rows("donor"), told.rows("donation")
    units, pooled = told.rows("plasma_unit"), told.rows("pool_unit")
    for number, key in enumerate(("P1K", "P9", "P9K"), 2):
        donors.append({**donors[0], "donor_key": key})
        pooled.append({**pooled[0], "unit": f"U{number}"})
        donations.append({**donations[0], "donation_number": f"D{number}", "donor_key": key})
        units.append({**units[0], "donation_number": f"D{number}", "unit": f"U{number}"})
    statement = {"party": "C1", "kind": "donor", "confidence": "certain", "stated_at": at(1)}
    told.senders["M1"]["same_person"] = [
        {
            **statement,
            "statement": f"OF {key}",
            "one_key": key,
            "other_key": f"{key}K",
            "status": "stated",
        }
        for key in ("P1", "P9")
    ]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        second = _second(connection, "same_person", "other_key = 'P9K'")
        for name in ("P1", "P1K"):
            assert _alike(connection, "donor", name).complete, name
            with lost(connection, second):
                said = _alike(connection, "donor", name)
            assert not said.complete, name


# What was asked about before its pack was relabelled.
BEFORE = (("pack", OLD), ("lot", "M1/K1/packed"))


@pytest.mark.parametrize("column", ["serial", "new_serial"])
def test_where_a_relabelling_was_refused_lines_may_be_under_its_other_label(
    lots_settings: Settings, tmp_path: Path, column: str
) -> None:
    told = renamed()
    told.rows("relabelling")[0][column] = ""
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection, under_two_lots(connection, "K1", "L1", NEW):
        for kind, name in BEFORE:
            said = _alike(connection, kind, name)
            least, most = said.figures["given"]
            assert not said.complete, name
            assert least <= 1, name
            assert most is None or most >= 1, name


def test_so_they_may_where_it_is_waited_for_anew(lots_settings: Settings, tmp_path: Path) -> None:
    renamed().send(lots_settings, tmp_path)
    with world(lots_settings) as connection, under_two_lots(connection, "K1", "L1", NEW):
        [back] = [
            c for c in changes(connection) if (c.record, c.how) == ("relabelling", TAKEN_BACK)
        ]
        for kind, name in BEFORE:
            with lost(connection, back):
                said = ask(connection, kind, name)
            assert not said.certificate.complete, name
            assert said.bounds["given"].most is None or said.bounds["given"].most >= 1, name


def test_what_replaces_a_correction_that_was_taken_back_is_waited_for(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """What it corrected stands again; but its sender said already that it was wrong."""
    told = Told()
    lines = told.rows("administration_vial")
    lines[0] |= {"preparation": "", "serial": "S2"}
    slip = {"correction": "1", "corrected_by": "QA", "correction_reason": "slip"}
    lines.append({**lines[0], **slip, "serial": "S1"})
    for record in ("dispensing", "reconstitution", "reconstitution_vial"):
        told.rows(record).clear()
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        assert ask(connection, "pack", f"{GTIN}/S1").bounds["given"] == Between(1, 1)
        [back] = [
            c
            for c in changes(connection)
            if (c.record, c.how) == ("administration_vial", TAKEN_BACK) and "line 3" in c.name
        ]
        with lost(connection, back):
            given, other = (ask(connection, "pack", f"{GTIN}/{serial}") for serial in ("S1", "S2"))
    assert not given.certificate.complete
    assert given.bounds["given"].most in (None, 1)
    assert not other.certificate.complete
    assert other.bounds["given"].least == 0


def test_a_lot_that_rows_name_and_none_links_may_be_any(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Its pack's record alone told of it, and the lot is written wrong there."""
    told = Told()
    packs, lines = told.rows("pack"), told.rows("administration_vial")
    packs.append({**packs[0], "serial": "S9", "lot_number": "L9"})
    lines[0] |= {"preparation": "", "serial": "S9", "lot_number": "L9"}
    told.send(lots_settings, tmp_path)
    slip = changed("pack", "serial = 'S9'", lot_number=NOBODY_KNOWS)
    with world(lots_settings) as connection, lost(connection, slip):
        said = _alike(connection, "lot", "M1/L9/packed")
    assert not said.complete
    assert said.figures["given"][1] is None


@pytest.mark.parametrize(
    ("kind", "name", "other"),
    [("kit_lot", "K1", "K-1"), ("analyser", "AN1", "an1"), ("dryer", "DR1", "DR 1")],
)
def test_what_looks_like_the_name_that_is_asked_about_is_walked_at_most(
    lots_settings: Settings, tmp_path: Path, kind: str, name: str, other: str
) -> None:
    told = of_two_results(**({kind: other} if kind != "dryer" else {}))
    if kind == "dryer":
        for record in ("lyophilisation", "lyophilisation_load"):
            told.rows(record).append({**told.rows(record)[0], "cycle": "CY9"})
        told.rows("lyophilisation")[-1]["dryer"] = other
        told.rows("lyophilisation_load")[-1]["lot_number"] = "L9"
        dried = told.rows("lyophilisation_load")[0]["lot_number"]
        lots = [row for row in told.rows("lot") if row["lot_number"] == dried]
        told.rows("lot").append({**lots[1], "lot_number": "L9"})
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        assert not _alike(connection, kind, name).complete


@pytest.mark.parametrize("lines", [True, False])
def test_so_is_what_was_prepared_with_a_diluent_that_looks_alike(
    lots_settings: Settings, tmp_path: Path, *, lines: bool
) -> None:
    told = Told()
    bags, vials = told.rows("reconstitution"), told.rows("reconstitution_vial")
    bags.append({**bags[0], "preparation": "B9", "treatment_order": "", "diluent_lot": "DL-1"})
    vials.append({**vials[0], "preparation": "B9", "serial": "S2"})
    if not lines:
        vials.pop(0)
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        assert not _alike(connection, "diluent_lot", "DL1").complete
