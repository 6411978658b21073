"""The part of the rule book that tells the rules across records."""

from collections.abc import Iterator

from lots.grammar.schema import Holds
from lots.papers.page import codes, table
from lots.rules import CrossRecordRule, rules

BEGINNING = """## Rules across records

What one record cannot tell by itself is asked once per linking, on one snapshot. Each rule has one of the outcomes
listed for each thing that it is asked of; *not applicable* never counts as passed, *pending* waits for a record that
is due. How each is read, to the last case, is in [judging.md](judging.md) and on the page of its family; what the
database runs stands under sql/rules, in a folder of the family's name. The limits are reference, dated and put in by
two people; a change evaluates nothing anew by itself (`lots evaluate`).
"""

HEAD = (
    "rule",
    "family",
    "asked of",
    "what must hold",
    "outcomes",
    "a finding",
    "judges by",
    "source",
)


# From the declarations alone: what a rule decides in words stands in its family's page.
def across(source: dict[str, str]) -> Iterator[str]:
    """The heading and the table; `source` tells each rule's citation with what nobody has checked
    marked.
    """
    yield BEGINNING
    yield table(HEAD, (_cells(rule, source[rule.id]) for rule in rules().values()))


def _cells(rule: CrossRecordRule, source: str) -> tuple[str, ...]:
    told = f"({rule.severity})" + (
        "" if rule.holds is Holds.NOTHING else f", holds the {rule.holds}"
    )
    # Elsewhere newer records explain a finding, and that is not said of each rule.
    lasting = "; only a person closes it" if rule.lasting else ""
    return (
        f"`{rule.id}` v{rule.version}",
        f"[{rule.family}](judging/{rule.family}.md)",
        rule.subject,
        rule.sentence,
        ", ".join(o.replace("_", " ") for o in rule.outcomes),
        told + lasting,
        codes(rule.reads),
        source,
    )
