"""Whatever comes under an entry, killed before each step of it that lasts: what is left is no tampering,
and neither is what stands once the work is concluded. On a real PostgreSQL.
"""

import json
import subprocess
import sys
from collections.abc import Callable

import sqlalchemy as sa

from lots.settings import ROOT, Settings
from lots.store.engine import owner_engine
from lots.store.ledger.facts import EVERY_ACT
from tests.integration.killed_acts import ACTS

# Where persons are redacted (test_redact.py has kills of that).
REDACTED = {"ledger.redacted", "ledger.redacted_file", "ledger.redaction"}


def test_killed_before_each_step_nothing_is_named(fresh: Callable[[], Settings]) -> None:
    settings = fresh()
    asked = {"home": str(settings.home), "url": settings.database_url}
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.integration.killing",
        ],
        cwd=ROOT,
        text=True,
        capture_output=True,
        input=json.dumps(asked) + "\n",
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["act"] for one in told] == ["the first checkpoint", "the newest", *ACTS]
    assert [one for one in told if one["left"] or one["done"]] == [], ran.stderr
    # A new table of facts comes with something that puts rows there.
    filled = {fact.name for fact in EVERY_ACT if has_rows(settings, fact.name)}
    assert {fact.name for fact in EVERY_ACT} - filled == REDACTED


def has_rows(settings: Settings, table: str) -> bool:
    """Whether something stands in it."""
    with owner_engine(settings).connect() as connection:
        return bool(connection.scalar(sa.text(f"SELECT EXISTS (SELECT FROM {table})")))
