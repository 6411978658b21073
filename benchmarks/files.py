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


def write_results(path: Path, rows: int, salt: int = 0) -> Path:
    """Write a CSV of that many test results; another salt gives other samples."""
    with path.open("w", encoding="utf-8") as out:
        out.write(",".join(COLUMNS) + "\n")
        for i in range(rows):
            out.write(
                f"S{salt:02d}{i // 6:09d},{MARKERS[i % 6]},1,donation,A9999{26_000_000 + i // 6:08d},"
                f"KL{i // 50_000:04d},2027-03-31,LAB-01,2026-03-{1 + i % 28:02d}T{i % 24:02d}:15:00+01:00,"
                f"0.{i % 100:02d},{'reactive' if i % 5000 == 0 else 'nonreactive'},final\n"
            )
    return path
