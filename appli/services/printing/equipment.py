"""The equipment that is lent: by category, with what it takes to use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appli.i18n import _
from appli.services.exporting.subjects import Subject
from appli.services.printing.job import Job
from appli.services.printing.rows import row_texts
from appli.services.wording import value_text

_UNUSABLE = frozenset(("broken", "withdrawn"))


def compose(job: Job) -> Mapping[str, Any]:
    """{groups: [{title, items: [sheet + {kind_of, condition, status, access, training, deposit, days, rates}]}]}."""
    groups: dict[str, list[dict[str, Any]]] = {}
    count = 0
    for subject in job.subjects():
        if subject.values.get("status") in _UNUSABLE and not job.edition.option("withdrawn"):
            continue
        count += 1
        groups.setdefault(_words(job, subject, "category") or _("Autre matériel"), []).append(_item(job, subject))
    job.records = count
    return {"groups": [{"title": title, "items": items} for title, items in sorted(groups.items())]}


def _item(job: Job, subject: Subject) -> dict[str, Any]:
    maker = " ".join(w for w in (_words(job, subject, "brand"), _words(job, subject, "model")) if w)
    return {
        **job.sheet(subject),
        "maker": maker,
        "quantity": _words(job, subject, "quantity"),
        "condition": _words(job, subject, "condition"),
        "status": _words(job, subject, "status"),
        "access": _words(job, subject, "access"),
        "training": _words(job, subject, "required_training"),
        "deposit": _words(job, subject, "deposit"),
        "days": _words(job, subject, "max_days"),
        "rates": row_texts(job.selection, subject, "rates"),
    }


def _words(job: Job, subject: Subject, name: str) -> str:
    value = subject.values.get(name)
    return value_text(job.directory, subject.kind.fields[name], value) if value is not None else ""
