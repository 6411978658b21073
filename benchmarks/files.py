"""Test results by the million: 12 columns, a few of them reactive."""

from pathlib import Path

MARKERS = ("HBsAg", "anti-HCV", "anti-HIV-1/2", "HIV-NAT", "HCV-NAT", "HBV-NAT")
COLUMNS = (
    "sample",
    "marker",
    "run",
    "tested",
    "tested_id",
    "kit_lot",
    "kit_expires_on",
    "laboratory",
    "tested_at",
    "value",
    "interpretation",
    "status",
)


# In turn, of one row in so many: a sample without a name (refused), a marker that there is none of
# (refused), a kit that had expired (found), a result that is reactive (found).
BAD_IN = 100


def write_results(path: Path, rows: int, salt: int = 0, *, bad: bool = False) -> Path:
    """Write a CSV of that many test results; another salt gives other samples. bad: one row in a
    hundred is refused, or something is found in it.
    """
    with path.open("w", encoding="utf-8") as out:
        out.write(",".join(COLUMNS) + "\n")
        for i in range(rows):
            which = i // BAD_IN % 4 if bad and i % BAD_IN == 0 else -1
            reactive = which == 3 if bad else i % 5000 == 0
            out.write(
                f"{'' if which == 0 else f'S{salt:02d}{i // 6:09d}'},"
                f"{'none' if which == 1 else MARKERS[i % 6]},1,donation,A9999{26_000_000 + i // 6:08d},"
                f"KL{i // 50_000:04d},{'2026-01-31' if which == 2 else '2027-03-31'},LAB-01,"
                f"2026-03-{1 + i % 28:02d}T{i % 24:02d}:15:00+01:00,"
                f"0.{i % 100:02d},{'reactive' if reactive else 'nonreactive'},final\n"
            )
    return path
