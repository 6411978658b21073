"""The two expectations that Great Expectations does not bring: a value that can be read, and a check character."""

from typing import Any, ClassVar

import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import ColumnMapMetricProvider, column_condition_partial

from validations.values import CHECKS, readable


class ColumnValuesReadable(ColumnMapMetricProvider):
    """True where a text can be read as the kind of its column."""

    condition_metric_name = "column_values.readable_as"
    condition_value_keys = ("kind", "digits")

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: pd.Series, kind: str, digits: list[int], **_: Any) -> pd.Series:
        return readable(column, kind, (digits[0], digits[1]))


class ExpectColumnValuesToBeReadableAs(ColumnMapExpectation):
    """Expect every text of the column to be readable as a code, an amount, a count, a day or an instant."""

    kind: str
    digits: list[int]
    map_metric: ClassVar[str] = "column_values.readable_as"
    success_keys: ClassVar[tuple[str, ...]] = ("kind", "digits", "mostly")


class ColumnValuesCheckCharacter(ColumnMapMetricProvider):
    """True where the check character is the computed one."""

    condition_metric_name = "column_values.check_character"
    condition_value_keys = ("scheme",)

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: pd.Series, scheme: str, **_: Any) -> pd.Series:
        return CHECKS[scheme](column)


class ExpectColumnValuesToHaveTheirCheckCharacter(ColumnMapExpectation):
    """Expect every GS1 key, or donation number followed by its check character, to end with the computed one."""

    scheme: str
    map_metric: ClassVar[str] = "column_values.check_character"
    success_keys: ClassVar[tuple[str, ...]] = ("scheme", "mostly")
