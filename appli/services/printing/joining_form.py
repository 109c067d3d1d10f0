"""The blank form by which somebody joins: on paper with the boxes of the agreement, or as a list to send back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appli.domain import catalogue
from appli.domain.consent_words import SHOWN
from appli.domain.fields import Field, Kind
from appli.domain.kinds.consent import HEADINGS, PURPOSES
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.importing.targets import label_of
from appli.services.printing.job import Job
from appli.services.spaces import notice_of, space_of

_PERSON = (
    "name.given", "name.family", "occupation", "status", "address.street", "address.lieu_dit", "address.postcode",
    "commune.name", "phone", "mobile", "email", "web", "preferred_contact", "skills", "languages", "summary",
    "description",
)  # fmt: skip
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "organization": (
        "title", "legal_form", "address.street", "address.postcode", "commune.name", "phone", "email", "web",
        "activities", "summary", "description",
    ),
    "place": (
        "title", "families", "address.street", "address.postcode", "commune.name", "phone", "email", "web",
        "opening_hours", "capacity", "accessibility", "services", "summary", "description",
    ),
    "equipment": (
        "title", "category", "brand", "model", "condition", "access", "required_training", "deposit", "max_days",
        "phone", "commune.name", "summary",
    ),
}  # fmt: skip
_LONG = {"summary": 2, "description": 3, "skills": 2, "required_training": 2, "opening_hours": 2, "activities": 2}


def compose(job: Job) -> Mapping[str, Any]:
    """{what, fields: [{label, lines, boxes: [label]}], purposes: [label], agreement, copies}."""
    kind = catalogue.kind(str(job.edition.option("form_kind")))
    return {
        "what": kind.label,
        "fields": [_field(kind, code) for code in _codes(kind)],
        "purposes": [PURPOSES.label(code) for code in _purposes()] if kind.code == "person" else [],
        "agreement": notice_of(job.directory),
        "copies": int(job.edition.option("copies")),
    }


def blank_list(directory: Directory, kind_code: str) -> bytes:
    """The same as an empty workbook, whose titles the import understands without a question."""
    from appli.formats.outgoing import OutColumn, OutSheet
    from appli.formats.write_workbook import xlsx_bytes

    kind = catalogue.kind(kind_code)
    columns = [OutColumn(title, words) for title, words in titles_of(kind)]
    return xlsx_bytes([OutSheet(kind.plural, columns, [])], _about(directory))


def titles_of(kind: Kind) -> list[tuple[str, str]]:
    """The titles of the empty list, and what each expects."""
    found = [(label_of(kind, code), _help(kind, code)) for code in _codes(kind)]
    return [*found, (HEADINGS[0].capitalize(), _agreement_help())] if kind.code == "person" else found


def _codes(kind: Kind) -> tuple[str, ...]:
    return _PERSON if kind.code == "person" else _OTHERS[kind.code]


def _purposes() -> tuple[str, ...]:
    return (*SHOWN, "photo", "letters")


def _field(kind: Kind, code: str) -> dict[str, Any]:
    field = kind.fields.get(code)
    boxes = list(field.codes.labels) if field is not None and field.codes is not None else []
    return {"label": label_of(kind, code), "lines": _LONG.get(code, 1), "boxes": boxes, "hint": _hint(field, code)}


def _hint(field: Field | None, code: str) -> str:
    if code == "skills":
        return _("ce que vous savez faire, pouvez montrer ou voulez apprendre")
    return _(field.declared.help) if field is not None and field.declared.help else ""


def _help(kind: Kind, code: str) -> str:
    field = kind.fields.get(code)
    if field is not None and field.codes is not None:
        return _("Au choix : {words}").format(words=", ".join(field.codes.labels))
    if code in ("skills", "activities", "phone", "mobile", "email", "web"):
        return _("Plusieurs : séparées par des points-virgules")
    return _hint(field, code)


def _agreement_help() -> str:
    return _("Écrivez par exemple : oui ; non ; oui sauf téléphone ; papier seulement")


def _about(directory: Directory) -> list[str]:
    space = space_of(directory)
    lines = [_("Une ligne par fiche. Laissez vide ce que vous ne savez pas ; ne changez pas les titres.")]
    agreement = notice_of(directory)
    contact = space.values.get("rights_contact") if space else None
    if agreement:
        lines.append(agreement)
    if contact:
        lines.append(_("Renvoyez la liste à : {contact}.").format(contact=contact))
    return lines
