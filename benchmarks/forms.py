"""The same test results in each form that a file may have, and logs of dryers."""

import gzip
import json
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.files import COLUMNS, write_results

GROUP = 1 << 20  # rows that a Parquet file's writer lays down at once, where nobody says otherwise
STEP_S = 10
# A log has thousands of lines where other files have millions.
LOG, LOG_SHARE = "a dryer's log", 25
BEGUN = datetime(2026, 3, 1, 6, tzinfo=UTC)


def _csv(folder: Path, rows: int) -> Path:
    return write_results(folder / "test_result-1.csv", rows)


def _semicolons(folder: Path, rows: int) -> Path:
    """Of which every line must be read by itself."""
    return _rewritten(folder, rows, "csv", lambda line: line.replace(",", ";"))


def _gzipped(folder: Path, rows: int) -> Path:
    plain = _csv(folder, rows)
    packed = plain.with_suffix(".csv.gz")
    with plain.open("rb") as source, gzip.open(packed, "wb", compresslevel=1) as out:
        shutil.copyfileobj(source, out)
    plain.unlink()
    return packed


def _json_lines(folder: Path, rows: int) -> Path:
    def told(line: str) -> str:
        return json.dumps(dict(zip(COLUMNS, line.rstrip("\n").split(","), strict=True))) + "\n"

    return _rewritten(folder, rows, "jsonl", told, header=False)


def _rewritten(
    folder: Path, rows: int, ending: str, way: Callable[[str], str], *, header: bool = True
) -> Path:
    plain = write_results(folder / "plain.csv", rows)
    made = folder / f"test_result-1.{ending}"
    with plain.open(encoding="utf-8") as source, made.open("w", encoding="utf-8") as out:
        head = source.readline()
        out.write(way(head) if header else "")
        out.writelines(map(way, source))
    plain.unlink()
    return made


def _parquet(folder: Path, rows: int) -> Path:
    import pandas as pd

    plain = _csv(folder, rows)
    made = plain.with_suffix(".parquet")
    pd.read_csv(plain, dtype="str").to_parquet(made, index=False, row_group_size=GROUP)
    plain.unlink()
    return made


def _log(folder: Path, rows: int) -> Path:
    """A controller's; a historian's is read by the same lines."""
    path = folder / "CYCLE-1.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write(
            "Run started: 3/1/2026 6:00:00 AM\n\nCycleTime,Phase,Step,VacPirani,VacCPM,TP1,TP2\n"
        )
        out.writelines(
            f"{BEGUN + n * timedelta(seconds=STEP_S):%H:%M:%S},4,1,80,78,-35.0,-34.5\n"
            for n in range(rows)
        )
    return path


Writer = Callable[[Path, int], Path]
FORMS: Mapping[str, Writer] = {
    "CSV": _csv,
    "CSV, line by line": _semicolons,
    "CSV in gzip": _gzipped,
    "JSON lines": _json_lines,
    "Parquet": _parquet,
    LOG: _log,
}
