"""Serving and working on several hosts: what a site's own settings say, and what is refused."""

import subprocess
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from lots.errors import CallError, ClusterError
from lots.local import parts, revive, serve
from lots.local.environment import LOGINLESS, environment, of_worker, with_ours
from lots.settings import Settings, as_environment, from_environment

ELSEWHERE = "postgresql://airflow@db.example/airflow?sslmode=require"
SITE = {
    "AIRFLOW__CORE__PARALLELISM": "64",
    "AIRFLOW__CORE__EXECUTOR": "EdgeExecutor",
    "AIRFLOW__API__BASE_URL": "https://airflow.example",
    "AIRFLOW__API_AUTH__JWT_SECRET": "the site's own",
}
Command = Callable[[Settings, Sequence[str]], int]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A site whose Airflow has a database of its own, and workers elsewhere."""
    home = tmp_path / "home"
    return Settings(home, None, "", "", ELSEWHERE, airflow_address="https://airflow.example")


def test_what_a_site_sets_itself_is_not_overridden(settings: Settings) -> None:
    made = with_ours(SITE, environment(settings, executor="edge"))
    assert SITE.items() <= made.items()
    assert made["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"


@pytest.mark.parametrize("ending", ["_CMD", "_SECRET"])
def test_a_setting_that_a_site_has_read_from_elsewhere_is_not_overridden(
    settings: Settings, ending: str
) -> None:
    told = {f"AIRFLOW__CELERY__RESULT_BACKEND{ending}": "somewhere"}
    made = with_ours(told, environment(settings, executor="celery"))
    assert "AIRFLOW__CELERY__RESULT_BACKEND" not in made


@pytest.mark.parametrize(
    "name",
    ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__CORE__DAGS_FOLDER"],
)
def test_another_airflow_s_tables_and_dags_are_never_taken_for_ours(
    settings: Settings, name: str
) -> None:
    ours = environment(settings)
    with pytest.raises(CallError, match=f"^{name}: expected it not set, as LOTS_AIRFLOW_DATABASE"):
        with_ours({name: "another"}, ours)
    assert with_ours({name: ours[name]}, ours)[name] == ours[name]


def test_airflow_asks_for_a_log_in_where_others_reach_it(settings: Settings) -> None:
    assert environment(settings)[LOGINLESS] == "False"
    here = replace(settings, airflow_address="")
    assert environment(here)[LOGINLESS] == "True"
    for one, told in (
        (settings, {LOGINLESS: "True"}),
        (here, {"AIRFLOW__API__HOST": "0.0.0.0"}),
    ):
        with pytest.raises(CallError, match=r"whoever reaches it would administer it\.$"):
            with_ours(told, environment(one))


def test_a_killed_worker_is_noticed_soon(settings: Settings) -> None:
    for made in (environment(settings), of_worker(settings, "edge")):
        assert made["AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT"] == "30"


def test_a_worker_knows_no_table_that_it_does_not_need(settings: Settings) -> None:
    assert "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN" not in of_worker(settings, "edge")
    assert of_worker(settings, "celery")["AIRFLOW__CELERY__RESULT_BACKEND"].startswith("db+")


@pytest.mark.parametrize(
    "told", ["http://airflow.example", "airflow.example", "ftp://x", "http://["]
)
def test_what_workers_are_told_is_never_sent_in_the_clear(settings: Settings, told: str) -> None:
    with pytest.raises(CallError, match=r"^LOTS_AIRFLOW_URL: address: expected https://"):
        of_worker(replace(settings, airflow_address=told), "edge")
    near = replace(settings, airflow_address="http://127.0.0.1:1/")
    url = of_worker(near, "edge")["AIRFLOW__EDGE__API_URL"]
    assert url == "http://127.0.0.1:1/edge_worker/v1/rpcapi"


@pytest.mark.parametrize(
    ("asked", "environ", "sentence"),
    [
        (
            "local",
            {"AIRFLOW__CORE__EXECUTOR": "CeleryExecutor"},
            "expected that of --executor local",
        ),
        (None, {"AIRFLOW__CORE__EXECUTOR": "KubernetesExecutor"}, "got KubernetesExecutor"),
        ("edge", {}, r"--executor edge: provider: expected it to be installed"),
        ("celery", {}, r"--executor celery: provider: expected it to be installed"),
    ],
)
def test_an_executor_that_cannot_run_is_refused(
    asked: str | None,
    environ: dict[str, str],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As where the extra is not installed, whatever this environment has.
    monkeypatch.setattr(parts, "PROVIDERS", {"edge": "no.such", "celery": "no.such"})
    with pytest.raises(CallError, match=sentence):
        parts.chosen(asked, environ)


def test_the_executor_is_the_site_s_where_none_is_asked_for() -> None:
    assert parts.chosen(None, {}) == "local"
    assert parts.chosen("local", {"AIRFLOW__CORE__EXECUTOR": "LocalExecutor"}) == "local"


def test_a_secret_is_made_once_for_its_owner_alone(settings: Settings, tmp_path: Path) -> None:
    told = replace(settings, airflow_secret=tmp_path / "secret")
    path = parts.secret_file(told)
    with pytest.raises(CallError, match=r"got: No such file or directory\.$"):
        parts.expect_secret(told)
    parts.make_secret(told)
    first = path.read_text()
    parts.make_secret(told)
    assert (path.read_text(), path.stat().st_mode & 0o777) == (first, 0o600)
    path.chmod(0o640)
    with pytest.raises(CallError, match=r"alone, got one that others may read\.$"):
        parts.expect_secret(told)
    path.chmod(0o600)
    path.write_text("short")
    with pytest.raises(CallError, match=r"got 5 bytes\.$"):
        parts.expect_secret(told)


def test_a_part_that_ends_is_started_again_until_it_ends_too_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revive, "PAUSE_S", 0)
    started: list[str] = []
    reviver = revive.Reviver(tmp_path, started.append)
    reviver.look({"scheduler": None, "service": None})
    assert started == []
    for _ in range(revive.MOST):
        reviver.look({"scheduler": 1, "service": None})
    assert started == ["scheduler"] * revive.MOST
    with pytest.raises(
        ClusterError, match=r"^scheduler: part: expected to run on, got exit code 1,"
    ):
        reviver.look({"scheduler": 1, "service": None})


@pytest.mark.parametrize("again", ["ends", "runs on"])
def test_a_part_that_ends_at_the_start_is_started_once_more(tmp_path: Path, again: str) -> None:
    end, started = Event(), dict[str, subprocess.Popen[bytes]]()
    ends, runs_on = ["false"], ["sleep", "600"]

    def start(name: str) -> None:
        started[name] = subprocess.Popen(
            ends if again == "ends" else runs_on, start_new_session=True
        )
        if again == "runs on":
            end.set()

    with subprocess.Popen(ends, start_new_session=True) as first:
        started["dag-processor"] = first
        first.wait()
        said = r"^dag-processor: part: expected to run on, got exit code 1; see "
        with pytest.raises(ClusterError, match=said) if again == "ends" else nullcontext():
            serve.await_health(started, serve.Ports(1, 2), tmp_path, end, start)
        last = started["dag-processor"]
        assert last is not first
        last.kill()
        last.wait()


@pytest.mark.parametrize("name", ["database", "landing", "ledger"])
def test_no_file_is_taken_of_a_place_that_is_one_host_s_alone(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    told = replace(
        settings,
        database_url="postgresql:///lots",
        landing_url="s3://lots/in",
        ledger_url="s3://lots/of",
    )
    parts.expect_shared(told)
    own = from_environment({**as_environment(told), f"LOTS_{name.upper()}_URL": ""})
    with pytest.raises(CallError, match=f"^LOTS_{name.upper()}_URL: .*: expected the one that all"):
        parts.expect_shared(own)


def test_no_database_is_started_where_the_site_has_both(settings: Settings) -> None:
    told = replace(settings, database_url="postgresql:///lots")
    assert environment(told)["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].endswith(ELSEWHERE[10:])
    assert [path.name for path in settings.home.iterdir()] == ["airflow"]


@pytest.mark.parametrize(
    ("url", "environ"),
    [
        ("postgresql:///airflow", {"PGHOST": "db.example"}),
        ("postgresql://localhost/airflow", {"PGHOSTADDR": "192.0.2.1"}),
        ("postgresql:///airflow?host=/run", {"PGHOSTADDR": "192.0.2.1"}),
    ],
)
def test_no_variable_of_libpq_leads_to_another_host_in_the_clear(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, url: str, environ: dict[str, str]
) -> None:
    near = replace(settings, airflow_url=url)
    environment(near)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CallError, match=r"^LOTS_AIRFLOW_DATABASE_URL: sslmode: expected require"):
        environment(near)
    environment(replace(settings, airflow_url=f"{url}{'&' if '?' in url else '?'}sslmode=require"))


def test_pages_leave_this_machine_only_behind_tls(
    lots: Command, lots_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lots(lots_settings, ["serve", "--synthetic", "--host", "0.0.0.0"]) == 2
    assert capsys.readouterr().err == (
        "lots: --host 0.0.0.0: expected an address of this machine alone, or --behind-tls beside it"
        " where a proxy in front of it ends TLS, got another.\n"
    )
