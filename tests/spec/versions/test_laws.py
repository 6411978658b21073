"""What holds of docs/versions.md whatever is told: laws that the walk's reading of it must keep."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.versions.cases import USUAL
from tests.walk.standing import Words, number, retracts, standing
from tests.walk.values import Row, values

DECLARED = {"corrected_by": "QA", "correction_reason": "slip"}
SAID = {"vials": ["", "2"], "serial": ["", "S2"], "patient_key": ["", "unknown"]}
QUIET = settings(max_examples=300, deadline=None, derandomize=True, database=None)


@st.composite
def versions(draw: st.DrawFn) -> list[Row]:
    """A few different versions of one dispensing, by two senders, of three numbers."""
    optional = {name: st.sampled_from(told) for name, told in SAID.items()}
    found: dict[str, Row] = {}
    for _ in range(draw(st.integers(1, 5))):
        n = draw(st.sampled_from(["", "", "1", "2"]))
        more = draw(st.fixed_dictionaries({}, optional=optional))
        gone = draw(st.sampled_from(["", "", "", "never_happened", "replacement_due"]))
        # Whoever does not say it whole leaves it open which number it has.
        whole = draw(st.sampled_from([DECLARED, DECLARED, {"corrected_by": "QA"}]))
        declared = {**whole, "correction": n, "retracted": gone} if n or gone else {}
        row = values("dispensing", {**USUAL["dispensing"], "dispensing": "1", **more, **declared})
        first = found.setdefault(repr(sorted(row.text.items())), row)
        first.senders |= {draw(st.sampled_from("AAB"))}
    return list(found.values())


@st.composite
def spoken(draw: st.DrawFn) -> tuple[list[Row], Words]:
    """Versions, and what persons say of them."""
    rows = draw(versions())
    places = st.integers(0, len(rows) - 1)
    taken = draw(st.dictionaries(places, st.sampled_from(["never_happened", "replacement_due"])))
    proposed = draw(st.sets(places)) - taken.keys()
    confirmed = {v for v in draw(st.sets(places)) if retracts(rows[v])}
    kept = None
    if draw(st.booleans()) and not retracts(rows[place := draw(places)]):
        kept = (place, draw(st.sets(places)) - {place})
    return rows, Words(taken, proposed, confirmed, kept)


@QUIET
@given(spoken())
def test_something_stands_unless_it_was_retracted(told: tuple[list[Row], Words]) -> None:
    rows, words = told
    said = standing("dispensing", rows, words)
    left = [v for v, row in enumerate(rows) if not retracts(row) and v not in words.taken]
    retracted = [n for v in words.confirmed if (n := number(rows[v])) is not None]
    stronger = max(retracted, default=-1)
    if [v for v in left if (n := number(rows[v])) is None or n >= stronger]:
        assert said.stands


@QUIET
@given(spoken(), st.integers(0, 99))
def test_no_order_changes_what_stands(told: tuple[list[Row], Words], seed: int) -> None:
    rows, words = told
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    at = {old: new for new, old in enumerate(order)}
    moved = Words(
        {at[v]: kind for v, kind in words.taken.items()},
        {at[v] for v in words.proposed},
        {at[v] for v in words.confirmed},
        words.kept and (at[words.kept[0]], {at[v] for v in words.kept[1]}),
    )
    one = standing("dispensing", rows, words)
    other = standing("dispensing", [rows[v] for v in order], moved)
    assert {at[v] for v in one.stands} == {*other.stands}
    assert (one.contested, one.possible, one.awaited) == (
        other.contested,
        other.possible,
        other.awaited,
    )


@QUIET
@given(spoken(), st.data())
def test_a_proposal_hides_nothing(told: tuple[list[Row], Words], data: st.DataObject) -> None:
    """What stood before one person's word stands after it, and so does what would stand if another
    confirmed it.
    """
    rows, words = told
    before = standing("dispensing", rows, words)
    place = data.draw(st.integers(0, len(rows) - 1))
    if place in words.taken:
        return
    proposed = Words(words.taken, words.proposed | {place}, words.confirmed, words.kept)
    sure = Words(
        {**words.taken, place: "never_happened"},
        words.proposed - {place},
        words.confirmed,
        words.kept,
    )
    after = standing("dispensing", rows, proposed)
    then = standing("dispensing", rows, sure)
    assert {*before.stands} | {*then.stands} <= {*after.stands}


@QUIET
@given(versions())
def test_what_nobody_here_said_takes_no_key_away(rows: list[Row]) -> None:
    """A file alone, whatever it retracts, leaves something of each key standing."""
    if any(not retracts(row) for row in rows):
        assert standing("dispensing", rows, Words()).stands
