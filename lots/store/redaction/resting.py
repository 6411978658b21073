"""What findings rest on are digests of rows' hashes, by which a key could be tried as by the hash
itself: they become those of the rows as they are since, and what was closed stays closed.
"""

import json
from collections.abc import Mapping

import sqlalchemy as sa

from lots.rules import rules
from lots.store.redaction import persons, taking
from lots.store.redaction.persons import Person
from lots.store.rules import evaluation

Resting = Mapping[tuple[str, str], str]
MADE = "CREATE TEMP TABLE rested (rule text, subject jsonb, was text, is_now text) ON COMMIT DROP"
# Nothing rests on this: a closing of something else is told anew where it is found again, as it
# was.
NOTHING = "encode(sha256(convert_to(gen_random_uuid()::text, 'UTF8')), 'hex')"


def answers(connection: sa.Connection) -> Resting:
    """What each outcome rests on, as rules would answer now."""
    return evaluation.answers(connection, tuple(rules().values()))


def name_subjects(connection: sa.Connection, person: Person) -> None:
    """Let outcomes of the person's own subjects be of the alias."""
    for subject, place in persons.places(person.kind).items():
        # An outcome has no record of its own: its rule says what it is about.
        mine = [rule.id for rule in rules().values() if rule.subject == subject]
        changed = (
            f"UPDATE judged.outcome SET subject = jsonb_set(subject, '{{{place}}}', to_jsonb(CAST(:alias AS text)))"
            f" WHERE rule = ANY (:rules) AND subject ->> {place} = :key"
        )
        connection.execute(sa.text(changed), {**person.given, "rules": mine})


def follow(connection: sa.Connection, person: Person, before: Resting, after: Resting) -> None:
    """Put in the place of each digest that changed the one of the rows as they are now."""
    connection.execute(sa.text(MADE))
    # Subjects that the person's key is part of are the alias's by now.
    was, now = json.dumps(person.key, ensure_ascii=False), json.dumps(person.alias)
    before = {
        (rule, subject.replace(was, now)): digest for (rule, subject), digest in before.items()
    }
    rows = [
        {"rule": rule, "subject": subject, "was": before.get((rule, subject)), "now": digest}
        for (rule, subject), digest in after.items()
        if before.get((rule, subject)) != digest
    ]
    if not rows:
        return
    connection.execute(
        sa.text("INSERT INTO rested VALUES (:rule, CAST(:subject AS jsonb), :was, :now)"), rows
    )
    connection.execute(
        sa.text(
            "UPDATE judged.outcome AS o SET rests_on = CASE WHEN o.rests_on = r.was THEN r.is_now END"
            " FROM rested AS r WHERE r.rule = o.rule AND r.subject = o.subject AND o.rests_on IS NOT NULL"
        )
    )
    mine = (
        "finding IN (SELECT f.finding FROM judged.finding AS f"
        " JOIN rested AS r ON r.rule = f.rule AND r.subject = f.key)"
    )
    now = (
        "(SELECT r.is_now FROM judged.finding AS f JOIN rested AS r ON r.rule = f.rule AND r.subject = f.key"
        " WHERE f.finding = judged.event.finding AND r.was = judged.event.rests_on LIMIT 1)"
    )
    taking.take(
        connection,
        taking.FACTS["judged.event"],
        f"rests_on IS NOT NULL AND {mine}",
        {"rests_on": f"coalesce({now}, {NOTHING})"},
        {},
    )
