"""What a sender's profile makes of texts: encoding, decimal comma, zone, blanks, units."""

from tests.spec.spelled import Spelled

COMMA = {"6,4": "6.4", "690": "690", "-0,5": "-0.5", "1,5,5": None, "": None}
BERLIN = {
    "2026-01-31T10:15:00": "2026-01-31T10:15:00+01:00",
    "2026-07-31 10:15": "2026-07-31T10:15:00+02:00",
    "2026-07-31T10:15:00Z": "2026-07-31T10:15:00+00:00",
    "2026-01-31T10:15:00-05:00": "2026-01-31T10:15:00-05:00",
    "2026-03-29T01:59:59": "2026-03-29T01:59:59+01:00",
    "2026-03-29T02:30:00": None,  # the clocks skip it
    "2026-10-25T02:30:00": None,
    "2026-10-25T03:00:00": "2026-10-25T03:00:00+01:00",  # and have it twice
    "31.01.2026 10:15": None,
}
LATIN = {"Straße": "Straße", "Zürich 37 °C": "Zürich 37 °C", "Å": "Å", "µ": "µ"}
TRIMMED = {" P1": "P1", "P1 ": "P1", "\tP1\u00a0": "P1", "P 1": "P 1"}
LITRES = {"0.6905": "690.5", "1": "1000", "0.6900005": "690.001", "x": None}

TABLES = (
    Spelled(
        "decimal comma", "donation", "plasma_ml", COMMA, 'delimiter = ";"\ndecimal_comma = true\n'
    ),
    Spelled("a zone", "donation", "collected_at", BERLIN, 'zone = "Europe/Berlin"\n'),
    Spelled("latin-1", "party", "name", LATIN, 'encoding = "latin-1"\n'),
    Spelled(
        "cp1252", "party", "name", {**LATIN, "€ 5 – “a”": "€ 5 – “a”"}, 'encoding = "cp1252"\n'
    ),
    Spelled("trimmed", "donation", "donor_key", TRIMMED, "trim = true\n"),
    Spelled("litres", "donation", "plasma_ml", LITRES, 'units = { plasma_ml = "L" }\n'),
    Spelled("renamed", "donation", "donor_key", {"P1": "P1"}, '[columns]\nSpender = "donor_key"\n'),
)
