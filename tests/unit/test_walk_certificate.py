"""The walk's reading of docs/certificate.md: in worlds in which one thing was lost the truth lies between
its bounds, and nothing is called complete that is not.
"""

from collections.abc import Iterator

import pytest

from tests.walk.at_most import PLAIN, Told, answer
from tests.walk.bounds import Certificate, certificate
from tests.walk.columns import KEYS
from tests.walk.linking import Node
from tests.walk.paths import LINKS, WALKED
from tests.walk.sums import NEVER_MORE
from tests.walk.tables import accepted
from tests.walk.ways import Ways

# Two chains; the second one's are of another maker and product.
CHAIN = """
donor donor_key=K{n} as_of=2026-01-01 centre=C{n} status=qualified
party party_id=C{n} kind=centre
party party_id=LAB{n} kind=laboratory
donation donation_number=DN{n} donor_key=K{n} centre=C{n} collected_at=2026-01-05T10:00:00Z
plasma_unit unit=U{n} donation_number=DN{n}
minipool_member minipool=MP{n} member_kind=donation member=DN{n} laboratory=LAB{n}
test_result sample=S{n} marker=HBsAg run=1 tested=minipool tested_id=MP{n} \
kit_lot=KL{n} laboratory=LAB{n} analyser=AN{n}
pool plant=M{n} pool_number=P{n} pooled_at=2026-02-01T10:00:00Z
pool_unit plant=M{n} pool_number=P{n} unit=U{n}
lot manufacturer=M{n} lot_number=BK{n} step=bulk product=IG{n} made_at=2026-02-03T10:00:00Z
lot manufacturer=M{n} lot_number=SD{n} step=bulk product=IG{n} made_at=2026-02-04T10:00:00Z
lot manufacturer=M{n} lot_number=FD{n} step=filled product=IG{n} made_at=2026-02-05T10:00:00Z
lot manufacturer=M{n} lot_number=FD{n} step=dried product=IG{n} made_at=2026-02-08T10:00:00Z
lot manufacturer=M{n} lot_number=PK{n} step=packed product=IG{n} gtin={gtin} \
made_at=2026-03-01T10:00:00Z amount=9 amount_unit=vials
lot_input manufacturer=M{n} lot_number=BK{n} step=bulk from_manufacturer=M{n} from_number=P{n} from_step=pool
viral_inactivation plant=M{n} batch=V{n} solvent_lot=SO{n} detergent_lot=DE{n} prefilter_lot=PF{n}
viral_inactivation_load plant=M{n} batch=V{n} from_lot_number=BK{n} from_step=bulk lot_number=SD{n} step=bulk
filling plant=M{n} batch=F{n} fill_line=LI{n} filter_lot=SF{n}
filling_load plant=M{n} batch=F{n} from_lot_number=SD{n} lot_number=FD{n}
lyophilisation plant=M{n} cycle=Y{n} dryer=DR{n}
lyophilisation_load plant=M{n} cycle=Y{n} from_lot_number=FD{n} lot_number=FD{n}
lot_input manufacturer=M{n} lot_number=PK{n} step=packed from_manufacturer=M{n} from_number=FD{n} from_step=dried
pack gtin={gtin} serial=X{n}1 manufacturer=M{n} lot_number=PK{n} step=packed vials=1
pack gtin={gtin} serial=X{n}2 manufacturer=M{n} lot_number=PK{n} step=packed vials=1
dispensing pharmacy=PH{n} dispensing=DI{n} to_kind=patient patient_key=t{n} gtin={gtin} \
serial=X{n}1 vials=1 dispensed_at=2026-04-01T10:00:00Z
treatment_order site=CL{n} treatment_order=O{n} patient_key=t{n}
reconstitution site=CL{n} preparation=B{n} treatment_order=O{n} diluent_lot=WA{n} started_at=2026-04-02T10:00:00Z
reconstitution_vial site=CL{n} preparation=B{n} item=1 gtin={gtin} serial=X{n}1 vials=1
reconstitution_vial site=CL{n} preparation=B{n} item=2 gtin={gtin} serial=X{n}2 vials=1
administration site=CL{n} administration=A{n} patient_key=t{n} status=given started_at=2026-04-02T11:00:00Z
administration_vial site=CL{n} administration=A{n} item=1 gtin={gtin} serial=X{n}1 preparation=B{n} vials=1
administration site=CL{n} administration=AA{n} patient_key=v{n} status=given started_at=2026-04-03T11:00:00Z
administration_vial site=CL{n} administration=AA{n} item=1 gtin={gtin} serial=X{n}2 preparation=B{n} vials=1
"""
GTINS = {"1": "09506000134352", "2": "09506000134369"}
WORLD = [
    line.format(n=n, gtin=gtin) for n, gtin in GTINS.items() for line in CHAIN.strip().splitlines()
]
ASKED = [
    ("donor", "K1"),
    ("donation", "DN1"),
    ("minipool", "MP1"),
    ("pool", "M1/P1"),
    ("lot", "M1/BK1/bulk"),
    ("lot", "M1/PK1/packed"),
    ("pack", "09506000134352/X11"),
    ("kit-lot", "KL1"),
    ("laboratory", "LAB1"),
    ("analyser", "AN1"),
    ("centre", "C1"),
    ("sd-batch", "V1"),
    ("reagent-lot", "SO1"),
    ("filter-lot", "SF1"),
    ("dryer", "DR1"),
    ("fill-line", "LI1"),
    ("diluent-lot", "WA1"),
]
KINDS = ("given", "prepared", "dispensed")
Figures = tuple[dict[str, tuple[int, int]], dict[str, int]]


def told(lines: list[str]) -> Told:
    """A world of these lines."""
    return Told(accepted("\n".join(lines)))


def plainly(world: Told, question: str, name: str) -> Figures:
    """The figures of a world in which nothing is open, and its patients."""
    found = answer(world, question, name, PLAIN)
    ways = Ways(world, question, name, found, found, found)
    states: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for line in found.lines:
        for state, patient in ways.of_line(line):
            states["prepared" if state == "not_given" else state] |= {patient} if patient else set()
    prepared = states["prepared"] - states["given"]
    dispensed = states["dispensed"] - states["prepared"] - states["given"]
    people = {
        "given": len(states["given"]),
        "prepared": len(prepared),
        "dispensed": len(dispensed),
    }
    return ways.figures(sure=False), people


def reached(world: Told, question: str, name: str) -> set[Node]:
    """The pools and lots of an answer."""
    return answer(world, question, name, PLAIN).nodes


def outside(said: Certificate, true: Figures) -> dict[str, object]:
    """The figures of a world that lie outside what was said."""
    figures, people = true
    found: dict[str, object] = {}
    for name, (least, most) in figures.items():
        low, high = said.vials[name]
        # Lines may tell more than there are of what is asked about.
        there = said.made if name in NEVER_MORE and said.made is not None else most
        if low > least or (high is not None and high < max(least, min(most, there))):
            found[name] = (said.vials[name], (least, most))
    for name, number in people.items():
        low, high = said.patients[name]
        if low > number or (high is not None and high < number):
            found["patients " + name] = (said.patients[name], number)
    return found


@pytest.mark.parametrize(("question", "name"), ASKED)
def test_an_answer_is_complete_where_nothing_is_missing(question: str, name: str) -> None:
    world = told(WORLD)
    said = certificate(world, question, name)
    assert (said.changes | said.might, said.unknown) == (set(), set())
    assert outside(said, plainly(world, question, name)) == {}


def lost() -> Iterator[tuple[str, list[str]]]:
    """Each value of each link's column emptied, and made one that nobody knows."""
    for place, line in enumerate(WORLD):
        record, *said = line.split()
        for at, (column, value) in enumerate(s.split("=", 1) for s in said):
            if column in LINKED.get(record, set()) - SPELLED and "1" in line:
                for other in ("", *(["NONE-KNOWN-" + value] if _is_known(record, column) else [])):
                    changed = " ".join([record, *said[:at], f"{column}={other}", *said[at + 1 :]])
                    if other or column not in KEYS[record]:  # without its key a row is refused
                        yield (
                            f"{line} -> {column}={other}",
                            [*WORLD[:place], changed, *WORLD[place + 1 :]],
                        )


SPELLED = {"gtin", "step", "from_step"}  # of which only some words are values
LINKED: dict[str, set[str]] = {}
for (_record, _name), _link in LINKS.items():
    if (_record, _name) in WALKED:
        LINKED.setdefault(_record, set()).update(_link.columns)


def _is_known(record: str, column: str) -> bool:
    """Whether what a column names has a row, so that another name is seen to be nobody's."""
    return any(
        link.target and column in link.columns
        for (of, name), link in LINKS.items()
        if of == record and (of, name) in WALKED
    )


def test_a_link_that_was_lost_is_seen_and_the_truth_lies_within() -> None:
    true = {asked: plainly(told(WORLD), *asked) for asked in ASKED}
    nodes = {asked: reached(told(WORLD), *asked) for asked in ASKED}
    for number, (words, lines) in enumerate(lost()):
        world = told(lines)
        # One in eight of all pairs: each question meets each record.
        for asked in ASKED[number % 8 :: 8]:
            said = certificate(world, *asked)
            assert (words, asked, outside(said, true[asked])) == (words, asked, {})
            assert not said.complete or reached(world, *asked) == nodes[asked], (words, asked)


# Rows whose loss leaves no trace but in what their sender announced.
UNSEEN = {"test_result", "dispensing", "reconstitution_vial"}


def test_a_row_that_never_came_is_seen_where_anything_tells_of_it() -> None:
    true = {asked: plainly(told(WORLD), *asked) for asked in ASKED}
    for number, line in enumerate(WORLD):
        world = told([other for other in WORLD if other != line])
        for asked in ASKED[number % 5 :: 5] if line.split()[0] not in UNSEEN else ():
            said = certificate(world, *asked)
            assert (line, asked, outside(said, true[asked])) == (line, asked, {})
            same = plainly(world, *asked) == true[asked]
            assert not said.complete or same, (line, asked)
