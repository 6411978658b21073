"""What a rule across records handles grows with what it is put to, not with the square of it. On a
real PostgreSQL.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lots.rules import rule
from lots.settings import Settings
from lots.store.engine import Connection, engine
from lots.store.queries import query
from lots.store.rules import evaluation, scopes
from tests.builders import NOW, donations, results, table, take, write

MANY = 300


def test_a_donor_whose_donations_are_all_reactive_is_judged_by_looking_each_up(
    lots_settings: Settings, tmp_path: Path
) -> None:
    day = [date(2024, 1, 1) + timedelta(days=n) for n in range(MANY)]
    deferred = {"centre": "C1", "donor_key": "P1", "cause": "reactive_result"}
    take(
        lots_settings,
        write(
            tmp_path,
            "donation-1.csv",
            donations(
                *(
                    {"donation_number": f"D{n}", "collected_at": f"{d}T10:00Z"}
                    for n, d in enumerate(day)
                )
            ),
        ),
        write(
            tmp_path,
            "test_result-1.csv",
            results(
                *(
                    {"sample": f"S{n}", "tested_id": f"D{n}", "interpretation": "reactive"}
                    for n in range(MANY)
                )
            ),
        ),
        write(
            tmp_path,
            "deferral-1.csv",
            table(
                deferred,
                [
                    {
                        "deferral": f"F{n}",
                        "deferred_from": f"{d}",
                        "deferred_until": f"{d}",
                        "requalified_on": f"{d}" if n % 2 == 0 else "",
                    }
                    for n, d in enumerate(day)
                ],
            ),
        ),
    )
    with engine("lots_pipeline", lots_settings).connect() as connection:
        scopes.gather(connection, None, ())
        assert handled(connection, query("d07_earlier", "rules/screening").text) <= 20 * MANY
        wanted = [rule("D07.earlier")]
        (judged,), _ = evaluation.evaluate(connection, wanted, NOW, everything=True)
        assert (judged.passed, judged.findings) == (
            MANY // 2,
            MANY // 2,
        )  # every other day requalified


def test_of_many_units_that_were_held_each_is_looked_up_alone(
    lots_settings: Settings, tmp_path: Path
) -> None:
    pool = {"plant": "M1", "pool_number": "P1"}
    event = [
        {"unit": f"U{n}", "event": kind, "kind": kind, "at": f"2026-01-0{day}T10:00Z"}
        for n in range(MANY)
        for day, kind in enumerate(("held", "let_go"), 1)
    ]
    take(
        lots_settings,
        write(tmp_path, "pool-1.csv", table(pool, [{"pooled_at": "2026-03-01T10:00Z"}])),
        write(tmp_path, "pool_unit-1.csv", table(pool, [{"unit": f"U{n}"} for n in range(MANY)])),
        # The last is not let go.
        write(tmp_path, "unit_event-1.csv", table({}, event[:-1])),
    )
    with engine("lots_pipeline", lots_settings).connect() as connection:
        scopes.gather(connection, None, ())
        assert handled(connection, query("u01", "rules/pooling").text) <= 40 * MANY
        (judged,), _ = evaluation.evaluate(connection, [rule("U01")], NOW, everything=True)
        assert (judged.passed, judged.findings) == (MANY - 1, 1)


def handled(connection: Connection, statement: str) -> int:
    """How many rows all steps of a statement's plan gave or threw away."""
    explained = connection.exec_driver_sql(
        f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}"
    ).scalar_one()
    return sum(handled_by(plan["Plan"]) for plan in explained)


def handled_by(step: dict[str, Any]) -> int:
    """The rows of a step and of all below it."""
    removed = sum(count for name, count in step.items() if name.startswith("Rows Removed"))
    own: float = (step["Actual Rows"] + removed) * step["Actual Loops"]
    return round(own) + sum(handled_by(below) for below in step.get("Plans", ()))
