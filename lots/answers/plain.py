"""An answer as JSON has it: what docs/schemas/ says, made from the same types."""

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


def plain(answer: object) -> Plain:
    """Values, lists and objects; instants in UTC. Raises TypeError for what no answer holds."""
    match answer:
        case None | str() | int():
            return answer
        case datetime():
            # One spelling of one instant: two answers can then be compared as texts.
            return answer.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return answer.isoformat()
        case list() | tuple():
            return [plain(one) for one in answer]
        case Mapping():
            return {str(name): plain(value) for name, value in answer.items()}
        case _ if is_dataclass(answer):
            return {f.name: plain(getattr(answer, f.name)) for f in told_fields(type(answer))}
        case _:
            # Never str() of it: what is told has a schema, and what it does not have must fail.
            raise TypeError(f"answer: expected a value of JSON, got {type(answer).__name__}")


def told_fields(kind: Any) -> list[Field[Any]]:
    """The fields of an answer that are told, in their order."""
    return [f for f in fields(kind) if f.metadata.get("json", True)]
