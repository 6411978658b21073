"""The rule book: every rule with its figures, what follows from a breach,
and where it comes from.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from lots.grammar.column import Rule
from lots.grammar.figures import WHATS, either, in_figures
from lots.grammar.schema import (
    Between,
    Constraint,
    Holds,
    Limits,
    Record,
    own_rules,
    within,
)
from lots.papers.cross_record import across
from lots.papers.page import MADE, by_stage, codes, contents, linked, page, scope, table
from lots.records import records
from lots.rules import CrossRecordRule
from lots.rules import rules as rules_across

NOT_VERIFIED = "⚠ **not verified**"
# With its bracket, so that no G of a name counts; at a word's start, as (lo) may follow it.
GENERAL = re.compile(r"\bG\)")

BEGINNING = f"""# Rule book

Every rule by which every row is judged, by Great Expectations and by PostgreSQL apart from each other: where the two
count differently, nothing of a file is accepted. {MADE}

**What follows from a breach.** *Refuse*: the row cannot be used as a record; it is kept aside with all its reasons.
*Finding*: the record is sound and stays, but what it tells is out of limits; a finding may hold a unit, a lot or a case
until a person decides. *Notice*: worth seeing, nothing more. The severity says how grave a breach is, never what is
done about it. Where a rule does not speak of a row, or the column is empty, it counts neither as met nor as broken.

**Where a rule comes from.** (S) stands behind a source that was read. (G) stands for general knowledge that nobody has
checked: such a source is marked {NOT_VERIFIED}, and all of them are listed [at the end](#not-verified). The figures
are those of the sources, examples until a licence holder puts in its own. A rule without dates holds at any time.

**The rules of the columns** follow from the [dictionary](dictionary.md) and begin each record's section:
`RECORD.COLUMN.present` asks that the column is not empty, `RECORD.COLUMN.readable` that its text is of the column's
kind (an empty one is not judged), `RECORD.COLUMN.limits` that its number is one that can be at all, in the column's
unit (beyond it somebody slipped; the value stays as it was sent, and other rules judge by it),
`RECORD.COLUMN.happened` that what is told as having happened is not told of a day to come: its day, as it was sent, is
not after the last one that any place on earth had when the row was received (the day, in UTC, 14 hours after that
moment; whenever it is judged, and whatever the clock says then), `RECORD.COLUMN.known` that it is no word for not
known: such a column counts as empty ([linking.md](linking.md)). Their version is 1, their source the house's own first
rule: a bad record is not a bad product.
"""

ENDING = """## Not verified

Before one of these becomes a hard limit, somebody has to read its source.
"""

HEAD = ("rule", "what must hold", "in figures", "unit", "speaks of", "else", "source")


def rules() -> str:
    """The whole page."""
    # Each once more at the end: whoever has to read sources needs the list, not the book.
    unverified = [
        f"- `{rule.id}` ({linked(record)}): {rule.citation}"
        for record in records().values()
        for rule in record.rules
        if not verified(rule)
    ]
    unverified += [
        f"- `{rule.id}` ({rule.subject}): {rule.citation}"
        for rule in rules_across().values()
        if not verified(rule)
    ]
    told = across({rule.id: _source(rule) for rule in rules_across().values()})
    return page(BEGINNING, contents(), *by_stage(_section), *told, ENDING, "\n".join(unverified))


def verified(rule: Rule | CrossRecordRule) -> bool:
    """Whether somebody has read every source of the rule."""
    return not GENERAL.search(rule.citation)


def _section(record: Record) -> Iterator[str]:
    own = own_rules(record)
    yield "\n".join(_of_columns(own))
    # A record's own rules come before those that are written for it (lots/grammar/schema.py).
    if more := record.rules[len(own) :]:
        yield table(HEAD, map(_cells, more))


def _of_columns(own: tuple[Rule, ...]) -> Iterator[str]:
    """A line for each consequence, naming all its columns; what is asked of the same ones is said
    together.
    """
    columns: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rule in own:
        what = _asked(rule.constraint) + (f" where {scope(rule.when)}" if rule.when else "")
        # An own rule is called RECORD.COLUMN.WHAT: its column is the middle one.
        columns[_consequence(rule), what].append(rule.id.split(".")[1])
    asked: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (consequence, what), names in sorted(columns.items()):
        asked[consequence, codes(names)].append(what)
    # The gravest first: refusals before findings.
    for (consequence, names_as_code), whats in reversed(asked.items()):
        yield f"- {either(whats, 'and')}, else {consequence}: {names_as_code}"


def _asked(constraint: Constraint) -> str:
    if isinstance(constraint, Between):
        return f"within its limits, {within(Limits(constraint.low, constraint.high))}"
    return WHATS[type(constraint)]


def _cells(rule: Rule) -> tuple[str, ...]:
    return (
        f"`{rule.id}` v{rule.version}",
        rule.sentence,
        in_figures(rule.constraint),
        rule.unit,
        _speaks_of(rule),
        _consequence(rule),
        _source(rule),
    )


def _consequence(rule: Rule) -> str:
    held = "" if rule.holds is Holds.NOTHING else f", holds the {rule.holds}"
    lasting = "; only a person closes it" if rule.lasting else ""
    return f"{rule.outcome} ({rule.severity}){held}{lasting}"


def _speaks_of(rule: Rule) -> str:
    rows = f"rows where {scope(rule.when)}" if rule.when else "every row"
    since = f", from {rule.since}" if rule.since else ""
    until = f", until before {rule.until}" if rule.until else ""
    return rows + since + until


def _source(rule: Rule | CrossRecordRule) -> str:
    """The citation, each part that nobody has checked marked as such."""
    return "; ".join(
        f"{part} {NOT_VERIFIED}" if GENERAL.search(part) else part
        # Part by part: of two sources one may have been read and the other not.
        for part in rule.citation.split("; ")
    )
