"""Rows of a sheet in words: a price, a capability."""

from __future__ import annotations

from appli.domain.text import fold
from appli.services.exporting.subjects import Selection, Subject
from appli.services.wording import value_text


def row_texts(selection: Selection, subject: Subject, name: str, between: str = " · ") -> list[str]:
    """Each row of one of its lists as a line: « 12 € · Par jour · Adhérents »."""
    collection = subject.kind.collections.get(name)
    found: list[str] = []
    for row in subject.rows(collection) if collection is not None else ():
        values = selection.disclosure.values(row)
        shown = (f for n, f in row.kind.fields.items() if f.declared.section != "none" and n not in ("owner", "order"))
        words = [value_text(selection.directory, f, values[f.name]) for f in shown if values.get(f.name) is not None]
        if words:
            found.append(between.join(_once(words)))
    return found


def _once(words: list[str]) -> list[str]:
    """« Gratuit » and « gratuit » are one word."""
    said: dict[str, str] = {}
    for word in words:
        said.setdefault(fold(word), word)
    return list(said.values())
