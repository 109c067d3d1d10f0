"""Qualifying places: the same questions for each, in the same order, answered or to be answered with a pen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appli.domain.fields import Field
from appli.services.exporting.subjects import Subject
from appli.services.printing.job import Job
from appli.services.printing.rows import row_texts
from appli.services.wording import date_text, value_text

_LEFT = frozenset(("title", "summary", "description", "licence", "expires_on", "position"))


def compose(job: Job) -> Mapping[str, Any]:
    """{places: [{code, title, commune, questions: [{label, answer, boxes: [{label, on}]}], lists, before}]}."""
    known = not job.edition.option("blank_answers")
    return {"places": [_place(job, subject, known=known) for subject in job.subjects()]}


def _place(job: Job, subject: Subject, *, known: bool) -> dict[str, Any]:
    sheet = job.sheet(subject)
    fields = [f for f in subject.kind.fields.values() if f.declared.section != "none" and f.name not in _LEFT]
    functions = subject.kind.collections["functions"]
    words = [w for row in subject.rows(functions) if (w := job.selection.words(functions, row))]
    lists = [
        {"label": functions.label, "rows": words if known else []},
        {
            "label": subject.kind.collections["rates"].label,
            "rows": row_texts(job.selection, subject, "rates") if known else [],
        },
    ]
    collection = subject.kind.collections["qualifications"]
    days = sorted(str(row.values.get("on") or "") for row in subject.rows(collection))
    return {
        "code": sheet["code"],
        "title": subject.title,
        "commune": sheet["commune"],
        "kind": sheet["kind"],
        "questions": [_question(job, subject, field, known=known) for field in fields],
        "lists": lists,
        "before": [date_text(day) for day in days if day],
    }


def _question(job: Job, subject: Subject, field: Field, *, known: bool) -> dict[str, Any]:
    value = subject.values.get(field.name) if known else None
    chosen = value if isinstance(value, list) else [value]
    boxes = []
    if field.codes is not None:
        boxes = [{"label": field.codes.label(code), "on": code in chosen} for code in field.codes.codes]
    elif field.type.code == "flag":
        boxes = [{"label": "Oui", "on": value is True}, {"label": "Non", "on": value is False}]
    answer = value_text(job.directory, field, value) if value is not None and not boxes else ""
    return {"label": field.label, "answer": answer, "boxes": boxes, "long": field.type.code == "long_text"}
