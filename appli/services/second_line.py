"""The line under a name in a list: what one wants to know first, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from appli.domain.entry import Entry

_FIRST = ("occupation", "summary")
_CODES = ("families", "legal_form", "stage", "event_kind", "category", "resource_type", "object")
_LENGTH = 140


def second_line(entry: Entry, terms: Sequence[str]) -> str:
    """Its own words if it has any, else its skills, else what kind of thing it is, else the start of its text."""
    for name in _FIRST:
        if entry.values.get(name):
            return _short(str(entry.values[name]))
    if terms:
        return _short(", ".join(dict.fromkeys(terms)))
    labels = [label for name in _CODES for label in _labels(entry, name)]
    if labels:
        return _short(", ".join(labels))
    return _short(str(entry.values.get("description") or ""))


def _labels(entry: Entry, name: str) -> list[str]:
    field = entry.kind.fields.get(name)
    value: Any = entry.values.get(name)
    if field is None or value is None:
        return []
    values = value if isinstance(value, list) else [value]
    return [field.codes.label(v) if field.codes else str(v) for v in values]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else line[: _LENGTH - 1].rstrip() + "…"
