"""The walk's reading of dryers' logs, from docs/logs.md: their runs, their times, and what is no
reading.
"""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from tests.walk.clocks import clock, moment, offsets, parsed, told

Profile = dict[str, Any]
Time = tuple[str, Fraction]  # from when it is counted, and seconds
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
HOUR, DAY = 3_600, 86_400
BOTH_SIGNS = (
    "999",
    "999.9",
    "999.99",
    "9999",
    "9999.9",
    "99999",
    "327.67",
    "327.68",
    "3276.7",
    "3276.8",
    "32767",
    "32768",
)
ONE_SIGN = (
    "255.99",
    "300",
    "655.35",
    "850",
    "1000",
    "1372",
    "6553.5",
    "65535",
    "-127",
    "-200",
    "-270",
)
IMPOSSIBLE = {*map(Decimal, (*BOTH_SIGNS, *ONE_SIGN)), *(-Decimal(text) for text in BOTH_SIGNS)}
WORDS = re.findall(
    "[a-z0-9]+",
    """
    nan burnout open opencircuit openloop opentc bad badinput baddata badvalue na null none nodata noprobe nosensor
    missing invalid err error fault fail sensorerror sensorfault short shortcircuit disconnected notconnected
    unplugged ol over ovr overrange overload under underrange outofrange inf infinity 1inf 1ind 1qnan""",
)
MARKS = r"[-–—*#._?/ ]+"
NUMBER = r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?"
STARTS = ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d")
START_TIMES = ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M")


def no_reading(column: str, text: str, profile: Profile, *, log: bool, reading: bool) -> bool:
    """Whether a text, its decimal mark a point, stands for no reading. log: what is built in holds
    too. reading: whether the column is one of a log's gauges and probes.
    """
    warm = column.endswith("_c")
    said = profile.get("missing", [])
    if isinstance(said, dict):
        group = "temperatures" if warm else "pressures" if column.endswith("_mtorr") else ""
        mine = _meant([*said.get(column, []), *(said.get(group, []) if reading else [])], profile)
    else:
        mine = [
            one
            for one in _meant(said, profile)
            if reading and (warm or not isinstance(one, Decimal))
        ]
    if log:
        least = (
            0 if profile.get("units", {}).get(column, "°C") in ("°C", "degC", "Cel", "C") else 850
        )
        mine += [*(one for one in IMPOSSIBLE if abs(one) >= least), *WORDS, ""] if warm else ["nan"]
    return bool(text) and _meaning(text) in mine


def _meant(texts: list[str], profile: Profile) -> list[Decimal | str]:
    return [
        _meaning(text.replace(",", ".") if profile.get("decimal_comma") else text) for text in texts
    ]


def _meaning(text: str) -> Decimal | str:
    """A number, a word by its letters and digits, or nothing of a text of marks alone."""
    if re.fullmatch(NUMBER, text):
        return Decimal(text)
    word = re.sub("[^a-z0-9]", "", text.casefold())
    return word or ("" if re.fullmatch(MARKS, text) else text)


def without_fraction(text: str) -> str:
    """Seconds in whole ones, halves upward."""
    whole = re.fullmatch(r"([0-9]{1,9})\.([0-9]{1,9})", text)
    return str(int(Fraction(text) * 2 + 1) // 2) if whole else text


def run_of(name: str, profile: Profile) -> str | None:
    """The run that a file's name tells; None where it tells none."""
    found = re.search(profile["run"], name) if profile.get("run") else None
    run = (
        (found.group(found.re.groups) if found else "")
        if profile.get("run")
        else name.split(".")[0]
    )
    return run if re.fullmatch(r"[!-~]([ -~]{0,62}[!-~])?", run or "") else None


def elapsed(texts: list[str], profile: Profile, unit: str, started: str) -> list[int | None]:
    """The elapsed seconds of the lines of one run. unit: of plain numbers; started: what stands
    after Run started.
    """
    times = [_time(text, profile, unit) for text in texts]
    first = next((time for time in times if time), None)
    if first is None:
        return [None] * len(times)
    since = first[0]
    walls = [time[1] if time and time[0] == since else None for time in times]
    zone = ZoneInfo(profile["zone"]) if profile.get("zone") else None
    if since == "midnight":
        begun = _started(started, profile)
        walls = _over_midnights(walls, _midnight(begun, first[1]) if begun else Fraction(0))
        zone = zone if begun else None
    moments = walls if since in ("start", "instant") else _continued(walls, zone)
    moments = _only_on(moments)
    zero = 0 if since == "start" else next(at for at in moments if at is not None)
    whole = [None if at is None else int((at - zero) * 2 + 1) // 2 for at in moments]
    return _apart(
        whole, 60 if profile.get("time_format") and "%S" not in profile["time_format"] else 1
    )


def _time(text: str, profile: Profile, unit: str) -> Time | None:
    number = text.replace(",", ".") if profile.get("decimal_comma") else text
    if unit and re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", number):
        return "start", Fraction(number) * {"s": 1, "min": 60, "h": HOUR, "d": DAY}[unit]
    at = (moment(text, profile, alone=True) if told(profile) else None) or _iso(text, profile)
    if at:
        if at.tzinfo:
            return "instant", _seconds(at - datetime(1970, 1, 1, tzinfo=UTC))
        return "local", _seconds(at - EPOCH)
    of_day = clock(text, profile)
    return ("midnight", _seconds(datetime.combine(EPOCH, of_day) - EPOCH)) if of_day else None


def _iso(text: str, profile: Profile) -> datetime | None:
    """A moment in the template's own form; none where its profile's formats would make another one
    of it.
    """
    other = "%Y-%d-%m" in profile.get("date_format", "") + profile.get("time_format", "")
    if other or not re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if "%I" in profile.get("time_format", "") and at.tzinfo is None else at


def _seconds(span: timedelta) -> Fraction:
    return Fraction(span // timedelta(microseconds=1), 1_000_000)


def _started(text: str, profile: Profile) -> datetime | None:
    """When the run began, where that can be only one day."""
    text = text.strip(" :\t\r\n")
    if told(profile) and profile.get("date_format"):
        return moment(text, profile, alone=True)
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        ways = [f"{day} {of_day}".strip() for day in STARTS for of_day in ("", *START_TIMES)]
        found = [at for way in ways if (at := parsed(text, way))]
        return found[0] if len({at.date() for at in found}) == 1 else None


def _midnight(begun: datetime, first: Fraction) -> Fraction:
    day: date = begun.date() + timedelta(
        days=first < _seconds(begun - datetime.combine(begun, datetime.min.time()))
    )
    return _seconds(datetime.combine(day, datetime.min.time()) - EPOCH)


def _over_midnights(walls: list[Fraction | None], midnight: Fraction) -> list[Fraction | None]:
    found: list[Fraction | None] = []
    last = None
    for wall in walls:
        if wall is not None:
            midnight += DAY if last is not None and last - wall > HOUR else 0
            last = wall
        found.append(None if wall is None else wall + midnight)
    return found


def _continued(walls: list[Fraction | None], zone: ZoneInfo | None) -> list[Fraction | None]:
    """Local times as moments that go on where the clock was set; those that still go back stay as
    they are.
    """
    known = [wall for wall in walls if wall is not None]
    steps = sorted(b - a for a, b in pairwise(known) if b > a)
    usual = steps[len(steps) // 2] if steps else 0
    early_late = {
        wall: offsets(EPOCH + timedelta(seconds=float(wall)), zone) if zone else (0, 0)
        for wall in known
    }
    if any(early < late for early, late in early_late.values()):
        return walls
    found: list[Fraction | None] = []
    last, shift, once = None, 0, False
    for wall in walls:
        if wall is None or last is None:
            last = wall if last is None else last
            found.append(wall)
            continue
        (_, late_before), (early, late) = early_late[last], early_late[wall]
        twice = (
            early - late
            if zone
            else HOUR
            if wall % DAY >= 23 * HOUR or wall % DAY < 4 * HOUR
            else 0
        )
        most = max(2 * usual, twice / 2 if zone and wall < last else 0)
        if wall <= last and not once and 0 < wall - last + twice <= most:
            shift, once = shift + twice, True
        elif wall > last and not (early_late[last][0] > late_before and early > late):
            shift += late_before - early
        found.append(wall + shift)
        last = wall if not _back(found) else last
    return found


def _back(moments: list[Fraction | None]) -> bool:
    """Whether the last moment lies before an earlier one."""
    *before, last = [moment for moment in moments if moment is not None]
    return bool(before) and last < max(before)


def _only_on(moments: list[Fraction | None]) -> list[Fraction | None]:
    """The moments, but for those that lie before the last one that did not."""
    found: list[Fraction | None] = []
    last = None
    for at in moments:
        keeps = at is not None and (last is None or at >= last)
        last = at if keeps else last
        found.append(at if keeps else None)
    return found


def _apart(whole: list[int | None], resolution: int) -> list[int | None]:
    """Seconds, those of lines that have the same one apart as far as there is room."""
    many = Counter(second for second in whole if second is not None)
    seconds = sorted(many)
    shared = False
    starts: dict[int, int] = {}
    for n, second in enumerate(seconds):
        room = max(resolution, many[second])
        if n + 1 < len(seconds):
            room = min(room, seconds[n + 1] - second)
        elif shared:
            room = min(room, resolution)
        shared = shared or room < many[second]
        starts[second] = room
    seen: Counter[int] = Counter()
    found: list[int | None] = []
    for at in whole:
        found.append(None if at is None else at + starts[at] * seen[at] // many[at])
        seen.update([] if at is None else [at])
    return found
