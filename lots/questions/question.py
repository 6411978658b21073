"""What a question is: what can be asked about, how it is named, where rows name it,
and its path.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lots.grammar.column import Sought, When
from lots.questions.ends import things
from lots.questions.path import FROM_LINES, Path, Records, Step, steps


@dataclass(frozen=True, slots=True)
class Dated:
    """What says when something was done: columns of its begin and its end, and of the place whose
    days count. undated: what rows without these do not say.
    """

    began: str
    ended: str
    place: str
    undated: str


@dataclass(frozen=True, slots=True)
class Read:
    """Rows in which the question reads what it is about: one of these columns names it."""

    record: str
    columns: tuple[str, ...]
    dated: Dated


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A column that names such a thing in some rows: always, or where another column says so."""

    record: str
    column: str
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of thing that can be asked about. Its statement is sql/questions/NAME.sql, unless it
    is a pool or a lot.

    means: what it asks for, as a help says it. form: how a name is written, where not plainly.
    period: what a period applies to, and in the days of which place; empty where it is asked about
    whole. first: from it to the donations, lots or vials that it touched; then: all below.
    above: where a trace goes the other way. called: columns that name it, in whatever record.
    of_nodes: lineage knows it by its name. traced_alone: `lots trace` asks about it, and `lots
    implicate` does not.
    """

    name: str
    means: str
    first: Path
    then: Path
    called: tuple[str, ...]
    form: str = ""
    period: str = ""
    # What it reads beside its path names what is asked about: a contested version of it may belong.
    reads: tuple[Read, ...] = ()
    named_in: tuple[NamedIn, ...] = ()
    above: Path = ()
    of_nodes: bool = False
    traced_alone: bool = False

    @property
    def option(self) -> str:
        """As the command has it."""
        return self.name.replace("_", "-")

    @property
    def words(self) -> str:
        """As a sentence has it."""
        return self.name.replace("_", " ")

    @property
    def help(self) -> str:
        """All that the command's help says of it."""
        form, period = f": {self.form}" if self.form else "", ", in a period" if self.period else ""
        return self.means + form + period

    @property
    def written(self) -> str:
        """How its name is written."""
        return f"a {self.words}: {self.form}" if self.form else f"a {self.words}'s number"

    @property
    def path(self) -> Path:
        """The whole path, down."""
        return (*self.first, *self.then)

    @property
    def of_vials(self) -> bool:
        """Whether it concerns single vials, not whole lots."""
        # By the path itself: a question about whole lots goes through what was made of them first.
        return self.then is FROM_LINES

    def of_person(self, records: Records) -> bool:
        """Whether its name is a key of a person, so that it is never shown: as the columns say that
        have it.
        """
        # Told once, where the columns are: a column that is added later is never shown either.
        return any(
            c.of_person for r in records.values() for c in r.columns if c.name in self.called
        )

    def by_name(self, records: Records) -> bool:
        """Whether no record tells of what it is about, and nothing must tell of it: its name is all that is
        known, and one that is written otherwise names another.
        """
        links = [records[step.record].link(step.link) for step in self.begins(records)]
        names = (k.record for k in links if not k.described and k.sought is Sought.NOT)
        return not {*names} <= {thing.name for thing in things(records)}

    def begins(self, records: Records) -> tuple[Step, ...]:
        """The steps from its name to rows."""
        return tuple(step for step in steps(self.first[:1], records) if not step.up)

    def crossed(self, records: Records) -> tuple[Step, ...]:
        """Every step of its path, and of what a trace goes beside it."""
        return steps((*self.path, *self.above), records)


def reading(reads: Iterable[Read]) -> frozenset[str]:
    """Names of the records that are read."""
    return frozenset(read.record for read in reads)
