"""A pack that became another one is one pack: what is told of either name's lot may be of it
(docs/certificate.md). The database and the walk say the same, and the truth lies within.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lots.settings import Settings
from lots.store.engine import Connection
from tests.acceptance import told_rows, traces
from tests.acceptance.certificates import Said, differences, of_database, of_walk
from tests.integration.losses import NOBODY_KNOWS, Loss, lost, world
from tests.integration.small_world import GTIN, OTHER, Told, at

OLD, NEW = f"{OTHER}/OLD", f"{GTIN}/NEW"
# The lots that the records of both names tell, and of which lot the pack was given by count alone.
LOTS = {
    "the old record lacks its lot, and it was given by that": ("", "L1", "K1"),
    "the new record lacks its lot, and it was given by that": ("K1", "", "L1"),
    "the records tell two lots, and it was given by the old": ("K1", "L1", "K1"),
    "the records tell two lots, and it was given by the new": ("K1", "L1", "L1"),
    "the old record lacks its lot, and it was given by its new name": ("", "L1", NEW),
    "the old record lacks its lot, and it was given by its old name": ("", "L1", OLD),
    "the records tell two lots, and it was given by its old name": ("K1", "L1", OLD),
    "both lack it, and it was given by its new name": ("", "", NEW),
    "both lack it, and it was given by a lot": ("", "", "K1"),
}
# Which name of the relabelling is written wrong, and the lot that the new record tells; it was given by
# that lot, or by its new name.
WRONG = {
    "the new name is wrong, and it was given by its new lot": ("new_serial", "L1", "L1"),
    "the new name is wrong, and it was given by its new name": ("new_serial", "L1", NEW),
    "the old name is wrong, and it was given by its new lot": ("serial", "L1", "L1"),
    "the old name is wrong, and it was given by its new name": ("serial", "L1", NEW),
    "the new name is wrong, of one lot, and it was given by that": ("new_serial", "K1", "K1"),
    "the new name is wrong, and it was given by its old lot": ("new_serial", "L1", "K1"),
    "the new name is wrong, and it was given by its old name": ("new_serial", "L1", OLD),
}


def renamed() -> Told:
    """One pack more, which was relabelled; and one infusion, of its only vial."""
    told = Told()
    lots, inputs, packs = told.rows("lot"), told.rows("lot_input"), told.rows("pack")
    lots.append({**lots[-1], "lot_number": "K1", "gtin": OTHER, "amount": "2"})
    inputs.append({**inputs[-1], "lot_number": "K1"})
    lots[-2]["amount"] = "3"
    (gtin, serial), (new_gtin, new_serial) = OLD.split("/"), NEW.split("/")
    packs.append({**packs[0], "gtin": gtin, "serial": serial})
    packs.append({**packs[0], "gtin": new_gtin, "serial": new_serial})
    packs.append({**packs[0], "gtin": OTHER, "serial": "BESIDE", "lot_number": "K1"})
    name = {"new_gtin": new_gtin, "new_serial": new_serial, "party": "M1"}
    told.senders["M1"]["relabelling"] = [
        {"gtin": gtin, "serial": serial, **name, "relabelled_at": at(6)}
    ]
    infusions, lines = told.rows("administration"), told.rows("administration_vial")
    infusions.append({**infusions[0], "administration": "A2", "patient_key": "PAT2"})
    lines.append({**lines[0], "administration": "A2", "preparation": ""})
    return told


def changed(record: str, where: str, **to: str) -> Loss:
    """Columns of a row that tell something else; nothing where it is empty."""
    values = ", ".join(f"{c} = " + (f"'{v}'" if v else "NULL") for c, v in to.items())
    change = f"UPDATE accepted.{record} SET {values} WHERE {where}"
    return Loss(record, "", "other", change, (change,))


def test_a_renamed_pack_is_found_by_whichever_lot_it_was_given(
    lots_settings: Settings, tmp_path: Path
) -> None:
    renamed().send(lots_settings, tmp_path)
    wrong = []
    with world(lots_settings) as connection:
        for case, (old, new, given) in LOTS.items():
            with told(connection, old, new, given):
                wrong += [f"{case}: {one}" for one in _wrong(connection, OLD, NEW)]
    assert not wrong, "\n".join(wrong)


def test_a_renamed_pack_is_found_where_a_name_is_written_wrong(
    lots_settings: Settings, tmp_path: Path
) -> None:
    renamed().send(lots_settings, tmp_path)
    wrong = []
    with world(lots_settings) as connection:
        for case, (column, new, given) in WRONG.items():
            slip = changed("relabelling", "serial = 'OLD'", **{column: NOBODY_KNOWS})
            with told(connection, "K1", new, given), lost(connection, slip):
                wrong += [f"{case}: {one}" for one in _wrong(connection, OLD, NEW)]
    assert not wrong, "\n".join(wrong)


def test_a_pack_given_by_its_earlier_name_may_be_of_the_lot_that_it_went_on_under(
    lots_settings: Settings, tmp_path: Path
) -> None:
    renamed().send(lots_settings, tmp_path)
    with world(lots_settings) as connection, told(connection, "K1", "L1", OLD):
        rows, files = told_rows.told(connection)
        said = of_database(connection, "lot", "M1/L1/packed")
        assert said is not None
        assert not said.complete
        assert said.figures["given"][1] is None or said.figures["given"][1] >= 2
        assert not [*differences(said, of_walk(rows, files, "lot", "M1/L1/packed"))]


def test_it_may_be_so_where_the_new_name_is_written_wrong(
    lots_settings: Settings, tmp_path: Path
) -> None:
    renamed().send(lots_settings, tmp_path)
    slip = changed("relabelling", "serial = 'OLD'", new_serial=NOBODY_KNOWS)
    with world(lots_settings) as connection, told(connection, "K1", "L1", OLD):
        with lost(connection, slip):
            rows, files = told_rows.told(connection)
            said = of_database(connection, "lot", "M1/L1/packed")
            walked = of_walk(rows, files, "lot", "M1/L1/packed")
        assert said is not None
        assert not said.complete
        assert said.figures["given"][1] is None or said.figures["given"][1] >= 2
        assert not [*differences(said, walked)]


def test_what_a_pack_was_before_is_missed_by_whoever_asks_for_its_vials(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Its patient, and the place: the plasma that went into its earlier lot is on their way up."""
    renamed().send(lots_settings, tmp_path)
    columns = ("gtin", "serial", "new_gtin", "new_serial")
    slips = [changed("relabelling", "serial = 'OLD'", **{c: NOBODY_KNOWS}) for c in columns]
    asked = [("patient", "PAT2"), ("party", "H1")]
    with world(lots_settings) as connection, told(connection, "K1", "L1", NEW):
        for kind, name in asked:
            whole = traces.of_database(connection, kind, name)
            assert whole is not None
            assert whole.complete, (kind, whole)
            for slip in slips:
                with lost(connection, slip):
                    rows, files = told_rows.told(connection)
                    said = traces.of_database(connection, kind, name)
                    walked = traces.of_walk(rows, files, kind, name)
                assert said is not None
                assert not said.complete, (kind, slip.name)
                assert said.figures == whole.figures
                assert not [*traces.differences(said, walked)], (kind, slip.name)


def test_a_pack_without_a_lot_was_not_surely_given_what_its_preparation_was(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Beside it another pack was in it, whose vial may be the one that was given."""
    world_ = Told()
    vials, lines = world_.rows("reconstitution_vial"), world_.rows("administration_vial")
    vials.append({**vials[0], "item": "2", "serial": "S2"})
    lines[0] |= {"gtin": "", "serial": "", "vials": "2"}
    world_.send(lots_settings, tmp_path)
    slip = changed("pack", "serial = 'S1'", manufacturer="")
    with world(lots_settings) as connection, lost(connection, slip):
        rows, files = told_rows.told(connection)
        said = of_database(connection, "pack", f"{GTIN}/S1")
        assert said is not None
        assert said.figures["given"][0] <= 1
        assert not [*differences(said, of_walk(rows, files, "pack", f"{GTIN}/S1"))]


@contextmanager
def told(connection: Connection, old: str, new: str, given: str) -> Iterator[None]:
    """The world in which the records of both names tell these lots, and the infusion this pack or lot."""
    gtin, _, serial = given.rpartition("/")
    label = {"gtin": gtin, "serial": serial if gtin else "", "lot_number": ""}
    line = label if gtin else {**label, "lot_number": given}
    packs = [
        changed("pack", "serial = 'OLD'", lot_number=old),
        changed("pack", "serial = 'NEW'", lot_number=new),
    ]
    infused = changed("administration_vial", "administration = 'A2'", **line)
    with lost(connection, *packs), lost(connection, infused):
        yield


def _wrong(connection: Connection, *packs: str) -> Iterator[str]:
    told, files = told_rows.told(connection)
    for kind, name in (*(("pack", pack) for pack in packs), ("lot", "M1/K1/packed")):
        said, walked = of_database(connection, kind, name), of_walk(told, files, kind, name)
        assert said is not None
        yield from (f"{kind} {name}: {one}" for one in differences(said, walked))
        yield from (f"{kind} {name}: {one}" for one in untrue(said))


def untrue(said: Said) -> Iterator[str]:
    """What says that it was not given."""
    for figure in ("given", "patients_given"):
        least, most = said.figures[figure]
        if least > 1 or (most is not None and most < 1):
            yield f"{figure} is 1, said {said.figures[figure]}, complete: {said.complete}"


def test_a_line_may_be_of_a_packed_lot_that_nobody_told_of(
    lots_settings: Settings, tmp_path: Path
) -> None:
    Told().send(lots_settings, tmp_path)
    gone = (
        ("lot_input", "DELETE FROM accepted.lot_input WHERE step = 'packed'"),
        ("lot", "DELETE FROM accepted.lot WHERE step = 'packed'"),
        ("pack", "DELETE FROM accepted.pack"),
    )
    with world(lots_settings) as connection, ExitStack() as losses:
        for record, statement in gone:
            losses.enter_context(lost(connection, Loss(record, "", "lost", "", (statement,))))
        rows, files = told_rows.told(connection)
        for kind, name in (("donation", "D1"), ("lot", "M1/L1/dried")):
            said = of_database(connection, kind, name)
            assert said is not None
            assert [*differences(said, of_walk(rows, files, kind, name))] == []
            assert said.figures["given"] == (0, 1)


def test_a_relabelling_of_another_product_touches_no_other_pack(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """Whatever is wrong with it: it leads to a label that nobody knows, or to a pack without a lot."""
    told = Told()
    lots, inputs, packs = told.rows("lot"), told.rows("lot_input"), told.rows("pack")
    lots.append({**lots[-1], "lot_number": "K9", "gtin": OTHER, "amount": "2"})
    inputs.append({**inputs[-1], "lot_number": "K9"})
    names = {"A": "untold", "B": "B-NEW"}
    packs += [{**packs[0], "gtin": OTHER, "serial": old, "lot_number": "K9"} for old in names]
    unlike = {"manufacturer": "M2", "gtin": OTHER, "serial": "B-NEW", "lot_number": ""}
    packs.append({**packs[0], **unlike})
    told.senders["M1"]["relabelling"] = [
        {
            "gtin": OTHER,
            "serial": old,
            "new_gtin": OTHER,
            "new_serial": new,
            "party": "M1",
            "relabelled_at": at(6),
        }
        for old, new in names.items()
    ]
    told.send(lots_settings, tmp_path)
    same = changed("relabelling", "serial = 'A'", new_gtin=GTIN)
    with world(lots_settings) as connection:
        rows, files = told_rows.told(connection)
        for kind, name in (("pack", f"{GTIN}/S1"), ("lot", "M1/L1/packed")):
            said = of_database(connection, kind, name)
            assert said is not None
            assert [*differences(said, of_walk(rows, files, kind, name))] == []
            assert (said.complete, said.figures["given"]) == (True, (1, 1)), kind
        touched = of_database(connection, "pack", f"{OTHER}/A")
        assert touched is not None
        assert not touched.complete
        with lost(connection, same):  # of its product it may be this pack's label, written wrong
            beside = of_database(connection, "pack", f"{GTIN}/S1")
            assert beside is not None
            assert not beside.complete


def test_products_are_widened_until_nothing_more_comes(
    lots_settings: Settings, tmp_path: Path
) -> None:
    """A pack without a lot that became another product's lets in one of that product, and so on."""
    told = Told()
    first, second, third = (GTIN, OTHER, "09506000134376")
    packs = told.rows("pack")
    for gtin, serial in ((first, "XA"), (second, "YB"), (third, "ZC")):
        packs.append({**packs[0], "gtin": gtin, "serial": serial, "lot_number": ""})
    new = {"party": "M1", "relabelled_at": at(6)}
    told.senders["M1"]["relabelling"] = [
        {"gtin": old, "serial": serial, "new_gtin": gtin, "new_serial": became, **new}
        for old, serial, gtin, became in (
            (first, "XA", second, "XA2"),
            (second, "YB", third, "YB2"),
        )
    ]
    told.send(lots_settings, tmp_path)
    with world(lots_settings) as connection:
        rows, files = told_rows.told(connection)
        said = of_database(connection, "lot", "M1/L1/packed")
        assert said is not None
        assert [*differences(said, of_walk(rows, files, "lot", "M1/L1/packed"))] == []
        let_in = {end.key[1] for end in said.might if end.record == "pack"}
        assert {"XA", "YB", "ZC"} <= let_in
