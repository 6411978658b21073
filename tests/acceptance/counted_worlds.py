"""The worlds of docs/counting.md's table: what each expects, and the files that tell it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lots.settings import ROOT
from tests.builders import table

GTIN, AT, SITE = "09506000134352", "2026-03-01T10:00:00Z", "W1"
STATEMENT = re.compile(
    r"(?:(?P<count>\d+(?: or \d+)?) of )?(?P<what>\w+(?: or \w+)?) "
    r"(?P<state>dispensed|prepared|given or not given|not given|given|became)"
    r"(?: in (?P<bag>\w+))?(?: (?P<new>S\d))?(?: (?:to|for) (?P<who>\w+(?: or \w+)?))?"
)
FIGURES = (
    "given",
    "not_given",
    "prepared",
    "dispensed",
    "prepared_only",
    "dispensed_only",
    "without_key",
)
Row = Mapping[str, str]


@dataclass
class Worlds:
    """Rows by record; each world has a lot, packs and preparations of its own."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    ids: int = 0

    def files(self) -> dict[str, bytes]:
        """The content of a file for each record."""
        return {
            record: table({}, list({tuple(r.items()): r for r in rows}.values()))
            for record, rows in self.rows.items()
        }

    def next(self) -> str:
        """A fresh name."""
        self.ids += 1
        return f"A{self.ids}"


def expected(title: str) -> Iterator[tuple[str, dict[str, tuple[int, int]], tuple[int, int, int]]]:
    """A table's worlds: words, figures as (least, most), and patients given, prepared and
    dispensed.
    """
    text = (ROOT / "docs" / "counting.md").read_text(encoding="utf-8").split(f"## {title}\n")[1]
    for line in text.split("\n## ")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 9 and cells[0] not in ("world", "---"):
            pairs = [tuple(int(n) for n in cell.split(" to ")) for cell in cells[1:8]]
            given, prepared, dispensed = map(int, cells[8].split())
            figures = {f: (p[0], p[-1]) for f, p in zip(FIGURES, pairs, strict=True)}
            yield cells[0], figures, (given, prepared, dispensed)


def write(worlds: Worlds, number: int, words: str) -> None:
    """Add the rows of a world."""
    for lot in (f"L{number}", f"X{number}"):
        worlds.rows["lot"].append(
            {
                "manufacturer": "M1",
                "lot_number": lot,
                "step": "packed",
                "product": "IG",
                "gtin": GTIN,
                "made_at": AT,
            }
        )
    bags: dict[str, int] = defaultdict(int)
    for words_of_one in words.split("; "):
        said = STATEMENT.fullmatch(words_of_one)
        assert said is not None, words_of_one
        _say(worlds, number, said.groupdict(), bags)


def _say(worlds: Worlds, number: int, said: dict[str, str | None], bags: dict[str, int]) -> None:
    what, state = str(said["what"]), str(said["state"])
    whole = bags.get(what, 1)
    counts = (said["count"] or str(whole)).split(" or ")
    named = [_named(worlds, number, name, bag=name in bags) for name in what.split(" or ")]
    patients = (said["who"] or "").split(" or ")
    if state == "became":
        names = _named(worlds, number, str(said["new"]), packed=False)
        worlds.rows["relabelling"].append(
            {
                "gtin": GTIN,
                "serial": named[0]["serial"],
                "new_gtin": GTIN,
                "new_serial": names["serial"],
                "party": "M1",
                "relabelled_at": AT,
            }
        )
    elif state == "dispensed":
        worlds.rows["dispensing"].append(
            {
                "pharmacy": SITE,
                "dispensing": worlds.next(),
                "to_kind": "patient" if patients[0] else "ward",
                "patient_key": patients[0],
                "dispensed_at": AT,
                **named[0],
                "vials": counts[0],
            }
        )
    elif state == "prepared":
        bags[str(said["bag"])] += int(counts[0])
        _prepare(
            worlds,
            f"{said['bag']}{number}",
            patients[0],
            [{**name, "vials": counts[0]} for name in named],
        )
    else:
        _give(worlds, [{**name, "vials": n} for name in named for n in counts], patients, state)


def _named(
    worlds: Worlds, number: int, name: str, *, packed: bool = True, bag: bool = False
) -> dict[str, str]:
    """How a line names a pack, a lot by its number alone, or a preparation."""
    if name == "L":
        return {"gtin": GTIN, "serial": "", "lot_number": f"L{number}", "preparation": ""}
    if bag:
        return {"gtin": "", "serial": "", "lot_number": "", "preparation": f"{name}{number}"}
    serial = f"{name}-{number}"
    if packed:
        lot = f"X{number}" if name.startswith("X") else f"L{number}"
        worlds.rows["pack"].append(
            {
                "gtin": GTIN,
                "serial": serial,
                "manufacturer": "M1",
                "lot_number": lot,
                "step": "packed",
                "vials": "12" if name.startswith("T") else "1",
            }
        )
    return {"gtin": GTIN, "serial": serial, "lot_number": "", "preparation": ""}


def _prepare(worlds: Worlds, bag: str, patient: str, versions: list[dict[str, str]]) -> None:
    order = f"O-{bag}" if patient else ""
    if patient:
        worlds.rows["treatment_order"].append(
            {
                "site": SITE,
                "treatment_order": order,
                "patient_key": patient,
                "ordered_at": AT,
                "indication": "PID",
            }
        )
    worlds.rows["reconstitution"].append(
        {
            "site": SITE,
            "preparation": bag,
            "treatment_order": order,
            "diluent": "SWFI",
            "started_at": AT,
        }
    )
    item = str(len(worlds.rows["reconstitution_vial"]) + 1)
    worlds.rows["reconstitution_vial"] += [
        {"site": SITE, **line, "preparation": bag, "item": item} for line in versions
    ]


def _give(worlds: Worlds, versions: list[dict[str, str]], patients: list[str], state: str) -> None:
    infusion = worlds.next()
    for line in versions:
        worlds.rows["administration_vial"].append(
            {"site": SITE, "administration": infusion, "item": "1", **line}
        )
    for patient in patients:
        for status in state.split(" or "):
            worlds.rows["administration"].append(
                {
                    "site": SITE,
                    "administration": infusion,
                    "patient_key": patient,
                    "status": status.replace(" ", "_"),
                    "started_at": AT,
                }
            )
