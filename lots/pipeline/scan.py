"""The verdict on a scan: a raw string read, the facts of each pack that it may name, and the table."""

from dataclasses import dataclass
from datetime import datetime

from lots.answers.scanned import CheckTold, GroundTold, ReadAs, Scanned
from lots.decisions.checks import Asked
from lots.decisions.norm import Purpose, Worst
from lots.decisions.verdict import Candidate, Found, Verdict, of_readings, verdict
from lots.errors import CallError, LedgerUnmatched
from lots.identifiers.scans.reading import read
from lots.identifiers.scans.values import Scan
from lots.pipeline.publish import matched
from lots.settings import Settings
from lots.store.answers.scans import pack_facts
from lots.store.engine import engine

# Of both kinds of stop one word, as somebody reads it at two metres; what may override it stands below.
WORDS = {
    Worst.GO: "GO",
    Worst.ASK: "ASK",
    Worst.QUARANTINE: "QUARANTINE",
    Worst.NO_VERDICT: "NO VERDICT",
    Worst.STOP: "STOP",
    Worst.STOP_FOR_ALL: "STOP",
}


@dataclass(frozen=True, slots=True)
class Use:
    """What a pack is scanned for, where (party id), and how many of its vials."""

    purpose: Purpose
    site: str
    vials: int = 1


def scan(settings: Settings, raw: str, use: Use, now: datetime) -> Scanned:
    """The verdict on one string. Raises CallError where fewer than one vial is asked for.

    Nothing is kept of it: once the ledger takes scans, the row and its entry are written here, in the
    transaction that looks up, and only then is the verdict answered.
    """
    if use.vials < 1:
        raise CallError(f"--vials is {use.vials}; expected a whole number of at least 1.")
    found = read(raw, now.date())
    newest = _newest(settings)
    with engine("lots_reader", settings).begin() as connection:
        candidates = [
            Candidate(
                facts := pack_facts(connection, reading, use.site, now),
                verdict(facts, Asked(use.purpose, use.vials, bool(reading.mended), newest)),
            )
            for reading in found.readings
        ]
    return _told(found, of_readings(candidates, use.purpose), use, now)


def _newest(settings: Settings) -> bool:
    try:
        matched(settings)
    except LedgerUnmatched:
        return False
    return True


def _told(found: Scan, weighed: Verdict, use: Use, now: datetime) -> Scanned:
    return Scanned(
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
    )


def _ground(ground: Found) -> GroundTold:
    return GroundTold(ground.code, ground.says, WORDS[ground.worst], ground.by, ground.note)
