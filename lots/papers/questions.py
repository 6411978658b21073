"""The page of questions: what can be asked about, and each path down to vials and patients."""

from collections.abc import Iterator

from lots.papers.page import MADE, codes, page, table
from lots.questions import questions
from lots.questions.path import (
    FROM_DONATIONS,
    FROM_LINES,
    FROM_LOTS,
    Leg,
    Path,
    Step,
    steps_of,
)
from lots.questions.question import Question
from lots.records import records

BEGINNING = f"""# What can be asked about

Each question of `lots implicate` and `lots trace`, and the links of records that it crosses. {MADE}

An answer goes its path step by step, and may lack whatever an end of one of these links lacks. ↓ goes down a link, from
what is named to the rows that name it; ↑ goes up, from a row to what it names. The links stand with their records in
[dictionary.md](dictionary.md); how vials are linked by their labels is said in [linking.md](linking.md), how packs are
placed and vials counted in [counting.md](counting.md).
"""

# By the path itself: what is the same object is told once and linked to.
SHARED: dict[Path, tuple[str, str]] = {
    FROM_DONATIONS: ("from-donations", "From donations"),
    FROM_LOTS: ("from-pools-and-lots", "From pools and lots"),
    FROM_LINES: ("from-lines-of-vials", "From lines of vials"),
}
ASIDE = """## Links aside

No question goes through these. What their rows tell is judged and listed; an answer lacks nothing where they lead
nowhere.
"""


def whole() -> str:
    """The whole page."""
    every = table(
        ("question", "asks for", "its name", "a period applies to"),
        (
            (f"[{_asked(q)}](#{q.option})", q.means, q.form or "as it is sent", q.period or "-")
            for q in questions().values()
        ),
    )
    own = (part for question in questions().values() for part in _section(question))
    shared = (part for path in SHARED for part in _shared(path))
    return page(BEGINNING, every, *own, "## What most paths end in", *shared, ASIDE, _aside())


def _asked(question: Question) -> str:
    return f"trace {question.option}" if question.traced_alone else f"--{question.option}"


def _section(question: Question) -> Iterator[str]:
    anchor, _ = SHARED[question.then]
    name = SHARED[question.then][1].lower()
    yield f"## {question.option}"
    yield f"Asks for {question.means}."
    yield _legs(question.first, f"then [{name}](#{anchor})")
    if question.above:
        yield "`lots trace` goes the other way as well:"
        yield _legs(question.above)


def _shared(path: Path) -> Iterator[str]:
    yield f"### {SHARED[path][1]}"
    # The rest of one shared path may be another: from donations one goes on as from lots.
    ends = next((p for p in SHARED if p is not path and path[-len(p) :] == p), None)
    # Told once and linked to: a step that is corrected on one of two lists is wrong on the other.
    shorter = path[: -len(ends)] if ends else path
    if ends:
        anchor, name = SHARED[ends]
        yield _legs(shorter, f"then [{name.lower()}](#{anchor})")
    else:
        yield _legs(shorter)


def _legs(path: Path, last: str = "") -> str:
    told = [f"{leg.reaches}: {_steps(leg)}".removesuffix(": ") for leg in path]
    return "\n".join(f"{n}. {one}" for n, one in enumerate([*told, *([last] if last else [])], 1))


def _steps(leg: Leg) -> str:
    return ", ".join(f"{'↑' if s.up else '↓'} {_linked(s)}" for s in steps_of(leg, records()))


def _linked(step: Step) -> str:
    columns = codes(records()[step.record].link(step.link).columns)
    return f"[{step.record}](dictionary.md#{step.record}).{step.link} ({columns})"


def _aside() -> str:
    # Listed with their reasons, so that what no answer goes through is seen and can be objected to.
    links = ((r.name, k) for r in records().values() for k in r.links if k.aside)
    return table(("link", "it"), ((f"`{name}.{link.name}`", link.aside) for name, link in links))
