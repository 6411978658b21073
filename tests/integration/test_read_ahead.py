"""Small files that are judged together end as each would alone. On a real PostgreSQL."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from lots.answers import Received
from lots.errors import GateClosed
from lots.formats.profile import Profile
from lots.grammar.constraints import Between, CheckCharacter, Constraint
from lots.grammar.schema import Record
from lots.pipeline.concurrent_reading import ReadAhead
from lots.pipeline.digest import digest
from lots.pipeline.read_ahead import Ahead, in_windows, read_ahead
from lots.pipeline.receive import receive
from lots.pipeline.receive_all import each, one
from lots.pipeline.report import as_json, report
from lots.records import record, records
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.intake import receipts
from tests.builders import NOW, donations, results, write
from tests.integration.test_gate import read_apart

PROTEIN = "total_protein_g_dl"


def ahead_of(settings: Settings, places: list[str], known: dict[str, Record]) -> Ahead:
    """What Python reads of files by these declarations, before they are received."""
    ((_, small),) = in_windows(places, settings, "C1", ())
    return read_ahead(small, NOW, known)


def told(settings: Settings, received: Iterable[Received]) -> list[tuple[Received, str]]:
    """What became of each file, with its report."""
    found = []
    for one_file in received:
        with engine(settings=settings).connect() as connection:
            said = as_json(report(connection, one_file.receipt)) if one_file.receipt else ""
        found.append((one_file, said))
    return found


def test_among_bad_files_each_ends_as_alone(fresh: Callable[[], Settings], tmp_path: Path) -> None:
    places = [
        write(tmp_path, name, data)
        for name, data in (
            ("donation-1.csv", donations({}, {"donation_number": "D2", PROTEIN: "5.0"})),
            ("test_result-1.csv", results({}, {"interpretation": "reactive"})),
            ("donation-2.csv", b""),
            ("donation-3.csv", donations({"donation_number": ""})),
            ("donation-4.csv", donations({"donation_number": "D4"}) + b"D5,own\n"),
            ("nothing-1.csv", b"a,b\n1,2\n"),
            ("donation-5.csv", donations({"donation_number": "D6", "centre": "C2"})),
            ("donation-1-again.csv", donations({}, {"donation_number": "D2", PROTEIN: "5.0"})),
            ("test_result-2.csv", results({"sample": "S2", "kit_lot": ""})),
            ("donation-6.csv", donations({"donation_number": "D7", "extra": "x", PROTEIN: "x"})),
            ("gone.csv", b""),
        )
    ]
    Path(places.pop()).unlink()
    places.append(str(tmp_path / "gone.csv"))
    together, alone = fresh(), fresh()
    taken = each(places, together, by="tester", now=lambda: NOW, sender="C1")
    singly = [one(p, alone, by="tester", now=lambda: NOW, sender="C1") for p in places]
    assert told(together, taken) == told(alone, singly)
    assert digest(together) == digest(alone)
    # Else nothing was read together.
    read = ahead_of(fresh(), places[:-1], dict(records()))
    assert [Path(p).name for p in places if p in read] == [
        *("donation-1.csv", "test_result-1.csv", "donation-3.csv", "donation-4.csv"),
        *("donation-5.csv", "donation-1-again.csv", "test_result-2.csv", "donation-6.csv"),
    ]


def declared(rule: str, constraint: Constraint) -> dict[str, Record]:
    """The declarations, with one rule of donations that is another."""
    made = copy(record("donation"))
    rules = tuple(replace(r, constraint=constraint) if r.id == rule else r for r in made.rules)
    object.__setattr__(made, "rules", rules)
    return {**records(), "donation": made}


def ends(
    settings: Settings, places: list[str], known: dict[str, Record], ahead: Ahead
) -> list[str]:
    """How each file ends whose Python reading is by these declarations."""
    found = []
    for place in places:
        try:
            read_apart(settings, place, known, ahead.get(place))
            found.append("accepted")
        except GateClosed as closed:
            found.append(str(closed))
    return found


def test_a_rule_that_errs_in_one_file_closes_the_gate_for_that_one(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    places = [
        write(tmp_path, f"donation-{n}.csv", donations({"donation_number": f"D{n}", **more}))
        for n, more in enumerate(({}, {PROTEIN: "7.0"}, {}))
    ]
    known = declared("D04", CheckCharacter(PROTEIN, "nobody's"))
    found = ends(fresh(), places, known, ahead_of(fresh(), places, known))
    assert found == ends(fresh(), places, known, {})
    assert [end == "accepted" for end in found] == [True, False, True]
    assert found[1].startswith("Rule D04 could not be judged")


def test_counts_that_cancel_out_between_two_files_close_the_gate_for_both(
    fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    places = [
        write(tmp_path, f"donation-{n}.csv", donations({"donation_number": f"D{n}", PROTEIN: said}))
        for n, said in enumerate(("5.0", "7.0", "6.5"))
    ]
    known = declared("D04", Between(PROTEIN, Decimal(4), Decimal("6.9")))
    ahead = ahead_of(fresh(), places, known)
    assert [ahead[place].reading.tallies["D04"] for place in places] == [(1, 0), (1, 1), (1, 0)]
    found = ends(fresh(), places, known, ahead)
    assert found == ends(fresh(), places, known, {})
    assert ["(D04: 0 and 1)" in found[0], "(D04: 1 and 0)" in found[1]] == [True, True]
    assert found[2] == "accepted"


def test_what_was_told_of_another_file_is_not_believed(
    lots_settings: Settings, tmp_path: Path
) -> None:
    places = [
        write(tmp_path, f"donation-{n}.csv", donations({"donation_number": f"D{n}", PROTEIN: said}))
        for n, said in enumerate(("5.0", "7.0"))
    ]
    first, second = ahead_of(lots_settings, places, dict(records())).values()
    exchanged = (replace(first, reading=second.reading), replace(second, reading=first.reading))
    got = [
        take(lots_settings, place, ahead) for place, ahead in zip(places, exchanged, strict=True)
    ]
    assert [(r.status, r.counts["findings"]) for r in got] == [("accepted", 1), ("accepted", 0)]


def take(settings: Settings, place: str, ahead: ReadAhead) -> Received:
    """Receive a file of which something was read before."""
    return receive(place, settings, by="tester", now=NOW, sender="C1", ahead=ahead)


def test_what_was_read_is_of_the_bytes_the_name_the_profile_and_the_day(
    lots_settings: Settings, tmp_path: Path
) -> None:
    places = [
        write(tmp_path, f"donation-{n}.csv", donations({"donation_number": f"D{n}"}))
        for n in range(2)
    ]
    first, second = ahead_of(lots_settings, places, dict(records())).values()
    got = take(lots_settings, places[0], first)
    with engine(settings=lots_settings).connect() as connection:
        receipt = receipts.by_number(connection, got.receipt)
    assert first.is_of(receipt, Profile("C1"))
    for receipt_then, profile in (
        (replace(receipt, sha256=second.sha256), Profile("C1")),
        (replace(receipt, file_name="other.csv"), Profile("C1")),
        (replace(receipt, received_at=NOW + timedelta(days=1)), Profile("C1")),
        (receipt, Profile("C1", decimal_comma=True)),
    ):
        assert not first.is_of(receipt_then, profile)
