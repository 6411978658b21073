"""What a name means: every way in which it can be read is looked up; where several are known, the
answer asks which.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from lots.errors import CallError, NotFound
from lots.questions import questions
from lots.questions.goods import LOT_NAME
from lots.records import records
from lots.store.answers import naming
from lots.store.answers.naming import KnownNode, Reading
from lots.store.engine import Connection

STEPS = ("pool", "external", "paste", "bulk", "filled", "dried", "packed")
UNLINKED = "No record that links this {} has arrived, but received rows name it."


@dataclass(frozen=True, slots=True)
class NamedLots:
    """The nodes that a name means, in full words; the numbers by which received rows may name it;
    what is missing.
    """

    nodes: tuple[int, ...]
    said: str
    numbers: frozenset[str]
    gaps: tuple[str, ...] = ()


def readings(name: str) -> tuple[Reading, ...]:
    """(maker, number, step) in each way that a name can be read; empty is any. Raises CallError.

    A slash stands between maker, number and step, or belongs to one of them. A JSON list is read in
    one way only.
    """
    if name.startswith("["):
        return (_explicit(name),)
    # Makers and numbers may hold slashes themselves: each of them may be the one that parts them.
    parts = name.split("/")
    found = [Reading("", name, "")]
    for at in range(1, len(parts)):
        maker, rest = "/".join(parts[:at]), parts[at:]
        found.append(Reading(maker, "/".join(rest), ""))
        if len(rest) > 1 and rest[-1].lower() in STEPS:
            found.append(Reading(maker, "/".join(rest[:-1]), rest[-1].lower()))
    if len(parts) > 1 and parts[-1].lower() in STEPS:
        found.append(Reading("", "/".join(parts[:-1]), parts[-1].lower()))
    kept = tuple(r for r in found if r.number)
    if not kept:
        raise CallError(f"'{name}' does not name a lot; expected {LOT_NAME}.")
    return kept


def _explicit(name: str) -> Reading:
    try:
        told = json.loads(name)
    except ValueError:
        told = None
    if (
        not isinstance(told, list)
        or len(told) not in (2, 3)
        or not all(isinstance(t, str) and t for t in told)
    ):
        raise CallError(f"'{name}' does not name a lot; expected {LOT_NAME}.")
    maker, number, step = [*told, ""][:3]
    return Reading(maker, number, step.lower())


def named_lots(connection: Connection, kind: str, name: str) -> NamedLots:
    """The nodes that a lot's or pool's name means; none where only rows that are not linked name
    it.

    Raises CallError where it means several things, NotFound where no received row names it.
    """
    ways = readings(name)
    if kind == "pool":
        ways = tuple(Reading(w.maker, w.number, "pool") for w in ways if w.step in ("", "pool"))
    found = naming.nodes(connection, ways)
    # One lot at several steps of one maker is one thing, and is walked from all of them.
    things = {
        (n.maker, n.number, n.step if n.step in ("pool", "external") else "lot") for n in found
    }
    if len(things) > 1:
        several = f"The {kind} '{name}' can be one of several: {_each(found)}."
        raise CallError(f"{several} Expected one of them, written like this.")
    return _known(found, name) if found else _unknown(connection, kind, name, ways)


def _unknown(connection: Connection, kind: str, name: str, ways: tuple[Reading, ...]) -> NamedLots:
    numbers = frozenset(w.number for w in ways)
    expect(connection, kind, name, sorted(numbers))
    others = naming.nodes(connection, [Reading("", number, "") for number in sorted(numbers)])
    known = (f"Of such a number are known: {_each(others)}.",) if others else ()
    return NamedLots((), f"{kind} {name}", numbers, (UNLINKED.format(kind), *known))


def _each(nodes: Sequence[KnownNode]) -> str:
    return "; ".join(json.dumps([n.maker, n.number, n.step], ensure_ascii=False) for n in nodes)


def _known(found: Sequence[KnownNode], name: str) -> NamedLots:
    steps = " and ".join(sorted({n.step for n in found} - {"pool", "external"}, key=STEPS.index))
    which = f" ({steps})" if steps else ""
    thing = found[0].step if found[0].step in ("pool", "external") else "lot"
    said = (
        f"{'external lot' if thing == 'external' else thing} {found[0].number} of"
        f" {found[0].maker}{which}"
    )
    return NamedLots(tuple(n.node for n in found), said, frozenset({found[0].number, name}))


def is_known(connection: Connection, kind: str, name: str) -> bool:
    """Whether a received row names a person so, for whoever may see such keys."""
    statement = naming.named_by(questions()[kind])
    return bool(connection.execute(statement, {"names": [name]}).scalar_one())


def expect(
    connection: Connection, kind: str, name: str, names: Sequence[str], gaps: Sequence[str] = ()
) -> None:
    """Raises NotFound where no received row names this thing, with the nearest names that were
    received.
    """
    if naming.is_named(connection, kind, names):
        return
    what = questions()[kind].words
    if questions()[kind].of_person(records()):  # near keys of persons are never shown
        raise NotFound(
            " ".join([f"No {what} of that key was ever received; near keys are not shown.", *gaps])
        )
    near = naming.near(connection, kind, names)
    told = f"; near it are {', '.join(near)}." if near else ", nor one of a similar name."
    raise NotFound(" ".join([f"No {what} '{name}' was ever received{told}", *gaps]))
