"""Dryers' logs, drawn by hand: what PostgreSQL, Python and the plain walk make of their runs, times
and sentinels.

For whoever adds a way of writing a log. Not for one column of another file: those are in
tests/spec/spelled.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from lots.formats.profile import Profile
from lots.formats.read import batches, staged_columns
from lots.formats.recognise import open_batch
from lots.records import records
from lots.settings import Settings
from tests.builders import rows, take, write
from tests.profiles import load, put_all
from tests.walk.reading import profile_of, read
from tests.walk.values import values

CONTROLLER = (
    "Run started: 10/24/2026 10:00:00 PM\n\nProduct Name:"
    " X\n\nCycleTime,Phase,Step,VacPirani,VacCPM,TP1,TP2\n"
)
HISTORIAN = "# Historian\nTimestamp,SHELF_IN,P1\n"
TAGS = '[columns]\nSHELF_IN = "shelf_c"\nP1 = "product_1_c"\n'
BERLIN = 'zone = "Europe/Berlin"\n'
Told = tuple[str, int, str]  # cycle, elapsed seconds, and what the first probe says


@dataclass(frozen=True)
class Log:
    """A log: its profile, its name and text, and the readings that are meant, by line; other lines
    are kept aside.
    """

    profile: str
    text: str
    meant: Mapping[int, Told]
    name: str = "C-1.csv"


def of_times(
    profile: str, times: Iterable[str], seconds: Iterable[int | None], *, head: str = CONTROLLER
) -> Log:
    """A controller's log with these times; None where a line is kept aside."""
    first = head.count("\n") + 1
    text = head + "".join(f"{time},4,1,80,78,-35.0,-34.0\n" for time in times)
    meant = {
        first + n: ("C-1", second, "-35") for n, second in enumerate(seconds) if second is not None
    }
    return Log(profile, text, meant)


def of_tags(profile: str, times: Iterable[str], seconds: Iterable[int | None]) -> Log:
    """The same of a historian's log."""
    text = HISTORIAN + "".join(f"{time},-20,-35\n" for time in times)
    meant = {
        3 + n: ("C-1", second, "-35") for n, second in enumerate(seconds) if second is not None
    }
    return Log(profile + TAGS, text, meant)


def of_probe(profile: str, said: Mapping[str, str]) -> Log:
    """A controller's log, ten minutes a line, with what its first probe says and what is meant."""
    text = CONTROLLER + "".join(
        f"{10 + n // 6}:{n % 6}0:00,4,1,80,78,{probe},-34.0\n" for n, probe in enumerate(said)
    )
    return Log(
        profile, text, {6 + n: ("C-1", 600 * n, meant) for n, meant in enumerate(said.values())}
    )


def minutes(hour: int, minute: int, count: int, day: str = "") -> list[str]:
    """Times, one each minute."""
    return [f"{day}{hour + (minute + n) // 60:02}:{(minute + n) % 60:02}:00" for n in range(count)]


TWELVE, NO_SECONDS = 'time_format = "%I:%M:%S %p"\n', 'time_format = "%H:%M"\n'
SLASHES, DAY_AFTER = 'time_format = "%Y/%m/%d %H:%M:%S"\n', 'time_format = "%H:%M %d.%m.%Y"\n'
BACK = [*minutes(1, 58, 62), *minutes(2, 0, 62)]
FORWARD = [*minutes(1, 58, 2), *minutes(3, 0, 2)]
STEADY = minutes(1, 58, 64)
AUTUMN, SPRING = "2026-10-25 ", "2026-03-29 "
IN_SPRING = CONTROLLER.replace("10/24", "3/28")
EVEN = range(0, 124 * 60, 60)
NONE_BUILT_IN = dict.fromkeys(
    (
        "9999",
        "-9999",
        "999.90",
        "850",
        "3276.7",
        "1000",
        "-127",
        "-200",
        "BURNOUT",
        "OPEN",
        "----",
        "Bad",
        "999.9",
        "NaN",
        "open circuit",
        "#N/A",
        "-999",
        "255.99",
        "OL",
        "err",
    ),
    "",
)
TRUE = {"83.0": "83", "-35.0": "-35", "0": "0", "85": "85", "-90.5": "-90.5"}
LOGS = {
    "12 hours": of_times(TWELVE, ("10:50:00 PM", "11:00:00 pm", "12:00:00 a.m."), (0, 600, 4200)),
    "no seconds": of_times(
        NO_SECONDS, ("10:50", "11:00", "23:59", "00:00"), (0, 600, 47340, 47400)
    ),
    "two a minute": of_times(NO_SECONDS, ("10:50", "10:50", "10:51", "10:51"), (0, 30, 60, 90)),
    "two a second": of_times("", ("10:39:39", "10:39:39", "10:40:39"), (0, 1, 60)),
    "slashes": of_tags(SLASHES, ("2026/10/24 23:50:00", "2026/10/25 00:00:00"), (0, 600)),
    "day after": of_tags(DAY_AFTER, ("23:50 24.10.2026", "00:00 25.10.2026"), (0, 600)),
    "a day alone": of_tags(
        'date_format = "%d.%m.%Y"\n', ("24.10.2026 23:50:00", "25.10.2026"), (0, 600)
    ),
    "fractions": of_tags(
        'time_format = "%d.%m.%Y %H:%M:%S.%f"\n',
        ("24.10.2026 23:50:00.4", "24.10.2026 23:50:10.6", "24.10.2026 23:50:20.8"),
        (0, 10, 20),
    ),
    "not told, 12 hours": of_times("", ("10:50:00 PM", "11:00:00"), (None, 0)),
    "not told, two days": of_tags("", ("03/04/2026 10:00:00", "2026-04-03 10:10:00"), (None, 0)),
    "told otherwise": of_tags(
        'date_format = "%d/%m/%Y"\n', ("03/04/2026 10:00:00", "2026-04-03 10:10:00"), (0, 600)
    ),
    "the day in the middle": of_tags(
        'date_format = "%Y-%d-%m"\n',
        ("2026-04-03 10:00:00", "2026-04-03 10:10:00", "2026-03-14 10:20:00"),
        (0, 600, None),
    ),
    "which half of the day": of_tags(
        TWELVE, ("2026-10-24 10:00:00 PM", "2026-10-24 10:10:00"), (0, None)
    ),
    "goes back": of_times("", ("10:00:00", "09:59:59", "10:00:10"), (0, None, 10)),
    "set back": of_times("", BACK, EVEN),
    "set back, a day": of_tags("", [AUTUMN + time for time in BACK], EVEN),
    "set back, a zone": of_tags(BERLIN, [AUTUMN + time for time in BACK], EVEN),
    "set back, no clock does so by day": of_times(
        "", [*minutes(11, 58, 62), *minutes(12, 0, 3)], [*EVEN[:62], None, None, None]
    ),
    "set forward, untold": of_times("", FORWARD, (0, 60, 3720, 3780)),
    "set forward": of_times(BERLIN, FORWARD, (0, 60, 120, 180), head=IN_SPRING),
    "set forward, a day": of_tags(BERLIN, [SPRING + time for time in FORWARD], (0, 60, 120, 180)),
    "never set, spring": of_tags(BERLIN, [SPRING + time for time in STEADY], EVEN[:64]),
    "never set, autumn": of_tags(BERLIN, [AUTUMN + time for time in STEADY], EVEN[:64]),
    "out of order": of_tags(
        BERLIN,
        [AUTUMN + time for time in (*minutes(2, 0, 9), "02:04:30", "02:09:00")],
        (*EVEN[:9], None, 540),
    ),
    "another day's line": of_times(
        "", ("10:00:00", "2026-10-24 10:01:00", "10:02:00"), (0, None, 120)
    ),
    "built in": of_probe("", NONE_BUILT_IN | TRUE),
    "by profile": of_probe(
        'missing = ["83.0", "warten", "0"]\n',
        {"83": "", "Warten": "", "0.0": "", "80": "80", "850": "", "-35.0": "-35"},
    ),
    "run": Log(
        'run = "Zyklus ([0-9]+)"\n',
        CONTROLLER + "10:50:00,4,1,80,78,-35.0,-34.0\n",
        {6: ("12", 0, "-35")},
        "Zyklus 12 Kühl.csv",
    ),
    "run in a column": Log(
        '[columns]\nStep = "cycle"\n',
        CONTROLLER
        + "".join(f"10:{n}0:00,4,{run},80,78,-35.0,-34.0\n" for n, run in enumerate("ABA")),
        {6: ("A", 0, "-35"), 7: ("B", 0, "-35"), 8: ("A", 1200, "-35")},
    ),
    "no run": Log("", CONTROLLER + "10:50:00,4,1,80,78,-35.0,-34.0\n", {}, "Zyklus 12 Kühl.csv"),
    "seconds": Log(
        '[columns]\nt = "elapsed_s"\nTI = "product_1_c"\n',
        "t,TI\n0.0,-35\n30.059527,-35\n61,-35\n60,-35\n",
        {2: ("C-1", 0, "-35"), 3: ("C-1", 30, "-35"), 4: ("C-1", 61, "-35")},
    ),
    "hours": Log(
        'decimal_comma = true\ndelimiter = ";"\nunits = { elapsed_s = "h" }\n[columns]\nt ='
        ' "elapsed_s"\nTI = "product_1_c"\n',
        "t;TI\n0;-35\n0,25;999,90\n0,5;83,0\n",
        {2: ("C-1", 0, "-35"), 3: ("C-1", 900, ""), 4: ("C-1", 1800, "83")},
    ),
}


def sender(name: str) -> str:
    """The sender of a log."""
    return f"S{list(LOGS).index(name)}"


def written(folder: Path) -> dict[str, Path]:
    """Every log in its sender's folder, with its profile in one beside them."""
    for name, log in LOGS.items():
        write(folder / "profiles", f"{sender(name)}.toml", log.profile.encode())
    return {
        name: Path(write(folder / sender(name), log.name, of_its_own(name, log.text)))
        for name, log in LOGS.items()
    }


def of_its_own(name: str, text: str) -> bytes:
    """The bytes of a log that no other one has."""
    return (
        text.replace("Product Name: X", f"Product Name: {name}")
        .replace("# Historian", f"# {name}")
        .encode()
    )


def in_short(value: object) -> str:
    """A number without zeros at its end; nothing where there is none."""
    return "" if value in (None, "") else format(Decimal(str(value)).normalize() + 0, "f")


@pytest.mark.parametrize("name", LOGS)
def test_python_and_the_walk_read_a_log_alike(name: str, tmp_path: Path) -> None:
    place = written(tmp_path)[name]
    walked = {
        line: row
        for line, row in read(place, profile_of(tmp_path / "profiles", sender(name)))[1]
        if row is not None
    }
    typed = {line: values("lyophilisation_reading", row) for line, row in walked.items()}
    assert {
        line: (row["cycle"], row["elapsed_s"], in_short(row["product_1_c"]))
        for line, row in typed.items()
    } == (LOGS[name].meant)
    if LOGS[name].meant:
        assert by_python(place, load(tmp_path / "profiles", sender(name))) == LOGS[name].meant


def by_python(place: Path, profile: Profile) -> dict[int, Told]:
    """What is staged, by line."""
    found: dict[int, Told] = {}
    with place.open("rb") as stream:
        file = open_batch(stream, place.stat().st_size, place.name, records(), profile)
        for batch in batches(file, profile, place.name):
            names = ("line", *staged_columns(file))
            for fields in csv.reader(io.StringIO(batch.numbered().decode())):
                row = dict(zip(names, fields, strict=True))
                told = row["cycle"], int(row["elapsed_s"]), in_short(row["product_1_c"])
                found[int(row["line"])] = told
    return found


def test_the_database_has_the_same(lots_settings: Settings, tmp_path: Path) -> None:
    places = written(tmp_path)
    put_all(lots_settings, tmp_path / "profiles")
    taken = take(lots_settings, *map(str, places.values()), sender="")
    got = dict(zip(places, taken, strict=True))
    assert [
        (name, one.sentence)
        for name, one in got.items()
        if one.status != "accepted" and name != "no run"
    ] == []
    assert got["no run"].status == "refused"
    found: dict[str, dict[int, Told]] = {name: {} for name in LOGS}
    names = {sender(name): name for name in LOGS}
    for plant, line, cycle, seconds, probe in rows(
        lots_settings,
        "SELECT plant, line, cycle, elapsed_s, product_1_c FROM accepted.lyophilisation_reading",
    ):
        found[names[str(plant)]][int(str(line))] = (str(cycle), int(str(seconds)), in_short(probe))
    assert found == {name: log.meant for name, log in LOGS.items()}
    kept = rows(lots_settings, "SELECT count(*) FROM receiving.refused")
    lines = sum(log.text.count("\n") for name, log in LOGS.items() if name != "no run")
    assert kept == [(sum(one.counts["refused"] for one in got.values()),)] != [(0,)]
    assert lines > sum(len(log.meant) for log in LOGS.values())
    sent = rows(
        lots_settings,
        "SELECT DISTINCT sent -> 'product_1_c' ->> 'text' FROM accepted.lyophilisation_reading "
        f"WHERE plant = '{sender('built in')}' AND product_1_c IS NULL",
    )
    assert {text for (text,) in sent} == set(NONE_BUILT_IN)
