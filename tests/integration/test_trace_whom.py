"""A trace of a donor, a patient and a party: by every key of a person, and with none in the answer.
On a real PostgreSQL.
"""

import re
from collections.abc import Callable, Sequence

import pytest

from lots.answers import Trace
from lots.errors import NotFound
from lots.pipeline.trace import trace
from lots.settings import Settings
from tests.answers import answer_of
from tests.builders import NOW
from tests.spec.rules.drawn import rows_of
from tests.spec.rules.engines import receive

GTIN = "09506000134352"
AT, LATER = "2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z"
WORLD = f"""
donation D1: donor_key=N1 centre=C1 plasma_kind=source collected_at={AT}
donation D2: donor_key=N2 centre=C1 plasma_kind=source collected_at={AT}
donation D3: donor_key=N3 centre=C1 plasma_kind=source collected_at={AT}
same_person C1 1: kind=donor status=stated one_key=N1 other_key=N2
same_person W1 1: kind=patient status=stated one_key=Q1 other_key=Q2
plasma_unit U1: donation_number=D1 volume_ml=700
plasma_unit U2: donation_number=D2 volume_ml=700
plasma_unit U3: donation_number=D3 volume_ml=700
pool M1 P1: pooled_at={AT} volume_l=700
pool_unit M1 P1 U1: volume_ml=690
pool_unit M1 P1 U3: volume_ml=690
lot_input M1 L1 packed M1 P1 pool
lot M1 L1 packed: gtin={GTIN} made_at={AT}
lot M1 L2 packed: gtin={GTIN} made_at={AT}
pack {GTIN} S1: manufacturer=M1 lot_number=L1 step=packed vials=2
pack {GTIN} S2: manufacturer=M1 lot_number=L1 step=packed vials=2
pack {GTIN} S3: manufacturer=M1 lot_number=L2 step=packed vials=2
package_content X1 1: gtin={GTIN} serial=S2 packed_at={AT}
shipment M1 F1 1: kind=sale to_party=H1 packs=1 shipped_at={AT} gtin={GTIN} serial=S1
shipment M1 F1 2: kind=sale to_party=H1 packs=1 shipped_at={AT} sscc=X1
delivery M1 F1 1: to_party=H1 packs=1 delivered_at={LATER}
shipment M1 F2 1: kind=sale to_party=H2 packs=1 shipped_at={AT} gtin={GTIN} serial=S3
dispensing W1 G1: gtin={GTIN} serial=S1 vials=1 patient_key=Q1 dispensed_at={LATER}
administration W1 A1: patient_key=Q2 status=given started_at={LATER}
administration_vial W1 A1 1: gtin={GTIN} serial=S3 vials=1
treatment_order W1 O1: patient_key=Q1 ordered_at={AT}
reconstitution W1 B1: treatment_order=O1 started_at={LATER}
reconstitution_vial W1 B1 1: gtin={GTIN} serial=S1 vials=1
administration W1 A9: patient_key=Q9 status=given started_at={LATER}
administration_vial W1 A9 1: gtin={GTIN} serial=S2 vials=1
"""
KEYS = ("N1", "N2", "N3", "Q1", "Q2", "Q9")


@pytest.fixture(scope="module")
def settings(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The world above."""
    told = [row for line in filter(None, WORLD.split("\n")) for row in rows_of(line)]
    receive(shared_settings, tmp_path_factory.mktemp("whom"), told)
    return shared_settings


def traced(settings: Settings, kind: str, name: str) -> Trace:
    """What a trace shows."""
    return trace(settings, kind, name, through=NOW)


@pytest.mark.parametrize("key", ["N1", "N2"])
def test_a_donor_is_traced_by_every_key_of_the_person(settings: Settings, key: str) -> None:
    found = traced(settings, "donor", key)
    assert found.question == "donor (whose key is not shown)"
    assert dict(found.details) == {"donations": "2: D1, D2", "units": 2, "not pooled": "U2"}
    assert {n.number for n in found.nodes} == {"P1", "L1"}
    assert [(p.pool.number, p.units, p.donors) for p in found.pooled] == [("P1", 2, 2)]


@pytest.mark.parametrize("key", ["Q1", "Q2"])
def test_a_patient_is_traced_to_the_lots_of_what_was_dispensed_prepared_and_given(
    settings: Settings, key: str
) -> None:
    found = traced(settings, "patient", key)
    assert {(u.record, u.key) for u in found.uses} == {
        ("dispensing", ("W1", "G1")),
        ("reconstitution_vial", ("W1", "B1", "1")),
        ("administration_vial", ("W1", "A1", "1")),
    }
    assert {n.number for n in found.start} == {"L1", "L2"}
    assert "P1" in {n.number for n in found.nodes}, "what went into them is shown"
    assert found.whereabouts == ()


def test_a_party_is_traced_by_what_came_to_it_and_stands_there(settings: Settings) -> None:
    wholesaler = traced(settings, "party", "H1")
    assert {n.number for n in wholesaler.start} == {"L1"}, "in a package too"
    assert wholesaler.uses == ()
    ward = traced(settings, "party", "W1")
    assert {u.key[1] for u in ward.uses} == {"G1", "B1", "A1", "A9"}
    assert {(w.lot.number, w.whereabouts, w.holder) for w in ward.whereabouts} == {
        ("L1", "partly given", "W1"),
        ("L1", "partly dispensed", "W1"),
        ("L2", "partly given", "W1"),
    }


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        ("donor", "N7", "No donor of that key was ever received; near keys are not shown."),
        ("patient", "Q7", "No patient of that key was ever received; near keys are not shown."),
        ("party", "H7", "No party 'H7' was ever received, nor one of a similar name."),
    ],
)
def test_whoever_was_never_named_is_not_found(
    settings: Settings, kind: str, name: str, says: str
) -> None:
    with pytest.raises(NotFound) as told:
        traced(settings, kind, name)
    assert str(told.value) == says


@pytest.mark.parametrize(("kind", "name"), [("donor", "N1"), ("patient", "Q1"), ("party", "W1")])
def test_no_key_of_a_person_is_in_the_answer(
    settings: Settings,
    lots: Callable[[Settings, Sequence[str]], int],
    capsys: pytest.CaptureFixture[str],
    kind: str,
    name: str,
) -> None:
    for extra in ([], ["--json"]):
        assert lots(settings, ["trace", kind, name, *extra]) in (0, 1)
        printed = capsys.readouterr().out
        # A checkpoint's base64 has any two characters by chance.
        said = re.sub(r"[A-Za-z0-9+/=]{40,}", "", printed)
        assert not [key for key in KEYS if key in said]
    answer_of("trace", printed)
