"""The directory on paper: sheets by kind, and where to look up who can do what, and who is near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from appli.domain import shapes
from appli.domain.text import sort_key
from appli.i18n import _, _n, number
from appli.services.exporting.subjects import Subject
from appli.services.printing.job import Job
from appli.services.printing.sheets import first_letter
from appli.services.printing.territory import territory

_MANY = 30
"""Sheets of a section from which letters stand between them, and sheets of a directory that deserve contents."""
_LAST = "\uffff"
"""Files a group after all others."""
_CATEGORIES = ("category", "families", "legal_form", "stage", "event_kind", "resource_type", "object", "status")


def compose(job: Job) -> Mapping[str, Any]:
    """{sections: [{kind, title, groups: [{title, by, sheets}]}], indexes: [{title, entries: [{label, ids}]}],
    contents, counted, map, cover_map (see `territory`; empty without the option, or when nothing has a place)}.
    """
    gathered = _gathered(job)
    sections = [{"kind": k, "title": title, "groups": list(_groups(job, pairs))} for k, title, pairs in gathered]
    every = [pair for _kind, _title, pairs in gathered for pair in pairs]
    sheets = [sheet for _subject, sheet in every]
    return {
        "sections": sections,
        "indexes": indexes_of(job, sheets),
        "contents": len(sheets) > _MANY and len(sections) > 1,
        "counted": counted(job),
        "map": territory(job, every, _width(job), job.paper.height * 0.6) if job.edition.option("map") else {},
        "cover_map": _cover_map(job, every),
    }


def faces(job: Job) -> Mapping[str, Any]:
    """The trombinoscope: {sections, counted, cover_map} as above; in the order of names, one grid without letters."""
    sections = []
    gathered = _gathered(job)
    for kind, title, pairs in gathered:
        groups = list(_groups(job, pairs, letters=False))
        sections.append({"kind": kind, "title": title, "groups": groups})
    every = [pair for _kind, _title, pairs in gathered for pair in pairs]
    return {"sections": sections, "counted": counted(job), "cover_map": _cover_map(job, every)}


def _cover_map(job: Job, pairs: Pairs) -> dict[str, Any]:
    """The territory without numbers; empty when the cover has none, or nothing a place."""
    if not (job.edition.option("cover") and job.edition.option("cover_map")):
        return {}
    return territory(job, pairs, job.paper.width - 36, job.paper.height * 0.34, "couverture.svg")


def _width(job: Job) -> float:
    """What a page of the directory leaves for a map, in millimetres."""
    return job.paper.width - (26 if job.paper.width < 180 else 34)


def counted(job: Job) -> str:
    """« 136 fiches »."""
    return _n("{n} fiche", "{n} fiches", job.records).format(n=number(job.records))


Pairs = list[tuple[Subject, dict[str, Any]]]


def _gathered(job: Job) -> list[tuple[str, str, Pairs]]:
    """(kind, its plural, sheets) in the order of the edition's kinds."""
    found: dict[str, tuple[str, Pairs]] = {}
    for subject in job.subjects():
        kind, title = shapes.facet_of(subject.kind, subject.values)
        found.setdefault(kind, (title, []))[1].append((subject, {**job.sheet(subject), "anchored": True}))
    order = {kind: at for at, kind in enumerate(job.edition.kinds)}
    kinds = sorted(found, key=lambda kind: order.get(kind, len(order)))
    return [(kind, *found[kind]) for kind in kinds]


# --- groups of a section ----------------------------------------------------------------------------------------------


def _groups(job: Job, pairs: Pairs, *, letters: bool = True) -> Iterator[dict[str, Any]]:
    """The sheets of a section under the heads that its order gives: letters, communes, skills, categories."""
    match job.edition.order:
        case "name" if letters:
            yield from _by_letter(pairs)
        case "commune":
            yield from _under(pairs, lambda _subject, sheet: [sheet["commune"]], _("Sans commune"))
        case "skill":
            yield from _under(pairs, lambda _subject, sheet: _skills_of(job, sheet), _("Sans compétence notée"))
        case "category":
            yield from _under(pairs, lambda subject, _sheet: [_category(subject)], _("Sans catégorie"))
        case _:
            yield {"title": "", "by": "letter", "sheets": [sheet for _subject, sheet in pairs]}


def _by_letter(pairs: Pairs) -> Iterator[dict[str, Any]]:
    letters: dict[str, list[dict[str, Any]]] = {}
    for _subject, sheet in pairs:
        letters.setdefault(sheet["first"], []).append(sheet)
    for letter, sheets in letters.items():
        yield {"title": letter if len(pairs) > _MANY else "", "by": "letter", "sheets": sheets}


def _under(pairs: Pairs, heads_of: Any, without: str) -> Iterator[dict[str, Any]]:
    """One sheet may stand under several heads; an index leads to the first."""
    found: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    for subject, sheet in pairs:
        for head in [h for h in heads_of(subject, sheet) if h] or [""]:
            found.setdefault(sort_key(head) or _LAST, (head or without, []))[1].append(sheet)
    placed: set[str] = set()
    for key in sorted(found):
        title, sheets = found[key]
        first = "" if key == _LAST else first_letter(title)
        once = [{**sheet, "first": first, "anchored": sheet["id"] not in placed} for sheet in sheets]
        placed |= {sheet["id"] for sheet in sheets}
        yield {"title": title, "by": "group", "sheets": once}


def _skills_of(job: Job, sheet: Mapping[str, Any]) -> list[str]:
    """Only an edition that shows skills may be ordered by them."""
    return list(sheet["skills"]) if job.edition.has("skills") else []


def _category(subject: Subject) -> str:
    for name in _CATEGORIES:
        field = subject.kind.fields.get(name)
        value = subject.values.get(name)
        if field is not None and field.codes is not None and value:
            return field.codes.label(value[0] if isinstance(value, list) else value)
    return ""


# --- indexes ----------------------------------------------------------------------------------------------------------


def indexes_of(job: Job, sheets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The indexes that the edition asks for, without those that would be empty."""
    found = []
    if job.edition.option("index_skills") and job.edition.order != "skill":
        pairs = [(word, sheet["id"]) for sheet in sheets for word in sheet["skills"]]
        found.append({"title": _("Qui sait faire quoi ?"), "entries": entries_of(pairs)})
    if job.edition.option("index_communes") and job.edition.order != "commune":
        pairs = [(sheet["commune"], sheet["id"]) for sheet in sheets if sheet["commune"]]
        found.append({"title": _("Par commune"), "entries": entries_of(pairs)})
    if job.edition.option("index_names"):
        pairs = [(sheet["title"], sheet["id"]) for sheet in sheets]
        found.append({"title": _("Tous les noms"), "entries": entries_of(pairs)})
    return [index for index in found if index["entries"]]


def entries_of(pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The entries of an index, in French order; one word written twice alike is one entry."""
    words: dict[str, dict[str, None]] = {}
    for word, sheet_id in pairs:
        words.setdefault(word, {})[sheet_id] = None
    found: dict[str, dict[str, Any]] = {}
    for word, ids in words.items():
        found.setdefault(sort_key(word), {"label": word, "ids": {}})["ids"].update(ids)
    return [{"label": found[key]["label"], "ids": list(found[key]["ids"])} for key in sorted(found)]
