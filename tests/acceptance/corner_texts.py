"""Texts at the edge of what is readable: numbers, instants, days, codes, quotes, line ends and
lines of JSON.
"""

import json

from tests.acceptance.corners import AT, GTIN, HEADERS, Files, table

AMOUNTS = (
    "007.5",
    "-0",
    "5.",
    "1e3",
    ".5",
    "+5",
    "12345.678",
    "123456.1",
    "1.2345",
    "5 ",
    " 5",
    "٥",
    "-1",
    "99999.999",
    "0",
    "690.001",
    "690",
    "825",
    "826",
    "881",
    '"1,5"',
)
WEIGHTS = ("49.9", "50", "49.999", "68.03", "68.04", "79.37", "79.38", "", "x")
INSTANTS = (
    "2026-03-01T24:00:00Z",
    "2026-03-01T23:59:60Z",
    "2026-02-30T10:00:00Z",
    "2026-03-01T10:00+14:59",
    "2026-03-01T10:00+15:00",
    "2026-03-01t10:00z",
    "2026-03-01T10:00:00.123456Z",
    "2026-03-01T10:00:00.1234567Z",
    "2026-03-01T10Z",
    "2026-03-01T10:00:00",
    "2026-03-01  10:00Z",
    "2026-03-01 10:00Z",
    "0000-01-01T00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-03-01T10:00:00-00:00",
    "2026-03-01T10:00:00+0100",
    "2026-03-01T10:00:00.Z",
    "2026-3-1T10:00Z",
    "2026-03-01T10:00:00+01:60",
    "2026-03-01T10:00:00 +01:00",
)
DAYS = (
    "2026-02-29",
    "2028-02-29",
    "2026-13-01",
    "20260101",
    "2026-1-1",
    "0000-01-01",
    AT,
    "2026-01-01 ",
    "",
)
CODES = (
    "x" * 64,
    "x" * 65,
    "a b",
    "a  b",
    " a",
    "a ",
    "é",
    "a\tb",
    "~!",
    "\u00a0a",
    "a\u200b",
    "<>&%$",
    "",
    '""',
    '"q""q"',
)
NUMBERS = (
    ("A999921123456", "3"),
    ("A999921123457", "3"),
    ("a999921123456", "3"),
    ("A99992112345", "3"),
    ("O999921123456", ""),
    ("A999921123458", "33"),
    ("A999921123459", "é"),
)
GTINS = (
    "00000000000000",
    "0",
    "ABC",
    "40170725",
    "0614141123452",
    f"{GTIN[:-1]}١",
    "00",
    "0614141000005",
    "",
    GTIN[1:],
    f"{GTIN[1:-1]}9",
    "614141123452",
    "614141123453",
    f" {GTIN[1:]}",
    f"0{GTIN}",
    "4.09999E+12",
)
COUNTS = ("1", "01", "000000001", "1234567890", "-1", "1.0", "0", "")


def donation(
    number: str,
    ml: str = "800",
    weight: str = "70",
    at: str = AT,
    *,
    scheme: str = "own",
    check: str = "",
) -> str:
    """A donation of source plasma."""
    return f"{number},{scheme},{check},DK,CE,source,{at},{ml},{weight},7,14,,,"


def lot(number: str, gtin: str = GTIN, made: str = AT, expires: str = "2027-01-01") -> str:
    """A packed lot."""
    return f"P-1,{number},packed,IG,{gtin},1,{made},{expires},,,"


def readable() -> Files:
    """One row for each text."""
    late = "2025-12-31T23:30:00-05:00"
    return {
        "CE/donation-1.csv": table(
            "donation", *(donation(f"N{i}", ml) for i, ml in enumerate(AMOUNTS))
        ),
        "CE/donation-2.csv": table(
            "donation", *(donation(f"W{i}", "700", kg) for i, kg in enumerate(WEIGHTS))
        ),
        "CE/donation-3.csv": table(
            "donation", *(donation(f"I{i}", at=at) for i, at in enumerate(INSTANTS))
        ),
        "CE/donation-4.csv": table(
            "donation",
            *(donation(code) for code in CODES),
            donation("S", scheme="isbt"),
            *(donation(n, scheme="ISBT128", check=check) for n, check in NUMBERS),
        ),
        "P-1/lot-1.csv": table(
            "lot",
            *(lot(f"D{i}", made=late, expires=day) for i, day in enumerate(DAYS)),
            lot("DX", made="2026-01-01T00:30:00+05:00", expires="2025-12-31"),
            lot("DY", made=late, expires="2025-12-31"),
            *(lot(f"G{i}", gtin) for i, gtin in enumerate(GTINS)),
        ),
        "CL/administration_vial-1.csv": table(
            "administration_vial",
            *(f"CL,Q,{n},{GTIN},S{i},L,1,1,,," for i, n in enumerate(COUNTS)),
            *(f"CL,R,{i},{GTIN},S{i},L,{n},1,,," for i, n in enumerate(COUNTS)),
        ),
    }


def lines() -> Files:
    """Line ends, blank lines, headers again, quotes of every kind, and lines of JSON that are no
    row.
    """
    header = f"{HEADERS['donation']},correction,corrected_by,correction_reason"
    crlf = table(
        "donation", donation("CR1"), "", "  ", donation("CR2"), header, donation("CR3"), end="\r\n"
    )
    return {
        "CE/donation-1.csv": "\ufeff" + crlf.removesuffix("\r\n"),
        "CE/party-1.csv": table(
            "party",
            'A,centre,"N ""x"" y",a,,,,,',
            'D,centre,"two\nlines",a,,,,,',
            'G,centre,"",a,,,,,',
            "H,centre, ,a,,,,,",
            'I,centre,"ok",a,,,,,',
            "J,Centre,x,a,,,,,",
            'K,centre,"three\n\nlines",a,,,,,',
            'L,centre,"two\nlines",a,b,c,d,e,f,g',
            "M,centre,x,a,40170725,,,,",
            "N,centre,x",
        ),
        "CE/party-2.csv": table(
            "party",
            'O,centre,x,"never,,,,,',
            "P,centre,x,a,,,,,",
            'Q,centre,x,"a,"b",,,,',
            "R,centre,x,a,,,,,",
        ),
        "CE/party-3.csv": table(
            "party",
            '"S,centre,x,a,,,,,',
            "T,centre,x,a,,,,,",
            'U,centre,"x, y",a,,,,,',
            "V,centre,x,a,,,,,",
            '"W,centre,x,a,,,,,',
            "X,centre,x,a,,,,,",
        ),
        "PH/dispensing-1.jsonl": "\n".join(_json()),
    }


def stray_quotes() -> Files:
    """Quotes where no field begins or ends break their own line, and no sound row beside it."""
    rows = (
        'B,centre,N"q,a,,,,,',
        'C,centre,"N"z,a,,,,,',
        'D,centre,"two\nlines",a,,,,,',
        'E,centre,"open,a,,,,,',
        "F,centre,x,a,,,,,",
    )
    return {"CE/party-1.csv": table("party", *rows)}


def _json() -> list[str]:
    def row(number: object, **more: object) -> str:
        said = {
            "pharmacy": "PH",
            "dispensing": number,
            "to_kind": "ward",
            "dispensed_at": AT,
            "lot_number": "L",
        }
        return json.dumps({**said, "vials": 3, **more})

    return [
        row("j1", gtin="", serial="s", patient_key=None),
        row("j2", vials=1.0, lot_number=True),
        row("j3")[:-1],
        "[1]",
        '"x"',
        "",
        row("j4\0"),
        row(5, vials="1e2"),
        row(6).replace("3", "1e2"),
        row("j7", more="x"),
        row("j7", more=""),
        row("j7"),
        row("j8", vials=float("nan")),
        row("j9", lot_number="\ud800"),
        row("j10")[:-1] + ', "vials": 4}',
        "{}",
        "null",
    ]
