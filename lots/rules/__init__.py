"""Rules across records by family: what each says is declared in the module of its family, what it
asks of the database stands under sql/rules in a folder of the same name.
"""

import importlib
import pkgutil
from dataclasses import dataclass, replace
from functools import cache

from lots.errors import CallError
from lots.grammar.schema import Holds, Severity

# Of more than one record: the outcomes of rules on one row are in lots.grammar.kinds.
PASS, NOT_APPLICABLE, PENDING, NOTICE, FINDING = (
    "pass",
    "not_applicable",
    "pending",
    "notice",
    "finding",
)
# Pending is worse than a notice: what is not known could still be a finding.
OUTCOMES = (NOT_APPLICABLE, PASS, NOTICE, PENDING, FINDING)  # from the best to the worst
SUBJECTS: dict[str, tuple[str, ...]] = {  # what is judged, and the columns that name it
    "donation": ("donation_number",),
    "plasma_unit": ("unit",),
    "pool_unit": ("plant", "pool_number", "unit"),
    "pool": ("plant", "pool_number"),
    "viral_inactivation": ("plant", "batch"),
    "virus_removal": ("plant", "batch"),
    "lyophilisation": ("plant", "cycle"),
    "lot": ("manufacturer", "lot_number", "step"),
    # Pools are nodes too, so that X02 asks about more than lots.
    "node": ("maker", "number", "step"),
    "pack": ("gtin", "serial"),
    "dispensing": ("pharmacy", "dispensing"),
    "reconstitution": ("site", "preparation"),
    "administration": ("site", "administration"),
    "administration_vial": ("site", "administration", "item"),
    # The one subject that no record has as its key; and the one that names a person.
    "course": ("site", "patient_key", "course"),
    "adverse_reaction": ("reporter", "reaction"),
    "deviation": ("plant", "deviation"),
    "post_donation_information": ("centre", "information"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossRecordRule:
    """One rule across records: on what, what must hold, which outcomes it can have, and what a
    finding holds.

    scope: which subjects a new record may concern (sql/scopes). reads: the reference that it judges
    by. due, waits, rests: whether its question says by when what is pending is due, for what it
    waits, and on what else than its subject's own row a finding rests.
    family: the name of the module that declares it, of its page, of its folder of SQL.
    """

    id: str
    subject: str
    scope: str
    sentence: str
    citation: str
    outcomes: tuple[str, ...]
    holds: Holds = Holds.NOTHING
    severity: Severity = Severity.CRITICAL
    reads: tuple[str, ...] = ()
    due: bool = False
    waits: bool = False
    rests: bool = False
    # As for rules on one row: what is reactive once is explained by nothing that arrives later.
    lasting: bool = False
    version: int = 1
    family: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name its subject."""
        # Not of the record: a subject may be no record, and one record may be judged as two.
        return SUBJECTS[self.subject]

    @property
    def question(self) -> str:
        """The name of its file under sql/rules/<family>."""
        return self.id.lower().replace(".", "_")


@cache
def families() -> dict[str, tuple[CrossRecordRule, ...]]:
    """The rules of each family, in the order in which they are put: later ones may read what
    earlier ones found.
    """
    found = {
        m.name: importlib.import_module(f"{__name__}.{m.name}")
        for m in pkgutil.iter_modules(__path__)
    }
    # By their ORDER, not by name: D07.pooled reads what D07 answered of the same receipts.
    return {
        name: tuple(replace(rule, family=name) for rule in module.RULES)
        for name, module in sorted(found.items(), key=lambda item: item[1].ORDER)
    }


@cache
def rules() -> dict[str, CrossRecordRule]:
    """All of them by id, family after family."""
    return {rule.id: rule for family in families().values() for rule in family}


def rule(name: str) -> CrossRecordRule:
    """The rule of that id, written in whatever case; CallError says which there are."""
    # However it was written: a person reads it off a screen.
    found = {known.lower(): rule for known, rule in rules().items()}.get(name.lower())
    if found is None:
        raise CallError(
            f"'{name}' is not a rule across records; expected one of {', '.join(rules())}."
        )
    return found
