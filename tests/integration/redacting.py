"""A small world in which a donor and a patient are told of in every way, and whoever looks for their keys."""

import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lots.answers.redacted import Redactions
from lots.decisions.norm import Purpose
from lots.grammar.schema import Record
from lots.pipeline.dispose import Saying, second, shown
from lots.pipeline.redact import carry_out, propose
from lots.pipeline.resolve import Word, close
from lots.pipeline.scan import Scanner, Use, scan
from lots.records import records
from lots.settings import Settings
from lots.store.access import kept
from lots.store.access.door import asking
from lots.store.engine import owner_engine
from lots.store.redaction.persons import named
from tests.builders import DONATION, NOW, donations, results, rows, table, take, write
from tests.integration.test_answers import GIVEN, IN_POOL, INPUT, PACK, UNIT
from tests.integration.test_dispositions import Desk

KEYS = {"donor": "PERSON-DONOR-1", "patient": "PERSON-PATIENT-1"}
OTHERS = {"donor": "PERSON-DONOR-2", "patient": "PERSON-PATIENT-2"}
DONOR, PATIENT = KEYS["donor"], KEYS["patient"]
MORE = {"test_result": {"tested": "donor"}}
READABLE = {"as_of": "2026-01-01", "reviewed_on": "2026-01-02", "marker": "HBsAg", "run": "1"}
TABLES = """
SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
"""
PARTY = {
    "party_id": "C1",
    "kind": "centre",
    "name": "C1",
    "zone": "Europe/Berlin",
    "jurisdiction": "DE",
}
SCHEME = {
    "jurisdiction": "DE",
    "plasma_kind": "source",
    "valid_from": "2020-01-01",
    "citation": "c",
    "prepared_by": "A",
    "approved_by": "B",
    "interval_days": "2",
}
LABEL = "]d2010950600013435221S1\x1d1728013110L1"
NOTED = b"of " + DONOR.encode() + b" and " + PATIENT.encode()


def told_of(record: Record, kind: str) -> bytes:
    """Rows of one record about the person and another one: contradicting versions, a note in a column that
    nobody declared, and a free text.
    """
    columns = [c for c, _ in named(record, kind)]

    def row(nth: str, key: str, **more: str) -> dict[str, str]:
        persons = {c.name: f"PERSON-ALSO-{n}" if n else key for n, c in enumerate(columns)}
        ids = {c: READABLE.get(c, f"{kind}-{c}-{nth}") for c in record.key}
        said = {**dict.fromkeys(record.required, ""), **MORE.get(record.name, {})}
        if record.name == "same_person":
            said |= {"kind": kind, "status": "stated"}
        return {**said, **ids, **persons, **more}

    mine, theirs = KEYS[kind], OTHERS[kind]
    told = [
        row("1", mine, corrected_by="HER", note=f"{mine} born 1970"),
        row("1", mine, corrected_by="HIM", note="elsewhere"),
        row("2", mine, correction_reason=f"{mine} said so"),
        row("3", theirs, note="of another"),
    ]
    return table(told[0], told)


def world(settings: Settings, folder: Path) -> None:
    """Files of every form in which the two are told of, and what people and scanners said."""
    files = folder / "files"
    chain = {
        # The last two are given too soon after another: a finding rests on what both rows say.
        "donation": donations(
            {"donor_key": DONOR},
            {"donation_number": "D2", "donor_key": OTHERS["donor"]},
            *(
                {
                    "donation_number": f"D2{n}",
                    "donor_key": DONOR,
                    "collected_at": f"2026-02-05T1{n}:00Z",
                }
                for n in range(2)
            ),
        ),
        "plasma_unit": table(UNIT, [{}]),
        "pool_unit": table(IN_POOL, [{}]),
        "lot_input": table(INPUT, [{}]),
        "pack": table(PACK, [{}]),
        "administration": table(
            {"site": "W1", "administration": "A1", "patient_key": PATIENT, "status": "given"}, [{}]
        ),
        "administration_vial": table(GIVEN, [{}]),
    }
    told = {"party": table(PARTY, [{}]), "screening_scheme": table(SCHEME, [{}]), **chain}
    take(settings, *(write(files, f"{n}.csv", data) for n, data in told.items()))
    for kind in KEYS:
        every = [r for r in records().values() if any(named(r, kind))]
        take(settings, *(write(files, f"{r.name}-{kind}.csv", told_of(r, kind)) for r in every))
    take(settings, *(write(files, name, data) for name, data in odd().items()))
    number = rows(settings, "SELECT min(finding) FROM judged.finding WHERE rule <> 'contested'")
    why = Word("QA", f"asked {DONOR} and {PATIENT}")
    close(settings, int(str(number[0][0])), why, now=NOW)
    scan(settings, LABEL, Use(Purpose.GIVE, "W1", patient=PATIENT), NOW, Scanner("tester"))
    desk = Desk(settings)
    desk.person("ann", "qa_approver")
    with asking(settings) as connection:
        for kind, key in KEYS.items():
            asked = {"asked": [{"kind": kind, "name": key}], "view": "trace"}
            kept.keep_question(connection, 1, asked, NOW)
            kept.claim(connection, 1, f"once-{kind}", hashlib.sha256(key.encode()).digest(), NOW)
    with owner_engine(settings).begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def redacted_world(settings: Settings, folder: Path) -> None:
    """The same, with its donor redacted."""
    world(settings, folder)
    (folder / "redacted").touch()
    signed(settings, "donor")
    carry_out(settings, now=NOW)


def odd() -> dict[str, bytes]:
    """Files in other forms, lines that are refused, and what is known already."""
    known = donations({"donor_key": DONOR}, {"donation_number": "D3", "donor_key": DONOR})
    line = {**DONATION, "donation_number": "D4", "donor_key": DONOR}
    parquet = io.BytesIO()
    both = [{**line, "donation_number": "D5"}, {**line, "donation_number": "D6", "donor_key": "P7"}]
    pq.write_table(pa.Table.from_pylist(both), parquet)
    refused = donations({"donation_number": "", "donor_key": DONOR}, {"donation_number": "D7"})
    announced = {
        "sender": "C1",
        "sequence": "1",
        "file_name": "donation-known.csv",
        "row_count": "2",
    }
    announced |= {"record": "donation", "sha256": hashlib.sha256(known).hexdigest()}
    return {
        "donation-known.csv": known,
        "donation-lines.jsonl.gz": gzip.compress(json.dumps(line).encode() + b"\n", mtime=0),
        "donation-columns.parquet": parquet.getvalue(),
        "donation-refused.csv": refused + b"D8," + DONOR.encode() + b"\n",
        "test_result-refused.csv": b"nothing " + NOTED + b"\n1\n",
        "donation-all.csv": donations({"donation_number": "", "donor_key": DONOR}),
        "test_result-donor.csv": results({"sample": "S9", "tested": "donor", "tested_id": DONOR}),
        "transmittal.csv": table(announced, [{}]),
    }


def found(settings: Settings, key: str) -> list[str]:
    """Where a key stands: tables of the database, kept bytes, reports, and copies of the ledger."""
    told = [key, key.encode().hex()]
    places = []
    looked = f"concat(most_common_vals, histogram_bounds, most_common_elems) LIKE '%{key}%'"
    if rows(settings, f"SELECT 1 FROM pg_stats WHERE {looked} LIMIT 1", "lots_owner"):
        places.append("pg_stats")
    for (name,) in rows(settings, TABLES, "lots_owner"):
        whole = " OR ".join(f"to_jsonb(t)::text LIKE '%{word}%'" for word in told)
        if rows(settings, f"SELECT 1 FROM {name} AS t WHERE {whole} LIMIT 1", "lots_owner"):
            places.append(str(name))
    for folder in ("raw", "reports", "ledger", "handed_in"):
        for path in sorted((settings.home / folder).rglob("*")):
            if path.is_file() and any(key.encode() in data for data in read(path)):
                places.append(f"{folder}/{path.name[:8]}")
    return places


def read(path: Path) -> Iterator[bytes]:
    """What a file says, as it is and unpacked."""
    data = path.read_bytes()
    yield data
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    if data[:4] == b"PAR1":
        yield str(pq.read_table(io.BytesIO(data)).to_pylist()).encode()


def signed(settings: Settings, kind: str, at: datetime = NOW) -> Redactions:
    """A redaction that two persons have signed."""
    desk = Desk(settings)
    who = desk.says(f"prop{kind}", "qa_approver", at=at)
    made = propose(settings, kind, KEYS[kind], "Art. 17 GDPR, request 12", who)
    (one,) = made.redactions
    decision = shown(settings, one.disposition)
    other = desk.says(f"other{kind}", "safety_officer", at=at)
    second(settings, one.disposition, decision.sha256, decision.seen, other)
    return made


def stated(settings: Settings, kind: str) -> Redactions:
    """One that somebody proposed on a command line, whom nobody knows."""
    return propose(settings, kind, KEYS[kind], "Art. 17 GDPR", Saying("somebody", "said", NOW))
