"""What stands in the environment changes nothing that is accepted: the same files end in one state
under each of it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files as files_of
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lots.pipeline.digest import parts
from lots.postgres import cluster as embedded
from lots.postgres.cluster import Cluster
from lots.settings import ROOT, Settings, as_environment
from lots.store.engine import close
from lots.store.schema.migrate import upgrade
from tests.answers import answer_of
from tests.builders import donations, results, rows, table, take, write
from tests.conftest import site
from tests.profiles import put

PARTY = {"party_id": "A", "kind": "clinic", "name": "Straße 血漿 µg", "address": "Zürich – “Ö”"}
DEFERRAL = {
    "centre": "C1",
    "deferral": "F1",
    "donor_key": "P1",
    "deferred_from": "2026-02-01",
    "cause": "history",
}
PLAIN = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}

SERVICE = b"""[elsewhere]
dbname=other
client_encoding=LATIN1
options=-c timezone=Asia/Tokyo -c datestyle=German
"""
# Each costs a process of its own, so many stand together: of one variable each has another value.
SETTINGS: Mapping[str, dict[str, str]] = {
    "a German's": {
        "PGCLIENTENCODING": "LATIN1",
        "PGDATESTYLE": "German, DMY",
        "PGUSER": "nobody",
        "PGDATABASE": "nothing",
        "PGPORT": "1",
        "PGHOST": "/nowhere",
        "PGGEQO": "off",
        "PGAPPNAME": "other",
        "TZ": "Pacific/Kiritimati",
        "LANG": "de_DE.ISO-8859-1",
        "LC_NUMERIC": "de_DE",
        "LC_CTYPE": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "utf-16",
        "PYTHONHASHSEED": "1",
        "PYTHONTZPATH": "/nowhere",
        "PANDAS_COPY_ON_WRITE": "0",
        "PANDAS_FUTURE_INFER_STRING": "0",
        "OMP_NUM_THREADS": "1",
        "ARROW_USER_SIMD_LEVEL": "NONE",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "ARROW_IO_THREADS": "1",
        "NPY_PROMOTION_STATE": "legacy",
        "NO_COLOR": "1",
    },
    "a Turk's": {
        "PGCLIENTENCODING": "KLINGON",
        "PGTZ": "America/St_Johns",
        "PGDATESTYLE": "SQL, MDY",
        "TZ": "CET-1CEST,M3.5.0,M10.5.0/3",
        "LC_ALL": "tr_TR.UTF-8",
        "LANGUAGE": "tr",
        "PYTHONOPTIMIZE": "1",
        "PYTHONIOENCODING": "latin-1:strict",
        "PYTHONMALLOC": "malloc",
        "PYTHONUNBUFFERED": "1",
        "PYTHONINTMAXSTRDIGITS": "640",
        "PYTHONSAFEPATH": "1",
        "PYTHONHASHSEED": "4711",
    },
    "a bare one": {
        "PGOPTIONS": (
            "-c timezone=Asia/Tokyo -c datestyle=Postgres,DMY -c client_encoding=WIN1252 "
            "-c standard_conforming_strings=off -c transform_null_equals=on -c bytea_output=escape"
        ),
        "LC_ALL": "POSIX",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    },
    "one with other zones and a service of libpq": {
        "PYTHONTZPATH": "{zones}",
        "TZDIR": "{zones}",
        "PGSERVICE": "elsewhere",
        "PGSERVICEFILE": "{service}",
        "LC_MONETARY": "ja_JP",
        "LC_COLLATE": "sv_SE",
        "LC_MESSAGES": "fr_FR",
        "LC_TIME": "de_DE",
    },
}


def files(folder: Path) -> list[str]:
    """A file of every form, with all that an environment might read in another way; the sender's
    times are bare.
    """
    given = (
        {"collected_ml": "690.5", "donor_weight_kg": "70"},
        {
            "donation_number": "D2",
            "collected_at": "2026-03-29T01:30:00",
            "total_protein_g_dl": "7.123",
        },
        {"donation_number": "D3", "collected_at": "02/03/2026 10:15", "plasma_ml": "6,5"},
        {"donation_number": "D4", "collected_at": "2026-03-29T02:30:00", "donor_key": "P\\4"},
    )
    told = [
        {
            "pharmacy": "PH",
            "dispensing": f"J{n}",
            "to_kind": "ward",
            "dispensed_at": "2026-07-01T10:00:00",
            "lot_number": "L",
            "vials": n,
            "ward": "Straße",
        }
        for n in (1, 2)
    ]
    parquet = str(folder / "deferral-2.parquet")
    # Midnight there.
    moments = pa.array(
        [datetime(2026, 2, 3, 23, tzinfo=UTC), datetime(2026, 8, 3, 22, tzinfo=UTC)],
        pa.timestamp("ms", "Europe/Berlin"),
    )
    pq.write_table(
        pa.table(
            {n: [v] * 2 for n, v in DEFERRAL.items()}
            | {"deferral": ["F8", "F9"], "deferred_until": moments}
        ),
        parquet,
    )
    return [
        parquet,
        write(folder, "donation-1.csv", donations(*given)),
        write(folder, "test_result-1.csv", results({}, {"run": "2"})),
        write(
            folder,
            "party-ä.csv",
            table(PARTY, [{}, {"party_id": "B", "name": "x" * 9}, {"party_id": "é"}]),
        ),
        write(
            folder,
            "deferral-1.csv",
            table(DEFERRAL, [{}, {"deferral": "F2", "deferred_until": "03/02/2026"}]),
        ),
        write(
            folder,
            "dispensing-1.jsonl",
            "\n".join(json.dumps(row, ensure_ascii=False) for row in told).encode(),
        ),
    ]


def profiled(settings: Settings) -> Settings:
    """The settings, where the sender's clocks are those of Berlin."""
    put(settings, "C1", 'zone = "Europe/Berlin"\n')
    return settings


@pytest.fixture(scope="module")
def usual(
    cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The state that these files end in, received here."""
    home = tmp_path_factory.mktemp("usual")
    embedded.create_database(cluster, "usual_environment")
    settings = site(home, embedded.url(cluster, "", "usual_environment"))
    upgrade(settings)
    profiled(settings)
    (home / "C1").mkdir()
    take(settings, *files(home / "C1"), sender="C1")
    found = parts(settings)
    close(settings)
    embedded.psql(cluster, "DROP DATABASE usual_environment")
    return found


@pytest.fixture(scope="module")
def other_zones(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database of zones in which the clocks of Berlin are those of Tokyo."""
    folder = tmp_path_factory.mktemp("zones")
    tokyo = files_of("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    for name in ("Europe/Berlin", "UTC"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(tokyo)
    return str(folder)


def received(
    settings: Settings, places: list[str], told: Mapping[str, str], *more: str
) -> subprocess.CompletedProcess[bytes]:
    """Receive by the command, with nothing in the environment but what is told."""
    own = as_environment(settings)
    return subprocess.run(
        [sys.executable, "-m", "lots.command.cli", "receive", *more, *places],
        cwd=ROOT,
        env={**PLAIN, **own, **told},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("told", SETTINGS.values(), ids=SETTINGS)
def test_no_environment_changes_what_is_accepted(
    lots_settings: Settings,
    tmp_path: Path,
    usual: dict[str, str],
    told: dict[str, str],
    other_zones: str,
) -> None:
    """Nor in which encoding it is answered."""
    (tmp_path / "C1").mkdir()
    service = write(tmp_path, "service.conf", SERVICE)
    given = {name: value.format(zones=other_zones, service=service) for name, value in told.items()}
    ran = received(profiled(lots_settings), files(tmp_path / "C1"), given, "--json")
    assert b"Traceback" not in ran.stderr, ran.stderr.decode(errors="replace")
    assert parts(lots_settings) == usual
    names = {answer["file_name"] for answer in answer_of("receive", ran.stdout.decode("utf-8"))}
    assert "party-ä.csv" in names


def test_a_python_without_docstrings_judges_nothing_and_says_so(
    lots_settings: Settings, tmp_path: Path
) -> None:
    place = write(tmp_path, "donation-1.csv", donations({}))
    ran = received(lots_settings, [place], {"PYTHONOPTIMIZE": "2"}, "--json")
    assert (ran.returncode, b"Traceback" in ran.stderr) == (1, False)
    assert answer_of("receive", ran.stdout.decode("utf-8"))[0]["sentence"].startswith(
        "PYTHONOPTIMIZE: expected 1, 0 or nothing, got 2"
    )
    assert rows(lots_settings, "SELECT count(*) FROM accepted.donation") == [(0,)]
