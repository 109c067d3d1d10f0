"""The directory on paper: sheets by kind, and where to look up who can do what, and who is near."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from appli.domain import shapes
from appli.domain.text import sort_key
from appli.i18n import _
from appli.services.printing.job import Job


def compose(job: Job) -> Mapping[str, Any]:
    """{sections: [{kind, title, sheets}], indexes: [{title, entries: [{label, ids}]}]}."""
    sections: dict[str, dict[str, Any]] = {}
    sheets: list[dict[str, Any]] = []
    for subject in job.subjects():
        kind, title = shapes.facet_of(subject.kind, subject.values)
        section = sections.setdefault(kind, {"kind": kind, "title": title, "sheets": []})
        sheets.append(job.sheet(subject))
        section["sheets"].append(sheets[-1])
    order = {kind: at for at, kind in enumerate(job.edition.kinds)}
    placed = sorted(sections.values(), key=lambda s: order.get(s["kind"], len(order)))
    return {"sections": placed, "indexes": _indexes(job, sheets)}


def _indexes(job: Job, sheets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    if job.edition.option("index_skills"):
        pairs = [(word, sheet["id"]) for sheet in sheets for word in sheet["skills"]]
        found.append({"title": _("Qui sait faire quoi ?"), "entries": entries_of(pairs)})
    if job.edition.option("index_communes"):
        pairs = [(sheet["commune"], sheet["id"]) for sheet in sheets if sheet["commune"]]
        found.append({"title": _("Par commune"), "entries": entries_of(pairs)})
    if job.edition.option("index_names"):
        pairs = [(sheet["title"], sheet["id"]) for sheet in sheets]
        found.append({"title": _("Tous les noms"), "entries": entries_of(pairs)})
    return [index for index in found if index["entries"]]


def entries_of(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The entries of an index, in French order; one word written twice alike is one entry."""
    found: dict[str, dict[str, Any]] = {}
    for word, sheet_id in pairs:
        entry = found.setdefault(sort_key(word), {"label": word, "ids": []})
        if sheet_id not in entry["ids"]:
            entry["ids"].append(sheet_id)
    return [found[key] for key in sorted(found)]
