"""docs/operations.md names settings, options and numbers that are there, and leaves no setting out."""

import re
from pathlib import Path

from lots.command.parser import parser
from lots.local.environment import environment
from lots.settings import ROOT, Settings, as_environment

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_each_setting_is_told_and_no_other(tmp_path: Path) -> None:
    settings = Settings(tmp_path, None, "", "", "postgresql:///airflow")
    assert set(re.findall(r"LOTS_[A-Z_]+", PAGE)) == as_environment(settings).keys()
    ours = environment(settings, executor="celery")
    # Where a broker is, a site alone knows.
    told = set(re.findall(r"AIRFLOW__[A-Z_]+[A-Z]", PAGE)) - {"AIRFLOW__CELERY__BROKER_URL"}
    assert told
    assert told <= ours.keys()


def test_each_option_is_one() -> None:
    (verbs,) = (
        action.choices
        for action in parser()._actions
        if isinstance(action.choices, dict) and "serve" in action.choices
    )
    known = {option for verb in verbs.values() for option in verb._option_string_actions}
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE))
    assert len(told) > 5
    assert told - known == set()


def test_each_number_of_a_monitor_is_counted() -> None:
    counted = (ROOT / "sql" / "queries" / "service_counters.sql").read_text(encoding="utf-8")
    told = set(re.findall(r"`lots_([a-z_]+)", PAGE.partition("**What to watch.**")[2]))
    assert len(told) > 3
    assert told <= set(re.findall(r"SELECT '([a-z_]+)'", counted))
