"""A drawn world as it is: what was made of what, and what became of each vial. Its rows tell of it; its
figures are counted from the vials alone, by the words of docs/counting.md.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lots.pipeline.period import Period
from tests.integration.small_world import Row, Told

Node = tuple[str, str, str]  # maker, number, step
Asked = tuple[str, str]  # kind, name
FIGURES = (
    *("given", "not_given", "prepared", "dispensed"),
    *("prepared_only", "dispensed_only", "without_key"),
)
TRACE = "trace "  # before what is asked with all that went into it
LATER = "later "  # before what is asked from a day on
# Of what a period can be asked (docs/questions.md): in which month it happens in a drawn world.
MONTHS = {
    **dict.fromkeys(("donor", "centre"), 1),
    **dict.fromkeys(("kit_lot", "analyser", "laboratory"), 2),
    **dict.fromkeys(("sd_batch", "reagent_lot", "filter_lot", "dryer", "fill_line"), 4),
    "diluent_lot": 8,
}
STAGES = ("given", "not_given", "prepared", "dispensed")


@dataclass(slots=True, eq=False)
class Vial:
    """One vial: its packed lot as its label tells it, and every one that it was of; its pack under each
    name, and what its earlier labels told; and each stage that it went through, with the patient's key
    that was told there ("": nobody says).
    """

    lot: Node
    gtin: str
    serial: str
    site: str
    names: set[str]
    lots: set[Node]
    stages: dict[str, str] = field(default_factory=dict)
    diluent: str = ""
    later: bool = False  # whether it was prepared from the day on that is asked about
    earlier: list[tuple[str, str, str]] = field(default_factory=list)  # GTIN, serial and lot number


@dataclass(slots=True)
class World:
    """A world and its telling. touched: pools and lots that what can be asked about touched first;
    keys: those by which a patient was told. late: packed lots that were made when others were given
    already.
    """

    told: Told = field(default_factory=lambda: Told({}))
    vials: list[Vial] = field(default_factory=list)
    made: dict[Node, set[Node]] = field(default_factory=lambda: defaultdict(set))
    touched: dict[Asked, set[Node]] = field(default_factory=lambda: defaultdict(set))
    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    late: set[Node] = field(default_factory=set)

    def tell(self, sender: str, record: str, **values: str) -> Row:
        """One row more of a sender."""
        rows = self.told.senders.setdefault(sender, {}).setdefault(record, [])
        if values not in rows:
            rows.append(values)
        return values

    def touch(self, kind: str, name: str, *nodes: Node, later: bool = False) -> None:
        """Let something that can be asked about have touched these. later: from the day on that is
        asked about, where one can be.
        """
        self.touched[kind, name] |= {*nodes}
        if kind in MONTHS:
            self.touched[f"{LATER}{kind}", name] |= {*nodes} if later else set()

    def any_late(self, vials: Iterable[Vial]) -> bool:
        """Whether one of these vials was of a late lot."""
        return any(vial.lots & self.late for vial in vials)

    def below(self, nodes: Iterable[Node]) -> set[Node]:
        """These pools and lots and all that was made of them."""
        found, waiting = set(nodes), [*nodes]
        while waiting:
            new = self.made[waiting.pop()] - found
            found |= new
            waiting += new
        return found

    def questions(self) -> dict[Asked, dict[str, int]]:
        """All that can be asked, with its true figures."""
        told = {asked: counted(self._of_lots(nodes)) for asked, nodes in self.touched.items()}
        for name in {name for vial in self.vials for name in vial.names}:
            told["pack", name] = counted(v for v in self.vials if name in v.names)
        for lot in {vial.diluent for vial in self.vials} - {""}:
            of_it = [v for v in self.vials if v.diluent == lot]
            told["diluent_lot", lot] = counted(of_it, STAGES[:3])
            later = (v for v in of_it if v.later)
            told[f"{LATER}diluent_lot", lot] = counted(later, STAGES[:3])
        for site in {vial.site for vial in self.vials}:
            told["party", site] = counted(v for v in self.vials if v.site == site)
        for keys in self.keys.values():
            true = _of_lives(_of_person(vial, keys) for vial in self.vials)
            told |= {("patient", key): true for key in keys}
        both_ways = [a for a in told if a[0] == "pack" or a[1].endswith("/packed")]
        return told | {(f"{TRACE}{kind}", name): told[kind, name] for kind, name in both_ways}

    def _of_lots(self, nodes: Iterable[Node]) -> list[Vial]:
        below = self.below(nodes)
        return [vial for vial in self.vials if vial.lots & below]


def period(kind: str) -> tuple[str, Period]:
    """What is asked about, and from which day on."""
    bare = kind.removeprefix(LATER)
    return bare, Period(since=date(2026, MONTHS[bare], 12)) if bare != kind else Period()


def counted(vials: Iterable[Vial], stages: Iterable[str] = STAGES) -> dict[str, int]:
    """The true figures of some vials, of what happened to them at these stages."""
    return _of_lives({s: who for s, who in vial.stages.items() if s in stages} for vial in vials)


def _of_person(vial: Vial, keys: set[str]) -> dict[str, str]:
    """What happened to a vial for a person of these keys, and by a preparation for the person to
    whomever.
    """
    for_it = vial.stages.get("prepared") in keys
    infused = ("given", "not_given") if for_it else ()
    return {s: who for s, who in vial.stages.items() if who in keys or s in infused}


def _of_lives(every: Iterable[dict[str, str]]) -> dict[str, int]:
    lives = [life for life in every if life]
    found = {stage: sum(stage in life for life in lives) for stage in STAGES}
    infused = {"given", "not_given"}
    found["prepared_only"] = sum("prepared" in life and not infused & {*life} for life in lives)
    found["dispensed_only"] = sum({*life} == {"dispensed"} for life in lives)
    found["without_key"] = sum(not any(life.values()) for life in lives)

    def people(*of: str) -> set[str]:
        return {life[stage] for life in lives for stage in of if life.get(stage)}

    given, before = people("given"), people("prepared", "not_given")
    found["patients_given"] = len(given)
    found["patients_not_given"] = len(before - given)
    found["patients_dispensed_only"] = len(people("dispensed") - before - given)
    return found
