"""Great Expectations as the judge: every rule on every row, chunk by chunk, failing closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, reduce
from operator import and_
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
        self._rules = rules_on(record, columns)

    def add(self, table: pa.Table) -> Chunk:
        """Judge a chunk: a table of texts, null where empty; what was judged. Raises GateClosed
        where one errs.
        """
        chunk = Chunk(self.record, column_texts(table), self._received_at)
        if table.num_rows:
            self._judge(chunk)
        return chunk

    def _judge(self, chunk: Chunk) -> None:
        for rule, tally in counted(Asked.of(chunk, self._rules)).items():
            self.tallies[rule] += tally
        self.rows += len(chunk.raw)


def rules_on(record: Record, columns: Collection[str]) -> list[Rule]:
    """The rules that judge rows which have these columns."""
    there = set(columns)
    return [
        r
        for r in record.rules
        if isinstance(r.constraint, Present | AnyOf) or there & set(columns_of(r.constraint))
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """The rules that have something to judge in a chunk, and for each the columns that it reads."""

    record: Record
    columns: Mapping[Rule, dict[str, pd.Series]]

    @classmethod
    def of(cls, chunk: Chunk, rules: Sequence[Rule]) -> "Asked":
        """Those among the rules."""
        columns = {rule: judged_columns(chunk, rule) for rule in rules}
        # One that has nothing to judge costs as much as the others, and answers None.
        there = {r: some for r, some in columns.items() if spoken_of(r, some).any()}
        return cls(chunk.record, there)

    def frame(self) -> pd.DataFrame:
        """All of these columns."""
        whole = {n: series for some in self.columns.values() for n, series in some.items()}
        return pd.DataFrame(whole, copy=False)


def spoken_of(rule: Rule, columns: Mapping[str, pd.Series]) -> pd.Series:
    """Of which rows a rule speaks: one that leaves empty values alone of those that have them
    all.
    """
    wants_something = isinstance(rule.constraint, Present | AnyOf) and not scoped(rule)
    first, *more = (column.notna() for column in columns.values())
    return first | True if wants_something else reduce(and_, more, first)


def counted(asked: Asked) -> dict[str, Tally]:
    """Each asked rule's tally."""
    return _validated(asked.frame(), _suite(asked.record, tuple(asked.columns)))


def listed(asked: Asked, rules: Sequence[Rule]) -> dict[str, list[int]]:
    """The numbers of the rows that break each of some asked rules. Raises GateClosed unless each is
    listed once, and as many as are counted.
    """
    # New ones each time: which of them are asked hangs on what is broken.
    suite = gx.ExpectationSuite(
        "broken", expectations=[expectation(asked.record, r) for r in rules]
    )
    rows = {}
    for rule, result in validated(_quick_to_take(asked.frame()), suite, LISTS).items():
        failed = tally_of(rule, result).failed
        rows[rule] = list(result.result.get("unexpected_index_list") or ())
        if len(rows[rule]) != failed or len(set(rows[rule])) != failed:
            raise GateClosed(
                f"Rule {rule} lists {len(rows[rule]):,} rows, but Great Expectations counts"
                f" {failed:,}; nothing is accepted by that."
            )
    return rows


def _quick_to_take(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy of a small frame, of which some rows are taken twice for each rule: all of its columns,
    which takes a third of the time of a list where each is a block of its own or one of Arrow's.
    """
    texts = [name for name, kind in frame.dtypes.items() if kind == TEXT]
    return frame.astype(dict.fromkeys(texts, object)).copy()


def results_of(frame: pd.DataFrame, expectations: list[Expectation]) -> dict[str, Tally]:
    """Each rule's tally on a frame. Raises GateClosed where an expectation errs."""
    return _validated(frame, gx.ExpectationSuite("stored", expectations=expectations))


# BASIC counts are exact; its lists would be cut at 20, so none is asked for.
COUNTS: Mapping[str, Any] = {"result_format": "BASIC", "partial_unexpected_count": 0}
# Numbers of rows alone: beside them their values would stand, which may be people's keys.
LISTS: Mapping[str, Any] = {
    "result_format": "COMPLETE",
    "partial_unexpected_count": 0,
    "exclude_unexpected_values": True,
    "return_unexpected_index_query": False,
}


def _validated(frame: pd.DataFrame, suite: Any) -> dict[str, Tally]:
    found = validated(frame, suite, COUNTS)
    return {rule: tally_of(rule, result) for rule, result in found.items()}


def validated(frame: pd.DataFrame, suite: Any, result_format: Mapping[str, Any]) -> dict[str, Any]:
    """What Great Expectations answers for each rule of a suite. Raises GateClosed where it does
    not.
    """
    batch = _batch_definition().get_batch(batch_parameters={"dataframe": frame})
    results = batch.validate(suite, result_format=dict(result_format))
    by_rule = {result.expectation_config.meta["rule"]: result for result in results.results}
    # Nothing says that an answer comes for each expectation, nor in which order.
    if by_rule.keys() != {e.meta["rule"] for e in suite.expectations}:
        raise GateClosed("Great Expectations did not answer for every rule; nothing is accepted.")
    return by_rule


def column_texts(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(
        types_mapper=lambda t: (
            TEXT if pa.types.is_string(t) or pa.types.is_large_string(t) else None
        )
    )


def tally_of(rule: str, result: Any) -> Tally:
    """Read one result; an expectation that erred, or that did not count every row,
    closes the gate.
    """
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
