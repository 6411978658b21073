"""Great Expectations as the judge: every rule on every row, chunk by chunk, failing closed."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from validations import loaded  # noqa: F401  before what it loads

# isort: split
import great_expectations as gx
import pandas as pd
import pyarrow as pa
from great_expectations.execution_engine import pandas_execution_engine
from great_expectations.expectations.expectation import Expectation

from lots.errors import GateClosed
from lots.grammar.column import Rule
from lots.grammar.schema import AnyOf, Present, Record, columns_of
from validations.breaches import expectation
from validations.chunk import Chunk, judged_columns, scoped
from validations.values import TEXT

pandas_execution_engine.HASH_THRESHOLD = (
    0  # no fingerprint of a chunk: nobody asks, and it takes 40 % of the time
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a rule spoke of, and how many of these broke it."""

    judged: int = 0
    failed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.judged + other.judged, self.failed + other.failed)


@cache
def _context() -> Any:
    """One context for the whole process: making one costs more than a small file's verdict."""
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    return context


@cache
def _batch_definition() -> Any:
    source = _context().data_sources.add_pandas("staged")
    return source.add_dataframe_asset("rows").add_batch_definition_whole_dataframe("chunk")


@cache
def _suite(record: Record, rules: tuple[Rule, ...]) -> Any:
    return gx.ExpectationSuite(
        record.name, expectations=[expectation(record, rule) for rule in rules]
    )


# A file comes in chunks: what is counted is summed over them.
class Judge:
    """Judges the rows of one file by the rules of its record type. Not for two threads at once."""

    def __init__(self, record: Record, columns: tuple[str, ...], received_at: datetime) -> None:
        self.record, self._received_at = record, received_at
        self.rows = 0
        # Every rule has a tally, those too of columns that the file lacks: the database counts them
        # all.
        self.tallies = dict.fromkeys((rule.id for rule in record.rules), Tally())
        there = set(columns)
        self._rules = [
            r
            for r in record.rules
            if isinstance(r.constraint, Present | AnyOf) or there & set(columns_of(r.constraint))
        ]

    def add(self, table: pa.Table) -> Chunk:
        """Judge a chunk: a table of texts, null where empty; what was judged. Raises GateClosed
        where one errs.
        """
        chunk = Chunk(self.record, column_texts(table), self._received_at)
        if table.num_rows:
            self._judge(chunk)
        return chunk

    def _judge(self, chunk: Chunk) -> None:
        columns = _columns(chunk, self._rules)
        # One that has nothing to judge costs as much as the others, and answers None.
        asked = tuple(rule for rule in self._rules if _speaks(rule, columns[rule.id]))
        for rule, tally in _validated(_frame(columns, asked), _suite(self.record, asked)).items():
            self.tallies[rule] += tally
        self.rows += len(chunk.raw)


def results_of(frame: pd.DataFrame, expectations: list[Expectation]) -> dict[str, Tally]:
    """Each rule's tally on a frame. Raises GateClosed where an expectation errs."""
    return _validated(frame, gx.ExpectationSuite("stored", expectations=expectations))


def _validated(frame: pd.DataFrame, suite: Any) -> dict[str, Tally]:
    batch = _batch_definition().get_batch(batch_parameters={"dataframe": frame})
    # BASIC counts are exact; its lists would be cut at 20, so none is asked for.
    results = batch.validate(
        suite, result_format={"result_format": "BASIC", "partial_unexpected_count": 0}
    )
    by_rule = {result.expectation_config.meta["rule"]: result for result in results.results}
    # Nothing says that an answer comes for each expectation, nor in which order.
    if by_rule.keys() != {e.meta["rule"] for e in suite.expectations}:
        raise GateClosed("Great Expectations did not answer for every rule; nothing is accepted.")
    return {rule: _tally(rule, result) for rule, result in by_rule.items()}


def column_texts(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(
        types_mapper=lambda t: (
            TEXT if pa.types.is_string(t) or pa.types.is_large_string(t) else None
        )
    )


Columns = dict[str, dict[str, pd.Series]]


def _columns(chunk: Chunk, rules: list[Rule]) -> Columns:
    """For each rule the columns that its expectation reads."""
    return {rule.id: judged_columns(chunk, rule) for rule in rules}


def _speaks(rule: Rule, columns: dict[str, pd.Series]) -> bool:
    """Whether a rule has anything to judge: one that leaves empty values alone judges none of an
    empty column.
    """
    wants_something = isinstance(rule.constraint, Present | AnyOf) and not scoped(rule)
    return wants_something or all(column.notna().any() for column in columns.values())


def _frame(columns: Columns, rules: tuple[Rule, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {n: series for rule in rules for n, series in columns[rule.id].items()}, copy=False
    )


def _tally(rule: str, result: Any) -> Tally:
    """Read one result; an expectation that erred, or that did not count every row, closes the gate."""
    wrong = result.exception_info and any(
        info.get("raised_exception") for info in _infos(result.exception_info)
    )
    counts = result.result or {}
    if wrong or counts.get("element_count") is None:
        raise GateClosed(
            f"Rule {rule} could not be judged: Great Expectations reported an error; nothing is"
            " accepted."
        )
    judged = counts["element_count"] - (counts.get("missing_count") or 0)
    failed = counts.get("unexpected_count")
    # None, not 0, is what Great Expectations counts where every value is missing.
    if failed is None and judged:
        raise GateClosed(f"Rule {rule} was not counted on {judged} rows; nothing is accepted.")
    # An expectation that errs may be told as one that failed: the two must say the same.
    if result.success != (not failed):
        raise GateClosed(
            f"Rule {rule} says success={result.success} with {failed} failed rows; nothing is"
            " accepted."
        )
    return Tally(judged, failed or 0)


def _infos(exception_info: dict[str, Any]) -> list[dict[str, Any]]:
    # One error, or several by the metric's id: Great Expectations tells it in both shapes.
    nested = [v for v in exception_info.values() if isinstance(v, dict)]
    return nested or [exception_info]
