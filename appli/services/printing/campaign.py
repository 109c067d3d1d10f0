"""Letters and calls by which people are asked whether their sheets are still right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from appli.domain.text import sort_key
from appli.i18n import _
from appli.services.correcting import lines_of
from appli.services.disclosing import Disclosure
from appli.services.exporting.subjects import Selection, Subject
from appli.services.freshness import confirmed_words
from appli.services.printing.job import Job
from appli.services.printing.labels import address_lines
from appli.services.printing.sheets import printed_title

_PHONES = ("phone", "mobile")


def letters(job: Job) -> Mapping[str, Any]:
    """{letters: [{title, code, address, confirmed, lines: [{label, words}]}], others: [{title, why, phones, commune}],
    signed}. Who has no address or refuses letters gets none, and is named at the end, to be called or visited.
    """
    made, others = [], []
    subjects = job.subjects()
    for subject in subjects:
        address = address_lines(job, subject)
        if address:
            made.append(_letter(job, subject, address))
        else:
            others.append({**_call(job.selection, subject), "why": _("sans adresse")})
    written_to = {subject.entry.id for subject in subjects}
    refusing = (subject for subject in _everyone(job) if subject.entry.id not in written_to)
    others += [{**_call(job.selection, subject), "why": _("refuse le courrier")} for subject in refusing]
    others.sort(key=lambda one: sort_key(one["title"]))
    return {"letters": made, "others": others, "signed": str(job.edition.option("signed")).strip()}


def calls(job: Job) -> Mapping[str, Any]:
    """{calls, visits}: who has a telephone, and who has none; each {title, code, commune, phones, confirmed}."""
    found = [_call(job.selection, subject) for subject in job.subjects()]
    return {"calls": [one for one in found if one["phones"]], "visits": [one for one in found if not one["phones"]]}


def _letter(job: Job, subject: Subject, address: list[str]) -> dict[str, Any]:
    lines = lines_of(job.selection, subject) if job.edition.option("known") else []
    return {
        "title": subject.title,
        "code": subject.code,
        "address": [subject.title, *address],
        "confirmed": confirmed_words(subject.values),
        "lines": [{"label": line.label, "words": line.words} for line in lines if line.words],
    }


def _everyone(job: Job) -> Iterator[Subject]:
    """Those whom the edition may name, also who said no to letters."""
    gate = job.selection.disclosure
    anyhow = Disclosure(job.directory, gate.audience, gate.medium)
    return Selection(job.directory, anyhow, job.selection.ids).subjects()


def _call(selection: Selection, subject: Subject) -> dict[str, Any]:
    commune = subject.values.get("commune") or {}
    lists = (subject.kind.collections[name] for name in _PHONES if name in subject.kind.collections)
    rows = (row for collection in lists for row in subject.rows(collection))
    values = (selection.disclosure.values(row).get("value") for row in rows)
    return {
        "title": printed_title(subject),
        "code": subject.code,
        "commune": str(commune.get("name") or ""),
        "phones": [str(value) for value in values if value],
        "confirmed": confirmed_words(subject.values),
    }
