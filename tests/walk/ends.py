"""The walk's open ends: each link of a path that leads nowhere, or may lead elsewhere, as
docs/certificate.md lists them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tests.walk import linking
from tests.walk import vials as lines
from tests.walk.columns import COLUMNS
from tests.walk.linking import Accepted, Key, Node, reached
from tests.walk.paths import LINES, LINKS, WALKED
from tests.walk.values import Text, Typed

Value = tuple[object, ...]
PARKED, EMPTY, WITHOUT = "parked", "empty", "without"
CONTESTED, AWAITED, REFUSED = "contested", "awaited", "refused"
DISAGREES, SEVERAL = "disagrees", "several"
# Of these links of a record one is enough; of a line of vials it is told by what it reaches.
ENOUGH = {
    record: LINKS[record, name].enough
    for record, name in WALKED
    if LINKS[record, name].enough and record not in LINES
}
OF_LINES = ("pack", "lot")  # links of a line that its one open end stands for
RUNS = {  # what each run's loads are
    "viral_inactivation": "viral_inactivation_load",
    "virus_removal": "virus_removal_load",
    "filling": "filling_load",
    "lyophilisation": "lyophilisation_load",
}


class End(NamedTuple):
    """An open end: a record and key, the link (or what does not tell of the key), and its sort."""

    record: str
    key: Key
    link: str
    sort: str


@dataclass(frozen=True)
class Refused:
    """A row that was refused: its record, its text where its line could be read, where it stood."""

    record: str
    text: Text | None
    file: str
    line: int


def ends(accepted: Accepted, refused: list[Refused]) -> set[End]:
    """Every open end of a world."""
    found, known = set(_without(accepted)), Known(accepted)
    for record, name in WALKED:
        if not (record in LINES and name in OF_LINES) and name not in ENOUGH.get(record, ()):
            found |= set(_alone(known, record, name))
        found |= set(_contested(accepted, record, name))
    for record, names in ENOUGH.items():
        found |= set(_together(known, record, names))
    for record in LINES:
        found |= set(_of_lines(known, record))
        found |= {
            End(record, key, "vials", EMPTY)
            for key, row in accepted.standing(record)
            if lines.says(row) is None
        }
    found |= {
        End("administration", key, "status", EMPTY)
        for key, row in accepted.standing("administration")
        if row["status"] is None
    }
    for record in {record for record, _ in WALKED}:
        for key in accepted.versions.get(record, {}):
            if accepted.status(record, key).awaited:
                found.add(End(record, key, "", AWAITED))
    return found | {
        End(row.record, (row.file, str(row.line)), "", REFUSED)
        for row in refused
        if row.text is None or any(row.record == record for record, _ in WALKED)
    }


def value(record: str, name: str, row: Typed) -> Value | None:
    """What a row names by a link; None where the link does not hold of it."""
    link = LINKS[record, name]
    if link.scope and row[link.scope[0]] not in link.scope[1]:
        return None
    if name == "pack":  # a serial alone names none
        return (row["gtin"], row["serial"])
    return tuple(row[column] for column in link.columns)


def needed(record: str, name: str, row: Typed) -> bool:
    """Whether a row must tell a link."""
    link = LINKS[record, name]
    return link.must and not (link.unless and row[link.unless[0]] in link.unless[1])


def _alone(known: "Known", record: str, name: str) -> Iterator[End]:
    """The ends of a link that must be told by itself."""
    for key, row in known.accepted.standing(record):
        told = value(record, name, row)
        if told is None:
            continue
        lacks = any(row[column] is None for column in LINKS[record, name].needs)
        if (None in told or lacks) and needed(record, name, row):
            yield End(record, key, name, EMPTY)
        if None not in told and not known(record, name, row, told):
            yield End(record, key, name, PARKED)


def _together(known: "Known", record: str, names: tuple[str, ...]) -> Iterator[End]:
    """The ends of links of which one is enough."""
    for key, row in known.accepted.standing(record):
        told = {name: value(record, name, row) for name in names}
        whole = {name: v for name, v in told.items() if v is not None and None not in v}
        if not whole:
            yield End(record, key, names[0], EMPTY)
        elif not any(known(record, name, row, v) for name, v in whole.items()):
            yield End(record, key, next(iter(whole)), PARKED)


def _of_lines(known: "Known", record: str) -> Iterator[End]:
    """The end of each line of vials that reaches no lot at all."""
    accepted, stock = known.accepted, known.stock
    for key in accepted.versions.get(record, {}):
        ways = {way for row in accepted.of(record, key) for way in lines.lots(record, row, stock)}
        nowhere = [basis for lot, basis in ways if lot is None]
        # What one person alone says that a line means, it may not mean.
        if nowhere and not any(lot and basis != "hand" for lot, basis in ways):
            order = ("pack", "lot", "vial", "preparation")
            yield End(record, key, min(nowhere, key=order.index), PARKED)


class Known:
    """Whether anybody knows what a link names."""

    def __init__(self, accepted: Accepted) -> None:
        """Look up nothing yet: each target is put together once."""
        self.accepted = accepted
        self.stock = lines.stock(accepted)
        self.nodes = linking.nodes(accepted)
        self._found: dict[tuple[str, tuple[str, ...]], set[Value]] = {}

    def __call__(self, record: str, name: str, row: Typed, told: Value) -> bool:
        """Whether a standing row, or for a pool or lot any node, is named so."""
        link = LINKS[record, name]
        if record == "same_person":
            known = self._tells_person(row["kind"], told[0]) or self._of_a_register(row, told[0])
            return row["status"] == "withdrawn" or known
        if link.target in ("", "external_lot"):
            return True
        if link.target == "pack":
            packs = reached([(str(told[0]), str(told[1]))], self.stock.before)
            return any(pack in self._standing("pack", link.on) for pack in packs)
        if link.target in ("pool", "lot"):
            return len(told) > 1 or any(
                node[1] == told[0]
                and (node[2] == "pool") == (link.target == "pool")
                and link.step in ("", node[2])
                for node in self.nodes
            )
        return told in self._standing(link.target, link.on)

    def _of_a_register(self, row: Typed, name: object) -> bool:
        """Whether another statement, of the same kind, names a key too."""
        return any(
            name in (other["one_key"], other["other_key"])
            and other["kind"] == row["kind"] is not None
            and other["status"] != "withdrawn"
            for key, other in self.accepted.standing("same_person")
            if key != (row["party"], row["statement"])
        )

    def _tells_person(self, kind: object, key: object) -> bool:
        """Whether a row other than a statement tells a person's key, of this kind or of any."""
        columns = {"donor": ["donor_key"], "patient": ["patient_key"]}
        tested = ("donor", key) in self._standing("test_result", ("tested", "tested_id"))
        return (tested and kind != "patient") or any(
            (key,) in self._standing(record, (column,))
            for column in columns.get(str(kind), ["donor_key", "patient_key"])
            for record in self.accepted.versions
            if column in COLUMNS[record]
        )

    def _standing(self, record: str, columns: tuple[str, ...]) -> set[Value]:
        if (record, columns) not in self._found:
            self._found[record, columns] = {
                tuple(row[c] for c in columns) for _, row in self.accepted.standing(record)
            }
        return self._found[record, columns]


def _contested(accepted: Accepted, record: str, name: str) -> Iterator[End]:
    """The keys of which several versions stand, or perhaps none, and one names a thing by a link."""
    for key in accepted.versions.get(record, {}):
        rows = accepted.of(record, key)
        several = len(rows) > 1 or accepted.possible(record, key)
        if several and any(value(record, name, row) is not None for row in rows):
            yield End(record, key, name, CONTESTED)


def _without(accepted: Accepted) -> Iterator[End]:
    """Every thing of which no standing row tells what the process demands."""
    for thing in _donations(accepted) - _keys(accepted, "donation"):
        yield End("donation", thing, "donation", WITHOUT)
    for record, things, by in (
        ("donation", _donations(accepted), "plasma_unit.donation"),
        ("minipool", _minipools(accepted), "minipool_member.minipool"),
        ("minipool", _mixed(accepted) - _minipools(accepted), "minipool_member.smaller"),
        ("pool", _pools(accepted), "pool_unit.pool"),
        ("package", _packages(accepted), "package_content.package"),
        ("reconstitution", _keys(accepted, "reconstitution"), "reconstitution_vial.preparation"),
        ("administration", _given(accepted), "administration_vial.administration"),
        *(
            (run, _keys(accepted, run), f"{load}.{'cycle' if run == 'lyophilisation' else 'batch'}")
            for run, load in RUNS.items()
        ),
    ):
        row_of, link = by.split(".")
        said = {value(row_of, link, row) for _, row in accepted.standing(row_of)}
        yield from (End(record, thing, by, WITHOUT) for thing in things - said)
    for lot in _lots(accepted) - fed(accepted):
        yield End("lot", lot, "lot_input.lot", WITHOUT)
    for lot in _bought(accepted) - fed(accepted):
        yield End("lot", lot, "lot_input.lot", WITHOUT)


def _keys(accepted: Accepted, record: str) -> set[Key]:
    return {key for key, _ in accepted.standing(record)}


def _donations(accepted: Accepted) -> set[Key]:
    """Every donation that has a row or whose number is in another."""
    units = {(row["donation_number"],) for _, row in accepted.standing("plasma_unit")}
    members = {
        (row["member"],)
        for _, row in accepted.standing("minipool_member")
        if row["member_kind"] == "donation"
    }
    tested = _tested(accepted, "donation")
    return _named(_keys(accepted, "donation") | units | members | tested)


def _tested(accepted: Accepted, kind: str) -> set[Key]:
    return {
        (row["tested_id"],) for _, row in accepted.standing("test_result") if row["tested"] == kind
    }


def _named(things: set[Key]) -> set[Key]:
    """Those that have a name."""
    return {thing for thing in things if None not in thing}


def _minipools(accepted: Accepted) -> set[Key]:
    smaller = {
        (row["member"],)
        for _, row in accepted.standing("minipool_member")
        if row["member_kind"] == "minipool"
    }
    return _named(_tested(accepted, "minipool") | smaller)


def _mixed(accepted: Accepted) -> set[Key]:
    return {(row["minipool"],) for _, row in accepted.standing("minipool_member")}


def _packages(accepted: Accepted) -> set[Key]:
    shipped = {(row["sscc"],) for _, row in accepted.standing("shipment")}
    inside = {(row["child_sscc"],) for _, row in accepted.standing("package_content")}
    return _named(shipped | inside)


def _given(accepted: Accepted) -> set[Key]:
    """Infusions of which not every version says not_given."""
    return {key for key, row in accepted.standing("administration") if row["status"] != "not_given"}


def _standing_nodes(accepted: Accepted) -> set[Node]:
    """Every pool and lot that a standing row names."""
    only = Accepted(
        {
            record: {key: accepted.of(record, key) for key in keys}
            for record, keys in accepted.versions.items()
        }
    )
    return linking.nodes(only)


def _pools(accepted: Accepted) -> set[Key]:
    return {node[:2] for node in _standing_nodes(accepted) if node[2] == "pool"}


def _lots(accepted: Accepted) -> set[Node]:
    return {node for node in _standing_nodes(accepted) if node[2] not in ("pool", "external")}


def _bought(accepted: Accepted) -> set[Node]:
    """Lots that were bought, of a supplier who tells of a lot of that number: it may be that; or of which
    no record tells: it may be any.
    """
    every = _standing_nodes(accepted)
    own = {node[:2] for node in every if node[2] not in ("pool", "external")}
    known = _keys(accepted, "external_lot")
    bought = {node for node in every if node[2] == "external"}
    return {node for node in bought if node[:2] in own or node[:2] not in known}


def fed(accepted: Accepted) -> set[Node]:
    """The lots that something else than themselves went into."""
    return {
        target
        for source, targets in linking.edges(accepted).items()
        for target in targets
        if source != target
    }
