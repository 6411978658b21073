"""The truth of a plant: what must be accepted, refused, found, parked, contested and linked."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc

from lots.records import records
from synthetic.cases.seeded import FINDING, NOTICE, PASS, PENDING, Node, Seeded, Values, legible
from synthetic.truth.nodes import named
from synthetic.writing.columns import Texts
from synthetic.writing.written import Truth

LINES = (
    "refused",
    "findings",
    "parked",
    "contested",
    "superseded",
    "links",
    "descendants",
    "outcomes",
    "heard",
)
PACKED = "packed"  # the step of all lots that vials are of
TOLD = (PENDING, NOTICE, FINDING)  # outcomes that have a line each; the others are counted alone


def key_of(record: str, values: Values) -> list[str]:
    """A row's key, in the order of its record's key."""
    return [values[name] for name in records()[record].key]


@dataclass(frozen=True, slots=True)
class VialLinks:
    """Vial links of many rows of one record: their key columns, and for each row its lot, way,
    state and patient.
    """

    record: str
    keys: Sequence[Texts]
    maker: str
    lot: Texts
    basis: Texts
    state: Texts
    patient: Texts


class Ledger:
    """Writes the truth as it is made, so that nothing of it is held; closes its files."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._files: dict[str, BinaryIO] = {
            name: (folder / f"{name}.jsonl").open("wb") for name in LINES
        }
        self._lines: Counter[str] = Counter()
        self._accepted: Counter[str] = Counter()
        self._known: Counter[str] = Counter()
        # All nodes are few beside vials, and X02 is asked of each: they are held.
        self._nodes: set[Node] = set()
        self._looped: set[Node] = set()
        self._tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._superseded: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self._sent = 0

    def sent(self) -> None:
        """One more file was written."""
        self._sent += 1

    def accepted(self, record: str, rows: int) -> None:
        """So many rows of the record must be accepted."""
        self._accepted[record] += rows

    def line(self, name: str, **values: Any) -> None:
        """One line of one of the files."""
        self._lines[name] += 1
        self._files[name].write(json.dumps(values).encode() + b"\n")

    def seeded(self, file: str, line: int, seeded: Seeded) -> None:
        """What must come of a seeded line, now that it is known where it stands."""
        if seeded.refused:
            self.line("refused", file=file, line=line)
        elif seeded.known:
            self._known[seeded.record] += 1
        else:
            self._accepted[seeded.record] += 1
            self.named(seeded.record, legible(records()[seeded.record], seeded.values))
            self._consequences(seeded.record, key_of(seeded.record, seeded.values), seeded)

    def _consequences(self, record: str, key: list[str], seeded: Seeded) -> None:
        for rule in seeded.findings:
            self.line("findings", rule=rule, record=record, key=key)
        for link in seeded.parked:
            self.line("parked", record=record, key=key, link=link)
        for lot, basis, state, patient in map(astuple, seeded.reached):
            who = patient or None
            self.line(
                "links", record=record, key=key, lot=lot, basis=basis, state=state, patient=who
            )
        for rule, answer in seeded.answers.items():
            self.answer(rule, key, answer)
        if seeded.contested:
            self.line("contested", record=record, key=key)
        if seeded.superseded:
            # By key, as several versions of one row may stand no more: the count is told at the
            # end.
            self._superseded[record, tuple(key)] += 1

    def named(self, record: str, values: Values) -> None:
        """A row that was accepted: the pools and lots that it names are nodes."""
        self._nodes.update(named(record, values))

    def looped(self, node: Node) -> None:
        """A lot that is its own ancestor through others."""
        self._looped.add(node)
        self.outcome("X02", node, FINDING)

    def known(self, record: str, rows: int) -> None:
        """So many rows of the record are known already."""
        self._known[record] += rows

    def heard(
        self,
        sender: str,
        last: int | None,
        files: int,
        *,
        lost: Sequence[str] = (),
        miscounted: Sequence[str] = (),
    ) -> None:
        """How far a sender is heard in the end: last number, files announced, and those amiss."""
        self.line(
            "heard",
            sender=sender,
            last_sequence=last,
            missing_sequences=(last or 0) - files,
            announced=files,
            not_arrived=sorted(lost),
            counts_differ=sorted(miscounted),
        )

    def descendants(self, plant: str, pool: str, lots: Sequence[Node]) -> None:
        """All that a pool became."""
        self.line("descendants", pool=[plant, pool], lots=sorted(lots))

    def answer(self, rule: str, subject: Sequence[str], answer: str) -> None:
        """The same as a case tells it: the outcome, behind a colon the day; '' for no answer."""
        outcome, _, due = answer.partition(":")
        if outcome:
            self.outcome(rule, subject, outcome, due)

    def outcome(
        self, rule: str, subject: Sequence[str], outcome: str, due: str | None = None
    ) -> None:
        """What a rule across records must answer of one subject; `due` is a day."""
        self.tally(rule, outcome, 1)
        if outcome in TOLD:
            self.line(
                "outcomes", rule=rule, subject=list(subject), outcome=outcome, due=due or None
            )

    def outcomes(
        self, rule: str, subjects: Sequence[Texts], outcome: str, due: Texts | None = None
    ) -> None:
        """The same of many subjects by the columns of their key, without an object for each."""
        count = len(subjects[0])
        self.tally(rule, outcome, count)
        if outcome not in TOLD or not count:
            return
        self._write("outcomes", rule=rule, subject=subjects, outcome=outcome, due=due)

    def tally(self, rule: str, outcome: str, count: int) -> None:
        """So many subjects of which a rule must answer so, without a line for each."""
        if count:
            self._tallies[rule][outcome] += int(count)

    def vials(self, links: VialLinks) -> None:
        """Vial links of many rows, written without an object for each."""
        self._write(
            "links",
            record=links.record,
            key=links.keys,
            lot=(links.maker, links.lot, PACKED),
            basis=links.basis,
            state=links.state,
            patient=links.patient,
        )

    def _write(self, name: str, **values: Any) -> None:
        """Lines of many rows, each a column, a text of all rows, several of these, or None."""
        # Put together as text, since an object for each row would be millions of them.
        parts = [part for told in values.items() for part in (f', "{told[0]}": ', *_json(told[1]))]
        text = _side_by_side("{", parts[0][2:], *parts[1:], "}\n")
        self._lines[name] += len(text)
        self._files[name].write(b"".join(_characters(chunk) for chunk in text.chunks))

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def truth(self) -> Truth:
        """Write the counts, and answer them."""
        for (record, key), count in self._superseded.items():
            self.line("superseded", record=record, key=key, count=count)
        counts = {
            **dict(sorted(self._accepted.items())),
            "known": dict(sorted(self._known.items())),
        }
        (self._folder / "accepted.json").write_text(
            json.dumps(counts, indent=1) + "\n", encoding="utf-8"
        )
        # Whatever was named and does not go round is asked too.
        self.tally("X02", PASS, len(self._nodes - self._looped))
        tallies = {
            rule: dict(sorted(found.items())) for rule, found in sorted(self._tallies.items())
        }
        (self._folder / "tallies.json").write_text(
            json.dumps(tallies, indent=1) + "\n", encoding="utf-8"
        )
        return Truth(
            self._sent,
            dict(self._accepted),
            dict(self._known),
            **{name: self._lines[name] for name in LINES},
        )


def _json(value: Any) -> list[Any]:
    """The parts, texts or columns of texts, that make a value side by side."""
    if isinstance(value, list | tuple):
        return ["[", *[part for one in value for part in (", ", *_json(one))][1:], "]"]
    if value is None or isinstance(value, str):
        return [json.dumps(value)]
    # Only here, since it makes the column once more.
    if value.null_count:
        return [_side_by_side('"', value, '"').fill_null("null")]
    return ['"', value, '"']


def _side_by_side(*parts: Any) -> Any:
    """Texts and columns of texts joined row by row; empty where one of them is."""
    text: Any = pc.binary_join_element_wise(*parts, "")
    return text if isinstance(text, pa.ChunkedArray) else pa.chunked_array([text])


def _characters(text: Any) -> bytes:
    """The characters of a column of texts, one after the other."""
    # Straight from the column's memory: a Python text for each row would take longest of all.
    _, ends, characters = text.buffers()
    first, last = (
        int.from_bytes(ends[4 * at : 4 * at + 4].to_pybytes(), "little")
        for at in (text.offset, text.offset + len(text))
    )
    return bytes(characters[first:last].to_pybytes())
