"""In drawn worlds of few rows the walk attaches every open end in the ways that are allowed, and each figure
of each answer then lies within the bounds that were said before.
"""

from random import Random

import pytest

from tests.unit.test_walk_certificate import LINKED, SPELLED, outside, plainly, told
from tests.walk.attached import worlds
from tests.walk.bounds import certificate
from tests.walk.columns import KEYS
from tests.walk.way import Told

WORLD = """
party party_id=C1 kind=centre
donor donor_key=K1 as_of=2026-01-01
donor donor_key=K2 as_of=2026-01-01
donation donation_number=D1 donor_key=K1 centre=C1 collected_at=2026-01-05T10:00:00Z
donation donation_number=D2 donor_key=K2 centre=C1 collected_at=2026-01-06T10:00:00Z
same_person party=C statement=1 kind=donor one_key=K1 other_key=K2 status=stated
plasma_unit unit=U1 donation_number=D1
plasma_unit unit=U2 donation_number=D2
minipool_member minipool=MP member_kind=donation member=D1
test_result sample=S marker=HBsAg run=1 tested=minipool tested_id=MP kit_lot=KL1
test_result sample=S2 marker=HBsAg run=1 tested=donation tested_id=D2 kit_lot=KL2
pool_unit plant=M pool_number=P1 unit=U1
pool_unit plant=M pool_number=P2 unit=U2
lot manufacturer=M lot_number=L1 step=packed product=IG gtin=09506000134352
lot manufacturer=M lot_number=L2 step=packed product=IG gtin=09506000134352
lot manufacturer=M lot_number=L3 step=packed product=IX gtin=09506000134369
lot_input manufacturer=M lot_number=L1 step=packed from_manufacturer=M from_number=P1 from_step=pool
lot_input manufacturer=M lot_number=L2 step=packed from_manufacturer=M from_number=P2 from_step=pool
pack gtin=09506000134352 serial=A1 manufacturer=M lot_number=L1 step=packed vials=1
pack gtin=09506000134352 serial=B2 manufacturer=M lot_number=L2 step=packed vials=2
relabelling gtin=09506000134352 serial=A1 new_gtin=09506000134352 new_serial=N7
dispensing pharmacy=Q dispensing=1 to_kind=patient patient_key=p gtin=09506000134352 serial=A1 vials=1
dispensing pharmacy=Q dispensing=2 to_kind=ward gtin=09506000134352 lot_number=L2 vials=2
treatment_order site=W treatment_order=O patient_key=p
reconstitution site=W preparation=B treatment_order=O diluent_lot=DL
reconstitution_vial site=W preparation=B item=1 gtin=09506000134352 serial=B2 vials=1
reconstitution_vial site=W preparation=B item=2 gtin=09506000134352 serial=A1 vials=1
administration site=W administration=I patient_key=p status=given
administration_vial site=W administration=I item=1 preparation=B vials=2
administration site=W administration=J patient_key=q status=given
administration_vial site=W administration=J item=1 gtin=09506000134352 lot_number=L1 vials=1
administration_vial site=W administration=J item=2 gtin=09506000134352 lot_number=L2 vials=3
administration_vial site=W administration=J item=3 gtin=09506000134369 lot_number=L3 vials=3
administration site=W administration=N patient_key=r status=not_given
administration_vial site=W administration=N item=1 gtin=09506000134352 serial=N7 vials=1
""".strip().splitlines()
ASKED = [
    ("donor", "K1"),
    ("donation", "D1"),
    ("donation", "D2"),
    ("minipool", "MP"),
    ("centre", "C1"),
    ("kit-lot", "KL1"),
    ("kit-lot", "KL2"),
    ("pool", "M/P1"),
    ("lot", "M/L1/packed"),
    ("lot", "M/L2/packed"),
    ("lot", "M/L3/packed"),
    ("pack", "09506000134352/A1"),
    ("pack", "09506000134352/B2"),
    ("diluent-lot", "DL"),
]
NAMED = {name for _, name in ASKED} | {"K2", "B", "O"}
OTHERS = {  # what another version of a row may tell
    "donor_key": ("K1", "K2"),
    "donation_number": ("D1", "D2"),
    "tested_id": ("D1", "D2"),
    "kit_lot": ("KL1", "KL2"),
    "lot_number": ("L1", "L2"),
    "serial": ("A1", "B2"),
    "patient_key": ("p", "q", "r"),
    "status": ("given", "not_given"),
    "vials": ("1", "2"),
    "other_key": ("K2", "K3"),
}


@pytest.mark.parametrize("seed", range(6))
def test_each_way_to_attach_what_is_open_lies_within_the_bounds(seed: int) -> None:
    draw = Random(seed)
    world = told(drawn(draw))
    said = {asked: certificate(world, *asked) for asked in ASKED}
    for other in worlds(world.accepted, world.ends, NAMED, 8, draw):
        for asked, bounds in said.items():
            assert (asked, outside(bounds, plainly(Told(other), *asked))) == (asked, {})


def drawn(draw: Random) -> list[str]:
    """Some of the rows; of a few a link leads nowhere, of one there is another version."""
    lines = [
        line for line in WORLD if draw.random() < 0.85 or line.split()[0] in ("party", "donor")
    ]
    for _ in range(draw.randint(0, 2)):
        place = draw.randrange(len(lines))
        lines[place] = _lost(draw, lines[place])
    lines += [line for line in [_other(draw, draw.choice(lines))] if line not in lines]
    return lines


def _lost(draw: Random, line: str) -> str:
    """The same row, a link of which tells nothing, or what nobody knows."""
    record, said = _taken_apart(line)
    links = [c for c in said if c in LINKED.get(record, set()) - SPELLED]
    if links:
        column = draw.choice(links)
        unknown = "ZZ9" + said[column][::-1]
        said[column] = unknown if column in KEYS[record] else draw.choice(["", unknown])
    return _joined(record, said)


def _other(draw: Random, line: str) -> str:
    """Another version of a row, or the same."""
    record, said = _taken_apart(line)
    columns = [c for c in said if c in OTHERS and c not in KEYS[record]]
    if columns:
        column = draw.choice(columns)
        said[column] = draw.choice(OTHERS[column])
    return _joined(record, said)


def _taken_apart(line: str) -> tuple[str, dict[str, str]]:
    record, *said = line.split()
    return record, dict(one.split("=", 1) for one in said)


def _joined(record: str, said: dict[str, str]) -> str:
    return " ".join([record, *(f"{column}={value}" for column, value in said.items())])
