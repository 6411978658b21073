"""Ways of writing values, as tables: what a text means in a column of a record, by a sender's
profile.

Every module here has TABLES; tests/spec/test_spellings.py holds PostgreSQL, Python and the plain
walk against them.
"""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

# 6.4, 7, 2026-01-31, 2026-01-31T10:15:00+01:00, a text; None where it is not readable.
Meant = str | None


@dataclass(frozen=True, slots=True)
class Spelled:
    """What texts mean in one column: each stands in a row of its own, the other columns as usual.

    meant: each text with its value, in the template's own form. profile: what the sender's profile
    says, as TOML. beside: other columns of every row, where not as usual.
    """

    name: str
    record: str
    column: str
    meant: Mapping[str, Meant]
    profile: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)

    def file(self, before: int = 0) -> bytes:
        """A CSV file of these texts, in the sender's encoding and with the sender's delimiter. Rows
        are numbered from the one before on, so that no other table's are theirs.
        """
        said = tomllib.loads(self.profile)
        out = io.StringIO()
        rows = csv.writer(out, delimiter=said.get("delimiter", ","), lineterminator="\n")
        theirs = {ours: name for name, ours in said.get("columns", {}).items()}
        names = dict.fromkeys((*USUAL[self.record], *self.beside, self.column))
        rows.writerow([theirs.get(name, name) for name in names])
        for number, text in enumerate(self.meant, before + 1):
            row = {**USUAL[self.record], **self.beside, self.column: text}
            rows.writerow(
                [
                    row[name].replace("#", str(number)) if name != self.column else text
                    for name in names
                ]
            )
        return out.getvalue().encode(said.get("encoding", "utf-8"))

    def lines(self) -> dict[int, Meant]:
        """What is meant by the line of the file on which each row begins."""
        found, line = {}, 2
        for text, meaning in self.meant.items():
            found[line] = meaning
            line += 1 + text.count("\n")
        return found


USUAL: Mapping[
    str, Mapping[str, str]
] = {  # a sound row of each record; # stands for the row's number
    "donation": {
        "donation_number": "D#",
        "scheme": "own",
        "donor_key": "P1",
        "centre": "C1",
        "plasma_kind": "source",
        "collected_at": "2026-01-05T10:00:00+01:00",
    },
    "deferral": {
        "centre": "C1",
        "deferral": "F#",
        "donor_key": "P1",
        "deferred_from": "2026-01-05",
        "cause": "history",
    },
    "administration_vial": {"site": "S1", "administration": "A1", "item": "#", "vials": "1"},
    "reconstitution": {
        "site": "S1",
        "preparation": "Z#",
        "diluent": "SWFI",
        "volume_ml": "100",
        "started_at": "2026-03-20T08:00:00+01:00",
    },
    "pool": {"plant": "P1", "pool_number": "#", "pooled_at": "2026-03-20T08:00:00+01:00"},
    "plasma_unit": {"unit": "U#", "donation_number": "D1"},
    "infusion_rate": {"site": "S1", "administration": "A1", "minute": "#", "rate_ml_h": "50"},
    "test_result": {
        "sample": "S#",
        "marker": "B19V-NAT",
        "run": "1",
        "tested": "pool",
        "tested_id": "P1",
        "tested_at": "2026-03-21T08:00:00Z",
        "interpretation": "nonreactive",
        "value_unit": "IU/mL",
    },
    "lot_test": {
        "manufacturer": "M1",
        "lot_number": "L1",
        "step": "packed",
        "test": "T",
        "run": "#",
        "conclusion": "passed",
        "tested_at": "2026-03-21T08:00:00Z",
    },
    "dryer_recipe": {
        "plant": "P1",
        "recipe": "R#",
        "valid_from": "2026-01-01",
        "citation": "x",
        "prepared_by": "A",
        "approved_by": "B",
        "interval_s": "60",
        "pirani": "yes",
        "probes": "2",
    },
    "lyophilisation_reading": {"plant": "P1", "cycle": "Y1", "elapsed_s": "#", "phase": "4"},
    "pack": {
        "gtin": "09506000134352",
        "serial": "S#",
        "manufacturer": "M1",
        "lot_number": "L1",
        "step": "packed",
        "vials": "1",
    },
    "stock_count": {
        "party": "H1",
        "stocktake": "1",
        "item": "#",
        "packs": "1",
        "counted_at": "2026-01-06T10:00:00Z",
    },
    "package_content": {"sscc": "X1", "item": "#", "packed_at": "2026-01-06T10:00:00Z"},
    "shipment": {
        "from_party": "M1",
        "shipment": "S1",
        "item": "#",
        "kind": "sale",
        "to_party": "H1",
        "shipped_at": "2026-01-06T10:00:00Z",
        "packs": "1",
    },
    "party": {"party_id": "PARTY-#", "kind": "clinic", "name": "Clinic #"},
}


def tables() -> list[Spelled]:
    """Every table of every module here."""
    modules = [
        import_module(f"{__name__}.{found.name}")
        for found in iter_modules([str(Path(__file__).parent)])
    ]
    return [table for module in modules for table in module.TABLES]
