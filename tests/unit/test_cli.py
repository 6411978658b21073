"""The command: its exit codes, its sentences, and what it loads for them."""

import argparse
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from lots.command import arguments, cli, verbs
from lots.command.overview import INDENT
from lots.command.parser import parser
from lots.records import records
from lots.settings import ROOT
from tests.answers import answer_of

VERBS = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)).choices


def cli_template(record: str) -> str:
    """The header of a record's file."""
    return ",".join(c.name for c in records()[record].columns) + "\n"


def lots(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "lots.command.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environ},
    )


def test_help_names_every_verb_and_loads_next_to_nothing() -> None:
    code = (
        "import sys; from lots.command.cli import main\ntry:\n    main(['--help'])\nfinally:\n   "
        " print(*sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert [verb for verb in VERBS if told.count(f"\n  {verb} ") != 1] == []
    loaded = {"lots.command.verbs", "lots.records", "argcomplete", "rich"} & set(told.split())
    assert loaded == set()


@pytest.mark.parametrize("columns", [80, 120])
def test_help_is_as_wide_as_the_terminal(columns: int) -> None:
    for verb in ("", "implicate", "receive"):
        lines = lots(*verb.split(), "--help", COLUMNS=str(columns)).stdout.splitlines()
        assert max(map(len, lines)) <= columns - 2


def test_every_verb_is_told_on_one_line_of_a_usual_terminal() -> None:
    lines = lots("--help", COLUMNS="80").stdout.splitlines()
    assert [line for line in lines if line.startswith(" " * INDENT)] == []


COMPLETED = {
    "lots tem": ["template"],
    "lots template donor": ["donor", "donor_exam"],
    "lots sql administration_": ["administration_vial"],
    "lots trace p": ["pack", "patient", "party"],
    "lots implicate --kit": ["--kit-lot"],
    "lots findings D07.e": ["D07.earlier"],
    "lots resolve c": ["contested"],
}


@pytest.mark.parametrize("line", COMPLETED)
def test_a_shell_completes(line: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    lots(_ARGCOMPLETE_IFS=" ", _ARGCOMPLETE_STDOUT_FILENAME=str(out), **asked)
    assert out.read_text().split() == COMPLETED[line]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_done_by_a_function_and_explains_itself(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(getattr(verbs, verb))
    with pytest.raises(SystemExit) as left:
        cli.main([verb, "--help"])
    assert left.value.code == 0
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["trace"],
        ["trace", "kit-lot", "P1"],
        ["resolve", "nothing", "1"],
        ["synthetic", "--donations", "many", "--out", "x"],
    ],
)
def test_a_wrong_call_ends_with_2_and_shows_how(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage: lots")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["parked", "12"], "expected RECEIPT:LINE"),
        (["parked", "12:4", "--back"], "expected --as LOT"),
        (["finding", "12:4"], "expected one"),
        (["contested", "1", "2"], "expected one"),
    ],
)
def test_what_is_resolved_is_told_by_its_number(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["resolve", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_question_about_nothing_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["implicate"]) == 2
    assert (
        capsys.readouterr().err
        == "lots: Nothing is asked about; `lots implicate --help` lists what can be.\n"
    )


def test_an_unknown_record_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["template", "bag"]) == 2
    expected = f"lots: 'bag' is not a record type; expected one of {', '.join(records())}.\n"
    assert capsys.readouterr().err == expected


@pytest.mark.parametrize("record", records())
def test_a_template_is_a_file_s_header(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["template", record]) == 0
    assert capsys.readouterr().out == cli_template(record)


def test_the_sql_of_a_question_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sql", "diluent-lot"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("-- Vials prepared with a lot of diluent in a period")
    assert "standing.reconstitution.diluent_lot = :name" in shown
    assert "lineage.overlaps(" in shown
    # Three questions by one statement: each shows its own column.
    assert cli.main(["sql", "kit-lot"]) == 0
    assert "WHERE CASE 'kit_lot'\n" in capsys.readouterr().out
    assert cli.main(["sql", "Donor"]) == 0
    both = capsys.readouterr().out
    assert "CREATE TABLE accepted.donor" in both
    assert "-- Donations of a donor in a period" in both


def test_the_sql_of_a_record_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sql", "pool"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("CREATE TABLE accepted.pool (")
    assert "CREATE VIEW standing.pool AS" in shown
    assert "CREATE UNLOGGED TABLE receiving.verdict_0 AS" in shown
    assert "accepted.pool_unit" not in shown


def test_a_plant_of_nothing_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["synthetic", "--donations", "0", "--out", str(tmp_path / "p")]) == 2
    assert (
        capsys.readouterr().err
        == "lots: --donations is 0; expected a whole number of at least 1.\n"
    )
    assert not (tmp_path / "p").exists()


def test_an_answer_is_a_sentence_or_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["synthetic", "--donations", "200", "--out", str(tmp_path / "one")]) == 0
    assert (
        cli.main(["synthetic", "--donations", "200", "--out", str(tmp_path / "two"), "--json"]) == 0
    )
    sentence, *_, as_json = capsys.readouterr().out.splitlines()
    assert sentence.startswith("Wrote a plant of 200 donations to ")
    assert answer_of("synthetic", as_json).startswith("Wrote a plant of 200 donations to ")


def test_a_database_that_does_not_answer_ends_with_1_and_one_sentence(port: int) -> None:
    ended = lots("digest", LOTS_DATABASE_URL=f"postgresql://nobody@127.0.0.1:{port}/lots")
    assert ended.returncode == 1
    assert ended.stderr.startswith("lots: PostgreSQL: connection: expected an answer, got: ")
    assert "Traceback" not in ended.stderr


def test_a_database_of_another_kind_is_a_wrong_call() -> None:
    ended = lots("digest", LOTS_DATABASE_URL="mysql://nobody@127.0.0.1/lots")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert (
        ended.stderr
        == "lots: LOTS_DATABASE_URL: kind of database: expected postgresql, got mysql.\n"
    )


def test_a_time_is_a_day_or_an_instant_and_without_an_offset_in_utc() -> None:
    assert arguments.when("2026-11-22") == date(2026, 11, 22)
    assert arguments.when("2026-11-22T12:00") == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert arguments.whole("2026-11-22T12:00+01:00").utcoffset() == timedelta(hours=1)
    assert arguments.whole("2026-11-22") == datetime(2026, 11, 23, tzinfo=UTC), "that day counts"


def test_no_instant_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["trace", "lot", "L1", "--through", "noon"])
    assert left.value.code == 2
    assert capsys.readouterr().err.endswith(
        "argument --through: 'noon' is no time; expected a day (2026-03-01) or an ISO instant\n"
    )


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["template", "Pool"], cli_template("pool")),
        (["template", "PLASMA-UNIT"], cli_template("plasma_unit")),
    ],
)
def test_a_record_is_known_whatever_its_case(
    arguments: list[str], printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == printed
