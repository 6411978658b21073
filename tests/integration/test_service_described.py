"""Every endpoint, asked as its own description allows and forbids: no error of ours, nothing that is
not declared.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lots.service.rights import MAY
from lots.settings import Settings
from tests.integration.serving import Service, served
from tests.integration.test_answers import chain

EXAMPLES = 12  # of each endpoint and role
RECEIVES = "/api/files"  # a process for each: what it refuses is tried by name (test_handed_in.py)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
QUICK = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def shared(told_once: Callable[..., Callable[[], Settings]]) -> Iterator[Service]:
    """A service with an account of each role."""
    with served(told_once(chain)()) as service:
        for role in MAY:
            service.of_role(role)
        yield service


@pytest.mark.parametrize("role", ["administrator", "qa", "pharmacist"])
def test_every_endpoint_answers_as_it_is_described(shared: Service, role: str) -> None:
    key = shared.key(next(a for a in shared.accounts.values() if a.role == role))
    described = schemathesis.openapi.from_asgi("/openapi.json", shared.app)
    asked = 0
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(QUICK, max_examples=2 if operation.path == RECEIVES else EXAMPLES)
        @given(case=operation.as_strategy())
        def answers(case: Any) -> None:
            case.call_and_validate(headers=key, checks=CHECKS)

        answers()
        asked += 1
    assert asked > 10
