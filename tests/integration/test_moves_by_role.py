"""The norm's moves × roles × people, each tried on the database's own functions: what the table does not
allow is refused there, whoever asks. On a real PostgreSQL.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from lots.decisions.moves import Move, moves
from lots.pipeline.dispose import Asked, content
from lots.pipeline.refused_decisions import REFUSALS
from lots.service.rights import MAY, Right
from lots.settings import ROOT, Settings
from lots.store import dispositions
from lots.store.dispositions import Saying
from lots.store.engine import engine
from tests.integration.serving import PASSWORD, served
from tests.integration.test_dispositions import Desk, asked, world
from tests.integration.test_scans import NOW

# Of findings and rows it hangs on what they are: those are tried where they are decided.
EVERY = [move for move in moves().every if move.thing not in ("finding", "row")]
TWO = [move for move in EVERY if move.people == 2]


@pytest.fixture(scope="module")
def desk(told_once: Callable[..., Callable[[], Settings]]) -> Desk:
    """A database, with two persons of each role signed in."""
    made = Desk(told_once(world)())
    for role, which in product(MAY, "ab"):
        made.person(f"{which}-{role}", role)
    return made


def ended_by(move: Move) -> Move | None:
    """A move that makes what this one ends."""
    ways = (m for m in EVERY if m.thing == move.thing and m.to in move.sources)
    return next(ways, None) if move.ends and not move.to else None


def decided(
    desk: Desk, connection: sa.Connection, what: Asked, name: str, role: str
) -> dispositions.Put:
    """Decide it in a transaction that is undone, as somebody of a role."""
    saying = desk.says(f"{name}-{role}", role)
    return dispositions.dispose(connection, content(connection, what), saying)


def prepared(desk: Desk, connection: sa.Connection, move: Move) -> Asked:
    """What is asked for by a move, after what it ends was said; stated, so that nobody signed before."""
    if (first := ended_by(move)) is not None:
        before = replace(asked(move.thing, first.code), owner=asked(move.thing, move.code).owner)
        said = Saying("somebody", "said", NOW)
        stated = dispositions.dispose(connection, content(connection, before), said)
        assert stated.disposition
        for role in ("qa", "qa_approver") if first.people > 1 else ():
            (one,) = dispositions.listed(connection, disposition=stated.disposition)
            signs = desk.says(f"c-{role}", role)
            put = dispositions.second(
                connection, one.disposition, bytes.fromhex(one.sha256), one.seen, signs
            )
            assert not put.refused
    return asked(move.thing, move.code)


@pytest.mark.parametrize("move", EVERY, ids=lambda m: f"{m.thing}-{m.code}")
def test_each_role_decides_what_the_table_lets_it(desk: Desk, move: Move) -> None:
    wrong = {}
    for role in MAY:
        with engine(settings=desk.settings).connect() as connection:
            got = decided(desk, connection, prepared(desk, connection, move), "a", role)
            expected = None if role in move.roles else "role"
            if got.refused != expected:
                wrong[role] = got.refused
            if got.disposition:
                (made,) = dispositions.listed(connection, disposition=got.disposition)
                if made.standing != ("in force" if move.people == 1 else "proposed"):
                    wrong[role] = made.standing
    assert wrong == {}


@pytest.mark.parametrize("move", TWO, ids=lambda m: f"{m.thing}-{m.code}")
def test_what_needs_two_is_in_force_by_the_pairs_that_the_table_lets_sign(
    desk: Desk, move: Move
) -> None:
    wrong = {}
    for first, other in product(sorted(move.roles), MAY):
        with engine(settings=desk.settings).connect() as connection:
            got = decided(desk, connection, prepared(desk, connection, move), "a", first)
            (made,) = dispositions.listed(connection, disposition=got.disposition)
            digest = bytes.fromhex(made.sha256)
            saying = desk.says(f"b-{other}", other)
            signed = dispositions.second(connection, made.disposition, digest, made.seen, saying)
            may = other in move.roles
            needed = not move.needs or {first, other} & move.needs
            expected = None if may and needed else "needs" if may else "role"
            if signed.refused != expected:
                wrong[first, other] = signed.refused
            (made,) = dispositions.listed(connection, disposition=made.disposition)
            if made.standing != ("in force" if expected is None else "proposed"):
                wrong[first, other] = made.standing
    assert wrong == {}


@pytest.mark.parametrize("move", TWO, ids=lambda m: f"{m.thing}-{m.code}")
def test_nobody_is_two_people(desk: Desk, move: Move) -> None:
    role = sorted(move.needs or move.roles)[0]
    with engine(settings=desk.settings).connect() as connection:
        got = decided(desk, connection, prepared(desk, connection, move), "a", role)
        (made,) = dispositions.listed(connection, disposition=got.disposition)
        again = desk.says(f"a-{role}", role)
        digest = bytes.fromhex(made.sha256)
        twice = dispositions.second(connection, made.disposition, digest, made.seen, again)
        assert twice.refused == "same person"
        stranger = replace(again, session="forged", once="forged")
        assert (
            dispositions.second(connection, made.disposition, digest, made.seen, stranger).refused
            == "signed out"
        )


def test_who_only_states_something_signs_nothing(desk: Desk) -> None:
    said = Saying("somebody", "said", NOW)
    wrong = {}
    for move in EVERY:
        with engine(settings=desk.settings).connect() as connection:
            told = content(connection, prepared(desk, connection, move))
            got = dispositions.dispose(connection, told, said)
            (made,) = dispositions.listed(connection, disposition=got.disposition)
            if made.standing != ("in force" if move.stops else "proposed"):
                wrong[move.thing, move.code] = made.standing
    assert wrong == {}


def test_the_service_refuses_each_role_what_the_table_does_not_let_it(
    told_once: Callable[..., Callable[[], Settings]], tmp_path: Path
) -> None:
    with served(told_once(world)()) as service:
        wrong = {}
        for role in MAY:
            account = service.account(
                role, "H1" if role in ("pharmacist", "nurse", "sending_system") else None
            )
            headers = service.session(account)
            # Whose a redaction is, no form asks: what is proposed of it is signed alone.
            refused = (m for m in EVERY if role not in m.roles and m.thing != "redaction")
            for number, move in enumerate(refused):
                what = asked(move.thing, move.code)
                body: dict[str, Any] = {"thing": what.thing, "key": [*what.key], "move": what.move}
                body |= {"meaning": "m", "password": PASSWORD, "given": dict(what.given)}
                body |= {
                    "markets": what.markets and [*what.markets],
                    "readiness": dict(what.readiness),
                }
                once = {**headers, "idempotency-key": str(number)}
                got = service.client.post("/api/decisions", json=body, headers=once)
                if got.status_code != 403:
                    wrong[role, move.thing, move.code] = (got.status_code, got.text)
        assert wrong == {}


def test_every_word_of_the_owner_s_functions_has_a_sentence() -> None:
    with_right = {role for role, rights in MAY.items() if Right.DECIDE in rights}
    assert {role for move in EVERY for role in move.roles} <= with_right
    told = "".join(p.read_text("utf-8") for p in (ROOT / "sql" / "decisions").glob("*.sql"))
    words = set(
        re.findall(
            r"(?:RETURN|THEN|ELSE|fault :=|NULL::bigint,|RETURN QUERY SELECT) '([a-z ]+)'", told
        )
    )
    standings = {"withdrawn", "in force", "proposed", "stated", "signed"}
    assert words - standings == REFUSALS.keys()
