"""The equipment that is lent: by category, with what it takes to use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from appli.i18n import _
from appli.services.exporting.subjects import Subject
from appli.services.printing.job import Job
from appli.services.printing.rows import row_texts
from appli.services.printing.sheets import field_words
from appli.services.printing.whom import behind

_UNUSABLE = frozenset(("broken", "withdrawn"))


def compose(job: Job) -> Mapping[str, Any]:
    """{groups: [{title, items: [sheet + what `_item` says + {whom}]}]}."""
    every = bool(job.edition.option("withdrawn"))
    shown = [s for s in job.subjects() if every or s.values.get("status") not in _UNUSABLE]
    whom = behind(job, shown) if job.edition.has("contacts") else {}
    groups: dict[str, list[dict[str, Any]]] = {}
    for subject in shown:
        category = field_words(job.selection, subject, "category") or _("Autre matériel")
        item = {**_item(job, subject), "whom": whom.get(subject.entry.id, [])}
        groups.setdefault(category, []).append(item)
    job.records = len(shown)
    return {"groups": [{"title": title, "items": items} for title, items in sorted(groups.items())]}


def _item(job: Job, subject: Subject) -> dict[str, Any]:
    maker = " ".join(
        w for w in (field_words(job.selection, subject, "brand"), field_words(job.selection, subject, "model")) if w
    )
    return {
        **job.sheet(subject),
        "maker": maker,
        "quantity": field_words(job.selection, subject, "quantity"),
        "condition": field_words(job.selection, subject, "condition"),
        "status": field_words(job.selection, subject, "status"),
        "access": field_words(job.selection, subject, "access"),
        "training": field_words(job.selection, subject, "required_training"),
        "deposit": field_words(job.selection, subject, "deposit"),
        "days": field_words(job.selection, subject, "max_days"),
        "rates": row_texts(job.selection, subject, "rates"),
    }
