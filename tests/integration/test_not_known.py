"""A word for not known is nobody and nothing: two of them are never one person or one lot, and no
answer hides it.
"""

from pathlib import Path

import pytest

from lots.answers import Between
from lots.pipeline.implicate import Subject, implicate
from lots.settings import Settings
from tests.builders import NOW, donations, rows, sentences, table, take, write

GTIN = "09506000134352"
LOT = {
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "product": "IVIG",
    "gtin": GTIN,
    "made_at": "2026-01-05T10:00:00Z",
    "expires_on": "2028-01-05",
}
PACK = {
    "gtin": GTIN,
    "serial": "S1",
    "manufacturer": "M1",
    "lot_number": "L1",
    "step": "packed",
    "vials": "1",
}
INFUSION = {
    "site": "W1",
    "administration": "A1",
    "patient_key": "P1",
    "status": "given",
    "started_at": "2026-09-01T10:00:00Z",
}
GIVEN = {
    "site": "W1",
    "administration": "A1",
    "item": "1",
    "gtin": GTIN,
    "serial": "",
    "lot_number": "L1",
    "vials": "1",
}
DONOR = {"donor_key": "P1", "as_of": "2026-01-01", "centre": "C1", "status": "qualified"}
SAME = {
    "party": "C1",
    "statement": "1",
    "kind": "donor",
    "one_key": "P1",
    "other_key": "P2",
    "stated_at": "2026-01-01T10:00:00Z",
    "status": "stated",
}


def received(settings: Settings, folder: Path, **files: bytes) -> None:
    """Receive each file under its record's name."""
    take(settings, *(write(folder, f"{name}-1.csv", data) for name, data in files.items()))


def findings(settings: Settings, record: str) -> list[str]:
    """The rules that rows of a record broke."""
    return [
        str(rule)
        for (rule,) in rows(
            settings,
            f"SELECT rule FROM judged.finding WHERE record = '{record}' "
            "AND rule LIKE '%.known' ORDER BY rule",
        )
    ]


def test_two_infusions_of_a_patient_who_is_not_known_are_not_one_patient(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(
        lots_settings,
        tmp_path,
        lot=table(LOT, [{}]),
        pack=table(PACK, [{}]),
        administration=table(
            INFUSION,
            [
                {"patient_key": "UNKNOWN"},
                {"administration": "A2", "patient_key": "UNKNOWN"},
                {"administration": "A3"},
            ],
        ),
        administration_vial=table(GIVEN, [{}, {"administration": "A2"}, {"administration": "A3"}]),
    )
    answer = implicate(lots_settings, [Subject("lot", "L1")], through=NOW)
    assert (answer.patients.given, answer.vials.given, answer.vials.without_key) == (
        1,
        Between(3, 3),
        Between(2, 2),
    )
    assert findings(lots_settings, "administration") == ["administration.patient_key.known"] * 2
    assert rows(
        lots_settings,
        "SELECT DISTINCT patient_key, unread ->> 'patient_key' FROM accepted.administration "
        "WHERE administration <> 'A3'",
    ) == [(None, "UNKNOWN")]


@pytest.mark.parametrize(
    "named", [{"serial": "N/A", "lot_number": "?"}, {"serial": "0000", "lot_number": "unbekannt"}]
)
def test_a_vial_of_a_lot_that_is_not_known_waits_and_counts_in_every_lot(
    lots_settings: Settings, tmp_path: Path, named: dict[str, str]
) -> None:
    odd = {"serial": str(named["serial"]), "lot_number": str(named["lot_number"])}
    received(
        lots_settings,
        tmp_path,
        lot=table(LOT, [{}, {"lot_number": odd["lot_number"]}]),
        pack=table(PACK, [{}, odd]),
        administration_vial=table(GIVEN, [named]),
    )
    assert rows(
        lots_settings,
        "SELECT link FROM lineage.parked WHERE record = 'administration_vial' AND target = 'pack'",
    ) == [("vial",)]
    assert rows(lots_settings, "SELECT count(*) FROM lineage.vial") == [(0,)]
    for asked in ("L1", odd["lot_number"]):
        certificate = implicate(lots_settings, [Subject("lot", asked)], through=NOW).certificate
        assert "1 row of administration_vial names neither pack nor lot." in sentences(certificate)


def test_a_packer_s_lot_NA_and_serial_0000_are_true_names(
    lots_settings: Settings, tmp_path: Path
) -> None:
    pack = {"serial": "0000", "lot_number": "NA"}
    shipped = {
        "from_party": "M1",
        "shipment": "1",
        "item": "1",
        "kind": "sale",
        "to_party": "H1",
        "packs": "1",
        "shipped_at": "2026-08-01T10:00:00Z",
        "gtin": GTIN,
        **pack,
    }
    received(
        lots_settings,
        tmp_path,
        lot=table(LOT, [{"lot_number": "NA"}]),
        pack=table(PACK, [pack]),
        shipment=table(shipped, [{}]),
    )
    assert (
        rows(lots_settings, "SELECT link FROM lineage.parked WHERE target IN ('lot', 'pack')") == []
    )
    answer = implicate(lots_settings, [Subject("lot", "NA")], through=NOW)
    assert [(node.number, node.known) for node in answer.nodes] == [("NA", True)]
    assert [findings(lots_settings, record) for record in ("lot", "pack", "shipment")] == [
        [],
        [],
        [],
    ]


def test_a_donor_without_a_key_is_refused_and_says_why(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(lots_settings, tmp_path, donor=table(DONOR, [{"donor_key": "unknown"}, {}]))
    assert rows(lots_settings, "SELECT line, reasons FROM receiving.refused") == [
        (
            2,
            [
                "donor.donor_key.present is not met: donor_key is not empty.",
                "donor.donor_key.known is not met: donor_key is no word for not known.",
            ],
        )
    ]


def test_donations_of_donors_who_are_not_known_are_an_open_reason_and_no_donor_s(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(
        lots_settings,
        tmp_path,
        donation=donations(
            {},
            {"donation_number": "D2", "donor_key": "?"},
            {"donation_number": "D3", "donor_key": "?"},
        ),
    )
    answer = implicate(lots_settings, [Subject("donor", "P1")], through=NOW)
    assert ("donations", 1) in answer.details
    assert "2 rows of donation do not say which donor." in sentences(answer.certificate)


def test_persons_are_not_joined_through_a_word(lots_settings: Settings, tmp_path: Path) -> None:
    received(
        lots_settings,
        tmp_path,
        same_person=table(
            SAME,
            [
                {"other_key": "N/A"},
                {"statement": "2", "one_key": "P3", "other_key": "N/A"},
                {"statement": "3"},
            ],
        ),
    )
    assert rows(lots_settings, "SELECT key, person FROM lineage.person ORDER BY key") == [
        ("P1", "P1"),
        ("P2", "P1"),
    ]


def test_two_vials_of_infusions_without_a_number_are_not_one_vial(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(
        lots_settings,
        tmp_path,
        lot=table(LOT, [{}]),
        administration_vial=table(GIVEN, [{"administration": "N/A"}, {"administration": "N/A"}]),
    )
    assert rows(lots_settings, "SELECT count(*) FROM receiving.refused") == [(2,)]
    reasons = implicate(lots_settings, [Subject("lot", "L1")], through=NOW).certificate
    assert "2 rows of administration_vial were refused, and could belong." in sentences(reasons)


SENT = {
    "from_party": "M1",
    "shipment": "1",
    "item": "1",
    "kind": "sale",
    "to_party": "H1",
    "packs": "1",
    "gtin": GTIN,
    "serial": "",
    "lot_number": "L1",
    "shipped_at": "2026-08-01T10:00:00Z",
}
CAME = {
    "from_party": "M1",
    "shipment": "1",
    "item": "1",
    "to_party": "H1",
    "packs": "1",
    "delivered_at": "2026-08-02T10:00:00Z",
}
FOUND = {
    "party": "H1",
    "stocktake": "1",
    "item": "1",
    "gtin": GTIN,
    "serial": "",
    "lot_number": "L1",
    "packs": "1",
    "counted_at": "2026-08-03T10:00:00Z",
}


def placed(settings: Settings) -> set[tuple[str, str, int, bool]]:
    """Where an answer says that the lot's packs are."""
    answer = implicate(settings, [Subject("lot", "L1")], through=NOW)
    return {(w.whereabouts, w.holder, w.packs, w.serials) for w in answer.whereabouts}


def test_two_shipments_of_serials_that_are_not_known_are_two_packs_of_their_lot(
    lots_settings: Settings, tmp_path: Path
) -> None:
    received(
        lots_settings,
        tmp_path,
        lot=table(LOT, [{}]),
        pack=table(PACK, [{}, {"serial": "N/A", "lot_number": "L2"}]),
        shipment=table(SENT, [{"serial": "N/A"}, {"shipment": "2", "serial": "UNKNOWN"}]),
    )
    assert placed(lots_settings) == {
        ("never shipped", "M1", 1, True),
        ("shipped by count", "H1", 2, False),
    }
    assert findings(lots_settings, "shipment") == ["shipment.serial.known"] * 2
    assert rows(
        lots_settings,
        "SELECT DISTINCT serial, unread ->> 'serial' FROM accepted.shipment ORDER BY 2",
    ) == [(None, "N/A"), (None, "UNKNOWN")]


def test_consignees_who_are_not_known_are_no_party(lots_settings: Settings, tmp_path: Path) -> None:
    received(
        lots_settings,
        tmp_path,
        lot=table(LOT, [{}]),
        pack=table(PACK, [{}, {"serial": "S2"}, {"serial": "S3"}]),
        shipment=table(
            SENT,
            [
                {"serial": "S1", "to_party": "UNKNOWN"},
                {"shipment": "2", "serial": "S2"},
                {"shipment": "3", "to_party": "?"},
                {"shipment": "4"},
            ],
        ),
        delivery=table(
            CAME, [{"shipment": "2", "to_party": "N/A"}, {"shipment": "4", "to_party": "unbekannt"}]
        ),
    )
    assert placed(lots_settings) == {
        ("in transit", "?", 1, True),
        ("delivered", "H1", 1, True),
        ("never shipped", "M1", 1, True),
        ("shipped by count", "?", 1, False),
        ("delivered by count", "H1", 1, False),
        # It came where nobody knows: to its consignee, or to anybody.
        ("delivered", "?", 1, True),
        ("delivered by count", "?", 1, False),
    }
    assert findings(lots_settings, "delivery") == ["delivery.to_party.known"] * 2
    assert (
        rows(
            lots_settings,
            "SELECT names FROM lineage.parked WHERE link = 'to' AND names <> '[\"H1\"]'",
        )
        == []
    )


@pytest.mark.parametrize("record", ["stock_count", "package_content", "shipment"])
def test_a_row_that_names_no_pack_and_no_lot_could_be_of_any(
    lots_settings: Settings, tmp_path: Path, record: str
) -> None:
    told = {
        "stock_count": FOUND,
        "shipment": SENT,
        "package_content": {
            "sscc": "1",
            "item": "1",
            "gtin": GTIN,
            "packed_at": "2026-07-01T10:00:00Z",
        },
    }
    row = table({**told[record], "serial": "N/A", "lot_number": ""}, [{}])
    received(
        lots_settings,
        tmp_path,
        lot=table(LOT, [{}]),
        pack=table(PACK, [{}, {"serial": "N/A"}]),
        **{record: row},
    )
    reasons = implicate(lots_settings, [Subject("lot", "L1")], through=NOW).certificate
    assert f"1 row of {record} does not say which pack." in sentences(reasons)
