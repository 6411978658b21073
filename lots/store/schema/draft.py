"""Draft a revision from what the declarations ask for.

`python -m lots.store.schema.draft --baseline` writes the baseline anew, which may be done only while
nothing is released: a database of an earlier draft is then told to be one, and cannot be raised.
"""

import argparse
from collections.abc import Sequence

from lots.store.schema import ddl
from lots.store.schema.revision import MIGRATIONS

VERSIONS = MIGRATIONS / "versions"
BASELINE = "-- All tables as they were declared first. Drafted: python -m lots.store.schema.draft --baseline"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command and draft."""
    parser = argparse.ArgumentParser(prog="python -m lots.store.schema.draft", description=__doc__)
    parser.add_argument("--baseline", action="store_true", required=True, help="write it anew")
    parser.parse_args(arguments)
    (VERSIONS / "0001_baseline.sql").write_text(
        f"{BASELINE}\n\n{ddl.joined(ddl.tables())}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
