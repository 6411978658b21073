"""The expectations that judge: four of Great Expectations' own, and two that it does not bring.

Each builds its configuration once: Great Expectations asks for it some twenty times a verdict,
which took half of the time of a small file. And each counts only: no list of the values that broke
it is ever made, at most one of the numbers of their rows.
"""

from typing import Any, ClassVar

from validations import loaded  # noqa: F401  before what it loads

# isort: split
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.compatibility import pydantic
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation, Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    column_condition_partial,
)
from great_expectations.validator.validator import ValidationDependencies

from validations.values import CHECKS

# Of some thousand rules, whatever batch they are put to: all are called the same.
_counted: dict[tuple[type, str, str], ValidationDependencies] = {}


class Counting:
    """An expectation that counts, and keeps its configuration."""

    _built: Any

    @property
    def configuration(self) -> ExpectationConfiguration:
        """Built when it is first asked for."""
        if self._built is None:
            self._built = Expectation.configuration.fget(self)  # type: ignore[attr-defined]
        built: ExpectationConfiguration = self._built
        return built

    def get_validation_dependencies(
        self, execution_engine: Any = None, runtime_configuration: Any = None, **_: Any
    ) -> ValidationDependencies:
        """What it counts, without the values that broke it."""
        # Asked twice a verdict, each time of a new copy of the expectation, it took a third of the
        # time of a small file; it hangs on nothing but what stands in this key.
        key = (type(self), repr(self.configuration.kwargs), repr(runtime_configuration))
        if key not in _counted:
            found: ValidationDependencies = super().get_validation_dependencies(  # type: ignore[misc]
                execution_engine, runtime_configuration
            )
            # The values that broke it may be people's keys: what is never made cannot reach a log
            # or a report. A query for its rows is of no use beside their numbers.
            for unwanted in ("unexpected_values", "unexpected_index_query"):
                found.metric_configurations.pop(f"{self.map_metric}.{unwanted}", None)  # type: ignore[attr-defined]
            _counted[key] = found
        kept = _counted[key]
        return ValidationDependencies({**kept.metric_configurations}, {**kept.result_format})


class ExpectNotNull(Counting, gxe.ExpectColumnValuesToNotBeNull):
    """Expect a value in every row."""

    _built: Any = pydantic.PrivateAttr(default=None)


class ExpectInSet(Counting, gxe.ExpectColumnValuesToBeInSet):
    """Expect every value to be one of a set."""

    _built: Any = pydantic.PrivateAttr(default=None)


class ExpectBetween(Counting, gxe.ExpectColumnValuesToBeBetween):
    """Expect every value to lie between two ends."""

    _built: Any = pydantic.PrivateAttr(default=None)


class ExpectInOrder(Counting, gxe.ExpectColumnPairValuesAToBeGreaterThanB):
    """Expect column A not to lie before column B."""

    _built: Any = pydantic.PrivateAttr(default=None)


class ColumnValuesCheckCharacter(ColumnMapMetricProvider):
    """True where the check character is the computed one."""

    condition_metric_name = "column_values.check_character"
    condition_value_keys = ("scheme",)

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: pd.Series, scheme: str, **_: Any) -> pd.Series:
        return CHECKS[scheme](column)


class ExpectCheckCharacter(Counting, ColumnMapExpectation):
    """Expect every GS1 key, or donation number followed by its check character, to end with the
    computed one.
    """

    scheme: str
    _built: Any = pydantic.PrivateAttr(default=None)
    map_metric: ClassVar[str] = "column_values.check_character"
    success_keys: ClassVar[tuple[str, ...]] = ("scheme", "mostly")
