"""The verdict on a scan: a raw string read, the facts of each pack that it may name, and the table;
kept before it is answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lots.answers.scanned import CheckTold, GroundTold, ReadAs, Scanned
from lots.decisions.checks import Asked
from lots.decisions.norm import Purpose, Worst
from lots.decisions.verdict import Candidate, Found, Verdict, of_readings, verdict
from lots.errors import CallError, LedgerUnmatched, NotFound
from lots.evidence.notes import Checkpoint
from lots.identifiers.scans.foreign import PRODUCT
from lots.identifiers.scans.reading import read
from lots.identifiers.scans.values import Reading, Scan
from lots.pipeline import publish
from lots.settings import Settings
from lots.store.answers.bookings import in_bag
from lots.store.answers.naming import nearest
from lots.store.answers.scans import Place, keep, keep_of, pack_facts, places_near
from lots.store.engine import Connection, Engine, by_itself, engine
from lots.store.ledger.reading import Stands
from lots.store.redaction.again import called

# Of both kinds of stop one word, as somebody reads it at two metres; what may override it stands
# below.
WORDS = {
    Worst.GO: "GO",
    Worst.ASK: "ASK",
    Worst.QUARANTINE: "QUARANTINE",
    Worst.NO_VERDICT: "NO VERDICT",
    Worst.STOP: "STOP",
    Worst.STOP_FOR_ALL: "STOP",
}


NOWHERE = "No party record tells of '{}', so its market and its day are not known"
NO_BAG = "bag: code: expected one of this site with vials in it, got none of them."


@dataclass(frozen=True, slots=True)
class Use:
    """What a pack is scanned for, where (party id), how many of its vials, for which patient.

    sent_as, scanned_at: of a scan that a page sends later, its number there, and when it was made.
    """

    purpose: Purpose
    site: str
    vials: int = 1
    patient: str | None = None
    sent_as: str | None = None
    scanned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scanner:
    """Who scans: by name, at this machine; or an account of the service, whose site the database
    knows.
    """

    by: str
    account: int | None = None


def scan(settings: Settings, raw: str, use: Use, now: datetime, scanner: Scanner) -> Scanned:
    """The verdict on one string, which is kept before it is answered. Raises CallError where fewer
    than one vial is asked for, and where the account is of no site.
    """
    if use.vials < 1:
        raise CallError(f"--vials is {use.vials}; expected a whole number of at least 1.")
    found = read(raw, now.date())
    # Each statement sees what was decided before it begins; a transaction round them sees no more.
    with by_itself(asking(settings, scanner)) as connection:
        use = replace(use, patient=called(connection, use.patient))
        where = Place(use.site, now, use.patient)
        asked = Asked(use.purpose, use.vials)
        candidates = [looked_up(settings, connection, r, where, asked) for r in found.readings]
        weighed = of_readings(candidates, use.purpose)
        number = _kept(connection, found, weighed, use, now, scanner)
        said = _nowhere(connection, use.site, candidates)
    return _told(found, weighed, use, now, number, said)


def scan_bag(
    settings: Settings, code: str, use: Use, now: datetime, scanner: Scanner
) -> tuple[Scanned, ...]:
    """The verdict on each vial of a bag, by the site's own code of it: each is a scan of its own.
    Raises NotFound where nothing is in it.
    """
    asked = Asked(use.purpose, use.vials, bag=True)
    with asking(settings, scanner).begin() as connection:
        vials = in_bag(connection, scanner.account or 0, code)
        if not vials:
            raise NotFound(NO_BAG)
        use = replace(use, patient=called(connection, use.patient))
        where, told = Place(use.site, now, use.patient, code), []
        for reading in (r for vial in vials for r in vial.readings):
            found = Scan(PRODUCT, 0, (reading,))
            candidates = [looked_up(settings, connection, reading, where, asked)]
            weighed = of_readings(candidates, use.purpose)
            number = _kept(connection, found, weighed, use, now, scanner)
            said = _nowhere(connection, use.site, candidates)
            told.append(_told(found, weighed, use, now, number, said))
    return tuple(told)


def asking(settings: Settings, scanner: Scanner) -> Engine:
    """The login of whoever scans: it may ask the functions, and sees no table of theirs."""
    return engine("lots_pipeline" if scanner.account is None else "lots_service", settings)


def looked_up(
    settings: Settings, connection: Connection, reading: Reading, where: Place, asked: Asked
) -> Candidate:
    """What is known of a pack, and the verdict on it; none is GO where the database that tells it may
    not be the newest.
    """
    # First the copies outside, then the database: of what is written between the two it knows.
    try:
        there, readable = publish.newest(settings), True
    except LedgerUnmatched:
        there, readable = None, False
    facts, stands = pack_facts(connection, reading, where, there.size if there else 0)
    is_newest = readable and _is_newest(settings, there, stands)
    asked = replace(asked, mended=bool(reading.mended), newest=is_newest)
    return Candidate(facts, verdict(facts, asked))


def _kept(
    connection: Connection, found: Scan, weighed: Verdict, use: Use, now: datetime, scanner: Scanner
) -> int:
    kept: dict[str, Any] = {
        "at": now,
        "purpose": use.purpose.value,
        "vials": use.vials,
        "kind": found.kind,
        "length": found.length,
        # Of what is no product's code nothing is kept but its kind and length.
        "readings": [_reading(r) for r in found.readings] if found.kind == PRODUCT else None,
        "patient": use.patient,
        "verdict": WORDS[weighed.worst],
        "grounds": [ground.code for ground in weighed.grounds],
        "unmade": [check.code for check in weighed.checks if not check.ran],
        "norm": weighed.norm,
        "sent_as": use.sent_as,
        "scanned_at": use.scanned_at,
    }
    if scanner.account is None:
        return keep(connection, use.site, scanner.by, kept)
    number = keep_of(connection, scanner.account, kept)
    if number is None:
        raise CallError("scan: account: expected one of a site, got one of none or an ended one.")
    return number


def _reading(reading: Reading) -> dict[str, str]:
    return {
        "gtin": reading.gtin,
        "serial": reading.serial,
        "lot_number": reading.lot_number,
        "expires_on": reading.expires_on.isoformat(),
        "mended": "; ".join(reading.mended),
    }


def _nowhere(connection: Connection, site: str, candidates: Sequence[Candidate]) -> str:
    # Of a place that nobody knows it is never known whether a pack has expired: no other scan pays
    # for the look.
    if candidates and all(one.facts.expired is not None for one in candidates):
        return ""
    return nowhere(connection, site)


def nowhere(connection: Connection, site: str) -> str:
    """That no record tells of a place, with the nearest names; empty of one that is known."""
    places = places_near(connection, site)
    if site in places:
        return ""
    near = nearest(site, places)
    told = f"; near it are {', '.join(near)}." if near else ", nor is any of a similar name."
    return NOWHERE.format(site) + told


def _is_newest(settings: Settings, there: Checkpoint | None, stands: Stands) -> bool:
    """Whether the database is as new as what was signed of it outside."""
    try:
        publish.expect_newest(settings, there, stands)
    except LedgerUnmatched:
        return False
    return True


def _told(
    found: Scan, weighed: Verdict, use: Use, now: datetime, number: int, said: str
) -> Scanned:
    return Scanned(
        number,
        use.purpose.value,
        use.site,
        now,
        WORDS[weighed.worst],
        weighed.worst is Worst.STOP,
        weighed.by,
        tuple(_ground(ground) for ground in weighed.grounds),
        tuple(CheckTold(check.code, check.says, check.ran) for check in weighed.checks),
        found.kind,
        found.length,
        tuple(
            ReadAs(r.gtin, r.serial, r.lot_number, r.expires_on, r.mended) for r in found.readings
        ),
        tuple(refused.says for refused in found.refused),
        weighed.norm,
        said,
    )


def _ground(ground: Found) -> GroundTold:
    return GroundTold(ground.code, ground.says, WORDS[ground.worst], ground.by, ground.note)
