"""The signed list of what is stopped at a site (docs/stop-list.md)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from lots.answers.stops import StoppedPack, Stops
from lots.evidence import signing
from lots.pipeline import naming, signing_key
from lots.pipeline.publish import matched
from lots.pipeline.scan import Scanner, asking, nowhere
from lots.settings import Settings
from lots.store.answers.scans import Stopped, stops_at
from lots.store.engine import engine
from lots.store.ledger import reading
from lots.store.queries import query

FORM = "plasma-lots stop list 1"
HOURS = 4  # the norm's, where nobody signed others
UNNAMED = "plasma-lots"  # a ledger of which no checkpoint was made yet has no name


def stops(settings: Settings, site: str, now: datetime, scanner: Scanner) -> Stops:
    """What is stopped now. Raises LedgerUnmatched where the database is older than what was signed
    of it: its list would lack what was stopped since.
    """
    matched(settings)
    with asking(settings, scanner).connect() as connection:
        rows, said = stops_at(connection, site, scanner.account), nowhere(connection, site)
    with engine("lots_reader", settings).connect() as connection:
        name = reading.origin(connection) or UNNAMED
        hours = connection.execute(query("stop_list_hours"), {"site": site}).scalar_one() or HOURS
    at = now.astimezone(UTC).replace(microsecond=0)
    text = _text(name, (site, at, hours), rows)
    note = signing.signed_text(signing_key.private_key(settings), name, text)
    lots = tuple(row.name for row in rows if row.kind == "lot")
    packs = tuple(StoppedPack(row.name, row.serial) for row in rows if row.kind == "pack")
    key = signing_key.public_key(settings, name).text
    return Stops(site, at, at + timedelta(hours=hours), lots, packs, note, key, said)


def expect_site(settings: Settings, site: str) -> None:
    """Raises NotFound where no received row names this place: under a name that is mistyped a list would
    lack what is stopped there alone.
    """
    with engine("lots_reader", settings).connect() as connection:
        naming.expect(connection, "party", site, [site])


def _text(name: str, of: tuple[str, datetime, int], rows: Sequence[Stopped]) -> str:
    """What is signed: every value without blanks and lines of its own."""
    site, at, hours = of
    head = (
        FORM,
        name,
        f"site {_told(site)}",
        f"at {at:%Y-%m-%dT%H:%M:%SZ}",
        f"hours {hours}",
    )
    lines = (
        f"lot {_told(row.name)}"
        if row.kind == "lot"
        else f"pack {_told(row.name)} {_told(row.serial)}"
        for row in rows
    )
    return "".join(f"{line}\n" for line in (*head, *lines))


def _told(value: str) -> str:
    return quote(value, safe="")
