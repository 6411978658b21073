"""What else than accepted rows tells of a person: findings, words, refused lines, scans,
questions.
"""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from lots.records import records
from lots.store.redaction import persons, taking
from lots.store.redaction.persons import Person
from lots.store.schema.access_tables import REQUEST
from lots.store.schema.lineage_tables import PATIENT

# Rows under an entry that tell of a thing by its record and key.
OF_KEYS = ("judged.finding", "judged.decision", "receiving.legible")
ALIKE = ("scanned.scan", "scanned.booking")
REASON = "reason"


def take_all(connection: sa.Connection, person: Person) -> None:
    """Put the alias in the key's place wherever it stands beside accepted rows. What is derived
    follows from these, and is derived anew by who calls.
    """
    for record in records().values():
        taking.take_accepted(connection, record, person)
    for name, where, sets in (
        *_of_keys(person),
        *_as_sent(),
        *_of_sites(person),
        *_asked(),
        *_reasons(),
    ):
        taking.take(connection, taking.FACTS[name], where, sets, person.given)
    # A finding names the version that it is on by its hash, which is another by now.
    contents = "content IN (SELECT old FROM content_was WHERE old <> new)"
    new = "(SELECT w.new FROM content_was AS w WHERE w.old = content LIMIT 1)"
    taking.take(connection, taking.FACTS["judged.finding"], contents, {"content": new}, {})
    if person.kind == "patient":
        # The number stays: by it whoever reads counts.
        number = sa.update(PATIENT).where(PATIENT.c.key == person.key)
        connection.execute(number.values(key=person.alias))
    # Kept so that a request that is sent twice is done once; by its hash a key in it could be
    # tried.
    connection.execute(sa.delete(REQUEST))


Taken = tuple[str, str, Mapping[str, str]]


def at_place(person: Person, subject: str, key: str) -> tuple[str, str]:
    """The condition that a key names the person, and the key with the alias in its place."""
    found = persons.places(person.kind)
    where = " OR ".join(
        f"{subject} = '{name}' AND {key} ->> {at} = :key" for name, at in found.items()
    )
    cases = " ".join(f"WHEN '{name}' THEN '{{{at}}}'" for name, at in found.items())
    path = f"(CASE {subject} {cases} END)::text[]"
    return where, f"jsonb_set({key}, {path}, to_jsonb(CAST(:alias AS text)))"


def _of_keys(person: Person) -> Iterator[Taken]:
    where, anew = at_place(person, "record", "key")
    for name in OF_KEYS:
        yield name, where, {"key": anew}


def _as_sent() -> Iterator[Taken]:
    # As many bytes as there were: where they stand in the kept file stays true.
    blank = "convert_to(repeat('#', length(raw)), 'UTF8')"
    sets = {"raw": f"CASE WHEN encode(raw, 'escape') ~ :pattern THEN {blank} ELSE raw END"}
    for name in ("possible", "key"):
        sets[name] = (
            f"regexp_replace({name}::text, :quoted, to_jsonb(CAST(:alias AS text))::text, 'g')::jsonb"
        )
    named = " OR ".join(f"{name}::text ~ :quoted" for name in ("possible", "key"))
    yield "receiving.refused", f"encode(raw, 'escape') ~ :pattern OR {named}", sets


def _of_sites(person: Person) -> Iterator[Taken]:
    if person.kind == "patient":
        for name in ALIKE:
            yield name, "patient = :key", {"patient": ":alias"}


def take_of_sites(connection: sa.Connection) -> int:
    """Put aliases into scans and bookings for patients who are redacted by now; how many there
    were.
    """
    found = 0
    for name in ALIKE:
        known = (
            f"patient IN (SELECT each.patient FROM (SELECT DISTINCT patient FROM {name}) AS each"
            " WHERE ledger.alias_of('patient', each.patient) IS NOT NULL)"
        )
        sets = {"patient": "ledger.alias_of('patient', patient)"}
        found += taking.take(connection, taking.FACTS[name], known, sets, {})
    return found


def _asked() -> Iterator[Taken]:
    said = "regexp_replace(asked::text, :pattern, :alias, 'g')::jsonb"
    yield "access.question", "asked::text ~ :pattern", {"asked": said}


def _reasons() -> Iterator[Taken]:
    # What a person wrote as a reason may name somebody, in whichever table it stands.
    for name, fact in taking.FACTS.items():
        if REASON in fact.table.columns:
            yield (
                name,
                f"{REASON} ~ :pattern",
                {REASON: f"regexp_replace({REASON}, :pattern, :alias, 'g')"},
            )
