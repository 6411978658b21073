"""Losses that were once called complete, each in the chain that is asked about and in one of another maker and
product: what the walk says by docs/certificate.md.
"""

from datetime import UTC, datetime

import pytest

from tests.unit.test_walk_certificate import WORLD, outside, plainly, told
from tests.walk.bounds import Certificate, certificate
from tests.walk.ends import AWAITED, CONTESTED, EMPTY, PARKED, WITHOUT
from tests.walk.heard import File
from tests.walk.standing import Words
from tests.walk.tables import accepted
from tests.walk.way import Told

ONE_PERSON = (
    "same_person party=C{n} statement=1 kind=donor one_key=K{n} other_key=K{n}9 status=stated"
)
LOSSES = {  # what is lost, as a line that is gone or another in its place; the end, and a question
    "a pool's unit without its row": (("plasma_unit", None), PARKED, "pool_unit", ("donor", "K1")),
    "a unit whose donation never came": (
        ("donation donation_number", None),
        PARKED,
        "plasma_unit",
        ("centre", "C1"),
    ),
    "an infusion of a lot that nobody knows": (
        ("administration_vial site=CL{n} administration=AA", "serial=X{n}2>lot_number=22E1"),
        PARKED,
        "administration_vial",
        ("lot", "M1/PK1/packed"),
    ),
    "a pool without units": (("pool_unit", None), WITHOUT, "pool", ("donation", "DN1")),
    "a minipool without members": (
        ("minipool_member", None),
        WITHOUT,
        "minipool",
        ("kit-lot", "KL1"),
    ),
    "a run without loads": (
        ("lyophilisation_load", None),
        WITHOUT,
        "lyophilisation",
        ("dryer", "DR1"),
    ),
    "an infusion without a patient": (
        ("administration site=CL{n} administration=A{n}", "patient_key=t{n}>patient_key="),
        EMPTY,
        "administration",
        ("lot", "M1/PK1/packed"),
    ),
    "an order without a patient": (
        ("treatment_order", "patient_key=t{n}>patient_key="),
        EMPTY,
        "treatment_order",
        ("lot", "M1/PK1/packed"),
    ),
    "a person link with an empty side": (
        ("same_person", "other_key=K{n}9>other_key="),
        EMPTY,
        "same_person",
        ("donor", "K1"),
    ),
}
# Of another maker and product, and still not to be left out: plasma of one donation may go to several makers;
# a unit, a result or a statement tells no product; an infusion may be of any.
MATTERS_ELSEWHERE = {
    "a pool's unit without its row",
    "a unit whose donation never came",
    "a pool without units",
    "a person link with an empty side",
    "a run without loads",  # what came out of it may have been in any dryer
}


def whole() -> list[str]:
    """A world in which nothing is lost."""
    return [*WORLD, *(ONE_PERSON.format(n=n) for n in "12")]


def without(loss: str, number: str) -> list[str]:
    """The same after a loss in one of its chains."""
    (start, change), *_ = LOSSES[loss]
    start = start.format(n=number)
    found = [line for line in whole() if line.startswith(start) and number in line.split()[1]]
    assert found, start
    lines = [line for line in whole() if line != found[0]]
    if change:
        before, after = change.format(n=number).split(">")
        assert before in found[0]
        lines.append(found[0].replace(before, after))
    return lines


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_seen_and_the_truth_lies_within(loss: str) -> None:
    _, sort, record, asked = LOSSES[loss]
    said = certificate(told(without(loss, "1")), *asked)
    assert not said.complete
    assert (sort, record) in {(end.sort, end.record) for end in said.might}
    assert outside(said, plainly(told(whole()), *asked)) == {}


@pytest.mark.parametrize("loss", LOSSES)
def test_the_same_loss_elsewhere_is_no_noise(loss: str) -> None:
    _, sort, record, asked = LOSSES[loss]
    world = told(without(loss, "2"))
    said = certificate(world, *asked)
    assert outside(said, plainly(told(whole()), *asked)) == {}
    assert said.complete is (loss not in MATTERS_ELSEWHERE)
    assert (sort, record) in {(end.sort, end.record) for end in world.ends}


# A lot as wards send it: once right, as a spreadsheet rewrites it, with its serial run in, in lower case.
LOT = "22E1"
WRITTEN = ("22E1", "2.20E+02", "22E121S1", "22e1")


def ward(gtin: str = "09506000134352") -> Told:
    """Infusions of a lot, and of what may be the same."""
    lines = [
        "donation donation_number=D1 donor_key=K1 centre=C1 collected_at=2026-01-05T10:00:00+01:00",
        "donor donor_key=K1 as_of=2026-01-01 centre=C1 status=qualified",
        "party party_id=C1 kind=centre",
        "plasma_unit unit=U1 donation_number=D1",
        "pool plant=M1 pool_number=P1 pooled_at=2026-03-20T08:00:00+01:00",
        "pool_unit plant=M1 pool_number=P1 unit=U1",
        f"lot manufacturer=M1 lot_number={LOT} step=packed product=IG gtin=09506000134352"
        " amount=100 amount_unit=packs made_at=2026-04-10T08:00:00+02:00",
        f"lot_input manufacturer=M1 lot_number={LOT} step=packed from_manufacturer=M1 from_number=P1"
        " from_step=pool",
    ]
    for number, name in enumerate(WRITTEN):
        lines += [
            f"administration site=W administration=A{number} patient_key=p{number} status=given"
            " started_at=2026-06-01T09:00:00+02:00",
            f"administration_vial site=W administration=A{number} item=1 lot_number={name} vials=1"
            f" gtin={'09506000134352' if name == LOT else gtin} preparation=",
        ]
    return told(lines)


@pytest.mark.parametrize("asked", [("lot", "M1/22E1/packed"), ("donor", "K1"), ("donation", "D1")])
def test_lots_that_nobody_knows_are_bounds_of_the_lot_that_they_look_like(
    asked: tuple[str, str],
) -> None:
    said = certificate(ward(), *asked)
    assert (said.complete, said.vials["given"], said.patients["given"]) == (False, (1, 4), (1, 4))
    assert {end.key[1] for end in said.might} == {"A1", "A2", "A3"}


def test_a_name_that_is_near_beats_another_product() -> None:
    assert certificate(ward("09506000134369"), "lot", "M1/22E1/packed").vials["given"] == (1, 4)


SENT = "2026-07-01T00:00:00Z"


def heard(rows: int = 1, sequence: int = 1, to: str = SENT) -> Certificate:
    """What is said where the only file of a ward was announced so."""
    lines = [
        f"lot manufacturer=M1 lot_number={LOT} step=packed product=IG gtin=09506000134352"
        " amount=6 amount_unit=vials made_at=2026-04-10T08:00:00+02:00",
        "administration site=W administration=A patient_key=p status=given",
        f"administration_vial site=W administration=A item=1 lot_number={LOT} vials=1",
        f"transmittal sender=W sequence={sequence} file_name=a.csv record=administration_vial"
        f" row_count={rows} period_from=2026-01-01T00:00:00Z period_to={to}",
    ]
    files = [File("W", "a.csv", "administration_vial", 1)]
    through = datetime(2026, 7, 1, tzinfo=UTC)
    return certificate(told(lines), "lot", "M1/22E1/packed", files, through)


def test_who_was_heard_whole_leaves_nothing_out() -> None:
    assert heard().silent == {}


@pytest.mark.parametrize(
    "said", [heard(rows=2), heard(sequence=2), heard(to="2026-06-30T00:00:00Z")]
)
def test_who_was_not_heard_whole_may_have_given_more(said: Certificate) -> None:
    assert [*said.silent] == ["W"]
    assert (said.complete, said.vials["prepared"], said.vials["dispensed"]) == (
        False,
        (0, 6),
        (0, 6),
    )


def test_what_contradicts_itself_changes_the_answers_that_it_touches_and_no_other() -> None:
    other = next(line for line in WORLD if line.startswith("donation donation_number=DN1"))
    world = told([*WORLD, other.replace("donor_key=K1", "donor_key=K2")])
    for donor, given in (("K1", (0, 2)), ("K2", (2, 4))):
        said = certificate(world, "donor", donor)
        assert {end.record for end in said.changes} == {"donation"}
        assert (said.might, said.vials["given"]) == (set(), given)
    assert certificate(world, "lot", "M1/PK1/packed").complete


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_row_that_its_sender_takes_back_is_not_sure_and_what_replaces_it_may_be_anything(
    confirmed: bool,
) -> None:
    line = next(line for line in WORLD if line.startswith("pool_unit") and "U1" in line)
    declared = " correction=1 corrected_by=QA-1 correction_reason=late retracted=replacement_due"
    found = accepted("\n".join([*WORLD, line + declared]))
    key = ("M1", "P1", "U1")
    if confirmed:
        found.words["pool_unit", key] = Words(confirmed={1})
    said = certificate(Told(found), "donation", "DN1")
    sort, most = (AWAITED, None) if confirmed else (CONTESTED, 2)
    assert {(end.record, end.sort) for end in said.changes | said.might if end.key == key} == {
        ("pool_unit", sort)
    }
    assert said.vials["given"] == (0, most)
