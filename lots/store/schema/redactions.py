"""The owner's functions by which a key that was redacted is known again: they alone know the secret
of its keyed hash, so that no login can try keys against what is kept.
"""

from collections.abc import Iterator

from lots.store.schema.access_tables import SERVICE
from lots.store.schema.redaction_tables import OF_OWNER

# Apart by what is hashed: else a text that says a key would show that key's own hash.
_KEYED = """CREATE FUNCTION ledger.keyed(told_as text, told text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
    SELECT sha256(pepper.secret || convert_to(told_as || ':' || told, 'UTF8')) FROM ledger.pepper;
END"""
# The first of several: a person who was redacted twice has one alias throughout.
_ALIAS = """CREATE FUNCTION ledger.alias_of(of_kind text, of_key text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
    SELECT r.alias FROM ledger.redaction AS r
    WHERE r.kind = of_kind AND r.known = ledger.keyed(of_kind, of_key) ORDER BY r.done LIMIT 1;
END"""
# Once, of whomever else the row tells; the same text gives the same word, so that what was equal
# stays equal, and what differed differs.
_MASKED = """CREATE FUNCTION ledger.masked(told jsonb) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
    SELECT jsonb_object_agg(
        each.key, CASE WHEN each.value ~ '^redacted [0-9a-f]{16}$' THEN each.value
            ELSE 'redacted ' || left(encode(ledger.keyed('value', each.value), 'hex'), 16) END
    )
    FROM jsonb_each_text(told) AS each;
END"""
_KEPT = """CREATE FUNCTION ledger.kept_instead(of_sha256 bytea) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
BEGIN ATOMIC
    SELECT f.sha256 FROM ledger.redacted_file AS f
    WHERE f.known = ledger.keyed('file', encode(of_sha256, 'hex')) ORDER BY f.redacted_file DESC LIMIT 1;
END"""
_MADE = {
    "keyed(text, text)": _KEYED,
    "alias_of(text, text)": _ALIAS,
    "masked(jsonb)": _MASKED,
    "kept_instead(bytea)": _KEPT,
}
_OF_PIPELINE = ("alias_of(text, text)", "masked(jsonb)", "kept_instead(bytea)")


def functions() -> Iterator[str]:
    """Each function, and who may run it."""
    yield from _MADE.values()
    # PostgreSQL lets everybody run a new function.
    yield from (f"REVOKE ALL ON FUNCTION ledger.{name} FROM PUBLIC" for name in _MADE)
    yield from (
        f"GRANT EXECUTE ON FUNCTION ledger.{name} TO lots_pipeline" for name in _OF_PIPELINE
    )
    # Whoever scans for a patient names the key that stands on the wristband.
    yield f"GRANT EXECUTE ON FUNCTION ledger.alias_of(text, text) TO {SERVICE}"


def revoked() -> str:
    """What the pipeline does not see either: by the secret a key could be tried against what is
    left.
    """
    return f"REVOKE ALL ON {', '.join(table.fullname for table in OF_OWNER)} FROM lots_pipeline"
