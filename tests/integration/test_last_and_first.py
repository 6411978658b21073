"""Each record that lines of vials hang on comes last, alone, and first: what waited for it is linked when
it comes, and a linking of everything finds nothing else.
"""

from collections.abc import Iterable
from pathlib import Path

from lots.pipeline.link import VIAL_RECORDS, link_entries, link_everything
from lots.settings import Settings
from tests.builders import NOW, admit, rows, table, write
from tests.integration.losses import world
from tests.integration.small_world import GTIN, at

Rows = dict[str, list[dict[str, str]]]


def of(number: str) -> Rows:
    """A world by itself: a pack that was relabelled, dispensed, prepared for an order and given by its
    preparation alone; and a vial that was dispensed by the number of the lot.
    """
    lot = {"manufacturer": "M1", "lot_number": f"L{number}", "step": "packed"}
    pack, label = {"gtin": GTIN, "serial": f"S{number}"}, {"gtin": GTIN, "serial": f"R{number}"}
    bag = {"site": "H1", "preparation": f"B{number}"}
    order = {"site": "H1", "treatment_order": f"O{number}"}
    patient, handed = {"patient_key": f"P{number}"}, {"pharmacy": "H1", "to_kind": "ward"}
    handed |= {"patient_key": "", "vials": "1"}
    infusion = {"site": "H1", "administration": f"A{number}"}
    renamed = {"new_gtin": GTIN, "new_serial": label["serial"], "relabelled_at": at(5)}
    return {
        "lot": [{**lot, "product": "IVIG", "gtin": GTIN, "made_at": at(4)}],
        "pack": [{**pack, **lot, "vials": "1"}],
        "relabelling": [{**pack, **renamed, "party": "M1"}],
        "dispensing": [
            {**handed, "dispensing": f"D{number}", "dispensed_at": at(7), **label},
            {**handed, "dispensing": f"E{number}", "lot_number": lot["lot_number"]},
        ],
        "treatment_order": [{**order, **patient, "ordered_at": at(7), "indication": "PID"}],
        "reconstitution": [{**bag, **order, "diluent": "SWFI", "started_at": at(8)}],
        "reconstitution_vial": [{**bag, **label, "item": "1", "vials": "1"}],
        "administration": [{**infusion, **patient, "status": "given", "started_at": at(9)}],
        "administration_vial": [{**infusion, "item": "1", "vials": "1", **bag}],
    }


def come(settings: Settings, folder: Path, name: str, record: str, told: Iterable[Rows]) -> None:
    """A file of one record, of some worlds."""
    every = [row for one in told for row in one[record]]
    admit(settings, write(folder, f"{record}-{name}.csv", table({}, every)))


def test_what_waited_is_linked_when_it_comes(lots_settings: Settings, tmp_path: Path) -> None:
    every = sorted(of("0"))
    assert {*every} >= VIAL_RECORDS
    last = {record: of(f"{n}L") for n, record in enumerate(every)}
    first = {record: of(f"{n}F") for n, record in enumerate(every)}
    for record in every:
        come(lots_settings, tmp_path, "first", record, [first[record]])
        link_entries(lots_settings, now=NOW)
    for record in every:
        others = [one for r, one in [*last.items(), *first.items()] if r != record]
        come(lots_settings, tmp_path, "others", record, others)
    link_entries(lots_settings, now=NOW)
    for record in every:
        come(lots_settings, tmp_path, "last", record, [last[record]])
        link_entries(lots_settings, now=NOW)
    linked = rows(lots_settings, "SELECT lot, count(*) FROM lineage.vial GROUP BY lot")
    # Its four lines each, whatever came first or last.
    assert [count for _, count in linked] == [4] * 2 * len(every)
    with world(lots_settings) as connection:
        assert not link_everything(connection)
