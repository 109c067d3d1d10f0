"""Whether a value that arrived has the shape its field declares: text where text belongs, a name with its display form.

Screens and the store rely on these shapes. Only shapes: what a rule of today finds too long, or an unknown code, must
still travel, since a relay may be older than both ends. They are read from the declared types, so a new type needs
nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from appli.domain import catalogue
from appli.domain.field_types import REFERENCE
from appli.domain.fields import Field
from appli.exchange import limits

_ID = re.compile(r"[0-9a-f]{32}")
_NOTHING = type(None)
_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may be: of a type that needs no second look, or else what `fits` accepts."""

    plain: frozenset[type]
    fits: Callable[[Any], bool]


def any_value(value: Any, depth: int = limits.DEPTH) -> bool:
    """Whether a value is bounded, whatever it is."""
    match value:
        case None | bool() | float():
            return True
        case str():
            return _text(value)
        case int():
            return _whole(value)
        case list():
            return depth > 0 and len(value) <= limits.ITEMS and all(any_value(v, depth - 1) for v in value)
        case dict():
            items = value.items()
            return (
                depth > 0 and len(value) <= limits.ITEMS and all(_text(k) and any_value(v, depth - 1) for k, v in items)
            )
    return False


ANY = Shape(frozenset(), any_value)
"""For fields of later versions."""


@cache
def shapes_of(kind: int, careful: bool) -> Mapping[int, Shape]:
    """What the fields of a kind take, by number; empty for a kind that only later versions know.

    `careful` looks into each text: needless where the chunk is known to hold neither a long line nor a null character.
    """
    declared = catalogue.kinds_by_number().get(kind)
    if declared is None:
        return {}
    return {number: _Shapes(careful).of_field(field) for number, field in declared.by_number.items()}


class _Shapes:
    """Reads shapes out of the JSON Schema of a type."""

    def __init__(self, careful: bool) -> None:
        texts = () if careful else (str,)
        self._scalars = {
            "string": Shape(frozenset(texts), _text),
            "null": Shape(frozenset((_NOTHING,)), _never),
            "boolean": Shape(frozenset((bool,)), _flag),
            "integer": Shape(frozenset(), _whole),
            "number": Shape(frozenset((float,)), _whole),
        }
        self._named: Mapping[str, Any] = {}

    def of_field(self, field: Field) -> Shape:
        if field.type is REFERENCE:
            return Shape(frozenset((_NOTHING,)), _reference)
        schema = field.adapter.json_schema()
        self._named = schema.get("$defs", {})
        return self._of(schema)

    def _of(self, schema: Mapping[str, Any]) -> Shape:
        if "$ref" in schema:
            return self._of(self._named[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return _either([self._of(s) for s in schema["anyOf"]])
        match schema.get("type"):
            case "object":
                return Shape(frozenset(), self._object(schema))
            case "array":
                return Shape(frozenset(), _list_of(self._of(schema.get("items", {}))))
            case str(word):
                return self._scalars[word]
        return ANY

    def _object(self, schema: Mapping[str, Any]) -> Callable[[Any], bool]:
        parts = {name: self._of(part) for name, part in schema.get("properties", {}).items()}
        required = frozenset(schema.get("required", ()))

        alike: set[tuple[Any, ...]] = set()

        def fits(value: Any) -> bool:
            if type(value) is not dict:
                return False
            look = (*value, *map(type, value.values()))
            if look in alike:
                return True
            if len(value) > limits.ITEMS or not required <= value.keys():
                return False
            shapes = [(parts.get(key, ANY), part) for key, part in value.items()]
            simple = all(type(part) in shape.plain for shape, part in shapes)
            if simple and len(alike) < _REMEMBERED:
                alike.add(look)  # keys and types alone tell that it fits: so they will for the next
            return simple or all(type(part) in shape.plain or shape.fits(part) for shape, part in shapes)

        return fits


def _either(shapes: list[Shape]) -> Shape:
    plain = frozenset[type]().union(*(shape.plain for shape in shapes))
    others = [shape.fits for shape in shapes if shape.fits is not _never]
    if len(others) == 1:
        return Shape(plain, others[0])
    return Shape(plain, lambda value: any(fits(value) for fits in others))


def _list_of(shape: Shape) -> Callable[[Any], bool]:
    plain = shape.plain

    def fits(value: Any) -> bool:
        if type(value) is not list or len(value) > limits.ITEMS:
            return False
        return plain.issuperset(map(type, value)) or all(type(item) in plain or shape.fits(item) for item in value)

    return fits


def _never(_: Any) -> bool:
    return False


def _text(value: Any) -> bool:
    return type(value) is str and len(value) <= limits.TEXT and "\0" not in value


def _flag(value: Any) -> bool:
    return type(value) is int and value in (0, 1)


def _whole(value: Any) -> bool:
    return type(value) is int and -limits.INTEGER <= value <= limits.INTEGER


def _reference(value: Any) -> bool:
    return type(value) is str and _ID.fullmatch(value) is not None
