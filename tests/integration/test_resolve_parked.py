"""A person's word that a parked line means a lot: linked by hand, parked until another person confirms
it, taken back the same way; in any order of rows and words the same.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lots.errors import CallError, NotFound
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.link import rebuild
from lots.pipeline.meant import mean, take_back
from lots.pipeline.resolve import Word
from lots.records import record as record_of
from lots.settings import Settings
from lots.store.answers.state import parts
from lots.store.engine import engine
from tests.builders import NOW, rows, table, take, write

GTIN, OTHER = "09506000134352", "09506000134369"
LOT = {"manufacturer": "M1", "lot_number": "22E1", "step": "packed", "product": "IG", "gtin": GTIN}
LINE = {"pharmacy": "PH1", "dispensing": "1", "to_kind": "patient", "patient_key": "p1"}
LINE |= {"gtin": GTIN, "lot_number": "22E121S1", "vials": "2"}
ONE, TWO = Word("A. Ahn", "read from the label"), Word("B. Berg", "seen too")
LINKED = (
    "SELECT number, basis, state, least FROM lineage.vial JOIN lineage.node ON node = lot"
    " ORDER BY 1, 2"
)
PARKED = (
    "SELECT DISTINCT record, link FROM lineage.parked WHERE link IN ('pack', 'lot', 'vial')"
    " OR record = 'administration_vial' AND link = 'preparation' ORDER BY 1, 2"
)
BY_HAND = ("22E1", "hand", "dispensed", 2)
ROW = [(2, 2)]  # the line's receipt and line


@pytest.fixture(scope="module")
def copy(told_once: Callable[..., Callable[[], Settings]]) -> Callable[[], Settings]:
    """Makes sites that have a lot, another, and a line of a lot that nobody knows."""
    return told_once(filled)


@pytest.fixture
def site(copy: Callable[[], Settings]) -> Settings:
    """One of them."""
    return copy()


@pytest.fixture(scope="module")
def refusing(shared_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The same, and a line of a known lot; what is said of them is refused, and changes nothing."""
    folder = tmp_path_factory.mktemp("landing")
    filled(shared_settings, folder)
    known = LINE | {"dispensing": "2", "lot_number": "22E2"}
    bring(shared_settings, folder, "dispensing", known)
    return shared_settings


def filled(made: Settings, folder: Path) -> Settings:
    """A site with these files."""
    bring(made, folder, "lot", LOT, LOT | {"lot_number": "22E2"})
    bring(made, folder, "dispensing", LINE)
    return made


def bring(site: Settings, folder: Path, record: str, *told: dict[str, str]) -> None:
    """Receive and link a file of these rows."""
    number = len([*folder.rglob("*.csv")])
    (taken,) = take(
        site,
        write(
            folder,
            f"{record}-{number}.csv",
            table(dict.fromkeys(record_of(record).required, ""), told),
        ),
    )
    assert taken.status == "accepted"


def now(site: Settings) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What is linked and what is parked; a rebuild finds nothing else."""
    found = rows(site, LINKED), rows(site, PARKED)
    assert not rebuild(site, now=NOW).changed
    return found


def state(site: Settings) -> dict[str, str]:
    """A hash of each part of the state, whatever the order of arrival."""
    with engine("lots_discloser", site).connect() as connection:
        return parts(connection)


def said(site: Settings, word: Word, *, back: bool = False, lot: str = "22E1") -> str:
    """What the word on the line is once a person has said it."""
    (line,) = (take_back if back else mean)(site, ROW, lot, word, now=NOW).rows
    return line.state


def test_one_person_s_word_links_the_line_which_stays_parked(site: Settings) -> None:
    assert now(site) == ([], [("dispensing", "lot")])
    assert said(site, ONE) == "said"
    assert now(site) == ([BY_HAND], [("dispensing", "lot")])
    answer = implicate(site, [Subject("lot", "22E1")], through=NOW)
    assert (answer.vials.dispensed.least, answer.vials.dispensed.most) == (2, 2)
    assert answer.patients.dispensed_only == 1


def test_another_person_confirms_it(site: Settings) -> None:
    said(site, ONE)
    with pytest.raises(CallError, match=r"^Row 2:2: ' a. ahn' said so before; expected another"):
        said(site, Word(" a. ahn", "again"))
    assert said(site, TWO) == "confirmed"
    assert now(site) == ([BY_HAND], [])
    with pytest.raises(CallError, match="two persons have said so already"):
        said(site, ONE)


def test_it_is_taken_back_by_one_until_it_is_confirmed(site: Settings) -> None:
    said(site, ONE)
    assert said(site, ONE, back=True) == "gone"
    assert now(site) == ([], [("dispensing", "lot")])
    with pytest.raises(CallError, match="nobody said that it means this lot"):
        said(site, ONE, back=True)
    assert said(site, TWO) == "said"


def test_once_confirmed_it_is_taken_back_by_two(site: Settings) -> None:
    for person in (ONE, TWO):
        said(site, person)
    assert said(site, ONE, back=True) == "disputed"
    assert now(site) == ([(*BY_HAND[:3], 0)], [("dispensing", "lot")])
    with pytest.raises(CallError, match="expected another person"):
        said(site, ONE, back=True)
    assert said(site, TWO, back=True) == "gone"
    assert now(site) == ([], [("dispensing", "lot")])


def test_two_words_name_two_lots(site: Settings) -> None:
    said(site, ONE)
    said(site, ONE, lot="M1/22E2")
    both = [("22E1", "hand", "dispensed", 2), ("22E2", "hand", "dispensed", 2)]
    assert now(site) == (both, [("dispensing", "lot")])
    answer = implicate(site, [Subject("lot", "22E1")], through=NOW)
    assert (answer.vials.dispensed.least, answer.vials.dispensed.most) == (0, 2)


def test_what_the_sender_amends_is_no_more_what_was_meant(site: Settings, tmp_path: Path) -> None:
    said(site, ONE)
    by = {"correction": "1", "corrected_by": "QA", "correction_reason": "typing"}
    bring(site, tmp_path, "dispensing", LINE | by | {"lot_number": "22E2"})
    assert now(site) == ([("22E2", "lot", "dispensed", 2)], [])
    with pytest.raises(CallError, match=r"^Row 2:2 does not stand"):
        said(site, ONE)


def test_it_holds_for_a_version_that_tells_the_same_names(site: Settings, tmp_path: Path) -> None:
    said(site, ONE)
    at = {"dispensed_at": "2026-06-01T10:00:00Z"}
    bring(site, tmp_path, "dispensing", LINE | at)  # it completes the line
    assert now(site) == ([BY_HAND], [("dispensing", "lot")])
    bring(site, tmp_path, "dispensing", LINE | at | {"lot_number": "22E9"})  # it contradicts it
    assert now(site) == ([(*BY_HAND[:3], 0)], [("dispensing", "lot")])


def test_a_lot_of_that_number_that_comes_later_is_reached_too(
    site: Settings, tmp_path: Path
) -> None:
    for person in (ONE, TWO):
        said(site, person)
    bring(site, tmp_path, "lot", LOT | {"lot_number": "22E121S1"})
    assert now(site) == ([BY_HAND, ("22E121S1", "lot", "dispensed", 2)], [])


def test_a_pack_stands_for_its_lot(site: Settings, tmp_path: Path) -> None:
    pack = {"gtin": GTIN, "serial": "S1", "manufacturer": "M1", "lot_number": "22E1"}
    bring(site, tmp_path, "pack", pack | {"step": "packed", "vials": "2"})
    assert said(site, ONE, lot=f"{GTIN}/S1") == "said"
    assert now(site) == ([BY_HAND], [("dispensing", "lot")])


def test_what_is_prepared_of_a_line_is_of_the_lot_that_it_means(
    site: Settings, tmp_path: Path
) -> None:
    bring(
        site,
        tmp_path,
        "reconstitution_vial",
        {"site": "W1", "preparation": "B1", "item": "1", "lot_number": "22 E1"},
    )
    given = {"site": "W1", "administration": "A1", "item": "1", "preparation": "B1"}
    bring(site, tmp_path, "administration_vial", given)
    waits = [("administration_vial", "preparation"), ("dispensing", "lot")]
    mean(site, [(3, 2)], "22E1", ONE, now=NOW)
    linked = [("22E1", "hand", "prepared", 1), ("22E1", "preparation", "given", 1)]
    assert now(site) == (linked, [*waits, ("reconstitution_vial", "lot")])
    mean(site, [(3, 2)], "22E1", TWO, now=NOW)
    take_back(site, [(3, 2)], "22E1", TWO, now=NOW)
    assert now(site)[0] == [(*one[:3], 0) for one in linked]


def test_a_line_of_an_unknown_preparation(site: Settings, tmp_path: Path) -> None:
    given = {"site": "W1", "administration": "A1", "item": "1", "preparation": "B1"}
    bring(site, tmp_path, "administration_vial", given)
    waits = [("administration_vial", "preparation"), ("dispensing", "lot")]
    for person, left in ((ONE, waits), (TWO, waits[1:])):
        mean(site, [(3, 2)], "22E1", person, now=NOW)
        assert now(site) == ([("22E1", "hand", "given", 1)], left)


def test_the_same_rows_and_words_end_in_one_state(
    site: Settings, fresh: Callable[[], Settings], tmp_path: Path
) -> None:
    more = [LOT | {"lot_number": "22E3"}, LINE | {"position": "1"}]
    said(site, ONE)
    bring(site, tmp_path / "one", "lot", more[0])
    bring(site, tmp_path / "one", "dispensing", more[1])
    other = fresh()
    bring(other, tmp_path / "two", "dispensing", LINE)
    bring(other, tmp_path / "two", "dispensing", more[1])
    bring(other, tmp_path / "two", "lot", LOT, LOT | {"lot_number": "22E2"}, more[0])
    mean(other, [(2, 2)], "M1/22E1/packed", TWO, now=NOW)
    assert now(site) == now(other) == ([BY_HAND], [("dispensing", "lot")])
    for part in ("state_vials", "state_parked", "state_findings", "state_outcomes"):
        assert state(site)[part] == state(other)[part]


WRONG: Sequence[tuple[tuple[int, int], str, Word, str, type[Exception]]] = (
    ((9, 2), "22E1", ONE, "No row of receipt 9, line 2 was ever accepted.", NotFound),
    ((1, 2), "22E1", ONE, "Row 1:2 is a lot; expected one of dispensing", CallError),
    ((2, 2), "22E7", ONE, "No packed lot '22E7', nor a pack of that name, is known.", NotFound),
    ((3, 2), "22E1", ONE, "Row 3:2 is not parked; expected one that is.", CallError),
    ((2, 2), "22E1", Word("", "x"), "expected both --by and --reason", CallError),
)


@pytest.mark.parametrize(("row", "lot", "word", "sentence", "kind"), WRONG)
def test_what_cannot_be_said(
    refusing: Settings,
    row: tuple[int, int],
    lot: str,
    word: Word,
    sentence: str,
    kind: type[Exception],
) -> None:
    with pytest.raises(kind, match=sentence):
        mean(refusing, [row], lot, word, now=NOW)
