"""Files that come piece by piece, in any order, end in the outcomes that judging everything anew
gives.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lots.pipeline.evaluate import evaluate_all
from lots.pipeline.link import rebuild
from lots.rules import rules
from lots.settings import Settings
from tests.acceptance.pieces import Piece, pieces, reference
from tests.builders import NOW, rows, table, take, write

# More of them, and of the other worlds, by hand.
SEEDS = {
    "pooled": (4,),
    "giving": (1,),
    "packs": (6,),
}
APART = 2  # files from one comparison to the next
DONATION = "donation scheme=own centre=C1 plasma_kind=source"
ORDER = (
    "treatment_order site=H1 treatment_order=O1 indication=MS weight_kg=6"
    " ordered_at=2026-05-30T10:00:00Z"
)
INFUSION = "administration site=H1 status=given treatment_order=O1 started_at=2026-06-01T10:00:00Z"
LINE = "administration_vial site=H1 item=1 lot_number=L1 vials=1 given_g=5 wasted_g=0"
CORRECTED = "correction=1 corrected_by=QA-1 correction_reason=typing"
TOLD = {  # by world, and what it tells of: one row a file, in this order
    "donors": (
        f"""
        {DONATION} donation_number=D1 donor_key=P2 collected_at=2026-03-01T10:00:00Z
        {DONATION} donation_number=D2 donor_key=P1 collected_at=2026-03-02T10:00:00Z
        {DONATION} donation_number=D2 donor_key=P2 collected_at=2026-03-02T10:00:00Z {CORRECTED}
        test_result sample=1 marker=HIV-NAT run=1 tested=donation tested_id=D1 tested_at=2026-03-01T12:00:00Z \
            interpretation=reactive kit_lot=K
        donor_exam centre=C1 exam=1 donor_key=P1 kind=physical examined_on=2026-01-01 conclusion=suitable"""
    ),
    "screening": (
        f"""
        {DONATION} donation_number=D1 donor_key= collected_at=2026-03-01T10:00:00Z
        post_donation_information centre=C1 information=1 donation_number=D1 kind=travel \
            learned_at=2026-04-01T10:00:00Z"""
    ),
    "giving": (
        f"""
        {ORDER} patient_key=P2
        {INFUSION} administration=1 patient_key=P2
        {INFUSION} administration=2 patient_key=P1
        {INFUSION} administration=2 patient_key=P2 {CORRECTED}
        {LINE} administration=1
        {LINE} administration=2
        {INFUSION} administration=3 patient_key=P1"""
    ),
    "giving, course": (
        f"""
        {ORDER} patient_key=P1
        {INFUSION} administration=1 patient_key=P1 course=1 status=not_given
        {INFUSION} administration=1 patient_key=P2 course=1
        course_review site=H1 patient_key=P1 reviewed_on=2026-06-15 decision=go_on
        {INFUSION} administration=2 patient_key=P3 course=1
        {INFUSION} administration=2 patient_key=P1 course=1 started_at=2026-06-02T10:00:00Z
        {INFUSION} administration=3 patient_key=P3 course=1"""
    ),
}

Outcomes = dict[tuple[object, object], tuple[object, ...]]
PASSED = ("passed or not applicable",)


def outcomes(settings: Settings) -> Outcomes:
    """What is kept: the outcome and its due day, by rule and subject."""
    found = rows(settings, "SELECT rule, subject::text, outcome, due_on::text FROM judged.outcome")
    return {(rule, subject): tuple(word for word in said if word) for rule, subject, *said in found}


def otherwise(settings: Settings, judge_anew: Callable[[], object]) -> list[str]:
    """A sentence for each outcome that is not what judging everything anew gives."""
    was = outcomes(settings)
    judge_anew()
    should = outcomes(settings)
    return [
        f"{rule} {subject}: was {' '.join(map(str, was.get((rule, subject), PASSED)))}, "
        f"should be {' '.join(map(str, should.get((rule, subject), PASSED)))}"
        for rule, subject in sorted(was.keys() | should.keys(), key=str)
        if was.get((rule, subject)) != should.get((rule, subject))
    ]


def told(text: str) -> list[Piece]:
    """Files of one row each: a line a row, its record and then column=value."""
    lines = (line.split() for line in text.replace("\\\n", " ").strip().splitlines())
    return [(record, [dict(said.split("=", 1) for said in values)]) for record, *values in lines]


def compared(
    settings: Settings, folder: Path, at_first: list[Piece], late: list[Piece], apart: int = APART
) -> Iterator[tuple[str, list[str]]]:
    """Receive some files together, then the others alone; say, now and then and at the end, what
    differs.
    """
    every = tuple(rules().values())
    take(
        settings,
        *(
            write(folder, f"{record}-0-{n}.csv", table({}, of))
            for n, (record, of) in enumerate(at_first)
        ),
    )
    for n, (record, of) in enumerate(late, 1):
        (taken,) = take(settings, write(folder, f"{record}-{n}.csv", table({}, of)))
        assert taken.status in ("accepted", "all_refused"), taken.sentence
        if n % apart == 0:
            yield (
                f"after {n} of {len(late)} files",
                otherwise(settings, lambda: evaluate_all(settings, every, now=NOW)),
            )
    yield f"after {len(late)} files", otherwise(settings, lambda: rebuild(settings, now=NOW))


@pytest.mark.parametrize(
    ("world", "seed"), [(world, seed) for world in SEEDS for seed in SEEDS[world]]
)
def test_what_comes_piece_by_piece_is_judged_as_a_whole(
    lots_settings: Settings, tmp_path: Path, world: str, seed: int
) -> None:
    early, late = pieces(world, seed)
    for where, differences in compared(lots_settings, tmp_path, reference(world) + early, late):
        assert not differences, "\n".join((where, *differences))


@pytest.mark.parametrize("case", TOLD)
def test_what_a_row_named_before_or_never_named_is_judged_too(
    lots_settings: Settings, tmp_path: Path, case: str
) -> None:
    world, _, _ = case.partition(",")
    for where, differences in compared(lots_settings, tmp_path, reference(world), told(TOLD[case])):
        assert not differences, "\n".join((where, *differences))
