"""JSON Schema of answers, made from their types: https://json-schema.org/draft/2020-12."""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from lots.answers.plain import told_fields

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SIMPLE: dict[Any, dict[str, str]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}
Schema = dict[str, Any]


def page(title: str, kind: Any) -> str:
    """The schema of one verb's answer, as a file."""
    named: dict[str, Schema] = {}
    whole = {"$schema": DRAFT, "title": title, **_schema(kind, named, {})}
    if named:
        whole["$defs"] = dict(sorted(named.items()))
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _schema(kind: Any, named: dict[str, Schema], means: Mapping[Any, Any]) -> Schema:
    """named: what is referred to, filled in here. means: what a generic kind stands for here."""
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    # A list of rows is one type, whatever its rows are.
    if isinstance(kind, TypeVar):
        return _schema(means[kind], named, means)
    # Before the plain kinds, and as its words: a program that gets another one should say so.
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [str(one) for one in kind]}
    if kind in SIMPLE:
        return dict(SIMPLE[kind])
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(one, named, means) for one in arguments]}
    if origin in (list, tuple):
        return _array(kind, named, means)
    if origin is not None and is_dataclass(origin):
        return _object(origin, arguments, named)
    if isinstance(origin, type) and issubclass(origin, tuple):
        return _named_tuple(origin, named)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], named, means)}
    # Not a schema that allows anything: that would promise nothing, in silence.
    raise TypeError(f"answer: expected a kind that JSON has, got {kind}")


def _array(kind: Any, named: dict[str, Schema], means: Mapping[Any, Any]) -> Schema:
    arguments = get_args(kind)
    if get_origin(kind) is list or arguments[-1] is Ellipsis:
        return {"type": "array", "items": _schema(arguments[0], named, means)}
    return _row([_schema(one, named, means) for one in arguments])


def _row(parts: list[Schema]) -> Schema:
    """A list of so many parts, each of its own kind."""
    # Closed at its end: one part too many would pass otherwise.
    return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}


def _named_tuple(kind: Any, named: dict[str, Schema]) -> Schema:
    if kind.__name__ not in named:
        hints = get_type_hints(kind)
        parts = [{"title": name, **_schema(hints[name], named, {})} for name in kind._fields]
        named[kind.__name__] = {"description": _said(kind), **_row(parts)}
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(kind: Any, arguments: tuple[Any, ...], named: dict[str, Schema]) -> Schema:
    # One name for each filling: a list of findings and one of lots are two schemas.
    name = "Of".join([kind.__name__, *(one.__name__ for one in arguments)])
    if name not in named:
        named[name] = {}  # so that one that holds itself ends
        means = dict(zip(getattr(kind, "__parameters__", ()), arguments, strict=True))
        hints = get_type_hints(kind)
        properties = {f.name: _schema(hints[f.name], named, means) for f in told_fields(kind)}
        named[name] = {
            "description": _said(kind),
            "type": "object",
            "properties": properties,
            "required": [*properties],
            # Closed: a field that is told and not declared must fail a test, and not pass unseen.
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _said(kind: Any) -> str:
    return " ".join((kind.__doc__ or "").split())
