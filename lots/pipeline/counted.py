"""An answer's figures with their bounds, and its certificate."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lots.answers import Bounds, Certificate, Patients, Reason, Vials
from lots.answers.certificate import Sort
from lots.pipeline.belongs import Began
from lots.pipeline.bounds import Counted, bounded
from lots.pipeline.certify import Certified, certify
from lots.pipeline.hearing import Hearing, Scope, at_most_there, hear
from lots.pipeline.reach import Reach
from lots.pipeline.roles import Role
from lots.questions.path import Step
from lots.store.answers import counting, holders, open_ends, statements
from lots.store.answers.contests import Extent
from lots.store.answers.holders import Held
from lots.store.answers.lot_facts import facts
from lots.store.answers.paths import crossed
from lots.store.answers.statements import Nodes
from lots.store.engine import Connection

# What tells where packs went.
MOVES = ("shipment", "delivery", "package", "package_content", "stock_count", "vial_fate")
# And packs that may be of these lots, where they went by whatever tells of them.
WENT = (*MOVES, "pack")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known and counted of an answer before it is said where its packs are."""

    reach: Reach
    nodes: Nodes
    edges: int
    hearing: Hearing
    extent: Extent
    more: tuple[Reason, ...]
    vials: Vials
    patients: Patients

    def concluded(self, connection: Connection, held: Held) -> tuple[Bounds, Certificate]:
        """The figures from what is sure to what they are at most, and what they may lack."""
        reach, lots = self.reach, self.nodes
        if self.hearing.silent and not reach.packs and self._elsewhere():
            lots = statements.known_nodes(connection, sorted(self._lots()))
            held = holders.held(connection, lots)
        there = at_most_there(self.hearing.silent, held)
        # A home tells nothing, ever: where none of its packs is left, nothing of it is missing.
        left = {one.sender for one in there if not one.packs and one.vials == 0}
        if homes := statements.homes(connection, left):
            silent = tuple(one for one in self.hearing.silent if one.sender not in homes)
            return replace(self, hearing=replace(self.hearing, silent=silent)).concluded(
                connection, held
            )
        told = [one.vials for one in there]
        unheard = None if None in told else sum(n for n in told if n is not None)
        if reach.packs:  # these alone are asked about, and may be wherever nobody was heard
            # Of a pack of which no record came nobody knows how many vials it holds.
            unheard = reach.vials_of_packs
            there = tuple(replace(t, packs=len(reach.packs), vials=unheard) for t in there)
        bounds = bounded(connection, self._extent(unheard), self.vials)
        certified = Certified(
            self.nodes,
            self.edges,
            self.vials.lines,
            reach.most,
            self.hearing,
            self.extent,
            there,
            [*self.more, *reach.gaps],
        )
        return bounds, certify(connection, certified)

    def _elsewhere(self) -> bool:
        """Whether it matters where other packs are than those of the lots walked: of single lines
        nobody asks where packs are, until somebody was not heard.
        """
        return self.reach.lines is not None or self._lots() != {*self.nodes}

    def _lots(self) -> Set[int]:
        """The lots of which packs may be where nobody was heard: where it is open which lots there
        are, those that are walked.
        """
        return {*self.nodes} | (set() if self._open_lots else self.reach.most.nodes)

    @property
    def _open_lots(self) -> bool:
        """Whether it is open which lots there are: of single lines, which may be of any, wherever
        somebody was not heard.
        """
        silent = self.hearing.silent
        alone = self.reach.lines is not None and not self.reach.packs
        return self.reach.open_lots or (bool(silent) if alone else any(one.above for one in silent))

    def _extent(self, unheard: int | None) -> Counted:
        """Over what is counted, surely and at most. unheard: how many vials are where nobody was
        heard; None where nobody knows.
        """
        reach, silent = self.reach, self.hearing.silent
        return Counted(
            reach.nodes,
            reach.sure,
            reach.most.nodes,
            reach.lines,
            reach.lines_sure,
            reach.lines_most,
            reach.perhaps,
            reach.mixed,
            reach.astray,
            open_lots=self._open_lots,
            open_vials=reach.open_vials or (bool(silent) and unheard is None),
            open_prepared=reach.most.open_prepared,
            uncounted=reach.most.uncounted,
            nameless=any(b.role is Role.PERSON for b in reach.most.belongs),
            relabelled=any(b.end.record == "relabelling" for b in reach.most.belongs),
            unheard=bool(silent),
            unheard_lines=any(one.lines for one in silent),
            vials_unheard=unheard or 0 if silent else 0,
            unplaced=reach.most.unplaced,
            unprepared=reach.most.unprepared,
            in_preparations=reach.most.in_preparations,
            vials_of_packs=reach.vials_of_packs,
            of_person=reach.of_person,
        )


def counted(
    connection: Connection,
    reach: Reach,
    nodes: Nodes,
    edges: int,
    through: datetime | None,
    *,
    above: tuple[Step, ...] = (),
    more: Sequence[Reason] = (),
) -> Told:
    """Look who was heard, and what is contested. above: the steps of a trace that goes the other
    way too.
    """
    down = {s for question, _ in reach.names for s in crossed(question.path)}
    path = (*sorted(down, key=str), *above)
    # Whoever may have got what could belong may have used it unheard.
    scope = _scope(connection, reach, path, {*nodes} if above else set())
    extent = Extent(
        frozenset(nodes),
        frozenset(n.number for n in nodes.values()),
        frozenset(reach.donations),
        tuple(reach.names),
        path,
        None if reach.lines is None else frozenset(reach.lines),
        tuple(sorted(reach.packs)),
        above=bool(above),
    )
    # By the clock only where nobody in scope has numbered a sending: else until when they were
    # heard.
    hearing = hear(connection, scope, through, datetime.now(UTC))
    vials = counting.vials(
        connection,
        sorted(reach.nodes),
        reach.lines,
        reach.perhaps,
        of_person=reach.of_person,
    )
    patients = counting.patients(connection, sorted(reach.nodes), reach.lines)
    return Told(reach, nodes, edges, hearing, extent, tuple(more), vials, patients)


def _scope(connection: Connection, reach: Reach, path: tuple[Step, ...], shown: Set[int]) -> Scope:
    """Who decides of an answer that goes along this path. shown: all pools and lots of a trace, whose
    way up began before.
    """
    moves = [one.end for one in reach.most.belongs if one.end.record in WENT]
    sorts = {end.sort for end in moves if end.record in MOVES}
    above = [f.first_made for f in facts(connection, shown - reach.most.nodes)] if shown else []
    return Scope(
        frozenset(s.record for s in path),
        _making(reach, path),
        reach.nodes | reach.most.nodes,
        reach.most.began.earlier(Began(min((at for at in above if at), default=None))),
        [end for end in moves if end.sort not in (Sort.REFUSED, Sort.AWAITED)],
        refused=Sort.REFUSED in sorts,
        awaited=Sort.AWAITED in sorts,
    )


def _making(reach: Reach, path: tuple[Step, ...]) -> frozenset[str]:
    """Records whose rows decide of which lots and lines an answer is."""
    if reach.lines is None:
        return open_ends.making(path)
    # Of a pack it is known how many vials it holds, whoever was not heard.
    return frozenset() if reach.packs else frozenset(s.record for s in path)
