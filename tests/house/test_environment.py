"""The environment as the bootstrap leaves it."""

from importlib.util import cache_from_source, find_spec
from pathlib import Path

import pytest


@pytest.mark.parametrize("library", ["airflow", "great_expectations", "pandas", "sqlalchemy"])
def test_libraries_are_compiled(library: str) -> None:
    spec = find_spec(library)
    assert spec is not None
    assert spec.origin is not None
    assert Path(cache_from_source(spec.origin)).exists()
