"""The catalogue of offers and needs: two lists, each by what is offered or sought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appli.domain import shapes
from appli.domain.catalogue import kind as kind_named
from appli.domain.ids import RecordId
from appli.services.exporting.subjects import Subject
from appli.services.printing.job import Job
from appli.services.printing.rows import row_texts
from appli.services.printing.sheets import field_words
from appli.services.printing.whom import reached
from appli.services.wording import date_text

_OVER = frozenset(("met", "withdrawn"))


def compose(job: Job) -> Mapping[str, Any]:
    """{sections: [{kind, title, groups: [{title, items}]}]}; without what has expired, and by choice what is met."""
    objects = kind_named("listing").fields["object"].codes
    labels = objects.labels if objects else ()
    sections: dict[str, dict[str, Any]] = {}
    shown = [subject for subject in job.subjects() if _is_current(job, subject)]
    named = [s.values[name] for s in shown for name in ("by", "relay") if s.values.get(name)]
    whom = reached(job, map(bytes.fromhex, named)) if job.edition.has("contacts") else {}
    for subject in shown:
        shape = shapes.shape_of(subject.kind, subject.values)
        title = shapes.plural_of(subject.kind, subject.values)
        section = sections.setdefault(shape, {"kind": shape, "title": title, "groups": {}})
        section["groups"].setdefault(field_words(job.selection, subject, "object"), []).append(
            _item(job, subject, whom)
        )
    job.records = len(shown)
    rank = {label: at for at, label in enumerate(labels)}
    return {
        "sections": [
            {
                **s,
                "groups": [
                    {"title": t, "items": s["groups"][t]} for t in sorted(s["groups"], key=lambda t: rank.get(t, 99))
                ],
            }
            for s in sorted(sections.values(), key=lambda s: str(s["kind"]) != "offer")
        ]
    }


def _is_current(job: Job, subject: Subject) -> bool:
    if subject.values.get("status") in _OVER and not job.edition.option("met"):
        return False
    expires = str(subject.values.get("expires_on") or "")
    return not expires or expires >= job.today.isoformat()[: len(expires)]


def _item(job: Job, subject: Subject, whom: Mapping[RecordId, str]) -> dict[str, Any]:
    sheet = job.sheet(subject)
    values = subject.values
    until = str(values.get("expires_on") or "")
    quantity = " ".join(
        w for w in (field_words(job.selection, subject, "quantity"), str(values.get("unit") or "")) if w
    )
    return {
        **sheet,
        "exchange": field_words(job.selection, subject, "exchange"),
        "by": _named(job, subject, "by", {} if sheet["contacts"] else whom),
        "relay": _named(job, subject, "relay", whom),
        "quantity": quantity,
        "until": date_text(until) if until else "",
        "rates": row_texts(job.selection, subject, "rates"),
    }


def _named(job: Job, subject: Subject, name: str, whom: Mapping[RecordId, str]) -> str:
    """Who a field names, with what she is reached by unless the sheet says itself whom to call."""
    known = whom.get(bytes.fromhex(subject.values[name])) if subject.values.get(name) else None
    return known or field_words(job.selection, subject, name)
