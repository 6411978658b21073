"""Decimal marks, thousands, units and operators before numbers: as a profile says, or not at all."""

from tests.spec.spelled import Spelled

SEMICOLON = 'delimiter = ";"\n'
COMMA = SEMICOLON + "decimal_comma = true\n"
NO_GROUPS = {
    "3250,5": "3250.5",
    "3250": "3250",
    "0,25": "0.25",
    "-1,5": "-1.5",
    "1000,000": "1000",
    "3.250": None,
    "12.500": None,
    "1.000": None,
    "3.250,5": None,
    "3.2": None,
    "0.5": None,
    "1.5e3": None,
    "1,000,000": None,
    "3 250": None,
    "3'250": None,
    ",5": None,
    "5,": None,
    "+5,0": None,
    "1e3": None,
    "1e-3": None,
}
POINTS = {
    "3.250": "3250",
    "12.500": "12500",
    "1.000": "1000",
    "3.250,5": "3250.5",
    "-1.234,567": "-1234.567",
    "1.234.567": "1234567",
    "1.234.567,8": "1234567.8",
    "999": "999",
    "3250,5": "3250.5",
    "0,250": "0.25",
    "3.25": None,
    "0.250": None,
    "3.2500": None,
    "3250.000": None,
    "1.234.56": None,
    "1.2345": None,
    ".250": None,
    "3,250.5": None,
    "3 250": None,
    "1..234": None,
    "1.234,": None,
    "00.123": None,
    "001.234": None,
}
BLANKS = {
    "3 250": "3250",
    "3\u00a0250,5": "3250.5",
    "3\u202f250": "3250",
    "3\u20091\u2009": None,
    "1 234 567": "1234567",
    "3 25": None,
    "3  250": None,
    "3.250": None,
    " 3 250": None,
    "3 250 ": None,
    "3'250": None,
}
COMMAS = {
    "3,250": "3250",
    "3,250.5": "3250.5",
    "1,234,567": "1234567",
    "3250.5": "3250.5",
    "0.25": "0.25",
    "3.250": "3.25",
    "3,25": None,
    "0,250": None,
    "1,234,56": None,
    "3.250,5": None,
    "1 000": None,
    ",250": None,
}
QUOTES = {
    "3'250": "3250",
    "3\u2019250.5": "3250.5",
    "3.250": "3.25",
    "3'25": None,
    "3,250": None,
    "'250": None,
}
COUNTS = {
    "1.000": "1000",
    "12": "12",
    "1.234.567": "1234567",
    "1.00": None,
    "1,0": None,
    "1000,000": None,
}
COUNTS_ALONE = {"1.000": None, "12": "12", "1,0": None, "1000": "1000"}
POUNDS = {
    "105": "47.627",
    "110": "49.895",
    "154.5": "70.08",
    "200": "90.718",
    "0": "0",
    "110.2311310924": "50",
    "-1": "-0.454",
    "2204.7": None,
    "105 lb": None,
    "1e2": None,
    "": None,
}
FAHRENHEIT = {
    "-4": "-20",
    "-40": "-40",
    "32": "0",
    "-22.1": "-30.06",
    "98.6": "37",
    "-459.67": "-273.15",
    "x": None,
}
DEGREES_APART = {"9": "5", "1": "0.56", "0": "0", "-0.9": "-0.5"}
MINUTES = {"120": "2", "90": "1.5", "100": "1.67", "1": "0.02", "0": "0"}
HOURS = {"1": "60", "0.5": "30", "0.51": None, "1.5": "90", "0.0166": None}
LITRES = {
    "0.6905": "690.5",
    "0.69000049": "690",
    "0.6900005": "690.001",
    "-0.0000005": "-0.001",
    "100": None,
}
OPERATED = {
    "<20": "20",
    "< 20": "20",
    ">100000": "100000",
    "\u2264 20": "20",
    "\u226510000": "10000",
    "<=20": "20",
    ">= 20.5": "20.5",
    "=5": "5",
    " <20": "20",
    "-5": "-5",
    "20": "20",
    "5E4": None,
    "1e5": None,
    "<5E4": None,
    "1:160": None,
    ">1:160": None,
    "<": None,
    "<<20": None,
    "<> 20": None,
    "20<": None,
    "~20": None,
    "<20 IU/mL": None,
    "10^4": None,
    "10000-20000": None,
    "neg": None,
    "4,2 log": None,
}
UNITS = {
    "IU/mL": "IU/mL",
    "[IU]/mL": "[IU]/mL",
    "\u00b5g/mL": "ug/mL",
    "\u03bcg/mL": "ug/mL",
    "\u00b5L": "uL",
    "\u00b0C": "degC",
    "\u2103": "degC",
    "cm\u00b3": "mL",
    "mg\u2215L": None,
    "\u00b5\u00b5": None,
    "log10 IU/mL": "log10 IU/mL",
}

TABLES = (
    Spelled("decimal comma without grouping", "pool", "volume_l", NO_GROUPS, COMMA),
    Spelled("a point groups", "pool", "volume_l", POINTS, COMMA + 'grouping = "."\n'),
    Spelled("a blank groups", "pool", "volume_l", BLANKS, COMMA + 'grouping = " "\n'),
    Spelled("a comma groups", "pool", "volume_l", COMMAS, SEMICOLON + 'grouping = ","\n'),
    Spelled("an apostrophe groups", "pool", "volume_l", QUOTES, SEMICOLON + 'grouping = "\'"\n'),
    Spelled("counts in groups", "administration_vial", "vials", COUNTS, COMMA + 'grouping = "."\n'),
    Spelled("counts beside a decimal comma", "administration_vial", "vials", COUNTS_ALONE, COMMA),
    Spelled(
        "pounds", "donation", "donor_weight_kg", POUNDS, 'units = { donor_weight_kg = "lbs" }\n'
    ),
    Spelled(
        "degrees Fahrenheit",
        "plasma_unit",
        "storage_max_c",
        FAHRENHEIT,
        'units = { storage_max_c = "degF" }\n',
    ),
    Spelled(
        "a difference in Fahrenheit",
        "dryer_recipe",
        "margin_c",
        DEGREES_APART,
        'units = { margin_c = "[degF]" }\n',
    ),
    Spelled(
        "minutes as hours",
        "plasma_unit",
        "above_limit_h",
        MINUTES,
        'units = { above_limit_h = "minutes" }\n',
    ),
    Spelled(
        "hours as a count of minutes",
        "dryer_recipe",
        "end_min",
        HOURS,
        'units = { end_min = "hr" }\n',
    ),
    Spelled(
        "litres and what is finer", "donation", "plasma_ml", LITRES, 'units = { plasma_ml = "l" }\n'
    ),
    Spelled("operators before values", "test_result", "value", OPERATED),
    Spelled(
        "operators with a decimal comma",
        "test_result",
        "value",
        {"<0,5": "0.5", "> 1.000": None, "<0.5": None, "0,5": "0.5"},
        COMMA,
    ),
    Spelled("units beyond ASCII", "lot_test", "value_unit", UNITS),
)
