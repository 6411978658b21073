"""What an installation holds, in a few numbers, and an example worth showing."""

from dataclasses import dataclass

from lots.settings import Settings
from lots.store.answers import statements
from lots.store.engine import engine
from lots.store.queries import query


@dataclass(frozen=True, slots=True)
class Given:
    """Vials given, those of them that are linked to a lot, and how many lots these are."""

    given: int
    linked: int
    lots: int


@dataclass(frozen=True, slots=True)
class Example:
    """A pack as GTIN/SERIAL, and a donation that went into it; whether that donation has a reactive
    result.
    """

    pack: str
    donation: str
    reactive: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What rules across records answered: how many rules, of how many subjects, and what their
    findings hold.
    """

    rules: int
    subjects: int
    passed: int
    not_applicable: int
    pending: int
    notices: int
    findings: int
    units: int
    lots: int
    cases: int


def judged(settings: Settings) -> Judged:
    """What rules across records answered."""
    # As whoever reads: the screen shows what anybody may see.
    with engine("lots_reader", settings).connect() as connection:
        return Judged(*(int(n or 0) for n in connection.execute(query("last_evaluation")).one()))


def vials_given(settings: Settings) -> Given:
    """Vials given and linked."""
    with engine("lots_reader", settings).connect() as connection:
        return Given(*map(int, connection.execute(query("vials_given")).one()))


def example(settings: Settings) -> Example | None:
    """A pack that was given, with a donation of its pools; nothing where no pack was given yet."""
    with engine("lots_reader", settings).connect() as connection:
        pack = connection.execute(query("demo_pack")).one_or_none()
        if pack is None:
            return None
        lots = statements.of_pack(connection, pack.gtin, pack.serial)
        pools = {"nodes": statements.above(connection, lots)}
        donation = connection.execute(query("demo_donation"), pools).one()
        return Example(f"{pack.gtin}/{pack.serial}", donation.donation_number, donation.reactive)
