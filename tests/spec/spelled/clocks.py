"""Days and instants in the notation of strptime, and what no reading looks like, by the sender's
profile.
"""

from tests.spec.spelled import Meant, Spelled

GERMAN: dict[str, Meant] = {
    "24.10.2026": "2026-10-24",
    "3.4.2026": "2026-04-03",
    "03.04.2026": "2026-04-03",
    "29.02.2024": "2024-02-29",
    "24.10.2026 00:00:00": "2026-10-24",
    "2026-10-24": "2026-10-24",
    "24.10.2026 00:00:01": None,
    "10.24.2026": None,
    "29.02.2026": None,
    "24/10/2026": None,
    "24.10.26": None,
    "24.10.2026 ": None,
    "24. Oktober 2026": None,
    "03/04/2026": None,
}
AMERICAN: dict[str, Meant] = {
    "03/04/2026": "2026-03-04",
    "10/24/2026": "2026-10-24",
    "1/2/2026": "2026-01-02",
    "10/ 4/2026": "2026-10-04",
    "24/10/2026": None,
    "10-24-2026": None,
    "10/24/26": None,
}
SHORT: dict[str, Meant] = {
    "24.10.26": "2026-10-24",
    "24.10.68": "2068-10-24",
    "24.10.69": "1969-10-24",
    "24.10.2026": None,
}
COMPACT: dict[str, Meant] = {
    "20261024": "2026-10-24",
    "2026104": None,
    "202610240": None,
    "20261324": None,
}
DAY_IN_THE_MIDDLE: dict[str, Meant] = {
    "2026-04-03": "2026-03-04",
    "2026-24-10": "2026-10-24",
    "2026-10-24": None,
}
NAMED: dict[str, Meant] = {
    "24-Oct-2026": "2026-10-24",
    "24-OCT-2026": "2026-10-24",
    "1-may-2026": "2026-05-01",
    "24-Okt-2026": None,
    "24-October-2026": None,
    "24-10-2026": None,
}
UNTOLD: dict[str, Meant] = {
    "03/04/2026": None,
    "24/10/2026": None,
    "24.10.2026": None,
    "2026/10/24": None,
    "24-Oct-2026": None,
    "2026-10-24": "2026-10-24",
}
BERLIN = 'zone = "Europe/Berlin"\n'
WINTER: dict[str, Meant] = {
    "24.10.2026 22:50": "2026-10-24T22:50:00+02:00",
    "24.11.2026 22:50": "2026-11-24T22:50:00+01:00",
    "22:50 24.10.2026": "2026-10-24T22:50:00+02:00",
    "24.10.2026": "2026-10-24T00:00:00+02:00",
    "24.10.2026T22:50": "2026-10-24T22:50:00+02:00",
    "24.10.2026\u00a0 22:50": "2026-10-24T22:50:00+02:00",
    "2026-10-24T22:50:00Z": "2026-10-24T22:50:00+00:00",
    "2026-10-24 22:50": "2026-10-24T22:50:00+02:00",
    "25.10.2026 02:30": None,
    "29.03.2026 02:30": None,  # twice, and never
    "24.10.2026 22:50:00": None,
    "24.10.2026 10:50 PM": None,
    "24.10.2026 24:00": None,
    "24.10.2026 22:60": None,
}
DAY_ONLY: dict[str, Meant] = {
    "24.10.2026 22:50": "2026-10-24T22:50:00+02:00",
    "24.10.2026 22:50:01.25": "2026-10-24T22:50:01.250000+02:00",
    "24.10.2026": None,  # nobody says that times are written at all
}
TWELVE: dict[str, Meant] = {
    "10/24/2026 10:50:00 PM": "2026-10-24T22:50:00+02:00",
    "10/24/2026 12:00:00 AM": "2026-10-24T00:00:00+02:00",
    "10/24/2026 12:00:00 pm": "2026-10-24T12:00:00+02:00",
    "10/24/2026 9:05:00 a.m.": "2026-10-24T09:05:00+02:00",
    "10/24/2026 10:50:00\u202fPM": "2026-10-24T22:50:00+02:00",
    "10/24/2026 10:50:00 P. M.": "2026-10-24T22:50:00+02:00",
    "10/24/2026 13:00:00 PM": None,
    "10/24/2026 00:05:00 AM": None,
    "10/24/2026 10:50:00": None,
    "2026-10-24 10:50:00": None,
    "2026-10-24T10:50:00+02:00": "2026-10-24T10:50:00+02:00",  # which half of the day?
}
OFFSET: dict[str, Meant] = {
    "24.10.2026 22:50:01.5 +0200": "2026-10-24T22:50:01.500000+02:00",
    "24.10.2026 22:50:01.059527 -03:30": "2026-10-24T22:50:01.059527-03:30",
    "24.10.2026 22:50:01.0 Z": "2026-10-24T22:50:01+00:00",
    "24.10.2026 22:50:01.5": None,
}
EITHER: dict[str, Meant] = {
    "10.11.12 09.10.11": None,
    "24.10.26 10.11.12": "2026-10-24T10:11:12+02:00",
}
# In the template's form nothing is built in.
GAPS: dict[str, Meant] = {
    "83.0": None,
    "83": None,
    "083.00": None,
    "BURNOUT": None,
    "burn-out": None,
    "83.1": "83.1",
    "-83": "-83",
    "0": "0",
    "999.9": "999.9",
}
GAPS_DE: dict[str, Meant] = {"83,0": None, "83": None, "83,10": "83.1"}
PRESSURES: dict[str, Meant] = {"850": None, "850.0": None, "83.0": "83", "999": "999"}
SECONDS: dict[str, Meant] = {
    "0.0": "0",
    "30.059527": "30",
    "60.5": "61",
    "90.499": "90",
    "120": "120",
    "1.": None,
    ".5": None,
    "-1.5": None,
    "1,5": None,
    "30.05.2026": None,
}
AT = ("deferral", "deferred_until")
MADE = ("donation", "collected_at")
READING = "lyophilisation_reading"

TABLES = (
    Spelled("days, day first", *AT, GERMAN, 'date_format = "%d.%m.%Y"\n'),
    Spelled("days, month first", *AT, AMERICAN, 'date_format = "%m/%d/%Y"\n'),
    Spelled("days, year in two digits", *AT, SHORT, 'date_format = "%d.%m.%y"\n'),
    Spelled("days, no marks", *AT, COMPACT, 'date_format = "%Y%m%d"\n'),
    Spelled("days, day in the middle", *AT, DAY_IN_THE_MIDDLE, 'date_format = "%Y-%d-%m"\n'),
    Spelled("days, month by name", *AT, NAMED, 'date_format = "%d-%b-%Y"\n'),
    Spelled("days, nothing told", *AT, UNTOLD),
    Spelled(
        "instants, day first",
        *MADE,
        WINTER,
        f'date_format = "%d.%m.%Y"\ntime_format = "%H:%M"\n{BERLIN}',
    ),
    Spelled("instants, times untold", *MADE, DAY_ONLY, f'date_format = "%d.%m.%Y"\n{BERLIN}'),
    Spelled(
        "instants, 12 hours",
        *MADE,
        TWELVE,
        f'date_format = "%m/%d/%Y"\ntime_format = "%I:%M:%S %p"\n{BERLIN}',
    ),
    Spelled("instants, with an offset", *MADE, OFFSET, 'time_format = "%d.%m.%Y %H:%M:%S.%f %z"\n'),
    Spelled(
        "instants, either a day",
        *MADE,
        EITHER,
        f'date_format = "%d.%m.%y"\ntime_format = "%H.%M.%S"\n{BERLIN}',
    ),
    Spelled("no reading", READING, "product_1_c", GAPS, 'missing = ["83.0", "BURNOUT"]\n'),
    Spelled(
        "no reading, comma",
        READING,
        "product_1_c",
        GAPS_DE,
        'missing = ["83,0"]\ndecimal_comma = true\ndelimiter = ";"\n',
    ),
    Spelled(
        "no pressure",
        READING,
        "pirani_mtorr",
        PRESSURES,
        '[missing]\ntemperatures = ["83.0"]\npressures = ["850"]\n',
    ),
    Spelled("seconds with a fraction", READING, "elapsed_s", SECONDS),
)
