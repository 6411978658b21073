"""What nobody has sent or decided in time: pending records, open findings, silent senders."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lots.pipeline import by_rules
from lots.pipeline.publish import publish
from lots.rules import rules
from lots.settings import Settings
from lots.store.engine import engine
from lots.store.queries import query
from lots.store.rules import findings

# The house's own figure: a month in which nobody looked.
OPEN_FOR = timedelta(days=30)  # how long a finding may be open before somebody is reminded


@dataclass(frozen=True, slots=True)
class Watched:
    """What is overdue, a sentence each, and how many findings were opened because a term had
    passed.
    """

    opened: int
    pending: tuple[str, ...]
    findings: tuple[str, ...]
    senders: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.pending, *self.findings, *self.senders)


def watch(settings: Settings, *, now: datetime) -> Watched:
    """Open a finding for every pending outcome whose term has passed, and tell what else is
    overdue.
    """
    with engine(settings=settings).begin() as connection:
        # The one place where rules look at the clock: linking never does, so that any order of
        # arrival ends alike.
        opened = findings.open_overdue(connection, now)
        pending = connection.execute(query("overdue_pending"), {"today": now.date()}).all()
        late = connection.execute(query("overdue_findings"), {"before": now - OPEN_FOR}).all()
        silent = connection.execute(query("overdue_senders"), {"now": now}).all()
        by_rules.entered(connection, "watch", {}, findings.BY, now)
    publish(settings, now=now)
    return Watched(
        opened,
        tuple(
            f"{r.rule}: {_are(r.subjects, 'record')} overdue, the first since {r.first_due}:"
            f" {_sentence(r.rule)}"
            for r in pending
        ),
        tuple(
            f"{r.rule}: {_are(r.findings, 'finding')} open for more than {OPEN_FOR.days} days, the"
            f" oldest since {r.oldest:%Y-%m-%d}."
            for r in late
        ),
        tuple(
            f"{r.sender} was heard until {r.heard_to:%Y-%m-%d %H:%M} UTC; it usually sends every"
            f" {_days(r.usual)}."
            for r in silent
        ),
    )


def _are(count: int, thing: str) -> str:
    return f"1 {thing} is" if count == 1 else f"{count:,} {thing}s are"


def _days(usual: timedelta) -> str:
    days = f"{usual.total_seconds() / 86_400:.1f}".removesuffix(".0")
    return f"{days} {'day' if days == '1' else 'days'}"


def _sentence(rule: str) -> str:
    # A pending outcome outlives its rule until all is evaluated again.
    return rules()[rule].sentence if rule in rules() else "the rule is declared no more."
