"""Open ends in one shape: as the walk finds them in rows, and as the database keeps them."""

import sqlalchemy as sa

from lots.settings import Settings
from lots.store.engine import engine
from tests.walk.ends import CONTESTED, REFUSED, WITHOUT, End, ends
from tests.walk.linking import Accepted

ELSEWHERE = (CONTESTED, REFUSED)  # are read where contests and refused rows stand


def of_walk(accepted: Accepted) -> set[End]:
    """What is parked, empty, without and awaited, as the walk finds it; but what was bought, which is
    looked up as it is asked.
    """
    found = (end for end in ends(accepted, []) if end.sort not in ELSEWHERE)
    return {_told(end) for end in found if not (end.record == "lot" and "external" in end.key)}


def of_database(settings: Settings) -> set[End]:
    """The same, as the database keeps it."""
    statement = sa.text("SELECT record, key, link, sort FROM lineage.open_end_now")
    with engine("lots_reader", settings).connect() as connection:
        found = connection.execute(statement).all()
    return {_told(End(r.record, tuple(r.key), r.link, r.sort)) for r in found}


def _told(end: End) -> End:
    """Of what something is without the record alone: the walk does not say by which link."""
    if end.sort != WITHOUT:
        return end
    missing = end.link.partition(".")[0]
    return end._replace(link="lot_input" if missing == "input" else missing)
