"""A sheet as the templates read it: words only, already cut to what may be printed."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from appli.domain import shapes
from appli.domain.entry import Entry
from appli.domain.fields import Field
from appli.domain.text import sort_key
from appli.domain.typography import telephone, typeset
from appli.i18n import _
from appli.services.exporting.subjects import Selection, Subject
from appli.services.indexing import initials
from appli.services.second_line import second_line
from appli.services.wording import value_text

_CONTACTS = ("phone", "mobile", "email", "web", "blog", "social", "mailing_list", "donation")
_PHONES = ("phone", "mobile")
_BY_PART = {"summary": "summary", "description": "description", "address": "address", "opening_hours": "hours"}
_ELSEWHERE = frozenset({"commune", "position", "licence", "expires_on", "occupation", "hours_note"})
"""Fields that have their place on the sheet, or none on paper."""


def printed_sheet(selection: Selection, subject: Subject, parts: Container[str]) -> dict[str, Any]:
    """One sheet.

    Always: id (a label for the index), code, kind (« person », « offer »…), title, first (the letter it is filed
    under), second (occupation, or what it is), commune. By `parts` (see `model.PARTS`), else empty: contacts
    [{type, name, label, value}], address, skills [words], summary, description, hours, organizations [titles], details
    [{label, value}], photo (a path among the pictures) with photo_alt; initials for who has none.
    """
    commune = subject.values.get("commune") or {}
    name = subject.values.get(subject.kind.title_field.name)
    skills = _terms(selection, subject) if "skills" in parts else []
    second = second_line(Entry(subject.entry.id, subject.kind, subject.values), skills)
    summary = field_words(selection, subject, "summary") if "summary" in parts else ""
    description = field_words(selection, subject, "description") if "description" in parts else ""
    plain = " ".join(summary.split())  # as the second line has it
    if plain.startswith(second.removesuffix("…")):  # said once, and whole
        second, summary = (summary, "") if len(plain) <= len(second) else ("", summary)
    if " ".join(description.split()).startswith(second.removesuffix("…")):
        second = ""
    return {
        "id": subject.entry.id.hex(),
        "code": subject.code,
        "kind": shapes.shape_of(subject.kind, subject.values),
        "title": printed_title(subject),
        "first": first_letter(sorting_name(subject)),
        "second": second,
        "commune": typeset(str(commune.get("name") or "")),
        "contacts": list(contacts_of(selection, subject)) if "contacts" in parts else [],
        "address": field_words(selection, subject, "address") if "address" in parts else "",
        "skills": skills,
        "summary": summary,
        "description": description,
        "hours": _hours(selection, subject) if "hours" in parts else "",
        "organizations": list(subject.organizations) if "organizations" in parts else [],
        "details": list(_details(selection, subject)) if "details" in parts else [],
        "photo": "",
        "photo_alt": "",
        "initials": initials(name if isinstance(name, dict) else {"display": subject.title}),
    }


def printed_title(subject: Subject) -> str:
    """« Astruc, Camille »: on paper one looks people up by their family name."""
    value = subject.values.get(subject.kind.title_field.name)
    if isinstance(value, dict) and value.get("family") and value.get("given"):
        return f"{value['family']}, {value['given']}"
    return subject.title


def sorting_name(subject: Subject) -> str:
    """What a sheet is sorted by: a person by her family name."""
    value = subject.values.get(subject.kind.title_field.name)
    if isinstance(value, dict):
        return " ".join(str(value[k]) for k in ("family", "given") if value.get(k)) or str(
            value.get("sort") or subject.title
        )
    return subject.title


def first_letter(title: str) -> str:
    """The letter it is filed under; « # » for what starts with none."""
    start = sort_key(title)[:1].upper()
    return start if start.isalpha() else "#"


def _terms(selection: Selection, subject: Subject) -> list[str]:
    found: dict[str, None] = {}
    for name, collection in subject.kind.collections.items():
        if collection.scheme and name != "labels":
            words = (selection.words(collection, row) for row in subject.rows(collection))
            found |= dict.fromkeys(w for w in words if w)
    return list(found)


def contacts_of(selection: Selection, subject: Subject) -> Iterator[dict[str, str]]:
    """{type, name, label, value} of its telephones, e-mails and sites that may go."""
    for name in _CONTACTS:
        collection = subject.kind.collections.get(name)
        if collection is None:
            continue
        for row in subject.rows(collection):
            value, note = (_word(selection, row, field) for field in ("value", "label"))
            if value:
                words = telephone(value) if name in _PHONES else value
                yield {"type": name, "name": _(collection.label), "label": note, "value": words}


def _word(selection: Selection, row: Entry, name: str) -> str:
    """A word of a row, if it may be told."""
    return str(row.values.get(name) or "") if selection.disclosure.field_may_go(row, name) else ""


def field_words(selection: Selection, subject: Subject, name: str) -> str:
    """The words of one field; empty when it says nothing or may not be said."""
    value = subject.values.get(name)
    return value_text(selection.directory, subject.kind.fields[name], value) if value is not None else ""


def _hours(selection: Selection, subject: Subject) -> str:
    if "opening_hours" not in subject.kind.fields:
        return ""
    found = (field_words(selection, subject, name) for name in ("opening_hours", "hours_note"))
    return ". ".join(words for words in found if words)


def _details(selection: Selection, subject: Subject) -> Iterator[dict[str, str]]:
    for name, value in subject.values.items():
        field = subject.kind.fields[name]
        if value is not None and value != [] and _is_detail(subject, field):
            yield {"label": field.label, "value": value_text(selection.directory, field, value)}


def _is_detail(subject: Subject, field: Field) -> bool:
    apart = field.name in _ELSEWHERE or field.name in _BY_PART or field is subject.kind.title_field
    return not apart and field.declared.section not in ("none", "consent")
