"""Drawn keys with a few versions each, and what docs/versions.md says of them: one case for each of its
rules.

A version is told as SENDER column=value …: what differs from the usual row. Persons' words name a
version by its place.
"""

from dataclasses import dataclass

OUT, NEVER, DUE = "outranked", "never_happened", "replacement_due"
SAID = "corrected_by=QA correction_reason=slip"
FIRST, SECOND, THIRD = f"correction=1 {SAID}", f"correction=2 {SAID}", f"correction=3 {SAID}"
GONE, LATE = f"{FIRST} retracted={NEVER}", f"{FIRST} retracted={DUE}"

RETRACT, CONFIRM, BACK, LET, STATED = "retract", "confirmed", "taken_back", "let_stand", "as_stated"


@dataclass(frozen=True)
class Case:
    """A key: its versions; what persons say of them; what becomes of each version; what is said of
    the key.
    """

    name: str
    rows: tuple[str, ...]
    why: tuple[str, ...]  # of each version: "" where it stands
    contested: bool = False
    possible: bool = False
    awaited: bool = False
    record: str = "dispensing"
    words: tuple[
        tuple[str, ...], ...
    ] = ()  # retract PLACE KIND BY · confirmed BY · keep PLACE · unkeep
    known: int = 0  # rows that are known already


def of(record: str, name: str, rows: str, why: str, **more: object) -> Case:
    """A case whose rows and reasons are divided by bars."""
    said = tuple(part.strip() for part in why.split("|"))
    return Case(name, tuple(r.strip() for r in rows.split("|")), said, record=record, **more)  # type: ignore[arg-type]


def line(name: str, rows: str, why: str, **more: object) -> Case:
    """A case of dispensings."""
    return of("dispensing", name, rows, why, **more)


RANKS = (
    line("one version", "A", ""),
    line("two that contradict", "A vials=1 | A vials=2", "|", contested=True),
    line("a declared correction", f"A | A vials=2 {FIRST}", f"{OUT} |"),
    line("the greater number", f"A {SECOND} | A vials=2 {FIRST}", f"| {OUT}"),
    line(
        "no reason, no correction",
        "A | A vials=2 correction=1 corrected_by=QA",
        "|",
        contested=True,
    ),
    line("anybody corrects", f"A | B vials=2 {FIRST}", f"{OUT} |"),
    line(
        "a later one without its reason",
        f"A | A vials=2 {FIRST} | A vials=3 correction=2 corrected_by=QA",
        f"{OUT} | |",
        contested=True,
    ),
    line(
        "a number that cannot be read",
        f"A vials=2 {FIRST} | A vials=3 correction=two {SAID}",
        "|",
        contested=True,
    ),
    line("a reason without a number", f"A {FIRST} | A vials=2 {SAID}", "|", contested=True),
    line("a correction of nothing", f"A vials=2 correction=0 | A {FIRST}", f"{OUT} |"),
    of("test_result", "final before preliminary", "A status=preliminary | A value=5", f"{OUT} |"),
    of("test_result", "an empty status", "A status= value=5 | A", "|", contested=True),
    of("test_result", "a status of another list", "A status=ok value=5 | A", "|", contested=True),
    of("test_result", "a number before any status", f"A value=5 | A status= {FIRST}", f"{OUT} |"),
    of("test_result", "one status filled", "A status= kit_lot= | A status=", "completed |"),
    of("same_person", "perhaps withdrawn", "A status= | A", "|", contested=True),
)
COMPLETED = (
    line("an empty column is filled", "A serial= | A", "completed |"),
    line("several are filled", "A serial= patient_key= vials= | A", "completed |"),
    line("three, each fuller", "A serial= patient_key= | A serial= | A", "completed | completed |"),
    line("two that fill others", "A serial= | A patient_key=", "|", contested=True),
    line("what completes both", "A serial= | A patient_key= | A", "completed | completed |"),
    line("another sender fills", "A serial= | B", "|", contested=True),
    line("another said it too", "A serial= | A | B serial=", "|", contested=True, known=1),
    line("both said both", "A serial= | A | B serial= | B", "completed |", known=2),
    line("a value is changed", "A serial= | A vials=2", "|", contested=True),
    line("what is no column to fill", "A gtin= | A", "|", contested=True),
    of("test_result", "never an interpretation", "A interpretation= | A", "|", contested=True),
    of("test_result", "never an operator", "A operator= | A operator=<", "|", contested=True),
    of("test_result", "a kit lot", "A kit_lot= | A", "completed |"),
    line("a word for not known", "A patient_key=unknown | A", "completed |"),
    line("an unreadable word", "A patient_key=Pé1 | A", "|", contested=True),
    line("no-break spaces", "A serial=\u00a0S1 | A", "completed |"),
    line("not its own text", "A serial=\u00a0S2 | A", "|", contested=True),
    of("test_result", "a decimal comma", "A value=1,5 | A value=1.5", "completed |"),
    of("test_result", "another number", "A value=1,6 | A value=1.5", "|", contested=True),
    of("test_result", "perhaps thousands", "A value=1,500 | A value=1.5", "|", contested=True),
    line("an instant spells none", "A dispensed_at=\u00a02026-06-01 | A", "|", contested=True),
    line("an undeclared column", "A serial= | A note=x", "|", contested=True),
    line("within a correction", f"A serial= {FIRST} | A {FIRST}", "completed |"),
)
SENT = (
    line("a retraction alone", f"A {GONE}", "retraction"),
    line("one that is due alone", f"A {LATE}", "retraction", awaited=True),
    line("a proposed retraction", f"A | A {GONE}", "| retraction", contested=True, possible=True),
    line(
        "confirmed here",
        f"A | A {GONE}",
        "retracted | retraction",
        words=((STATED, "1", "", "P. One"),),
    ),
    line(
        "confirmed, and due",
        f"A | A {LATE}",
        "retracted | retraction",
        words=((STATED, "1", "", "P. One"),),
        awaited=True,
    ),
    line(
        "confirmed by whom it names",
        f"A | A {GONE}",
        "| retraction",
        contested=True,
        possible=True,
        words=((STATED, "1", "", " qa "),),
    ),
    line(
        "a word that cannot be read",
        f"A | A {FIRST} retracted=yes",
        "| retraction",
        contested=True,
        possible=True,
    ),
    line(
        "without a name",
        f"A | A correction=1 retracted={NEVER}",
        "| retraction",
        contested=True,
        possible=True,
    ),
    line(
        "confirmed without a name",
        f"A | A correction=1 retracted={NEVER}",
        "| retraction",
        contested=True,
        possible=True,
        words=((STATED, "1", "", "P. One"),),
    ),
    line(
        "without anything, over a correction",
        f"A {FIRST} | A retracted={NEVER}",
        "| retraction",
        contested=True,
        possible=True,
    ),
    line(
        "a later correction stands again",
        f"A | A {GONE} | A vials=2 {SECOND}",
        f"{OUT} | retraction |",
        words=((STATED, "1", "", "P. One"),),
    ),
    line(
        "a correction of its number",
        f"A | A {GONE} | A vials=2 {FIRST}",
        f"{OUT} | retraction |",
        contested=True,
        possible=True,
        words=((STATED, "1", "", "P. One"),),
    ),
    of(
        "test_result",
        "one without a status",
        f"A {FIRST} | A status= {GONE}",
        "| retraction",
        contested=True,
        possible=True,
    ),
    of("transmittal", "one person is enough", f"A | A {GONE}", "retracted | retraction"),
)
PERSONS = (
    line(
        "proposed by one",
        "A",
        "",
        contested=True,
        possible=True,
        words=((RETRACT, "0", NEVER, "P. One"),),
    ),
    line(
        "confirmed by two",
        "A",
        "retracted",
        words=((RETRACT, "0", NEVER, "P. One"), (CONFIRM, "P. Two")),
    ),
    line(
        "and due",
        "A",
        "retracted",
        awaited=True,
        words=((RETRACT, "0", DUE, "P. One"), (CONFIRM, "P. Two")),
    ),
    line(
        "confirmed by the same",
        "A",
        "",
        contested=True,
        possible=True,
        words=((RETRACT, "0", NEVER, "P. One"), (CONFIRM, " p. ONE")),
    ),
    line(
        "taken back by one",
        "A",
        "",
        contested=True,
        possible=True,
        words=((RETRACT, "0", NEVER, "P. One"), (CONFIRM, "P. Two"), (BACK, "P. One")),
    ),
    line(
        "taken back by the same twice",
        "A",
        "",
        contested=True,
        possible=True,
        words=(
            (RETRACT, "0", NEVER, "P. One"),
            (CONFIRM, "P. Two"),
            (BACK, "P. One"),
            (LET, "P. One"),
        ),
    ),
    line(
        "taken back by two",
        "A",
        "",
        words=(
            (RETRACT, "0", NEVER, "P. One"),
            (CONFIRM, "P. Two"),
            (BACK, "P. One"),
            (LET, "P. Two"),
        ),
    ),
    line(
        "a proposal taken back", "A", "", words=((RETRACT, "0", NEVER, "P. One"), (BACK, "P. One"))
    ),
    line(
        "confirmed once it was gone",
        "A",
        "",
        words=((RETRACT, "0", NEVER, "P. One"), (BACK, "P. One"), (CONFIRM, "P. Two")),
    ),
    line(
        "one of two",
        "A | A vials=2",
        "retracted |",
        words=((RETRACT, "0", NEVER, "P. One"), (CONFIRM, "P. Two")),
    ),
    line(
        "proposed of a correction",
        f"A | A vials=2 {FIRST}",
        "|",
        contested=True,
        possible=True,
        words=((RETRACT, "1", NEVER, "P. One"),),
    ),
    line(
        "a correction is taken away",
        f"A | A vials=2 {FIRST}",
        "| retracted",
        words=((RETRACT, "1", NEVER, "P. One"), (CONFIRM, "P. Two")),
    ),
    line(
        "a correction is taken away, and due",
        f"A | A vials=2 {FIRST}",
        "| retracted",
        contested=True,
        possible=True,
        awaited=True,
        words=((RETRACT, "1", DUE, "P. One"), (CONFIRM, "P. Two")),
    ),
    line(
        "a correction is taken away, and what was due came",
        f"A | A vials=2 {FIRST} | A vials=3 {FIRST}",
        f"{OUT} | retracted |",
        words=((RETRACT, "1", DUE, "P. One"), (CONFIRM, "P. Two")),
    ),
    line(
        "a correction is taken away, and due, and what it corrected is kept",
        f"A | A vials=2 {FIRST}",
        "| decided",
        words=((RETRACT, "1", DUE, "P. One"), (CONFIRM, "P. Two"), ("keep", "0")),
    ),
    line(
        "one of two, and due",
        "A | A vials=2",
        "retracted |",
        words=((RETRACT, "0", DUE, "P. One"), (CONFIRM, "P. Two")),
    ),
    line(
        "proposed of what completes",
        "A serial= | A",
        "|",
        contested=True,
        possible=True,
        words=((RETRACT, "1", NEVER, "P. One"),),
    ),
    line(
        "a retraction is taken away",
        f"A | A {GONE}",
        "| retraction",
        words=(
            (STATED, "1", "", "P. One"),
            (RETRACT, "1", NEVER, "P. One"),
            (CONFIRM, "P. Two"),
        ),
    ),
    line(
        "of what is outranked",
        f"A | A vials=2 {FIRST}",
        f"{OUT} |",
        words=((RETRACT, "0", NEVER, "P. One"),),
    ),
    of(
        "transmittal",
        "one person retracts",
        "A",
        "retracted",
        words=((RETRACT, "0", NEVER, "P. One"),),
    ),
)
DECIDED = (
    line("a decision", "A | A vials=2", "| decided", words=(("keep", "0"),)),
    line(
        "only the last one counts",
        "A | A vials=2 | A vials=3",
        "decided | | decided",
        words=(("keep", "0"), ("keep", "1")),
    ),
    line(
        "a decision is taken back",
        "A | A vials=2",
        "|",
        contested=True,
        words=(("keep", "0"), ("unkeep",)),
    ),
    line(
        "the one before counts again",
        "A | A vials=2 | A vials=3",
        "| decided | decided",
        words=(("keep", "0"), ("keep", "1"), ("unkeep",)),
    ),
    line(
        "the kept one may be taken away",
        "A | A vials=2",
        "|",
        contested=True,
        possible=True,
        words=(("keep", "0"), (RETRACT, "0", NEVER, "P. One")),
    ),
    line(
        "the kept one is taken away",
        "A | A vials=2",
        "retracted |",
        words=(("keep", "0"), (RETRACT, "0", NEVER, "P. One"), (CONFIRM, "P. Two")),
    ),
    line("against a retraction", f"A | A {GONE}", "| retraction", words=(("keep", "0"),)),
    line("a correction comes", f"A | A vials=2 | A vials=3 {FIRST}", f"{OUT} | {OUT} |"),
)
CASES = (*RANKS, *COMPLETED, *SENT, *PERSONS, *DECIDED)
USUAL = {
    "dispensing": {
        "pharmacy": "PH1",
        "to_kind": "patient",
        "patient_key": "P1",
        "dispensed_at": "2026-06-01T10:00:00Z",
        "gtin": "04099991000102",
        "serial": "S1",
        "lot_number": "L1",
        "vials": "1",
    },
    "same_person": {
        "party": "C1",
        "kind": "donor",
        "one_key": "D1",
        "other_key": "D2",
        "stated_at": "2026-06-01T10:00:00Z",
        "status": "stated",
    },
    "test_result": {
        "marker": "HIV-NAT",
        "run": "1",
        "tested": "donation",
        "tested_id": "D1",
        "kit_lot": "K1",
        "tested_at": "2026-01-06T10:00:00Z",
        "interpretation": "nonreactive",
        "status": "final",
    },
    "transmittal": {
        "sequence": "1",
        "file_name": "x.csv",
        "record": "donation",
        "row_count": "1",
        "period_from": "2026-01-01T00:00:00Z",
        "period_to": "2026-01-02T00:00:00Z",
    },
}
OWN = {
    "dispensing": "dispensing",
    "test_result": "sample",
    "transmittal": "sender",
    "same_person": "statement",
}


def row_of(case: Case, place: int, number: int) -> tuple[str, dict[str, str]]:
    """Who sends a version, and its row under a key of the case's own."""
    sender, *said = case.rows[place].split(" ")
    row = USUAL[case.record] | {OWN[case.record]: f"K{number}"}
    return sender, row | dict(part.split("=", 1) for part in said if part)
