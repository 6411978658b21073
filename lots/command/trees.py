"""Lots and pools as a tree: from donations to infusions, and what a question implicates."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rich.tree import Tree

from lots.answers import Between, Implicated, LotName, Trace, Use
from lots.answers.wording import PATIENTS, STEPS, VIALS, many
from lots.command.listed import key
from lots.command.pack import history
from lots.command.whereabouts import placed
from lots.visible import marked as escape

USES_SHOWN = 5
BRANCHES_SHOWN = 6  # lots of a step in a line, and beginnings of a tree
PLACES_SHOWN = 3


def tree(answer: Trace) -> Tree:
    """The whole tree from donations to infusions: ancestors first, the thing itself marked."""
    root = Tree(f"[bold]{escape(answer.question)}[/]")
    for name, value in answer.details:
        root.add(f"{escape(name)}: {escape(f'{value:,}' if isinstance(value, int) else value)}")
    # Of one that came to many lots they are what is asked for, and the tree is how they came about.
    if len({(n.maker, n.number) for n in answer.start}) > 1:
        for line in _by_steps(answer.start):
            root.add(f"{line} <- traced")
    if answer.pack:
        history(root, answer.pack, answer.whereabouts)
    children: dict[LotName, list[LotName]] = defaultdict(list)
    for parent, child in answer.edges:
        children[parent].append(child)
    has_parent = {child for _, child in answer.edges}
    every = sorted((n.name for n in answer.nodes), key=_by_step)
    drawn: set[LotName] = set()
    begun = 0
    # What goes round has a parent each, and may have no other beginning: it comes after the tops.
    for top in (*(node for node in every if node not in has_parent), *every):
        if top not in drawn and begun < BRANCHES_SHOWN:
            _branch(root, answer, top, children, drawn)
            begun += 1
    _rest(root, len(every) - len(drawn), "lot or pool", "lots and pools")
    _counted(root, answer)
    return root


def _by_step(node: LotName) -> tuple[int, str, str]:
    return STEPS.index(node.step) if node.step in STEPS else len(STEPS), node.maker, node.number


def _branch(
    above: Tree,
    answer: Trace,
    node: LotName,
    children: dict[LotName, list[LotName]],
    drawn: set[LotName],
) -> None:
    # A lot with two parents stands below both, and rework goes round: each is drawn once.
    if node in drawn:
        above.add(f"[dim]{escape(str(node))} (drawn above)[/]")
        return
    drawn.add(node)
    here = above.add(_label(answer, node))
    for sentence in _facts(answer, node):
        here.add(sentence)
    for child in sorted(children[node], key=_by_step):
        _branch(here, answer, child, children, drawn)
    _uses(here, answer, [u for u in answer.uses if u.lot == node])


def _label(answer: Trace, node: LotName) -> str:
    unknown = any(n.name == node and not n.known for n in answer.nodes)
    mark = " [bold cyan]<- traced[/]" if node in answer.start else ""
    missing = " [red](no record of it has arrived)[/]" if unknown else ""
    return f"{escape(node.step)} [bold]{escape(node.maker)}/{escape(node.number)}[/]{missing}{mark}"


def _facts(answer: Trace, node: LotName) -> list[str]:
    found = [
        f"{many(p.units, 'unit')} of {many(p.donations, 'donation')} of {many(p.donors, 'donor key')}"
        for p in answer.pooled
        if p.pool == node
    ]
    return [
        *found,
        *placed(
            [w for w in answer.whereabouts if w.lot == node],
            [d for d in answer.differences if d.lot == node],
        ),
    ]


def _uses(here: Tree, answer: Trace, uses: list[Use]) -> None:
    # Of a pack each of its vials is looked for; of a lot some of thousands would say nothing.
    if len(uses) > USES_SHOWN and not answer.pack:
        here.add(_summed(uses))
        return
    for use in uses[:USES_SHOWN]:
        at = f"{use.at:%Y-%m-%d %H:%M} UTC" if use.at else "at a time that is not known"
        here.add(
            f"[green]{use.state}[/] {at} at {escape(use.place)}: {use.record}"
            f" {escape(key(use.key))}, {many(use.vials, 'vial')}, linked by {use.basis}"
        )
    _rest(here, len(uses) - USES_SHOWN)


def _summed(uses: Sequence[Use]) -> str:
    """How many lines there are of each state, where and from when to when."""
    states = Counter(use.state.replace("_", " ") for use in uses)
    places = sorted({use.place for use in uses})
    rest = len(places) - PLACES_SHOWN
    more = f" and {many(rest, 'more place', 'more places')}" if rest > 0 else ""
    days = sorted(use.at.date() for use in uses if use.at)
    when = f"; {days[0]} to {days[-1]}" if days else ""
    return (
        f"{many(len(uses), 'line')} of vials:"
        f" [green]{', '.join(f'{n:,} {state}' for state, n in states.most_common())}[/];"
        f" at {escape(', '.join(places[:PLACES_SHOWN]))}{more}{when} [dim](all with --json)[/]"
    )


def _rest(here: Tree, count: int, *thing: str) -> None:
    if count > 0:
        what = f" {many(count, *thing).split(' ', 1)[1]}" if thing else ""
        here.add(f"[dim]and {count:,} more{what} (all with --json)[/]")


def implicated(answer: Implicated) -> Tree:
    """Lots, holders, packs by whereabouts, vials by state, patients counted."""
    root = Tree(f"[bold]implicated by {escape(answer.question)}[/]")
    for name, value in answer.details:
        root.add(f"{escape(name)}: {escape(f'{value:,}' if isinstance(value, int) else value)}")
    for line in _by_steps([n.name for n in answer.nodes]):
        root.add(line)
    sentences = [*placed(answer.whereabouts, answer.differences)]
    told = "" if sentences else ": this question tells of none"
    holders = root.add(f"packs by whereabouts{told}")
    for sentence in sentences:
        holders.add(sentence)
    _counted(root, answer)
    return root


def _by_steps(nodes: Sequence[LotName]) -> Iterator[str]:
    """How many pools and lots of each step there are, and the first of them."""
    by_step: dict[str, list[LotName]] = defaultdict(list)
    for node in sorted(nodes, key=_by_step):
        by_step[node.step].append(node)
    for step, of in by_step.items():
        shown = ", ".join(escape(f"{n.maker}/{n.number}") for n in of[:BRANCHES_SHOWN])
        more = f" and {len(of) - BRANCHES_SHOWN} more" if len(of) > BRANCHES_SHOWN else ""
        yield f"{many(len(of), step if step == 'pool' else f'{step} lot')}: {shown}{more}"


def _counted(above: Tree, answer: Trace | Implicated) -> None:
    """Vials between two numbers, patients as counts of keys, each with its bounds; where nothing is
    known of any, that is said.
    """
    # Each figure with its bounds: one that stood alone would be taken for sure.
    vials, patients, bounds = answer.vials, answer.patients, answer.bounds
    told = above.add(
        "vials" if vials.lines else "vials: none is known to be dispensed, prepared or given"
    )
    for name, means in VIALS.items():
        figure: Between = getattr(vials, name)
        # A figure of which none can be is left out; of patients all three are said, none too.
        if figure.most:
            told.add(f"[bold]{figure}[/] {means}{_bounds(figure, getattr(bounds, name))}")
    people = above.add("patients, by distinct keys")
    for name, means in PATIENTS.items():
        count: int = getattr(patients, name)
        said = _bounds(Between(count, count), getattr(bounds, f"patients_{name}"))
        people.add(f"[bold]{count:,}[/] {means}{said}")


def _bounds(told: Between, bounds: Between) -> str:
    """What a figure surely is, and at most, where that differs from what is told."""
    surely = f"surely {bounds.least:,}" if bounds.least != told.least else ""
    if bounds.most is None:
        most = "[yellow]nobody can tell how many at most[/]"
    else:
        most = f"at most {bounds.most:,}" if bounds.most != told.most else ""
    return "".join(f", {said}" for said in (surely, most) if said)
